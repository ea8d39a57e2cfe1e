//! The text of the ownership mark `.certalog`: the list of all files of a published site.
//!
//! In come paths with digests in the order of paths, out goes the list: a line for the format, then a line for each file.
//! What a list says of a folder, and what may be done there, is the publisher's business and not decided here.

use crate::digest::Digest;
use crate::text::push_hexadecimal;

/// The line that names the format.
pub const FIRST_LINE: &str = "certalog site 1";

/// The list of these files.
pub fn mark<'f>(files: impl Iterator<Item = (&'f str, &'f Digest)>) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for (path, digest) in files {
        push_hexadecimal(digest, &mut text);
        text.push_str("  ");
        text.push_str(path);
        text.push('\n');
    }
    text
}
