//! What an id means in a release.
//!
//! In come a framework, a release and an id as written, out goes the element, or a diagnostic with the repair.
//! An id is looked up in its own release only; other releases serve to say what went wrong.

use crate::catalogue::{Catalogue, ElementIx, Framework};
use crate::diagnostic::{Code, Diagnostic};
use crate::near;
use crate::text::{FileId, Place, Spanned};

/// The element that an id means in a release.
pub(super) fn element(
    catalogue: &Catalogue,
    framework: &Framework,
    (release, file): (usize, FileId),
    id: &Spanned<Box<str>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ElementIx> {
    if let Some(found) = framework.releases[release].ids.get(&id.value) {
        return Some(*found);
    }
    let place = Place::new(file, id.span);
    if let Some(found) = framework.releases[release].withdrawn.get(&id.value) {
        diagnostics.push(withdrawn(catalogue, framework, (release, *found), place));
        return Some(*found);
    }
    let version = |index: usize| framework.record.releases[index].version.value.as_str();
    let noun = &framework.record.noun.one;
    // Elsewhere: the nearest release that has the id, older ones first.
    let elsewhere = (0..release).rev().chain(release + 1..framework.releases.len());
    let elsewhere = elsewhere
        .filter_map(|other| framework.releases[other].ids.get(&id.value).map(|element| (other, *element)));
    if let Some((other, found)) = elsewhere.into_iter().next() {
        let element = catalogue.element(found);
        let message = format!(
            "`{}` is an id of release {}, and release {} does not have it",
            id.value,
            version(other),
            version(release)
        );
        let mut diagnostic = Diagnostic::new(Code::ElementNotInRelease, place, message);
        diagnostic = match element.in_release(release) {
            Ok(state) => diagnostic
                .help(format!("`{}` has the id `{}` in release {}", state.name, state.id, version(release)))
                .replace_with(format!("\"{}\"", state.id)),
            Err(_) => diagnostic.help(format!(
                "`{}` is not known in release {}; if it is there, say so in its history",
                element.name(),
                version(release)
            )),
        };
        diagnostics.push(diagnostic);
        return None;
    }
    if catalogue.incomplete.contains(&framework.id) {
        return None;
    }
    let message = format!("release {} has no {noun} `{}`", version(release), id.value);
    let mut known: Vec<&str> = Vec::new();
    if !near::is_flood(diagnostics, Code::UnknownElement) {
        known.extend(framework.releases[release].ids.keys().map(|id| &**id));
        known.sort_unstable();
    }
    let mut diagnostic = Diagnostic::new(Code::UnknownElement, place, message);
    if let Some(near) = near::nearest(&id.value, known) {
        let name = framework.releases[release].ids.get(near);
        let name = name.and_then(|near| catalogue.element(*near).in_release(release).ok());
        let name = name.map_or(String::new(), |state| format!(", {}", state.name));
        diagnostic =
            diagnostic.help(format!("did you mean `{near}`{name}?")).replace_with(format!("\"{near}\""));
    } else {
        diagnostic = diagnostic.help(format!(
            "look at the id in the source again; a {noun} that the catalogue does not have is added to \
             `content/frameworks/{}/elements/`, with this id",
            framework.id
        ));
    }
    diagnostics.push(diagnostic);
    None
}

fn withdrawn(
    catalogue: &Catalogue,
    framework: &Framework,
    (release, element): (usize, ElementIx),
    place: Place,
) -> Diagnostic {
    let element = catalogue.element(element);
    let version = &framework.record.releases[release].version.value;
    let message = format!("`{}` is withdrawn in release {version}", element.name());
    Diagnostic::new(Code::WithdrawnElement, place, message)
        .label(element.place(), format!("this {}'s history tells when", framework.record.noun.one))
        .help("check the release that the certification names")
}
