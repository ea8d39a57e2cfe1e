//! What browsers were sent, so that they can be told when it is not what they would be sent now.
//!
//! In come files as they are sent, out goes since which generation each has had its bytes.
//! Nothing is made for it, and what nobody asked for is not remembered.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use sha2::{Digest as _, Sha256};

/// So many paths that lead nowhere are remembered; someone who asks for more of them is no reader.
const NOWHERE: usize = 10_000;

/// Every path that was asked for.
#[derive(Debug, Default)]
pub(super) struct Sent(Mutex<BTreeMap<String, Entry>>);

/// What was sent last for a path.
#[derive(Debug)]
struct Entry {
    /// The bytes, as long as somebody else holds them, and their digest; nothing where there was no file.
    bytes: Option<(Weak<[u8]>, [u8; 32])>,
    /// The generation from which on these are the bytes.
    since: u64,
    /// The newest generation that is known to have them.
    seen: u64,
}

impl Sent {
    /// Notes what a generation has at a path, and tells since which generation that is so.
    pub(super) fn note(&self, generation: u64, path: &str, bytes: Option<&Arc<[u8]>>) -> u64 {
        let mut entries = self.entries();
        let is_full = entries.len() >= NOWHERE;
        let known = entries.get_mut(path);
        let is_known = known.as_ref().is_some_and(|known| known.is(bytes));
        match known {
            Some(known) if is_known => {
                known.seen = known.seen.max(generation);
                known.since.min(generation)
            }
            // an answer from a generation that is past: what is remembered is newer
            Some(known) if known.seen > generation => generation,
            None if bytes.is_none() && is_full => generation,
            _ => {
                let bytes = bytes.map(|bytes| (Arc::downgrade(bytes), Sha256::digest(bytes).into()));
                entries.insert(path.to_owned(), Entry { bytes, since: generation, seen: generation });
                generation
            }
        }
    }

    /// Whether a file at this path was ever sent.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.entries().contains_key(path)
    }

    /// Since when what stands at a path is what it is.
    pub(super) fn since(&self, path: &str) -> Option<u64> {
        self.entries().get(path).map(|entry| entry.since)
    }

    /// Every path that was asked for.
    pub(super) fn paths(&self) -> Vec<String> {
        self.entries().keys().cloned().collect()
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        // an entry is written whole or not at all
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn is(&self, bytes: Option<&Arc<[u8]>>) -> bool {
        match (&self.bytes, bytes) {
            (None, None) => true,
            (Some((held, digest)), Some(bytes)) => {
                let is_same = held.upgrade().is_some_and(|held| Arc::ptr_eq(&held, bytes));
                is_same || *digest == <[u8; 32]>::from(Sha256::digest(bytes))
            }
            _ => false,
        }
    }
}
