//! Every diagnostic as a contributor meets it: a small catalogue with the mistake in, the whole report out.
//!
//! The catalogues stand in `tests/diagnostics/<code>/<case>.txt`, the reports beside them; `SNAPSHOTS=overwrite` refreshes those.
//! No code is without a page of documentation and a catalogue, or a named test of the disk, that raises it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use certalog::diagnostic::Code;
use certalog::report::{Report, human, short};

use crate::harness::{Fixture, compare_with_file, files_below, repository};

const FOLDER: &str = "tests/diagnostics";

/// The most that a finding may say.
const FINDING_BYTES: usize = 2048;

/// Cases that must raise more than the code of their folder, and why.
const WITH_OTHER_CODES: &[(&str, &[&str], &str)] = &[(
    "many/all-at-once",
    &[
        "invalid-toml",
        "missing-front-matter",
        "unknown-key",
        "invalid-value",
        "invalid-date",
        "unknown-diagnostic",
        "unknown-element",
        "unknown-domain",
        "score-off-scale",
        "forbidden-address",
    ],
    "it is about many mistakes in one run",
)];

/// Codes that only the disk can raise, with the test that does it.
const OF_THE_DISK: &[(Code, &str)] = &[
    (Code::InvalidUtf8, "text_must_be_utf_8_and_the_first_bad_byte_is_named"),
    (Code::UnreadableFile, "what_cannot_be_read_stops_nothing"),
    (Code::SymbolicLink, "links_are_reported_and_not_followed"),
    (Code::SpecialFile, "special_files_are_reported_and_not_opened"),
    (Code::FileTooLarge, "limits_depend_on_the_kind_of_file"),
];

/// The folder and the name of a case: `unknown-key` and `near-miss`.
fn names(path: &Path) -> (String, String) {
    let folder = path.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
    (folder, path.file_stem().unwrap().to_str().unwrap().to_owned())
}

fn files(ending: &str) -> Vec<std::path::PathBuf> {
    files_below(FOLDER)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect()
}

#[test]
fn every_catalogue_gets_its_report() {
    let mut faults = Vec::new();
    for path in files("txt") {
        let built = Fixture::new(&fs::read_to_string(&path).unwrap()).build();
        if let Err(difference) = compare_with_file(built.report(), &path.with_extension("report")) {
            faults.push(difference);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_catalogue_raises_the_code_of_its_folder_and_no_other() {
    let mut faults = Vec::new();
    for path in files("txt") {
        let (folder, case) = names(&path);
        let name = format!("{folder}/{case}");
        let codes = Fixture::new(&fs::read_to_string(&path).unwrap()).build().codes();
        let others =
            WITH_OTHER_CODES.iter().find(|(case, ..)| *case == name).map_or(&[][..], |(_, codes, _)| codes);
        let mut expected: Vec<_> = others.to_vec();
        expected.extend(Code::from_name(&folder).map(Code::name));
        let sorted = |codes: &[&'static str]| codes.iter().copied().collect::<BTreeSet<_>>();
        if sorted(&codes) != sorted(&expected) {
            faults.push(format!("{name}: {codes:?}, not {expected:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every finding says what is wrong, where, and in how few words it can: in each form in which a finding is shown.
#[test]
fn every_finding_has_a_code_a_place_and_a_short_text() {
    let mut count = 0;
    for path in files("txt") {
        let (folder, case) = names(&path);
        let built = Fixture::new(&fs::read_to_string(&path).unwrap()).build();
        for finding in &built.build.diagnostics {
            let one = Report { sources: &built.sources, findings: std::slice::from_ref(finding) };
            let diagnostic = &finding.diagnostic;
            let (code, path) = (diagnostic.code.name(), built.sources.path(diagnostic.place.file));
            let line = short::render(&one);
            let line = line.lines().next().unwrap();
            let place = line.strip_prefix(path).and_then(|rest| rest.strip_prefix(':')).unwrap();
            let (at, message) = place.split_once(": ").unwrap();
            let (row, column) = at.split_once(':').unwrap();
            assert!(row.parse::<u32>().unwrap() > 0 && column.parse::<u32>().unwrap() > 0, "{folder}/{case}");
            assert!(
                message.contains(&format!("[{code}]: ")) && message.len() <= FINDING_BYTES,
                "{folder}/{case}"
            );
            let text = built.sources.text(diagnostic.place.file);
            assert!(
                text.get(diagnostic.place.span.range()).is_some(),
                "{folder}/{case}: {code} marks no text"
            );
            let said = diagnostic.message.len() + diagnostic.help.as_ref().map_or(0, String::len);
            assert!(!diagnostic.message.is_empty() && said <= FINDING_BYTES, "{folder}/{case}: {code}");
            // The report for people has two lines besides the finding: where codes are explained, and the count.
            let shown = human::render(&one, human::Paint::Plain);
            let shown = shown.split("\n\n").next().unwrap();
            assert!(shown.len() <= FINDING_BYTES, "{folder}/{case}: {code} takes {} bytes", shown.len());
            count += 1;
        }
    }
    assert!(count > 200, "{count} findings");
}

#[test]
fn every_exception_is_a_case() {
    for (case, ..) in WITH_OTHER_CODES {
        assert!(repository().join(FOLDER).join(case).with_extension("txt").is_file(), "{case}");
    }
}

#[test]
fn no_report_is_left_over() {
    for path in files_below(FOLDER) {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match ending {
            Some("txt") => {}
            Some("report") => {
                assert!(
                    path.with_extension("txt").is_file(),
                    "no catalogue has this report: {}",
                    path.display()
                );
            }
            _ => assert!(path.ends_with("README.md"), "what is {}?", path.display()),
        }
        let (folder, _) = names(&path);
        let is_known =
            Code::from_name(&folder).is_some() || ["many", "diagnostics"].contains(&folder.as_str());
        assert!(is_known, "no code is called `{folder}`");
    }
}

#[test]
fn every_code_is_raised_by_a_test() {
    let raised: BTreeSet<_> = files("txt").iter().map(|path| names(path).0).collect();
    let tests =
        files_below("tests/it").iter().map(|path| fs::read_to_string(path).unwrap()).collect::<String>();
    for code in Code::ALL {
        let of_the_disk = OF_THE_DISK.iter().find(|(found, _)| found == code);
        if let Some((_, test)) = of_the_disk {
            assert!(tests.contains(&format!("#[test]\nfn {test}()")), "there is no test `{test}`");
        }
        let is_raised = raised.contains(code.name()) || of_the_disk.is_some();
        assert!(is_raised, "nothing raises `{}`: add {FOLDER}/{}/basic.txt", code.name(), code.name());
    }
}

#[test]
fn every_page_of_documentation_agrees_with_the_table() {
    let mut known = BTreeSet::new();
    for code in Code::ALL {
        let (name, page) = (code.name(), code.explanation());
        known.insert(format!("{name}.md"));
        let mut lines = page.lines();
        assert_eq!(lines.next(), Some(format!("# {name}").as_str()));
        assert_eq!(lines.next(), Some(""), "{name}");
        let level = match code.default_severity() {
            certalog::diagnostic::Severity::Error => "Error",
            certalog::diagnostic::Severity::Warning => "Warning",
            certalog::diagnostic::Severity::Waived => unreachable!("only a record waives"),
        };
        let fixed = if code.is_configurable() { "`site.toml` may change it" } else { "Always on" };
        let third = format!("Group: {}. {level}. {fixed}.", code.group().name());
        assert_eq!(lines.next(), Some(third.as_str()), "{name}");
        for part in ["## Why it matters", "## Repair"] {
            assert!(page.lines().any(|line| line == part), "{name} has no “{part}”");
        }
        assert!(!code.summary().ends_with('.') && !code.summary().is_empty(), "{name}");
    }
    let pages = files_below("docs/diagnostics");
    let pages: BTreeSet<_> =
        pages.iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(pages, known);
}
