//! Texts of records where a format wants Markdown, a plain line or a name of its own.
//!
//! In come texts as records have them, out go texts that say the same there and mean nothing more.
//! A text stays one line: what begins a line in Markdown would begin a list or a heading.

/// A text on one line, without space around it.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as Markdown of OSCAL: what could mean something has a backslash before it.
pub(super) fn markdown(text: &str) -> String {
    let line = line(text);
    let mut written = String::with_capacity(line.len());
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    for (at, letter) in line.char_indices() {
        let begins_a_block =
            at == 0 && "#+-=|".contains(letter) || at > 0 && at == digits && ".)".contains(letter);
        if begins_a_block || "\\`*_{}[]<>&~^$\"'!".contains(letter) {
            written.push('\\');
        }
        written.push(letter);
    }
    written
}

/// An id as a token of OSCAL, which begins with a letter or `_`. Ids of records have no `_`, so that no two become one.
pub(super) fn token(id: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let token: String = id.chars().map(|letter| if plain(letter) { letter } else { '-' }).collect();
    if token.starts_with(char::is_alphabetic) { token } else { format!("_{token}") }
}
