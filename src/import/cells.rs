//! What a cell says: a score, an outcome, a coverage, a level.
//!
//! In comes the text of a cell, out goes its one meaning or the reason why it has none or several.
//! A number that could be read in two ways is not read at all.

use std::str::FromStr as _;

use rust_decimal::Decimal;

use crate::model::certification::{Coverage, Outcome};
use crate::model::scale::Scale;
use crate::parse::definition::{self, Choice as _};
use crate::words::Words;

/// How decimals are written in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    /// With a point; a comma is understood where it can be nothing else.
    Unsaid,
    /// With a point.
    Point,
    /// With a comma.
    Comma,
}

/// What a cell for a score says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// A score.
    Score(Decimal),
    /// A rating of a named scale, by its id.
    Rating(String),
    /// Why there is no score.
    Outcome(Outcome),
    /// The label of a rating that is reached by a score.
    Label(usize),
}

/// What words mean in the cells of scores and results.
#[derive(Debug)]
pub(super) struct Meanings<'a> {
    outcomes: Vec<(String, Outcome)>,
    /// Words with which nothing of the source's own wording is lost.
    usual: Vec<String>,
    scale: Option<&'a Scale>,
    decimals: Decimals,
}

/// Words that say the same in many tables. `N/A` is not among them: it stands for “not available” as often as for “not applicable”.
const USUAL: &[(&str, Outcome)] = &[
    ("not submitted", Outcome::NotSubmitted),
    ("not assessed", Outcome::NotAssessed),
    ("not applicable", Outcome::NotApplicable),
    ("out of scope", Outcome::OutOfScope),
    ("not in scope", Outcome::OutOfScope),
];

impl<'a> Meanings<'a> {
    /// The usual words, those of published files, and those that were told, which go before the others.
    pub(super) fn new(scale: Option<&'a Scale>, decimals: Decimals, told: &[(String, Outcome)]) -> Self {
        let mut outcomes: Vec<(String, Outcome)> =
            told.iter().map(|(words, outcome)| (folded(words), *outcome)).collect();
        outcomes.extend(USUAL.iter().map(|(words, outcome)| ((*words).to_owned(), *outcome)));
        let mut published: Vec<(String, Outcome)> =
            Outcome::WORDS.iter().map(|(word, outcome)| (folded(word), *outcome)).collect();
        for words in Words::of_every_language() {
            published
                .extend(Outcome::WORDS.iter().map(|(_, outcome)| (folded(words.of(*outcome)), *outcome)));
        }
        let usual = published.iter().map(|(words, _)| words.clone()).collect();
        outcomes.extend(published);
        Self { outcomes, usual, scale, decimals }
    }

    /// Reads a cell.
    pub(super) fn read(&self, cell: &str) -> Result<Said, String> {
        let folded = folded(cell);
        if folded.is_empty() || folded.chars().all(|letter| matches!(letter, '-' | '–' | '—')) {
            return Ok(Said::Nothing);
        }
        if let Some((_, outcome)) = self.outcomes.iter().find(|(words, _)| *words == folded) {
            return Ok(Said::Outcome(*outcome));
        }
        if let Some(scale) = self.scale {
            let rating = scale.ratings.iter().position(|rating| {
                let id = rating.id.as_ref().map_or("", |id| id.value.as_str());
                self::folded(&rating.label) == folded || self::folded(id) == folded
            });
            if let Some(at) = rating {
                return Ok(match (&scale.ratings[at].id, scale.range) {
                    (Some(id), None) => Said::Rating(id.value.clone()),
                    _ => Said::Label(at),
                });
            }
        }
        if matches!(folded.as_str(), "n/a" | "na" | "n.a.") {
            return Err(format!("`{cell}` is “not applicable” to some and “not available” to others")
                + "; `--word \"N/A=not-applicable\"` says which");
        }
        self.score(cell).map(Said::Score)
    }

    /// Whether the words are those of the record format or of published pages.
    pub(super) fn is_usual(&self, words: &str) -> bool {
        let folded = folded(words);
        self.usual.contains(&folded)
    }

    /// The scale, and the rating on it that a score reaches.
    pub(super) fn reached(&self, score: Decimal) -> Option<(&'a Scale, Option<usize>)> {
        self.scale.map(|scale| (scale, scale.rating_of(score)))
    }

    fn score(&self, cell: &str) -> Result<Decimal, String> {
        let scale = self.scale.filter(|scale| scale.range.is_some());
        let Some(scale) = scale else {
            let ratings = self.scale.map_or(Vec::new(), |scale| {
                scale.ratings.iter().map(|rating| format!("`{}`", rating.label)).collect()
            });
            return Err(format!(
                "`{cell}` is neither an outcome nor a rating of the scale: {}",
                ratings.join(", ")
            ));
        };
        let prefix = scale.prefix.trim();
        let number = match cell.get(..prefix.len()) {
            Some(start) if start.eq_ignore_ascii_case(prefix) => cell[prefix.len()..].trim_start(),
            _ => cell,
        };
        decimal(number, self.decimals)
    }
}

/// A decimal, or why it is none.
fn decimal(cell: &str, decimals: Decimals) -> Result<Decimal, String> {
    let no_number = || {
        format!(
            "`{cell}` is no score and no outcome that is known; `--word \"{cell}=not-submitted\"` would say what it means"
        )
    };
    let unsigned = cell.strip_prefix(['-', '−', '+']).unwrap_or(cell);
    let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 15;
    let (whole, fraction, separator) = match unsigned.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, fraction, unsigned.as_bytes()[whole.len()]),
        None => (unsigned, "", b'.'),
    };
    if whole.len() + fraction.len() == 0 || !is_plain(whole) || !is_plain(fraction) {
        return Err(no_number());
    }
    match (separator, decimals) {
        _ if fraction.is_empty() => {}
        (b'.', Decimals::Comma) => {
            return Err(format!("`{cell}` has a point, and decimals have a comma as `--decimal ,` says"));
        }
        (b',', Decimals::Point) => {
            return Err(format!("`{cell}` has a comma, and decimals have a point as `--decimal .` says"));
        }
        (b',', Decimals::Unsaid) if fraction.len() == 3 && whole.len() <= 3 && whole != "0" => {
            return Err(format!(
                "`{cell}` may be a decimal or a number of thousands; `--decimal ,` says that it is a decimal"
            ));
        }
        _ => {}
    }
    let sign = if cell.starts_with(['-', '−']) { "-" } else { "" };
    let zero = if whole.is_empty() { "0" } else { whole };
    let number =
        if fraction.is_empty() { format!("{sign}{zero}") } else { format!("{sign}{zero}.{fraction}") };
    Decimal::from_str(&number).map_err(|_| no_number())
}

/// A coverage as `3/6`, `3 / 6` or `3 of 6`.
pub(super) fn coverage(cell: &str) -> Result<Coverage, String> {
    let parts = cell.split_once('/').or_else(|| cell.split_once(" of "));
    let numbers = parts.and_then(|(n, m)| Some((n.trim().parse().ok()?, m.trim().parse().ok()?)));
    match numbers {
        Some((submitted, total)) if submitted <= total => Ok(Coverage { submitted, total }),
        Some((submitted, total)) => Err(format!("`{cell}` would be {submitted} parts of {total}")),
        None => Err(format!(
            "`{cell}` is no coverage such as 3/6; spreadsheets make dates of such cells unless the column is text"
        )),
    }
}

/// A word and what it means, as the command line gives them: `Not in Scope=not-submitted`.
pub fn read_word(text: &str) -> Result<(String, Outcome), String> {
    let known = || definition::words::<Outcome>().join(", ");
    let Some((words, meaning)) = text.rsplit_once('=') else {
        return Err(format!("write the words of the table, `=` and one of {}", known()));
    };
    let outcome = Outcome::WORDS.iter().find(|(word, _)| *word == meaning.trim());
    match outcome {
        Some((_, outcome)) => Ok((words.trim().to_owned(), *outcome)),
        None => Err(format!("`{meaning}` is no outcome; there are {}", known())),
    }
}

/// The text in small letters with single spaces: two spellings of the same words.
pub(super) fn folded(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.to_lowercase().replace(['-', '_'], " "));
    let joined = words.collect::<Vec<_>>().join(" ");
    if joined.trim().is_empty() { text.trim().to_owned() } else { joined }
}
