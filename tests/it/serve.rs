//! The preview's answers: every request against the site that a build writes, as a function, without sockets.
//!
//! In come generations of small catalogues and requests, out go statuses, headers and bytes.
//! What needs sockets, the disk or the program itself is in the modules below.

mod client;
mod hostile;
mod laws;
mod program;
mod sockets;

use axum::body::Bytes;
use axum::http::request::Parts;
use axum::http::{Request, Response};
use certalog::build::BuildOptions;
use certalog::serve::{Difference, Finished, Generation, Look, Names, Preview, Run, Terms, answer};

use crate::harness::{Built, Fixture};

/// A preview of a catalogue and what a build makes of it.
pub(crate) struct Served {
    pub(crate) generation: Generation,
    pub(crate) built: Built,
    run: Run,
}

impl Served {
    fn of(fixture: &Fixture) -> Self {
        let mut preview = Preview::new();
        preview.update(look(fixture), &terms(fixture));
        Self { generation: preview.current().as_ref().clone(), built: fixture.build(), run: Run::new() }
    }

    fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Response<Bytes> {
        let names = Names::new("127.0.0.1", [127, 0, 0, 1].into());
        answer(&self.generation, self.run, &names, &request(method, target, headers))
    }

    fn get(&self, target: &str) -> Response<Bytes> {
        self.ask("GET", target, &[])
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a look at a disk can fail")]
fn look(fixture: &Fixture) -> Look {
    Ok((fixture.sources(), Vec::new()))
}

pub(crate) fn terms(fixture: &Fixture) -> Terms {
    let options = BuildOptions { as_of: fixture.as_of, base_url: None, language: None };
    Terms { options, denies_warnings: false }
}

/// A request from this machine, unless its headers say something else.
fn request(method: &str, target: &str, headers: &[(&str, &str)]) -> Parts {
    let mut request = Request::builder().method(method).uri(target);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "127.0.0.1:8080");
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    request.body(()).unwrap().into_parts().0
}

fn header<'r>(response: &'r Response<Bytes>, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// A page without the one element that the preview adds.
pub(crate) fn without_script(page: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(page).unwrap();
    let start = text.rfind("<script type=\"module\" src=\"/.certalog/reload.js?").expect("the reload script");
    let end = start + text[start..].find("</script>\n").unwrap() + "</script>\n".len();
    [&text[..start], &text[end..]].concat().into_bytes()
}

/// The starting catalogue below a path, with a document of twenty bytes.
fn catalogue() -> Fixture {
    let record = "content/certifications/example-care-desk-3.2/certification.md";
    Fixture::starter()
        .edit("site.toml", "example.org/catalogue/\"", "example.org/the catalogue/\"")
        .edit(record, "role = \"report\"", "role = \"report\"\nfile = \"report.pdf\"")
        .with("content/certifications/example-care-desk-3.2/report.pdf", "%PDF-1.7 and a half.")
}

const BASE: &str = "/the%20catalogue/";
const DOCUMENT: &str = "/the%20catalogue/certifications/example-care-desk-3.2/report.pdf";

#[test]
fn every_file_is_served_as_it_is_built() {
    let served = Served::of(&catalogue());
    for (path, bytes) in served.built.site().iter() {
        let response = served.get(&format!("{BASE}{path}"));
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(header(&response, "content-length"), response.body().len().to_string(), "{path}");
        let kind = header(&response, "content-type");
        assert!(!kind.starts_with("text/") || kind.ends_with("; charset=utf-8"), "{path}: {kind}");
        assert_ne!(kind, "application/octet-stream", "{path}");
        if path.is_page() {
            assert_eq!(without_script(response.body()), bytes.as_ref(), "{path}");
            // the address of a page is its folder
            let folder = path.as_str().strip_suffix("index.html").unwrap_or(path.as_str());
            let again = served.get(&format!("{BASE}{folder}"));
            assert_eq!(again.body(), response.body(), "{path}");
        } else {
            assert_eq!(response.body(), bytes.as_ref(), "{path}");
        }
        let head = served.ask("HEAD", &format!("{BASE}{path}"), &[]);
        assert_eq!((head.status(), head.headers()), (response.status(), response.headers()), "{path}");
        assert!(head.body().is_empty(), "{path}");
    }
}

#[test]
fn content_types_say_what_browsers_need() {
    let served = Served::of(&catalogue());
    for (path, expected) in [
        ("", "text/html; charset=utf-8"),
        ("static/site.css", "text/css; charset=utf-8"),
        ("static/compare.js", "text/javascript; charset=utf-8"),
        ("static/favicon.svg", "image/svg+xml"),
        ("certifications/example-care-desk-3.2/report.pdf", "application/pdf"),
    ] {
        let response = served.get(&format!("{BASE}{path}"));
        assert_eq!(
            (response.status().as_u16(), header(&response, "content-type")),
            (200, expected),
            "{path}"
        );
        assert_eq!(header(&response, "cache-control"), "no-cache", "{path}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "access-control-allow-origin"), "", "{path}");
    }
}

#[test]
fn what_is_not_there_is_the_sites_own_page() {
    let served = Served::of(&catalogue());
    for target in [
        "/the%20catalogue/nothing",
        "/the%20catalogue/nothing/",
        "/the%20catalogue/certifications/nothing/index.html",
        "/the%20catalogue/certifications//",
        "/the%20catalogue//",
        "/the%20catalogue/INDEX.HTML",
        "/the%20catalogue/../index.html",
        "/the%20catalogue/certifications/%2e%2e/index.html",
        "/the%20catalogue/static%5csite.css",
        "/elsewhere",
        "/index.html",
        "//example.org/",
        "/.certalog/nothing",
    ] {
        let response = served.get(target);
        assert_eq!((response.status().as_u16(), header(&response, "location")), (404, ""), "{target}");
        assert_eq!(without_script(response.body()), served.built.text("404.html").as_bytes(), "{target}");
    }
    for target in
        ["/%", "/%zz", "/a%00b", "/%ff", "/the%20catalogue%2fstatic%2fsite.css", "/%0d%0aset-cookie:x"]
    {
        assert_eq!(served.get(target).status(), 400, "{target}");
    }
}

fn difference(finished: Finished) -> Option<Difference> {
    match finished {
        Finished::Counted(difference) => difference,
        Finished::Broken(update) => panic!("{:?}", update.outcome),
    }
}

/// A template of the catalogue's own that fails for one page, and only when that page says so.
#[test]
fn own_templates_that_stood_for_all_pages_are_tried_after_the_next_change() {
    let template = "{% extends \"base.html\" %}{% block main %}{{ page.content.body }}\
                    {% if \"Trap\" in page.title %}{{ page.nothing.at_all }}{% endif %}{% endblock %}";
    let fixture = catalogue().with("themes/default/templates/page.html", template);
    let mut preview = Preview::new();
    preview.update(look(&fixture), &terms(&fixture)).unwrap();
    let before = preview.current().file("about/index.html").expect("the page").bytes;
    let notice = preview.current().file("404.html").expect("another page").bytes;
    difference(preview.finish(&|| false));

    let trapped = fixture.clone().edit("content/pages/about.md", "title = \"", "title = \"Trap ");
    let update = preview.update(look(&trapped), &terms(&trapped)).unwrap();
    assert_eq!(update.outcome, Ok(()), "nobody waits until every page was tried");
    let during = preview.current().file("about/index.html").expect("the page before stands in").bytes;
    assert_eq!(during, before);

    let Finished::Broken(late) = preview.finish(&|| false) else { panic!("the page cannot be made") };
    assert_eq!(late.outcome, Err("1 error in 1 file".to_owned()));
    assert_eq!(late.findings.len(), 1);
    assert!(preview.current().fault().is_some());
    assert_eq!(preview.current().file("404.html").expect("of the last good site").bytes, notice);

    // while there is a fault, nothing is taken before it was tried
    let still = trapped.clone().edit("content/pages/about.md", "Trap", "Trapped");
    let update = preview.update(look(&still), &terms(&still));
    assert!(update.is_none_or(|update| update.outcome.is_err()));
    assert!(preview.current().fault().is_some());

    let update = preview.update(look(&fixture), &terms(&fixture)).unwrap();
    assert!(update.is_mended);
    assert!(preview.current().fault().is_none());
}

#[test]
fn the_pages_that_differ_are_counted() {
    let mut preview = Preview::new();
    let mut count = |fixture: &Fixture| {
        preview.update(look(fixture), &terms(fixture)).unwrap();
        difference(preview.finish(&|| false))
    };
    let fixture = catalogue();
    assert_eq!(count(&fixture), None, "there is nothing to compare with");
    let renamed = fixture.clone().edit("content/pages/about.md", "title = \"", "title = \"New: ");
    let counted = count(&renamed).unwrap();
    assert_eq!(
        (counted.pages_changed, counted.pages_added, counted.pages_removed, counted.others),
        (2, 0, 0, 2),
        "the page, the search page, and the names and the words that the search knows"
    );
    let grown = renamed.clone().with("content/pages/new.md", "+++\ntitle = \"New\"\n+++\nNew.\n");
    let grown = grown.with("themes/default/static/new.css", "");
    let counted = count(&grown).unwrap();
    assert_eq!(
        (counted.pages_changed, counted.pages_added, counted.pages_removed, counted.others),
        (1, 1, 0, 4),
        "the search page and the new one; the names and the words that the search knows, the map of the site, and the style sheet"
    );
    assert_eq!(count(&renamed).unwrap().pages_removed, 1);
    // one that is not wanted to its end counts nothing, and the next one counts for both
    preview.update(look(&fixture), &terms(&fixture)).unwrap();
    assert_eq!(difference(preview.finish(&|| true)), None);
    assert_eq!(difference(preview.finish(&|| false)).unwrap().pages_changed, 2);
}

#[test]
fn a_folder_without_its_slash_leads_to_the_folder() {
    let served = Served::of(&catalogue());
    for (target, location) in [
        ("/", "/the%20catalogue/"),
        ("/the%20catalogue", "/the%20catalogue/"),
        ("/the%20catalogue/certifications", "/the%20catalogue/certifications/"),
        ("/the%20catalogue/compare?a=1&b=%3C", "/the%20catalogue/compare/?a=1&b=%3C"),
        (
            "/the%20catalogue/certifications/example-care-desk-3.2",
            "/the%20catalogue/certifications/example-care-desk-3.2/",
        ),
    ] {
        let response = served.get(target);
        assert_eq!((response.status().as_u16(), header(&response, "location")), (302, location), "{target}");
    }
    let top = Served::of(&Fixture::starter().edit("site.toml", "example.org/catalogue/\"", "example.org\""));
    assert_eq!(top.get("/").status(), 200);
    assert_eq!(header(&top.get("/certifications"), "location"), "/certifications/");
}

#[test]
fn only_get_and_head_are_answered() {
    let served = Served::of(&catalogue());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PROPFIND"] {
        let response = served.ask(method, BASE, &[]);
        assert_eq!((response.status().as_u16(), header(&response, "allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn only_this_machine_and_its_own_pages_are_answered() {
    let served = Served::of(&catalogue());
    let status = |headers: &[(&str, &str)]| served.ask("GET", BASE, headers).status().as_u16();
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:9", "[::1]:8080", "127.8.8.8"] {
        assert_eq!(status(&[("host", host)]), 200, "{host}");
    }
    for host in [
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org:8080",
        "192.168.0.1:8080",
        "0.0.0.0",
        "[::]",
        "localhost@example.org",
        "user@localhost",
        "2130706433",
    ] {
        assert_eq!(status(&[("host", host)]), 421, "{host}");
    }
    for host in ["", "a b", "local host", "[::1", "localhost:port:port"] {
        assert_eq!(status(&[("host", host)]), 400, "{host}");
    }
    assert_eq!(status(&[("host", "localhost"), ("host", "example.org")]), 400);
    assert_eq!(served.ask("GET", "http://example.org/", &[("host", "localhost")]).status(), 421);

    let host = ("host", "localhost:8080");
    for (headers, expected) in [
        ([host, ("origin", "http://localhost:8080")], 200),
        ([host, ("origin", "http://localhost:3000")], 403),
        ([host, ("origin", "https://localhost:8080")], 403),
        ([host, ("origin", "http://example.org")], 403),
        ([host, ("origin", "null")], 403),
        ([host, ("sec-fetch-site", "cross-site")], 403),
        ([host, ("sec-fetch-site", "same-origin")], 200),
    ] {
        assert_eq!(status(&headers), expected, "{headers:?}");
    }
    // a link on another site may lead here
    assert_eq!(status(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]), 200);
    assert_eq!(status(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]), 403);
}

#[test]
fn a_preview_that_is_open_to_others_answers_to_addresses_and_to_its_own_name() {
    let served = Served::of(&catalogue());
    let status = |names: &Names, host: &str| {
        let request = request("GET", BASE, &[("host", host)]);
        answer(&served.generation, served.run, names, &request).status().as_u16()
    };
    let all = Names::new("0.0.0.0", [0, 0, 0, 0].into());
    let named = Names::new("Build.Example", [192, 0, 2, 7].into());
    for (names, host, expected) in [
        (&all, "192.0.2.7:8080", 200),
        (&all, "[2001:db8::7]", 200),
        (&all, "example.org", 421),
        (&named, "build.example:8080", 200),
        (&named, "localhost", 200),
        (&named, "192.0.2.7", 421),
        (&named, "example.org", 421),
    ] {
        assert_eq!(status(names, host), expected, "{host}");
    }
}

#[test]
fn what_is_known_is_not_sent_again() {
    let mut preview = Preview::new();
    let fixture = catalogue();
    let served = Served::of(&fixture);
    for target in [BASE, DOCUMENT] {
        let tag = header(&served.get(target), "etag").to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag} is strong");
        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let response = served.ask("GET", target, &[("if-none-match", &known)]);
            assert_eq!(
                (response.status().as_u16(), header(&response, "etag")),
                (304, tag.as_str()),
                "{known}"
            );
            assert!(response.body().is_empty());
        }
        for other in ["\"x\"", "x", ""] {
            assert_eq!(served.ask("GET", target, &[("if-none-match", other)]).status(), 200, "{other}");
        }
    }
    // what stays the same keeps its tag, what changes does not
    preview.update(look(&fixture), &terms(&fixture));
    let first = Served { generation: preview.current().as_ref().clone(), ..Served::of(&fixture) };
    let edited = fixture.edit("content/index.md", "title = \"", "title = \"New: ");
    assert!(preview.update(look(&edited), &terms(&edited)).unwrap().outcome.is_ok());
    let second =
        Served { generation: preview.current().as_ref().clone(), run: first.run, built: edited.build() };
    let tag = |served: &Served, target: &str| header(&served.get(target), "etag").to_owned();
    assert_eq!(tag(&first, DOCUMENT), tag(&second, DOCUMENT));
    assert_ne!(tag(&first, BASE), tag(&second, BASE));
}

#[test]
fn a_document_is_sent_in_parts() {
    let served = Served::of(&catalogue());
    let whole = served.get(DOCUMENT);
    let (tag, bytes) = (header(&whole, "etag").to_owned(), whole.body().clone());
    assert_eq!((header(&whole, "accept-ranges"), bytes.len()), ("bytes", 20));
    let part = |headers: &[(&str, &str)]| {
        let response = served.ask("GET", DOCUMENT, headers);
        let range = header(&response, "content-range").to_owned();
        assert_eq!(header(&response, "content-length"), response.body().len().to_string());
        (response.status().as_u16(), range, response.body().clone())
    };
    let sent = |range: std::ops::Range<usize>| {
        (206, format!("bytes {}-{}/20", range.start, range.end - 1), bytes.slice(range))
    };
    let all = || (200, String::new(), bytes.clone());
    assert_eq!(part(&[("range", "bytes=0-4")]), sent(0..5));
    assert_eq!(part(&[("range", "bytes=15-")]), sent(15..20));
    assert_eq!(part(&[("range", "bytes=-5")]), sent(15..20));
    assert_eq!(part(&[("range", "bytes=18-999")]), sent(18..20));
    assert_eq!(part(&[("range", "bytes=20-")]), (416, "bytes */20".to_owned(), Bytes::new()));
    assert_eq!(part(&[("range", "bytes=0-1,4-5")]), all());
    assert_eq!(part(&[("range", "pages=1")]), all());
    assert_eq!(part(&[("range", "bytes=0-4"), ("if-range", &tag)]), sent(0..5));
    assert_eq!(part(&[("range", "bytes=0-4"), ("if-range", "\"old\"")]), all());
    assert_eq!(part(&[("range", "bytes=0-4"), ("if-range", &format!("W/{tag}"))]), all());
    assert_eq!(part(&[("range", "bytes=0-4"), ("if-range", "Sat, 21 Nov 2026 00:00:00 GMT")]), all());
    assert_eq!(served.ask("GET", DOCUMENT, &[("range", "bytes=0-4"), ("if-none-match", &tag)]).status(), 304);
    let head = served.ask("HEAD", DOCUMENT, &[("range", "bytes=0-4")]);
    assert_eq!((head.status().as_u16(), header(&head, "content-length")), (200, "20"));
}

#[test]
fn a_mistake_is_shown_and_the_last_good_site_stays() {
    let fixture = catalogue();
    let mut preview = Preview::new();
    preview.update(look(&fixture), &terms(&fixture));
    let broken = fixture.clone().edit(
        "content/certifications/example-care-desk-3.2/certification.md",
        "element = \"1.1\"",
        "element = \"<1.11>\"",
    );
    let update = preview.update(look(&broken), &terms(&broken)).unwrap();
    assert_eq!(update.outcome, Err("1 error in 1 file".to_owned()));
    let codes: Vec<_> = update.findings.iter().map(|finding| finding.diagnostic.code.name()).collect();
    assert_eq!(codes, ["unknown-element"]);
    let served = Served { generation: preview.current().as_ref().clone(), ..Served::of(&fixture) };
    assert_eq!(without_script(served.get(BASE).body()), served.built.text("index.html").as_bytes());
    let report = served.get("/.certalog/report");
    let report = std::str::from_utf8(report.body()).unwrap();
    for expected in [
        "<h1>1 error in 1 file</h1>",
        "<code>&lt;1.11&gt;</code>",
        "<code>content/certifications/example-care-desk-3.2/certification.md:",
        "element = <mark>&quot;&lt;1.11&gt;&quot;</mark>",
        "unknown-element",
    ] {
        assert!(report.contains(expected), "{expected} in {report}");
    }
    let update = preview.update(look(&fixture), &terms(&fixture)).unwrap();
    assert!(update.is_mended && update.outcome.is_ok() && update.findings.is_empty());
    assert!(preview.current().fault().is_none());
    assert!(preview.update(look(&fixture), &terms(&fixture)).is_none(), "nothing changed, nothing is said");
}

#[test]
fn a_broken_start_is_the_report_and_recovers() {
    let fixture = catalogue();
    let broken = fixture.clone().edit("site.toml", "title = \"Example catalogue\"", "titel = \"\"");
    let served = Served::of(&broken);
    for target in ["/", "/the%20catalogue/", "/anything"] {
        let response = served.get(target);
        assert_eq!(response.status(), 503, "{target}");
        let page = String::from_utf8(without_script(response.body())).unwrap();
        assert!(page.contains("site.toml") && page.contains("missing-key"), "{page}");
    }
    let mut preview = Preview::new();
    preview.update(look(&broken), &terms(&broken));
    let update = preview.update(look(&fixture), &terms(&fixture)).unwrap();
    assert!(update.is_mended && update.outcome.is_ok() && update.pages > 10);
}

#[test]
fn warnings_stop_the_preview_where_they_stop_the_build() {
    let fixture = catalogue().edit(
        "content/organizations/example-networks.toml",
        "name = \"Example Networks\"",
        "name = \"Example Networks\"\ncolour = \"red\"",
    );
    let mut preview = Preview::new();
    let denies = Terms { denies_warnings: true, ..terms(&fixture) };
    let update = preview.update(look(&fixture), &denies).unwrap();
    assert_eq!(update.outcome, Err("1 warning in 1 file, which count as errors".to_owned()));
    let update = preview.update(look(&fixture), &terms(&fixture)).unwrap();
    assert!(update.outcome.is_ok());
}

#[test]
fn a_folder_that_is_gone_or_empty_is_a_fault_like_others() {
    let fixture = catalogue();
    let mut preview = Preview::new();
    preview.update(look(&fixture), &terms(&fixture));
    let gone = || Err(std::io::Error::from(std::io::ErrorKind::NotFound));
    let update = preview.update(gone(), &terms(&fixture)).unwrap();
    assert!(update.outcome.unwrap_err().starts_with("the catalogue's folder cannot be read: "));
    assert!(preview.update(gone(), &terms(&fixture)).is_none(), "it is told once");
    let empty = preview.update(Ok(Default::default()), &terms(&fixture)).unwrap();
    assert_eq!(empty.outcome, Err("there is no catalogue in this folder".to_owned()));
    let back = preview.update(look(&fixture), &terms(&fixture)).unwrap();
    assert!(back.is_mended && back.outcome.is_ok());
}
