//! The text of the ownership mark `.certalog`: the list of all files of a published site.
//!
//! In come paths with digests in the order of paths, out goes the list: a line for the format, then a line for each file; in comes such a text, and out go its files.
//! What a list says of a folder, and what may be done there, is the publisher's business and not decided here.

use std::collections::BTreeMap;

use super::list;
use crate::digest::{Digest, from_hex};

/// The line that names the format.
const FIRST_LINE: &str = "certalog site 1";

/// Why a text is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is the list of another version.
    OtherFormat,
    /// It is none.
    Broken,
}

/// The list of these files.
pub fn mark<'f>(files: impl Iterator<Item = (&'f str, &'f Digest)>) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for (path, digest) in files {
        list::push_line(&mut text, digest, path);
    }
    text
}

/// The files of a list.
pub fn read(text: &str) -> Result<BTreeMap<String, Digest>, Unreadable> {
    let (first, rest) = text.split_once('\n').ok_or(Unreadable::Broken)?;
    if first != FIRST_LINE {
        let is_other_format = first.starts_with("certalog site ");
        return Err(if is_other_format { Unreadable::OtherFormat } else { Unreadable::Broken });
    }
    let mut files = BTreeMap::new();
    for line in rest.lines() {
        let (digest, path) = line.split_once("  ").ok_or(Unreadable::Broken)?;
        files.insert(path.to_owned(), from_hex(digest).ok_or(Unreadable::Broken)?);
    }
    Ok(files)
}
