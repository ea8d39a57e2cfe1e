//! HTML in a text: shown as it is written, reported once a block, and comments left out.
//!
//! In come the steps of the parser, out go steps without any HTML: blocks have become code, tags within a line have become text.
//! A closed comment is an editor's note and vanishes without a finding; one that is never closed is shown, lest it hide the rest.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::{Findings, Step};
use crate::diagnostic::{Code, Finding};
use crate::text::Span;

/// Turns HTML into text.
pub(super) fn show<'a>(steps: Vec<Step<'a>>, findings: &mut Findings) -> Vec<Step<'a>> {
    let mut shown = Vec::with_capacity(steps.len());
    let mut block: Option<(String, Span)> = None;
    let mut is_reported = false;
    for (event, span) in steps {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some((String::new(), span)),
            Event::Html(line) => match &mut block {
                Some((text, _)) => text.push_str(&line),
                None => show_block(&line, span, &mut shown, findings),
            },
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((text, span)) = block.take() {
                    show_block(&text, span, &mut shown, findings);
                }
            }
            Event::InlineHtml(tag) if is_comment(&tag) => {}
            Event::InlineHtml(tag) => {
                if !is_reported {
                    findings.push(finding(span, &tag));
                    is_reported = true;
                }
                shown.push((Event::Text(tag), span));
            }
            event => {
                is_reported &= !starts_block(&event);
                shown.push((event, span));
            }
        }
    }
    shown
}

fn starts_block(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell | Tag::Item))
}

fn show_block(text: &str, span: Span, shown: &mut Vec<Step<'_>>, findings: &mut Findings) {
    let rest = without_comments(text);
    if rest.trim().is_empty() {
        return;
    }
    findings.push(finding(span, rest.trim()));
    shown.push((Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)), span));
    shown.push((Event::Text(rest.trim().to_owned().into()), span));
    shown.push((Event::End(TagEnd::CodeBlock), span));
}

fn finding(span: Span, html: &str) -> Finding {
    let finding = Finding::new(Code::RawHtml, span, "HTML in a text is shown as it is written, not used");
    finding.help(match link(html) {
        Some(address) => {
            format!("a link is written as its words in brackets and its address: `[words]({address})`")
        }
        None => "write Markdown instead; put code between backticks, and write `\\<` for the character alone"
            .to_owned(),
    })
}

/// The address of a link that somebody pasted, where the HTML begins with one.
fn link(html: &str) -> Option<&str> {
    let (tag, _) = html.strip_prefix("<a ").or(html.strip_prefix("<A "))?.split_once('>')?;
    let (_, value) = tag.split_once("href=")?;
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    value[1..]
        .split(quote)
        .next()
        .filter(|address| !address.is_empty() && !address.contains(char::is_whitespace))
}

fn is_comment(tag: &str) -> bool {
    tag.starts_with("<!--") && tag.ends_with("-->")
}

/// The text without its closed comments. `<!-->` is a whole comment, so the search for the end starts within the opening.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(start) = rest.find("<!--") {
        let Some(end) = rest[start + 2..].find("-->") else { break };
        kept.push_str(&rest[..start]);
        rest = &rest[start + 2 + end + 3..];
    }
    kept.push_str(rest);
    kept
}
