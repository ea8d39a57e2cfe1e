//! What is published in a folder, whoever put it there.
//!
//! In comes a folder, out go the digests of all files in it, and what is no file.
//! Nothing is written, links are not followed, and no list of the folder's own is believed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::digest::digest_of_file;
use super::refusal::{PublishError, at};
use super::tree::Tree;
use crate::digest::Digest;

/// The contents of a published folder.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Its files with their digests, paths with `/` between their parts.
    pub files: BTreeMap<String, Digest>,
    /// Links, devices, and names that are not Unicode.
    pub strays: Vec<PathBuf>,
}

/// Reads all files of a folder.
pub fn found(folder: &Path) -> Result<Found, PublishError> {
    let tree = Tree::read(folder).map_err(at("list", folder))?;
    let files = tree.files.into_par_iter().map(|(path, _)| {
        let place = folder.join(&path);
        let digest = digest_of_file(&place).map_err(at("read", &place))?;
        Ok((path, digest))
    });
    let files = files.collect::<Result<BTreeMap<_, _>, PublishError>>()?;
    Ok(Found { files, strays: tree.strays.into_iter().collect() })
}
