//! Why nothing was published: a folder that certalog must not touch, or a disk that says no.
//!
//! In come folders and errors of the system, out goes a message and what to do about it.
//! Every refusal leaves the disk as it was.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;

/// Why a site was not published.
#[derive(Debug)]
pub enum PublishError {
    /// The folder is not one that certalog may write to.
    Refused(Refusal),
    /// The system refused something.
    Disk {
        /// What was tried, as a verb: "write", "rename".
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Pages could not be made, for these mistakes of templates.
    Mistakes(Vec<Diagnostic>),
}

/// A folder that certalog does not publish to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is the root of the disk, the home folder, or a folder above that.
    Home(PathBuf),
    /// It is the catalogue, or a folder that the catalogue lies in.
    HoldsCatalogue(PathBuf),
    /// It lies in a folder of sources.
    InsideSources(PathBuf, &'static str),
    /// The path has `..` after a folder that does not exist.
    Unclear(PathBuf),
    /// It is a symbolic link.
    Link(PathBuf),
    /// It is a file or a device.
    NotAFolder(PathBuf),
    /// Another disk is mounted there, so that it cannot be exchanged.
    MountPoint(PathBuf),
    /// It has files and no mark of certalog.
    NotOurs(PathBuf),
    /// Its mark cannot be read.
    BrokenMark(PathBuf),
    /// Its mark has another format.
    OtherFormat(PathBuf),
    /// It lies in a folder that belongs to a program: a repository's `.git`, or the older site that certalog keeps.
    InsideOwned(PathBuf, String),
    /// Its mark lists files of which none has the bytes that were published.
    ForgedMark(PathBuf),
    /// It is certalog's, but somebody put files into it.
    Foreign(Files),
    /// The site has a file of its own where one of certalog's belongs.
    TakenByTheSite(&'static str),
    /// Somebody changed files in it that the new site does not have any more.
    Edited(Files),
    /// Somebody wrote to it while the new site was made.
    Meanwhile(Files),
    /// There is no site in the folder that one shall be taken from.
    NoSite(PathBuf),
    /// Files of the folder that a site shall be taken from are not as they were built.
    NotAsBuilt(Files),
    /// An archive shall be written where something else stands.
    NoArchive(PathBuf),
    /// The site shall go into the folder that it comes from, or one of the two lies in the other.
    SameFolder(PathBuf),
}

/// Files of a published folder that would be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The folder.
    pub out: PathBuf,
    /// The first of them.
    pub names: Vec<String>,
    /// How many there are.
    pub count: usize,
}

impl Files {
    /// How many of them a message names.
    const SHOWN: usize = 5;

    /// Files of a folder in the order of their names; nothing where there is none.
    pub(super) fn of(out: &Path, mut names: Vec<String>) -> Option<Self> {
        if names.is_empty() {
            return None;
        }
        names.sort_unstable();
        let count = names.len();
        names.truncate(Self::SHOWN);
        Some(Self { out: out.to_owned(), names, count })
    }
}

impl fmt::Display for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.names.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}`{}`", name.escape_debug())?;
        }
        if self.count > self.names.len() {
            write!(f, " and {} more", self.count - self.names.len())?;
        }
        Ok(())
    }
}

impl Refusal {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Home(_)
            | Self::HoldsCatalogue(_)
            | Self::InsideSources(..)
            | Self::InsideOwned(..)
            | Self::Unclear(_) => {
                "choose a folder that holds nothing else, such as `public` in the catalogue"
            }
            Self::Link(_) => "name the folder itself",
            Self::NotAFolder(_) => "choose another name, or move it away",
            Self::MountPoint(_) => "choose a folder inside it",
            Self::NotOurs(_) => "choose an empty or new folder, or empty this one yourself",
            Self::BrokenMark(_) => "remove the folder and publish again",
            Self::OtherFormat(_) => {
                "publish with the certalog that wrote it, or remove the folder and publish again"
            }
            Self::TakenByTheSite(_) => "give the file of the catalogue or of its theme another name",
            Self::ForgedMark(_) => {
                "choose another folder, or, if nothing in it is needed, remove it and publish again"
            }
            Self::Foreign(_) => {
                "move them away; files that belong to the site have their place under the catalogue's `themes/` or beside its records"
            }
            Self::Edited(_) => "move them away, or remove them if nothing in them is needed",
            Self::Meanwhile(_) => "publish again when nobody else writes there",
            Self::NoSite(_) => "build the site first: `certalog build`; `--from FOLDER` names where it lies",
            Self::NotAsBuilt(_) => "build the site again",
            Self::NoArchive(_) => "choose another name, or move away what is there",
            Self::SameFolder(_) => "choose a folder beside it",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home(out) => write!(f, "`{}` is the home folder or a folder above it", out.display()),
            Self::HoldsCatalogue(out) => write!(f, "`{}` holds the catalogue itself", out.display()),
            Self::InsideSources(out, folder) => {
                write!(f, "`{}` lies in the catalogue's `{folder}`", out.display())
            }
            Self::Unclear(out) => {
                write!(f, "`{}` leads through a folder that does not exist", out.display())
            }
            Self::Link(out) => write!(f, "`{}` is a symbolic link", out.display()),
            Self::NotAFolder(out) => write!(f, "`{}` is not a folder", out.display()),
            Self::MountPoint(out) => write!(f, "another disk is mounted at `{}`", out.display()),
            Self::NotOurs(out) => {
                write!(f, "`{}` is not empty and was not published by certalog", out.display())
            }
            Self::BrokenMark(out) => {
                write!(f, "the list of published files, `.certalog`, is damaged in `{}`", out.display())
            }
            Self::OtherFormat(out) => {
                write!(f, "`{}` was published by another version of certalog", out.display())
            }
            Self::TakenByTheSite(name) => write!(f, "the site has a `{name}` of its own"),
            Self::InsideOwned(out, folder) => {
                write!(f, "`{}` lies in `{folder}`, which is no place for a site", out.display())
            }
            Self::ForgedMark(out) => {
                let out = out.display();
                write!(f, "the list of published files, `.certalog`, is not of the files that are in `{out}`")
            }
            Self::Foreign(files) => {
                let (is, noun) = if files.count == 1 { ("is", "file") } else { ("are", "files") };
                let (count, out) = (files.count, files.out.display());
                write!(f, "there {is} {count} {noun} in `{out}` that certalog did not publish: {files}")
            }
            Self::Edited(files) => {
                let noun = if files.count == 1 { "a file" } else { "files" };
                let out = files.out.display();
                write!(
                    f,
                    "the new site lacks {noun} in `{out}` that somebody changed after publishing: {files}"
                )
            }
            Self::NoSite(out) => write!(f, "there is no site in `{}`", out.display()),
            Self::NotAsBuilt(files) => {
                let (noun, out) = (if files.count == 1 { "a file" } else { "files" }, files.out.display());
                write!(f, "{noun} in `{out}` changed since the site was built: {files}")
            }
            Self::NoArchive(place) => {
                write!(f, "`{}` is there, and certalog did not make it", place.display())
            }
            Self::SameFolder(out) => {
                write!(f, "`{}` and the folder of the built site lie in each other", out.display())
            }
            Self::Meanwhile(files) => {
                let out = files.out.display();
                write!(f, "somebody else wrote to `{out}` while the site was made: {files}")
            }
        }
    }
}

impl PublishError {
    /// What to do about it, where certalog knows.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Refused(refusal) => Some(refusal.help()),
            Self::Disk { .. } | Self::Mistakes(_) => None,
        }
    }
}

impl fmt::Display for PublishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Disk { doing, path, source } => {
                write!(f, "cannot {doing} `{}`: {source}", path.display())
            }
            Self::Mistakes(mistakes) => match &mistakes[..] {
                [only] => f.write_str(&only.message),
                all => write!(f, "{} mistakes in templates", all.len()),
            },
        }
    }
}

impl std::error::Error for PublishError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(_) | Self::Mistakes(_) => None,
            Self::Disk { source, .. } => Some(source),
        }
    }
}

impl From<Refusal> for PublishError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Turns an error of the system into one that says what was tried, and where.
pub(super) fn at(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> PublishError {
    let path = path.to_owned();
    move |source| PublishError::Disk { doing, path, source }
}
