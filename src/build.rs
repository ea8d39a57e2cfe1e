//! The whole pipeline: sources in, site and findings out.
//!
//! In come the files and the day, out go the site and every diagnostic with its level.
//! `build`, `check` and the tests share this one path; where there is an error, there is no site, and no page is made before it is asked for.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::catalogue::Catalogue;
use crate::check;
use crate::diagnostic::{Code, Diagnostic, LevelReason, Leveled, Severity};
use crate::diff::fact;
use crate::diff::side::{Side, is_of_findings};
use crate::levels;
use crate::limits::Limits;
use crate::link::{self, Input};
use crate::looks;
use crate::model::config::{Config, parse_base_url};
use crate::model::{self, Kind, ReadFile};
use crate::pages::Context;
use crate::parse::characters;
use crate::render;
use crate::route::{self, Route};
use crate::site::{Made, Site};
use crate::site_path::SitePath;
use crate::sources::{Content, Source, Sources};
use crate::stage::{Stage, Unwatched, Watch};
use crate::text::{FileId, Place, Span};
use crate::theme::Theme;
use crate::translate;

/// What a build depends on besides the files.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The day for questions of validity.
    pub as_of: crate::model::date::Day,
    /// Where the site will be published, in place of what `site.toml` says.
    pub base_url: Option<String>,
    /// The language of the interface, in place of what `site.toml` says.
    pub language: Option<String>,
}

impl BuildOptions {
    fn override_config(&self, config: &mut Config) {
        if let Some(url) = self.base_url.as_deref().and_then(parse_base_url) {
            config.base_url = url;
        }
        if let Some(language) = &self.language {
            config.language.value.clone_from(language);
        }
    }
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
    /// The site, its pages made when they are asked for; empty where a diagnostic is an error.
    pub site: Site,
    /// The findings in the order of files and places.
    pub diagnostics: Vec<Leveled>,
    /// How much there is.
    pub counts: Counts,
    /// The theme, where some of its templates are the catalogue's own: a mistake in them can still show when a page is made.
    pub own_theme: Option<Arc<Theme>>,
    /// The content security policy of the pages, where all templates give them the same.
    pub policy: Option<String>,
    /// The path of the site's address, as pages write it: `/`, or `/catalogue/` for `https://example.org/catalogue/`.
    pub base: String,
}

impl Build {
    /// The path of the site's address as a text: `/é/` for `/%C3%A9/`.
    pub fn base_path(&self) -> String {
        percent_encoding::percent_decode_str(&self.base).decode_utf8_lossy().into_owned()
    }

    /// Makes and keeps every page; where a template has a mistake, that is a diagnostic and there is no site.
    pub fn finish(mut self) -> Self {
        let mistakes = self.site.make_all();
        self.add_mistakes(mistakes);
        self
    }

    /// Adds the mistakes of templates that showed when pages were made. With any, there is no site.
    pub fn add_mistakes(&mut self, mistakes: Vec<Diagnostic>) {
        if mistakes.is_empty() {
            return;
        }
        self.site = Site::default();
        self.counts.pages = 0;
        // Their level cannot be set: a page that cannot be made is an error.
        let leveled = mistakes.into_iter().map(|diagnostic| {
            let severity = diagnostic.code.default_severity();
            Leveled { diagnostic, severity, reason: LevelReason::Default }
        });
        self.diagnostics.extend(leveled);
    }
}

/// Builds a catalogue. `found_while_reading` are the diagnostics that reading the disk gave.
pub fn build(sources: &Sources, found_while_reading: Vec<Diagnostic>, options: &BuildOptions) -> Build {
    build_watched(sources, found_while_reading, options, &Unwatched)
}

/// The same for somebody who waits for it.
pub fn build_watched(
    sources: &Sources,
    found_while_reading: Vec<Diagnostic>,
    options: &BuildOptions,
    watch: &dyn Watch,
) -> Build {
    let read = read(sources, &Records::default(), watch);
    build_from(
        (read, found_while_reading),
        sources,
        (options, Aim::Publish),
        (&mut looks::Memory::default(), watch),
    )
}

/// Builds a catalogue to compare it with another: all of its pages are made, and none is kept.
pub fn side(
    sources: &Sources,
    found_while_reading: Vec<Diagnostic>,
    options: &BuildOptions,
    watch: &dyn Watch,
) -> Side {
    let mut side = Side::of(sources);
    let read = read(sources, &Records::default(), watch);
    let mut build = build_from(
        (read, found_while_reading),
        sources,
        (options, Aim::Compare(&mut side)),
        (&mut looks::Memory::default(), watch),
    );
    let files: Vec<_> = build.site.files().filter(|file| !is_of_findings(file.path.as_str())).collect();
    watch.begins(Stage::Pages, Some(files.len()));
    let digests = files.par_iter().map_init(Made::default, |made, file| {
        let mut digests = Vec::new();
        watch.done(1);
        file.each(made, |path, bytes| digests.push((path.as_str().to_owned(), digest_as_read(path, bytes))))
            .map(|()| digests)
    });
    let digests: Result<Vec<_>, Box<Diagnostic>> = digests.collect();
    let has_site = !build.site.is_empty();
    match digests {
        Ok(digests) if has_site => side.pages = Some(digests.into_iter().flatten().collect()),
        Ok(_) => {}
        Err(_) => {
            let mistakes = build.site.try_all();
            build.add_mistakes(mistakes);
        }
    }
    side.tell(&build.diagnostics);
    side
}

/// The digest of a file of the site; of a page, with white space as a browser shows it.
fn digest_as_read(path: &SitePath, bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(html) if path.is_page() => fact::digest_of_file(fact::as_shown(html).as_bytes()),
        _ => fact::digest_of_file(bytes),
    }
}

/// What a build is for.
enum Aim<'s> {
    /// A site to be published or shown.
    Publish,
    /// A site whose pages do not name places in sources, and what is compared besides its pages.
    Compare(&'s mut Side),
}

/// The linked catalogue alone, for commands that look things up in it or write further records. What there is to report, a build
/// reports.
pub fn link_records(sources: &Sources) -> Catalogue {
    let read = read(sources, &Records::default(), &Unwatched);
    let inputs = inputs(read, sources, &mut Vec::new());
    link::link(inputs, &|file| sources.path(file).to_owned(), &mut Vec::new())
}

/// Builds one catalogue again and again as its files change. What comes of it is what [`build`] gives for the same files: all
/// that is remembered is what each file's text says, and the theme of these very files; a text that is not there any more is
/// forgotten.
#[derive(Debug, Default)]
pub struct Builder {
    records: Records,
    looks: looks::Memory,
    limits: Option<Limits>,
}

/// What the files of the last build said: by path, from which the kind of a file follows, with the text that it was read from.
type Records = HashMap<String, (Arc<str>, ReadFile)>;

impl Builder {
    /// The same as [`build`], with every file read only where its text is another than the last time.
    pub fn build(
        &mut self,
        sources: &Sources,
        found_while_reading: Vec<Diagnostic>,
        options: &BuildOptions,
    ) -> Build {
        // What was read within other limits may read otherwise now.
        let limits = Some(sources.limits());
        if self.limits != limits {
            self.records.clear();
            self.limits = limits;
        }
        let read = read(sources, &self.records, &Unwatched);
        let texts = sources.iter().filter_map(|(file, source)| match &source.content {
            Content::Text(text) if !sources.is_unread(file) => {
                Some((file, source.path.clone(), Arc::clone(text)))
            }
            _ => None,
        });
        self.records = texts.map(|(file, path, text)| (path, (text, read[file.index()].clone()))).collect();
        let (looks, aim) = (&mut self.looks, Aim::Publish);
        build_from((read, found_while_reading), sources, (options, aim), (looks, &Unwatched))
    }
}

/// The pipeline after the files were read.
fn build_from(
    (read, found_while_reading): (Vec<ReadFile>, Vec<Diagnostic>),
    sources: &Sources,
    (options, aim): (&BuildOptions, Aim<'_>),
    (looks, watch): (&mut looks::Memory, &dyn Watch),
) -> Build {
    watch.begins(Stage::Linking, None);
    let mut diagnostics = found_while_reading;
    let inputs = inputs(read, sources, &mut diagnostics);
    let has_translations = inputs.iter().any(|input| matches!(input.kind, Kind::Translation { .. }));
    let originals = has_translations.then(|| inputs.clone());
    let paths = |file| sources.path(file).to_owned();
    let mut catalogue = link::link(inputs, &paths, &mut diagnostics);
    if catalogue.config.file.is_none() && sources.find("site.toml").is_none() {
        diagnostics.extend(missing_config(sources));
    }
    options.override_config(&mut catalogue.config);
    watch.begins(Stage::Checking, None);
    check::check(&catalogue, sources, options.as_of, &mut diagnostics);
    if let Some(inputs) = originals {
        let languages =
            (catalogue.config.language.value.as_str(), catalogue.config.content_language.as_str());
        if let Some(translated) = translate::translate(&inputs, languages, &catalogue, &mut diagnostics) {
            // What there is to report was reported of the records themselves.
            catalogue = link::link(translated.inputs, &paths, &mut Vec::new());
            options.override_config(&mut catalogue.config);
            catalogue.translated = translated.which;
        }
    }
    let hides_places = match aim {
        Aim::Publish => false,
        Aim::Compare(side) => {
            side.measure(&catalogue, options.as_of);
            true
        }
    };
    let looks = looks.load(&catalogue.config, sources, &mut diagnostics);
    let leveled = levels::level(diagnostics, &catalogue, sources, options.as_of);
    let mut counts = counts(&catalogue);
    let has_errors = |leveled: &[Leveled]| leveled.iter().any(|one| one.severity == Severity::Error);
    // Without a file there is no place that a finding could have, and no catalogue either.
    let Some(theme) = looks.theme.filter(|_| !has_errors(&leveled) && !sources.is_empty()) else {
        return Build { diagnostics: leveled, counts, ..Build::default() };
    };
    watch.begins(Stage::Preparing, None);
    let mut routes = route::all(&catalogue);
    routes.retain(|route| theme.wanted.has_badges || !matches!(route, Route::Embed(_)));
    counts.pages = routes.len();
    let policy = theme.policy.clone();
    let own_theme = (!theme.is_built_in()).then(|| Arc::clone(&theme));
    let base = catalogue.config.base_url.path().to_owned();
    let sources = sources.with_texts_of(still_needed(&catalogue, &leveled));
    let mut context =
        Context::new(catalogue, sources, (looks.words, theme.wanted.clone()), options.as_of, leveled.clone());
    context.hides_places = hides_places;
    let site = render::render(context, theme, routes);
    Build { site, diagnostics: leveled, counts, own_theme, policy, base }
}

/// What every file says, in their order. What is remembered of the same text is not read again.
fn read(sources: &Sources, known: &Records, watch: &dyn Watch) -> Vec<ReadFile> {
    watch.begins(Stage::Records, Some(sources.len()));
    let files: Vec<(FileId, &Source)> = sources.iter().collect();
    let limits = &sources.limits();
    let read = files.into_par_iter().map(|(file, source)| {
        watch.done(1);
        if sources.is_unread(file) {
            return ReadFile::default();
        }
        let text = match &source.content {
            Content::Text(text) => text,
            Content::Bytes(bytes) => return model::read_bytes(&Kind::of(&source.path), &source.path, bytes),
        };
        match known.get(&source.path) {
            Some((known, read)) if Arc::ptr_eq(known, text) || known == text => read.clone(),
            _ => model::read(&Kind::of(&source.path), &source.path, text, limits),
        }
    });
    read.collect()
}

/// The records ready to be linked; files that the disk would not give are known but broken.
fn inputs(read: Vec<ReadFile>, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Vec<Input> {
    let limits = sources.limits();
    let files = sources.iter().zip(read).map(|((file, source), read)| {
        diagnostics.extend(characters::of_path(&source.path, &limits).map(|finding| finding.in_file(file)));
        diagnostics.extend(read.findings.into_iter().map(|finding| finding.in_file(file)));
        let is_unread = sources.is_unread(file);
        Input { file, kind: Kind::of(&source.path), record: read.record, is_unread }
    });
    files.collect()
}

/// Which texts somebody may still look at once records are read: reports show the lines of findings and of templates, pages
/// find the part of an element in a file that lists many, and drawings are published.
fn still_needed(catalogue: &Catalogue, findings: &[Leveled]) -> impl Fn(FileId, &str) -> bool + use<> {
    let mut files = files_of(findings);
    let lists = catalogue.elements.iter().filter(|element| element.record.key.span.end > 0);
    files.extend(lists.map(|element| element.file));
    files.extend(catalogue.assets.values());
    move |file, path: &str| path.starts_with("themes/") || files.contains(&file)
}

/// The files that findings are about or point to.
pub fn files_of(findings: &[Leveled]) -> HashSet<FileId> {
    let places = findings.iter().flat_map(|Leveled { diagnostic, .. }| {
        std::iter::once(diagnostic.place).chain(diagnostic.labels.iter().map(|label| label.place))
    });
    places.map(|place| place.file).collect()
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

fn counts(catalogue: &Catalogue) -> Counts {
    Counts {
        frameworks: catalogue.frameworks.len(),
        elements: catalogue.elements.len(),
        certifications: catalogue.certifications.len(),
        organizations: catalogue.organizations.len(),
        pages: 0,
    }
}
