//! Where the numbers of a figure are from: the document or the organization that states them, release and date.
//!
//! In comes a certification, out goes one line for captions.
//! It names what the record names: a report that is not published here is named all the same.

use super::Frame;
use super::shared::{isolated, release_words};
use crate::catalogue::Certification;
use crate::model::certification::Role;

/// What a note says, then the source.
pub(super) fn after(note: &str, page: &Frame<'_>, certification: &Certification) -> String {
    let source = line(page, certification);
    if note.is_empty() {
        return source;
    }
    page.words().fill("origin.after", &[("note", note), ("source", &source)])
}

/// The source of a certification's numbers.
pub(super) fn line(page: &Frame<'_>, certification: &Certification) -> String {
    let (words, record) = (page.words(), &certification.record);
    let organization = isolated(page.catalogue().organization_name(certification));
    let report = record.documents.iter().find(|document| document.role == Role::Report);
    let source = match report {
        Some(report) => words
            .fill("origin.report", &[("title", &isolated(&report.title)), ("organization", &organization)]),
        None => words.fill("origin.organization", &[("organization", &organization)]),
    };
    let framework = page.catalogue().framework(certification.framework);
    let release = isolated(&release_words(framework, certification.release));
    match record.completed.as_ref().or(record.valid_from.as_ref()) {
        Some(date) => {
            let date = words.date(date.value);
            words.fill("origin.dated", &[("source", &source), ("release", &release), ("date", &date)])
        }
        None => words.fill("origin.undated", &[("source", &source), ("release", &release)]),
    }
}
