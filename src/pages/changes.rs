//! What changed in a release since the one before.
//!
//! In come a framework and a release, out goes one table for every kind of change.
//! Each row says how the change is known: stated by the publisher, established by an editor, or inferred.

use std::collections::BTreeMap;

use super::results::capitalized;
use super::shared::{link, release_words};
use super::{Frame, framework, history};
use crate::catalogue::{ElementIx, FrameworkIx, State};
use crate::changes::{self, Difference, ElementChange};
use crate::html::{Html, HtmlWriter};
use crate::model::element::Change;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, Tools, column};
use crate::text::Spanned;
use crate::view::{ChangesView, CountView, LinkView, PageView, Visible as _};

pub(super) fn view(page: &Frame<'_>, index: FrameworkIx, release: usize) -> PageView {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(index);
    let words = page.words();
    let changes = changes::between(catalogue, framework, release - 1, release);
    let mut kinds: BTreeMap<Difference, Vec<&ElementChange<'_>>> = BTreeMap::new();
    for change in &changes {
        kinds.entry(change.difference).or_default().push(change);
    }
    let counts = Difference::ALL.iter().filter_map(|kind| {
        let changes = kinds.get(kind)?;
        Some(CountView {
            label: words.of(*kind).to_owned(),
            value: words.number(changes.len()),
            href: Some(format!("#{}", kind.key())),
        })
    });
    // A note is printed where its element is met first; the tables below only point there.
    let mut noted = BTreeMap::new();
    let last = Difference::ALL.iter().rfind(|kind| kinds.contains_key(kind));
    let tables: Vec<(&str, Html)> = Difference::ALL
        .iter()
        .filter_map(|kind| {
            let table = table(page, (index, release), (*kind, kinds.get(kind)?), &mut noted);
            // One file holds them all, so one link leads to it: below the last.
            let table = if Some(kind) == last { with_file_of_all(page, table) } else { table.finish() };
            Some((words.of(*kind), table?))
        })
        .collect();
    let in_file: Vec<(&str, &Html)> = tables.iter().map(|(words, table)| (*words, table)).collect();
    page.file_of_tables(&in_file, page.words().get("table.kind"), "changes");
    let released = Route::Release(index, release);
    let content = ChangesView {
        lead: lead(page, index, release, changes.is_empty()),
        counts: counts.collect(),
        tables: tables.into_iter().map(|(_, table)| table).collect(),
        release: LinkView { title: release_words(framework, release), href: page.href(released), note: None },
    };
    let title = release_words(framework, release);
    let version = &framework.record.releases[release].version.value;
    PageView {
        description: Some(words.count_with(
            "changes.description",
            changes.len(),
            &[("release", &title), ("before", &framework.record.releases[release - 1].version.value)],
        )),
        crumbs: page.crumbs(&[
            framework::crumb(page),
            (Route::Framework(index), &framework.record.name),
            (released, version),
        ]),
        content: content.into_value(),
        ..page.page("changes", "frameworks", words.fill("changes.title", &[("release", &title)]))
    }
}

fn lead(page: &Frame<'_>, index: FrameworkIx, release: usize, is_empty: bool) -> Html {
    let framework = page.catalogue().framework(index);
    let mut html = HtmlWriter::default();
    let before = Route::Release(index, release - 1);
    let words = page.words();
    let key = if is_empty { "changes.lead_none" } else { "changes.lead" };
    words.write(key, &mut html, |name, html| {
        if name == "release" {
            html.link(&page.href(before), &release_words(framework, release - 1));
        } else {
            let data = format!("{}{}", page.root, route::lineage_file(&framework.id));
            html.link(&data, words.get("changes.lineage"));
        }
    });
    html.finish()
}

fn table(
    page: &Frame<'_>,
    (index, release): (FrameworkIx, usize),
    (kind, changes): (Difference, &Vec<&ElementChange<'_>>),
    noted: &mut BTreeMap<ElementIx, Difference>,
) -> TableWriter {
    let framework = page.catalogue().framework(index);
    let noun = &framework.record.noun;
    let words = page.words();
    let title = capitalized(&noun.one);
    let columns = [
        column(&title, ColumnKind::Name),
        column(words.get("term.before"), ColumnKind::Id),
        column(words.get("term.now"), ColumnKind::Id),
        column(words.get("term.change"), ColumnKind::Text),
        column(words.get("term.how_known"), ColumnKind::Status),
    ];
    let note = page.words().counted(changes.len(), &noun.one, &noun.many);
    let heading =
        Heading { id: kind.key(), class: "changes", title: words.of(kind), note: &note, is_part: false };
    let tools = Tools::default().named(kind.key());
    let mut table = TableWriter::new(heading, &columns).with_tools(tools);
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
                    html.absent(words.get("absent.in_tree"));
                }
            });
        }
        let first = *noted.entry(change.element).or_insert(kind);
        table.cell(|html| details(page, release, (change, first), html));
        table.cell(|html| {
            html.text(words.of(change.entries.iter().find_map(|entry| entry.basis)));
        });
    }
    table
}

fn with_file_of_all(page: &Frame<'_>, table: TableWriter) -> Option<Html> {
    page.with_link(table, ("changes.csv", page.words().get("table.together")))
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
    let words = page.words();
    for (key, lists) in [
        ("changes.into", named(change, |entry| &entry.into)),
        ("changes.from", named(change, |entry| &entry.from)),
    ] {
        for keys in lists {
            words.write(key, html, |_, html| history::keys(page, framework, keys, html));
            html.text(" ");
        }
    }
    let mut notes: Vec<&str> = change.entries.iter().filter_map(|entry| entry.note.as_deref()).collect();
    notes.dedup();
    if html.written() == written && notes.is_empty() {
        html.absent(words.get("absent.note"));
        return;
    }
    if first != change.difference {
        if html.written() == written {
            words.write("changes.see", html, |_, html| {
                html.literal("<a").attribute("href", &format!("#{}", first.key()));
                html.literal(">").text(words.of(first)).literal("</a>");
            });
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
    let words = page.words();
    match change.difference {
        Difference::Renamed => {
            words.write("changes.called", html, |_, html| {
                html.name(&before.name);
            });
        }
        Difference::Releveled => {
            let level = |level: Option<u8>| {
                level.map_or_else(|| words.get("changes.no_level").to_owned(), |level| level.to_string())
            };
            let values = [("before", level(before.level)), ("after", level(after.level))];
            html.text(&words.fill("changes.levels", &values));
        }
        Difference::Moved => {
            if before.parents != after.parents {
                words.write("changes.moved", html, |name, html| match name {
                    "before" => parents(page, (before, release - 1), html),
                    _ => parents(page, (after, release), html),
                });
                html.text(" ");
            }
            let domain = |release| {
                let domain = page.catalogue().standing(change.element, release).domain;
                let framework = page.catalogue().element(change.element).framework;
                domain.map_or(words.get("changes.no_domain"), |at| {
                    &page.catalogue().framework(framework).record.domains[at].name
                })
            };
            let (old, new) = (domain(release - 1), domain(release));
            if old != new {
                words.write("changes.moved_domain", html, |name, html| {
                    html.name(if name == "before" { old } else { new });
                });
            }
        }
        _ => {}
    }
}

fn parents(page: &Frame<'_>, (state, release): (&State, usize), html: &mut HtmlWriter) {
    if state.parents.is_empty() {
        html.text(page.words().get("changes.top"));
    }
    for (at, parent) in state.parents.iter().enumerate() {
        html.text(if at == 0 { "" } else { page.words().get("list.comma") });
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
