//! Where files beside pages stand: those for spreadsheets, and the badges of certifications.
//!
//! In comes a framework, out go the places of its results, histories and elements as files; in come certifications, out go their badges.
//! A name that a table's file may have beside a page is no document's.

use crate::catalogue::{Catalogue, CertificationIx, FrameworkIx};
use crate::route::Route;
use crate::text::Place;

/// The badge of a certification, beside its page.
pub const BADGE: &str = "badge.svg";

/// The same for services that draw badges.
pub const BADGE_DATA: &str = "badge.json";

/// Whether a file of the site is made for frames of other sites: the summary of a certification.
pub fn is_framed(path: &str) -> bool {
    path.starts_with("certifications/") && path.ends_with("/embed/index.html")
}

/// The badges of all certifications, for conflicts of addresses. They have no record: what else wants their place gives way.
pub fn badge_files(catalogue: &Catalogue) -> impl Iterator<Item = (String, Option<Place>)> + '_ {
    let folders =
        (0..catalogue.certifications.len()).map(|at| Route::Certification(at.into()).folder(catalogue));
    folders.flat_map(|folder| [BADGE, BADGE_DATA].map(|name| (format!("{folder}{name}"), None)))
}

/// The histories of a framework's elements, beside its page.
pub const HISTORIES: &str = "histories.csv";

/// The elements of a release, beside its page.
pub const ELEMENTS: &str = "elements.csv";

/// What the tables of a folder consist of: the name under which CSV on the Web looks for it.
pub const TABLES: &str = "csv-metadata.json";

/// One file has at most so many results, so that every host and every spreadsheet takes it.
const MOST_LINES: usize = 50_000;

/// The certifications of a framework, by the file that has their results.
pub fn results_parts(catalogue: &Catalogue, framework: FrameworkIx) -> Vec<&[CertificationIx]> {
    let mut rest = catalogue.framework(framework).certifications.as_slice();
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let mut lines = 0;
        let fits = rest.iter().take_while(|index| {
            lines += catalogue.certification(**index).rows.len();
            lines <= MOST_LINES
        });
        let (part, after) = rest.split_at(fits.count().max(1));
        parts.push(part);
        rest = after;
    }
    parts
}

/// All results of a framework: one file, or several with numbers.
pub fn results_files(catalogue: &Catalogue, framework: FrameworkIx) -> Vec<String> {
    let folder = Route::Framework(framework).folder(catalogue);
    match results_parts(catalogue, framework).len() {
        1 => vec![format!("{folder}results.csv")],
        count => (1..=count).map(|number| format!("{folder}results-{number}.csv")).collect(),
    }
}

/// The names of files that tables have beside their pages; no document may stand under one of them.
const TABLE_FILES: &[&str] = &[
    "certifications",
    "changes",
    "coverage",
    "distribution",
    "distribution",
    "elements",
    "findings",
    "footprint",
    "footprint",
    "frameworks",
    "histories",
    "levels",
    "matrix",
    "organizations",
    "releases",
    "results",
    "summary",
    "timeline",
    "uncertified",
    "years",
];

/// Whether a file beside a page may be one of its tables.
pub fn is_table_file(name: &str) -> bool {
    if name == TABLES {
        return true;
    }
    let name = name.strip_suffix(".csv").unwrap_or_default();
    TABLE_FILES.contains(&name) || name.starts_with("matrix-") || name.starts_with("results-")
}
