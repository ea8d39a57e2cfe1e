//! Keys for elements that have none: the name an element's record has for ever.
//!
//! In come names and ids as a table gives them, out goes a key that is a usable id and that no other element has.
//! The same table gives the same keys.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use crate::model::is_usable_id;

/// The longest key; the rest of 80 characters is for what tells two keys apart.
const LONGEST: usize = 60;

/// The keys that are taken.
#[derive(Debug, Default)]
pub(super) struct Keys(BTreeSet<String>);

impl Keys {
    pub(super) fn taken<'k>(keys: impl IntoIterator<Item = &'k str>) -> Self {
        Self(keys.into_iter().map(str::to_owned).collect())
    }

    /// Takes a key that was given, unless it is taken.
    pub(super) fn insert(&mut self, key: &str) -> bool {
        self.0.insert(key.to_owned())
    }

    /// The key for an element: its name, with its id where the name is taken or has no letter for an address.
    pub(super) fn make(&mut self, name: &str, id: &str) -> String {
        let (name, id) = (slug(name), slug(id));
        let both = [name.as_str(), id.as_str()].into_iter().filter(|part| !part.is_empty());
        let both = both.collect::<Vec<_>>().join("-");
        let base = if both.is_empty() { "element" } else { both.as_str() };
        let counted = (2..).map(|number| format!("{base}-{number}"));
        let mut candidates = [name.clone(), base.to_owned()].into_iter().chain(counted);
        let free = |key: &String| is_usable_id(key) && !self.0.contains(key);
        let key = candidates.find(free).expect("there are more numbers than keys");
        self.0.insert(key.clone());
        key
    }
}

/// The text in small ASCII letters and digits with hyphens between its words; empty where it has none of them.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.nfkd().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'ß' => slug.push_str("ss"),
            '.' if slug.ends_with(|last: char| last.is_ascii_digit()) => slug.push('.'),
            _ if unicode_normalization::char::is_combining_mark(letter) => {}
            '\'' | '’' => {}
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.replace(".-", "-").trim_end_matches(['-', '.']).to_owned()
}
