//! The finished site as a value: every output path, and its bytes when somebody asks for them.
//!
//! In come paths with bytes, or with the number by which a maker knows them, out goes one ordered table that `build` publishes and
//! tests compare. A site never touches the disk, and two sites of the same catalogue are equal.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::site_path::SitePath;

/// Makes files of a site, each from its number alone: the same bytes however often and in whatever order they are asked for.
pub trait Maker: Send + Sync {
    /// Adds the file's bytes to `bytes`, or says which mistake of a template keeps it from being made.
    fn make(&self, number: u32, bytes: &mut Vec<u8>) -> Result<(), Box<Diagnostic>>;
}

/// Every file of the published site, by path.
#[derive(Clone, Default)]
pub struct Site {
    files: BTreeMap<SitePath, Content>,
    maker: Option<Arc<dyn Maker>>,
}

/// Where the bytes of a file come from.
#[derive(Clone)]
enum Content {
    /// They are here.
    Ready(Arc<[u8]>),
    /// The maker makes them; `kept` has them once somebody wanted to keep them.
    Made { number: u32, kept: OnceLock<Arc<[u8]>> },
}

/// One file of a site.
#[derive(Clone, Copy)]
pub struct File<'s> {
    /// Its path.
    pub path: &'s SitePath,
    content: &'s Content,
    site: &'s Site,
}

impl<'s> File<'s> {
    /// The file's bytes, which are not kept: those that are made stand in `buffer`.
    pub fn bytes<'b>(&self, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], Box<Diagnostic>>
    where
        's: 'b,
    {
        match self.content {
            Content::Ready(bytes) => Ok(bytes),
            Content::Made { number, kept } => match kept.get() {
                Some(bytes) => Ok(bytes),
                None => {
                    buffer.clear();
                    self.site.make(*number, buffer)?;
                    Ok(buffer)
                }
            },
        }
    }

    /// The file's bytes, which the site keeps from now on.
    pub fn kept(&self) -> Result<&'s Arc<[u8]>, Box<Diagnostic>> {
        match self.content {
            Content::Ready(bytes) => Ok(bytes),
            Content::Made { number, kept } => {
                if let Some(bytes) = kept.get() {
                    return Ok(bytes);
                }
                let mut bytes = Vec::new();
                self.site.make(*number, &mut bytes)?;
                Ok(kept.get_or_init(|| bytes.into()))
            }
        }
    }
}

impl Site {
    /// A site without files, and what will make those that are not there as bytes.
    pub fn made_by(maker: Arc<dyn Maker>) -> Self {
        Self { files: BTreeMap::new(), maker: Some(maker) }
    }

    /// Adds a file; returns false, changing nothing, when the path is taken: by a file, or by a folder where
    /// this is a file, or by a file where this needs a folder.
    pub fn add(&mut self, path: SitePath, bytes: impl Into<Arc<[u8]>>) -> bool {
        self.insert(path, Content::Ready(bytes.into()))
    }

    /// The same for a file that the maker knows by this number.
    pub fn add_made(&mut self, path: SitePath, number: u32) -> bool {
        self.insert(path, Content::Made { number, kept: OnceLock::new() })
    }

    fn insert(&mut self, path: SitePath, content: Content) -> bool {
        if self.files.contains_key(&path)
            || self.is_folder(path.as_str())
            || path.folders().any(|folder| self.files.contains_key(folder))
        {
            return false;
        }
        self.files.insert(path, content);
        true
    }

    /// Whether some file stands below this path.
    fn is_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let from = (Bound::Included(below.as_str()), Bound::Unbounded);
        self.files.range::<str, _>(from).next().is_some_and(|(first, _)| first.as_str().starts_with(&below))
    }

    fn make(&self, number: u32, bytes: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        let maker = self.maker.as_ref().expect("a site with files to make has a maker");
        maker.make(number, bytes)
    }

    /// The files in the order of their paths, none of them made.
    pub fn files(&self) -> impl Iterator<Item = File<'_>> {
        self.files.iter().map(|(path, content)| File { path, content, site: self })
    }

    /// The file at a path.
    pub fn file(&self, path: &SitePath) -> Option<File<'_>> {
        let (path, content) = self.files.get_key_value(path)?;
        Some(File { path, content, site: self })
    }

    /// The files with their bytes, in the order of their paths; those that cannot be made are left out.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &Arc<[u8]>)> {
        self.files().filter_map(|file| Some((file.path, file.kept().ok()?)))
    }

    /// The bytes at a path, made when they are first asked for; `None` as well where they cannot be made.
    pub fn get(&self, path: &SitePath) -> Option<&Arc<[u8]>> {
        self.file(path)?.kept().ok()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Makes and keeps every file; what comes back are the mistakes that keep some from being made, each told once.
    pub fn make_all(&self) -> Vec<Diagnostic> {
        self.mistakes_of(|file, _| file.kept().err())
    }

    /// The same mistakes; every file is made once and none is kept.
    pub fn try_all(&self) -> Vec<Diagnostic> {
        self.mistakes_of(|file, buffer| file.bytes(buffer).err())
    }

    fn mistakes_of(
        &self,
        mistake: impl Fn(&File<'_>, &mut Vec<u8>) -> Option<Box<Diagnostic>> + Sync,
    ) -> Vec<Diagnostic> {
        let files: Vec<File<'_>> = self.files().collect();
        let mistakes = files.par_iter().map_init(Vec::new, |buffer, file| mistake(file, buffer));
        let told: BTreeSet<Diagnostic> =
            mistakes.flatten_iter().map(|mistake| *mistake).collect::<Vec<_>>().into_iter().collect();
        told.into_iter().collect()
    }
}

impl PartialEq for Site {
    fn eq(&self, other: &Self) -> bool {
        self.files.keys().eq(other.files.keys()) && self.iter().eq(other.iter())
    }
}

impl Eq for Site {}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.files.keys()).finish()
    }
}
