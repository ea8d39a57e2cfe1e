//! What search engines take from pages: data in the words of schema.org that say what the page says, and nothing that a text could end.
//!
//! In come this repository's catalogue, three of other kinds and hostile texts, out goes the first block that is no data or claims too much.
//! Which words and fields schema.org has is written down here by hand.

use serde_json::{Map, Value};

use crate::hard_input::canaries;
use crate::harness::{Built, Fixture, repository};
use crate::page::Page;

/// The words that pages use, each with its fields.
const WORDS: &[(&str, &[&str])] = &[
    ("BreadcrumbList", &["itemListElement"]),
    ("ListItem", &["position", "name", "item"]),
    ("Product", &["name", "description", "url", "manufacturer", "hasCertification"]),
    (
        "Certification",
        &[
            "name",
            "url",
            "description",
            "certificationIdentification",
            "certificationStatus",
            "issuedBy",
            "auditDate",
            "validFrom",
            "expires",
        ],
    ),
    ("Organization", &["name", "alternateName", "url"]),
    (
        "Dataset",
        &["name", "description", "url", "inLanguage", "isAccessibleForFree", "creator", "distribution"],
    ),
    ("DataDownload", &["encodingFormat", "contentUrl"]),
];

/// Looks at every thing in a block.
fn look(value: &Value) {
    match value {
        Value::Object(map) => {
            known(map);
            map.values().for_each(look);
        }
        Value::Array(items) => items.iter().for_each(look),
        value => assert!(!value.is_null(), "what is absent is not said"),
    }
}

/// That a thing has a word of schema.org, and no field that the word does not have.
fn known(map: &Map<String, Value>) {
    let Some(kind) = map.get("@type") else { return };
    let (_, fields) = WORDS.iter().find(|(word, _)| kind == word).unwrap_or_else(|| panic!("{kind}"));
    let unknown = map.keys().find(|name| *name != "@type" && !fields.contains(&name.as_str()));
    assert_eq!(unknown, None, "{kind}");
}

/// The things that a page tells of; each of them with a word and fields of schema.org.
fn things(page: &Page) -> Vec<Value> {
    let blocks = page.all("script[type='application/ld+json']");
    let Some(block) = blocks.first() else { return Vec::new() };
    assert_eq!(blocks.len(), 1, "{}", page.path);
    let text: String = block.text().collect();
    assert!(!text.contains(['<', '>', '&']), "{}: {text}", page.path);
    let data: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    look(&data);
    data["@graph"].as_array().unwrap().clone()
}

fn thing(page: &Page, kind: &str) -> Option<Value> {
    things(page).into_iter().find(|thing| thing["@type"] == kind)
}

fn sites() -> Vec<(&'static str, Built)> {
    let folder = |name| (name, Fixture::from_disk(&repository().join("tests/sites").join(name)).build());
    let own = ("this repository", Fixture::of_this_repository().build());
    std::iter::once(own).chain(["conformance", "controls", "techniques"].map(folder)).collect()
}

#[test]
fn every_page_tells_the_way_to_it() {
    for (site, built) in sites() {
        let base = serde_json::from_str::<Value>(built.text("api/v1/index.json")).unwrap()["site"].clone();
        let base = base.as_str().unwrap();
        for page in built.pages() {
            let crumbs = page.all("nav.crumbs li");
            let list = thing(&page, "BreadcrumbList");
            assert_eq!(crumbs.is_empty(), list.is_none(), "{site}: {}", page.path);
            let Some(list) = list else { continue };
            let items = list["itemListElement"].as_array().unwrap();
            assert_eq!(items.len(), crumbs.len(), "{site}: {}", page.path);
            for (at, item) in items.iter().enumerate() {
                assert_eq!(item["position"], at + 1);
                let below = item["item"].as_str().unwrap().strip_prefix(base).unwrap();
                assert!(built.site().contains(&format!("{below}index.html")), "{site}: {below}");
            }
            assert!(
                page.path
                    .starts_with(items.last().unwrap()["item"].as_str().unwrap().strip_prefix(base).unwrap())
            );
        }
    }
}

#[test]
fn a_product_has_the_certification_that_its_page_shows() {
    let mut seen = [0; 3];
    for (site, built) in sites() {
        for page in built.pages() {
            let Some(id) = page
                .path
                .strip_prefix("certifications/")
                .and_then(|path| path.strip_suffix("/index.html"))
                .filter(|id| !id.contains('/'))
            else {
                continue;
            };
            let facts: Value =
                serde_json::from_str(built.text(&format!("api/v1/certifications/{id}.json"))).unwrap();
            let product = thing(&page, "Product").unwrap_or_else(|| panic!("{site}: {id} is no product"));
            assert_eq!(product["name"], facts["title"]);
            let certification = &product["hasCertification"];
            let status = certification["certificationStatus"].as_str();
            let expected = match facts["status"]["id"].as_str().unwrap() {
                "expired" => Some("https://schema.org/CertificationInactive"),
                "valid" => Some("https://schema.org/CertificationActive"),
                _ => None,
            };
            assert_eq!(status, expected, "{site}: {id}");
            for (field, fact) in
                [("auditDate", "completed"), ("validFrom", "valid_from"), ("expires", "valid_to")]
            {
                assert_eq!(certification[field], facts[fact], "{site}: {id}");
            }
            let issuer = certification["issuedBy"]["name"].as_str();
            let is_own = facts["assurance"]["id"] == "self-assessed";
            assert_eq!(issuer, facts["organization"]["name"].as_str().filter(|_| is_own), "{site}: {id}");
            assert_eq!(certification["description"], facts["assurance"]["words"], "{site}: {id}");
            seen[0] += usize::from(status.is_some());
            seen[1] += usize::from(issuer.is_some());
            seen[2] += 1;
        }
        let data = thing(&built.page("index.html"), "Dataset").unwrap();
        assert!(data["distribution"][0]["contentUrl"].as_str().unwrap().ends_with("/api/v1/index.json"));
    }
    assert!(seen[0] > 1 && seen[1] > 1 && seen[2] > 5, "{seen:?}");
}

#[test]
fn no_text_ends_the_block_or_becomes_more_than_a_text() {
    let marks = ["</script><script>alert(1)</script>", "<!--<script>", "]]>&lt;\u{2028}"];
    for mark in canaries::CANARIES.iter().map(String::as_str).step_by(9).chain(marks) {
        let built = canaries::marked(mark);
        // what reports a mark as a fault makes no site; other tests have those
        if built.build.site.is_empty() {
            continue;
        }
        let page = built.page("certifications/crm/index.html");
        let product = thing(&page, "Product").unwrap();
        let name = product["name"].as_str().unwrap();
        assert!(name.contains(mark.split_whitespace().next().unwrap()), "{mark}: {name}");
        things(&built.page("index.html"));
    }
}

#[test]
fn previews_show_the_picture_that_the_catalogue_names() {
    let site = Fixture::starter();
    let text = site.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
    let plain = site.clone().build();
    let named = |page: &Page, name: &str| {
        let found = page.all(&format!("meta[property='{name}'], meta[name='{name}']"));
        found.first().map(|meta| meta.attr("content").unwrap().to_owned())
    };
    let home = plain.page("index.html");
    assert_eq!(named(&home, "og:image"), None);
    assert_eq!(named(&home, "twitter:card").as_deref(), Some("summary"));
    assert_eq!(named(&home, "og:type").as_deref(), Some("website"));
    let card = "card = { file = \"pages/card.gif\", alt = \"A <card>\" }\n";
    let built =
        site.with("site.toml", format!("{card}{text}")).with("content/pages/card.gif", "GIF89a").build();
    for page in ["index.html", "certifications/index.html"] {
        let page = built.page(page);
        let image = named(&page, "og:image").unwrap();
        assert!(image.starts_with("https://") && image.ends_with("/card.gif"), "{image}");
        assert_eq!(named(&page, "og:image:alt").as_deref(), Some("A <card>"));
        assert_eq!(named(&page, "twitter:card").as_deref(), Some("summary_large_image"));
    }
    assert!(built.site().contains("card.gif"));
}
