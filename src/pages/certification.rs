//! The page of a certification: facts, status, what its rows add up to, every row, documents, notices.
//!
//! In comes a certification, out goes everything a reader needs to believe or doubt it.
//! What the source states and what certalog computes stand side by side; neither replaces the other.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::shared::{assessed, fact_link, fact_text, mean_decimals, release_words, status};
use super::{Frame, certifications, excerpt};
use super::{results, sums};
use crate::catalogue::{Catalogue, Certification, CertificationIx};
use crate::html::{Html, HtmlWriter};
use crate::model::certification::{DocumentRecord, Location};
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::tally::{self, Tally};
use crate::view::{CertificationView, FactView, LinkView, PageView, Visible as _};
use crate::words::Words;

/// The most certifications of the same organization that a page lists; its own page has them all. Without a bound, the
/// pages of an organization would grow with the square of their number.
const MOST_OTHERS: usize = 12;

pub(super) fn view(page: &Frame<'_>, index: CertificationIx) -> PageView {
    let certification = page.catalogue().certification(index);
    let record = &certification.record;
    let tally = page.context.tally(index);
    let folder = format!("certifications/{}", certification.id);
    let content = CertificationView {
        lead: lead(page, certification, tally),
        status: status(page.context, certification),
        facts: facts(page, index),
        description: page.prose(&record.body, &folder),
        summary: sums::summary(page, certification, tally),
        levels: sums::levels(page, certification),
        coverage: sums::coverage(page, certification),
        results: results::table(page, certification, tally),
        deviations: results::deviations(page, certification),
        documents: documents(page, certification),
        others: others(page, index),
        compare: super::compare::nearest(page, index),
        notices: page.notices(&certification.notices),
        remarks: super::shared::remarks(&record.remarks),
    };
    let mut view = page.page_of(("certification", "certifications"), record.title(), certification.file);
    view.findings.retain(|finding| finding.code != "source-remark");
    PageView {
        description: Some(description(page, certification, tally)),
        crumbs: page.crumbs(&[certifications::CRUMB]),
        content: content.into_value(),
        ..view
    }
}

/// The result in one sentence, as search engines show it.
fn description(page: &Frame<'_>, certification: &Certification, tally: &Tally) -> String {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let noun = &framework.record.noun;
    let mut text = format!(
        "{} by {}, certified against {}: ",
        certification.record.title(),
        catalogue.organization_name(certification),
        release_words(framework, certification.release),
    );
    write!(text, "{} assessed", page.words().counted(tally.assessed, &noun.one, &noun.many))
        .expect("writing to a string cannot fail");
    text.push('.');
    text
}

/// The result in words: how many were assessed, how they were rated, the mean.
fn lead(page: &Frame<'_>, certification: &Certification, tally: &Tally) -> Html {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let noun = &framework.record.noun;
    let mut html = HtmlWriter::default();
    html.text("Assessed against ");
    let release = Route::Release(certification.framework, certification.release);
    html.link(&page.href(release), &release_words(framework, certification.release)).text(": ");
    html.text(&page.words().counted(tally.assessed, &noun.one, &noun.many));
    let kinds = ratings(catalogue, certification).into_iter().map(|(label, count)| {
        if count == tally.assessed { format!("all {label}") } else { format!("{count} {label}") }
    });
    let kinds: Vec<String> = kinds.collect();
    for (at, words) in kinds.iter().enumerate() {
        html.literal(if at == 0 || at + 1 < kinds.len() { ", " } else { " and " }).text(words);
    }
    html.text(".");
    if tally.not_submitted > 0 {
        html.text(&format!(" {} more in scope, but not submitted.", tally.not_submitted));
    }
    let decimals = mean_decimals(catalogue, certification);
    if let (Some(mean), Some(scale)) = (tally.mean(decimals), catalogue.scale(certification)) {
        let range = scale.range.map(|range| format!(" of {}", range.max.normalize())).unwrap_or_default();
        html.text(&format!(" Mean score: {mean:.*}{range}.", decimals as usize));
    }
    html.finish()
}

/// How many of the counted rows have each rating of the scale, in its order and by its labels.
fn ratings<'c>(catalogue: &'c Catalogue, certification: &'c Certification) -> Vec<(&'c str, usize)> {
    let ratings = catalogue.scale(certification).map_or(&[][..], |scale| &scale.ratings);
    let rows = tally::leaves(catalogue, certification);
    let counts = ratings.iter().enumerate().map(|(at, rating)| {
        let of_rating = rows.iter().filter(|(row, _)| row.rating.map(usize::from) == Some(at));
        (rating.label.as_str(), of_rating.count())
    });
    counts.filter(|(_, count)| *count > 0).collect()
}

fn facts(page: &Frame<'_>, index: CertificationIx) -> Vec<FactView> {
    let catalogue = page.catalogue();
    let certification = catalogue.certification(index);
    let record = &certification.record;
    let framework = catalogue.framework(certification.framework);
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(FactView { term, value });
    let name = catalogue.organization_name(certification);
    fact(
        "Organization",
        match certification.organization {
            Some(organization) => fact_link(&page.href(Route::Organization(organization)), name),
            None => fact_text(name),
        },
    );
    fact("Product", fact_text(&record.product));
    fact(
        "Version",
        match &record.version {
            Some(version) => fact_text(&version.value),
            None => fact_text("Not given by the source"),
        },
    );
    let release = Route::Release(certification.framework, certification.release);
    fact(
        "Framework and release",
        fact_link(&page.href(release), &release_words(framework, certification.release)),
    );
    if let Some(suite) = &record.suite {
        fact("Suite", fact_text(suite));
    }
    if let Some(scale) = catalogue.scale(certification) {
        let anchor = route::fragment(&format!("scale-{}", route::segment(&scale.id.value)));
        let framework = page.href(Route::Framework(certification.framework));
        fact("Scale", fact_link(&format!("{framework}{anchor}"), &scale.name));
    }
    if record.completed.is_some() {
        let mut html = HtmlWriter::default();
        assessed(page, certification, &mut html);
        fact("Assessment completed", html.finish());
    }
    for (term, date) in [("Valid from", &record.valid_from), ("Valid until", &record.valid_to)] {
        if let Some(date) = date {
            let mut html = HtmlWriter::default();
            html.literal("<time").attribute("datetime", &date.value.to_string()).literal(">");
            html.text(&date.value.words()).literal("</time>");
            fact(term, html.finish());
        }
    }
    if let Some(assurance) = record.assurance {
        fact("Assurance", fact_text(assurance.words()));
    }
    if let Some(certificate) = &record.certificate {
        fact("Certificate", fact_text(certificate));
    }
    if let Some(mapping) = excerpt::fact(page, index) {
        fact("Mapping", mapping);
    }
    if let Some(url) = &record.url {
        fact("First published at", fact_link(url, url));
    }
    facts
}

fn documents(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let documents = &certification.record.documents;
    let files: Vec<Option<&[u8]>> =
        documents.iter().map(|document| file_of(page, certification, document)).collect();
    let has_files = files.iter().any(Option::is_some);
    let unpublished =
        documents.iter().filter(|document| matches!(document.location, Location::Unpublished)).count();
    let mut columns = vec![
        column("Document", ColumnKind::Name),
        column("Kind", ColumnKind::Status),
        column("Type", ColumnKind::Id),
    ];
    if has_files {
        columns.extend([column("Size", ColumnKind::Number), column("SHA-256", ColumnKind::Text)]);
    }
    let mut note = page.words().counted(documents.len(), "document", "documents");
    if unpublished == documents.len() {
        note.push_str(" named by the source; no file is published here");
    }
    let mut table = TableWriter::new(Heading::new("documents", "Documents", &note), &columns);
    for (document, file) in documents.iter().zip(files) {
        table.row();
        table.header(|html| {
            match &document.location {
                Location::File(name) => html.link(&route::encode_path(&name.value), &document.title),
                Location::Web(url) => html.link(url, &document.title),
                Location::Unpublished => html.name(&document.title),
            };
            if let Some(version) = &document.version {
                html.text(", version ").name(version);
            }
            if let Some(date) = &document.date {
                html.text(&format!(", {}", date.words()));
            }
            if matches!(document.location, Location::Unpublished) && unpublished < documents.len() {
                html.literal(" ").tag("absent", "Not published here");
            }
        });
        table.text(document.role.words());
        table.cell(|html| match document_type(document) {
            Some(kind) => {
                html.name(&kind.to_uppercase());
            }
            None => {
                html.text("Not stated");
            }
        });
        if has_files {
            table.cell(|html| match file {
                Some(bytes) => {
                    html.data(&bytes.len().to_string(), &size_words(page.words(), bytes.len()));
                }
                None => {
                    html.absent("Not published here");
                }
            });
            table.cell(|html| match file {
                Some(bytes) => {
                    html.literal("<code>").text(&sha256(bytes)).literal("</code>");
                }
                None => {
                    html.absent("Not published here");
                }
            });
        }
    }
    table.finish()
}

fn file_of<'p>(
    page: &Frame<'p>,
    certification: &Certification,
    document: &DocumentRecord,
) -> Option<&'p [u8]> {
    let Location::File(name) = &document.location else { return None };
    let path = format!("certifications/{}/{}", certification.id, name.value);
    let file = page.catalogue().assets.get(&path)?;
    Some(page.context.sources.bytes(*file))
}

/// The type as stated, or else the ending of the file.
fn document_type(document: &DocumentRecord) -> Option<&str> {
    let ending = match &document.location {
        Location::File(name) => name.value.rsplit_once('.').map(|(_, ending)| ending),
        _ => None,
    };
    document.kind.as_deref().or(ending)
}

/// A size for people, in units of 1000 bytes: "412 bytes", "1.4 kB", "23 MB".
pub(super) fn size_words(words: &Words, bytes: usize) -> String {
    let tenths = |tenths: usize| words.decimal(Decimal::from(tenths) / Decimal::TEN, 1);
    match bytes {
        0..1000 => words.count("size.bytes", bytes),
        1000..10_000 => words.fill("size.kilobytes", &[("size", &tenths(bytes / 100))]),
        10_000..1_000_000 => words.fill("size.kilobytes", &[("size", &words.number(bytes / 1000))]),
        1_000_000..10_000_000 => words.fill("size.megabytes", &[("size", &tenths(bytes / 100_000))]),
        _ => words.fill("size.megabytes", &[("size", &words.number(bytes / 1_000_000))]),
    }
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
    }
    hex
}

/// Other certifications of the product first, then the organization's others.
fn others(page: &Frame<'_>, index: CertificationIx) -> Vec<LinkView> {
    let catalogue = page.catalogue();
    let certification = catalogue.certification(index);
    let Some(organization) = certification.organization else { return Vec::new() };
    let mut others: Vec<CertificationIx> = catalogue
        .organization(organization)
        .certifications
        .iter()
        .copied()
        .filter(|other| *other != index)
        .collect();
    others
        .sort_by_key(|other| catalogue.certification(*other).record.product != certification.record.product);
    let count = others.len();
    let links = others.into_iter().take(MOST_OTHERS).map(|other| {
        let linked = catalogue.certification(other);
        LinkView {
            title: linked.record.title(),
            href: page.href(Route::Certification(other)),
            note: Some(release_words(catalogue.framework(linked.framework), linked.release)),
        }
    });
    let all = (count > MOST_OTHERS).then(|| LinkView {
        title: format!("All {} of {}", count + 1, catalogue.organization(organization).record.name),
        href: page.href(Route::Organization(organization)),
        note: None,
    });
    links.chain(all).collect()
}
