//! What fuzzing found, each as a test that failed before it was mended.
//!
//! In come the smallest inputs that show a mistake, out goes what is right. How they are looked for is said in docs/fuzzing.md.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use axum::http::Request;
use certalog::limits::Limits;
use certalog::model::{self, Kind};
use certalog::serve::{Names, Preview, Run, answer};
use certalog::sources::Sources;

use crate::harness::Fixture;
use crate::serve::terms;

/// Target `record`, 2026-11-26: after a list that is never closed, each of the wrong values that follow was compared with each mistake of
/// syntax, and for both their lines were counted from the start of the file.
#[test]
fn a_list_that_is_never_closed_costs_no_more_the_more_follows_it() {
    let mut text = "[[mapping]]\nelement = \"1\"\nscenario = [\n".to_owned();
    for at in 0..600 {
        write!(text, "[[mapping.clause]]\npart = {at}\nsupport = 1\nevidence = [\"A_1\n").unwrap();
    }
    let path = "content/certifications/a/mapping.toml";
    let start = Instant::now();
    let read = model::read(&Kind::of(path), path, &text, &Limits::default());
    let elapsed = start.elapsed();
    assert!(read.findings.len() > 600, "{}", read.findings.len());
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
