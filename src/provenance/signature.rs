//! Signatures of a statement, as the program minisign makes them.
//!
//! In come the texts of a public key and of a signature and the bytes that were signed, out goes what the signature says besides, or why it is not to be believed.
//! Nothing is signed here, and no secret key is ever read.

use minisign_verify::{PublicKey, Signature};

/// Why a signature is not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The key is none.
    Key,
    /// The signature cannot be read.
    Form,
    /// It was made with another key, or of other bytes.
    Wrong,
}

/// The trusted comment of a signature that `key` made of `bytes`. A key may be the file that minisign writes or its last line alone.
pub fn check(key: &str, signature: &str, bytes: &[u8]) -> Result<String, Refusal> {
    let key = PublicKey::decode(key).or_else(|_| PublicKey::from_base64(key.trim()));
    let key = key.map_err(|_| Refusal::Key)?;
    let signature = Signature::decode(signature).map_err(|_| Refusal::Form)?;
    // the older form, without a digest before the signature, is not made by default since 2021
    key.verify(bytes, &signature, false).map_err(|_| Refusal::Wrong)?;
    Ok(signature.trusted_comment().to_owned())
}
