//! The order of ids and versions: runs of digits compare as numbers, everything else as text.
//!
//! In come two texts, out goes their order: 1.1.1.2 before 1.1.1.10, "8.0" before "12.0".
//! The order is total and does not depend on a locale.

use std::cmp::Ordering;

/// Compares two ids as people read them.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (a, b);
    loop {
        match (rest_a.is_empty(), rest_b.is_empty()) {
            (true, true) => return a.cmp(b),
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) => {}
        }
        let (run_a, after_a) = split_run(rest_a);
        let (run_b, after_b) = split_run(rest_b);
        let ordering = compare_runs(run_a, run_b);
        if ordering != Ordering::Equal {
            return ordering;
        }
        (rest_a, rest_b) = (after_a, after_b);
    }
}

/// The longest prefix of digits, or of anything else, and what follows it.
fn split_run(text: &str) -> (&str, &str) {
    let is_digit = text.as_bytes()[0].is_ascii_digit();
    let end = text.bytes().position(|byte| byte.is_ascii_digit() != is_digit).unwrap_or(text.len());
    text.split_at(end)
}

fn compare_runs(a: &str, b: &str) -> Ordering {
    let both_numbers = a.as_bytes()[0].is_ascii_digit() && b.as_bytes()[0].is_ascii_digit();
    if !both_numbers {
        return a.cmp(b);
    }
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_as_versions_do() {
        let mut ids = ["1.1.1.10", "1.1.1.2", "1.1.1", "8.0", "12.0", "AC-2", "AC-10", "1.1.1.2.1"];
        ids.sort_by(|a, b| compare(a, b));
        assert_eq!(ids, ["1.1.1", "1.1.1.2", "1.1.1.2.1", "1.1.1.10", "8.0", "12.0", "AC-2", "AC-10"]);
    }

    #[test]
    fn numbers_longer_than_any_integer_compare() {
        assert_eq!(compare("1.99999999999999999999998", "1.99999999999999999999999"), Ordering::Less);
        assert_eq!(compare("007", "7"), Ordering::Less, "equal numbers fall back to the text");
    }
}
