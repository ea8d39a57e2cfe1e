//! The words of a text without any markup.
//!
//! In come the steps of a text or of a part of it, out goes one line for each block with single spaces between its words.
//! Code blocks and footnote marks are left out: they are no words to search for or to describe a page with.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Step;
use crate::text::push_words;

/// The words of some steps.
pub(super) fn text<'a, 'b: 'a>(steps: impl Iterator<Item = &'a Step<'b>>) -> String {
    let mut words = String::new();
    let mut is_code = false;
    for (event, _) in steps {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(text) | Event::Code(text) if !is_code => push(&mut words, text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => push(&mut words, " "),
            Event::End(end) if ends_block(*end) => end_line(&mut words),
            _ => {}
        }
    }
    words.truncate(words.trim_end().len());
    words.shrink_to_fit();
    words
}

fn push(words: &mut String, text: &str) {
    push_words(words, text, char::is_whitespace);
}

fn end_line(words: &mut String) {
    words.truncate(words.trim_end_matches(' ').len());
    if !words.is_empty() && !words.ends_with('\n') {
        words.push('\n');
    }
}

fn ends_block(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow
    )
}
