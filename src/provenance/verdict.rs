//! A statement and the files that are published, compared.
//!
//! In come what a statement says and the digests of what was found, out goes every file that is missing, changed or too many.
//! Whether the statement itself can be believed is not decided here: see `signature`.

use std::collections::BTreeMap;

use super::{FILE, SIGNATURE, Statement, mark};
use crate::digest::{Digest, digest};
use crate::site_path::OWNERSHIP_MARK;

/// How a comparison is meant.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What may be there besides the site: a path, or a folder with `/` at its end.
    pub allowed: Vec<String>,
    /// Whether only some files were looked at, so that the others are not missing.
    pub is_sample: bool,
}

/// What differs, in the order of paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Files that are as stated.
    pub same: usize,
    /// Files with other bytes.
    pub changed: Vec<String>,
    /// Stated files that are not there.
    pub missing: Vec<String>,
    /// Files that are not stated.
    pub extra: Vec<String>,
}

impl Verdict {
    /// Whether everything is as stated.
    pub fn is_as_stated(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.extra.is_empty()
    }
}

/// Compares a statement, whose bytes have the digest `own`, with files that were found.
pub fn compare(
    statement: &Statement,
    own: &Digest,
    found: &BTreeMap<String, Digest>,
    asked: &Asked,
) -> Verdict {
    let mut verdict = Verdict::default();
    // The statement cannot list itself, and the mark, which lists all, can be made again of both.
    let mut listed: BTreeMap<&str, &Digest> =
        statement.files.iter().map(|(path, digest)| (path.as_str(), digest)).collect();
    listed.insert(FILE, own);
    let mark = digest(mark::mark(listed.iter().map(|(path, digest)| (*path, *digest))).as_bytes());
    for (path, digest) in found {
        let expected = if path == OWNERSHIP_MARK { Some(&mark) } else { listed.get(path.as_str()).copied() };
        match expected {
            Some(expected) if expected == digest => {
                verdict.same += usize::from(statement.files.contains_key(path));
            }
            Some(_) => verdict.changed.push(path.clone()),
            None if path == SIGNATURE || asked.allows(path) => {}
            None => verdict.extra.push(path.clone()),
        }
    }
    if !asked.is_sample {
        let missing = statement.files.keys().filter(|path| !found.contains_key(*path));
        verdict.missing = missing.cloned().collect();
    }
    verdict
}

impl Asked {
    fn allows(&self, path: &str) -> bool {
        self.allowed.iter().any(|allowed| {
            let is_folder = allowed.ends_with('/');
            path == allowed || is_folder && path.starts_with(allowed.as_str())
        })
    }
}
