//! What no text of a catalogue may hold, whatever it says: characters that are not seen as what they are, and piled-up marks.
//!
//! In comes a whole file, or a value that is written with escapes, out go findings with the exact characters.
//! A script that cannot be written without such a character is not harmed; no other stage looks at characters again.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::character::{self, Unseen};
use crate::diagnostic::{Code, Finding};
use crate::limits::Limits;
use crate::parse::document::Document;
use crate::text::Span;

/// How many findings one file may have of a kind; the last one says how many places there are besides.
const MOST_FINDINGS: usize = 100;

/// Looks at every character of a file that starts after its byte order mark. In the table, a text ends at a quotation mark.
pub fn check(text: &str, table: Span, limits: &Limits, findings: &mut Vec<Finding>) {
    let mut found = look(text, table, limits);
    for finding in &mut found {
        // In TOML a control character breaks the syntax, and so does a removal that joins two lines.
        if finding.fix.is_some()
            && text[finding.span.range()].contains('\r')
            && table.range().contains(&finding.span.range().start)
        {
            finding.fix = None;
        }
    }
    compose(text, &mut found);
    findings.append(&mut found);
}

/// Looks at the values and keys of a table that are written with escapes: what an escape stands for is in no file.
pub fn check_escapes(
    text: &str,
    document: &Document<'_>,
    offset: usize,
    limits: &Limits,
    findings: &mut Vec<Finding>,
) {
    document.each_text(|decoded, span| {
        let written = &text[span.range()];
        if !written.starts_with('"') || !written.contains('\\') {
            return;
        }
        let mut escapes = escapes(written).into_iter();
        for mut finding in look(decoded, Span::new(0, decoded.len()), limits) {
            // Findings come in the order of the text, and so do escapes; what is no escape was found in the file itself.
            let marked = &decoded[finding.span.range()];
            let characters = || marked.chars();
            let known = escapes.clone().position(|(_, character)| characters().any(|of| of == character));
            let Some((place, _)) = known.and_then(|known| escapes.nth(known)) else { continue };
            finding.span = place.shifted(span.start as usize + offset);
            match &mut finding.fix {
                Some(fix) if characters().count() == 1 => fix.span = finding.span,
                fix => *fix = None,
            }
            findings.push(finding);
        }
    });
}

/// The finding for a file whose name holds what no text may.
pub fn of_path(path: &str, limits: &Limits) -> Option<Finding> {
    if path.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let mut finding = look(path, Span::default(), limits).into_iter().next()?;
    finding.message = format!("in the name of the file, {}", finding.message);
    (finding.span, finding.fix) = (Span::start_of_file(), None);
    Some(finding.help("rename the file"))
}

/// The finding for what an entity of Markdown stands for, where that may not stand there.
pub(super) fn of_entity(source: &str, entity: Span, decoded: &str) -> Option<Finding> {
    let (before, after) = (line_before(source, entity), line_after(source, entity));
    let (character, kind) =
        decoded.chars().find_map(|character| Some((character, character::unseen(character)?)))?;
    let is_fine = match kind {
        Unseen::DirectionMark => before.chars().chain(after.chars()).any(character::is_right_to_left),
        _ => character::is_needed(before, character, after),
    };
    (!is_fine).then(|| finding(entity, character, 1, kind))
}

/// The finding for a text whose entities pile up marks.
pub(super) fn of_piled_entities(decoded: &str, span: Span, limits: &Limits) -> Option<Finding> {
    let mut piled = 0;
    let most = decoded.chars().map(|character| {
        piled = if character::is_mark(character) { piled + 1 } else { 0 };
        piled
    });
    let most = most.max().unwrap_or_default();
    (most > limits.marks as usize).then(|| piled_marks(span, most, limits))
}

fn line_before(source: &str, span: Span) -> &str {
    source[..span.range().start].rsplit('\n').next().unwrap_or_default()
}

fn line_after(source: &str, span: Span) -> &str {
    source[span.range().end..].split('\n').next().unwrap_or_default()
}

/// Every run of characters that may not stand where it stands.
fn look(text: &str, table: Span, limits: &Limits) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut left_out = 0_usize;
    let mut piece = Piece::default();
    let mut marks = Marks::default();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let bytes = text.as_bytes();
    while let Some(start) = next_odd(bytes, at) {
        let character = text[start..].chars().next().expect("there is a character");
        at = start + character.len_utf8();
        let mut push = |finding: Finding| {
            if found.len() < MOST_FINDINGS { found.push(finding) } else { left_out += 1 }
        };
        if character::is_mark(character) {
            if let Some(span) = marks.push(text, start, limits) {
                let count = text[span.range()].chars().count();
                push(piled_marks(span, count, limits));
                at = span.range().end;
            }
            continue;
        }
        let Some(kind) = character::unseen(character) else { continue };
        // A run of characters of one kind is one finding.
        let of_kind = |next: &char| character::unseen(*next) == Some(kind) && *next != '\r';
        let run: usize = text[at..].chars().take_while(of_kind).map(char::len_utf8).sum();
        let (before, after) = (&text[..start], &text[at..]);
        let is_fine = match kind {
            Unseen::Tag => {
                at += run;
                character::is_flag(before, &text[start..at])
            }
            Unseen::DirectionMark if run == 0 => piece.around(text, start, table).is_right_to_left,
            _ if run == 0 || kind == Unseen::Selector => character::is_needed(before, character, after),
            _ => false,
        };
        if is_fine {
            continue;
        }
        at = at.max(start + character.len_utf8() + run);
        let span = Span::new(start, at);
        push(finding(span, character, text[span.range()].chars().count(), kind));
    }
    if let Some(last) = found.last_mut().filter(|_| left_out > 0) {
        last.message = format!("{}, and there are {left_out} more such places below", last.message);
    }
    found
}

/// The next byte that is not one of a plain line of ASCII.
fn next_odd(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' '..=b'~' | b'\n' | b'\t' => at += 1,
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => at += 2,
            _ => return Some(at),
        }
    }
    None
}

fn finding(span: Span, character: char, count: usize, kind: Unseen) -> Finding {
    let named = character::named(character);
    let message = match count {
        1 => format!("{named} is {}", kind.does()),
        _ => format!("{count} characters from {named} on: each is {}", kind.does()),
    };
    let finding = Finding::new(Code::HiddenCharacter, span, message);
    match (kind, character) {
        (Unseen::Control, '\r') => finding.help("save the file with one kind of line ends").rewrite_as("\n"),
        _ if kind.leaves_no_trace() => {
            finding.help("remove it: the text looks the same without").rewrite_as("")
        }
        (_, '\u{200e}') => finding.help("remove it: the text looks the same without").rewrite_as(""),
        (Unseen::Blank, '\u{2028}' | '\u{2029}') => {
            finding.help("write a line end or a space").replace_with(" ")
        }
        _ => finding.help("remove it, and look whether the text still says what it should").replace_with(""),
    }
}

fn piled_marks(span: Span, count: usize, limits: &Limits) -> Finding {
    let most = limits.marks;
    let message = format!("{count} marks are piled on one character, and {most} may be");
    let help = "leave out the marks that are no part of the spelling; `marks` under `[limits]` in `site.toml` sets how many may be";
    Finding::new(Code::PiledMarks, span, message).help(help)
}

/// Marks in a row.
#[derive(Default)]
struct Marks {
    start: usize,
    end: usize,
    count: u64,
}

impl Marks {
    /// Adds a mark; where it is one too many, the span of all that are piled up there.
    fn push(&mut self, text: &str, at: usize, limits: &Limits) -> Option<Span> {
        let is_joined =
            self.count > 0 && text[self.end..at].chars().all(|between| character::unseen(between).is_some());
        if !is_joined {
            *self = Self { start: at, end: at, count: 0 };
        }
        self.count += 1;
        let mark = text[at..].chars().next().map_or(0, char::len_utf8);
        self.end = at + mark;
        if self.count <= limits.marks {
            return None;
        }
        let rest: usize =
            text[self.end..].chars().take_while(|next| character::is_mark(*next)).map(char::len_utf8).sum();
        let span = Span::new(self.start, self.end + rest);
        *self = Self::default();
        Some(span)
    }
}

/// The text around a place: a line or, in a table, what stands between two quotation marks.
#[derive(Default)]
struct Piece {
    end: usize,
    is_right_to_left: bool,
}

impl Piece {
    fn around(&mut self, text: &str, at: usize, table: Span) -> &Self {
        if at >= self.end {
            let is_end = |byte: &u8| *byte == b'\n' || (*byte == b'"' && table.range().contains(&at));
            let bytes = text.as_bytes();
            let start = bytes[..at].iter().rposition(&is_end).map_or(0, |end| end + 1);
            self.end = bytes[at..].iter().position(is_end).map_or(text.len(), |end| at + end);
            self.is_right_to_left = text[start..self.end].chars().any(character::is_right_to_left);
        }
        self
    }
}

/// Words that are not written in composed form (NFC), each with that form.
fn compose(text: &str, findings: &mut Vec<Finding>) {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return;
    }
    let ends_word = |character: char| character.is_whitespace() || matches!(character, '"' | '\'');
    let mut count = 0;
    let mut start = 0;
    for end in text.char_indices().filter(|(_, next)| ends_word(*next)).map(|(at, _)| at).chain([text.len()])
    {
        let word = &text[start..end];
        if let Some(composed) = composed(word) {
            let message =
                "the word is written with separate marks, which many programs take for another word";
            let help = "write it in composed form (Unicode NFC), as keyboards do";
            let span = Span::new(start, end);
            findings.push(Finding::new(Code::NotNormalized, span, message).help(help).rewrite_as(composed));
            count += 1;
            if count == MOST_FINDINGS {
                return;
            }
        }
        start = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
}

/// A text in composed form (NFC), where that is another. Chinese characters for the sake of older standards keep their form, which
/// composing would change for the eye.
pub fn composed(text: &str) -> Option<String> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return None;
    }
    let is_compatible =
        |character: char| matches!(character, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
    if text.contains(is_compatible) {
        return None;
    }
    let composed: String = text.nfc().collect();
    (composed != text).then_some(composed)
}

/// The escapes of a basic string with what each stands for.
fn escapes(written: &str) -> Vec<(Span, char)> {
    let mut found = Vec::new();
    let mut rest = written.char_indices();
    while let Some((at, character)) = rest.next() {
        if character != '\\' {
            continue;
        }
        let Some((_, kind)) = rest.next() else { break };
        let (digits, stands_for) = match kind {
            'x' => (2, None),
            'u' => (4, None),
            'U' => (8, None),
            'b' => (0, Some('\u{8}')),
            'f' => (0, Some('\u{c}')),
            'e' => (0, Some('\u{1b}')),
            'r' => (0, Some('\r')),
            _ => continue,
        };
        let end = at + 2 + digits;
        let coded = || u32::from_str_radix(written.get(at + 2..end)?, 16).ok().and_then(char::from_u32);
        if let Some(character) = stands_for.or_else(coded) {
            found.push((Span::new(at, end), character));
        }
    }
    found
}
