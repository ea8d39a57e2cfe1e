//! What a site was made of and what it consists of, as a statement that anybody can check.
//!
//! In come a catalogue's files and the digests of a site's, out goes a statement in the format of in-toto; in come a statement and the
//! files of a published site, out goes what differs. Nothing here knows the disk or the clock: the same catalogue and the same commit give the same bytes.

pub mod list;
pub mod mark;
pub mod signature;
mod statement;
mod verdict;

use crate::digest::{Digest, digest};
use crate::model::date::Day;
use crate::sources::Sources;

pub use statement::{Statement, Unreadable, text};
pub use verdict::{Asked, Verdict, compare};

/// Where the statement stands in the site.
pub const FILE: &str = "provenance.json";

/// Where the signature of the statement stands, which another program makes.
pub const SIGNATURE: &str = "provenance.json.minisig";

/// What a site was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The digest of the list of the catalogue's files.
    pub sources: Digest,
    /// The commit of the repository that the catalogue lies in, if it lies in one.
    pub commit: Option<Commit>,
    /// The day on which validity was judged.
    pub as_of: Day,
    /// The address that was asked for in place of the one in `site.toml`.
    pub base_url: Option<String>,
    /// The language that was asked for in place of the one in `site.toml`.
    pub language: Option<String>,
}

/// A commit of git, and how the catalogue's files differ from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its whole name.
    pub id: String,
    /// The folder of the repository that the catalogue lies in, such as `data/catalogue/`; empty at its top.
    pub folder: String,
    /// The files of the catalogue that are not as the commit has them: changed, new or gone, in the order of their paths.
    pub changed: Vec<String>,
}

/// The digest of a list with a line for each file of a catalogue, as `sha256sum` prints it, in the order of paths.
pub fn digest_of_sources(sources: &Sources) -> Digest {
    let mut list = String::new();
    for (file, source) in sources.iter() {
        list::push_line(&mut list, &digest(sources.bytes(file)), &source.path);
    }
    digest(list.as_bytes())
}
