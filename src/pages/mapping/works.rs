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
    let words = page.words();
    let columns = [
        column(words.get("term.work"), ColumnKind::Name),
        column(words.get("term.scenario"), ColumnKind::Text),
        column(words.get("term.size"), ColumnKind::Number),
        column(words.get("term.sha256"), ColumnKind::Text),
    ];
    let note = words.count("count.works", works.len());
    let mut table = TableWriter::new(Heading::new("works", words.get("mapping.works"), &note), &columns);
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
                html.text(words.get("document.version")).name(version);
            }
            if let Some(date) = &record.date {
                html.text(&words.fill("document.dated", &[("date", &words.date(*date))]));
            }
            if matches!(record.location, Location::Unpublished) {
                html.literal(" ").tag("absent", words.get("absent.published"));
            }
        });
        table.cell(|html| {
            if work.scenarios.is_empty() {
                html.absent(words.get("absent.scenario"));
            }
            for (at, scenario) in work.scenarios.iter().enumerate() {
                let scenario = &reported.mapping.scenarios[*scenario].record;
                html.text(if at == 0 { "" } else { words.get("list.comma") });
                html.link(&route::fragment(&scenario_anchor(&scenario.id.value)), &scenario.name);
            }
        });
        table.cell(|html| match bytes {
            Some(bytes) => {
                html.data(&bytes.len().to_string(), &size_words(words, bytes.len()));
            }
            None => {
                html.absent(words.get("absent.unknown"));
            }
        });
        table.cell(|html| match bytes {
            Some(bytes) => {
                html.literal("<code>").text(&sha256(bytes)).literal("</code>");
            }
            None => {
                html.absent(words.get("absent.unknown"));
            }
        });
    }
    table.finish()
}
