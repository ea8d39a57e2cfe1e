//! The whole pipeline: sources in, site and findings out.
//!
//! In come the files and the day, out go the finished site and every diagnostic with its level.
//! `build`, `check` and the tests share this one path; where there is an error, there is no site.

use rayon::prelude::*;

use crate::catalogue::Catalogue;
use crate::check;
use crate::diagnostic::{Code, Diagnostic, LevelReason, Leveled, Severity};
use crate::link::{self, Input};
use crate::model::config::{Config, Level, parse_base_url};
use crate::model::{self, Kind};
use crate::pages::Context;
use crate::render;
use crate::site::Site;
use crate::sources::Sources;
use crate::text::{FileId, Place, Span};
use crate::theme::Theme;
use crate::words::Words;

/// What a build depends on besides the files.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The day for questions of validity.
    pub as_of: crate::model::date::Day,
    /// Where the site will be published, in place of what `site.toml` says.
    pub base_url: Option<String>,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Frameworks.
    pub frameworks: usize,
    /// Elements of all frameworks.
    pub elements: usize,
    /// Certifications.
    pub certifications: usize,
    /// Organizations.
    pub organizations: usize,
    /// Pages of the site.
    pub pages: usize,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The site; empty where a diagnostic is an error.
    pub site: Site,
    /// The findings in the order of files and places.
    pub diagnostics: Vec<Leveled>,
    /// How much there is.
    pub counts: Counts,
}

/// Builds a catalogue. `found_while_reading` are the diagnostics that reading the disk gave.
pub fn build(sources: &Sources, found_while_reading: Vec<Diagnostic>, options: &BuildOptions) -> Build {
    let mut diagnostics = found_while_reading;
    let inputs = read(sources, &mut diagnostics);
    let mut catalogue = link::link(inputs, &|file| sources.path(file).to_owned(), &mut diagnostics);
    if catalogue.config.file.is_none() && sources.find("site.toml").is_none() {
        diagnostics.extend(missing_config(sources));
    }
    if let Some(url) = options.base_url.as_deref().and_then(parse_base_url) {
        catalogue.config.base_url = url;
    }
    diagnostics.extend(check::check(&catalogue, options.as_of));
    let theme = Theme::load(&catalogue.config.theme, catalogue.config.file, sources, &mut diagnostics);
    let theme_name = &catalogue.config.theme.value;
    let words =
        Words::load(&catalogue.config.language, theme_name, catalogue.config.file, sources, &mut diagnostics);
    let mut leveled = level(diagnostics, &catalogue.config);
    let mut counts = counts(&catalogue);
    let has_errors = |leveled: &[Leveled]| leveled.iter().any(|one| one.severity == Severity::Error);
    let Some(theme) = theme.filter(|_| !has_errors(&leveled)) else {
        return Build { site: Site::default(), diagnostics: leveled, counts };
    };
    let when_and_where = (options.as_of, &catalogue.config.base_url);
    let context = Context::new(&catalogue, sources, &words, when_and_where, &leveled);
    let (site, mistakes) = render::render(&context, &theme);
    if !mistakes.is_empty() {
        drop(context);
        leveled.extend(level(mistakes, &catalogue.config));
        return Build { site: Site::default(), diagnostics: leveled, counts };
    }
    counts.pages = crate::route::all(&catalogue).len();
    Build { site, diagnostics: leveled, counts }
}

/// Reads the record of every file; files that the disk would not give are known but broken.
fn read(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Vec<Input> {
    let files: Vec<(FileId, &str)> =
        sources.iter().map(|(file, source)| (file, source.path.as_str())).collect();
    let records: Vec<(Input, Vec<Diagnostic>)> = files
        .into_par_iter()
        .map(|(file, path)| {
            let kind = Kind::of(path);
            if sources.is_unread(file) {
                return (Input { file, kind, record: None, is_unread: true }, Vec::new());
            }
            let read = model::read(&kind, path, sources.text(file));
            let found = read.findings.into_iter().map(|finding| finding.in_file(file)).collect();
            (Input { file, kind, record: read.record, is_unread: false }, found)
        })
        .collect();
    let mut inputs = Vec::with_capacity(records.len());
    for (input, mut found) in records {
        diagnostics.append(&mut found);
        inputs.push(input);
    }
    inputs
}

fn missing_config(sources: &Sources) -> Option<Diagnostic> {
    let (file, _) = sources.iter().next()?;
    let message = "the catalogue has no `site.toml`";
    let place = Place::new(file, Span::start_of_file());
    Some(
        Diagnostic::new(Code::MissingFile, place, message)
            .help("add it beside the folder `content`, with a `title` and a `base_url`"),
    )
}

/// Gives every diagnostic its level, drops those that are off, and puts them in order.
fn level(diagnostics: Vec<Diagnostic>, config: &Config) -> Vec<Leveled> {
    let mut leveled: Vec<Leveled> = diagnostics
        .into_iter()
        .filter_map(|diagnostic| {
            let configured = config.levels.iter().rev().find(|(code, _)| *code == diagnostic.code);
            let (severity, reason) = match configured {
                Some((_, Level::Off)) => return None,
                Some((_, Level::At(severity))) => (*severity, LevelReason::Configured),
                None => (diagnostic.code.default_severity(), LevelReason::Default),
            };
            Some(Leveled { diagnostic, severity, reason })
        })
        .collect();
    leveled.sort_by(|a, b| a.diagnostic.cmp(&b.diagnostic));
    leveled.dedup_by(|a, b| a.diagnostic == b.diagnostic);
    leveled
}

fn counts(catalogue: &Catalogue) -> Counts {
    Counts {
        frameworks: catalogue.frameworks.len(),
        elements: catalogue.elements.len(),
        certifications: catalogue.certifications.len(),
        organizations: catalogue.organizations.len(),
        pages: 0,
    }
}
