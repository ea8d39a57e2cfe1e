//! Puts the new site together beside the published one.
//!
//! In come the files of the new site and a folder in any state, out goes that folder with exactly those files.
//! An unchanged file is the published file itself under a second name, so no file that exists is ever written to.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rayon::prelude::*;

use super::refusal::{PublishError, at};
use super::tree::{Stamp, Tree};
use crate::digest::Digest;

/// A file that the new site has.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) path: String,
    pub(super) digest: Digest,
    pub(super) fate: Fate,
    /// Its stamp, once it is written.
    pub(super) stamp: Option<Stamp>,
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

/// The new site while it is put together. Nothing in the published one changes.
pub(super) struct Staging<'p> {
    staged: &'p Path,
    published: &'p Path,
    old: Tree,
}

impl<'p> Staging<'p> {
    /// Makes a folder, whatever an earlier run left there, ready for these files and more in the same folders.
    pub(super) fn open<'a>(
        staged: &'p Path,
        published: &'p Path,
        paths: impl Iterator<Item = &'a str>,
    ) -> Result<Self, PublishError> {
        let mut old = open(staged)?;
        let folders: BTreeSet<&str> = paths.flat_map(folders_above).collect();
        make_way(staged, &mut old, &folders)?;
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
        Ok(Self { staged, published, old })
    }

    /// Puts a new or changed file into its place.
    pub(super) fn write(&self, file: Wanted, bytes: &[u8]) -> Result<Wanted, PublishError> {
        let path = self.place(&file)?;
        let time = match file.fate {
            Fate::Add => Time::Now,
            Fate::Replace(stamp) => Time::After(stamp.modified),
            Fate::Keep(stamp) => Time::Exactly(stamp.modified),
        };
        let stamp = write(bytes, &path, time).map_err(at("write", &path))?;
        Ok(Wanted { stamp: Some(stamp), ..file })
    }

    /// Puts the unchanged files into their places, removes what the new site does not have, and returns the stamps of the
    /// files, in their order. New and changed ones were written before.
    pub(super) fn finish(&self, files: &[Wanted]) -> Result<Vec<Stamp>, PublishError> {
        let stamps: Result<Vec<Stamp>, _> = files.par_iter().map(|file| self.keep(file)).collect();
        let wanted: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let stale: Vec<_> = self.old.files.keys().filter(|path| !wanted.contains(path.as_str())).collect();
        stale.par_iter().try_for_each(|path| {
            let path = self.staged.join(path);
            gone(fs::remove_file(&path), &path)
        })?;
        let folders: HashSet<&str> = files.iter().flat_map(|file| folders_above(&file.path)).collect();
        let stale = self.old.folders.iter().map(String::as_str).filter(|folder| !folders.contains(folder));
        for level in by_depth(stale).into_iter().rev() {
            level.par_iter().try_for_each(|folder| {
                let folder = self.staged.join(folder);
                gone(fs::remove_dir(&folder), &folder)
            })?;
        }
        stamps
    }

    fn keep(&self, file: &Wanted) -> Result<Stamp, PublishError> {
        let stamp = match (file.stamp, file.fate) {
            (Some(stamp), _) | (None, Fate::Replace(stamp)) => return Ok(stamp),
            (None, Fate::Add) => unreachable!("a new file is written before others are kept"),
            (None, Fate::Keep(stamp)) => stamp,
        };
        if self.old.files.get(&file.path).is_some_and(|found| found.inode == stamp.inode) {
            return Ok(stamp);
        }
        let path = self.place(file)?;
        let published = self.published.join(&file.path);
        if fs::hard_link(&published, &path).is_ok() {
            return Ok(stamp);
        }
        // some file systems have no second names; then a copy keeps at least the time
        let bytes = fs::read(&published).map_err(at("read", &published))?;
        write(&bytes, &path, Time::Exactly(stamp.modified)).map_err(at("write", &path))
    }

    /// The path of a file, which is free now.
    fn place(&self, file: &Wanted) -> Result<PathBuf, PublishError> {
        let path = self.staged.join(&file.path);
        if self.old.files.contains_key(&file.path) {
            // only this name goes: the file itself may be the published one
            fs::remove_file(&path).map_err(at("remove", &path))?;
        }
        if self.old.folders.contains(&file.path) {
            gone(fs::remove_dir_all(&path), &path)?;
        }
        Ok(path)
    }
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

/// Removes the files that stand where the new site has folders.
fn make_way(staged: &Path, old: &mut Tree, folders: &BTreeSet<&str>) -> Result<(), PublishError> {
    for folder in folders {
        if old.files.remove(*folder).is_some() {
            let path = staged.join(folder);
            fs::remove_file(&path).map_err(at("remove", &path))?;
        }
    }
    Ok(())
}

/// Removes what may be gone already, with the folder that it was in or with a file in that folder's place.
fn gone(removed: io::Result<()>, path: &Path) -> Result<(), PublishError> {
    match removed.map_err(|error| (error.kind(), error)) {
        Ok(()) | Err((io::ErrorKind::NotFound | io::ErrorKind::NotADirectory, _)) => Ok(()),
        Err((_, error)) => Err(at("remove", path)(error)),
    }
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
