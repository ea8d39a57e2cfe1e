//! Data files: what the pages show, for programs and for the pages' own scripts.
//!
//! In comes the context of a build, out go JSON files by their place on the site, the same bytes for the same input.
//! A value that is absent is `null` and never a number; an address is relative to the site's root, which every file names.

mod certification;
mod lineage;
mod sheets;

use crate::catalogue::{Catalogue, CertificationIx, FrameworkIx};
use crate::json;
use crate::pages::Context;
use crate::route::{self, Route};

/// A data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The lineage of a framework's elements.
    Lineage(FrameworkIx),
    /// The list of certifications.
    Certifications,
    /// One certification.
    Certification(CertificationIx),
    /// A part of the results of a framework.
    Results(FrameworkIx, usize),
    /// The histories of a framework's elements.
    Histories(FrameworkIx),
    /// The elements of a release.
    Elements(FrameworkIx, usize),
}

/// Every data file with its path below the site's root.
pub fn files(catalogue: &Catalogue) -> Vec<(String, File)> {
    let frameworks = catalogue.frameworks.iter().enumerate();
    let lineages = frameworks
        .map(|(index, framework)| (route::lineage_file(&framework.id), File::Lineage(index.into())));
    let certifications = catalogue.certifications.iter().enumerate().map(|(index, certification)| {
        (route::certification_data(&certification.id), File::Certification(index.into()))
    });
    let list = (route::CERTIFICATIONS_DATA.to_owned(), File::Certifications);
    lineages.chain([list]).chain(certifications).collect()
}

/// Every file for spreadsheets that is more than a table of one page.
pub fn sheets(catalogue: &Catalogue) -> Vec<(String, File)> {
    (0..catalogue.frameworks.len()).flat_map(|index| sheets_of(catalogue, index.into())).collect()
}

/// The files for spreadsheets of a framework.
fn sheets_of(catalogue: &Catalogue, index: FrameworkIx) -> Vec<(String, File)> {
    let framework = catalogue.framework(index);
    let folder = Route::Framework(index).folder(catalogue);
    let results = route::results_files(catalogue, index).into_iter().enumerate();
    let mut files: Vec<(String, File)> =
        results.map(|(part, file)| (file, File::Results(index, part))).collect();
    files.push((format!("{folder}{}", route::HISTORIES), File::Histories(index)));
    files.extend((0..framework.releases.len()).map(|release| {
        let folder = Route::Release(index, release).folder(catalogue);
        (format!("{folder}{}", route::ELEMENTS), File::Elements(index, release))
    }));
    files
}

/// What all data files are made from, besides the context.
pub struct Data {
    orders: certification::Orders,
}

impl Data {
    /// Makes it for a catalogue.
    pub fn of(catalogue: &Catalogue) -> Self {
        Self { orders: certification::Orders::of(catalogue) }
    }

    /// Writes a data file.
    pub fn write(&self, context: &Context, file: File, bytes: &mut Vec<u8>) {
        match file {
            File::Lineage(index) => {
                json::write(&lineage::of(&context.catalogue, &context.base_url, index), bytes);
            }
            File::Certifications => json::write(&certification::list(context), bytes),
            File::Certification(index) => {
                json::write(&certification::facts(context, index, &self.orders), bytes);
            }
            File::Results(index, part) => {
                let parts = route::results_parts(&context.catalogue, index);
                bytes.extend(sheets::results(context, parts[part]).finish());
            }
            File::Histories(index) => bytes.extend(sheets::histories(context, index).finish()),
            File::Elements(index, release) => {
                bytes.extend(sheets::elements(context, index, release).finish());
            }
        }
    }
}
