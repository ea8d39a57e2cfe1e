//! The page of a certification: facts, status, what its rows add up to, every row, documents, notices.
//!
//! In comes a certification, out goes everything a reader needs to believe or doubt it.
//! What the source states and what certalog computes stand side by side; neither replaces the other.

use rust_decimal::Decimal;

use super::shared::{assessed, fact_link, fact_text, fact_to, mean_decimals, release_words, status};
use super::{Context, Frame, certifications, excerpt};
use super::{distribution, footprint, results, snippets, standing, sums};
use crate::catalogue::{Certification, CertificationIx};
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
    let coverages = tally::coverage(page.catalogue(), certification);
    let folder = format!("certifications/{}", certification.id);
    let wanted = page.context.wanted.by("certification");
    let content = CertificationView {
        lead: wanted.of("lead", || lead(page, certification, tally)),
        status: status(page.context, certification),
        facts: wanted.of("facts", || facts(page, index)),
        description: wanted.of("description", || page.prose(&record.body, &folder)),
        footprint: wanted.of("footprint", || footprint::figure(page, certification, &coverages)),
        distribution: wanted.of("distribution", || distribution::figure(page, certification)),
        summary: wanted.of("summary", || sums::summary(page, certification, tally)),
        levels: wanted.of("levels", || sums::levels(page, certification)),
        coverage: wanted.of("coverage", || sums::coverage(page, certification, &coverages)),
        results: wanted.of("results", || results::table(page, certification, (tally, &coverages))),
        deviations: wanted.of("deviations", || results::deviations(page, certification)),
        documents: wanted.of("documents", || documents(page, certification)),
        others: wanted.of("others", || others(page, index)),
        compare: wanted.of("compare", || super::compare::nearest(page, index)),
        snippets: wanted.of("snippets", || snippets::of(page, index)),
        notices: wanted.of("notices", || page.notices(&certification.notices)),
        remarks: wanted.of("remarks", || super::shared::remarks(&record.remarks)),
    };
    let mut view = page.page_of(("certification", "certifications"), record.title(), certification.file);
    view.findings.retain(|finding| finding.code != "source-remark");
    PageView {
        description: Some(page.context.in_a_sentence(index)),
        crumbs: page.crumbs(&[certifications::crumb(page)]),
        content: content.into_value(),
        ..view
    }
}

/// The result in one sentence, as search engines show it.
pub(super) fn in_a_sentence(context: &Context, index: CertificationIx) -> String {
    let catalogue = &context.catalogue;
    let (certification, tally) = (catalogue.certification(index), context.tally(index));
    let framework = catalogue.framework(certification.framework);
    let noun = &framework.record.noun;
    let words = &context.words;
    let values = [
        ("certification", certification.record.title()),
        ("organization", catalogue.organization_name(certification).to_owned()),
        ("release", release_words(framework, certification.release)),
        ("elements", words.counted(tally.assessed, &noun.one, &noun.many)),
    ];
    words.fill("certification.description", &values)
}

/// The result in words: how many were assessed, how they were rated, the mean.
fn lead(page: &Frame<'_>, certification: &Certification, tally: &Tally) -> Html {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let noun = &framework.record.noun;
    let mut html = HtmlWriter::default();
    let words = page.words();
    let release = Route::Release(certification.framework, certification.release);
    let kinds = standing::ratings(page.context, certification, tally);
    words.write("certification.lead", &mut html, |name, html| match name {
        "release" => {
            html.link(&page.href(release), &release_words(framework, certification.release));
        }
        "elements" => {
            html.text(&words.counted(tally.assessed, &noun.one, &noun.many));
        }
        _ if kinds.is_empty() => {}
        _ => {
            html.text(&words.fill("certification.ratings", &[("ratings", words.list(&kinds))]));
        }
    });
    if tally.not_submitted > 0 {
        html.text(&words.count("certification.not_submitted", tally.not_submitted));
    }
    let decimals = mean_decimals(catalogue, certification);
    if let (Some(mean), Some(scale)) = (tally.mean(decimals), catalogue.scale(certification)) {
        let mean = words.decimal(mean, decimals);
        html.text(&match scale.range.map(|range| range.max.normalize()) {
            Some(max) => {
                let max = words.decimal(max, max.scale());
                words.fill("certification.mean_of", &[("mean", mean), ("max", max)])
            }
            None => words.fill("certification.mean", &[("mean", mean)]),
        });
    }
    html.finish()
}

fn facts(page: &Frame<'_>, index: CertificationIx) -> Vec<FactView> {
    let catalogue = page.catalogue();
    let certification = catalogue.certification(index);
    let record = &certification.record;
    let framework = catalogue.framework(certification.framework);
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(page.fact(term, value));
    let name = catalogue.organization_name(certification);
    fact(
        "term.organization",
        match certification.organization {
            Some(organization) => fact_to(page, Route::Organization(organization), name),
            None => fact_text(name),
        },
    );
    fact("term.product", fact_text(&record.product));
    fact(
        "term.version",
        match &record.version {
            Some(version) => fact_text(&version.value),
            None => fact_text(page.words().get("absent.version")),
        },
    );
    let release = Route::Release(certification.framework, certification.release);
    fact(
        "term.framework_and_release",
        fact_to(page, release, &release_words(framework, certification.release)),
    );
    if let Some(suite) = &record.suite {
        fact("term.suite", fact_text(suite));
    }
    if let Some(scale) = catalogue.scale(certification) {
        let anchor = route::fragment(&format!("scale-{}", route::segment(&scale.id.value)));
        let framework = page.href(Route::Framework(certification.framework));
        fact("term.scale", fact_link(&format!("{framework}{anchor}"), &scale.name));
    }
    if record.completed.is_some() {
        let mut html = HtmlWriter::default();
        assessed(page, certification, &mut html);
        fact("term.assessment_completed", html.finish());
    }
    for (term, date) in [("term.valid_from", &record.valid_from), ("term.valid_until", &record.valid_to)] {
        if let Some(date) = date {
            let mut html = HtmlWriter::default();
            html.literal("<time").attribute("datetime", &date.value.to_string()).literal(">");
            html.text(&page.words().date(date.value)).literal("</time>");
            fact(term, html.finish());
        }
    }
    if let Some(assurance) = record.assurance {
        fact("term.assurance", fact_text(page.words().of(assurance)));
    }
    if let Some(certificate) = &record.certificate {
        fact("term.certificate", fact_text(certificate));
    }
    if let Some(mapping) = excerpt::fact(page, index) {
        fact("term.mapping", mapping);
    }
    if let Some(url) = &record.url {
        fact("term.first_published_at", fact_link(url, url));
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
    let words = page.words();
    let mut columns = vec![
        column(words.get("term.document"), ColumnKind::Name),
        column(words.get("term.kind"), ColumnKind::Status),
        column(words.get("term.type"), ColumnKind::Id),
    ];
    if has_files {
        columns.extend([
            column(words.get("term.size"), ColumnKind::Number),
            column(words.get("term.sha256"), ColumnKind::Text),
        ]);
    }
    let is_unpublished = unpublished == documents.len();
    let key = if is_unpublished { "certification.unpublished" } else { "count.documents" };
    let note = words.count(key, documents.len());
    let mut table = TableWriter::new(Heading::new("documents", words.get("term.documents"), &note), &columns);
    for (document, file) in documents.iter().zip(files) {
        table.row();
        table.header(|html| {
            match &document.location {
                Location::File(name) => html.link(&route::encode_path(&name.value), &document.title),
                Location::Web(url) => html.link(url, &document.title),
                Location::Unpublished => html.name(&document.title),
            };
            if let Some(version) = &document.version {
                html.text(words.get("document.version")).name(version);
            }
            if let Some(date) = &document.date {
                html.text(&words.fill("document.dated", &[("date", words.date(*date))]));
            }
            if matches!(document.location, Location::Unpublished) && unpublished < documents.len() {
                html.literal(" ").tag("absent", words.get("absent.published"));
            }
        });
        table.text(words.of(document.role));
        table.cell(|html| match document_type(document) {
            Some(kind) => {
                html.name(&kind.to_uppercase());
            }
            None => {
                html.text(words.get("absent.stated"));
            }
        });
        if has_files {
            table.cell(|html| match file {
                Some(bytes) => {
                    html.data(&bytes.len().to_string(), &size_words(page.words(), bytes.len()));
                }
                None => {
                    html.absent(words.get("absent.published"));
                }
            });
            table.cell(|html| match file {
                Some(bytes) => {
                    html.literal("<code>").text(&sha256(bytes)).literal("</code>");
                }
                None => {
                    html.absent(words.get("absent.published"));
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
    crate::text::hexadecimal(&Sha256::digest(bytes))
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
        title: page.words().count_with(
            "certification.all_of",
            count + 1,
            &[("organization", &catalogue.organization(organization).record.name)],
        ),
        href: page.href(Route::Organization(organization)),
        note: None,
    });
    links.chain(all).collect()
}
