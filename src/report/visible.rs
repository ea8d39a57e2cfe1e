//! Text of records made safe to print: what would act on a terminal or hide in it is written out.
//!
//! In comes any text, out goes one line of bounded length in which every character is seen as what it is.
//! Letters of any script stay as they are; only characters that control, reorder or vanish are replaced.

use crate::character::{self, Unseen};

/// The text on one line with hidden characters written out, cut with `…` before it has more than `limit` bytes.
pub(crate) fn visible(text: &str, limit: usize) -> String {
    let mut shown = String::with_capacity(text.len().min(limit));
    for character in text.chars() {
        let before = shown.len();
        push_visible(&mut shown, character);
        if shown.len() > limit {
            shown.truncate(before);
            while shown.len() + '…'.len_utf8() > limit && shown.pop().is_some() {}
            shown.push('…');
            break;
        }
    }
    shown
}

/// Appends a character, written out as `\u{…}` where it would not be seen as itself.
pub(crate) fn push_visible(shown: &mut String, character: char) {
    match character {
        '\t' => shown.push_str("    "),
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        _ if is_hidden(character) => shown.extend(character.escape_unicode()),
        _ => shown.push(character),
    }
}

/// How many bytes [`push_visible`] appends.
pub(crate) fn visible_len(character: char) -> usize {
    match character {
        '\t' => 4,
        '\n' | '\r' => 2,
        _ if is_hidden(character) => character.escape_unicode().len(),
        _ => character.len_utf8(),
    }
}

/// Whether a character controls the terminal, changes the direction of text, leaves no trace or has no agreed form.
/// Joiners and selectors stay: names in several scripts cannot be written without them.
pub(super) fn is_hidden(character: char) -> bool {
    match character::unseen(character) {
        None => character.is_control(),
        Some(Unseen::Joiner | Unseen::Selector) => false,
        Some(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_direction_are_written_out() {
        assert_eq!(visible("\u{1b}[31mred\r\n\u{202e}x", 100), "\\u{1b}[31mred\\r\\n\\u{202e}x");
        assert_eq!(visible("Téléphonie 电信 می‌خواهم", 100), "Téléphonie 电信 می‌خواهم");
    }

    #[test]
    fn a_cut_text_keeps_its_limit() {
        for limit in 3..30 {
            let shown = visible("电信\u{202e}电信 and more", limit);
            assert!(shown.len() <= limit, "{shown:?} has more than {limit} bytes");
        }
        assert_eq!(visible("abcdef", 6), "abcdef");
        assert_eq!(visible("abcdefg", 6), "abc…");
    }

    #[test]
    fn the_announced_length_is_the_length() {
        for character in "a\t\n\r\u{1b}\u{202e}电\u{e0041}".chars() {
            let mut shown = String::new();
            push_visible(&mut shown, character);
            assert_eq!(shown.len(), visible_len(character), "{character:?}");
        }
    }
}
