//! Certifications find their organization, framework, release, scale and, row by row, their elements.
//!
//! In come certification records and the linked frameworks, out go certifications with every row at its element, in both directions.
//! A row's id is looked up in its own release only: the same id may mean another element elsewhere.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::elements::unknown_release;
use super::{Collected, ids, notices, suggest, unknown_organization};
use crate::catalogue::{
    Catalogue, Certification, CertificationIx, ElementIx, Framework, FrameworkIx, OrganizationIx, Row,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::certification::{CertificationRecord, Location, ResultRecord, Value};
use crate::near;
use crate::parse::picture;
use crate::text::{FileId, Place, Span, Spanned};

/// Links all certifications and adds them to the catalogue.
pub(super) fn link(collected: &mut Collected, catalogue: &mut Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    let records: Vec<_> = std::mem::take(&mut collected.certifications).into_iter().collect();
    let links = Links::new(catalogue);
    let linked: Vec<(String, Option<Certification>, Vec<Diagnostic>)> = records
        .into_par_iter()
        .map(|(id, (file, record))| {
            let mut found = Vec::new();
            (id.clone(), links.certification(id, file, record, &mut found), found)
        })
        .collect();
    drop(links);
    for (id, certification, mut found) in linked {
        diagnostics.append(&mut found);
        match certification {
            Some(certification) => catalogue.certifications.push(certification),
            // Its framework or release is not there, which was reported; links to it need no second report.
            None => {
                catalogue.broken.insert(format!("certification/{id}"));
            }
        }
    }
    link_back(catalogue);
}

/// The other direction: from elements, organizations and frameworks to certifications.
fn link_back(catalogue: &mut Catalogue) {
    let Catalogue { certifications, elements, organizations, frameworks, .. } = catalogue;
    for (index, certification) in certifications.iter().enumerate() {
        let certification_ix = CertificationIx::from(index);
        for (row, linked) in certification.rows.iter().enumerate() {
            if let Some(element) = linked.element {
                elements[element.index()].results.push((certification_ix, row as u32));
            }
        }
        if let Some(organization) = certification.organization {
            organizations[organization.index()].certifications.push(certification_ix);
        }
        frameworks[certification.framework.index()].certifications.push(certification_ix);
    }
    let newest = |index: &CertificationIx| Reverse(age(&certifications[index.index()]));
    for organization in organizations {
        organization.certifications.sort_by_key(newest);
    }
    for framework in frameworks {
        framework.certifications.sort_by_key(newest);
    }
}

/// By what certifications are listed: the day they were completed, or from which they are valid; undated ones are the oldest.
pub fn age(certification: &Certification) -> Option<crate::model::date::Day> {
    let record = &certification.record;
    let date = record.completed.as_ref().or(record.valid_from.as_ref());
    date.map(|date| date.value.last_day())
}

/// What certifications can refer to.
pub(super) struct Links<'c> {
    pub(super) catalogue: &'c Catalogue,
    organizations: Vec<String>,
}

impl<'c> Links<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        let organizations = catalogue.organizations.iter();
        let organizations = organizations.map(|organization| organization.id.clone()).collect();
        Self { catalogue, organizations }
    }

    fn certification(
        &self,
        id: String,
        file: FileId,
        record: Arc<CertificationRecord>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Certification> {
        let organization = self.organization(file, &record.organization, diagnostics);
        let own_notices = notices(&record.notices, file, self.catalogue, diagnostics);
        self.check_documents(&id, file, &record, diagnostics);
        let framework_ix = self.framework(file, &record.framework, diagnostics)?;
        let framework = self.catalogue.framework(framework_ix);
        let release = release(framework, file, &record.release, diagnostics)?;
        let scale = Self::scale(framework, file, &record, diagnostics);
        let mut notices = own_notices;
        for notice in &framework.record.notices {
            let known = self.catalogue.notices.iter().position(|known| known.id == notice.value);
            notices.extend(known.filter(|known| !notices.contains(known)));
        }
        let mut certification = Certification {
            id,
            file,
            record,
            organization,
            framework: framework_ix,
            release,
            scale,
            rows: Vec::new(),
            modules: Vec::new(),
            mapping: None,
            notices,
        };
        certification.rows = self.rows(framework, &certification, diagnostics);
        let record = &certification.record;
        let documents = record.documents.iter().filter_map(|document| document.element.as_ref());
        for id in documents.chain(record.remarks.iter().filter_map(|remark| remark.element.as_ref())) {
            let id = Spanned::new(id.value.as_str().into(), id.span);
            ids::element(self.catalogue, framework, (release, file), &id, diagnostics);
        }
        let modules = record.modules.iter().map(|module| {
            let ids = module.elements.iter().filter_map(|id| {
                let id = Spanned::new(id.value.as_str().into(), id.span);
                ids::element(self.catalogue, framework, (release, file), &id, diagnostics)
            });
            ids.collect()
        });
        certification.modules = modules.collect();
        Some(certification)
    }

    fn organization(
        &self,
        file: FileId,
        id: &Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<OrganizationIx> {
        let found = self.organizations.binary_search(&id.value).ok().map(OrganizationIx::from);
        if found.is_none() && !self.catalogue.is_broken("organization", &id.value) {
            diagnostics.push(unknown_organization(file, id, &self.organizations));
        }
        found
    }

    pub(super) fn framework(
        &self,
        file: FileId,
        id: &Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<FrameworkIx> {
        let known = || self.catalogue.frameworks.iter().map(|framework| framework.id.as_str());
        let found = known().position(|known| known == id.value).map(FrameworkIx::from);
        if found.is_none() && !self.catalogue.is_broken("framework", &id.value) {
            let message = format!("no framework has the id `{}`", id.value);
            let unknown = Diagnostic::new(Code::UnknownFramework, Place::new(file, id.span), message);
            diagnostics.push(suggest(unknown, &id.value, known(), |id| {
                format!("add `content/frameworks/{id}/framework.toml`")
            }));
        }
        found
    }

    fn scale(
        framework: &Framework,
        file: FileId,
        record: &CertificationRecord,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<usize> {
        let scales = &framework.record.scales;
        let named = record.scale.as_ref().or(framework.record.default_scale.as_ref());
        let Some(name) = named else {
            let needs_scale = record
                .results
                .iter()
                .any(|result| matches!(result.value.value, Value::Score(_) | Value::Rating(_)));
            if needs_scale && scales.len() != 1 {
                let message = "a certification with scores needs the key `scale`";
                let names: Vec<String> = scales.iter().map(|scale| format!("`{}`", scale.id.value)).collect();
                let place = Place::new(file, record.framework.span);
                diagnostics.push(Diagnostic::new(Code::MissingKey, place, message).help(format!(
                    "the scales of `{}` are {}",
                    framework.id,
                    names.join(", ")
                )));
            }
            return (scales.len() == 1).then_some(0);
        };
        let found = scales.iter().position(|scale| scale.id.value == name.value);
        // A default that leads to nothing is reported with the framework.
        if found.is_none() && record.scale.is_some() {
            diagnostics.push(unknown_scale(framework, file, name));
        }
        found
    }

    fn rows(
        &self,
        framework: &Framework,
        certification: &Certification,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Row> {
        let record = &certification.record;
        let scale = certification.scale.map(|scale| &framework.record.scales[scale]);
        let mut seen: HashMap<(ElementIx, usize), &ResultRecord> =
            HashMap::with_capacity(record.results.len());
        let rows = record.results.iter().map(|result| {
            let file = certification.file;
            let release = match result.release() {
                Some(stated) => release(framework, file, stated, diagnostics),
                None => Some(certification.release),
            };
            let rating = match &result.value.value {
                Value::Score(score) => scale.and_then(|scale| scale.rating_of(*score)),
                Value::Rating(id) => {
                    let scale = scale.map(|scale| scale.ratings.as_slice()).unwrap_or_default();
                    let ids = || scale.iter().filter_map(|rating| rating.id.as_ref());
                    let found = scale
                        .iter()
                        .position(|rating| rating.id.as_ref().is_some_and(|known| *known.value == **id));
                    if found.is_none() && certification.scale.is_some() {
                        let message = format!("the scale has no rating `{id}`");
                        let place = certification.place(result.value.span);
                        let unknown = Diagnostic::new(Code::UnknownRating, place, message);
                        diagnostics.push(suggest(unknown, id, ids().map(|id| id.value.as_str()), |_| {
                            let known: Vec<_> = ids().map(|id| format!("`{}`", id.value)).collect();
                            if known.is_empty() {
                                "this scale is numeric: give a `score`".to_owned()
                            } else {
                                format!("its ratings are {}", known.join(", "))
                            }
                        }));
                    }
                    found
                }
                Value::Outcome(_) | Value::Unstated => None,
            };
            let element = release.and_then(|release| {
                ids::element(self.catalogue, framework, (release, file), &result.element, diagnostics)
            });
            for missing in result.missing() {
                let id = Spanned::new(missing.value.as_str().into(), missing.span);
                release.map(|release| {
                    ids::element(self.catalogue, framework, (release, file), &id, diagnostics)
                });
            }
            let first = element.zip(release).and_then(|key| match seen.entry(key) {
                std::collections::hash_map::Entry::Occupied(first) => Some(*first.get()),
                std::collections::hash_map::Entry::Vacant(vacant) => {
                    vacant.insert(result);
                    None
                }
            });
            let release = release.unwrap_or(certification.release) as u16;
            Row { element, release, rating: rating.map(|rating| rating as u8), repeated: first.is_some() }
        });
        rows.collect()
    }

    /// Documents and evidence that should be in the certification's folder.
    fn check_documents(
        &self,
        id: &str,
        file: FileId,
        record: &CertificationRecord,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let documents = record.documents.iter().map(|document| &document.location);
        let evidence = record.results.iter().flat_map(|result| result.evidence.iter().map(|(_, at)| at));
        for location in documents.chain(evidence) {
            let Location::File(name) = location else { continue };
            let path = format!("certifications/{id}/{}", name.value);
            diagnostics.extend(document_fault(file, name, &path, self.catalogue));
        }
    }
}

/// A scale that the framework does not have.
pub(super) fn unknown_scale(framework: &Framework, file: FileId, name: &Spanned<String>) -> Diagnostic {
    let message = format!("the framework `{}` has no scale `{}`", framework.id, name.value);
    let unknown = Diagnostic::new(Code::UnknownScale, Place::new(file, name.span), message);
    let known = framework.record.scales.iter().map(|scale| scale.id.value.as_str());
    suggest(unknown, &name.value, known, |id| {
        format!("add a `[[scale]]` with `id = \"{id}\"` to framework.toml")
    })
}

/// Why a record cannot give a file as a document: it is not there, or it is a drawing, which pages show and never link to.
pub(super) fn document_fault(
    file: FileId,
    name: &Spanned<String>,
    path: &str,
    catalogue: &Catalogue,
) -> Option<Diagnostic> {
    if !catalogue.assets.contains_key(path) {
        return Some(missing_file(Place::new(file, name.span), &name.value, path, catalogue));
    }
    picture::is_drawing(path).then(|| picture::linked_drawing(name.span, &name.value).in_file(file))
}

/// A file that is not in the catalogue, with the nearest one in the same folder.
pub(super) fn missing_file(place: Place, name: &str, path: &str, catalogue: &Catalogue) -> Diagnostic {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let prefix = format!("{folder}/");
    let siblings = catalogue.assets.keys().filter_map(|asset| asset.strip_prefix(&prefix));
    let message = format!("the file `{name}` is not in the catalogue");
    let missing = Diagnostic::new(Code::MissingFile, place, message);
    match near::suggestion(name, siblings) {
        Some(help) => missing.help(help),
        None => missing.help(format!("add it as `content/{path}`")),
    }
}

/// The release of a framework that a record names.
pub(super) fn release(
    framework: &Framework,
    file: FileId,
    version: &Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let versions = framework.record.versions();
    let found = versions.iter().position(|known| *known == version.value);
    if found.is_none() {
        diagnostics.push(unknown_release(file, version, &framework.id, &versions));
    }
    found
}

/// The span of a record's first key, for findings about the record as a whole.
pub fn head(record: &CertificationRecord) -> Span {
    record.organization.span
}
