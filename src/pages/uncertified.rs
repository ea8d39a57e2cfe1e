//! What no certification has assessed: the elements of the current release without any result, by domain.
//!
//! In comes a framework, out goes one row for every domain with how many elements it has and which of them nobody has certified.
//! A result in any release counts, because an element is the same through all of them.

use std::collections::BTreeMap;

use super::Frame;
use super::results::capitalized;
use super::shared::{domain_words, link, release_words};
use crate::catalogue::{ElementIx, FrameworkIx};
use crate::html::{Html, HtmlWriter};
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};

/// A domain lists at most so many; the page of the release has them all.
const LISTED: usize = 100;

/// The table; none where every element was assessed by somebody.
pub(super) fn table(page: &Frame<'_>, index: FrameworkIx) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(index);
    let release = framework.releases.get(framework.current)?;
    let mut domains: BTreeMap<usize, (usize, Vec<ElementIx>)> = BTreeMap::new();
    for element in &release.members {
        let standing = &release.standing[catalogue.element(*element).position];
        let (count, uncertified) = domains.entry(standing.domain.unwrap_or(usize::MAX)).or_default();
        *count += 1;
        if !catalogue.is_assessed(catalogue.element(*element)) {
            uncertified.push(*element);
        }
    }
    let noun = &framework.record.noun;
    let elements = capitalized(&noun.many);
    let words = page.words();
    let columns = [
        column(words.get("term.domain"), ColumnKind::Name),
        column(&elements, ColumnKind::Number),
        column(words.get("uncertified.never"), ColumnKind::Number),
        column(words.get("uncertified.which"), ColumnKind::Text),
    ];
    let release = release_words(framework, framework.current);
    let total: usize = domains.values().map(|(_, uncertified)| uncertified.len()).sum();
    let of: usize = domains.values().map(|(count, _)| count).sum();
    let elements = words.counted(of, &noun.one, &noun.many);
    let values = [("count", words.number(total)), ("elements", elements), ("release", release)];
    let note = words.fill("uncertified.note", &values);
    let heading = Heading::new("uncertified", words.get("uncertified.title"), &note);
    let mut table = TableWriter::new(heading, &columns);
    for (domain, (count, uncertified)) in
        domains.iter().filter(|(_, (_, uncertified))| !uncertified.is_empty())
    {
        let record = framework.record.domains.get(*domain);
        let anchor = format!("#domain-{}", record.map_or("none", |domain| &domain.id.value));
        let href = format!("{}{anchor}", page.href(Route::Release(index, framework.current)));
        table.row();
        table.header(|html| {
            html.link(&href, &domain_words(page.words(), framework, Some(*domain)));
        });
        table.number(*count).number(uncertified.len());
        table.cell(|html| {
            let count = words.counted(uncertified.len(), &noun.one, &noun.many);
            html.literal("<details><summary>").text(&count).literal("</summary>\n");
            list(page, framework.current, uncertified, html);
            if uncertified.len() > LISTED {
                let rest = words.count("uncertified.more", uncertified.len() - LISTED);
                html.literal("<p>").link(&href, &rest).literal("</p>");
            }
            html.literal("</details>");
        });
    }
    table.finish()
}

fn list(page: &Frame<'_>, release: usize, elements: &[ElementIx], html: &mut HtmlWriter) {
    html.literal("<ul>\n");
    for element in elements.iter().take(LISTED) {
        if let Ok(state) = page.catalogue().element(*element).in_release(release) {
            html.literal("<li>").id(&state.id).literal(" ");
            link(page, Route::Element(*element), &state.name, html);
            html.literal("</li>\n");
        }
    }
    html.literal("</ul>\n");
}
