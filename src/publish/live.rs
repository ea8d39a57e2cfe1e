//! The site that is published now, as it really is on disk.
//!
//! In come the folder, its list and the memory of its files, out goes the digest and stamp of every file.
//! Whatever certalog did not put there is refused by name, before anything is changed.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rayon::prelude::*;

use super::digest::digest_of_file;
use super::manifest::Manifest;
use super::memory::Memory;
use super::refusal::{Files, PublishError, Refusal, at};
use super::staging::{Fate, Wanted};
use super::tree::{Stamp, Tree};
use crate::digest::{Digest, digest};
use crate::site_path::OWNERSHIP_MARK;

/// The files of the published site.
#[derive(Debug, Default)]
pub(super) struct Live {
    files: HashMap<String, (Stamp, Digest)>,
    /// Listed files that have other bytes than the list says.
    altered: Vec<String>,
    /// Listed files that have other bytes than the list says, or are gone.
    pub(super) edited: usize,
    /// Whether some file was not remembered, so that the memory is worth writing again.
    pub(super) had_to_read: bool,
}

impl Live {
    pub(super) fn read(out: &Path, listed: &Manifest, memory: &Memory) -> Result<Self, PublishError> {
        let tree = Tree::read(out).map_err(at("list", out))?;
        refuse_foreign(out, &tree, listed)?;
        let files = tree.files.into_par_iter().map(|(path, stamp)| {
            let remembered = memory.digest(&path, stamp);
            let digest = remembered.map_or_else(
                || {
                    let path = out.join(&path);
                    digest_of_file(&path).map_err(at("read", &path))
                },
                Ok,
            )?;
            Ok((path, stamp, digest, remembered.is_some()))
        });
        let files: Vec<_> = files.collect::<Result<_, PublishError>>()?;
        let had_to_read = files.iter().any(|(.., remembered)| !remembered);
        let files: HashMap<_, _> =
            files.into_iter().map(|(path, stamp, digest, _)| (path, (stamp, digest))).collect();
        let is_altered = |path: &str, digest: &Digest| files.get(path).map(|(_, found)| found != digest);
        let (mut altered, mut gone) = (Vec::new(), 0);
        for (path, digest) in listed {
            match is_altered(path, digest) {
                Some(true) => altered.push(path.clone()),
                Some(false) => {}
                None => gone += 1,
            }
        }
        if !altered.is_empty() && altered.len() + gone == listed.len() {
            return Err(Refusal::ForgedMark(out.to_owned()).into());
        }
        Ok(Self { files, edited: altered.len() + gone, altered, had_to_read })
    }

    /// Refuses to lose what somebody changed: a file with other bytes than were published is replaced, and never just deleted.
    pub(super) fn refuse_losses(&self, out: &Path, files: &[Wanted]) -> Result<(), PublishError> {
        if self.altered.is_empty() {
            return Ok(());
        }
        let stay: HashSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let lost = self.altered.iter().filter(|path| !stay.contains(path.as_str())).cloned();
        Files::of(out, lost.collect()).map_or(Ok(()), |files| Err(Refusal::Edited(files).into()))
    }

    /// Refuses to move a folder away that is not any more as it was read.
    pub(super) fn refuse_changes(&self, out: &Path) -> Result<(), PublishError> {
        let tree = Tree::read(out).map_err(at("list", out))?;
        let is_known = |path: &str, stamp: Stamp| self.get(path).is_some_and(|(known, _)| known == stamp);
        let files = tree.files.iter().filter(|(path, stamp)| !is_known(path, **stamp));
        let files = files.map(|(path, _)| path.clone());
        let changed = files.chain(strays(&tree)).collect();
        Files::of(out, changed).map_or(Ok(()), |files| Err(Refusal::Meanwhile(files).into()))
    }

    pub(super) fn get(&self, path: &str) -> Option<(Stamp, &Digest)> {
        self.files.get(path).map(|(stamp, digest)| (*stamp, digest))
    }

    /// A file of the new site, compared with what is published.
    pub(super) fn wanted(&self, path: &str, bytes: &[u8]) -> Wanted {
        self.of_digest(path, digest(bytes))
    }

    /// The same for a file whose digest is known.
    pub(super) fn of_digest(&self, path: &str, digest: Digest) -> Wanted {
        let fate = match self.get(path) {
            None => Fate::Add,
            Some((stamp, same)) if *same == digest => Fate::Keep(stamp),
            Some((stamp, _)) => Fate::Replace(stamp),
        };
        Wanted { path: path.to_owned(), digest, fate, stamp: None }
    }

    /// The paths of all files, in no order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// How many files there are besides the list itself.
    pub(super) fn site_files(&self) -> usize {
        self.files.len() - usize::from(self.files.contains_key(OWNERSHIP_MARK))
    }

    /// The stamps of files that are all there.
    pub(super) fn stamps(&self, files: &[Wanted]) -> Vec<Stamp> {
        files.iter().filter_map(|file| self.get(&file.path)).map(|(stamp, _)| stamp).collect()
    }
}

/// Refuses a folder whose list is not of the files in it, before anything is made beside it.
pub(super) fn refuse_strange(out: &Path, listed: &Manifest) -> Result<(), PublishError> {
    let tree = Tree::read(out).map_err(at("list", out))?;
    refuse_foreign(out, &tree, listed)?;
    let mut there = listed.iter().filter(|(path, _)| tree.files.contains_key(*path)).peekable();
    if there.peek().is_none() {
        return Ok(());
    }
    for (path, digest) in there {
        let path = out.join(path);
        if digest_of_file(&path).map_err(at("read", &path))? == *digest {
            return Ok(());
        }
    }
    Err(Refusal::ForgedMark(out.to_owned()).into())
}

fn refuse_foreign(out: &Path, tree: &Tree, listed: &Manifest) -> Result<(), PublishError> {
    let is_ours = |path: &str| path == OWNERSHIP_MARK || listed.contains_key(path);
    let files = tree.files.keys().filter(|path| !is_ours(path)).cloned();
    let foreign = files.chain(strays(tree)).collect();
    Files::of(out, foreign).map_or(Ok(()), |files| Err(Refusal::Foreign(files).into()))
}

fn strays(tree: &Tree) -> impl Iterator<Item = String> {
    tree.strays.iter().map(|path| path.to_string_lossy().into_owned())
}
