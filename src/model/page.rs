//! A free page or a notice as its record states it.
//!
//! In come a title and a Markdown body, out goes the record.
//! Where the page stands follows from its file's path, never from its title.

use crate::model::alias::{Alias, read_aliases};
use crate::parse::fields::{Fields, Key, optional, required};
use crate::parse::markdown::Body;

/// A page's or a notice's record.
#[derive(Clone, Debug)]
pub struct PageRecord {
    /// The heading.
    pub title: String,
    /// One sentence for lists and search engines.
    pub description: Option<String>,
    /// Its place in lists.
    pub order: i64,
    /// Former addresses of its page.
    pub aliases: Vec<Alias>,
    /// The text.
    pub body: Body,
}

/// What the record is called in messages, and its keys.
pub const RECORD: (&str, &[Key]) =
    ("a page", &[required("title"), optional("description"), optional("order"), optional("aliases")]);

impl PageRecord {
    /// Reads the record; `None` when it has no title.
    pub fn read(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Option<Self> {
        Some(Self {
            description: fields.text("description").map(|text| text.value),
            order: fields.integer("order", i64::MIN..=i64::MAX).map_or(0, |order| order.value),
            aliases: read_aliases(fields),
            body: body.unwrap_or_default(),
            title: fields.text("title")?.value,
        })
    }
}
