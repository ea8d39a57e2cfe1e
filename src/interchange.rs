//! Certifications in the formats of other fields' programs, for those who hand them on.
//!
//! In come the linked catalogue, a day and the certifications that are wanted, out go files by name, with what is in none of them.
//! Nothing is invented for a format that asks for more than a record says: what it needs and does not get is told.

mod markup;
mod told;
mod navigator;
mod oscal;

pub use navigator::layers;
pub use oscal::{VERSION as OSCAL, documents};

/// What came of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Files with their texts, by name below the folder.
    pub files: Vec<(String, String)>,
    /// What is in no file, and why: whole sentences.
    pub left_out: Vec<String>,
}

impl Exported {
    fn add(&mut self, name: String, value: &impl serde::Serialize) {
        let bytes = crate::json::file(value);
        self.files.push((name, String::from_utf8(bytes).expect("JSON is UTF-8")));
    }
}
