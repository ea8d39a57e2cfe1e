//! Whether a certification report holds together: every clause has its evidence, every step is cited in one way.
//!
//! In come linked mappings, out go the findings about citations, clauses, scenarios and steps.
//! Whether the report agrees with the results is asked in `check::reported`.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Catalogue;
use crate::catalogue::mapping::{Cited, ClauseAt, Mapping};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Day;
use crate::model::mapping::{Citation, Mode, Support};
use crate::text::{Place, Span};

/// The mappings of all certifications.
pub(super) fn mappings(catalogue: &Catalogue) -> impl Iterator<Item = &Mapping> {
    catalogue.certifications.iter().filter_map(|certification| certification.mapping.as_ref())
}

/// The place of a citation.
fn place(mapping: &Mapping, cited: &Cited<'_>) -> Place {
    mapping.elements[cited.at.element].place(cited.citation.span)
}

/// `conflicting-modes`: what is printed where a step is cited differs from place to place, or from its scenario.
pub(super) fn modes_agree(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for mapping in mappings(catalogue) {
        let mut modes: BTreeMap<usize, BTreeMap<Option<Mode>, Vec<Place>>> = BTreeMap::new();
        for cited in mapping.citations() {
            let Some(step) = cited.step else { continue };
            let places = modes.entry(step).or_default().entry(cited.citation.mode).or_default();
            places.push(place(mapping, &cited));
        }
        for (at, cited) in modes {
            let step = &mapping.steps[at];
            let own = step.record.mode.as_ref().map(|mode| mode.value);
            let stated: BTreeSet<Mode> = cited.keys().copied().flatten().chain(own).collect();
            if stated.len() < 2 {
                continue;
            }
            let mut counts: Vec<String> =
                cited.iter().map(|(mode, places)| in_words(*mode, places.len())).collect();
            // Without a mode is no conflict, but belongs to the whole picture, at its end.
            if cited.contains_key(&None) {
                counts.rotate_left(1);
            }
            let id = &step.record.id;
            let says = own.map_or(String::new(), |own| format!("its scenario says `{}`, ", own.letters()));
            let message = format!("`{}`: {says}it is cited {}", id.value, counts.join(", "));
            let span = step.record.mode.as_ref().map_or(id.span, |mode| mode.span);
            let mut diagnostic =
                Diagnostic::new(Code::ConflictingModes, Place::new(step.file, span), message);
            for (mode, places) in &cited {
                let Some(mode) = mode.filter(|mode| Some(*mode) != own) else { continue };
                diagnostic = diagnostic.label(places[0], format!("cited here as `{}`", mode.letters()));
            }
            found.push(diagnostic.help(
                "keep the modes if the source prints them so: the page shows each citation with its own",
            ));
        }
    }
}

fn in_words(mode: Option<Mode>, count: usize) -> String {
    let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
    match mode {
        Some(mode) => format!("{times} as `{}`", mode.letters()),
        None => format!("{times} without a mode"),
    }
}

/// `step-without-mode`: in a report that tells modes, a citation without one leaves open how the step is done.
pub(super) fn modes_given(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for mapping in mappings(catalogue) {
        let has_modes = mapping.prints_modes || mapping.steps.iter().any(|step| step.record.mode.is_some());
        if !has_modes {
            continue;
        }
        let mut told: Option<&Citation> = None;
        for cited in mapping.citations() {
            let Citation { step, to, .. } = cited.citation;
            // The two ends of a range are one citation, and one finding.
            let is_told = told.is_some_and(|told| std::ptr::eq(told, cited.citation));
            if is_told || cited.step.is_none() || mapping.mode(&cited).is_some() {
                continue;
            }
            told = Some(cited.citation);
            let message = match to {
                Some(to) => {
                    format!("the steps from `{}` to `{}` are cited without modes", step.value, to.value)
                }
                None => format!("`{}` is cited without a mode", step.value),
            };
            let diagnostic = Diagnostic::new(Code::StepWithoutMode, place(mapping, &cited), message);
            found.push(diagnostic.help(match to {
                Some(_) => "keep the range if the source prints it so; only its two ends are counted",
                None => "add `A`, `M` or `AM` if the source prints one: others of its citations have one",
            }));
        }
    }
}

/// `repeated-citation`: one step twice among the evidence of one clause.
pub(super) fn cited_once(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for mapping in mappings(catalogue) {
        let mut first: BTreeMap<(ClauseAt, usize), Cited<'_>> = BTreeMap::new();
        for cited in mapping.citations() {
            let Some(step) = cited.step else { continue };
            let Some(earlier) = first.get(&(cited.at, step)) else {
                first.insert((cited.at, step), cited);
                continue;
            };
            let id = &mapping.steps[step].record.id.value;
            let again = if earlier.citation.mode == cited.citation.mode { "" } else { ", with another mode" };
            let message = format!("the clause cites `{id}` twice{again}");
            found.push(
                Diagnostic::new(Code::RepeatedCitation, place(mapping, &cited), message)
                    .label(place(mapping, earlier), "first cited here")
                    .help("keep it if the source prints it twice: every citation is shown and counted"),
            );
        }
    }
}

/// `step-spelling-differs`: the source writes steps in another way; one finding an element.
pub(super) fn steps_spelled_alike(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for mapping in mappings(catalogue) {
        for mapped in &mapping.elements {
            let clauses = mapped.record.clauses.iter();
            let citations = clauses.flat_map(|clause| clause.evidence.iter().chain(&clause.mentions));
            let printed = citations
                .filter_map(|citation| Some((citation.printed.as_ref()?, citation.step.value.as_str())));
            let printed: Vec<_> = printed.collect();
            let Some((first, _)) = printed.first() else { continue };
            let spellings: BTreeSet<(&str, &str)> =
                printed.iter().map(|(printed, step)| (*step, printed.value.as_str())).collect();
            let spellings: Vec<String> =
                spellings.into_iter().map(|(step, printed)| format!("`{step}` as `{printed}`")).collect();
            let times =
                if printed.len() == 1 { String::new() } else { format!(", {} times in all", printed.len()) };
            let message = format!("the source spells {}{times}", spellings.join(", "));
            found.push(
                Diagnostic::new(Code::StepSpellingDiffers, mapped.place(first.span), message)
                    .help("keep it if the source prints it so: the page shows both"),
            );
        }
    }
}

/// `clause-without-evidence`: a clause of which the report neither cites a step nor gives a reason.
pub(super) fn clauses_founded(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for mapping in mappings(catalogue) {
        for mapped in &mapping.elements {
            for clause in &mapped.record.clauses {
                let is_founded = !clause.evidence.is_empty() || clause.note.is_some();
                let id = &mapped.record.element.value;
                let message = match clause.support.value {
                    Support::Unstated => format!("the report says nothing of a clause of `{id}`"),
                    Support::Full | Support::Partial if !is_founded => {
                        let claim = clause.support.value.words().to_lowercase();
                        format!("a clause of `{id}` is said to be {claim}, without a step or a reason")
                    }
                    _ => continue,
                };
                let place = mapped.place(clause.support.span);
                found.push(
                    Diagnostic::new(Code::ClauseWithoutEvidence, place, message)
                        .label(mapped.place(clause.text.span), "this clause")
                        .help("add the steps or the reason if the source has them"),
                );
            }
        }
    }
}

/// `uncited-step`: steps of a scenario that no clause cites and no note names.
pub(super) fn steps_cited(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    // A citation that leads to nothing is an error already, and may be the one that is missing here.
    let is_whole =
        |mapping: &&Mapping| mapping.is_complete && mapping.citations().all(|cited| cited.step.is_some());
    for mapping in mappings(catalogue).filter(is_whole) {
        for scenario in &mapping.scenarios {
            // A second step with the same id is an error of its own, and nothing can cite it.
            let is_known = |at: &usize| mapping.ids.get(&mapping.steps[*at].record.id.value) == Some(at);
            let uncited: Vec<_> = scenario
                .steps
                .clone()
                .filter(|at| mapping.steps[*at].is_unused() && is_known(at))
                .map(|at| &mapping.steps[at])
                .collect();
            let Some(first) = uncited.first() else { continue };
            let ids: Vec<String> = uncited.iter().map(|step| format!("`{}`", step.record.id.value)).collect();
            let message = match ids.len() {
                1 => format!("no clause cites the step {} of `{}`", ids[0], scenario.record.id.value),
                count => format!(
                    "no clause cites {count} of the {} steps of `{}`: {}",
                    scenario.steps.len(),
                    scenario.record.id.value,
                    ids.join(", ")
                ),
            };
            let place = Place::new(first.file, first.record.id.span);
            found.push(
                Diagnostic::new(Code::UncitedStep, place, message)
                    .help("keep them if the scenario has them: the page lists them as never cited"),
            );
        }
    }
}

/// `uncited-scenario`: works are cited, and none of them describes the scenario.
pub(super) fn scenarios_cited(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for mapping in mappings(catalogue).filter(|mapping| mapping.is_complete && !mapping.works.is_empty()) {
        for (at, scenario) in mapping.scenarios.iter().enumerate() {
            if mapping.works.iter().any(|work| work.scenarios.contains(&at)) {
                continue;
            }
            let message = format!("no work cited describes the scenario `{}`", scenario.record.name);
            let place = Place::new(scenario.file, scenario.record.id.span);
            found.push(Diagnostic::new(Code::UncitedScenario, place, message).help(
                "name the scenario in its `[[work]]`, or keep it so if the source leaves the work out",
            ));
        }
    }
}

/// `spelling-varies`: the source itself calls a scenario by several names. One name that is not the catalogue's varies in nothing.
pub(super) fn scenarios_spelled_alike(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for mapping in mappings(catalogue) {
        for scenario in &mapping.scenarios {
            let printed = &scenario.record.printed;
            let spellings: BTreeSet<&str> = printed.iter().map(|text| text.value.as_str()).collect();
            let (Some(first), Some(last), true) = (printed.first(), printed.last(), spellings.len() > 1)
            else {
                continue;
            };
            let quoted: Vec<String> = printed.iter().map(|text| format!("`{}`", text.value)).collect();
            let message = format!("the source spells the scenario in several ways: {}", quoted.join(", "));
            let span = Span { start: first.span.start, end: last.span.end };
            found.push(Diagnostic::new(Code::SpellingVaries, Place::new(scenario.file, span), message));
        }
    }
}
