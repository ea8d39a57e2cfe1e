//! The home page: what the catalogue is, its totals, the newest certifications, ways in.
//!
//! In comes the whole catalogue, out goes its summary.
//! Nothing is counted that another page would count differently: all sums come from the tallies.

use super::results::capitalized;
use super::shared::{link, release_words};
use super::validity::Validity;
use super::{Frame, calendar, certifications, covered, spread};
use crate::catalogue::{CertificationIx, Framework, FrameworkIx};
use crate::figure::Stack;
use crate::html::Html;
use crate::route::Route;
use crate::route::lists::newest_first;
use crate::table::{ColumnKind, Heading, TableWriter, column};
use crate::tally::branches::Branch;
use crate::view::{CountView, HomeView, LinkView, PageView, Visible as _};

const NEWEST: usize = 5;

pub(super) fn view(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let config = &catalogue.config;
    let newest = newest_first(catalogue);
    let shown: Vec<CertificationIx> = newest.iter().copied().take(NEWEST).collect();
    let words = page.words();
    let note = if newest.len() > NEWEST {
        let values = [("shown", words.number(NEWEST)), ("count", words.number(newest.len()))];
        words.fill("home.newest_note", &values)
    } else {
        String::new()
    };
    let heading = Heading::new("newest", words.get("home.newest"), &note);
    let frameworks = catalogue.frameworks.iter().enumerate().map(|(index, framework)| LinkView {
        title: framework.record.name.clone(),
        href: page.href(Route::Framework(index.into())),
        note: Some(framework_note(page, framework)),
    });
    let wanted = page.context.wanted.by("home");
    let content = HomeView {
        body: catalogue.home.as_ref().map_or_else(Html::empty, |home| page.prose(&home.record.body, "")),
        counts: counts(page),
        newest: certifications::table(page, (heading, certifications::Known::Nothing), shown),
        timeline: wanted.of("timeline", || calendar::figure(page, &newest)),
        releases: wanted.of("releases", || releases(page)),
        coverage: wanted.of("coverage", || covered::current(page)),
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
    let words = page.words();
    let values = [
        ("releases", words.count("count.releases", framework.releases.len())),
        ("elements", words.counted(framework.elements.len(), &noun.one, &noun.many)),
    ];
    words.fill("home.framework_note", &values)
}

fn counts(page: &Frame<'_>) -> Vec<CountView> {
    let catalogue = page.catalogue();
    let words = page.words();
    let count = |label: &'static str, value: usize, route: Route| CountView {
        label: words.get(label).to_owned(),
        value: words.number(value),
        href: Some(page.href(route)),
    };
    let mut newest = Branch::default();
    for framework in catalogue.frameworks.iter().filter(|framework| !framework.releases.is_empty()) {
        let release = &framework.releases[framework.current];
        newest.all += release.members.len();
        let members = release.members.iter().map(|index| catalogue.element(*index));
        newest.certified += members.filter(|element| catalogue.is_assessed(element)).count();
    }
    let (name, route) = match catalogue.frameworks.as_slice() {
        [only] if !only.releases.is_empty() => {
            (only.record.noun.many.as_str(), Route::Release(0.into(), only.current))
        }
        _ => (words.get("home.elements"), Route::Frameworks),
    };
    let name = capitalized(name);
    let release = match catalogue.frameworks.as_slice() {
        [only] if !only.releases.is_empty() => release_words(only, only.current),
        _ => words.get("home.current").to_owned(),
    };
    let labelled = |key: &'static str, value: String| CountView {
        label: words.fill(key, &[("elements", name.as_str()), ("release", &release)]),
        value,
        href: Some(page.href(route)),
    };
    let share = (newest.certified * 100).checked_div(newest.all).unwrap_or(0);
    vec![
        count("term.certifications", catalogue.certifications.len(), Route::Certifications),
        count("term.organizations", catalogue.organizations.len(), Route::Organizations),
        labelled("home.in_newest", words.number(newest.all)),
        labelled("home.certified", words.fill("home.percent", &[("percent", &words.number(share))])),
    ]
}

/// Certifications by release, newest release first, with how many of them still hold.
fn releases(page: &Frame<'_>) -> Option<Html> {
    let catalogue = page.catalogue();
    let words = page.words();
    let columns = [
        column(words.get("term.release"), ColumnKind::Name),
        column(words.get("term.certifications"), ColumnKind::Measure),
        column(words.get(Validity::Valid.key()), ColumnKind::Number),
        column(words.get(Validity::Open.key()), ColumnKind::Number),
        column(words.get(Validity::Expired.key()), ColumnKind::Number),
    ];
    let mut rows = Vec::new();
    for (index, framework) in catalogue.frameworks.iter().enumerate() {
        for release in (0..framework.releases.len()).rev() {
            let certifications = framework.certifications.iter().map(|index| catalogue.certification(*index));
            let of_release = certifications.filter(|certification| certification.release == release);
            let validities: Vec<Validity> =
                of_release.map(|certification| Validity::on(page.context.as_of, certification)).collect();
            if !validities.is_empty() {
                rows.push((FrameworkIx::from(index), release, validities));
            }
        }
    }
    let most = rows.iter().map(|(.., validities)| validities.len()).max().unwrap_or(0);
    let note = words.fill("home.by_release_note", &[("day", &spread::day(page))]);
    let mut table = TableWriter::new(Heading::new("releases", words.get("home.by_release"), &note), &columns);
    for (index, release, validities) in rows {
        let framework = catalogue.framework(index);
        table.row();
        table.header(|html| {
            link(page, Route::Release(index, release), &release_words(framework, release), html);
        });
        let count = |kind: Validity| validities.iter().filter(|validity| **validity == kind).count();
        let (expired, open) = (count(Validity::Expired), count(Validity::Open));
        let valid = validities.len() - expired - open;
        let parts = [("valid", valid), ("open", open), ("expired", expired)];
        table.cell(|html| {
            let stack = Stack { number: validities.len(), parts: &parts, whole: most };
            stack.write(&words.number(validities.len()), html);
        });
        table.number(valid).number(open).number(expired);
    }
    page.with_file(table, "releases")
}
