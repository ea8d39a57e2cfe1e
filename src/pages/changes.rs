//! What changed in a release since the one before.
//!
//! In come a framework and a release, out goes one table for every kind of change.
//! Each row says how the change is known: stated by the publisher, established by an editor, or inferred.

use std::collections::BTreeMap;

use super::results::capitalized;
use super::shared::{counted, link, release_words};
use super::{Frame, framework};
use crate::catalogue::{FrameworkIx, State};
use crate::changes::{self, Difference, ElementChange};
use crate::html::{Html, HtmlWriter};
use crate::model::element::Basis;
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::view::{ChangesView, CountView, LinkView, PageView, Visible as _};

pub(super) fn view(page: Frame<'_>, index: FrameworkIx, release: usize) -> PageView {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(index);
    let changes = changes::between(catalogue, framework, release - 1, release);
    let mut kinds: BTreeMap<Difference, Vec<&ElementChange<'_>>> = BTreeMap::new();
    for change in &changes {
        kinds.entry(change.difference).or_default().push(change);
    }
    let counts = Difference::ALL.iter().filter_map(|kind| {
        let changes = kinds.get(kind)?;
        Some(CountView {
            label: kind.words().to_owned(),
            value: changes.len().to_string(),
            href: Some(format!("#{}", kind.key())),
        })
    });
    let tables = Difference::ALL.iter().filter_map(|kind| table(&page, index, (*kind, kinds.get(kind)?)));
    let released = Route::Release(index, release);
    let content = ChangesView {
        lead: lead(&page, index, release, changes.is_empty()),
        counts: counts.collect(),
        tables: tables.collect(),
        release: LinkView { title: release_words(framework, release), href: page.href(released), note: None },
    };
    let words = release_words(framework, release);
    let version = &framework.record.releases[release].version.value;
    PageView {
        description: Some(format!(
            "{} of {words} since release {}.",
            counted(changes.len(), "change", "changes"),
            framework.record.releases[release - 1].version.value
        )),
        crumbs: page.crumbs(&[
            framework::CRUMB,
            (Route::Framework(index), &framework.record.name),
            (released, version),
        ]),
        content: content.into_value(),
        ..page.page("changes", "frameworks", format!("Changes in {words}"))
    }
}

fn lead(page: &Frame<'_>, index: FrameworkIx, release: usize, is_empty: bool) -> Html {
    let framework = page.catalogue().framework(index);
    let mut html = HtmlWriter::default();
    let before = Route::Release(index, release - 1);
    html.text(if is_empty {
        "The catalogue knows of no change since "
    } else {
        "What is known to have changed since "
    });
    html.link(&page.href(before), &release_words(framework, release - 1)).text(".");
    html.finish()
}

fn table(
    page: &Frame<'_>,
    index: FrameworkIx,
    (kind, changes): (Difference, &Vec<&ElementChange<'_>>),
) -> Option<Html> {
    let framework = page.catalogue().framework(index);
    let noun = &framework.record.noun;
    let title = capitalized(&noun.one);
    let columns = [
        column(&title, ColumnKind::Name),
        column("Before", ColumnKind::Id),
        column("Now", ColumnKind::Id),
        column("Change", ColumnKind::Text),
        column("Known from", ColumnKind::Status),
    ];
    let note = counted(changes.len(), &noun.one, &noun.many);
    let heading = Heading { id: kind.key(), class: "changes", title: kind.words(), note: &note };
    let mut table = TableWriter::new(heading, &columns);
    for change in changes {
        let element = page.catalogue().element(change.element);
        table.row();
        let name = change.after.or(change.before).map_or(element.name(), |state| &state.name);
        table.header(|html| link(page, Route::Element(change.element), name, html));
        for state in [change.before, change.after] {
            table.cell(|html| match state {
                Some(state) => {
                    html.id(&state.id);
                }
                None => {
                    html.absent("In no tree of this release");
                }
            });
        }
        table.cell(|html| details(page, change, html));
        table.cell(|html| basis(change.entries.iter().find_map(|entry| entry.basis), html));
    }
    table.finish()
}

/// How a change is known, as a word.
pub(super) fn basis(basis: Option<Basis>, html: &mut HtmlWriter) {
    match basis {
        Some(basis) => html.text(basis.words()),
        None => html.absent("Not stated"),
    };
}

fn details(page: &Frame<'_>, change: &ElementChange<'_>, html: &mut HtmlWriter) {
    if let (Some(before), Some(after)) = (change.before, change.after) {
        difference(page, change, (before, after), html);
    }
    let mut notes: Vec<&str> = change.entries.iter().filter_map(|entry| entry.note.as_deref()).collect();
    notes.dedup();
    for note in notes {
        html.literal(" ").name(note);
    }
}

fn difference(
    page: &Frame<'_>,
    change: &ElementChange<'_>,
    (before, after): (&State, &State),
    html: &mut HtmlWriter,
) {
    match change.difference {
        Difference::Renamed => {
            html.text("Called “").name(&before.name).text("” before.");
        }
        Difference::Releveled => {
            let words = |level: Option<u8>| level.map_or("none".to_owned(), |level| level.to_string());
            html.text(&format!("Level {} before, {} now.", words(before.level), words(after.level)));
        }
        Difference::Moved => {
            html.text("From ");
            parents(page, before, html);
            html.text(" to ");
            parents(page, after, html);
            html.text(".");
        }
        _ => {}
    }
}

fn parents(page: &Frame<'_>, state: &State, html: &mut HtmlWriter) {
    if state.parents.is_empty() {
        html.text("the top");
    }
    for (at, parent) in state.parents.iter().enumerate() {
        html.literal(if at == 0 { "" } else { ", " });
        link(page, Route::Element(*parent), page.catalogue().element(*parent).name(), html);
    }
}
