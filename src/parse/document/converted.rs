//! A TOML text by the library's own document, with what is wrong in it.
//!
//! In comes any text, out go what could be made of it and a finding for every mistake of its syntax.
//! The messages are the library's; what usually lies behind a mistake is added as help.

use std::borrow::Cow;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::{Document, Items, NodeIx, Value};
use crate::diagnostic::{Code, Finding};
use crate::text::Span;

/// Reads a text that starts `offset` bytes into its file; the second value says whether it has mistakes.
pub(super) fn read<'t>(text: &'t str, offset: usize, findings: &mut Vec<Finding>) -> (Document<'t>, bool) {
    let (table, is_broken) = parse_table(text, offset, findings);
    let mut document = Document::new();
    add_table(&mut document, 0, table.into_inner());
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
        let finding = Finding { span: comma, message: "a number with a comma".to_owned(), ..finding }
            .help("decimals are written with a point, not with a comma");
        return if is_whole_decimal(text, at) { finding.rewrite_as(".") } else { finding.replace_with(".") };
    }
    if finding.message.contains("quote") {
        return finding.help("a text stands between two quotation marks: \"like this\"");
    }
    finding
}

/// Whether the digits around a comma are all of a value, and a decimal for certain: three digits may be a thousand.
fn is_whole_decimal(text: &str, comma: usize) -> bool {
    let line = text[..comma].rfind('\n').map_or(0, |end| end + 1);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = text[line..comma].split_once('=').is_some_and(|(_, value)| is_number(value.trim()));
    let rest = text[comma + 1..].lines().next().unwrap_or_default();
    let fraction = rest.split('#').next().unwrap_or_default().trim();
    whole && is_number(fraction) && fraction.len() < 3
}

fn lower_first(message: &str) -> String {
    let first_line = message.lines().next().unwrap_or_default();
    let mut letters = first_line.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
