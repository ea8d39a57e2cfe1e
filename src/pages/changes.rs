//! What changed in a release since the one before.
//!
//! In come a framework and a release, out goes one table for every kind of change.
//! Each row says how the change is known: stated by the publisher, established by an editor, or inferred.

use std::collections::BTreeMap;

use super::results::capitalized;
use super::shared::{basis, link, release_words};
use super::{Frame, framework, history};
use crate::catalogue::{ElementIx, FrameworkIx, State};
use crate::changes::{self, Difference, ElementChange};
use crate::html::{Html, HtmlWriter};
use crate::model::element::Change;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::text::Spanned;
use crate::view::{ChangesView, CountView, LinkView, PageView, Visible as _};

pub(super) fn view(page: &Frame<'_>, index: FrameworkIx, release: usize) -> PageView {
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
    // A note is printed where its element is met first; the tables below only point there.
    let mut noted = BTreeMap::new();
    let tables: Vec<Html> = Difference::ALL
        .iter()
        .filter_map(|kind| table(page, (index, release), (*kind, kinds.get(kind)?), &mut noted))
        .collect();
    let released = Route::Release(index, release);
    let content = ChangesView {
        lead: lead(page, index, release, changes.is_empty()),
        counts: counts.collect(),
        tables,
        release: LinkView { title: release_words(framework, release), href: page.href(released), note: None },
    };
    let words = release_words(framework, release);
    let version = &framework.record.releases[release].version.value;
    PageView {
        description: Some(format!(
            "{} of {words} since release {}.",
            page.words().counted(changes.len(), "change", "changes"),
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
    html.link(&page.href(before), &release_words(framework, release - 1))
        .text(". Any two releases can be compared from ");
    html.link(&format!("{}{}", page.root, route::lineage_file(&framework.id)), "the lineage as data")
        .text(".");
    html.finish()
}

fn table(
    page: &Frame<'_>,
    (index, release): (FrameworkIx, usize),
    (kind, changes): (Difference, &Vec<&ElementChange<'_>>),
    noted: &mut BTreeMap<ElementIx, Difference>,
) -> Option<Html> {
    let framework = page.catalogue().framework(index);
    let noun = &framework.record.noun;
    let title = capitalized(&noun.one);
    let columns = [
        column(&title, ColumnKind::Name),
        column("Before", ColumnKind::Id),
        column("Now", ColumnKind::Id),
        column("Change", ColumnKind::Text),
        column("How it is known", ColumnKind::Status),
    ];
    let note = page.words().counted(changes.len(), &noun.one, &noun.many);
    let heading =
        Heading { id: kind.key(), class: "changes", title: kind.words(), note: &note, is_part: false };
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
        let first = *noted.entry(change.element).or_insert(kind);
        table.cell(|html| details(page, release, (change, first), html));
        table.cell(|html| basis(page.words(), change.entries.iter().find_map(|entry| entry.basis), html));
    }
    table.finish()
}

fn details(
    page: &Frame<'_>,
    release: usize,
    (change, first): (&ElementChange<'_>, Difference),
    html: &mut HtmlWriter,
) {
    let written = html.written();
    if let (Some(before), Some(after)) = (change.before, change.after) {
        difference(page, (change, release), (before, after), html);
    }
    let framework = page.catalogue().framework(page.catalogue().element(change.element).framework);
    for (words, lists) in
        [("Into ", named(change, |entry| &entry.into)), ("From ", named(change, |entry| &entry.from))]
    {
        for keys in lists {
            html.text(words);
            history::keys(page, framework, keys, html);
            html.text(". ");
        }
    }
    let mut notes: Vec<&str> = change.entries.iter().filter_map(|entry| entry.note.as_deref()).collect();
    notes.dedup();
    if html.written() == written && notes.is_empty() {
        html.absent("No note");
        return;
    }
    if first != change.difference {
        if html.written() == written {
            html.text("See ").literal("<a").attribute("href", &format!("#{}", first.key()));
            html.literal(">").text(first.words()).literal("</a>.");
        }
        return;
    }
    for note in notes {
        html.literal(" ").name(note);
    }
}

/// The elements that the entries of a split, a merge or a withdrawal name, each list once.
fn named<'c>(
    change: &ElementChange<'c>,
    keys: fn(&Change) -> &[Spanned<String>],
) -> Vec<&'c [Spanned<String>]> {
    let mut lists: Vec<&'c [Spanned<String>]> = Vec::new();
    for list in change.entries.iter().map(|entry| keys(entry)).filter(|list| !list.is_empty()) {
        let is_new = |known: &&[Spanned<String>]| {
            known.iter().map(|key| &key.value).ne(list.iter().map(|key| &key.value))
        };
        if lists.iter().all(is_new) {
            lists.push(list);
        }
    }
    lists
}

fn difference(
    page: &Frame<'_>,
    (change, release): (&ElementChange<'_>, usize),
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
            if before.parents != after.parents {
                html.text("From ");
                parents(page, (before, release - 1), html);
                html.text(" to ");
                parents(page, (after, release), html);
                html.text(". ");
            }
            let domain = |release| {
                let domain = page.catalogue().standing(change.element, release).domain;
                let framework = page.catalogue().element(change.element).framework;
                domain.map_or("none", |at| &page.catalogue().framework(framework).record.domains[at].name)
            };
            let (old, new) = (domain(release - 1), domain(release));
            if old != new {
                html.text("From the domain ").name(old).text(" to ").name(new).text(".");
            }
        }
        _ => {}
    }
}

fn parents(page: &Frame<'_>, (state, release): (&State, usize), html: &mut HtmlWriter) {
    if state.parents.is_empty() {
        html.text("the top");
    }
    for (at, parent) in state.parents.iter().enumerate() {
        html.literal(if at == 0 { "" } else { ", " });
        let element = page.catalogue().element(*parent);
        match element.in_release(release) {
            Ok(parent_state) => {
                html.id(&parent_state.id).literal(" ");
                link(page, Route::Element(*parent), &parent_state.name, html);
            }
            Err(_) => link(page, Route::Element(*parent), element.name(), html),
        }
    }
}
