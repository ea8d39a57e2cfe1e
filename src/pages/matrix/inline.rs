//! The matrices on a framework's own page: where each one is, and those that there is room for.
//!
//! In comes a framework, out go a table of links and the tables of results of any release with one legend for all of them.
//! A table that is left out for want of room has a page of its own, and its link says how large it is.

use std::collections::BTreeMap;

use super::Shown;
use crate::catalogue::FrameworkIx;
use crate::catalogue::matrix::{Matrix, Part};
use crate::html::{Html, HtmlWriter};
use crate::pages::Frame;
use crate::pages::shared::domain_words;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::words::Words;

/// How many cells the tables on a framework's own page may have together; above, each has a page of its own only.
const MOST_CELLS: usize = 800;

/// What a framework's own page shows of its matrices.
#[derive(Default)]
pub(in crate::pages) struct Inline {
    /// Where each is, by domain and release.
    pub(in crate::pages) index: Option<Html>,
    /// Those that there is room for.
    pub(in crate::pages) tables: Vec<Html>,
    /// What the colours and marks of these mean.
    pub(in crate::pages) legend: Option<Html>,
    /// What to know before comparing their columns.
    pub(in crate::pages) cautions: Vec<String>,
}

/// The matrices of all releases together, as far as a framework's own page has room for them.
pub(in crate::pages) fn tables(page: &Frame<'_>, index: FrameworkIx) -> Inline {
    let framework = page.catalogue().framework(index);
    let mut inline = Inline::default();
    let mut room = MOST_CELLS;
    let mut shown_here = BTreeMap::new();
    let mut all = Part { groups: Vec::new(), columns: Vec::new() };
    for matrix in framework.matrices.iter().filter(|matrix| matrix.release.is_none()) {
        let [part] = matrix.parts.as_slice() else { continue };
        let cells = matrix.elements().count() * matrix.certifications.len();
        let shown = Shown::new(page, framework, matrix, part);
        if part.columns.is_empty() || cells > room {
            continue;
        }
        room -= cells;
        inline.tables.extend(shown.written(true));
        shown_here.insert(matrix.domain, route::fragment(&shown.anchor()));
        all.groups.extend(matrix.groups.iter().cloned());
        all.columns.extend(matrix.certifications.iter().copied());
    }
    inline.index = index_of(page, index, &shown_here);
    // One legend for all of them.
    let (certifications, groups, parts) = (all.columns.clone(), Vec::new(), Vec::new());
    let matrix = Matrix { release: None, domain: None, groups, certifications, parts };
    let shown = Shown::new(page, framework, &matrix, &all);
    inline.legend = shown.legend();
    inline.cautions = shown.cautions();
    inline
}

/// Where the matrices are: a row for each domain, a column for each release that has certifications.
fn index_of(
    page: &Frame<'_>,
    index: FrameworkIx,
    shown_here: &BTreeMap<Option<usize>, String>,
) -> Option<Html> {
    let words = page.words();
    let framework = page.catalogue().framework(index);
    let own = route::release_matrices(framework);
    let mut releases: Vec<usize> = own.iter().filter_map(|at| framework.matrices[*at].release).collect();
    releases.dedup();
    let versions: Vec<&str> = framework.record.versions();
    let mut columns = vec![
        column(words.get("matrix.domain"), ColumnKind::Name),
        column(words.get("matrix.releases"), ColumnKind::Number),
    ];
    columns.extend(releases.iter().map(|release| column(versions[*release], ColumnKind::Number)));
    let noun = &framework.record.noun;
    let note = words.fill("matrix.index_note", &[("elements", &noun.many)]);
    let heading = Heading { is_part: true, ..Heading::new("matrices", words.get("matrix.index"), &note) };
    let mut table = TableWriter::new(heading, &columns);
    for together in framework.matrices.iter().filter(|matrix| matrix.release.is_none()) {
        let domain = together.domain;
        let href = match (shown_here.get(&domain), domain) {
            (Some(here), _) => Some(here.clone()),
            (None, Some(domain)) => Some(page.href(Route::Matrix(index, domain))),
            (None, None) => None,
        };
        table.row();
        table.header(|html| {
            html.name(&domain_words(words, framework, domain));
        });
        table.cell(|html| size_link(words, together, href.as_deref(), html));
        for release in &releases {
            let is_it = |at: &&usize| {
                framework.matrices[**at].release == Some(*release)
                    && framework.matrices[**at].domain == domain
            };
            table.cell(|html| match own.iter().find(is_it) {
                Some(at) => {
                    let href = page.href(Route::ReleaseMatrix(index, *at, 0));
                    size_link(words, &framework.matrices[*at], Some(&href), html);
                }
                None => {
                    html.absent(words.get("matrix.no_certification"));
                }
            });
        }
    }
    table.finish()
}

/// "24 × 3", as a link where there is a page or a table.
fn size_link(words: &Words, matrix: &Matrix, href: Option<&str>, html: &mut HtmlWriter) {
    let rows = words.number(matrix.elements().count());
    let words = format!("{rows}\u{a0}×\u{a0}{}", words.number(matrix.certifications.len()));
    match href {
        Some(href) => html.link(href, &words),
        None => html.text(&words),
    };
}
