//! What stands in a folder, file by file, without its contents.
//!
//! In comes a folder, out go its files with size, time and number, its folders, and everything that is neither.
//! Links are never followed, and nothing is opened but folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// What the file system says of a file. Two equal stamps in one place mean that nobody wrote to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size: u64,
    /// Nanoseconds since 1970.
    pub(super) modified: i128,
    pub(super) inode: u64,
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.size(),
            modified: i128::from(metadata.mtime()) * 1_000_000_000 + i128::from(metadata.mtime_nsec()),
            inode: metadata.ino(),
        }
    }
}

/// The contents of a folder, paths relative to it with `/` between their parts.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) files: BTreeMap<String, Stamp>,
    pub(super) folders: BTreeSet<String>,
    /// Links, devices, and names that are not Unicode: nothing that a site consists of.
    pub(super) strays: BTreeSet<PathBuf>,
}

impl Tree {
    /// Lists a folder, level by level: deep trees need no deep stack.
    pub(super) fn read(root: &Path) -> io::Result<Self> {
        let mut tree = Self::default();
        let mut level = vec![String::new()];
        while !level.is_empty() {
            let lists: Vec<_> = level.par_iter().map(|folder| list(root, folder)).collect();
            let mut below = Vec::new();
            for entries in lists {
                for entry in entries? {
                    match entry {
                        Entry::File(path, stamp) => {
                            tree.files.insert(path, stamp);
                        }
                        Entry::Folder(path) => below.push(path),
                        Entry::Stray(path) => {
                            tree.strays.insert(path);
                        }
                    }
                }
            }
            tree.folders.extend(below.iter().cloned());
            level = below;
        }
        Ok(tree)
    }
}

enum Entry {
    File(String, Stamp),
    Folder(String),
    Stray(PathBuf),
}

fn list(root: &Path, folder: &str) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name();
        let file_type = entry.file_type()?;
        let path = name.to_str().map(|name| match folder {
            "" => name.to_owned(),
            _ => format!("{folder}/{name}"),
        });
        entries.push(match path {
            Some(path) if file_type.is_dir() => Entry::Folder(path),
            Some(path) if file_type.is_file() => Entry::File(path, Stamp::of(&entry.metadata()?)),
            _ => Entry::Stray(Path::new(folder).join(name)),
        });
    }
    Ok(entries)
}
