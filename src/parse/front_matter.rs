//! A Markdown record in two parts: the TOML table between the `+++` lines and the body after them.
//!
//! In comes a whole file, out go the spans of its two parts, or the one finding that says why it has none.
//! The table is not read here, and the text is never cut: both spans point into the file as it is on disk.

use memchr::memmem;

use crate::diagnostic::{Code, Finding};
use crate::text::Span;

/// The line that opens and closes the table.
const FENCE: &str = "+++";
/// Some editors write this mark at the start of a file; it is not part of the text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Where the two parts of a Markdown record stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The lines between the two fences.
    pub table: Span,
    /// Everything after the closing fence.
    pub body: Span,
}

/// Finds the two parts. The first line that is a fence closes the table, even inside a text of many lines.
pub fn split(text: &str) -> Result<FrontMatter, Finding> {
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let first = line_at(text, start);
    if !first.is_fence(text) {
        return Err(missing(first.content(text), first.content));
    }
    let lines = memmem::find_iter(&text.as_bytes()[first.end..], FENCE).map(|at| first.end + at);
    let starts = lines.filter(|at| text[..*at].ends_with('\n'));
    if let Some(line) = starts.map(|at| line_at(text, at)).find(|line| line.is_fence(text)) {
        return Ok(FrontMatter {
            table: Span::new(first.end, line.content.start as usize),
            body: Span::new(line.end, text.len()),
        });
    }
    let finding = Finding::new(Code::UnclosedFrontMatter, first.content, "the front matter is never closed");
    Err(finding.help("write a line `+++` after the last key of the table"))
}

/// One line: what it says, and where the next one starts.
#[derive(Clone, Copy)]
struct Line {
    content: Span,
    end: usize,
}

impl Line {
    fn content(self, text: &str) -> &str {
        &text[self.content.range()]
    }

    fn is_fence(self, text: &str) -> bool {
        self.content(text) == FENCE
    }
}

/// The line that starts at an offset, without its trailing spaces and its line ending.
fn line_at(text: &str, start: usize) -> Line {
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at + 1);
    let content = text[start..end].trim_end_matches([' ', '\t', '\r', '\n']);
    Line { content: Span::new(start, start + content.len()), end }
}

fn missing(first_line: &str, span: Span) -> Finding {
    let help = if first_line == "---" {
        "the table of a record is TOML between two lines `+++`, not YAML between two lines `---`"
    } else if first_line.trim_start() == FENCE {
        "remove the spaces before `+++`"
    } else {
        "start the file with a line `+++`, then the keys of the record, then another line `+++`"
    };
    let finding = Finding::new(Code::MissingFrontMatter, span, "the first line is not `+++`").help(help);
    if first_line.trim_start() == FENCE { finding.rewrite_as(FENCE) } else { finding }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table and the body as texts.
    fn parts(text: &str) -> (&str, &str) {
        let found = split(text).expect("two fences");
        (&text[found.table.range()], &text[found.body.range()])
    }

    #[test]
    fn finds_the_table_and_the_body() {
        let cases = [
            ("+++\na = 1\n+++\nBody\n", ("a = 1\n", "Body\n")),
            ("+++\n+++\n", ("", "")),
            ("+++\n+++", ("", "")),
            ("+++  \t\na = 1\n+++ \nBody", ("a = 1\n", "Body")),
            ("\u{feff}+++\na = 1\n+++\nBody", ("a = 1\n", "Body")),
            ("+++\r\na = 1\r\n+++\r\nBody\r\n", ("a = 1\r\n", "Body\r\n")),
            ("+++\na = 1\n+++\nBody\n+++\nmore", ("a = 1\n", "Body\n+++\nmore")),
            ("+++\na = \"++++\"\n++++\n+++\né", ("a = \"++++\"\n++++\n", "é")),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text), expected, "{text:?}");
        }
    }

    #[test]
    fn says_what_is_missing() {
        let cases = [
            ("", Code::MissingFrontMatter),
            ("\n+++\n+++\n", Code::MissingFrontMatter),
            (" +++\n+++\n", Code::MissingFrontMatter),
            ("---\na: 1\n---\n", Code::MissingFrontMatter),
            ("++++\n++++\n", Code::MissingFrontMatter),
            ("\u{feff}", Code::MissingFrontMatter),
            ("+++", Code::UnclosedFrontMatter),
            ("+++\na = 1\n", Code::UnclosedFrontMatter),
            ("+++\na = 1\n +++\n", Code::UnclosedFrontMatter),
        ];
        for (text, code) in cases {
            let finding = split(text).expect_err("no two fences");
            assert_eq!(finding.code, code, "{text:?}");
            assert!(finding.help.is_some(), "{text:?}");
            assert!(text.get(finding.span.range()).is_some(), "{text:?}");
        }
    }
}
