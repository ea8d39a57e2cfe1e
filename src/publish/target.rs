//! The folder to publish to, checked before anything is created.
//!
//! In comes the path that somebody typed, out goes a folder that is certainly not a source, a home or a link.
//! Nothing is written here.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use super::refusal::{PublishError, Refusal, at};

/// Folders of a catalogue that a site must not be written into.
const SOURCES: [&str; 3] = ["content", "themes", ".git"];

/// Where the site goes. The folder need not exist.
#[derive(Debug)]
pub(super) struct Target {
    /// The folder, with no link in its path.
    pub(super) out: PathBuf,
}

impl Target {
    pub(super) fn check(
        typed: &Path,
        catalogue_root: &Path,
        home: Option<&Path>,
    ) -> Result<Self, PublishError> {
        // without its last slash: `link/` would be looked at as what the link leads to
        let typed: PathBuf = std::path::absolute(typed).map_err(at("find", typed))?.components().collect();
        match typed.symlink_metadata() {
            Ok(found) if found.is_symlink() => return Err(Refusal::Link(typed).into()),
            Ok(found) if !found.is_dir() => return Err(Refusal::NotAFolder(typed).into()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at("look at", &typed)(error)),
        }
        let out = resolve(&typed)?;

        let home = home.and_then(|home| home.canonicalize().ok());
        if out.parent().is_none() || home.is_some_and(|home| home.starts_with(&out)) {
            return Err(Refusal::Home(out).into());
        }
        let root = catalogue_root.canonicalize().map_err(at("find", catalogue_root))?;
        if root.starts_with(&out) {
            return Err(Refusal::HoldsCatalogue(out).into());
        }
        outside_of_sources(&out, &root)?;
        if let (Ok(inside), Some(Ok(outside))) = (fs::metadata(&out), out.parent().map(fs::metadata))
            && inside.dev() != outside.dev()
        {
            return Err(Refusal::MountPoint(out).into());
        }
        Ok(Self { out })
    }
}

/// Where an archive goes, with no link in its folder's path. Whether something is there is another question.
pub(super) fn for_archive(typed: &Path, catalogue_root: &Path) -> Result<PathBuf, PublishError> {
    let typed = std::path::absolute(typed).map_err(at("find", typed))?;
    let (Some(folder), Some(name)) = (typed.parent(), typed.file_name()) else {
        return Err(Refusal::NoArchive(typed).into());
    };
    let place = resolve(folder)?.join(name);
    let root = catalogue_root.canonicalize().map_err(at("find", catalogue_root))?;
    outside_of_sources(&place, &root)?;
    Ok(place)
}

fn outside_of_sources(out: &Path, root: &Path) -> Result<(), PublishError> {
    if let Some(folder) = SOURCES.into_iter().find(|folder| out.starts_with(root.join(folder))) {
        return Err(Refusal::InsideSources(out.to_owned(), folder).into());
    }
    match out.components().find_map(owned) {
        Some(folder) => Err(Refusal::InsideOwned(out.to_owned(), folder).into()),
        None => Ok(()),
    }
}

/// A folder on the way that belongs to a program: a repository's, of whatever catalogue, or the one beside a published site.
fn owned(part: Component<'_>) -> Option<String> {
    let name = part.as_os_str().to_string_lossy();
    let is_state = name.len() > "..certalog".len() && name.starts_with('.') && name.ends_with(".certalog");
    (name.eq_ignore_ascii_case(".git") || is_state).then(|| name.into_owned())
}

/// The path without links and dots: what exists is asked of the system, the rest must be plain names.
fn resolve(typed: &Path) -> Result<PathBuf, PublishError> {
    for existing in typed.ancestors() {
        match existing.canonicalize() {
            Ok(mut resolved) => {
                let rest = typed.strip_prefix(existing).expect("an ancestor is a prefix");
                if rest.components().any(|part| !matches!(part, Component::Normal(_))) {
                    return Err(Refusal::Unclear(typed.to_owned()).into());
                }
                if !rest.as_os_str().is_empty() {
                    resolved.push(rest);
                }
                return Ok(resolved);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(at("find", existing)(error)),
        }
    }
    Err(Refusal::Unclear(typed.to_owned()).into())
}
