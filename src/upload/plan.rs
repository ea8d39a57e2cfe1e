//! What a store lacks of a site, and what it has too much.
//!
//! In come a published folder and what a store says of itself, out go the files to send and the objects to take away.
//! An object that certalog did not put there is in no plan; where a file of the site needs its name, there is no plan at all.

use std::collections::BTreeMap;
use std::fmt;

use super::{Failed, Store};
use crate::digest::Digest;
use crate::provenance::mark::{self, Unreadable};
use crate::publish::{Folder, PublishError};
use crate::site_path::{OWNERSHIP_MARK, SitePath};

/// A file to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Its path.
    pub path: String,
    /// Its digest.
    pub digest: Digest,
    /// How many bytes it has.
    pub size: u64,
    /// Whether there is no object of this name.
    pub is_new: bool,
}

/// What has to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files that pages need.
    pub assets: Vec<Put>,
    /// Pages.
    pub pages: Vec<Put>,
    /// Objects that the site does not have any more.
    pub gone: Vec<String>,
    /// How many files are there already.
    pub same: usize,
    /// What is certalog's in the store now, with the digests of what is there for certain.
    pub(super) known: BTreeMap<String, Digest>,
    /// Whether the list in the store is that of the site.
    is_listed: bool,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_done(&self) -> bool {
        self.assets.is_empty() && self.pages.is_empty() && self.gone.is_empty() && self.is_listed
    }
}

/// Why there is no plan.
#[derive(Debug)]
pub enum Obstacle {
    /// The store failed.
    Store(Failed),
    /// The folder could not be read.
    Folder(PublishError),
    /// Objects of somebody else have names that the site needs: the first of them, and how many there are.
    Foreign(Vec<String>, usize),
    /// The list in the store is that of another version.
    OtherFormat,
    /// The list in the store is none.
    BrokenMark,
}

impl Obstacle {
    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Store(_) => None,
            Self::Folder(error) => error.help(),
            Self::Foreign(..) => Some("publish to another place of the store, or remove them yourself"),
            Self::OtherFormat => {
                Some("publish with the certalog that wrote it, or remove what it published yourself")
            }
            Self::BrokenMark => {
                Some("remove the object `.certalog` and what was published beside it yourself")
            }
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(failed) => failed.fmt(f),
            Self::Folder(error) => error.fmt(f),
            Self::Foreign(names, count) => {
                let (is, noun) = if *count == 1 { ("is", "object") } else { ("are", "objects") };
                let shown: Vec<String> =
                    names.iter().map(|name| format!("`{}`", name.escape_debug())).collect();
                write!(
                    f,
                    "there {is} {count} {noun} that certalog did not publish and the site has a file for: {}",
                    shown.join(", ")
                )?;
                if *count > names.len() {
                    write!(f, " and {} more", count - names.len())?;
                }
                Ok(())
            }
            Self::OtherFormat => f.write_str("what is there was published by another version of certalog"),
            Self::BrokenMark => f.write_str("the list of published objects, `.certalog`, is damaged"),
        }
    }
}

impl From<Failed> for Obstacle {
    fn from(failed: Failed) -> Self {
        Self::Store(failed)
    }
}

/// Compares a folder with a store.
pub fn plan(from: &Folder, store: &dyn Store) -> Result<Plan, Obstacle> {
    let listed = match store.get(OWNERSHIP_MARK)? {
        None => None,
        Some(bytes) => Some(listed(&bytes)?),
    };
    let present = store.list()?;
    let known = listed.clone().unwrap_or_default();
    let foreign: Vec<String> = from
        .files()
        .keys()
        .filter(|path| present.contains_key(*path) && !known.contains_key(*path))
        .cloned()
        .collect();
    if !foreign.is_empty() {
        let count = foreign.len();
        return Err(Obstacle::Foreign(foreign.into_iter().take(5).collect(), count));
    }
    let mut plan = Plan { is_listed: listed.as_ref() == Some(from.files()), ..Plan::default() };
    for (path, digest) in from.files() {
        let size = from.size(path).map_err(Obstacle::Folder)?;
        let there = present.get(path);
        if known.get(path) == Some(digest) && there == Some(&size) {
            plan.same += 1;
            continue;
        }
        let put = Put { path: path.clone(), digest: *digest, size, is_new: there.is_none() };
        if is_page(path) { plan.pages.push(put) } else { plan.assets.push(put) }
    }
    let is_gone = |path: &&String| !from.files().contains_key(*path) && present.contains_key(*path);
    plan.gone = known.keys().filter(is_gone).cloned().collect();
    plan.known = known;
    Ok(plan)
}

/// The files of a list. A list with a name that no site has is none: it must not say what is deleted.
fn listed(bytes: &[u8]) -> Result<BTreeMap<String, Digest>, Obstacle> {
    let text = std::str::from_utf8(bytes).map_err(|_| Obstacle::BrokenMark)?;
    let files = mark::read(text).map_err(|unreadable| match unreadable {
        Unreadable::OtherFormat => Obstacle::OtherFormat,
        Unreadable::Broken => Obstacle::BrokenMark,
    })?;
    let is_path = |path: &String| SitePath::new(path).is_ok_and(|checked| checked.as_str() == path);
    if files.keys().all(is_path) { Ok(files) } else { Err(Obstacle::BrokenMark) }
}

/// Whether a file is a page, or a page's compressed form: what leads to other files.
fn is_page(path: &str) -> bool {
    let path = path.strip_suffix(".gz").unwrap_or(path);
    SitePath::new(path).is_ok_and(|path| path.is_page())
}
