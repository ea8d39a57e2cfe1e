//! The page of a certification report: every clause with its steps, every step with its clauses.
//!
//! In comes a certification with a mapping, out goes the evidence behind its scores, linked in both directions.
//! What the report leaves open is shown as open: no mode and no support is ever filled in.

mod clauses;
mod scenarios;
mod totals;
mod works;

use super::shared::{fact_text, fact_to, link, release_words};
use super::{Frame, certifications};
use crate::catalogue::mapping::Mapping;
use crate::catalogue::{Certification, CertificationIx};
use crate::html::{Html, HtmlWriter};
use crate::model::mapping::{Mode, Support};
use crate::route::Route;
use crate::table::Cells as _;
use crate::tally::report;
use crate::view::{FactView, MappingView, PageView, Visible as _};

/// The certification and its mapping, with the order in which the page shows its elements.
struct Reported<'c> {
    index: CertificationIx,
    certification: &'c Certification,
    mapping: &'c Mapping,
    /// Positions of elements, in the framework's order.
    order: Vec<usize>,
}

pub(super) fn view(page: &Frame<'_>, index: CertificationIx) -> PageView {
    let catalogue = page.catalogue();
    let certification = catalogue.certification(index);
    let mapping = certification.mapping.as_ref().expect("only certifications with a mapping have this page");
    let order = order(page, certification, mapping);
    let reported = Reported { index, certification, mapping, order };
    let content = MappingView {
        lead: lead(page, &reported),
        facts: facts(page, &reported),
        technique: mapping.technique.clone(),
        legend: legend(page, mapping),
        totals: totals::by_element(page, &reported),
        split: totals::by_scenario(page, &reported),
        elements: clauses::sections(page, &reported),
        scenarios: scenarios::sections(page, &reported),
        matrices: scenarios::matrices(page, &reported),
        uncited: scenarios::uncited(page, &reported),
        works: works::table(page, &reported),
        remarks: mapping
            .remarks
            .iter()
            .flat_map(|(_, remark)| super::shared::remarks(std::slice::from_ref(remark)))
            .collect(),
    };
    let title = certification.record.title();
    let mut view = page.page_of(
        ("mapping", "certifications"),
        page.words().fill("mapping.title", &[("certification", &title)]),
        mapping.files[0],
    );
    view.findings = mapping.files.iter().flat_map(|file| page.findings(*file, None)).collect();
    view.findings.retain(|finding| finding.code != "source-remark");
    PageView {
        description: Some(description(page, &reported)),
        crumbs: page.crumbs(&[certifications::crumb(page), (Route::Certification(index), &title)]),
        content: content.into_value(),
        ..view
    }
}

/// Elements in the framework's order; those of no release come last, as listed.
fn order(page: &Frame<'_>, certification: &Certification, mapping: &Mapping) -> Vec<usize> {
    let mut order: Vec<usize> = (0..mapping.elements.len()).collect();
    order.sort_by_key(|at| {
        let element = mapping.elements[*at].element;
        let order = element.and_then(|one| page.catalogue().standing(one, certification.release).order);
        (order.is_none(), order)
    });
    order
}

/// What the report says in numbers, in one sentence.
fn sentence(page: &Frame<'_>, reported: &Reported<'_>) -> String {
    let Reported { certification, mapping, .. } = reported;
    let framework = page.catalogue().framework(certification.framework);
    let noun = &framework.record.noun;
    let total = report::whole(mapping);
    let words = page.words();
    let others = [
        ("mapping.partial", total.partial),
        ("mapping.none", total.none),
        ("mapping.otherwise", total.otherwise),
    ];
    let others = others.into_iter().filter(|(_, count)| *count > 0);
    let values = [
        ("elements", words.counted(mapping.elements.len(), &noun.one, &noun.many)),
        ("release", release_words(framework, certification.release)),
        ("full", words.number(total.full)),
        ("clauses", words.count("count.clauses", total.clauses)),
        ("more", others.map(|(key, count)| words.count(key, count)).collect()),
    ];
    words.fill("mapping.summary", &values)
}

fn description(page: &Frame<'_>, reported: &Reported<'_>) -> String {
    let values =
        [("certification", reported.certification.record.title()), ("summary", sentence(page, reported))];
    page.words().fill("mapping.description", &values)
}

fn lead(page: &Frame<'_>, reported: &Reported<'_>) -> Html {
    let Reported { mapping, .. } = reported;
    let words = page.words();
    let values = [
        ("summary", sentence(page, reported)),
        ("citations", words.count("count.citations", report::whole(mapping).citations)),
        ("steps", words.count("count.steps", mapping.steps.len())),
        ("scenarios", words.count("count.business_scenarios", mapping.scenarios.len())),
    ];
    Html::text(&words.fill("mapping.lead", &values))
}

fn facts(page: &Frame<'_>, reported: &Reported<'_>) -> Vec<FactView> {
    let Reported { index, certification, mapping, .. } = reported;
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(page.fact(term, value));
    let title = certification.record.title();
    fact("term.certification", fact_to(page, Route::Certification(*index), &title));
    let release = Route::Release(certification.framework, certification.release);
    fact(
        "term.framework_and_release",
        fact_to(page, release, &release_words(framework, certification.release)),
    );
    let total = report::whole(mapping);
    let noun = &framework.record.noun;
    let words = page.words();
    let comma = words.get("list.comma");
    let counts = [
        words.counted(mapping.elements.len(), &noun.one, &noun.many),
        words.count("count.clauses", total.clauses),
        words.count("count.citations", total.citations),
    ];
    fact("term.mapped", fact_text(&counts.join(comma)));
    let counts = [
        words.count("count.scenarios", mapping.scenarios.len()),
        words.count("count.steps", mapping.steps.len()),
    ];
    fact("term.evidence", fact_text(&counts.join(comma)));
    if total.citations > total.without_mode {
        let modes = [Mode::Automated, Mode::Manual, Mode::Both];
        let modes = modes.map(|mode| {
            words.fill("mapping.modes", &[("letters", mode.letters()), ("mode", words.of(mode))])
        });
        fact("term.modes", fact_text(&modes.join(comma)));
    }
    facts
}

/// What each answer that occurs in the report means.
fn legend(page: &Frame<'_>, mapping: &Mapping) -> Option<Html> {
    let meanings = [
        (Support::Full, "mapping.full_meaning"),
        (Support::Partial, "mapping.partial_meaning"),
        (Support::None, "mapping.none_meaning"),
        (Support::NotApplicable, "mapping.not_applicable_meaning"),
        (Support::Elsewhere, "mapping.elsewhere_meaning"),
        (Support::CoveredBelow, "mapping.covered_below_meaning"),
        (Support::Unstated, "mapping.unstated_meaning"),
    ];
    let occurs = |support: Support| {
        let clauses = mapping.elements.iter().flat_map(|mapped| &mapped.record.clauses);
        clauses.into_iter().any(|clause| clause.support.value == support)
    };
    let mut html = HtmlWriter::default();
    for (support, meaning) in meanings.into_iter().filter(|(support, _)| occurs(*support)) {
        html.literal("<div><dt>");
        super::excerpt::support(page.words(), support, &mut html);
        html.literal("</dt><dd>").text(page.words().get(meaning)).literal("</dd></div>\n");
    }
    let html = html.finish();
    (!html.is_empty()).then_some(html)
}

/// The id and the name of a mapped element, the name linked to its page.
fn element_name(page: &Frame<'_>, reported: &Reported<'_>, at: usize, html: &mut HtmlWriter) {
    let mapped = &reported.mapping.elements[at];
    html.id(&mapped.record.element.value).literal(" ");
    match mapped.element {
        Some(index) => link(page, Route::Element(index), &name(page, reported, at), html),
        None => {
            html.absent(page.words().get("absent.unknown"));
        }
    }
}

/// What the source prints in place of a name.
fn printed(page: &Frame<'_>, printed: &str, html: &mut HtmlWriter) {
    html.literal("<span class=\"printed\">");
    page.words().write("mapping.printed", html, |_, html| {
        html.name(printed);
    });
    html.literal("</span>");
}

/// The name of a mapped element in the assessed release.
fn name(page: &Frame<'_>, reported: &Reported<'_>, at: usize) -> String {
    let Some(index) = reported.mapping.elements[at].element else { return String::new() };
    let element = page.catalogue().element(index);
    let state = element.in_release(reported.certification.release);
    state.map_or(element.name(), |state| &state.name).to_owned()
}
