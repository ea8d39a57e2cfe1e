//! JSON files as the site carries them.
//!
//! In come values, out goes their text with a line end. What could be read as markup is escaped, so that a file means the same to
//! whoever takes it for a page; nothing else is changed.

use std::io;

use serde::Serialize;

/// A value as a JSON file.
pub fn file(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(value, &mut bytes);
    bytes
}

/// Writes a value as a JSON file.
pub fn write(value: &impl Serialize, bytes: &mut Vec<u8>) {
    serde_json::to_writer(Escaping(&mut *bytes), value).expect("texts, numbers and lists are always JSON");
    bytes.push(b'\n');
}

/// Escapes what could be read as markup; outside of texts, JSON has none of these characters.
struct Escaping<'b>(&'b mut Vec<u8>);

impl io::Write for Escaping<'_> {
    fn write(&mut self, written: &[u8]) -> io::Result<usize> {
        let mut from = 0;
        for (at, byte) in written.iter().enumerate() {
            let escaped: &[u8] = match byte {
                b'<' => b"\\u003c",
                b'>' => b"\\u003e",
                b'&' => b"\\u0026",
                _ => continue,
            };
            self.0.extend_from_slice(&written[from..at]);
            self.0.extend_from_slice(escaped);
            from = at + 1;
        }
        self.0.extend_from_slice(&written[from..]);
        Ok(written.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
