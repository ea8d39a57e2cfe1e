//! A document of a certification: what it is for, its title, and where it can be had.
//!
//! In comes a `[[document]]` table, out goes the document with its place as stated.
//! Whether a file is really there is found out when the catalogue is linked.

use crate::diagnostic::{Code, Finding};
use crate::model::date::PartialDate;
use crate::model::shared::{read_date, read_web_address, url};
use crate::parse::definition::{Choice, Definition, Form, Key, Rule, optional, required, words};
use crate::parse::fields::{Fields, Table};
use crate::text::Spanned;

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The certification report.
    Report,
    /// The mapping of one element.
    Mapping,
    /// Evidence.
    Evidence,
    /// A figure.
    Figure,
    /// Something else.
    Other,
}

impl Choice for Role {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("report", Self::Report),
        ("mapping", Self::Mapping),
        ("evidence", Self::Evidence),
        ("figure", Self::Figure),
        ("other", Self::Other),
    ];
}

impl Role {
    /// The words for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::Report => "Report",
            Self::Mapping => "Mapping",
            Self::Evidence => "Evidence",
            Self::Figure => "Figure",
            Self::Other => "Document",
        }
    }
}

/// Where a document can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the certification's folder.
    File(Box<Spanned<String>>),
    /// Somewhere on the web.
    Web(Box<str>),
    /// Known, not published here.
    Unpublished,
}

/// A document of a certification.
#[derive(Clone, Debug)]
pub struct DocumentRecord {
    /// What it is for.
    pub role: Role,
    /// Its title.
    pub title: String,
    /// Its type, as stated: "pdf".
    pub kind: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Its date.
    pub date: Option<PartialDate>,
    /// Other titles under which the source names it.
    pub printed: Vec<Spanned<String>>,
    /// The id of the element it is about.
    pub element: Option<Spanned<String>>,
    /// Where it can be had.
    pub location: Location,
}

pub(super) static DOCUMENT: Definition = Definition {
    what: "a document",
    says: "A document of the certification; one without `file` and `url` is known and not published here.",
    keys: &[
        required("role", Form::Word(words::<Role>), "What it is for.").such_as("report"),
        required("title", Form::Text, "Its title.").such_as("Detailed Certification Report"),
        optional("type", Form::Text, "Its type, as stated.").such_as("pdf"),
        optional("version", Form::Text, "Its version.").such_as("1.1"),
        optional("date", Form::Date, "Its date.").such_as("2017-02"),
        optional("printed", Form::Texts, "Other titles under which the source names it.")
            .such_as(r#"["Detailed report"]"#),
        optional("element", Form::Text, "The id of the element it is about, in the assessed release.")
            .such_as("1.3.7.4"),
        file(),
        url("Where it stands on the web."),
    ],
    rules: &[Rule::AtMostOne(&["file", "url"])],
};

/// The key for a file in the certification's folder.
pub(in crate::model) const fn file() -> Key {
    optional("file", Form::Text, "The file, beside the record.").such_as("report.pdf")
}
impl DocumentRecord {
    pub(super) fn read(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Option<Self> {
        let mut document = fields.inner(table, &DOCUMENT);
        let location = read_location(&mut document);
        let (role, title) = (document.choice("role"), document.text("title"));
        Some(Self {
            kind: document.text("type").map(|text| text.value),
            version: document.text("version").map(|text| text.value),
            date: read_date(&mut document, "date").map(|date| date.value),
            printed: document.texts("printed"),
            element: document.text("element"),
            location,
            role: role?.value,
            title: title?.value,
        })
    }
}

/// A place as stated: a file, an address, or neither.
pub(in crate::model) fn read_location(fields: &mut Fields<'_, '_>) -> Location {
    let (file, url) = (fields.text("file"), read_web_address(fields, "url"));
    match (file, url) {
        (Some(file), Some(_)) => {
            let message = "a document has either a `file` or a `url`";
            fields.report(Finding::new(Code::ConflictingKeys, file.span, message));
            Location::File(Box::new(file))
        }
        (Some(file), None) => Location::File(Box::new(file)),
        (None, Some(url)) => Location::Web(url.into_boxed_str()),
        (None, None) => Location::Unpublished,
    }
}
