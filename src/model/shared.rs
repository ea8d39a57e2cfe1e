//! Parts that several kinds of record have: dates, addresses, descriptions, remarks.
//!
//! In come open tables, out go typed parts; each mistake is reported at its place.
//! Nothing here knows which record it is reading.

use crate::diagnostic::{Code, Finding};
use crate::likeness;
use crate::model::date::PartialDate;
use crate::parse::address;
use crate::parse::definition::{Definition, Form, Key, optional, required};
use crate::parse::fields::Fields;
use crate::parse::markdown::{self, Body};
use crate::text::Spanned;

/// A fault of the source that an editor noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What is odd, in the editor's words.
    pub text: Spanned<String>,
    /// The id of the element it is about, if it is about one.
    pub element: Option<Spanned<String>>,
}

static REMARK: Definition = Definition {
    what: "a remark",
    says: "A fault of the source that an editor noted; it is shown as a finding.",
    keys: &[
        optional("element", Form::Text, "The id of the element it is about, in the assessed release.")
            .such_as("1.3.7.4"),
        required("text", Form::LongText, "What is odd, in the editor's words.")
            .such_as("The table prints one process twice."),
    ],
    rules: &[],
};

/// The key for faults of the source.
pub(super) const fn remarks() -> Key {
    optional("remark", Form::Tables(&REMARK), "Faults of the source that an editor noted.")
}

/// The key for prose in a record without a Markdown body.
pub(super) const fn description(says: &'static str) -> Key {
    optional("description", Form::Prose, says).such_as("Seen by everybody who opens the page.")
}

/// The key for the address of something that stands elsewhere.
pub(super) const fn url(says: &'static str) -> Key {
    optional("url", Form::Address, says).such_as("https://example.org/report")
}

/// The key for the notices that apply.
pub(super) const fn notices(says: &'static str) -> Key {
    optional("notices", Form::Ids, says).such_as(r#"["report-misuse"]"#)
}
/// The `[[remark]]` tables of a record.
pub fn read_remarks(fields: &mut Fields<'_, '_>) -> Vec<Remark> {
    let tables = fields.tables("remark");
    let remarks = tables.into_iter().filter_map(|table| {
        let mut remark = fields.inner(table, &REMARK);
        Some(Remark { element: remark.text("element"), text: remark.text("text")? })
    });
    remarks.collect()
}

/// A name, which is no longer a name where a word of it is made of letters that only look like those of the others.
pub fn read_name(fields: &mut Fields<'_, '_>, key: &str) -> Option<Spanned<String>> {
    let name = fields.text(key)?;
    if let Some((word, scripts)) = likeness::mixed(&name.value) {
        let scripts: Vec<String> = scripts
            .into_iter()
            .map(|(script, letter)| format!("{script} (`{letter}`, U+{:04X})", u32::from(letter)))
            .collect();
        let message =
            format!("the word `{word}` of `{key}` has letters of several scripts: {}", scripts.join(", "));
        let help = "write each word in one script; letters that look alike are found by a search only where they are the same";
        fields.report(Finding::new(Code::MixedScripts, name.span, message).help(help));
    }
    Some(name)
}

/// A date at its own precision.
pub fn read_date(fields: &mut Fields<'_, '_>, key: &str) -> Option<Spanned<PartialDate>> {
    let text = fields.text_or_date(key)?;
    if let Some(date) = PartialDate::parse(&text.value) {
        return Some(Spanned::new(date, text.span));
    }
    let message = format!("`{}` is not a date", text.value);
    let finding = Finding::new(Code::InvalidDate, text.span, message)
        .help("write a year, a month or a day that exists: \"2017\", \"2017-02\" or \"2017-02-14\"");
    fields.report(match PartialDate::parse_printed(&text.value) {
        Some(date) => {
            finding.help("year, month and day stand in this order").rewrite_as(format!("\"{date}\""))
        }
        None => finding,
    });
    None
}

/// An address that leads out of the catalogue.
pub fn read_web_address(fields: &mut Fields<'_, '_>, key: &str) -> Option<String> {
    let text = fields.text(key)?;
    match address::external(&text.value, text.span, fields.limits()) {
        Ok(address) => Some(address),
        Err(finding) => {
            fields.report(finding);
            None
        }
    }
}

/// The prose of a record: the body of a Markdown file, or the `description` of a TOML file.
pub fn read_description(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Body {
    let Some(text) = fields.text("description") else { return body.unwrap_or_default() };
    match body.filter(|body| !body.is_empty()) {
        Some(body) => {
            let message = "the record has both a `description` and a text below its front matter";
            fields.report(
                Finding::new(Code::ConflictingKeys, text.span, message)
                    .help("keep the text below the front matter"),
            );
            body
        }
        None => {
            let mut body = markdown::parse_value(&text.value, text.span, fields.limits());
            for finding in std::mem::take(&mut body.findings) {
                fields.report(finding);
            }
            body
        }
    }
}
