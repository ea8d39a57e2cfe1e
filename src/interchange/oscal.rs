//! OSCAL: a catalogue for every release, and for every certification a component definition with its assessment results.
//!
//! In come certifications and the day that stands for the time of the documents, out go JSON documents of version 1.2.3 that refer to each other.
//! Every UUID follows from the address of what it names, so that the same record has the same ones in every export.

mod catalog;
mod component;
mod results;

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::Exported;
use super::markup::{line, markdown};
use super::told::{Told, address, release_name};
use crate::catalogue::{Catalogue, Certification, CertificationIx, FrameworkIx};
use crate::model::certification::Location;
use crate::model::date::{Day, instant};
use crate::route;

/// The version of OSCAL that the documents are of.
pub const VERSION: &str = "1.2.3";

/// The documents of certifications, with the catalogues that they refer to.
pub fn documents(catalogue: &Catalogue, chosen: &[CertificationIx], as_of: Day) -> Exported {
    let mut exported = Exported::default();
    let mut releases: BTreeSet<(FrameworkIx, usize)> = BTreeSet::new();
    for index in chosen {
        let document = Document { catalogue, index: *index, as_of };
        let certification = document.certification();
        let id = &certification.id;
        let unknown = certification.results().filter(|(row, _)| row.element.is_none()).count();
        if unknown > 0 {
            exported
                .left_out
                .push(format!("`{id}`: rows about elements that are not in the catalogue: {unknown}"));
        }
        releases.insert((certification.framework, certification.release));
        releases.extend(
            Told::rows(catalogue, certification)
                .map(|told| (certification.framework, usize::from(told.row.release))),
        );
        exported.add(format!("{id}/component-definition.json"), &component::definition(&document));
        match results::results(&document) {
            Ok(results) => exported.add(format!("{id}/assessment-results.json"), &results),
            Err(why) => exported.left_out.push(format!("`{id}` has no assessment results: {why}")),
        }
    }
    for (framework, release) in releases {
        let version = &catalogue.framework(framework).record.releases[release].version.value;
        let name = format!("catalogs/{}-{}.json", catalogue.framework(framework).id, route::segment(version));
        exported.add(name, &catalog::catalog(catalogue, (framework, release), as_of));
    }
    exported
}

/// What the documents of one certification are made from.
#[derive(Clone, Copy)]
struct Document<'c> {
    catalogue: &'c Catalogue,
    index: CertificationIx,
    as_of: Day,
}

impl<'c> Document<'c> {
    fn certification(&self) -> &'c Certification {
        self.catalogue.certification(self.index)
    }

    /// The UUID of a part of the certification.
    fn uuid(&self, part: &str) -> String {
        uuid(&address(self.catalogue, self.index), part)
    }

    /// What stands at the beginning of a document about the certification.
    fn metadata(&self, title: &str) -> Json {
        let certification = self.certification();
        let mut metadata = metadata(title, self.as_of);
        let mut party = json!({
            "uuid": self.party(),
            "type": "organization",
            "name": line(self.catalogue.organization_name(certification)),
        });
        let organization = certification.organization.map(|index| self.catalogue.organization(index));
        if let Some(url) = organization.and_then(|organization| organization.record.url.as_deref()) {
            party["links"] = json!([{ "href": url, "rel": "homepage" }]);
        }
        metadata["roles"] = json!([{ "id": "provider", "title": "Provider of the product" }]);
        metadata["parties"] = json!([party]);
        metadata["links"] = json!([{ "href": address(self.catalogue, self.index), "rel": "canonical" }]);
        metadata
    }

    /// The UUID of the organization.
    fn party(&self) -> String {
        let base = self.catalogue.config.base_url.as_str();
        uuid(base, &format!("organizations/{}", self.certification().record.organization.value))
    }

    /// The UUID of the product as a component.
    fn component(&self) -> String {
        self.uuid("component")
    }

    /// What certalog's own properties belong to: the catalogue that states them.
    fn property(&self, name: &str, value: &str) -> Option<Json> {
        let value = line(value);
        let ns = self.catalogue.config.base_url.as_str();
        (!value.is_empty()).then(|| json!({ "name": name, "ns": ns, "value": value }))
    }

    /// The properties of a row: what it says, exactly.
    fn properties(&self, told: &Told<'_>) -> Vec<Json> {
        let stated = [
            ("element-id", Some(told.result.element.value.to_string())),
            ("result", told.rating().map(str::to_owned)),
            ("score", told.score()),
            ("coverage", told.coverage()),
            ("printed", told.result.printed.as_ref().map(|printed| printed.value.to_string())),
        ];
        stated.into_iter().filter_map(|(name, value)| self.property(name, &value?)).collect()
    }

    /// The key of a row's element as the id of a control.
    fn control(&self, told: &Told<'_>) -> Option<String> {
        let element = told.row.element.map(|element| self.catalogue.element(element))?;
        Some(super::markup::token(&element.record.key.value))
    }

    /// The documents that somebody can read, as resources.
    fn resources(&self) -> Vec<Json> {
        let certification = self.certification();
        let documents = certification.record.documents.iter().enumerate();
        let resources = documents.filter_map(|(at, document)| {
            let href = self.href(&document.location)?;
            let title = markdown(&document.title);
            let uuid = self.uuid(&format!("document/{at}"));
            Some(json!({ "uuid": uuid, "title": title, "rlinks": [{ "href": href }] }))
        });
        resources.collect()
    }

    /// Where a document stands, if anywhere.
    fn href(&self, location: &Location) -> Option<String> {
        match location {
            Location::Web(url) => Some(url.to_string()),
            Location::File(name) => {
                Some(format!("{}{}", address(self.catalogue, self.index), route::encode_path(&name.value)))
            }
            Location::Unpublished => None,
        }
    }

    /// The document of a release's catalogue, seen from one about the certification.
    fn source(&self, release: usize) -> String {
        format!("../catalogs/{}.json", release_name(self.catalogue, self.certification(), release))
    }
}

/// A UUID of version 5: of a part of what stands at an address.
fn uuid(address: &str, part: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{address}#oscal/{part}").as_bytes()).to_string()
}

/// What every document says of itself. The day of the export is its version, for there is no other.
fn metadata(title: &str, as_of: Day) -> Json {
    json!({
        "title": markdown(title),
        "last-modified": instant(as_of),
        "version": as_of.to_string(),
        "oscal-version": VERSION,
    })
}
