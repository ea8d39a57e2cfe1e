//! A drawing as SVG, element by element, in the order in which things lie upon each other.
//!
//! In come shapes, classes and texts, out goes one `<svg>` that is an image with a title and a description.
//! Texts are escaped, colours are left to the classes of the style sheet, and nothing moves or reacts.

use super::{Length, fit};
use crate::html::{Html, HtmlWriter};

/// From which end of a text its place is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// What a drawing says to those who do not see it.
#[derive(Clone, Copy, Debug)]
pub struct Says<'a> {
    /// The beginning of its ids, unique on the page.
    pub id: &'a str,
    /// What is to be seen, as a whole sentence.
    pub title: &'a str,
    /// How to read it.
    pub description: &'a str,
}

/// A rectangle's place and size.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// Its left edge.
    pub x: Length,
    /// Its upper edge, in pixels.
    pub y: u32,
    /// How wide it is.
    pub width: Length,
    /// How high it is, in pixels.
    pub height: u32,
}

/// Where a text stands.
#[derive(Clone, Copy, Debug)]
pub struct At {
    /// Its place on the line.
    pub x: Length,
    /// How many pixels it keeps away from there, to the right or, below nothing, to the left.
    pub dx: i32,
    /// Its base line, in pixels.
    pub y: u32,
    /// Which end of it stands there.
    pub anchor: Anchor,
}

/// Writes a drawing.
#[derive(Debug)]
pub struct Drawing {
    html: HtmlWriter,
    hatch: String,
}

impl Drawing {
    /// A drawing as wide as its place, whose texts keep their size: places along it are shares of the width.
    pub fn fluid(says: Says<'_>, height: u32) -> Self {
        Self::start(says, |html| {
            html.literal(" width=\"100%\" height=\"").number(height as usize).literal("\"");
        })
    }

    /// A drawing of a fixed size, which its section scrolls where the screen is narrower.
    pub fn fixed(says: Says<'_>, (width, height): (u32, u32)) -> Self {
        Self::start(says, |html| {
            html.literal(" width=\"").number(width as usize).literal("\" height=\"").number(height as usize);
            html.literal("\" viewBox=\"0 0 ").number(width as usize).literal(" ").number(height as usize);
            html.literal("\"");
        })
    }

    fn start(says: Says<'_>, size: impl FnOnce(&mut HtmlWriter)) -> Self {
        let mut html = HtmlWriter::with_capacity(2048);
        html.literal("<svg class=\"drawing\" role=\"img\" aria-labelledby=\"").text(says.id);
        html.literal("-title\" aria-describedby=\"").text(says.id).literal("-desc\"");
        size(&mut html);
        html.literal(">\n<title id=\"").text(says.id).literal("-title\">").text(says.title);
        html.literal("</title>\n<desc id=\"").text(says.id).literal("-desc\">").text(says.description);
        html.literal("</desc>\n");
        Self { html, hatch: format!("{}-hatch", says.id) }
    }

    /// Defines the hatch with which [`hatched`](Self::hatched) fills; once, before it is used.
    pub fn define_hatch(&mut self) -> &mut Self {
        self.html.literal("<defs><pattern").attribute("id", &self.hatch);
        self.html.literal(
            " patternUnits=\"userSpaceOnUse\" width=\"6\" height=\"6\" patternTransform=\"rotate(45)\">",
        );
        self.html.literal("<rect class=\"hatch\" width=\"2\" height=\"6\"/></pattern></defs>\n");
        self
    }

    /// A rectangle.
    pub fn rect(&mut self, class: &'static str, area: Area) -> &mut Self {
        self.area(class, area).literal("/>\n");
        self
    }

    /// A rectangle filled with the hatch: what is absent.
    pub fn hatched(&mut self, class: &'static str, area: Area) -> &mut Self {
        let fill = format!("url(#{})", self.hatch);
        self.area(class, area).attribute("fill", &fill).literal("/>\n");
        self
    }

    fn area(&mut self, class: &'static str, area: Area) -> &mut HtmlWriter {
        self.html.literal("<rect class=\"").literal(class).literal("\"");
        self.html.attribute("x", &area.x.to_string()).literal(" y=\"").number(area.y as usize).literal("\"");
        self.html.attribute("width", &area.width.to_string());
        self.html.literal(" height=\"").number(area.height as usize).literal("\"")
    }

    /// A straight line.
    pub fn line(&mut self, class: &'static str, from: (Length, u32), to: (Length, u32)) -> &mut Self {
        self.html.literal("<line class=\"").literal(class).literal("\"");
        self.html
            .attribute("x1", &from.0.to_string())
            .literal(" y1=\"")
            .number(from.1 as usize)
            .literal("\"");
        self.html
            .attribute("x2", &to.0.to_string())
            .literal(" y2=\"")
            .number(to.1 as usize)
            .literal("\"/>\n");
        self
    }

    /// A circle.
    pub fn circle(&mut self, class: &'static str, (x, y): (Length, u32), radius: u32) -> &mut Self {
        self.html.literal("<circle class=\"").literal(class).literal("\"").attribute("cx", &x.to_string());
        self.html
            .literal(" cy=\"")
            .number(y as usize)
            .literal("\" r=\"")
            .number(radius as usize)
            .literal("\"/>\n");
        self
    }

    /// A text as long as fits, in two forms of which style sheets show one: `narrow` for any screen, `wide` for wide ones. Both are
    /// always there, so that no text decides what elements a page has.
    pub fn fitted(
        &mut self,
        class: &'static str,
        at: At,
        (narrow, wide): (u32, u32),
        (text, size): (&str, u32),
    ) -> &mut Self {
        self.text_of((class, " narrow"), at, &fit::fitting(text, narrow, size));
        self.text_of((class, " wide"), at, &fit::fitting(text, wide, size))
    }

    /// A text on one line. Style sheets give every class of text at least twelve pixels.
    pub fn text(&mut self, class: &'static str, at: At, text: &str) -> &mut Self {
        self.text_of((class, ""), at, text)
    }

    fn text_of(&mut self, (class, form): (&'static str, &'static str), at: At, text: &str) -> &mut Self {
        self.html.literal("<text class=\"").literal(class).literal(form).literal("\"");
        self.html.attribute("x", &at.x.to_string());
        self.html.literal(" y=\"").number(at.y as usize).literal("\"");
        if at.dx != 0 {
            self.html.attribute("dx", &at.dx.to_string());
        }
        self.html.literal(match at.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        });
        self.html.literal(">").text(text).literal("</text>\n");
        self
    }

    /// Things that belong together, moved by whole pixels.
    pub fn group(
        &mut self,
        class: &'static str,
        (x, y): (u32, u32),
        draw: impl FnOnce(&mut Self),
    ) -> &mut Self {
        self.html.literal("<g class=\"").literal(class).literal("\" transform=\"translate(");
        self.html.number(x as usize).literal(" ").number(y as usize).literal(")\">\n");
        draw(self);
        self.html.literal("</g>\n");
        self
    }

    /// The drawing.
    pub fn finish(mut self) -> Html {
        self.html.literal("</svg>\n");
        self.html.finish()
    }
}
