//! What a person at the terminal has been told already.
//!
//! In come the findings of one build after another, out go those that are new.
//! A finding that only moved to another line is not new; one that went away and came back is, unless it went because a build stopped early.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Leveled, Severity};
use crate::sources::Sources;

/// What makes a finding the same as one before.
type Key = (String, Code, Severity, String);

/// The findings that were told, and how many there are of each.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeMap<Key, usize>);

impl Told {
    /// The findings of a build that were not told yet. `is_whole` says that the build found all that there is to find.
    pub(super) fn news(&mut self, sources: &Sources, findings: &[Leveled], is_whole: bool) -> Vec<Leveled> {
        let mut found = BTreeMap::<Key, usize>::new();
        let mut news = Vec::new();
        for finding in findings {
            let diagnostic = &finding.diagnostic;
            let path = sources.path(diagnostic.place.file).to_owned();
            let key = (path, diagnostic.code, finding.severity, diagnostic.message.clone());
            let told = self.0.get(&key).copied().unwrap_or_default();
            let found = found.entry(key).or_default();
            *found += 1;
            if *found > told {
                news.push(finding.clone());
            }
        }
        if !is_whole {
            // an error hides what could be found without it
            for (key, count) in std::mem::take(&mut self.0) {
                if key.2 != Severity::Error {
                    found.entry(key).or_insert(count);
                }
            }
        }
        self.0 = found;
        news
    }
}
