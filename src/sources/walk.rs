//! Finds the input files of a catalogue and has them read.
//!
//! In comes the catalogue's folder, out go all sources and what was wrong with files and folders as such.
//! Links are not followed, nothing but `site.toml`, `content/` and `themes/` is looked at, and one bad file stops nothing.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::disk::{Folder, Refused};
use super::kind::{Limits, is_leaving, is_text};
use super::{Content, SITE_FILE, Source, Sources};
use crate::diagnostic::{Diagnostic, Finding};
use crate::text::FileId;

impl Sources {
    /// Reads a catalogue. Fails only when `root` itself cannot be opened; a catalogue without `content/`, or even
    /// without `site.toml`, is for the caller to judge.
    pub fn read(root: &Path, limits: &Limits) -> io::Result<(Self, Vec<Diagnostic>)> {
        let folder = Folder::open(root)?;
        let mut found = Vec::new();
        for top in [SITE_FILE, "content", "themes"] {
            walk(root, top, &mut found);
        }
        let mut read: Vec<(Source, Option<Finding>)> =
            found.into_par_iter().filter_map(|found| read_found(&folder, found, limits)).collect();
        read.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));

        let mut unread = BTreeSet::new();
        let mut diagnostics = Vec::new();
        let mut files = Vec::with_capacity(read.len());
        for (index, (source, finding)) in read.into_iter().enumerate() {
            let file = FileId(index as u32);
            files.push(source);
            if let Some(finding) = finding {
                unread.insert(file);
                diagnostics.push(finding.in_file(file));
            }
        }
        Ok((Self { files: Arc::new(files), unread: Arc::new(unread) }, diagnostics))
    }
}

/// Something that the walk met.
enum Found {
    /// A regular file, as far as the folder's listing says.
    File(String),
    /// What can be named but not read.
    Refused(String, Refused),
}

fn walk(root: &Path, top: &str, found: &mut Vec<Found>) {
    let walk = WalkDir::new(root.join(top)).follow_links(false).follow_root_links(false);
    let mut entries = walk.into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) if entry.depth() > 0 && is_ignored(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(entry) => {
                let (path, is_unicode) = relative(root, entry.path());
                let file_type = entry.file_type();
                if !is_unicode {
                    found.push(Found::Refused(path, Refused::Name));
                    if file_type.is_dir() {
                        entries.skip_current_dir();
                    }
                } else if file_type.is_symlink() {
                    found.push(Found::Refused(path, Refused::Link));
                } else if file_type.is_file() {
                    found.push(Found::File(path));
                } else if !file_type.is_dir() {
                    found.push(Found::Refused(path, Refused::Special));
                }
            }
            Err(error) => {
                let kind = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind);
                // what is gone was never there: editors make and remove files all the time
                if kind != io::ErrorKind::NotFound {
                    let (path, _) = relative(root, error.path().unwrap_or(root));
                    found.push(Found::Refused(path, Refused::Unreadable(kind)));
                }
            }
        }
    }
}

fn is_ignored(entry: &DirEntry) -> bool {
    is_leaving(&entry.file_name().to_string_lossy(), entry.file_type().is_dir())
}

/// The path below the catalogue with `/` between its parts, and whether it is Unicode as it is.
fn relative(root: &Path, path: &Path) -> (String, bool) {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    (parts.join("/"), below.to_str().is_some())
}

/// Reads one file; `None` when it has gone since the walk.
fn read_found(folder: &Folder, found: Found, limits: &Limits) -> Option<(Source, Option<Finding>)> {
    let (path, read) = match found {
        Found::Refused(path, refused) => (path, Err(refused)),
        Found::File(path) => {
            let read = folder.read(&path, limits.for_path(&path));
            let content = read.and_then(|bytes| content(&path, bytes));
            (path, content)
        }
    };
    match read {
        Ok(content) => Some((Source { path, content }, None)),
        Err(Refused::Unreadable(io::ErrorKind::NotFound)) => None,
        Err(refused) => {
            let content = content(&path, Vec::new()).expect("nothing is UTF-8");
            Some((Source { path, content }, Some(refused.finding())))
        }
    }
}

fn content(path: &str, bytes: Vec<u8>) -> Result<Content, Refused> {
    if !is_text(path) {
        return Ok(Content::Bytes(Arc::from(bytes)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Content::Text(Arc::from(text))),
        Err(error) => Err(Refused::not_utf8(error.as_bytes(), error.utf8_error())),
    }
}
