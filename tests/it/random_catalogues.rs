//! Thousands of catalogues that nobody wrote: whatever stands in them, `check` and `build` say the same of them, and neither gives up.
//!
//! In come numbers, out goes the first one whose catalogue breaks a law; a number is the same catalogue on every machine.
//! The ordinary suite has a sample. `cargo test --test it -- --ignored ten_thousand` takes them all.

mod drawn;

use std::collections::BTreeMap;
use std::path::Path;

use certalog::build::{BuildOptions, build};
use certalog::diagnostic::{Leveled, Severity};
use certalog::publish::{PublishError, publish};
use certalog::sources::{Limits, Sources};
use certalog::text::Place;

use crate::cli::{folder, run, write};
use crate::harness::{DAY, repository};

/// What came of many catalogues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    published: usize,
    refused: usize,
    findings: usize,
}

/// The catalogue of a number, in a folder as a person would have it.
fn on_disk(number: usize, root: &Path) {
    for (path, text) in drawn::catalogue(number) {
        write(&root.join(path), &text);
    }
}

fn is_within(sources: &Sources, place: Place) -> bool {
    place.file.index() < sources.len() && sources.text(place.file).get(place.span.range()).is_some()
}

/// Reads, checks and publishes a catalogue as the commands do, in this process.
fn check_laws(number: usize, counts: &mut Counts) {
    let folder = folder();
    on_disk(number, folder.path());
    let (sources, found) = Sources::read(folder.path(), &Limits::default()).unwrap();
    let options = BuildOptions { as_of: DAY, base_url: None, language: None };
    let checked = build(&sources, found.clone(), &options).finish();
    for Leveled { diagnostic, .. } in &checked.diagnostics {
        let places = [diagnostic.place].into_iter().chain(diagnostic.labels.iter().map(|label| label.place));
        let fix = diagnostic.fix.iter().map(|fix| Place::new(diagnostic.place.file, fix.span));
        for place in places.chain(fix) {
            assert!(is_within(&sources, place), "{number}: {diagnostic:?} points outside of its file");
        }
    }
    let has_errors = checked.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(checked.site.is_empty(), has_errors, "{number}: a site, or errors: one of both");

    // `build` makes its pages while it writes them, and never all at once.
    let built = build(&sources, found, &options);
    let out = folder.path().join("public");
    let published = if has_errors { None } else { Some(publish(&built.site, &out, folder.path())) };
    match published {
        None => {
            assert_eq!(built.diagnostics, checked.diagnostics, "{number}");
            counts.refused += 1;
        }
        Some(Ok(_)) => {
            assert_eq!(built.diagnostics, checked.diagnostics, "{number}");
            let expected: BTreeMap<_, _> =
                checked.site.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
            for (path, bytes) in expected {
                assert!(std::fs::read(out.join(&path)).unwrap() == bytes, "{number}: {path}");
            }
            counts.published += 1;
        }
        Some(Err(PublishError::Mistakes(mistakes))) => panic!("{number}: only `build` finds {mistakes:?}"),
        Some(Err(error)) => panic!("{number}: {error}"),
    }
    counts.findings += checked.diagnostics.len();
}

/// The same with the program itself: both commands print the same report and end alike.
fn check_program(number: usize) {
    let folder = folder();
    on_disk(number, folder.path());
    let check = run(folder.path(), &["check", "--as-of", "2026-01-01"]);
    let build = run(folder.path(), &["build", "--as-of", "2026-01-01"]);
    let status = check.status.code();
    if !folder.path().join("site.toml").exists() {
        assert_eq!((status, build.status.code()), (Some(2), Some(2)), "{number}: no catalogue");
        return;
    }
    assert!(matches!(status, Some(0 | 1)), "{number}: {}", String::from_utf8_lossy(&check.stderr));
    assert_eq!(build.status.code(), status, "{number}: {}", String::from_utf8_lossy(&build.stderr));
    let report = String::from_utf8(check.stdout).unwrap();
    let said = String::from_utf8(build.stderr).unwrap();
    let rest = said.strip_prefix(&report);
    let expected = if status == Some(0) { "" } else { "nothing was published\n" };
    assert_eq!(rest, Some(expected), "{number}: `check` says\n{report}\n`build` says\n{said}");
    assert_eq!(folder.path().join("public/index.html").exists(), status == Some(0), "{number}");
}

#[test]
fn check_and_build_agree_on_a_sample_of_random_catalogues() {
    let mut counts = Counts::default();
    for number in 0..SAMPLE {
        check_laws(number, &mut counts);
    }
    // A sample in which everything is right or everything is wrong would say nothing.
    assert!(counts.published > SAMPLE / 4 && counts.refused > SAMPLE / 4, "{counts:?}");
    for number in (0..SAMPLE).step_by(10) {
        check_program(number);
    }
}

const SAMPLE: usize = 50;

#[test]
#[ignore = "ten thousand catalogues take a while: run by hand before a release, and write the figure down"]
fn check_and_build_agree_on_ten_thousand_random_catalogues() {
    let mut counts = Counts::default();
    for number in 0..10_000 {
        check_laws(number, &mut counts);
        if number % 20 == 0 {
            check_program(number);
        }
    }
    // What came of them is what is written down, so that it has to be seen.
    write(&repository().join("target/ten-thousand.txt"), &format!("{counts:?}\n"));
}
