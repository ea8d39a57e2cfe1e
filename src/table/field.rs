//! What a cell says, as fields of a file: its id, its text or exact value, and the words that only stand beside it.
//!
//! In comes the markup of a cell, out goes a field read off it, so that a page and its file cannot differ.
//! What is absent leaves the field empty; a word for the absence is kept apart from every value.

use super::markup::{Piece, Pieces, Tag, pieces, unescaped};
use crate::text::push_words;

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
        Self::read(&mut pieces(markup))
    }

    /// Reads a cell to its end.
    pub(super) fn read(pieces: &mut Pieces<'_>) -> Self {
        let mut field = Self::default();
        let mut around: Vec<Into> = Vec::new();
        for piece in pieces {
            let into = around.last().copied().unwrap_or(Into::Text);
            match piece {
                Piece::Open(tag) => {
                    let inside = field.enter(tag, into);
                    if tag.contains {
                        around.push(inside);
                    }
                }
                Piece::Close("td" | "th") => break,
                Piece::Close(_) => {
                    around.pop();
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
        if into == Into::Nowhere {
            return Into::Nowhere;
        }
        let mut class = "";
        let mut exact = None;
        for (name, value) in tag.attributes() {
            match (tag.name, name) {
                (_, "aria-hidden") => return Into::Nowhere,
                (_, "class") => class = value,
                ("data", "value") | ("time", "datetime") => exact = Some(value),
                _ => {}
            }
        }
        let is = |wanted: &str| {
            class == wanted || (class.contains(wanted) && class.split(' ').any(|one| one == wanted))
        };
        if is("permalink") {
            return Into::Nowhere;
        }
        if let Some(value) = exact {
            push(&mut self.text, &unescaped(value));
            return Into::Nowhere;
        }
        if is("hidden") {
            separate(&mut self.words, " ");
            return Into::Words;
        }
        if tag.name == "span" && is("id") && self.text.trim().is_empty() && self.id.is_empty() {
            return Into::Id;
        }
        match tag.name {
            _ if is("tag") => separate(&mut self.text, ", "),
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
    push_words(into, text, |letter| letter.is_whitespace() || letter.is_control());
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
