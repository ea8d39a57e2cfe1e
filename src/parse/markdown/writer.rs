//! From the steps of a text to pieces of HTML: one small function for each kind of block.
//!
//! In come steps without HTML, within the depth limit, the notes apart; out go pieces and references.
//! Every element that is opened is closed by the same stack, also where a text is cut off because it grows too large.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag};

use super::body::{Heading, Reference};
use super::footnotes::{Note, Text};
use super::pieces::{Piece, Pieces};
use super::{Findings, Step};
use crate::diagnostic::{Code, Finding};
use crate::limits::{self, Limits};
use crate::parse::highlight;
use crate::text::Span;

/// A link or picture as the parser gives it.
pub(super) struct Target<'a> {
    pub(super) kind: LinkType,
    pub(super) address: &'a str,
    pub(super) title: &'a str,
    pub(super) span: Span,
}

/// How many times larger than its source a text may become.
const GROWTH: usize = 64;
/// Small texts may become this large in any case.
const ALWAYS_ALLOWED: usize = 64 * 1024;
/// How many of the largest blocks of code of one text are coloured; the rest is shown plainly.
const MOST_COLOURED: usize = 2;

/// What ends an element.
pub(super) enum Closing {
    /// This markup.
    Markup(&'static str),
    /// The link to the heading with this number, then its end.
    Heading(usize),
    /// The end of a link, after which there may be another.
    Link,
}

/// The state of writing.
pub(super) struct Writer<'a> {
    pub(super) out: Pieces,
    pub(super) references: Vec<Reference>,
    pub(super) findings: &'a mut Findings,
    /// The anchors of the text's own headings.
    pub(super) ids: BTreeSet<&'a str>,
    /// Whether a link is open.
    pub(super) is_in_link: bool,
    open: Vec<Closing>,
    headings: &'a [Heading],
    next_heading: usize,
    notes: BTreeMap<&'a str, usize>,
    notes_referred_to: BTreeSet<usize>,
    columns: Vec<Alignment>,
    column: usize,
    is_in_head: bool,
    coloured: usize,
    limit: usize,
    pub(super) limits: &'a Limits,
    is_cut: bool,
}

/// Writes a text and its notes.
pub(super) fn write<'a>(
    text: &'a Text<'_>,
    headings: &'a [Heading],
    (body, limits): (Span, &'a Limits),
    findings: &'a mut Findings,
) -> (Vec<Piece>, Vec<Reference>) {
    let mut writer = Writer {
        out: Pieces::default(),
        references: Vec::new(),
        findings,
        ids: headings.iter().map(|heading| heading.id.as_str()).collect(),
        is_in_link: false,
        open: Vec::new(),
        headings,
        next_heading: 0,
        notes: text.numbers(),
        notes_referred_to: BTreeSet::new(),
        columns: Vec::new(),
        column: 0,
        is_in_head: false,
        coloured: 0,
        limit: body.range().len().saturating_mul(GROWTH).max(ALWAYS_ALLOWED).min(limits.page_bytes as usize),
        limits,
        is_cut: false,
    };
    writer.steps(&text.main);
    writer.notes(&text.notes);
    (writer.out.finish(), writer.references)
}

/// How many steps an element takes, from its start to its end.
pub(super) fn subtree(steps: &[Step<'_>]) -> usize {
    let mut depth = 0_usize;
    for (index, (event, _)) in steps.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    steps.len()
}

impl Writer<'_> {
    /// Notes what ends the element that was just opened; it took one step.
    pub(super) fn start(&mut self, closing: Closing) -> usize {
        self.is_in_link |= matches!(closing, Closing::Link);
        self.open.push(closing);
        1
    }

    fn element(&mut self, opening: &'static str, closing: &'static str) -> usize {
        self.out.html().literal(opening);
        self.start(Closing::Markup(closing))
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Closing::Markup(markup)) => {
                self.out.html().literal(markup);
            }
            Some(Closing::Heading(index)) => self.end_heading(index),
            Some(Closing::Link) => {
                self.is_in_link = false;
                self.out.html().literal("</a>");
            }
            None => {}
        }
    }

    fn steps(&mut self, steps: &[Step<'_>]) {
        let outside = self.open.len();
        let mut at = 0;
        while at < steps.len() && !self.is_too_large(steps[at].1) {
            at += self.step(&steps[at..]);
        }
        while self.open.len() > outside {
            self.end();
        }
    }

    fn is_too_large(&mut self, span: Span) -> bool {
        if !self.is_cut && self.out.written() > self.limit {
            self.is_cut = true;
            let finding =
                Finding::new(Code::TextTooLarge, span, "the text becomes too large a page from here on");
            self.findings.push(finding.help(format!(
                "split the text, or move large tables to a file beside it; {}",
                limits::setting("page_bytes")
            )));
        }
        self.is_cut
    }

    /// Writes what comes next; returns how many steps that took.
    fn step(&mut self, steps: &[Step<'_>]) -> usize {
        match &steps[0].0 {
            Event::Start(tag) => return self.tag(tag, steps),
            Event::End(_) => self.end(),
            Event::Code(code) => {
                self.out.html().literal("<code>").text(code).literal("</code>");
            }
            Event::SoftBreak => {
                self.out.html().literal("\n");
            }
            Event::HardBreak => {
                self.out.html().literal("<br>\n");
            }
            Event::Rule => {
                self.out.html().literal("<hr>\n");
            }
            Event::TaskListMarker(is_done) => self.task(*is_done),
            Event::FootnoteReference(label) => self.note_mark(label),
            // the other kinds of text do not occur; if they did, text is what they would be
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text) => {
                self.out.html().text(text);
            }
        }
        1
    }

    fn tag(&mut self, tag: &Tag<'_>, steps: &[Step<'_>]) -> usize {
        let span = steps[0].1;
        match tag {
            Tag::Paragraph => self.element("<p>", "</p>\n"),
            Tag::Heading { .. } => self.heading(),
            Tag::BlockQuote(_) => self.element("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(kind) => self.code_block(kind, steps),
            Tag::List(first) => self.list(*first),
            Tag::Item => self.element("<li>", "</li>\n"),
            Tag::Table(columns) => self.table(columns),
            Tag::TableHead => {
                self.is_in_head = true;
                self.row("<thead>\n<tr>\n", "</tr>\n</thead>\n<tbody>\n")
            }
            Tag::TableRow => {
                self.is_in_head = false;
                self.row("<tr>\n", "</tr>\n")
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.element("<em>", "</em>"),
            Tag::Strong => self.element("<strong>", "</strong>"),
            Tag::Strikethrough => self.element("<del>", "</del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.link(&Target { kind: *link_type, address: dest_url, title, span }, steps)
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.picture(&Target { kind: *link_type, address: dest_url, title, span }, steps)
            }
            // taken out before, or never asked for
            Tag::HtmlBlock
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.start(Closing::Markup("")),
        }
    }

    fn heading(&mut self) -> usize {
        let index = self.next_heading;
        self.next_heading += 1;
        let heading = &self.headings[index];
        self.out.html().literal("<h").number(heading.level.into()).literal(" id=\"");
        self.out.open(Piece::Prefix);
        self.out.html().text(&heading.id).literal("\">");
        self.start(Closing::Heading(index))
    }

    fn end_heading(&mut self, index: usize) {
        let heading = &self.headings[index];
        self.out.html().literal(" <a class=\"permalink\" href=\"#");
        self.out.open(Piece::Prefix);
        self.out.html().text(&heading.id).literal("\" aria-label=\"Link to this section\">#</a></h");
        self.out.html().number(heading.level.into()).literal(">\n");
    }

    fn list(&mut self, first: Option<u64>) -> usize {
        match first {
            None => self.element("<ul>\n", "</ul>\n"),
            Some(1) => self.element("<ol>\n", "</ol>\n"),
            Some(first) => {
                self.out.html().literal("<ol").attribute("start", &first.to_string()).literal(">\n");
                self.start(Closing::Markup("</ol>\n"))
            }
        }
    }

    fn task(&mut self, is_done: bool) {
        self.out.html().literal(if is_done {
            "<input type=\"checkbox\" disabled checked aria-label=\"Done\"> "
        } else {
            "<input type=\"checkbox\" disabled aria-label=\"Not done\"> "
        });
    }

    fn table(&mut self, columns: &[Alignment]) -> usize {
        self.columns = columns.to_vec();
        self.out.html().literal("<section class=\"table prose\" tabindex=\"0\" aria-label=\"Table\">\n");
        self.element("<table>\n", "</tbody>\n</table>\n</section>\n")
    }

    fn row(&mut self, opening: &'static str, closing: &'static str) -> usize {
        self.column = 0;
        self.element(opening, closing)
    }

    fn cell(&mut self) -> usize {
        let column = self.columns.get(self.column);
        self.column += 1;
        self.out.html().literal(if self.is_in_head { "<th scope=\"col\"" } else { "<td" });
        self.out.html().literal(match column {
            Some(Alignment::Right) => " class=\"number\">",
            Some(Alignment::Center) => " class=\"centre\">",
            _ => ">",
        });
        self.start(Closing::Markup(if self.is_in_head { "</th>\n" } else { "</td>\n" }))
    }

    /// A whole code block; it can be reached by keyboard, because long lines scroll.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>, steps: &[Step<'_>]) -> usize {
        let taken = subtree(steps);
        let code: String = steps[..taken]
            .iter()
            .filter_map(|(event, _)| if let Event::Text(text) = event { Some(&**text) } else { None })
            .collect();
        let language = match kind {
            CodeBlockKind::Fenced(fence) => highlight::language(fence),
            CodeBlockKind::Indented => None,
        };
        let html = self.out.html();
        html.literal("<pre class=\"code\" tabindex=\"0\"><code");
        if let Some(language) = &language {
            html.literal(" class=\"language-").text(language).literal("\"");
        }
        html.literal(">");
        let is_affordable = self.coloured + code.len() <= MOST_COLOURED * self.limits.coloured_block as usize;
        if highlight::write(html, language.as_deref().filter(|_| is_affordable), &code, self.limits) {
            self.coloured += code.len();
        }
        self.out.html().literal("</code></pre>\n");
        taken
    }

    /// The mark of a note. Within a link it is no link itself, and only the first mark is the one that the note leads back to.
    fn note_mark(&mut self, label: &str) {
        let Some(number) = self.notes.get(label).copied() else {
            self.out.html().literal("[^").text(label).literal("]");
            return;
        };
        self.out.html().literal("<sup class=\"footnote\">");
        if self.is_in_link {
            self.out.html().number(number).literal("</sup>");
            return;
        }
        self.out.html().literal("<a href=\"#");
        self.out.open(Piece::Prefix);
        self.out.html().literal("fn:").number(number).literal("\"");
        if self.notes_referred_to.insert(number) {
            self.out.html().literal(" id=\"");
            self.out.open(Piece::Prefix);
            self.out.html().literal("fnref:").number(number).literal("\"");
        }
        let html = self.out.html();
        html.literal(" aria-label=\"Footnote ")
            .number(number)
            .literal("\">")
            .number(number)
            .literal("</a></sup>");
    }

    fn notes(&mut self, notes: &[Note<'_>]) {
        if notes.is_empty() || self.is_cut {
            return;
        }
        self.element("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n", "</ol>\n</section>\n");
        for (index, note) in notes.iter().enumerate() {
            self.note(index + 1, note);
        }
        self.end();
    }

    fn note(&mut self, number: usize, note: &Note<'_>) {
        self.out.html().literal("<li id=\"");
        self.out.open(Piece::Prefix);
        self.out.html().literal("fn:").number(number).literal("\">\n");
        self.steps(&note.steps);
        if note.is_used && self.notes_referred_to.contains(&number) {
            self.out.html().literal("<a class=\"footnote-back\" href=\"#");
            self.out.open(Piece::Prefix);
            let html = self.out.html().literal("fnref:").number(number);
            html.literal("\" aria-label=\"Back to the text of footnote ").number(number).literal("\">↩</a>");
        }
        self.out.html().literal("</li>\n");
    }
}
