//! The report's own words, by type: literals of this program and counts, and never what a record says.
//!
//! In come literals, numbers and words made of them, out go words that every format may print as they are.
//! There is no way from a text of a record to here, except for a name of small letters alone, which does nothing anywhere.

use crate::report::Counted;

/// Words of the report itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    /// A name of small letters with spaces or low lines between them, as keys and figures have; nothing for any other text.
    pub(super) fn plain(name: &str) -> Option<Self> {
        let is_plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b' ');
        is_plain.then(|| Self(name.replace('_', " ")))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Words {
    fn from(literal: &'static str) -> Self {
        Self(literal.to_owned())
    }
}

impl From<usize> for Words {
    fn from(count: usize) -> Self {
        Self(count.to_string())
    }
}

impl From<Counted> for Words {
    fn from(counted: Counted) -> Self {
        Self(counted.to_string())
    }
}

impl<A: Into<Words>, B: Into<Words>> From<(A, B)> for Words {
    fn from((first, second): (A, B)) -> Self {
        Self(first.into().0 + &second.into().0)
    }
}

impl<A: Into<Words>, B: Into<Words>, C: Into<Words>> From<(A, B, C)> for Words {
    fn from((first, second, third): (A, B, C)) -> Self {
        (first, (second, third)).into()
    }
}
