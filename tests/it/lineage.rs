//! One element through all releases: ids that change, addresses that move, and the data from which releases are compared.
//!
//! In come this repository's catalogue and small ones with a history, out go pages, redirects and data files that must agree.
//! Only the laws of `changes` are tested on the linked catalogue itself; everything else goes through `build`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use certalog::catalogue::{Absence, Catalogue, State};
use certalog::changes::{self, Difference};
use certalog::limits::Limits;
use certalog::link::{self, Input};
use certalog::model::{self, Kind};
use certalog::text::FileId;
use proptest::prelude::*;
use scraper::ElementRef;
use serde_json::Value;

use crate::harness::{Built, Fixture};
use crate::page::{Page, text};

const RELEASES: [&str; 6] = ["8.0", "12.0", "14.5", "15.0", "15.5", "16.0"];

fn lineage(built: &Built, framework: &str) -> Value {
    serde_json::from_str(built.text(&format!("api/v1/frameworks/{framework}/lineage.json"))).unwrap()
}

/// Where the element with an id leads to from the tree of a release.
#[track_caller]
fn element_path(built: &Built, release: &str, id: &str) -> String {
    let page = built.page(&format!("frameworks/etom/{release}/index.html"));
    let link = page.one(&format!("[id='{id}'] > a"));
    let href = link.attr("href").unwrap();
    format!("{}index.html", href.trim_start_matches("../"))
}

#[test]
fn names_that_two_certifications_share_under_different_ids_meet_on_one_page() {
    let built = Fixture::of_this_repository().build();
    let facts: Value = serde_json::from_str(include_str!("../facts/expected.json")).unwrap();
    let shared = facts["across"]["same_name_other_id"].as_array().unwrap();
    assert_eq!(shared.len(), 17);
    let mut paths = BTreeSet::new();
    for one in shared {
        let (name, old, new) =
            (one["name"].as_str().unwrap(), one["12.0"].as_str().unwrap(), one["16.0"].as_str().unwrap());
        let path = element_path(&built, "12.0", old);
        assert_eq!(path, element_path(&built, "16.0", new), "{name}: {old} in 12.0 and {new} in 16.0");
        let page = built.page(&path);
        let releases = page.table("releases").unwrap().rows();
        let row = |release: &str| releases.iter().find(|row| row.text("Release") == release).unwrap().clone();
        for (release, id) in [("12.0", old), ("16.0", new)] {
            assert_eq!((row(release).text("Id").as_str(), row(release).text("Name").as_str()), (id, name));
        }
        let certifications = page.table("certifications").unwrap().rows();
        let titles: Vec<String> = certifications.iter().map(|row| row.text("Certification")).collect();
        for product in ["Asteros Business Contact.Telecom", "Digital CRM R2.1"] {
            assert!(titles.iter().any(|title| title.starts_with(product)), "{name}: {titles:?}");
        }
        paths.insert(path);
    }
    assert_eq!(paths.len(), 17);
}

#[test]
fn each_release_says_what_happened_and_how_it_is_known() {
    let built = Fixture::of_this_repository().build();
    let page = built.page(&element_path(&built, "16.0", "1.3.7.4"));
    let rows = page.table("releases").unwrap().rows();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| ["Release", "Id", "What happened", "Known from"].map(|head| row.text(head)))
        .collect();
    let expected = [
        ["8.0", "–", "Not there yet", "–"],
        ["12.0", "1.1.1.6.4", "Added", "Inferred"],
        ["14.5", "1.1.1.6.4", "As before", "–"],
        ["15.0", "1.3.7.4", "Renumbered", "Inferred"],
        ["15.5", "1.3.7.4", "As before", "–"],
        ["16.0", "1.3.7.4", "As before", "–"],
    ];
    assert_eq!(rows, expected);
}

/// The tree of a release as its page shows it: each id with the id above it, in order.
fn tree(page: &Page) -> Vec<(String, Option<String>)> {
    let items = page.all("ul.tree li[id]").into_iter();
    let above = |item: ElementRef<'_>| {
        let mut above = item.ancestors().skip(1).filter_map(ElementRef::wrap);
        above.find(|node| node.value().name() == "li").map(|node| node.attr("id").unwrap().to_owned())
    };
    items.map(|item| (item.attr("id").unwrap().to_owned(), above(item))).collect()
}

#[test]
fn the_lineage_file_reproduces_the_tree_of_every_release() {
    let built = Fixture::of_this_repository().build();
    let lineage = lineage(&built, "etom");
    let releases = lineage["releases"].as_array().unwrap();
    assert_eq!(releases.iter().map(|one| one["version"].as_str().unwrap()).collect::<Vec<_>>(), RELEASES);
    for (at, release) in releases.iter().enumerate() {
        let elements = lineage["elements"].as_array().unwrap();
        let states: BTreeMap<&str, &Value> =
            elements.iter().map(|one| (one["key"].as_str().unwrap(), &one["states"][at])).collect();
        let is_present = |state: &Value| state["presence"] == "present";
        let mut present: Vec<&Value> = states.values().copied().filter(|state| is_present(state)).collect();
        present.sort_by_key(|state| state["place"].as_u64().unwrap());
        let expected: Vec<_> = present
            .iter()
            .map(|state| {
                let parents = state["parents"].as_array().unwrap().iter();
                let mut parents = parents.map(|parent| states[parent.as_str().unwrap()]);
                let parent = parents.find(|parent| is_present(parent));
                let id = |state: &Value| state["id"].as_str().unwrap().to_owned();
                (id(state), parent.map(id))
            })
            .collect();
        let path = format!("{}index.html", release["address"].as_str().unwrap());
        assert_eq!(tree(&built.page(&path)), expected, "{path}");
        assert!(!expected.is_empty(), "{path}");
    }
}

#[test]
fn every_id_of_a_release_is_an_anchor_on_its_page() {
    let built = Fixture::of_this_repository().build();
    let lineage = lineage(&built, "etom");
    let mut ids = 0;
    for (at, release) in RELEASES.iter().enumerate() {
        let page = built.page(&format!("frameworks/etom/{release}/index.html"));
        for element in lineage["elements"].as_array().unwrap() {
            let Some(id) = element["states"][at]["id"].as_str() else { continue };
            let link = page.one(&format!("[id='{id}'] > a"));
            assert!(link.attr("href").unwrap().ends_with(element["address"].as_str().unwrap()), "{id}");
            ids += 1;
        }
    }
    assert!(ids > 300, "{ids}");
}

const MOVED: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.org/catalogue/"
=== content/pages/guide/scope.md
+++
title = "Scope"
aliases = ["scope.html"]
+++
=== content/frameworks/fw/framework.toml
name = "Example Process Framework"
aliases = ["fw/"]
[[release]]
version = "1.0"
=== content/frameworks/fw/elements/problem-handling.toml
name = "Problem Handling"
id = "1"
aliases = ["fw/1.html", "fw/problems/all/"]
=== content/organizations/example-networks.toml
name = "Example Networks"
aliases = ["organizations/old-name/"]
=== content/certifications/example-crm-1/certification.toml
organization = "example-networks"
product = "Example CRM"
version = "1"
framework = "fw"
release = "1.0"
aliases = ["certifications/crm/"]
"#;

#[test]
fn a_former_address_leads_on() {
    let built = Fixture::new(MOVED).build();
    let expected = [
        ("scope.html", "scope.html", "guide/scope/", "Scope"),
        ("fw/", "fw/index.html", "frameworks/fw/", "Example Process Framework"),
        ("fw/1.html", "fw/1.html", "frameworks/fw/element/problem-handling/", "1 Problem Handling"),
        (
            "fw/problems/all/",
            "fw/problems/all/index.html",
            "frameworks/fw/element/problem-handling/",
            "1 Problem Handling",
        ),
        (
            "organizations/old-name/",
            "organizations/old-name/index.html",
            "organizations/example-networks/",
            "Example Networks",
        ),
        (
            "certifications/crm/",
            "certifications/crm/index.html",
            "certifications/example-crm-1/",
            "Example CRM 1",
        ),
    ];
    for (_, file, target, title) in expected {
        let page = built.page(file);
        let href = format!(
            "{}{target}",
            if file.contains('/') { "../".repeat(file.matches('/').count()) } else { "./".to_owned() }
        );
        assert_eq!(page.one("main a").attr("href"), Some(href.as_str()), "{file}");
        assert_eq!(text(page.one("main a")), title, "{file}");
        let refresh = page.one("meta[http-equiv=refresh]");
        assert_eq!(refresh.attr("content"), Some(format!("0; url={href}").as_str()), "{file}");
        let canonical = format!("https://example.org/catalogue/{target}");
        assert_eq!(page.one("link[rel=canonical]").attr("href"), Some(canonical.as_str()), "{file}");
        assert_eq!(page.one("meta[name=robots]").attr("content"), Some("noindex"), "{file}");
    }
    let lines: BTreeSet<&str> = built.text("_redirects").lines().collect();
    let expected: Vec<String> = expected
        .iter()
        .map(|(address, _, target, _)| format!("/catalogue/{address} /catalogue/{target} 301"))
        .collect();
    assert_eq!(lines, expected.iter().map(String::as_str).collect());
}

#[test]
fn without_former_addresses_there_is_no_list_of_redirects() {
    let built = Fixture::starter().build();
    assert!(built.site().iter().all(|(path, _)| path.as_str() != "_redirects"));
}

pub(crate) const CROSSWALK: &str = r#"
=== site.toml
title = "Test"
base_url = "https://example.org/"
=== content/frameworks/fw/framework.toml
name = "Example Process Framework"
noun = { one = "process", many = "processes" }
[[release]]
version = "1.0"
[[release]]
version = "2.0"
=== content/frameworks/fw/elements/all.toml
[[element]]
key = "problem-handling"
name = "Problem Handling"
[[element.history]]
release = "1.0"
change = "addition"
id = "1.6"
[[element.history]]
release = "2.0"
change = "renumbering"
id = "3.7"
=== content/frameworks/controls/framework.toml
name = "Example Control Catalogue"
[[release]]
version = "2024"
=== content/frameworks/controls/elements/all.toml
[[element]]
key = "incidents"
name = "Incidents"
id = "INC"
=== content/crosswalks/processes-controls.toml
name = "Processes and controls"
from = { framework = "fw", release = "2.0" }
to = { framework = "controls", release = "2024" }
basis = "editor"
[[link]]
from = "3.7"
to = "INC"
relation = "subset"
reason = "An incident need not be a customer's."
"#;

#[test]
fn a_crosswalk_is_told_from_either_side() {
    let built = Fixture::new(CROSSWALK).build();
    let sides = [
        (
            "frameworks/fw/process/problem-handling/index.html",
            "Part of",
            "INC Incidents",
            "Example Control Catalogue 2024",
        ),
        (
            "frameworks/controls/element/incidents/index.html",
            "Contains",
            "3.7 Problem Handling",
            "Example Process Framework 2.0",
        ),
    ];
    for (path, relation, other, release) in sides {
        let page = built.page(path);
        let rows = page.table("related").unwrap().rows();
        assert_eq!(rows.len(), 1, "{path}");
        let heads = ["Relation", "Element there", "Framework and release", "Known from", "Crosswalk"];
        let found = heads.map(|head| rows[0].text(head));
        assert_eq!(
            found,
            [relation, other, release, "Found by an editor", "Processes and controls"],
            "{path}"
        );
        assert_eq!(rows[0].text("Reason"), "An incident need not be a customer's.");
    }
    let rows = built.page("crosswalks/processes-controls/index.html");
    let rows = rows.table("links").unwrap().rows();
    assert_eq!(rows[0].text("Relation"), "Part of");
    for framework in ["fw", "controls"] {
        let page = built.page(&format!("frameworks/{framework}/index.html"));
        let link = page.one("#crosswalks a");
        assert_eq!(link.attr("href"), Some("../../crosswalks/processes-controls/"), "{framework}");
    }
}

#[test]
fn a_framework_says_what_no_one_has_certified_and_which_release_is_old() {
    let built = Fixture::of_this_repository().build();
    let page = built.page("frameworks/etom/index.html");
    let rows = page.table("uncertified").unwrap().rows();
    let counts: Vec<_> = rows.iter().map(|row| (row.text("Domain"), row.text("Never assessed"))).collect();
    assert!(!counts.is_empty());
    for row in &rows {
        let listed = row.cell("Which").select(&scraper::Selector::parse("li").unwrap()).count();
        assert_eq!(row.text("Never assessed"), listed.to_string());
    }
    let rows = page.table("certifications").unwrap().rows();
    let old: BTreeMap<String, bool> =
        rows.iter().map(|row| (row.text("Product"), row.text("Release").contains("Older release"))).collect();
    assert_eq!(old.values().filter(|is_old| !**is_old).count(), 1, "{old:?}");
    assert_eq!(old.get("Digital CRM R2.1"), Some(&false), "{old:?}");
}

/// A catalogue as the rules see it.
fn linked(fixture: &Fixture) -> Catalogue {
    let sources = fixture.sources();
    let inputs = sources.iter().map(|(file, source)| {
        let kind = Kind::of(&source.path);
        let record = model::read(&kind, &source.path, sources.text(file), &Limits::default()).record;
        Input { file, kind, record, is_unread: sources.is_unread(file) }
    });
    let paths = |file: FileId| sources.path(file).to_owned();
    link::link(inputs.collect(), &paths, &mut Vec::new())
}

/// A random entry of a history: the release, the change and what is new.
fn entry() -> impl Strategy<Value = (usize, &'static str, Option<u8>, bool)> {
    let change = prop::sample::select(vec![
        "addition",
        "modification",
        "rename",
        "renumbering",
        "withdrawal",
        "untraced",
        "move",
    ]);
    (0..4usize, change, prop::option::of(0..3u8), any::<bool>())
}

/// The differences that two states alone tell.
fn told_by_states(old: Result<&State, Absence>, new: Result<&State, Absence>) -> BTreeSet<Difference> {
    let mut found = BTreeSet::new();
    match (old, new) {
        (Err(Absence::NotYet), Ok(_)) => found.extend([Difference::Added]),
        (Err(_), Ok(_)) => found.extend([Difference::Returned]),
        (Ok(_), Err(Absence::Withdrawn)) => found.extend([Difference::Withdrawn]),
        (Ok(_), Err(_)) => found.extend([Difference::Untraced]),
        (Ok(old), Ok(new)) => {
            found.extend((old.id != new.id).then_some(Difference::Renumbered));
            found.extend((old.name != new.name).then_some(Difference::Renamed));
            found.extend((old.parents != new.parents).then_some(Difference::Moved));
        }
        (Err(_), Err(_)) => {}
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Between any two releases, what is told follows from the two states, whatever happened in between.
    #[test]
    fn changes_between_any_two_releases_follow_from_the_states(entries in prop::collection::vec(entry(), 1..6)) {
        let mut record = String::from("name = \"A\"\n");
        for (release, change, id, is_renamed) in &entries {
            writeln!(record, "[[history]]\nrelease = \"{release}\"\nchange = \"{change}\"").unwrap();
            id.map(|id| writeln!(record, "id = \"{id}\"").unwrap());
            is_renamed.then(|| writeln!(record, "name = \"B{release}\"").unwrap());
        }
        let releases: Vec<String> =
            (0..4).map(|release| format!("[[release]]\nversion = \"{release}\"\n")).collect();
        let releases = releases.concat();
        let fixture = Fixture::new("=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n")
            .with("content/frameworks/fw/framework.toml", format!("name = \"F\"\n{releases}"))
            .with("content/frameworks/fw/elements/a.toml", record);
        let catalogue = linked(&fixture);
        let framework = &catalogue.frameworks[0];
        let element = &catalogue.elements[0];
        let of_entries = [Difference::Modified, Difference::Split, Difference::Merged];
        for a in 0..4 {
            for c in a + 1..4 {
                let found = changes::between(&catalogue, framework, a, c);
                let found: BTreeSet<_> = found.iter().map(|change| change.difference).collect();
                let found: BTreeSet<_> =
                    found.into_iter().filter(|difference| !of_entries.contains(difference)).collect();
                prop_assert_eq!(&found, &told_by_states(element.in_release(a), element.in_release(c)));
                // Step by step, nothing can be told that the whole way does not show, unless it was undone.
                let steps = (a..c).flat_map(|at| changes::between(&catalogue, framework, at, at + 1));
                if steps.count() == 0 {
                    prop_assert!(found.is_empty());
                }
            }
        }
    }
}
