//! Puts the new site together beside the published one.
//!
//! In come the files of the new site and a folder in any state, out goes that folder with exactly those files.
//! An unchanged file is the published file itself under a second name, so no file that exists is ever written to.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::digest::Digest;
use super::refusal::{PublishError, at};
use super::tree::{Stamp, Tree};

/// A file that the new site has.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub(super) path: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) digest: Digest,
    pub(super) fate: Fate,
}

/// What publishing means for one file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate {
    /// The published file has these bytes.
    Keep(Stamp),
    /// The published file has others.
    Replace(Stamp),
    /// There is none.
    Add,
}

/// Makes `staged` the new site and returns the stamps of its files, in their order. Nothing in `published` changes.
pub(super) fn bring_up_to_date(
    staged: &Path,
    published: &Path,
    files: &[Wanted<'_>],
) -> Result<Vec<Stamp>, PublishError> {
    let old = open(staged)?;
    let folders: BTreeSet<&str> = files.iter().flat_map(|file| folders_above(file.path)).collect();
    clear(staged, &old, files, &folders)?;

    let missing = folders.iter().copied().filter(|folder| !old.folders.contains(*folder));
    for level in by_depth(missing) {
        level.par_iter().try_for_each(|folder| {
            let folder = staged.join(folder);
            fs::create_dir(&folder).map_err(at("create", &folder))
        })?;
    }
    if let Ok(found) = published.metadata() {
        fs::set_permissions(staged, found.permissions()).map_err(at("set the permissions of", staged))?;
    }
    files.par_iter().map(|file| place(file, staged, published, &old)).collect()
}

/// Lists what an earlier run left, removing all that no site consists of.
fn open(staged: &Path) -> Result<Tree, PublishError> {
    match staged.symlink_metadata() {
        Ok(found) if !found.is_dir() => fs::remove_file(staged).map_err(at("remove", staged))?,
        _ => {}
    }
    fs::create_dir_all(staged).map_err(at("create", staged))?;
    let tree = Tree::read(staged).map_err(at("list", staged))?;
    for stray in &tree.strays {
        let stray = staged.join(stray);
        let is_folder = stray.symlink_metadata().is_ok_and(|found| found.is_dir());
        let removed = if is_folder { fs::remove_dir_all(&stray) } else { fs::remove_file(&stray) };
        removed.map_err(at("remove", &stray))?;
    }
    Ok(tree)
}

/// Removes the files and folders that the new site does not have.
fn clear(
    staged: &Path,
    old: &Tree,
    files: &[Wanted<'_>],
    folders: &BTreeSet<&str>,
) -> Result<(), PublishError> {
    let wanted: BTreeSet<&str> = files.iter().map(|file| file.path).collect();
    let stale: Vec<_> = old.files.keys().filter(|path| !wanted.contains(path.as_str())).collect();
    stale.par_iter().try_for_each(|path| {
        let path = staged.join(path);
        fs::remove_file(&path).map_err(at("remove", &path))
    })?;
    let stale = old.folders.iter().map(String::as_str).filter(|folder| !folders.contains(folder));
    for level in by_depth(stale).into_iter().rev() {
        level.par_iter().try_for_each(|folder| {
            let folder = staged.join(folder);
            fs::remove_dir(&folder).map_err(at("remove", &folder))
        })?;
    }
    Ok(())
}

/// Puts one file into its place.
fn place(file: &Wanted<'_>, staged: &Path, published: &Path, old: &Tree) -> Result<Stamp, PublishError> {
    let path = staged.join(file.path);
    let found = old.files.get(file.path);
    if let (Fate::Keep(stamp), Some(found)) = (file.fate, found)
        && stamp.inode == found.inode
    {
        return Ok(stamp);
    }
    if found.is_some() {
        // only this name goes: the file itself may be the published one
        fs::remove_file(&path).map_err(at("remove", &path))?;
    }
    match file.fate {
        Fate::Add => write(file.bytes, &path, Time::Now),
        Fate::Replace(stamp) => write(file.bytes, &path, Time::After(stamp.modified)),
        Fate::Keep(stamp) => match fs::hard_link(published.join(file.path), &path) {
            Ok(()) => Ok(stamp),
            // some file systems have no second names; then a copy keeps at least the time
            Err(_) => write(file.bytes, &path, Time::Exactly(stamp.modified)),
        },
    }
    .map_err(at("write", &path))
}

/// The time that a new file shall have, in nanoseconds since 1970.
#[derive(Clone, Copy)]
enum Time {
    Now,
    /// Now, or just later than this when the clock went back or stood still: else a reader who has the old page would
    /// never ask for the new one.
    After(i128),
    Exactly(i128),
}

fn write(bytes: &[u8], path: &Path, time: Time) -> io::Result<Stamp> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    let stamp = Stamp::of(&file.metadata()?);
    let time = match time {
        Time::After(time) if stamp.modified <= time => time + 1,
        Time::Exactly(time) => time,
        _ => return Ok(stamp),
    };
    // a time before 1970 is nobody's page
    let Ok(nanoseconds) = u64::try_from(time) else { return Ok(stamp) };
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_nanos(nanoseconds))?;
    Ok(Stamp::of(&file.metadata()?))
}

fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// Folders by how deep they lie, the top first, so that one level can be made or removed at once.
fn by_depth<'a>(folders: impl Iterator<Item = &'a str>) -> Vec<Vec<&'a str>> {
    let mut levels: Vec<Vec<&str>> = Vec::new();
    for folder in folders {
        let depth = folder.bytes().filter(|byte| *byte == b'/').count();
        if levels.len() <= depth {
            levels.resize_with(depth + 1, Vec::new);
        }
        levels[depth].push(folder);
    }
    levels
}
