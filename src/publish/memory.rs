//! What the publisher remembers of the files it wrote, so that it need not read them again.
//!
//! In come digests with the stamps the files had, out goes the digest of a file whose stamp is still the same.
//! It is a shortcut and nothing else: when it is missing, old or damaged, the files are read.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};

use super::digest::{Digest, digest, from_hex};
use super::staging::Wanted;
use super::state_folder::{StateFolder, free, open_file};
use super::tree::Stamp;
use crate::text::push_hexadecimal;

const FIRST_LINE: &str = "certalog state 1";

/// More than the memory of any site has; what is larger is none.
const MOST_BYTES: u64 = 256 << 20;

/// Digests by path, each with the stamp it holds for.
#[derive(Debug, Default)]
pub(super) struct Memory(HashMap<String, (Stamp, Digest)>);

impl Memory {
    /// The digest of the file at `path`, if it has this stamp.
    pub(super) fn digest(&self, path: &str, stamp: Stamp) -> Option<Digest> {
        self.0.get(path).filter(|(known, _)| *known == stamp).map(|(_, digest)| *digest)
    }

    /// Reads the memory; what cannot be read is forgotten.
    pub(super) fn read(state: &StateFolder) -> Self {
        let mut text = String::new();
        let file = open_file(&state.memory());
        let read = file.and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text));
        read.ok().and_then(|_| parse(&text)).unwrap_or_default()
    }

    /// Remembers the files of the site that is published now. What cannot be written is not remembered: the site is
    /// published all the same.
    pub(super) fn write(state: &StateFolder, files: &[Wanted], stamps: &[Stamp]) {
        let mut text = format!("{FIRST_LINE}\n");
        for (file, stamp) in files.iter().zip(stamps) {
            push_hexadecimal(&file.digest, &mut text);
            let Stamp { size, modified, inode } = stamp;
            writeln!(text, " {size} {modified} {inode} {}", file.path).expect("a string takes all text");
        }
        let whole = digest(text.as_bytes());
        push_hexadecimal(&whole, &mut text);
        if replace(state, &text).is_err() {
            // Half a memory would be of no use to anybody.
            let _ = free(&state.fresh_memory());
        }
    }
}

/// Puts a memory in the place of the last one, in one step. Whatever stands under the two names is not written through.
fn replace(state: &StateFolder, text: &str) -> io::Result<()> {
    let (fresh, memory) = (state.fresh_memory(), state.memory());
    free(&fresh)?;
    File::create_new(&fresh)?.write_all(text.as_bytes())?;
    if memory.symlink_metadata().is_ok_and(|found| found.is_dir()) {
        free(&memory)?;
    }
    fs::rename(&fresh, memory)
}

fn parse(text: &str) -> Option<Memory> {
    let end_of_lines = text.rfind('\n')? + 1;
    let (lines, whole) = text.split_at(end_of_lines);
    if from_hex(whole)? != digest(lines.as_bytes()) {
        return None;
    }
    let lines = lines.strip_prefix(FIRST_LINE)?.strip_prefix('\n')?;
    let files = lines.lines().map(|line| {
        let mut words = line.splitn(5, ' ');
        let digest = from_hex(words.next()?)?;
        let size = words.next()?.parse().ok()?;
        let modified = words.next()?.parse().ok()?;
        let inode = words.next()?.parse().ok()?;
        let path = words.next()?.to_owned();
        Some((path, (Stamp { size, modified, inode }, digest)))
    });
    files.collect::<Option<_>>().map(Memory)
}
