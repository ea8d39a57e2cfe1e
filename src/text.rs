//! Where a piece of text stands: files by number, byte spans, places.
//!
//! In come byte offsets from the parsers, out go spans that every later stage carries unchanged.
//! A span always points into the file as it is on disk, so offsets are never shifted or re-based silently.

use std::ops::Range;

/// The number of a file in [`crate::sources::Sources`], in the order of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// The file's position in the list of sources.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open range of bytes within one file. Parsed values carry spans without a file, because
/// a file's number may change between two builds while its text does not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset one past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The empty span at the start of a file, for findings about a file as a whole.
    pub fn start_of_file() -> Self {
        Self::default()
    }

    /// The span as a range of `usize`, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same span, moved by `offset` bytes: from a part of a file to the whole file.
    pub fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + offset as u32, end: self.end + offset as u32 }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A value with the place where it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where, within its file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: convert(self.value), span: self.span }
    }
}

/// A span in a file: what a diagnostic points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes within it.
    pub span: Span,
}

impl Place {
    /// A place from its parts.
    pub fn new(file: FileId, span: Span) -> Self {
        Self { file, span }
    }
}

/// A position for people: line and column counted from one, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from one.
    pub line: u32,
    /// The column in characters, from one.
    pub column: u32,
}

/// The line and column of a byte offset; offsets past the end give the end.
pub fn line_column(text: &str, offset: u32) -> LineColumn {
    let mut offset = (offset as usize).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    LineColumn {
        line: before.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1,
        column: before[line_start..].chars().count() as u32 + 1,
    }
}

/// The lines and columns of one text, for offsets that are asked for in any order and as often as there are findings.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// The position of every so many-th byte, or of the character that it is part of.
    known: Vec<LineColumn>,
}

impl LineIndex {
    /// How many bytes lie between two positions that are known.
    const STEP: usize = 1024;

    /// Goes through a text once.
    pub fn of(text: &str) -> Self {
        let mut at = LineColumn { line: 1, column: 1 };
        let mut known = Vec::with_capacity(text.len() / Self::STEP + 1);
        for part in text.as_bytes().chunks(Self::STEP) {
            known.push(at);
            for byte in part {
                at.advance(*byte);
            }
        }
        known.push(at);
        Self { known }
    }

    /// The same as [`line_column`] for the text that this was made of.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let offset = text.floor_char_boundary(offset as usize);
        let mut at = self.known[offset / Self::STEP];
        let from = offset / Self::STEP * Self::STEP;
        for byte in &text.as_bytes()[from..offset] {
            at.advance(*byte);
        }
        at
    }
}

impl LineColumn {
    /// Goes past one byte; a character counts at its first.
    fn advance(&mut self, byte: u8) {
        match byte {
            b'\n' => *self = Self { line: self.line + 1, column: 1 },
            0x80..=0xbf => {}
            _ => self.column += 1,
        }
    }
}

/// Bytes as hexadecimal digits, as digests are written.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    push_hexadecimal(bytes, &mut text);
    text
}

/// Adds the hexadecimal digits of bytes to a text.
pub fn push_hexadecimal(bytes: &[u8], text: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// Adds a text to words that have single spaces between them: any run of spaces becomes one, and none where the words begin anew.
pub fn push_words(words: &mut String, text: &str, is_space: impl Fn(char) -> bool) {
    let begin_anew = |words: &str| words.is_empty() || words.ends_with([' ', '\n']);
    if is_evenly_spaced(text) {
        let text = text.strip_prefix(' ').filter(|_| begin_anew(words)).unwrap_or(text);
        return words.push_str(text);
    }
    for (at, word) in text.split(is_space).enumerate() {
        if at > 0 && !begin_anew(words) {
            words.push(' ');
        }
        words.push_str(word);
    }
}

/// Whether a text is plain ASCII without two spaces in a row, as most are: then there is nothing to change in it.
fn is_evenly_spaced(text: &str) -> bool {
    let mut is_after_space = false;
    text.bytes().all(|byte| {
        let is_space = byte == b' ';
        let is_fine = byte.is_ascii_graphic() || (is_space && !is_after_space);
        is_after_space = is_space;
        is_fine
    })
}

/// The lines of a text, for offsets that are asked for one after the other: each stretch of the text is counted once, unless an
/// offset lies before the last one.
pub struct Lines<'t> {
    text: &'t str,
    counted: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    /// Starts at the first line.
    pub fn of(text: &'t str) -> Self {
        Self { text, counted: 0, line: 1 }
    }

    /// The line of a byte offset, from one; offsets past the end give the last line.
    pub fn line(&mut self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        if offset < self.counted {
            *self = Self::of(self.text);
        }
        let between = &self.text.as_bytes()[self.counted..offset];
        self.line += between.split(|byte| *byte == b'\n').count() as u32 - 1;
        self.counted = offset;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_spaced_once() {
        for (before, text, expected) in [
            ("", " a b", "a b"),
            ("x ", " a b ", "x a b "),
            ("x", " a", "x a"),
            ("x\n", " a", "x\na"),
            ("x", "a  b\t\nc", "xa b c"),
            ("x", "  ", "x "),
            ("", "\u{a0}é \u{e9}", "é é"),
        ] {
            let mut words = before.to_owned();
            push_words(&mut words, text, char::is_whitespace);
            assert_eq!(words, expected, "{before:?} {text:?}");
        }
    }

    #[test]
    fn lines_are_those_of_single_offsets_in_any_order() {
        let text = "a\nb\r\n\n\u{e9}\nlast";
        let mut lines = Lines::of(text);
        for offset in [0, 1, 2, 5, 5, 3, 8, 100, 0, 7] {
            assert_eq!(lines.line(offset), line_column(text, offset).line, "{offset}");
        }
    }

    #[test]
    fn an_index_knows_every_position() {
        for text in ["", "a", "a\n", "é\r\nb\n", &"é𝄞ab\n".repeat(700), &"x€".repeat(1500)] {
            let index = LineIndex::of(text);
            for offset in 0..=text.len() as u32 + 2 {
                assert_eq!(index.line_column(text, offset), line_column(text, offset), "{offset}");
            }
        }
    }
}
