//! A file of a host's settings, beside the site and out of the reach of its readers.
//!
//! In come the folder of a published site, a name and a text, out goes the file in the state folder.
//! It takes the place of an older one in one step, and nothing else is written; a link there is replaced and not followed.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::refusal::{PublishError, at};
use super::state_folder::{StateFolder, free};
use super::target::Target;

/// Writes the file and says where it is.
pub fn keep_beside(
    out: &Path,
    catalogue_root: &Path,
    name: &str,
    text: &str,
) -> Result<PathBuf, PublishError> {
    let home = std::env::home_dir();
    let target = Target::check(out, catalogue_root, home.as_deref())?;
    let state = StateFolder::enter(&target)?;
    let (place, fresh) = (state.file(name), state.file(&format!("{name}.new")));
    free(&fresh).map_err(at("remove", &fresh))?;
    let mut file = File::create_new(&fresh).map_err(at("create", &fresh))?;
    file.write_all(text.as_bytes()).map_err(at("write", &fresh))?;
    if place.symlink_metadata().is_ok_and(|found| found.is_dir()) {
        free(&place).map_err(at("remove", &place))?;
    }
    fs::rename(&fresh, &place).map_err(at("rename", &fresh))?;
    Ok(place)
}
