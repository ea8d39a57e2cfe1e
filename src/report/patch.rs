//! A change of texts as a diff, in the form that git and patch made familiar.
//!
//! In come the texts of a file before and after, out go the lines that differ with those around them.
//! Characters that would act on a terminal are written out, so that what is shown is what is there.

use similar::TextDiff;

use super::visible::is_hidden;

/// How many unchanged lines are shown around a change.
const AROUND: usize = 3;

/// The difference of one file.
pub fn render(path: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let names = (format!("a/{path}"), format!("b/{path}"));
    let shown = diff.unified_diff().context_radius(AROUND).header(&names.0, &names.1).to_string();
    let mut text = String::with_capacity(shown.len());
    for character in shown.chars() {
        match character {
            '\n' | '\t' => text.push(character),
            // The line ends of the file, which a terminal does not show.
            '\r' => {}
            _ if is_hidden(character) => text.extend(character.escape_unicode()),
            _ => text.push(character),
        }
    }
    text
}
