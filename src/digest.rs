//! SHA-256 digests: how one tells whether two files are the same without having both.
//!
//! In come bytes or a digest's hexadecimal form, out goes a digest.
//! No file is read here.

use sha2::{Digest as _, Sha256};

/// The SHA-256 digest of some bytes.
pub type Digest = [u8; 32];

/// The digest of these bytes.
pub fn digest(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

/// A digest from its hexadecimal form.
pub fn from_hex(text: &str) -> Option<Digest> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).map(|digit| digit as u8)).collect();
    let digits = digits.filter(|digits| digits.len() == 64)?;
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(digits.chunks(2)) {
        *byte = pair[0] << 4 | pair[1];
    }
    Some(digest)
}
