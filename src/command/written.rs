//! Files that a command makes anew each time: new ones are added, those that say something else are replaced.
//!
//! In come a folder and files with their texts, out go all of them in their places.
//! What is the same stays untouched, and so does every other file of the folder.

use std::path::Path;

use super::Failure;
use crate::publish::{NewFile, Rewrite, create, rewrite};
use crate::sources;

pub(super) fn write_all(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    let known: Vec<Option<String>> =
        files.iter().map(|(name, _)| sources::text_beside(folder, name)).collect();
    let with_known = || files.iter().zip(&known);
    let new = with_known().filter(|(_, known)| known.is_none());
    let new: Vec<NewFile> = new.map(|((name, text), _)| NewFile::new(name, text)).collect();
    create(folder, &new).map_err(|error| Failure::new(error.to_string()))?;
    let changed: Vec<Rewrite<'_>> = with_known()
        .filter_map(|((name, text), known)| {
            let before = known.as_deref().filter(|known| known != text)?;
            Some(Rewrite { path: name, before, after: text })
        })
        .collect();
    rewrite(folder, &changed).map_err(|error| Failure::new(error.to_string()))
}
