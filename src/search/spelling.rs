//! How texts are spelled for search: without case, marks and forms, and cut into words.
//!
//! In come texts of any script, out go folded texts, words and the keys of ids; `static/spelling.js` of the theme does the same to
//! what a reader types, and one table of cases holds for both. Nothing here depends on a language or a locale.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A word is cut here: nobody types more, and a hostile text shall not fill the index.
const LONGEST_WORD: usize = 40;

/// Letters that have no decomposition, with what people type for them.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ς', "σ"),
    ('’', "'"),
];

/// A text without case, compatibility forms, diacritics and invisible characters.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let is_folded = !text.bytes().any(|byte| byte.is_ascii_uppercase());
        return if is_folded { Cow::Borrowed(text) } else { Cow::Owned(text.to_ascii_lowercase()) };
    }
    let lower = text.nfkd().collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    for letter in lower.chars().filter(|letter| !is_dropped(*letter)) {
        match LETTERS.iter().find(|(known, _)| *known == letter) {
            Some((_, typed)) => folded.push_str(typed),
            None => folded.push(letter),
        }
    }
    Cow::Owned(folded.nfc().collect())
}

/// Diacritics of the Latin, Greek, Cyrillic, Hebrew and Arabic scripts, and characters without a shape.
fn is_dropped(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}'
        | '\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}')
}

/// Scripts that set no spaces between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese.
fn is_unspaced(letter: char) -> bool {
    letter >= '\u{e00}'
        && matches!(letter,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || (!letter.is_ascii() && is_combining_mark(letter))
}

/// Gives the words of a folded text in their order. A full stop between digits belongs to a number; where there are no spaces,
/// every two neighbouring signs are a word; a single letter beside an apostrophe is none.
pub fn words<'t>(folded: &'t str, mut each: impl FnMut(&'t str)) {
    let mut rest = folded.char_indices().peekable();
    let mut is_after_apostrophe = false;
    while let Some((start, first)) = rest.next() {
        if !is_of_a_word(first) {
            is_after_apostrophe = first == '\'';
            continue;
        }
        if is_unspaced(first) {
            let mut run = vec![start];
            let mut end = start + first.len_utf8();
            while let Some((at, letter)) =
                rest.next_if(|(_, letter)| is_of_a_word(*letter) && is_unspaced(*letter))
            {
                run.push(at);
                end = at + letter.len_utf8();
            }
            match run.as_slice() {
                [_] => each(&folded[start..end]),
                _ => {
                    for (at, from) in run[..run.len() - 1].iter().enumerate() {
                        each(&folded[*from..run.get(at + 2).copied().unwrap_or(end)]);
                    }
                }
            }
            is_after_apostrophe = false;
            continue;
        }
        let (mut end, mut length, mut last) = (start + first.len_utf8(), 1, first);
        let mut cut = end;
        loop {
            let joins = |letter: char| is_of_a_word(letter) && !is_unspaced(letter);
            let next = match rest.peek() {
                Some((_, letter)) if joins(*letter) => rest.next(),
                Some((at, '.')) if last.is_ascii_digit() => {
                    let is_digit = folded.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
                    if is_digit { rest.next() } else { None }
                }
                _ => None,
            };
            let Some((at, letter)) = next else { break };
            end = at + letter.len_utf8();
            length += 1;
            if length <= LONGEST_WORD {
                cut = end;
            }
            last = letter;
        }
        let is_before_apostrophe = folded.as_bytes().get(end) == Some(&b'\'');
        if length > 1 || !(is_after_apostrophe || is_before_apostrophe) {
            each(&folded[start..cut]);
        }
        is_after_apostrophe = false;
    }
}

/// What an id is compared by: folded, with one space for each run of what separates its parts.
pub fn id_key(folded: &str) -> String {
    let parts = folded.split(|letter: char| letter.is_whitespace() || "._-/:".contains(letter));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The key that a name would have as a record's id: what then need not be said twice.
pub(super) fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts = lower.split(|letter: char| !letter.is_ascii_lowercase() && !letter.is_ascii_digit());
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
