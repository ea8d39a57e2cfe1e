//! The reference of the record format as Markdown.
//!
//! In come the definitions of all records, out goes one section for each, with a table for every table inside.
//! What a key means is said in its definition and nowhere else; here it is only laid out.

use std::fmt::Write as _;

use super::{RecordKind, example, kinds};
use crate::parse::definition::{Definition, Form, Key, Rule};

/// The whole reference.
pub fn reference() -> String {
    let mut text =
        "Keys marked * are required. They stand in the order in which `certalog fmt` lays a record out.\n"
            .to_owned();
    for kind in kinds() {
        section(&mut text, &kind);
    }
    text
}

fn section(text: &mut String, kind: &RecordKind) {
    let files: Vec<String> = kind.files.iter().map(|file| format!("`{file}`")).collect();
    add(text, format_args!("\n## {}\n\n{}. {}\n", title(kind.name), files.join(", "), kind.definition.says));
    keys(text, kind.definition);
    inside(text, kind.definition, &[]);
    let Some(list) = kind.list else { return };
    for key in list.keys {
        let Some(listed) = key.form.inner() else { continue };
        let new: Vec<&Key> =
            listed.keys.iter().filter(|key| kind.definition.key(key.name).is_none()).collect();
        add(
            text,
            format_args!("\n### `[[{}]]`, many in one `.toml` file\n\nWith the keys above, and:\n", key.name),
        );
        rows(text, &new);
    }
}

/// `translation-of-site` as a heading.
fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The tables inside a table, each with those inside it.
fn inside(text: &mut String, definition: &Definition, path: &[&str]) {
    let mut written: Vec<&Definition> = Vec::new();
    for key in definition.keys {
        let Some(inner) = key.form.inner() else { continue };
        if written.iter().any(|known| std::ptr::eq(*known, inner)) {
            continue;
        }
        written.push(inner);
        // Two keys that hold the same table share its section.
        let names: Vec<String> = definition
            .keys
            .iter()
            .filter(|other| other.form.inner().is_some_and(|other| std::ptr::eq(other, inner)))
            .map(|key| heading(key, path))
            .collect();
        add(text, format_args!("\n### {}\n\n{}\n", names.join(", "), inner.says));
        keys(text, inner);
        let path: Vec<&str> = path.iter().copied().chain([key.name]).collect();
        inside(text, inner, &path);
    }
}

/// How a table is written: `[[mapping.clause]]`.
fn heading(key: &Key, path: &[&str]) -> String {
    let path: Vec<&str> = path.iter().copied().chain([key.name]).collect();
    match key.form {
        Form::Tables(_) => format!("`[[{}]]`", path.join(".")),
        Form::Table(_) => format!("`[{}]`", path.join(".")),
        _ => format!("an item of `{}` as a table", path.join(".")),
    }
}

fn keys(text: &mut String, definition: &Definition) {
    rows(text, &definition.keys.iter().collect::<Vec<_>>());
    let sentences: Vec<String> =
        definition.rules.iter().filter_map(|rule| sentence(*rule, definition)).collect();
    if !sentences.is_empty() {
        add(text, format_args!("\n{}\n", sentences.join(" ")));
    }
}

fn rows(text: &mut String, keys: &[&Key]) {
    add(text, format_args!("\n| key | is | means | example |\n|---|---|---|---|\n"));
    for key in keys {
        let mark = if key.is_required { " *" } else { "" };
        let example = if key.form.inner().is_some() && key.example.is_empty() {
            "see below".to_owned()
        } else {
            format!("`{}`", example::line(key).replace('|', "\\|"))
        };
        let line = format_args!("| `{}`{mark} | {} | {} | {example} |\n", key.name, form(key.form), key.says);
        add(text, line);
    }
}

/// What a value is, in words.
fn form(form: Form) -> String {
    match form {
        Form::Text | Form::LongText | Form::AnyText => "text".to_owned(),
        Form::Prose => "Markdown".to_owned(),
        Form::Texts => "list of texts".to_owned(),
        Form::TextOrTexts => "text, or list of texts".to_owned(),
        Form::Id | Form::PageId => "id".to_owned(),
        Form::Ids => "list of ids".to_owned(),
        Form::IdOrIds => "id, or list of ids".to_owned(),
        Form::Integer(i64::MIN, i64::MAX) => "whole number".to_owned(),
        Form::Integer(least, most) => format!("whole number from {least} to {most}"),
        Form::Decimal => "number".to_owned(),
        Form::Flag => "`true` or `false`".to_owned(),
        Form::Word(words) => format!("one of `{}`", words().join("`, `")),
        Form::Words(words) => format!("list of `{}`", words().join("`, `")),
        Form::Date => "date".to_owned(),
        Form::Address | Form::SiteAddress => "address".to_owned(),
        Form::Language => "language tag".to_owned(),
        Form::Coverage => "submitted/total".to_owned(),
        Form::FormerAddresses => "list of addresses below the site's root".to_owned(),
        Form::Citations(_) => "list of citations".to_owned(),
        Form::Levels => "table of levels".to_owned(),
        Form::Table(_) => "table".to_owned(),
        Form::Tables(_) => "tables".to_owned(),
    }
}

/// What keys ask of each other, in words; what two rules say together is said once.
fn sentence(rule: Rule, definition: &Definition) -> Option<String> {
    let is_exclusive = |names: &[&str]| {
        definition.rules.iter().any(|rule| matches!(rule, Rule::AtMostOne(others) if *others == names))
    };
    let is_needed = |names: &[&str]| {
        definition.rules.iter().any(|rule| matches!(rule, Rule::AtLeastOne(others) if *others == names))
    };
    Some(match rule {
        Rule::AtMostOne(names) if is_needed(names) => return None,
        Rule::AtLeastOne(names) if is_exclusive(names) => format!("Exactly one of {} is given.", list(names)),
        Rule::AtMostOne(names) => format!("At most one of {} is given.", list(names)),
        // that a list is needed follows from how much it holds
        Rule::AtLeastOne([_]) => return None,
        Rule::AtLeastOne(names) => format!("At least one of {} is given.", list(names)),
        Rule::AllOrNone(names) => format!("Of {}, all are given or none.", list(names)),
        Rule::Count(name, least, usize::MAX) => format!("`{name}` holds at least {least}."),
        Rule::Count(name, 0, most) => format!("`{name}` holds at most {most}."),
        Rule::Count(name, least, most) => format!("`{name}` holds {least} to {most}."),
        Rule::WithWord(key, word, needed) => format!("With `{key} = \"{word}\"`, `{needed}` is needed."),
    })
}

/// Names of keys as a list in a sentence.
fn list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn add(text: &mut String, more: std::fmt::Arguments<'_>) {
    text.write_fmt(more).expect("a string takes any text");
}
