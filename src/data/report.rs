//! A certification report as data: scenarios with their steps, and clauses with the steps that support them.
//!
//! In comes a certification with its mapping, out goes what its files say, every step by its id.
//! A mode or a note that the report does not print stays absent; nothing is taken over from elsewhere.

use schemars::JsonSchema;
use serde::Serialize;

use super::row::PlaceFacts;
use super::value::{Date, version};
use crate::catalogue::CertificationIx;
use crate::catalogue::mapping::{MappedElement, Mapping};
use crate::model::mapping::{Citation, ClauseRecord, Mode, StepRecord};
use crate::pages::Context;
use crate::parse::definition::word;
use crate::route::Route;

/// The report behind the results of a certification.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "report")]
pub(super) struct Report<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// The id of the certification.
    certification: &'c str,
    /// The framework's id.
    framework: &'c str,
    /// The release of the framework.
    release: &'c str,
    /// Its page.
    address: String,
    /// How it was made; `null` where the report does not say.
    technique: Option<&'c str>,
    /// The works that it cites.
    works: Vec<WorkFacts<'c>>,
    /// Its scenarios, as listed.
    scenarios: Vec<ScenarioFacts<'c>>,
    /// Its elements, as listed.
    elements: Vec<ElementFacts<'c>>,
}

/// A work cited.
#[derive(Serialize, JsonSchema)]
struct WorkFacts<'c> {
    /// Its title.
    title: &'c str,
    /// Its version; `null` where the report does not say.
    version: Option<&'c str>,
    /// Its date; `null` where the report does not say.
    date: Option<Date>,
    /// The ids of the scenarios that it describes.
    scenarios: Vec<&'c str>,
    /// Where it can be had.
    #[serde(flatten)]
    place: PlaceFacts<'c>,
}

/// A business scenario.
#[derive(Serialize, JsonSchema)]
struct ScenarioFacts<'c> {
    /// Its id.
    id: &'c str,
    /// Its name.
    name: &'c str,
    /// What a reader should know of it; `null` where nothing is stated.
    note: Option<&'c str>,
    /// Its steps, in order.
    steps: Vec<StepFacts<'c>>,
}

/// A step of a scenario.
#[derive(Serialize, JsonSchema)]
struct StepFacts<'c> {
    /// Its id, unique in the certification.
    id: &'c str,
    /// How it is done: automated, manual or both; `null` where the report does not say.
    #[schemars(extend("enum" = ["A", "M", "AM", null]))]
    mode: Option<&'static str>,
    /// Its name; `null` where the report gives none.
    name: Option<&'c str>,
    /// Who does it; `null` where the report does not say.
    actor: Option<&'c str>,
    /// What is done; `null` where the report does not say.
    description: Option<&'c str>,
}

/// An element with its clauses.
#[derive(Serialize, JsonSchema)]
struct ElementFacts<'c> {
    /// The id that the report uses, in the assessed release.
    id: &'c str,
    /// The element's key, the same in every release; `null` where the id leads to no element.
    key: Option<&'c str>,
    /// The name that the report prints; `null` where it does not differ.
    printed_name: Option<&'c str>,
    /// What the report adds; `null` where it adds nothing.
    note: Option<&'c str>,
    /// The ids of the scenarios in which it takes part.
    scenarios: Vec<&'c str>,
    /// Its clauses, in order.
    clauses: Vec<ClauseFacts<'c>>,
}

/// A clause of an element's definition.
#[derive(Serialize, JsonSchema)]
struct ClauseFacts<'c> {
    /// The part of the definition that it belongs to.
    #[schemars(extend("enum" = ["brief", "extended", "responsibility"]))]
    part: &'static str,
    /// The clause, in the catalogue's words.
    text: &'c str,
    /// What the report says of it.
    #[schemars(extend("enum" = [
        "full", "partial", "none", "not-applicable", "elsewhere", "covered-below", "unstated",
    ]))]
    support: &'static str,
    /// What the report adds; `null` where it adds nothing.
    note: Option<&'c str>,
    /// The steps that support it.
    evidence: Vec<CitationFacts<'c>>,
    /// The steps that its note names.
    mentions: Vec<CitationFacts<'c>>,
}

/// A reference to a step, or to a range of them.
#[derive(Serialize, JsonSchema)]
struct CitationFacts<'c> {
    /// The step's id; of a range, its first.
    step: &'c str,
    /// The last step of a range; `null` where it is one step.
    to: Option<&'c str>,
    /// The mode that is printed with it; `null` where none is.
    #[schemars(extend("enum" = ["A", "M", "AM", null]))]
    mode: Option<&'static str>,
    /// The spelling of the source; `null` where it does not differ.
    printed: Option<&'c str>,
}

/// The report of a certification that has one.
pub(super) fn of<'c>(context: &'c Context, index: CertificationIx, mapping: &'c Mapping) -> Report<'c> {
    let catalogue = &context.catalogue;
    let certification = catalogue.certification(index);
    let framework = catalogue.framework(certification.framework);
    let scenario_id = |at: &usize| mapping.scenarios[*at].record.id.value.as_str();
    let works = mapping.works.iter().map(|work| WorkFacts {
        title: &work.record.title,
        version: work.record.version.as_deref(),
        date: work.record.date.map(Date),
        scenarios: work.scenarios.iter().map(scenario_id).collect(),
        place: PlaceFacts::of(certification, &work.record.location),
    });
    let scenarios = mapping.scenarios.iter().map(|scenario| ScenarioFacts {
        id: &scenario.record.id.value,
        name: &scenario.record.name,
        note: scenario.record.note.as_deref(),
        steps: mapping.steps[scenario.steps.clone()].iter().map(|step| step_facts(&step.record)).collect(),
    });
    let element = |mapped: &'c MappedElement| ElementFacts {
        id: &mapped.record.element.value,
        key: mapped.element.map(|element| &*catalogue.element(element).record.key.value),
        printed_name: mapped.record.name.as_ref().map(|name| name.value.as_str()),
        note: mapped.record.note.as_deref(),
        scenarios: mapped.scenarios.iter().map(scenario_id).collect(),
        clauses: mapped.record.clauses.iter().map(clause_facts).collect(),
    };
    Report {
        site: context.base_url.as_str(),
        certification: &certification.id,
        framework: &framework.id,
        release: version(framework, certification.release),
        address: Route::Mapping(index).folder(catalogue),
        technique: mapping.technique.as_deref(),
        works: works.collect(),
        scenarios: scenarios.collect(),
        elements: mapping.elements.iter().map(element).collect(),
    }
}

fn step_facts(step: &StepRecord) -> StepFacts<'_> {
    StepFacts {
        id: &step.id.value,
        mode: step.mode.as_ref().map(|mode| mode.value.letters()),
        name: step.name.as_deref(),
        actor: step.actor.as_deref(),
        description: step.description.as_deref(),
    }
}

fn clause_facts(clause: &ClauseRecord) -> ClauseFacts<'_> {
    ClauseFacts {
        part: word(clause.part),
        text: &clause.text.value,
        support: word(clause.support.value),
        note: clause.note.as_deref(),
        evidence: clause.evidence.iter().map(citation_facts).collect(),
        mentions: clause.mentions.iter().map(citation_facts).collect(),
    }
}

fn citation_facts(citation: &Citation) -> CitationFacts<'_> {
    CitationFacts {
        step: &citation.step.value,
        to: citation.to.as_ref().map(|to| to.value.as_str()),
        mode: citation.mode.map(Mode::letters),
        printed: citation.printed.as_ref().map(|printed| printed.value.as_str()),
    }
}
