//! Publishes a site: the only writer of the disk.
//!
//! In comes a finished site and a folder, out goes what changed there; the folder holds the old site or the new one, never a mixture.
//! Nothing is deleted that certalog did not write, and a file whose bytes stay the same stays the same file.
//!
//! The site in the folder is never written to. The new site is put together beside it, in a second tree that shares
//! every unchanged file, and the two trees are exchanged by one rename. See docs/decisions/0001-two-generations.md.

mod create;
mod rewrite;
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
mod found;
mod beside;
mod folder;
mod copy;
mod archive;

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use crate::provenance::{self, Origin};
use crate::site::{File, Made, Site};
use crate::site_path::OWNERSHIP_MARK;
use crate::stage::{Stage, Unwatched, Watch};
pub use archive::{Archived, archive};
pub use beside::keep_beside;
pub use copy::{Changes, changes, copy};
pub use create::{CreateError, NewFile, create, is_taken};
pub use folder::Folder;
pub use found::{Found, found};
use live::Live;
use memory::Memory;
pub use refusal::{Files, PublishError, Refusal};
pub use rewrite::{Rewrite, RewriteError, rewrite};
use staging::{Fate, Staging, Wanted};
use state_folder::StateFolder;
pub use swap::Swap;
use target::Target;

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
    publish_watched(site, out, catalogue_root, None, &Unwatched)
}

/// The same for somebody who waits for it, with a statement of what the site was made of if its origin is given.
pub fn publish_watched(
    site: &Site,
    out: &Path,
    catalogue_root: &Path,
    origin: Option<&Origin>,
    watch: &dyn Watch,
) -> Result<Published, PublishError> {
    let home = std::env::home_dir();
    let target = Target::check(out, catalogue_root, home.as_deref())?;
    // once before anything is created beside a folder that is not ours, and again when nobody else can change it
    let listed = manifest::read(&target.out)?;
    if let Some(listed) = listed.filter(|_| !StateFolder::is_there(&target)) {
        live::refuse_strange(&target.out, &listed)?;
    }
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
    let mut mistakes = BTreeSet::new();
    let files: Vec<File<'_>> = site.files().collect();
    watch.begins(Stage::Pages, Some(files.len()));
    for files in files.chunks(AT_ONCE) {
        let made = files.par_iter().map_init(Made::default, |room, file| {
            watch.done(1);
            make(file, room, &live, staging.as_ref())
        });
        let mut waiting = Vec::new();
        for made in made.collect::<Vec<_>>() {
            match made {
                Ok(made) => made.into_iter().for_each(|(file, bytes)| match bytes {
                    Some(bytes) => waiting.push((file, bytes)),
                    None => wanted.push(file),
                }),
                Err(PublishError::Mistakes(more)) => mistakes.extend(more),
                Err(error) => return Err(error),
            }
        }
        if !waiting.is_empty() {
            let opened = open()?;
            let written = waiting.into_par_iter().map(|(file, bytes)| opened.write(file, &bytes));
            wanted.extend(written.collect::<Result<Vec<_>, _>>()?);
            staging = Some(opened);
        }
    }
    if !mistakes.is_empty() {
        return Err(PublishError::Mistakes(mistakes.into_iter().collect()));
    }
    wanted.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    if let Some(origin) = origin {
        let Err(place) = wanted.binary_search_by(|file| file.path.as_str().cmp(provenance::FILE)) else {
            return Err(Refusal::TakenByTheSite(provenance::FILE).into());
        };
        let text = provenance::text(origin, wanted.iter().map(|file| (file.path.as_str(), &file.digest)));
        let mut statement = live.wanted(provenance::FILE, &text);
        if !matches!(statement.fate, Fate::Keep(_)) {
            let opened = match staging.take() {
                Some(opened) => opened,
                None => open()?,
            };
            statement = staging.insert(opened).write(statement, &text)?;
        }
        wanted.insert(place, statement);
    }
    let place = Place { target: &target, state: &state, live: &live, is_listed: listed.is_some() };
    place.take(wanted, staging, open)
}

/// A folder that is published to, while nobody else can do so.
struct Place<'p> {
    target: &'p Target,
    state: &'p StateFolder,
    live: &'p Live,
    /// Whether there is a site already.
    is_listed: bool,
}

impl Place<'_> {
    /// Puts a site there of which all that is new has been written. Where nothing was, `open` opens what is written into.
    fn take<'s>(
        &self,
        mut wanted: Vec<Wanted>,
        staging: Option<Staging<'s>>,
        open: impl FnOnce() -> Result<Staging<'s>, PublishError>,
    ) -> Result<Published, PublishError> {
        let Self { target, state, live, .. } = self;
        live.refuse_losses(&target.out, &wanted)?;
        let mut published = count(&wanted, live);
        let list = manifest::text(&wanted);
        let mut manifest = live.wanted(OWNERSHIP_MARK, list.as_bytes());
        let is_listed = matches!(manifest.fate, Fate::Keep(_));
        if staging.is_none() && published.removed == 0 && is_listed {
            wanted.push(manifest);
            if live.had_to_read {
                Memory::write(state, &wanted, &live.stamps(&wanted));
            }
            return Ok(published);
        }
        let staging = match staging {
            Some(staging) => staging,
            None => open()?,
        };
        if !is_listed {
            manifest = staging.write(manifest, list.as_bytes())?;
        }
        wanted.push(manifest);
        let stamps = staging.finish(&wanted)?;
        published.swap = if self.is_listed {
            live.refuse_changes(&target.out)?;
            swap::exchange(state, &target.out)?
        } else {
            swap::move_in(state, &target.out)?
        };
        Memory::write(state, &wanted, &stamps);
        Ok(published)
    }
}

/// A file of the new site, with its bytes where they are still to be written.
type Waiting = (Wanted, Option<Vec<u8>>);

/// Makes a file, with what comes with it, and writes what is not published already. Where there is nothing to write into yet,
/// the bytes that have to be written come back.
fn make(
    file: &File<'_>,
    room: &mut Made,
    live: &Live,
    staging: Option<&Staging<'_>>,
) -> Result<Vec<Waiting>, PublishError> {
    let mut made = Vec::with_capacity(1);
    let mut failure = None;
    let visited = file.each(room, |path, bytes| {
        let wanted = live.wanted(path.as_str(), bytes);
        match staging {
            _ if matches!(wanted.fate, Fate::Keep(_)) => made.push((wanted, None)),
            None => made.push((wanted, Some(bytes.to_vec()))),
            Some(staging) => match staging.write(wanted, bytes) {
                Ok(wanted) => made.push((wanted, None)),
                Err(error) => failure = Some(error),
            },
        }
    });
    match (visited, failure) {
        (Err(mistake), _) => Err(PublishError::Mistakes(vec![*mistake])),
        (Ok(()), Some(error)) => Err(error),
        (Ok(()), None) => Ok(made),
    }
}

fn count(wanted: &[Wanted], live: &Live) -> Published {
    let unchanged = wanted.iter().filter(|file| matches!(file.fate, Fate::Keep(_))).count();
    let changed = wanted.iter().filter(|file| matches!(file.fate, Fate::Replace(_))).count();
    let added = wanted.len() - unchanged - changed;
    let removed = live.site_files() - unchanged - changed;
    Published { added, changed, removed, unchanged, edited: live.edited, swap: Swap::None }
}
