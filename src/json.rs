//! JSON files as the site carries them.
//!
//! In come values, out goes their text with a line end. What could be read as markup is escaped, so that a file means the same to
//! whoever takes it for a page; nothing else is changed.

use std::io;

use memchr::memchr3_iter;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// A value as a JSON file.
pub fn file(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(value, &mut bytes);
    bytes
}

/// Writes a value as a JSON file.
pub fn write(value: &impl Serialize, bytes: &mut Vec<u8>) {
    let mut serializer = Serializer::with_formatter(&mut *bytes, Unmarked);
    value.serialize(&mut serializer).expect("texts, numbers and lists are always JSON");
    bytes.push(b'\n');
}

/// Writes texts without anything that could be read as markup.
struct Unmarked;

impl Formatter for Unmarked {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        let mut written = 0;
        for at in memchr3_iter(b'<', b'>', b'&', text.as_bytes()) {
            let escaped = match text.as_bytes()[at] {
                b'<' => b"\\u003c",
                b'>' => b"\\u003e",
                _ => b"\\u0026",
            };
            writer.write_all(&text.as_bytes()[written..at])?;
            writer.write_all(escaped)?;
            written = at + 1;
        }
        writer.write_all(&text.as_bytes()[written..])
    }
}
