//! What answers say besides their contents: one table for every host.
//!
//! In comes the policy of a site's pages, out go headers, as a file for hosts that read `_headers` and as lines for others.
//! Two kinds of files are told apart, those whose name holds a digest and all others; nothing else is ever kept without asking again.

use url::Url;

use super::fingerprint;

/// The headers of every answer, besides the policy of pages and how long an answer may be kept.
///
/// Other sites may place badges and read data (`cross-origin`); they may not hold a page of this one or put it into a frame. HTTPS alone is
/// promised by whoever has the certificate, not here.
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

/// The policy that answers carry.
#[derive(Debug)]
pub(super) struct Policy {
    of_pages: Option<String>,
}

/// What a host is told of the pages that may stand in those of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frames {
    /// There is no such page.
    None,
    /// They are excepted by a rule of their own.
    Excepted,
    /// It knows no exception, so that every page may.
    Everywhere,
}

impl Policy {
    /// That of the pages, where there is one for all of them; else each page has its own alone.
    pub(super) fn of_pages(policy: Option<&str>) -> Self {
        let is_plain = |policy: &&str| {
            !policy.is_empty() && policy.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"')
        };
        let of_pages = policy.filter(is_plain).map(|policy| policy.trim_end_matches([';', ' ']).to_owned());
        Self { of_pages }
    }

    /// For pages that nobody puts into a frame.
    pub(super) fn unframed(&self) -> String {
        self.framed().map_or_else(
            || "frame-ancestors 'none'".to_owned(),
            |policy| format!("{policy}; frame-ancestors 'none'"),
        )
    }

    /// For pages that are made to stand in others.
    pub(super) fn framed(&self) -> Option<&str> {
        self.of_pages.as_deref()
    }
}

/// All headers of an answer but how long it may be kept.
pub(super) fn every(policy: Option<&str>) -> impl Iterator<Item = (&'static str, &str)> {
    policy.map(|policy| ("Content-Security-Policy", policy)).into_iter().chain(HEADERS.iter().copied())
}

/// The file `_headers`. Hosts that read it ask browsers to ask again for everything; only what is kept for ever needs a rule. No two rules set
/// one header, unless the second takes it away first.
pub(super) fn file(base_path: &str, folder: Option<&str>, (policy, frames): (&Policy, Frames)) -> String {
    let base = encoded(base_path);
    let mut text = format!("{base}*\n");
    let mut add = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    let unframed = policy.unframed();
    let everywhere = if frames == Frames::Everywhere { policy.framed() } else { Some(unframed.as_str()) };
    for (name, value) in every(everywhere) {
        add(&format!("  {name}: {value}"));
    }
    if frames == Frames::Excepted {
        add(&format!("{base}certifications/:id/embed/*\n  ! Content-Security-Policy"));
        if let Some(policy) = policy.framed() {
            add(&format!("  Content-Security-Policy: {policy}"));
        }
    }
    if let Some(folder) = folder {
        add(&format!("{base}{folder}*\n  Cache-Control: {}", Caching::Lasting.value()));
    }
    text
}

/// A path of the host as it stands in an address.
pub(super) fn encoded(path: &str) -> String {
    let mut url = Url::parse("https://example.org/").expect("the reserved example domain is an address");
    url.set_path(&path.replace('%', "%25"));
    url.path().to_owned()
}
