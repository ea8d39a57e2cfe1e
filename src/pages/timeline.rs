//! An element through all releases: what it was called in each, what happened to it there, and how that is known.
//!
//! In comes an element with its states and history, out goes one row for every release of the framework, oldest first.
//! What happened is said in words; a release in which nothing is known to have happened says that.

use super::Frame;
use crate::catalogue::{Absence, Element, ElementIx, Framework};
use crate::changes::{self, ElementChange, Inline};
use crate::html::{Html, HtmlWriter};
use crate::model::element::{Basis, ChangeKind};
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::words::Words;

/// The table, for the element's page.
pub(super) fn table(page: &Frame<'_>, index: ElementIx) -> Option<Html> {
    let catalogue = page.catalogue();
    let element = catalogue.element(index);
    let framework = catalogue.framework(element.framework);
    let words = page.words();
    let columns = [
        column(words.get("term.release"), ColumnKind::Id),
        column(words.get("term.id"), ColumnKind::Id),
        column(words.get("timeline.happened"), ColumnKind::Status),
        column(words.get("term.known_from"), ColumnKind::Status),
        column(words.get("term.name"), ColumnKind::Text),
        column(words.get("term.level"), ColumnKind::Number),
    ];
    let mut table = TableWriter::new(Heading::new("releases", words.get("timeline.title"), ""), &columns);
    for release in 0..framework.releases.len() {
        row(page, (framework, index), release, &mut table);
    }
    table.finish()
}

fn row(
    page: &Frame<'_>,
    (framework, index): (&Framework, ElementIx),
    release: usize,
    table: &mut TableWriter,
) {
    let element = page.catalogue().element(index);
    let state = element.in_release(release);
    let changes = changes::in_release(framework, (index, element), release);
    table.row();
    table.header(|html| {
        let href = page.href(Route::Release(element.framework, release));
        let anchor = state.map_or(String::new(), |state| route::fragment(&route::tree_anchor(&state.id)));
        html.link(&format!("{href}{anchor}"), &framework.record.releases[release].version.value);
    });
    let absent = |html: &mut HtmlWriter| {
        html.absent(page.words().get("absent.in_tree"));
    };
    table.cell(|html| match state {
        Ok(state) => {
            html.id(&state.id);
        }
        Err(_) => absent(html),
    });
    table.cell(|html| happened(page.words(), element, release, &changes, html));
    table.cell(|html| known_from(page, &changes, html));
    table.cell(|html| match state {
        Ok(state) => {
            html.name(&state.name);
        }
        Err(_) => absent(html),
    });
    table.cell(|html| match state.map(|state| state.level) {
        Ok(Some(level)) => {
            html.number(usize::from(level));
        }
        Ok(None) => {
            html.absent(page.words().get("absent.level"));
        }
        Err(_) => absent(html),
    });
}

/// The changes of a release as words, or what holds where there are none.
fn happened(
    words: &Words,
    element: &Element,
    release: usize,
    changes: &[ElementChange<'_>],
    html: &mut HtmlWriter,
) {
    for (at, change) in changes.iter().enumerate() {
        html.literal(if at == 0 { "" } else { ", " });
        // Within a line, only the first word is capitalised.
        let kind = change.difference;
        html.text(if at == 0 { words.of(kind) } else { words.of(Inline(kind)) });
    }
    if changes.is_empty() {
        html.text(words.get(match element.in_release(release) {
            Ok(_) if release == 0 => "timeline.start",
            Ok(_) => "timeline.as_before",
            Err(Absence::NotYet) => "timeline.not_yet",
            Err(Absence::Withdrawn) => "timeline.withdrawn",
            Err(Absence::Untraced) => "timeline.untraced",
        }));
    }
}

/// How the changes are known, each word once.
fn known_from(page: &Frame<'_>, changes: &[ElementChange<'_>], html: &mut HtmlWriter) {
    if changes.is_empty() {
        html.absent(page.words().get("absent.change"));
        return;
    }
    let entries = changes.iter().flat_map(|change| &change.entries);
    let mut known: Vec<Basis> = entries.clone().filter_map(|entry| entry.basis).collect();
    known.sort_unstable();
    known.dedup();
    if known.is_empty() && entries.clone().any(|entry| entry.kind == ChangeKind::Untraced) {
        html.absent(page.words().get("absent.known"));
        return;
    }
    if known.is_empty() {
        html.text(page.words().of(None::<Basis>));
    }
    for (at, word) in known.into_iter().enumerate() {
        html.literal(if at == 0 { "" } else { ", " });
        html.text(page.words().of(Some(word)));
    }
}
