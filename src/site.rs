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
    /// Makes a file, or says which mistake of a template keeps it from being made. `made` lends its room and may hold anything.
    fn make(&self, number: u32, made: &mut Made) -> Result<(), Box<Diagnostic>>;
}

/// A file that was made, and what came with it.
#[derive(Debug, Default)]
pub struct Made {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Files that are made with it and stand in the same folder.
    pub beside: Vec<(SitePath, Vec<u8>)>,
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
    Made { number: u32, kept: OnceLock<Kept> },
}

/// What was made and is kept.
#[derive(Clone)]
struct Kept {
    bytes: Arc<[u8]>,
    beside: Vec<(SitePath, Arc<[u8]>)>,
}

/// One file of a site, with what is made with it.
#[derive(Clone, Copy)]
pub struct File<'s> {
    /// Its path.
    pub path: &'s SitePath,
    content: &'s Content,
    site: &'s Site,
}

impl File<'_> {
    /// Hands over the file with its bytes and then what stands beside it; nothing is kept. `made` lends its room.
    pub fn each(
        &self,
        made: &mut Made,
        mut act: impl FnMut(&SitePath, &[u8]),
    ) -> Result<(), Box<Diagnostic>> {
        match self.content {
            Content::Ready(bytes) => act(self.path, bytes),
            Content::Made { number, kept } => match kept.get() {
                Some(kept) => {
                    act(self.path, &kept.bytes);
                    kept.beside.iter().for_each(|(path, bytes)| act(path, bytes));
                }
                None => {
                    self.site.make(*number, made)?;
                    act(self.path, &made.bytes);
                    made.beside.iter().for_each(|(path, bytes)| act(path, bytes));
                }
            },
        }
        Ok(())
    }
}

impl<'s> File<'s> {
    /// The file's bytes, which the site keeps from now on.
    pub fn kept(&self) -> Result<&'s Arc<[u8]>, Box<Diagnostic>> {
        match self.content {
            Content::Ready(bytes) => Ok(bytes),
            Content::Made { number, kept } => {
                if let Some(kept) = kept.get() {
                    return Ok(&kept.bytes);
                }
                let mut made = Made::default();
                self.site.make(*number, &mut made)?;
                let beside = made.beside.into_iter().map(|(path, bytes)| (path, bytes.into())).collect();
                Ok(&kept.get_or_init(|| Kept { bytes: made.bytes.into(), beside }).bytes)
            }
        }
    }

    /// What stands beside the file and was kept with it.
    fn beside(&self) -> &'s [(SitePath, Arc<[u8]>)] {
        match self.content {
            Content::Ready(_) => &[],
            Content::Made { kept, .. } => kept.get().map_or(&[], |kept| &kept.beside),
        }
    }
}

impl Site {
    /// A site whose files are all still to be made: the maker knows each by its place in the list. Of several with one path the first
    /// is taken; that none is where another has a folder was seen to before.
    pub fn made_by(maker: Arc<dyn Maker>, paths: Vec<SitePath>) -> Self {
        let numbered = paths.into_iter().enumerate();
        let mut files: Vec<(SitePath, Content)> = numbered
            .map(|(number, path)| (path, Content::Made { number: number as u32, kept: OnceLock::new() }))
            .collect();
        // a table of what is in order already is made in one go
        files.par_sort_by(|(one, _), (other, _)| one.cmp(other));
        files.dedup_by(|(later, _), (first, _)| later == first);
        Self { files: files.into_iter().collect(), maker: Some(maker) }
    }

    /// Adds a file; returns false, changing nothing, when the path is taken: by a file, or by a folder where
    /// this is a file, or by a file where this needs a folder.
    pub fn add(&mut self, path: SitePath, bytes: impl Into<Arc<[u8]>>) -> bool {
        if self.files.contains_key(&path)
            || self.is_folder(path.as_str())
            || path.folders().any(|folder| self.files.contains_key(folder))
        {
            return false;
        }
        self.files.insert(path, Content::Ready(bytes.into()));
        true
    }

    /// Whether some file stands below this path.
    fn is_folder(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let from = (Bound::Included(below.as_str()), Bound::Unbounded);
        self.files.range::<str, _>(from).next().is_some_and(|(first, _)| first.as_str().starts_with(&below))
    }

    fn make(&self, number: u32, made: &mut Made) -> Result<(), Box<Diagnostic>> {
        let maker = self.maker.as_ref().expect("a site with files to make has a maker");
        maker.make(number, made)
    }

    /// The files in the order of their paths, none of them made. What is made with a file is not among them.
    pub fn files(&self) -> impl Iterator<Item = File<'_>> {
        self.files.iter().map(|(path, content)| File { path, content, site: self })
    }

    /// The file at a path, made or not; what is made with a page is none.
    pub fn file(&self, path: &SitePath) -> Option<File<'_>> {
        let (path, content) = self.files.get_key_value(path)?;
        Some(File { path, content, site: self })
    }

    /// The files with their bytes, in the order of their paths; those that cannot be made are left out.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &Arc<[u8]>)> {
        let mut all: BTreeMap<&SitePath, &Arc<[u8]>> = BTreeMap::new();
        for file in self.files() {
            let Ok(bytes) = file.kept() else { continue };
            all.insert(file.path, bytes);
            for (path, bytes) in file.beside() {
                all.entry(path).or_insert(bytes);
            }
        }
        all.into_iter()
    }

    /// The bytes at a path, made when they are first asked for; `None` as well where they cannot be made.
    pub fn get(&self, path: &SitePath) -> Option<&Arc<[u8]>> {
        self.try_get(path)?.ok()
    }

    /// The same; where the file cannot be made, the mistake.
    pub fn try_get(&self, path: &SitePath) -> Option<Result<&Arc<[u8]>, Box<Diagnostic>>> {
        if let Some(file) = self.file(path) {
            return Some(file.kept());
        }
        // It may be made with the page of its folder.
        let folder = path.folders().next().map_or(String::new(), |folder| format!("{folder}/"));
        let page = self.file(&SitePath::new(&format!("{folder}index.html")).ok()?)?;
        match page.kept() {
            Ok(_) => page.beside().iter().find(|(beside, _)| beside == path).map(|(_, bytes)| Ok(bytes)),
            Err(mistake) => Some(Err(mistake)),
        }
    }

    /// Whether there is a file at a path, made or not; what is made with a page only when that was made.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// How many files there are, with those that were made with others and kept.
    pub fn len(&self) -> usize {
        self.files.len() + self.files().map(|file| file.beside().len()).sum::<usize>()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Makes and keeps every file; what comes back are the mistakes that keep some from being made, each told once.
    pub fn make_all(&self) -> Vec<Diagnostic> {
        self.mistakes_of(|file, _| file.kept().map(|_| ()))
    }

    /// The same mistakes; every file is made once and none is kept.
    pub fn try_all(&self) -> Vec<Diagnostic> {
        self.mistakes_of(|file, made| file.each(made, |_, _| {}))
    }

    fn mistakes_of(
        &self,
        make: impl Fn(&File<'_>, &mut Made) -> Result<(), Box<Diagnostic>> + Sync,
    ) -> Vec<Diagnostic> {
        let files: Vec<File<'_>> = self.files().collect();
        let mistakes = files.par_iter().map_init(Made::default, |made, file| make(file, made).err());
        let mistakes: Vec<Box<Diagnostic>> = mistakes.flatten_iter().collect();
        let told: BTreeSet<Diagnostic> = mistakes.into_iter().map(|mistake| *mistake).collect();
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
