//! Finds the git repository that a folder lies in.
//!
//! In comes a folder, out go the folders in which its repository keeps its parts, and where the files of that repository begin.
//! No content is read here but the one line of a `.git` or `commondir` file; no configuration of the repository is ever looked at.

use std::path::{Path, PathBuf};

/// Where a repository is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GitFolder {
    /// What belongs to this work tree alone: its `HEAD`, its lock.
    pub(super) own: PathBuf,
    /// What all work trees share: objects, branches, tags.
    pub(super) shared: PathBuf,
    /// The folder that the repository's files lie in; a bare repository has none.
    pub(super) files: Option<PathBuf>,
}

impl GitFolder {
    /// The repository around a folder: the nearest `.git` from there upwards, or the folder itself where it is a bare repository.
    pub(super) fn around(folder: &Path) -> Option<Self> {
        let folder = folder.canonicalize().ok()?;
        if is_repository(&folder) {
            return Some(Self { own: folder.clone(), shared: folder, files: None });
        }
        let files = folder.ancestors().find(|folder| folder.join(".git").exists())?;
        let git = files.join(".git");
        let own = if git.is_file() {
            // a second work tree or a submodule: the file says where its part of the repository is
            files.join(line(&git)?.strip_prefix("gitdir:")?.trim())
        } else {
            git
        };
        let shared = line(&own.join("commondir")).map_or_else(|| own.clone(), |shared| own.join(shared));
        Some(Self { own, shared, files: Some(files.to_owned()) })
    }
}

fn is_repository(folder: &Path) -> bool {
    folder.join("HEAD").is_file() && folder.join("objects").is_dir() && folder.join("refs").is_dir()
}

fn line(path: &Path) -> Option<String> {
    Some(std::fs::read_to_string(path).ok()?.trim_end().to_owned())
}
