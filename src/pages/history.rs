//! The history of an element: every entry of its record, with what holds from then on.
//!
//! In comes an element, out goes one table in the order of the record.
//! Nothing is inferred here: an entry that names no release of the framework is shown as it is written.

use super::Frame;
use super::shared::{basis, level_words, link};
use crate::catalogue::{Element, ElementIx, Framework};
use crate::html::{Html, HtmlWriter};
use crate::model::element::{Change, ChangeKind, When};
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::text::Spanned;

/// What happened to the element, as its record lists it.
pub(super) fn table(page: &Frame<'_>, element: &Element, framework: &Framework) -> Option<Html> {
    let columns = [
        column("Release", ColumnKind::Name),
        column("Change", ColumnKind::Status),
        column("From then on", ColumnKind::Text),
        column("How it is known", ColumnKind::Status),
        column("Note", ColumnKind::Text),
    ];
    let count = element.record.history.len();
    let note = page.words().counted(count, "entry", "entries");
    let mut table = TableWriter::new(Heading::new("history", "History", &note), &columns);
    for change in &element.record.history {
        table.row();
        table.header(|html| {
            html.name(match &change.when {
                When::Release(release) => &release.value,
                When::Version(version) => version,
            });
        });
        table.cell(|html| match (&change.printed, change.kind) {
            (Some(printed), ChangeKind::Other) => {
                html.name(printed);
            }
            (Some(printed), kind) if !printed.eq_ignore_ascii_case(kind.words()) => {
                html.text(kind.words()).text(", printed as “").name(printed).text("”");
            }
            (_, kind) => {
                html.text(kind.words());
            }
        });
        table.cell(|html| from_then_on(page, framework, change, html));
        table.cell(|html| basis(page.words(), change.basis, html));
        table.cell(|html| note_of(change, html));
    }
    table.finish()
}

/// What holds from an entry on.
fn from_then_on(page: &Frame<'_>, framework: &Framework, change: &Change, html: &mut HtmlWriter) {
    let mut is_first = true;
    let mut separate = |html: &mut HtmlWriter| {
        html.literal(if std::mem::take(&mut is_first) { "" } else { ", " });
    };
    if let Some(id) = &change.id {
        separate(html);
        html.text("id ").id(&id.value);
    }
    if let Some(name) = &change.name {
        separate(html);
        html.text("name “").name(name).text("”");
    }
    if let Some(level) = change.level {
        separate(html);
        html.name(&level_words(page.words(), framework, level));
    }
    if let Some(domain) = &change.domain {
        separate(html);
        let record = framework.record.domains.iter().find(|one| one.id.value == domain.value);
        html.text("domain ").name(record.map_or(&domain.value, |record| &record.name));
    }
    if let Some(parents) = &change.parents {
        separate(html);
        html.text(if parents.is_empty() { "no parent" } else { "part of " });
        keys(page, framework, parents, html);
    }
    for (words, list) in [("into ", &change.into), ("from ", &change.from)] {
        if !list.is_empty() {
            separate(html);
            html.text(words);
            keys(page, framework, list, html);
        }
    }
    if is_first {
        html.absent("Nothing that this catalogue records");
    }
}

/// Elements of a framework, given by their keys.
pub(super) fn keys(page: &Frame<'_>, framework: &Framework, keys: &[Spanned<String>], html: &mut HtmlWriter) {
    let catalogue = page.catalogue();
    let key_of = |index: &ElementIx| catalogue.element(*index).record.key.value.as_str();
    for (at, key) in keys.iter().enumerate() {
        html.literal(if at == 0 { "" } else { " and " });
        match framework.elements.binary_search_by(|index| key_of(index).cmp(&key.value)) {
            Ok(found) => {
                let index = framework.elements[found];
                link(page, Route::Element(index), catalogue.element(index).name(), html);
            }
            Err(_) => {
                html.name(&key.value);
            }
        }
    }
}

fn note_of(change: &Change, html: &mut HtmlWriter) {
    let parts =
        change.note.is_some() || change.date.is_some() || change.issue.is_some() || change.url.is_some();
    if !parts {
        html.absent("No note");
    }
    if let Some(note) = &change.note {
        html.name(note);
    }
    if let Some(date) = &change.date {
        html.text(&format!(" {}.", date.words()));
    }
    if let Some(issue) = &change.issue {
        html.text(" Issue ").name(issue).text(".");
    }
    if let Some(url) = &change.url {
        html.literal(" ").link(url, "Source");
    }
}
