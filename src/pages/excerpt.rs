//! What other pages show of a certification report: that there is one, where an element's section is, what deviates.
//!
//! In comes a certification with or without a mapping, out go links into the page of its mapping.
//! Nothing is repeated here that the page itself says better.

use super::Frame;
use super::shared::fact_to;
use crate::catalogue::mapping::MappedElement;
use crate::catalogue::{Certification, CertificationIx, ElementIx};
use crate::html::{Html, HtmlWriter};
use crate::model::mapping::{ClauseRecord, Support};
pub(super) use crate::route::step_anchor;
use crate::route::{self, Route};
use crate::table::Cells as _;
use crate::tally::report;
use crate::words::Words;

/// The mapping as a fact of its certification.
pub(super) fn fact(page: &Frame<'_>, index: CertificationIx) -> Option<Html> {
    let certification = page.catalogue().certification(index);
    let mapping = certification.mapping.as_ref()?;
    let noun = &page.catalogue().framework(certification.framework).record.noun;
    let words = page.words();
    let counts = [
        words.counted(mapping.elements.len(), &noun.one, &noun.many),
        words.count("count.clauses", report::whole(mapping).clauses),
    ];
    Some(fact_to(page, Route::Mapping(index), &counts.join(words.get("list.comma"))))
}

fn mapped(certification: &Certification, element: Option<ElementIx>) -> Option<&MappedElement> {
    let mapping = certification.mapping.as_ref()?;
    Some(&mapping.elements[mapping.of(element?)?])
}

/// A link to the section of an element, where the certification's report has one.
pub(super) fn link_to_section(
    page: &Frame<'_>,
    (index, element): (CertificationIx, Option<ElementIx>),
    html: &mut HtmlWriter,
) {
    let Some(mapped) = mapped(page.catalogue().certification(index), element) else { return };
    let anchor = route::fragment(&element_anchor(&mapped.record.element.value));
    html.literal(" ")
        .link(&format!("{}{anchor}", page.href(Route::Mapping(index))), page.words().get("term.mapping"));
}

/// The same on the page of the certification itself.
pub(super) fn link_from_row(page: &Frame<'_>, element: Option<ElementIx>, html: &mut HtmlWriter) {
    if let Route::Certification(index) = page.route {
        link_to_section(page, (index, element), html);
    }
}

fn lacks(clause: &ClauseRecord) -> bool {
    matches!(clause.support.value, Support::Partial | Support::None)
}

/// Whether the report calls a clause of an element unsupported or supported in part.
pub(super) fn deviating(certification: &Certification, element: Option<ElementIx>) -> bool {
    mapped(certification, element).is_some_and(|mapped| mapped.record.clauses.iter().any(lacks))
}

/// The clauses of an element that are not supported, or only in part, each linked to its place in the report.
pub(super) fn deviations(page: &Frame<'_>, element: Option<ElementIx>, html: &mut HtmlWriter) {
    let Route::Certification(index) = page.route else { return };
    let Some(mapped) = mapped(page.catalogue().certification(index), element) else { return };
    let href = page.href(Route::Mapping(index));
    html.literal("<ul class=\"lacking\">");
    for (at, clause) in mapped.record.clauses.iter().enumerate().filter(|(_, clause)| lacks(clause)) {
        let anchor = route::fragment(&clause_anchor(&mapped.record.element.value, at));
        html.literal("<li>");
        support(page.words(), clause.support.value, html);
        html.text(": ").link(&format!("{href}{anchor}"), &clause.text.value);
        if let Some(note) = clause.note.as_ref().filter(|_| clause.support.value == Support::Partial) {
            html.text(" (").name(note).text(")");
        }
        html.literal("</li>");
    }
    html.literal("</ul>");
}

/// An answer as a tag.
pub(super) fn support(words: &Words, support: Support, html: &mut HtmlWriter) {
    let tone = match support {
        Support::Full => "full",
        Support::Partial => "partial",
        Support::None => "none",
        Support::Elsewhere | Support::CoveredBelow => "neutral",
        Support::NotApplicable | Support::Unstated => "absent",
    };
    html.tag(tone, words.of(support));
}

/// The anchor of an element's section.
pub(super) fn element_anchor(id: &str) -> String {
    format!("m-{}", route::anchor(id))
}

/// The anchor of a clause, counted from 0.
pub(super) fn clause_anchor(id: &str, clause: usize) -> String {
    format!("c-{}-{}", route::anchor(id), clause + 1)
}

/// The anchor of a scenario's section.
pub(super) fn scenario_anchor(id: &str) -> String {
    format!("scenario-{}", route::anchor(id))
}
