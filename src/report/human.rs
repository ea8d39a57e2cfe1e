//! The report for people: each finding with its place, the marked source line, and the repair as an edit.
//!
//! In comes a report, out goes text in the form that compilers made familiar, with or without colour.
//! One finding takes at most 2 KB, whatever the record holds, and a reason or a pointer is given once, not each time.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::excerpt::{Excerpt, on_one_line};
use super::selection::Selection;
use super::visible::visible;
use super::{Counted, Report, Tally};
use crate::diagnostic::{Code, Diagnostic, Fix, Label, LevelReason, Leveled, Severity};
use crate::repair::is_certain;
use crate::text::{Place, Span};

/// The most bytes that one finding takes, colours not counted.
const FINDING_LIMIT: usize = 2048;
const MESSAGE_LIMIT: usize = 400;
const HELP_LIMIT: usize = 300;
const LABEL_LIMIT: usize = 100;
const PATH_LIMIT: usize = 200;
/// How many other places of one finding are shown.
const LABELS: usize = 4;
/// How many lines an edit may have to be shown.
const EDIT_LINES: usize = 6;
/// Places of one file that are at most so many lines apart are shown together.
const NEAR: u32 = 8;
/// How many codes the pointer to `explain` names.
const EXPLAINED: usize = 6;

/// Whether a report is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Text only.
    Plain,
    /// With terminal colours.
    Colour,
}

/// Writes a report for people; empty where there is no finding.
pub fn render(report: &Report<'_>, paint: Paint) -> String {
    let mut text = String::new();
    let selection = Selection::of(report);
    let mut seen = BTreeSet::new();
    for of_file in &selection.files {
        for finding in &of_file.shown {
            let is_first_of_its_code = seen.insert((finding.diagnostic.code, finding.severity));
            let is_waived = finding.severity == Severity::Waived;
            let reason = (is_first_of_its_code || is_waived).then(|| reason(finding));
            text.push_str(&one(report, finding, reason.as_deref(), paint));
            text.push_str("\n\n");
        }
        if of_file.withheld > 0 {
            let (more, path) = (
                Counted(of_file.withheld, "more finding"),
                visible(report.sources.path(of_file.file), PATH_LIMIT),
            );
            writeln!(text, "and {more} in {path}\n").expect("a string takes any text");
        }
    }
    if selection.withheld_files > 0 {
        let (more, files) = (
            Counted(selection.withheld_in_them, "more finding"),
            Counted(selection.withheld_files, "other file"),
        );
        writeln!(text, "and {more} in {files}\n").expect("a string takes any text");
    }
    if !report.findings.is_empty() {
        // Errors first: they are what keeps the site from being published.
        let mut codes: Vec<_> =
            seen.into_iter().map(|(code, severity)| (std::cmp::Reverse(severity), code)).collect();
        codes.sort_unstable();
        let names: Vec<_> = codes.iter().take(EXPLAINED).map(|(_, code)| code.name()).collect();
        writeln!(text, "  = explain: certalog explain {}", names.join(" ")).expect("a string takes any text");
        let certain = report.findings.iter().filter(|finding| is_certain(finding)).count();
        if certain > 0 {
            let findings = Counted(certain, "finding");
            writeln!(text, "  = repair: certalog check --fix mends {findings}")
                .expect("a string takes any text");
        }
        writeln!(text, "{}", Tally::of(report.findings)).expect("a string takes any text");
    }
    text
}

/// One finding in full or, where that is too long, without its other places and its edit.
fn one(report: &Report<'_>, finding: &Leveled, reason: Option<&str>, paint: Paint) -> String {
    let diagnostic = &finding.diagnostic;
    let full = Drawing::of(report, finding, &diagnostic.labels, diagnostic.fix.as_deref(), reason);
    let plain = full.render(Paint::Plain);
    if plain.len() > FINDING_LIMIT {
        return Drawing::of(report, finding, &[], None, reason).render(paint);
    }
    if paint == Paint::Plain { plain } else { full.render(paint) }
}

/// Stands for a place while a finding is drawn; [`visible`] text never holds it.
const PLACE: &str = "\u{e000}";

/// A finding, ready to be drawn. The places are put in afterwards, because the library counts columns in the lines that it
/// is given, and those are cut and have their hidden characters written out.
struct Drawing {
    groups: Vec<Group<'static>>,
    /// In the order in which they are drawn.
    places: Vec<String>,
}

impl Drawing {
    fn of(
        report: &Report<'_>,
        finding: &Leveled,
        labels: &[Label],
        fix: Option<&Fix>,
        reason: Option<&str>,
    ) -> Self {
        let diagnostic = &finding.diagnostic;
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Waived => Level::NOTE.with_name("waived"),
        };
        let title =
            level.primary_title(visible(&diagnostic.message, MESSAGE_LIMIT)).id(diagnostic.code.name());
        let mut drawing = Self { groups: Vec::new(), places: Vec::new() };
        let mut main = drawing.places(report, diagnostic, labels, Group::with_title(title));
        if let Some(reason) = reason {
            main = main.element(Level::NOTE.message(reason.to_owned()));
        }
        let help = diagnostic.help.as_deref().map(|help| visible(help, HELP_LIMIT));
        match (fix.and_then(|fix| edit(report.sources.text(diagnostic.place.file), fix)), help) {
            (Some(edit), help) => {
                let help = help.unwrap_or_else(|| edit.what.to_owned());
                drawing.groups.extend([main, Level::HELP.secondary_title(help).element(edit.snippet)]);
            }
            (None, Some(help)) => drawing.groups.push(main.element(Level::HELP.message(help))),
            (None, None) => drawing.groups.push(main),
        }
        drawing
    }

    /// The finding's own place and the others: those nearby share its lines, those further off have their own.
    fn places(
        &mut self,
        report: &Report<'_>,
        diagnostic: &Diagnostic,
        labels: &[Label],
        mut main: Group<'static>,
    ) -> Group<'static> {
        let own = diagnostic.place;
        let own_line = report.position(own).line;
        let is_near = |label: &Label| {
            let place = label.place;
            place.file == own.file && report.position(place).line.abs_diff(own_line) <= NEAR
        };
        self.places.push(origin(report, own));
        let mut far: Vec<_> = labels.iter().take(LABELS).collect();
        if report.is_whole_file(own) {
            main = main.element(Origin::path(PLACE));
        } else {
            let near: Vec<_> = far.extract_if(.., |label| is_near(label)).collect();
            let spans: Vec<_> =
                std::iter::once(own.span).chain(near.iter().map(|label| label.place.span)).collect();
            let texts = std::iter::once(None).chain(near.iter().map(|label| Some(label.text.as_str())));
            main =
                main.element(marked(report.sources.text(own.file), &spans, texts, AnnotationKind::Primary));
        }
        for label in far {
            self.places.push(origin(report, label.place));
            main = if report.is_whole_file(label.place) {
                let note = Level::NOTE.message(visible(&label.text, LABEL_LIMIT));
                main.element(Origin::path(PLACE)).element(note)
            } else {
                let text = std::iter::once(Some(label.text.as_str()));
                let source = report.sources.text(label.place.file);
                main.element(marked(source, &[label.place.span], text, AnnotationKind::Context))
            };
        }
        main
    }

    fn render(&self, paint: Paint) -> String {
        let renderer = match paint {
            Paint::Plain => Renderer::plain(),
            Paint::Colour => Renderer::styled(),
        };
        let drawn = renderer.render(&self.groups);
        let mut parts = drawn.split(PLACE);
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (part, place) in parts.zip(&self.places) {
            text.push_str(place);
            text.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
        }
        text
    }
}

/// Lines with their marks; the first mark is of the given kind, the others only give context.
fn marked<'t>(
    text: &str,
    spans: &[Span],
    labels: impl Iterator<Item = Option<&'t str>>,
    first: AnnotationKind,
) -> Snippet<'static, Annotation<'static>> {
    let excerpt = Excerpt::around(text, spans);
    let kinds = std::iter::once(first).chain(std::iter::repeat(AnnotationKind::Context));
    let annotations = excerpt.marks.iter().zip(kinds).zip(labels).map(|((mark, kind), label)| {
        kind.span(mark.clone()).label(label.map(|label| visible(label, LABEL_LIMIT)))
    });
    let annotations: Vec<_> = annotations.collect();
    Snippet::source(excerpt.source).path(PLACE).line_start(excerpt.first_line).annotations(annotations)
}

/// A place for people and for editors that open what looks like one.
fn origin(report: &Report<'_>, place: Place) -> String {
    let path = visible(report.sources.path(place.file), PATH_LIMIT);
    if report.is_whole_file(place) {
        return path;
    }
    let at = report.position(place);
    format!("{path}:{}:{}", at.line, at.column)
}

struct Edit {
    what: &'static str,
    snippet: Snippet<'static, Patch<'static>>,
}

/// The edit on its line, where it can be shown in full.
fn edit(text: &str, fix: &Fix) -> Option<Edit> {
    let replaced = text.get(fix.span.range())?;
    let marked = &text[on_one_line(text, fix.span)];
    let excerpt = Excerpt::around(text, &[fix.span]);
    let mark = excerpt.marks[0].clone();
    let is_shown = replaced.trim_end_matches(['\r', '\n']) == marked
        && excerpt.source[mark.clone()] == visible(marked, usize::MAX);
    let is_short = fix.replacement.len() <= HELP_LIMIT && fix.replacement.lines().count() <= EDIT_LINES;
    if !is_shown || !is_short {
        return None;
    }
    let mut shown: Vec<_> = fix.replacement.split('\n').map(|line| visible(line, usize::MAX)).collect();
    if replaced.len() > marked.len() && shown.last().is_some_and(String::is_empty) {
        shown.pop();
    }
    let what = match (replaced.is_empty(), fix.replacement.is_empty()) {
        (true, _) => "add this",
        (_, true) => "remove this",
        _ => "write this instead",
    };
    let patch = Patch::new(mark, shown.join("\n"));
    let snippet = Snippet::source(excerpt.source).line_start(excerpt.first_line).patch(patch);
    Some(Edit { what, snippet })
}

/// Why the finding has its level, in a sentence.
fn reason(finding: &Leveled) -> String {
    let Leveled { diagnostic, severity, reason } = finding;
    let (code, level) = (diagnostic.code, a_level(*severity));
    match reason {
        LevelReason::Waived { reason, until } => {
            let reason = visible(reason, HELP_LIMIT);
            let until = until.as_ref().map_or(String::new(), |until| format!(" until {until}"));
            format!("the record accepts it{until}: {reason}")
        }
        LevelReason::Profile => format!("a `[[profile]]` in `site.toml` makes `{}` {level}", code.name()),
        LevelReason::Configured => format!("`[checks]` in `site.toml` makes `{}` {level}", code.name()),
        LevelReason::Default if is_configurable(code) => {
            format!("`{}` is {level} unless `[checks]` in `site.toml` says otherwise", code.name())
        }
        LevelReason::Default => format!("`{}` is always {level}", code.name()),
    }
}

fn is_configurable(code: Code) -> bool {
    code.is_configurable()
}

fn a_level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "an error",
        Severity::Warning => "a warning",
        Severity::Waived => "waived",
    }
}
