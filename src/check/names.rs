//! Names and labels: as the release gives them, and one spelling for one thing.
//!
//! In come the printed names, labels and spellings of records, out go `name-differs`, `label-differs`, `spelling-varies`, `unspecified-version`.
//! The printed wording is never replaced: it is shown beside the right one.

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::link::certifications::head;
use crate::model::date::Day;
use crate::text::{Span, Spanned};

pub(super) fn as_released(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        let framework = catalogue.framework(certification.framework);
        for (row, result) in certification.results() {
            if result.name().is_none() && result.label().is_none() {
                continue;
            }
            let release = usize::from(row.release);
            let version = &framework.record.releases[release].version.value;
            let element = row.element.map(|element| catalogue.element(element));
            let Some(state) = element.and_then(|element| element.in_release(release).ok()) else { continue };
            if let Some(name) = result.name().filter(|name| name.value != state.name) {
                let message =
                    format!("`{}` is called `{}` in release {version}", result.element.value, state.name);
                found.push(
                    Diagnostic::new(Code::NameDiffers, certification.place(name.span), message)
                        .help("keep it if the source prints it so: the page shows both names"),
                );
            }
            let name = result.name().map_or(state.name.as_str(), |name| &name.value);
            if let Some(label) = result.label().filter(|label| !is_usual(&label.value, &state.id, name)) {
                let message = format!("the row is labelled `{}`, not `{} {name}`", label.value, state.id);
                found.push(
                    Diagnostic::new(Code::LabelDiffers, certification.place(label.span), message)
                        .help("keep it if the source prints it so: the page shows the right id and name"),
                );
            }
        }
    }
}

/// Whether a label is the id and the name, with a space or a dash between them.
fn is_usual(label: &str, id: &str, name: &str) -> bool {
    label.strip_prefix(id).and_then(|rest| rest.strip_suffix(name)).is_some_and(|between| {
        !between.is_empty() && between.chars().all(|letter| letter.is_whitespace() || "–—-:".contains(letter))
    })
}

pub(super) fn spelled_alike(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        let mut report = |what: &str, texts: &[Spanned<String>], known: Option<&str>| {
            let mut spellings: BTreeSet<&str> = texts.iter().map(|text| text.value.as_str()).collect();
            spellings.extend(known);
            let (true, Some(first)) = (spellings.len() > 1, texts.first()) else { return };
            let last = texts.last().map_or(first.span, |last| last.span);
            let quoted: Vec<String> =
                texts.iter().map(|text| &text.value).map(|text| format!("`{text}`")).collect();
            let message = match known {
                Some(known) => format!("the source spells {what} `{known}` also as {}", quoted.join(", ")),
                None => format!("the source spells {what} in several ways: {}", quoted.join(", ")),
            };
            let span = Span { start: first.span.start, end: last.end };
            found.push(Diagnostic::new(Code::SpellingVaries, certification.place(span), message));
        };
        for spellings in &certification.record.printed {
            let what = match spellings.of {
                "organization" => "the organization",
                "product" => "the product",
                "version" => "the product's version",
                "framework" => "the framework",
                "release" => "the release",
                "completed" => "the date of completion",
                _ => "the validity",
            };
            report(what, &spellings.texts, None);
        }
        for document in &certification.record.documents {
            report("the document", &document.printed, Some(&document.title));
        }
    }
}

pub(super) fn version_given(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for certification in &catalogue.certifications {
        if certification.record.version.is_none() {
            let message = format!("no version of `{}` is given", certification.record.product);
            let place = certification.place(head(&certification.record));
            found.push(Diagnostic::new(Code::UnspecifiedVersion, place, message).help(
                "add the `version` if the source names one: a certification holds for one version only",
            ));
        }
    }
}
