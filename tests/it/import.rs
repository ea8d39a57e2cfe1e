//! Importing: tables become records, and whatever is not in a record is in the report.
//!
//! In come tables as people and programs write them, and those that certalog publishes; out go records that are built and compared.
//! The law of all of them: rows in are rows written and rows reported, each with its line.

use std::fmt::Write as _;
use std::process::Command;

use certalog::build::link_records;
use certalog::import::{
    Column, Decimals, Delimiter, Format, Imported, Loss, ResultsOptions, Table, Unusable, Vocabulary, read,
    results,
};
use certalog::model::certification::Value as CellValue;
use certalog::site_path::SitePath;
use proptest::prelude::*;
use serde_json::Value;
use snapbox::{IntoData as _, assert_data_eq, str};

use crate::harness::Fixture;

/// A framework of two releases with a numeric scale.
pub(crate) const FRAMEWORK: &str = r#"=== site.toml
title = "Test"
base_url = "https://example.org/"
=== content/organizations/example-works.toml
name = "Example Works"
former_names = ["Example & Sons"]
=== content/frameworks/map/framework.toml
name = "Map"
noun = { one = "process", many = "processes" }
[[release]]
version = "1"
[[release]]
version = "2"
[[domain]]
id = "care"
name = "Customer Care"
[[scale]]
id = "score"
min = 0
max = 5
step = 0.1
prefix = "Level "
[[scale.rating]]
label = "Full"
from = 5
tone = "full"
[[scale.rating]]
label = "Partial"
from = 0.1
tone = "partial"
"#;

/// The same with a few elements.
pub(crate) fn with_elements() -> Fixture {
    Fixture::new(FRAMEWORK).with(
        "content/frameworks/map/elements/all.toml",
        "[[element]]\nkey = \"answer\"\nname = \"Answer\"\nid = \"1.1\"\nlevel = 2\n\
         [[element]]\nkey = \"resolve\"\nname = \"Resolve\"\nid = \"1.2\"\nlevel = 2\n",
    )
}

fn options() -> ResultsOptions {
    ResultsOptions {
        certification: Some("example-1".to_owned()),
        organization: Some("Example Works".to_owned()),
        product: Some("Example".to_owned()),
        version: Some("1".to_owned()),
        release: Some("1".to_owned()),
        ..ResultsOptions::default()
    }
}

pub(crate) fn table(bytes: &[u8], format: Format) -> Result<Table, Unusable> {
    read("table", bytes, format, &Vocabulary::new(Some("process"), &[]))
}

fn import_results(fixture: &Fixture, text: &str, options: &ResultsOptions) -> Result<Imported, Unusable> {
    let table = table(text.as_bytes(), Format::Csv(None))?;
    let vocabulary = Vocabulary::new(Some("process"), &[]);
    results(&table, &vocabulary, &link_records(&fixture.sources()), options)
}

/// The catalogue with the new files in it.
pub(crate) fn with(fixture: &Fixture, imported: &Imported) -> Fixture {
    imported.files.iter().fold(fixture.clone(), |fixture, file| fixture.with(&file.path, &file.text))
}

pub(crate) fn said(losses: &[Loss]) -> String {
    losses.iter().fold(String::new(), |mut text, loss| {
        writeln!(text, "{}: {}: {}", loss.line, loss.words, loss.why).unwrap();
        text
    })
}

#[track_caller]
pub(crate) fn assert_all_rows_are_told(imported: &Imported) {
    let report = &imported.report;
    assert_eq!(report.rows, report.written + report.lost.len(), "{}", said(&report.lost));
}

#[test]
fn a_table_as_people_keep_it_becomes_a_certification() {
    let text = "\u{feff}Results of the second run;;;\nProcess Identifier;Process;Score;Remarks;Owner\n\n;;;;\nCustomer;;;;\n\
                1.1;Answer;4,4;\"said \"\"fine\"\"\non two lines; twice\";x\n1.2;Solve;Level 5;;\n1.1;Answer;2/3;;\n\
                1.2;Resolve;Not Submitted;'=1+1;\n1.2;Resolve;4,400;;\n1.2;Resolve;N/A;;\n1.2;Resolve;Full;;\n\
                1.2;Resolve;-;;\n;Resolve;3;;\n1.2;Resolve;3;;;;x\nProcess Identifier;Process;Score;Remarks;Owner\n";
    let imported = import_results(&with_elements(), text, &options()).unwrap();
    assert_all_rows_are_told(&imported);
    assert_data_eq!(
        imported.files[0].text.as_str(),
        str![[r#"
organization = "example-works"
product = "Example"
version = "1"
framework = "map"
release = "1"

[[result]]
element = "1.1"
score = 4.4
printed = "4,4"
comment = "said \"fine\"\non two lines; twice"

[[result]]
element = "1.2"
score = 5
printed = "Level 5"
name = "Solve"

[[result]]
element = "1.1"
coverage = "2/3"

[[result]]
element = "1.2"
outcome = "not-submitted"
comment = "=1+1"

"#]]
        .raw()
    );
    assert_data_eq!(
        said(&imported.report.lost),
        str![[r#"
1: Results of the second run: it stands above the headings
4: : it is empty
5: Customer: it says nothing of `Customer`: no score, no outcome, no coverage
11: 1.2 | Resolve | 4,400: `4,400` may be a decimal or a number of thousands; `--decimal ,` says that it is a decimal
12: 1.2 | Resolve | N/A: `N/A` is “not applicable” to some and “not available” to others; `--word "N/A=not-applicable"` says which
13: 1.2 | Resolve | Full: `Full` is a rating, and the score is not said
14: 1.2 | Resolve | -: it says nothing of `1.2`: no score, no outcome, no coverage
15:  | Resolve | 3: it has no id
16: 1.2 | Resolve | 3 |  |  |  | x: it has more cells than there are headings: a separator or a quotation mark may be missing
17: Process Identifier | Process | Score | Remarks | Owner: it repeats the headings

"#]]
        .raw()
    );
    assert_eq!(
        imported.report.left_out.iter().map(|one| (one.heading.as_str(), one.cells)).collect::<Vec<_>>(),
        [("Owner", 1)]
    );
    let built = with(&with_elements(), &imported).build();
    assert_eq!(built.codes(), ["duplicate-result", "name-differs"]);
}

#[test]
fn decimals_are_read_as_they_are_meant_or_not_at_all() {
    let scores = |decimals, cell: &str| {
        let options = ResultsOptions { decimals, ..options() };
        let imported =
            import_results(&with_elements(), &format!("id;score\n1.1;{cell}\n"), &options).unwrap();
        assert_all_rows_are_told(&imported);
        let score = imported.files[0].text.lines().find_map(|line| line.strip_prefix("score = "));
        score.map(str::to_owned)
    };
    let (unsaid, point, comma) = (None, Some(Decimals::Point), Some(Decimals::Comma));
    for (decimals, cell, expected) in [
        (unsaid, "4.4", Some("4.4")),
        (unsaid, "4,4", Some("4.4")),
        (unsaid, "4,40", Some("4.40")),
        (unsaid, "4,400", None),
        (unsaid, "0,125", Some("0.125")),
        (unsaid, "−2", Some("-2")),
        (unsaid, ".5", Some("0.5")),
        (unsaid, "05", Some("5")),
        (unsaid, "1.234.567", None),
        (unsaid, "1e3", None),
        (unsaid, "NaN", None),
        (unsaid, "4 4", None),
        (unsaid, "٤", None),
        (unsaid, ".", None),
        (unsaid, "99999999999999999999999999999999", None),
        (point, "4,4", None),
        (point, "4.4", Some("4.4")),
        (comma, "4,400", Some("4.400")),
        (comma, "4.4", None),
        (comma, "4", Some("4")),
    ] {
        assert_eq!(scores(decimals, cell).as_deref(), expected, "{cell} with {decimals:?}");
    }
}

#[test]
fn the_separator_and_the_encoding_are_found_or_named() {
    let ids = |bytes: &[u8], delimiter| {
        let table = table(bytes, Format::Csv(delimiter)).unwrap();
        table
            .rows
            .iter()
            .map(|row| (row.line, row.cells[0].clone(), row.cells[1].clone()))
            .collect::<Vec<_>>()
    };
    let expected = vec![(2, "1.1".to_owned(), "4,4".to_owned())];
    for separator in ["\t", ";", "|"] {
        assert_eq!(ids(format!("id{separator}score\r\n1.1{separator}4,4\r\n").as_bytes(), None), expected);
    }
    assert_eq!(ids(b"id,score\n1.1,\"4,4\"", None), expected);
    assert_eq!(ids(b"id;score\n1.1;4,4", Some(Delimiter::Semicolon)), expected);
    assert_eq!(ids(b"sep=;\nid;score\n1.1;4,4", None)[0].0, 3, "the line of the separator is counted");
    assert_eq!(
        ids(b"\n\nid;score\n\n\n1.1;\"4\n4\"\n1.2;5", None).iter().map(|row| row.0).collect::<Vec<_>>(),
        [6, 8]
    );
    for (bytes, word) in [
        (&b"id;score\n1.1;na\xefve"[..], "line 2, column 7"),
        (b"\xff\xfei\0d\0", "UTF-16"),
        (b"PK\x03\x04...", "a workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"id;score\n1.1;\0", "no text"),
        (b"id;score\n1.1;\"4\n1.2;5\n", "never closed, in the row that begins on line 2"),
        (b"", "has no rows"),
        (b"a;b\n1;2", "has a heading for the id"),
    ] {
        let refused = table(bytes, Format::Csv(None)).unwrap_err();
        assert!(refused.message.contains(word), "{refused}");
    }
    for (text, word) in [
        ("{", "no JSON"),
        ("{\"a\": 1}", "no list of objects"),
        ("{\"a\": [{}], \"b\": [{}]}", "several lists of objects: `a`, `b`"),
        ("[]", "has no rows"),
    ] {
        let refused = table(text.as_bytes(), Format::Json).unwrap_err();
        assert!(refused.message.contains(word), "{refused}");
    }
    let rows = table(br#"{"x": 1, "rows": [{"id": "1", "a": {"b": [1, null, "c"]}}, 7, {"id": "2", "id": "3"}, {"a": {"b": 1.50}}]}"#, Format::Json).unwrap();
    assert_eq!(rows.headings, ["id", "a.b"]);
    assert_eq!(rows.rows.iter().map(|row| row.cells.join(" ")).collect::<Vec<_>>(), ["1 1; ; c", " 1.50"]);
    assert_eq!(
        said(&rows.lost),
        "2: 7: it is no object with a key for each column\n3: 2 |  | 3: it gives `id` twice\n"
    );
}

#[test]
fn what_is_said_on_the_command_line_goes_before_what_is_known() {
    let fixture = with_elements();
    let catalogue = link_records(&fixture.sources());
    let text = "Ref;Punkte;Zeile\n1.1;Gut;4,4\n1.2;Nicht da;\n";
    let chosen = [(Column::Score, "zeile".to_owned()), (Column::Comment, "Punkte".to_owned())];
    let vocabulary = Vocabulary::new(None, &chosen);
    let table = read("table", text.as_bytes(), Format::Csv(None), &vocabulary).unwrap();
    let imported = results(&table, &vocabulary, &catalogue, &options()).unwrap();
    assert!(imported.files[0].text.contains("score = 4.4\nprinted = \"4,4\"\ncomment = \"Gut\"\n"));
    let vocabulary = Vocabulary::new(None, &[(Column::Score, "Ponts".to_owned())]);
    let refused = results(&table, &vocabulary, &catalogue, &options()).unwrap_err();
    assert_eq!(refused.message, "`table` has no column `Ponts`");
    assert_eq!(refused.help.unwrap(), "its columns are `Ref`, `Punkte`, `Zeile`");

    let words = vec![("nicht da".to_owned(), certalog::model::certification::Outcome::NotSubmitted)];
    let vocabulary = Vocabulary::new(None, &[(Column::Score, "Punkte".to_owned())]);
    let imported = results(&table, &vocabulary, &catalogue, &ResultsOptions { words, ..options() }).unwrap();
    assert!(imported.files[0].text.ends_with("outcome = \"not-submitted\"\nprinted = \"Nicht da\"\n"));
}

#[test]
fn what_a_table_does_not_say_is_asked_for() {
    let text = "id;score\n1.1;4\n";
    let refusal = |change: &dyn Fn(&mut ResultsOptions)| {
        let mut options = options();
        change(&mut options);
        let refused = import_results(&with_elements(), text, &options).unwrap_err();
        format!("{}\n  {}\n", refused.message, refused.help.unwrap_or_default())
    };
    let refusals = [
        refusal(&|options| options.certification = None),
        refusal(&|options| options.certification = Some("Example 1".to_owned())),
        refusal(&|options| options.organization = None),
        refusal(&|options| options.organization = Some("Example Work".to_owned())),
        refusal(&|options| options.organization = Some("Somebody".to_owned())),
        refusal(&|options| options.release = None),
        refusal(&|options| options.release = Some("3".to_owned())),
        refusal(&|options| options.framework = Some("mop".to_owned())),
        refusal(&|options| options.scale = Some("points".to_owned())),
        refusal(&|options| options.completed = Some("2/2017".to_owned())),
    ];
    assert_data_eq!(
        refusals.concat(),
        str![[r#"
the table does not say of which certification it is
  name the new record with `--certification ID`, such as `--certification example-desk-3.2`
`Example 1` cannot be the id of a certification
  an id has small letters, digits, `-` and, inside, `.`; it is the address of the page
the table does not say the organization of `example-1`
  say it with `--organization`
the catalogue has no organization `Example Work`
  did you mean `Example Works`?
the catalogue has no organization `Somebody`
  add it as `content/organizations/<id>.toml` with its `name`, and import again
the table does not say against which release it was assessed
  say it with `--release`: 1, 2
the framework `map` has no release `3`
  its releases are 1, 2
the catalogue has no framework `mop`
  did you mean `map`?
the framework `map` has no scale `points`
  its scales are score
`2/2017` is no date
  write it as precisely as it is known: 2017, 2017-02 or 2017-02-14

"#]]
        .raw()
    );
}

/// What a certification's results say, row by row.
fn rows(fixture: &Fixture, id: &str) -> Vec<String> {
    let catalogue = link_records(&fixture.sources());
    let certification = catalogue.certifications.iter().find(|one| one.id == id).unwrap();
    let rows = certification.results().map(|(row, result)| {
        let coverage = result.coverage().map(|coverage| coverage.value);
        let value = match &result.value.value {
            CellValue::Score(score) => CellValue::Score(score.normalize()),
            value => value.clone(),
        };
        let value = (&result.element.value, value, coverage, &result.comment);
        format!("{value:?} in {} {}", row.release, row.repeated)
    });
    rows.collect()
}

#[test]
fn what_certalog_publishes_comes_back_as_it_was() {
    let fixture = Fixture::of_this_repository();
    let built = fixture.build();
    let bare = fixture.clone().without("content/certifications/");
    let catalogue = link_records(&bare.sources());
    let vocabulary = Vocabulary::new(Some("process"), &[]);
    let file = |path: &str| built.site().get(&SitePath::new(path).unwrap()).unwrap().to_vec();
    let framework = file("frameworks/etom/results.csv");
    let table = read("results.csv", &framework, Format::Csv(None), &vocabulary).unwrap();
    for certification in link_records(&fixture.sources()).certifications.iter().map(|one| one.id.clone()) {
        let scale = if certification.starts_with("ztesoft") { "level" } else { "score" };
        let options = ResultsOptions {
            certification: Some(certification.clone()),
            scale: Some(scale.to_owned()),
            ..ResultsOptions::default()
        };
        let imported = results(&table, &vocabulary, &catalogue, &options).unwrap();
        assert_all_rows_are_told(&imported);
        let again = with(&bare, &imported);
        assert_eq!(rows(&again, &certification), rows(&fixture, &certification), "{certification}");

        // the same from the data for programs
        let json = file(&format!("api/v1/certifications/{certification}.json"));
        let json = read("rows.json", &json, Format::Json, &vocabulary).unwrap();
        let data: Value =
            serde_json::from_str(built.text(&format!("api/v1/certifications/{certification}.json"))).unwrap();
        let options = ResultsOptions {
            organization: data["organization"]["name"].as_str().map(str::to_owned),
            product: Some("Any".to_owned()),
            release: data["release"].as_str().map(str::to_owned),
            ..options
        };
        let imported = results(&json, &vocabulary, &catalogue, &options).unwrap();
        assert_eq!((imported.report.lost.len(), imported.report.partly.len()), (0, 0));
        let again = with(&bare, &imported);
        assert_eq!(rows(&again, &certification), rows(&fixture, &certification), "{certification}");
    }
}

/// A cell as people and programs fill it.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["1.1", "1.2", "9", "4.4", "4,4", "5", "3/6", "Not submitted", "Full", "", "-", "Answer", "Example Works", "2", "1"]).prop_map(str::to_owned),
        1 => "[ -~äöü\n\t\"';,=é字\u{202e}\u{0}]{0,12}".prop_map(|text: String| text.replace('\0', "")),
    ]
}

pub(crate) fn rows_of_cells() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(cell(), 0..8), 0..14)
}

/// The rows as a file, and how many lines of it are rows to a reader.
pub(crate) fn as_csv(headings: &[&str], rows: &[Vec<String>]) -> (String, usize) {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    writer.write_record(headings).unwrap();
    let mut written = 0;
    for row in rows.iter().filter(|row| !row.is_empty()) {
        writer.write_record(row).unwrap();
        written += 1;
    }
    (String::from_utf8(writer.into_inner().unwrap()).unwrap(), written)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_row_of_results_is_written_or_reported(rows in rows_of_cells()) {
        let headings = ["id", "name", "score", "result", "coverage", "comment", "release"];
        let (text, count) = as_csv(&headings, &rows);
        let fixture = with_elements();
        let imported = import_results(&fixture, &text, &options()).unwrap();
        let report = &imported.report;
        prop_assert_eq!(report.rows, count);
        let results: usize = imported.files.iter().map(|file| {
            let record: toml::Table = toml::from_str(&file.text).unwrap();
            record.get("result").map_or(0, |results| results.as_array().unwrap().len())
        }).sum();
        prop_assert_eq!(results, report.written);
        prop_assert_eq!(count, results + report.lost.len(), "{}", said(&report.lost));
        // what was written is read as it is meant: nothing of it breaks a record
        let codes = with(&fixture, &imported).build().codes();
        let broken = ["invalid-toml", "wrong-type", "missing-key", "unknown-key", "invalid-value", "conflicting-keys", "invalid-coverage"];
        prop_assert!(!codes.iter().any(|code| broken.contains(code)), "{codes:?}");
    }
}

#[test]
fn the_command_writes_once_and_says_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in with_elements().texts() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    std::fs::write(
        folder.path().join("table.csv"),
        "id,name,score\n1.1,Answer,4.4\n1.2,Resolve,8\nTotal,,\n",
    )
    .unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_certalog"));
        let arguments = [&["import", "csv", "results", "table.csv"], arguments].concat();
        let output = command.current_dir(folder.path()).args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    let facts = [
        "--certification",
        "example-1",
        "--organization",
        "Example & Sons",
        "--product",
        "Example",
        "--version",
        "1",
        "--release",
        "1",
    ];
    let (status, out, err) = run(&[&facts[..], &["--dry-run"]].concat());
    assert_eq!((status, err.as_str()), (1, ""));
    assert!(
        out.starts_with("would be written: content/certifications/example-1/certification.toml\n"),
        "{out}"
    );
    assert!(!folder.path().join("content/certifications").exists());
    let (status, out, err) = run(&facts);
    assert_eq!((status, err.as_str()), (1, ""));
    assert_data_eq!(
        out,
        str![[r#"
content/certifications/example-1/certification.toml
3 rows: 2 in records, 1 not

not in a record:
  table.csv:4: `Total`: it says nothing of `Total`: no score, no outcome, no coverage

error[score-off-scale]: the score 8 is not on the scale `score` from 0 to 5
  --> content/certifications/example-1/certification.toml:13:9
   |
13 | score = 8
   |         ^
   |
   = note: `score-off-scale` is an error unless `[checks]` in `site.toml` says otherwise
   = help: if the element was not assessed, give an `outcome` in place of the score

  = explain: certalog explain score-off-scale
1 error in 1 file

"#]]
        .raw()
    );
    let (status, _, err) = run(&facts);
    assert_eq!(status, 2);
    assert_data_eq!(
        err,
        str![[r#"
error: the catalogue has a certification `example-1` already
  help: nothing was written; choose another id with `--certification`, or move the record away first

"#]]
        .raw()
    );
}
