//! Crosswalks: the page of one, and what it says on the pages of its elements and frameworks.
//!
//! In come linked crosswalks, out go tables of relations, each said from the side of the page on which it stands.
//! Nothing is concluded: two elements are related where a record says so and nowhere else.

use super::Frame;
use super::results::capitalized;
use super::shared::{basis, fact_link, fact_text, link, release_words};
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
        facts: facts(crosswalk),
        description: page.prose(&record.body, "crosswalks"),
        links: links(page, crosswalk),
    };
    PageView {
        description: Some(format!("{} between {}.", relations(page, crosswalk), sides(page, crosswalk))),
        crumbs: page.crumbs(&[(Route::Frameworks, "Frameworks")]),
        content: content.into_value(),
        ..page.page_of(("crosswalk", "frameworks"), record.name.clone(), crosswalk.file)
    }
}

fn relations(page: &Frame<'_>, crosswalk: &Crosswalk) -> String {
    page.words().counted(crosswalk.links.len(), "relation", "relations")
}

fn sides(page: &Frame<'_>, crosswalk: &Crosswalk) -> String {
    let words = |(framework, release)| release_words(page.catalogue().framework(framework), release);
    format!("{} and {}", words(crosswalk.from), words(crosswalk.to))
}

fn lead(page: &Frame<'_>, crosswalk: &Crosswalk) -> Html {
    let mut html = HtmlWriter::default();
    html.text(&format!("{} between ", relations(page, crosswalk)));
    side(page, crosswalk.from, &mut html);
    html.text(" and ");
    side(page, crosswalk.to, &mut html);
    html.text(".");
    html.finish()
}

fn side(page: &Frame<'_>, (framework, release): (FrameworkIx, usize), html: &mut HtmlWriter) {
    let words = release_words(page.catalogue().framework(framework), release);
    link(page, Route::Release(framework, release), &words, html);
}

fn facts(crosswalk: &Crosswalk) -> Vec<FactView> {
    let record = &crosswalk.record;
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(FactView { term, value });
    if let Some(basis) = record.basis {
        fact("Known from", fact_text(basis.words()));
    }
    if let Some(source) = &record.source {
        let title = match &source.date {
            Some(date) => format!("{}, {}", source.title, date.words()),
            None => source.title.clone(),
        };
        fact(
            "Taken from",
            source.url.as_ref().map_or_else(|| fact_text(&title), |url| fact_link(url, &title)),
        );
    }
    if let Some(note) = &record.note {
        fact("Note", fact_text(note));
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
    let columns = [
        column(&titles[0], ColumnKind::Name),
        column("Relation", ColumnKind::Status),
        column(&titles[1], ColumnKind::Name),
        column("Reason", ColumnKind::Text),
    ];
    let note = relations(page, crosswalk);
    let mut table = TableWriter::new(Heading::new("links", "Relations", &note), &columns);
    for (ends, record) in crosswalk.links.iter().zip(&crosswalk.record.links) {
        table.row();
        table.header(|html| element(page, ends.from, crosswalk.from.1, html));
        table.text(record.relation.words());
        table.cell(|html| element(page, ends.to, crosswalk.to.1, html));
        table.cell(|html| reason(record.reason.as_deref(), html));
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

fn reason(reason: Option<&str>, html: &mut HtmlWriter) {
    match reason {
        Some(reason) => html.name(reason),
        None => html.absent("No reason stated"),
    };
}

/// What crosswalks say of an element, from its own side.
pub(super) fn related(page: &Frame<'_>, index: ElementIx) -> Option<Html> {
    let catalogue = page.catalogue();
    let related = catalogue.related.get(&index)?;
    let own = &catalogue.framework(catalogue.element(index).framework).record.noun.one;
    let columns = [
        column("Relation", ColumnKind::Status),
        column("Element there", ColumnKind::Name),
        column("Framework and release", ColumnKind::Id),
        column("Reason", ColumnKind::Text),
        column("Known from", ColumnKind::Status),
        column("Crosswalk", ColumnKind::Text),
    ];
    let note = format!(
        "{}, each said of this {own} as it stands in the release of the crosswalk",
        page.words().counted(related.len(), "relation", "relations")
    );
    let heading = Heading::new("related", "Related in other frameworks", &note);
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
        table.text(relation.words());
        table.header(|html| element(page, other, release, html));
        table.cell(|html| {
            let id = other.and_then(|other| catalogue.element(other).in_release(release).ok());
            let anchor = id.map_or(String::new(), |state| route::fragment(&route::tree_anchor(&state.id)));
            let framework = catalogue.framework(there);
            let version = &framework.record.releases[release].version.value;
            let words = format!("{} {version}", super::shared::short_name(framework));
            html.link(&format!("{}{anchor}", page.href(Route::Release(there, release))), &words);
        });
        table.cell(|html| reason(record.reason.as_deref(), html));
        table.cell(|html| basis(page.words(), crosswalk.record.basis, html));
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
        note: Some(format!("{}, {}", sides(page, crosswalk), capitalized(&relations(page, crosswalk)))),
    })
    .collect()
}
