//! The search index: what is in it, how large it may be, and the lists for readers without scripts.
//!
//! In come the catalogue of this repository and invented ones of many thousand entries, out goes what the script would fetch.
//! What is found first is tested where the script runs, in `tests/browser`, with the same table of spellings.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::sync::LazyLock;

use certalog::search::{fold, id_key, words};
use certalog::site_path::SitePath;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::harness::{Built, Fixture, repository};
use crate::page::Page;

static REAL: LazyLock<Built> = LazyLock::new(|| Fixture::of_this_repository().build());
static LARGE: LazyLock<Built> = LazyLock::new(|| many(19_800, 200).build());

fn json(built: &Built, path: &str) -> Value {
    serde_json::from_str(built.text(path)).unwrap()
}

/// The files of the index by the start of their names.
fn parts<'b>(built: &'b Built, kind: &str) -> Vec<&'b [u8]> {
    let bytes = |number| {
        let path = SitePath::new(&format!("search/{kind}-{number}.json")).unwrap();
        built.site().get(&path).map(AsRef::as_ref)
    };
    (0..).map_while(bytes).collect()
}

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

fn largest(parts: &[&[u8]]) -> usize {
    parts.iter().map(|part| compressed(part)).max().unwrap_or(0)
}

/// A word that nobody else makes, of two to four syllables: names of products and organizations vary without end.
fn invented_word(number: usize) -> String {
    const SYLLABLES: &[&str] = &[
        "ba", "co", "di", "fe", "gu", "hal", "jor", "kin", "len", "mur", "na", "pos", "ri", "sta", "tor",
        "vi",
    ];
    let mut number = number.wrapping_mul(2_654_435_761) % 40_000 + 16;
    let mut word = String::new();
    while number > 0 {
        word.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    word
}

/// A catalogue with so many entries, each with a name of its own, some with two ids, and with a text of a few words.
fn many(elements: usize, certifications: usize) -> Fixture {
    let mut fixture = Fixture::new(
        "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n\
         === content/frameworks/model/framework.toml\nname = \"Model\"\nnoun = { one = \"process\", many = \"processes\" }\n\
         [[release]]\nversion = \"1.0\"\n[[release]]\nversion = \"2.0\"\n\
         [[scale]]\nid = \"score\"\nname = \"Score\"\nmin = 0\nmax = 5\nstep = 0.1\n\
         [[scale.rating]]\nlabel = \"Some\"\nfrom = 0\ntone = \"partial\"\n\
         === content/organizations/maker.toml\nname = \"The maker\"\n",
    );
    let id = |at: usize, top: usize| format!("{top}.{}.{}.{}", at / 400 + 1, at / 20 % 20 + 1, at % 20 + 1);
    for start in (0..elements).step_by(1000) {
        let mut text = String::new();
        for at in start..elements.min(start + 1000) {
            let name = format!("Manage {} {}", invented_word(at / 7), invented_word(at));
            write!(
                text,
                "[[element]]\nkey = \"e-{at}\"\nname = \"{name}\"\nlevel = 1\n\
                 [[element.history]]\nrelease = \"1.0\"\nchange = \"addition\"\nid = \"{}\"\nnote = \"See {}, {} and {}.\"\n",
                id(at, 1), invented_word(at + 3), invented_word(at + 5), invented_word(at / 9)
            )
            .unwrap();
            if at % 3 == 0 {
                let new = id(at, 2);
                write!(
                    text,
                    "[[element.history]]\nrelease = \"2.0\"\nchange = \"renumbering\"\nid = \"{new}\"\n"
                )
                .unwrap();
            }
        }
        fixture = fixture.with(&format!("content/frameworks/model/elements/from-{start}.toml"), text);
    }
    for at in 0..certifications {
        let text = format!(
            "organization = \"maker\"\nproduct = \"{} {}\"\nversion = \"{}.{}\"\nframework = \"model\"\nrelease = \"1.0\"\n\
             completed = \"2024-01\"\nscale = \"score\"\n[[result]]\nelement = \"{}\"\nscore = 4.5\ncomment = \"All but {} of the {} was shown.\"\n",
            invented_word(at / 2),
            invented_word(at),
            at % 9,
            at % 10,
            id(at % elements, 1),
            invented_word(at / 4),
            invented_word(at / 50)
        );
        fixture = fixture.with(&format!("content/certifications/c-{at}/certification.toml"), text);
    }
    fixture
}

#[test]
fn words_are_spelled_as_the_table_says() {
    let table = fs::read_to_string(repository().join("tests/facts/spelling.json")).unwrap();
    let table: Value = serde_json::from_str(&table).unwrap();
    for case in table.as_array().unwrap() {
        let text = case["text"].as_str().unwrap();
        let folded = fold(text);
        let mut found = Vec::new();
        words(&folded, |word| found.push(word));
        assert_eq!(Value::from(found), case["words"], "{text:?}");
        assert_eq!(id_key(&folded), case["key"].as_str().unwrap(), "{text:?}");
    }
}

#[test]
fn everything_is_in_the_index_under_every_id_and_name() {
    let index = json(&REAL, "search/index.json");
    let column = |kind: &str, name: &str| index["entries"][kind][name].as_array().unwrap().clone();
    assert_eq!(index["count"], 196);
    assert_eq!(column("element", "name").len(), 101);
    assert_eq!(column("step", "ids").len(), 75);
    let at = column("element", "name")
        .iter()
        .position(|name| name == "Determine Customer Order Feasibility")
        .unwrap();
    assert_eq!(column("element", "ids")[at], serde_json::json!([0, "1.1.1.5.1", 3, "1.3.3.1"]));
    let names =
        serde_json::json!([0, "Determine Preorder Feasibility", 1, "Determine Customer Order Feasibility"]);
    assert_eq!(column("element", "names")[at], names);
    let organization =
        column("organization", "name").iter().position(|name| name == "ZTEsoft Technology Ltd.").unwrap();
    assert!(column("organization", "names")[organization].to_string().contains("\"ZTEsoft\""));
    assert!(index["parts"].as_array().unwrap().is_empty());
    let lineage = json(&REAL, "api/v1/frameworks/etom/lineage.json");
    let ids = Value::from(column("element", "ids")).to_string();
    for state in lineage["elements"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|element| element["states"].as_array().unwrap())
    {
        assert!(state["id"].is_null() || ids.contains(&state["id"].to_string()), "{state}");
    }
}

#[test]
fn words_of_all_texts_are_in_the_shards_in_order() {
    let mut all = Vec::new();
    let first = json(&REAL, "search/index.json")["text"].clone();
    for (number, shard) in parts(&REAL, "text").iter().enumerate() {
        let shard: Value = serde_json::from_slice(shard).unwrap();
        let words: Vec<String> = serde_json::from_value(shard["words"].clone()).unwrap();
        assert_eq!(words.len(), shard["pages"].as_array().unwrap().len());
        assert_eq!(first[number], words[0]);
        all.extend(words);
    }
    assert!(all.is_sorted_by(|a, b| a.encode_utf16().lt(b.encode_utf16())));
    // From clauses, notes, comments, prose, remarks and documents.
    for word in ["recognise", "statistics", "collaterals", "misuse", "maker", "hierarchy"] {
        assert!(all.iter().any(|known| known == word), "{word}");
    }
}

/// What a first search fetches at most: the scripts, the directory, and as many parts as one query may ask for.
fn first_use(built: &Built) -> usize {
    let scripts = ["finder-dialog", "results", "search", "spelling"];
    let scripts = scripts.map(|name| built.text(&format!("static/{name}.js")).as_bytes());
    let directory = built.text("search/index.json").as_bytes();
    let fetched: usize = scripts.iter().chain([&directory]).map(|file| compressed(file)).sum();
    fetched + 6 * largest(&parts(built, "names"))
}

#[test]
fn a_first_search_stays_small_on_three_thousand_entries() {
    let built = many(2600, 400).build();
    assert!(json(&built, "search/index.json")["count"].as_u64().unwrap() >= 3000);
    let bytes = first_use(&built);
    assert!(bytes <= 60_000, "{bytes} bytes");
    let shard = largest(&parts(&built, "text"));
    assert!(shard <= 15_000, "a shard of {shard} bytes");
}

#[test]
fn twenty_thousand_entries_keep_the_same_bounds() {
    let index = json(&LARGE, "search/index.json");
    assert!(index["count"].as_u64().unwrap() >= 20_000);
    assert!(index["entries"].is_null());
    assert!(
        first_use(&LARGE) <= 60_000 + compressed(LARGE.text("search/index.json").as_bytes()),
        "{}",
        first_use(&LARGE)
    );
    assert!(largest(&parts(&LARGE, "text")) <= 15_000);
    assert!(largest(&parts(&LARGE, "entries")) <= 15_000);
    // Every entry stands in the numbered parts once, and under its keys.
    let total: usize = parts(&LARGE, "entries")
        .iter()
        .map(|part| serde_json::from_slice::<Value>(part).unwrap())
        .flat_map(|part| {
            part["entries"]
                .as_object()
                .unwrap()
                .values()
                .map(|group| group["name"].as_array().unwrap().len())
                .collect::<Vec<_>>()
        })
        .sum();
    assert_eq!(total as u64, index["count"].as_u64().unwrap());
    let ranges = index["parts"].as_array().unwrap();
    let keys: Vec<&str> =
        ranges.iter().flat_map(|range| [range[0].as_str().unwrap(), range[1].as_str().unwrap()]).collect();
    assert!(keys.is_sorted());
    let key = id_key("1.7.3.2");
    let at = ranges.iter().position(|range| {
        range[0].as_str().unwrap() <= key.as_str() && key.as_str() <= range[1].as_str().unwrap()
    });
    assert!(String::from_utf8_lossy(parts(&LARGE, "names")[at.unwrap()]).contains("\"1.7.3.2\""));
}

/// How many elements a page has, and how large it is compressed.
fn weight(built: &Built, path: &str) -> (usize, usize) {
    let text = built.text(path);
    (Page::parse(path, text).all("*").len(), compressed(text.as_bytes()))
}

#[test]
fn lists_hold_everything_on_pages_that_stay_small() {
    let mut linked: BTreeSet<String> = BTreeSet::new();
    let start = LARGE.page("search/index.html");
    let lists: Vec<String> = start
        .all("#names .links a, #ids .links a")
        .iter()
        .map(|link| link.attr("href").unwrap().to_owned())
        .collect();
    assert!(lists.len() > 60, "{}", lists.len());
    let (elements, bytes) = weight(&LARGE, "search/index.html");
    assert!(elements <= 5000 && bytes <= 40_000, "{elements} elements, {bytes} bytes");
    for list in lists {
        let path = format!("{}index.html", list.trim_start_matches("../"));
        let (elements, bytes) = weight(&LARGE, &path);
        assert!(elements <= 5000 && bytes <= 40_000, "{path}: {elements} elements, {bytes} bytes");
        for link in LARGE.page(&path).all(".entries a") {
            linked.insert(link.attr("href").unwrap().trim_start_matches("../").to_owned());
        }
    }
    let index = json(&LARGE, "search/index.json");
    assert_eq!(linked.len() as u64, index["count"].as_u64().unwrap());
}

#[test]
fn a_small_catalogue_has_its_lists_on_the_search_page() {
    let page = REAL.page("search/index.html");
    let names = page.texts("#names .entries li");
    assert_eq!(names.len(), 121);
    assert!(names.contains(&"Customer Support & Readiness 1.3.1".to_owned()), "{names:?}");
    let ids = page.texts("#ids .entries li");
    assert!(ids.contains(&"1.1.1.22 Customer Support & Readiness 14.5".to_owned()), "{ids:?}");
    assert!(ids.contains(&"1.3.1 Customer Support & Readiness 15.0 – 16.0".to_owned()));
    assert!(page.all("#ids a[href='../certifications/ztesoft-zsmart-7.0/mapping/#s-WF_CIM_006']").len() == 1);
    assert!(page.all(".links").is_empty());
}

#[test]
fn hostile_names_are_texts_like_any_other() {
    let long = "x".repeat(10_000);
    let text = format!(
        "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n[limits]\ntext = 10000\n\
         === content/frameworks/model/framework.toml\nname = \"__proto__\"\nnoun = {{ one = \"constructor\", many = \"constructors\" }}\n[[release]]\nversion = \"toString\"\n\
         === content/frameworks/model/elements/all.toml\n[[element]]\nkey = \"constructor\"\nname = \"</script><b onclick='x'>\"\nlevel = 1\nid = \"__proto__\"\n\
         [[element]]\nkey = \"second\"\nname = \"{long}\"\nlevel = 1\nid = \"hasOwnProperty\"\n\
         === content/pages/proto.md\n+++\ntitle = \"&amp;\"\n+++\n__proto__ constructor valueOf <script>\n"
    );
    let built = Fixture::new(&text).build();
    let index = json(&built, "search/index.json");
    assert_eq!(index["entries"]["element"]["ids"], serde_json::json!(["__proto__", "hasOwnProperty"]));
    assert_eq!(index["entries"]["element"]["name"][0], "</script><b onclick='x'>");
    assert!(!built.text("search/index.json").contains(['<', '>', '&']));
    let shard: Value = serde_json::from_slice(parts(&built, "text")[0]).unwrap();
    let words: Vec<String> = serde_json::from_value(shard["words"].clone()).unwrap();
    assert!(words.contains(&"constructor".to_owned()) && words.contains(&"proto".to_owned()));
    assert!(words.iter().all(|word| word.chars().count() <= 40));
}

#[test]
fn nothing_else_stands_where_the_index_does() {
    let fixture = Fixture::new(
        "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n\
         === content/pages/search/about.md\n+++\ntitle = \"About\"\n+++\nText.\n",
    );
    assert!(fixture.build().codes().is_empty());
    for path in ["content/pages/search/text-7.json", "content/pages/search/index.json"] {
        assert_eq!(fixture.clone().with(path, "{}").build().codes(), ["address-conflict"], "{path}");
    }
    let page = fixture.with("content/pages/search.md", "+++\ntitle = \"Search\"\n+++\nText.\n");
    assert_eq!(page.build().codes(), ["address-conflict"]);
}

#[test]
fn a_theme_without_a_search_has_no_index() {
    let fixture = Fixture::starter().with("themes/default/theme.toml", "search = false\n");
    let built = fixture.build();
    assert!(built.site().iter().all(|(path, _)| !path.as_str().ends_with("search/index.json")));
    assert!(!built.page("search/index.html").all("#names .entries a").is_empty());
}
