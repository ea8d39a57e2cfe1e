//! A text that is HTML but for the addresses that only the whole catalogue knows.
//!
//! In come the pieces that the writer made, out goes markup once somebody says where each reference leads.
//! Rendering never changes the body, so one body can stand on several pages.

use super::pieces::Piece;
use crate::diagnostic::Finding;
use crate::html::{Html, HtmlWriter};
use crate::text::Span;

/// A parsed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    pub(super) pieces: Vec<Piece>,
    pub(super) references: Vec<Reference>,
    /// The headings in their order.
    pub headings: Vec<Heading>,
    /// The words alone, for search and descriptions: one line for each block, without code blocks.
    pub plain: String,
    /// What is wrong with the text itself.
    pub findings: Vec<Finding>,
}

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The level on the page, from 2.
    pub level: u8,
    /// The anchor, unique within the text.
    pub id: String,
    /// The words.
    pub text: String,
}

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// A record, written `[[target]]`.
    Record,
    /// A file in the record's folder, linked.
    File,
    /// A file in the record's folder, shown as a picture.
    Picture,
}

/// A link or picture whose address depends on the rest of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it leads to.
    pub kind: ReferenceKind,
    /// What stands between the brackets, or the decoded path of a file.
    pub target: String,
    /// The place within a file; rendering adds it to the address.
    pub fragment: Option<String>,
    /// The whole link or picture.
    pub span: Span,
}

/// Where a reference leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The address; empty where there is none, and then the words stand without a link.
    pub href: String,
    /// The words for a reference that was written without any.
    pub text: String,
}

impl Body {
    /// The markup, each reference resolved once and in the order of the text.
    pub fn render(&self, resolve: &mut dyn FnMut(&Reference) -> Resolved) -> Html {
        self.render_with_prefix("", resolve)
    }

    /// The markup with a prefix before every anchor, for a page that holds several texts.
    pub fn render_with_prefix(&self, prefix: &str, resolve: &mut dyn FnMut(&Reference) -> Resolved) -> Html {
        let resolved: Vec<_> = self.references.iter().map(resolve).collect();
        let mut writer = HtmlWriter::default();
        for piece in &self.pieces {
            match piece {
                Piece::Html(html) => writer.html(html),
                Piece::Prefix => writer.text(prefix),
                Piece::Address(index) => {
                    write_address(&mut writer, &self.references[*index], &resolved[*index].href);
                    &mut writer
                }
                Piece::Name(index) => writer.text(&resolved[*index].text),
            };
        }
        writer.finish()
    }

    /// The links and pictures that need an address, in the order of the text.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.references.iter()
    }

    /// Whether the text says nothing.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

fn write_address(writer: &mut HtmlWriter, reference: &Reference, href: &str) {
    if href.is_empty() {
        return;
    }
    let name = match reference.kind {
        ReferenceKind::Record | ReferenceKind::File => " href=\"",
        ReferenceKind::Picture => " src=\"",
    };
    writer.literal(name).text(href);
    if let Some(fragment) = &reference.fragment {
        writer.literal("#").text(fragment);
    }
    writer.literal("\"");
}
