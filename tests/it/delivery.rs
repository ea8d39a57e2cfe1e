//! `build --host`: the site as hosts take it.
//!
//! In come catalogues and hosts, out goes what each site has more than a plain one, and that every page says the same.
//! What nginx makes of it is looked at by `tests/hosts/nginx.py`, with the real program.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use base64::Engine as _;
use certalog::digest::digest;
use certalog::host::{Host, Prepared, caching, prepare};
use certalog::site_path::SitePath;
use snapbox::{IntoData as _, assert_data_eq, str};

use crate::harness::{Built, Fixture};
use crate::page::Page;

const HOSTS: [Host; 6] = Host::ALL;

fn starter() -> Built {
    let about = "+++\ntitle = \"About\"\naliases = [\"once/was/\", \"old.html\"]\n+++\nText.\n";
    Fixture::starter().with("content/pages/about.md", about).build()
}

/// The files of a site by their paths.
fn files(prepared: &Prepared) -> BTreeMap<String, Vec<u8>> {
    let files = prepared.site.iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec()));
    files.collect()
}

fn text<'f>(files: &'f BTreeMap<String, Vec<u8>>, path: &str) -> &'f str {
    std::str::from_utf8(files.get(path).unwrap_or_else(|| panic!("no {path}"))).unwrap()
}

/// The files of one kind.
fn with_ending<'f>(
    files: &'f BTreeMap<String, Vec<u8>>,
    ending: &'f str,
) -> impl Iterator<Item = (&'f String, &'f Vec<u8>)> {
    files.iter().filter(move |(path, _)| path.rsplit_once('.').is_some_and(|(_, found)| found == ending))
}

/// The folder with the lasting names.
fn folder(files: &BTreeMap<String, Vec<u8>>) -> String {
    let folders = files.keys().filter_map(|path| path.strip_prefix("static/")?.split_once('/'));
    let folders: BTreeSet<&str> = folders.map(|(folder, _)| folder).collect();
    let [folder] = folders.into_iter().collect::<Vec<_>>()[..] else { panic!("not one folder") };
    format!("static/{folder}/")
}

#[test]
fn each_host_gets_what_it_reads_and_nothing_else() {
    let built = starter();
    let plain: BTreeSet<String> = built
        .site()
        .iter()
        .map(|(path, _)| path.as_str().to_owned())
        .filter(|path| path != "_redirects")
        .collect();
    for host in HOSTS {
        let prepared = prepare(&built.build, host);
        let files = files(&prepared);
        let folder = folder(&files);
        let more: BTreeSet<&str> = files
            .keys()
            .filter(|path| !plain.contains(*path) && !path.starts_with(&folder))
            .map(String::as_str)
            .collect();
        let (zipped, own): (Vec<&str>, Vec<&str>) = more
            .into_iter()
            .partition(|path| path.strip_suffix(".gz").is_some_and(|path| plain.contains(path)));
        let (expected, settings) = match host {
            Host::GitHub => (&[".nojekyll"][..], None),
            Host::GitLab => (&["_redirects"][..], None),
            Host::Netlify | Host::Cloudflare => (&["_headers", "_redirects"][..], None),
            Host::S3 => (&[][..], None),
            Host::Nginx => (&[][..], Some("nginx.conf")),
        };
        assert_eq!(own, expected, "{host:?}");
        assert_eq!(prepared.settings.as_ref().map(|(name, _)| *name), settings, "{host:?}");
        assert_eq!(zipped.is_empty(), !matches!(host, Host::GitLab | Host::Nginx), "{host:?}");
        assert!(plain.iter().all(|path| files.contains_key(path)), "{host:?} lacks a file");
        assert_eq!(prepared.warnings(), [""; 0], "{host:?}");
    }
}

/// What differs between a page and the same page for a host, line by line.
fn changed<'p>(plain: &'p str, page: &'p str) -> Vec<(&'p str, &'p str)> {
    assert_eq!(plain.lines().count(), page.lines().count());
    plain.lines().zip(page.lines()).filter(|(one, other)| one != other).collect()
}

#[test]
fn pages_differ_in_the_names_of_static_files_alone() {
    let built = starter();
    let files = files(&prepare(&built.build, Host::GitHub));
    let folder = folder(&files);
    let mut names = 0;
    for (path, plain) in built.pages_as_text() {
        let page = text(&files, path);
        for (one, other) in changed(plain, page) {
            names += other.matches(folder.as_str()).count();
            let mut back = other.replace(&folder, "static/");
            while let Some(at) = back.find(" integrity=\"") {
                let end = at + " integrity=\"".len();
                let end = end + back[end..].find('"').unwrap() + 1;
                back.replace_range(at..end, "");
            }
            assert_eq!(one, back, "{path}");
        }
        assert!(!page.contains("static/site.css") && page.contains(&format!("{folder}site.css")), "{path}");
    }
    assert!(names > 100, "{names}");
}

#[test]
fn what_a_page_runs_has_the_bytes_that_the_page_asks_for() {
    let built = starter();
    let files = files(&prepare(&built.build, Host::Nginx));
    let mut seen = 0;
    for (path, bytes) in with_ending(&files, "html") {
        let page = Page::parse(path, std::str::from_utf8(bytes).unwrap());
        for element in page.all("script:not([type=\"application/ld+json\"]), link[rel=stylesheet]") {
            let attribute = |name: &str| element.value().attr(name);
            let address = attribute("src").or(attribute("href")).unwrap();
            let at = address.find("static/").unwrap();
            let code = &files[&address[at..]];
            let digest = base64::engine::general_purpose::STANDARD.encode(digest(code));
            assert_eq!(
                attribute("integrity"),
                Some(format!("sha256-{digest}").as_str()),
                "{path}: {address}"
            );
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn a_lasting_name_is_of_its_bytes() {
    let one = files(&prepare(&Fixture::starter().build().build, Host::GitHub));
    let other = Fixture::starter().with("themes/default/static/finder.js", "// another\n").build();
    let other = files(&prepare(&other.build, Host::GitHub));
    assert_ne!(folder(&one), folder(&other));
    let again =
        files(&prepare(&Fixture::starter().at("https://example.org/elsewhere/").build().build, Host::S3));
    assert_eq!(folder(&one), folder(&again));
    // A script of the folder finds the others by their relative names: all of them are there.
    for (path, bytes) in &one {
        let Some(name) = path.strip_prefix("static/").filter(|name| !name.contains('/')) else { continue };
        assert_eq!(one.get(&format!("{}{name}", folder(&one))), Some(bytes), "{path}");
    }
}

#[test]
fn compressed_forms_are_of_the_file_beside_them_and_have_no_time() {
    let built = Fixture::of_this_repository().build();
    let files = files(&prepare(&built.build, Host::Nginx));
    let mut count = 0;
    for (path, bytes) in with_ending(&files, "gz") {
        let plain = &files[path.strip_suffix(".gz").unwrap()];
        let mut found = Vec::new();
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut found).unwrap();
        assert!(found == *plain, "{path}");
        assert!(bytes.len() < plain.len(), "{path}");
        // no name, no time, no system
        assert_eq!((bytes[3], &bytes[4..8], bytes[9]), (0, &[0; 4][..], 255), "{path}");
        count += 1;
    }
    assert!(count > 150, "{count}");
}

#[test]
fn a_file_that_has_the_name_of_a_compressed_form_stays_what_it_is() {
    let built = Fixture::starter().with("themes/default/static/site.css.gz", "mine").build();
    let files = files(&prepare(&built.build, Host::Nginx));
    for path in ["static/site.css.gz".to_owned(), format!("{}site.css.gz", folder(&files))] {
        assert_eq!(text(&files, &path), "mine");
    }
    assert!(files.contains_key("static/search.js.gz"));
}

#[test]
fn only_lasting_names_are_kept_without_asking() {
    for (path, expected) in [
        ("static/0123456789abcdef/site.css", "public, max-age=31536000, immutable"),
        ("static/site.css", "no-cache"),
        ("static/0123456789abcdeF/site.css", "no-cache"),
        ("static/0123456789abcde/site.css", "no-cache"),
        ("x/static/0123456789abcdef/site.css", "no-cache"),
        ("static/0123456789abcdef", "no-cache"),
        ("index.html", "no-cache"),
        ("certifications/one/report.pdf", "no-cache"),
    ] {
        assert_eq!(caching(path).value(), expected, "{path}");
    }
}

#[test]
fn the_headers_are_those_of_the_table() {
    let files = files(&prepare(&starter().build, Host::Netlify));
    let headers = text(&files, "_headers").replace(&folder(&files), "static/[digest]/");
    assert_data_eq!(headers, str![[r#"
/catalogue/*
  Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: cross-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()
  Referrer-Policy: same-origin
  X-Content-Type-Options: nosniff
/catalogue/static/[digest]/*
  Cache-Control: public, max-age=31536000, immutable

"#]].raw());
    assert_data_eq!(
        text(&files, "_redirects"),
        str![[r#"
/catalogue/once/was/ /catalogue/about/ 301
/catalogue/old.html /catalogue/about/ 301

"#]]
        .raw()
    );
}

#[test]
fn only_what_is_made_for_frames_may_be_framed() {
    let prepared = prepare(&starter().build, Host::Nginx);
    let (_, settings) = prepared.settings.as_ref().unwrap();
    let (all, framed) = settings.split_once("/catalogue/certifications/[^/]+/embed/").unwrap();
    assert!(all.contains("frame-ancestors 'none'") && !all.contains("frame-ancestors *"), "{settings}");
    assert!(framed.contains("frame-ancestors *") && !framed.contains("frame-ancestors 'none'"), "{settings}");
    let without = Fixture::starter().with("themes/default/theme.toml", "badges = false\n").build();
    let files = files(&prepare(&without.build, Host::Netlify));
    let headers = text(&files, "_headers");
    assert!(
        headers.contains("frame-ancestors 'none'") && !headers.contains("frame-ancestors *"),
        "{headers}"
    );
}

#[test]
fn templates_with_policies_of_their_own_keep_them() {
    let base = include_str!("../../themes/default/templates/base.html");
    let policy = |page: &str| {
        let built = Fixture::starter().with("themes/default/templates/page.html", page).build();
        let files = files(&prepare(&built.build, Host::Netlify));
        let headers = text(&files, "_headers").to_owned();
        headers.lines().find(|line| line.contains("Content-Security-Policy")).unwrap().to_owned()
    };
    let strict = policy("{% extends \"base.html\" %}");
    assert!(strict.contains("default-src 'none'") && strict.ends_with("; frame-ancestors *"), "{strict}");
    let other = base.replace("base-uri 'none'", "base-uri 'none'; font-src 'self'");
    assert_eq!(policy(&other), "  Content-Security-Policy: frame-ancestors *");
}

#[test]
fn settings_of_nginx_are_words_of_a_catalogue_quoted() {
    let built = starter();
    let settings = |base_url: &str| {
        let about = "+++\ntitle = \"About\"\naliases = [\"once/was/\", \"old.html\"]\n+++\nText.\n";
        let built = Fixture::starter().with("content/pages/about.md", about).at(base_url).build();
        prepare(&built.build, Host::Nginx).settings.unwrap().1
    };
    assert_eq!(
        prepare(&built.build, Host::Nginx).settings.unwrap().1,
        settings("https://example.org/catalogue/")
    );
    let outline = |text: &str| {
        let lines = text.lines().filter(|line| line.contains("location") || line.contains("error_page"));
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    assert_data_eq!(
        outline(&settings("https://example.org/a%22%7B%24x;%7D(b/")),
        str![[r#"
location = "/a\"{%24x;}(b" { absolute_redirect off; return 301 "/a%22%7B%24x;%7D(b/"; }
location = "/a\"{%24x;}(b/once/was/" { absolute_redirect off; return 301 "/a%22%7B%24x;%7D(b/about/"; }
location = "/a\"{%24x;}(b/once/was" { absolute_redirect off; return 301 "/a%22%7B%24x;%7D(b/about/"; }
location = "/a\"{%24x;}(b/old.html" { absolute_redirect off; return 301 "/a%22%7B%24x;%7D(b/about/"; }
location ^~ "/a\"{%24x;}(b/" {
    error_page 404 "/a\"{%24x;}(b/404.html";
    add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;
    location ~ "/feed\.xml$" { types {} default_type "application/atom+xml; charset=utf-8"; }
    location = "/a\"{%24x;}(b/.certalog" { return 404; }
    location ~ "^/a...x...b/static/[0-9a-f]{16}/" {
        add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;
    location ~ "^/a...x...b/certifications/[^/]+/embed/" {
        add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;

"#]]
        .raw()
    );
    assert_data_eq!(
        outline(&settings("https://example.org/")),
        str![[r#"
location = "/once/was/" { absolute_redirect off; return 301 "/about/"; }
location = "/once/was" { absolute_redirect off; return 301 "/about/"; }
location = "/old.html" { absolute_redirect off; return 301 "/about/"; }
location ^~ "/" {
    error_page 404 "/404.html";
    add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;
    location ~ "/feed\.xml$" { types {} default_type "application/atom+xml; charset=utf-8"; }
    location = "/.certalog" { return 404; }
    location ~ "^/static/[0-9a-f]{16}/" {
        add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;
    location ~ "^/certifications/[^/]+/embed/" {
        add_header Permissions-Policy "camera=(), geolocation=(), microphone=(), payment=(), usb=()" always;

"#]]
        .raw()
    );
}

#[test]
fn a_site_for_a_host_is_the_same_every_time() {
    let built = starter();
    for host in HOSTS {
        let (one, other) = (prepare(&built.build, host), prepare(&starter().build, host));
        assert!(one.site == other.site && one.settings == other.settings, "{host:?}");
        let path = SitePath::new("index.html").unwrap();
        assert!(one.site.get(&path).is_some());
    }
}
