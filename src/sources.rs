//! The catalogue's files, read once.
//!
//! In comes a folder (or, in tests, a list of files), out goes every input file with its path relative to the catalogue, sorted by path.
//! This is the only reader of the disk; nothing outside the folder is read and nothing is written.

use std::sync::Arc;

use crate::text::FileId;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A record, a text, a template: UTF-8, without a byte order mark counted as text.
    Text(Arc<str>),
    /// A document or a picture.
    Bytes(Arc<[u8]>),
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path relative to the catalogue, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// All input files in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Files from memory, in any order.
    pub fn from_files(files: impl IntoIterator<Item = Source>) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// Every file with its number.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (FileId(index as u32), source))
    }

    /// The path of a file, relative to the catalogue.
    pub fn path(&self, file: FileId) -> &str {
        &self.files[file.index()].path
    }

    /// The text of a file; empty for a document or a picture.
    pub fn text(&self, file: FileId) -> &str {
        match &self.files[file.index()].content {
            Content::Text(text) => text,
            Content::Bytes(_) => "",
        }
    }

    /// The file with this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let found = self.files.binary_search_by(|source| source.path.as_str().cmp(path));
        found.ok().map(|index| FileId(index as u32))
    }
}

// STUB of the report branch; the reader of the disk replaces it.
/// The largest files that are read, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// A record.
    pub record: u64,
}

impl Sources {
    /// Reads a catalogue.
    pub fn read(
        root: &std::path::Path,
        _limits: &Limits,
    ) -> std::io::Result<(Self, Vec<crate::diagnostic::Diagnostic>)> {
        #[expect(clippy::disallowed_methods, reason = "a stub")]
        std::fs::read_dir(root).map(|_| (Self::default(), Vec::new()))
    }
}

/// The folder with `site.toml` at or above `start`.
pub fn find_root(start: &std::path::Path) -> Option<std::path::PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "a stub")]
    start.ancestors().find(|folder| folder.join("site.toml").is_file()).map(Into::into)
}
