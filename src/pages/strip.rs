//! An element's history at a glance: one cell for each release, with a letter for what happened there.
//!
//! In comes an element, out goes a list of links to its places in the releases, with a legend of the letters that occur.
//! Every letter has its words beside it for those who do not see it; nothing is said here that the table of releases does not say.

use std::collections::BTreeSet;

use super::Frame;
use crate::catalogue::{Absence, ElementIx};
use crate::changes::{self, Difference};
use crate::html::{Html, HtmlWriter};
use crate::route::{self, Route};

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Changed(Difference),
    Unchanged,
    Absent(Away),
}

/// Why the element is in no tree of a release in which nothing happened to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Away {
    NotYet,
    Withdrawn,
    Untraced,
}

impl Mark {
    fn letter_key(self) -> &'static str {
        match self {
            Self::Unchanged => "letter.unchanged",
            Self::Absent(Away::Untraced) => "letter.untraced",
            Self::Absent(_) => "letter.absent",
            Self::Changed(difference) => match difference {
                Difference::Added => "letter.added",
                Difference::Returned => "letter.returned",
                Difference::Renamed => "letter.renamed",
                Difference::Renumbered => "letter.renumbered",
                Difference::Moved => "letter.moved",
                Difference::Releveled => "letter.releveled",
                Difference::Split => "letter.split",
                Difference::Merged => "letter.merged",
                Difference::Modified => "letter.modified",
                Difference::Withdrawn => "letter.withdrawn",
                Difference::Untraced => "letter.untraced",
            },
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Changed(Difference::Withdrawn | Difference::Untraced) => "gone",
            Self::Changed(_) => "changed",
            Self::Unchanged => "unchanged",
            Self::Absent(_) => "away",
        }
    }
}

/// The strip; none for an element that no release has.
pub(super) fn strip(page: &Frame<'_>, index: ElementIx) -> Option<Html> {
    let words = page.words();
    let element = page.catalogue().element(index);
    let framework = page.catalogue().framework(element.framework);
    element.newest()?;
    let mut html = HtmlWriter::default();
    html.literal("<section class=\"strip\" id=\"strip\" aria-labelledby=\"strip-caption\">\n");
    html.literal("<h2 id=\"strip-caption\">").text(words.get("strip.title")).literal("</h2>\n<ol>\n");
    let mut met: BTreeSet<Mark> = BTreeSet::new();
    for release in 0..framework.releases.len() {
        let state = element.in_release(release);
        let changes = changes::in_release(framework, (index, element), release);
        let mut marks: Vec<Mark> = changes.iter().map(|change| Mark::Changed(change.difference)).collect();
        if marks.is_empty() {
            marks.push(match state {
                Ok(_) => Mark::Unchanged,
                Err(Absence::NotYet) => Mark::Absent(Away::NotYet),
                Err(Absence::Withdrawn) => Mark::Absent(Away::Withdrawn),
                Err(Absence::Untraced) => Mark::Absent(Away::Untraced),
            });
        }
        // To its place in the tree; where it has none, to what happened in that release.
        let href = match state {
            Ok(state) => {
                let anchor = route::fragment(&route::tree_anchor(&state.id));
                format!("{}{anchor}", page.href(Route::Release(element.framework, release)))
            }
            Err(_) if release > 0 => page.href(Route::Changes(element.framework, release)),
            Err(_) => page.href(Route::Release(element.framework, release)),
        };
        html.literal("<li class=\"").literal(marks[0].class()).literal("\"><a").attribute("href", &href);
        html.literal("><span>").text(&framework.record.releases[release].version.value);
        html.literal("</span> <b aria-hidden=\"true\">");
        for mark in &marks {
            html.text(words.get(mark.letter_key()));
        }
        html.literal("</b><span class=\"hidden\"> ");
        for (at, mark) in marks.iter().enumerate() {
            html.text(if at == 0 { "" } else { words.get("list.comma") }).text(name(page, *mark));
        }
        html.literal("</span></a></li>\n");
        met.extend(marks);
    }
    html.literal("</ol>\n<ul class=\"key\" aria-hidden=\"true\">\n");
    for mark in met {
        html.literal("<li><b>").text(words.get(mark.letter_key())).literal("</b> ");
        html.text(name(page, mark)).literal("</li>\n");
    }
    html.literal("</ul>\n</section>\n");
    Some(html.finish())
}

/// What a mark says, in words.
fn name<'p>(page: &Frame<'p>, mark: Mark) -> &'p str {
    let words = page.words();
    match mark {
        Mark::Changed(difference) => words.of(difference),
        Mark::Unchanged => words.get("timeline.as_before"),
        Mark::Absent(Away::NotYet) => words.get("timeline.not_yet"),
        Mark::Absent(Away::Withdrawn) => words.get("timeline.withdrawn"),
        Mark::Absent(Away::Untraced) => words.get("timeline.untraced"),
    }
}
