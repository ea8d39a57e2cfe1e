//! The headings of a text: their level on the page, their words and their anchors.
//!
//! In come the steps of a text, out goes the list of its headings in order, each with an anchor of its own.
//! An anchor follows from the words and their order alone, so a link to it stays true while they do.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::body::Heading;
use super::{Step, plain};
use crate::html::is_page_id;

/// Longer anchors are cut; nobody types them.
const LONGEST: usize = 64;

/// The headings in the order of the steps.
pub(super) fn collect<'a, 'b: 'a>(steps: impl Iterator<Item = &'a Step<'b>>) -> Vec<Heading> {
    let mut anchors = Anchors::default();
    let mut headings = Vec::new();
    let mut words: Option<Vec<&Step<'_>>> = None;
    for step in steps {
        match &step.0 {
            Event::Start(Tag::Heading { .. }) => words = Some(Vec::new()),
            Event::End(TagEnd::Heading(level)) => {
                let text = plain::text(words.take().unwrap_or_default().into_iter());
                let id = anchors.anchor(&text);
                headings.push(Heading { level: level_on_page(*level), id, text });
            }
            _ => words.iter_mut().for_each(|words| words.push(step)),
        }
    }
    headings
}

/// A page has one heading of its own at level 1, so those of a text start at 2.
fn level_on_page(level: HeadingLevel) -> u8 {
    (level as u8).max(2)
}

/// The anchors given so far.
#[derive(Default)]
struct Anchors {
    taken: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Anchors {
    fn anchor(&mut self, text: &str) -> String {
        let mut base = anchor(text);
        if is_page_id(&base) {
            base.insert_str(0, "section-");
        }
        let next = self.next.entry(base.clone()).or_insert(1);
        loop {
            let id = if *next == 1 { base.clone() } else { format!("{base}-{next}") };
            *next += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// The words with `-` between them: letters and digits of every script, in lower case.
fn anchor(text: &str) -> String {
    let mut anchor = String::new();
    for character in text.nfc().flat_map(char::to_lowercase) {
        if anchor.chars().count() >= LONGEST {
            break;
        }
        if character.is_alphanumeric() || (is_combining_mark(character) && !anchor.is_empty()) {
            anchor.push(character);
        } else if !anchor.is_empty() && !anchor.ends_with('-') {
            anchor.push('-');
        }
    }
    let anchor = anchor.trim_end_matches('-');
    if anchor.is_empty() { "section".to_owned() } else { anchor.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_anchors_from_words() {
        let cases = [
            ("Extended description", "extended-description"),
            ("  What is it?  ", "what-is-it"),
            ("eTOM 16.0 – changes", "etom-16-0-changes"),
            ("Überblick", "überblick"),
            ("U\u{308}berblick", "überblick"),
            ("产品 说明", "产品-说明"),
            ("हिन्दी", "हिन्दी"),
            ("\"><script>", "script"),
            ("!!!", "section"),
            ("", "section"),
        ];
        for (text, expected) in cases {
            assert_eq!(anchor(text), expected, "{text:?}");
        }
        assert_eq!(anchor(&"a".repeat(1000)).len(), LONGEST);
    }

    #[test]
    fn gives_no_anchor_twice() {
        let mut anchors = Anchors::default();
        let given: Vec<_> = ["a", "a-2", "a", "a", "", "section"].map(|text| anchors.anchor(text)).into();
        assert_eq!(given, ["a", "a-2", "a-3", "a-4", "section", "section-2"]);
        let given: Vec<_> =
            ["Main", "Section: main", "History", "P 1.1"].map(|text| anchors.anchor(text)).into();
        assert_eq!(given, ["section-main", "section-main-2", "section-history", "section-p-1-1"]);
    }
}
