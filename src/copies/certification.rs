//! The copy of a certification: its facts, its description, every row, its documents and notices.
//!
//! In comes a certification, out goes the same as on its page without figures and sums.
//! A row without a score has a dash where the score would be, and its outcome beside it.

use super::{Copy, release_words};
use crate::catalogue::{Certification, CertificationIx, Row};
use crate::model::certification::{Location, ResultRecord, Value};
use crate::route::{self, Route};

pub(super) fn write(copy: &mut Copy<'_>, index: CertificationIx) {
    let context = copy.context;
    let (catalogue, words) = (&context.catalogue, &context.words);
    let certification = catalogue.certification(index);
    let record = &certification.record;
    copy.markdown.literal("# ").text(&record.title()).literal("\n\n");
    copy.markdown.text(&context.in_a_sentence(index)).literal("\n\n");
    let name = catalogue.organization_name(certification);
    copy.fact("term.organization", |copy| match certification.organization {
        Some(organization) => copy.link(Route::Organization(organization), name),
        None => {
            copy.markdown.text(name);
        }
    });
    copy.said("term.product", &record.product);
    match &record.version {
        Some(version) => copy.said("term.version", &version.value),
        None => copy.said("term.version", words.get("absent.version")),
    }
    let release = release_words(catalogue, certification);
    copy.fact("term.framework_and_release", |copy| {
        copy.link(Route::Framework(certification.framework), &release);
    });
    for (term, date) in [
        ("term.assessment_completed", &record.completed),
        ("term.valid_from", &record.valid_from),
        ("term.valid_until", &record.valid_to),
    ] {
        if let Some(date) = date {
            copy.said(term, &date.value.to_string());
        }
    }
    copy.said("term.status", &context.status(certification).word);
    if let Some(assurance) = record.assurance {
        copy.said("term.assurance", words.of(assurance));
    }
    if let Some(certificate) = &record.certificate {
        copy.said("term.certificate", certificate);
    }
    copy.paragraphs(&record.body.plain);
    results(copy, certification);
    documents(copy, certification);
    if !certification.notices.is_empty() {
        copy.heading("notices.title");
    }
    for notice in &certification.notices {
        copy.markdown.literal("- ");
        copy.link(Route::Notice(*notice), &catalogue.notices[*notice].record.title);
        copy.markdown.literal("\n");
    }
    copy.end(Route::Certification(index), Some(route::certification_data(&certification.id)));
}

fn results(copy: &mut Copy<'_>, certification: &Certification) {
    if certification.rows.is_empty() {
        return;
    }
    copy.heading("results.title");
    let heads = ["term.id", "term.name", "term.score", "term.result", "term.comment"];
    for head in heads {
        let word = copy.word(head);
        copy.markdown.literal("| ").text(word).literal(" ");
    }
    copy.markdown.literal("|\n|---|---|---:|---|---|\n");
    for (row, result) in certification.results() {
        let element = row.element.map(|element| copy.catalogue().element(element));
        let there = element.and_then(|element| element.in_release(usize::from(row.release)).ok());
        let name = there.map_or_else(|| element.map_or("", |element| element.name()), |state| &state.name);
        copy.markdown.literal("| ").text(&result.element.value).literal(" | ");
        match row.element {
            Some(element) => copy.link(Route::Element(element), name),
            None => {
                copy.markdown.text(name);
            }
        }
        copy.markdown.literal(" | ");
        match (&result.value.value, copy.catalogue().scale(certification)) {
            (Value::Score(score), Some(scale)) => {
                copy.markdown.text(&copy.context.words.score(scale, *score));
            }
            _ => {
                copy.markdown.literal("–");
            }
        }
        let said = said(copy, certification, (row, result));
        copy.markdown.literal(" | ").text(&said).literal(" | ");
        copy.markdown.text(result.comment.as_deref().unwrap_or_default()).literal(" |\n");
    }
}

/// The rating or outcome of a row in words; of one that gives neither, its coverage.
pub(super) fn said(
    copy: &Copy<'_>,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
) -> String {
    let words = &copy.context.words;
    match (&result.value.value, copy.catalogue().rating(certification, row)) {
        (Value::Outcome(outcome), _) => words.of(*outcome).to_owned(),
        (_, Some(rating)) => rating.label.clone(),
        (Value::Unstated, None) => match result.coverage() {
            Some(coverage) => {
                let number = |number: u32| words.number(number as usize);
                let values = [
                    ("submitted", number(coverage.value.submitted)),
                    ("total", number(coverage.value.total)),
                ];
                words.fill("results.submitted_of", &values)
            }
            None => words.get("absent.rating").to_owned(),
        },
        (_, None) => words.get("rating.below").to_owned(),
    }
}

fn documents(copy: &mut Copy<'_>, certification: &Certification) {
    if certification.record.documents.is_empty() {
        return;
    }
    copy.heading("term.documents");
    for document in &certification.record.documents {
        copy.markdown.literal("- ");
        match &document.location {
            Location::File(file) => {
                copy.markdown.link(&route::encode_path(&file.value), &document.title);
            }
            Location::Web(url) => {
                copy.markdown.link(url, &document.title);
            }
            Location::Unpublished => {
                let absent = copy.word("copy.unpublished");
                copy.markdown.text(&document.title).literal(" (").text(absent).literal(")");
            }
        }
        copy.markdown.literal("\n");
    }
}
