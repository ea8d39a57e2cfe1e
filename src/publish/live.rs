//! The site that is published now, as it really is on disk.
//!
//! In come the folder, its list and the memory of its files, out goes the digest and stamp of every file.
//! Whatever certalog did not put there is refused by name, before anything is changed.

use std::collections::HashMap;
use std::path::Path;

use rayon::prelude::*;

use super::digest::digest_of_file;
use super::manifest::Manifest;
use super::memory::Memory;
use super::refusal::{PublishError, Refusal, at};
use super::staging::{Fate, Wanted};
use super::tree::{Stamp, Tree};
use crate::digest::{Digest, digest};
use crate::site_path::OWNERSHIP_MARK;

/// The files of the published site.
#[derive(Debug, Default)]
pub(super) struct Live {
    files: HashMap<String, (Stamp, Digest)>,
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
        let is_as_listed =
            |path: &str, digest: &Digest| files.get(path).is_some_and(|(_, found)| found == digest);
        let edited = listed.iter().filter(|(path, digest)| !is_as_listed(path, digest)).count();
        Ok(Self { files, edited, had_to_read })
    }

    pub(super) fn get(&self, path: &str) -> Option<(Stamp, &Digest)> {
        self.files.get(path).map(|(stamp, digest)| (*stamp, digest))
    }

    /// A file of the new site, compared with what is published.
    pub(super) fn wanted(&self, path: &str, bytes: &[u8]) -> Wanted {
        let digest = digest(bytes);
        let fate = match self.get(path) {
            None => Fate::Add,
            Some((stamp, same)) if *same == digest => Fate::Keep(stamp),
            Some((stamp, _)) => Fate::Replace(stamp),
        };
        Wanted { path: path.to_owned(), digest, fate, stamp: None }
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

fn refuse_foreign(out: &Path, tree: &Tree, listed: &Manifest) -> Result<(), PublishError> {
    let is_ours = |path: &str| path == OWNERSHIP_MARK || listed.contains_key(path);
    let files = tree.files.keys().filter(|path| !is_ours(path)).cloned();
    let strays = tree.strays.iter().map(|path| path.to_string_lossy().into_owned());
    let mut foreign: Vec<String> = files.chain(strays).collect();
    if foreign.is_empty() {
        return Ok(());
    }
    foreign.sort();
    let count = foreign.len();
    foreign.truncate(5);
    Err(Refusal::Foreign { out: out.to_owned(), names: foreign, count }.into())
}
