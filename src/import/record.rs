//! Records as text: keys and values in the layout that the catalogue's own records have.
//!
//! In come keys with values, out goes TOML that the reader of records gives back as it was.
//! Nothing is decided here: what a record says was settled before.

use std::fmt::Write as _;

use rust_decimal::Decimal;
use toml_writer::TomlStringBuilder;

/// A record in the making.
#[derive(Debug, Default)]
pub(super) struct Writer {
    text: String,
}

impl Writer {
    /// The header of a table in a list, after an empty line.
    pub(super) fn table(&mut self, name: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.line(format_args!("[[{name}]]"));
    }

    /// A text, unless it is empty.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.line(format_args!("{key} = {}", text(value)));
        }
    }

    /// A list of texts; a list of one is a text.
    pub(super) fn texts(&mut self, key: &str, values: &[&str]) {
        match values {
            [one] => self.text(key, one),
            values => {
                let values: Vec<String> = values.iter().map(|value| text(value)).collect();
                self.line(format_args!("{key} = [{}]", values.join(", ")));
            }
        }
    }

    /// A whole number.
    pub(super) fn integer(&mut self, key: &str, value: i64) {
        self.line(format_args!("{key} = {value}"));
    }

    /// An exact decimal, with as many digits as it was given with.
    pub(super) fn decimal(&mut self, key: &str, value: Decimal) {
        self.line(format_args!("{key} = {value}"));
    }

    /// How long it is.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Adds what another writer wrote.
    pub(super) fn append(&mut self, other: &Self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&other.text);
    }

    /// The record.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        writeln!(self.text, "{line}").expect("writing to memory cannot fail");
    }
}

/// A text on one line, in quotation marks.
fn text(value: &str) -> String {
    let builder = TomlStringBuilder::new(value);
    let written = builder.as_basic_pretty().unwrap_or_else(|| builder.as_basic());
    toml_writer::ToTomlValue::to_toml_value(&written)
}
