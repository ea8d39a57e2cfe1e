//! Writes a file beside or among the sources anew: a record that is laid out, a schema, a setting.
//!
//! In come a folder, a path below it and a text, out goes the file with all of it or, after an error, the file as it was.
//! Nothing but a plain file is replaced, its permissions stay, and a link on the way never leads out of the folder.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes a file at a path below `root`, in place of the one that is there if there is one.
pub fn replace(root: &Path, path: &str, text: &str) -> io::Result<PathBuf> {
    let path = root.join(path);
    let folder = folder_of(root, &path)?;
    let file = filled(&folder, text)?;
    match fs::symlink_metadata(&path) {
        Ok(old) if !old.is_file() => {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "it is no plain file"));
        }
        Ok(old) => file.as_file().set_permissions(old.permissions())?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    file.persist(&path).map_err(|error| error.error)?;
    Ok(path)
}

/// The folder of a file, made if need be; a link on the way must not lead out of `root`.
fn folder_of(root: &Path, path: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(root)?;
    let folder = path.parent().unwrap_or(root);
    let deepest = folder.ancestors().find(|folder| folder.exists()).unwrap_or(root);
    if !deepest.canonicalize()?.starts_with(root.canonicalize()?) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "a link on the way leads out of the folder"));
    }
    fs::create_dir_all(folder)?;
    Ok(folder.to_owned())
}

/// A file beside its final place that holds the text. Its name is one that certalog passes over.
fn filled(folder: &Path, text: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".certalog-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // what a new file gets; the process's own mask takes its part away
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_all_that_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for text in ["one", "three"] {
            replace(root, "content/a/b.toml", text).unwrap();
            assert_eq!(fs::read_to_string(root.join("content/a/b.toml")).unwrap(), text);
        }
        assert_eq!(fs::read_dir(root.join("content/a")).unwrap().count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = folder.path();
        symlink(outside.path(), root.join("content")).unwrap();
        for path in ["content/a.toml", "content/deeper/a.toml"] {
            assert!(replace(root, path, "text").is_err());
        }
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
        replace(root, "b.toml", "one").unwrap();
        fs::set_permissions(root.join("b.toml"), fs::Permissions::from_mode(0o640)).unwrap();
        replace(root, "b.toml", "two").unwrap();
        assert_eq!(fs::metadata(root.join("b.toml")).unwrap().permissions().mode() & 0o777, 0o640);
        symlink(root.join("b.toml"), root.join("c.toml")).unwrap();
        assert!(replace(root, "c.toml", "three").is_err());
    }
}
