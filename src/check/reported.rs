//! Whether a certification report and the results agree: scores and clauses, elements on both sides, names.
//!
//! In come linked mappings and rows, out go the findings about where they contradict each other.
//! Only certifications with a mapping are asked: most sources publish their results alone.

use crate::catalogue::mapping::{MappedElement, Mapping};
use crate::catalogue::{Catalogue, Certification, Row, Verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::link::certifications::head;
use crate::model::certification::{ResultRecord, Value};
use crate::model::date::Day;
use crate::model::mapping::{ClauseRecord, Support};
use crate::model::scale::{Scale, Tone};
use crate::tally;

/// The certifications with a mapping.
fn reported(catalogue: &Catalogue) -> impl Iterator<Item = (&Certification, &Mapping)> {
    let certifications = catalogue.certifications.iter();
    certifications.filter_map(|certification| Some((certification, certification.mapping.as_ref()?)))
}

/// `full-score-unsupported` and `unexplained-score`.
pub(super) fn scores_match_clauses(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for (certification, mapping) in reported(catalogue) {
        for mapped in &mapping.elements {
            let Some(at) = mapped.row else { continue };
            let (row, result) = (&certification.rows[at], &certification.record.results[at]);
            match is_highest(catalogue, certification, (row, result)) {
                Some(true) => found.extend(unsupported(certification, mapped, result)),
                Some(false) => found.extend(unexplained(certification, mapped, result)),
                None => {}
            }
        }
    }
}

/// Whether nothing better can be had on the scale; `None` for a row that was not assessed.
fn is_highest(
    catalogue: &Catalogue,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
) -> Option<bool> {
    let scale: Option<&Scale> = catalogue.scale(certification);
    match (&result.value.value, scale.and_then(|scale| scale.range)) {
        (Value::Score(score), Some(range)) => Some(*score >= range.max),
        (Value::Rating(_), _) => match catalogue.rating(certification, row)?.tone {
            Tone::Full => Some(true),
            Tone::Partial | Tone::None => Some(false),
            Tone::Neutral => None,
        },
        _ => None,
    }
}

fn unsupported(
    certification: &Certification,
    mapped: &MappedElement,
    result: &ResultRecord,
) -> Option<Diagnostic> {
    let clauses = mapped.record.clauses.iter();
    let lacking: Vec<&ClauseRecord> =
        clauses.filter(|clause| matches!(clause.support.value, Support::None | Support::Partial)).collect();
    if lacking.is_empty() {
        return None;
    }
    let id = &result.element.value;
    let message = match lacking.len() {
        1 => format!("`{id}` has the highest result, and a clause of it is not fully supported"),
        count => format!("`{id}` has the highest result, and {count} of its clauses are not fully supported"),
    };
    let place = certification.place(result.value.span);
    let mut diagnostic = Diagnostic::new(Code::FullScoreUnsupported, place, message);
    for clause in lacking {
        let words = clause.support.value.words().to_lowercase();
        diagnostic = diagnostic.label(mapped.place(clause.support.span), words);
    }
    Some(diagnostic.help("compare both with the source, and keep them if they stand there so"))
}

fn unexplained(
    certification: &Certification,
    mapped: &MappedElement,
    result: &ResultRecord,
) -> Option<Diagnostic> {
    let explains = |clause: &ClauseRecord| {
        matches!(clause.support.value, Support::None | Support::Partial | Support::NotApplicable)
    };
    if mapped.record.clauses.iter().any(explains) || result.comment.is_some() || !result.missing().is_empty()
    {
        return None;
    }
    let id = &result.element.value;
    let message = format!("`{id}` has less than the highest result, and nothing says why");
    Some(
        Diagnostic::new(Code::UnexplainedScore, certification.place(result.value.span), message)
            .label(mapped.place(mapped.record.element.span), "no clause of its mapping deviates")
            .help("add what the source says: a `comment`, `missing` parts, or the `support` of the clause"),
    )
}

/// `mapping-without-result`: clauses of an element that no row assesses.
pub(super) fn mapped_have_results(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for (_, mapping) in reported(catalogue) {
        let elements = mapping.elements.iter();
        for mapped in elements.filter(|mapped| mapped.element.is_some() && mapped.row.is_none()) {
            let id = &mapped.record.element;
            let message = format!("`{}` has a mapping and no result", id.value);
            found.push(
                Diagnostic::new(Code::MappingWithoutResult, mapped.place(id.span), message)
                    .help("add its `[[result]]` to the certification if the source has one"),
            );
        }
    }
}

/// `result-without-mapping`: elements that were assessed, and of which the report says nothing.
pub(super) fn results_are_mapped(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for (certification, mapping) in reported(catalogue) {
        if mapping.elements.is_empty() || !mapping.is_complete {
            continue;
        }
        let mut assessed = tally::leaves(catalogue, certification);
        assessed.retain(|(row, result)| {
            let verdict = catalogue.verdict(certification, row, result);
            row.element.is_some() && matches!(verdict, Verdict::Assessed(_))
        });
        let count = assessed.len();
        assessed.retain(|(row, _)| row.element.is_some_and(|element| mapping.of(element).is_none()));
        if assessed.is_empty() {
            continue;
        }
        let noun = &catalogue.framework(certification.framework).record.noun.many;
        let ids: Vec<String> =
            assessed.iter().map(|(_, result)| format!("`{}`", result.element.value)).collect();
        let message = format!("{} of {count} assessed {noun} have no mapping: {}", ids.len(), ids.join(", "));
        let place = certification.place(head(&certification.record));
        found.push(
            Diagnostic::new(Code::ResultWithoutMapping, place, message)
                .help("keep it if the source leaves them out: their rows then have no evidence"),
        );
    }
}

/// `name-differs`: the report prints another name than the release gives.
pub(super) fn names_as_released(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for (certification, mapping) in reported(catalogue) {
        let release = certification.release;
        let framework = catalogue.framework(certification.framework);
        let version = &framework.record.releases[release].version.value;
        for mapped in &mapping.elements {
            let Some(printed) = &mapped.record.name else { continue };
            let element = mapped.element.map(|element| catalogue.element(element));
            let Some(state) = element.and_then(|element| element.in_release(release).ok()) else { continue };
            if printed.value == state.name {
                continue;
            }
            let id = &mapped.record.element.value;
            let message = format!("`{id}` is called `{}` in release {version}", state.name);
            found.push(
                Diagnostic::new(Code::NameDiffers, mapped.place(printed.span), message)
                    .help("keep it if the source prints it so: the page shows both names"),
            );
        }
    }
}
