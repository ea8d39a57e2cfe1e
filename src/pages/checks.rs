//! The catalogue's own findings: every diagnostic of the build, and every rule there is.
//!
//! In come the diagnostics with their levels, out goes one table grouped by file.
//! What the sources got wrong is told to readers here, and on the page of the record it belongs to.

use std::collections::BTreeMap;

use super::Frame;
use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, LevelReason, Leveled, Severity};
use crate::html::{Html, HtmlWriter};
use crate::model::date::PartialDate;
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Facet, Heading, TableWriter, Tools, column};
use crate::text::FileId;
use crate::view::{ChecksView, CodeView, CountView, PageView, Visible as _};
use crate::words::Words;

pub(super) fn view(page: &Frame<'_>) -> PageView {
    let leveled = &page.context.leveled;
    let words = page.words();
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for finding in leveled {
        *counts.entry(finding.diagnostic.code).or_default() += 1;
    }
    let of = |severity: Severity| leveled.iter().filter(|finding| finding.severity == severity).count();
    let count = |label: &'static str, value: usize| CountView {
        label: words.get(label).to_owned(),
        value: words.number(value),
        href: None,
    };
    let codes = Code::ALL.iter().map(|code| CodeView {
        code: code.name(),
        group: code.group().name(),
        severity: code.default_severity().word(),
        summary: code.summary(),
        count: counts.get(code).copied().unwrap_or(0),
        language: words.of_messages(),
    });
    let content = ChecksView {
        counts: vec![
            count("term.errors", of(Severity::Error)),
            count("term.warnings", of(Severity::Warning)),
            count("term.waived", of(Severity::Waived)),
            count("term.rules", Code::ALL.len()),
        ],
        as_of: {
            let day = page.context.as_of.to_string();
            PartialDate::parse(&day).map_or(day, |day| words.date(day))
        },
        table: table(page, leveled),
        codes: codes.collect(),
    };
    PageView {
        description: Some(words.count("checks.description", leveled.len())),
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page("checks", "checks", words.get("checks.title").to_owned())
    }
}

fn table(page: &Frame<'_>, leveled: &[Leveled]) -> Option<Html> {
    let words = page.words();
    let columns = [
        column(words.get("term.finding"), ColumnKind::Name),
        column(words.get("term.severity"), ColumnKind::Status),
        column(words.get("term.code"), ColumnKind::Id),
        column(words.get("term.place"), ColumnKind::Id),
    ];
    let note = words.count("count.findings", leveled.len());
    let tools = Tools::default().with_column(Facet::Severity, 1).with_column(Facet::Code, 2);
    let heading = Heading::new("findings", words.get("term.findings"), &note);
    let mut table = TableWriter::new(heading, &columns).with_tools(tools);
    let owners = owners(page.catalogue());
    let mut file = None;
    for (Leveled { diagnostic, severity, reason }, line) in leveled.iter().zip(&page.context.lines) {
        let place = diagnostic.place;
        if file != Some(place.file) {
            file = Some(place.file);
            table.group("", |html| head(page, &owners, place.file, html));
        }
        let code = diagnostic.code.name();
        table.row();
        table.header(|html| {
            message(words, &diagnostic.message, html);
            if let LevelReason::Waived { reason, until } = reason {
                let key = if until.is_some() { "checks.waived_until" } else { "checks.waived" };
                let date = until.as_deref().and_then(PartialDate::parse).map(|date| words.date(date));
                let text = words
                    .fill(key, &[("reason", reason.as_str()), ("date", date.as_deref().unwrap_or_default())]);
                html.literal(" <small>").name(&text).literal("</small>");
            }
        });
        table.cell(|html| {
            html.tag(
                severity.word(),
                words.get(match severity {
                    Severity::Error => "severity.error",
                    Severity::Warning => "severity.warning",
                    Severity::Waived => "severity.waived",
                }),
            );
        });
        table.cell(|html| {
            html.literal("<a href=\"#")
                .literal(code)
                .literal("\"><code>")
                .literal(code)
                .literal("</code></a>");
        });
        let place = format!("{}:{line}", page.context.sources.path(place.file));
        table.cell(|html| {
            let line = words.fill("checks.line", &[("line", &line.to_string())]);
            html.literal("<span class=\"id\">").data(&place, &line).literal("</span>");
        });
    }
    page.with_file(table, "findings")
}

/// The page of each record with a page of its own.
fn owners(catalogue: &Catalogue) -> BTreeMap<FileId, (Route, String)> {
    let mut owners = BTreeMap::new();
    for (index, one) in catalogue.certifications.iter().enumerate() {
        owners.insert(one.file, (Route::Certification(index.into()), one.record.title()));
    }
    for (index, one) in catalogue.organizations.iter().enumerate() {
        owners.insert(one.file, (Route::Organization(index.into()), one.record.name.clone()));
    }
    for (index, one) in catalogue.frameworks.iter().enumerate() {
        owners.insert(one.file, (Route::Framework(index.into()), one.record.name.clone()));
    }
    for (index, one) in catalogue.elements.iter().enumerate() {
        // A file with many elements has many pages; it is named by its path only.
        if one.record.key.span.end == 0 {
            owners.insert(one.file, (Route::Element(index.into()), one.name().to_owned()));
        }
    }
    owners
}

fn head(page: &Frame<'_>, owners: &BTreeMap<FileId, (Route, String)>, file: FileId, html: &mut HtmlWriter) {
    if let Some((route, title)) = owners.get(&file) {
        html.link(&page.href(*route), title).literal(" ");
    }
    html.literal("<small><code>").text(page.context.sources.path(file)).literal("</code></small>");
}

/// A message; what stands between backticks is a name.
fn message(words: &Words, text: &str, html: &mut HtmlWriter) {
    if let Some(language) = words.of_messages() {
        html.literal("<span").attribute("lang", language).literal(" dir=\"ltr\">");
    }
    for (at, piece) in text.split('`').enumerate() {
        if at % 2 == 1 {
            html.literal("<code>").name(piece).literal("</code>");
        } else {
            html.name(piece);
        }
    }
    if words.of_messages().is_some() {
        html.literal("</span>");
    }
}
