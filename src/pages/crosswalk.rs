//! Crosswalks: the page of one, and what it says on the pages of its elements and frameworks.
//!
//! In come linked crosswalks, out go tables of relations, each said from the side of the page on which it stands.
//! Nothing is concluded: two elements are related where a record says so and nowhere else.

use super::Frame;
use super::results::capitalized;
use super::shared::{fact_link, fact_text, link, release_words};
use crate::catalogue::{Crosswalk, ElementIx, FrameworkIx};
use crate::html::{Html, HtmlWriter};
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::view::{CrosswalkView, FactView, LinkView, PageView, Visible as _};

pub(super) fn view(page: &Frame<'_>, index: usize) -> PageView {
    let crosswalk = &page.catalogue().crosswalks[index];
    let record = &crosswalk.record;
    let content = CrosswalkView {
        lead: lead(page, crosswalk),
        facts: facts(page, crosswalk),
        description: page.prose(&record.body, "crosswalks"),
        links: links(page, crosswalk),
    };
    PageView {
        description: Some(description(page, crosswalk)),
        crumbs: page.crumbs(&[(Route::Frameworks, page.words().get("nav.frameworks"))]),
        content: content.into_value(),
        ..page.page_of(("crosswalk", "frameworks"), record.name.clone(), crosswalk.file)
    }
}

fn relations(page: &Frame<'_>, crosswalk: &Crosswalk) -> String {
    page.words().count("count.relations", crosswalk.links.len())
}

fn sides(page: &Frame<'_>, crosswalk: &Crosswalk) -> String {
    let words = |(framework, release)| release_words(page.catalogue().framework(framework), release);
    let (first, second) = (words(crosswalk.from), words(crosswalk.to));
    page.words().fill("crosswalk.sides", &[("first", &first), ("second", &second)])
}

fn description(page: &Frame<'_>, crosswalk: &Crosswalk) -> String {
    let words = |(framework, release)| release_words(page.catalogue().framework(framework), release);
    let (first, second) = (words(crosswalk.from), words(crosswalk.to));
    let relations = relations(page, crosswalk);
    let values = [("relations", relations.as_str()), ("first", &first), ("second", &second)];
    page.words().fill("crosswalk.description", &values)
}

fn lead(page: &Frame<'_>, crosswalk: &Crosswalk) -> Html {
    let mut html = HtmlWriter::default();
    page.words().write("crosswalk.description", &mut html, |name, html| match name {
        "first" => side(page, crosswalk.from, html),
        "second" => side(page, crosswalk.to, html),
        _ => {
            html.text(&relations(page, crosswalk));
        }
    });
    html.finish()
}

fn side(page: &Frame<'_>, (framework, release): (FrameworkIx, usize), html: &mut HtmlWriter) {
    let words = release_words(page.catalogue().framework(framework), release);
    link(page, Route::Release(framework, release), &words, html);
}

fn facts(page: &Frame<'_>, crosswalk: &Crosswalk) -> Vec<FactView> {
    let record = &crosswalk.record;
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(page.fact(term, value));
    if record.basis.is_some() {
        fact("term.known_from", fact_text(page.words().of(record.basis)));
    }
    if let Some(source) = &record.source {
        let title = match &source.date {
            Some(date) => {
                let date = page.words().date(*date);
                page.words().fill("crosswalk.dated", &[("title", &source.title), ("date", &date)])
            }
            None => source.title.clone(),
        };
        fact(
            "term.taken_from",
            source.url.as_ref().map_or_else(|| fact_text(&title), |url| fact_link(url, &title)),
        );
    }
    if let Some(note) = &record.note {
        fact("term.note", fact_text(note));
    }
    facts
}

/// Every relation, as listed, said from the side of `from`.
fn links(page: &Frame<'_>, crosswalk: &Crosswalk) -> Option<Html> {
    let catalogue = page.catalogue();
    let titles = [crosswalk.from, crosswalk.to].map(|(framework, release)| {
        let framework = catalogue.framework(framework);
        let version = &framework.record.releases[release].version.value;
        format!("{} {version}", super::shared::short_name(framework))
    });
    let words = page.words();
    let columns = [
        column(&titles[0], ColumnKind::Name),
        column(words.get("term.relation"), ColumnKind::Status),
        column(&titles[1], ColumnKind::Name),
        column(words.get("term.reason"), ColumnKind::Text),
    ];
    let note = relations(page, crosswalk);
    let mut table = TableWriter::new(Heading::new("links", words.get("crosswalk.links"), &note), &columns);
    for (ends, record) in crosswalk.links.iter().zip(&crosswalk.record.links) {
        table.row();
        table.header(|html| element(page, ends.from, crosswalk.from.1, html));
        table.text(words.of(record.relation));
        table.cell(|html| element(page, ends.to, crosswalk.to.1, html));
        table.cell(|html| reason(page, record.reason.as_deref(), html));
    }
    table.finish()
}

fn element(page: &Frame<'_>, element: Option<ElementIx>, release: usize, html: &mut HtmlWriter) {
    let Some(index) = element else { return };
    let element = page.catalogue().element(index);
    match element.in_release(release) {
        Ok(state) => {
            html.id(&state.id).literal(" ");
            link(page, Route::Element(index), &state.name, html);
        }
        Err(_) => link(page, Route::Element(index), element.name(), html),
    }
}

fn reason(page: &Frame<'_>, reason: Option<&str>, html: &mut HtmlWriter) {
    match reason {
        Some(reason) => html.name(reason),
        None => html.absent(page.words().get("absent.reason")),
    };
}

/// What crosswalks say of an element, from its own side.
pub(super) fn related(page: &Frame<'_>, index: ElementIx) -> Option<Html> {
    let catalogue = page.catalogue();
    let related = catalogue.related.get(&index)?;
    let own = &catalogue.framework(catalogue.element(index).framework).record.noun.one;
    let words = page.words();
    let columns = [
        column(words.get("term.relation"), ColumnKind::Status),
        column(words.get("term.element_there"), ColumnKind::Name),
        column(words.get("term.framework_and_release"), ColumnKind::Id),
        column(words.get("term.reason"), ColumnKind::Text),
        column(words.get("term.known_from"), ColumnKind::Status),
        column(words.get("term.crosswalk"), ColumnKind::Text),
    ];
    let note = words.fill(
        "crosswalk.related_note",
        &[("relations", &words.count("count.relations", related.len())), ("element", own)],
    );
    let heading = Heading::new("related", words.get("crosswalk.related"), &note);
    let mut table = TableWriter::new(heading, &columns);
    for (at, position) in related {
        let crosswalk = &catalogue.crosswalks[*at];
        let (ends, record) = (crosswalk.links[*position], &crosswalk.record.links[*position]);
        let (relation, other, (there, release)) = if ends.from == Some(index) {
            (record.relation, ends.to, crosswalk.to)
        } else {
            (record.relation.reversed(), ends.from, crosswalk.from)
        };
        table.row();
        table.text(words.of(relation));
        table.header(|html| element(page, other, release, html));
        table.cell(|html| {
            let id = other.and_then(|other| catalogue.element(other).in_release(release).ok());
            let anchor = id.map_or(String::new(), |state| route::fragment(&route::tree_anchor(&state.id)));
            let framework = catalogue.framework(there);
            let version = &framework.record.releases[release].version.value;
            let title = format!("{} {version}", super::shared::short_name(framework));
            html.link(&format!("{}{anchor}", page.href(Route::Release(there, release))), &title);
        });
        table.cell(|html| reason(page, record.reason.as_deref(), html));
        table.cell(|html| {
            html.text(words.of(crosswalk.record.basis));
        });
        table.cell(|html| link(page, Route::Crosswalk(*at), &crosswalk.record.name, html));
    }
    table.finish()
}

/// The crosswalks of a framework.
pub(super) fn of_framework(page: &Frame<'_>, index: FrameworkIx) -> Vec<LinkView> {
    let all = page.catalogue().crosswalks.iter().enumerate();
    let own = all.filter(|(_, crosswalk)| crosswalk.from.0 == index || crosswalk.to.0 == index);
    own.map(|(at, crosswalk)| LinkView {
        title: crosswalk.record.name.clone(),
        href: page.href(Route::Crosswalk(at)),
        note: Some(page.words().fill(
            "crosswalk.listed",
            &[("sides", &sides(page, crosswalk)), ("relations", &capitalized(&relations(page, crosswalk)))],
        )),
    })
    .collect()
}
