//! Opens the catalogue's files below one open folder, refusing links at every level.
//!
//! In comes a relative path, out come its bytes or why there are none.
//! What was opened is what is judged and read, so a link or a pipe that takes a file's place meanwhile is not followed.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::str::Utf8Error;

#[cfg(target_os = "linux")]
use rustix::fs::ResolveFlags;
use rustix::fs::{AtFlags, FileType, Mode, OFlags};
use rustix::io::Errno;

use super::kind::Limit;
use super::stamp::Stamp;
use crate::diagnostic::{Code, Finding};
use crate::limits;
use crate::text::{Span, line_column};

/// Why a file has no content.
#[derive(Debug)]
pub(super) enum Refused {
    /// It is a symbolic link.
    Link,
    /// It is a device, a socket or a pipe.
    Special,
    /// It is another repository within the one that is read.
    Submodule,
    /// The system says no.
    Unreadable(io::ErrorKind),
    /// Its name is not Unicode.
    Name,
    /// It has this many bytes, more than the limit.
    TooLarge(u64, Limit),
    /// The catalogue has more files than this.
    OneTooMany(u64),
    /// It should be text and is not UTF-8.
    NotUtf8 { offset: usize, line: u32, column: u32, looks_like: Option<&'static str> },
}

impl Refused {
    pub(super) fn not_utf8(bytes: &[u8], error: Utf8Error) -> Self {
        let offset = error.valid_up_to();
        let before = std::str::from_utf8(&bytes[..offset]).expect("valid up to here");
        let at = line_column(before, offset as u32);
        let looks_like = match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
            _ => None,
        };
        Self::NotUtf8 { offset, line: at.line, column: at.column, looks_like }
    }

    pub(super) fn finding(&self) -> Finding {
        let (code, message, help) = match self {
            Self::TooLarge(size, limit) => {
                let help = "split it, make it smaller, or link to it where it is published already";
                return Finding::new(
                    Code::FileTooLarge,
                    Span::start_of_file(),
                    format!(
                        "the file has {}, and {} may have {}",
                        people(*size),
                        limit.of,
                        people(limit.bytes)
                    ),
                )
                .help(format!("{help}; {}", limits::setting(limit.setting)));
            }
            Self::OneTooMany(most) => {
                let message =
                    format!("the catalogue has more than {most} files; from this one on, none is read");
                return Finding::new(Code::TooMany, Span::start_of_file(), message)
                    .help(format!("move what is no part of it elsewhere; {}", limits::setting("files")));
            }
            Self::Link => (
                Code::SymbolicLink,
                "this is a symbolic link, and links are not followed".to_owned(),
                "put the file itself here",
            ),
            Self::Special => (
                Code::SpecialFile,
                "this is a device, a socket or a pipe".to_owned(),
                "remove it from the catalogue",
            ),
            Self::Submodule => (
                Code::UnreadableFile,
                "this is a submodule, and its files are not in the repository that is read".to_owned(),
                "put the files themselves here",
            ),
            Self::Unreadable(kind) => (
                Code::UnreadableFile,
                format!("this cannot be read: {kind}"),
                "give the user who builds the site the right to read it",
            ),
            Self::Name => (
                Code::UnreadableFile,
                "the name is not UTF-8 and is shown here with replaced characters".to_owned(),
                "rename it",
            ),
            Self::NotUtf8 { offset, line, column, looks_like } => {
                let hint = looks_like.map(|name| format!("; it looks like {name}")).unwrap_or_default();
                (
                    Code::InvalidUtf8,
                    format!(
                        "not UTF-8 from line {line}, column {column} on (byte {offset} of the file){hint}"
                    ),
                    "save the file as UTF-8 in your editor",
                )
            }
        };
        Finding::new(code, Span::start_of_file(), message).help(help)
    }
}

/// An open folder; files are opened below it and nowhere else.
pub(super) struct Folder(OwnedFd);

impl Folder {
    /// Opens the catalogue. Its own path may lead through links: the person who runs certalog chose it.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(rustix::fs::open(path, flags, Mode::empty())?))
    }

    /// What the file at a path is known by now, or nothing where there is no file that could be read.
    pub(super) fn stamp(&self, path: &str) -> Option<Stamp> {
        let stat = rustix::fs::statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let is_file = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
        is_file.then(|| Stamp::of(&stat))
    }

    /// Reads a file within its limit, with the stamp that it had before. A larger one is never taken into memory.
    pub(super) fn read(&self, path: &str, limit: Limit) -> Result<(Vec<u8>, Stamp), Refused> {
        let mut file = File::from(self.open_file(path)?);
        let unreadable = |error: io::Error| Refused::Unreadable(error.kind());
        let stat = rustix::fs::fstat(&file).map_err(|errno| unreadable(errno.into()))?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Err(Refused::Special);
        }
        let size = u64::try_from(stat.st_size).unwrap_or_default();
        if size > limit.bytes {
            return Err(Refused::TooLarge(size, limit));
        }
        // one byte more than the limit shows a file that grew since
        let mut bytes = Vec::with_capacity(size as usize + 1);
        Read::by_ref(&mut file).take(limit.bytes + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > limit.bytes {
            return Err(Refused::TooLarge(bytes.len() as u64, limit));
        }
        Ok((bytes, Stamp::of(&stat)))
    }

    /// Opens a file so that no part of its path can be a link: by one call where the system has it, else part after part.
    fn open_file(&self, path: &str) -> Result<OwnedFd, Refused> {
        match self.open_at_once(path) {
            Err(Errno::NOSYS | Errno::PERM | Errno::AGAIN) => self.open_by_parts(path),
            opened => opened.map_err(refused),
        }
    }

    #[cfg(target_os = "linux")]
    fn open_at_once(&self, path: &str) -> Result<OwnedFd, Errno> {
        let resolve = ResolveFlags::NO_SYMLINKS | ResolveFlags::BENEATH;
        rustix::fs::openat2(&self.0, path, FILE, Mode::empty(), resolve)
    }

    #[cfg(not(target_os = "linux"))]
    fn open_at_once(&self, _: &str) -> Result<OwnedFd, Errno> {
        Err(Errno::NOSYS)
    }

    fn open_by_parts(&self, path: &str) -> Result<OwnedFd, Refused> {
        let mut folder: Option<OwnedFd> = None;
        let mut rest = path;
        loop {
            let (part, below) =
                rest.split_once('/').map_or((rest, None), |(part, below)| (part, Some(below)));
            let flags = if below.is_some() { FOLDER } else { FILE };
            let parent = folder.as_ref().map_or(self.0.as_fd(), AsFd::as_fd);
            let opened = rustix::fs::openat(parent, part, flags, Mode::empty()).map_err(refused)?;
            match below {
                None => return Ok(opened),
                Some(below) => (folder, rest) = (Some(opened), below),
            }
        }
    }
}

/// How a file is opened. Without `NONBLOCK`, a pipe that took its place would wait for a writer for ever.
const FILE: OFlags = OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC).union(OFlags::NONBLOCK);
/// How a folder on the way to a file is opened.
const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC).union(OFlags::DIRECTORY);

fn refused(errno: Errno) -> Refused {
    match errno {
        Errno::LOOP => Refused::Link,
        Errno::NXIO => Refused::Special,
        errno => Refused::Unreadable(io::Error::from(errno).kind()),
    }
}

/// A size for people: whole mebibytes where it is one, else bytes.
fn people(size: u64) -> String {
    if size > 0 && size.is_multiple_of(1 << 20) {
        format!("{} MiB", size >> 20)
    } else {
        format!("{size} bytes")
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    /// How a file is opened: by one call, or part after part.
    type Opening = fn(&Folder, &str) -> Result<OwnedFd, Refused>;

    #[test]
    fn what_is_opened_is_no_link_and_below_no_link() {
        let secret = tempfile::tempdir().unwrap();
        fs::write(secret.path().join("secret.md"), "secret").unwrap();
        let catalogue = tempfile::tempdir().unwrap();
        let root = catalogue.path();
        fs::create_dir_all(root.join("content/pages")).unwrap();
        fs::write(root.join("content/pages/a.md"), "text").unwrap();
        symlink(secret.path().join("secret.md"), root.join("content/pages/link.md")).unwrap();
        symlink(secret.path(), root.join("content/linked")).unwrap();
        symlink(root.join("content/pages"), root.join("content/inside")).unwrap();
        let folder = Folder::open(root).unwrap();
        let ways: [Opening; 2] = [Folder::open_file, Folder::open_by_parts];
        for open in ways {
            let mut text = String::new();
            File::from(open(&folder, "content/pages/a.md").unwrap()).read_to_string(&mut text).unwrap();
            assert_eq!(text, "text");
            for path in ["content/pages/link.md", "content/linked/secret.md", "content/inside/a.md"] {
                // Systems name a link on the way in different ways; none of them opens the file.
                assert!(open(&folder, path).is_err(), "{path}");
            }
            assert!(matches!(open(&folder, "content/pages/link.md"), Err(Refused::Link)));
        }
    }
}
