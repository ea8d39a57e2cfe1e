//! The statement itself: in-toto's Statement v1 with the predicate of SLSA's provenance v1.
//!
//! In come an origin and the digests of a site's files, out go the bytes of the statement; or bytes, and out goes what they state.
//! It has no time, no machine and no name of a person in it, so that whoever builds the same catalogue gets the same statement.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Origin;
use crate::digest::{Digest, from_hex};
use crate::json;
use crate::text::hexadecimal;

const STATEMENT: &str = "https://in-toto.io/Statement/v1";
const PREDICATE: &str = "https://slsa.dev/provenance/v1";

/// What the program is called where a statement asks for an address.
const PROGRAM: &str = "pkg:cargo/certalog";

#[derive(Serialize)]
struct Written<'s> {
    #[serde(rename = "_type")]
    kind: &'static str,
    subject: Vec<Subject<'s>>,
    #[serde(rename = "predicateType")]
    predicate_type: &'static str,
    predicate: Value,
}

#[derive(Serialize)]
struct Subject<'s> {
    name: &'s str,
    digest: Sha256,
}

#[derive(Serialize)]
struct Sha256 {
    sha256: String,
}

/// The statement that these files, in the order of their paths, were made of this origin.
pub fn text<'f>(origin: &Origin, files: impl Iterator<Item = (&'f str, &'f Digest)>) -> Vec<u8> {
    let subject = files.map(|(name, digest)| {
        let sha256 = hexadecimal(digest);
        Subject { name, digest: Sha256 { sha256 } }
    });
    json::file(&Written {
        kind: STATEMENT,
        subject: subject.collect(),
        predicate_type: PREDICATE,
        predicate: predicate(origin),
    })
}

fn predicate(origin: &Origin) -> Value {
    let version = env!("CARGO_PKG_VERSION");
    let mut made_of = vec![json!({
        "name": "sources",
        "digest": { "sha256": hexadecimal(&origin.sources) },
    })];
    if let Some(commit) = &origin.commit {
        made_of.push(json!({
            "name": "commit",
            "digest": { "gitCommit": commit.id },
            "annotations": { "folder": commit.folder, "changed": commit.changed },
        }));
    }
    json!({
        "buildDefinition": {
            "buildType": format!("{PROGRAM}#build"),
            "externalParameters": {
                "as_of": origin.as_of.to_string(),
                "base_url": origin.base_url,
                "language": origin.language,
            },
            "resolvedDependencies": made_of,
        },
        "runDetails": {
            "builder": { "id": format!("{PROGRAM}@{version}"), "version": { "certalog": version } },
        },
    })
}

/// What a statement says of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The files of the site with their digests.
    pub files: BTreeMap<String, Digest>,
    /// The version of certalog that made it.
    pub version: Option<String>,
    /// The commit that it was made of.
    pub commit: Option<String>,
    /// How many files of the catalogue were not as the commit has them.
    pub changed: usize,
}

/// Why some bytes are no statement about a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Deserialize)]
struct Read {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<ReadSubject>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    #[serde(default)]
    predicate: Value,
}

#[derive(Deserialize)]
struct ReadSubject {
    name: String,
    digest: BTreeMap<String, String>,
}

impl Statement {
    /// Reads the bytes of a statement.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let unreadable = |why: String| Unreadable(why);
        let read: Read = serde_json::from_slice(bytes)
            .map_err(|error| unreadable(format!("it is no statement of in-toto: {error}")))?;
        if read.kind != STATEMENT || read.predicate_type != PREDICATE {
            return Err(unreadable(format!("it is no statement of the kind {STATEMENT} with {PREDICATE}")));
        }
        let mut files = BTreeMap::new();
        for ReadSubject { name, digest } in read.subject {
            let digest = digest.get("sha256").and_then(|hex| from_hex(hex));
            let digest = digest.ok_or_else(|| {
                unreadable(format!("it has no SHA-256 digest of `{}`", name.escape_debug()))
            })?;
            if files.insert(name.clone(), digest).is_some() {
                return Err(unreadable(format!("it lists `{}` twice", name.escape_debug())));
            }
        }
        let made_of = &read.predicate["buildDefinition"]["resolvedDependencies"];
        let commit = made_of.as_array().and_then(|all| all.iter().find(|one| one["name"] == "commit"));
        let words = |value: &Value| value.as_str().map(str::to_owned);
        Ok(Self {
            files,
            version: words(&read.predicate["runDetails"]["builder"]["version"]["certalog"]),
            commit: commit.and_then(|commit| words(&commit["digest"]["gitCommit"])),
            changed: commit
                .and_then(|commit| commit["annotations"]["changed"].as_array())
                .map_or(0, Vec::len),
        })
    }
}
