//! The report as markup, for the browser: each finding with its place, the marked source line, and the repair as an edit.
//!
//! In comes a report, out goes escaped HTML without ids, scripts or styles, for whoever places it on a page.
//! As in the other formats one finding takes a bounded room, and hidden characters are written out.

use std::ops::Range;

use super::excerpt::Excerpt;
use super::selection::Selection;
use super::visible::visible;
use super::{Counted, Report};
use crate::diagnostic::{Diagnostic, Fix, Leveled};
use crate::html::{Html, HtmlWriter};
use crate::text::{Place, Span};

const MESSAGE_LIMIT: usize = 400;
const HELP_LIMIT: usize = 300;
const LABEL_LIMIT: usize = 100;
const PATH_LIMIT: usize = 200;
/// How many other places of one finding are shown.
const LABELS: usize = 4;

/// Writes every finding as an `article`; nothing where there is none.
pub fn render(report: &Report<'_>) -> Html {
    let mut html = HtmlWriter::default();
    let selection = Selection::of(report);
    for of_file in &selection.files {
        for finding in &of_file.shown {
            article(report, finding, &mut html);
        }
        if of_file.withheld > 0 {
            let more = Counted(of_file.withheld, "more finding").to_string();
            html.literal("<p class=\"more\">and ").text(&more).literal(" in <code>");
            html.text(&path(report, Place::new(of_file.file, Span::start_of_file())))
                .literal("</code></p>\n");
        }
    }
    if selection.withheld_files > 0 {
        let more = Counted(selection.withheld_in_them, "more finding");
        let files = Counted(selection.withheld_files, "other file");
        html.literal("<p class=\"more\">and ").text(&format!("{more} in {files}")).literal("</p>\n");
    }
    html.finish()
}

fn article(report: &Report<'_>, finding: &Leveled, html: &mut HtmlWriter) {
    let diagnostic = &finding.diagnostic;
    html.literal("<article class=\"").literal(finding.severity.word()).literal("\">\n<h2><strong>");
    html.literal(finding.severity.word()).literal("</strong> ");
    words(&visible(&diagnostic.message, MESSAGE_LIMIT), html);
    html.literal(" <small>").text(diagnostic.code.name()).literal("</small></h2>\n");
    place(report, diagnostic.place, None, html);
    for label in diagnostic.labels.iter().take(LABELS) {
        place(report, label.place, Some(&label.text), html);
    }
    repair(report, diagnostic, html);
    html.literal("</article>\n");
}

/// A place with its source line, and what is to be said of it where it is not the finding's own.
fn place(report: &Report<'_>, place: Place, says: Option<&str>, html: &mut HtmlWriter) {
    let is_file = place.span == Span::start_of_file() || report.sources.text(place.file).is_empty();
    html.literal("<p class=\"place\"><code>").text(&path(report, place));
    if !is_file {
        let at = report.position(place);
        html.text(&format!(":{}:{}", at.line, at.column));
    }
    html.literal("</code>");
    if let Some(says) = says {
        html.literal(" ");
        words(&visible(says, LABEL_LIMIT), html);
    }
    html.literal("</p>\n");
    if !is_file {
        let excerpt = Excerpt::around(report.sources.text(place.file), &[place.span]);
        source(&excerpt, html);
    }
}

/// The lines of a source with their numbers and the marked part.
fn source(excerpt: &Excerpt, html: &mut HtmlWriter) {
    html.literal("<pre tabindex=\"0\">");
    let mut start = 0;
    for (line, text) in excerpt.source.split('\n').enumerate() {
        let within = start..start + text.len();
        let part = |at: usize| at.clamp(within.start, within.end) - start;
        let mark =
            excerpt.marks.first().filter(|mark| within.contains(&mark.start) || mark.start == within.end);
        html.literal("<span class=\"line\"><span class=\"number\">")
            .number(excerpt.first_line + line)
            .literal("</span> ");
        match mark.map(|mark| part(mark.start)..part(mark.end)) {
            Some(mark) => marked(text, &mark, html),
            None => drop(html.text(text)),
        }
        html.literal("</span>\n");
        start = within.end + 1;
    }
    html.literal("</pre>\n");
}

fn marked(text: &str, mark: &Range<usize>, html: &mut HtmlWriter) {
    html.text(&text[..mark.start]);
    // what is missing is marked where it should stand
    let is_point = mark.is_empty();
    html.literal(if is_point { "<mark class=\"point\">" } else { "<mark>" });
    html.text(&text[mark.clone()]).literal("</mark>").text(&text[mark.end..]);
}

fn repair(report: &Report<'_>, diagnostic: &Diagnostic, html: &mut HtmlWriter) {
    if let Some(help) = &diagnostic.help {
        html.literal("<p class=\"help\"><strong>help:</strong> ");
        words(&visible(help, HELP_LIMIT), html);
        html.literal("</p>\n");
    }
    let edit = diagnostic.fix.as_ref().and_then(|fix| edit(report.sources.text(diagnostic.place.file), fix));
    if let Some((before, after)) = edit {
        html.literal("<p class=\"edit\">Write ");
        html.literal("<ins><code>").text(&after).literal("</code></ins>");
        if before.is_empty() {
            html.literal(" there");
        } else {
            html.literal(" in place of <del><code>").text(&before).literal("</code></del>");
        }
        html.literal(".</p>\n");
    }
}

/// The words to replace and the words for it, where both fit on a line and something is to be written.
fn edit(text: &str, fix: &Fix) -> Option<(String, String)> {
    let before = text.get(fix.span.range())?;
    let fits = |text: &str| text.len() <= LABEL_LIMIT && !text.trim_end().contains('\n');
    let is_shown = fits(before) && fits(&fix.replacement) && !fix.replacement.trim().is_empty();
    is_shown
        .then(|| (visible(before.trim_end(), LABEL_LIMIT), visible(fix.replacement.trim_end(), LABEL_LIMIT)))
}

fn path(report: &Report<'_>, place: Place) -> String {
    visible(report.sources.path(place.file), PATH_LIMIT)
}

/// A message; what stands between backticks is a name.
fn words(text: &str, html: &mut HtmlWriter) {
    for (at, piece) in text.split('`').enumerate() {
        if at % 2 == 1 {
            html.literal("<code>").text(piece).literal("</code>");
        } else {
            html.text(piece);
        }
    }
}
