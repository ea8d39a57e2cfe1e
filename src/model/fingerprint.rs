//! A short name for what a definition says, so that a mapping can tell whether it was made against the same words.
//!
//! In come the words of a definition, out go twelve hexadecimal digits that differ when the words do.
//! White space and typography never count: neither wrapped lines, nor curly quotation marks, nor the kind of a dash.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::text::hexadecimal;

/// How many bytes of the digest are kept: enough that no edit meets the same by chance, and short enough to be copied by hand.
const KEPT: usize = 6;

/// The fingerprint of a definition, written in hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; KEPT]);

impl Fingerprint {
    /// The fingerprint of a definition's words.
    pub fn of(words: &str) -> Self {
        let digest = Sha256::digest(folded(words));
        Self(std::array::from_fn(|at| digest[at]))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

/// The words with one space between them, straight quotation marks and plain hyphens.
fn folded(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        for letter in word.chars() {
            match letter {
                '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}' | '`' | '´' => text.push('\''),
                '\u{201c}'..='\u{201f}' | '«' | '»' => text.push('"'),
                '\u{2010}'..='\u{2015}' | '\u{2212}' => text.push('-'),
                '…' => text.push_str("..."),
                // A word may be broken here; it is the same word.
                '\u{ad}' | '\u{200b}' | '\u{2060}' => {}
                letter => text.push(letter),
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_typography_do_not_count_and_words_do() {
        let of = |words: &str| Fingerprint::of(words).to_string();
        let plain = of("The customer's \"open\" orders - all of them - are listed...");
        assert_eq!(plain.len(), 12);
        let set = "The\u{a0}customer’s “open” orders\n– all of\u{2003}them — are listed…\n";
        assert_eq!(of(set), plain);
        for other in [
            "The customers \"open\" orders - all of them - are listed...",
            "The customer's \"open\" orders - all of them - are Listed...",
            "The customer's \"open\" orders - all of them - are listed.",
            "The customer's \"open\" orders - all ofthem - are listed...",
        ] {
            assert_ne!(of(other), plain, "{other}");
        }
    }
}
