//! What a change means, told: the short story first, then everything in sections.
//!
//! In comes a comparison of two catalogues, out goes a story of lines whose own words and words of records are kept apart.
//! Each format writes the same story; nothing of a record is made safe here, because each format is in danger of other characters.

mod words;
mod brief;
mod details;
pub mod json;
pub mod markdown;
pub mod terminal;

use super::Counted;
use crate::diff::Diff;
use crate::diff::fact::Fact;
pub use words::Words;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The report's own words.
    Own(Words),
    /// Something that a record says.
    Text(String),
    /// The same, as the head of what follows.
    Title(String),
}

/// A line.
pub type Line = Vec<Part>;

/// The report's own words.
pub(super) fn own(words: impl Into<Words>) -> Part {
    Part::Own(words.into())
}

/// Something that a record says.
pub(super) fn text(words: impl Into<String>) -> Part {
    Part::Text(words.into())
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines, one below the other.
    List(Vec<Line>),
    /// Rows below a head.
    Table(Vec<&'static str>, Vec<Vec<Line>>),
}

impl Block {
    /// How many lines or rows it has.
    pub fn len(&self) -> usize {
        match self {
            Self::List(lines) => lines.len(),
            Self::Table(_, rows) => rows.len(),
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A part of the story that can be folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is about.
    pub title: Line,
    /// Everything about it.
    pub blocks: Vec<Block>,
}

/// The sides that are compared, as people call them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// The older one.
    pub before: String,
    /// The newer one.
    pub after: String,
}

/// The whole story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// What is compared.
    pub sides: Sides,
    /// New errors: what keeps the newer side from being published.
    pub alarms: Vec<Line>,
    /// What it means, in a few lines.
    pub brief: Vec<Line>,
    /// Everything.
    pub sections: Vec<Section>,
}

impl Story {
    /// Tells a comparison.
    pub fn of(diff: &Diff, sides: Sides) -> Self {
        Self {
            sides,
            alarms: brief::alarms(diff),
            brief: brief::lines(diff),
            sections: details::sections(diff),
        }
    }
}

/// The kinds of records as a report calls them.
fn noun(kind: &str) -> &'static str {
    match kind {
        "certification" => "certification",
        "mapping" => "certification report",
        "element" => "element",
        "framework" => "framework",
        "crosswalk" => "crosswalk",
        "organization" => "organization",
        "page" => "text page",
        "notice" => "notice",
        "home" => "home page",
        "site" => "settings file",
        "translation" => "translation",
        _ => "file",
    }
}

/// How much of one value is shown.
const VALUE: usize = 300;

/// A value before and after, as parts of a line. Of two long texts, only what differs between them is shown.
fn from_to(before: Option<&Fact>, after: Option<&Fact>) -> Line {
    match (before.map(Fact::shown), after.map(Fact::shown)) {
        (Some(before), Some(after)) => {
            let (before, after) = differing(&before, &after);
            vec![text(before), own(" → "), text(after)]
        }
        (None, Some(after)) => vec![own("added: "), text(cut(&after, VALUE))],
        (Some(before), None) => vec![own("removed: "), text(cut(&before, VALUE))],
        (None, None) => Vec::new(),
    }
}

/// Two texts cut down to the words in which they differ, with a little before and after them.
fn differing(before: &str, after: &str) -> (String, String) {
    const AROUND: usize = 4;
    if before.chars().count() + after.chars().count() <= 120 {
        return (before.to_owned(), after.to_owned());
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), after.split(' ').collect());
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| {
        pairs.take_while(|(one, other)| one == other).count()
    };
    let start = same(&mut old.iter().zip(&new));
    let shorter = old.len().min(new.len()) - start;
    let end = same(&mut old.iter().rev().zip(new.iter().rev()).take(shorter));
    let part = |words: &[&str]| {
        let from = start.saturating_sub(AROUND);
        let to = (words.len() - end + AROUND).min(words.len());
        let middle = cut(&words[from..to].join(" "), VALUE);
        format!("{}{middle}{}", if from > 0 { "… " } else { "" }, if to < words.len() { " …" } else { "" })
    };
    (part(&old), part(&new))
}

/// The beginning of a text.
fn cut(text: &str, limit: usize) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(limit).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}

/// Some names in a line, with how many more there are.
fn names(all: &[&str], most: usize) -> Line {
    let mut line = Line::new();
    for (at, name) in all.iter().take(most).enumerate() {
        line.push(own(if at > 0 { ", " } else { "" }));
        line.push(text(cut(name, 120)));
    }
    if all.len() > most {
        line.push(own((" and ", all.len() - most, " more")));
    }
    line
}

fn counted(count: usize, noun: &'static str) -> Counted {
    Counted(count, noun)
}
