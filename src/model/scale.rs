//! Scales and ratings: how an assessment is expressed, as data of the framework.
//!
//! In come the `[[scale]]` tables of a framework, out go scales that turn a score into a rating.
//! Scores are exact decimals; a missing score is never a number, and no scale is known to this program by name.

mod ramp;

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Finding};
use crate::parse::definition::{Choice, Definition, Form, Rule, optional, required, words};
use crate::parse::fields::{Fields, Table};
use crate::text::Spanned;

pub use ramp::{STEPS, Step};

/// What a rating stands for, so that pages and counts need not know its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Everything was found to conform.
    Full,
    /// A part conforms.
    Partial,
    /// Nothing conforms.
    None,
    /// Neither good nor bad.
    Neutral,
}

impl Choice for Tone {
    const WORDS: &'static [(&'static str, Self)] =
        &[("full", Self::Full), ("partial", Self::Partial), ("none", Self::None), ("neutral", Self::Neutral)];
}

impl Tone {
    /// The word used in records, and as a class on pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Partial => "partial",
            Self::None => "none",
            Self::Neutral => "neutral",
        }
    }
}

/// One rating of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Its id, by which results of a named scale give it.
    pub id: Option<Spanned<String>>,
    /// Its label on pages, such as "Fully Conformant".
    pub label: String,
    /// The lowest score that reaches it, on a numeric scale.
    pub from: Option<Decimal>,
    /// What it stands for.
    pub tone: Tone,
    /// One sentence about it.
    pub meaning: Option<String>,
}

/// The numbers of a numeric scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The lowest score.
    pub min: Decimal,
    /// The highest score.
    pub max: Decimal,
    /// The distance between two scores.
    pub step: Decimal,
}

/// How results of a certification are expressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Its id within the framework.
    pub id: Spanned<String>,
    /// Its name on pages; the id where none is given.
    pub name: String,
    /// What readers should know about it.
    pub note: Option<String>,
    /// Printed before a score, as in "Level 4".
    pub prefix: String,
    /// Whether a parent's result sums up its children's: it is shown, and not counted beside them.
    pub summarizes_children: bool,
    /// The numbers, unless the scale is a list of named ratings.
    pub range: Option<Range>,
    /// The ratings; on a numeric scale from the highest threshold down, else as listed.
    pub ratings: Vec<Rating>,
}

pub(super) static SCALE: Definition = Definition {
    what: "a scale",
    says: "How results are expressed: by numbers with ratings from thresholds on, or by ratings alone.",
    keys: &[
        required("id", Form::Text, "Its id within the framework.").such_as("score"),
        optional("name", Form::Text, "Its name; the id where it is left out.").such_as("Conformance score"),
        optional("note", Form::LongText, "What readers should know about it.").such_as("For processes of level 3 only."),
        optional("min", Form::Decimal, "The lowest score.").such_as("0"),
        optional("max", Form::Decimal, "The highest score.").such_as("5"),
        optional("step", Form::Decimal, "The distance between two scores.").such_as("0.1"),
        optional("prefix", Form::AnyText, "What is printed before a score.").such_as("Level "),
        optional(
            "summarizes_children",
            Form::Flag,
            "`true` where a parent's result sums up those of its children: it is shown, and not counted beside them.",
        )
        .such_as("true"),
        // its absence is an `invalid-scale`, like an empty list
        optional("rating", Form::Tables(&RATING), "Its ratings; at least one."),
    ],
    rules: &[Rule::AllOrNone(&["min", "max", "step"]), Rule::AtLeastOne(&["rating"]), Rule::Count("rating", 1, usize::MAX)],
};
static RATING: Definition = Definition {
    what: "a rating",
    says: "A rating: on a scale of numbers, the highest threshold that a score reaches; on any other, what a result names.",
    keys: &[
        optional("id", Form::Text, "Its id, needed on a scale without numbers.").such_as("full"),
        required("label", Form::Text, "What pages call it.").such_as("Fully Conformant"),
        optional("from", Form::Decimal, "The lowest score that reaches it, needed on a scale of numbers.")
            .such_as("5"),
        required("tone", Form::Word(words::<Tone>), "What it stands for.").such_as("full"),
        optional("meaning", Form::LongText, "One sentence about it.")
            .such_as("Everything was found to conform."),
    ],
    rules: &[Rule::AtLeastOne(&["id", "from"])],
};
impl Scale {
    /// Reads a `[[scale]]` table; reports what cannot rate anything.
    pub fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut scale = fields.inner(table, &SCALE);
        let id = scale.text("id");
        let (min, max, step) = (scale.decimal("min"), scale.decimal("max"), scale.decimal("step"));
        let range = match (&min, &max, &step) {
            (Some(min), Some(max), Some(step)) => {
                Some(Range { min: min.value, max: max.value, step: step.value })
            }
            (None, None, None) => None,
            _ => {
                let message = "a numeric scale needs `min`, `max` and `step`";
                scale.report(
                    Finding::new(Code::MissingKey, table.span, message)
                        .help("leave all three out for a scale of named ratings such as pass and fail"),
                );
                return None;
            }
        };
        if range.is_some_and(|range| range.min >= range.max || range.step <= Decimal::ZERO) {
            let message = "`min` must be below `max`, and `step` above 0";
            scale.report(Finding::new(Code::InvalidScale, table.span, message));
            return None;
        }
        let tables = scale.tables("rating");
        let mut ratings: Vec<Rating> =
            tables.into_iter().filter_map(|table| read_rating(&mut scale, table, range)).collect();
        if range.is_some() {
            ratings.sort_by_key(|rating| std::cmp::Reverse(rating.from));
        }
        let prefix = scale.text_or_empty("prefix").map(|text| text.value).unwrap_or_default();
        let summarizes_children = scale.flag("summarizes_children").unwrap_or(false);
        let note = scale.text("note").map(|text| text.value);
        let name = scale.text("name").map(|text| text.value);
        let id = id?;
        if ratings.is_empty() {
            let message = format!("the scale `{}` has no rating", id.value);
            scale.report(
                Finding::new(Code::InvalidScale, table.span, message)
                    .help("add a `[[scale.rating]]` with its `label` and `tone` for each"),
            );
            return None;
        }
        let name = name.unwrap_or_else(|| id.value.clone());
        Some(Self { id, name, note, prefix, summarizes_children, range, ratings })
    }

    /// The rating that a score reaches; `None` below every threshold.
    pub fn rating_of(&self, score: Decimal) -> Option<usize> {
        self.ratings.iter().position(|rating| rating.from.is_some_and(|from| score >= from))
    }

    /// The number of decimals in which scores of this scale are printed.
    pub fn decimals(&self) -> u32 {
        self.range.map_or(0, |range| range.step.normalize().scale())
    }

    /// A score as this scale prints it: "4.8", "Level 4".
    pub fn score_words(&self, score: Decimal) -> String {
        format!("{}{score:.*}", self.prefix, self.decimals() as usize)
    }
}

fn read_rating(scale: &mut Fields<'_, '_>, table: Table<'_>, range: Option<Range>) -> Option<Rating> {
    let mut fields = scale.inner(table, &RATING);
    let id = fields.text("id");
    let from = fields.decimal("from");
    let key = if range.is_some() { "from" } else { "id" };
    if fields.key_span(key).is_none() {
        let message = match key {
            "from" => "a rating of a numeric scale needs `from`, the lowest score that reaches it",
            _ => "a rating of a scale without numbers needs an `id`",
        };
        fields.report(Finding::new(Code::InvalidScale, table.span, message));
    }
    if let (Some(from), Some(range)) = (&from, range)
        && !(range.min..=range.max).contains(&from.value)
    {
        let message = format!(
            "no score reaches this rating as written: {} is not between {} and {}",
            from.value, range.min, range.max
        );
        fields.report(Finding::new(Code::InvalidScale, from.span, message));
    }
    let meaning = fields.text("meaning").map(|text| text.value);
    let (label, tone) = (fields.text("label"), fields.choice("tone"));
    Some(Rating { id, label: label?.value, from: from.map(|from| from.value), tone: tone?.value, meaning })
}
