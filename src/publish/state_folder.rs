//! The publisher's own folder beside the published one, and the lock on it.
//!
//! In comes the checked target, out goes a folder that only one run at a time may use.
//! Everything in it may be deleted while no certalog runs; that costs time, never a site.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::refusal::{PublishError, Refusal, at};
use super::target::Target;

/// `.public.certalog` for a site in `public`. Holding the value holds the lock.
#[derive(Debug)]
pub(super) struct StateFolder {
    path: PathBuf,
    _lock: File,
}

impl StateFolder {
    /// Whether something has the folder's name.
    pub(super) fn is_there(target: &Target) -> bool {
        Self::beside(target).symlink_metadata().is_ok()
    }

    fn beside(target: &Target) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(target.out.file_name().expect("the root of the disk is refused"));
        name.push(".certalog");
        target.out.with_file_name(name)
    }

    /// Makes the folder if need be, and waits until no other run uses it.
    pub(super) fn enter(target: &Target) -> Result<Self, PublishError> {
        let parent = target.out.parent().expect("the root of the disk is refused");
        let path = Self::beside(target);
        fs::create_dir_all(parent).map_err(at("create", parent))?;
        match fs::create_dir(&path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(at("create", &path)(error));
            }
            _ => {}
        }
        let found = path.symlink_metadata().map_err(at("look at", &path))?;
        if !found.is_dir() {
            return Err(Refusal::NotAFolder(path).into());
        }
        let lock = path.join("lock");
        let mut options = OpenOptions::new();
        // Without NONBLOCK, a pipe of this name would wait for a reader for ever.
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.create(true).truncate(false).write(true).custom_flags(flags.bits().cast_signed());
        let file = options.open(&lock).map_err(at("open", &lock))?;
        file.lock().map_err(at("lock", &lock))?;

        // the folder stands in people's repositories and has nothing for them
        let ignore = path.join(".gitignore");
        if let Ok(mut file) = File::create_new(&ignore) {
            file.write_all(b"*\n").map_err(at("write", &ignore))?;
        }
        Ok(Self { path, _lock: file })
    }

    /// The older of the two generations, or what a killed run left of it.
    pub(super) fn previous(&self) -> PathBuf {
        self.path.join("previous")
    }

    /// Where a site stands for the moment between two renames, where one exchange is not possible.
    pub(super) fn outgoing(&self) -> PathBuf {
        self.path.join("outgoing")
    }

    /// The file with the memory of what was published.
    pub(super) fn memory(&self) -> PathBuf {
        self.path.join("state")
    }

    /// A file of this name.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The memory while it is being written.
    pub(super) fn fresh_memory(&self) -> PathBuf {
        self.path.join("state.new")
    }
}

/// Opens a file of the folder to read it, where it is one: not what a link leads to, and no pipe.
pub(super) fn open_file(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Frees a name of the folder, whatever stands there; a link goes, and not what it leads to.
pub(super) fn free(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}
