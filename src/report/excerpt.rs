//! The few lines of a source that a finding marks, short enough to print.
//!
//! In come a text and the spans to mark, out go the lines around them with their numbers and the spans moved along.
//! However long a line is, only a window around its first span is copied, and hidden characters are written out.

use std::ops::Range;

use super::visible::{push_visible, visible_len};
use crate::text::{Span, line_column};

/// How many bytes of one line are shown.
const LINE_LIMIT: usize = 160;
/// How many bytes before a span are shown where the line is too long.
const LEAD: usize = 48;

/// Lines to print, with the marked ranges in them.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The lines, without a final newline.
    pub(super) source: String,
    /// The number of the first line, from one.
    pub(super) first_line: usize,
    /// The marked bytes of `source`, one range for each span and in their order.
    pub(super) marks: Vec<Range<usize>>,
}

impl Excerpt {
    /// The lines from the first span's to the last span's. A span over several lines is marked on its first line.
    pub(super) fn around(text: &str, spans: &[Span]) -> Self {
        let spans: Vec<Range<usize>> = spans.iter().map(|span| on_one_line(text, *span)).collect();
        let first = spans.iter().map(|span| span.start).min().unwrap_or(0);
        let last = spans.iter().map(|span| span.start).max().unwrap_or(0);
        let mut excerpt = Self {
            source: String::new(),
            first_line: line_column(text, first as u32).line as usize,
            marks: vec![0..0; spans.len()],
        };
        let mut start = line_start(text, first);
        loop {
            let end = line_end(text, start);
            excerpt.push_line(text, start..end, &spans);
            // The newline itself belongs to the line before it.
            if end >= last || end >= text.len() {
                return excerpt;
            }
            excerpt.source.push('\n');
            start = end + newline_len(text, end);
        }
    }

    fn push_line(&mut self, text: &str, line: Range<usize>, spans: &[Range<usize>]) {
        let on_line = |span: &Range<usize>| line.start <= span.start && span.start <= line.end;
        let anchor = spans.iter().find(|span| on_line(span)).map_or(line.start, |span| span.start);
        let window = window(text, &line, anchor);
        if window.start > line.start {
            self.source.push('…');
        }
        let shown_from = self.source.len();
        for (span, mark) in spans.iter().zip(&mut self.marks).filter(|(span, _)| on_line(span)) {
            let shown = |at: usize| {
                let before = &text[window.start..at.clamp(window.start, window.end)];
                shown_from + before.chars().map(visible_len).sum::<usize>()
            };
            *mark = shown(span.start)..shown(span.end);
        }
        for character in text[window.clone()].chars() {
            push_visible(&mut self.source, character);
        }
        if window.end < line.end {
            self.source.push('…');
        }
    }
}

/// The span within the text and within its first line, without the line's end.
pub(super) fn on_one_line(text: &str, span: Span) -> Range<usize> {
    let mut start = text.floor_char_boundary((span.start as usize).min(text.len()));
    if text[start..].starts_with('\n') && text[..start].ends_with('\r') {
        start -= 1;
    }
    let line_end = line_end(text, start);
    let end = text.floor_char_boundary((span.end as usize).clamp(start, line_end));
    start..end
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line that `at` is on, before its newline; `\r\n` counts as one newline.
fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    if end > at && end < text.len() && text[..end].ends_with('\r') { end - 1 } else { end }
}

fn newline_len(text: &str, end: usize) -> usize {
    if text[end..].starts_with("\r\n") { 2 } else { 1 }
}

/// The part of a line that fits, with the anchor in it and something before the anchor.
fn window(text: &str, line: &Range<usize>, anchor: usize) -> Range<usize> {
    let mut window = anchor..anchor;
    let mut room = LINE_LIMIT;
    let widen_left = |window: &mut Range<usize>, room: &mut usize, at_most: usize| {
        let least = room.saturating_sub(at_most);
        for character in text[line.start..window.start].chars().rev() {
            let Some(left) = room.checked_sub(visible_len(character)).filter(|left| *left >= least) else {
                break;
            };
            (*room, window.start) = (left, window.start - character.len_utf8());
        }
    };
    widen_left(&mut window, &mut room, LEAD);
    for character in text[anchor..line.end].chars() {
        let Some(left) = room.checked_sub(visible_len(character)) else { break };
        (room, window.end) = (left, window.end + character.len_utf8());
    }
    widen_left(&mut window, &mut room, LINE_LIMIT);
    // A byte order mark is no part of the text that its author sees.
    if window.start == 0 && text.starts_with('\u{feff}') {
        window.start = '\u{feff}'.len_utf8().min(window.end);
    }
    window
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, marked: &str) -> (String, usize, String) {
        let start = text.find(marked).expect("the marked words are in the text");
        let excerpt = Excerpt::around(text, &[Span::new(start, start + marked.len())]);
        let mark = excerpt.source[excerpt.marks[0].clone()].to_owned();
        (excerpt.source, excerpt.first_line, mark)
    }

    #[test]
    fn one_line_is_cut_out_with_its_number() {
        let (source, line, mark) = cut("a = 1\r\nb = \"two\"\r\nc = 3\r\n", "\"two\"");
        assert_eq!((source.as_str(), line, mark.as_str()), ("b = \"two\"", 2, "\"two\""));
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_mark() {
        let text = format!("{} here {}", "x".repeat(600_000), "y".repeat(600_000));
        let (source, _, mark) = cut(&text, "here");
        assert!(source.len() <= LINE_LIMIT + 6, "{} bytes", source.len());
        assert!(source.starts_with('…') && source.ends_with('…'));
        assert_eq!(mark, "here");
        let (source, _, mark) = cut(&format!("{}end", "x".repeat(5000)), "end");
        assert!(source.len() > LINE_LIMIT - 10 && source.ends_with("xend"));
        assert_eq!(mark, "end");
    }

    #[test]
    fn hidden_characters_do_not_shift_the_mark() {
        let (source, _, mark) = cut("\u{202e}\tname = \"\u{1b}x\" # y", "\"\u{1b}x\"");
        assert_eq!(source, "\\u{202e}    name = \"\\u{1b}x\" # y");
        assert_eq!(mark, "\"\\u{1b}x\"");
    }

    #[test]
    fn spans_outside_the_text_are_brought_inside() {
        for (start, end) in [(0, 0), (5, 2), (90, 95), (2, 3), (3, 900)] {
            let excerpt = Excerpt::around("é\né", &[Span { start, end }]);
            assert!(excerpt.source.get(excerpt.marks[0].clone()).is_some(), "{start}..{end}");
        }
        assert_eq!(Excerpt::around("", &[Span::new(0, 4)]).source, "");
    }
}
