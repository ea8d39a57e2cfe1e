//! The page of a certification report: every clause with its steps, every step with its clauses.
//!
//! In comes a certification with a mapping, out goes the evidence behind its scores, linked in both directions.
//! What the report leaves open is shown as open: no mode and no support is ever filled in.

mod clauses;
mod scenarios;
mod totals;
mod works;

use std::fmt::Write as _;

use super::shared::{fact_link, fact_text, link, release_words};
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
        legend: legend(mapping),
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
    let mut view =
        page.page_of(("mapping", "certifications"), format!("Mapping of {title}"), mapping.files[0]);
    view.findings = mapping.files.iter().flat_map(|file| page.findings(*file, None)).collect();
    view.findings.retain(|finding| finding.code != "source-remark");
    PageView {
        description: Some(description(page, &reported)),
        crumbs: page.crumbs(&[certifications::CRUMB, (Route::Certification(index), &title)]),
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
    let mut text = format!(
        "{} of {}, clause by clause: {} of {} supported",
        page.words().counted(mapping.elements.len(), &noun.one, &noun.many),
        release_words(framework, certification.release),
        total.full,
        page.words().counted(total.clauses, "clause", "clauses"),
    );
    for (count, words) in [
        (total.partial, "partially supported"),
        (total.none, "not supported"),
        (total.otherwise, "answered otherwise or not at all"),
    ] {
        if count > 0 {
            write!(text, ", {count} {words}").expect("writing to a string cannot fail");
        }
    }
    text.push('.');
    text
}

fn description(page: &Frame<'_>, reported: &Reported<'_>) -> String {
    format!("The evidence behind {}: {}", reported.certification.record.title(), sentence(page, reported))
}

fn lead(page: &Frame<'_>, reported: &Reported<'_>) -> Html {
    let Reported { mapping, .. } = reported;
    let mut html = HtmlWriter::default();
    html.text(&sentence(page, reported)).text(" The evidence is ");
    html.text(&page.words().counted(report::whole(mapping).citations, "citation", "citations")).text(" of ");
    html.text(&page.words().counted(mapping.steps.len(), "step", "steps")).text(" in ");
    html.text(&page.words().counted(mapping.scenarios.len(), "business scenario", "business scenarios"))
        .text(".");
    html.finish()
}

fn facts(page: &Frame<'_>, reported: &Reported<'_>) -> Vec<FactView> {
    let Reported { index, certification, mapping, .. } = reported;
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(FactView { term, value });
    let title = certification.record.title();
    fact("Certification", fact_link(&page.href(Route::Certification(*index)), &title));
    let release = Route::Release(certification.framework, certification.release);
    fact(
        "Framework and release",
        fact_link(&page.href(release), &release_words(framework, certification.release)),
    );
    let total = report::whole(mapping);
    let noun = &framework.record.noun;
    let counts = [
        page.words().counted(mapping.elements.len(), &noun.one, &noun.many),
        page.words().counted(total.clauses, "clause", "clauses"),
        page.words().counted(total.citations, "citation", "citations"),
    ];
    fact("Mapped", fact_text(&counts.join(", ")));
    let counts = [
        page.words().counted(mapping.scenarios.len(), "scenario", "scenarios"),
        page.words().counted(mapping.steps.len(), "step", "steps"),
    ];
    fact("Evidence", fact_text(&counts.join(", ")));
    if total.citations > total.without_mode {
        let modes = [Mode::Automated, Mode::Manual, Mode::Both];
        let words = modes.map(|mode| format!("{} {}", mode.letters(), mode.word()));
        fact("Modes of the report", fact_text(&words.join(", ")));
    }
    facts
}

/// What each answer that occurs in the report means.
fn legend(mapping: &Mapping) -> Option<Html> {
    let meanings = [
        (Support::Full, "the product does what the clause asks"),
        (Support::Partial, "it does some of it"),
        (Support::None, "it does not"),
        (Support::NotApplicable, "the clause cannot apply to the product"),
        (Support::Elsewhere, "another part of the framework asks for it"),
        (Support::CoveredBelow, "the clauses that follow say it in detail"),
        (Support::Unstated, "the report gives no answer"),
    ];
    let occurs = |support: Support| {
        let clauses = mapping.elements.iter().flat_map(|mapped| &mapped.record.clauses);
        clauses.into_iter().any(|clause| clause.support.value == support)
    };
    let mut html = HtmlWriter::default();
    for (support, meaning) in meanings.into_iter().filter(|(support, _)| occurs(*support)) {
        html.literal("<div><dt>");
        super::excerpt::support(support, &mut html);
        html.literal("</dt><dd>").text(meaning).literal("</dd></div>\n");
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
            html.absent("Unknown");
        }
    }
}

/// The name of a mapped element in the assessed release.
fn name(page: &Frame<'_>, reported: &Reported<'_>, at: usize) -> String {
    let Some(index) = reported.mapping.elements[at].element else { return String::new() };
    let element = page.catalogue().element(index);
    let state = element.in_release(reported.certification.release);
    state.map_or(element.name(), |state| &state.name).to_owned()
}
