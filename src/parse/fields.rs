//! Typed keys out of a TOML table, with every mistake reported at its place.
//!
//! In comes a table with spans and the list of keys that its record knows; out go typed values and findings.
//! A missing or wrong key never stops the reading: the value is simply absent and the next key is read.

use std::borrow::Cow;
use std::str::FromStr;

use rust_decimal::Decimal;
use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Finding};
use crate::near;
use crate::text::{Span, Spanned};

/// A key that a record knows.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// Whether the record cannot do without it.
    pub required: bool,
}

/// A key that the record cannot do without.
pub const fn required(name: &'static str) -> Key {
    Key { name, required: true }
}

/// A key that may be left out.
pub const fn optional(name: &'static str) -> Key {
    Key { name, required: false }
}

/// A value that is one of a few words, such as an outcome.
pub trait Choice: Sized + Copy + 'static {
    /// Every word with its meaning.
    const WORDS: &'static [(&'static str, Self)];
}

/// A table of a file, its offset in it, and the findings of the file so far.
pub struct Fields<'t, 'f> {
    table: &'t DeTable<'t>,
    offset: usize,
    findings: &'f mut Vec<Finding>,
}

/// A table inside a record, with its place in the file.
#[derive(Clone, Copy)]
pub struct Table<'t> {
    /// Keys and values.
    pub table: &'t DeTable<'t>,
    /// The table's header or braces, within the file.
    pub span: Span,
}

/// Parses a TOML text that starts `offset` bytes into its file. Syntax errors, all of them, become findings; what could be
/// made of the rest comes back with them, and the second value says whether there were any.
pub fn parse_table<'t>(
    text: &'t str,
    offset: usize,
    findings: &mut Vec<Finding>,
) -> (TomlSpanned<DeTable<'t>>, bool) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let is_broken = !errors.is_empty();
    for error in errors {
        let span = error.span().map_or(Span::start_of_file(), Span::from);
        let message = lower_first(error.message());
        findings.push(repair(text, span, Finding::new(Code::InvalidToml, span.shifted(offset), message)));
    }
    (table, is_broken)
}

/// What usually lies behind a syntax error, as help.
fn repair(text: &str, span: Span, finding: Finding) -> Finding {
    let at = (span.start as usize).min(text.len());
    let (before, after) = (text.as_bytes()[..at].last(), &text.as_bytes()[at..]);
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    if after.first() == Some(&b',') && is_digit(before) && is_digit(after.get(1)) {
        let comma = Span::new(at, at + 1).shifted(finding.span.start as usize - at);
        let finding = Finding { span: comma, ..finding }
            .help("decimals are written with a point, not with a comma");
        // Three digits may be a thousand and no decimals.
        let digits = after[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        return if digits == 3 { finding.replace_with(".") } else { finding.rewrite_as(".") };
    }
    if finding.message.contains("quote") {
        return finding.help("a text stands between two quotation marks: \"like this\"");
    }
    finding
}

fn lower_first(message: &str) -> String {
    let first_line = message.lines().next().unwrap_or_default();
    let mut letters = first_line.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// An item of a list that holds texts and tables side by side.
#[derive(Clone)]
pub enum TextOrTable<'t> {
    /// A text.
    Text(Spanned<String>),
    /// A table in braces.
    Table(Table<'t>),
}

impl<'t, 'f> Fields<'t, 'f> {
    /// Opens a table: reports keys that the record does not know and keys that it misses.
    /// `what` names the record in messages ("a certification").
    pub fn open(
        table: Table<'t>,
        offset: usize,
        (what, keys): (&str, &[Key]),
        findings: &'f mut Vec<Finding>,
    ) -> Self {
        for key in table.table.keys() {
            let name: &str = key.get_ref();
            if keys.iter().any(|known| known.name == name) {
                continue;
            }
            let span = Span::from(key.span()).shifted(offset);
            let mut finding = Finding::new(Code::UnknownKey, span, format!("{what} has no key `{name}`"));
            let absent = keys.iter().map(|key| key.name).filter(|known| table.table.get(*known).is_none());
            match near::nearest(name, absent) {
                Some(near) => {
                    finding = finding.help(format!("did you mean `{near}`?")).replace_with(near);
                }
                None => {
                    let known: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
                    finding = finding.help(format!("the keys of {what} are {}", known.join(", ")));
                }
            }
            findings.push(finding);
        }
        for key in keys.iter().filter(|key| key.required && table.table.get(key.name).is_none()) {
            let message = format!("{what} needs the key `{}`", key.name);
            findings.push(Finding::new(Code::MissingKey, table.span, message));
        }
        Self { table: table.table, offset, findings }
    }

    /// Adds a finding about this table.
    pub fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Where a key is written, if it is.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.table.get_key_value(key).map(|(key, _)| Span::from(key.span()).shifted(self.offset))
    }

    /// A text that says something.
    pub fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        let value = self.value(key)?;
        self.read_text(key, value)
    }

    /// A text that may be empty.
    pub fn text_or_empty(&mut self, key: &str) -> Option<Spanned<String>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Spanned::new(text.clone().into_owned(), self.span(value))),
            _ => self.wrong_type(key, "a text in quotation marks", value),
        }
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.read_text(key, item)).collect(),
            _ => self.wrong_type(key, "a list of texts", value).unwrap_or_default(),
        }
    }

    /// One text, or a list of them.
    pub fn text_or_texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        match self.value(key).map(TomlSpanned::get_ref) {
            Some(DeValue::Array(_)) | None => self.texts(key),
            Some(_) => self.text(key).into_iter().collect(),
        }
    }

    /// A whole number within a range.
    pub fn integer(&mut self, key: &str, range: std::ops::RangeInclusive<i64>) -> Option<Spanned<i64>> {
        let value = self.value(key)?;
        let span = self.span(value);
        let Some(integer) = value.get_ref().as_integer() else {
            return self.wrong_type(key, "a whole number", value);
        };
        let number = i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok();
        match number.filter(|number| range.contains(number)) {
            Some(number) => Some(Spanned::new(number, span)),
            None => {
                let message =
                    format!("`{key}` must be a whole number from {} to {}", range.start(), range.end());
                self.report(Finding::new(Code::InvalidValue, span, message));
                None
            }
        }
    }

    /// An exact decimal: the digits as written, never a binary float.
    pub fn decimal(&mut self, key: &str) -> Option<Spanned<Decimal>> {
        let value = self.value(key)?;
        let span = self.span(value);
        let digits: Cow<'_, str> = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => Cow::Borrowed(integer.as_str()),
            DeValue::Float(float) => Cow::Borrowed(float.as_str()),
            DeValue::String(text) => {
                let number = text.trim().replace(',', ".");
                let mut finding = Finding::new(
                    Code::WrongType,
                    span,
                    format!("`{key}` must be a number, and this is a text"),
                );
                if Decimal::from_str(&number).is_ok() {
                    finding = finding.help("write the number without quotation marks");
                    finding = match text.contains(',') {
                        true => finding.replace_with(number),
                        false => finding.rewrite_as(number),
                    };
                }
                self.report(finding);
                return None;
            }
            _ => return self.wrong_type(key, "a number", value),
        };
        let digits = digits.replace('_', "");
        match Decimal::from_str_exact(digits.trim_start_matches('+')) {
            Ok(number) => Some(Spanned::new(number, span)),
            Err(_) => {
                let message = format!("`{key}` must be a plain decimal number such as 4.8");
                self.report(Finding::new(Code::InvalidValue, span, message));
                None
            }
        }
    }

    /// True or false.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong_type(key, "`true` or `false`", value),
        }
    }

    /// One of a few words.
    pub fn choice<T: Choice>(&mut self, key: &str) -> Option<Spanned<T>> {
        let word = self.text(key)?;
        if let Some((_, meaning)) = T::WORDS.iter().find(|(known, _)| *known == word.value) {
            return Some(Spanned::new(*meaning, word.span));
        }
        let known: Vec<String> = T::WORDS.iter().map(|(known, _)| format!("`{known}`")).collect();
        let mut finding =
            Finding::new(Code::InvalidValue, word.span, format!("`{}` is no `{key}`", word.value))
                .help(format!("`{key}` is one of {}", known.join(", ")));
        if let Some(near) = near::nearest(&word.value, T::WORDS.iter().map(|(known, _)| *known)) {
            finding = finding.help(format!("did you mean `{near}`?")).replace_with(format!("\"{near}\""));
        }
        self.report(finding);
        None
    }

    /// A table in braces or under a header of its own.
    pub fn table(&mut self, key: &str) -> Option<Table<'t>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Table { table, span: self.span(value) }),
            _ => self.wrong_type(key, "a table", value),
        }
    }

    /// A list of tables, written as `[[key]]` or in brackets.
    pub fn tables(&mut self, key: &str) -> Vec<Table<'t>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type::<()>(key, "a list of tables, each under a `[[…]]` header", value);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => tables.push(Table { table, span: self.span(item) }),
                _ => {
                    self.wrong_type::<()>(key, "a list of tables", item);
                }
            }
        }
        tables
    }

    /// A list of texts and tables; a single one counts as a list of one.
    pub fn texts_or_tables(&mut self, key: &str) -> Vec<TextOrTable<'t>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let read = items.into_iter().filter_map(|item| match item.get_ref() {
            DeValue::Table(table) => Some(TextOrTable::Table(Table { table, span: self.span(item) })),
            _ => self.read_text(key, item).map(TextOrTable::Text),
        });
        read.collect()
    }

    /// Opens a table inside this one.
    pub fn inner<'u>(&mut self, table: Table<'u>, record: (&str, &[Key])) -> Fields<'u, '_> {
        Fields::open(table, self.offset, record, self.findings)
    }

    /// Opens a table inside this one whose keys are not known beforehand.
    pub fn inner_unlisted<'u>(&mut self, table: Table<'u>) -> Fields<'u, '_> {
        Fields { table: table.table, offset: self.offset, findings: self.findings }
    }

    /// Every key and text of a table whose keys are not known beforehand.
    pub fn entries(&mut self) -> Vec<(Spanned<String>, Spanned<String>)> {
        let table = self.table;
        let mut entries: Vec<_> = table
            .iter()
            .filter_map(|(key, value)| {
                let name: &str = key.get_ref();
                let text = self.read_text(name, value)?;
                Some((Spanned::new(name.to_owned(), Span::from(key.span()).shifted(self.offset)), text))
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span);
        entries
    }

    /// A value that is either a text or, for dates, a TOML date written without quotation marks.
    pub fn text_or_date(&mut self, key: &str) -> Option<Spanned<String>> {
        let value = self.value(key)?;
        if let DeValue::Datetime(date) = value.get_ref() {
            return Some(Spanned::new(date.to_string(), self.span(value)));
        }
        if let DeValue::Integer(year) = value.get_ref() {
            return Some(Spanned::new(year.as_str().to_owned(), self.span(value)));
        }
        self.text(key)
    }

    fn value(&self, key: &str) -> Option<&'t TomlSpanned<DeValue<'t>>> {
        self.table.get(key)
    }

    fn span(&self, value: &TomlSpanned<DeValue<'t>>) -> Span {
        Span::from(value.span()).shifted(self.offset)
    }

    fn read_text(&mut self, key: &str, value: &TomlSpanned<DeValue<'t>>) -> Option<Spanned<String>> {
        let span = self.span(value);
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                let message = format!("`{key}` says nothing");
                let help = "write a text, or leave the key out where it may be absent";
                self.report(Finding::new(Code::EmptyValue, span, message).help(help));
                None
            }
            DeValue::String(text) => Some(Spanned::new(text.clone().into_owned(), span)),
            _ => self.wrong_type(key, "a text in quotation marks", value),
        }
    }

    fn wrong_type<T>(&mut self, key: &str, wanted: &str, value: &TomlSpanned<DeValue<'t>>) -> Option<T> {
        let span = self.span(value);
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let mut finding =
            Finding::new(Code::WrongType, span, format!("`{key}` must be {wanted}, and this is {found}"));
        let digits = match value.get_ref() {
            DeValue::Integer(number) => Some(number.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            _ => None,
        };
        if let Some(digits) = digits.filter(|_| wanted.starts_with("a text")) {
            finding = finding
                .help("versions and ids are texts, so that `16.0` does not become 16")
                .rewrite_as(format!("\"{digits}\""));
        }
        self.report(finding);
        None
    }
}
