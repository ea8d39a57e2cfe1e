//! The list of redirects of a site, from former addresses to those of today.
//!
//! In comes the list that every site with former addresses has, out go its lines for hosts that read it and for those that read something else.
//! Both sides of a line are addresses of this site, without spaces and line ends.

use crate::site::Site;
use crate::site_path::SitePath;

/// The file of the list, at the site's root.
pub(super) const LIST: &str = "_redirects";

/// Addresses with those that they lead to, as paths of the host.
#[derive(Debug, Default)]
pub(super) struct Redirects {
    lines: Vec<(String, String)>,
}

impl Redirects {
    pub(super) fn of(site: &Site) -> Self {
        let bytes = SitePath::new(LIST).ok().and_then(|path| site.get(&path).cloned()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        });
        Self { lines: lines.collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.iter().map(|(from, to)| (from.as_str(), to.as_str()))
    }

    /// The list as several hosts read it.
    pub(super) fn file(&self) -> String {
        self.iter().fold(String::new(), |text, (from, to)| text + from + " " + to + " 301\n")
    }
}
