//! Figures as markup: bars beside numbers, drawings with their captions and the tables of their numbers, badges.
//!
//! In come values, words and classes, out go cells and `<figure>` elements in which every text is escaped.
//! Colours and sizes of type are the style sheet's, so a theme restyles figures with CSS alone; no figure is without its numbers. Only a
//! badge, which stands on other sites, has its own.

pub mod fit;

mod badge;
mod bar;
mod drawing;
mod length;
mod stack;

pub use badge::Badge;
pub use bar::{Measure, Measured};
pub use drawing::{Anchor, Area, At, Drawing, Says};
pub use length::{Length, Share};
pub use stack::Stack;

use crate::html::{Html, HtmlWriter};

/// What stands around a figure.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// The anchor of its section, and the beginning of its ids.
    pub id: &'a str,
    /// What kind of figure it is, as the class that themes style.
    pub class: &'static str,
    /// The title.
    pub title: &'a str,
    /// Where the numbers are from: source, release, date.
    pub source: &'a str,
    /// Whether it is one of several below a heading of their own.
    pub is_part: bool,
}

/// Writes a figure: what is to be seen, the caption, the numbers.
#[derive(Debug)]
pub struct FigureWriter<'a> {
    html: HtmlWriter,
    caption: Caption<'a>,
}

impl<'a> FigureWriter<'a> {
    /// Starts a figure.
    pub fn new(caption: Caption<'a>) -> Self {
        let mut html = HtmlWriter::with_capacity(4096);
        html.literal("<section class=\"figure ").literal(caption.class).literal("\"");
        html.attribute("id", caption.id).literal(" aria-labelledby=\"").text(caption.id);
        html.literal(if caption.is_part { "-caption\">\n<h3" } else { "-caption\">\n<h2" });
        html.literal(" id=\"").text(caption.id).literal("-caption\">").text(caption.title);
        html.literal(if caption.is_part { "</h3>\n" } else { "</h2>\n" });
        html.literal("<figure aria-labelledby=\"").text(caption.id).literal("-caption\">\n");
        Self { html, caption }
    }

    /// What is to be seen: drawings, lists, legends.
    pub fn content(&mut self, write: impl FnOnce(&mut HtmlWriter)) -> &mut Self {
        write(&mut self.html);
        self
    }

    /// The figure with the table of its numbers, which `words` open.
    pub fn finish(mut self, words: &str, numbers: &Html) -> Html {
        self.html
            .literal("<figcaption>\n<p>")
            .text(self.caption.source)
            .literal("</p>\n<details>\n<summary>");
        self.html.text(words).literal("</summary>\n").html(numbers).literal("</details>\n</figcaption>\n");
        self.html.literal("</figure>\n</section>\n");
        self.html.finish()
    }
}
