//! A badge: what a certification says in a few words, as a picture for other sites.
//!
//! In come texts, out goes one drawing with its own colours for light and dark, which needs no style sheet, no font and no script.
//! Texts are escaped and no wider than their place; whoever takes the style from it still sees the light scheme.

use std::borrow::Cow;

use super::fit;
use crate::html::{Html, HtmlWriter};

/// The height of every badge, in pixels.
const HEIGHT: u32 = 64;
/// The space beside texts.
const EDGE: u32 = 12;
/// The most that the texts of the panel take.
const PANEL: u32 = 144;
/// The most that the other texts take.
const TEXT: u32 = 400;
/// The sizes of type: a little more than drawn for what is bold, because bold letters are wider.
const SMALL: u32 = 12;

/// The colours of the dark scheme; those of the light one stand on the elements.
const STYLE: &str = "<style>@media (prefers-color-scheme: dark) { .ground { fill: #12151a; stroke: #707a89 } .panel { fill: #8ec5ff } .on { fill: #12151a } .name { fill: #e8eaed } .result { fill: #b4bcc8 } .valid { fill: #a9d6f7 } .expired { fill: #f6d98a } .open { fill: #c0c8d2 } }</style>\n";

/// What a badge says.
#[derive(Clone, Copy, Debug)]
pub struct Badge<'a> {
    /// The language of its words.
    pub language: &'a str,
    /// What it is of, for those who do not see it.
    pub title: &'a str,
    /// What it says, as sentences.
    pub description: &'a str,
    /// The framework, as short as it is called, the release, and how much of it was assessed.
    pub panel: (&'a str, &'a str, &'a str),
    /// Product and version.
    pub name: &'a str,
    /// How it was rated.
    pub result: &'a str,
    /// Whether it holds: in words, with the class `valid`, `expired` or `open`.
    pub status: (&'a str, &'static str),
}

impl Badge<'_> {
    /// How wide and high it is.
    pub fn size(&self) -> (u32, u32) {
        let Places { panel, text, .. } = self.places();
        (panel + text, HEIGHT)
    }

    /// The drawing.
    pub fn draw(&self) -> Html {
        let Places { panel, text, texts: [framework, release, assessed, name, result, status] } =
            self.places();
        let (wide, high) = (panel + text, HEIGHT);
        let mut html = HtmlWriter::with_capacity(2048);
        html.literal("<svg xmlns=\"http://www.w3.org/2000/svg\"").attribute("xml:lang", self.language);
        html.literal(" width=\"").number(wide as usize).literal("\" height=\"").number(high as usize);
        html.literal("\" viewBox=\"0 0 ").number(wide as usize).literal(" ").number(high as usize);
        html.literal("\" role=\"img\" aria-labelledby=\"title\" aria-describedby=\"description\">\n");
        html.literal("<title id=\"title\">").text(self.title).literal("</title>\n");
        html.literal("<desc id=\"description\">").text(self.description).literal("</desc>\n").literal(STYLE);
        html.literal("<rect class=\"ground\" x=\".5\" y=\".5\" rx=\"4\" fill=\"#fff\" stroke=\"#767f8d\"");
        html.literal(" width=\"").number(wide as usize - 1).literal("\" height=\"");
        html.number(high as usize - 1).literal("\"/>\n");
        html.literal("<path class=\"panel\" fill=\"#00508a\" d=\"M").number(panel as usize);
        html.literal(" 0H4a4 4 0 0 0-4 4V60a4 4 0 0 0 4 4H").number(panel as usize).literal("z\"/>\n");
        html.literal("<g font-family=\"system-ui, sans-serif\" font-size=\"12\">\n");
        let mut line = |before: &'static str, x: u32, rest: &'static str, text: &str| {
            html.literal("<text class=\"").literal(before).literal("\" x=\"").number(x as usize);
            html.literal(rest).literal(">").text(text).literal("</text>\n");
        };
        let bold = "\" y=\"21\" font-size=\"13\" font-weight=\"600\" fill=\"#fff\"";
        line("on", EDGE, bold, &framework);
        line("on", EDGE, "\" y=\"38\" fill=\"#fff\"", &release);
        line("on", EDGE, "\" y=\"55\" fill=\"#fff\"", &assessed);
        let right = panel + EDGE;
        line("name", right, "\" y=\"21\" font-size=\"13\" font-weight=\"600\" fill=\"#1b1f24\"", &name);
        line("result", right, "\" y=\"38\" fill=\"#4a5160\"", &result);
        let (_, tone) = self.status;
        let colour = match tone {
            "valid" => "\" y=\"55\" font-weight=\"600\" fill=\"#004a7c\"",
            "expired" => "\" y=\"55\" font-weight=\"600\" fill=\"#7a4100\"",
            _ => "\" y=\"55\" font-weight=\"600\" fill=\"#47505c\"",
        };
        line(tone, right, colour, &status);
        html.literal("</g>\n</svg>\n");
        html.finish()
    }

    fn places(&self) -> Places<'_> {
        let (framework, release, assessed) = self.panel;
        let lines = [
            (framework, PANEL, fit::HEAD),
            (release, PANEL, SMALL),
            (assessed, PANEL, SMALL),
            (self.name, TEXT, fit::HEAD),
            (self.result, TEXT, SMALL),
            // bold as well
            (self.status.0, TEXT, fit::PLAIN),
        ];
        let texts = lines.map(|(text, most, size)| fit::fitting(text, most, size));
        let wide = |at: usize| fit::width(&texts[at], lines[at].2);
        let panel = wide(0).max(wide(1)).max(wide(2)) + 2 * EDGE;
        let text = wide(3).max(wide(4)).max(wide(5)) + 2 * EDGE;
        Places { panel, text, texts }
    }
}

/// How wide the two halves are, with the texts as far as they fit.
struct Places<'a> {
    panel: u32,
    text: u32,
    texts: [Cow<'a, str>; 6],
}
