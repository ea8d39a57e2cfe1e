//! The catalogues that measurements are made with: the same bytes for ever, and nothing wrong with them.
//!
//! In comes the generator of `benches/whole`, out go a digest and a build in memory.
//! A change of the digest is a change of every figure in `docs/performance.md`: measure again.

#![allow(dead_code, reason = "the measuring program uses the rest")]
#![allow(clippy::format_push_string, reason = "plain to read; the generator is not measured")]

#[path = "../../benches/whole/frameworks.rs"]
mod frameworks;
#[path = "../../benches/whole/prose.rs"]
mod prose;
#[path = "../../benches/whole/random.rs"]
pub(crate) mod random;
#[path = "../../benches/whole/records.rs"]
pub(crate) mod records;

use std::convert::Infallible;

use certalog::build::{BuildOptions, build};
use certalog::diagnostic::Code;
use certalog::sources::{Content, Source, Sources};
use sha2::{Digest as _, Sha256};

pub(crate) const SMALL: records::Size = records::Size { frameworks: 2, elements: 300, certifications: 40 };

/// The files of a catalogue of some size.
pub(crate) fn files(size: records::Size) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let written: Result<(), Infallible> = records::catalogue(size, |path, text| {
        files.push((path, text));
        Ok(())
    });
    written.unwrap();
    files
}

#[test]
fn an_invented_catalogue_is_the_same_byte_for_byte() {
    let digest = |files: &[(String, String)]| {
        let mut digest = Sha256::new();
        for (path, text) in files {
            digest.update(format!("{path}\n{}\n{text}", text.len()));
        }
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    };
    assert_eq!(digest(&files(SMALL)), digest(&files(SMALL)));
    assert_eq!(digest(&files(SMALL)), "de8bdb3087bfdea9b404bbce1a5f16aa2e4d9bf0e812199f5c945905d0b094ba");
}

#[test]
fn an_invented_catalogue_builds_and_only_old_validity_is_found() {
    let sources =
        files(SMALL).into_iter().map(|(path, text)| Source { path, content: Content::Text(text.into()) });
    let sources = Sources::from_files(sources);
    let options = BuildOptions { as_of: "2026-11-21".parse().unwrap(), base_url: None, language: None };
    let built = build(&sources, Vec::new(), &options);
    let codes = built.diagnostics.iter().map(|one| one.diagnostic.code);
    let unexpected: Vec<Code> = codes.filter(|code| *code != Code::LapsedValidity).collect();
    assert_eq!(unexpected, []);
    assert_eq!((built.counts.elements, built.counts.certifications), (300, 40));
}
