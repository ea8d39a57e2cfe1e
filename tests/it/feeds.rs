//! Feeds, calendars, the sitemap and their kin, before readers of their formats that are not certalog's own.
//!
//! In come this repository's catalogue, three of other kinds and small ones whose dates are known, out goes the first file that breaks a rule
//! of its format, or a piece of news that is missing, dated otherwise or called otherwise than before.

use std::collections::{BTreeMap, BTreeSet};

use certalog::model::date::Day;
use icalendar::parser::{read_calendar, unfold};
use roxmltree::{Document, Node};
use serde_json::{Value, json};

use crate::harness::{Built, Fixture, repository};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Two certifications with dates of every precision, one without any, a dated release and a dated change.
const CATALOGUE: &str = r#"=== site.toml
title = "News & <more>"
base_url = "https://example.org/now/"
identity = "https://example.org/first/"
publisher = { name = "Example Forum" }
=== content/organizations/one.toml
name = "One; Ltd, \\ <b>"
=== content/organizations/two.toml
name = "Two"
=== content/frameworks/fw/framework.toml
name = "Framework"
publisher = "Example Publisher"
[[release]]
version = "1.0"
[[release]]
version = "2.0"
date = "2024-03"
note = "The second."
[[scale]]
id = "s"
min = 0
max = 5
step = 1
[[scale.rating]]
label = "Full"
from = 5
tone = "full"
[[scale.rating]]
label = "Less"
from = 0
tone = "partial"
=== content/frameworks/fw/elements/all.toml
[[element]]
key = "a"
name = "A"
id = "1"
[[element.history]]
release = "1.0"
change = "addition"
[[element.history]]
release = "2.0"
change = "modification"
date = "2024-02-29"
note = "Said better."
=== content/certifications/ended/certification.toml
organization = "one"
product = "Ended"
version = "1"
framework = "fw"
release = "1.0"
scale = "s"
valid = { from = "2020-05", to = "2022" }
[[result]]
element = "1"
score = 5
=== content/certifications/holds/certification.toml
organization = "two"
product = "Holds"
version = "2"
framework = "fw"
release = "2.0"
scale = "s"
completed = "2025-07-14"
valid = { from = "2025-08", to = "2027-02" }
[[result]]
element = "1"
score = 4
=== content/certifications/undated/certification.toml
organization = "two"
product = "Undated"
version = "3"
framework = "fw"
release = "2.0"
scale = "s"
[[result]]
element = "1"
outcome = "not-submitted"
"#;

fn sites() -> Vec<(&'static str, Built)> {
    let folder = |name| (name, Fixture::from_disk(&repository().join("tests/sites").join(name)).build());
    let own = [
        ("this repository", Fixture::of_this_repository().build()),
        ("dated", Fixture::new(CATALOGUE).build()),
    ];
    own.into_iter().chain(["conformance", "controls", "techniques"].map(folder)).collect()
}

fn files<'b>(built: &'b Built, ending: &str) -> Vec<(&'b str, &'b str)> {
    let files = built.site().iter().filter(|(path, _)| path.as_str().ends_with(ending));
    files.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap())).collect()
}

fn is_instant(text: &str) -> bool {
    let day = text.strip_suffix("T00:00:00Z").unwrap_or_default();
    day.parse::<Day>().is_ok()
}

fn is_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.has_host())
}

fn child<'d>(node: Node<'d, '_>, name: &str) -> Option<&'d str> {
    node.children().find(|child| child.has_tag_name((ATOM, name)))?.text()
}

/// What a feed breaks of RFC 4287, sections 4.1.1, 4.1.2 and 4.2.
fn atom_fault(path: &str, text: &str) -> Option<String> {
    let document = Document::parse(text).unwrap();
    let root = document.root_element();
    if !root.has_tag_name((ATOM, "feed"))
        || root.attribute(("http://www.w3.org/XML/1998/namespace", "lang")).is_none()
    {
        return Some("its root is no feed with a language".to_owned());
    }
    let elements = |node: Node<'_, '_>, name: &str| {
        node.children().filter(|child| child.has_tag_name((ATOM, name))).count()
    };
    let known = [
        "feed",
        "id",
        "title",
        "subtitle",
        "updated",
        "published",
        "link",
        "author",
        "name",
        "generator",
        "entry",
        "category",
        "summary",
    ];
    if let Some(node) =
        root.descendants().find(|node| node.is_element() && !known.contains(&node.tag_name().name()))
    {
        return Some(format!("nobody knows {:?}", node.tag_name()));
    }
    let mut ids = BTreeSet::new();
    let entries = root.children().filter(|child| child.has_tag_name((ATOM, "entry")));
    for node in std::iter::once(root).chain(entries) {
        for name in ["id", "title", "updated"] {
            if elements(node, name) != 1 || child(node, name).is_none_or(str::is_empty) {
                return Some(format!("not one {name}"));
            }
        }
        let (id, updated) = (child(node, "id").unwrap(), child(node, "updated").unwrap());
        if !is_address(id) || !ids.insert(id.to_owned()) || !is_instant(updated) {
            return Some(format!("{id} or {updated} is used twice or is none"));
        }
        let links: Vec<_> = node.children().filter(|child| child.has_tag_name((ATOM, "link"))).collect();
        let alternates = links.iter().filter(|link| link.attribute("rel") == Some("alternate"));
        if alternates.count() != 1 || !links.iter().all(|link| link.attribute("href").is_some_and(is_address))
        {
            return Some(format!("{id} leads nowhere, or to two places"));
        }
        let itself = links.iter().find(|link| link.attribute("rel") == Some("self"));
        if node == root && !itself.is_some_and(|link| link.attribute("href").unwrap().ends_with(path)) {
            return Some("it does not say where it is".to_owned());
        }
    }
    (elements(root, "author") != 1).then(|| "it has no author".to_owned())
}

/// JSON Feed 1.1 as its specification lists it, with nothing that it does not name.
fn json_feed() -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let address = json!({ "type": "string", "pattern": "^https://" });
    let authors = json!({
        "type": "array", "minItems": 1,
        "items": { "type": "object", "additionalProperties": false, "required": ["name"], "properties": { "name": text } },
    });
    json!({
        "type": "object", "additionalProperties": false, "required": ["version", "title", "items"],
        "properties": {
            "version": { "const": "https://jsonfeed.org/version/1.1" },
            "title": text, "description": text, "language": text, "authors": authors,
            "home_page_url": address, "feed_url": address,
            "items": { "type": "array", "items": {
                "type": "object", "additionalProperties": false, "required": ["id", "content_text"],
                "properties": {
                    "id": text, "title": text, "content_text": text, "url": address, "authors": authors,
                    "date_published": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z$" },
                    "tags": { "type": "array", "items": text },
                },
            } },
        },
    })
}

#[test]
fn every_feed_is_what_its_format_says() {
    let json_feed = jsonschema::draft202012::new(&json_feed()).unwrap();
    let mut entries = 0;
    for (site, built) in sites() {
        let atom = files(&built, "feed.xml");
        assert!(!atom.is_empty(), "{site}");
        for (path, text) in atom {
            assert_eq!(atom_fault(path, text), None, "{site}: {path}");
            let same: Value = serde_json::from_str(built.text(&path.replace(".xml", ".json"))).unwrap();
            if let Err(error) = json_feed.validate(&same) {
                panic!("{site}: {path}: {error} at {}", error.instance_path());
            }
            let document = Document::parse(text).unwrap();
            let ids: Vec<&str> = document
                .root_element()
                .children()
                .filter(|node| node.has_tag_name((ATOM, "entry")))
                .map(|entry| child(entry, "id").unwrap())
                .collect();
            let items = same["items"].as_array().unwrap();
            assert_eq!(
                ids,
                items.iter().map(|item| item["id"].as_str().unwrap()).collect::<Vec<_>>(),
                "{path}"
            );
            for item in items {
                let address = item["url"].as_str().unwrap();
                let base = same["home_page_url"].as_str().unwrap();
                let below = address.split_once("/now/").or_else(|| address.split_once("/catalogue/"));
                let below =
                    below.map_or_else(|| address.strip_prefix(base).unwrap_or_default(), |(_, below)| below);
                assert!(built.site().contains(&format!("{below}index.html")) || site != "dated", "{address}");
            }
            entries += ids.len();
        }
    }
    assert!(entries > 15, "{entries}");
}

#[test]
fn news_are_new_expired_released_and_changed_with_dates_from_records() {
    let built = Fixture::new(CATALOGUE).build();
    let news = |path: &str| -> Vec<(String, String, String)> {
        let feed: Value = serde_json::from_str(built.text(path)).unwrap();
        let items = feed["items"].as_array().unwrap().iter().map(|item| {
            let text = |key: &str| item[key].as_str().unwrap().to_owned();
            (
                text("date_published")[..10].to_owned(),
                item["tags"][0].as_str().unwrap().to_owned(),
                text("id"),
            )
        });
        items.collect()
    };
    let first = "https://example.org/first";
    let of = |day: &str, kind: &str, id: &str| (day.to_owned(), kind.to_owned(), format!("{first}/{id}"));
    let holds = of("2025-07-14", "new", "certifications/holds/#certified");
    let release = of("2024-03-01", "release", "frameworks/fw/2.0/#release");
    let change = of("2024-02-29", "changed", "frameworks/fw/element/a/#modification-2024-02-29");
    let expired = of("2023-01-01", "expired", "certifications/ended/#expired");
    let ended = of("2020-05-01", "new", "certifications/ended/#certified");
    assert_eq!(news("feed.json"), [holds.clone(), release.clone(), expired.clone(), ended.clone()]);
    assert_eq!(
        news("frameworks/fw/feed.json"),
        [holds.clone(), release, change, expired.clone(), ended.clone()]
    );
    assert_eq!(news("organizations/one/feed.json"), [expired, ended]);
    assert_eq!(news("organizations/two/feed.json"), [holds]);
    // the day before the end has passed there is no such news, and elsewhere nothing is called otherwise
    let mut before = Fixture::new(CATALOGUE);
    before.as_of = Day::constant(2022, 12, 31);
    let moved = before.at("https://example.net/").build();
    let feed: Value = serde_json::from_str(moved.text("feed.json")).unwrap();
    let items = feed["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["tags"][0] != "expired"), "{feed}");
    assert!(items.iter().all(|item| item["id"].as_str().unwrap().starts_with(first)), "{feed}");
    assert!(items.iter().all(|item| item["url"].as_str().unwrap().starts_with("https://example.net/")));
}

#[test]
fn ends_of_validity_are_a_calendar() {
    let mut events = 0;
    for (site, built) in sites() {
        for (path, text) in files(&built, "expiry.ics") {
            for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
                assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{site}: {path}: {line:?}");
            }
            let unfolded = unfold(text);
            let calendar = read_calendar(&unfolded).unwrap_or_else(|error| panic!("{site}: {path}: {error}"));
            let mut ids = BTreeSet::new();
            assert!(!calendar.components.is_empty(), "{site}: {path}: an empty calendar is none");
            for event in &calendar.components {
                let properties: BTreeMap<&str, &str> = event
                    .properties
                    .iter()
                    .map(|property| (property.name.as_str(), property.val.as_str()))
                    .collect();
                assert_eq!(event.name.as_str(), "VEVENT");
                assert!(ids.insert(properties["UID"].to_owned()), "{path}: two events have one id");
                let day = |key: &str| {
                    let text = &properties[key][..8];
                    format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse::<Day>().unwrap()
                };
                assert_eq!(day("DTSTART").tomorrow().unwrap(), day("DTEND"));
                assert!(properties["DTSTAMP"].ends_with("T000000Z") && day("DTSTAMP") <= day("DTEND"));
                events += 1;
            }
        }
    }
    assert!(events > 4, "{events}");
    let built = Fixture::new(CATALOGUE).build();
    let text = unfold(built.text("organizations/one/expiry.ics"));
    assert!(text.contains("DTSTART;VALUE=DATE:20221231\r\n"), "{text}");
    assert!(text.contains("SUMMARY:Last day of validity: Ended 1 (One\\; Ltd\\, \\\\ <b>)\r\n"), "{text}");
    assert!(text.contains("UID:https://example.org/first/certifications/ended/#validity\r\n"), "{text}");
    assert!(!built.site().contains("organizations/three/expiry.ics"));
    let two = built.text("organizations/two/expiry.ics");
    assert_eq!(two.matches("BEGIN:VEVENT").count(), 1, "what has no end is no event: {two}");
}

#[test]
fn the_sitemap_lists_every_page_with_the_date_of_its_records() {
    for (site, built) in sites() {
        let text = built.text("sitemap.xml");
        let document = Document::parse(text).unwrap();
        let root = document.root_element();
        assert!(root.has_tag_name((SITEMAP, "urlset")), "{site}");
        let mut listed = BTreeMap::new();
        for url in root.children().filter(Node::is_element) {
            assert!(url.has_tag_name((SITEMAP, "url")), "{site}");
            let part = |name: &str| url.children().find(|one| one.has_tag_name((SITEMAP, name)))?.text();
            let address = part("loc").unwrap().to_owned();
            assert!(is_address(&address) && address.len() < 2048, "{address}");
            if let Some(date) = part("lastmod") {
                // W3C date and time: a year, a month or a day
                assert!(certalog::model::date::PartialDate::parse(date).is_some(), "{date}");
            }
            assert_eq!(
                listed.insert(address.clone(), part("lastmod").map(str::to_owned)),
                None,
                "{address} twice"
            );
        }
        let pages: BTreeSet<String> = built
            .pages()
            .iter()
            .filter_map(|page| Some(page.all("link[rel=canonical]").first()?.attr("href")?.to_owned()))
            .filter(|address| !address.ends_with("/404.html"))
            .collect();
        let listed_pages: BTreeSet<String> = listed.keys().cloned().collect();
        assert_eq!(listed_pages, pages, "{site}");
        if site == "dated" {
            let date = |path: &str| listed[&format!("https://example.org/now/{path}")].clone();
            assert_eq!(date("certifications/ended/").as_deref(), Some("2020-05"));
            assert_eq!(date("certifications/undated/"), None);
            assert_eq!(date("frameworks/fw/2.0/").as_deref(), Some("2024-03"));
            assert_eq!(date("organizations/one/").as_deref(), Some("2020-05"));
            assert_eq!(date("").as_deref(), Some("2025-07-14"));
        }
        // only at the root of a host is there anything to read for a crawler
        assert!(!built.site().contains("robots.txt"), "{site}");
        let search = Document::parse(built.text("opensearch.xml")).unwrap();
        let url = search.descendants().find(|node| node.has_tag_name("Url")).unwrap();
        assert!(url.attribute("template").unwrap().ends_with("/search/?q={searchTerms}"));
        let short = search.descendants().find(|node| node.has_tag_name("ShortName")).unwrap();
        assert!((1..=16).contains(&short.text().unwrap().chars().count()), "{site}");
    }
    let root = Fixture::new(CATALOGUE).at("https://example.org/").build();
    assert!(root.text("robots.txt").ends_with("\nSitemap: https://example.org/sitemap.xml\n"));
    // a file of the catalogue's own keeps its place
    let own = Fixture::new(CATALOGUE).with("content/pages/robots.txt", "User-agent: *\n");
    let own = own.at("https://example.org/").build();
    assert_eq!(own.text("robots.txt"), "User-agent: *\n");
}

#[test]
fn what_a_theme_makes_no_use_of_is_not_made_and_not_linked() {
    let theme = "badges = false\nfeeds = false\ncopies = false\nsitemap = false\nsearch = false\ndata = false\nfiles = false\n";
    let text = CATALOGUE.replacen("title =", "theme = \"own\"\ntitle =", 1);
    let built = Fixture::new(&text).with("themes/own/theme.toml", theme).build();
    for (path, _) in built.site().iter() {
        let path = path.as_str();
        assert!(path.rsplit('.').next() == Some("html") || path.starts_with("static/"), "{path}");
    }
    for (path, page) in built.pages_as_text() {
        assert!(!page.contains("rel=\"alternate\"") && !page.contains("rel=\"search\""), "{path}");
    }
}

#[test]
fn every_page_leads_to_its_other_forms() {
    let media = [
        ("json", "application/json"),
        ("csv", "text/csv"),
        ("md", "text/markdown"),
        ("xml", "application/atom+xml"),
    ];
    for (site, built) in sites() {
        let mut led = BTreeSet::new();
        for page in built.pages() {
            let folder = page.path.trim_end_matches("index.html").trim_end_matches("404.html");
            for link in page.all("link[rel=alternate], link[rel=search]") {
                let href = link.attr("href").unwrap();
                let base = url::Url::parse("https://x/").unwrap().join(folder).unwrap();
                let target = base.join(href).unwrap().path()[1..].to_owned();
                if page.path == "404.html" {
                    continue;
                }
                assert!(!built.text(&target).is_empty(), "{site}: {}: {href}", page.path);
                let kind = link.attr("type").unwrap();
                let ending = target.rsplit('.').next().unwrap();
                let is_feed =
                    kind == "application/feed+json" || kind == "application/opensearchdescription+xml";
                assert!(is_feed || media.contains(&(ending, kind)), "{site}: {target} is no {kind}");
                led.insert(target);
            }
        }
        for ending in [".csv", ".md", "feed.xml", "feed.json"] {
            for (path, _) in files(&built, ending) {
                let is_document = built.sources.find(&format!("content/{path}")).is_some();
                let is_of_many_pages = path.ends_with("results.csv") || path.ends_with("histories.csv");
                assert!(
                    led.contains(path) || is_of_many_pages || is_document,
                    "{site}: no page leads to {path}"
                );
            }
        }
    }
}
