//! One row of an assessment: an element's id and a score, a rating, an outcome, or a coverage.
//!
//! In comes a `[[result]]` table, out goes the row with the place of everything that is checked later.
//! A score is an exact decimal; an outcome is a word; the absence of both is never a number.

use rust_decimal::Decimal;

use super::document::{Location, file, read_location};
use crate::diagnostic::{Code, Finding};
use crate::model::shared::url;
use crate::parse::definition::{Choice, Definition, Form, Rule, optional, required, words};
use crate::parse::fields::{Fields, Table};
use crate::text::{Span, Spanned};

/// What an assessment says of an element without a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The element was in scope and nothing was handed in for it.
    NotSubmitted,
    /// Something was handed in and not assessed.
    NotAssessed,
    /// The element cannot apply to the product.
    NotApplicable,
    /// The element was left out from the start.
    OutOfScope,
}

impl Choice for Outcome {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("not-submitted", Self::NotSubmitted),
        ("not-assessed", Self::NotAssessed),
        ("not-applicable", Self::NotApplicable),
        ("out-of-scope", Self::OutOfScope),
    ];
}

impl Outcome {
    /// The words for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotSubmitted => "Not submitted",
            Self::NotAssessed => "Not assessed",
            Self::NotApplicable => "Not applicable",
            Self::OutOfScope => "Out of scope",
        }
    }
}

/// What a result says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A score on the certification's scale.
    Score(Decimal),
    /// A rating of a named scale, by id.
    Rating(Box<str>),
    /// No score, with the reason.
    Outcome(Outcome),
    /// Nothing about the element itself: the row states a coverage only.
    Unstated,
}

/// A coverage as stated: n of m children submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How many were submitted.
    pub submitted: u32,
    /// How many there are.
    pub total: u32,
}

/// Parts of a result that few results have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rarities {
    /// The coverage as stated.
    pub coverage: Option<Spanned<Coverage>>,
    /// The printed name.
    pub name: Option<Spanned<String>>,
    /// The whole printed label.
    pub label: Option<Spanned<String>>,
    /// The release, where it is not the certification's.
    pub release: Option<Spanned<String>>,
    /// Ids of parts that were not submitted.
    pub missing: Vec<Spanned<String>>,
}

/// One row of the assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRecord {
    /// Where the row stands.
    pub span: Span,
    /// The element's id in the assessed release.
    pub element: Spanned<Box<str>>,
    /// What the row says.
    pub value: Spanned<Value>,
    /// The source's wording of it.
    pub printed: Option<Spanned<Box<str>>>,
    /// What the source adds.
    pub comment: Option<Box<str>>,
    /// Evidence that is not a mapping: titles, and where each can be had.
    pub evidence: Box<[(Box<str>, Location)]>,
    /// Parts that few rows have.
    pub rarities: Option<Box<Rarities>>,
}

pub(super) static RESULT: Definition = Definition {
    what: "a result",
    says: "What the assessment says of one element: a score, a rating or an outcome; or a coverage alone, for a group of elements.",
    keys: &[
        required("element", Form::Text, "The element's id in the assessed release, always a text.")
            .such_as("1.3.7.4"),
        optional("score", Form::Decimal, "The score on the certification's scale.").such_as("4.4"),
        optional("rating", Form::Text, "The rating, by its id, on a scale without numbers.")
            .such_as("implemented"),
        optional("outcome", Form::Word(words::<Outcome>), "Why there is no score.").such_as("not-submitted"),
        optional("coverage", Form::Coverage, "How many of its parts were submitted, as stated.")
            .such_as("3/6"),
        optional(
            "printed",
            Form::Text,
            "The source's own wording of the score or outcome, where it differs.",
        )
        .such_as("Not in Scope"),
        optional("name", Form::Text, "The name that the source prints, where it differs.")
            .such_as("Close Customer Problem"),
        optional("label", Form::Text, "The whole label that the source prints, where it is not id and name.")
            .such_as("1.3.7.4 - Close Customer Problem"),
        optional("comment", Form::LongText, "What the source adds.").such_as("One clause is done by hand."),
        optional("release", Form::Text, "The release of the id, where it is not the certification's.")
            .such_as("15.5"),
        optional("missing", Form::Texts, "The ids of parts that were not submitted.")
            .such_as(r#"["1.3.7.5", "1.3.7.6"]"#),
        optional("evidence", Form::Tables(&EVIDENCE), "Evidence that is not a mapping."),
    ],
    rules: &[Rule::AtMostOne(&VALUE_KEYS), Rule::AtLeastOne(&["score", "rating", "outcome", "coverage"])],
};
static EVIDENCE: Definition = Definition {
    what: "an evidence",
    says: "A piece of evidence, with the place where it can be had if it is published.",
    keys: &[
        required("title", Form::Text, "Its title.").such_as("Log of the test run"),
        url("Where it stands on the web."),
        file(),
    ],
    rules: &[Rule::AtMostOne(&["file", "url"])],
};
impl ResultRecord {
    pub(super) fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut result = fields.inner(table, &RESULT);
        let value = read_value(&mut result, table.span);
        let coverage = read_coverage(&mut result);
        if value.value == Value::Unstated && coverage.is_none() && !has_value_key(&result) {
            let message = "a result says nothing about its element";
            result.report(
                Finding::new(Code::MissingKey, table.span, message)
                    .help("give a `score`, a `rating`, an `outcome` or a `coverage`"),
            );
        }
        let rarities = Rarities {
            coverage,
            name: result.text("name"),
            label: result.text("label"),
            release: result.text("release"),
            missing: result.texts("missing"),
        };
        let evidence = read_evidence(&mut result);
        Some(Self {
            span: table.span,
            value,
            printed: result.text("printed").map(|text| text.map(String::into_boxed_str)),
            comment: read_comment(&mut result),
            evidence,
            rarities: (rarities != Rarities::default()).then(|| Box::new(rarities)),
            element: result.text("element")?.map(String::into_boxed_str),
        })
    }

    /// The coverage as stated, if it is.
    pub fn coverage(&self) -> Option<&Spanned<Coverage>> {
        self.rarities.as_ref()?.coverage.as_ref()
    }

    /// The printed name, where it was given.
    pub fn name(&self) -> Option<&Spanned<String>> {
        self.rarities.as_ref()?.name.as_ref()
    }

    /// The printed label, where it was given.
    pub fn label(&self) -> Option<&Spanned<String>> {
        self.rarities.as_ref()?.label.as_ref()
    }

    /// The release, where it is not the certification's.
    pub fn release(&self) -> Option<&Spanned<String>> {
        self.rarities.as_ref()?.release.as_ref()
    }

    /// Ids of parts that were not submitted.
    pub fn missing(&self) -> &[Spanned<String>] {
        self.rarities.as_ref().map_or(&[], |rarities| &rarities.missing)
    }
}

/// What the source adds. Markup in it is shown as it is written, like everywhere.
fn read_comment(result: &mut Fields<'_, '_>) -> Option<Box<str>> {
    let comment = result.text("comment")?;
    if let Some(tag) = MARKUP.iter().find(|tag| comment.value.to_ascii_lowercase().contains(**tag)) {
        let message = "HTML in a comment is shown as it is written, not used";
        let help = format!(
            "a comment is a plain text: write what the reader is to see, without `{tag}…`; links have their place in the description or as `evidence`"
        );
        result.report(Finding::new(Code::RawHtml, comment.span, message).help(help));
    }
    Some(comment.value.into_boxed_str())
}

/// What is pasted from pages, and hardly ever meant as a text.
const MARKUP: [&str; 5] = ["<a href", "</a>", "<br", "<p>", "<b>"];

const VALUE_KEYS: [&str; 3] = ["score", "rating", "outcome"];

fn has_value_key(result: &Fields<'_, '_>) -> bool {
    VALUE_KEYS.iter().chain(&["coverage"]).any(|key| result.key_span(key).is_some())
}

/// What a row says: a score, a rating, an outcome, or nothing; two of them exclude each other.
fn read_value(result: &mut Fields<'_, '_>, row: Span) -> Spanned<Value> {
    let given: Vec<(&str, Span)> =
        VALUE_KEYS.iter().filter_map(|key| Some((*key, result.key_span(key)?))).collect();
    if let [(first, _), (second, span), ..] = given[..] {
        let article = if second == "outcome" { "an" } else { "a" };
        let message = format!("a result has either a `{first}` or {article} `{second}`");
        result.report(
            Finding::new(Code::ConflictingKeys, span, message)
                .label(given[0].1, format!("`{first}` is given here"))
                .help("a score says how well, an outcome says why there is no score"),
        );
    }
    let score = result.decimal("score").map(|score| score.map(Value::Score));
    let rating = result.text("rating").map(|rating| rating.map(|id| Value::Rating(id.into_boxed_str())));
    let outcome = result.choice("outcome").map(|outcome| outcome.map(Value::Outcome));
    score.or(rating).or(outcome).unwrap_or(Spanned::new(Value::Unstated, row))
}

/// The numbers of a coverage as sources print it: `[3/6]`, `(3/6)`, `3 of 6`.
fn printed_coverage(text: &str) -> Option<(u32, u32)> {
    let text = text.trim();
    let bare = [('[', ']'), ('(', ')')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
    let (n, m) = bare.unwrap_or(text).split_once('/').or_else(|| text.split_once(" of "))?;
    let (n, m) = (n.trim().parse().ok()?, m.trim().parse().ok()?);
    (n <= m).then_some((n, m))
}

fn read_coverage(result: &mut Fields<'_, '_>) -> Option<Spanned<Coverage>> {
    let text = result.text("coverage")?;
    let numbers = text.value.split_once('/');
    let numbers = numbers.and_then(|(n, m)| Some((n.trim().parse().ok()?, m.trim().parse().ok()?)));
    match numbers {
        Some((submitted, total)) if submitted <= total => {
            Some(Spanned::new(Coverage { submitted, total }, text.span))
        }
        _ => {
            let message = format!("`{}` is no coverage", text.value);
            let finding = Finding::new(Code::InvalidCoverage, text.span, message)
                .help("write submitted/total, such as \"3/6\"; submitted is at most total");
            result.report(match printed_coverage(&text.value) {
                Some((n, m)) => {
                    finding.help("two numbers, and nothing else").rewrite_as(format!("\"{n}/{m}\""))
                }
                None => finding,
            });
            None
        }
    }
}

fn read_evidence(result: &mut Fields<'_, '_>) -> Box<[(Box<str>, Location)]> {
    let tables = result.tables("evidence").into_iter();
    let evidence = tables.filter_map(|table| {
        let mut evidence = result.inner(table, &EVIDENCE);
        let location = read_location(&mut evidence);
        Some((evidence.text("title")?.value.into_boxed_str(), location))
    });
    evidence.collect()
}
