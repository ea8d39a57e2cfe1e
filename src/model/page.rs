//! A free page or a notice as its record states it.
//!
//! In come a title and a Markdown body, out goes the record.
//! Where the page stands follows from its file's path, never from its title.

use crate::model::alias::{Alias, aliases, read_aliases};
use crate::parse::definition::{Definition, Form, optional, required};
use crate::parse::fields::Fields;
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

/// What a page's or a notice's record may say.
pub static RECORD: Definition = Definition {
    what: "a page",
    says: "A free page, a notice or the text of the home page; what it says is the Markdown below the front matter.",
    keys: &[
        required("title", Form::Text, "The heading.").such_as("How to contribute"),
        optional("description", Form::LongText, "One sentence for lists and search engines.")
            .such_as("How to add a certification or mend one."),
        optional(
            "order",
            Form::Integer(i64::MIN, i64::MAX),
            "Its place in lists of pages; 0 where it is left out.",
        )
        .such_as("10"),
        aliases(),
    ],
    rules: &[],
};
impl PageRecord {
    /// Reads the record; `None` when it has no title.
    pub fn read(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Option<Self> {
        Some(Self {
            description: fields.text("description").map(|text| text.value),
            order: fields.integer("order").map_or(0, |order| order.value),
            aliases: read_aliases(fields),
            body: body.unwrap_or_default(),
            title: fields.text("title")?.value,
        })
    }
}
