//! Data files: what the pages show, for programs and for the pages' own scripts.
//!
//! In comes the context of a build, out go JSON files by their place on the site, the same bytes for the same input.
//! A value that is absent is `null` and never a number; an address is relative to the site's root, which every file names.

mod certification;
mod lineage;

use crate::catalogue::{Catalogue, CertificationIx, FrameworkIx};
use crate::json;
use crate::pages::Context;
use crate::route;

/// A data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// The lineage of a framework's elements.
    Lineage(FrameworkIx),
    /// The list of certifications.
    Certifications,
    /// One certification.
    Certification(CertificationIx),
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
        }
    }
}
