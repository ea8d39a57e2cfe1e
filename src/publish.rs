//! Publishes a site: the only writer of the disk.
//!
//! In comes a finished site and a folder, out goes what changed there; the folder holds the old site or the new one, never a mixture.
//! Nothing is deleted that certalog did not write, and a file whose bytes stay the same stays the same file.
//!
//! The site in the folder is never written to. The new site is put together beside it, in a second tree that shares
//! every unchanged file, and the two trees are exchanged by one rename. See docs/decisions/0001-two-generations.md.

mod digest;
mod refusal;
mod tree;
mod staging;
mod manifest;
mod target;
mod state_folder;
mod memory;
mod live;
mod swap;

use std::path::Path;

use rayon::prelude::*;

use crate::site::Site;
use crate::site_path::OWNERSHIP_MARK;
use digest::{Digest, digest};
use live::Live;
use memory::Memory;
pub use refusal::{PublishError, Refusal};
use staging::{Fate, Wanted};
use state_folder::StateFolder;
pub use swap::Swap;
use target::Target;

/// What publishing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Files that were not there.
    pub added: usize,
    /// Files that have other bytes now.
    pub changed: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Files that were left alone.
    pub unchanged: usize,
    /// Published files that somebody had changed or removed by hand; they are as the catalogue says again.
    pub edited: usize,
    /// How the new site took the old one's place.
    pub swap: Swap,
}

/// Makes the folder `out` hold exactly this site. `catalogue_root` is only for refusing folders that hold sources.
///
/// Waits while another run publishes to the same folder. After an error the folder is as it was.
pub fn publish(site: &Site, out: &Path, catalogue_root: &Path) -> Result<Published, PublishError> {
    let home = std::env::home_dir();
    let target = Target::check(out, catalogue_root, home.as_deref())?;
    // once before anything is created beside a folder that is not ours, and again when nobody else can change it
    manifest::read(&target.out)?;
    let state = StateFolder::enter(&target)?;
    swap::recover(&state, &target.out)?;
    let listed = manifest::read(&target.out)?;
    let live = match &listed {
        Some(listed) => Live::read(&target.out, listed, &Memory::read(&state))?,
        None => Live::default(),
    };
    let files = wanted(site, &live);
    let mut published = count(&files, &live);
    let manifest = manifest::text(&files);
    let manifest = want(OWNERSHIP_MARK, manifest.as_bytes(), &live);
    let files: Vec<_> = files.into_iter().chain([manifest]).collect();

    if published.removed == 0 && files.iter().all(|file| matches!(file.fate, Fate::Keep(_))) {
        if live.had_to_read {
            Memory::write(&state, &files, &live.stamps(&files));
        }
        return Ok(published);
    }
    let stamps = staging::bring_up_to_date(&state.previous(), &target.out, &files)?;
    published.swap = match listed {
        Some(_) => swap::exchange(&state, &target.out)?,
        None => swap::move_in(&state, &target.out)?,
    };
    Memory::write(&state, &files, &stamps);
    Ok(published)
}

fn wanted<'a>(site: &'a Site, live: &Live) -> Vec<Wanted<'a>> {
    let files: Vec<_> = site.iter().collect();
    files.into_par_iter().map(|(path, bytes)| want(path.as_str(), bytes, live)).collect()
}

fn want<'a>(path: &'a str, bytes: &'a [u8], live: &Live) -> Wanted<'a> {
    let digest: Digest = digest(bytes);
    let fate = match live.get(path) {
        None => Fate::Add,
        Some((stamp, same)) if *same == digest => Fate::Keep(stamp),
        Some((stamp, _)) => Fate::Replace(stamp),
    };
    Wanted { path, bytes, digest, fate }
}

fn count(wanted: &[Wanted<'_>], live: &Live) -> Published {
    let unchanged = wanted.iter().filter(|file| matches!(file.fate, Fate::Keep(_))).count();
    let changed = wanted.iter().filter(|file| matches!(file.fate, Fate::Replace(_))).count();
    let added = wanted.len() - unchanged - changed;
    let removed = live.site_files() - unchanged - changed;
    Published { added, changed, removed, unchanged, edited: live.edited, swap: Swap::None }
}
