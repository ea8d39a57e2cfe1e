//! What many pages say in parts, as one file for spreadsheets: all results and all histories of a framework, the elements of a release.
//!
//! In comes a framework, out go lines whose fields are exact: scores as decimals, dates as precise as they are known, absences empty.
//! Thousands of element pages need no file of their own, because they lead to these.

use super::columns::{Column, ELEMENTS, HISTORIES, RESULTS};
use super::framework;
use crate::catalogue::{CertificationIx, ElementIx, FrameworkIx};
use crate::model::certification::Value;
use crate::model::element::{Change, When};
use crate::pages::Context;
use crate::route::Route;
use crate::table::sheet::Sheet;
use crate::text::Spanned;
use crate::words::Words;

fn sheet(words: &Words, columns: &[Column]) -> Sheet {
    Sheet::new(columns.iter().map(|column| words.get(column.heading)))
}

/// Every row of some certifications.
pub(super) fn results(context: &Context, certifications: &[CertificationIx]) -> Sheet {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let mut sheet = sheet(words, RESULTS);
    for index in certifications {
        let certification = catalogue.certification(*index);
        let (record, framework) = (&certification.record, catalogue.framework(certification.framework));
        let assessed = record.completed.as_ref().or(record.valid_from.as_ref());
        let assessed = assessed.map_or(String::new(), |date| date.value.to_string());
        for (row, result) in certification.results() {
            let release = usize::from(row.release);
            let element = row.element.map(|element| catalogue.element(element));
            let state = element.and_then(|element| element.in_release(release).ok());
            let domain = row.element.and_then(|element| catalogue.domain(element, release));
            let score = match &result.value.value {
                Value::Score(score) => score.normalize().to_string(),
                _ => String::new(),
            };
            let said = match (&result.value.value, catalogue.rating(certification, row)) {
                (Value::Outcome(outcome), _) => words.of(*outcome),
                (_, Some(rating)) => &rating.label,
                (Value::Unstated, None) => "",
                (_, None) => words.get("rating.below"),
            };
            let coverage = result.coverage().map(|coverage| coverage.value);
            let part = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
            sheet.line([
                certification.id.as_str(),
                &record.product,
                record.version.as_ref().map_or("", |version| &version.value),
                catalogue.organization_name(certification),
                &assessed,
                &framework.record.releases[release].version.value,
                element.map_or("", |element| &element.record.key.value),
                &result.element.value,
                state.map_or_else(|| element.map_or("", |element| element.name()), |state| &state.name),
                &level(state.and_then(|state| state.level)),
                domain.map_or("", |at| &framework.record.domains[at].name),
                &score,
                said,
                &part(coverage.map(|coverage| coverage.submitted)),
                &part(coverage.map(|coverage| coverage.total)),
                result.comment.as_deref().unwrap_or_default(),
                if row.repeated { "0" } else { "1" },
            ]);
        }
    }
    sheet
}

fn level(level: Option<u8>) -> String {
    level.map_or(String::new(), |level| level.to_string())
}

/// Every entry of the histories of a framework's elements.
pub(super) fn histories(context: &Context, index: FrameworkIx) -> Sheet {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let mut sheet = sheet(words, HISTORIES);
    for element in &catalogue.framework(index).elements {
        let element = catalogue.element(*element);
        for change in &element.record.history {
            entry((&element.record.key.value, element.name()), change, words, &mut sheet);
        }
    }
    sheet
}

fn entry((key, name): (&str, &str), change: &Change, words: &Words, sheet: &mut Sheet) {
    let keys =
        |keys: &[Spanned<String>]| keys.iter().map(|key| key.value.as_str()).collect::<Vec<_>>().join(" ");
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let of = |text: &Option<Spanned<String>>| text.as_ref().map_or(String::new(), |text| text.value.clone());
    sheet.line([
        key,
        name,
        match &change.when {
            When::Release(release) => &release.value,
            When::Version(version) => version,
        },
        words.of(change.kind),
        &of(&change.id),
        &text(&change.name),
        &level(change.level),
        &of(&change.domain),
        &change.parents.as_deref().map_or(String::new(), keys),
        &keys(&change.into),
        &keys(&change.from),
        words.of(change.basis),
        &text(&change.printed),
        &text(&change.note),
        &change.date.map_or(String::new(), |date| date.to_string()),
        &text(&change.issue),
        &text(&change.url),
    ]);
}

/// The elements of a release, in the order of its tree.
pub(super) fn elements(context: &Context, index: FrameworkIx, release: usize) -> Sheet {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let linked = catalogue.framework(index);
    let mut sheet = sheet(words, ELEMENTS);
    let mut members: Vec<ElementIx> = linked.releases[release].members.clone();
    members.sort_by_key(|element| catalogue.standing(*element, release).order);
    for member in members {
        let element = catalogue.element(member);
        let Ok(state) = element.in_release(release) else { continue };
        let domain = catalogue.standing(member, release).domain;
        let parents = state.parents.iter().filter_map(|parent| {
            catalogue.element(*parent).in_release(release).ok().map(|parent| parent.id.as_str())
        });
        let assessed = framework::assessed(catalogue, member, release);
        let folder = context.addresses.folder(Route::Element(member), catalogue);
        sheet.line([
            state.id.as_str(),
            &state.name,
            &level(state.level),
            domain.map_or("", |at| &linked.record.domains[at].name),
            &parents.collect::<Vec<_>>().join("; "),
            &element.record.key.value,
            element.record.original_id.as_ref().map_or("", |id| &id.value),
            &assessed.to_string(),
            &format!("{}{folder}", context.base_url),
        ]);
    }
    sheet
}
