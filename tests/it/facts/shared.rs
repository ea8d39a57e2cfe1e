//! What certifications of different releases share: one process page for a process that was renumbered.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{CATALOGUE, EXPECTED, certification, head, list, text_of};
use crate::harness::Built;
use crate::page::{Page, all, first, text};

const ZTESOFT: &str = "ztesoft-zsmart-7.0";
const ASTEROS: &str = "asteros-business-contact-telecom";
const HUAWEI: &str = "huawei-digital-crm-r2.1";

/// The release each certification was assessed against.
fn certification_of(release: &str) -> &'static str {
    match release {
        "8.0" => ZTESOFT,
        "12.0" => ASTEROS,
        "16.0" => HUAWEI,
        _ => panic!("no certification against {release}"),
    }
}

/// The key of the process that an id means in a release, by the release's own tree.
fn process_key(built: &Built, release: &str, id: &str) -> Option<String> {
    let page = built.page(&format!("frameworks/etom/{release}/index.html"));
    let item = page.all("ul.tree li").into_iter().find(|item| item.attr("id") == Some(id))?;
    let href = first(item, "a").unwrap().attr("href").unwrap();
    Some(href.trim_end_matches('/').rsplit('/').next().unwrap().to_owned())
}

fn process(key: &str) -> Page {
    CATALOGUE.page(&format!("frameworks/etom/process/{key}/index.html"))
}

#[track_caller]
fn key_of(release: &str, id: &str) -> String {
    process_key(&CATALOGUE, release, id).unwrap_or_else(|| panic!("release {release} has no {id}"))
}

/// Where a certification's page shows an element: its row, or the head of the group where it only states coverage.
fn addresses_on(page: &Page, id: &str) -> Vec<String> {
    let words = |element| text(element);
    let named = page.all("#results .id").into_iter().filter(|found| words(*found) == id);
    let links = named.filter_map(|found| found.next_siblings().find_map(scraper::ElementRef::wrap));
    links.filter_map(|link| link.attr("href").map(str::to_owned)).collect()
}

#[test]
fn a_renumbered_process_has_one_page_with_every_certification() {
    let shared = list(&EXPECTED["across"], "same_name_other_id");
    assert_eq!(shared.len(), 17);
    for process_name in shared {
        let name = text_of(process_name, "name").unwrap();
        let (old, new) = (text_of(process_name, "12.0").unwrap(), text_of(process_name, "16.0").unwrap());
        let key = key_of("16.0", new);
        assert_eq!(key, key_of("12.0", old), "{name}");
        for (id, element) in [(ASTEROS, old), (HUAWEI, new)] {
            let found = addresses_on(&certification(&CATALOGUE, id), element);
            let expected = format!("../../frameworks/etom/process/{key}/");
            assert!(!found.is_empty() && found.iter().all(|href| *href == expected), "{name}: {found:?}");
        }
        let page = process(&key);
        assert_eq!(page.texts("h1"), [format!("{new} {name}")]);
        let rows = page.table("certifications").map(|table| table.rows()).unwrap_or_default();
        let links: BTreeSet<_> = rows
            .iter()
            .map(|row| {
                let href = first(row.cell(head::CERTIFICATION), "a").unwrap().attr("href").unwrap();
                (href.trim_start_matches("../").to_owned(), row.text(head::ASSESSED_AS))
            })
            .collect();
        for (id, element) in [(ASTEROS, old), (HUAWEI, new)] {
            let is_listed = links.iter().any(|(href, words)| {
                let anchors =
                    [format!("certifications/{id}/#p-{element}"), format!("certifications/{id}/#coverage")];
                anchors.contains(href) && words.starts_with(&format!("{element} {name}"))
            });
            assert!(is_listed, "{name}: {id} at {element} is not among {links:?}");
        }
    }
}

#[test]
fn one_id_in_two_releases_keeps_the_name_of_each() {
    for id in list(&EXPECTED["across"], "same_id_8_0_and_12_0").iter().filter_map(Value::as_str) {
        assert_eq!(key_of("8.0", id), key_of("12.0", id));
    }
    for element in list(&EXPECTED["across"], "same_id_other_name") {
        let id = text_of(element, "id").unwrap();
        for release in ["8.0", "12.0"] {
            let page = certification(&CATALOGUE, certification_of(release));
            let row = page.table("results").unwrap().rows().into_iter();
            let row = row.filter(|row| row.row.attr("id") == Some(&format!("p-{id}"))).last().unwrap();
            assert_eq!(row.text("Process"), format!("{id} {}", text_of(element, release).unwrap()));
        }
    }
    assert!(list(&EXPECTED["across"], "same_id_12_0_and_16_0").is_empty());
    let ids = |release: &str| -> BTreeSet<String> {
        let page = CATALOGUE.page(&format!("frameworks/etom/{release}/index.html"));
        page.all("ul.tree li[id]").iter().map(|item| item.attr("id").unwrap().to_owned()).collect()
    };
    let in_both: Vec<_> = ids("12.0").intersection(&ids("16.0")).cloned().collect();
    assert_eq!(in_both, [""; 0], "an id of 12.0 means something in 16.0");
}

#[test]
fn processes_that_nothing_joins_stay_apart() {
    for pair in list(&EXPECTED["across"], "never_joined") {
        let keys: Vec<_> = ["8.0", "12.0", "16.0"]
            .into_iter()
            .filter_map(|release| text_of(pair, release).map(|id| key_of(release, id)))
            .collect();
        let distinct: BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len(), "{pair}");
    }
}

#[test]
fn every_renumbering_is_on_the_page_of_its_process() {
    for element in list(&EXPECTED, "renumbered") {
        let [id, release, new, basis] =
            ["id", "release", "id_16_0", "basis"].map(|key| text_of(element, key).unwrap());
        let key = key_of(release, id);
        assert_eq!(key, key_of("16.0", new), "{id} of {release}");
        let page = process(&key);
        let releases = page.table("releases").unwrap().rows();
        let id_in = |release: &str| {
            releases.iter().find(|row| row.text("Release") == release).map(|row| row.text("Id"))
        };
        assert_eq!((id_in(release).as_deref(), id_in("16.0").as_deref()), (Some(id), Some(new)));
        let history = page.table("history").unwrap().rows();
        let is_known = history.iter().any(|row| {
            row.text(head::BASIS) == head::basis(basis)
                && row.text("From then on").split([' ', ',']).any(|word| word == new)
        });
        assert!(is_known, "{key} does not say that {new} is {basis}");
    }
}

#[test]
fn a_process_whose_way_is_lost_is_in_no_later_release() {
    for element in list(&EXPECTED, "untraced") {
        let [id, release, since] = ["id", "release", "since"].map(|key| text_of(element, key).unwrap());
        let page = process(&key_of(release, id));
        let rows = page.table("releases").unwrap().rows();
        let place = rows.iter().position(|row| row.text("Release") == since).unwrap();
        assert_ne!(rows[place - 1].text("Id"), "–", "{id} was there until {since}");
        for row in &rows[place..] {
            assert_eq!(row.text("Id"), "–", "{id} in {}", row.text("Release"));
        }
        let history = page.table("history").unwrap().rows();
        let is_said =
            history.iter().any(|row| row.text("Release") == since && row.text("Change") == "Not traced");
        assert!(is_said, "{id}");
    }
}

#[test]
fn parts_that_were_left_out_are_named_with_their_row() {
    let page = certification(&CATALOGUE, HUAWEI);
    let deviations = page.table("deviations").unwrap().rows();
    for part in list(&EXPECTED, "missing_parts") {
        let [row, element, name] = ["row", "element", "name"].map(|key| text_of(part, key).unwrap());
        let is_said = deviations.iter().any(|found| {
            found.text("Process").starts_with(&format!("{row} "))
                && found.text(head::MISSING).contains(&format!("{element} {name}"))
        });
        assert!(is_said, "{row} without {element}");
    }
}

#[test]
fn every_process_has_its_parts_in_every_release() {
    for (release, elements) in EXPECTED["children"].as_object().unwrap() {
        let page = CATALOGUE.page(&format!("frameworks/etom/{release}/index.html"));
        for (id, count) in elements.as_object().unwrap() {
            let item = page.all("ul.tree li").into_iter().find(|item| item.attr("id") == Some(id)).unwrap();
            let lists = item.child_elements().filter(|child| child.value().name() == "ul");
            let parts: usize = lists.map(|list| list.child_elements().count()).sum();
            assert_eq!(
                parts as u64,
                count.as_u64().unwrap(),
                "{id} in {release}: {:?}",
                all(item, "li").len()
            );
        }
    }
}
