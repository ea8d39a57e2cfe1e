//! `fmt`: one layout, the same facts, every comment.
//!
//! In come records as people write them, all records of this repository and mutations of them, out goes the canonical layout.
//! What is laid out is laid out for good: a second time changes nothing.

use std::fs;
use std::process::Command;

use certalog::layout::{Refusal, lay_out};
use certalog::limits::Limits;
use certalog::model::{self, Kind};
use proptest::prelude::*;
use proptest::sample::Index;
use snapbox::{IntoData as _, assert_data_eq, str};

use crate::harness::{Fixture, files_below};

/// The layout of a certification in TOML.
#[track_caller]
fn laid_out(text: &str) -> String {
    lay_out("content/certifications/a/certification.toml", text).unwrap().unwrap()
}

#[test]
fn keys_stand_in_the_order_of_the_definition_with_their_comments() {
    let text = r#"#:schema ../x.json
# who checked it
product='Example CRM'  # as printed
organization   = "example"


release = "16.0"
framework = "etom"
printed = {product="A",   organization = "B"}
completed = 2017-02-14

# a note of its own

[[result]]
score = 4.40
element = "1.3.7" # a name
[[document]]
title = "Report"
role = "report"
# the first result is above, this is the second
[[result]]
missing = [ "1.1" , # not handed in
  "1.2"
]
element = '1.3 "x"'
# end
"#;
    let expected = str![[r#"
#:schema ../x.json
organization = "example"
# who checked it
product = "Example CRM" # as printed
framework = "etom"
release = "16.0"
completed = "2017-02-14"
printed = { organization = "B", product = "A" }

[[document]]
role = "report"
title = "Report"

# a note of its own

[[result]]
element = "1.3.7" # a name
score = 4.40

# the first result is above, this is the second
[[result]]
element = '1.3 "x"'
missing = [
  "1.1", # not handed in
  "1.2",
]
# end

"#]];
    assert_data_eq!(laid_out(text), expected.raw());
}

#[test]
fn markdown_is_left_alone_but_for_its_last_line_end() {
    let text = "+++\ntitle='A'\n+++\n\n# Text  \nwith `+++`";
    let expected = "+++\ntitle = \"A\"\n+++\n\n# Text  \nwith `+++`\n";
    assert_eq!(lay_out("content/pages/a.md", text).unwrap().unwrap(), expected);
    let crlf = "+++\r\ntitle='A'\r\n+++\r\nText\r\n";
    assert_eq!(lay_out("content/pages/a.md", crlf).unwrap().unwrap(), crlf.replace("='A'", " = \"A\""));
}

#[test]
fn what_cannot_be_read_has_no_layout() {
    for text in ["a = ", "a = 1\na = 2", "[a]\nb = 1\n[a]", "a = \"x", "[[a]]\n[a]"] {
        let laid_out = lay_out("content/organizations/a.toml", text);
        assert_eq!(laid_out, Some(Err(Refusal::Unreadable)), "{text}");
    }
    assert_eq!(lay_out("content/pages/a.md", "no fence"), Some(Err(Refusal::Unreadable)));
    assert_eq!(lay_out("content/a.txt", "a=1"), None);
}

#[test]
fn headers_of_one_name_keep_their_order_and_take_along_what_is_inside() {
    let path = "content/certifications/a/mapping.toml";
    let text = "[[mapping]]\nelement=\"2\"\n[[mapping.clause]]\ntext=\"b\"\npart=\"brief\"\nsupport=\"full\"\n[[mapping]]\nelement=\"1\"\n[[scenario]]\nid=\"s\"\nname=\"S\"\n[[scenario.step]]\nid=\"t\"\n";
    let expected = "[[scenario]]\nid = \"s\"\nname = \"S\"\n\n[[scenario.step]]\nid = \"t\"\n\n[[mapping]]\nelement = \"2\"\n\n[[mapping.clause]]\npart = \"brief\"\ntext = \"b\"\nsupport = \"full\"\n\n[[mapping]]\nelement = \"1\"\n";
    assert_eq!(lay_out(path, text).unwrap().unwrap(), expected);
}

/// What a record says, without the places where it says it.
fn facts(path: &str, text: &str) -> String {
    let record = format!("{:?}", model::read(&Kind::of(path), path, text, &Limits::default()).record);
    let mut facts = String::new();
    let mut rest = record.as_str();
    while let Some((before, after)) = rest.split_once("Span { start: ") {
        facts.push_str(before);
        rest = after.split_once('}').unwrap().1;
    }
    facts + rest
}

/// Every record of this repository: its catalogue, the sites of the tests, and the broken ones that can be read.
fn records() -> Vec<(String, String)> {
    let mut records = Vec::new();
    let mut catalogues = vec![Fixture::of_this_repository(), Fixture::starter()];
    for file in files_below("tests/diagnostics") {
        if file.extension().is_some_and(|ending| ending == "txt") {
            catalogues.push(Fixture::new(&fs::read_to_string(file).unwrap()));
        }
    }
    for catalogue in catalogues {
        for (path, bytes) in catalogue.contents() {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            if Kind::of(path).definition().is_some() {
                records.push((path.to_owned(), text.to_owned()));
            }
        }
    }
    records
}

#[track_caller]
fn check(path: &str, text: &str) -> Result<(), TestCaseError> {
    match lay_out(path, text).unwrap() {
        Ok(laid_out) => {
            prop_assert_eq!(
                facts(path, text),
                facts(path, &laid_out),
                "{}\n{}\n---\n{}",
                path,
                text,
                &laid_out
            );
            prop_assert_eq!(
                lay_out(path, &laid_out),
                Some(Ok(laid_out.clone())),
                "laid out again: {}\n{}",
                path,
                laid_out
            );
        }
        Err(refusal) => prop_assert_eq!(refusal, Refusal::Unreadable, "{}\n{}", path, text),
    }
    Ok(())
}

#[test]
fn every_record_says_the_same_when_it_is_laid_out() {
    let records = records();
    assert!(records.len() > 300);
    for (path, text) in records {
        check(&path, &text).unwrap();
    }
}

#[test]
fn the_records_of_this_repository_are_laid_out() {
    for (path, text) in Fixture::of_this_repository().contents().chain(Fixture::starter().contents()) {
        let Ok(text) = std::str::from_utf8(text) else { continue };
        if let Some(laid_out) = lay_out(path, text) {
            assert_eq!(laid_out.as_deref(), Ok(text), "`certalog fmt` would change {path}");
        }
    }
}

/// Lines that may stand anywhere in a record.
const LINES: &[&str] = &[
    "",
    "",
    "# a comment",
    "   # another",
    "[[result]]",
    "[[history]]",
    "[valid]",
    "[element.source]",
    "unknown = 1",
    "name = 'x'",
    "note = \"\"\"",
    "\"\"\"",
    "aliases = [\"a/\", # why\n  \"b/\"]",
    "printed = { product = \"A\", x.y = [1, 2] }",
    "valid.from = 2017-01-01",
    "a.b.c = true",
    "date = 2017",
    "'quoted key' = 1",
    "empty = [\n# nothing\n]",
    "x = '''a\nb'''",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_laid_out_says_the_same_with_every_comment(
        record in any::<Index>(),
        edits in prop::collection::vec((any::<Index>(), prop::sample::select(LINES), any::<bool>()), 0..6),
    ) {
        thread_local! { static RECORDS: Vec<(String, String)> = records().into_iter().filter(|(_, text)| text.len() < 3000).collect(); }
        let (path, text) = RECORDS.with(|records| record.get(records).clone());
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (at, line, is_more) in edits {
            if lines.is_empty() {
                break;
            }
            let at = at.index(lines.len());
            if is_more {
                lines.insert(at, line.to_owned());
            } else {
                lines[at] = format!("{} {line}", lines[at]);
            }
        }
        check(&path, &(lines.join("\n") + "\n"))?;
    }
}

#[test]
fn the_command_shows_what_would_change_and_changes_it() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in Fixture::starter().contents() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let place = folder.path().join("content/organizations/example-networks.toml");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_certalog"));
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    assert_eq!(run(&["fmt", "--check"]).0, 0);
    let canonical = fs::read_to_string(&place).unwrap();
    fs::write(&place, canonical.replace("\nname = ", "\nname=")).unwrap();
    let (status, out, err) = run(&["fmt", "--check"]);
    assert_eq!(status, 1);
    assert!(
        out.contains("--- content/organizations/example-networks.toml") && out.contains("\n+name = "),
        "{out}"
    );
    assert!(err.contains("1 record would change"), "{err}");
    assert_eq!(run(&["fmt", "--check", "content/pages"]).0, 0);
    assert_eq!(run(&["fmt", "--check", "nowhere"]).0, 2);
    let (status, out, _) = run(&["fmt"]);
    assert_eq!((status, out.as_str()), (0, "content/organizations/example-networks.toml\n"));
    assert_eq!(fs::read_to_string(&place).unwrap(), canonical);
    fs::write(&place, "name = ").unwrap();
    let (status, _, err) = run(&["fmt"]);
    assert!(status == 1 && err.contains("was left alone"), "{err}");
    assert_eq!(fs::read_to_string(&place).unwrap(), "name = ");
}
