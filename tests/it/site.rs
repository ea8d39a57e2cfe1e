//! What is true of every page of every site: links lead somewhere, markup is whole, nothing runs.
//!
//! In come the sites of this repository's catalogue, of the one that `init` writes and of those below `tests/sites`, one of them in both themes, out goes every fault at once.
//! Each is looked at as published at a domain's root and below a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use certalog::html::is_page_id;
use certalog::site_path::SitePath;
use scraper::ElementRef;
use snapbox::str;
use url::Url;

use crate::harness::{Built, Fixture, check_page, repository};
use crate::page::{Page, all, decoded, first, text};

/// The sites that must hold to everything here, with the address of each.
static SITES: LazyLock<Vec<(Url, Built)>> = LazyLock::new(|| {
    let mut sites = Vec::new();
    let other = ["controls", "techniques", "conformance"]
        .map(|name| Fixture::from_disk(&repository().join("tests/sites").join(name)));
    // In the other theme that is compiled in, too.
    let printed = Fixture::from_disk(&repository().join("tests/sites/techniques"));
    let settings = printed.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
    let printed = printed.with("site.toml", format!("theme = \"print\"\n{settings}"));
    let first = [Fixture::of_this_repository(), Fixture::starter(), printed];
    for fixture in first.into_iter().chain(other) {
        for base in ["https://example.org/", "https://example.org/deep/catalogue/"] {
            sites.push((Url::parse(base).unwrap(), fixture.clone().at(base).build()));
        }
    }
    sites
});

/// Gathers the faults of every page of every site.
#[track_caller]
fn check(faults_of: impl Fn(&Page) -> Vec<String>) {
    let mut faults = Vec::new();
    for (base, built) in SITES.iter() {
        for page in built.pages() {
            faults.extend(faults_of(&page).into_iter().map(|fault| format!("{base}{}: {fault}", page.path)));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(30)].join("\n"));
}

/// The address of a page: folders are not named by the file in them.
fn address(base: &Url, path: &str) -> Url {
    let path = if path == "index.html" {
        ""
    } else {
        path.strip_suffix("/index.html").map_or(path, |_| &path[..path.len() - "index.html".len()])
    };
    base.join(path).unwrap()
}

fn ids(page: &Page) -> Vec<String> {
    page.all("[id]").into_iter().map(|element| element.attr("id").unwrap().to_owned()).collect()
}

/// Where an element leads, with the attribute that says so.
fn addresses(page: &Page) -> impl Iterator<Item = (&'static str, &str)> {
    ["href", "src", "action", "data", "poster", "srcset", "formaction"].into_iter().flat_map(|attribute| {
        let elements = page.all(&format!("[{attribute}]")).into_iter();
        elements.map(move |element| (attribute, element.value().attr(attribute).unwrap()))
    })
}

/// What is wrong with one address on a page, if anything.
fn fault(
    base: &Url,
    page: &Page,
    href: &str,
    ids: &BTreeMap<String, BTreeSet<String>>,
    files: &BTreeSet<&str>,
) -> Option<String> {
    let is_whole = Url::parse(href).is_ok();
    let Ok(url) = address(base, &page.path).join(href) else {
        return Some(format!("`{href}` is no address"));
    };
    if !["https", "http", "mailto"].contains(&url.scheme()) {
        return Some(format!("`{href}` has the scheme {}", url.scheme()));
    }
    let Some(inside) = url.as_str().strip_prefix(base.as_str()) else {
        return (!is_whole).then(|| format!("`{href}` leads out of the site"));
    };
    let path = inside.split(['?', '#']).next().unwrap();
    let mut file = decoded(path);
    if file.is_empty() || file.ends_with('/') {
        file.push_str("index.html");
    }
    if !files.contains(file.as_str()) {
        return Some(format!("`{href}` leads to {file}, which is not there"));
    }
    let fragment = decoded(url.fragment()?);
    let is_there = ids.get(&file).is_some_and(|ids| ids.contains(&fragment));
    (!is_there).then(|| format!("`{href}`: {file} has no `{fragment}`"))
}

#[test]
fn every_link_leads_somewhere() {
    let mut faults = Vec::new();
    for (base, built) in SITES.iter() {
        let pages = built.pages();
        let ids: BTreeMap<_, BTreeSet<_>> =
            pages.iter().map(|page| (page.path.clone(), self::ids(page).into_iter().collect())).collect();
        let files: BTreeSet<_> = built.site().iter().map(|(path, _)| path.as_str()).collect();
        let mut count = 0;
        for page in &pages {
            for (_, href) in addresses(page) {
                count += 1;
                faults.extend(
                    fault(base, page, href, &ids, &files)
                        .map(|fault| format!("{base}{}: {fault}", page.path)),
                );
            }
        }
        assert!(count > 100, "{count} addresses");
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(30)].join("\n"));
}

#[test]
fn links_within_the_site_are_relative_except_where_no_one_knows_the_depth() {
    for (base, built) in SITES.iter() {
        for page in built.pages() {
            for (_, href) in addresses(&page).filter(|(_, href)| Url::parse(href).is_err()) {
                let is_rooted = href.starts_with(base.path());
                match page.path.as_str() {
                    "404.html" => assert!(is_rooted || href.starts_with('#'), "{base}404.html: {href}"),
                    path => assert!(!href.starts_with('/'), "{base}{path}: {href}"),
                }
            }
        }
    }
}

#[test]
fn every_page_states_its_own_address() {
    for (base, built) in SITES.iter() {
        for page in built.pages() {
            let canonical = page.all("link[rel=canonical]");
            if page.path == "404.html" {
                assert!(canonical.is_empty() && !page.all("meta[name=robots][content=noindex]").is_empty());
                continue;
            }
            // What stands in a frame is a part of the certification's page.
            if let Some(shown) = page.path.strip_suffix("embed/index.html") {
                let page_of = base.join(shown).unwrap();
                assert_eq!(page.one("link[rel=canonical]").attr("href"), Some(page_of.as_str()));
                assert!(!page.all("meta[name=robots][content=noindex]").is_empty());
                continue;
            }
            let own = address(base, &page.path);
            assert_eq!(page.one("link[rel=canonical]").attr("href"), Some(own.as_str()));
            assert_eq!(page.one("meta[property='og:url']").attr("content"), Some(own.as_str()));
        }
    }
}

#[test]
fn the_markup_needs_no_mending() {
    check(Page::mistakes);
}

#[test]
fn no_id_is_used_twice() {
    check(|page| {
        let mut seen = BTreeSet::new();
        let twice = ids(page).into_iter().filter(|id| !seen.insert(id.clone()));
        twice.map(|id| format!("`{id}` twice")).collect()
    });
}

#[test]
fn ids_of_the_page_are_out_of_reach_for_records() {
    check(|page| {
        // Elsewhere no heading of a text and no element's own id stands beside them.
        if page.all(".prose, .tree").is_empty() {
            return Vec::new();
        }
        let own = page.all("main [id]").into_iter().filter(|element| {
            let is_of_a_record = |element: ElementRef<'_>| {
                element.value().classes().any(|class| class == "prose" || class == "tree")
                    || element.value().name() == "tr"
            };
            let around = element.ancestors().filter_map(ElementRef::wrap).any(is_of_a_record);
            !around && element.value().name() != "tr"
        });
        let ids = own.filter_map(|element| element.attr("id")).filter(|id| !is_page_id(id));
        ids.map(|id| format!("`{id}` is not among the ids of `html::is_page_id`")).collect()
    });
}

#[test]
fn headings_start_with_one_title_and_skip_no_level() {
    check(|page| {
        let headings = page.all("h1, h2, h3, h4, h5, h6");
        let level = |heading: &ElementRef<'_>| heading.value().name()[1..].parse::<u8>().unwrap();
        let levels: Vec<u8> = headings.iter().map(level).collect();
        let mut faults = Vec::new();
        if levels.first() != Some(&1) || levels[1..].contains(&1) {
            faults.push(format!("headings of the levels {levels:?}"));
        }
        let deeper = levels.windows(2).zip(&headings[1..]).filter(|(pair, _)| pair[1] > pair[0] + 1);
        faults.extend(deeper.map(|(_, heading)| format!("“{}” skips a level", text(*heading))));
        let empty = headings.iter().filter(|heading| text(**heading).is_empty());
        faults.extend(empty.map(|_| "an empty heading".to_owned()));
        faults
    });
}

#[test]
fn every_table_says_what_it_is_and_what_its_cells_mean() {
    check(|page| {
        let mut faults = Vec::new();
        for table in page.all("table") {
            let caption = table.child_elements().next().filter(|child| child.value().name() == "caption");
            // A table right below its heading may be named by it.
            let named_by = table.attr("aria-labelledby").map(|id| page.one(&format!("[id='{id}']")));
            let name = caption.or(named_by).map(text).unwrap_or_default();
            if name.is_empty() {
                faults.push(format!(
                    "a table without a caption: {}",
                    table.html().chars().take(80).collect::<String>()
                ));
            }
            let unscoped = all(table, "th:not([scope])").into_iter().map(text);
            faults.extend(unscoped.map(|head| format!("“{name}”: the head “{head}” has no scope")));
            faults.extend(uneven(table).map(|fault| format!("“{name}”: {fault}")));
            if first(table, "tbody tr").is_none() {
                faults.push(format!("“{name}” has no row"));
            }
        }
        faults
    });
}

/// A row that is wider or narrower than the head.
fn uneven(table: ElementRef<'_>) -> Option<String> {
    let width = |row: ElementRef<'_>| -> usize {
        all(row, "th, td")
            .iter()
            .map(|cell| cell.attr("colspan").map_or(1, |span| span.parse().unwrap()))
            .sum()
    };
    // A table of a text has its head without `thead` where Markdown gives none.
    let columns = width(first(table, "tr")?);
    let row = all(table, "tr").into_iter().find(|row| width(*row) != columns)?;
    Some(format!("{} columns, and {} in the row “{}”", columns, width(row), text(row)))
}

#[test]
fn names_that_elements_refer_to_are_there() {
    check(|page| {
        let ids: BTreeSet<_> = ids(page).into_iter().collect();
        let mut faults = Vec::new();
        for attribute in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
            for element in page.all(&format!("[{attribute}]")) {
                let names = element.attr(attribute).unwrap().split_whitespace();
                faults.extend(
                    names
                        .filter(|name| !ids.contains(*name))
                        .map(|name| format!("{attribute} names `{name}`")),
                );
            }
        }
        faults.extend(page.all("img:not([alt])").into_iter().map(|picture| picture.html()));
        let unnamed = page.all("a").into_iter().filter(|link| {
            text(*link).is_empty()
                && link.attr("aria-label").is_none()
                && first(*link, "img[alt]").is_none()
                && first(*link, ".hidden").is_none()
        });
        faults.extend(unnamed.map(|link| format!("a link without words: {}", link.html())));
        faults
    });
}

#[test]
fn no_script_and_no_style_stands_in_a_page() {
    check(|page| {
        let mut faults = Vec::new();
        for element in page.all("*") {
            let name = element.value().name();
            if ["style", "iframe", "object", "embed", "base"].contains(&name) {
                faults.push(format!("<{name}>"));
            }
            // A script is a file of the site, so that no text of a record can ever stand in one. A data block is no script: its type is
            // one that no browser runs, and it is JSON in which nothing could end it.
            if name == "script" && element.attr("type") == Some("application/ld+json") {
                let text: String = element.text().collect();
                let is_data =
                    serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|data| data.is_object());
                if element.value().attrs().count() != 1 || !is_data || text.contains(['<', '>', '&']) {
                    faults.push(format!("a data block that is more than data: {text}"));
                }
            } else if name == "script" && (element.attr("src").is_none() || !element.inner_html().is_empty())
            {
                faults.push("a script in the page".to_owned());
            }
            if name == "form"
                && !element.attr("method").is_none_or(|method| method.eq_ignore_ascii_case("get"))
            {
                faults.push("a form that sends".to_owned());
            }
            for (attribute, _) in element.value().attrs() {
                if attribute.starts_with("on") || attribute == "style" || attribute == "srcdoc" {
                    faults.push(format!("{attribute} on <{name}>"));
                }
            }
        }
        faults
    });
}

/// The narrowest policy that the pages can live with: what is not named falls under `default-src`, or stands here because it does not.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'";

/// Narrower still: what stands in frames of other sites runs nothing, asks for nothing and sends nothing.
const POLICY_IN_FRAMES: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'";

/// Whether a page is made for frames of other sites.
fn is_framed(page: &Page) -> bool {
    page.path.ends_with("/embed/index.html")
}

/// What is wrong with the policy of a page.
fn policy_faults(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let policies: Vec<_> = page.all("meta[http-equiv=Content-Security-Policy]");
    let said: Vec<_> = policies.iter().filter_map(|policy| policy.attr("content")).collect();
    if said != [if is_framed(page) { POLICY_IN_FRAMES } else { POLICY }] {
        faults.push(format!("the policy is {said:?}"));
    }
    // A policy holds for what comes after it, and in the head alone.
    let before: Vec<&str> = page.all("head > *").iter().map(|element| element.value().name()).collect();
    let first_loaded = before.iter().position(|name| ["script", "link", "img", "style"].contains(name));
    let at = page
        .all("head > *")
        .iter()
        .position(|element| element.attr("http-equiv") == Some("Content-Security-Policy"));
    if at.is_none() || first_loaded.is_some_and(|loaded| at > Some(loaded)) {
        faults.push(format!("the policy stands behind what it should hold for: {before:?}"));
    }
    let others = page
        .all("meta[http-equiv]")
        .into_iter()
        .filter(|meta| meta.attr("http-equiv") != Some("Content-Security-Policy"));
    for other in others {
        let target = other.attr("content").and_then(|content| content.strip_prefix("0; url="));
        let is_inside = target.is_some_and(|target| Url::parse(target).is_err() && !target.starts_with('/'));
        if other.attr("http-equiv") != Some("refresh") || !is_inside {
            faults.push(other.html());
        }
    }
    faults
}

#[test]
fn every_page_has_the_strict_policy_before_anything_is_loaded() {
    check(policy_faults);
    let moved = Fixture::starter().edit(
        "content/certifications/example-care-desk-3.2/certification.md",
        "organization = ",
        "aliases = [\"old/address/\"]\norganization = ",
    );
    let built = moved.build();
    let redirect = built.page("old/address/index.html");
    assert_eq!(policy_faults(&redirect), [""; 0]);
    assert_eq!(redirect.all("meta[http-equiv=refresh]").len(), 1, "a page that leads on is among them");
}

#[test]
fn a_page_without_the_policy_is_found() {
    let built = Fixture::starter().build();
    let page = built.text("index.html");
    let line = page.lines().find(|line| line.contains("Content-Security-Policy")).unwrap();
    for changed in [
        page.replace(line, ""),
        page.replace("'none'; style-src", "'self'; style-src"),
        page.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        page.replace(line, "").replace("</head>", &format!("{line}</head>")),
        page.replace(
            "<title>",
            "<meta http-equiv=\"refresh\" content=\"0; url=https://evil.example/\"><title>",
        ),
    ] {
        assert!(!policy_faults(&Page::parse("index.html", &changed)).is_empty());
    }
}

#[test]
fn scripts_build_nodes_and_no_markup() {
    // What turns a text into markup, a script or a style; whoever needs one of them finds another way.
    const SINKS: [&str; 17] = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "srcdoc",
        "createContextualFragment",
        "setHTMLUnsafe",
        "cssText",
        "javascript:",
        "importScripts",
        "WebAssembly",
        ".style.",
        "setAttribute(\"style",
        "setAttribute(\"on",
        "import(\"http",
    ];
    let mut looked_at = 0;
    for folder in ["themes/default/static", "src/serve/tools"] {
        for path in crate::harness::files_below(folder)
            .into_iter()
            .filter(|path| path.extension().is_some_and(|ending| ending == "js"))
        {
            let text = std::fs::read_to_string(&path).unwrap();
            let found: Vec<_> = SINKS.into_iter().filter(|sink| text.contains(sink)).collect();
            assert_eq!(found, [""; 0], "{}", path.display());
            looked_at += 1;
        }
    }
    assert!(looked_at > 10);
}

#[test]
fn every_page_has_its_frame() {
    check(|page| {
        let mut faults = Vec::new();
        let own = ["body > header", "body > footer", "a.skip[href='#main']"];
        // What stands in a frame of another site is what is seen there, and nothing around it.
        let own = if is_framed(page) { &own[..0] } else { &own[..] };
        let all = [
            "html[lang]",
            "head > title",
            "meta[charset=utf-8]",
            "meta[http-equiv=Content-Security-Policy]",
            "main#main",
        ];
        for needed in all.iter().chain(own) {
            if page.all(needed).len() != 1 {
                faults.push(format!("{} times {needed}", page.all(needed).len()));
            }
        }
        let title = page.texts("head > title").concat();
        if title.trim().len() < 5 || title.starts_with('–') {
            faults.push(format!("the title “{title}”"));
        }
        faults
    });
}

#[test]
fn no_two_files_have_names_that_fold_together() {
    for (_, built) in SITES.iter() {
        let mut seen = BTreeMap::new();
        for (path, _) in built.site().iter() {
            let path: &SitePath = path;
            assert_eq!(seen.insert(path.folded(), path.as_str()), None, "{path:?}");
        }
    }
}

#[test]
fn the_addresses_that_other_sites_link_to_are_there() {
    let built = Fixture::of_this_repository().build();
    for path in [
        "index.html",
        "404.html",
        "certifications/index.html",
        "certifications/ztesoft-zsmart-7.0/index.html",
        "certifications/asteros-business-contact-telecom/index.html",
        "certifications/huawei-digital-crm-r2.1/index.html",
        "frameworks/index.html",
        "frameworks/etom/index.html",
        "frameworks/etom/8.0/index.html",
        "frameworks/etom/12.0/index.html",
        "frameworks/etom/16.0/index.html",
        "frameworks/etom/16.0/changes/index.html",
        "frameworks/etom/process/customer-support-readiness/index.html",
        "organizations/index.html",
        "organizations/huawei/index.html",
        "notices/report-misuse/index.html",
        "about/index.html",
        "checks/index.html",
        "static/site.css",
    ] {
        let bytes = built.site().get(&SitePath::new(path).unwrap());
        assert!(bytes.is_some_and(|bytes| !bytes.is_empty()), "{path}");
    }
}

#[test]
fn a_notice_is_a_page() {
    check_page(
        "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n\
         === content/notices/misuse.md\n+++\ntitle = \"Report misuse\"\n+++\nTell us & *the publisher*.\n",
        "notices/misuse/index.html",
        str![[r#"
<main id="main" tabindex="-1">
<h1><bdi>Report misuse</bdi></h1>
<div class="prose">
<p>Tell us &amp; <em>the publisher</em>.</p>
</div>
</main>

"#]],
    );
}
