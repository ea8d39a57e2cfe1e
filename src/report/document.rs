//! A JSON document whose texts act on nobody who looks at it.
//!
//! In comes a value, out goes its text with a line end; characters that control, reorder or vanish stand there as escapes.
//! To whoever reads it as JSON it says the same, character by character.

use std::fmt::Write as _;

use serde::Serialize;

use super::visible::is_hidden;

/// A value as a document of many lines.
pub(super) fn document(value: &impl Serialize) -> String {
    let written = serde_json::to_string_pretty(value).expect("texts and numbers are JSON");
    let mut text = String::with_capacity(written.len() + 1);
    for character in written.chars() {
        // The line ends are those between values: in a text, JSON has escaped them already.
        if character == '\n' || !is_hidden(character) {
            text.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(text, "\\u{unit:04x}").expect("a string takes any text");
        }
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_back_is_what_was_written() {
        let hostile = "a\n\u{1b}[31m\u{9b}\u{202e}\u{feff}\u{e0041}\u{7f}电\"\\";
        let text = document(&[hostile]);
        assert_eq!(text.chars().filter(|character| is_hidden(*character)).collect::<String>(), "\n\n\n");
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap(), [hostile]);
    }
}
