//! Tables as files for spreadsheets: a file says what its table and the data say, and nothing in it is a formula.
//!
//! In come this repository's catalogue, three small ones of other kinds and hostile texts, out goes the first field that differs.
//! The tables are read as a browser reads them, and the files as any program reads CSV.

use certalog::site_path::SitePath;
use proptest::prelude::*;
use scraper::{ElementRef, Node};
use serde_json::Value;

use crate::harness::{Built, Fixture, is_csv, quoted, repository};

/// The lines of a file, with its headings first.
fn lines(built: &Built, path: &str) -> Vec<Vec<String>> {
    let bytes =
        built.site().get(&SitePath::new(path).unwrap()).unwrap_or_else(|| panic!("there is no {path}"));
    let text = std::str::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap_or_else(|| panic!("{path} has no byte order mark"));
    assert!(text.ends_with("\r\n"), "{path} ends within a line");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    // The reader refuses a line that is longer or shorter than the first.
    let lines = reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect());
    lines.collect()
}

fn files(built: &Built) -> Vec<String> {
    let paths = built.site().iter().map(|(path, _)| path.as_str().to_owned());
    paths.filter(|path| is_csv(path)).collect()
}

/// What a cell says to a reader of the file: exact values in place of words, nothing for an absence.
fn said(element: ElementRef<'_>, into: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => into.push_str(text),
            Node::Element(inner) => {
                let child = ElementRef::wrap(child).unwrap();
                let is = |class: &str| inner.classes().any(|found| found == class);
                let is_absence = is("absent") && !is("tag");
                match inner.name() {
                    "data" => into.push_str(inner.attr("value").unwrap()),
                    "time" => into.push_str(inner.attr("datetime").unwrap()),
                    _ if inner.attr("aria-hidden").is_some() || is("permalink") || is_absence => {}
                    _ => said(child, into),
                }
                into.push(' ');
            }
            _ => {}
        }
    }
}

/// Letters and digits alone: what separates the parts of a text is no part of what it says.
fn bare<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    texts
        .into_iter()
        .flat_map(str::chars)
        .filter(|letter| letter.is_alphanumeric() || *letter == '.')
        .collect()
}

fn sites() -> Vec<(&'static str, Fixture)> {
    let folder = |name| (name, Fixture::from_disk(&repository().join("tests/sites").join(name)));
    let others = ["conformance", "controls", "techniques"].map(folder);
    std::iter::once(("this repository", Fixture::of_this_repository())).chain(others).collect()
}

#[test]
fn a_file_says_what_its_table_says() {
    for (site, fixture) in sites() {
        let built = fixture.build();
        let mut compared = 0;
        for page in built.pages() {
            for link in page.all("section.table .files > a[download]") {
                let section =
                    link.ancestors().filter_map(ElementRef::wrap).find(|one| one.value().name() == "section");
                let table = page.table(section.unwrap().attr("id").unwrap()).unwrap();
                let path = page.path.replace("index.html", link.attr("href").unwrap());
                let lines = lines(&built, &path);
                let rows = table.rows();
                assert_eq!(lines.len(), rows.len() + 1, "{site}: {path}");
                for (line, row) in lines[1..].iter().zip(rows) {
                    let mut expected = row.group().map_or_else(String::new, |head| {
                        let mut group = String::new();
                        for child in head.children().filter_map(ElementRef::wrap) {
                            if child.value().name() != "small" || group.is_empty() {
                                said(child, &mut group);
                            }
                        }
                        group
                    });
                    said(row.row, &mut expected);
                    let found = bare(line.iter().map(String::as_str));
                    assert_eq!(found, bare([expected.as_str()]), "{site}: {path}: {line:?}");
                    compared += 1;
                }
            }
        }
        assert!(compared > 5, "{site} has no file of a table");
    }
}

#[test]
fn results_say_what_the_data_say() {
    let mut scores = 0;
    for (site, fixture) in sites() {
        let built = fixture.build();
        for path in files(&built).iter().filter(|path| path.ends_with("/results.csv")) {
            let Some(id) =
                path.strip_prefix("certifications/").and_then(|path| path.strip_suffix("/results.csv"))
            else {
                continue;
            };
            let data: Value =
                serde_json::from_str(built.text(&format!("api/v1/certifications/{id}.json"))).unwrap();
            let lines = lines(&built, path);
            let column = |name: &str| lines[0].iter().position(|head| head == name);
            let ids = lines[0].iter().position(|head| head.ends_with(": id") && head != "Group: id").unwrap();
            for row in data["rows"].as_array().unwrap().iter().filter(|row| row["kind"] != "coverage") {
                let mut found = lines[1..].iter().filter(|line| row["id"] == line[ids].as_str());
                let score = row["score"].as_str().unwrap_or("");
                let result = &row[if row["outcome"].is_null() { "rating" } else { "outcome" }];
                let words = result["words"].as_str().or(result["label"].as_str());
                let is_same = |line: &Vec<String>| {
                    let has_score = column("Score").map_or("", |score| line[score].as_str()) == score;
                    has_score && words.is_none_or(|words| line[column("Result").unwrap()] == words)
                };
                assert!(found.any(is_same), "{site}: {path}: {row}");
                scores += usize::from(!score.is_empty());
            }
        }
    }
    assert!(scores > 80, "{scores} scores were compared");
}

/// Whether a spreadsheet would calculate a field, read with either of the usual separators.
fn is_formula(field: &str) -> bool {
    let is_number = field.parse::<rust_decimal::Decimal>().is_ok() && !field.starts_with('+');
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    !is_number && field.split(';').any(|part| part.starts_with(signs))
}

/// A catalogue with a text in the places that tables show.
fn with_text(text: &str) -> Fixture {
    let text = quoted(text);
    Fixture::new(&format!(
        "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n\
         === content/frameworks/f/framework.toml\nname = \"F\"\n[[release]]\nversion = \"1\"\n\
         [[domain]]\nid = \"d\"\nname = {text}\n[[scale]]\nid = \"s\"\nmin = -5\nmax = 5\nstep = 0.1\n\
         [[scale.rating]]\nlabel = \"Good\"\nfrom = -5\ntone = \"full\"\n\
         === content/frameworks/f/elements/e.toml\nname = {text}\nlevel = 1\ndomain = \"d\"\n\
         [[history]]\nrelease = \"1\"\nchange = \"addition\"\nid = {text}\n\
         === content/organizations/o.toml\nname = {text}\ncountry = {text}\n\
         === content/certifications/c/certification.toml\norganization = \"o\"\nproduct = {text}\nversion = \"1\"\nframework = \"f\"\n\
         release = \"1\"\nscale = \"s\"\n[[result]]\nelement = {text}\nscore = -2.5\ncomment = {text}\n"
    ))
}

/// The same text, as a file has it: runs of spaces are one, and what looks like a formula has an apostrophe before it.
fn in_file(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_a_formula_or_breaks_its_line(
        text in "[=+@;,'\"\\-\t\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}]{0,2}[ a-zA-Z0-9;=,\"'<&\n-]{0,8}x"
    ) {
        let built = with_text(&text).build();
        if built.build.site.is_empty() {
            return Ok(());
        }
        for path in files(&built) {
            for field in lines(&built, &path).concat() {
                prop_assert!(!is_formula(&field), "{path}: {field:?}");
            }
        }
        let results = lines(&built, "certifications/c/results.csv");
        let column = |name: &str| results[0].iter().position(|head| head == name).unwrap();
        prop_assert_eq!(&results[1][column("Score")], "-2.5", "a number stays a number");
        let parts = in_file(&text).split(';').map(|part| if is_formula(part.trim_start_matches('\'')) { format!("'{part}") } else { part.to_owned() }).collect::<Vec<_>>();
        prop_assert_eq!(&results[1][column("Comment")], &parts.join(";"));
    }
}
