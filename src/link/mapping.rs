//! A mapping finds its elements, scenarios and steps, and steps find the clauses that cite them.
//!
//! In come the files of one certification's mapping, out goes the mapping with every citation at its step, in both directions.
//! Elements are found as the certification's rows are; whether clauses and scores agree is a question for the rules.

use std::collections::HashMap;

use super::certifications::{Links, document_fault};
use super::{Collected, ids};
use crate::catalogue::mapping::{ClauseAt, ClauseSteps, Ends, MappedElement, Mapping, Scenario, Step, Work};
use crate::catalogue::{Catalogue, Certification};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::certification::{Location, Value};
use crate::model::mapping::{Citation, MappingRecord};
use crate::near;
use crate::text::{FileId, Place, Span, Spanned};

/// Links all mappings and adds them to their certifications, whose rows are linked already.
pub(super) fn link(collected: &mut Collected, catalogue: &mut Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    let links = Links::new(catalogue);
    let mut linked = Vec::new();
    for (id, files) in std::mem::take(&mut collected.mappings) {
        match catalogue.certifications.binary_search_by(|certification| certification.id.cmp(&id)) {
            Ok(at) => {
                let certification = &catalogue.certifications[at];
                linked.push((at, mapping(&links, certification, files, diagnostics)));
            }
            Err(_) if catalogue.is_broken("certification", &id) => {}
            Err(_) => diagnostics.extend(files.iter().map(|(file, _)| orphan(*file, &id))),
        }
    }
    drop(links);
    for (at, mapping) in linked {
        catalogue.certifications[at].mapping = Some(mapping);
    }
}

fn mapping(
    links: &Links<'_>,
    certification: &Certification,
    files: Vec<(FileId, MappingRecord)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Mapping {
    let framework = links.catalogue.framework(certification.framework);
    let is_broken = links.catalogue.is_broken("mapping", &certification.id);
    let mut mapping = Mapping { is_complete: !is_broken, ..Mapping::default() };
    let mut works = Vec::new();
    let mut elements = Vec::new();
    let mut technique: Option<Place> = None;
    for (file, record) in files {
        mapping.files.push(file);
        mapping.is_complete &= record.is_complete;
        if let Some(text) = record.technique {
            let place = Place::new(file, text.span);
            match technique {
                Some(first) => diagnostics.push(
                    repeated("the technique of the mapping is told twice", place, first)
                        .help("keep the one that holds for the whole report"),
                ),
                None => mapping.technique = Some(text.value),
            }
            technique.get_or_insert(place);
        }
        for mut scenario in record.scenarios {
            let at = mapping.scenarios.len();
            let start = mapping.steps.len();
            let steps = std::mem::take(&mut scenario.steps).into_iter();
            mapping.steps.extend(steps.map(|record| Step {
                file,
                record,
                scenario: at,
                cited: Vec::new(),
                mentioned: Vec::new(),
                within: Vec::new(),
            }));
            mapping.scenarios.push(Scenario { file, record: scenario, steps: start..mapping.steps.len() });
        }
        works.extend(record.works.into_iter().map(|work| (file, work)));
        elements.extend(record.elements.into_iter().map(|element| (file, element)));
        mapping.remarks.extend(record.remarks.into_iter().map(|remark| (file, remark)));
        mapping.waivers.extend(record.waivers.into_iter().map(|waiver| (file, waiver)));
    }
    index_definitions(&mut mapping, diagnostics);
    for (file, record) in works {
        let scenarios = scenarios(&mapping, file, &record.scenarios, diagnostics);
        check_file(links.catalogue, &certification.id, file, &record.location, diagnostics);
        mapping.works.push(Work { file, record, scenarios });
    }
    for (file, record) in elements {
        let release = (certification.release, file);
        let element = ids::element(links.catalogue, framework, release, &record.element, diagnostics);
        let row = certification.results().position(|(row, result)| {
            element.is_some() && row.element == element && result.value.value != Value::Unstated
        });
        let position = mapping.elements.len();
        if let Some(element) = element {
            let first = *mapping.mapped.entry(element).or_insert(position);
            if first != position {
                let first = &mapping.elements[first];
                let message = format!("the mapping of `{}` is given twice", record.element.value);
                diagnostics.push(
                    repeated(
                        &message,
                        Place::new(file, record.element.span),
                        first.place(first.record.element.span),
                    )
                    .help("put all clauses of an element into one `[[mapping]]`"),
                );
            }
        }
        let definition = element.map(|element| links.catalogue.element(element).record.fingerprint);
        let scenarios = scenarios(&mapping, file, &record.scenarios, diagnostics);
        let mut find = |citations: &[Citation]| -> Vec<Ends> {
            let ends = citations.iter().map(|citation| ends(&mapping, file, citation, diagnostics));
            ends.collect()
        };
        let clauses = record
            .clauses
            .iter()
            .map(|clause| ClauseSteps { evidence: find(&clause.evidence), mentions: find(&clause.mentions) });
        let clauses = clauses.collect();
        mapping.elements.push(MappedElement { file, record, element, row, definition, scenarios, clauses });
    }
    let prints_modes = mapping.citations().any(|cited| cited.citation.mode.is_some());
    mapping.prints_modes = prints_modes;
    link_back(&mut mapping);
    mapping
}

/// The other direction: from steps to the clauses that refer to them.
fn link_back(mapping: &mut Mapping) {
    let Mapping { elements, steps, .. } = mapping;
    for (element, mapped) in elements.iter().enumerate() {
        for (clause, linked) in mapped.clauses.iter().enumerate() {
            let at = ClauseAt { element, clause };
            for Ends { step, to } in &linked.evidence {
                for end in step.iter().chain(to) {
                    steps[*end].cited.push(at);
                }
                if let (Some(first), Some(last)) = (*step, *to)
                    && first < last
                    && steps[first].scenario == steps[last].scenario
                {
                    steps[first + 1..last].iter_mut().for_each(|step| step.within.push(at));
                }
            }
            for Ends { step, to } in &linked.mentions {
                for end in step.iter().chain(to) {
                    steps[*end].mentioned.push(at);
                }
            }
        }
    }
}

/// Scenarios and steps by id; an id that is given twice is reported, and the first one keeps it.
fn index_definitions(mapping: &mut Mapping, diagnostics: &mut Vec<Diagnostic>) {
    let mut scenarios: HashMap<&str, Place> = HashMap::new();
    for scenario in &mapping.scenarios {
        let id = &scenario.record.id;
        let place = Place::new(scenario.file, id.span);
        let first = *scenarios.entry(&id.value).or_insert(place);
        if first != place {
            diagnostics.push(
                repeated(&format!("two scenarios have the id `{}`", id.value), place, first)
                    .help("give one of them another id, or put all steps into one"),
            );
        }
    }
    for (at, step) in mapping.steps.iter().enumerate() {
        let id = &step.record.id;
        let first = *mapping.ids.entry(id.value.clone()).or_insert(at);
        if first != at {
            let first = &mapping.steps[first];
            let place = Place::new(step.file, id.span);
            let first = Place::new(first.file, first.record.id.span);
            diagnostics.push(
                repeated(&format!("two steps have the id `{}`", id.value), place, first)
                    .help("a step's id is unique in the certification, so that a citation means one step"),
            );
        }
    }
}

fn repeated(message: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(Code::RepeatedDefinition, place, message).label(first, "first given here")
}

/// The scenarios that a record names.
fn scenarios(
    mapping: &Mapping,
    file: FileId,
    names: &[Spanned<String>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let ids = || mapping.scenarios.iter().map(|scenario| scenario.record.id.value.as_str());
    let found = names.iter().filter_map(|name| {
        let found = ids().position(|id| id == name.value);
        if found.is_none() && mapping.is_complete {
            let message = format!("the mapping has no scenario `{}`", name.value);
            let unknown = Diagnostic::new(Code::UnknownScenario, Place::new(file, name.span), message);
            diagnostics.push(super::suggest(unknown, &name.value, ids(), |id| {
                format!("add a `[[scenario]]` with `id = \"{id}\"` to one of the mapping's files")
            }));
        }
        found
    });
    found.collect()
}

/// The steps that a citation names.
fn ends(mapping: &Mapping, file: FileId, citation: &Citation, diagnostics: &mut Vec<Diagnostic>) -> Ends {
    let mut find = |id: &Spanned<String>| {
        let found = mapping.ids.get(&id.value).copied();
        if found.is_none() && mapping.is_complete {
            let is_flood = near::is_flood(diagnostics, Code::UnknownStep);
            diagnostics.push(unknown_step(mapping, file, (citation, id), is_flood));
        }
        found
    };
    Ends { step: find(&citation.step), to: citation.to.as_ref().and_then(find) }
}

fn unknown_step(
    mapping: &Mapping,
    file: FileId,
    (citation, id): (&Citation, &Spanned<String>),
    is_flood: bool,
) -> Diagnostic {
    let message = format!("no scenario has a step `{}`", id.value);
    let unknown = Diagnostic::new(Code::UnknownStep, Place::new(file, id.span), message);
    let known = mapping.steps.iter().filter(|_| !is_flood).map(|step| step.record.id.value.as_str());
    let Some(near) = near::nearest(&id.value, known) else {
        return unknown
            .help(format!("add a `[[scenario.step]]` with `id = \"{}\"` to its scenario", id.value));
    };
    let unknown = unknown.help(format!("did you mean `{near}`?"));
    if citation.span != id.span {
        return unknown.replace_with(format!("\"{near}\""));
    }
    // The citation is one text: what else it says stays.
    let or_near =
        |one: &Spanned<String>| if one.value == id.value { near.to_owned() } else { one.value.clone() };
    let mut text = or_near(&citation.step);
    if let Some(to) = &citation.to {
        text.push_str(" - ");
        text.push_str(&or_near(to));
    }
    if let Some(mode) = citation.mode {
        text.push(' ');
        text.push_str(mode.letters());
    }
    unknown.replace_with(format!("\"{text}\""))
}

fn check_file(
    catalogue: &Catalogue,
    certification: &str,
    file: FileId,
    location: &Location,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Location::File(name) = location else { return };
    let path = format!("certifications/{certification}/{}", name.value);
    diagnostics.extend(document_fault(file, name, &path, catalogue));
}

/// A mapping beside which no certification stands.
fn orphan(file: FileId, certification: &str) -> Diagnostic {
    let message = format!("this mapping belongs to no certification: `{certification}` has no record");
    Diagnostic::new(Code::MisplacedFile, Place::new(file, Span::start_of_file()), message)
        .help(format!("add `content/certifications/{certification}/certification.md`, or move the file"))
}
