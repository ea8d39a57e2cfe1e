//! Lists of digests in the form of `sha256sum`: those that certalog writes, and those that somebody made with other programs.
//!
//! In come files with their digests, out go lines; in comes the text of a list, out go its files, or the first line that is none of a list.
//! Nothing is looked up: whether the digests are true is the word of whoever made the list.

use std::collections::BTreeMap;

use crate::digest::{Digest, from_hex};
use crate::text::push_hexadecimal;

/// Appends the line of a file.
pub(super) fn push_line(list: &mut String, digest: &Digest, path: &str) {
    push_hexadecimal(digest, list);
    list.push_str("  ");
    list.push_str(path);
    list.push('\n');
}

/// A line that is none of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: &'static str,
}

/// Reads lines as `sha256sum` prints them: a digest, two spaces (or a space and an asterisk), a path, which may begin with `./`.
pub fn read(text: &str) -> Result<BTreeMap<String, Digest>, Unlisted> {
    let mut files = BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let unlisted = |why| Unlisted { line: at + 1, why };
        // a path with a line end or a backslash is written with escapes; no site has one, so it is one that is too many
        let line = line.strip_prefix('\\').unwrap_or(line);
        let (hex, path) =
            line.split_once(' ').ok_or_else(|| unlisted("it has no space between a digest and a path"))?;
        let digest = from_hex(hex).ok_or_else(|| unlisted("it does not begin with a SHA-256 digest"))?;
        let path = path.strip_prefix([' ', '*']).ok_or_else(|| unlisted("two spaces stand before a path"))?;
        let path = path.trim_start_matches("./");
        if path.is_empty() {
            return Err(unlisted("it names no path"));
        }
        let known = files.insert(path.to_owned(), digest);
        if known.is_some_and(|known| known != digest) {
            return Err(unlisted("the same path stands above with another digest"));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn lines_are_read_as_programs_print_them() {
        let text =
            format!("{EMPTY}  a/index.html\n{EMPTY} *b.css\r\n\n{}  ./c d.txt\n", EMPTY.to_uppercase());
        let files = read(&text).unwrap();
        assert_eq!(files.keys().collect::<Vec<_>>(), ["a/index.html", "b.css", "c d.txt"]);
        assert!(files.values().all(|digest| *digest == crate::digest::digest(b"")));
        assert_eq!(read(&format!("\\{EMPTY}  a\\nb")).unwrap().into_keys().collect::<Vec<_>>(), ["a\\nb"]);
    }

    #[test]
    fn a_line_that_is_none_of_a_list_is_named() {
        for (line, why) in [
            ("x", "it has no space between a digest and a path"),
            ("abc  x", "it does not begin with a SHA-256 digest"),
            (&format!("{EMPTY} x"), "two spaces stand before a path"),
            (&format!("{EMPTY}  ./"), "it names no path"),
        ] {
            assert_eq!(read(&format!("{EMPTY}  a\n{line}\n")), Err(Unlisted { line: 2, why }), "{line}");
        }
        let other = EMPTY.replace('e', "f");
        let why = "the same path stands above with another digest";
        assert_eq!(read(&format!("{EMPTY}  a\n{EMPTY}  a\n{other}  a\n")), Err(Unlisted { line: 3, why }));
    }
}
