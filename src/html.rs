//! HTML that is safe to place on a page, by type.
//!
//! In come texts from records and literals from this program, out goes markup in which every text is escaped for the place
//! where it stands. There is no way to turn a text into [`Html`] without escaping it, except a literal of this program.

use std::fmt;

use serde::Serialize;

use crate::json;

/// Markup that may be placed in the body of a page as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// No markup at all.
    pub fn empty() -> Self {
        Self::default()
    }

    /// A text, escaped.
    pub fn text(text: &str) -> Self {
        let mut writer = HtmlWriter::default();
        writer.text(text);
        writer.finish()
    }

    /// Data for programs within a page. A browser does not run what has a type like this, and what could end the element or begin
    /// markup is escaped as JSON escapes it.
    pub fn data_block(media: &'static str, value: &impl Serialize) -> Self {
        let mut block = Vec::with_capacity(1024);
        json::write(value, &mut block);
        let text = String::from_utf8(block).expect("JSON is text");
        Self(format!("<script type=\"{media}\">{}</script>", text.trim_end()))
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to place.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Builds [`Html`] from literals and escaped texts.
#[derive(Debug, Default)]
pub struct HtmlWriter(String);

impl HtmlWriter {
    /// A writer with room for `bytes` of markup.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Markup that is part of this program.
    pub fn literal(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Markup that was made by a writer.
    pub fn html(&mut self, html: &Html) -> &mut Self {
        self.0.push_str(&html.0);
        self
    }

    /// A text, escaped for element content and for quoted attribute values alike.
    pub fn text(&mut self, text: &str) -> &mut Self {
        let mut written = 0;
        let mut from = 0;
        while let Some(at) = next_special(text.as_bytes(), from) {
            let escaped = match text.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            };
            self.0.push_str(&text[written..at]);
            self.0.push_str(escaped);
            written = at + 1;
            from = written;
        }
        self.0.push_str(&text[written..]);
        self
    }

    /// An attribute with a leading space: ` name="value"`.
    pub fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.literal(" ").literal(name).literal("=\"").text(value).literal("\"")
    }

    /// A whole number.
    pub fn number(&mut self, number: usize) -> &mut Self {
        use fmt::Write as _;
        write!(self.0, "{number}").expect("writing to a string cannot fail");
        self
    }

    /// How many bytes of markup were written so far.
    pub fn written(&self) -> usize {
        self.0.len()
    }

    /// What was written after so many bytes.
    pub fn since(&self, written: usize) -> &str {
        &self.0[written..]
    }

    /// The markup written so far.
    pub fn finish(self) -> Html {
        Html(self.0)
    }

    /// The same for markup that is kept for long, without the room that was left.
    pub fn finish_to_keep(mut self) -> Html {
        self.0.shrink_to_fit();
        self.finish()
    }
}
/// How many bytes are looked at together.
const BLOCK: usize = 16;

/// The next byte that cannot stand in markup as it is. Most texts have none, so whole blocks are passed over; without a branch for
/// each byte, a block takes a few instructions.
fn next_special(bytes: &[u8], from: usize) -> Option<usize> {
    let (blocks, _) = bytes[from..].as_chunks::<BLOCK>();
    let is_plain = |block: &&[u8; BLOCK]| block.iter().fold(0, |found, byte| found | special(*byte)) == 0;
    let start = from + blocks.iter().take_while(is_plain).count() * BLOCK;
    bytes[start..].iter().position(|byte| special(*byte) != 0).map(|at| start + at)
}

/// One for a byte that cannot stand in markup as it is, else zero.
fn special(byte: u8) -> u8 {
    let is = |other: u8| u8::from(byte == other);
    is(b'&') | is(b'<') | is(b'>') | is(b'"') | is(b'\'')
}

/// Ids that pages give to parts of their own, as docs/theming.md lists them.
const PAGE_IDS: &[&str] = &[
    "badge",
    "certifications",
    "codes",
    "compare",
    "contents",
    "coverage",
    "crosswalks",
    "description",
    "details",
    "deviations",
    "distribution",
    "documents",
    "domains",
    "facts",
    "files",
    "findings",
    "footprint",
    "frameworks",
    "gaps",
    "history",
    "levels",
    "links",
    "main",
    "mapped",
    "matrices",
    "matrix",
    "newest",
    "notices",
    "organizations",
    "others",
    "pairs",
    "parts",
    "related",
    "releases",
    "remarks",
    "results",
    "scales",
    "scenarios",
    "spread",
    "strip",
    "summary",
    "sums",
    "timeline",
    "totals",
    "uncertified",
    "works",
    "years",
];
/// How ids of rows, groups, domains, scales, matrices and notices begin.
const PAGE_ID_BEGINNINGS: &[&str] = &[
    "distribution-",
    "domain-",
    "footprint-",
    "g-",
    "list-",
    "matrix-",
    "module-",
    "notice-",
    "p-",
    "scale-",
    "snippet-",
    "spread-",
    "timeline-",
];

/// Whether an id belongs to the page itself, so that no heading of a text and no element may have it as it is.
pub fn is_page_id(id: &str) -> bool {
    PAGE_IDS.contains(&id)
        || id.ends_with("-caption")
        || PAGE_ID_BEGINNINGS.iter().any(|beginning| id.starts_with(beginning))
}
