//! "Did you mean …?": the nearest of the names that would have been right.
//!
//! In come a name and its candidates, out goes the nearest one, if it is near enough to be a slip of the fingers.
//! Ties go to the first candidate, so the answer never depends on a hash.

use crate::diagnostic::{Code, Diagnostic};

/// Whether so many names of one kind are wrong that no slip of the fingers made them: then the nearest of all right ones is not
/// looked for any more, which would take a time that grows with the square.
pub fn is_flood(found: &[Diagnostic], code: Code) -> bool {
    let latest = found.iter().rev().take(400);
    latest.filter(|diagnostic| diagnostic.code == code).count() >= 100
}

/// The candidate with the fewest edits from `name`, at most a third of its length and at least one.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Each edit changes the length by a character at most, which has up to four bytes.
        let most = if candidate.is_ascii() && name.is_ascii() { limit } else { 4 * limit };
        if candidate.len().abs_diff(name.len()) > most {
            continue;
        }
        let distance =
            if candidate.eq_ignore_ascii_case(name) { 0 } else { strsim::osa_distance(name, candidate) };
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The help line for a wrong name: the nearest right one, or nothing.
pub fn suggestion<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|near| format!("did you mean `{near}`?"))
}
