//! Where the data begin: what the catalogue is, how much there is in it, and where everything stands.
//!
//! In comes the whole catalogue, out goes one small file that leads to all others.
//! Nothing in it depends on the day of the build but the day itself, which it states.

use schemars::JsonSchema;
use serde::Serialize;

use crate::pages::Context;
use crate::route;

/// What the catalogue is, and where its data stand.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "index")]
pub(super) struct Index<'c> {
    /// The site's root, for the addresses below and in every other file.
    site: &'c str,
    /// The version of these data, as its changelog counts it: the part before the point is that of the address.
    version: &'static str,
    /// The catalogue's name.
    title: &'c str,
    /// One sentence about it; `null` where it states none.
    description: Option<&'c str>,
    /// The language of words that certalog adds, a BCP 47 tag.
    language: &'c str,
    /// The language of texts from records, a BCP 47 tag.
    content_language: &'c str,
    /// Who publishes it; `null` where it does not say.
    publisher: Option<PublisherFacts<'c>>,
    /// The day for which validity was judged.
    as_of: String,
    /// How much there is.
    counts: Counts,
    /// Where the lists stand, each with what it lists.
    lists: Lists,
    /// The interface as an OpenAPI description.
    openapi: &'static str,
    /// The JSON Schema of every kind of file.
    schemas: Vec<SchemaFacts>,
}

/// Who publishes the catalogue.
#[derive(Serialize, JsonSchema)]
struct PublisherFacts<'c> {
    /// The name.
    name: &'c str,
    /// Their home; `null` where it is not stated.
    url: Option<&'c str>,
}

/// How much there is.
#[derive(Serialize, JsonSchema)]
struct Counts {
    /// Frameworks.
    frameworks: usize,
    /// Releases of all frameworks.
    releases: usize,
    /// Elements of all frameworks, each once.
    elements: usize,
    /// Organizations.
    organizations: usize,
    /// Certifications.
    certifications: usize,
    /// Rows of all certifications, with those that counts leave out.
    rows: usize,
    /// Crosswalks.
    crosswalks: usize,
}

/// Where the lists stand.
#[derive(Serialize, JsonSchema)]
struct Lists {
    /// Every certification.
    certifications: &'static str,
    /// Every framework.
    frameworks: &'static str,
    /// Every organization.
    organizations: &'static str,
    /// Every crosswalk.
    crosswalks: &'static str,
    /// What the checks found.
    diagnostics: &'static str,
}

/// A JSON Schema.
#[derive(Serialize, JsonSchema)]
struct SchemaFacts {
    /// What it describes.
    kind: &'static str,
    /// The files that it describes; a part in braces stands for an id.
    files: &'static str,
    /// The schema.
    address: String,
}

/// The index, with the version of the data and every kind of file that there is: its name and where its files stand.
pub(super) fn of<'c>(
    context: &'c Context,
    version: &'static str,
    kinds: impl Iterator<Item = (&'static str, &'static str)>,
) -> Index<'c> {
    let catalogue = &context.catalogue;
    let config = &catalogue.config;
    let schemas = kinds.map(|(kind, files)| SchemaFacts { kind, files, address: route::schema_file(kind) });
    Index {
        site: context.base_url.as_str(),
        version,
        title: &config.title,
        description: config.description.as_deref(),
        language: context.words.language(),
        content_language: &config.content_language,
        publisher: config
            .publisher
            .as_ref()
            .map(|publisher| PublisherFacts { name: &publisher.name, url: publisher.url.as_deref() }),
        as_of: context.as_of.to_string(),
        counts: Counts {
            frameworks: catalogue.frameworks.len(),
            releases: catalogue.frameworks.iter().map(|framework| framework.releases.len()).sum(),
            elements: catalogue.elements.len(),
            organizations: catalogue.organizations.len(),
            certifications: catalogue.certifications.len(),
            rows: catalogue.certifications.iter().map(|certification| certification.rows.len()).sum(),
            crosswalks: catalogue.crosswalks.len(),
        },
        lists: Lists {
            certifications: route::CERTIFICATIONS_DATA,
            frameworks: route::FRAMEWORKS_DATA,
            organizations: route::ORGANIZATIONS_DATA,
            crosswalks: route::CROSSWALKS_DATA,
            diagnostics: route::DIAGNOSTICS_DATA,
        },
        openapi: route::OPENAPI,
        schemas: schemas.collect(),
    }
}
