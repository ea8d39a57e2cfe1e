//! The catalogue's files, read once.
//!
//! In comes a folder or a commit of a repository (or, in tests, a list of files), out goes every input file with its path relative to the catalogue, sorted by path.
//! This is the only reader of the disk; nothing outside the folder is read and nothing is written.

mod kind;
mod stamp;
mod disk;
mod git_folder;
pub mod surroundings;
mod walk;
pub mod git;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub use crate::limits::Limits;
use crate::text::{FileId, LineColumn, LineIndex, Lines, Place};
pub use walk::Reader;

/// The file that makes a folder a catalogue.
pub const SITE_FILE: &str = "site.toml";

/// What the sources consist of: one file and two folders, directly in the catalogue.
pub const TOPS: [&str; 3] = [SITE_FILE, "content", "themes"];

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A record, a text, a template: UTF-8, as it is on disk. See [`body_start`] for a byte order mark.
    Text(Arc<str>),
    /// A document or a picture.
    Bytes(Arc<[u8]>),
}

impl Content {
    /// Whether both hold the same bytes; what is the same in memory need not be compared.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => Arc::ptr_eq(one, other) || one == other,
            (Self::Bytes(one), Self::Bytes(other)) => Arc::ptr_eq(one, other) || one == other,
            _ => false,
        }
    }
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path relative to the catalogue, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// All input files in the order of their paths. A copy shares them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: Arc<Vec<Source>>,
    unread: Arc<BTreeSet<FileId>>,
    positions: Positions,
}

/// The lines of the texts for which somebody asked; what is known of them makes no sources other sources.
#[derive(Clone, Debug, Default)]
struct Positions(Arc<Vec<OnceLock<LineIndex>>>);

impl PartialEq for Positions {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Positions {}

impl Sources {
    /// Files from memory, in any order.
    pub fn from_files(files: impl IntoIterator<Item = Source>) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self::of(files, Arc::default())
    }

    fn of(files: Vec<Source>, unread: Arc<BTreeSet<FileId>>) -> Self {
        let positions = files.iter().map(|_| OnceLock::new()).collect();
        Self { files: Arc::new(files), unread, positions: Positions(Arc::new(positions)) }
    }

    /// The line and the column of an offset in a file.
    pub fn line_column(&self, file: FileId, offset: u32) -> LineColumn {
        let text = self.text(file);
        self.positions.0[file.index()].get_or_init(|| LineIndex::of(text)).line_column(text, offset)
    }

    /// Every file with its number.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (FileId(index as u32), source))
    }

    /// The path of a file, relative to the catalogue.
    pub fn path(&self, file: FileId) -> &str {
        &self.files[file.index()].path
    }

    /// What a file holds.
    pub fn content(&self, file: FileId) -> &Content {
        &self.files[file.index()].content
    }

    /// The text of a file; empty for a document or a picture.
    pub fn text(&self, file: FileId) -> &str {
        match &self.files[file.index()].content {
            Content::Text(text) => text,
            Content::Bytes(_) => "",
        }
    }

    /// The lines of places. Those of one file that stand one after the other are counted in one pass.
    pub fn lines(&self, places: impl Iterator<Item = Place>) -> Vec<u32> {
        let mut counted: Option<(FileId, Lines<'_>)> = None;
        let lines = places.map(|place| {
            let (_, of_file) = match &mut counted {
                Some(known) if known.0 == place.file => known,
                other => other.insert((place.file, Lines::of(self.text(place.file)))),
            };
            of_file.line(place.span.start)
        });
        lines.collect()
    }

    /// The file with this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let found = self.files.binary_search_by(|source| source.path.as_str().cmp(path));
        found.ok().map(|index| FileId(index as u32))
    }

    /// The bytes of a file, whatever it holds.
    pub fn bytes(&self, file: FileId) -> &[u8] {
        match &self.files[file.index()].content {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }

    /// The same, shared and not copied.
    pub fn shared_bytes(&self, file: FileId) -> Arc<[u8]> {
        match &self.files[file.index()].content {
            Content::Text(text) => Arc::clone(text).into(),
            Content::Bytes(bytes) => Arc::clone(bytes),
        }
    }

    /// The same files, some of them with other texts.
    pub fn with_texts(&self, texts: &BTreeMap<FileId, Arc<str>>) -> Self {
        let files = self.iter().map(|(file, source)| match texts.get(&file) {
            Some(text) => Source { path: source.path.clone(), content: Content::Text(Arc::clone(text)) },
            None => source.clone(),
        });
        Self::of(files.collect(), Arc::clone(&self.unread))
    }

    /// The same files without the texts that are not to be kept; documents and pictures stay.
    pub fn with_texts_of(&self, is_kept: impl Fn(FileId, &str) -> bool) -> Self {
        let nothing: Arc<str> = Arc::from("");
        let files = self.iter().map(|(file, source)| Source {
            path: source.path.clone(),
            content: match &source.content {
                Content::Text(_) if !is_kept(file, &source.path) => Content::Text(Arc::clone(&nothing)),
                content => content.clone(),
            },
        });
        Self::of(files.collect(), Arc::clone(&self.unread))
    }

    /// Whether the file stands here only so that a diagnostic can name it: a link, a folder that cannot be read, a file
    /// that is too large or not UTF-8. Its content is empty and was reported; later stages have nothing to add.
    pub fn is_unread(&self, file: FileId) -> bool {
        self.unread.contains(&file)
    }

    /// The paths of the files that are not as they were: with other content, new or gone, in the order of paths.
    pub fn changed_since(&self, earlier: &Self) -> Vec<String> {
        let known: BTreeMap<&str, (&Content, bool)> = earlier.by_path().collect();
        let mut changed: Vec<String> = self
            .by_path()
            .filter(|(path, (content, unread))| {
                let same = known.get(path).filter(|(_, was_unread)| was_unread == unread);
                !same.is_some_and(|(was, _)| content.is_same(was))
            })
            .map(|(path, _)| path.to_owned())
            .collect();
        let gone = earlier.files.iter().filter(|source| self.find(&source.path).is_none());
        changed.extend(gone.map(|source| source.path.clone()));
        changed.sort_unstable();
        changed
    }

    fn by_path(&self) -> impl Iterator<Item = (&str, (&Content, bool))> {
        self.iter().map(|(file, source)| (source.path.as_str(), (&source.content, self.is_unread(file))))
    }

    /// The limits that `site.toml` sets.
    pub fn limits(&self) -> Limits {
        let site = self.find(SITE_FILE).map_or("", |file| self.text(file));
        Limits::default().stated(site)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Reads a file that somebody named and that is no part of a catalogue, such as a table to import. `None` where it has more bytes
/// than `most`.
pub fn read_named(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    // one byte more than the limit shows that there is more
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Where the text of a file begins: after the byte order mark that some editors put first. Spans count the mark.
pub fn body_start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The catalogue that `start` lies in: the nearest folder, from `start` up, with a `site.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    let root = start.ancestors().find(|folder| {
        // a link counts: it is refused by name when the catalogue is read, which says more than "no catalogue here"
        folder.join(SITE_FILE).symlink_metadata().is_ok_and(|found| !found.is_dir())
    });
    root.map(Path::to_owned)
}

/// Where something stands below a folder, with `/` between the parts; empty for the folder itself, `None` where it lies outside.
pub fn below(root: &Path, path: &Path) -> Option<String> {
    let (root, path) = (root.canonicalize().ok()?, path.canonicalize().ok()?);
    let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// The text of a file that is no part of a catalogue, such as the settings of a tool beside it; `None` where it has none.
pub fn text_beside(root: &Path, name: &str) -> Option<String> {
    let bytes = std::fs::read(root.join(name)).ok()?;
    String::from_utf8(bytes).ok()
}
