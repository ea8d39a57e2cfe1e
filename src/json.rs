//! JSON files as the site carries them.
//!
//! In come values, out goes their text with a line end. What could be read as markup is escaped, so that a file means the same to
//! whoever takes it for a page; nothing else is changed.

use serde::Serialize;

/// A value as a JSON file.
pub fn file(value: &impl Serialize) -> Vec<u8> {
    let text = serde_json::to_string(value).expect("texts, numbers and lists are always JSON");
    let mut escaped = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            _ => escaped.push(letter),
        }
    }
    escaped.push('\n');
    escaped.into_bytes()
}
