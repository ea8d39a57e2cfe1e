//! Footnotes: the notes of a text, taken out of it and numbered in the order in which the text refers to them.
//!
//! In come the steps of the parser, out go the text's own steps and, apart from them, the notes.
//! A note that nobody refers to is kept after the others; nothing an author wrote gets lost.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Step;

/// A text and its notes.
#[derive(Default)]
pub(super) struct Text<'a> {
    /// The text without its notes.
    pub(super) main: Vec<Step<'a>>,
    /// The notes in the order of their numbers, from one.
    pub(super) notes: Vec<Note<'a>>,
}

/// One note.
pub(super) struct Note<'a> {
    /// What the text calls it.
    pub(super) label: String,
    /// Whether the text refers to it.
    pub(super) is_used: bool,
    /// What it says.
    pub(super) steps: Vec<Step<'a>>,
}

impl Text<'_> {
    /// The steps in the order of the page: the text, then the notes.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &Step<'_>> {
        self.main.iter().chain(self.notes.iter().flat_map(|note| &note.steps))
    }

    /// The number of each note by what the text calls it. Of two notes with one name the first counts.
    pub(super) fn numbers(&self) -> BTreeMap<&str, usize> {
        let mut numbers = BTreeMap::new();
        for (index, note) in self.notes.iter().enumerate() {
            numbers.entry(note.label.as_str()).or_insert(index + 1);
        }
        numbers
    }
}

/// Takes the notes out of a text.
pub(super) fn gather(steps: Vec<Step<'_>>) -> Text<'_> {
    let mut main = Vec::with_capacity(steps.len());
    let mut open: Vec<Note<'_>> = Vec::new();
    let mut closed = Vec::new();
    for (event, span) in steps {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                open.push(Note { label: label.into_string(), is_used: false, steps: Vec::new() });
            }
            Event::End(TagEnd::FootnoteDefinition) => closed.extend(open.pop()),
            event => open.last_mut().map_or(&mut main, |note| &mut note.steps).push((event, span)),
        }
    }
    Text { notes: in_order_of_use(&main, closed), main }
}

/// The notes in the order of the first references, those within notes included; then the notes without one.
fn in_order_of_use<'a>(main: &[Step<'a>], notes: Vec<Note<'a>>) -> Vec<Note<'a>> {
    let mut by_label = BTreeMap::new();
    for (index, note) in notes.iter().enumerate() {
        by_label.entry(note.label.clone()).or_insert(index);
    }
    let mut waiting: Vec<_> = notes.into_iter().map(Some).collect();
    let mut ordered: Vec<Note<'a>> = Vec::new();
    let mut labels = labels_used(main);
    let mut read = 0;
    loop {
        for label in labels {
            let note = by_label.get(&label).and_then(|index| waiting[*index].take());
            ordered.extend(note.map(|note| Note { is_used: true, ..note }));
        }
        let Some(note) = ordered.get(read) else { break };
        labels = labels_used(&note.steps);
        read += 1;
    }
    ordered.extend(waiting.into_iter().flatten());
    ordered
}

fn labels_used(steps: &[Step<'_>]) -> Vec<String> {
    let label = |step: &Step<'_>| match &step.0 {
        Event::FootnoteReference(label) => Some(label.to_string()),
        _ => None,
    };
    steps.iter().filter_map(label).collect()
}
