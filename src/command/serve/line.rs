//! What the terminal says of the preview: where it is, and one line for every change.
//!
//! In come updates and the time they took, out goes text of one line each.
//! Names of files are made safe to print, and a long list of them is cut.

use std::fmt;
use std::time::Duration;

use crate::report::Counted;
use crate::report::visible::visible;
use crate::serve::{Difference, Update};

const PATH_LIMIT: usize = 120;

/// The first line.
pub(super) struct Start<'a> {
    pub(super) site: &'a str,
    pub(super) update: &'a Update,
    pub(super) elapsed: Duration,
}

impl fmt::Display for Start<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "serving {}: ", visible(self.site, PATH_LIMIT))?;
        match &self.update.outcome {
            Ok(()) => write!(f, "{} in {}", Counted(self.update.pages, "page"), Took(self.elapsed))?,
            Err(title) => write!(f, "nothing yet but the report ({title})")?,
        }
        f.write_str("; Ctrl-C ends it\n")
    }
}

/// A change.
pub(super) struct Line<'a> {
    pub(super) update: &'a Update,
    /// How the site differs; none where it changed again before that was known.
    pub(super) difference: Option<Difference>,
    /// Whether changes before it are in the difference, because theirs was never known.
    pub(super) is_of_several: bool,
    pub(super) elapsed: Duration,
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.update.files.as_slice() {
            [] => {}
            [one] => write!(f, "{}: ", visible(one, PATH_LIMIT))?,
            [first, others @ ..] => {
                write!(f, "{} and {}: ", visible(first, PATH_LIMIT), Counted(others.len(), "more file"))?;
            }
        }
        let took = Took(self.elapsed);
        if let Err(title) = &self.update.outcome {
            return writeln!(f, "{title}; the last good site stays ({took})");
        }
        let mended = if self.update.is_mended { "mended; " } else { "" };
        let Some(difference) = self.difference else { return writeln!(f, "{mended}built in {took}") };
        let of = if self.is_of_several { "with the changes before it, " } else { "" };
        writeln!(f, "{mended}{of}{} in {took}", said(difference))
    }
}

/// A difference in words.
fn said(difference: Difference) -> String {
    let parts = [
        (difference.pages_changed, "page changed", "pages changed"),
        (difference.pages_added, "page new", "pages new"),
        (difference.pages_removed, "page gone", "pages gone"),
        (difference.others, "other file", "other files"),
    ];
    let parts: Vec<_> = parts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    if parts.is_empty() { "no page changed".to_owned() } else { parts.join(", ") }
}

/// A time as people read it.
struct Took(Duration);

impl fmt::Display for Took {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_millis() {
            milliseconds @ ..10_000 => write!(f, "{milliseconds} ms"),
            _ => write!(f, "{:.1} s", self.0.as_secs_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::Line;
    use crate::serve::{Difference, Update};
    use crate::sources::Sources;

    fn line(difference: Option<Difference>, is_of_several: bool) -> String {
        let update = Update {
            files: vec!["site.toml".to_owned()],
            sources: Arc::new(Sources::default()),
            findings: Vec::new(),
            outcome: Ok(()),
            is_mended: false,
            pages: 1,
        };
        Line { update: &update, difference, is_of_several, elapsed: Duration::from_millis(7) }.to_string()
    }

    #[test]
    fn a_difference_says_whether_it_is_of_this_change_alone() {
        let gone = Difference { pages_removed: 2, ..Difference::default() };
        assert_eq!(line(Some(gone), false), "site.toml: 2 pages gone in 7 ms\n");
        assert_eq!(line(None, false), "site.toml: built in 7 ms\n");
        let nothing = Some(Difference::default());
        assert_eq!(line(nothing, false), "site.toml: no page changed in 7 ms\n");
        assert_eq!(line(nothing, true), "site.toml: with the changes before it, no page changed in 7 ms\n");
    }
}
