//! A request and a generation become an answer: a function, without sockets.
//!
//! In comes what is asked for, out goes the whole answer, with the bytes that a build writes or, in pages, those with the reload script.
//! The path is looked up in the generation's table; nothing is read, and nothing is answered from another generation.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::response::Builder;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode};

use super::generation::{File, Generation};
use super::ranges::{self, Wanted};
use super::tools::{self, Run};
use super::{guard, target};
use crate::media::media_type;
use crate::route::encode_path;

/// Answers a request from one generation.
pub fn answer(generation: &Generation, run: Run, names: &guard::Names, request: &Parts) -> Response<Bytes> {
    let mut response = match names.check(request) {
        Err(status) => plain(status),
        Ok(()) if request.method == Method::GET || request.method == Method::HEAD => {
            found(generation, run, request)
        }
        Ok(()) => {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED);
            response.headers_mut().insert(ALLOW, "GET, HEAD".parse().expect("a header's value"));
            response
        }
    };
    if request.method == Method::HEAD {
        *response.body_mut() = Bytes::new();
    }
    response
}

fn found(generation: &Generation, run: Run, request: &Parts) -> Response<Bytes> {
    if let Some(tool) = tools::find(request.uri.path(), generation) {
        return whole(StatusCode::OK, tool.media_type, tool.bytes);
    }
    let Some(path) = target::decoded(request.uri.path()) else { return plain(StatusCode::BAD_REQUEST) };
    if generation.is_empty() {
        let page = tools::report_page(generation);
        return whole(
            StatusCode::SERVICE_UNAVAILABLE,
            media_type(".html"),
            with_script(&page, generation, run),
        );
    }
    let base = generation.base();
    if path == "/" && base != "/" || format!("{path}/") == base {
        return redirect(base, request);
    }
    let within = path.strip_prefix(base);
    let folder = within.filter(|path| !path.is_empty() && !path.ends_with('/'));
    if let Some(folder) = folder.filter(|folder| generation.has_page(&format!("{folder}/index.html"))) {
        return redirect(&format!("{base}{folder}/"), request);
    }
    let name = within.map(target::file_name);
    match name.and_then(|name| generation.file(&name).map(|file| (name, file))) {
        Some((name, file)) => send(generation, run, (&name, &file), request),
        None => not_found(generation, run),
    }
}

/// A file of the site; a page with the reload script.
fn send(generation: &Generation, run: Run, (name, file): (&str, &File), request: &Parts) -> Response<Bytes> {
    let kind = media_type(name);
    let is_page = kind.starts_with("text/html");
    // the script names the generation, so that a page with it is another one in every generation
    let tag = run.tag(if is_page { generation.number() } else { file.since });
    if is_known(&request.headers, &tag) {
        let response = start(StatusCode::NOT_MODIFIED).header(ETAG, &tag);
        return finish(response, Bytes::new());
    }
    if is_page {
        let body = with_script(&file.bytes, generation, run);
        return finish(described(StatusCode::OK, kind, body.len()).header(ETAG, &tag), body);
    }
    let bytes = Bytes::from_owner(Arc::clone(&file.bytes));
    let length = bytes.len();
    // a part is defined for GET alone
    let wanted = if request.method == Method::GET {
        ranges::wanted(&request.headers, &tag, length)
    } else {
        Wanted::Whole
    };
    let response = match &wanted {
        Wanted::Whole => described(StatusCode::OK, kind, length),
        Wanted::Part(part) => described(StatusCode::PARTIAL_CONTENT, kind, part.len())
            .header(CONTENT_RANGE, format!("bytes {}-{}/{length}", part.start, part.end - 1)),
        Wanted::Nothing => {
            let response = start(StatusCode::RANGE_NOT_SATISFIABLE).header(CONTENT_LENGTH, 0);
            return finish(response.header(CONTENT_RANGE, format!("bytes */{length}")), Bytes::new());
        }
    };
    let body = match wanted {
        Wanted::Part(part) => bytes.slice(part),
        _ => bytes,
    };
    finish(response.header(ETAG, &tag).header(ACCEPT_RANGES, "bytes"), body)
}

/// The site's own page for what is not there.
fn not_found(generation: &Generation, run: Run) -> Response<Bytes> {
    match generation.file("404.html") {
        Some(page) => {
            whole(StatusCode::NOT_FOUND, media_type(".html"), with_script(&page.bytes, generation, run))
        }
        None => plain(StatusCode::NOT_FOUND),
    }
}

/// To where the same thing stands; not for ever, because the catalogue may change.
fn redirect(path: &str, request: &Parts) -> Response<Bytes> {
    let query = request.uri.query().map(target::encoded_query).unwrap_or_default();
    let response = start(StatusCode::FOUND).header(LOCATION, encode_path(path) + &query);
    finish(response.header(CONTENT_LENGTH, 0), Bytes::new())
}

/// Whether the asker has what it would be sent.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let values = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn with_script(page: &[u8], generation: &Generation, run: Run) -> Bytes {
    tools::with_script(page, run, generation.number()).into()
}

/// A few words where there is no page to show.
fn plain(status: StatusCode) -> Response<Bytes> {
    let text = format!("{}\n", status.canonical_reason().unwrap_or("refused"));
    whole(status, media_type(".txt"), text.into())
}

fn whole(status: StatusCode, kind: &'static str, body: Bytes) -> Response<Bytes> {
    finish(described(status, kind, body.len()), body)
}

fn described(status: StatusCode, kind: &'static str, length: usize) -> Builder {
    start(status).header(CONTENT_TYPE, kind).header(CONTENT_LENGTH, length)
}

/// What every answer says: ask again each time, take nothing for what it is not, and let no other page show or hold this one.
const ALWAYS: [(HeaderName, &str); 4] = [
    (CACHE_CONTROL, "no-cache"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"),
];

fn start(status: StatusCode) -> Builder {
    let builder = Response::builder().status(status);
    ALWAYS.into_iter().fold(builder, |builder, (name, value)| builder.header(name, value))
}

/// The same for an answer that was begun elsewhere, such as a stream.
pub(super) fn guarded<B>(mut response: Response<B>) -> Response<B> {
    for (name, value) in ALWAYS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn finish(response: Builder, body: Bytes) -> Response<Bytes> {
    response.body(body).expect("every header is made of this program's words and encoded paths")
}
