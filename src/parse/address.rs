//! Addresses that content gives: where a link may lead and what a picture may show.
//!
//! In comes an address as a record writes it, entities decoded, out goes a checked [`Address`] or the finding that says why not.
//! Nothing is repaired: an address that could be read in two ways is refused, and only schemes on a short list get through.

use url::Url;

use crate::character::{self, Unseen};
use crate::diagnostic::{Code, Finding};
use crate::limits::Limits;
use crate::text::Span;

/// The schemes that may be followed from a page.
const SCHEMES: [&str; 3] = ["https", "http", "mailto"];
/// How much of a refused address a message repeats.
const SHOWN: usize = 60;
/// What a finding says about an address outside the catalogue.
const EXTERNAL_HELP: &str =
    "write the whole address with one of the schemes that are allowed: `https:`, `http:` or `mailto:`";
/// What a finding says about an address within the catalogue.
const FILE_HELP: &str = "give the path of a file in the record's own folder, such as `report.pdf` or `images/plan.png`; a \
     record or page is linked as `[[its-id]]`";

/// A checked address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Another site or a mail box; plain ASCII, as written where that is plain ASCII already.
    External(String),
    /// A place on the same page, without the `#`.
    Fragment(String),
    /// A file in the record's own folder.
    File {
        /// Its path, decoded, with `/` between its parts.
        path: String,
        /// A place within the file, without the `#`.
        fragment: Option<String>,
    },
}

impl Address {
    /// Checks an address of any of the three kinds.
    pub fn parse(written: &str, span: Span, limits: &Limits) -> Result<Self, Finding> {
        let refuse = |why: Refusal| why.finding(written, span);
        check_characters(written, limits).map_err(refuse)?;
        if let Some(fragment) = written.strip_prefix('#') {
            return decode(fragment).map(Self::Fragment).map_err(refuse);
        }
        if has_scheme(written) {
            return external_text(written).map(Self::External).map_err(refuse);
        }
        file(written).map_err(refuse)
    }
}

/// Checks the address of another site, as a key such as `url` gives it.
pub fn external(written: &str, span: Span, limits: &Limits) -> Result<String, Finding> {
    let checked = check_characters(written, limits)
        .and_then(|()| if has_scheme(written) { external_text(written) } else { Err(Refusal::NoScheme) });
    checked.map_err(|why| why.finding(written, span))
}

/// Why an address is refused.
#[derive(Clone, Copy)]
enum Refusal {
    Empty,
    TooLong(u64),
    Characters,
    Backslash,
    NoScheme,
    Scheme,
    NoHost,
    UserInfo,
    NoMailbox,
    Unreadable,
    Rooted,
    Leaves,
    Query,
    FileName,
}

impl Refusal {
    fn finding(self, written: &str, span: Span) -> Finding {
        let name = shown(written);
        let (message, help) = match self {
            Self::Empty => ("the address is empty".to_owned(), FILE_HELP),
            Self::TooLong(most) => (
                format!("the address `{name}` is longer than {most} bytes"),
                "use the short form of the address; `address` under `[limits]` in `site.toml` sets how long one may be",
            ),
            Self::Characters => (
                format!("the address `{name}` has spaces, control or invisible characters where none may be"),
                "remove them, or write a space within an address as `%20`",
            ),
            Self::Backslash => (format!("the address `{name}` has a backslash"), "write `/` instead"),
            Self::NoScheme => (format!("`{name}` is not a whole address"), EXTERNAL_HELP),
            Self::Scheme => (format!("the address `{name}` has a scheme that is not allowed"), EXTERNAL_HELP),
            Self::NoHost => (format!("the address `{name}` names no host"), EXTERNAL_HELP),
            Self::UserInfo => (
                format!("the address `{name}` has a user name before its host"),
                "remove everything up to and including the `@`",
            ),
            Self::NoMailbox => {
                (format!("the address `{name}` names no mail box"), "write `mailto:name@example.org`")
            }
            Self::Unreadable => (format!("the address `{name}` cannot be read as an address"), EXTERNAL_HELP),
            Self::Rooted => (format!("the address `{name}` starts at the root of a site"), FILE_HELP),
            Self::Leaves => (format!("the address `{name}` leaves the record's folder"), FILE_HELP),
            Self::Query => (
                format!("the address `{name}` has a query, but a file has none"),
                "remove the `?` and what follows it",
            ),
            Self::FileName => {
                (format!("the address `{name}` has a character that no file name may have"), FILE_HELP)
            }
        };
        Finding::new(Code::ForbiddenAddress, span, message).help(help)
    }
}

/// Browsers skip or turn some characters before they read an address, so none of these may stand in one.
fn check_characters(written: &str, limits: &Limits) -> Result<(), Refusal> {
    if written.is_empty() {
        return Err(Refusal::Empty);
    }
    if written.len() as u64 > limits.address {
        return Err(Refusal::TooLong(limits.address));
    }
    let at_an_edge = written.starts_with(char::is_whitespace) || written.ends_with(char::is_whitespace);
    if at_an_edge || written.chars().any(is_unseen) {
        return Err(Refusal::Characters);
    }
    if written.contains('\\') {
        return Err(Refusal::Backslash);
    }
    Ok(())
}

/// Characters that a reader does not see: controls, other spaces than the usual one, direction marks, zero-width characters.
fn is_unseen(character: char) -> bool {
    let kind = character::unseen(character);
    kind.is_some_and(|kind| kind != Unseen::Selector)
        || (character.is_whitespace() && character != ' ')
        || character == '\u{fffd}'
}

/// Whether a colon stands before every `/`, `?` and `#`: then a browser reads what is before it as a scheme.
fn has_scheme(written: &str) -> bool {
    written.find([':', '/', '?', '#']).is_some_and(|at| written.as_bytes()[at] == b':')
}

fn external_text(written: &str) -> Result<String, Refusal> {
    if is_usual(written) { Ok(written.to_owned()) } else { read_external(written) }
}

/// Whether an address is of the usual form, of which nothing is refused: a host of plain names, the last of letters alone, and
/// after it characters that mean themselves. It says no where it is not sure.
fn is_usual(written: &str) -> bool {
    let Some(rest) = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://")) else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, after) = rest.split_at(end);
    let is_name = |name: &str| {
        let is_fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !name.is_empty() && !name.contains("--") && name.bytes().all(is_fine)
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.split('.').all(is_name)
        && last.bytes().all(|byte| byte.is_ascii_lowercase())
        && after.bytes().all(is_plain)
}

fn read_external(written: &str) -> Result<String, Refusal> {
    if written.contains(' ') {
        return Err(Refusal::Characters);
    }
    let (scheme, rest) = written.split_once(':').ok_or(Refusal::NoScheme)?;
    if !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
        return Err(Refusal::Scheme);
    }
    let url = Url::parse(written).map_err(|_| Refusal::Unreadable)?;
    match url.scheme() {
        "mailto" => check_mailbox(&url)?,
        "http" | "https" => check_host(&url, rest)?,
        _ => return Err(Refusal::Scheme),
    }
    Ok(if written.bytes().all(is_plain) { written.to_owned() } else { url.into() })
}

/// The parser forgives `https:host` and `https:////host`; readers of other data may not, so both are refused.
fn check_host(url: &Url, rest: &str) -> Result<(), Refusal> {
    let authority = rest.strip_prefix("//").filter(|rest| !rest.starts_with('/')).ok_or(Refusal::NoHost)?;
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') || !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::UserInfo);
    }
    if url.host_str().is_none_or(str::is_empty) { Err(Refusal::NoHost) } else { Ok(()) }
}

fn check_mailbox(url: &Url) -> Result<(), Refusal> {
    match url.path().split_once('@') {
        Some((name, host)) if !name.is_empty() && !host.is_empty() && !name.starts_with('/') => Ok(()),
        _ => Err(Refusal::NoMailbox),
    }
}

/// The characters that an address may hold as they are.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

fn file(written: &str) -> Result<Address, Refusal> {
    let (path, fragment) = match written.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment)?)),
        None => (written, None),
    };
    if path.contains('?') {
        return Err(Refusal::Query);
    }
    let path = decode(path)?;
    if path.starts_with('/') {
        return Err(Refusal::Rooted);
    }
    if path.contains([':', '?', '*', '<', '>', '|', '"', '#']) || has_escape(&path) {
        return Err(Refusal::FileName);
    }
    let parts: Vec<_> = path.split('/').filter(|part| *part != ".").collect();
    if parts.contains(&"..") {
        return Err(Refusal::Leaves);
    }
    if parts.is_empty() || parts.contains(&"") {
        return Err(Refusal::FileName);
    }
    Ok(Address::File { path: parts.join("/"), fragment })
}

/// Decodes `%20` and the like once; what comes out is held to the same rules as what went in.
fn decode(written: &str) -> Result<String, Refusal> {
    let bytes = written.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match escape_at(bytes, at) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    let decoded = String::from_utf8(decoded).map_err(|_| Refusal::Unreadable)?;
    if decoded.chars().any(is_unseen) {
        return Err(Refusal::Characters);
    }
    if decoded.contains('\\') { Err(Refusal::Backslash) } else { Ok(decoded) }
}

/// The byte that `%` and two digits stand for.
fn escape_at(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| bytes.get(at).and_then(|byte| (*byte as char).to_digit(16));
    if bytes[at] != b'%' {
        return None;
    }
    Some((digit(at + 1)? * 16 + digit(at + 2)?) as u8)
}

/// Whether a decoded path still has something to decode: then it was encoded twice, which only hides something.
fn has_escape(path: &str) -> bool {
    (0..path.len()).any(|at| escape_at(path.as_bytes(), at).is_some())
}

/// An address as a message repeats it: short, with nothing unseen.
fn shown(written: &str) -> String {
    let mut shown = String::new();
    for (count, character) in written.chars().enumerate() {
        if count == SHOWN {
            shown.push('…');
            break;
        }
        if is_unseen(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests;
