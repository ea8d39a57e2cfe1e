//! What usually lies behind a mistake in TOML, and the repair where there is one.
//!
//! In come a text, the place where the library stumbled and what it says, out goes a finding for people.
//! Only the line of the mistake is looked at, and what it meant is taken for certain only where it can mean nothing else.

use std::ops::Range;

use crate::diagnostic::{Code, Finding};
use crate::text::Span;

/// Marks that word processors put in the place of `"` and `'`.
const TYPOGRAPHIC: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '‚', '«'];
const CLOSING: [char; 6] = ['“', '”', '‟', '‘', '’', '»'];

/// The finding for a mistake. Its places are those in the text.
pub(super) fn explain(text: &str, span: Span, message: &str) -> Finding {
    let finding = Finding::new(Code::InvalidToml, span, lower_first(message));
    let Some(range) = value(text, span.start as usize) else { return finding };
    let value = &text[range.clone()];
    let marked = |message: &str| Finding {
        span: Span::from(range.clone()),
        message: message.to_owned(),
        ..finding.clone()
    };
    if let Some((whole, fraction)) = comma(value) {
        let finding =
            marked("a number with a comma").help("decimals are written with a point, not with a comma");
        let number = format!("{whole}.{fraction}");
        // Three digits may be a thousand.
        return if fraction.len() < 3 { finding.rewrite_as(number) } else { finding.replace_with(number) };
    }
    if let Some(inner) = typographic(value) {
        return marked("a text in typographic quotation marks")
            .help("a text stands between two straight quotation marks")
            .rewrite_as(format!("\"{inner}\""));
    }
    if is_bare(value) {
        return marked("a text without quotation marks")
            .help("a text stands between two quotation marks")
            .rewrite_as(format!("\"{value}\""));
    }
    if value.starts_with('"') && value.matches('"').count() == 1 && !value.contains(['#', '\\']) {
        return marked("a text that is not closed")
            .help("a text ends with the mark that opened it")
            .replace_with(format!("{value}\""));
    }
    if finding.message.contains("quote") {
        return finding.help("a text stands between two quotation marks: \"like this\"");
    }
    finding
}

/// What stands after `key =` on the line of an offset, without the spaces around it.
fn value(text: &str, offset: usize) -> Option<Range<usize>> {
    let offset = text.floor_char_boundary(offset);
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next()?;
    let (key, value) = line.split_once('=')?;
    let is_key = |key: &str| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let trimmed = value.trim();
    if !is_key(key.trim()) || key.trim().is_empty() || trimmed.is_empty() {
        return None;
    }
    let start = start + key.len() + 1 + (value.len() - value.trim_start().len());
    Some(start..start + trimmed.len())
}

/// The digits before and after the comma of a number that is written with one.
fn comma(value: &str) -> Option<(&str, &str)> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    value.split_once(',').filter(|(whole, fraction)| is_number(whole) && is_number(fraction))
}

/// What stands between typographic marks, where nothing in it needs another form in TOML.
fn typographic(value: &str) -> Option<&str> {
    let inner = value.strip_prefix(TYPOGRAPHIC)?.strip_suffix(CLOSING)?;
    let is_plain = !inner.contains(['"', '\\', '“', '”', '„']) && !inner.contains(char::is_control);
    (is_plain && !inner.trim().is_empty()).then_some(inner)
}

/// Whether a value is a text that only lacks its quotation marks, up to the end of its line.
fn is_bare(value: &str) -> bool {
    let begins = value.starts_with(char::is_alphanumeric);
    let is_number_like =
        value.bytes().all(|byte| byte.is_ascii_digit() || b",._+".contains(&byte)) && value.contains(',');
    let has_marks =
        value.contains(['"', '\'', '\\', '#', '[', ']', '{', '}']) || value.contains(char::is_control);
    begins && !is_number_like && !has_marks && !value.contains(" = ") && !value.ends_with(',')
}

fn lower_first(message: &str) -> String {
    let first_line = message.lines().next().unwrap_or_default();
    let mut letters = first_line.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
