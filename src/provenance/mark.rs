//! The text of the ownership mark `.certalog`: the list of all files of a published site.
//!
//! In come paths with digests in the order of paths, out goes the list: a line for the format, then a line for each file.
//! What a list says of a folder, and what may be done there, is the publisher's business and not decided here.

use super::list;
use crate::digest::Digest;

/// The line that names the format.
pub const FIRST_LINE: &str = "certalog site 1";

/// The list of these files.
pub fn mark<'f>(files: impl Iterator<Item = (&'f str, &'f Digest)>) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for (path, digest) in files {
        list::push_line(&mut text, digest, path);
    }
    text
}
