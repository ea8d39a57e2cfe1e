//! Links inside texts: `[[etom:1.3.7.4]]`, `[[huawei-digital-crm-r2.1]]`, `[report](report.pdf)`.
//!
//! In comes a target as written, out goes the thing it names, or a diagnostic with the nearest names.
//! Where that thing stands on the site is decided later, by the routes.

use super::certifications::missing_file;
use crate::catalogue::{Catalogue, CertificationIx, ElementIx, FrameworkIx, OrganizationIx};
use crate::diagnostic::{Code, Diagnostic};
use crate::near;
use crate::parse::markdown::{Body, ReferenceKind};
use crate::parse::picture;
use crate::text::{FileId, Place};

/// What a link in a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// An element; with a release, as it stands there.
    Element(ElementIx, Option<usize>),
    /// A framework, or one of its releases.
    Framework(FrameworkIx, Option<usize>),
    /// A certification.
    Certification(CertificationIx),
    /// An organization.
    Organization(OrganizationIx),
    /// A step of a certification's mapping.
    Step(CertificationIx, usize),
    /// A free page, as an index into the catalogue's.
    Page(usize),
    /// A notice, as an index into the catalogue's.
    Notice(usize),
}

/// The thing that `target` names: `framework:id`, `framework@release:id`, `framework`, `framework@release`, or a record's id.
pub fn resolve(catalogue: &Catalogue, target: &str) -> Option<Target> {
    let target = target.trim();
    let (scope, id) = match target.split_once(':') {
        Some((scope, id)) => (scope, Some(id.trim())),
        None => (target, None),
    };
    let (framework, version) = match scope.split_once('@') {
        Some((framework, version)) => (framework, Some(version)),
        None => (scope, None),
    };
    let found = catalogue.frameworks.iter().position(|known| known.id == framework);
    if let Some(index) = found {
        let framework = &catalogue.frameworks[index];
        let versions = framework.record.versions();
        let release = match version {
            Some(version) => Some(versions.into_iter().position(|known| known == version)?),
            None => None,
        };
        return match id {
            None => Some(Target::Framework(index.into(), release)),
            Some(id) => {
                let searched: Vec<usize> = match release {
                    Some(release) => vec![release],
                    None => (0..framework.releases.len()).rev().collect(),
                };
                let element = searched.iter().find_map(|at| framework.releases[*at].ids.get(id));
                element.map(|element| Target::Element(*element, release))
            }
        };
    }
    if id.is_some() || version.is_some() {
        return None;
    }
    let certification = || catalogue.certifications.iter().position(|known| known.id == target);
    let organization = || catalogue.organizations.iter().position(|known| known.id == target);
    let page = || catalogue.pages.iter().position(|known| known.id == target);
    let notice = || catalogue.notices.iter().position(|known| known.id == target);
    certification()
        .map(|index| Target::Certification(index.into()))
        .or_else(|| organization().map(|index| Target::Organization(index.into())))
        .or_else(|| page().map(Target::Page))
        .or_else(|| notice().map(Target::Notice))
}

/// The same in a text of a certification, where a step of its mapping may be named by its id alone.
pub fn resolve_in(catalogue: &Catalogue, scope: Option<CertificationIx>, target: &str) -> Option<Target> {
    let step = scope.and_then(|index| {
        let mapping = catalogue.certification(index).mapping.as_ref()?;
        mapping.ids.get(target.trim()).map(|step| Target::Step(index, *step))
    });
    step.or_else(|| resolve(catalogue, target))
}

/// Reports every link of a text that leads to nothing. `folder` is where relative files are looked for, below `content/`.
pub fn check(catalogue: &Catalogue, body: &Body, place: (FileId, &str), diagnostics: &mut Vec<Diagnostic>) {
    check_in(catalogue, None, body, place, diagnostics);
}

/// The same for a text of a certification.
pub fn check_in(
    catalogue: &Catalogue,
    scope: Option<CertificationIx>,
    body: &Body,
    (file, folder): (FileId, &str),
    diagnostics: &mut Vec<Diagnostic>,
) {
    for reference in body.references() {
        let place = Place::new(file, reference.span);
        let target = &reference.target;
        match reference.kind {
            ReferenceKind::Record => {
                let is_known = resolve_in(catalogue, scope, target).is_some();
                if !is_known && !names_broken(catalogue, target) && !may_be_step(catalogue, scope) {
                    let is_flood = near::is_flood(diagnostics, Code::BrokenLink);
                    diagnostics.push(broken(catalogue, scope, (place, target), is_flood));
                }
            }
            ReferenceKind::File | ReferenceKind::Picture => {
                let full = join(folder, target);
                if !catalogue.assets.contains_key(&full) {
                    let mut missing = missing_file(place, target, &full, catalogue);
                    if reference.kind == ReferenceKind::File {
                        missing.code = Code::BrokenLink;
                    }
                    diagnostics.push(missing);
                } else if reference.kind == ReferenceKind::File && picture::is_drawing(target) {
                    diagnostics.push(picture::linked_drawing(place.span, target).in_file(file));
                } else if reference.kind == ReferenceKind::Picture && !picture::is_picture(target) {
                    diagnostics.push(picture::no_picture(place.span, target).in_file(file));
                }
            }
        }
    }
}

/// The folder of a free page's own files, below `content/`: `pages/guide` for the page `guide/scope`.
pub fn page_folder(id: &str) -> String {
    id.rsplit_once('/').map_or_else(|| "pages".to_owned(), |(folder, _)| format!("pages/{folder}"))
}

/// A relative path within a folder.
pub fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// Whether a target may be a record that could not be read, which has its own report.
fn names_broken(catalogue: &Catalogue, target: &str) -> bool {
    let scope = target.split([':', '@']).next().unwrap_or_default();
    let kinds = ["certification", "organization", "framework", "page", "notice"];
    kinds.iter().any(|kind| catalogue.is_broken(kind, scope)) || catalogue.incomplete.contains(scope)
}

/// Whether a part of the certification's mapping could not be read, so that any name may be a step of it.
fn may_be_step(catalogue: &Catalogue, scope: Option<CertificationIx>) -> bool {
    scope.is_some_and(|index| {
        let certification = catalogue.certification(index);
        let is_complete = certification.mapping.as_ref().is_none_or(|mapping| mapping.is_complete);
        !is_complete || catalogue.is_broken("mapping", &certification.id)
    })
}

fn broken(
    catalogue: &Catalogue,
    scope: Option<CertificationIx>,
    (place, target): (Place, &str),
    is_flood: bool,
) -> Diagnostic {
    let message = format!("`[[{target}]]` leads to nothing");
    let diagnostic = Diagnostic::new(Code::BrokenLink, place, message);
    let near = match target.split_once(':') {
        _ if is_flood => None,
        Some((scope, id)) => {
            let (framework, version) = scope.split_once('@').unwrap_or((scope, ""));
            let known = catalogue.frameworks.iter().find(|known| known.id == framework);
            let releases =
                known.into_iter().flat_map(|known| known.record.releases.iter().zip(&known.releases));
            let releases =
                releases.filter(|(record, _)| version.is_empty() || record.version.value == version);
            let mut ids: Vec<&str> =
                releases.flat_map(|(_, release)| release.ids.keys()).map(|id| &**id).collect();
            ids.sort_unstable();
            near::nearest(id, ids).map(|near| format!("{scope}:{near}"))
        }
        None => {
            let ids = catalogue.certifications.iter().map(|known| known.id.as_str());
            let ids = ids.chain(catalogue.organizations.iter().map(|known| known.id.as_str()));
            let ids = ids.chain(catalogue.frameworks.iter().map(|known| known.id.as_str()));
            let ids = ids.chain(catalogue.pages.iter().map(|known| known.id.as_str()));
            let mapping = scope.and_then(|index| catalogue.certification(index).mapping.as_ref());
            let steps = mapping.into_iter().flat_map(|mapping| &mapping.steps);
            let ids = ids.chain(steps.map(|step| step.record.id.value.as_str()));
            near::nearest(target, ids).map(str::to_owned)
        }
    };
    match near {
        Some(near) => diagnostic.help(format!("did you mean `[[{near}]]`?")),
        None => diagnostic.help(
            "a link names `framework:id`, `framework@release:id`, or the id of a framework, certification, organization or page",
        ),
    }
}
