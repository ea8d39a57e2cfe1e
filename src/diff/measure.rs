//! What follows from the facts: results with their ratings, counts, means, coverage, validity.
//!
//! In comes a linked catalogue with its day, out go figures by record and name, as texts that can be compared.
//! The figures are those that the pages print, from the same tallies; nothing is counted here.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Certification, Row};
use crate::model::certification::{ResultRecord, Value};
use crate::model::date::Day;
use crate::parse::definition::word;
use crate::tally::{self, Tally};
use crate::validity::Validity;

/// The name of a figure of a record: `certification/x` and `mean`.
pub type Figures = BTreeMap<(String, String), String>;

/// One row of a certification, by the name that its facts have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The name of the element in the release.
    pub name: String,
    /// What the row says: a score, a rating or an outcome.
    pub says: String,
    /// The rating that a score reaches.
    pub rating: Option<String>,
}

/// What follows from a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// The figures.
    pub figures: Figures,
    /// The rows of each certification, by its id and theirs.
    pub rows: BTreeMap<String, BTreeMap<String, Seen>>,
}

impl Measures {
    /// Measures a catalogue.
    pub fn of(catalogue: &Catalogue, day: Day) -> Self {
        let mut measures = Self::default();
        let mut count = |record: &str, name: &str, value: usize| {
            measures.figures.insert((record.to_owned(), name.to_owned()), value.to_string());
        };
        count("site", "certifications", catalogue.certifications.len());
        count("site", "organizations", catalogue.organizations.len());
        count("site", "frameworks", catalogue.frameworks.len());
        count("site", "elements", catalogue.elements.len());
        count("site", "crosswalks", catalogue.crosswalks.len());
        for framework in &catalogue.frameworks {
            let record = format!("framework/{}", framework.id);
            count(&record, "certifications", framework.certifications.len());
            for (release, of) in framework.releases.iter().zip(&framework.record.releases) {
                count(&record, &format!("elements in {}", of.version.value), release.members.len());
            }
        }
        for certification in &catalogue.certifications {
            measures.add(catalogue, certification, day);
        }
        measures
    }

    fn add(&mut self, catalogue: &Catalogue, certification: &Certification, day: Day) {
        let record = format!("certification/{}", certification.id);
        let mut set = |name: String, value: String| {
            self.figures.insert((record.clone(), name), value);
        };
        let status = match Validity::on(day, certification) {
            Validity::Valid => "valid",
            Validity::NotYet => "not yet valid",
            Validity::Open => "no end published",
            Validity::Expired => "expired",
        };
        set("status".to_owned(), status.to_owned());
        let whole = tally::whole(catalogue, certification);
        for (name, value) in counts(&whole) {
            set(name.to_owned(), value);
        }
        let framework = catalogue.framework(certification.framework);
        for (domain, tally) in tally::by_domain(catalogue, certification) {
            let name = domain.map_or("no domain", |domain| &framework.record.domains[domain].name);
            set(format!("assessed in {name}"), tally.assessed.to_string());
            if let Some(mean) = tally.mean(2) {
                set(format!("mean in {name}"), mean.normalize().to_string());
            }
        }
        for coverage in tally::coverage(catalogue, certification) {
            let Ok(state) = catalogue.element(coverage.parent).in_release(certification.release) else {
                continue;
            };
            let computed = coverage.computed;
            set(format!("coverage of {}", state.id), format!("{}/{}", computed.submitted, computed.total));
        }
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let rows = certification.results().map(|(row, result)| {
            let name = row_name(result);
            let times = times.entry(name.clone()).or_default();
            *times += 1;
            let name = if *times > 1 { format!("{name} ({times})") } else { name };
            (name, seen(catalogue, certification, row, result))
        });
        self.rows.insert(certification.id.clone(), rows.collect());
    }
}

fn counts(tally: &Tally) -> Vec<(&'static str, String)> {
    let mut counts: Vec<(&'static str, String)> = [
        ("results", tally.rows),
        ("assessed", tally.assessed),
        ("rated full", tally.full),
        ("rated partial", tally.partial),
        ("rated none", tally.none),
        ("rated otherwise", tally.neutral),
        ("not submitted", tally.not_submitted),
        ("otherwise without a result", tally.otherwise_absent),
    ]
    .map(|(name, count)| (name, count.to_string()))
    .into();
    let scores = [("mean", tally.mean(2)), ("lowest", tally.lowest), ("highest", tally.highest)];
    let scores = scores.into_iter().filter_map(|(name, score)| Some((name, score?.normalize().to_string())));
    counts.extend(scores);
    counts
}

/// The name of a row among the facts: its element, with the release where that is not the certification's.
fn row_name(result: &ResultRecord) -> String {
    match result.release() {
        Some(release) => format!("{}@{}", result.element.value, release.value),
        None => result.element.value.to_string(),
    }
}

fn seen(catalogue: &Catalogue, certification: &Certification, row: &Row, result: &ResultRecord) -> Seen {
    let element = row.element.map(|element| catalogue.element(element));
    let state = element.and_then(|element| element.in_release(usize::from(row.release)).ok());
    let rating = catalogue.rating(certification, row).map(|rating| rating.label.clone());
    let says = match &result.value.value {
        Value::Score(score) => score.normalize().to_string(),
        Value::Rating(rating) => rating.to_string(),
        Value::Outcome(outcome) => word(*outcome).replace('-', " "),
        Value::Unstated => "coverage only".to_owned(),
    };
    let name =
        state.map(|state| state.name.as_str()).or_else(|| element.map(crate::catalogue::Element::name));
    Seen { name: name.unwrap_or_default().to_owned(), says, rating }
}
