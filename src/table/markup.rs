//! The markup of a table taken apart again, so that what a cell shows and what a file says of it are one thing.
//!
//! In comes markup that this program wrote, out go its tags and texts in order, with the texts unescaped.
//! It is no parser of HTML: only what `HtmlWriter` makes is ever read here.

use std::borrow::Cow;

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

/// Elements that have no end.
const VOID: &[&str] = &["br", "hr", "img", "input", "wbr"];

impl<'m> Tag<'m> {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'m, str>> {
        let starts = self.attributes.match_indices(name).map(|(at, _)| at);
        let mut values = starts.filter_map(|at| {
            let begins = at == 0 || self.attributes.as_bytes()[at - 1] == b' ';
            let rest = self.attributes[at + name.len()..].strip_prefix("=\"").filter(|_| begins)?;
            rest.split_once('"').map(|(value, _)| value)
        });
        values.next().map(unescaped)
    }

    /// Whether the element has a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
    }
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
                let end = rest.find('<').unwrap_or(rest.len());
                (Piece::Text(&rest[..end]), end)
            }
            Some(tag) => {
                // Values are escaped, so that no `>` stands in them.
                let end = tag.find('>').unwrap_or(tag.len());
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
    let (name, attributes) = whole.split_once([' ', '\n']).unwrap_or((whole, ""));
    Piece::Open(Tag { name, attributes, contains: whole.len() == inside.len() && !VOID.contains(&name) })
}

/// A text as it was before it was escaped.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
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
