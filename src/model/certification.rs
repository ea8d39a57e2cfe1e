//! A certification as its record states it: facts, documents and results in the source's order.
//!
//! In comes the table of a certification's file, out goes the record with its references still as text.
//! A score is an exact decimal; an outcome is a word; the absence of both is never a number.

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Finding};
use crate::model::date::PartialDate;
use crate::model::shared::{Remark, read_date, read_description, read_remarks, read_web_address};
use crate::parse::fields::{Choice, Fields, Key, Table, optional, required};
use crate::parse::markdown::Body;
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

/// Who did the assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assurance {
    /// The vendor assessed its own product.
    SelfAssessed,
    /// The vendor's assessment was reviewed.
    Reviewed,
    /// Somebody else assessed it.
    Independent,
}

impl Choice for Assurance {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("self-assessed", Self::SelfAssessed),
        ("reviewed", Self::Reviewed),
        ("independent", Self::Independent),
    ];
}

impl Assurance {
    /// The words for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::SelfAssessed => "Self-assessed",
            Self::Reviewed => "Self-assessed and reviewed",
            Self::Independent => "Independently assessed",
        }
    }
}

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The certification report.
    Report,
    /// The mapping of one element.
    Mapping,
    /// Evidence.
    Evidence,
    /// A figure.
    Figure,
    /// Something else.
    Other,
}

impl Choice for Role {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("report", Self::Report),
        ("mapping", Self::Mapping),
        ("evidence", Self::Evidence),
        ("figure", Self::Figure),
        ("other", Self::Other),
    ];
}

impl Role {
    /// The words for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Report => "Report",
            Self::Mapping => "Mapping",
            Self::Evidence => "Evidence",
            Self::Figure => "Figure",
            Self::Other => "Document",
        }
    }
}

/// Where a document can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the certification's folder.
    File(Spanned<String>),
    /// Somewhere on the web.
    Web(String),
    /// Known, not published here.
    Unpublished,
}

/// A document of a certification.
#[derive(Clone, Debug)]
pub struct DocumentRecord {
    /// What it is for.
    pub role: Role,
    /// Its title.
    pub title: String,
    /// Its type, as stated: "pdf".
    pub kind: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// Other titles under which the source names it.
    pub printed: Vec<Spanned<String>>,
    /// The id of the element it is about.
    pub element: Option<Spanned<String>>,
    /// Where it can be had.
    pub location: Location,
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
    /// Evidence that is not a mapping.
    pub evidence: Vec<(String, Location)>,
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
    /// Parts that few rows have.
    pub rarities: Option<Box<Rarities>>,
}

/// The spellings that a source uses for one thing.
#[derive(Clone, Debug)]
pub struct Spellings {
    /// What they name: "product", "organization" …
    pub of: &'static str,
    /// The spellings, as printed.
    pub texts: Vec<Spanned<String>>,
}

/// A certification's record.
#[derive(Clone, Debug)]
pub struct CertificationRecord {
    /// Who certified the product.
    pub organization: Spanned<String>,
    /// The product's name.
    pub product: String,
    /// The product's version; `None` where the source gives none.
    pub version: Option<Spanned<String>>,
    /// What it was assessed against.
    pub framework: Spanned<String>,
    /// The framework's release.
    pub release: Spanned<String>,
    /// The suite the release belongs to.
    pub suite: Option<String>,
    /// When the assessment was completed.
    pub completed: Option<Spanned<PartialDate>>,
    /// From when it is valid.
    pub valid_from: Option<Spanned<PartialDate>>,
    /// Until when it is valid.
    pub valid_to: Option<Spanned<PartialDate>>,
    /// Who did the assessment.
    pub assurance: Option<Assurance>,
    /// The certificate's number.
    pub certificate: Option<String>,
    /// The scale of its scores.
    pub scale: Option<Spanned<String>>,
    /// Notices that apply.
    pub notices: Vec<Spanned<String>>,
    /// Where it was first published.
    pub url: Option<String>,
    /// Spellings of the source.
    pub printed: Vec<Spellings>,
    /// Its documents.
    pub documents: Vec<DocumentRecord>,
    /// Its rows in the source's order.
    pub results: Vec<ResultRecord>,
    /// Faults of the source that an editor noted.
    pub remarks: Vec<Remark>,
    /// The product, in prose.
    pub body: Body,
}

const CERTIFICATION: &[Key] = &[
    required("organization"),
    required("product"),
    optional("version"),
    required("framework"),
    required("release"),
    optional("suite"),
    optional("completed"),
    optional("valid"),
    optional("assurance"),
    optional("certificate"),
    optional("scale"),
    optional("notices"),
    optional("url"),
    optional("description"),
    optional("printed"),
    optional("document"),
    optional("result"),
    optional("remark"),
];
const VALID: &[Key] = &[optional("from"), optional("to")];
const PRINTED: &[Key] = &[
    optional("organization"),
    optional("product"),
    optional("version"),
    optional("framework"),
    optional("release"),
    optional("completed"),
    optional("valid"),
];
const DOCUMENT: &[Key] = &[
    required("role"),
    required("title"),
    optional("type"),
    optional("version"),
    optional("date"),
    optional("printed"),
    optional("element"),
    optional("file"),
    optional("url"),
];
const RESULT: &[Key] = &[
    required("element"),
    optional("score"),
    optional("rating"),
    optional("outcome"),
    optional("coverage"),
    optional("printed"),
    optional("name"),
    optional("label"),
    optional("comment"),
    optional("release"),
    optional("missing"),
    optional("evidence"),
];
const EVIDENCE: &[Key] = &[required("title"), optional("url"), optional("file")];

/// What the record is called in messages, and its keys.
pub const RECORD: (&str, &[Key]) = ("a certification", CERTIFICATION);

impl CertificationRecord {
    /// Reads the record; `None` when it does not say who certified what against what.
    pub fn read(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Option<Self> {
        let (valid_from, valid_to) = match fields.table("valid") {
            Some(table) => {
                let mut valid = fields.inner(table, ("a validity", VALID));
                (read_date(&mut valid, "from"), read_date(&mut valid, "to"))
            }
            None => (None, None),
        };
        let printed = fields.table("printed").map_or_else(Vec::new, |table| {
            let mut printed = fields.inner(table, ("`printed`", PRINTED));
            let spellings =
                PRINTED.iter().map(|key| Spellings { of: key.name, texts: printed.texts(key.name) });
            spellings.filter(|spellings| !spellings.texts.is_empty()).collect()
        });
        let documents = fields.tables("document").into_iter();
        let documents = documents.filter_map(|table| DocumentRecord::read(fields, table)).collect();
        let results = fields.tables("result").into_iter();
        let results = results.filter_map(|table| ResultRecord::read(fields, table)).collect();
        let version = fields.text("version").filter(|version| version.value != "unspecified");
        let organization = fields.text("organization");
        let product = fields.text("product");
        let framework = fields.text("framework");
        let release = fields.text("release");
        Some(Self {
            version,
            suite: fields.text("suite").map(|text| text.value),
            completed: read_date(fields, "completed"),
            valid_from,
            valid_to,
            assurance: fields.choice("assurance").map(|assurance| assurance.value),
            certificate: fields.text("certificate").map(|text| text.value),
            scale: fields.text("scale"),
            notices: fields.texts("notices"),
            url: read_web_address(fields, "url"),
            printed,
            documents,
            results,
            remarks: read_remarks(fields),
            body: read_description(fields, body),
            organization: organization?,
            product: product?.value,
            framework: framework?,
            release: release?,
        })
    }

    /// The product with its version, as a title.
    pub fn title(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {}", self.product, version.value),
            None => self.product.clone(),
        }
    }
}

impl DocumentRecord {
    fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut document = fields.inner(table, ("a document", DOCUMENT));
        let location = read_location(&mut document);
        let (role, title) = (document.choice("role"), document.text("title"));
        Some(Self {
            kind: document.text("type").map(|text| text.value),
            version: document.text("version").map(|text| text.value),
            date: read_date(&mut document, "date").map(|date| date.value),
            printed: document.texts("printed"),
            element: document.text("element"),
            location,
            role: role?.value,
            title: title?.value,
        })
    }
}

fn read_location(fields: &mut Fields<'_, '_>) -> Location {
    let (file, url) = (fields.text("file"), read_web_address(fields, "url"));
    match (file, url) {
        (Some(file), Some(_)) => {
            let message = "a document has either a `file` or a `url`";
            fields.report(Finding::new(Code::ConflictingKeys, file.span, message));
            Location::File(file)
        }
        (Some(file), None) => Location::File(file),
        (None, Some(url)) => Location::Web(url),
        (None, None) => Location::Unpublished,
    }
}

impl ResultRecord {
    fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut result = fields.inner(table, ("a result", RESULT));
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
            evidence: read_evidence(&mut result),
        };
        Some(Self {
            span: table.span,
            value,
            printed: result.text("printed").map(|text| text.map(String::into_boxed_str)),
            comment: result.text("comment").map(|text| text.value.into_boxed_str()),
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

    /// Evidence that is not a mapping.
    pub fn evidence(&self) -> &[(String, Location)] {
        self.rarities.as_ref().map_or(&[], |rarities| &rarities.evidence)
    }
}

const VALUE_KEYS: [&str; 3] = ["score", "rating", "outcome"];

fn has_value_key(result: &Fields<'_, '_>) -> bool {
    VALUE_KEYS.iter().chain(&["coverage"]).any(|key| result.key_span(key).is_some())
}

/// What a row says: a score, a rating, an outcome, or nothing; two of them exclude each other.
fn read_value(result: &mut Fields<'_, '_>, row: Span) -> Spanned<Value> {
    let given: Vec<(&str, Span)> =
        VALUE_KEYS.iter().filter_map(|key| Some((*key, result.key_span(key)?))).collect();
    if let [(first, _), (second, span), ..] = given[..] {
        let message = format!("a result has either a `{first}` or a `{second}`");
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

fn read_coverage(result: &mut Fields<'_, '_>) -> Option<Spanned<Coverage>> {
    let text = result.text("coverage")?;
    let numbers = text.value.trim_matches(['[', ']', ' ']).split_once('/');
    let numbers = numbers.and_then(|(n, m)| Some((n.trim().parse().ok()?, m.trim().parse().ok()?)));
    match numbers {
        Some((submitted, total)) if submitted <= total => {
            Some(Spanned::new(Coverage { submitted, total }, text.span))
        }
        _ => {
            let message = format!("`{}` is no coverage", text.value);
            result.report(
                Finding::new(Code::InvalidCoverage, text.span, message)
                    .help("write submitted/total, such as \"3/6\"; submitted is at most total"),
            );
            None
        }
    }
}

fn read_evidence(result: &mut Fields<'_, '_>) -> Vec<(String, Location)> {
    let tables = result.tables("evidence").into_iter();
    let evidence = tables.filter_map(|table| {
        let mut evidence = result.inner(table, ("an evidence", EVIDENCE));
        let location = read_location(&mut evidence);
        Some((evidence.text("title")?.value, location))
    });
    evidence.collect()
}
