//! The ownership mark: `.certalog`, the list of all files of a published site with their digests.
//!
//! In comes a folder or a new site, out goes the list; without a list, the folder is not certalog's and stays as it is.
//! The names in it say what may be replaced; they never say what to delete or where to write.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::refusal::{PublishError, Refusal, at};
use super::staging::Wanted;
use crate::digest::Digest;
use crate::provenance::mark::{self, Unreadable};
use crate::site_path::OWNERSHIP_MARK;

/// More than the list of any site has.
const MOST_BYTES: u64 = 256 << 20;

/// The files that certalog put into a folder.
pub(super) type Manifest = BTreeMap<String, Digest>;

/// The list of a new site.
pub(super) fn text(files: &[Wanted]) -> String {
    mark::mark(files.iter().map(|file| (file.path.as_str(), &file.digest)))
}

/// Reads the list of a folder. `None` when the folder does not exist or is empty; refuses a folder with anything else in it.
pub(super) fn read(out: &Path) -> Result<Option<Manifest>, PublishError> {
    let mark = out.join(OWNERSHIP_MARK);
    match mark.symlink_metadata() {
        Ok(found) if found.is_file() && found.len() > MOST_BYTES => {
            Err(Refusal::BrokenMark(out.to_owned()).into())
        }
        Ok(found) if found.is_file() => {
            let text = fs::read(&mark).map_err(at("read", &mark))?;
            let text = String::from_utf8(text).map_err(|_| Refusal::BrokenMark(out.to_owned()))?;
            parse(&text, out).map(Some)
        }
        Ok(_) => Err(Refusal::NotOurs(out.to_owned()).into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match is_empty(out) {
            Ok(true) => Ok(None),
            Ok(false) => Err(Refusal::NotOurs(out.to_owned()).into()),
            Err(error) => Err(at("list", out)(error)),
        },
        Err(error) => Err(at("look at", &mark)(error)),
    }
}

/// Whether there is nothing in the folder, or no folder.
fn is_empty(out: &Path) -> io::Result<bool> {
    match fs::read_dir(out) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

fn parse(text: &str, out: &Path) -> Result<Manifest, PublishError> {
    mark::read(text).map_err(|unreadable| {
        let out = out.to_owned();
        match unreadable {
            Unreadable::OtherFormat => Refusal::OtherFormat(out),
            Unreadable::Broken => Refusal::BrokenMark(out),
        }
        .into()
    })
}
