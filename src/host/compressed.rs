//! Files in the form in which hosts send them to browsers that take it.
//!
//! In come the bytes of a file, out goes its gzip form where that is worth it.
//! There is no time and no name in it: the same bytes give the same form.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};

use crate::media::is_compressible;

/// The ending of the compressed form.
pub(super) const ENDING: &str = ".gz";

/// What is smaller than this fits into one packet anyhow.
const LEAST: usize = 1024;

/// The compressed form of a file, where it is smaller by a tenth at least.
pub(super) fn compressed(path: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    if !is_compressible(path) || bytes.len() < LEAST {
        return None;
    }
    // 255: no system in particular
    let mut encoder = GzBuilder::new().operating_system(255).write(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("writing to memory cannot fail");
    let compressed = encoder.finish().expect("writing to memory cannot fail");
    (compressed.len() < bytes.len() / 10 * 9).then_some(compressed)
}
