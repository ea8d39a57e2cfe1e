//! A number with its bar, in one cell: the number is the text, the bar repeats it for the eye.
//!
//! In comes one value with the range that it stands in, out go both, so that they cannot say different things.
//! Nothing is drawn for what is absent: a bar without a number cannot be written.

use rust_decimal::Decimal;

use super::Share;
use crate::html::HtmlWriter;
use crate::table::Cells as _;

/// A value in its range.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    value: Decimal,
    min: Decimal,
    max: Decimal,
    tone: &'static str,
}

impl Measure {
    /// A value between two others.
    pub fn between(value: Decimal, (min, max): (Decimal, Decimal)) -> Self {
        Self { value, min, max, tone: "" }
    }

    /// A count of a larger one.
    pub fn count(part: usize, whole: usize) -> Self {
        Self::between(Decimal::from(part), (Decimal::ZERO, Decimal::from(whole)))
    }

    /// The same in the colour of a tone: `full`, `partial`, `none`, `neutral` or `absent`.
    #[must_use]
    pub fn toned(self, tone: &'static str) -> Self {
        Self { tone, ..self }
    }

    /// How much of the range it reaches.
    pub fn share(&self) -> Share {
        Share::between(self.value, (self.min, self.max))
    }

    /// Writes the bar alone, after words that say the number.
    pub fn write_bar(&self, html: &mut HtmlWriter) {
        html.literal("<svg class=\"bar");
        if !self.tone.is_empty() {
            html.literal(" ").literal(self.tone);
        }
        // The size is what it has without a style sheet; shares let a theme make it longer.
        html.literal("\" width=\"64\" height=\"8\" aria-hidden=\"true\"><rect");
        html.attribute("width", &self.share().to_string()).literal(" height=\"100%\"/></svg>");
    }
}

/// Numbers with bars, as cells hold them.
pub trait Measured {
    /// The number, in the words that stand for the value, and its bar.
    fn measured(&mut self, measure: Measure, words: &str) -> &mut Self;
}

impl Measured for HtmlWriter {
    fn measured(&mut self, measure: Measure, words: &str) -> &mut Self {
        self.data(&measure.value.normalize().to_string(), words);
        measure.write_bar(self);
        self
    }
}
