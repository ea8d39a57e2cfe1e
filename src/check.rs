//! The rules: what contradicts itself in a linked catalogue.
//!
//! In come the catalogue and the day, out goes a diagnostic for every contradiction.
//! A rule sees the whole catalogue and no other rule's findings; the order below is of no consequence.

mod addresses;
mod bounds;
mod coverage;
mod crosswalks;
mod history;
mod lineage;
mod look_alikes;
mod mapping;
mod definitions;
mod file_names;
mod names;
mod remarks;
mod reported;
mod results;
mod scores;
mod texts;
mod tree;
mod validity;
mod wording;

use rayon::prelude::*;

use crate::catalogue::Catalogue;
use crate::diagnostic::Diagnostic;
use crate::model::date::Day;
use crate::sources::Sources;

/// A rule over the whole catalogue.
type Rule = fn(&Catalogue, Day, &mut Vec<Diagnostic>);

const RULES: &[Rule] = &[
    bounds::kept,
    coverage::agrees,
    crosswalks::between_frameworks,
    crosswalks::told_once,
    definitions::unchanged,
    history::in_order,
    lineage::additions_come_first,
    lineage::both_sides_tell,
    lineage::original_ids_exist,
    lineage::parents_stand,
    lineage::splits_have_targets,
    look_alikes::told_apart,
    mapping::cited_once,
    mapping::clauses_founded,
    mapping::modes_agree,
    mapping::modes_given,
    mapping::scenarios_cited,
    mapping::scenarios_spelled_alike,
    mapping::steps_cited,
    mapping::steps_spelled_alike,
    names::as_released,
    names::spelled_alike,
    names::version_given,
    remarks::noted,
    reported::mapped_have_results,
    reported::names_as_released,
    reported::results_are_mapped,
    reported::scores_match_clauses,
    results::given_once,
    results::in_order,
    scores::on_scale,
    scores::parents_lowest,
    texts::links_lead_somewhere,
    tree::levels_descend,
    tree::without_gaps,
    validity::not_lapsed,
    validity::not_reversed,
    wording::of_outcomes,
    wording::of_scores,
];

/// Runs every rule, and adds what it finds to what was found before.
pub fn check(catalogue: &Catalogue, sources: &Sources, as_of: Day, diagnostics: &mut Vec<Diagnostic>) {
    let findings: Vec<Vec<Diagnostic>> = RULES
        .par_iter()
        .map(|rule| {
            let mut found = Vec::new();
            rule(catalogue, as_of, &mut found);
            found
        })
        .collect();
    diagnostics.extend(findings.into_iter().flatten());
    diagnostics.extend(addresses::distinct(catalogue, sources));
    let found = file_names::storable(sources, diagnostics);
    diagnostics.extend(found);
}
