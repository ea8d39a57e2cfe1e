//! What kind of content a file of a site has, judged by its name, as hosts judge it.
//!
//! In comes a path, out goes a media type, with the character set where the content is text, and whether it becomes smaller when it is compressed.
//! The bytes are never looked at, and what is not known is bytes that no browser runs or shows.

/// The types by the endings of names.
pub const TYPES: &[(&str, &[&str])] = &[
    ("text/html; charset=utf-8", &["html", "htm"]),
    ("text/css; charset=utf-8", &["css"]),
    ("text/javascript; charset=utf-8", &["js", "mjs"]),
    ("application/json", &["json", "map"]),
    ("application/manifest+json", &["webmanifest"]),
    ("application/xml; charset=utf-8", &["xml"]),
    ("application/atom+xml; charset=utf-8", &["atom"]),
    ("text/csv; charset=utf-8", &["csv"]),
    ("text/tab-separated-values; charset=utf-8", &["tsv"]),
    ("text/plain; charset=utf-8", &["txt", "md", "toml"]),
    ("image/svg+xml", &["svg"]),
    ("image/png", &["png"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/gif", &["gif"]),
    ("image/webp", &["webp"]),
    ("image/avif", &["avif"]),
    ("image/x-icon", &["ico"]),
    ("font/woff", &["woff"]),
    ("font/woff2", &["woff2"]),
    ("font/ttf", &["ttf"]),
    ("font/otf", &["otf"]),
    ("application/pdf", &["pdf"]),
    ("application/zip", &["zip"]),
    ("application/gzip", &["gz"]),
    ("application/wasm", &["wasm"]),
    ("video/mp4", &["mp4"]),
    ("video/webm", &["webm"]),
    ("audio/mpeg", &["mp3"]),
    ("application/msword", &["doc"]),
    ("application/vnd.ms-excel", &["xls"]),
    ("application/vnd.ms-powerpoint", &["ppt"]),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"]),
    ("application/vnd.oasis.opendocument.text", &["odt"]),
    ("application/vnd.oasis.opendocument.spreadsheet", &["ods"]),
    ("application/rtf", &["rtf"]),
];

/// The type of what is not known.
pub const UNKNOWN: &str = "application/octet-stream";

/// Files whose names say more than their endings.
pub const BY_NAME: &[(&str, &str)] = &[("feed.xml", "application/atom+xml; charset=utf-8")];

/// The media type of a file.
pub fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    if let Some((_, known)) = BY_NAME.iter().find(|(known, _)| *known == name) {
        return known;
    }
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let known = TYPES.iter().find(|(_, endings)| endings.contains(&ending.as_str()));
    known.map_or(UNKNOWN, |(known, _)| known)
}

/// Whether files of this name are text of some kind, which becomes much smaller when it is compressed.
pub fn is_compressible(path: &str) -> bool {
    let kind = media_type(path);
    kind.starts_with("text/")
        || ["json", "xml"].iter().any(|form| kind.contains(form)) && !kind.contains("openxml")
}
