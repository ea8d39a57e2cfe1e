//! What must hold for every input, whoever wrote it: one function for each door through which bytes come in.
//!
//! In come bytes, out comes nothing; a law that is broken is a panic, which the engine keeps with the bytes that broke it.
//! Nothing here touches the disk. Inputs of several files are written as the fixtures of the tests are, with a line `=== path` before each.

mod catalogues;
mod laws;
mod requests;

use std::sync::OnceLock;

use certalog::build::{self, BuildOptions, Builder};
use certalog::diff::{self, Side};
use certalog::import::{self, ElementsOptions, Format, ResultsOptions, Vocabulary};
use certalog::model::date::Day;
use certalog::model::{self, Kind};
use certalog::parse::front_matter;
use certalog::repair;
use certalog::report::human::Paint;
use certalog::report::meaning::{Sides, Story, json, markdown, terminal};
use certalog::search as index;
use certalog::site_path::SitePath;
use certalog::stage::Unwatched;

use catalogues::{Files, first_file, listed, starter};
pub use requests::request;

/// What a build depends on besides its files.
fn options() -> BuildOptions {
    BuildOptions { as_of: Day::constant(2026, 1, 1), base_url: None, language: None }
}

fn text(input: &[u8]) -> Option<&str> {
    std::str::from_utf8(input).ok()
}

/// The two parts of a Markdown record lie in it, one after the other.
pub fn front_matter(input: &[u8]) {
    let Some(text) = text(input) else { return };
    match front_matter::split(text) {
        Ok(parts) => {
            let (table, body) = (parts.table.range(), parts.body.range());
            assert!(text.get(table.clone()).is_some() && text.get(body.clone()).is_some());
            assert!(table.end <= body.start && body.end == text.len());
        }
        Err(finding) => laws::finding_is_within(&finding, text),
    }
    read("content/pages/a.md", text);
}

/// One file of any kind is read and laid out.
pub fn record(input: &[u8]) {
    let Some((path, text)) = text(input).and_then(first_file) else { return };
    read(path, text);
}

/// Reads a file; what is found lies in it, and its layout is the layout of itself.
fn read(path: &str, text: &str) {
    let read = model::read(&Kind::of(path), path, text, &certalog::limits::Limits::default());
    for finding in &read.findings {
        laws::finding_is_within(finding, text);
    }
    match certalog::layout::lay_out(path, text) {
        Some(Ok(laid_out)) => {
            let again = certalog::layout::lay_out(path, &laid_out);
            assert_eq!(again, Some(Ok(laid_out)), "a second layout differs from the first");
        }
        Some(Err(refusal)) => assert_eq!(refusal, certalog::layout::Refusal::Unreadable),
        None => {}
    }
}

/// The report behind a certification.
pub fn mapping(input: &[u8]) {
    let Some(text) = text(input) else { return };
    read("content/certifications/example-care-desk-3.2/mapping.toml", text);
    build(starter().with("content/certifications/example-care-desk-3.2/mapping.toml", text));
}

/// The settings of a catalogue.
pub fn site(input: &[u8]) {
    let Some(text) = text(input) else { return };
    build(starter().with("site.toml", text));
}

/// The body of a page: whatever stands in it, the page has no script but those of the theme, and leads to no address that could be one.
pub fn markdown(input: &[u8]) {
    static SCRIPTS: OnceLock<usize> = OnceLock::new();
    let Some(text) = text(input) else { return };
    let page = |body: &str| {
        let files = starter().with("content/pages/a.md", &format!("+++\ntitle = \"A\"\n+++\n{body}"));
        let built = Builder::default().build(&files.sources(), Vec::new(), &options());
        let page = SitePath::new("a/index.html").expect("a plain path");
        let bytes = built.site.get(&page)?;
        Some(std::str::from_utf8(bytes).expect("a page is text").to_owned())
    };
    let scripts = SCRIPTS.get_or_init(|| laws::scripts(&page("Text.").expect("a page without mistakes")));
    if let Some(page) = page(text) {
        assert_eq!(laws::scripts(&page), *scripts, "a script comes from a text");
        laws::addresses_are_harmless(&page);
    }
}

/// A whole catalogue.
pub fn catalogue(input: &[u8]) {
    if let Some(files) = text(input).and_then(listed) {
        build(files);
    }
}

/// Builds a catalogue whole: findings lie in their files, every report can be written, and there is a site where there is no error.
fn build(files: Files) {
    let sources = files.sources();
    let built = build::build(&sources, Vec::new(), &options()).finish();
    laws::findings_are_within(&built.diagnostics, &sources);
    laws::reports_can_be_written(&built.diagnostics, &sources);
    laws::there_is_a_site_unless_there_are_errors(&built, &sources);
}

/// A template of a theme. Templates are trusted to mean well and not to be right: a mistake is a finding.
pub fn template(input: &[u8]) {
    // Loops within loops take what time they are told to take: that is the theme's own business.
    let Some(text) = text(input).filter(|text| text.matches("for").count() < 2 && text.len() < 2000) else {
        return;
    };
    build(starter().with("themes/default/templates/page.html", text));
}

/// Changes of a catalogue, and what they mean.
pub fn diff(input: &[u8]) {
    static BEFORE: OnceLock<Side> = OnceLock::new();
    let side = |files: Files| build::side(&files.sources(), Vec::new(), &options(), &Unwatched);
    let Some(changes) = text(input).and_then(listed) else { return };
    let before = BEFORE.get_or_init(|| side(starter()));
    let after = side(starter().changed(&changes));
    for (before, after) in [(before, &after), (&after, before)] {
        let diff = diff::between(before, after);
        let sides = Sides { before: "before".to_owned(), after: "after".to_owned() };
        let story = Story::of(&diff, sides.clone());
        assert!(markdown::render(&story, markdown::LIMIT).len() <= markdown::LIMIT);
        terminal::render(&story, Paint::Plain);
        let json = json::render(&diff, &sides);
        serde_json::from_str::<serde_json::Value>(&json).expect("a comparison is JSON");
    }
    assert!(diff::between(&after, &after).is_empty(), "a catalogue differs from itself");
}

/// Words, ids and texts in the index that the search reads.
pub fn search(input: &[u8]) {
    let Some(text) = text(input) else { return };
    let folded = index::fold(text);
    assert_eq!(index::fold(&folded), folded, "folded twice is another word");
    index::words(&folded, |word| assert!(!word.is_empty()));
    index::id_key(&folded);
    let (name, body) = text.split_once('\n').unwrap_or((text, text));
    let name = serde_json::to_string(name).expect("a text is JSON");
    let files = starter()
        .with("content/organizations/example-networks.toml", &format!("name = {name}\n"))
        .with("content/pages/a.md", &format!("+++\ntitle = {name}\n+++\n{body}"));
    for (path, bytes) in index::files(&build::link_records(&files.sources())) {
        SitePath::new(&path).expect("the index stands at paths of a site");
        serde_json::from_slice::<serde_json::Value>(&bytes).expect("the index is JSON");
    }
}

/// A table of another program: every row is in a record or in the report, and what is written is read again.
pub fn import(input: &[u8]) {
    let files = starter();
    let catalogue = build::link_records(&files.sources());
    let vocabulary = Vocabulary::new(Some("process"), &[]);
    for format in [Format::Csv(None), Format::Json] {
        let Ok(table) = import::read("table", input, format, &vocabulary) else { continue };
        let results = ResultsOptions {
            certification: Some("imported-1".to_owned()),
            organization: Some("example-networks".to_owned()),
            product: Some("Imported".to_owned()),
            version: Some("1".to_owned()),
            framework: Some("service-map".to_owned()),
            release: Some("2.0".to_owned()),
            ..ResultsOptions::default()
        };
        let framework = Some("service-map".to_owned());
        let elements = ElementsOptions { framework, ..ElementsOptions::default() };
        let made = [
            import::results(&table, &vocabulary, &catalogue, &results),
            import::elements(&[(Some("2.0".to_owned()), table)], &vocabulary, &catalogue, &elements),
        ];
        for imported in made.into_iter().flatten() {
            let report = &imported.report;
            assert_eq!(report.rows, report.written + report.lost.len(), "a row vanished");
            let files =
                imported.files.iter().fold(starter(), |files, file| files.with(&file.path, &file.text));
            build(files);
        }
    }
}

/// Repairs: they come to an end, and afterwards there is nothing left that could be repaired.
pub fn repair(input: &[u8]) {
    let Some(files) = text(input).and_then(listed) else { return };
    let repaired = repair::repair(&files.sources(), &[], &options());
    laws::findings_are_within(&repaired.build.diagnostics, &repaired.sources);
    let again = repair::repair(&repaired.sources, &[], &options());
    assert_eq!(again.mended, [], "repaired twice is repaired more");
}
