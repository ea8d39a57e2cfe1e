//! The home page: what the catalogue is, its totals, the newest certifications, ways in.
//!
//! In comes the whole catalogue, out goes its summary.
//! Nothing is counted that another page would count differently: all sums come from the tallies.

use super::shared::{link, release_words};
use super::{Frame, certifications};
use crate::catalogue::{CertificationIx, Framework, FrameworkIx};
use crate::html::{Html, HtmlWriter};
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::view::{CountView, HomeView, LinkView, PageView, Visible as _};

const NEWEST: usize = 5;

pub(super) fn view(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let config = &catalogue.config;
    let newest = certifications::newest_first(catalogue);
    let shown: Vec<CertificationIx> = newest.iter().copied().take(NEWEST).collect();
    let note = if newest.len() > NEWEST { format!("{NEWEST} of {}", newest.len()) } else { String::new() };
    let heading = Heading::new("newest", "Newest certifications", &note);
    let frameworks = catalogue.frameworks.iter().enumerate().map(|(index, framework)| LinkView {
        title: framework.record.name.clone(),
        href: page.href(Route::Framework(index.into())),
        note: Some(framework_note(page, framework)),
    });
    let content = HomeView {
        body: catalogue.home.as_ref().map_or_else(Html::empty, |home| page.prose(&home.record.body, "")),
        counts: counts(page),
        newest: certifications::table(page, (heading, certifications::Known::Nothing), shown),
        releases: releases(page),
        coverage: coverage(page),
        frameworks: frameworks.collect(),
    };
    let title = catalogue.home.as_ref().map_or(&config.title, |home| &home.record.title).clone();
    let view = match &catalogue.home {
        Some(home) => page.page_of(("home", "home"), title, home.file),
        None => page.page("home", "home", title),
    };
    PageView { description: config.description.clone(), content: content.into_value(), ..view }
}

fn framework_note(page: &Frame<'_>, framework: &Framework) -> String {
    let noun = &framework.record.noun;
    let elements = page.words().counted(framework.elements.len(), &noun.one, &noun.many);
    let releases = page.words().counted(framework.releases.len(), "release", "releases");
    format!("{releases}, {elements} in this catalogue")
}

fn counts(page: &Frame<'_>) -> Vec<CountView> {
    let catalogue = page.catalogue();
    let count = |label: &str, value: usize, route: Route| CountView {
        label: label.to_owned(),
        value: value.to_string(),
        href: Some(page.href(route)),
    };
    let covered = catalogue.elements.iter().filter(|element| page.catalogue().is_assessed(element)).count();
    let nouns = match catalogue.frameworks.as_slice() {
        [only] => only.record.noun.many.clone(),
        _ => "elements".to_owned(),
    };
    vec![
        count("Certifications", catalogue.certifications.len(), Route::Certifications),
        count("Organizations", catalogue.organizations.len(), Route::Organizations),
        count("Frameworks", catalogue.frameworks.len(), Route::Frameworks),
        CountView {
            label: format!("Certified {nouns}"),
            value: format!("{covered} of {}", catalogue.elements.len()),
            href: Some(page.href(Route::Frameworks)),
        },
    ]
}

/// Certifications by release, newest release first.
fn releases(page: &Frame<'_>) -> Option<Html> {
    let catalogue = page.catalogue();
    let columns = [
        column("Framework and release", ColumnKind::Name),
        column("Certifications", ColumnKind::Number),
        column("Expired", ColumnKind::Number),
    ];
    let heading = Heading::new("releases", "Certifications by release", "");
    let mut table = TableWriter::new(heading, &columns);
    for (index, framework) in catalogue.frameworks.iter().enumerate() {
        for release in (0..framework.releases.len()).rev() {
            let of_release = || {
                let certifications =
                    framework.certifications.iter().map(|index| catalogue.certification(*index));
                certifications.filter(move |certification| certification.release == release)
            };
            let total = of_release().count();
            if total == 0 {
                continue;
            }
            let expired =
                of_release().filter(|one| one.is_valid_on(page.context.as_of) == Some(false)).count();
            table.row();
            let route = Route::Release(index.into(), release);
            table.header(|html| link(page, route, &release_words(framework, release), html));
            table.number(total).number(expired);
        }
    }
    table.finish()
}

/// For each framework's current release, how many elements of each domain somebody certified.
fn coverage(page: &Frame<'_>) -> Option<Html> {
    let catalogue = page.catalogue();
    let columns = [
        column("Domain", ColumnKind::Name),
        column("Certified", ColumnKind::Number),
        column("In this catalogue", ColumnKind::Number),
    ];
    let frameworks = || catalogue.frameworks.iter().enumerate();
    let note = match catalogue.frameworks.as_slice() {
        [only] if !only.releases.is_empty() => release_words(only, only.current),
        _ => "The current release of each framework".to_owned(),
    };
    let note = format!("{note}; what has no parts there, and how much of it any certification assessed");
    let heading = Heading::new("coverage", "Coverage by domain", &note);
    let mut table = TableWriter::new(heading, &columns);
    for (index, framework) in frameworks().filter(|(_, framework)| !framework.releases.is_empty()) {
        if catalogue.frameworks.len() > 1 {
            table.group("", |html: &mut HtmlWriter| {
                html.name(&release_words(framework, framework.current));
            });
        }
        for (domain, (certified, total)) in by_domain(page, framework) {
            table.row();
            table.header(|html| {
                let release = page.href(Route::Release(FrameworkIx::from(index), framework.current));
                let record = &framework.record.domains[domain];
                html.link(&format!("{release}#domain-{}", record.id.value), &record.name);
            });
            table.number(certified).number(total);
        }
    }
    table.finish()
}

/// Certified and all elements without children, by domain, in the current release.
fn by_domain(page: &Frame<'_>, framework: &Framework) -> Vec<(usize, (usize, usize))> {
    let release = &framework.releases[framework.current];
    let mut counts = vec![(0, 0); framework.record.domains.len()];
    for index in &release.members {
        let element = page.catalogue().element(*index);
        let standing = &release.standing[element.position];
        let Some(domain) = standing.domain.filter(|_| standing.children.is_empty()) else { continue };
        counts[domain].1 += 1;
        counts[domain].0 += usize::from(page.catalogue().is_assessed(element));
    }
    counts.into_iter().enumerate().filter(|(_, (_, total))| *total > 0).collect()
}
