//! The files of the theme under a name that holds their digest.
//!
//! In comes a site, out goes the folder in which its static files stand a second time, named for all of them together, and the digest of each.
//! Scripts import each other by relative names, some of them in a ring: one name for the folder leaves every import as it is.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::digest::digest;
use crate::site::Site;
use crate::site_path::SitePath;
use crate::text::{hexadecimal, push_hexadecimal};

const STATIC: &str = "static/";

/// How many characters of the digest the name has.
const LENGTH: usize = 16;

/// The folder and what is in it.
#[derive(Debug)]
pub(super) struct Fingerprint {
    name: String,
    /// The SHA-256 digest of each file, by its path below `static/`, as pages name it.
    digests: BTreeMap<String, String>,
}

/// The fingerprint of a site's static files; nothing where there is none, or where a name is so long that it has no room for it.
pub(super) fn of(site: &Site) -> Option<Fingerprint> {
    let mut list = String::new();
    let mut digests = BTreeMap::new();
    for file in site.files() {
        let Some(name) = file.path.as_str().strip_prefix(STATIC) else { continue };
        let bytes = file.kept().ok()?;
        let digest = digest(bytes);
        push_hexadecimal(&digest, &mut list);
        list.push_str(name);
        list.push('\n');
        digests.insert(name.to_owned(), format!("sha256-{}", STANDARD.encode(digest)));
    }
    let fingerprint = Fingerprint { name: hexadecimal(&digest(list.as_bytes())[..LENGTH / 2]), digests };
    let fits = fingerprint.digests.keys().all(|name| SitePath::new(&fingerprint.path(name)).is_ok());
    (fits && !fingerprint.digests.is_empty()).then_some(fingerprint)
}

impl Fingerprint {
    /// The folder, `static/0123456789abcdef/`.
    pub(super) fn folder(&self) -> String {
        format!("{STATIC}{}/", self.name)
    }

    fn path(&self, name: &str) -> String {
        format!("{STATIC}{}/{name}", self.name)
    }

    /// The second path of a file, if it is one of the theme's.
    pub(super) fn second_path(&self, path: &str) -> Option<String> {
        let name = path.strip_prefix(STATIC)?;
        self.digests.contains_key(name).then(|| self.path(name))
    }

    /// Whether a path is the second one of a file.
    pub(super) fn has(&self, path: &str) -> bool {
        path.strip_prefix(&self.folder()).is_some_and(|name| self.digests.contains_key(name))
    }

    /// The digest of a file as pages name it.
    pub(super) fn integrity(&self, path: &str) -> Option<&str> {
        self.digests.get(path.strip_prefix(STATIC)?).map(String::as_str)
    }
}

/// Whether a path lies in such a folder.
pub(super) fn is_in_folder(path: &str) -> bool {
    let folder = path.strip_prefix(STATIC).and_then(|rest| rest.split_once('/')).map(|(folder, _)| folder);
    folder.is_some_and(|folder| {
        folder.len() == LENGTH && folder.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}
