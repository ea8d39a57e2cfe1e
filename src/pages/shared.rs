//! Pieces that several pages show alike: statuses, scores, ratings, dates, counts.
//!
//! In come things of the catalogue, out go their words and markup.
//! A thing looks the same wherever it is shown, because it is written here only.

use rust_decimal::Decimal;

use super::validity::Validity;
use super::{Context, Frame};
use crate::catalogue::{Catalogue, Certification, CertificationIx, Framework, Row};
use crate::figure::{Measure, Measured as _};
use crate::html::HtmlWriter;
use crate::link::texts::Target;
use crate::model::certification::{ResultRecord, Value};
use crate::model::scale::Scale;
use crate::route::{self, Route};
use crate::table::Cells as _;
use crate::tally::Tally;
use crate::view::StatusView;
use crate::words::Words;

/// Whether a certification holds on the day of the build, with its end where one is stated.
pub(super) fn status(context: &Context, certification: &Certification) -> StatusView {
    let words = &context.words;
    let end = certification.record.valid_to.as_ref().map(|to| words.date(to.value)).unwrap_or_default();
    let (word, tone) = match Validity::on(context.as_of, certification) {
        Validity::Expired => (words.fill("status.expired", &[("end", &end)]), "expired"),
        Validity::NotYet => (words.get("status.not_yet").to_owned(), "open"),
        Validity::Valid => (words.fill("status.valid", &[("end", &end)]), "valid"),
        Validity::Open => (words.get("status.no_end").to_owned(), "open"),
    };
    StatusView { word, tone }
}

/// The status as a tag.
pub(super) fn status_tag(page: &Frame<'_>, certification: &Certification, html: &mut HtmlWriter) {
    let status = status(page.context, certification);
    html.tag(status.tone, &status.word);
}

/// When a certification was completed, or else from when it is valid.
pub(super) fn assessed(page: &Frame<'_>, certification: &Certification, html: &mut HtmlWriter) {
    let record = &certification.record;
    match record.completed.as_ref().or(record.valid_from.as_ref()) {
        Some(date) => {
            let date = date.value;
            html.literal("<time").attribute("datetime", &date.to_string()).literal(">");
            html.text(&page.words().date(date)).literal("</time>");
        }
        None => {
            html.absent(page.words().get("absent.date"));
        }
    }
}

/// The score of a row as a number with its exact value; a dash with words where there is none.
pub(super) fn score(
    page: &Frame<'_>,
    certification: &Certification,
    result: &ResultRecord,
    html: &mut HtmlWriter,
) {
    let words = page.words();
    match (&result.value.value, page.catalogue().scale(certification)) {
        (Value::Score(score), Some(scale)) => {
            html.data(&score.normalize().to_string(), &words.score(scale, *score));
        }
        (Value::Outcome(outcome), _) => {
            html.absent(words.of(*outcome));
        }
        (Value::Unstated, _) => {
            html.absent(words.get("absent.score"));
        }
        _ => {
            html.absent(words.get("absent.number"));
        }
    }
}

/// The score of a row with its bar on the scale, in the tone of its rating; what has no score has no bar.
pub(super) fn measured_score(
    page: &Frame<'_>,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
    html: &mut HtmlWriter,
) {
    let catalogue = page.catalogue();
    let scale = catalogue.scale(certification).and_then(|scale| Some((scale, scale.range?)));
    match (&result.value.value, scale) {
        (Value::Score(score), Some((scale, range))) => {
            let tone = catalogue.rating(certification, row).map_or("none", |rating| rating.tone.word());
            let measure = Measure::between(*score, (range.min, range.max)).toned(tone);
            html.measured(measure, &page.words().score(scale, *score));
        }
        _ => score(page, certification, result, html),
    }
}

/// The rating or outcome of a row as a tag.
pub(super) fn rating(
    page: &Frame<'_>,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
    html: &mut HtmlWriter,
) {
    let words = page.words();
    match (&result.value.value, page.catalogue().rating(certification, row)) {
        (Value::Outcome(outcome), _) => html.tag("absent", words.of(*outcome)),
        (_, Some(rating)) => {
            html.tag_in(page.language_of_ratings(certification), rating.tone.word(), &rating.label)
        }
        (Value::Unstated, None) => html.absent(words.get("absent.rating")),
        (_, None) => html.tag("none", words.get("rating.below")),
    };
}

/// A mean to the decimals of the scale and one more; its exact value, to four decimals, is in the markup.
pub(super) fn mean(words: &Words, tally: &Tally, decimals: u32, html: &mut HtmlWriter) {
    match (tally.mean(4), tally.mean(decimals)) {
        (Some(exact), Some(shown)) => {
            html.data(&exact.normalize().to_string(), &words.decimal(shown, decimals));
        }
        _ => {
            html.absent(words.get("absent.scored"));
        }
    }
}

/// A mean with its bar on the scale.
pub(super) fn measured_mean(words: &Words, tally: &Tally, scale: Option<&Scale>, html: &mut HtmlWriter) {
    let decimals = scale.map_or(1, |scale| scale.decimals() + 1);
    match (tally.mean(4), tally.mean(decimals), scale.and_then(|scale| scale.range)) {
        (Some(exact), Some(shown), Some(range)) => {
            let measure = Measure::between(exact, (range.min, range.max));
            html.measured(measure, &words.decimal(shown, decimals));
        }
        _ => mean(words, tally, decimals, html),
    }
}

/// The decimals of a mean on a certification's scale.
pub(super) fn mean_decimals(catalogue: &Catalogue, certification: &Certification) -> u32 {
    catalogue.scale(certification).map_or(1, |scale| scale.decimals() + 1)
}

/// A score in words, or nothing.
pub(super) fn score_or_absent(
    words: &Words,
    score: Option<Decimal>,
    said: impl FnOnce(Decimal) -> String,
    html: &mut HtmlWriter,
) {
    match score {
        Some(score) => html.data(&score.normalize().to_string(), &said(score)),
        None => html.absent(words.get("absent.scored")),
    };
}

/// The framework with a release, as prose says it: "Business Process Framework 16.0".
pub(super) fn release_words(framework: &Framework, release: usize) -> String {
    format!("{} {}", framework.record.name, framework.record.releases[release].version.value)
}

/// A name inside a sentence that is not markup: set apart, so that its direction cannot turn the words around it.
pub(super) fn isolated(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { format!("\u{2068}{name}\u{2069}") }
}

/// The name of a domain; what stands in no domain is named by what it is, where the framework has no domains at all.
pub(super) fn domain_words(words: &Words, framework: &Framework, domain: Option<usize>) -> String {
    match domain.and_then(|domain| framework.record.domains.get(domain)) {
        Some(record) => record.name.clone(),
        None if framework.record.domains.is_empty() => {
            words.fill("domain.all", &[("elements", &framework.record.noun.many)])
        }
        None => words.get("domain.none").to_owned(),
    }
}

/// How the framework is called in narrow places.
pub(super) fn short_name(framework: &Framework) -> &str {
    framework.record.short_name.as_deref().unwrap_or(&framework.record.name)
}

/// The words of a link that was written without any.
pub(super) fn target_words(catalogue: &Catalogue, target: Target) -> String {
    match target {
        Target::Element(element, release) => {
            let element = catalogue.element(element);
            let state = match release {
                Some(release) => element.in_release(release).ok(),
                None => element.newest().map(|(_, state)| state),
            };
            state.map_or_else(|| element.name().to_owned(), |state| format!("{} {}", state.id, state.name))
        }
        Target::Framework(framework, release) => {
            let framework = catalogue.framework(framework);
            release.map_or_else(|| framework.record.name.clone(), |release| release_words(framework, release))
        }
        Target::Certification(certification) => catalogue.certification(certification).record.title(),
        Target::Step(certification, step) => {
            let mapping = catalogue.certification(certification).mapping.as_ref();
            mapping.map_or_else(String::new, |mapping| mapping.steps[step].record.id.value.clone())
        }
        Target::Organization(organization) => catalogue.organization(organization).record.name.clone(),
        Target::Page(page) => catalogue.pages[page].record.title.clone(),
        Target::Notice(notice) => catalogue.notices[notice].record.title.clone(),
    }
}

/// A link to a page, around a name.
pub(super) fn link(page: &Frame<'_>, route: Route, text: &str, html: &mut HtmlWriter) {
    match page.language_of(route) {
        Some(tag) => {
            html.link_in(Some(tag), &page.href(route), text);
        }
        None => {
            html.literal("<a href=\"").text(&page.root).text(&page.folder(route)).literal("\">");
            html.name(text).literal("</a>");
        }
    }
}

/// A link to one row of a certification's results. What only states a coverage has its row among the coverages.
pub(super) fn result_href(page: &Frame<'_>, certification: CertificationIx, result: &ResultRecord) -> String {
    let fragment = match (&result.value.value, result.coverage()) {
        (Value::Unstated, Some(_)) => "#coverage".to_owned(),
        (Value::Unstated, None) => String::new(),
        _ => route::fragment(&row_anchor(&result.element.value)),
    };
    page.href(Route::Certification(certification)) + &fragment
}

/// The anchor of a row about an element.
pub(super) fn row_anchor(id: &str) -> String {
    ["p-", &route::anchor(id)].concat()
}

/// Who certified, as a link where the catalogue knows the organization.
pub(super) fn organization_link(page: &Frame<'_>, certification: &Certification, html: &mut HtmlWriter) {
    let name = page.catalogue().organization_name(certification);
    match certification.organization {
        Some(organization) => link(page, Route::Organization(organization), name, html),
        None => {
            html.name(name);
        }
    }
}

/// The name of a level.
pub(super) fn level_words(words: &Words, framework: &Framework, level: u8) -> String {
    let named = framework.record.levels.iter().find(|(number, _)| *number == i64::from(level));
    named.map_or_else(
        || words.fill("level.numbered", &[("level", &level.to_string())]),
        |(_, name)| name.clone(),
    )
}

/// A text as markup, for a fact.
pub(super) fn fact_text(text: &str) -> crate::html::Html {
    let mut html = HtmlWriter::default();
    html.name(text);
    html.finish()
}

/// A link to a page as markup, for a fact.
pub(super) fn fact_to(page: &Frame<'_>, route: Route, text: &str) -> crate::html::Html {
    let mut html = HtmlWriter::default();
    link(page, route, text, &mut html);
    html.finish()
}

/// A link as markup, for a fact.
pub(super) fn fact_link(href: &str, text: &str) -> crate::html::Html {
    let mut html = HtmlWriter::default();
    html.link(href, text);
    html.finish()
}

/// The remarks of a record, for its page.
pub(super) fn remarks(remarks: &[crate::model::shared::Remark]) -> Vec<String> {
    let texts = remarks.iter().map(|remark| match &remark.element {
        Some(id) => format!("{}: {}", id.value, remark.text.value),
        None => remark.text.value.clone(),
    });
    texts.collect()
}
