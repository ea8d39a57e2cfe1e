//! Statements as text.
//!
//! In come statements in their order, out goes the text of the record: one empty line above every header, none between keys but above comments.
//! A text of many lines is kept letter by letter, since its lines were broken by hand.

use super::Order;
use super::statements::{Entry, File, Item, Section};

/// How long a line with a list may be before each item has its own.
const WIDTH: usize = 110;

/// Writes a record.
pub(super) fn write(file: &File<'_>, order: Order) -> String {
    let mut text = String::new();
    lead(&mut text, &file.head, true);
    for section in &file.sections {
        self::section(&mut text, section, order);
    }
    if file.tail.iter().any(|line| !line.is_empty()) {
        let is_apart = file.tail.first().is_some_and(|line| line.is_empty()) && !text.is_empty();
        text.push_str(if is_apart { "\n" } else { "" });
        lead(&mut text, &file.tail, false);
    }
    text
}

/// Comments above something, with single empty lines between them; `is_apart`: with one below, where they end with one.
fn lead(text: &mut String, lines: &[&str], is_apart: bool) {
    let mut is_waiting = false;
    let mut has_begun = false;
    for line in lines {
        if line.is_empty() {
            is_waiting = has_begun;
        } else {
            text.push_str(if std::mem::take(&mut is_waiting) { "\n" } else { "" });
            text.push_str(line);
            text.push('\n');
            has_begun = true;
        }
    }
    if is_waiting && is_apart {
        text.push('\n');
    }
}

fn section(text: &mut String, section: &Section<'_>, order: Order) {
    if !section.path.is_empty() {
        if !text.is_empty() && !text.ends_with("\n\n") {
            text.push('\n');
        }
        lead(text, &section.lead, true);
        let path = section.path.join(".");
        let (open, close) = if section.is_list { ("[[", "]]") } else { ("[", "]") };
        for part in [open, &path, close] {
            text.push_str(part);
        }
        end_line(text, section.behind);
    }
    for entry in &section.entries {
        self::entry(text, entry, &section.path, order);
    }
}

fn entry(text: &mut String, entry: &Entry<'_>, around: &[&str], order: Order) {
    let has_comments = entry.lead.iter().any(|line| !line.is_empty());
    if has_comments {
        let is_apart = entry.lead.first().is_some_and(|line| line.is_empty());
        if is_apart && !text.is_empty() && !text.ends_with("\n\n") {
            text.push('\n');
        }
        lead(text, &entry.lead, true);
    }
    let key = entry.path.join(".");
    text.push_str(&key);
    text.push_str(" = ");
    let inside: Vec<&str> = around.iter().chain(&entry.path).copied().collect();
    let room = WIDTH.saturating_sub(key.len() + " = ".len());
    text.push_str(&item(&entry.item, (order, &inside), room));
    end_line(text, entry.behind);
}

fn end_line(text: &mut String, behind: Option<&str>) {
    if let Some(comment) = behind {
        text.push(' ');
        text.push_str(comment);
    }
    text.push('\n');
}

/// A value; a list that has comments or does not fit into the room has a line for each item.
fn item(item: &Item<'_>, (order, path): (Order, &[&str]), room: usize) -> String {
    match item {
        Item::Scalar(raw) => scalar(raw, order, path),
        Item::Table(entries) if entries.is_empty() => "{}".to_owned(),
        Item::Table(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(keys, value)| {
                    let inside: Vec<&str> = path.iter().chain(keys).copied().collect();
                    format!("{} = {}", keys.join("."), self::item(value, (order, &inside), usize::MAX))
                })
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Item::List(parts, end) => {
            let items: Vec<String> =
                parts.iter().map(|part| self::item(&part.item, (order, path), usize::MAX)).collect();
            let line = format!("[{}]", items.join(", "));
            let has_comments =
                !end.is_empty() || parts.iter().any(|part| !part.lead.is_empty() || part.behind.is_some());
            if !has_comments && (line.chars().count() <= room || items.is_empty()) {
                return line;
            }
            let mut text = "[\n".to_owned();
            for (part, item) in parts.iter().zip(items) {
                indented(&mut text, &part.lead);
                text.push_str("  ");
                text.push_str(&item);
                text.push(',');
                end_line(&mut text, part.behind);
            }
            indented(&mut text, end);
            text + "]"
        }
    }
}

/// Comments inside a list, a line each.
fn indented(text: &mut String, comments: &[&str]) {
    for comment in comments {
        for part in ["  ", comment, "\n"] {
            text.push_str(part);
        }
    }
}

/// A single value. Texts stand between double quotation marks where that needs no escape that was not there; dates are texts.
fn scalar(raw: &str, order: Order, path: &[&str]) -> String {
    let inner = raw.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    if let Some(inner) = inner.filter(|inner| !raw.starts_with("'''") && !inner.contains(['"', '\\'])) {
        return format!("\"{inner}\"");
    }
    let is_bare = raw.starts_with(|first: char| first.is_ascii_digit());
    if let Some((key, around)) = path.split_last()
        && is_bare
        && order.is_date(around, key)
        && (raw.len() == "2017".len() || raw.contains('-'))
        && raw.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    {
        return format!("\"{raw}\"");
    }
    raw.to_owned()
}
