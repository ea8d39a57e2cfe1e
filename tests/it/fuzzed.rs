//! What fuzzing found, each as a test that failed before it was mended.
//!
//! In come the smallest inputs that show a mistake, out goes what is right. How they are looked for is said in docs/fuzzing.md.

use std::time::{Duration, Instant};

use axum::http::Request;
use certalog::layout::lay_out;
use certalog::limits::Limits;
use certalog::model::{self, Kind};
use certalog::serve::{Names, Preview, Run, answer};
use certalog::sources::Sources;

use crate::harness::Fixture;
use crate::serve::terms;

/// Target `record`, 2026-11-26: in a broken file, each wrong value was compared with each mistake of syntax, and for both the lines were counted from
/// the start of the file: time with the cube of its length.
#[test]
fn many_wrong_values_among_many_mistakes_of_syntax_are_read_at_once() {
    let text = "[[remark]]\nelement = 1\ntext =\n".repeat(1000);
    let path = "content/organizations/a.toml";
    let start = Instant::now();
    let read = model::read(&Kind::of(path), path, &text, &Limits::default());
    let elapsed = start.elapsed();
    assert!(read.findings.len() >= 2000, "{}", read.findings.len());
    assert!(elapsed < Duration::from_secs(5), "{elapsed:?}");
}

/// Target `request`, 2026-11-26: a redirect repeated the query with letters that no address has, so that its header was no text.
#[test]
fn a_redirect_leads_to_an_address_whatever_the_query_holds() {
    let fixture = Fixture::starter();
    let mut preview = Preview::new();
    preview.update(Ok((fixture.sources(), Vec::new())), &terms(&fixture));
    let names = Names::new("127.0.0.1", [127, 0, 0, 1].into());
    let request =
        Request::builder().uri("/?q=\u{e4}bc%20d").header("host", "127.0.0.1:8080").body(()).unwrap();
    let response = answer(preview.current(), Run::new(), &names, &request.into_parts().0);
    assert_eq!(response.headers()["location"].to_str().unwrap(), "/catalogue/?q=%C3%A4bc%20d");
}

/// Target `catalogue`, 2026-11-26: no files at all were published as a site without a title.
#[test]
fn no_files_are_no_site() {
    let built = Fixture::starter().build_of(Sources::default(), Vec::new());
    assert!(built.build.site.is_empty() && built.build.diagnostics.is_empty());
}

/// Target `record`, 2026-11-26: a header that nothing knows stood between headers of one table, so that they were put together by the first layout
/// and into their order by the second.
#[test]
fn a_layout_is_its_own_layout_whatever_headers_are_mixed() {
    let text = "[[mapping]]\nelement = \"1.1\"\n\n[[other.clause]]\na = 1\n\n[[mapping.unknown]]\nb = 1\n\n[[mapping.clause]]\nc = 1\n";
    let path = "content/certifications/a/mapping/b.toml";
    let once = lay_out(path, text).unwrap().unwrap();
    assert_eq!(lay_out(path, &once).unwrap().unwrap(), once);
    let headers: Vec<_> = once.lines().filter(|line| line.starts_with('[')).collect();
    assert_eq!(headers, ["[[mapping]]", "[[mapping.clause]]", "[[mapping.unknown]]", "[[other.clause]]"]);
}
