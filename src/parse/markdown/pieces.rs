//! The parts of a body in the order of the text: finished markup, and the places that are filled in later.
//!
//! In come literals and texts, out goes the list of pieces and the count of bytes that bounds it.
//! An address or a name of another record is never part of the finished markup.

use crate::html::{Html, HtmlWriter};

/// One part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Finished markup.
    Html(Html),
    /// What a page puts before the anchors of this text.
    Prefix,
    /// The attribute with the address of the reference with this number.
    Address(usize),
    /// The words for the reference with this number.
    Name(usize),
}

/// Collects pieces.
#[derive(Default)]
pub(super) struct Pieces {
    list: Vec<Piece>,
    finished: usize,
    writer: HtmlWriter,
}

impl Pieces {
    /// The writer for the markup that comes next.
    pub(super) fn html(&mut self) -> &mut HtmlWriter {
        &mut self.writer
    }

    /// Adds a place to fill in.
    pub(super) fn open(&mut self, piece: Piece) {
        self.end_markup();
        self.list.push(piece);
    }

    /// How many bytes of markup there are.
    pub(super) fn written(&self) -> usize {
        self.finished + self.writer.written()
    }

    /// All pieces.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        self.end_markup();
        self.list
    }

    fn end_markup(&mut self) {
        let html = std::mem::take(&mut self.writer).finish_to_keep();
        if !html.is_empty() {
            self.finished += html.as_str().len();
            self.list.push(Piece::Html(html));
        }
    }
}
