//! What answers say besides their contents: one table for every host.
//!
//! In comes the policy of a site's pages, out go headers, as a file for hosts that read `_headers` and as lines for others.
//! Two kinds of files are told apart, those whose name holds a digest and all others; nothing else is ever kept without asking again.

use std::fmt::Write as _;

use super::fingerprint;

/// The headers of every answer, besides the policy of pages and how long an answer may be kept.
///
/// Other sites may place badges and read data (`cross-origin`); they may not hold a page of this one, and put none into a frame but those that
/// are made for it. HTTPS alone is promised by whoever has the certificate, not here.
const HEADERS: &[(&str, &str)] = &[
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// How long an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caching {
    /// For ever: other bytes would have another name.
    Lasting,
    /// As long as one likes, and asked about before each use.
    Asked,
}

impl Caching {
    /// The value of `Cache-Control`.
    pub fn value(self) -> &'static str {
        match self {
            Self::Lasting => "public, max-age=31536000, immutable",
            Self::Asked => "no-cache",
        }
    }
}

/// How long a file of the site may be kept.
pub fn caching(path: &str) -> Caching {
    if fingerprint::is_in_folder(path) { Caching::Lasting } else { Caching::Asked }
}

/// Who may put a page into a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frames {
    /// Nobody.
    OfNobody,
    /// Anybody.
    OfAnybody,
}

/// The policy that answers carry: that of the pages, where there is one for all, and who may put them into a frame.
pub(super) fn policy(of_pages: Option<&str>, frames: Frames) -> String {
    let of_pages = of_pages.filter(|policy| {
        !policy.is_empty() && policy.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"')
    });
    let frames = match frames {
        Frames::OfNobody => "frame-ancestors 'none'",
        Frames::OfAnybody => "frame-ancestors *",
    };
    of_pages.map_or_else(
        || frames.to_owned(),
        |policy| format!("{}; {frames}", policy.trim_end_matches([';', ' '])),
    )
}

/// All headers of an answer but how long it may be kept.
pub(super) fn every(policy: &str) -> impl Iterator<Item = (&'static str, &str)> {
    std::iter::once(("Content-Security-Policy", policy)).chain(HEADERS.iter().copied())
}

/// The file `_headers`. Hosts that read it ask browsers to ask again for everything; only what is kept for ever needs a rule, and no two rules name one header.
pub(super) fn file(base: &str, folder: Option<&str>, policy: &str) -> String {
    let mut text = format!("{base}*\n");
    for (name, value) in every(policy) {
        writeln!(text, "  {name}: {value}").expect("writing to a string cannot fail");
    }
    if let Some(folder) = folder {
        write!(text, "{base}{folder}*\n  Cache-Control: {}\n", Caching::Lasting.value())
            .expect("writing to a string cannot fail");
    }
    text
}
