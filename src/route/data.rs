//! Where data files stand.
//!
//! In comes a thing of the catalogue, out goes the path of its data below the site's root.
//! An address of data never changes within a version: it is made of ids and versions, as addresses of pages are.

use crate::catalogue::{Catalogue, FrameworkIx};
use crate::model::is_usable_id;
use crate::route::segment;
use crate::text::{FileId, Place, Span};

/// Where the data begin.
pub const DATA_INDEX: &str = "api/v1/index.json";

/// The whole interface as an OpenAPI description.
pub const OPENAPI: &str = "api/v1/openapi.json";

/// The list of certifications.
pub const CERTIFICATIONS_DATA: &str = "api/v1/certifications/index.json";

/// The list of frameworks.
pub const FRAMEWORKS_DATA: &str = "api/v1/frameworks/index.json";

/// The list of organizations.
pub const ORGANIZATIONS_DATA: &str = "api/v1/organizations/index.json";

/// The list of crosswalks.
pub const CROSSWALKS_DATA: &str = "api/v1/crosswalks/index.json";

/// What the checks found.
pub const DIAGNOSTICS_DATA: &str = "api/v1/diagnostics.json";

/// The schema of a kind of data file.
pub fn schema_file(kind: &str) -> String {
    format!("api/v1/schemas/{kind}.json")
}

/// Whether a path is kept for schemas, which are the same on every site.
pub fn is_schema_file(path: &str) -> bool {
    path.starts_with("api/v1/schemas/")
}

/// A certification.
pub fn certification_data(id: &str) -> String {
    format!("api/v1/certifications/{id}.json")
}

/// The report of a certification.
pub fn report_data(id: &str) -> String {
    format!("api/v1/certifications/{id}/report.json")
}

/// A framework.
pub fn framework_data(id: &str) -> String {
    format!("api/v1/frameworks/{id}/index.json")
}

/// The lineage of a framework's elements.
pub fn lineage_file(framework: &str) -> String {
    format!("api/v1/frameworks/{framework}/lineage.json")
}

/// A release of a framework.
pub fn release_data(catalogue: &Catalogue, index: FrameworkIx, release: usize) -> String {
    let framework = catalogue.framework(index);
    let version = segment(&framework.record.releases[release].version.value);
    format!("api/v1/frameworks/{}/releases/{version}.json", framework.id)
}

/// An organization.
pub fn organization_data(id: &str) -> String {
    format!("api/v1/organizations/{id}.json")
}

/// A crosswalk.
pub fn crosswalk_data(id: &str) -> String {
    format!("api/v1/crosswalks/{id}.json")
}

/// Every file of data that is made of a record, for conflicts of addresses: a certification may have the id `index`, and pages may hold
/// files of their own. A record whose id cannot be used was reported where it was read.
pub fn data_files(catalogue: &Catalogue) -> Vec<(String, Option<Place>)> {
    let lists = [
        DATA_INDEX,
        OPENAPI,
        CERTIFICATIONS_DATA,
        FRAMEWORKS_DATA,
        ORGANIZATIONS_DATA,
        CROSSWALKS_DATA,
        DIAGNOSTICS_DATA,
    ];
    let mut files: Vec<(String, Option<Place>)> =
        lists.into_iter().map(|path| (path.to_owned(), None)).collect();
    let of = |file: FileId| Some(Place::new(file, Span::start_of_file()));
    for (at, framework) in catalogue.frameworks.iter().enumerate().filter(|(_, one)| is_usable_id(&one.id)) {
        files.push((framework_data(&framework.id), of(framework.file)));
        files.push((lineage_file(&framework.id), of(framework.file)));
        let releases = framework.record.releases.iter().enumerate();
        files.extend(releases.map(|(release, record)| {
            let place = Place::new(framework.file, record.version.span);
            (release_data(catalogue, at.into(), release), Some(place))
        }));
    }
    for one in catalogue.certifications.iter().filter(|one| is_usable_id(&one.id)) {
        files.push((certification_data(&one.id), of(one.file)));
        if one.mapping.is_some() {
            files.push((report_data(&one.id), of(one.file)));
        }
    }
    let organizations = catalogue.organizations.iter().filter(|one| is_usable_id(&one.id));
    files.extend(organizations.map(|one| (organization_data(&one.id), of(one.file))));
    let crosswalks = catalogue.crosswalks.iter().filter(|one| is_usable_id(&one.id));
    files.extend(crosswalks.map(|one| (crosswalk_data(&one.id), of(one.file))));
    files
}
