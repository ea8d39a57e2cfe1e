//! A number with a bar of several marks, in one cell: what the number is made of, for the eye.
//!
//! In come a number and its parts, out go both; the parts stand as numbers elsewhere in the row.
//! Marks lie in the order of the parts with a gap between them, so that they are told apart without colours.

use super::Share;
use crate::html::HtmlWriter;
use crate::table::Cells as _;

/// A number made of parts, in a whole.
#[derive(Clone, Copy, Debug)]
pub struct Stack<'a> {
    /// The number that the cell says.
    pub number: usize,
    /// The parts, each with its class.
    pub parts: &'a [(&'static str, usize)],
    /// What the whole bar stands for.
    pub whole: usize,
}

impl Stack<'_> {
    /// Writes the number, in words, and its bar.
    pub fn write(&self, words: &str, html: &mut HtmlWriter) {
        html.data(&self.number.to_string(), words);
        // The size is what it has without a style sheet; shares let a theme make it longer.
        html.literal("<svg class=\"bar stack\" width=\"64\" height=\"8\" aria-hidden=\"true\">");
        let mut before = 0;
        for (class, part) in self.parts.iter().filter(|(_, part)| *part > 0) {
            let (start, end) =
                (Share::of_count(before, self.whole), Share::of_count(before + part, self.whole));
            html.literal("<rect class=\"").literal(class).literal("\"").attribute("x", &start.to_string());
            html.attribute("width", &end.minus(start).to_string()).literal(" height=\"100%\"/>");
            before += part;
        }
        html.literal("</svg>");
    }
}
