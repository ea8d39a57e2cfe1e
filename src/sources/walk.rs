//! Finds the input files of a catalogue and has them read.
//!
//! In comes the catalogue's folder, out go all sources and what was wrong with files and folders as such.
//! Links are not followed, nothing but `site.toml`, `content/` and `themes/` is looked at, and one bad file stops nothing.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::disk::{Folder, Refused};
use super::kind::{is_leaving, is_text};
use super::stamp::Stamp;
use super::{Content, Limits, SITE_FILE, Source, Sources, TOPS, surroundings};
use crate::diagnostic::{Diagnostic, Finding};
use crate::text::FileId;

/// Reads one catalogue again and again, and only those files whose stamps say that they may have changed.
///
/// What is remembered is a shortcut and nothing else: every reading gives what a first reading would have given.
#[derive(Debug)]
pub struct Reader {
    root: PathBuf,
    limits: Limits,
    settled: HashMap<String, (Stamp, Content)>,
}

impl Reader {
    /// A reader that remembers nothing yet.
    pub fn new(root: &Path, limits: Limits) -> Self {
        Self { root: root.to_owned(), limits, settled: HashMap::new() }
    }

    /// Reads the catalogue. Fails only when its folder itself cannot be opened; a catalogue without `content/`, or even
    /// without `site.toml`, is for the caller to judge.
    pub fn read(&mut self) -> io::Result<(Sources, Vec<Diagnostic>)> {
        let folder = Folder::open(&self.root)?;
        let limits = self.stated(&folder);
        let found = walk(&self.root, limits.files);
        let now = SystemTime::now();
        let read: Vec<Read> =
            found.into_par_iter().filter_map(|found| self.read_found(&folder, &limits, found)).collect();
        self.remember(&read, now);
        Ok(collect(read))
    }

    /// The limits that the catalogue itself sets, which are needed before anything else of it is read.
    fn stated(&self, folder: &Folder) -> Limits {
        let read = folder.read(SITE_FILE, self.limits.for_path(SITE_FILE));
        let site = read.ok().and_then(|(bytes, _)| String::from_utf8(bytes).ok());
        self.limits.stated(site.as_deref().unwrap_or_default())
    }

    /// Reads one file, or takes what it held when its stamp is still the same; `None` when it has gone since the walk.
    fn read_found(&self, folder: &Folder, limits: &Limits, found: Found) -> Option<Read> {
        let (path, read) = match found {
            Found::Refused(path, refused) => (path, Err(refused)),
            Found::File(path) => {
                let known = self.settled.get(&path);
                if let Some((stamp, content)) = known.filter(|(stamp, _)| folder.stamp(&path) == Some(*stamp))
                {
                    return Some(Read::of(path, content.clone(), *stamp));
                }
                let read = folder.read(&path, limits.for_path(&path));
                let read = read.and_then(|(bytes, stamp)| Ok((content(&path, bytes)?, stamp)));
                (path, read)
            }
        };
        match read {
            Ok((content, stamp)) => Some(Read::of(path, content, stamp)),
            Err(Refused::Unreadable(io::ErrorKind::NotFound)) => None,
            Err(refused) => Some(Read::refused(path, &refused)),
        }
    }

    /// Keeps the files that cannot change without another stamp. A disk whose clock is not ours proves nothing.
    fn remember(&mut self, read: &[Read], now: SystemTime) {
        self.settled.clear();
        if surroundings::remote_disk(&self.root).is_some() {
            return;
        }
        let settled = read.iter().filter_map(|read| {
            let stamp = read.stamp.filter(|stamp| stamp.is_settled(now))?;
            Some((read.source.path.clone(), (stamp, read.source.content.clone())))
        });
        self.settled.extend(settled);
    }
}

impl Sources {
    /// Reads a catalogue once; see [`Reader::read`].
    pub fn read(root: &Path, limits: &Limits) -> io::Result<(Self, Vec<Diagnostic>)> {
        Reader::new(root, *limits).read()
    }
}

/// A file that was read or refused.
pub(super) struct Read {
    source: Source,
    finding: Option<Finding>,
    /// What the file was known by before it was read; nothing where it was refused or cannot change.
    stamp: Option<Stamp>,
}

impl Read {
    fn of(path: String, content: Content, stamp: Stamp) -> Self {
        Self { source: Source { path, content }, finding: None, stamp: Some(stamp) }
    }

    /// What is written once and never changes.
    pub(super) fn fixed(path: String, content: Content) -> Self {
        Self { source: Source { path, content }, finding: None, stamp: None }
    }

    /// What it says, where it is a text.
    pub(super) fn text(&self) -> &str {
        match &self.source.content {
            Content::Text(text) => text,
            Content::Bytes(_) => "",
        }
    }

    /// What can be named but not read.
    pub(super) fn refused(path: String, refused: &Refused) -> Self {
        let content = content(&path, Vec::new()).expect("nothing is UTF-8");
        Self { source: Source { path, content }, finding: Some(refused.finding()), stamp: None }
    }
}

/// Puts the files in the order of their paths and numbers them.
pub(super) fn collect(mut read: Vec<Read>) -> (Sources, Vec<Diagnostic>) {
    read.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    let mut unread = BTreeSet::new();
    let mut diagnostics = Vec::new();
    let mut files = Vec::with_capacity(read.len());
    for (index, read) in read.into_iter().enumerate() {
        let file = FileId(index as u32);
        files.push(read.source);
        if let Some(finding) = read.finding {
            unread.insert(file);
            diagnostics.push(finding.in_file(file));
        }
    }
    (Sources::of(files, Arc::new(unread)), diagnostics)
}

/// Something that the walk met.
enum Found {
    /// A regular file, as far as the folder's listing says.
    File(String),
    /// What can be named but not read.
    Refused(String, Refused),
}

/// So deep one thread walks before the folders that it met are shared out: to the folder of each certification.
const TOGETHER: usize = 2;

/// Everything that stands in the catalogue, in no order; where there are more files than may be, the first of those that are too
/// many stands for the rest.
fn walk(root: &Path, most: u64) -> Vec<Found> {
    let room = Room { most, taken: AtomicU64::new(0) };
    let (mut found, mut deeper) = (Vec::new(), Vec::new());
    for top in TOPS {
        enter((root, WalkDir::new(root.join(top)).max_depth(TOGETHER)), &room, (&mut found, &mut deeper));
    }
    let below = deeper.into_par_iter().flat_map_iter(|folder: PathBuf| {
        let mut found = Vec::new();
        enter((root, WalkDir::new(folder).min_depth(1)), &room, (&mut found, &mut Vec::new()));
        found
    });
    found.par_extend(below);
    if room.is_exceeded() {
        return walk_in_order(root, most);
    }
    found
}

/// The same by one thread, so that the file that is one too many is always the same.
fn walk_in_order(root: &Path, most: u64) -> Vec<Found> {
    let room = Room { most, taken: AtomicU64::new(0) };
    let mut found = Vec::new();
    for top in TOPS {
        let walk = WalkDir::new(root.join(top)).sort_by_file_name();
        enter((root, walk), &room, (&mut found, &mut Vec::new()));
    }
    found
}

/// How many files there may be, and how many were met.
struct Room {
    most: u64,
    taken: AtomicU64,
}

impl Room {
    /// Counts a file; false where it is one too many.
    fn take(&self) -> bool {
        self.taken.fetch_add(1, Ordering::Relaxed) < self.most
    }

    fn is_exceeded(&self) -> bool {
        self.taken.load(Ordering::Relaxed) > self.most
    }
}

/// Walks a folder; the folders at the end of a walk that goes no deeper are handed back.
fn enter((root, walk): (&Path, WalkDir), room: &Room, (found, deeper): (&mut Vec<Found>, &mut Vec<PathBuf>)) {
    let mut entries = walk.follow_links(false).follow_root_links(false).into_iter();
    while let Some(entry) = entries.next() {
        if room.is_exceeded() {
            return;
        }
        match entry {
            Ok(entry) if entry.depth() > 0 && is_ignored(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            }
            Ok(entry) => {
                let (path, is_unicode) = relative(root, entry.path());
                let file_type = entry.file_type();
                if !file_type.is_dir() && !room.take() {
                    found.push(Found::Refused(path, Refused::OneTooMany(room.most)));
                    return;
                }
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
                } else if entry.depth() == TOGETHER {
                    deeper.push(entry.into_path());
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

/// What the bytes at a path are, judged by its ending.
pub(super) fn content(path: &str, bytes: Vec<u8>) -> Result<Content, Refused> {
    if !is_text(path) {
        return Ok(Content::Bytes(Arc::from(bytes)));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Content::Text(Arc::from(text))),
        Err(error) => Err(Refused::not_utf8(error.as_bytes(), error.utf8_error())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk lists files in an order of its own, and several threads find them in another one each time.
    #[test]
    fn files_stand_in_the_order_of_their_paths_however_they_were_found() {
        let paths = ["content/a.md", "content/a/b.md", "content/b.md", "site.toml"];
        let found = |order: [usize; 4]| {
            let refused = |at: usize| Read::refused(paths[at].to_owned(), &Refused::Special);
            collect(order.map(refused).into())
        };
        let (expected, findings) = found([0, 1, 2, 3]);
        assert_eq!(expected.iter().map(|(_, source)| source.path.as_str()).collect::<Vec<_>>(), paths);
        for order in [[3, 2, 1, 0], [2, 0, 3, 1]] {
            let (sources, others) = found(order);
            assert!(sources.iter().map(|(_, source)| &source.path).eq(paths));
            assert_eq!(others, findings);
        }
    }
}
