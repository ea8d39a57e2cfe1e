//! Reads a catalogue as a commit of a git repository has it.
//!
//! In come a folder of the catalogue and the name of a revision, out go the sources that a checkout of it would give.
//! The objects are read in this process: nothing is run, checked out or written, and no setting, hook, filter or attribute is looked at.

mod tree;
mod revision;

use std::fmt;
use std::path::Path;

use gix_hash::ObjectId;
use gix_object::{FindExt as _, Kind};
use gix_odb::store::init::Options;

use super::git_folder::GitFolder;
use super::{Limits, Sources};
use crate::diagnostic::Diagnostic;

/// The most that is taken into memory at once because an object says so; objects of a catalogue's size limit fit with their bases.
const ALLOCATION: usize = 256 << 20;

/// Why a repository or a revision of it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// What is in the way: lower case, no final full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Obstacle {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Obstacle {}

/// A repository with the place of one catalogue in it.
pub struct Repository {
    references: gix_ref::file::Store,
    objects: gix_odb::Handle,
    /// The hash by which its objects are named; objects of another must not be asked for.
    kind: gix_hash::Kind,
    /// The folders that lead from the top of the repository to the catalogue.
    way: Vec<Vec<u8>>,
    /// Whether there is no folder in which its files lie.
    is_bare: bool,
    /// Whether the repository holds only the newest part of its history.
    is_shallow: bool,
    /// Whether its references are kept in a form that cannot be read here.
    has_reftable: bool,
}

/// The files of one commit, or of a folder of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The commit, where a commit was named.
    commit: Option<ObjectId>,
    /// The folder in which the catalogue's way begins.
    tree: ObjectId,
    /// Whether the name said which folder is the catalogue.
    is_catalogue: bool,
}

impl Snapshot {
    /// The commit's name in the seven digits that people use; of the folder where only that was named.
    pub fn short(&self) -> String {
        self.commit.unwrap_or(self.tree).to_hex_with_len(7).to_string()
    }

    /// The commit's whole name; of the folder where only that was named.
    pub fn id(&self) -> String {
        self.commit.unwrap_or(self.tree).to_hex().to_string()
    }
}

impl Repository {
    /// Opens the repository that the catalogue's folder lies in; a bare repository may take the folder's place.
    pub fn around(catalogue: &Path) -> Result<Self, Obstacle> {
        let place = GitFolder::around(catalogue).ok_or_else(|| {
            Obstacle::new("the catalogue lies in no git repository")
                .help("compare two folders with `--from A --to B`")
        })?;
        let references = |kind| {
            if place.own == place.shared {
                return gix_ref::file::Store::at(place.own.clone(), kind);
            }
            gix_ref::file::Store::for_linked_worktree(place.own.clone(), place.shared.clone(), kind)
        };
        // The length of a commit's name says which hash the repository uses; without a commit there is nothing to read.
        let fits = |kind: &gix_hash::Kind| revision::reference(&references(*kind), *kind, "HEAD").is_some();
        let kind = [gix_hash::Kind::Sha1, gix_hash::Kind::Sha256].into_iter().find(fits);
        let kind = kind.unwrap_or(gix_hash::Kind::Sha1);
        let options = Options { alloc_limit_bytes: Some(ALLOCATION), ..Options::default() };
        let objects =
            gix_odb::at_opts(place.shared.join("objects"), kind, None, options).map_err(|error| {
                Obstacle::new(format!("the git repository around the catalogue cannot be read: {error}"))
            })?;
        Ok(Self {
            references: references(kind),
            objects,
            kind,
            way: way(&place, catalogue),
            is_bare: place.files.is_none(),
            is_shallow: place.shared.join("shallow").exists(),
            has_reftable: place.shared.join("reftable").exists(),
        })
    }

    /// Whether the repository has no folder in which its files lie.
    pub fn is_bare(&self) -> bool {
        self.is_bare
    }

    /// The catalogue's files in a snapshot, and what was wrong with them as such. A snapshot without the catalogue's folder has none.
    pub fn read(&self, snapshot: &Snapshot, limits: &Limits) -> Result<(Sources, Vec<Diagnostic>), Obstacle> {
        let way: &[Vec<u8>] = if snapshot.is_catalogue { &[] } else { &self.way };
        match tree::below(self, snapshot.tree, way)? {
            Some(folder) => tree::read(self, folder, limits),
            None => Ok((Sources::default(), Vec::new())),
        }
    }

    /// The paths whose content differs between a revision and the sources of now, new and removed ones included, in their order.
    pub fn changed_since(
        &self,
        revision: &str,
        now: &Sources,
        limits: &Limits,
    ) -> Result<Vec<String>, Obstacle> {
        let (before, _) = self.read(&self.find(revision)?, limits)?;
        Ok(now.changed_since(&before))
    }

    /// The bytes of an object of which one knows what it is.
    fn object<'b>(&self, id: &ObjectId, kind: Kind, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], Obstacle> {
        use gix_object::FindHeader as _;
        if self.objects.try_header(id).ok().flatten().is_none() {
            return Err(self.missing(id));
        }
        let found = self.objects.find(id, buffer).map_err(|error| damaged(id, &error))?;
        if found.kind != kind {
            return Err(Obstacle::new(format!("the git object {id} is a {} and no {kind}", found.kind)));
        }
        Ok(found.data)
    }

    fn missing(&self, id: &ObjectId) -> Obstacle {
        let message = format!("the git object {id} is not in the repository");
        let help = if self.is_shallow {
            "this clone has only the newest commits: fetch the others with `git fetch --unshallow`"
        } else {
            "a clone that was made with a filter lacks objects: fetch all of them with `git fetch --refetch`"
        };
        Obstacle::new(message).help(help)
    }
}

fn damaged(id: &ObjectId, error: &dyn fmt::Display) -> Obstacle {
    Obstacle::new(format!("the git object {id} cannot be read: {error}"))
        .help("`git fsck` says what is wrong with the repository")
}

/// The folders between the repository's files and the catalogue.
fn way(place: &GitFolder, catalogue: &Path) -> Vec<Vec<u8>> {
    use std::os::unix::ffi::OsStrExt as _;
    let catalogue = catalogue.canonicalize().ok();
    let below = catalogue.as_deref().zip(place.files.as_deref());
    let below = below.and_then(|(catalogue, files)| catalogue.strip_prefix(files).ok());
    below.map_or(Vec::new(), |below| below.iter().map(|part| part.as_bytes().to_vec()).collect())
}
