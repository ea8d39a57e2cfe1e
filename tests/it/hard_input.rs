//! Input that is odd, hostile, empty or huge: each gets a site or a report, and nothing from it runs.
//!
//! In come catalogues as strangers and old editors make them, out goes what a reader then finds on the pages.
//! Everything that can be is done in memory; what only a disk can do is done in a folder of its own.

mod addresses;
pub(crate) mod canaries;
mod on_disk;

use snapbox::str;
use unicode_normalization::UnicodeNormalization as _;

use crate::harness::{Built, Fixture, check_report, quoted};
use crate::page::{decoded, text};

const CERTIFICATION: &str = "content/certifications/example-care-desk-3.2/certification.md";
const ORGANIZATION: &str = "content/organizations/example-networks.toml";

#[test]
fn an_empty_catalogue_is_a_site() {
    let built =
        Fixture::new("=== site.toml\ntitle = \"Empty\"\nbase_url = \"https://example.org/\"\n").build();
    assert_eq!(built.report(), "");
    for page in
        ["index.html", "certifications/index.html", "frameworks/index.html", "checks/index.html", "404.html"]
    {
        assert_eq!(built.page(page).all("h1").len(), 1, "{page}");
    }
}

#[test]
fn no_catalogue_at_all_is_told() {
    check_report(
        "=== content/index.md\n+++\ntitle = \"Home\"\n+++\n",
        str![[r#"
content/index.md:1:1: error[missing-file]: the catalogue has no `site.toml`
1 error in 1 file

"#]],
    );
}

#[test]
fn one_record_of_each_kind_is_a_site() {
    let site = "=== site.toml\ntitle = \"One\"\nbase_url = \"https://example.org/\"\n";
    for record in [
        "=== content/organizations/example.toml\nname = \"Example Telecom\"\n",
        "=== content/frameworks/fw/framework.toml\nname = \"Framework\"\n[[release]]\nversion = \"1\"\n",
        "=== content/pages/about.md\n+++\ntitle = \"About\"\n+++\n",
        "=== content/notices/note.md\n+++\ntitle = \"Note\"\n+++\nText.\n",
        "=== content/index.md\n+++\ntitle = \"Home\"\n+++\nText.\n",
    ] {
        let built = Fixture::new(&format!("{site}{record}")).build();
        assert_eq!(built.report(), "", "{record}");
        assert!(built.site().len() > 5);
    }
}

/// The starting catalogue with one more element, of this id and name.
fn with_element(id: &str, name: &str) -> Built {
    let element =
        format!("name = {}\nid = {}\nlevel = 2\nparent = \"customer-care\"\n", quoted(name), quoted(id));
    let row = format!("[[result]]\nelement = {}\nscore = 4\n", quoted(id));
    let fixture = Fixture::starter();
    let text = fixture.texts().find(|(path, _)| *path == CERTIFICATION).unwrap().1.to_owned();
    let (front, body) = text.trim_start_matches("+++\n").split_once("\n+++\n").unwrap();
    fixture
        .with("content/frameworks/service-map/elements/customer/odd.toml", element)
        .with(CERTIFICATION, format!("+++\n{front}\n\n{row}+++\n{body}"))
        .build()
}

#[test]
fn ids_may_be_any_text() {
    for id in [
        "N/A",
        "1．2．3",
        "１２",
        "a b",
        "a\"b",
        "it's",
        "#",
        "50%",
        "%41",
        "<b>",
        "&amp;",
        "a?b",
        "../..",
        "..",
        "C:\\x",
        "é",
        "e\u{301}",
        "工程-1",
        "مرحلة",
        "__proto__",
        "constructor",
        "1.2.3 (see note)",
        "main",
        "p-1.1",
        "]]>",
        "{{ 7*7 }}",
        "-",
        "0",
        "content",
    ] {
        let built = with_element(id, "Odd One");
        let release = built.page("frameworks/service-map/2.0/index.html");
        let mut items = release.all("ul.tree li").into_iter();
        let item = items.rfind(|item| text(*item).contains("Odd One")).unwrap();
        let id = id.nfc().collect::<String>();
        let id = id.as_str();
        assert!(text(item).starts_with(id), "`{id}` is shown as “{}”", text(item));
        let page = built.page("certifications/example-care-desk-3.2/index.html");
        let row = page
            .table("results")
            .unwrap()
            .rows()
            .into_iter()
            .find(|row| row.text("Process").contains("Odd One"));
        let row = row.unwrap_or_else(|| panic!("no row for `{id}`"));
        assert!(row.text("Process").starts_with(id), "`{id}` is shown as “{}”", row.text("Process"));
        // The links to the row and to the place in the tree find it.
        let process = built.page("frameworks/service-map/process/odd/index.html");
        let hrefs = process.all("main a").into_iter().filter_map(|link| link.attr("href"));
        let fragments: Vec<_> = hrefs.filter_map(|href| href.split_once('#')).collect();
        for (path, fragment) in fragments {
            let target = match path {
                "" => &process,
                path if path.contains("/certifications/") => &page,
                path if path.contains("/2.0/") => &release,
                _ => continue,
            };
            let fragment = decoded(fragment);
            let is_there = target.all("[id]").iter().any(|element| element.attr("id") == Some(&fragment));
            assert!(is_there, "`{id}`: {path} has no `{fragment}`");
        }
    }
}

#[test]
fn the_anchor_of_a_row_is_never_another_part_of_the_page() {
    for id in
        ["main", "results", "contents", "notices", "certifications", "domain-customer", "1.1-2", "x-caption"]
    {
        let built = with_element(id, "Odd One");
        for page in built.pages() {
            let ids: Vec<_> =
                page.all("[id]").iter().map(|element| element.attr("id").unwrap().to_owned()).collect();
            let mut distinct = ids.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), ids.len(), "`{id}` on {}", page.path);
        }
    }
}

#[test]
fn names_in_any_script_arrive_unharmed() {
    for name in [
        "Πάροχος Παράδειγμα",
        "Оператор «Пример»",
        "דוגמה תקשורת",
        "مثال للاتصالات (v2)",
        "उदाहरण दूरसंचार",
        "ตัวอย่างโทรคมนาคม",
        "示例电信",
        "例の通信株式会社",
        "예시 텔레콤",
        "ຕົວຢ່າງ",
        "მაგალითი",
        "Օրինակ",
        "Ejemplo Telefónica ñ",
        "🙂 Telecom",
        "Z̪̑ͫ̓̂Ạ̴̰",
    ] {
        let built = Fixture::starter().with(ORGANIZATION, format!("name = {}\n", quoted(name))).build();
        let page = built.page("organizations/example-networks/index.html");
        assert_eq!(page.texts("h1 bdi"), [name], "{name}");
        for path in [
            "organizations/index.html",
            "certifications/index.html",
            "certifications/example-care-desk-3.2/index.html",
        ] {
            let page = built.page(path);
            let is_there = page.all("bdi").into_iter().any(|element| text(element) == name);
            assert!(is_there || name.is_ascii(), "{name} on {path}");
        }
    }
}

#[test]
fn long_names_arrive_whole() {
    let long = "Example".repeat(43);
    let fixture = Fixture::starter().with(ORGANIZATION, format!("name = {}\n", quoted(&long)));
    assert_eq!(fixture.build().codes(), ["value-too-long"]);
    let site = fixture.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
    let built = fixture.with("site.toml", format!("{site}\n[limits]\ntext = 400\n")).build();
    assert_eq!(built.page("organizations/example-networks/index.html").texts("h1"), [long.as_str()]);
    let words = "process of the customer domain ".repeat(6).trim().to_owned();
    let built = with_element("1.9", &words);
    assert_eq!(
        built.page("frameworks/service-map/process/odd/index.html").texts("h1"),
        [format!("1.9 {words}")]
    );
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let fixture = Fixture::starter();
    let expected = fixture.build();
    let mut other = fixture.clone();
    for (path, text) in fixture.texts() {
        other = other.with(path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    let built = other.build();
    assert_eq!(built.report(), "");
    for (path, bytes) in expected.site().iter() {
        let same = built.site().get(path).unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n", "\n");
        assert_eq!(text(same), text(bytes), "{path:?}");
    }
}

#[test]
fn words_of_a_programming_language_are_ids_like_others() {
    // An underscore is no character of an id; `constructor` is one like any other.
    let built = Fixture::starter()
        .with("content/organizations/constructor.toml", "name = \"Constructor\"\n")
        .with("content/pages/tostring.md", "+++\ntitle = \"prototype\"\n+++\n[[constructor]]\n")
        .build();
    assert_eq!(built.report(), "");
    assert_eq!(built.page("organizations/constructor/index.html").texts("h1"), ["Constructor"]);
    let built = Fixture::starter().with("content/organizations/__proto__.toml", "name = \"Proto\"\n").build();
    assert_eq!(built.codes(), ["invalid-id"]);
    let built =
        Fixture::starter().edit(ORGANIZATION, "name =", "__proto__ = \"x\"\nconstructor = 1\nname =").build();
    assert_eq!(built.codes(), ["unknown-key"]);
}
