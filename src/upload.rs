//! A site in an object store: what has to change there, and the order in which it does.
//!
//! In come a published folder and a store, out goes a plan and, step by step, a store that holds the site.
//! Nothing that certalog did not put there is written to or deleted, and no page leads to what is not there yet. This is the one place from which certalog speaks to a network.

mod plan;
mod list;
mod s3;

use std::collections::BTreeMap;
use std::fmt;

use rayon::prelude::*;

use crate::digest::Digest;
use crate::host::caching;
use crate::media::media_type;
use crate::provenance::mark::mark;
use crate::publish::{Folder, PublishError};
use crate::site_path::OWNERSHIP_MARK;
pub use plan::{Obstacle, Plan, Put, plan};
pub use s3::{Access, Bucket, NoAddress};

/// The digest of what is on its way: no file has it.
const UNKNOWN: Digest = [0; 32];

/// How many files at least are sent between two notes of how far it is, and how many notes there are at most for a large site.
const AT_ONCE: usize = 256;
const NOTES: usize = 16;

/// Something that keeps objects by their names.
pub trait Store: Sync {
    /// The names of all objects of the site's place, with their sizes.
    fn list(&self) -> Result<BTreeMap<String, u64>, Failed>;
    /// The bytes of an object, if it is there.
    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Failed>;
    /// Puts an object there, or another in its place.
    fn put(&self, name: &str, object: &Object<'_>) -> Result<(), Failed>;
    /// Takes an object away.
    fn delete(&self, name: &str) -> Result<(), Failed>;
}

/// What is put into a store.
#[derive(Clone, Copy, Debug)]
pub struct Object<'o> {
    /// Its bytes.
    pub bytes: &'o [u8],
    /// Their kind.
    pub media_type: &'static str,
    /// How long they may be kept.
    pub caching: &'static str,
}

/// Why a store did not do what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed(pub String);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a site is not in the store, or not all of it.
#[derive(Debug)]
pub enum UploadError {
    /// The store failed.
    Store(Failed),
    /// The folder could not be read, or is not as it was.
    Folder(PublishError),
}

impl From<Failed> for UploadError {
    fn from(failed: Failed) -> Self {
        Self::Store(failed)
    }
}

impl From<PublishError> for UploadError {
    fn from(error: PublishError) -> Self {
        Self::Folder(error)
    }
}

/// Carries a plan out: what pages need, then pages, then what is gone. After a failure the store knows how far it came, and the next run goes on from there.
pub fn upload(plan: &Plan, from: &Folder, store: &dyn Store, threads: usize) -> Result<(), UploadError> {
    if plan.is_done() {
        return Ok(());
    }
    let mut known = plan.known.clone();
    let on_the_way = plan.assets.iter().chain(&plan.pages);
    known.extend(on_the_way.map(|put| (put.path.clone(), UNKNOWN)));
    // From here on the store says of everything that will be there that it is certalog's.
    note(store, &known)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| Failed(format!("no threads could be had: {error}")))?;
    for puts in [&plan.assets, &plan.pages] {
        for puts in puts.chunks(AT_ONCE.max(puts.len() / NOTES)) {
            let sent: Vec<Result<&Put, UploadError>> =
                pool.install(|| puts.par_iter().map(|put| send(put, from, store).map(|()| put)).collect());
            let mut failure = None;
            for sent in sent {
                match sent {
                    Ok(put) => {
                        known.insert(put.path.clone(), put.digest);
                    }
                    Err(error) => failure = failure.or(Some(error)),
                }
            }
            let noted = note(store, &known);
            if let Some(failure) = failure {
                return Err(failure);
            }
            noted?;
        }
    }
    let gone: Vec<Result<(), Failed>> =
        pool.install(|| plan.gone.par_iter().map(|path| store.delete(path)).collect());
    gone.into_iter().collect::<Result<(), Failed>>()?;
    note(store, from.files())?;
    Ok(())
}

fn send(put: &Put, from: &Folder, store: &dyn Store) -> Result<(), UploadError> {
    let bytes = from.read(&put.path)?;
    let object =
        Object { bytes: &bytes, media_type: media_type(&put.path), caching: caching(&put.path).value() };
    Ok(store.put(&put.path, &object)?)
}

/// Writes the list of what is certalog's, with the digests of what is there for certain.
fn note(store: &dyn Store, files: &BTreeMap<String, Digest>) -> Result<(), Failed> {
    let text = mark(files.iter().map(|(path, digest)| (path.as_str(), digest)));
    let object = Object { bytes: text.as_bytes(), media_type: media_type(".txt"), caching: "no-cache" };
    store.put(OWNERSHIP_MARK, &object)
}
