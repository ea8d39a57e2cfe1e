//! A TOML text by the library's own document, with what is wrong in it.
//!
//! In comes any text, out go what could be made of it and a finding for every mistake of its syntax.
//! The messages are the library's; what usually lies behind a mistake is added as help.

use std::borrow::Cow;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::{Document, Items, NodeIx, Value, mistakes};
use crate::diagnostic::{Code, Finding};
use crate::text::Span;

/// Reads a text that starts `offset` bytes into its file; the second value says whether it has mistakes.
pub(super) fn read<'t>(text: &'t str, offset: usize, findings: &mut Vec<Finding>) -> (Document<'t>, bool) {
    let (table, mut is_broken) = parse_table(text, offset, findings);
    let mut document = Document::new();
    add_table(&mut document, 0, table.into_inner());
    // The library keeps digits for whoever wants to count with them, and skips a second byte order mark.
    let wrong = document.wrong_number().filter(|_| !is_broken).map(|span| (span, "this is no number"));
    let mark = text.starts_with('\u{feff}').then(|| {
        (
            Span::new(0, '\u{feff}'.len_utf8()),
            "a byte order mark stands at the start of a file and nowhere else",
        )
    });
    for (span, message) in wrong.into_iter().chain(mark) {
        findings.push(Finding::new(Code::InvalidToml, span.shifted(offset), message));
        is_broken = true;
    }
    (document, is_broken)
}

/// Adds what a table holds, in the order of the text.
fn add_table<'t>(document: &mut Document<'t>, at: NodeIx, table: DeTable<'t>) {
    let mut entries: Vec<_> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let span = Span::from(key.span());
        add(document, at, (key.into_inner(), span), value);
    }
}

fn add<'t>(
    document: &mut Document<'t>,
    parent: NodeIx,
    key: (Cow<'t, str>, Span),
    value: TomlSpanned<DeValue<'t>>,
) {
    let span = Span::from(value.span());
    let value = match value.into_inner() {
        DeValue::String(text) => Value::Text(text),
        DeValue::Integer(integer) => Value::Integer(integer.as_str().to_owned().into(), integer.radix()),
        DeValue::Float(float) => Value::Float(float.as_str().to_owned().into()),
        DeValue::Boolean(flag) => Value::Flag(flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => {
            let at = document.add(parent, key, span, Value::List(Items::NONE));
            for item in items {
                add(document, at, Default::default(), item);
            }
            return;
        }
        DeValue::Table(table) => {
            let at = document.add(parent, key, span, Value::Table(Items::NONE));
            return add_table(document, at, table);
        }
    };
    document.add(parent, key, span, value);
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
    // One mistake can make the library stumble more than once; what is explained is told once a line.
    let mut explained = None;
    for error in errors {
        let span = error.span().map_or(Span::start_of_file(), Span::from);
        let line = text[..text.floor_char_boundary(span.start as usize)].rfind('\n');
        if explained == Some(line) {
            continue;
        }
        let finding = mistakes::explain(text, span, error.message());
        if finding.fix.is_some() {
            explained = Some(line);
        }
        findings.push(finding.shifted(offset));
    }
    (table, is_broken)
}
