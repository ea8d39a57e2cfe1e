//! The rows of a certification as data: what the source says of each element, and what the element is called elsewhere.
//!
//! In comes a row with its element, out go its facts; the element's key stays the same across releases.
//! A row without a score has none here either: its kind and its outcome say why.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Exact, absence_word, version};
use crate::catalogue::{Catalogue, Certification, ElementIx, Row};
use crate::comparison;
use crate::model::certification::{Coverage, Location, ResultRecord, Value};
use crate::parse::definition::word;
use crate::route;
use crate::words::Words;

/// What the source says of one element.
#[derive(Serialize, JsonSchema)]
pub(super) struct RowFacts<'c> {
    /// The element, joined across releases.
    element: ElementFacts<'c>,
    /// The id that the source uses.
    id: &'c str,
    /// What the element is called in that release.
    name: &'c str,
    /// The release whose id it is; `null` where that is the certification's.
    release: Option<&'c str>,
    /// What the row gives. A `coverage` row says nothing of the element itself.
    #[schemars(extend("enum" = ["score", "rating", "outcome", "coverage"]))]
    kind: &'static str,
    /// The score; `null` where `kind` is another: an absence is never a number.
    score: Option<Exact>,
    /// The score as its scale prints it; `null` where there is no score.
    words: Option<String>,
    /// The rating that the score reaches, or that the row gives; `null` where it reaches none, and where `kind` is `outcome` or `coverage`.
    rating: Option<Tone<'c>>,
    /// Why there is no score; `null` where there is a score, a rating, or only a coverage.
    outcome: Option<OutcomeFacts<'c>>,
    /// How many parts of the element were submitted, as the source states it; `null` where it states none.
    coverage: Option<CoverageFacts>,
    /// What the source adds; `null` where it adds nothing.
    comment: Option<&'c str>,
    /// The source's wording of the score, rating or outcome; `null` where it does not differ.
    printed: Option<&'c str>,
    /// The name that the source prints; `null` where it does not differ.
    printed_name: Option<&'c str>,
    /// The whole label that the source prints; `null` where it does not differ.
    printed_label: Option<&'c str>,
    /// The ids of parts that were not submitted, as the source lists them.
    missing: Vec<&'c str>,
    /// Evidence besides the certification report.
    evidence: Vec<EvidenceFacts<'c>>,
    /// Whether it sums up other rows of the certification, so that counts leave it out.
    summary: bool,
    /// Whether it repeats an earlier row word for word, so that counts leave it out.
    repeated: bool,
}

/// An element as all releases know it.
#[derive(Serialize, JsonSchema)]
struct ElementFacts<'c> {
    /// The same in every release; unique within the framework.
    key: &'c str,
    /// Its id in the newest release that has it.
    id: &'c str,
    /// Its name in the newest release that has it.
    name: &'c str,
    /// The id of its domain in the newest release that has it; `null` where it stands in none.
    domain: Option<&'c str>,
    /// Its place among the framework's elements; not without gaps, comparable between files of one build.
    order: usize,
    /// What holds from a release until the next entry, oldest first.
    states: Vec<StateFacts<'c>>,
}

/// What holds from a release on: an id, or why there is none.
#[derive(Serialize, JsonSchema)]
struct StateFacts<'c> {
    /// The release.
    from: &'c str,
    /// The element's id; `null` where `absence` says why.
    id: Option<&'c str>,
    /// Why there is no id; `null` where there is one.
    #[schemars(extend("enum" = ["not-yet", "withdrawn", "untraced", null]))]
    absence: Option<&'static str>,
}

/// A rating.
#[derive(Serialize, JsonSchema)]
struct Tone<'c> {
    /// What the scale calls it.
    label: &'c str,
    /// What it stands for, whatever it is called.
    #[schemars(extend("enum" = ["full", "partial", "none", "neutral"]))]
    tone: &'static str,
}

/// Why there is no score.
#[derive(Serialize, JsonSchema)]
struct OutcomeFacts<'c> {
    /// The word of the record format.
    #[schemars(extend("enum" = ["not-submitted", "not-assessed", "not-applicable", "out-of-scope"]))]
    id: &'static str,
    /// The same in the site's language.
    words: &'c str,
}

/// How many parts were submitted.
#[derive(Serialize, JsonSchema)]
pub(super) struct CoverageFacts {
    /// Of these …
    submitted: u32,
    /// … so many there are.
    total: u32,
}

impl From<Coverage> for CoverageFacts {
    fn from(coverage: Coverage) -> Self {
        Self { submitted: coverage.submitted, total: coverage.total }
    }
}

/// A document as evidence.
#[derive(Serialize, JsonSchema)]
struct EvidenceFacts<'c> {
    /// What it is called.
    title: &'c str,
    /// Where it can be had.
    #[serde(flatten)]
    place: PlaceFacts<'c>,
}

/// Where a document can be had: here, elsewhere, or nowhere.
#[derive(Serialize, JsonSchema)]
pub(super) struct PlaceFacts<'c> {
    /// The file on this site; `null` where it is elsewhere or not published.
    address: Option<String>,
    /// Its address on the web; `null` where it is on this site or not published.
    url: Option<&'c str>,
    /// `false` where the document is known and can be had neither here nor elsewhere.
    published: bool,
}

impl<'c> PlaceFacts<'c> {
    /// Where a document of a certification can be had.
    pub(super) fn of(certification: &Certification, location: &'c Location) -> Self {
        match location {
            Location::File(file) => {
                let path = format!("certifications/{}/{}", certification.id, file.value);
                Self {
                    address: Some(route::encode_path(&route::asset_file(&path))),
                    url: None,
                    published: true,
                }
            }
            Location::Web(url) => Self { address: None, url: Some(url), published: true },
            Location::Unpublished => Self { address: None, url: None, published: false },
        }
    }
}

/// The facts of a row; `None` where its element was never in a release.
pub(super) fn facts<'c>(
    (catalogue, words): (&'c Catalogue, &'c Words),
    certification: &'c Certification,
    (row, result): (&'c Row, &'c ResultRecord),
    (element, order, is_leaf): (ElementIx, usize, bool),
) -> Option<RowFacts<'c>> {
    let framework = catalogue.framework(certification.framework);
    let linked = catalogue.element(element);
    let release = usize::from(row.release);
    let there = linked.in_release(release).ok();
    let (_, newest) = linked.newest()?;
    let states = linked.states.iter().map(|(from, state)| StateFacts {
        from: version(framework, *from),
        id: state.as_ref().ok().map(|state| state.id.as_str()),
        absence: state.as_ref().err().map(|absence| absence_word(*absence)),
    });
    let score = if let Value::Score(score) = &result.value.value { Some(*score) } else { None };
    let scale = catalogue.scale(certification);
    let evidence = result
        .evidence
        .iter()
        .map(|(title, location)| EvidenceFacts { title, place: PlaceFacts::of(certification, location) });
    let rare = result.rarities.as_deref();
    Some(RowFacts {
        element: ElementFacts {
            key: &linked.record.key.value,
            id: &newest.id,
            name: &newest.name,
            domain: comparison::domain(catalogue, element)
                .map(|domain| framework.record.domains[domain].id.value.as_str()),
            order,
            states: states.collect(),
        },
        id: &result.element.value,
        name: there.map_or(linked.name(), |state| &state.name),
        release: (release != certification.release).then(|| version(framework, release)),
        kind: match &result.value.value {
            Value::Score(_) => "score",
            Value::Rating(_) => "rating",
            Value::Outcome(_) => "outcome",
            Value::Unstated => "coverage",
        },
        score: score.map(Exact),
        words: score.zip(scale).map(|(score, scale)| words.score(scale, score)),
        rating: catalogue
            .rating(certification, row)
            .map(|rating| Tone { label: &rating.label, tone: rating.tone.word() }),
        outcome: match &result.value.value {
            Value::Outcome(outcome) => Some(OutcomeFacts { id: word(*outcome), words: words.of(*outcome) }),
            _ => None,
        },
        coverage: result.coverage().map(|coverage| coverage.value.into()),
        comment: result.comment.as_deref(),
        printed: result.printed.as_ref().map(|printed| &*printed.value),
        printed_name: rare.and_then(|rare| rare.name.as_ref()).map(|name| name.value.as_str()),
        printed_label: rare.and_then(|rare| rare.label.as_ref()).map(|label| label.value.as_str()),
        missing: rare.map_or_else(Vec::new, |rare| rare.missing.iter().map(|id| id.value.as_str()).collect()),
        evidence: evidence.collect(),
        summary: !is_leaf,
        repeated: row.repeated,
    })
}
