//! The certification report as its files state it: scenarios with steps, elements with clauses, citations between them.
//!
//! In comes the table of one mapping file, out goes what it adds to the mapping, every reference still as text.
//! Whether a cited step exists is not asked here; only whether the citation can be read.

mod keys;

use crate::diagnostic::{Code, Finding};
use crate::model::certification::{Location, read_location};
use crate::model::date::PartialDate;
use crate::model::shared::{Remark, read_date, read_remarks};
use crate::model::waiver::{Waiver, read_waivers};
use crate::parse::definition::Choice;
use crate::parse::fields::{Fields, Table, TextOrTable};
use crate::text::{Span, Spanned};

pub use keys::RECORD;
use keys::{CITATION, CLAUSE, ELEMENT, SCENARIO, STEP, WORK};

/// How a step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// By the product alone.
    Automated,
    /// By people.
    Manual,
    /// By both together.
    Both,
}

impl Choice for Mode {
    const WORDS: &'static [(&'static str, Self)] =
        &[("A", Self::Automated), ("M", Self::Manual), ("AM", Self::Both)];
}

impl Mode {
    /// The letters of records and reports.
    pub fn letters(self) -> &'static str {
        match self {
            Self::Automated => "A",
            Self::Manual => "M",
            Self::Both => "AM",
        }
    }

    /// The word for pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Automated => "automated",
            Self::Manual => "manual",
            Self::Both => "both",
        }
    }
}

/// The part of an element's definition that a clause belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The brief description.
    Brief,
    /// The extended description.
    Extended,
    /// A responsibility from the list in it.
    Responsibility,
}

impl Choice for Part {
    const WORDS: &'static [(&'static str, Self)] =
        &[("brief", Self::Brief), ("extended", Self::Extended), ("responsibility", Self::Responsibility)];
}

impl Part {
    /// The word for pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Brief => "Brief",
            Self::Extended => "Extended",
            Self::Responsibility => "Responsibility",
        }
    }
}

/// What the report says of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Support {
    /// The product does it.
    Full,
    /// It does some of it.
    Partial,
    /// It does not.
    None,
    /// The clause cannot apply to it.
    NotApplicable,
    /// Other elements do it.
    Elsewhere,
    /// The clauses that follow say it in detail.
    CoveredBelow,
    /// The report says nothing of it.
    Unstated,
}

impl Choice for Support {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("full", Self::Full),
        ("partial", Self::Partial),
        ("none", Self::None),
        ("not-applicable", Self::NotApplicable),
        ("elsewhere", Self::Elsewhere),
        ("covered-below", Self::CoveredBelow),
        ("unstated", Self::Unstated),
    ];
}

impl Support {
    /// The words for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Full => "Supported",
            Self::Partial => "Partially supported",
            Self::None => "Not supported",
            Self::NotApplicable => "Not applicable",
            Self::Elsewhere => "Done elsewhere",
            Self::CoveredBelow => "Covered below",
            Self::Unstated => "Not stated",
        }
    }
}

/// A reference from a clause to a step, or to a range of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The whole citation.
    pub span: Span,
    /// The step's id; of a range, its first.
    pub step: Spanned<String>,
    /// The last step of a range.
    pub to: Option<Spanned<String>>,
    /// The mode that is printed with it.
    pub mode: Option<Mode>,
    /// The spelling of the source, where it is another.
    pub printed: Option<Spanned<String>>,
}

/// A step of a scenario.
#[derive(Clone, Debug)]
pub struct StepRecord {
    /// Its id, unique in the certification.
    pub id: Spanned<String>,
    /// How it is done.
    pub mode: Option<Spanned<Mode>>,
    /// Its name.
    pub name: Option<String>,
    /// Who does it.
    pub actor: Option<String>,
    /// What is done.
    pub description: Option<String>,
}

/// A business scenario.
#[derive(Clone, Debug)]
pub struct ScenarioRecord {
    /// Its id.
    pub id: Spanned<String>,
    /// Its name.
    pub name: String,
    /// Other spellings of the source.
    pub printed: Vec<Spanned<String>>,
    /// What a reader should know of it.
    pub note: Option<String>,
    /// Its steps, in order.
    pub steps: Vec<StepRecord>,
    /// Whether every one of them could be read.
    pub is_complete: bool,
}

/// A clause of an element's definition.
#[derive(Clone, Debug)]
pub struct ClauseRecord {
    /// The part of the definition it belongs to.
    pub part: Part,
    /// The clause, in the catalogue's words.
    pub text: Spanned<String>,
    /// What the report says of it.
    pub support: Spanned<Support>,
    /// The steps that support it.
    pub evidence: Vec<Citation>,
    /// The steps that its note names.
    pub mentions: Vec<Citation>,
    /// What the report adds.
    pub note: Option<String>,
}

/// The mapping of one element.
#[derive(Clone, Debug)]
pub struct ElementRecord {
    /// The element's id in the assessed release.
    pub element: Spanned<Box<str>>,
    /// The scenarios in which it takes part, by id.
    pub scenarios: Vec<Spanned<String>>,
    /// The printed name, where it differs.
    pub name: Option<Spanned<String>>,
    /// What the report adds.
    pub note: Option<String>,
    /// The fingerprint of the definition that its clauses were made against; empty where it is still to be written.
    pub fingerprint: Option<Spanned<String>>,
    /// Its clauses, in order.
    pub clauses: Vec<ClauseRecord>,
    /// Whether every one of them could be read, with all its citations.
    pub is_complete: bool,
}

/// A document that the report cites.
#[derive(Clone, Debug)]
pub struct WorkRecord {
    /// Its title.
    pub title: String,
    /// The scenarios it describes, by id.
    pub scenarios: Vec<Spanned<String>>,
    /// Its version.
    pub version: Option<String>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// Where it can be had.
    pub location: Location,
}

/// What one file says of a certification's mapping.
#[derive(Clone, Debug)]
pub struct MappingRecord {
    /// How the mapping was made.
    pub technique: Option<Spanned<String>>,
    /// The documents it cites.
    pub works: Vec<WorkRecord>,
    /// Scenarios.
    pub scenarios: Vec<ScenarioRecord>,
    /// Elements.
    pub elements: Vec<ElementRecord>,
    /// Faults of the source that an editor noted.
    pub remarks: Vec<Remark>,
    /// Findings that it accepts.
    pub waivers: Vec<Waiver>,
    /// Whether every table of the file could be read, so that nothing may be called missing.
    pub is_complete: bool,
}

impl MappingRecord {
    /// Reads what a file says.
    pub fn read(fields: &mut Fields<'_, '_>) -> Self {
        let works = each(fields, "work", WorkRecord::read);
        let scenarios = each(fields, "scenario", ScenarioRecord::read);
        let elements = each(fields, "mapping", ElementRecord::read);
        let is_complete = works.1 && scenarios.1 && elements.1;
        let is_complete = is_complete && scenarios.0.iter().all(|scenario| scenario.is_complete);
        let is_complete = is_complete && elements.0.iter().all(|element| element.is_complete);
        Self {
            technique: fields.text("technique"),
            works: works.0,
            scenarios: scenarios.0,
            elements: elements.0,
            remarks: read_remarks(fields),
            waivers: read_waivers(fields),
            is_complete,
        }
    }
}

/// Every table under a key, and whether all of them could be read.
fn each<T>(
    fields: &mut Fields<'_, '_>,
    key: &str,
    read: impl Fn(&mut Fields<'_, '_>, Table<'_>) -> Option<T>,
) -> (Vec<T>, bool) {
    let tables = fields.tables(key);
    let count = tables.len();
    let records: Vec<T> = tables.into_iter().filter_map(|table| read(fields, table)).collect();
    let is_complete = records.len() == count;
    (records, is_complete)
}

impl WorkRecord {
    fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut work = fields.inner(table, &WORK);
        Some(Self {
            scenarios: work.text_or_texts("scenario"),
            version: work.text("version").map(|text| text.value),
            date: read_date(&mut work, "date").map(|date| date.value),
            location: read_location(&mut work),
            title: work.text("title")?.value,
        })
    }
}

impl ScenarioRecord {
    fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut scenario = fields.inner(table, &SCENARIO);
        let (steps, is_complete) = each(&mut scenario, "step", StepRecord::read);
        let (id, name) = (scenario.text("id"), scenario.text("name"));
        let printed = scenario.texts("printed");
        let note = scenario.text("note").map(|text| text.value);
        Some(Self { id: id?, name: name?.value, printed, note, steps, is_complete })
    }
}

impl StepRecord {
    fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut step = fields.inner(table, &STEP);
        Some(Self {
            mode: step.choice("mode"),
            name: step.text("name").map(|text| text.value),
            actor: step.text("actor").map(|text| text.value),
            description: step.text("description").map(|text| text.value),
            id: step.text("id")?,
        })
    }
}

impl ElementRecord {
    fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut element = fields.inner(table, &ELEMENT);
        let (clauses, is_complete) = each(&mut element, "clause", ClauseRecord::read);
        Some(Self {
            scenarios: element.text_or_texts("scenario"),
            name: element.text("name"),
            note: element.text("note").map(|text| text.value),
            fingerprint: element.text_or_empty("fingerprint"),
            is_complete: is_complete && clauses.iter().all(|(_, is_complete)| *is_complete),
            clauses: clauses.into_iter().map(|(clause, _)| clause).collect(),
            element: element.text("element")?.map(String::into_boxed_str),
        })
    }
}

impl ClauseRecord {
    fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<(Self, bool)> {
        let mut clause = fields.inner(table, &CLAUSE);
        let (part, text, support) = (clause.choice("part"), clause.text("text"), clause.choice("support"));
        let (evidence, mentions) =
            (read_citations(&mut clause, "evidence"), read_citations(&mut clause, "mentions"));
        let note = clause.text("note").map(|text| text.value);
        let is_complete = evidence.1 && mentions.1;
        let (evidence, mentions) = (evidence.0, mentions.0);
        let clause = Self { part: part?.value, text: text?, support: support?, evidence, mentions, note };
        Some((clause, is_complete))
    }
}

/// Every citation under a key, and whether all of them could be read.
fn read_citations(clause: &mut Fields<'_, '_>, key: &str) -> (Vec<Citation>, bool) {
    let items = clause.texts_or_tables(key);
    let count = items.len();
    let citations = items.into_iter().filter_map(|item| match item {
        TextOrTable::Text(text) => match parse_citation(&text) {
            Ok(citation) => Some(citation),
            Err(finding) => {
                clause.report(finding);
                None
            }
        },
        TextOrTable::Table(table) => {
            let mut citation = clause.inner(table, &CITATION);
            Some(Citation {
                span: table.span,
                mode: citation.choice("mode").map(|mode| mode.value),
                to: citation.text("to"),
                printed: citation.text("printed"),
                step: citation.text("step")?,
            })
        }
    });
    let citations: Vec<Citation> = citations.collect();
    let is_complete = citations.len() == count;
    (citations, is_complete)
}

const CITATION_RULE: &str = "write a step's id and the mode that is printed with it: \"WF_CIM_006 AM\"; \
                             a range as \"WF_EP_001 - WF_EP_022\"; anything else as `{ step, mode, to, printed }`";

/// A citation as a text: a step or a range of steps, with the mode after it where one is printed.
fn parse_citation(text: &Spanned<String>) -> Result<Citation, Finding> {
    let wrong = |message: String| Finding::new(Code::InvalidCitation, text.span, message).help(CITATION_RULE);
    let words: Vec<&str> = text.value.split_whitespace().collect();
    let is_dash = |word: &&str| matches!(*word, "-" | "–" | "—");
    let (step, to, mode) = match words[..] {
        [step] => (step, None, None),
        [first, dash, last] if is_dash(&dash) => (first, Some(last), None),
        [first, dash, last, mode] if is_dash(&dash) => (first, Some(last), Some(mode)),
        [step, mode] => (step, None, Some(mode)),
        _ => return Err(wrong(format!("`{}` is no citation", text.value))),
    };
    if words.iter().filter(|word| is_dash(word)).count() != usize::from(to.is_some()) {
        return Err(wrong(format!("`{}` is no citation", text.value)));
    }
    let mode = match mode {
        Some(letters) => match Mode::WORDS.iter().find(|(known, _)| *known == letters) {
            Some((_, mode)) => Some(*mode),
            None => {
                return Err(wrong(format!("`{letters}` in `{}` is no mode", text.value))
                    .label(text.span, "the modes are `A`, `M` and `AM`"));
            }
        },
        None => None,
    };
    let id = |id: &str| Spanned::new(id.to_owned(), text.span);
    Ok(Citation { span: text.span, step: id(step), to: to.map(id), mode, printed: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(String, Option<String>, Option<Mode>)> {
        let citation = parse_citation(&Spanned::new(text.to_owned(), Span::default())).ok()?;
        Some((citation.step.value, citation.to.map(|to| to.value), citation.mode))
    }

    #[test]
    fn citations_name_a_step_or_a_range_with_at_most_one_mode() {
        let step = |id: &str, to: Option<&str>, mode| Some((id.to_owned(), to.map(str::to_owned), mode));
        assert_eq!(parsed("WF_CIM_006"), step("WF_CIM_006", None, None));
        assert_eq!(parsed(" WF_CIM_006  AM "), step("WF_CIM_006", None, Some(Mode::Both)));
        assert_eq!(parsed("WF_EP_001 - WF_EP_022"), step("WF_EP_001", Some("WF_EP_022"), None));
        assert_eq!(parsed("S1 – S3 M"), step("S1", Some("S3"), Some(Mode::Manual)));
        for wrong in ["", "S1 B", "S1 am", "S1 -", "- S1", "S1 A S2", "S1 - - A", "S1 - S2 A M", "- - -"] {
            assert_eq!(parsed(wrong), None, "{wrong:?}");
        }
    }
}
