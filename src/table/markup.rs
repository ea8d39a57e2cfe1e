//! The markup of a table taken apart again, so that what a cell shows and what a file says of it are one thing.
//!
//! In comes markup that this program wrote, out go its tags and texts in order, with the texts unescaped.
//! It is no parser of HTML: only what `HtmlWriter` makes is ever read here.

use std::borrow::Cow;

use memchr::memchr;

/// A piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'m> {
    /// `<name attributes>`; a tag without an end, such as `<br>`, is nothing that contains anything.
    Open(Tag<'m>),
    /// `</name>`
    Close(&'m str),
    /// What stands between tags, still escaped.
    Text(&'m str),
}

/// An opening tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'m> {
    pub(super) name: &'m str,
    attributes: &'m str,
    /// Whether an end tag follows.
    pub(super) contains: bool,
}

impl<'m> Tag<'m> {
    /// Its attributes, each with its value, which is still escaped; an attribute without a value has none.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'m str, &'m str)> + use<'m> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches([' ', '\n']);
            let end = rest.bytes().position(|byte| matches!(byte, b'=' | b' ' | b'\n')).unwrap_or(rest.len());
            let name = &rest[..end];
            rest = &rest[end..];
            if name.is_empty() {
                return None;
            }
            let Some(value) = rest.strip_prefix("=\"") else { return Some((name, "")) };
            let end = memchr(b'"', value.as_bytes()).unwrap_or(value.len());
            rest = value.get(end + 1..).unwrap_or("");
            Some((name, &value[..end]))
        })
    }
}

/// Whether an element has no end.
fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "input" | "wbr")
}

/// The pieces of some markup, one after the other.
pub(super) struct Pieces<'m> {
    markup: &'m str,
    /// Where the next piece begins.
    pub(super) at: usize,
}

/// Takes markup apart.
pub(super) fn pieces(markup: &str) -> Pieces<'_> {
    Pieces { markup, at: 0 }
}

impl<'m> Iterator for Pieces<'m> {
    type Item = Piece<'m>;

    fn next(&mut self) -> Option<Piece<'m>> {
        let rest = &self.markup[self.at..];
        let (piece, length) = match rest.strip_prefix('<') {
            None if rest.is_empty() => return None,
            None => {
                let end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                (Piece::Text(&rest[..end]), end)
            }
            Some(tag) => {
                // Values are escaped, so that no `>` stands in them.
                let end = memchr(b'>', tag.as_bytes()).unwrap_or(tag.len());
                (tag_of(&tag[..end]), (end + 2).min(rest.len()))
            }
        };
        self.at += length;
        Some(piece)
    }
}

fn tag_of(inside: &str) -> Piece<'_> {
    if let Some(name) = inside.strip_prefix('/') {
        return Piece::Close(name);
    }
    let whole = inside.strip_suffix('/').unwrap_or(inside);
    let end = whole.bytes().position(|byte| matches!(byte, b' ' | b'\n')).unwrap_or(whole.len());
    let (name, attributes) = whole.split_at(end);
    Piece::Open(Tag { name, attributes, contains: whole.len() == inside.len() && !is_void(name) })
}

/// A text as it was before it was escaped.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (letter, length) = match rest {
            _ if rest.starts_with("&amp;") => ('&', 5),
            _ if rest.starts_with("&lt;") => ('<', 4),
            _ if rest.starts_with("&gt;") => ('>', 4),
            _ if rest.starts_with("&quot;") => ('"', 6),
            _ if rest.starts_with("&#39;") => ('\'', 5),
            _ => ('&', 1),
        };
        plain.push(letter);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}
