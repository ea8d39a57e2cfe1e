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

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;

use crate::site::{File, Site};
use crate::site_path::OWNERSHIP_MARK;
use live::Live;
use memory::Memory;
pub use refusal::{PublishError, Refusal};
use staging::{Fate, Staging, Wanted};
use state_folder::StateFolder;
pub use swap::Swap;
use target::Target;
use tree::Stamp;

/// How many files are made before any of them is waited for; it bounds what is held in memory.
const AT_ONCE: usize = 1024;

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
/// Waits while another run publishes to the same folder. After an error the folder is as it was. Pages are made here, each when
/// its turn comes, and none is held longer than it takes to write it; a page that cannot be made is such an error.
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
    let previous = state.previous();
    let open = || {
        let paths = site.files().map(|file| file.path.as_str()).chain([OWNERSHIP_MARK]);
        Staging::open(&previous, &target.out, paths)
    };
    // Where a site is published already, there may be nothing to write at all.
    let mut staging = if listed.is_none() { Some(open()?) } else { None };
    let mut wanted = Vec::with_capacity(site.len() + 1);
    let mistakes = Mutex::new(BTreeSet::new());
    let files: Vec<File<'_>> = site.files().collect();
    for files in files.chunks(AT_ONCE) {
        let made = files.par_iter().map_init(Vec::new, |buffer, file| {
            let (path, bytes) = match file.bytes(buffer) {
                Ok(bytes) => (file.path.as_str(), bytes),
                Err(mistake) => {
                    mistakes.lock().expect("nothing panics while it adds a mistake").insert(*mistake);
                    return Ok(None);
                }
            };
            let mut wanted = live.wanted(path, bytes);
            let is_kept = matches!(wanted.fate, Fate::Keep(_));
            match &staging {
                Some(staging) if !is_kept => wanted.stamp = Some(staging.write(&wanted, bytes)?),
                None if !is_kept => return Ok(Some((wanted, bytes.to_vec()))),
                _ => {}
            }
            Ok(Some((wanted, Vec::new())))
        });
        let mut made: Vec<(Wanted<'_>, Vec<u8>)> =
            made.filter_map(Result::transpose).collect::<Result<_, PublishError>>()?;
        if staging.is_none() && made.iter().any(|(wanted, _)| !matches!(wanted.fate, Fate::Keep(_))) {
            let opened = open()?;
            made.par_iter_mut().try_for_each(|(wanted, bytes)| {
                if !matches!(wanted.fate, Fate::Keep(_)) {
                    wanted.stamp = Some(opened.write(wanted, bytes)?);
                }
                Ok::<(), PublishError>(())
            })?;
            staging = Some(opened);
        }
        wanted.extend(made.into_iter().map(|(wanted, _)| wanted));
    }
    let mistakes = mistakes.into_inner().expect("nothing panics while it adds a mistake");
    if !mistakes.is_empty() {
        return Err(PublishError::Mistakes(mistakes.into_iter().collect()));
    }
    let mut published = count(&wanted, &live);
    let manifest_text = manifest::text(&wanted);
    let mut manifest = live.wanted(OWNERSHIP_MARK, manifest_text.as_bytes());
    let is_as_it_was = published.removed == 0 && matches!(manifest.fate, Fate::Keep(_));
    if staging.is_none() && is_as_it_was {
        wanted.push(manifest);
        if live.had_to_read {
            Memory::write(&state, &wanted, &live.stamps(&wanted));
        }
        return Ok(published);
    }
    let staging = match staging {
        Some(staging) => staging,
        None => open()?,
    };
    if !matches!(manifest.fate, Fate::Keep(_)) {
        manifest.stamp = Some(staging.write(&manifest, manifest_text.as_bytes())?);
    }
    wanted.push(manifest);
    let stamps: Vec<Stamp> = wanted.par_iter().map(|file| staging.keep(file)).collect::<Result<_, _>>()?;
    published.swap = match listed {
        Some(_) => swap::exchange(&state, &target.out)?,
        None => swap::move_in(&state, &target.out)?,
    };
    Memory::write(&state, &wanted, &stamps);
    Ok(published)
}

fn count(wanted: &[Wanted<'_>], live: &Live) -> Published {
    let unchanged = wanted.iter().filter(|file| matches!(file.fate, Fate::Keep(_))).count();
    let changed = wanted.iter().filter(|file| matches!(file.fate, Fate::Replace(_))).count();
    let added = wanted.len() - unchanged - changed;
    let removed = live.site_files() - unchanged - changed;
    Published { added, changed, removed, unchanged, edited: live.edited, swap: Swap::None }
}
