//! One file a certification, with everything that a comparison needs, and the list of all.
//!
//! In come certifications, out go their facts and rows; each row names its element by the key that stays across releases.
//! Nothing is counted here that the rows do not say: readers of the data count for themselves.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::catalogue::{Absence, Catalogue, Certification, CertificationIx, ElementIx, Framework, Row};
use crate::comparison;
use crate::model::certification::{ResultRecord, Value};
use crate::model::scale::Scale;
use crate::pages::Context;
use crate::parse::definition::word;
use crate::route::{self, Route};
use crate::tally::{self, Tally};
use crate::words::Words;

/// The list: enough to choose from.
#[derive(Serialize)]
struct List<'c> {
    /// The site's root.
    site: &'c str,
    certifications: Vec<Entry<'c>>,
}

#[derive(Serialize)]
struct Entry<'c> {
    id: &'c str,
    title: String,
    organization: &'c str,
    framework: &'c str,
    release: &'c str,
}

#[derive(Serialize)]
struct Facts<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    id: &'c str,
    title: String,
    address: String,
    organization: Organization<'c>,
    framework: FrameworkFacts<'c>,
    release: &'c str,
    suite: Option<&'c str>,
    completed: Option<String>,
    /// When it was assessed, or else from when it is valid: as pages say it.
    assessed: Option<Assessed>,
    valid_from: Option<String>,
    valid_to: Option<String>,
    status: Status,
    scale: Option<ScaleFacts<'c>>,
    /// What the rows add up to: each element once, summary rows apart.
    totals: Totals,
    /// The parts of the product that the source names.
    modules: Vec<ModuleFacts<'c>>,
    rows: Vec<RowFacts<'c>>,
}

#[derive(Serialize)]
struct ModuleFacts<'c> {
    name: &'c str,
    note: Option<&'c str>,
    /// The keys of the elements that it supports.
    elements: Vec<&'c str>,
}

/// A date as precise as it is known.
#[derive(Serialize)]
struct Assessed {
    date: String,
    words: String,
}

#[derive(Serialize)]
struct Organization<'c> {
    id: &'c str,
    name: &'c str,
}

#[derive(Serialize)]
struct FrameworkFacts<'c> {
    id: &'c str,
    name: &'c str,
    noun: Noun<'c>,
    /// In order.
    releases: Vec<&'c str>,
    domains: Vec<Named<'c>>,
    /// Where the pages of its elements stand: the element's key follows.
    elements: String,
}

#[derive(Serialize)]
struct Noun<'c> {
    one: &'c str,
    many: &'c str,
}

#[derive(Serialize)]
struct Named<'c> {
    id: &'c str,
    name: &'c str,
}

/// Whether it holds, on the day of the build.
#[derive(Serialize)]
struct Status {
    words: String,
    tone: &'static str,
    as_of: String,
}

#[derive(Serialize)]
struct ScaleFacts<'c> {
    id: &'c str,
    name: &'c str,
    /// `null`, as are `max` and `step`, on a scale of named ratings.
    min: Option<String>,
    max: Option<String>,
    step: Option<String>,
    ratings: Vec<RatingFacts<'c>>,
}

#[derive(Serialize)]
struct RatingFacts<'c> {
    label: &'c str,
    tone: &'static str,
    from: Option<String>,
}

#[derive(Serialize)]
struct Totals {
    rows: usize,
    assessed: usize,
    full: usize,
    partial: usize,
    none: usize,
    neutral: usize,
    not_submitted: usize,
    otherwise_absent: usize,
}

#[derive(Serialize)]
struct RowFacts<'c> {
    element: ElementFacts<'c>,
    /// The id that the source uses.
    id: &'c str,
    /// What the element is called there.
    name: &'c str,
    /// The release whose id it is, where that is not the certification's.
    release: Option<&'c str>,
    /// Which of these it gives: `score`, `rating`, `outcome` or only a `coverage`.
    kind: &'static str,
    score: Option<String>,
    /// The score as its scale prints it.
    words: Option<String>,
    rating: Option<Tone<'c>>,
    outcome: Option<OutcomeFacts<'c>>,
    coverage: Option<CoverageFacts>,
    comment: Option<&'c str>,
    /// Whether it sums up other rows of the certification, so that counts leave it out.
    summary: bool,
    /// Whether it repeats an earlier row word for word, so that counts leave it out.
    repeated: bool,
}

#[derive(Serialize)]
struct ElementFacts<'c> {
    /// The same in every release.
    key: &'c str,
    /// Its id in the newest release that has it.
    id: &'c str,
    name: &'c str,
    domain: Option<&'c str>,
    /// Its place among the framework's elements; not without gaps.
    order: usize,
    states: Vec<StateFacts<'c>>,
}

/// What holds from a release until the next state: an id, or why there is none.
#[derive(Serialize)]
struct StateFacts<'c> {
    from: &'c str,
    id: Option<&'c str>,
    absence: Option<&'static str>,
}

#[derive(Serialize)]
struct Tone<'c> {
    label: &'c str,
    tone: &'static str,
}

#[derive(Serialize)]
struct OutcomeFacts<'c> {
    id: &'static str,
    words: &'c str,
}

#[derive(Serialize)]
struct CoverageFacts {
    submitted: u32,
    total: u32,
}

/// The list of certifications.
pub(super) fn list(context: &Context) -> impl Serialize + '_ {
    let catalogue = &context.catalogue;
    List {
        site: context.base_url.as_str(),
        certifications: catalogue.certifications.iter().map(|one| entry(catalogue, one)).collect(),
    }
}

/// The place of every element with a result in the order of its framework, by element.
pub(super) struct Orders(Vec<Option<u32>>);

impl Orders {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let mut elements: Vec<_> = (0..catalogue.elements.len())
            .filter(|at| !catalogue.elements[*at].results.is_empty())
            .map(|at| (comparison::order_key(catalogue, at.into()), at))
            .collect();
        elements.sort_unstable();
        let mut orders = vec![None; catalogue.elements.len()];
        for (order, (_, at)) in elements.into_iter().enumerate() {
            orders[at] = Some(order as u32);
        }
        Self(orders)
    }

    fn of_element(&self, element: ElementIx) -> Option<usize> {
        self.0[element.index()].map(|order| order as usize)
    }
}

fn version(framework: &Framework, release: usize) -> &str {
    &framework.record.releases[release].version.value
}

fn entry<'c>(catalogue: &'c Catalogue, certification: &'c Certification) -> Entry<'c> {
    let framework = catalogue.framework(certification.framework);
    Entry {
        id: &certification.id,
        title: certification.record.title(),
        organization: catalogue.organization_name(certification),
        framework: &framework.record.name,
        release: version(framework, certification.release),
    }
}

/// One certification.
pub(super) fn facts<'c>(
    context: &'c Context,
    index: CertificationIx,
    orders: &Orders,
) -> impl Serialize + use<'c> {
    let catalogue = &context.catalogue;
    let certification = catalogue.certification(index);
    let record = &certification.record;
    let framework = catalogue.framework(certification.framework);
    let date = |date: &Option<crate::text::Spanned<crate::model::date::PartialDate>>| {
        date.as_ref().map(|date| date.value.to_string())
    };
    let status = context.status(certification);
    let leaves: BTreeSet<ElementIx> =
        tally::leaves(catalogue, certification).into_iter().filter_map(|(row, _)| row.element).collect();
    let rows = certification.results().filter_map(|(row, result)| {
        let element = row.element?;
        let (order, is_leaf) = (orders.of_element(element)?, leaves.contains(&element));
        row_facts((catalogue, &context.words), certification, (row, result), (element, order, is_leaf))
    });
    Facts {
        site: context.base_url.as_str(),
        id: &certification.id,
        title: record.title(),
        address: Route::Certification(index).folder(catalogue),
        organization: Organization {
            id: &record.organization.value,
            name: catalogue.organization_name(certification),
        },
        framework: framework_facts(framework),
        release: version(framework, certification.release),
        suite: record.suite.as_deref(),
        completed: date(&record.completed),
        assessed: record
            .completed
            .as_ref()
            .or(record.valid_from.as_ref())
            .map(|date| Assessed { date: date.value.to_string(), words: context.words.date(date.value) }),
        valid_from: date(&record.valid_from),
        valid_to: date(&record.valid_to),
        status: Status { words: status.word, tone: status.tone, as_of: context.as_of.to_string() },
        scale: catalogue.scale(certification).map(scale_facts),
        totals: totals(context.tally(index)),
        modules: modules(catalogue, certification),
        rows: rows.collect(),
    }
}

fn modules<'c>(catalogue: &'c Catalogue, certification: &'c Certification) -> Vec<ModuleFacts<'c>> {
    let modules = certification.record.modules.iter().zip(&certification.modules);
    let facts = modules.map(|(module, elements)| ModuleFacts {
        name: &module.name,
        note: module.note.as_deref(),
        elements: elements.iter().map(|element| &*catalogue.element(*element).record.key.value).collect(),
    });
    facts.collect()
}

fn totals(tally: &Tally) -> Totals {
    Totals {
        rows: tally.rows,
        assessed: tally.assessed,
        full: tally.full,
        partial: tally.partial,
        none: tally.none,
        neutral: tally.neutral,
        not_submitted: tally.not_submitted,
        otherwise_absent: tally.otherwise_absent,
    }
}

fn framework_facts(framework: &Framework) -> FrameworkFacts<'_> {
    let record = &framework.record;
    let domains = record.domains.iter();
    FrameworkFacts {
        id: &framework.id,
        name: &record.name,
        noun: Noun { one: &record.noun.one, many: &record.noun.many },
        releases: record.versions(),
        domains: domains.map(|domain| Named { id: &domain.id.value, name: &domain.name }).collect(),
        elements: route::elements_folder(framework),
    }
}

fn scale_facts(scale: &Scale) -> ScaleFacts<'_> {
    let number = |number: rust_decimal::Decimal| number.normalize().to_string();
    let ratings = scale.ratings.iter().map(|rating| RatingFacts {
        label: &rating.label,
        tone: rating.tone.word(),
        from: rating.from.map(number),
    });
    ScaleFacts {
        id: &scale.id.value,
        name: &scale.name,
        min: scale.range.map(|range| number(range.min)),
        max: scale.range.map(|range| number(range.max)),
        step: scale.range.map(|range| number(range.step)),
        ratings: ratings.collect(),
    }
}

fn row_facts<'c>(
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
        score: score.map(|score| score.normalize().to_string()),
        words: score.zip(scale).map(|(score, scale)| words.score(scale, score)),
        rating: catalogue
            .rating(certification, row)
            .map(|rating| Tone { label: &rating.label, tone: rating.tone.word() }),
        outcome: match &result.value.value {
            Value::Outcome(outcome) => Some(OutcomeFacts { id: word(*outcome), words: words.of(*outcome) }),
            _ => None,
        },
        coverage: result.coverage().map(|coverage| CoverageFacts {
            submitted: coverage.value.submitted,
            total: coverage.value.total,
        }),
        comment: result.comment.as_deref(),
        summary: !is_leaf,
        repeated: row.repeated,
    })
}

fn absence_word(absence: Absence) -> &'static str {
    match absence {
        Absence::NotYet => "not-yet",
        Absence::Withdrawn => "withdrawn",
        Absence::Untraced => "untraced",
    }
}
