//! Records become a catalogue: every name is turned into an index here, and nowhere else.
//!
//! In come the records of all files, out goes the linked catalogue and a diagnostic for every name that leads to nothing.
//! A record that could not be read is known but broken: references to it raise no second report.

pub mod elements;
mod ids;
pub mod certifications;
pub mod crosswalks;
mod footprint;
mod mapping;
pub mod matrices;
pub mod overlap;
pub mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::catalogue::matrix::Matrix;
use crate::catalogue::{Catalogue, Framework, Organization, OrganizationIx, Overlap, Page, Release};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::certification::CertificationRecord;
use crate::model::config::Config;
use crate::model::crosswalk::CrosswalkRecord;
use crate::model::element::ElementRecord;
use crate::model::framework::FrameworkRecord;
use crate::model::mapping::MappingRecord;
use crate::model::organization::OrganizationRecord;
use crate::model::page::PageRecord;
use crate::model::{Kind, Record};
use crate::near;
use crate::text::{FileId, Place, Span, Spanned};

/// One file's record, ready to be linked. A copy shares the record.
#[derive(Clone)]
pub struct Input {
    /// The file.
    pub file: FileId,
    /// What it is, by its path.
    pub kind: Kind,
    /// What it says; `None` when it could not be read.
    pub record: Option<Record>,
    /// Whether the disk would not give it, which was reported.
    pub is_unread: bool,
}

/// Records by kind and id, and the ids of those that could not be read.
#[derive(Default)]
pub struct Collected {
    config: Option<Config>,
    home: Option<Page>,
    pages: BTreeMap<String, (FileId, PageRecord)>,
    notices: BTreeMap<String, (FileId, PageRecord)>,
    frameworks: BTreeMap<String, (FileId, FrameworkRecord)>,
    elements: BTreeMap<(String, String), (FileId, Arc<ElementRecord>)>,
    organizations: BTreeMap<String, (FileId, OrganizationRecord)>,
    certifications: BTreeMap<String, (FileId, Arc<CertificationRecord>)>,
    crosswalks: BTreeMap<String, (FileId, CrosswalkRecord)>,
    /// The files of each certification's mapping, in the order of their paths.
    mappings: BTreeMap<String, Vec<(FileId, MappingRecord)>>,
    assets: BTreeMap<String, FileId>,
    /// Ids of broken records: `framework/etom`, `element/etom/x`, `organization/y` …
    broken: BTreeSet<String>,
    /// Frameworks of which an elements file could not be read, so that any id may be in it.
    incomplete: BTreeSet<String>,
}

impl Collected {
    fn is_broken(&self, kind: &str, id: &str) -> bool {
        self.broken.contains(&format!("{kind}/{id}"))
    }
}

/// Links all records. A configuration that could not be read is stood in for, so that everything else is still checked.
pub fn link(
    inputs: Vec<Input>,
    paths: &dyn Fn(FileId) -> String,
    diagnostics: &mut Vec<Diagnostic>,
) -> Catalogue {
    let mut collected = collect(inputs, paths, diagnostics);
    let config = collected.config.take().unwrap_or_else(Config::stand_in);
    let home = collected.home.take();
    let (elements, releases) = elements::link(&mut collected, diagnostics);
    let frameworks = frameworks(&mut collected, releases);
    let pages = listed(std::mem::take(&mut collected.pages));
    let notices = listed(std::mem::take(&mut collected.notices));
    let organizations = organizations(&mut collected, diagnostics);
    let mut catalogue = Catalogue {
        config,
        home,
        pages,
        notices,
        frameworks,
        elements,
        organizations,
        certifications: Vec::new(),
        crosswalks: Vec::new(),
        related: BTreeMap::new(),
        overlap: Overlap::default(),
        assets: std::mem::take(&mut collected.assets),
        broken: std::mem::take(&mut collected.broken),
        incomplete: std::mem::take(&mut collected.incomplete),
        translated: BTreeSet::new(),
    };
    footprint::link(&mut catalogue, diagnostics);
    certifications::link(&mut collected, &mut catalogue, diagnostics);
    mapping::link(&mut collected, &mut catalogue, diagnostics);
    crosswalks::link(&mut collected, &mut catalogue, diagnostics);
    catalogue.overlap = overlap::of(&catalogue);
    let frameworks = 0..catalogue.frameworks.len();
    let matrices: Vec<Vec<Matrix>> =
        frameworks.into_par_iter().map(|index| matrices::of(&catalogue, index.into())).collect();
    for (framework, matrices) in catalogue.frameworks.iter_mut().zip(matrices) {
        framework.matrices = matrices;
    }
    check_site_references(&catalogue, diagnostics);
    catalogue
}

fn collect(
    inputs: Vec<Input>,
    paths: &dyn Fn(FileId) -> String,
    diagnostics: &mut Vec<Diagnostic>,
) -> Collected {
    let mut all = Collected::default();
    for Input { file, kind, record, is_unread } in inputs {
        match (kind, record) {
            (Kind::Asset, _) => {
                let path = paths(file);
                if is_published(&path) {
                    all.assets.insert(path.strip_prefix("content/").unwrap_or(&path).to_owned(), file);
                } else if !is_unread {
                    diagnostics.push(unpublished(file, &path));
                }
            }
            // They take the place of texts when everything is checked.
            (Kind::Translation { .. }, _) => {}
            (Kind::Stray, _) if is_unread => {}
            (Kind::Stray, _) => diagnostics.push(stray(file, &paths(file))),
            (Kind::Config, Some(Record::Config(config))) => {
                all.config = Some(Config { file: Some(file), ..Arc::unwrap_or_clone(config) });
            }
            (Kind::Home, Some(Record::Home(record))) => {
                all.home = Some(Page { id: String::new(), file, record: Arc::unwrap_or_clone(record) });
            }
            (Kind::Page(id), Some(Record::Page(record))) => {
                insert(&mut all.pages, (id, "page"), (file, Arc::unwrap_or_clone(record)), diagnostics);
            }
            (Kind::Notice(id), Some(Record::Notice(record))) => {
                insert(&mut all.notices, (id, "notice"), (file, Arc::unwrap_or_clone(record)), diagnostics);
            }
            (Kind::Framework(id), Some(Record::Framework(record))) => {
                insert(
                    &mut all.frameworks,
                    (id, "framework"),
                    (file, Arc::unwrap_or_clone(record)),
                    diagnostics,
                );
            }
            (Kind::Organization(id), Some(Record::Organization(record))) => {
                insert(
                    &mut all.organizations,
                    (id, "organization"),
                    (file, Arc::unwrap_or_clone(record)),
                    diagnostics,
                );
            }
            (Kind::Certification(id), Some(Record::Certification(record))) => {
                insert(&mut all.certifications, (id, "certification"), (file, record), diagnostics);
            }
            (Kind::Mapping(id), Some(Record::Mapping(record))) => {
                all.mappings.entry(id).or_default().push((file, Arc::unwrap_or_clone(record)));
            }
            (Kind::Crosswalk(id), Some(Record::Crosswalk(record))) => {
                insert(
                    &mut all.crosswalks,
                    (id, "crosswalk"),
                    (file, Arc::unwrap_or_clone(record)),
                    diagnostics,
                );
            }
            (Kind::Elements { framework, .. }, Some(Record::Elements(records, is_complete))) => {
                if !is_complete {
                    all.incomplete.insert(framework.clone());
                }
                for record in records {
                    let key = (framework.clone(), record.key.value.clone());
                    insert_element(&mut all.elements, key, (file, record), diagnostics);
                }
            }
            (Kind::Elements { framework, stem }, None) => {
                all.broken.insert(format!("element/{framework}/{stem}"));
                all.incomplete.insert(framework);
            }
            (kind, _) => all.broken.extend(broken_name(&kind)),
        }
    }
    all
}

fn broken_name(kind: &Kind) -> Option<String> {
    match kind {
        Kind::Notice(id) => Some(format!("notice/{id}")),
        Kind::Page(id) => Some(format!("page/{id}")),
        Kind::Framework(id) => Some(format!("framework/{id}")),
        Kind::Organization(id) => Some(format!("organization/{id}")),
        Kind::Certification(id) => Some(format!("certification/{id}")),
        Kind::Mapping(id) => Some(format!("mapping/{id}")),
        _ => None,
    }
}

fn insert<T>(
    records: &mut BTreeMap<String, (FileId, T)>,
    (id, what): (String, &str),
    (file, record): (FileId, T),
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some((first, _)) = records.get(&id) {
        let message = format!("the {what} `{id}` is described twice");
        diagnostics.push(
            Diagnostic::new(Code::DuplicateRecord, Place::new(file, Span::start_of_file()), message)
                .label(Place::new(*first, Span::start_of_file()), "first described here")
                .help("keep one of the two files"),
        );
        return;
    }
    records.insert(id, (file, record));
}

fn insert_element(
    elements: &mut BTreeMap<(String, String), (FileId, Arc<ElementRecord>)>,
    key: (String, String),
    (file, record): (FileId, Arc<ElementRecord>),
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some((first, other)) = elements.get(&key) {
        let message = format!("the element `{}` is described twice", key.1);
        diagnostics.push(
            Diagnostic::new(Code::DuplicateRecord, Place::new(file, record.key.span), message)
                .label(Place::new(*first, other.key.span), "first described here")
                .help("give one of them another key, or keep only one"),
        );
        return;
    }
    elements.insert(key, (file, record));
}

/// The types of files that are copied beside pages: documents, pictures, data. What a browser would run as part of the
/// site, such as HTML and scripts, is not among them; drawings were looked at when they were read.
const PUBLISHED: &[&str] = &[
    "pdf", "png", "jpg", "jpeg", "webp", "gif", "avif", "svg", "csv", "tsv", "txt", "json", "xlsx", "xls",
    "ods", "docx", "doc", "odt", "pptx", "odp", "zip",
];

fn is_published(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| PUBLISHED.contains(&ending.as_str()))
}

fn unpublished(file: FileId, path: &str) -> Diagnostic {
    let message = format!("`{path}` has a type that is not copied to the site");
    Diagnostic::new(Code::UnpublishedFile, Place::new(file, Span::start_of_file()), message)
        .help(format!("the types are {}", PUBLISHED.join(", ")))
}

fn stray(file: FileId, path: &str) -> Diagnostic {
    let message = format!("`{path}` is no place for a record, so nothing is read from it");
    Diagnostic::new(Code::MisplacedFile, Place::new(file, Span::start_of_file()), message)
        .help(place_for(path))
}

/// Where a file belongs that is read from nowhere.
fn place_for(path: &str) -> String {
    const KINDS: [&str; 7] =
        ["frameworks", "organizations", "certifications", "crosswalks", "pages", "notices", "translations"];
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["content", "certifications", name] => {
            let (id, ending) = name.rsplit_once('.').unwrap_or((name, "toml"));
            let id = if id == "certification" { "<id>" } else { id };
            format!(
                "a certification has a folder of its own, whose name is its id: move it to \
                 `content/certifications/{id}/certification.{ending}`, or to `content/organizations/` if it describes a company"
            )
        }
        ["content", "certifications", id, ..] => format!(
            "the record of a certification is `content/certifications/{id}/certification.md` or `.toml`, its mapping `mapping.toml` or \
             `mapping/*.toml` beside it"
        ),
        ["content", "frameworks", ..] => {
            "a framework has `framework.toml` (or `.md`) and its elements below `elements/`".to_owned()
        }
        ["content", folder, rest @ ..] if !KINDS.contains(folder) && !rest.is_empty() => {
            match near::nearest(folder, KINDS) {
                Some(near) => format!("did you mean the folder `content/{near}/`?"),
                None => format!("the folders below `content/` are `{}`", KINDS.join("`, `")),
            }
        }
        _ => format!("the folders below `content/` are `{}`", KINDS.join("`, `")),
    }
}

/// Pages in the order of their `order`, then of their ids.
fn listed(records: BTreeMap<String, (FileId, PageRecord)>) -> Vec<Page> {
    let mut pages: Vec<Page> =
        records.into_iter().map(|(id, (file, record))| Page { id, file, record }).collect();
    pages.sort_by_key(|page| page.record.order);
    pages
}

fn frameworks(collected: &mut Collected, releases: Vec<Vec<Release>>) -> Vec<Framework> {
    let records = std::mem::take(&mut collected.frameworks);
    let mut start = 0;
    let linked = records.into_iter().zip(releases).map(|((id, (file, record)), releases)| {
        let count = releases.first().map_or(0, |release| release.standing.len());
        let elements = (start..start + count).map(Into::into).collect();
        start += count;
        let current = record.releases.iter().position(|release| release.current);
        let current = current.unwrap_or(record.releases.len().saturating_sub(1));
        Framework {
            id,
            file,
            record,
            releases,
            current,
            elements,
            certifications: Vec::new(),
            matrices: Vec::new(),
        }
    });
    linked.collect()
}

fn organizations(collected: &mut Collected, diagnostics: &mut Vec<Diagnostic>) -> Vec<Organization> {
    let records = std::mem::take(&mut collected.organizations);
    let ids: Vec<String> = records.keys().cloned().collect();
    let linked = records.into_iter().map(|(id, (file, record))| {
        let successor = record.successor.as_ref().and_then(|successor| {
            let found = ids.binary_search(&successor.value).ok().map(OrganizationIx::from);
            if found.is_none() && !collected.is_broken("organization", &successor.value) {
                diagnostics.push(unknown_organization(file, successor, &ids));
            }
            found
        });
        Organization { id, file, record, successor, certifications: Vec::new() }
    });
    linked.collect()
}

fn unknown_organization(file: FileId, id: &Spanned<String>, known: &[String]) -> Diagnostic {
    let message = format!("no organization has the id `{}`", id.value);
    let diagnostic = Diagnostic::new(Code::UnknownOrganization, Place::new(file, id.span), message);
    suggest(diagnostic, &id.value, known.iter().map(String::as_str), |_| {
        let ids: Vec<&str> = known.iter().map(String::as_str).take(MENTIONED).collect();
        let (list, more) = (ids.join("`, `"), known.len().saturating_sub(MENTIONED));
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let known = if ids.is_empty() { String::new() } else { format!("the ids are `{list}`{more}; ") };
        format!("{known}a new one is a file of that name in `content/organizations/`, with its `name`")
    })
}

/// So many ids are listed in a message.
const MENTIONED: usize = 8;

/// Adds the nearest right name as help and repair, or else what to do about a name that is really new.
fn suggest<'a>(
    diagnostic: Diagnostic,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce(&str) -> String,
) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let mut same = known.iter().filter(|known| known.eq_ignore_ascii_case(name.trim()));
    if let (Some(same), None) = (same.next(), same.next()) {
        let help = format!("it is written `{same}`");
        return diagnostic.help(help).rewrite_as(format!("\"{same}\""));
    }
    match near::nearest(name, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).replace_with(format!("\"{near}\"")),
        None => diagnostic.help(otherwise(name)),
    }
}

/// The notices named by a record, as indexes; names that lead to nothing are reported.
fn notices(
    names: &[Spanned<String>],
    file: FileId,
    catalogue: &Catalogue,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let mut found = Vec::new();
    for name in names {
        match catalogue.notices.iter().position(|notice| notice.id == name.value) {
            Some(index) => found.push(index),
            None if catalogue.is_broken("notice", &name.value) => {}
            None => {
                let message = format!("no notice has the id `{}`", name.value);
                let unknown = Diagnostic::new(Code::UnknownNotice, Place::new(file, name.span), message);
                let ids = catalogue.notices.iter().map(|notice| notice.id.as_str());
                diagnostics.push(suggest(unknown, &name.value, ids, |id| {
                    format!("add `content/notices/{id}.md` with its `title`")
                }));
            }
        }
    }
    found
}

/// The references of `site.toml` and of frameworks to pages and notices.
fn check_site_references(catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    use crate::model::config::NavigationTarget;
    if let Some(file) = catalogue.config.file {
        notices(&catalogue.config.notices, file, catalogue, diagnostics);
        for link in &catalogue.config.navigation {
            let NavigationTarget::Page(page) = &link.target else { continue };
            let is_known = catalogue.pages.iter().any(|known| known.id == page.value);
            if is_known || catalogue.is_broken("page", &page.value) {
                continue;
            }
            let message = format!("no page has the id `{}`", page.value);
            let broken = Diagnostic::new(Code::BrokenLink, Place::new(file, page.span), message);
            let ids = catalogue.pages.iter().map(|page| page.id.as_str());
            diagnostics.push(suggest(broken, &page.value, ids, |id| format!("add `content/pages/{id}.md`")));
        }
    }
    for framework in &catalogue.frameworks {
        notices(&framework.record.notices, framework.file, catalogue, diagnostics);
        let record = &framework.record;
        let default = record.default_scale.as_ref();
        let default = default.filter(|name| record.scales.iter().all(|scale| scale.id.value != name.value));
        let unknown = default.map(|name| certifications::unknown_scale(framework, framework.file, name));
        diagnostics.extend(unknown);
    }
}
