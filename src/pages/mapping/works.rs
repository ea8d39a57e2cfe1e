//! The documents that a certification report cites.
//!
//! In comes a mapping, out goes a table of its works with the scenarios they describe.
//! A work that the catalogue does not publish is listed as such, with nothing guessed about it.

use super::Reported;
use crate::html::Html;
use crate::model::certification::Location;
use crate::pages::Frame;
use crate::pages::certification::{sha256, size_words};
use crate::pages::excerpt::scenario_anchor;
use crate::route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};

/// The table of works cited.
pub(super) fn table(page: &Frame<'_>, reported: &Reported<'_>) -> Option<Html> {
    let works = &reported.mapping.works;
    let columns = [
        column("Work", ColumnKind::Name),
        column("Scenario", ColumnKind::Text),
        column("Size", ColumnKind::Number),
        column("SHA-256", ColumnKind::Text),
    ];
    let note = page.words().counted(works.len(), "work", "works");
    let mut table = TableWriter::new(Heading::new("works", "Works cited", &note), &columns);
    for work in works {
        let record = &work.record;
        let path = match &record.location {
            Location::File(name) => {
                Some(format!("certifications/{}/{}", reported.certification.id, name.value))
            }
            _ => None,
        };
        let file = path.as_ref().and_then(|path| page.catalogue().assets.get(path));
        let bytes = file.map(|file| page.context.sources.bytes(*file));
        table.row();
        table.header(|html| {
            match (&record.location, &path) {
                (Location::Web(url), _) => html.link(url, &record.title),
                (_, Some(path)) => {
                    let href = format!("{}{}", page.root, route::encode_path(&route::asset_file(path)));
                    html.link(&href, &record.title)
                }
                _ => html.name(&record.title),
            };
            if let Some(version) = &record.version {
                html.text(", version ").name(version);
            }
            if let Some(date) = &record.date {
                html.text(&format!(", {}", date.words()));
            }
            if matches!(record.location, Location::Unpublished) {
                html.literal(" ").tag("absent", "Not published here");
            }
        });
        table.cell(|html| {
            if work.scenarios.is_empty() {
                html.absent("None named");
            }
            for (at, scenario) in work.scenarios.iter().enumerate() {
                let scenario = &reported.mapping.scenarios[*scenario].record;
                html.literal(if at == 0 { "" } else { ", " });
                html.link(&route::fragment(&scenario_anchor(&scenario.id.value)), &scenario.name);
            }
        });
        table.cell(|html| match bytes {
            Some(bytes) => {
                html.data(&bytes.len().to_string(), &size_words(page.words(), bytes.len()));
            }
            None => {
                html.absent("Unknown");
            }
        });
        table.cell(|html| match bytes {
            Some(bytes) => {
                html.literal("<code>").text(&sha256(bytes)).literal("</code>");
            }
            None => {
                html.absent("Unknown");
            }
        });
    }
    table.finish()
}
