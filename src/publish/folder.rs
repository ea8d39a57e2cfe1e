//! A site that lies in a folder, to be brought to another place.
//!
//! In comes a folder that certalog published to, out go its files with their digests, and the bytes of each when they are asked for.
//! What is not exactly as it was published is refused: nothing goes anywhere that no build made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::live::Live;
use super::manifest;
use super::memory::Memory;
use super::refusal::{Files, PublishError, Refusal, at};
use crate::digest::{Digest, digest};

/// A published folder, looked at once.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    files: BTreeMap<String, Digest>,
}

impl Folder {
    /// Reads what is in a folder and compares it with its list.
    pub fn open(root: &Path) -> Result<Self, PublishError> {
        let listed = manifest::read(root)?.ok_or_else(|| Refusal::NoSite(root.to_owned()))?;
        let live = Live::read(root, &listed, &Memory::default())?;
        let other: Vec<String> = listed
            .iter()
            .filter(|(path, digest)| live.get(path).is_none_or(|(_, found)| found != *digest))
            .map(|(path, _)| path.clone())
            .collect();
        match Files::of(root, other) {
            Some(files) => Err(Refusal::NotAsBuilt(files).into()),
            None => Ok(Self { root: root.to_owned(), files: listed }),
        }
    }

    /// Its files by their paths, without the list itself.
    pub fn files(&self) -> &BTreeMap<String, Digest> {
        &self.files
    }

    /// How many bytes a file has.
    pub fn size(&self, path: &str) -> Result<u64, PublishError> {
        let place = self.root.join(path);
        Ok(place.symlink_metadata().map_err(at("look at", &place))?.len())
    }

    /// The bytes of a file, which are still those of the list.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, PublishError> {
        let place = self.root.join(path);
        let bytes = fs::read(&place).map_err(at("read", &place))?;
        if self.files.get(path) == Some(&digest(&bytes)) {
            return Ok(bytes);
        }
        let files = Files::of(&self.root, vec![path.to_owned()]).expect("there is one");
        Err(Refusal::NotAsBuilt(files).into())
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }
}
