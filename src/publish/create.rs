//! Puts new files among the sources, for the commands that write records and settings.
//!
//! In come a folder and files with their texts, out go all of them in their places, or none and the reason.
//! Nothing that exists is ever written to: a name that is taken, a link on the way or a race with another program ends it.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file that is not there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path below the folder, with `/` between its parts.
    pub path: String,
    /// What it holds.
    pub text: String,
    /// Whether it may be run as a program.
    pub is_program: bool,
}

impl NewFile {
    /// A file to read.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), is_program: false }
    }
}

/// Why no file was made.
#[derive(Debug)]
pub enum CreateError {
    /// Something has this name.
    Taken(PathBuf),
    /// A symbolic link stands on the way to a file.
    Link(PathBuf),
    /// The path is not one that stays below the folder.
    Outside(String),
    /// The system refused something.
    Disk {
        /// With what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl fmt::Display for CreateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(path) => write!(f, "`{}` is there already", path.display()),
            Self::Link(path) => {
                write!(f, "`{}` is a symbolic link, and links are not followed", path.display())
            }
            Self::Outside(path) => write!(f, "`{}` is no path below the catalogue", path.escape_debug()),
            Self::Disk { path, source } => write!(f, "`{}` cannot be written: {source}", path.display()),
        }
    }
}

impl std::error::Error for CreateError {}

/// Makes files below a folder, which may be new itself. After an error everything is as it was.
pub fn create(root: &Path, files: &[NewFile]) -> Result<(), CreateError> {
    let mut made = Made::default();
    let created = fs::create_dir_all(root)
        .map_err(at(root))
        .and_then(|()| files.iter().try_for_each(|file| made.add(root, file)));
    // Whole texts take their names one after the other, and only when each of them is on the disk.
    let created = created.and_then(|()| made.name_all());
    made.clear(created.is_err());
    created
}

/// Whether something has the name of a new file.
pub fn is_taken(root: &Path, file: &NewFile) -> bool {
    root.join(&file.path).symlink_metadata().is_ok()
}

/// What was made so far.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    waiting: Vec<(PathBuf, PathBuf)>,
    named: Vec<PathBuf>,
}

impl Made {
    /// Writes a file beside its place, under a name that no catalogue reads.
    fn add(&mut self, root: &Path, file: &NewFile) -> Result<(), CreateError> {
        let parts: Vec<&str> = file.path.split('/').collect();
        if parts.iter().any(|part| matches!(*part, "" | "." | "..") || part.contains('\\')) {
            return Err(CreateError::Outside(file.path.clone()));
        }
        let (name, folders) = parts.split_last().expect("a split text has a part");
        let mut folder = root.to_owned();
        for part in folders {
            folder.push(part);
            match folder.symlink_metadata() {
                Ok(found) if found.is_symlink() => return Err(CreateError::Link(folder)),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    fs::create_dir(&folder).map_err(at(&folder))?;
                    self.folders.push(folder.clone());
                }
                Err(error) => return Err(at(&folder)(error)),
            }
        }
        let place = folder.join(name);
        if place.symlink_metadata().is_ok() {
            return Err(CreateError::Taken(place));
        }
        let waiting = folder.join(format!(".{name}.{}.tmp", std::process::id()));
        let mut written = File::create_new(&waiting).map_err(at(&place))?;
        self.waiting.push((waiting, place.clone()));
        written.write_all(file.text.as_bytes()).map_err(at(&place))?;
        if file.is_program {
            allow_running(&written).map_err(at(&place))?;
        }
        Ok(())
    }

    /// Gives every file its own name, which must still be free.
    fn name_all(&mut self) -> Result<(), CreateError> {
        for (waiting, place) in &self.waiting {
            match fs::hard_link(waiting, place) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(CreateError::Taken(place.clone()));
                }
                // Some file systems have no second names; a new file under the name is as safe for what exists.
                Err(_) => copy_new(waiting, place).map_err(at(place))?,
            }
            self.named.push(place.clone());
        }
        Ok(())
    }

    /// Takes away the first names of the files and, after a failure, all that was made.
    fn clear(&self, has_failed: bool) {
        // What cannot be removed is a hidden file that no catalogue reads.
        for (waiting, _) in &self.waiting {
            let _ = fs::remove_file(waiting);
        }
        if has_failed {
            for place in &self.named {
                let _ = fs::remove_file(place);
            }
            for folder in self.folders.iter().rev() {
                let _ = fs::remove_dir(folder);
            }
        }
    }
}

fn copy_new(waiting: &Path, place: &Path) -> io::Result<()> {
    let mut from = File::open(waiting)?;
    let mut to = File::create_new(place)?;
    io::copy(&mut from, &mut to)?;
    to.set_permissions(from.metadata()?.permissions())
}

/// Whoever may read the file may run it.
fn allow_running(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut permissions = file.metadata()?.permissions();
    let mode = permissions.mode();
    permissions.set_mode(mode | (mode & 0o444) >> 2);
    file.set_permissions(permissions)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> CreateError {
    let path = path.to_owned();
    move |source| CreateError::Disk { path, source }
}
