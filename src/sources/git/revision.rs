//! What the name of a revision means.
//!
//! In comes a name such as `main`, `v1.2`, `3f2c1ab`, `HEAD~2` or `main:catalogue`, out goes the snapshot that it stands for.
//! Names that ask git's settings, logs, index or messages (`@{upstream}`, `:/text`) are refused with what can be said instead.

use gix_hash::{ObjectId, Prefix};
use gix_object::{CommitRefIter, FindHeader as _, Kind, TagRefIter};
use gix_ref::Target;
use gix_ref::file::Store;
use gix_revision::{Graph, merge_base};

use super::{Obstacle, Repository, Snapshot, damaged, tree};
use crate::near;

/// How many tags may point to tags.
const TAGS: usize = 16;

const FORMS: &str = "a revision is a branch, a tag or a commit, such as `main`, `v1.2` or `3f2c1ab`; `~2` and `^2` go back from there";

/// How many references may lead to references.
const LINKS: usize = 16;

/// The object that a reference leads to, if there is such a reference and its object is named by this hash.
pub(super) fn reference(references: &Store, kind: gix_hash::Kind, name: &str) -> Option<ObjectId> {
    let mut found = references.try_find(name).ok()??;
    for _ in 0..LINKS {
        match found.target {
            Target::Object(id) => return Some(id).filter(|id| id.kind() == kind),
            Target::Symbolic(name) => found = references.try_find(name.as_ref()).ok()??,
        }
    }
    None
}

impl Repository {
    /// The snapshot that a name stands for.
    pub fn find(&self, name: &str) -> Result<Snapshot, Obstacle> {
        let (revision, folder) =
            name.split_once(':').map_or((name, None), |(revision, folder)| (revision, Some(folder)));
        let object = self.navigate(revision).map_err(|obstacle| Obstacle {
            message: format!("`{name}` names no revision: {}", obstacle.message),
            ..obstacle
        })?;
        let (commit, top) = self.tree_of(object)?;
        let Some(folder) = folder else {
            return Ok(Snapshot { commit, tree: top, is_catalogue: false });
        };
        let way: Vec<Vec<u8>> = folder.split('/').filter(|part| !part.is_empty()).map(Into::into).collect();
        let found = tree::below(self, top, &way)?;
        let found = found.ok_or_else(|| Obstacle::new(format!("`{revision}` has no folder `{folder}`")))?;
        Ok(Snapshot { commit, tree: found, is_catalogue: true })
    }

    /// The newest common ancestor of two revisions: where one began to differ from the other.
    pub fn find_base(&self, one: &str, other: &str) -> Result<Snapshot, Obstacle> {
        let commit = |name: &str| {
            let snapshot = self.find(name)?;
            let is_whole = !snapshot.is_catalogue;
            snapshot.commit.filter(|_| is_whole).ok_or_else(|| {
                Obstacle::new(format!("`{name}` is no commit, so it has no ancestors in common with another"))
            })
        };
        let (first, second) = (commit(one)?, commit(other)?);
        let mut graph = Graph::new(&self.objects, None);
        let bases = merge_base(first, &[second], &mut graph).map_err(|error| {
            let help = "in a shallow clone, fetch the rest of the history with `git fetch --unshallow`";
            Obstacle::new(format!("the history of `{one}` and `{other}` cannot be followed: {error}"))
                .help(help)
        })?;
        let base = bases.map(|bases| *bases.first()).ok_or_else(|| {
            let obstacle = Obstacle::new(format!("`{one}` and `{other}` have no commit in common"));
            if self.is_shallow {
                return obstacle.help("this clone has only the newest commits: `git fetch --unshallow`");
            }
            obstacle
        })?;
        let (commit, tree) = self.tree_of(base)?;
        Ok(Snapshot { commit, tree, is_catalogue: false })
    }

    /// The object that a name with steps such as `~2` and `^2` leads to.
    fn navigate(&self, name: &str) -> Result<ObjectId, Obstacle> {
        if name.contains("@{") || name.starts_with('-') {
            return Err(Obstacle::new("this form is not understood").help(FORMS));
        }
        let end = name.find(['~', '^']).unwrap_or(name.len());
        let (start, mut steps) = name.split_at(end);
        let mut object = self.anchor(start)?;
        while let Some(sign) = steps.chars().next() {
            steps = &steps[1..];
            if let Some(rest) = steps.strip_prefix("{}").or_else(|| steps.strip_prefix("{commit}"))
                && sign == '^'
            {
                object = self.commit(object)?;
                steps = rest;
                continue;
            }
            let digits = steps.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = steps.split_at(digits);
            let number: usize = match number {
                "" => 1,
                number => number.parse().map_err(|_| Obstacle::new("a number is too large"))?,
            };
            object = self.commit(object)?;
            object = match sign {
                '~' => (0..number).try_fold(object, |commit, _| self.parent(commit, 1))?,
                '^' if number > 0 => self.parent(object, number)?,
                '^' => object,
                _ => return Err(Obstacle::new("this form is not understood").help(FORMS)),
            };
            steps = rest;
        }
        Ok(object)
    }

    /// The object that a name without steps means, in git's own order: a whole hash, a reference, the beginning of a hash.
    fn anchor(&self, name: &str) -> Result<ObjectId, Obstacle> {
        let name = if name == "@" { "HEAD" } else { name };
        if let Some(id) = ObjectId::from_hex(name.as_bytes()).ok().filter(|id| id.kind() == self.kind) {
            return match self.objects.try_header(&id).ok().flatten() {
                Some(_) => Ok(id),
                None => Err(self.missing(&id)),
            };
        }
        if let Some(id) = reference(&self.references, self.kind, name) {
            return Ok(id);
        }
        let whole = format!("{name:0<width$}", width = self.kind.len_in_hex());
        let whole = ObjectId::from_hex(whole.as_bytes()).ok().filter(|id| id.kind() == self.kind);
        if let Some(prefix) = whole.and_then(|id| Prefix::new(&id, name.len()).ok()) {
            match self.objects.lookup_prefix(prefix, None) {
                Ok(Some(Ok(id))) => return Ok(id),
                Ok(Some(Err(()))) => {
                    return Err(Obstacle::new("more than one object begins so").help("give more digits"));
                }
                Ok(None) | Err(_) => {}
            }
        }
        if self.has_reftable {
            return Err(Obstacle::new(
                "the branches of this repository are in a reftable, which is not read",
            )
            .help("give the whole hash of a commit, as `git rev-parse` prints it"));
        }
        if name == "HEAD" {
            return Err(Obstacle::new("the repository has no commit yet"));
        }
        let names = self.names();
        let remote = names.iter().find(|known| known.split_once('/').is_some_and(|(_, own)| own == name));
        let near =
            remote.map(String::as_str).or_else(|| near::nearest(name, names.iter().map(String::as_str)));
        Err(Obstacle::new("there is no such branch, tag or commit")
            .help(near.map_or_else(|| FORMS.to_owned(), |near| format!("did you mean `{near}`?"))))
    }

    /// The short names of all branches and tags.
    fn names(&self) -> Vec<String> {
        let Ok(all) = self.references.iter() else { return Vec::new() };
        let Ok(all) = all.all() else { return Vec::new() };
        all.filter_map(Result::ok).map(|reference| reference.name.shorten().to_string()).collect()
    }

    /// The commit that an object is, or that a tag points to.
    fn commit(&self, object: ObjectId) -> Result<ObjectId, Obstacle> {
        match self.without_tags(object)? {
            (commit, Kind::Commit) => Ok(commit),
            (id, kind) => Err(Obstacle::new(format!("{} is a {kind} and no commit", id.to_hex_with_len(7)))),
        }
    }

    fn parent(&self, commit: ObjectId, number: usize) -> Result<ObjectId, Obstacle> {
        let mut buffer = Vec::new();
        let data = self.object(&commit, Kind::Commit, &mut buffer)?;
        let parent = CommitRefIter::from_bytes(data, commit.kind()).parent_ids().nth(number - 1);
        parent.ok_or_else(|| {
            let short = commit.to_hex_with_len(7);
            Obstacle::new(match number {
                1 => format!("the history begins with {short}"),
                _ => format!("{short} has no parent {number}"),
            })
        })
    }

    /// The folder of all files of a commit, with the commit; a folder may be named itself.
    fn tree_of(&self, object: ObjectId) -> Result<(Option<ObjectId>, ObjectId), Obstacle> {
        match self.without_tags(object)? {
            (commit, Kind::Commit) => {
                let mut buffer = Vec::new();
                let data = self.object(&commit, Kind::Commit, &mut buffer)?;
                let tree = CommitRefIter::from_bytes(data, commit.kind()).tree_id();
                Ok((Some(commit), tree.map_err(|error| damaged(&commit, &error))?))
            }
            (tree, Kind::Tree) => Ok((None, tree)),
            (id, kind) => Err(Obstacle::new(format!("{} is a {kind} and no commit", id.to_hex_with_len(7)))),
        }
    }

    /// What a tag, or a tag of a tag, points to.
    fn without_tags(&self, mut object: ObjectId) -> Result<(ObjectId, Kind), Obstacle> {
        for _ in 0..TAGS {
            let header = self.objects.try_header(&object).map_err(|error| damaged(&object, &error))?;
            let kind = header.ok_or_else(|| self.missing(&object))?.kind;
            if kind != Kind::Tag {
                return Ok((object, kind));
            }
            let mut buffer = Vec::new();
            let data = self.object(&object, Kind::Tag, &mut buffer)?;
            let target = TagRefIter::from_bytes(data, object.kind()).target_id();
            object = target.map_err(|error| damaged(&object, &error))?;
        }
        Err(Obstacle::new("too many tags point to each other"))
    }
}
