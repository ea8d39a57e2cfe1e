//! Requests to the preview: in come the bytes of a request, out comes the answer that `serve` would send, which is looked at.
//!
//! The bytes go through the parser that the server uses; sockets and time limits are not part of it.
//! What is sent with status 200 is a file of the site or of the preview, and nothing else.

use std::sync::OnceLock;

use certalog::serve::{Generation, Look, Names, Preview, Run, Terms, answer};
use certalog::site_path::SitePath;
use http::Request;
use http::request::Parts;

use crate::catalogues::starter;
use crate::options;

/// One request, as it comes in.
pub fn request(input: &[u8]) {
    static GENERATION: OnceLock<(Generation, Run)> = OnceLock::new();
    let (generation, run) = GENERATION.get_or_init(|| {
        let mut preview = Preview::new();
        let look: Look = Ok((starter().sources(), Vec::new()));
        preview.update(look, &Terms { options: options(), denies_warnings: false });
        (preview.current().as_ref().clone(), Run::new())
    });
    let Some(request) = parsed(input) else { return };
    let names = Names::new("127.0.0.1", [127, 0, 0, 1].into());
    let response = answer(generation, *run, &names, &request);
    let (status, body) = (response.status().as_u16(), response.body());
    assert!([200, 206, 302, 304, 400, 403, 404, 405, 416, 421].contains(&status), "{status}");
    let is_read = request.method == "GET" || request.method == "HEAD";
    assert!(is_read || status >= 400, "{} is answered", request.method);
    assert!(request.method != "HEAD" || body.is_empty(), "an answer to HEAD has a body");
    assert!(!response.headers().contains_key("access-control-allow-origin"));
    let path = request.uri.path();
    if status == 200 && !path.starts_with("/.certalog/") {
        let kind = response.headers()["content-type"].to_str().expect("a plain header");
        if request.method == "GET" && !kind.starts_with("text/html") {
            let sites = generation
                .site()
                .files()
                .any(|file| file.kept().is_ok_and(|bytes| bytes.as_ref() == body.as_ref()));
            let is_beside = SitePath::new("index.html").is_ok() && sites
                || generation.site().iter().any(|(_, bytes)| bytes.as_ref() == body.as_ref());
            assert!(is_beside, "what is sent for {path} is no file of the site");
        }
    }
    if let Some(location) = response.headers().get("location") {
        let location = location.to_str().expect("a plain header");
        assert!(location.starts_with('/') && !location.starts_with("//"), "{location} leads away");
    }
}

/// The request as the server's parser reads it.
fn parsed(input: &[u8]) -> Option<Parts> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut headers);
    if !parsed.parse(input).ok()?.is_complete() {
        return None;
    }
    let mut request = Request::builder().method(parsed.method?).uri(parsed.path?);
    for header in parsed.headers.iter() {
        request = request.header(header.name, header.value);
    }
    Some(request.body(()).ok()?.into_parts().0)
}
