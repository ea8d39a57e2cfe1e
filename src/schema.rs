//! What every kind of record may say, for editors and for readers of the documentation.
//!
//! In come the definitions that the readers of records use, out go JSON Schemas, the reference of the record format, and which file uses which.
//! Nothing is said here of any key: a record's definition is all that is known of it.

mod example;
mod patterns;
mod json;
mod reference;

use std::fmt::Write as _;

use serde_json::Value;

use crate::model::{
    Kind, certification, config, crosswalk, element, framework, mapping, organization, page, translation,
};
use crate::parse::definition::Definition;
use crate::theme;

pub use reference::reference;

/// A kind of record with a schema.
#[derive(Clone, Copy, Debug)]
pub struct RecordKind {
    /// What its schema is called: `certification`.
    pub name: &'static str,
    /// Where its files stand in a catalogue.
    pub files: &'static [&'static str],
    /// What a file may say.
    pub definition: &'static Definition,
    /// What a file of many may say, where there are such.
    pub list: Option<&'static Definition>,
}

/// A kind of record whose definition stands in its own module.
fn kind(name: &'static str, files: &'static [&'static str], definition: &'static Definition) -> RecordKind {
    RecordKind { name, files, definition, list: None }
}

/// The translation of a record of this kind.
fn translated(name: &'static str, files: &'static [&'static str], of: &Kind) -> RecordKind {
    let definition = translation::definition(of).expect("it can be said in another language");
    RecordKind { name, files, definition, list: None }
}

/// Every kind of record, in the order of the reference.
pub fn kinds() -> Vec<RecordKind> {
    let elements = Kind::Elements { framework: String::new(), stem: String::new() };
    let id = String::new;
    vec![
        kind("site", &["site.toml"], &config::RECORD),
        kind("page", &["content/index.md", "content/pages/**/*.md", "content/notices/*.md"], &page::RECORD),
        kind(
            "framework",
            &["content/frameworks/*/framework.toml", "content/frameworks/*/framework.md"],
            &framework::RECORD,
        ),
        RecordKind {
            list: Some(&element::LIST),
            ..kind(
                "element",
                &["content/frameworks/*/elements/**/*.toml", "content/frameworks/*/elements/**/*.md"],
                &element::RECORD,
            )
        },
        kind(
            "organization",
            &["content/organizations/*.toml", "content/organizations/*.md"],
            &organization::RECORD,
        ),
        kind(
            "certification",
            &["content/certifications/*/certification.toml", "content/certifications/*/certification.md"],
            &certification::RECORD,
        ),
        kind(
            "mapping",
            &["content/certifications/*/mapping.toml", "content/certifications/*/mapping/*.toml"],
            &mapping::RECORD,
        ),
        kind("crosswalk", &["content/crosswalks/*.toml", "content/crosswalks/*.md"], &crosswalk::RECORD),
        translated("translation-of-site", &["content/translations/*/site.toml"], &Kind::Config),
        translated(
            "translation-of-page",
            &[
                "content/translations/*/index.md",
                "content/translations/*/pages/**/*.md",
                "content/translations/*/notices/*.md",
            ],
            &Kind::Home,
        ),
        translated(
            "translation-of-framework",
            &[
                "content/translations/*/frameworks/*/framework.toml",
                "content/translations/*/frameworks/*/framework.md",
            ],
            &Kind::Framework(id()),
        ),
        RecordKind {
            list: Some(&translation::LIST),
            ..translated(
                "translation-of-element",
                &[
                    "content/translations/*/frameworks/*/elements/**/*.toml",
                    "content/translations/*/frameworks/*/elements/**/*.md",
                ],
                &elements,
            )
        },
        translated(
            "translation-of-organization",
            &["content/translations/*/organizations/*.toml", "content/translations/*/organizations/*.md"],
            &Kind::Organization(id()),
        ),
        translated(
            "translation-of-certification",
            &[
                "content/translations/*/certifications/*/certification.toml",
                "content/translations/*/certifications/*/certification.md",
            ],
            &Kind::Certification(id()),
        ),
        kind("theme", &["themes/*/theme.toml"], &theme::RECORD),
    ]
}

impl RecordKind {
    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        kinds().into_iter().find(|kind| kind.name == name)
    }

    /// The name of the file of its schema.
    pub fn file(&self) -> String {
        format!("{}.json", self.name)
    }

    /// Its JSON Schema, draft 7; a record in Markdown is its front matter.
    pub fn schema(&self) -> Value {
        json::schema(self)
    }

    /// Its schema as a file.
    pub fn text(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(&self.schema()).expect("texts and numbers are always JSON");
        text.push('\n');
        text
    }
}

/// Settings for Taplo, the TOML tool behind several editors: which file is checked against which schema. `folder` is where the
/// schemas stand, seen from the file of the settings.
pub fn taplo(folder: &str) -> String {
    let mut text =
        "# Which record is checked against which schema. `certalog schema --out` writes them.\n".to_owned();
    for kind in kinds() {
        let files =
            kind.files.iter().filter(|file| file.rsplit_once('.').is_some_and(|(_, end)| end == "toml"));
        let files: Vec<String> = files.map(|file| format!("{file:?}")).collect();
        if files.is_empty() {
            continue;
        }
        let (files, path) = (files.join(", "), format!("{folder}/{}", kind.file()));
        let rule = "\n[[rule]]\ninclude = [";
        writeln!(text, "{rule}{files}]\n\n[rule.schema]\nenabled = true\npath = {path:?}")
            .expect("a string takes any text");
    }
    text
}
