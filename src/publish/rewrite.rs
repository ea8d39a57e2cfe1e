//! Gives files of the catalogue another text, for the repairs that somebody asked for.
//!
//! In come the catalogue's folder and texts as they were read and as they are to be, out go the same files with the new ones, each in one step.
//! A file that is not what was read any more, or that a link leads to, is left alone, and then none is written.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::Path;

use rustix::fs::{AtFlags, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

/// A file with another text.
#[derive(Clone, Copy, Debug)]
pub struct Rewrite<'a> {
    /// Its path below the catalogue, with `/` between its parts.
    pub path: &'a str,
    /// What was read.
    pub before: &'a str,
    /// What it is to hold.
    pub after: &'a str,
}

/// Why a file was not written.
#[derive(Debug)]
pub enum RewriteError {
    /// It has changed since it was read.
    Changed(String),
    /// A symbolic link stands on its path.
    Link(String),
    /// The system refused something.
    Disk(String, io::Error),
}

impl fmt::Display for RewriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(path) => write!(f, "`{}` has changed since it was read", path.escape_debug()),
            Self::Link(path) => {
                write!(
                    f,
                    "`{}` leads through a symbolic link, and links are not followed",
                    path.escape_debug()
                )
            }
            Self::Disk(path, error) => write!(f, "`{}` cannot be written: {error}", path.escape_debug()),
        }
    }
}

impl std::error::Error for RewriteError {}

/// Writes the new texts. Each file holds the old text or the new one, whatever happens; all of them are looked at, and all new texts
/// are on the disk, before the first file is exchanged.
pub fn rewrite(root: &Path, files: &[Rewrite<'_>]) -> Result<(), RewriteError> {
    let mut waiting = Vec::with_capacity(files.len());
    let written = files.iter().try_for_each(|file| {
        let place = Place::open(root, file)?;
        place.is_unchanged(file)?;
        waiting.push(place);
        waiting.last().expect("it was just put there").write(file)
    });
    let exchanged = written.and_then(|()| {
        waiting.iter().zip(files).try_for_each(|(place, file)| {
            place.is_unchanged(file)?;
            place.exchange(file)
        })
    });
    if exchanged.is_err() {
        // What is still there under its first name was not exchanged.
        for place in &waiting {
            let _ = rustix::fs::unlinkat(&place.folder, &place.new, AtFlags::empty());
        }
    }
    exchanged
}

/// A file in its folder, which stays open, so that nothing else can take its place on the way.
struct Place {
    folder: OwnedFd,
    name: String,
    /// The name of the new text until it takes the file's place; no catalogue reads a file that is called so.
    new: String,
}

impl Place {
    fn open(root: &Path, file: &Rewrite<'_>) -> Result<Self, RewriteError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        // The catalogue's own path may lead through links: the person who runs certalog chose it.
        let mut folder = rustix::fs::open(root, flags, Mode::empty()).map_err(at(file))?;
        let mut parts: Vec<&str> = file.path.split('/').collect();
        let name = parts.pop().expect("a split text has a part");
        for part in parts {
            folder = rustix::fs::openat(&folder, part, flags | OFlags::NOFOLLOW, Mode::empty())
                .map_err(|errno| refused(file, errno, &folder, part))?;
        }
        let new = format!(".{name}.{}.tmp", std::process::id());
        Ok(Self { folder, name: name.to_owned(), new })
    }

    /// Reads the file and compares.
    fn is_unchanged(&self, file: &Rewrite<'_>) -> Result<(), RewriteError> {
        let (opened, stat) = self.read(file)?;
        let mut bytes = Vec::with_capacity(file.before.len() + 1);
        let changed = || RewriteError::Changed(file.path.to_owned());
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Err(changed());
        }
        // One byte more than was read shows a file that grew.
        let limit = file.before.len() as u64 + 1;
        opened.take(limit).read_to_end(&mut bytes).map_err(|error| disk(file, error))?;
        if bytes == file.before.as_bytes() { Ok(()) } else { Err(changed()) }
    }

    fn read(&self, file: &Rewrite<'_>) -> Result<(File, Stat), RewriteError> {
        // Without NONBLOCK, a pipe that took the file's place would wait for a writer for ever.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = rustix::fs::openat(&self.folder, &self.name, flags, Mode::empty())
            .map_err(|errno| refused(file, errno, &self.folder, &self.name))?;
        let stat = rustix::fs::fstat(&opened).map_err(at(file))?;
        Ok((File::from(opened), stat))
    }

    /// Writes the new text beside the file, with the file's permissions.
    fn write(&self, file: &Rewrite<'_>) -> Result<(), RewriteError> {
        let (old, _) = self.read(file)?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let new = rustix::fs::openat(&self.folder, &self.new, flags, Mode::from_raw_mode(0o600));
        let mut new = File::from(new.map_err(at(file))?);
        let written = new
            .write_all(file.after.as_bytes())
            .and_then(|()| new.set_permissions(old.metadata()?.permissions()))
            .and_then(|()| new.sync_all());
        written.map_err(|error| disk(file, error))
    }

    /// Puts the new text in the place of the old one.
    fn exchange(&self, file: &Rewrite<'_>) -> Result<(), RewriteError> {
        rustix::fs::renameat(&self.folder, &self.new, self.folder.as_fd(), &self.name).map_err(at(file))
    }
}

/// A link on the way is told from other reasons by looking at it: systems name it in different ways.
fn refused(file: &Rewrite<'_>, errno: Errno, folder: &OwnedFd, part: &str) -> RewriteError {
    let found = rustix::fs::statat(folder, part, AtFlags::SYMLINK_NOFOLLOW);
    let is_link = found.is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Symlink);
    match errno {
        _ if is_link => RewriteError::Link(file.path.to_owned()),
        Errno::NOENT => RewriteError::Changed(file.path.to_owned()),
        errno => disk(file, errno.into()),
    }
}

fn at(file: &Rewrite<'_>) -> impl FnOnce(Errno) -> RewriteError {
    let path = file.path.to_owned();
    move |errno| RewriteError::Disk(path, errno.into())
}

fn disk(file: &Rewrite<'_>, error: io::Error) -> RewriteError {
    RewriteError::Disk(file.path.to_owned(), error)
}
