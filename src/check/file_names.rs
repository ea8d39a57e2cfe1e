//! File names that every system can store, and no two that some system takes for one.
//!
//! In come the paths of all files and what was found before, out go `unstorable-name` and `colliding-files`.
//! A name that was refused as an id or an address is not refused again, and no file is looked into.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::site_path::{check_name, folded};
use crate::sources::Sources;
use crate::text::{FileId, Place, Span};

pub(super) fn storable(sources: &Sources, before: &[Diagnostic]) -> Vec<Diagnostic> {
    let told_of = |codes: &[Code]| -> BTreeSet<FileId> {
        let told = before.iter().filter(|found| codes.contains(&found.code));
        told.map(|found| found.place.file).collect()
    };
    let refused = told_of(&[Code::InvalidId]);
    let clashing = told_of(&[Code::InvalidId, Code::AddressConflict, Code::DuplicateRecord]);
    let mut found = Vec::new();
    let mut spelled: BTreeMap<String, (&str, FileId)> = BTreeMap::new();
    let mut last = "";
    for (file, source) in sources.iter().filter(|(file, _)| !sources.is_unread(*file)) {
        for path in levels(&source.path) {
            // What stands above several files is looked at with the first of them.
            if last.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')) {
                continue;
            }
            let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
            if let Err(refusal) = check_name(name)
                && !is_told(path, &refused, sources)
            {
                let message = format!("not every system can store `{}`: {refusal}", shown(path));
                found.push(
                    Diagnostic::new(Code::UnstorableName, start(file), message)
                        .help("rename it: who gets the catalogue on such a system could not even unpack it"),
                );
            }
            match spelled.get(&folded(path)) {
                Some((first, other)) if *first != path => {
                    if !clashing.contains(&file) && !clashing.contains(other) {
                        found.push(collision((path, file), (first, *other)));
                    }
                    // What stands below the two is theirs.
                    break;
                }
                Some(_) => {}
                None => {
                    spelled.insert(folded(path), (path, file));
                }
            }
        }
        last = &source.path;
    }
    found
}

/// The folders above a file, from the top down, and the file itself.
fn levels(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).chain([path])
}

/// Whether the name was refused where a record in it was read.
fn is_told(path: &str, refused: &BTreeSet<FileId>, sources: &Sources) -> bool {
    refused.iter().any(|file| {
        let rest = sources.path(*file).strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

fn collision((path, file): (&str, FileId), (first, other): (&str, FileId)) -> Diagnostic {
    let message = format!(
        "`{}` and `{}` differ only in the form of their letters, and some systems take them for one",
        shown(first),
        shown(path)
    );
    Diagnostic::new(Code::CollidingFiles, start(file), message)
        .help("rename one of them")
        .label(start(other), "the other stands here")
}

fn start(file: FileId) -> Place {
    Place::new(file, Span::start_of_file())
}

/// The end of a path that is too long to be read in a message.
fn shown(path: &str) -> String {
    let count = path.chars().count();
    if count <= 200 {
        path.to_owned()
    } else {
        format!("…{}", path.chars().skip(count - 199).collect::<String>())
    }
}
