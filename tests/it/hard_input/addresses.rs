//! Addresses that lead where none of a record may lead: in every key that takes one, and in every form of a text.
//!
//! In come the addresses of `tests/hostile`, out goes the first that is not refused, or that is one on a page.
//! What is no address to Markdown is a text there, and is looked at on the page that a build makes of it.

use std::sync::LazyLock;

use certalog::diagnostic::Code;
use url::Url;

use crate::harness::{Built, Fixture, quoted};

static ADDRESSES: LazyLock<Vec<String>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../hostile/addresses.json")).unwrap());

/// A catalogue in which `@` stands for an address, in every key that takes one.
const KEYS: &str = r#"=== site.toml
title = "Test"
base_url = "https://example.org/"
repository = "@"
publisher = { name = "Publisher", url = "@" }
[[navigation]]
title = "Elsewhere"
url = "@"
=== content/frameworks/fw/framework.toml
name = "Framework"
url = "@"
[[release]]
version = "1"
url = "@"
=== content/frameworks/fw/elements/first.toml
name = "First"
[[history]]
release = "1"
change = "addition"
id = "1"
url = "@"
=== content/organizations/example.toml
name = "Example"
url = "@"
=== content/certifications/crm/certification.toml
organization = "example"
product = "Product"
framework = "fw"
release = "1"
url = "@"
[[document]]
role = "report"
title = "Report"
url = "@"
[[result]]
element = "1"
outcome = "not-submitted"
evidence = [{ title = "Log", url = "@" }]
=== content/certifications/crm/mapping.toml
[[work]]
title = "Work"
url = "@"
"#;

/// A page for each form in which a text can give an address.
fn pages(address: &str) -> [(&'static str, String); 6] {
    let page = |body: String| format!("+++\ntitle = \"Page\"\n+++\n{body}\n");
    [
        ("content/pages/inline.md", page(format!("[words](<{address}>)"))),
        ("content/pages/bare.md", page(format!("[words]({address})"))),
        ("content/pages/reference.md", page(format!("[words][x]\n\n[x]: <{address}>"))),
        ("content/pages/autolink.md", page(format!("<{address}>"))),
        ("content/pages/picture.md", page(format!("![words](<{address}>)"))),
        ("content/pages/raw.md", page(format!("<a href=\"{address}\">words</a> <img src=\"{address}\">"))),
    ]
}

/// The files in which an address is refused.
fn refused(built: &Built) -> Vec<&str> {
    let found = built.build.diagnostics.iter().map(|one| &one.diagnostic);
    let refused = found
        .filter(|one| matches!(one.code, Code::ForbiddenAddress | Code::InvalidToml | Code::InvalidValue));
    refused.map(|one| built.sources.path(one.place.file)).collect()
}

#[test]
fn no_key_takes_an_address_that_leads_astray() {
    let count = KEYS.matches('@').count();
    assert_eq!(count, 11);
    for address in ADDRESSES.iter() {
        let text = quoted(address);
        let built = Fixture::new(&KEYS.replace('@', &text[1..text.len() - 1])).build();
        assert_eq!(refused(&built).len(), count, "{address:?}: {}", built.short_report());
        assert!(built.build.site.is_empty());
    }
    let fine = Fixture::new(&KEYS.replace('@', "https://example.org/")).build();
    assert_eq!(refused(&fine), [""; 0], "{}", fine.short_report());
}

#[test]
fn no_form_of_a_text_leads_astray() {
    let site = Fixture::new("=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n");
    let (mut refusals, mut shown) = (0, 0);
    for address in ADDRESSES.iter() {
        let all = pages(address);
        let whole = all.iter().fold(site.clone(), |fixture, (path, text)| fixture.with(path, text)).build();
        let bad = refused(&whole);
        refusals += all.iter().filter(|(path, _)| bad.contains(path)).count();
        // What is no link at all to Markdown is text: the pages without an error are built and looked at.
        let left = all.iter().filter(|(path, _)| {
            !whole.build.diagnostics.iter().any(|one| {
                one.severity == certalog::diagnostic::Severity::Error
                    && whole.sources.path(one.diagnostic.place.file) == *path
            })
        });
        let built = left.fold(site.clone(), |fixture, (path, text)| fixture.with(path, text)).build();
        for page in built.pages().iter().filter(|page| !page.all(".prose").is_empty()) {
            shown += 1;
            for element in page.all(".prose [href], .prose [src]") {
                let to = element.attr("href").or(element.attr("src")).unwrap();
                let is_fine = match Url::parse(to) {
                    Ok(url) => {
                        ["https", "http", "mailto"].contains(&url.scheme()) && !to.contains("canary.invalid")
                    }
                    Err(_) => !to.starts_with(['/', '\\']) && !to.contains(':'),
                };
                assert!(is_fine, "{address:?} on {}: {to}", page.path);
            }
        }
    }
    assert!(refusals > 200 && shown > 70, "{refusals} pages are refused, {shown} are shown");
}
