//! Typed keys out of a TOML table, with every mistake reported at its place.
//!
//! In comes a table with spans and the list of keys that its record knows; out go typed values and findings.
//! A missing or wrong key never stops the reading: the value is simply absent and the next key is read.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Finding};
use crate::limits::{self, Limits};
use crate::near;
use crate::parse::characters::composed;
use crate::parse::definition::{Choice, Definition, Form, Key, words};
use crate::parse::document::{Document, Entry, Items, Value};
use crate::text::{Span, Spanned};

/// A table of a file, its offset in it, and the findings of the file so far.
pub struct Fields<'t, 'f> {
    definition: &'static Definition,
    document: &'t Document<'t>,
    table: Items,
    offset: usize,
    limits: &'f Limits,
    findings: &'f mut Vec<Finding>,
}

/// A table inside a record, with its place in the file.
#[derive(Clone, Copy)]
pub struct Table<'t> {
    /// The text that it is part of.
    pub document: &'t Document<'t>,
    /// Its keys and values.
    pub table: Items,
    /// The table's header or braces, within the file.
    pub span: Span,
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
    pub fn open(
        table: Table<'t>,
        (offset, limits): (usize, &'f Limits),
        definition: &'static Definition,
        findings: &'f mut Vec<Finding>,
    ) -> Self {
        let Definition { what, keys, .. } = definition;
        let has = |key: &str| table.document.get(table.table, key).is_some();
        let absent = OnceCell::new();
        for entry in table.document.entries(table.table) {
            let name = entry.key();
            if keys.iter().any(|known| known.name == name) {
                continue;
            }
            let span = entry.key_span().shifted(offset);
            let mut finding = Finding::new(Code::UnknownKey, span, format!("{what} has no key `{name}`"));
            let absent: &Vec<&str> =
                absent.get_or_init(|| keys.iter().map(|key| key.name).filter(|known| !has(known)).collect());
            match near::nearest(name, absent.iter().copied()) {
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
        for key in keys.iter().filter(|key| key.is_required && !has(key.name)) {
            let message = format!("{what} needs the key `{}`", key.name);
            findings.push(Finding::new(Code::MissingKey, table.span, message));
        }
        Self { definition, document: table.document, table: table.table, offset, limits, findings }
    }

    /// Adds a finding about this table.
    pub fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The limits of the catalogue.
    pub fn limits(&self) -> &'f Limits {
        self.limits
    }

    /// Where a key is written, if it is.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.value(key).map(|entry| entry.key_span().shifted(self.offset))
    }

    /// A text that says something.
    pub fn text(&mut self, key: &str) -> Option<Spanned<String>> {
        self.expect(key, |form| {
            matches!(
                form,
                Form::Text
                    | Form::LongText
                    | Form::Prose
                    | Form::Id
                    | Form::PageId
                    | Form::Address
                    | Form::SiteAddress
                    | Form::Language
                    | Form::Coverage
            )
        });
        let value = self.value(key)?;
        self.read_text(key, value)
    }

    /// One of a few words, as it is written: its reader says itself what another one means.
    pub fn word(&mut self, key: &str) -> Option<Spanned<String>> {
        self.expect(key, |form| matches!(form, Form::Word(_)));
        let value = self.value(key)?;
        self.read_text(key, value)
    }

    /// A text that may be empty.
    pub fn text_or_empty(&mut self, key: &str) -> Option<Spanned<String>> {
        self.expect(key, |form| matches!(form, Form::AnyText));
        let value = self.value(key)?;
        match value.value() {
            Value::Text(text) => Some(self.taken(key, text, self.span(value))),
            _ => self.wrong_type(key, "a text in quotation marks", value),
        }
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        self.expect(key, |form| {
            matches!(form, Form::Texts | Form::Ids | Form::Words(_) | Form::FormerAddresses)
        });
        let Some(value) = self.value(key) else { return Vec::new() };
        match value.value() {
            Value::List(_) => value.entries().filter_map(|item| self.read_text(key, item)).collect(),
            _ => self.wrong_type(key, "a list of texts", value).unwrap_or_default(),
        }
    }

    /// One text, or a list of them.
    pub fn text_or_texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        self.expect(key, |form| matches!(form, Form::TextOrTexts | Form::IdOrIds));
        let Some(value) = self.value(key) else { return Vec::new() };
        match value.value() {
            Value::List(_) => value.entries().filter_map(|item| self.read_text(key, item)).collect(),
            _ => self.read_text(key, value).into_iter().collect(),
        }
    }

    /// A whole number within the range of its key.
    pub fn integer(&mut self, key: &str) -> Option<Spanned<i64>> {
        let form = self.definition.key(key).map(|key| key.form);
        let Some(Form::Integer(least, most)) = form else {
            unreachable!("`{key}` of {} is no whole number", self.definition.what)
        };
        let range = least..=most;
        let value = self.value(key)?;
        let span = self.span(value);
        let Value::Integer(digits, radix) = value.value() else {
            return self.wrong_type(key, "a whole number", value);
        };
        let number = i64::from_str_radix(&digits.replace('_', ""), *radix).ok();
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
        self.expect(key, |form| matches!(form, Form::Decimal));
        let value = self.value(key)?;
        let span = self.span(value);
        let digits = match value.value() {
            Value::Integer(digits, 10) | Value::Float(digits) => digits,
            Value::Text(text) => {
                let number = text.trim().replace(',', ".");
                let mut finding = Finding::new(
                    Code::WrongType,
                    span,
                    format!("`{key}` must be a number, and this is a text"),
                );
                if let Ok(decimal) = Decimal::from_str(&number) {
                    finding = finding.help("write the number without quotation marks");
                    // After a comma, three digits may be a thousand and no decimals.
                    let is_certain = text.trim().split_once(',').is_none_or(|(_, after)| after.len() < 3);
                    let number = decimal.to_string();
                    finding =
                        if is_certain { finding.rewrite_as(number) } else { finding.replace_with(number) };
                }
                self.report(finding);
                return None;
            }
            _ => return self.wrong_type(key, "a number", value),
        };
        let digits: Cow<'_, str> =
            if digits.contains('_') { digits.replace('_', "").into() } else { Cow::Borrowed(digits) };
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
        self.expect(key, |form| matches!(form, Form::Flag));
        let value = self.value(key)?;
        match value.value() {
            Value::Flag(flag) => Some(*flag),
            _ => self.wrong_type(key, "`true` or `false`", value),
        }
    }

    /// One of a few words.
    pub fn choice<T: Choice>(&mut self, key: &str) -> Option<Spanned<T>> {
        self.expect(key, |form| matches!(form, Form::Word(known) if known() == words::<T>()));
        let value = self.value(key)?;
        let word = self.read_text(key, value)?;
        if let Some((_, meaning)) = T::WORDS.iter().find(|(known, _)| *known == word.value) {
            return Some(Spanned::new(*meaning, word.span));
        }
        let known: Vec<String> = T::WORDS.iter().map(|(known, _)| format!("`{known}`")).collect();
        let mut finding =
            Finding::new(Code::InvalidValue, word.span, format!("`{}` is no `{key}`", word.value))
                .help(format!("`{key}` is one of {}", known.join(", ")));
        let form = |text: &str| text.trim().to_lowercase().replace([' ', '_'], "-");
        let same = T::WORDS.iter().find(|(known, _)| *known == form(&word.value));
        if let Some((same, _)) = same {
            finding = finding.help("words are written in small letters, with hyphens");
            finding = finding.rewrite_as(format!("\"{same}\""));
        } else if let Some(near) = near::nearest(&word.value, T::WORDS.iter().map(|(known, _)| *known)) {
            finding = finding.help(format!("did you mean `{near}`?")).replace_with(format!("\"{near}\""));
        }
        self.report(finding);
        None
    }

    /// A table in braces or under a header of its own.
    pub fn table(&mut self, key: &str) -> Option<Table<'t>> {
        self.expect(key, |form| matches!(form, Form::Table(_) | Form::Levels));
        let value = self.value(key)?;
        match value.value() {
            Value::Table(table) => Some(self.inside(*table, value)),
            _ => self.wrong_type(key, "a table", value),
        }
    }

    /// A list of tables, written as `[[key]]` or in brackets.
    pub fn tables(&mut self, key: &str) -> Vec<Table<'t>> {
        self.expect(key, |form| matches!(form, Form::Tables(_)));
        let Some(value) = self.value(key) else { return Vec::new() };
        let Value::List(items) = value.value() else {
            self.wrong_type::<()>(key, "a list of tables, each under a `[[…]]` header", value);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in value.entries() {
            match item.value() {
                Value::Table(table) => tables.push(self.inside(*table, item)),
                _ => {
                    self.wrong_type::<()>(key, "a list of tables", item);
                }
            }
        }
        tables
    }

    /// A list of texts and tables; a single one counts as a list of one.
    pub fn texts_or_tables(&mut self, key: &str) -> Vec<TextOrTable<'t>> {
        self.expect(key, |form| matches!(form, Form::Citations(_)));
        let Some(value) = self.value(key) else { return Vec::new() };
        let items: Vec<Entry<'t>> = match value.value() {
            Value::List(_) => value.entries().collect(),
            _ => vec![value],
        };
        let read = items.into_iter().filter_map(|item| match item.value() {
            Value::Table(table) => Some(TextOrTable::Table(self.inside(*table, item))),
            _ => self.read_text(key, item).map(TextOrTable::Text),
        });
        read.collect()
    }

    /// Opens a table inside this one.
    pub fn inner<'u>(&mut self, table: Table<'u>, definition: &'static Definition) -> Fields<'u, '_> {
        let is_declared = |key: &Key| key.form.inner().is_some_and(|inner| std::ptr::eq(inner, definition));
        debug_assert!(
            self.definition.keys.iter().any(is_declared),
            "{} holds no {}",
            self.definition.what,
            definition.what
        );
        Fields::open(table, (self.offset, self.limits), definition, self.findings)
    }

    /// Opens a table inside this one whose keys are not known beforehand.
    pub fn inner_unlisted<'u>(&mut self, table: Table<'u>) -> Fields<'u, '_> {
        Fields {
            definition: self.definition,
            document: table.document,
            table: table.table,
            offset: self.offset,
            limits: self.limits,
            findings: self.findings,
        }
    }

    /// Every key and text of a table whose keys are not known beforehand.
    pub fn entries(&mut self) -> Vec<(Spanned<String>, Spanned<String>)> {
        let entries = self.document.entries(self.table).filter_map(|entry| {
            let text = self.read_text(entry.key(), entry)?;
            Some((Spanned::new(entry.key().to_owned(), entry.key_span().shifted(self.offset)), text))
        });
        entries.collect()
    }

    /// A value that is either a text or, for dates, a TOML date written without quotation marks.
    pub fn text_or_date(&mut self, key: &str) -> Option<Spanned<String>> {
        self.expect(key, |form| matches!(form, Form::Date));
        let value = self.value(key)?;
        if let Value::Date(text) = value.value() {
            return Some(Spanned::new(text.clone(), self.span(value)));
        }
        if let Value::Integer(year, _) = value.value() {
            return Some(Spanned::new(year.as_ref().to_owned(), self.span(value)));
        }
        self.read_text(key, value)
    }

    /// What is read here is what the definition says, or the tests fail.
    fn expect(&self, key: &str, is_right: impl Fn(Form) -> bool) {
        debug_assert!(
            self.definition.key(key).is_some_and(|key| is_right(key.form)),
            "`{key}` of {} is read in another form than it is defined",
            self.definition.what
        );
    }

    fn value(&self, key: &str) -> Option<Entry<'t>> {
        self.document.get(self.table, key)
    }

    fn span(&self, value: Entry<'t>) -> Span {
        value.span().shifted(self.offset)
    }

    fn inside(&self, table: Items, value: Entry<'t>) -> Table<'t> {
        Table { document: self.document, table, span: self.span(value) }
    }

    fn read_text(&mut self, key: &str, value: Entry<'t>) -> Option<Spanned<String>> {
        let span = self.span(value);
        match value.value() {
            Value::Text(text) if text.trim().is_empty() => {
                let message = format!("`{key}` says nothing");
                let help = "write a text, or leave the key out where it may be absent";
                self.report(Finding::new(Code::EmptyValue, span, message).help(help));
                None
            }
            Value::Text(text) => Some(self.taken(key, text, span)),
            _ => self.wrong_type(key, "a text in quotation marks", value),
        }
    }

    /// A text in composed form (NFC), so that names that are the same are equal; a longer one than its key may have is reported.
    fn taken(&mut self, key: &str, text: &str, span: Span) -> Spanned<String> {
        let form = self.definition.key(key).map(|key| key.form);
        let limit = match form {
            // prose is bounded by its page, and an address where it is read
            Some(Form::Prose | Form::Address | Form::FormerAddresses) => None,
            Some(Form::LongText) => Some(("long_text", self.limits.long_text)),
            _ => Some(("text", self.limits.text)),
        };
        if let Some((name, most)) = limit
            && text.len() as u64 > most
        {
            let count = text.chars().count();
            if count as u64 > most {
                let message = format!("`{key}` has {count} characters, and {most} may be");
                let help = format!("shorten it; {}", limits::setting(name));
                self.report(Finding::new(Code::ValueTooLong, span, message).help(help));
            }
        }
        Spanned::new(composed(text).unwrap_or_else(|| text.to_owned()), span)
    }

    fn wrong_type<T>(&mut self, key: &str, wanted: &str, value: Entry<'t>) -> Option<T> {
        let span = self.span(value);
        let found = match value.value() {
            Value::Text(_) => "a text",
            Value::Integer(..) | Value::Float(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        };
        let mut finding =
            Finding::new(Code::WrongType, span, format!("`{key}` must be {wanted}, and this is {found}"));
        let digits = match value.value() {
            Value::Integer(number, 10) | Value::Float(number) => Some(number),
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
