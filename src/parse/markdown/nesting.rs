//! How deep a text may nest quotes, lists, tables, emphasis and links.
//!
//! In come the steps of the parser, out go steps that are nowhere deeper than the limit, their words kept as plain text.
//! A table or a list is never cut between its parts, so what is left is whole.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Findings, Step};
use crate::diagnostic::{Code, Finding};
use crate::limits::{self, Limits};

/// Takes away the marks of everything that is too deep. Nobody writes so deep by intention, and browsers stop at a few hundred.
pub(super) fn limit<'a>(steps: Vec<Step<'a>>, limits: &Limits, findings: &mut Findings) -> Vec<Step<'a>> {
    let deepest = limits.nesting as usize;
    let mut limited = Vec::with_capacity(steps.len());
    let mut depth = 0;
    let mut plain_from = None;
    let mut is_reported = false;
    for (event, span) in steps {
        match &event {
            Event::Start(tag) => {
                depth += 1;
                if plain_from.is_none() && depth + parts_within(tag) > deepest {
                    plain_from = Some(depth);
                    if !is_reported {
                        is_reported = true;
                        let message = format!("the text is nested more than {deepest} levels deep here");
                        let finding = Finding::new(Code::NestingTooDeep, span, message);
                        let setting = limits::setting("nesting");
                        findings.push(
                            finding.help(format!(
                                "use fewer quotes, lists or marks within each other; {setting}"
                            )),
                        );
                    }
                }
                if plain_from.is_none() {
                    limited.push((event, span));
                }
            }
            Event::End(end) => {
                if plain_from.is_none() {
                    limited.push((event, span));
                } else if ends_words(*end) {
                    limited.push((Event::SoftBreak, span));
                }
                if plain_from == Some(depth) {
                    plain_from = None;
                }
                depth -= 1;
            }
            Event::Rule | Event::TaskListMarker(_) if plain_from.is_some() => {}
            _ => limited.push((event, span)),
        }
    }
    limited
}

/// How many levels must fit below a tag, so that it is whole.
fn parts_within(tag: &Tag<'_>) -> usize {
    match tag {
        Tag::Table(_) => 2,
        Tag::List(_) => 1,
        _ => 0,
    }
}

/// Whether two words stand apart where this ends.
fn ends_words(end: TagEnd) -> bool {
    !matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
