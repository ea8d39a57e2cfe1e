//! HTML that is safe to place on a page, by type.
//!
//! In come texts from records and literals from this program, out goes markup in which every text is escaped for the place
//! where it stands. There is no way to turn a text into [`Html`] without escaping it, except a literal of this program.

use std::fmt;

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
        for (at, byte) in text.bytes().enumerate() {
            let escaped = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                _ => continue,
            };
            self.0.push_str(&text[written..at]);
            self.0.push_str(escaped);
            written = at + 1;
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
}
/// Ids that pages give to parts of their own, as docs/theming.md lists them.
const PAGE_IDS: &[&str] = &[
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
    "spread-",
    "timeline-",
];

/// Whether an id belongs to the page itself, so that no heading of a text and no element may have it as it is.
pub fn is_page_id(id: &str) -> bool {
    PAGE_IDS.contains(&id)
        || id.ends_with("-caption")
        || PAGE_ID_BEGINNINGS.iter().any(|beginning| id.starts_with(beginning))
}
