//! The history of an element: every entry of its record, with what holds from then on.
//!
//! In comes an element, out goes one table in the order of the record.
//! Nothing is inferred here: an entry that names no release of the framework is shown as it is written.

use super::Frame;
use super::shared::{level_words, link};
use crate::catalogue::{Element, ElementIx, Framework};
use crate::html::{Html, HtmlWriter};
use crate::model::element::{Change, ChangeKind, When};
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::text::Spanned;

/// What happened to the element, as its record lists it.
pub(super) fn table(page: &Frame<'_>, element: &Element, framework: &Framework) -> Option<Html> {
    let words = page.words();
    let columns = [
        column(words.get("term.release"), ColumnKind::Name),
        column(words.get("term.change"), ColumnKind::Status),
        column(words.get("term.from_then_on"), ColumnKind::Text),
        column(words.get("term.how_known"), ColumnKind::Status),
        column(words.get("term.note"), ColumnKind::Text),
    ];
    let count = element.record.history.len();
    let note = words.count("count.entries", count);
    let mut table = TableWriter::new(Heading::new("history", words.get("history.title"), &note), &columns);
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
                words.write("history.printed", html, |name, html| {
                    if name == "change" {
                        html.text(words.of(kind));
                    } else {
                        html.name(printed);
                    }
                });
            }
            (_, kind) => {
                html.text(words.of(kind));
            }
        });
        table.cell(|html| from_then_on(page, framework, change, html));
        table.cell(|html| {
            html.text(words.of(change.basis));
        });
        table.cell(|html| note_of(page, change, html));
    }
    table.finish()
}

/// What holds from an entry on.
fn from_then_on(page: &Frame<'_>, framework: &Framework, change: &Change, html: &mut HtmlWriter) {
    let words = page.words();
    let mut is_first = true;
    let mut separate = |html: &mut HtmlWriter| {
        html.literal(if std::mem::take(&mut is_first) { "" } else { ", " });
    };
    if let Some(id) = &change.id {
        separate(html);
        words.write("history.id", html, |_, html| {
            html.id(&id.value);
        });
    }
    if let Some(name) = &change.name {
        separate(html);
        words.write("history.name", html, |_, html| {
            html.name(name);
        });
    }
    if let Some(level) = change.level {
        separate(html);
        html.name(&level_words(page.words(), framework, level));
    }
    if let Some(domain) = &change.domain {
        separate(html);
        let record = framework.record.domains.iter().find(|one| one.id.value == domain.value);
        words.write("history.domain", html, |_, html| {
            html.name(record.map_or(&domain.value, |record| &record.name));
        });
    }
    if let Some(parents) = &change.parents {
        separate(html);
        let key = if parents.is_empty() { "history.no_parent" } else { "history.part_of" };
        words.write(key, html, |_, html| keys(page, framework, parents, html));
    }
    for (key, list) in [("history.into", &change.into), ("history.from", &change.from)] {
        if !list.is_empty() {
            separate(html);
            words.write(key, html, |_, html| keys(page, framework, list, html));
        }
    }
    if is_first {
        html.absent(words.get("history.nothing"));
    }
}

/// Elements of a framework, given by their keys.
pub(super) fn keys(page: &Frame<'_>, framework: &Framework, keys: &[Spanned<String>], html: &mut HtmlWriter) {
    let catalogue = page.catalogue();
    let key_of = |index: &ElementIx| catalogue.element(*index).record.key.value.as_str();
    for (at, key) in keys.iter().enumerate() {
        html.text(if at == 0 { "" } else { page.words().get("list.last") });
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

fn note_of(page: &Frame<'_>, change: &Change, html: &mut HtmlWriter) {
    let parts =
        change.note.is_some() || change.date.is_some() || change.issue.is_some() || change.url.is_some();
    if !parts {
        html.absent(page.words().get("absent.note"));
    }
    if let Some(note) = &change.note {
        html.name(note);
    }
    if let Some(date) = &change.date {
        html.text(&page.words().fill("history.dated", &[("date", &page.words().date(*date))]));
    }
    if let Some(issue) = &change.issue {
        page.words().write("history.issue", html, |_, html| {
            html.name(issue);
        });
    }
    if let Some(url) = &change.url {
        html.literal(" ").link(url, page.words().get("term.source"));
    }
}
