//! Heat maps: who certified what, for each domain of a framework, in one release and in all of them.
//!
//! In comes a matrix of the catalogue, out go its pages, and the tables that the framework's own page has room for.
//! What does not fit one page goes on at the next; what no page could show well is said in words.

mod cells;
mod legend;
mod inline;

pub(super) use inline::tables;
pub(super) use legend::scores;

use super::Frame;
use super::shared::{domain_words, isolated, link, release_words};
use crate::catalogue::matrix::{Matrix, Part};
use crate::catalogue::{Certification, CertificationIx, ElementIx, Framework, FrameworkIx, Row};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::ResultRecord;
use crate::route::{self, Route};
use crate::table::{Cells as _, Heading};
use crate::view::{DomainMatrixView, LinkView, PageView, Visible as _};
use crate::words::Words;

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

    fn words(&self) -> &'p Words {
        self.page.words()
    }

    /// "41 processes by 3 certifications".
    fn size(&self) -> String {
        let (words, noun) = (self.words(), &self.framework.record.noun);
        let elements = words.counted(self.matrix.elements().count(), &noun.one, &noun.many);
        let certifications = words.count("matrix.certifications", self.matrix.certifications.len());
        words.fill("matrix.size", &[("elements", &elements), ("certifications", &certifications)])
    }

    /// The framework with the release, or with all of them.
    fn scope(&self) -> String {
        match self.matrix.release {
            Some(release) => isolated(&release_words(self.framework, release)),
            None => self
                .words()
                .fill("matrix.any_release", &[("framework", &isolated(&self.framework.record.name))]),
        }
    }

    /// What the caption says below its title: source, release, and what of it is shown.
    fn note(&self) -> String {
        let (scope, size) = (self.scope(), self.size());
        let values = [("scope", scope.as_str()), ("size", size.as_str())];
        if self.matrix.parts.len() < 2 {
            return self.words().fill("matrix.note", &values);
        }
        let part = part_words(self.page, self.framework, self.matrix, self.part);
        self.words().fill("matrix.note_part", &[values[0], values[1], ("part", &part)])
    }

    fn written(&self, is_part: bool) -> Option<Html> {
        let (id, title, note) =
            (self.anchor(), domain_words(self.words(), self.framework, self.matrix.domain), self.note());
        let class = if self.part.columns.is_empty() { "summed" } else { "matrix" };
        let table = self.table(Heading { id: &id, class, title: &title, note: &note, is_part });
        let file = if is_part { route::segment(&id) } else { "matrix".to_owned() };
        self.page.with_file(table, &file)
    }

    /// What a reader must know before comparing.
    fn cautions(&self) -> Vec<String> {
        if !self.unlike_scales {
            return Vec::new();
        }
        let scales = self.scales();
        let names = scales.iter().filter_map(|at| self.framework.record.scales.get(*at));
        let names: Vec<String> = names.map(|scale| isolated(&scale.name)).collect();
        vec![self.words().fill("matrix.unlike", &[("scales", &names.join(", "))])]
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
    let words = page.words();
    let isolated_name = isolated(name);
    let domain_value = ("domain", isolated_name.as_str());
    let (lead, table) = match &shown {
        None => (words.fill("matrix.lead_none", &[domain_value]), None),
        Some(shown) if shown.matrix.parts.len() > 1 => {
            (words.fill("matrix.lead_large", &[("size", &shown.size())]), None)
        }
        Some(shown) => {
            let lead = words.fill("matrix.lead", &[domain_value, ("size", &shown.size())]);
            (lead, page.context.wanted.by("domain-matrix").of("table", || shown.written(false)))
        }
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
        crumbs: page.crumbs(&[
            (Route::Frameworks, words.get("nav.frameworks")),
            (Route::Framework(index), &record.name),
        ]),
        content: content.into_value(),
        ..page.page("domain-matrix", "frameworks", words.fill("matrix.title", &[("domain", name)]))
    }
}

/// The page of a part of one domain's matrix in one release.
pub(super) fn of_release(page: &Frame<'_>, index: FrameworkIx, matrix: usize, part: usize) -> PageView {
    let framework = page.catalogue().framework(index);
    let own = matrix;
    let matrix = &framework.matrices[own];
    let shown = Shown::new(page, framework, matrix, &matrix.parts[part]);
    let words = page.words();
    let name = domain_words(words, framework, matrix.domain);
    let release = matrix.release.unwrap_or(framework.current);
    let release_name = release_words(framework, release);
    let (isolated_name, isolated_release) = (isolated(&name), isolated(&release_name));
    let lead = words.fill(
        "matrix.lead_release",
        &[("domain", &isolated_name), ("release", &isolated_release), ("size", &shown.size())],
    );
    let parts = matrix.parts.iter().enumerate().filter(|(at, _)| matrix.parts.len() > 1 && *at != part);
    let parts = parts.map(|(at, other)| LinkView {
        title: words.fill(
            "matrix.part",
            &[("part", &words.number(at + 1)), ("parts", &words.number(matrix.parts.len()))],
        ),
        href: page.href(Route::ReleaseMatrix(index, own, at)),
        note: Some(part_words(page, framework, matrix, other)),
    });
    let all = route::release_matrices(framework).into_iter();
    let domains = all.filter(|at| *at != own && framework.matrices[*at].release == matrix.release);
    let domains = domains.map(|at| LinkView {
        title: domain_words(words, framework, framework.matrices[at].domain),
        href: page.href(Route::ReleaseMatrix(index, at, 0)),
        note: None,
    });
    let mut releases = releases(page, index, matrix.domain);
    releases.retain(|link| link.href != page.href(Route::ReleaseMatrix(index, own, 0)));
    if let Some(domain) = matrix.domain {
        releases.push(LinkView {
            title: words.get("matrix.all_releases").to_owned(),
            href: page.href(Route::Matrix(index, domain)),
            note: None,
        });
    }
    let wanted = page.context.wanted.by("domain-matrix");
    let content = DomainMatrixView {
        lead: Html::text(&lead),
        cautions: shown.cautions(),
        legend: shown.legend(),
        table: wanted.of("table", || shown.written(false)),
        parts: parts.collect(),
        gaps: wanted.of("gaps", || if part == 0 { gaps(&shown, index, release) } else { None }),
        releases,
        domains: domains.collect(),
    };
    let values = [("domain", name.as_str()), ("release", release_name.as_str())];
    let title = match part {
        0 => words.fill("matrix.title_release", &values),
        _ => words.fill("matrix.title_part", &[values[0], values[1], ("part", &words.number(part + 1))]),
    };
    PageView {
        description: Some(lead),
        crumbs: page.crumbs(&[
            (Route::Frameworks, words.get("nav.frameworks")),
            (Route::Framework(index), &framework.record.name),
            (Route::Release(index, release), &release_name),
        ]),
        content: content.into_value(),
        ..page.page("domain-matrix", "frameworks", title)
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
    let (first, last) = (isolated(&id(first)), isolated(&id(last)));
    let (shown, all) = (part.columns.len(), matrix.certifications.len());
    let words = page.words();
    let ends = [("first", first.as_str()), ("last", last.as_str())];
    if !(1..all).contains(&shown) {
        return words.fill("matrix.rows", &ends);
    }
    let (shown, all) = (words.number(shown), words.number(all));
    words.fill("matrix.rows_columns", &[ends[0], ends[1], ("shown", &shown), ("all", &all)])
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
    let (words, noun) = (shown.words(), &shown.framework.record.noun);
    let mut html = HtmlWriter::default();
    html.literal("<p class=\"note\">");
    let elements = words.counted(all, &noun.one, &noun.many);
    html.text(&words.count_with("matrix.gaps_note", gaps.len(), &[("elements", &elements)]));
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
        let rest = words.fill("matrix.gaps_more", &[("count", &words.number(gaps.len() - MOST_GAPS))]);
        html.literal("<p>").link(&shown.page.href(Route::Release(index, release)), &rest).literal("</p>\n");
    }
    Some(html.finish())
}
