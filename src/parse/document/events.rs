//! A plain TOML text in one pass over the events of its grammar.
//!
//! In comes a text, out goes its document, or nothing where the text has a mistake or is not plain.
//! Plain is what nearly every record is: bare keys without dots, each table opened once. No mistake is explained here.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, Source, Span as TomlSpan};

use super::{Document, Items, NodeIx, Value, is_float, is_integer};
use crate::text::Span;

/// How deep lists and tables may stand in each other; the library's own document has the same bound.
const DEEPEST: u32 = 80;
/// Keys are looked for one after the other, which larger tables would make slow.
const LARGEST_TABLE: usize = 64;

/// Reads a text; `None` where it is not plain.
pub(super) fn read(text: &str) -> Option<Document<'_>> {
    if text.starts_with('\u{feff}') {
        return None;
    }
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut reader = Reader {
        source,
        document: Document::new(),
        table: 0,
        open: Vec::new(),
        key: None,
        header: None,
        is_plain: true,
    };
    reader.document.nodes.reserve(tokens.len() / 5);
    let mut has_mistakes = false;
    let mut spaces = ValidateWhitespace::new(&mut reader, source);
    let mut guarded = RecursionGuard::new(&mut spaces, DEEPEST);
    parse_document(&tokens, &mut guarded, &mut |_| has_mistakes = true);
    // What began and did not end is a mistake, whether the grammar says so or not.
    let is_whole = reader.header.is_none() && reader.key.is_none() && reader.open.is_empty();
    (reader.is_plain && is_whole && !has_mistakes).then_some(reader.document)
}

struct Reader<'t> {
    source: Source<'t>,
    document: Document<'t>,
    /// The table that the last header opened.
    table: NodeIx,
    /// The lists and tables in brackets and braces that are open now.
    open: Vec<NodeIx>,
    /// The key whose value comes next.
    key: Option<TomlSpan>,
    header: Option<Header>,
    is_plain: bool,
}

struct Header {
    start: usize,
    keys: Vec<TomlSpan>,
    is_list: bool,
}

impl<'t> Reader<'t> {
    fn irregular(&mut self) {
        self.is_plain = false;
    }

    fn text(&self, span: TomlSpan) -> &'t str {
        &self.source.input()[span.start()..span.end()]
    }

    /// Adds a value where it belongs: to the list that is open, or under the key that was read.
    fn add(&mut self, span: TomlSpan, value: Value<'t>) -> Option<NodeIx> {
        if !self.is_plain {
            return None;
        }
        let parent = self.open.last().copied().unwrap_or(self.table);
        let key = match (&self.document.nodes[parent as usize].value, self.key.take()) {
            (Value::Table(items), Some(key)) => {
                let name = self.text(key);
                let is_fine = items.len() < LARGEST_TABLE && self.document.find(*items, name).is_none();
                if !is_fine {
                    self.irregular();
                    return None;
                }
                (Cow::Borrowed(name), Span::from(key.start()..key.end()))
            }
            (Value::List(_), None) => (Cow::Borrowed(""), Span::default()),
            _ => {
                self.irregular();
                return None;
            }
        };
        Some(self.document.add(parent, key, Span::from(span.start()..span.end()), value))
    }

    fn open(&mut self, span: TomlSpan, value: Value<'t>) {
        if let Some(at) = self.add(span, value) {
            self.open.push(at);
        }
    }

    fn close(&mut self, span: TomlSpan) {
        match self.open.pop() {
            Some(at) => self.document.nodes[at as usize].span.end = span.end() as u32,
            None => self.irregular(),
        }
    }

    fn open_header(&mut self, span: TomlSpan, is_list: bool) {
        if !self.open.is_empty() || self.key.is_some() {
            self.irregular();
        }
        self.header = Some(Header { start: span.start(), keys: Vec::new(), is_list });
    }

    /// Opens the table that a header names.
    fn close_header(&mut self, end: usize) {
        let Some(header) = self.header.take().filter(|_| self.is_plain) else { return };
        match self.table_under(&header, Span::from(header.start..end)) {
            Some(table) => self.table = table,
            None => self.irregular(),
        }
    }

    fn table_under(&mut self, header: &Header, span: Span) -> Option<NodeIx> {
        let (last, path) = header.keys.split_last()?;
        let mut parent: NodeIx = 0;
        for key in path {
            let Value::Table(items) = self.document.nodes[parent as usize].value else { return None };
            let found = self.document.find(items, self.text(*key))?;
            // In a list of tables, the last one is meant.
            parent = match self.document.nodes[found as usize].value {
                Value::Table(_) if !self.is_in_braces(found) => found,
                Value::List(items) if self.is_list_of_headers(found) => items.last,
                _ => return None,
            };
        }
        let Value::Table(items) = self.document.nodes[parent as usize].value else { return None };
        let name = self.text(*last);
        let key = (Cow::Borrowed(name), Span::from(last.start()..last.end()));
        match (self.document.find(items, name), header.is_list) {
            (None, false) if items.len() < LARGEST_TABLE => {
                Some(self.document.add(parent, key, span, Value::Table(Items::NONE)))
            }
            (None, true) if items.len() < LARGEST_TABLE => {
                let list = self.document.add(parent, key, span, Value::List(Items::NONE));
                Some(self.document.add(list, Default::default(), span, Value::Table(Items::NONE)))
            }
            (Some(list), true) if self.is_list_of_headers(list) => {
                Some(self.document.add(list, Default::default(), span, Value::Table(Items::NONE)))
            }
            _ => None,
        }
    }

    fn starts_with(&self, at: NodeIx, bracket: &str) -> bool {
        self.source.input()[self.document.nodes[at as usize].span.range()].starts_with(bracket)
    }

    fn is_in_braces(&self, at: NodeIx) -> bool {
        self.starts_with(at, "{")
    }

    /// Whether a list is made of tables under headers: then it stands where its first header does.
    fn is_list_of_headers(&self, at: NodeIx) -> bool {
        let first = self.document.items(at).map(|items| items.first).filter(|first| *first != super::NONE);
        first.is_some_and(|first| {
            self.starts_with(at, "[[")
                && self.document.nodes[first as usize].span == self.document.nodes[at as usize].span
        })
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, span: TomlSpan, _: &mut dyn ErrorSink) {
        self.open_header(span, false);
    }

    fn std_table_close(&mut self, span: TomlSpan, _: &mut dyn ErrorSink) {
        self.close_header(span.end());
    }

    fn array_table_open(&mut self, span: TomlSpan, _: &mut dyn ErrorSink) {
        self.open_header(span, true);
    }

    fn array_table_close(&mut self, span: TomlSpan, _: &mut dyn ErrorSink) {
        self.close_header(span.end());
    }

    fn inline_table_open(&mut self, span: TomlSpan, _: &mut dyn ErrorSink) -> bool {
        self.open(span, Value::Table(Items::NONE));
        true
    }

    fn inline_table_close(&mut self, span: TomlSpan, _: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn array_open(&mut self, span: TomlSpan, _: &mut dyn ErrorSink) -> bool {
        self.open(span, Value::List(Items::NONE));
        true
    }

    fn array_close(&mut self, span: TomlSpan, _: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn simple_key(&mut self, span: TomlSpan, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        // The grammar tells where a key is, and not whether its characters are those of one.
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let key = self.text(span);
        if encoding.is_some() || key.is_empty() || !key.bytes().all(is_part) {
            return self.irregular();
        }
        match &mut self.header {
            Some(header) => header.keys.push(span),
            // A second key before a value is a dotted one.
            None if self.key.replace(span).is_some() => self.irregular(),
            None => {}
        }
    }

    fn scalar(&mut self, span: TomlSpan, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let raw = toml_parser::Raw::new_unchecked(self.text(span), encoding, span);
        let mut decoded = Cow::Borrowed("");
        let value = match raw.decode_scalar(&mut decoded, error) {
            ScalarKind::String => Value::Text(decoded),
            ScalarKind::Boolean(flag) => Value::Flag(flag),
            ScalarKind::Float if is_float(&decoded) => Value::Float(decoded),
            ScalarKind::Integer(radix) if is_integer(&decoded, radix.value()) => {
                Value::Integer(decoded, radix.value())
            }
            ScalarKind::Float | ScalarKind::Integer(_) => return self.irregular(),
            ScalarKind::DateTime => match decoded.parse::<toml::value::Datetime>() {
                Ok(date) => Value::Date(date.to_string()),
                Err(_) => return self.irregular(),
            },
        };
        self.add(span, value);
    }

    fn error(&mut self, _: TomlSpan, _: &mut dyn ErrorSink) {
        self.irregular();
    }
}

#[cfg(test)]
mod tests {
    use super::super::converted;
    use super::*;

    /// The same keys, values and places, in the order of the text.
    fn shown(document: &Document<'_>) -> Vec<String> {
        fn show(entry: super::super::Entry<'_>, path: &str, shown: &mut Vec<String>) {
            let path = format!("{path}/{}", entry.key());
            match entry.value() {
                Value::List(_) => shown.push(format!("{path} list {:?}", entry.span())),
                Value::Table(_) => shown.push(format!("{path} table {:?}", entry.span())),
                value => shown.push(format!("{path} {:?} {value:?} {:?}", entry.key_span(), entry.span())),
            }
            entry.entries().for_each(|inner| show(inner, &path, shown));
        }
        let mut all = Vec::new();
        document.entries(document.root()).for_each(|entry| show(entry, "", &mut all));
        all
    }

    #[test]
    fn a_plain_text_means_what_the_library_says() {
        for text in [
            "",
            "a = 1\nb = \"x\\ny\"\nc = 'raw'\nd = [1, 2.5, true]\n",
            "a = { b = 1, c = [ { d = \"e\" }, { d = \"f\" } ] }\n",
            "[[r]]\nx = 1\n[[r]]\nx = 2\n[t]\ny = 0x1F\n",
            "[[s]]\nid = \"a\"\n[[s.r]]\nl = 1\n[[s.r]]\nl = 2\n[[s]]\n[[s.r]]\nl = 3\n[s.t]\nu = 1\n",
            "date = 2017-02-14\nat = 2017-02-14 07:32:00Z\nn = -1_000\nf = 1e3\n",
            "# a comment\na = \"\"\"\nmore\n lines\"\"\" # another\n",
            "\r\na = 1\r\n[ b ] # spaces\r\nc = [\n  1, # one\n  2,\n]\r\n",
        ] {
            let plain = read(text).unwrap_or_else(|| panic!("{text:?} is plain"));
            let (converted, is_broken) = converted::read(text, 0, &mut Vec::new());
            assert!(!is_broken, "{text:?}");
            assert_eq!(shown(&plain), shown(&converted), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_plain_or_wrong_is_left_to_the_library() {
        for text in [
            "a.b = 1\n",
            "\"a\" = 1\n",
            "a = 1\na = 2\n",
            "[a]\n[a]\n",
            "a = {}\n[a.b]\n",
            "a = [{}]\n[[a]]\n",
            "[[a]]\n[a]\n",
            "[a.b]\n",
            "a = \n",
            "a = [1\n",
            "a = 1 b = 2\n",
            "a = \"\\q\"\n",
            "a = 2017-13-40\n",
            "[a\nb = 1\n",
        ] {
            assert!(read(text).is_none(), "{text:?}");
        }
        let deep = format!("a = {}{}\n", "[".repeat(100), "]".repeat(100));
        assert!(read(&deep).is_none());
        let wide: Vec<String> = (0..100).map(|at| format!("k{at} = 1\n")).collect();
        assert!(read(&wide.concat()).is_none());
    }
}
