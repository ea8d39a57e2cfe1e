//! What someone who waits for changes has to know of the disk: which folders there are, what kind of disk, whether git is at work.
//!
//! In comes the catalogue's folder, out go facts of the file system about it and about the repository around it.
//! No file's content is read here, and nothing follows from a fact but waiting or looking again.

use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, FileType};

use super::TOPS;
use super::git_folder::GitFolder;

/// The catalogue's folder and those in it that hold sources, each with what the system knows it by. Another folder under
/// the same name is another value; a link is no folder.
pub fn folders(root: &Path) -> Vec<(PathBuf, Option<(u64, u64)>)> {
    let tops = TOPS.iter().map(|top| root.join(top));
    let below = tops.map(|path| (identity(&path, AtFlags::SYMLINK_NOFOLLOW), path));
    // the catalogue's own path may lead through links: the person who runs certalog chose it
    let own = std::iter::once((identity(root, AtFlags::empty()), root.to_owned()));
    own.chain(below).map(|(identity, path)| (path, identity)).collect()
}

#[allow(
    clippy::unnecessary_cast,
    clippy::cast_sign_loss,
    reason = "the types of these fields differ between systems"
)]
fn identity(path: &Path, flags: AtFlags) -> Option<(u64, u64)> {
    let stat = rustix::fs::statat(CWD, path, flags).ok()?;
    let is_folder = FileType::from_raw_mode(stat.st_mode) == FileType::Directory;
    is_folder.then_some((stat.st_dev as u64, stat.st_ino as u64))
}

/// The kind of the disk that a catalogue lies on, where others may change it without this computer being told.
pub fn remote_disk(root: &Path) -> Option<&'static str> {
    TOPS.iter().map(|top| root.join(top)).chain([root.to_owned()]).find_map(|path| remote(&path))
}

#[cfg(target_os = "linux")]
#[allow(
    clippy::unnecessary_cast,
    clippy::cast_sign_loss,
    reason = "the type of this field differs between systems"
)]
fn remote(path: &Path) -> Option<&'static str> {
    // the numbers are those of linux/magic.h and of the file systems themselves
    match rustix::fs::statfs(path).ok()?.f_type as u64 & 0xffff_ffff {
        0x6969 => Some("NFS"),
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("SMB"),
        0x6573_5546 => Some("FUSE"),
        0x0102_1997 => Some("9P"),
        0x5346_414f | 0x6b41_4653 => Some("AFS"),
        0x00c3_6400 => Some("Ceph"),
        0x786f_4256 => Some("VirtualBox"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn remote(_: &Path) -> Option<&'static str> {
    None
}

/// Where the catalogue lies in its repository, such as `data/catalogue/`; empty at its top, or where there is no repository.
pub fn folder_in_repository(root: &Path) -> String {
    let files = GitFolder::around(root).and_then(|git| git.files);
    let way = files.zip(root.canonicalize().ok()).and_then(|(files, root)| {
        let parts = root.strip_prefix(files).ok()?.iter().map(|part| format!("{}/", part.to_string_lossy()));
        Some(parts.collect())
    });
    way.unwrap_or_default()
}

/// The path of a folder without links and dots, where the folder is there.
pub fn canonical(folder: &Path) -> Option<PathBuf> {
    folder.canonicalize().ok()
}

/// The folder in which the files of the repository around a folder begin.
pub fn repository(folder: &Path) -> Option<PathBuf> {
    GitFolder::around(folder)?.files
}

/// The file that git has made while it changes the files of a repository.
#[derive(Clone, Debug)]
pub struct GitLock(PathBuf);

impl GitLock {
    /// The lock of the repository that a catalogue lies in.
    pub fn around(root: &Path) -> Option<Self> {
        Some(Self(GitFolder::around(root)?.own.join("index.lock")))
    }

    /// Whether git is changing files now.
    pub fn is_held(&self) -> bool {
        self.0.symlink_metadata().is_ok()
    }
}
