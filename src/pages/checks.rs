//! The catalogue's own findings: every diagnostic of the build, and every rule there is.
//!
//! In come the diagnostics with their levels, out goes one table grouped by file.
//! What the sources got wrong is told to readers here, and on the page of the record it belongs to.

use std::collections::BTreeMap;

use super::{Frame, place_words};
use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Leveled, Severity};
use crate::html::{Html, HtmlWriter};
use crate::model::date::PartialDate;
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::text::FileId;
use crate::view::{ChecksView, CodeView, CountView, PageView, Visible as _};

pub(super) fn view(page: &Frame<'_>) -> PageView {
    let leveled = page.context.leveled;
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for finding in leveled {
        *counts.entry(finding.diagnostic.code).or_default() += 1;
    }
    let of = |severity: Severity| leveled.iter().filter(|finding| finding.severity == severity).count();
    let count = |label: &str, value: usize| CountView {
        label: label.to_owned(),
        value: value.to_string(),
        href: None,
    };
    let codes = Code::ALL.iter().map(|code| CodeView {
        code: code.name(),
        group: code.group().name(),
        severity: code.default_severity().word(),
        summary: code.summary(),
        count: counts.get(code).copied().unwrap_or(0),
    });
    let content = ChecksView {
        counts: vec![
            count("Errors", of(Severity::Error)),
            count("Warnings", of(Severity::Warning)),
            count("Rules", Code::ALL.len()),
        ],
        as_of: {
            let day = page.context.as_of.to_string();
            PartialDate::parse(&day).map_or(day, |day| page.words().date(day))
        },
        table: table(page, leveled),
        codes: codes.collect(),
    };
    PageView {
        description: Some(format!(
            "{} in the records of this catalogue and their sources.",
            page.words().counted(leveled.len(), "finding", "findings")
        )),
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page("checks", "checks", "Checks".to_owned())
    }
}

fn table(page: &Frame<'_>, leveled: &[Leveled]) -> Option<Html> {
    let columns = [
        column("Finding", ColumnKind::Name),
        column("Severity", ColumnKind::Status),
        column("Code", ColumnKind::Id),
        column("Place", ColumnKind::Id),
    ];
    let note = page.words().counted(leveled.len(), "finding", "findings");
    let mut table = TableWriter::new(Heading::new("findings", "Findings", &note), &columns);
    let owners = owners(page.catalogue());
    let mut file = None;
    for Leveled { diagnostic, severity, .. } in leveled {
        let place = diagnostic.place;
        if file != Some(place.file) {
            file = Some(place.file);
            table.group("", |html| head(page, &owners, place.file, html));
        }
        table.row();
        table.header(|html| message(&diagnostic.message, html));
        table.cell(|html| {
            html.tag(
                severity.word(),
                match severity {
                    Severity::Error => "Error",
                    Severity::Warning => "Warning",
                },
            );
        });
        let code = diagnostic.code.name();
        table.cell(|html| {
            html.literal("<a href=\"#")
                .literal(code)
                .literal("\"><code>")
                .literal(code)
                .literal("</code></a>");
        });
        let words = place_words(page.context.sources, place.file, place.span.start);
        table.cell(|html| {
            let line = words.rsplit_once(':').map_or("", |(_, line)| line);
            html.literal("<span class=\"id\">").text(&format!("line {line}")).literal("</span>");
        });
    }
    table.finish()
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
fn message(text: &str, html: &mut HtmlWriter) {
    for (at, piece) in text.split('`').enumerate() {
        if at % 2 == 1 {
            html.literal("<code>").name(piece).literal("</code>");
        } else {
            html.name(piece);
        }
    }
}
