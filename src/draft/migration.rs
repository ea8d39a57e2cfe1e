//! A certification proposed anew for a later release, through the histories of the elements.
//!
//! In come a certification and a release, out go the draft of another record and the decisions that only a person can take.
//! No score passes over by itself: what was assessed was another definition, and a proposal is not an assessment.

use std::collections::{BTreeMap, BTreeSet};

use super::certification::{facts, head_of_results};
use super::{Draft, Layout, Refusal, add, id_of, instead, line, quoted, refuse, release_named, remark};
use crate::catalogue::{Absence, Catalogue, Certification, Element, ElementIx};
use crate::lineage::release_of;
use crate::model::certification::{ResultRecord, Value};
use crate::model::element::{Change, ChangeKind};
use crate::parse::definition::word;

/// What a person wants to have proposed.
#[derive(Clone, Copy, Debug, Default)]
pub struct MigrationWish<'a> {
    /// The certification, by id.
    pub certification: &'a str,
    /// The release that it is for, to be sure; its own where it is left out.
    pub from: Option<&'a str>,
    /// The release that it is proposed for.
    pub to: &'a str,
    /// Whether scores stand in the rows and not in comments beside them.
    pub keeps_scores: bool,
    /// The new record's id, in place of the old one with the release.
    pub id: Option<&'a str>,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The record.
    pub draft: Draft,
    /// What a person decides, in the order of the rows.
    pub decisions: Vec<String>,
    /// How many rows go on with the same element.
    pub carried: usize,
}

/// What becomes of an element.
struct Fate {
    /// The elements that go on with it; none where it is gone.
    heirs: Vec<ElementIx>,
    /// What a person decides about it.
    decision: Option<String>,
}

/// Proposes a certification's record for a later release.
pub fn migrate(
    catalogue: &Catalogue,
    wish: &MigrationWish<'_>,
    layout: Layout<'_>,
) -> Result<Migration, Refusal> {
    let ids = catalogue.certifications.iter().map(|known| known.id.as_str());
    let Some(old) = catalogue.certifications.iter().find(|known| known.id == wish.certification) else {
        let message = format!("there is no certification `{}`", wish.certification);
        return refuse(message, instead(wish.certification, ids));
    };
    let framework = catalogue.framework(old.framework);
    let to = release_named(framework, Some(wish.to))?;
    let own = &old.record.release.value;
    if let Some(from) = wish.from.filter(|from| *from != own.as_str()) {
        return refuse(
            format!("`{}` was assessed against release {own}, not {from}", old.id),
            "leave `--from` out",
        );
    }
    if to <= old.release {
        let message = format!("release {} is not later than {own}", wish.to);
        return refuse(message, "a certification is proposed for a release that came after its own");
    }
    let id = id_of(wish.id.or(Some(&format!("{}-{}", old.id, wish.to))), &[])?;
    let mut text = String::new();
    let from = own;
    add(
        &mut text,
        format_args!(
            "# Proposed from {} ({} {}) for release {}.\n",
            old.id,
            framework.id,
            from,
            remark(wish.to)
        ),
    );
    text.push_str("# Not carried over: dates, validity, certificate, documents, modules, printed spellings, coverage, the mapping.\n\n");
    line(&mut text, "organization", &old.record.organization.value);
    line(&mut text, "product", &old.record.product);
    line(&mut text, "version", old.record.version.as_ref().map_or("unspecified", |version| &version.value));
    line(&mut text, "framework", &framework.id);
    let scale = catalogue.scale(old);
    facts(&mut text, framework, to, scale.map(|scale| scale.id.value.as_str()));
    if !old.record.notices.is_empty() {
        let notices: Vec<String> = old.record.notices.iter().map(|notice| quoted(&notice.value)).collect();
        add(&mut text, format_args!("notices = [{}]\n", notices.join(", ")));
    }
    let mut rows = String::new();
    let (mut decisions, mut carried) = (Vec::new(), 0);
    // The rows that lead to each element of the later release; two that lead to one are one row.
    let mut heirs: Vec<(ElementIx, Vec<usize>)> = Vec::new();
    let mut told_of: BTreeMap<usize, String> = BTreeMap::new();
    let mut gone = Vec::new();
    for (at, (row, result)) in old.results().enumerate() {
        if row.repeated || result.value.value == Value::Unstated {
            continue;
        }
        let Some(element) = row.element else { continue };
        let fate = fate(catalogue, element, (usize::from(row.release), to));
        if let Some(decision) = fate.decision {
            let told = format!(
                "{} {}: {decision}",
                result.element.value,
                name(catalogue.element(element), usize::from(row.release))
            );
            if fate.heirs.is_empty() {
                gone.push(at);
            }
            told_of.insert(at, told.clone());
            decisions.push(told);
        } else {
            carried += 1;
        }
        for heir in fate.heirs {
            match heirs.iter_mut().find(|(known, _)| *known == heir) {
                Some((_, sources)) => sources.push(at),
                None => heirs.push((heir, vec![at])),
            }
        }
    }
    for (heir, sources) in &heirs {
        rows.push('\n');
        for told in sources.iter().filter_map(|at| told_of.get(at)) {
            add(&mut rows, format_args!("# Decide: {}\n", remark(told)));
        }
        rows.push_str(&row(catalogue, (*heir, to), sources, (old, wish.keeps_scores)));
    }
    for at in gone {
        let was = old.record.results.get(at).map(value).unwrap_or_default();
        let told = told_of.get(&at).map_or("", String::as_str);
        add(&mut rows, format_args!("\n# Without a row: {} (was {})\n", remark(told), remark(&was)));
    }
    for (new, parent) in newcomers(catalogue, old, (heirs.as_slice(), to)) {
        let Ok(state) = catalogue.element(new).in_release(to) else { continue };
        let told = format!(
            "{} {}: new below {parent}, or not assessed before; is it in scope?",
            state.id, state.name
        );
        add(
            &mut rows,
            format_args!(
                "\n# {}\n# [[result]]\n# element = {}\n# outcome = \"not-assessed\"\n",
                remark(&told),
                quoted(&state.id)
            ),
        );
        decisions.push(told);
    }
    head_of_results(&mut text, scale, heirs.len());
    text.push_str(&rows);
    let path = format!("content/certifications/{id}/certification");
    let next = vec!["take the decisions, score the rows, and `certalog check`".to_owned()];
    Ok(Migration { draft: layout.draft(&path, "certification", &text, next), decisions, carried })
}

/// A row of the proposal, with what the old rows said of it.
fn row(
    catalogue: &Catalogue,
    (heir, to): (ElementIx, usize),
    sources: &[usize],
    (old, keeps_scores): (&Certification, bool),
) -> String {
    let Ok(state) = catalogue.element(heir).in_release(to) else { return String::new() };
    let results: Vec<&ResultRecord> = sources.iter().filter_map(|at| old.record.results.get(*at)).collect();
    let said: Vec<String> =
        results.iter().map(|result| format!("{} {}", result.element.value, value(result))).collect();
    let mut text = format!("[[result]]\nelement = {} # {}\n", quoted(&state.id), remark(&state.name));
    let was = remark(&said.join("; "));
    match results[..] {
        [result] if keeps_scores => {
            add(&mut text, format_args!("{} # as {was}\n", value(result)));
        }
        _ => add(&mut text, format_args!("outcome = \"not-assessed\" # was {was}\n")),
    }
    text
}

/// What a row says, as the record writes it.
fn value(result: &ResultRecord) -> String {
    match &result.value.value {
        Value::Score(score) => format!("score = {score}"),
        Value::Rating(rating) => format!("rating = {}", quoted(rating)),
        Value::Outcome(outcome) => format!("outcome = \"{}\"", word(*outcome)),
        Value::Unstated => String::new(),
    }
}

/// What becomes of an element between two releases.
fn fate(catalogue: &Catalogue, element: ElementIx, (from, to): (usize, usize)) -> Fate {
    let this = catalogue.element(element);
    let framework = catalogue.framework(this.framework);
    let versions = framework.record.versions();
    let between = |change: &&Change| release_of(change, &versions).is_some_and(|at| from < at && at <= to);
    let changes: Vec<&Change> = this.record.history.iter().filter(between).collect();
    let of_kind = |kind: ChangeKind| changes.iter().find(|change| change.kind == kind).copied();
    let keyed = |key: &str| {
        framework.elements.iter().copied().find(|known| catalogue.element(*known).record.key.value == key)
    };
    let is_there = |heir: &ElementIx| catalogue.element(*heir).in_release(to).is_ok();
    let mut heirs: Vec<ElementIx> = Vec::new();
    if let Some(split) = of_kind(ChangeKind::Split) {
        heirs.extend(split.into.iter().filter_map(|key| keyed(&key.value)).filter(is_there));
    }
    let key = this.record.key.value.as_str();
    let merged: Vec<ElementIx> = framework
        .elements
        .iter()
        .copied()
        .filter(|other| {
            let history = &catalogue.element(*other).record.history;
            let takes = |change: &Change| {
                change.kind == ChangeKind::Merge && change.from.iter().any(|from| from.value == key)
            };
            history.iter().filter(between).any(takes) && is_there(other)
        })
        .collect();
    let is_merged = !merged.is_empty();
    heirs.extend(merged);
    let state = this.in_release(to);
    if state.is_ok() && !heirs.contains(&element) {
        heirs.insert(0, element);
    }
    let decision = if of_kind(ChangeKind::Split).is_some() {
        Some(format!("it was split; which of its parts were assessed? {}", names(catalogue, &heirs, to)))
    } else if is_merged {
        Some(format!("it was merged with others into {}", names(catalogue, &heirs, to)))
    } else {
        match state {
            Err(Absence::Withdrawn) => Some("it was withdrawn, and nothing takes its place".to_owned()),
            Err(Absence::Untraced) => Some("the catalogue does not know what became of it".to_owned()),
            Err(Absence::NotYet) => Some("it is not in this release".to_owned()),
            Ok(_) => changes.iter().find(|change| is_other_definition(change.kind)).map(|change| {
                let version = release_of(change, &versions)
                    .and_then(|at| versions.get(at))
                    .copied()
                    .unwrap_or_default();
                format!(
                    "its definition changed in {version} ({}); does the assessment still hold?",
                    change.kind.key()
                )
            }),
        }
    };
    Fate { heirs, decision }
}

/// Whether after such a change an element may mean something else.
fn is_other_definition(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::Modification | ChangeKind::Merge | ChangeKind::Correction | ChangeKind::Other)
}

/// The elements of the later release that hang below the parents of assessed ones and have no row.
fn newcomers<'c>(
    catalogue: &'c Catalogue,
    old: &Certification,
    (heirs, to): (&[(ElementIx, Vec<usize>)], usize),
) -> Vec<(ElementIx, &'c str)> {
    let known: BTreeSet<ElementIx> = heirs.iter().map(|(heir, _)| *heir).collect();
    let stated: BTreeSet<ElementIx> = old.rows.iter().filter_map(|row| row.element).collect();
    let parents: BTreeSet<ElementIx> = known
        .iter()
        .filter_map(|heir| catalogue.element(*heir).in_release(to).ok())
        .flat_map(|state| state.parents.iter().copied())
        .collect();
    let mut found = Vec::new();
    for parent in parents {
        for child in catalogue.children(parent, to) {
            if !known.contains(child)
                && !stated.contains(child)
                && !found.iter().any(|(seen, _)| seen == child)
            {
                found.push((*child, catalogue.element(parent).name()));
            }
        }
    }
    found
}

fn names(catalogue: &Catalogue, elements: &[ElementIx], release: usize) -> String {
    let names: Vec<String> = elements
        .iter()
        .filter_map(|element| catalogue.element(*element).in_release(release).ok())
        .map(|state| format!("{} {}", state.id, state.name))
        .collect();
    if names.is_empty() { "none of them is in this release".to_owned() } else { names.join(", ") }
}

fn name(element: &Element, release: usize) -> &str {
    element.in_release(release).map_or_else(|_| element.name(), |state| &state.name)
}
