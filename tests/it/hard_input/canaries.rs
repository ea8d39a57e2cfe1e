//! Marks that would show: each stands in every text of every record, and none may be more than text on any page.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use certalog::model::Kind;
use certalog::parse::definition::{Definition, Form};

use crate::harness::{Built, Fixture, is_csv, quoted};

/// What would run, break out of its place or be evaluated; each marked by a word to find it by. The browser's tests use the same.
pub(crate) static CANARIES: LazyLock<Vec<String>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../hostile/canaries.json")).unwrap());

/// A catalogue in which `@` stands for the mark, in every text that a record may have.
const CATALOGUE: &str = include_str!("../../hostile/catalogue.txt");

/// The catalogue with a mark in every place: escaped for TOML, and for Markdown where it stands after a backslash.
pub(crate) fn marked(mark: &str) -> Built {
    fixture(mark).build()
}

/// The same before it is built.
pub(crate) fn fixture(mark: &str) -> Fixture {
    let in_toml = quoted(mark);
    let in_toml = &in_toml[1..in_toml.len() - 1];
    let markdown: String =
        mark.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect();
    let markdown_in_toml = quoted(&markdown);
    let markdown_in_toml = &markdown_in_toml[1..markdown_in_toml.len() - 1];
    let mut text = String::new();
    let mut is_toml = false;
    for line in CATALOGUE.lines() {
        match line {
            "+++" => is_toml = !is_toml,
            line if line.starts_with("=== ") => is_toml = line.rsplit('.').next() == Some("toml"),
            _ => {}
        }
        let line = line.replace("\\\\@", markdown_in_toml).replace("\\@", &markdown);
        text.push_str(&line.replace('@', if is_toml { in_toml } else { mark }));
        text.push('\n');
    }
    Fixture::new(&text)
}

/// The texts of a record that a definition knows, by what they are of: all of them, or those in which the mark stands.
fn texts(
    definition: &'static Definition,
    table: Option<&toml::Table>,
    found: &mut BTreeSet<(&'static str, &'static str)>,
) {
    for key in definition.keys {
        let value = table.and_then(|table| table.get(key.name));
        let is_text =
            matches!(key.form, Form::Text | Form::AnyText | Form::Prose | Form::Texts | Form::TextOrTexts);
        // A table in which nothing is looked up stands for every table of its kind.
        let is_marked = table.is_none() || value.is_some_and(|value| value.to_string().contains('@'));
        if is_text && is_marked {
            found.insert((definition.what, key.name));
        }
        let Some(inner) = key.form.inner() else { continue };
        match value {
            Some(toml::Value::Table(table)) => texts(inner, Some(table), found),
            Some(toml::Value::Array(items)) => {
                items
                    .iter()
                    .filter_map(toml::Value::as_table)
                    .for_each(|table| texts(inner, Some(table), found));
            }
            _ if table.is_none() => texts(inner, None, found),
            _ => {}
        }
    }
}

#[test]
fn every_text_of_every_record_has_its_mark() {
    // Texts that name something the record format knows already: another text is an error, and no page is made.
    const NAMES: &[(&str, &str)] = &[
        ("`site.toml`", "theme"),
        ("a cell", "row"),
        ("a certification", "release"),
        ("a certification", "scale"),
        ("a card", "file"),
        ("a document", "file"),
        ("a domain", "id"),
        ("a footprint", "rows"),
        ("a framework", "default_scale"),
        ("a history entry", "domain"),
        ("a history entry", "release"),
        ("a logo", "file"),
        ("a mapping", "fingerprint"),
        ("a profile", "paths"),
        ("a rating", "id"),
        ("a release", "version"),
        ("a result", "rating"),
        ("a result", "release"),
        ("a scale", "id"),
        ("a side of a crosswalk", "release"),
        ("a work", "file"),
        ("an element", "complete_in"),
        ("an element", "domain"),
        ("an element", "original_release"),
        ("an evidence", "file"),
    ];
    let (mut all, mut marked) = (BTreeSet::new(), BTreeSet::new());
    for file in format!("\n{CATALOGUE}").split("\n=== ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        let Some(definition) = Kind::of(path).definition() else { continue };
        let table = text.strip_prefix("+++\n").map_or(text, |rest| rest.split_once("+++\n").unwrap().0);
        let mut table: toml::Table = table.parse().unwrap();
        // The body of a Markdown record is its description.
        if text.starts_with("+++\n") {
            table.insert("description".to_owned(), toml::Value::String(text.to_owned()));
        }
        texts(definition, None, &mut all);
        texts(definition, Some(&table), &mut marked);
    }
    let missing: Vec<_> = all.difference(&marked).filter(|text| !NAMES.contains(text)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(all.len() > 100, "{} texts", all.len());
}

/// The names of all elements and attributes of every page, in order.
fn structure(built: &Built) -> Vec<(String, Vec<String>)> {
    let pages = built.pages().into_iter();
    pages
        .map(|page| {
            let is_code = |element: &scraper::ElementRef<'_>| {
                element.attr("class").is_some_and(|class| class.starts_with("hl-"))
            };
            let elements = page.all("*").into_iter().filter(|element| !is_code(element)).map(|element| {
                let mut names: Vec<_> = element.value().attrs().map(|(name, _)| name).collect();
                names.sort_unstable();
                format!("{} {}", element.value().name(), names.join(" "))
            });
            // Whether a text is isolated depends on its script and signs, code is coloured by its words, and what stands between
            // backticks in a message is shown as code.
            let elements = elements.filter(|element| element != "bdi " && element != "code ");
            (page.path.clone(), elements.collect())
        })
        .collect()
}

#[test]
fn no_mark_is_more_than_text_anywhere() {
    let plain = structure(&marked("plain"));
    for mark in CANARIES.iter() {
        let built = marked(mark);
        let found = structure(&built);
        for ((path, found), (_, expected)) in found.iter().zip(&plain) {
            let differs = found.iter().zip(expected).find(|(found, expected)| found != expected);
            assert!(found == expected, "`{mark}` changes the markup of {path}: {differs:?}");
        }
        assert_eq!(found.len(), plain.len());
        for (path, bytes) in built.site().iter() {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            assert!(!text.contains("49canary"), "{path:?} evaluates `{mark}`");
            // In a file for spreadsheets a text stands as it is, and is no formula: `table_files` has more on that.
            if is_csv(path.as_str()) {
                continue;
            }
            let raw = [
                "<script>canary",
                "<img src=x",
                "<svg onload",
                "<!--canary",
                "<![CDATA[",
                "<base href=//",
                "<iframe src",
            ];
            for raw in raw {
                assert!(!text.contains(raw), "`{raw}` in {path:?}");
            }
        }
    }
}

#[test]
fn every_place_shows_its_mark() {
    // The mark is a word, so that nothing has a reason to change it.
    let built = marked("Kanarienvogel");
    let words: String = built.pages_as_text().map(|(_, text)| text).collect();
    let shown = [
        "Title",
        "Description",
        "Publisher",
        "Navigation",
        "Home",
        "Heading",
        "Notice",
        "Framework",
        "Short",
        "one",
        "Release 2",
        "Suite",
        "Note",
        "Domain",
        "Level",
        "Scale",
        "Prefix",
        "Full",
        "Partial",
        "Meaning",
        "First",
        "Original",
        "Reserved",
        "Empty",
        "Source",
        "Printed",
        "First renamed",
        "Issue",
        "Version",
        "Remark",
        "Second",
        "Example",
        "Former",
        "Country",
        "Logo",
        "Product",
        "Number",
        "Document",
        "File",
        "Comment",
        "Evidence",
        "Printed name",
        "cell",
        "words",
        "code",
    ];
    let missing: Vec<_> =
        shown.into_iter().filter(|word| !words.contains(&format!("{word} Kanarienvogel"))).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn raw_html_in_a_text_is_shown_and_reported() {
    for mark in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<style>*{}</style>",
    ] {
        let built = Fixture::starter()
            .with("content/pages/x.md", format!("+++\ntitle = \"X\"\n+++\nBefore {mark}\n\n{mark}\n"))
            .build();
        assert_eq!(built.codes(), ["raw-html"], "{mark}");
        let page = built.page("x/index.html");
        assert!(
            page.all(".prose script, .prose img, .prose svg, .prose style, .prose a").is_empty(),
            "{mark}"
        );
        assert!(page.one(".prose").text().collect::<String>().contains(mark), "{mark}");
    }
}

#[test]
fn headings_cannot_take_the_ids_of_the_page() {
    let text = "+++\ntitle = \"X\"\n+++\n## Main\n\n## Results\n\n## Contents\n\n## Main\n\n## {#main .x onclick=alert(1)}\n";
    let built = Fixture::starter().with("content/pages/x.md", text).build();
    let page = built.page("x/index.html");
    assert_eq!(page.all("#main").len(), 1);
    assert!(page.all("[onclick]").is_empty());
}
