//! Heat maps: who certified what, for each domain of a framework, in one release and in all of them.
//!
//! In comes a matrix of the catalogue, out go its pages, and the tables that the framework's own page has room for.
//! What does not fit one page goes on at the next; what no page could show well is said in words.

mod cells;
mod legend;
mod inline;

pub(super) use inline::tables;

use std::fmt::Write as _;

use super::Frame;
use super::shared::{counted, domain_words, isolated, link, release_words};
use crate::catalogue::matrix::{Matrix, Part};
use crate::catalogue::{Certification, CertificationIx, ElementIx, Framework, FrameworkIx, Row};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::ResultRecord;
use crate::route::{self, Route};
use crate::table::{Cells as _, Heading};
use crate::view::{DomainMatrixView, LinkView, PageView, Visible as _};

/// So many elements without a certification are listed; the page of the release has them all.
const MOST_GAPS: usize = 150;

/// A row of a certification about an element.
type Result<'c> = (CertificationIx, &'c Certification, &'c Row, &'c ResultRecord);

/// A part of a matrix on a page.
struct Shown<'p> {
    page: &'p Frame<'p>,
    framework: &'p Framework,
    matrix: &'p Matrix,
    part: &'p Part,
    unlike_scales: bool,
}

impl<'p> Shown<'p> {
    fn new(page: &'p Frame<'p>, framework: &'p Framework, matrix: &'p Matrix, part: &'p Part) -> Self {
        let mut shown = Self { page, framework, matrix, part, unlike_scales: false };
        shown.unlike_scales = shown.scales().len() > 1;
        shown
    }

    /// The anchor of the table.
    fn anchor(&self) -> String {
        format!(
            "matrix-{}",
            self.matrix.domain.map_or("other", |at| &self.framework.record.domains[at].id.value)
        )
    }

    /// "41 processes by 3 certifications".
    fn size(&self) -> String {
        let noun = &self.framework.record.noun;
        format!(
            "{} by {}",
            counted(self.matrix.elements().count(), &noun.one, &noun.many),
            counted(self.matrix.certifications.len(), "certification", "certifications")
        )
    }

    /// The framework with the release, or with all of them.
    fn scope(&self) -> String {
        match self.matrix.release {
            Some(release) => release_words(self.framework, release),
            None => format!("{}, any release", self.framework.record.name),
        }
    }

    /// What the caption says below its title: source, release, what of it is shown, and on which day.
    fn note(&self) -> String {
        let mut note = format!("{}; {}", isolated(&self.scope()), self.size());
        if self.matrix.parts.len() > 1 {
            write!(note, "; here {}", part_words(self.page, self.framework, self.matrix, self.part))
                .expect("writing to a string cannot fail");
        }
        note
    }

    fn written(&self, is_part: bool) -> Option<Html> {
        let (id, title, note) =
            (self.anchor(), domain_words(self.framework, self.matrix.domain), self.note());
        let class = if self.part.columns.is_empty() { "summed" } else { "matrix" };
        self.table(Heading { id: &id, class, title: &title, note: &note, is_part })
    }

    /// What a reader must know before comparing.
    fn cautions(&self) -> Vec<String> {
        if !self.unlike_scales {
            return Vec::new();
        }
        let scales = self.scales();
        let names = scales.iter().filter_map(|at| self.framework.record.scales.get(*at));
        let names: Vec<String> = names.map(|scale| format!("“{}”", scale.name)).collect();
        vec![format!(
            "These results are on different scales ({}): equal numbers and equal colours in columns of different scales do not mean the same.",
            names.join(", ")
        )]
    }
}

/// The page of one domain in all releases together.
pub(super) fn view(page: &Frame<'_>, index: FrameworkIx, domain: usize) -> PageView {
    let framework = page.catalogue().framework(index);
    let record = &framework.record;
    let name = &record.domains[domain].name;
    let is_it = |matrix: &&Matrix| matrix.release.is_none() && matrix.domain == Some(domain);
    let shown = framework
        .matrices
        .iter()
        .find(is_it)
        .and_then(|matrix| Some(Shown::new(page, framework, matrix, matrix.parts.first()?)));
    let (lead, table) = match &shown {
        None => (format!("No certification in this catalogue says anything of {name}."), None),
        Some(shown) if shown.matrix.parts.len() > 1 => (
            format!(
                "{} are more than one table shows well: each release has its own, and two to four certifications can be compared.",
                shown.size()
            ),
            None,
        ),
        Some(shown) => (
            format!("What every certification says of {name}: {}, in any release.", shown.size()),
            shown.written(false),
        ),
    };
    let with_table = shown.as_ref().filter(|_| table.is_some());
    let others = route::matrices(framework).into_iter().filter(|at| *at != domain);
    let domains = others.map(|at| LinkView {
        title: record.domains[at].name.clone(),
        href: page.href(Route::Matrix(index, at)),
        note: None,
    });
    let content = DomainMatrixView {
        lead: Html::text(&lead),
        cautions: with_table.map_or_else(Vec::new, Shown::cautions),
        legend: with_table.and_then(Shown::legend),
        table,
        parts: Vec::new(),
        gaps: None,
        releases: releases(page, index, Some(domain)),
        domains: domains.collect(),
    };
    PageView {
        description: Some(lead),
        crumbs: page.crumbs(&[(Route::Frameworks, "Frameworks"), (Route::Framework(index), &record.name)]),
        content: content.into_value(),
        ..page.page("domain-matrix", "frameworks", format!("{name}: who certified what"))
    }
}

/// The page of a part of one domain's matrix in one release.
pub(super) fn of_release(page: &Frame<'_>, index: FrameworkIx, matrix: usize, part: usize) -> PageView {
    let framework = page.catalogue().framework(index);
    let own = matrix;
    let matrix = &framework.matrices[own];
    let shown = Shown::new(page, framework, matrix, &matrix.parts[part]);
    let name = domain_words(framework, matrix.domain);
    let release = matrix.release.unwrap_or(framework.current);
    let words = release_words(framework, release);
    let lead = format!("What the certifications against {words} say of {name}: {}.", shown.size());
    let parts = matrix.parts.iter().enumerate().filter(|(at, _)| matrix.parts.len() > 1 && *at != part);
    let parts = parts.map(|(at, other)| LinkView {
        title: format!("Part {} of {}", at + 1, matrix.parts.len()),
        href: page.href(Route::ReleaseMatrix(index, own, at)),
        note: Some(part_words(page, framework, matrix, other)),
    });
    let all = route::release_matrices(framework).into_iter();
    let domains = all.filter(|at| *at != own && framework.matrices[*at].release == matrix.release);
    let domains = domains.map(|at| LinkView {
        title: domain_words(framework, framework.matrices[at].domain),
        href: page.href(Route::ReleaseMatrix(index, at, 0)),
        note: None,
    });
    let mut releases = releases(page, index, matrix.domain);
    releases.retain(|link| link.href != page.href(Route::ReleaseMatrix(index, own, 0)));
    if let Some(domain) = matrix.domain {
        releases.push(LinkView {
            title: "All releases together".to_owned(),
            href: page.href(Route::Matrix(index, domain)),
            note: None,
        });
    }
    let content = DomainMatrixView {
        lead: Html::text(&lead),
        cautions: shown.cautions(),
        legend: shown.legend(),
        table: shown.written(false),
        parts: parts.collect(),
        gaps: if part == 0 { gaps(&shown, index, release) } else { None },
        releases,
        domains: domains.collect(),
    };
    let place = if part == 0 { String::new() } else { format!(", part {}", part + 1) };
    PageView {
        description: Some(lead),
        crumbs: page.crumbs(&[
            (Route::Frameworks, "Frameworks"),
            (Route::Framework(index), &framework.record.name),
            (Route::Release(index, release), &words),
        ]),
        content: content.into_value(),
        ..page.page("domain-matrix", "frameworks", format!("{name} in {words}: who certified what{place}"))
    }
}

/// Links to the same domain in each release that has certifications.
fn releases(page: &Frame<'_>, index: FrameworkIx, domain: Option<usize>) -> Vec<LinkView> {
    let framework = page.catalogue().framework(index);
    let own = route::release_matrices(framework).into_iter();
    let links = own.filter(|at| framework.matrices[*at].domain == domain).filter_map(|at| {
        let matrix = &framework.matrices[at];
        let shown = Shown::new(page, framework, matrix, matrix.parts.first()?);
        Some(LinkView {
            title: release_words(framework, matrix.release?),
            href: page.href(Route::ReleaseMatrix(index, at, 0)),
            note: Some(shown.size()),
        })
    });
    links.collect()
}

/// Which rows and columns a part has: the first and the last id, and how many certifications of how many.
fn part_words(page: &Frame<'_>, framework: &Framework, matrix: &Matrix, part: &Part) -> String {
    let shown = Shown::new(page, framework, matrix, part);
    let mut elements = part.groups.iter().flat_map(|group| group.elements.iter().copied());
    let first = elements.next();
    let last = elements.next_back().or(first);
    let id = |element: Option<ElementIx>| element.map_or(String::new(), |element| shown.id(element));
    let mut words = format!("{} to {}", isolated(&id(first)), isolated(&id(last)));
    let (shown, all) = (part.columns.len(), matrix.certifications.len());
    if (1..all).contains(&shown) {
        write!(words, ", {shown} of {all} certifications").expect("writing to a string cannot fail");
    }
    words
}

/// Elements of the domain without parts of their own that no certification against the release has assessed.
fn gaps(shown: &Shown<'_>, index: FrameworkIx, release: usize) -> Option<Html> {
    let catalogue = shown.page.catalogue();
    let members = &shown.framework.releases[release].members;
    let domain = |element: ElementIx| catalogue.standing(element, release).domain;
    let gaps = members.iter().copied().filter(|element| domain(*element) == shown.matrix.domain);
    let gaps: Vec<ElementIx> = gaps.filter(|element| cells::is_gap(shown, *element, release)).collect();
    if gaps.is_empty() {
        return None;
    }
    let all = members.iter().filter(|element| domain(**element) == shown.matrix.domain);
    let all = all.filter(|element| catalogue.children(**element, release).is_empty()).count();
    let noun = &shown.framework.record.noun;
    let mut html = HtmlWriter::default();
    html.literal("<p class=\"note\">");
    html.text(&format!(
        "{} of {} without parts of their own: no certification against this release has assessed them.",
        gaps.len(),
        counted(all, &noun.one, &noun.many)
    ));
    html.literal("</p>\n<ul class=\"gaps\">\n");
    for element in gaps.iter().take(MOST_GAPS) {
        if let Ok(state) = catalogue.element(*element).in_release(release) {
            html.literal("<li>").id(&state.id).literal(" ");
            link(shown.page, Route::Element(*element), &state.name, &mut html);
            html.literal("</li>\n");
        }
    }
    html.literal("</ul>\n");
    if gaps.len() > MOST_GAPS {
        let rest = format!("and {} more, in the tree of the release", gaps.len() - MOST_GAPS);
        html.literal("<p>").link(&shown.page.href(Route::Release(index, release)), &rest).literal("</p>\n");
    }
    Some(html.finish())
}
