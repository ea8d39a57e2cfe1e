//! What a cell says, as fields of a file: its id, its text or exact value, and the words that only stand beside it.
//!
//! In comes the markup of a cell, out goes a field read off it, so that a page and its file cannot differ.
//! What is absent leaves the field empty; a word for the absence is kept apart from every value.

use super::markup::{Piece, Tag, pieces, unescaped};

/// What one cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Field {
    /// The id that the cell begins with.
    pub(super) id: String,
    /// Its text, or the exact value in place of the words for it.
    pub(super) text: String,
    /// Words that are there for those who cannot see the cell: of an absence, or of a rating.
    pub(super) words: String,
}

/// Where the texts of an element go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Text,
    Id,
    Words,
    Nowhere,
}

impl Field {
    /// Reads the markup inside a cell.
    pub(super) fn of(markup: &str) -> Self {
        let mut field = Self::default();
        let mut around = vec![Into::Text];
        for piece in pieces(markup) {
            let into = *around.last().expect("the cell itself is around everything");
            match piece {
                Piece::Open(tag) => {
                    let inside = field.enter(tag, into);
                    if tag.contains {
                        around.push(inside);
                    }
                }
                Piece::Close(_) => {
                    if around.len() > 1 {
                        around.pop();
                    }
                }
                Piece::Text(text) => match into {
                    Into::Text => push(&mut field.text, &unescaped(text)),
                    Into::Id => push(&mut field.id, &unescaped(text)),
                    Into::Words => push(&mut field.words, &unescaped(text)),
                    Into::Nowhere => {}
                },
            }
        }
        for text in [&mut field.id, &mut field.text, &mut field.words] {
            text.truncate(text.trim_end().len());
        }
        // An id alone is the whole of what the cell says.
        if field.text.is_empty() {
            field.text = std::mem::take(&mut field.id);
        }
        field
    }

    /// Where the texts inside an element go; what has an exact value says it at once.
    fn enter(&mut self, tag: Tag<'_>, into: Into) -> Into {
        if into == Into::Nowhere || tag.attribute("aria-hidden").is_some() || tag.has_class("permalink") {
            return Into::Nowhere;
        }
        let value = match tag.name {
            "data" => tag.attribute("value"),
            "time" => tag.attribute("datetime"),
            _ => None,
        };
        if let Some(value) = value {
            push(&mut self.text, &value);
            return Into::Nowhere;
        }
        if tag.has_class("hidden") {
            separate(&mut self.words, " ");
            return Into::Words;
        }
        if tag.name == "span" && tag.has_class("id") && self.text.trim().is_empty() && self.id.is_empty() {
            return Into::Id;
        }
        match tag.name {
            _ if tag.has_class("tag") => separate(&mut self.text, ", "),
            "small" => separate(&mut self.text, ", "),
            "li" => separate(&mut self.text, "; "),
            "br" | "p" | "ul" | "details" | "summary" => separate(&mut self.text, " "),
            _ => {}
        }
        into
    }
}

/// Adds a text, with every run of spaces as one.
fn push(into: &mut String, text: &str) {
    for letter in text.chars() {
        if letter.is_whitespace() || letter.is_control() {
            if !into.is_empty() && !into.ends_with(' ') {
                into.push(' ');
            }
        } else {
            into.push(letter);
        }
    }
}

/// Sets the next text apart from what is there already.
fn separate(into: &mut String, separator: &str) {
    into.truncate(into.trim_end().len());
    if !into.is_empty() {
        into.push_str(separator);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(id: &str, text: &str, words: &str) -> Field {
        Field { id: id.to_owned(), text: text.to_owned(), words: words.to_owned() }
    }

    #[test]
    fn a_cell_is_read_as_it_is_meant() {
        for (markup, expected) in [
            ("<data value=\"4.4\">4.40</data>", field("", "4.4", "")),
            ("<time datetime=\"2017-02\">February 2017</time>", field("", "2017-02", "")),
            (
                "<span class=\"absent\"><span aria-hidden=\"true\">–</span><span class=\"hidden\">Not submitted</span></span>",
                field("", "", "Not submitted"),
            ),
            (
                "<span class=\"id\">1.3.7.4</span> <a href=\"../x/\">A &amp; B</a><a class=\"permalink\" href=\"#p\" aria-label=\"Link\">#</a>",
                field("1.3.7.4", "A & B", ""),
            ),
            ("<span class=\"id\">1.3.7.4</span>", field("", "1.3.7.4", "")),
            (
                "<a href=\"x\">Product</a> <small><a href=\"y\">Maker</a></small>",
                field("", "Product, Maker", ""),
            ),
            (
                "<a class=\"tag full\" href=\"x\"><data value=\"5\">5.0</data><span class=\"hidden\"> Fully</span></a>",
                field("", "5", "Fully"),
            ),
            ("4 <meter class=\"bar\" value=\"4\" aria-hidden=\"true\"></meter>", field("", "4", "")),
            (
                "<a href=\"x\">eTOM 8.0</a> <span class=\"tag neutral\">Older release</span>",
                field("", "eTOM 8.0, Older release", ""),
            ),
            ("a\n b<br>c", field("", "a b c", "")),
        ] {
            assert_eq!(Field::of(markup), expected, "{markup}");
        }
    }
}
