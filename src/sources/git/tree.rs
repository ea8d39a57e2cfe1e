//! The files of a catalogue in a tree of git.
//!
//! In comes a folder as git stores it, out go its files as the walk over a disk would have found them.
//! The same names are left out, the same sizes refused, and links and submodules are named and never followed.

use std::collections::{BTreeMap, HashMap};

use gix_hash::ObjectId;
use gix_object::tree::EntryKind;
use gix_object::{FindHeader as _, Kind, TreeRefIter};

use super::super::disk::Refused;
use super::super::kind::{is_leaving, is_text};
use super::super::walk::{Read, collect, content};
use super::super::{Content, Limits, SITE_FILE, Sources, TOPS};
use super::{Obstacle, Repository, damaged};
use crate::diagnostic::Diagnostic;
use crate::limits;

/// How long the path of a file may be.
const PATH: usize = 4096;

/// An entry of a folder.
struct Entry {
    kind: EntryKind,
    id: ObjectId,
}

/// The folder that the names lead to, where all of them are folders.
pub(super) fn below(
    repository: &Repository,
    top: ObjectId,
    way: &[Vec<u8>],
) -> Result<Option<ObjectId>, Obstacle> {
    let mut folder = top;
    for name in way {
        match entries(repository, folder)?.remove(name) {
            Some(Entry { kind: EntryKind::Tree, id }) => folder = id,
            _ => return Ok(None),
        }
    }
    Ok(Some(folder))
}

/// The files of the catalogue whose folder this is.
pub(super) fn read(
    repository: &Repository,
    catalogue: ObjectId,
    limits: &Limits,
) -> Result<(Sources, Vec<Diagnostic>), Obstacle> {
    let limits = &stated(repository, catalogue, limits)?;
    let mut blobs = Blobs { repository, limits, known: HashMap::new(), buffer: Vec::new() };
    let mut read = Vec::new();
    let mut count = 0;
    let tops = entries(repository, catalogue)?.into_iter();
    let mut waiting: Vec<(String, Entry)> = tops
        .filter_map(|(name, entry)| {
            let top = TOPS.iter().find(|top| top.as_bytes() == name)?;
            Some(((*top).to_owned(), entry))
        })
        .collect();
    while let Some((path, entry)) = waiting.pop() {
        count += 1;
        // Folders count, too: a few objects that name each other again and again would else be without end.
        if count > limits.files || path.len() > PATH {
            return Err(Obstacle::new(format!(
                "the tree {catalogue} has more than {} files and folders, or paths of more than {PATH} bytes",
                limits.files
            ))
            .help(limits::setting("files")));
        }
        match entry.kind {
            EntryKind::Tree => {
                for (name, entry) in entries(repository, entry.id)? {
                    let shown = String::from_utf8_lossy(&name);
                    if is_leaving(&shown, entry.kind == EntryKind::Tree) {
                        continue;
                    }
                    let path = format!("{path}/{shown}");
                    match std::str::from_utf8(&name) {
                        Ok(_) => waiting.push((path, entry)),
                        Err(_) => read.push(Read::refused(path, &Refused::Name)),
                    }
                }
            }
            EntryKind::Blob | EntryKind::BlobExecutable => read.push(blobs.read(path, entry.id)?),
            EntryKind::Link => read.push(Read::refused(path, &Refused::Link)),
            EntryKind::Commit => read.push(Read::refused(path, &Refused::Submodule)),
        }
    }
    Ok(collect(read))
}

/// The limits that the catalogue itself sets.
fn stated(repository: &Repository, catalogue: ObjectId, limits: &Limits) -> Result<Limits, Obstacle> {
    let mut top = entries(repository, catalogue)?;
    let Some(Entry { kind: EntryKind::Blob | EntryKind::BlobExecutable, id }) =
        top.remove(SITE_FILE.as_bytes())
    else {
        return Ok(*limits);
    };
    let mut blobs = Blobs { repository, limits, known: HashMap::new(), buffer: Vec::new() };
    let read = blobs.read(SITE_FILE.to_owned(), id)?;
    Ok(limits.stated(read.text()))
}

/// The entries of a folder by name. A name that could not stand in a folder on a disk shows a damaged or forged object.
fn entries(repository: &Repository, id: ObjectId) -> Result<BTreeMap<Vec<u8>, Entry>, Obstacle> {
    let mut buffer = Vec::new();
    let data = repository.object(&id, Kind::Tree, &mut buffer)?;
    let mut entries = BTreeMap::new();
    for entry in TreeRefIter::from_bytes(data, id.kind()) {
        let entry = entry.map_err(|error| damaged(&id, &error))?;
        let name = entry.filename.to_vec();
        let is_name = !name.is_empty()
            && !matches!(name.as_slice(), b"." | b"..")
            && !name.iter().any(|byte| matches!(byte, b'/' | 0));
        let known = entries.insert(name, Entry { kind: entry.mode.kind(), id: entry.oid.to_owned() });
        if !is_name || known.is_some() {
            return Err(damaged(&id, &"two files have one name, or a name is none"));
        }
    }
    Ok(entries)
}

/// The contents of files, each read once however often it stands in the catalogue.
struct Blobs<'r> {
    repository: &'r Repository,
    limits: &'r Limits,
    known: HashMap<(ObjectId, bool), Content>,
    buffer: Vec<u8>,
}

impl Blobs<'_> {
    fn read(&mut self, path: String, id: ObjectId) -> Result<Read, Obstacle> {
        let limit = self.limits.for_path(&path);
        let header = self.repository.objects.try_header(&id).map_err(|error| damaged(&id, &error))?;
        let size = header.ok_or_else(|| self.repository.missing(&id))?.size;
        if size > limit.bytes {
            return Ok(Read::refused(path, &Refused::TooLarge(size, limit)));
        }
        let key = (id, is_text(&path));
        if let Some(content) = self.known.get(&key) {
            return Ok(Read::fixed(path, content.clone()));
        }
        let bytes = self.repository.object(&id, Kind::Blob, &mut self.buffer)?;
        Ok(match content(&path, bytes.to_vec()) {
            Ok(content) => {
                self.known.insert(key, content.clone());
                Read::fixed(path, content)
            }
            Err(refused) => Read::refused(path, &refused),
        })
    }
}
