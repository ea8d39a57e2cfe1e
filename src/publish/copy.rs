//! Brings a site from one folder to another, as a build brings one there.
//!
//! In come a published folder and another one, out goes the second with the same files: the old site or the new one, never a mixture.
//! The first folder is only read, and what the second has already is neither read nor written again.

use std::path::Path;

use rayon::prelude::*;

use super::folder::Folder;
use super::live::{self, Live};
use super::memory::Memory;
use super::refusal::{PublishError, Refusal, at};
use super::staging::{Fate, Staging, Wanted};
use super::state_folder::StateFolder;
use super::target::Target;
use super::{Place, Published, manifest, swap};
use crate::site_path::OWNERSHIP_MARK;

/// What differs between two folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are not there.
    pub added: Vec<String>,
    /// Files that have other bytes there.
    pub changed: Vec<String>,
    /// Files that are there alone.
    pub removed: Vec<String>,
    /// How many files are the same.
    pub same: usize,
}

/// What [`copy`] would do. Nothing is written.
pub fn changes(from: &Folder, out: &Path, root: &Path) -> Result<Changes, PublishError> {
    let target = checked(from, out, root)?;
    let live = match manifest::read(&target.out)? {
        Some(listed) => Live::read(&target.out, &listed, &Memory::default())?,
        None => Live::default(),
    };
    let mut changes = Changes::default();
    for (path, digest) in from.files() {
        match live.of_digest(path, *digest).fate {
            Fate::Add => changes.added.push(path.clone()),
            Fate::Replace(_) => changes.changed.push(path.clone()),
            Fate::Keep(_) => changes.same += 1,
        }
    }
    let gone = live.paths().filter(|path| *path != OWNERSHIP_MARK && !from.files().contains_key(*path));
    changes.removed = gone.map(str::to_owned).collect();
    changes.removed.sort_unstable();
    Ok(changes)
}

/// The folder to publish to, which is none that may not be written into, and not the one that is read.
fn checked(from: &Folder, out: &Path, root: &Path) -> Result<Target, PublishError> {
    let home = std::env::home_dir();
    let source = from.root().canonicalize().map_err(at("find", from.root()))?;
    if let Ok(out) = out.canonicalize()
        && (out.starts_with(&source) || source.starts_with(&out))
    {
        return Err(Refusal::SameFolder(out).into());
    }
    let target = Target::check(out, root, home.as_deref())?;
    if target.out.starts_with(&source) {
        return Err(Refusal::SameFolder(target.out).into());
    }
    Ok(target)
}

/// Makes the folder `out` hold the site of the folder `from`. `root` is the catalogue, or what else may not be written into.
pub fn copy(from: &Folder, out: &Path, root: &Path) -> Result<Published, PublishError> {
    let target = checked(from, out, root)?;
    let listed = manifest::read(&target.out)?;
    if let Some(listed) = listed.filter(|_| !StateFolder::is_there(&target)) {
        live::refuse_strange(&target.out, &listed)?;
    }
    let state = StateFolder::enter(&target)?;
    swap::recover(&state, &target.out)?;
    let listed = manifest::read(&target.out)?;
    let live = match &listed {
        Some(listed) => Live::read(&target.out, listed, &Memory::read(&state))?,
        None => Live::default(),
    };
    let previous = state.previous();
    let open = || {
        let paths = from.files().keys().map(String::as_str).chain([OWNERSHIP_MARK]);
        Staging::open(&previous, &target.out, paths)
    };
    let files = from.files().iter();
    let wanted: Vec<Wanted> = files.map(|(path, digest)| live.of_digest(path, *digest)).collect();
    let is_same = listed.is_some() && wanted.iter().all(|file| matches!(file.fate, Fate::Keep(_)));
    let staging = if is_same { None } else { Some(open()?) };
    let wanted = match &staging {
        None => wanted,
        Some(staging) => {
            let written = wanted.into_par_iter().map(|file| match file.fate {
                Fate::Keep(_) => Ok(file),
                Fate::Add | Fate::Replace(_) => {
                    let bytes = from.read(&file.path)?;
                    staging.write(file, &bytes)
                }
            });
            written.collect::<Result<_, PublishError>>()?
        }
    };
    let place = Place { target: &target, state: &state, live: &live, is_listed: listed.is_some() };
    place.take(wanted, staging, open)
}
