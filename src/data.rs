//! Data files: what the pages show, for programs and for the pages' own scripts.
//!
//! In comes the context of a build, out go JSON files by their place on the site, the same bytes for the same input.
//! A value that is absent is `null` and never a number; an address is relative to the site's root, which every file names.

mod value;
mod scale;
mod row;
mod certification;
mod report;
mod framework;
mod lineage;
mod organization;
mod crosswalk;
mod findings;
mod index;
pub mod schemas;
mod columns;
mod sheets;
mod descriptions;

use crate::catalogue::{Catalogue, CertificationIx, FrameworkIx, OrganizationIx};
use crate::json;
use crate::pages::Context;
use crate::route::{self, Route};

/// A data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// Where the data begin.
    Index,
    /// The whole interface as an OpenAPI description.
    OpenApi,
    /// The schema of a kind of file, by its place in the list of kinds.
    Schema(usize),
    /// The list of certifications.
    Certifications,
    /// One certification.
    Certification(CertificationIx),
    /// The report of a certification that has one.
    Report(CertificationIx),
    /// The list of frameworks.
    Frameworks,
    /// One framework.
    Framework(FrameworkIx),
    /// The lineage of a framework's elements.
    Lineage(FrameworkIx),
    /// A release of a framework.
    Release(FrameworkIx, usize),
    /// The list of organizations.
    Organizations,
    /// One organization.
    Organization(OrganizationIx),
    /// The list of crosswalks.
    Crosswalks,
    /// One crosswalk.
    Crosswalk(usize),
    /// What the checks found.
    Findings,
    /// A part of the results of a framework.
    Results(FrameworkIx, usize),
    /// The histories of a framework's elements.
    Histories(FrameworkIx),
    /// The elements of a release.
    Elements(FrameworkIx, usize),
    /// What the tables of a framework consist of.
    Tables(FrameworkIx),
    /// What the table of a release's elements consists of.
    ElementsTable(FrameworkIx, usize),
}

/// Every data file with its path below the site's root. `route::data_files` has the same paths, for conflicts.
pub fn files(catalogue: &Catalogue) -> Vec<(String, File)> {
    let fixed = [
        (route::DATA_INDEX, File::Index),
        (route::OPENAPI, File::OpenApi),
        (route::CERTIFICATIONS_DATA, File::Certifications),
        (route::FRAMEWORKS_DATA, File::Frameworks),
        (route::ORGANIZATIONS_DATA, File::Organizations),
        (route::CROSSWALKS_DATA, File::Crosswalks),
        (route::DIAGNOSTICS_DATA, File::Findings),
    ];
    let mut files: Vec<(String, File)> =
        fixed.into_iter().map(|(path, file)| (path.to_owned(), file)).collect();
    let schemas = schemas::KINDS.iter().enumerate();
    files.extend(schemas.map(|(at, kind)| (route::schema_file(kind.name), File::Schema(at))));
    for (at, framework) in catalogue.frameworks.iter().enumerate() {
        let index = at.into();
        files.push((route::framework_data(&framework.id), File::Framework(index)));
        files.push((route::lineage_file(&framework.id), File::Lineage(index)));
        let releases = 0..framework.releases.len();
        files.extend(
            releases.map(|release| {
                (route::release_data(catalogue, index, release), File::Release(index, release))
            }),
        );
    }
    for (at, certification) in catalogue.certifications.iter().enumerate() {
        files.push((route::certification_data(&certification.id), File::Certification(at.into())));
        if certification.mapping.is_some() {
            files.push((route::report_data(&certification.id), File::Report(at.into())));
        }
    }
    let organizations = catalogue.organizations.iter().enumerate();
    files.extend(
        organizations.map(|(at, one)| (route::organization_data(&one.id), File::Organization(at.into()))),
    );
    let crosswalks = catalogue.crosswalks.iter().enumerate();
    files.extend(crosswalks.map(|(at, one)| (route::crosswalk_data(&one.id), File::Crosswalk(at))));
    files
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
    files.push((format!("{folder}{}", route::TABLES), File::Tables(index)));
    files.extend((0..framework.releases.len()).map(|release| {
        let folder = Route::Release(index, release).folder(catalogue);
        (format!("{folder}{}", route::TABLES), File::ElementsTable(index, release))
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
        let catalogue = &context.catalogue;
        match file {
            File::Index => {
                let kinds = schemas::KINDS.iter().map(|kind| (kind.name, kind.path));
                json::write(&index::of(context, schemas::VERSION, kinds), bytes);
            }
            File::OpenApi => {
                let title = &catalogue.config.title;
                json::write(&schemas::openapi(context.base_url.as_str(), title), bytes);
            }
            File::Schema(kind) => json::write(schemas::of_kind(kind), bytes),
            File::Certifications => json::write(&certification::list(context), bytes),
            File::Certification(index) => {
                json::write(&certification::facts(context, index, &self.orders), bytes);
            }
            File::Report(index) => {
                if let Some(mapping) = &catalogue.certification(index).mapping {
                    json::write(&report::of(context, index, mapping), bytes);
                }
            }
            File::Frameworks => json::write(&framework::list(context), bytes),
            File::Framework(index) => json::write(&framework::facts(context, index), bytes),
            File::Lineage(index) => {
                json::write(&lineage::of(catalogue, &context.base_url, index), bytes);
            }
            File::Release(index, release) => {
                json::write(&framework::release(context, index, release), bytes);
            }
            File::Organizations => json::write(&organization::list(context), bytes),
            File::Organization(index) => json::write(&organization::facts(context, index), bytes),
            File::Crosswalks => json::write(&crosswalk::list(context), bytes),
            File::Crosswalk(index) => json::write(&crosswalk::facts(context, index), bytes),
            File::Findings => json::write(&findings::of(context), bytes),
            File::Results(index, part) => {
                let parts = route::results_parts(catalogue, index);
                bytes.extend(sheets::results(context, parts[part]).finish());
            }
            File::Histories(index) => bytes.extend(sheets::histories(context, index).finish()),
            File::Tables(index) => json::write(&descriptions::of_framework(context, index), bytes),
            File::ElementsTable(index, release) => {
                json::write(&descriptions::of_release(context, index, release), bytes);
            }
            File::Elements(index, release) => {
                bytes.extend(sheets::elements(context, index, release).finish());
            }
        }
    }
}
