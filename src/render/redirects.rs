//! Former addresses become redirects: a small page at each, and one list for hosts that redirect themselves.
//!
//! In come the former addresses of all records, out goes the file `_redirects` in the form that several hosts read.
//! The pages at these addresses work on any host and from disk; the list adds a permanent redirect where it is understood.

use std::fmt::Write as _;

use crate::pages::Context;
use crate::route;

/// The file that hosts read, at the site's root.
pub(super) const LIST: &str = "_redirects";

/// One line for each former address; nothing where there is none. Hosts count paths from the root of the domain.
pub(super) fn list(context: &Context) -> Option<String> {
    let root = context.base_url.path();
    let mut lines = String::new();
    for (alias, target, _) in route::former(&context.catalogue) {
        let folder = target.folder(&context.catalogue);
        writeln!(lines, "{root}{} {root}{folder} 301", alias.address)
            .expect("writing to a string cannot fail");
    }
    (!lines.is_empty()).then_some(lines)
}
