//! Puts a finished tree in the place of the published one.
//!
//! In come two whole sites, out goes the new one at the public address and the old one beside it.
//! No file is touched here: a site moves as one folder or not at all.

use std::fs;
use std::io;
use std::path::Path;

use super::refusal::{PublishError, at};
use super::state_folder::{StateFolder, free};
use crate::site_path::OWNERSHIP_MARK;

/// How a new site took the old one's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swap {
    /// Nothing had changed, so nothing moved.
    None,
    /// There was no site before; the new one moved in.
    MovedIn,
    /// Old and new changed places in one step.
    Exchanged,
    /// The file system knows no exchange: for a moment between two renames there was no site.
    TwoRenames,
}

/// Moves the first site to a place that is empty or free.
pub(super) fn move_in(state: &StateFolder, out: &Path) -> Result<Swap, PublishError> {
    fs::rename(state.previous(), out).map_err(at("rename the finished site to", out))?;
    Ok(Swap::MovedIn)
}

/// Exchanges the finished tree and the published one.
pub(super) fn exchange(state: &StateFolder, out: &Path) -> Result<Swap, PublishError> {
    match exchange_at_once(&state.previous(), out) {
        Ok(()) => Ok(Swap::Exchanged),
        Err(error) if is_unsupported(&error) => two_renames(state, out),
        Err(error) => Err(at("exchange the finished site with", out)(error)),
    }
}

/// Ends what a run that was killed between two renames began.
pub(super) fn recover(state: &StateFolder, out: &Path) -> Result<(), PublishError> {
    let outgoing = state.outgoing();
    // only a site goes back to the public address, and no link to one
    let is_site = outgoing.symlink_metadata().is_ok_and(|found| found.is_dir())
        && outgoing.join(OWNERSHIP_MARK).symlink_metadata().is_ok_and(|found| found.is_file());
    // works where there is no site, which is when it is needed
    if is_site && (fs::rename(&outgoing, out).is_ok() || fs::rename(&outgoing, state.previous()).is_ok()) {
        return Ok(());
    }
    free(&outgoing).map_err(at("remove", &outgoing))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_at_once(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_at_once(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn is_unsupported(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let unsupported = [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP, Errno::XDEV];
    error.kind() == io::ErrorKind::Unsupported
        || Errno::from_io_error(error).is_some_and(|errno| unsupported.contains(&errno))
}

fn two_renames(state: &StateFolder, out: &Path) -> Result<Swap, PublishError> {
    let (previous, outgoing) = (state.previous(), state.outgoing());
    fs::rename(out, &outgoing).map_err(at("rename", out))?;
    if let Err(error) = fs::rename(&previous, out) {
        // the old site goes back; if even that fails, the next run brings it back
        let _ = fs::rename(&outgoing, out);
        return Err(at("rename the finished site to", out)(error));
    }
    // the new site is published; if the old one cannot be put away now, the next run does it
    let _ = fs::rename(&outgoing, &previous);
    Ok(Swap::TwoRenames)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::target::Target;

    /// A published `old` and a finished `new` site, each of one file.
    fn two_sites(catalogue: &Path) -> (StateFolder, std::path::PathBuf) {
        let out = catalogue.join("public");
        let target = Target::check(&out, catalogue, None).unwrap();
        let state = StateFolder::enter(&target).unwrap();
        for (folder, text) in [(&target.out, "old"), (&state.previous(), "new")] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("index.html"), text).unwrap();
            fs::write(folder.join(OWNERSHIP_MARK), "").unwrap();
        }
        (state, target.out)
    }

    fn page(folder: &Path) -> String {
        fs::read_to_string(folder.join("index.html")).unwrap()
    }

    #[test]
    fn two_renames_do_what_an_exchange_does() {
        let catalogue = tempfile::tempdir().unwrap();
        let (state, out) = two_sites(catalogue.path());
        assert_eq!(two_renames(&state, &out).unwrap(), Swap::TwoRenames);
        assert_eq!((page(&out), page(&state.previous())), ("new".into(), "old".into()));
    }

    #[test]
    fn a_run_killed_between_two_renames_is_undone() {
        let catalogue = tempfile::tempdir().unwrap();
        let (state, out) = two_sites(catalogue.path());
        fs::rename(&out, state.outgoing()).unwrap();
        recover(&state, &out).unwrap();
        assert_eq!((page(&out), page(&state.previous())), ("old".into(), "new".into()));
        assert!(!state.outgoing().exists());
    }

    #[test]
    fn a_run_killed_after_two_renames_is_finished() {
        let catalogue = tempfile::tempdir().unwrap();
        let (state, out) = two_sites(catalogue.path());
        fs::rename(&out, state.outgoing()).unwrap();
        fs::rename(state.previous(), &out).unwrap();
        recover(&state, &out).unwrap();
        assert_eq!((page(&out), page(&state.previous())), ("new".into(), "old".into()));
    }
}
