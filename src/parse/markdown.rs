//! The Markdown body of a record as safe HTML with open ends, its headings, its plain text and its findings.
//!
//! In comes a whole file with the span of its body, out goes a [`Body`] whose links to records and files are filled in later.
//! Nothing a text says is ever used as HTML, no address gets through unchecked, and no record but this one is known here.

mod pieces;
mod body;
mod footnotes;
mod plain;
mod headings;
mod writer;
mod links;
mod nesting;
mod raw_html;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TextMergeWithOffset};

use crate::diagnostic::Finding;
use crate::limits::Limits;
use crate::parse::characters;
use crate::text::Span;
pub use body::{Body, Heading, Reference, ReferenceKind, Resolved};

/// How many findings one text may have; a text with more is not read more closely by anyone.
const MOST_FINDINGS: usize = 100;

/// One event of the parser with its place in the whole file.
type Step<'a> = (Event<'a>, Span);

/// Reads the part of a file that is Markdown. Heading attributes and typographic replacements are not part of the format.
pub fn parse(source: &str, body: Span, limits: &Limits) -> Body {
    let mut findings = Findings::default();
    let steps = read(source, body, limits, &mut findings);
    let steps = raw_html::show(steps, &mut findings);
    let steps = nesting::limit(steps, limits, &mut findings);
    let text = footnotes::gather(steps);
    let headings = headings::collect(text.in_order());
    let plain = plain::text(text.in_order());
    let (pieces, references) = writer::write(&text, &headings, (body, limits), &mut findings);
    Body { pieces, references, headings, plain, findings: findings.sorted() }
}

/// Reads Markdown that stands in a value of a table. Its characters may be written with escapes there, so everything that is
/// found has the place of the whole value.
pub fn parse_value(text: &str, value: Span, limits: &Limits) -> Body {
    let mut body = parse(text, Span::new(0, text.len()), limits);
    for finding in &mut body.findings {
        finding.span = value;
        finding.labels.clear();
        finding.fix = None;
    }
    for reference in &mut body.references {
        reference.span = value;
    }
    body
}

fn read<'s>(source: &'s str, body: Span, limits: &Limits, findings: &mut Findings) -> Vec<Step<'s>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS;
    let place = |range: Range<usize>| Span::from(range).shifted(body.start as usize);
    let mut entities = Vec::new();
    let events = Parser::new_ext(&source[body.range()], options).into_offset_iter();
    let events =
        events.inspect(|(event, range)| entities.extend(hidden(source, event, place(range.clone()))));
    let merged = TextMergeWithOffset::new(events);
    let steps: Vec<Step<'s>> = merged.map(|(event, range)| (event, place(range))).collect();
    let piled = steps.iter().filter_map(|(event, span)| match event {
        Event::Text(text) if !text.is_ascii() && source[span.range()].contains('&') => {
            characters::of_piled_entities(text, *span, limits)
        }
        _ => None,
    });
    entities.into_iter().chain(piled).for_each(|finding| findings.push(finding));
    steps
}

/// The finding about an entity, such as `&rlm;`, that stands for a character which is not seen.
fn hidden(source: &str, event: &Event<'_>, span: Span) -> Option<Finding> {
    let decoded = match event {
        Event::Text(text) => text,
        Event::Start(Tag::Link { title, .. } | Tag::Image { title, .. }) => title,
        _ => return None,
    };
    let is_written = decoded.is_ascii() || !source[span.range()].contains('&');
    if is_written { None } else { characters::of_entity(source, span, decoded) }
}

/// The findings of one text, bounded.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn push(&mut self, finding: Finding) {
        if self.0.len() < MOST_FINDINGS {
            self.0.push(finding);
        }
    }

    fn sorted(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| (finding.span, finding.code));
        self.0
    }
}
