//! How much of a release is certified: by domain, by branch, and by one organization.
//!
//! In come a release and whose certifications count, out go tables in which each number has its bar.
//! Only elements without parts of their own are counted, so that a parent never counts beside its parts.

use super::Frame;
use super::results::capitalized;
use super::shared::{domain_words, isolated, link, release_words};
use crate::catalogue::{Element, ElementIx, Framework, FrameworkIx, OrganizationIx, Verdict};
use crate::figure::{Measure, Measured as _};
use crate::html::Html;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::tally::branches::{self, Branch};

/// For each framework's current release, how much of each domain any certification assessed.
pub(super) fn current(page: &Frame<'_>) -> Option<Html> {
    let (catalogue, words) = (page.catalogue(), page.words());
    let (scope, elements) = match catalogue.frameworks.as_slice() {
        [only] if !only.releases.is_empty() => {
            (isolated(&release_words(only, only.current)), only.record.noun.many.as_str())
        }
        _ => (words.get("covered.each_current").to_owned(), words.get("home.elements")),
    };
    let note = words.fill("covered.note", &[("release", scope.as_str()), ("elements", elements)]);
    let heading = Heading::new("coverage", words.get("covered.title"), &note);
    let mut table = start(page, heading, words.get("term.domain"));
    for (index, framework) in catalogue.frameworks.iter().enumerate() {
        if framework.releases.is_empty() {
            continue;
        }
        let release = framework.current;
        let rows =
            branches::by_domain(catalogue, framework, release, |element| catalogue.is_assessed(element));
        if catalogue.frameworks.len() > 1 && !rows.is_empty() {
            let route = Route::Release(index.into(), release);
            table.group("", |html| link(page, route, &release_words(framework, release), html));
        }
        domains(page, (index.into(), release), rows, &mut table);
    }
    page.with_file(table, "coverage")
}

/// What all certifications of an organization cover together, by domain of the newest release that it certified against.
pub(super) fn of_organization(page: &Frame<'_>, organization: OrganizationIx) -> Option<Html> {
    let (catalogue, words) = (page.catalogue(), page.words());
    let certifications = &catalogue.organization(organization).certifications;
    let heading =
        Heading::new("coverage", words.get("covered.title"), words.get("covered.note_organization"));
    let mut table = start(page, heading, words.get("term.domain"));
    for (index, framework) in catalogue.frameworks.iter().enumerate() {
        let own = certifications.iter().map(|one| catalogue.certification(*one));
        let own = own.filter(|one| one.framework == FrameworkIx::from(index));
        let Some(release) = own.map(|one| one.release).max() else { continue };
        let is_certified = |element: &Element| {
            catalogue.rows_about(element).any(|(_, certification, row, result)| {
                certification.organization == Some(organization)
                    && matches!(catalogue.verdict(certification, row, result), Verdict::Assessed(_))
            })
        };
        let rows = branches::by_domain(catalogue, framework, release, is_certified);
        if rows.iter().all(|(_, branch)| branch.certified == 0) {
            continue;
        }
        let route = Route::Release(index.into(), release);
        table.group("", |html| link(page, route, &release_words(framework, release), html));
        domains(page, (index.into(), release), rows, &mut table);
    }
    page.with_file(table, "coverage")
}

/// How much of each branch of a release certifications against it assessed: of the second level where elements have levels,
/// else of the top.
pub(super) fn of_release(page: &Frame<'_>, index: FrameworkIx, release: usize) -> Option<Html> {
    let (catalogue, words) = (page.catalogue(), page.words());
    let framework = catalogue.framework(index);
    let counts = branches::branches(catalogue, framework, release, |element| {
        branches::is_assessed_in(catalogue, element, release)
    });
    let rows = overview(page, framework, release);
    if rows.is_empty() {
        return None;
    }
    let noun = &framework.record.noun;
    let note = words.fill(
        "covered.note_release",
        &[("elements", noun.many.as_str()), ("release", &isolated(&release_words(framework, release)))],
    );
    let heading = Heading::new("coverage", words.get("covered.branches"), &note);
    let title = capitalized(&noun.one);
    let mut table = start(page, heading, &title);
    // On the page of the release itself, the tree stands below.
    let own = Route::Release(index, release);
    let tree = if page.route == own { String::new() } else { page.href(own) };
    let mut last = None;
    for element in rows {
        let domain = catalogue.standing(element, release).domain;
        if !framework.record.domains.is_empty() && last != Some(domain) {
            table.group("", |html| {
                html.literal("<span>");
                html.name_in(
                    page.language_of_domain(framework, domain),
                    &domain_words(words, framework, domain),
                );
                html.literal("</span>");
                if let Some(href) = heat_map(page, (index, release), domain) {
                    html.literal(" <small>").link(&href, words.get("covered.heat_map")).literal("</small>");
                }
            });
            last = Some(domain);
        }
        let element = catalogue.element(element);
        let Ok(state) = element.in_release(release) else { continue };
        table.row();
        table.header(|html| {
            html.id(&state.id).literal(" ");
            html.link(&format!("{tree}{}", route::fragment(&route::tree_anchor(&state.id))), &state.name);
        });
        counted(page, counts[element.position], &mut table);
    }
    page.with_file(table, "coverage")
}

/// The elements that head the branches, in the framework's order.
fn overview(page: &Frame<'_>, framework: &Framework, release: usize) -> Vec<ElementIx> {
    let catalogue = page.catalogue();
    let tree = &framework.releases[release];
    let has_parts = |element: &ElementIx| !catalogue.children(*element, release).is_empty();
    let is_second = |element: &ElementIx| {
        catalogue.element(*element).in_release(release).is_ok_and(|state| state.level == Some(2))
    };
    let members = tree.members.iter().copied();
    let second: Vec<ElementIx> = members.filter(|element| is_second(element) && has_parts(element)).collect();
    let mut heads =
        if second.is_empty() { tree.roots.iter().copied().filter(has_parts).collect() } else { second };
    // Domains stand in the framework's order; within one, the order of the tree stays.
    heads.sort_by_key(|element| catalogue.standing(*element, release).domain.unwrap_or(usize::MAX));
    heads
}

/// The page of a domain's heat map in a release, where anybody certified anything of it.
pub(super) fn heat_map(
    page: &Frame<'_>,
    (index, release): (FrameworkIx, usize),
    domain: Option<usize>,
) -> Option<String> {
    let framework = page.catalogue().framework(index);
    let own = route::release_matrices(framework).into_iter();
    let mut own = own.filter(|at| {
        framework.matrices[*at].release == Some(release) && framework.matrices[*at].domain == domain
    });
    own.next().map(|at| page.href(Route::ReleaseMatrix(index, at, 0)))
}

fn start(page: &Frame<'_>, heading: Heading<'_>, title: &str) -> TableWriter {
    let columns = [
        column(title, ColumnKind::Name),
        column(page.words().get("term.certified"), ColumnKind::Measure),
        column(page.words().get("term.all"), ColumnKind::Number),
    ];
    TableWriter::new(heading, &columns)
}

fn domains(
    page: &Frame<'_>,
    (index, release): (FrameworkIx, usize),
    rows: Vec<(Option<usize>, Branch)>,
    table: &mut TableWriter,
) {
    let framework = page.catalogue().framework(index);
    for (domain, branch) in rows {
        table.row();
        table.header(|html| {
            let record = domain.map(|domain| &framework.record.domains[domain]);
            let anchor = format!("domain-{}", record.map_or("none", |record| &record.id.value));
            let href = format!("{}{}", page.href(Route::Release(index, release)), route::fragment(&anchor));
            let language = page.language_of_domain(framework, domain);
            html.link_in(language, &href, &domain_words(page.words(), framework, domain));
        });
        counted(page, branch, table);
    }
}

fn counted(page: &Frame<'_>, branch: Branch, table: &mut TableWriter) {
    table.cell(|html| {
        let measure = Measure::count(branch.certified, branch.all);
        html.measured(measure, &page.words().number(branch.certified));
    });
    table.number(branch.all);
}
