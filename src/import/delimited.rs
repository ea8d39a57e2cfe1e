//! Tables with separators: CSV as spreadsheets and certalog write it.
//!
//! In come the bytes of a file, out goes a table; the separator is the one under which the headings make sense.
//! Text that is not UTF-8 is refused, never guessed, and a quotation mark that is never closed does not swallow rows.

use csv::ReaderBuilder;

use super::columns::{Column, Vocabulary};
use super::table::{Row, Table};
use super::{Loss, Unusable};
use crate::table::sheet::unguarded;
use crate::text::line_column;

/// What separates fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Bar,
}

impl Delimiter {
    const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }
}

/// So many lines may stand above the headings.
const ABOVE: usize = 30;

/// So many lines are looked at to find the separator.
const SAMPLE: usize = 40;

/// Ends every text that is read, so that a quotation mark left open is seen.
const END: &str = "\u{0}end of the table";

pub(super) fn read(
    name: &str,
    bytes: &[u8],
    delimiter: Option<Delimiter>,
    vocabulary: &Vocabulary,
) -> Result<Table, Unusable> {
    let text = utf8(name, bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Some spreadsheets say the separator in a line of its own.
    let announced = text.lines().next().and_then(|line| match line.trim_end() {
        "sep=," => Some(Delimiter::Comma),
        "sep=;" => Some(Delimiter::Semicolon),
        "sep=\t" | "sep=" => Some(Delimiter::Tab),
        "sep=|" => Some(Delimiter::Bar),
        _ => None,
    });
    let skipped = if announced.is_some() { text.find('\n').map_or(text.len(), |end| end + 1) } else { 0 };
    let first_line = 1 + u64::from(announced.is_some());
    let text = &text[skipped..];
    let delimiter = delimiter.or(announced).unwrap_or_else(|| detect(text, vocabulary));
    let rows = rows(&format!("{text}\n{END}"), delimiter, usize::MAX);
    let (last, rows) = rows.split_last().expect("the end is a row");
    if last.cells != [END] {
        let line = last.line + first_line - 1;
        return Err(Unusable::new(format!(
            "`{name}` has a quotation mark that is never closed, in the row that begins on line {line}"
        ))
        .help("close it; a quotation mark inside a field in quotation marks is written twice"));
    }
    let rows = rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| unguarded(cell).unwrap_or_else(|| cell.clone()));
        Row { line: row.line + first_line - 1, cells: cells.collect() }
    });
    with_headings(name, rows.collect(), vocabulary)
}

/// The text of a file, or what it is instead.
fn utf8<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Unusable> {
    let save = "save it as “CSV UTF-8” in the program that made it";
    let kind = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("text in UTF-16"),
        [b'P', b'K', 3, 4, ..] => Some("a workbook or another archive"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("a workbook of an old format"),
        [b'%', b'P', b'D', b'F', ..] => Some("a PDF"),
        _ if bytes.contains(&0) => Some("no text: it has bytes that no text has"),
        _ => None,
    };
    if let Some(kind) = kind {
        return Err(Unusable::new(format!("`{name}` is {kind}, and a table in UTF-8 is needed")).help(save));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let at = line_column(&before, before.len() as u32);
        Unusable::new(format!(
            "`{name}` is not UTF-8: line {}, column {} has a byte of another encoding, such as Windows-1252",
            at.line, at.column
        ))
        .help(save)
    })
}

/// Finds the headings among rows: the first row that has one for an id, or the first that has any that is known.
fn with_headings(name: &str, rows: Vec<Row>, vocabulary: &Vocabulary) -> Result<Table, Unusable> {
    let has = |row: &&Row, wanted: &dyn Fn(Column) -> bool| {
        row.cells.iter().filter_map(|cell| vocabulary.meaning(cell)).any(wanted)
    };
    let above = || rows.iter().take(ABOVE);
    let with_id = above().position(|row| has(&row, &|column| column == Column::Id));
    let with_any = || above().position(|row| has(&row, &|column| column == Column::Name));
    let Some(at) = with_id.or_else(with_any) else {
        let message = format!("no line of `{name}` has a heading for the id of an element");
        let first = rows.iter().find(|row| !row.words().is_empty());
        return Err(match first {
            Some(first) => Unusable::new(message).help(format!(
                "its first line says `{}`; name the column with `--column id=HEADING`",
                first.words()
            )),
            None => Unusable::new(format!("`{name}` has no rows")),
        });
    };
    let mut rows = rows.into_iter();
    let lost = rows.by_ref().take(at).map(|row| Loss {
        file: name.to_owned(),
        line: row.line,
        words: row.words(),
        why: "it stands above the headings".to_owned(),
    });
    let lost = lost.collect();
    let headings = rows.next().map(|row| row.cells).unwrap_or_default();
    let headings = headings.iter().map(|heading| heading.trim().to_owned()).collect();
    let mut table = Table { name: name.to_owned(), headings, rows: Vec::new(), lost, counts_rows: false };
    for row in rows {
        table.push(row);
    }
    Ok(table)
}

/// The separator under which most headings are known, and of those the one that makes most fields.
fn detect(text: &str, vocabulary: &Vocabulary) -> Delimiter {
    let score = |delimiter: &Delimiter| {
        let rows = rows(text, *delimiter, SAMPLE);
        let known =
            rows.iter().map(|row| row.cells.iter().filter(|cell| vocabulary.meaning(cell).is_some()).count());
        let fields: usize = rows.iter().map(|row| row.cells.len()).sum();
        (known.max().unwrap_or(0), fields)
    };
    // the first of equals is the last that `max_by_key` meets
    Delimiter::ALL.into_iter().rev().max_by_key(score).unwrap_or(Delimiter::Comma)
}

/// The first rows.
fn rows(text: &str, delimiter: Delimiter, most: usize) -> Vec<Row> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter.byte());
    let mut reader = builder.from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut line = 1;
    let mut counted = 0;
    for record in reader.records().take(most) {
        let record = record.expect("the text is in memory and is UTF-8");
        let start = record.position().map_or(0, csv::Position::byte) as usize;
        // the position of a record may lie before the empty lines above it
        let blank = text[start..].bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let start = start + blank;
        line += text[counted..start].matches('\n').count() as u64;
        counted = start;
        rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
    }
    rows
}
