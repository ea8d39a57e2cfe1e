//! Tables as CSV files for spreadsheets (RFC 4180): lines end with CR LF, texts are in UTF-8 after a byte order mark.
//!
//! In come fields, or finished tables whose fields are read off their cells; out go the bytes of a file.
//! No field is a formula to a spreadsheet: a text that looks like one gets an apostrophe before it; a number stays a number.

use std::rc::Rc;

use csv::{Terminator, Writer, WriterBuilder};
use memchr::memchr;

use super::field::Field;
use super::markup::{Piece, Tag, pieces};
use crate::html::Html;
use crate::words::Words;

/// Spreadsheets take a file without this mark for one in the letters of their own country.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A file in the making.
#[derive(Debug)]
pub struct Sheet(Writer<Vec<u8>>);

impl Default for Sheet {
    fn default() -> Self {
        let mut builder = WriterBuilder::new();
        builder.terminator(Terminator::CRLF).flexible(true);
        Self(builder.from_writer(BYTE_ORDER_MARK.to_vec()))
    }
}

impl Sheet {
    /// A file with its line of headings.
    pub fn new<'f>(headings: impl IntoIterator<Item = &'f str>) -> Self {
        let mut sheet = Self::default();
        sheet.line(headings);
        sheet
    }

    /// The next line.
    pub fn line<'f>(&mut self, fields: impl IntoIterator<Item = &'f str>) {
        for field in fields {
            match guarded(field) {
                Some(guarded) => self.0.write_field(guarded),
                None => self.0.write_field(field),
            }
            .expect("writing to memory cannot fail");
        }
        self.0.write_record(None::<&[u8]>).expect("writing to memory cannot fail");
    }

    /// The bytes of the file.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner().expect("writing to memory cannot fail")
    }
}

/// What a spreadsheet would take for a formula, made a text. A spreadsheet that separates fields by semicolons sees the
/// beginning of one after each of them, quotes or not. A text that has such an apostrophe of its own gets a second one, so that
/// [`unguarded`] gives back every text as it was.
fn guarded(field: &str) -> Option<String> {
    if is_number(field) {
        return None;
    }
    let acts = |part: &str| begins_formula(part.trim_start_matches('\''));
    let has_parts = memchr(b';', field.as_bytes()).is_some();
    let is_formula = acts(field) || (has_parts && field.split(';').any(acts));
    if !is_formula {
        return None;
    }
    let parts = field.split(';').map(|part| [if acts(part) { "'" } else { "" }, part].concat());
    Some(parts.collect::<Vec<_>>().join(";"))
}

/// A field as it was before it was kept from being a formula; nothing where it was not.
pub fn unguarded(field: &str) -> Option<String> {
    let bare = |part: &str| {
        let bare = part.strip_prefix('\'')?;
        begins_formula(bare.trim_start_matches('\'')).then(|| bare.to_owned())
    };
    let parts: Vec<&str> = field.split(';').collect();
    if !parts.iter().any(|part| bare(part).is_some()) {
        return None;
    }
    let parts = parts.into_iter().map(|part| bare(part).unwrap_or_else(|| part.to_owned()));
    Some(parts.collect::<Vec<_>>().join(";"))
}

fn begins_formula(text: &str) -> bool {
    let is_sign = |first| {
        matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠')
    };
    text.chars().next().is_some_and(is_sign)
}

/// Whether a field is a whole number or a decimal, as this program writes them.
fn is_number(field: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = field.strip_prefix('-').unwrap_or(field);
    match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    }
}

/// The file of a table.
pub fn of_table(table: &Html, words: &Words) -> Vec<u8> {
    of_tables(&[("", table)], "", words)
}

/// One file of several tables with the same columns. The first column, `title`, says which table a line is of.
pub fn of_tables(tables: &[(&str, &Html)], title: &str, words: &Words) -> Vec<u8> {
    let mut heads: Vec<Field> = Vec::new();
    let mut rows: Vec<(&str, Row)> = Vec::new();
    for (name, table) in tables {
        let read = read(table.as_str());
        heads = read.heads;
        rows.extend(read.rows.into_iter().map(|row| (*name, row)));
    }
    let has_groups = rows.iter().any(|(_, row)| !row.group.text.is_empty());
    let has_group_ids = rows.iter().any(|(_, row)| !row.group.id.is_empty());
    let has = |column: usize, of: fn(&Field) -> &String| {
        rows.iter().any(|(_, row)| row.cells.get(column).is_some_and(|cell| !of(&cell.field).is_empty()))
    };
    let has_ids: Vec<bool> = (0..heads.len()).map(|column| has(column, |field| &field.id)).collect();
    let is_matrix =
        |column: usize| rows.iter().any(|(_, row)| row.cells.get(column).is_some_and(|cell| cell.is_matrix));
    let has_words: Vec<bool> = (0..heads.len()).map(is_matrix).collect();

    let group = words.get("table.group");
    let mut headings: Vec<String> = Vec::new();
    headings.extend((!title.is_empty()).then(|| title.to_owned()));
    headings.extend(has_group_ids.then(|| words.fill("table.id", &[("column", group)])));
    headings.extend(has_groups.then(|| group.to_owned()));
    for (column, head) in heads.iter().enumerate() {
        let of = |key: &'static str| words.fill(key, &[("column", &head.text)]);
        headings.extend(has_ids[column].then(|| of("table.id")));
        headings.push(head.text.clone());
        headings.extend(has_words[column].then(|| of("table.result")));
    }
    let mut sheet = Sheet::new(headings.iter().map(String::as_str));
    let nothing = Field::default();
    for (table, row) in &rows {
        let mut fields: Vec<&str> = Vec::with_capacity(headings.len());
        fields.extend((!title.is_empty()).then_some(*table));
        fields.extend(has_group_ids.then_some(row.group.id.as_str()));
        fields.extend(has_groups.then_some(row.group.text.as_str()));
        for column in 0..heads.len() {
            let field = row.cells.get(column).map_or(&nothing, |cell| &cell.field);
            let is_bare_id = has_ids[column] && field.id.is_empty();
            // In a column of ids and names, an id without a name is still an id.
            let is_alone = is_bare_id && row.cells.get(column).is_some_and(|cell| cell.is_id);
            let (id, text) = if is_alone { (&field.text, "") } else { (&field.id, field.text.as_str()) };
            fields.extend(has_ids[column].then_some(id.as_str()));
            fields.push(text);
            fields.extend(has_words[column].then_some(field.words.as_str()));
        }
        sheet.line(fields);
    }
    sheet.finish()
}

/// A table as it was read.
#[derive(Default)]
struct Table {
    heads: Vec<Field>,
    rows: Vec<Row>,
}

#[derive(Default)]
struct Row {
    /// The head of the rows that it stands among.
    group: Rc<Field>,
    cells: Vec<Cell>,
}

struct Cell {
    field: Field,
    /// Whether it is a cell of a matrix, whose words are a column of their own.
    is_matrix: bool,
    /// Whether it holds an id and nothing else.
    is_id: bool,
}

/// The heads, groups and rows of a table.
fn read(markup: &str) -> Table {
    let mut table = Table::default();
    let mut row = Row::default();
    let mut rest = pieces(markup);
    while let Some(piece) = rest.next() {
        match piece {
            Piece::Open(tag) if matches!(tag.name, "th" | "td") => {
                let content = &markup[rest.at..];
                let kind = CellKind::of(&tag);
                let field = match kind {
                    CellKind::Group => group_of(content),
                    _ => Field::read(&mut rest),
                };
                match kind {
                    CellKind::Head => table.heads.push(field),
                    CellKind::Group => row.group = Rc::new(field),
                    CellKind::Plain | CellKind::Matrix => row.cells.push(Cell {
                        field,
                        is_matrix: kind == CellKind::Matrix,
                        is_id: content.starts_with("<span class=\"id\">"),
                    }),
                }
            }
            Piece::Close("tr") if !row.cells.is_empty() => {
                let next = Row { group: Rc::clone(&row.group), cells: Vec::with_capacity(row.cells.len()) };
                table.rows.push(std::mem::replace(&mut row, next));
            }
            _ => {}
        }
    }
    table
}

/// What a cell is in its table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellKind {
    Head,
    Group,
    Plain,
    Matrix,
}

impl CellKind {
    fn of(tag: &Tag<'_>) -> Self {
        let mut kind = Self::Plain;
        for (name, value) in tag.attributes() {
            match (name, value) {
                ("scope", "col") => return Self::Head,
                ("scope", "rowgroup") => return Self::Group,
                ("class", classes) if classes.split(' ').any(|one| one == "cell") => kind = Self::Matrix,
                _ => {}
            }
        }
        kind
    }
}

/// What the rows of a group have in common, without what is counted of them.
fn group_of(content: &str) -> Field {
    let content = content.split("</th>").next().unwrap_or_default();
    let name = content.split("<small").next().map(Field::of).unwrap_or_default();
    if name.text.is_empty() { Field::of(content) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_a_text() {
        for (field, expected) in [
            ("=1+1", Some("'=1+1")),
            ("-x", Some("'-x")),
            ("-1.50", None),
            ("-1.", Some("'-1.")),
            ("+1", Some("'+1")),
            ("＝1", Some("'＝1")),
            ("a;=b;c", Some("a;'=b;c")),
            ("a = b; c", None),
            ("'=1", Some("''=1")),
            ("a;'-b", Some("a;''-b")),
            ("'tis", None),
            ("", None),
        ] {
            assert_eq!(guarded(field).as_deref(), expected, "{field}");
            let written = expected.unwrap_or(field);
            assert_eq!(unguarded(written).as_deref().unwrap_or(written), field);
        }
    }
}
