//! An organization as its record states it.
//!
//! In comes the table of an organization's file, out goes the record with its references still as text.
//! What it certified is not written here: that is computed from the certifications.

use crate::model::alias::{Alias, aliases, read_aliases};
use crate::model::shared::{
    Remark, description, read_description, read_name, read_remarks, read_web_address, remarks, url,
};
use crate::model::waiver::{Waiver, read_waivers, waivers};
use crate::parse::definition::{Definition, Form, optional, required};
use crate::parse::fields::Fields;
use crate::parse::markdown::Body;
use crate::text::{Span, Spanned};

/// A picture with the words that stand for it.
#[derive(Clone, Debug)]
pub struct Logo {
    /// The file, relative to the record's folder.
    pub file: Spanned<String>,
    /// What it shows.
    pub alt: String,
}

/// An organization's record.
#[derive(Clone, Debug)]
pub struct OrganizationRecord {
    /// Its name.
    pub name: String,
    /// Where the name is written.
    pub name_span: Span,
    /// Names it had before.
    pub former_names: Vec<String>,
    /// Its home.
    pub url: Option<String>,
    /// Where it sits.
    pub country: Option<String>,
    /// Its logo.
    pub logo: Option<Logo>,
    /// The organization that took its place.
    pub successor: Option<Spanned<String>>,
    /// Former addresses of its page.
    pub aliases: Vec<Alias>,
    /// Faults of sources that an editor noted.
    pub remarks: Vec<Remark>,
    /// Findings that it accepts.
    pub waivers: Vec<Waiver>,
    /// What it is, in prose.
    pub body: Body,
}

/// What the record may say.
pub static RECORD: Definition = Definition {
    what: "an organization",
    says: "An organization that had products certified; what it certified is computed and not written here.",
    keys: &[
        required("name", Form::Text, "Its name.").such_as("Example Networks"),
        optional("former_names", Form::Texts, "Names it had before.").such_as(r#"["Example Telephones"]"#),
        url("Its home."),
        optional("country", Form::Text, "Where it sits.").such_as("Norway"),
        optional("logo", Form::Table(&LOGO), "Its logo."),
        optional("successor", Form::Id, "The organization that took its place, by id.")
            .such_as("example-group"),
        aliases(),
        description("What it is, in Markdown, for a `.toml` file."),
        remarks(),
        waivers(),
    ],
    rules: &[],
};
static LOGO: Definition = Definition {
    what: "a logo",
    says: "A picture with the words that stand for it.",
    keys: &[
        required("file", Form::Text, "The picture, a file beside the record.").such_as("logo.svg"),
        required("alt", Form::Text, "What it shows, for those who cannot see it.")
            .such_as("Example Networks"),
    ],
    rules: &[],
};
impl OrganizationRecord {
    /// Reads the record; `None` when it has no name to go by.
    pub fn read(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Option<Self> {
        let logo = fields.table("logo").and_then(|table| {
            let mut logo = fields.inner(table, &LOGO);
            Some(Logo { file: logo.text("file")?, alt: logo.text("alt")?.value })
        });
        let name = read_name(fields, "name");
        Some(Self {
            former_names: fields.texts("former_names").into_iter().map(|text| text.value).collect(),
            url: read_web_address(fields, "url"),
            country: fields.text("country").map(|text| text.value),
            logo,
            successor: fields.text("successor"),
            aliases: read_aliases(fields),
            remarks: read_remarks(fields),
            waivers: read_waivers(fields),
            body: read_description(fields, body),
            name_span: name.as_ref()?.span,
            name: name?.value,
        })
    }
}
