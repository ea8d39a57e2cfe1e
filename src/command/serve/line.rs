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
        let parts = if parts.is_empty() { "no page changed".to_owned() } else { parts.join(", ") };
        writeln!(f, "{mended}{parts} in {took}")
    }
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
