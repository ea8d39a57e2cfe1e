//! Drafts: the text of a record that somebody begins, with all that the catalogue knows already.
//!
//! In come the linked catalogue and what a person said, out goes the path and text of a new file, or why there can be none.
//! Nothing is invented: what only a person can know is left as a comment that says what belongs there.

mod certification;
mod framework;
mod migration;
mod release;

use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;

use crate::catalogue::{Catalogue, Framework};
use crate::model::is_usable_id;
use crate::near;

pub use certification::{CertificationWish, certification};
pub use framework::{ElementWish, element, framework, organization};
pub use migration::{Migration, MigrationWish, migrate};
pub use release::release;

/// A file that is not there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its path in the catalogue.
    pub path: String,
    /// What it says.
    pub text: String,
    /// What a person does next, a line each.
    pub next: Vec<String>,
}

/// Why there is no draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

/// In which form a record is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout<'a> {
    /// As the front matter of a Markdown file, with a body to write into.
    pub is_markdown: bool,
    /// Where the catalogue keeps its schemas, if it does.
    pub schemas: Option<&'a str>,
}

impl Layout<'_> {
    /// The file of a record: its path without an ending, its keys, and the kind of its schema.
    fn draft(self, path: &str, kind: &str, keys: &str, next: Vec<String>) -> Draft {
        if self.is_markdown {
            return Draft { path: format!("{path}.md"), text: format!("+++\n{keys}+++\n"), next };
        }
        let up = "../".repeat(path.matches('/').count());
        let schema =
            self.schemas.map_or_else(String::new, |folder| format!("#:schema {up}{folder}/{kind}.json\n\n"));
        Draft { path: format!("{path}.toml"), text: format!("{schema}{keys}"), next }
    }
}

fn refuse<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { message: message.into(), help: help.into() })
}

/// What to say where a name leads to nothing: the nearest that does, or all of them where they are few.
fn instead<'n>(wrong: &str, names: impl Iterator<Item = &'n str> + Clone) -> String {
    /// More names than these help nobody.
    const LISTED: usize = 12;
    if let Some(near) = near::nearest(wrong, names.clone()) {
        return format!("did you mean `{near}`?");
    }
    let listed: Vec<String> = names.clone().take(LISTED).map(|name| format!("`{name}`")).collect();
    let rest = names.count().saturating_sub(LISTED);
    match (listed.is_empty(), rest) {
        (true, _) => "the catalogue has none yet".to_owned(),
        (false, 0) => format!("there is {}", listed.join(", ")),
        (false, rest) => format!("there is {} and {rest} more", listed.join(", ")),
    }
}

/// The framework that is meant; where there is only one, it need not be named.
fn framework_named<'c>(catalogue: &'c Catalogue, name: Option<&str>) -> Result<&'c Framework, Refusal> {
    let ids = catalogue.frameworks.iter().map(|framework| framework.id.as_str());
    match (name, catalogue.frameworks.as_slice()) {
        (None, [only]) => Ok(only),
        (None, _) => {
            refuse("which framework is not clear", format!("give `--framework`; {}", instead("", ids)))
        }
        (Some(name), frameworks) => match frameworks.iter().find(|framework| framework.id == name) {
            Some(framework) => Ok(framework),
            None => refuse(format!("there is no framework `{name}`"), instead(name, ids)),
        },
    }
}

/// The release that is meant; the current one need not be named.
fn release_named(framework: &Framework, version: Option<&str>) -> Result<usize, Refusal> {
    let Some(version) = version else {
        return if framework.releases.is_empty() {
            refuse(format!("`{}` has no release", framework.id), "add a `[[release]]` to its record")
        } else {
            Ok(framework.current)
        };
    };
    let versions = framework.record.versions();
    match versions.iter().position(|known| *known == version) {
        Some(release) => Ok(release),
        None => refuse(
            format!("`{}` has no release `{version}`", framework.id),
            instead(version, versions.iter().copied()),
        ),
    }
}

/// An id made of names: `Digital CRM` and `R2.1` are `digital-crm-r2.1`.
fn slug(names: &[&str]) -> String {
    let mut id = String::new();
    for letter in names.join(" ").nfkd() {
        match letter.to_ascii_lowercase() {
            letter if letter.is_ascii_alphanumeric() => id.push(letter),
            '.' if id.ends_with(|last: char| last.is_ascii_digit()) => id.push('.'),
            letter if letter.is_ascii() && !id.is_empty() && !id.ends_with('-') => {
                if id.ends_with('.') {
                    id.pop();
                }
                id.push('-');
            }
            _ => {}
        }
    }
    id.truncate(80);
    id.trim_matches(['-', '.']).to_owned()
}

/// The id as wished, or one made of names.
fn id_of(wished: Option<&str>, names: &[&str]) -> Result<String, Refusal> {
    let id = wished.map_or_else(|| slug(names), str::to_owned);
    if is_usable_id(&id) {
        return Ok(id);
    }
    let message = format!("`{id}` cannot be a record's id");
    refuse(message, "give `--id` with 1 to 80 of the characters a–z, 0–9, `-` and, inside, `.`")
}

/// A text as TOML writes it: JSON escapes the same characters in the same way, but for one.
fn quoted(text: &str) -> String {
    let text = serde_json::to_string(text).expect("a text is JSON");
    text.replace('\u{7f}', "\\u007F")
}

/// A text within a comment: one line, and nothing that TOML refuses there.
fn remark(text: &str) -> String {
    text.split(char::is_control).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A line of a record.
fn line(text: &mut String, key: &str, value: &str) {
    add(text, format_args!("{key} = {}\n", quoted(value)));
}

fn add(text: &mut String, more: std::fmt::Arguments<'_>) {
    text.write_fmt(more).expect("a string takes any text");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_names() {
        for (names, id) in [
            (&["huawei", "Digital CRM", "R2.1"][..], "huawei-digital-crm-r2.1"),
            (&["Büro & Söhne GmbH"], "buro-sohne-gmbh"),
            (&["A", "v1. beta", "..."], "a-v1-beta"),
            (&["  (x)  "], "x"),
        ] {
            assert_eq!(slug(names), id);
        }
        assert!(id_of(None, &["電話"]).is_err() && id_of(Some("Con"), &[]).is_err());
        assert_eq!(id_of(None, &[&"long ".repeat(40)]).unwrap().len(), 79);
    }

    #[test]
    fn a_comment_is_one_line() {
        assert_eq!(remark("a\nb\u{1b}[2J\t c\r\n"), "a b [2J c");
        assert_eq!(quoted("a\"\\\u{7f}\n"), r#""a\"\\\u007F\n""#);
    }
}
