//! Comparisons as pages and as data: the real pair against facts written by hand, and small catalogues for what it does not have.
//!
//! In come the catalogue of this repository and invented ones, out goes what a reader without scripts and a program would find.
//! The script that compares in the page has its own tests, in `tests/browser`, against the same facts.

use std::fmt::Write as _;
use std::fs;
use std::sync::LazyLock;

use serde_json::Value;

use crate::harness::{Built, Fixture, repository};
use crate::page::{Page, Table, text};

static FACTS: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(&fs::read_to_string(repository().join("tests/facts/compare.json")).unwrap()).unwrap()
});

static CATALOGUE: LazyLock<Built> = LazyLock::new(|| Fixture::of_this_repository().build());

fn fact(pointer: &str) -> &'static str {
    FACTS.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no fact {pointer}"))
}

fn real_pair() -> Page {
    CATALOGUE.page(&format!("compare/{}--{}/index.html", fact("/asteros/id"), fact("/huawei/id")))
}

fn data(built: &Built, id: &str) -> Value {
    serde_json::from_str(built.text(&format!("api/v1/certifications/{id}.json"))).unwrap()
}

/// The cells of the row with this head, without the head.
fn line(table: &Table<'_>, head: &str) -> Vec<String> {
    let heads = table.heads();
    let row = table.rows().into_iter().find(|row| row.text(&heads[0]) == head);
    let row = row.unwrap_or_else(|| panic!("no row `{head}`"));
    heads[1..].iter().map(|head| text(row.cell(head))).collect()
}

#[test]
fn processes_with_other_ids_meet_in_one_row() {
    let page = real_pair();
    let table = page.table("details").unwrap();
    let rows = FACTS["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 17);
    for row in rows {
        let part = |pointer: &str| row.pointer(pointer).and_then(Value::as_str).unwrap();
        let head = format!("{} {}", part("/ids/1"), part("/name"));
        let expected = [
            format!("{} {}", part("/ids/0"), part("/said/0")),
            part("/said/1").to_owned(),
            part("/difference").to_owned(),
        ];
        let found = line(&table, &head);
        // "neither" is a dash to those who see it; the word is in the markup.
        let expected = expected.map(|words| if words == "neither" { "–".to_owned() } else { words });
        assert_eq!(found, expected, "{head}");
    }
}

#[test]
fn groups_and_sums_say_what_they_leave_out() {
    let page = real_pair();
    let table = page.table("details").unwrap();
    let count = |key: &str| FACTS["totals"][key].as_u64().unwrap();
    assert_eq!(table.rows().len() as u64, count("rows"));
    let groups: Vec<String> = table.groups().into_iter().map(text).collect();
    let expected = [
        format!("Covered by both {} processes", count("both")),
        format!("Only Asteros Labs {} processes", count("only_asteros")),
        format!("Only Huawei {} processes", count("only_huawei")),
        format!("Covered by neither {} processes", count("neither")),
    ];
    assert_eq!(groups, expected);
    let sums = page.table("sums").unwrap();
    assert_eq!(line(&sums, "Assessed by both"), [fact("/common/assessed"), fact("/common/assessed")]);
    assert_eq!(line(&sums, "Mean of those"), [fact("/common/means/0"), fact("/common/means/1")]);
    assert_eq!(
        line(&sums, "Submitted, but not in that mean"),
        [fact("/common/left_out/0"), fact("/common/left_out/1")]
    );
}

#[test]
fn unlike_scales_are_shown_and_never_subtracted() {
    let page = CATALOGUE.page(&format!("compare/{}--ztesoft-zsmart-7.0/index.html", fact("/asteros/id")));
    let table = page.table("details").unwrap();
    let words: Vec<String> = table.rows().iter().map(|row| row.text("Difference")).collect();
    assert!(words.iter().any(|words| words == "unlike scales"), "{words:?}");
    assert!(!words.iter().any(|words| words.contains("higher")), "{words:?}");
    assert!(page.texts("p.caution").iter().any(|note| note.starts_with("The scales differ")));
    assert_eq!(line(&page.table("sums").unwrap(), "Mean of those"), ["–", "–"]);
}

#[test]
fn the_choice_lists_every_ready_made_comparison_and_every_matrix() {
    let page = CATALOGUE.page("compare/index.html");
    let pairs = page.all("#pairs .links a");
    let addresses: Vec<&str> = pairs.iter().map(|link| link.attr("href").unwrap()).collect();
    assert_eq!(addresses.len(), 3);
    let (asteros, huawei) = (fact("/asteros/id"), fact("/huawei/id"));
    assert!(addresses.contains(&format!("../compare/{asteros}--{huawei}/").as_str()), "{addresses:?}");
    assert_eq!(page.all("#matrices .links a").len(), 5);
    let customer = CATALOGUE.page("frameworks/etom/matrix/customer/index.html");
    assert!(customer.table("matrix-customer").is_some());
    let scripts = page.all("script:not([src]):not([type='application/ld+json'])");
    assert_eq!(scripts.len(), 0, "the policy of the pages forbids scripts in them");
}

#[test]
fn a_certification_suggests_those_with_most_in_common() {
    let id = fact("/asteros/id");
    let page = CATALOGUE.page(&format!("certifications/{id}/index.html"));
    let links = page.all("#compare .links a");
    let first = links.first().unwrap().attr("href").unwrap();
    assert!(first.starts_with(&format!("../../compare/?a={id}&b=")), "{first}");
    assert_eq!(links.len(), 2);
}

#[test]
fn the_data_has_texts_for_scores_and_null_for_absence() {
    let huawei = data(&CATALOGUE, fact("/huawei/id"));
    let row = |name: &str| {
        let rows = huawei["rows"].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).unwrap().clone()
    };
    let scored = row("Close Customer Problem Report");
    assert_eq!(scored["score"], "4.4");
    assert_eq!(scored["kind"], "score");
    assert_eq!(scored["outcome"], Value::Null);
    assert_eq!(scored["rating"]["tone"], "partial");
    assert_eq!(scored["element"]["key"], "close-customer-problem-report");
    let absent = row("Qualify Opportunity");
    assert_eq!(absent["score"], Value::Null, "absence is no number");
    assert_eq!(absent["outcome"]["id"], "not-submitted");
    let parent = row("Selling");
    assert_eq!(parent["kind"], "coverage");
    let zsmart = data(&CATALOGUE, "ztesoft-zsmart-7.0");
    let parent = zsmart["rows"].as_array().unwrap().iter().find(|row| row["id"] == "1.1.1.5").unwrap();
    assert_eq!(parent["kind"], "score");
    assert_eq!(parent["summary"], true, "its children are rated too");
    assert_eq!(huawei["totals"]["assessed"], 24);
    assert_eq!(huawei["scale"]["step"], "0.1");
    let list: Value = serde_json::from_str(CATALOGUE.text("api/v1/certifications/index.json")).unwrap();
    assert_eq!(list["certifications"].as_array().unwrap().len(), 3);
}

/// A catalogue whose certifications all give a score to the same controls.
fn many(certifications: usize, id: impl Fn(usize) -> String) -> Fixture {
    let mut text = String::from(
        r#"=== site.toml
title = "Many"
base_url = "https://example.org/"
=== content/frameworks/f/framework.toml
name = "Example Framework"
[[release]]
version = "1"
[[scale]]
id = "s"
min = 0
max = 5
step = 0.01
[[scale.rating]]
label = "Some"
from = 0
tone = "partial"
=== content/frameworks/f/elements/all.toml
[[element]]
key = "one"
id = "A-1"
name = "One"
[[element]]
key = "two"
id = "A-2"
name = "Two"
=== content/organizations/o.toml
name = "Example Telecom"
"#,
    );
    for at in 0..certifications {
        write!(
            text,
            "=== content/certifications/{}/certification.toml\norganization = \"o\"\nproduct = \"P\"\nversion = \"{at}\"\n\
             framework = \"f\"\nrelease = \"1\"\nscale = \"s\"\n[[result]]\nelement = \"A-1\"\nscore = {}.1\n\
             [[result]]\nelement = \"A-2\"\nscore = 0.{}\n",
            id(at),
            at % 5,
            10 + at % 80
        )
        .unwrap();
    }
    Fixture::new(&text)
}

#[test]
fn ready_made_comparisons_do_not_grow_with_the_square_of_the_catalogue() {
    let built = many(12, |at| format!("c{at}")).build();
    let pages: Vec<&str> = built.pages_as_text().map(|(path, _)| path).collect();
    let pairs = pages.iter().filter(|path| path.starts_with("compare/") && path.contains("--")).count();
    assert_eq!(pairs, 50);
    let choice = built.page("compare/index.html");
    assert!(
        choice
            .one("#pairs > .note")
            .text()
            .any(|words| words.contains("50 pairs with most in common, of 66"))
    );
    let page = built.page("certifications/c3/index.html");
    assert_eq!(page.all("#compare .links a").len(), 5);
}

#[test]
fn two_pairs_never_claim_one_address() {
    let ids = ["a", "a--b", "b--c", "c"];
    let built = many(ids.len(), |at| ids[at].to_owned()).build();
    assert!(built.codes().is_empty(), "{}", built.report());
    let paths: Vec<&str> = built.pages_as_text().map(|(path, _)| path).collect();
    let pairs: Vec<&&str> =
        paths.iter().filter(|path| path.starts_with("compare/") && path.contains("--")).collect();
    assert_eq!(pairs, [&"compare/a--c/index.html"]);
}

#[test]
fn differences_are_exact_and_as_fine_as_the_scale() {
    let built = many(2, |at| format!("c{at}")).build();
    let page = built.page("compare/c0--c1/index.html");
    let table = page.table("details").unwrap();
    assert_eq!(line(&table, "A-1 One"), ["0.10 Some", "1.10 Some", "P 1 1.00 higher"]);
    assert_eq!(line(&table, "A-2 Two"), ["0.10 Some", "0.11 Some", "P 1 0.01 higher"]);
    assert_eq!(line(&page.table("sums").unwrap(), "Mean of those"), ["0.100", "0.605"]);
}

#[test]
fn data_and_records_cannot_claim_one_address() {
    let built = many(1, |_| "index".to_owned()).build();
    assert_eq!(built.codes(), ["address-conflict"]);
}
