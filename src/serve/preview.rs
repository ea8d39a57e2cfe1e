//! From what was read to what is served: the one step between the disk and the sockets.
//!
//! In come the sources as they are now, out goes the next generation and what is to be said of it; where nothing differs, nothing.
//! While the catalogue cannot be published, the last good site stays; no content ends the preview.

use std::io;
use std::sync::Arc;

use super::generation::{Fault, Generation};
use super::survey::{Difference, Survey, Unfinished};
use super::told::Told;
use crate::build::{Build, BuildOptions, Builder};
use crate::diagnostic::{Diagnostic, Leveled, Severity};
use crate::html::HtmlWriter;
use crate::report::{Counted, Report, Tally, markup};
use crate::site::Site;
use crate::sources::{SITE_FILE, Sources};
use crate::theme::Theme;

/// A look at the disk: the files with the findings of reading them, or why the folder cannot be opened.
pub type Look = io::Result<(Sources, Vec<Diagnostic>)>;

/// What a preview depends on besides the files.
#[derive(Clone, Debug)]
pub struct Terms {
    /// As for a build.
    pub options: BuildOptions,
    /// Whether a warning is as bad as an error.
    pub denies_warnings: bool,
}

/// What became of a change.
#[derive(Debug)]
pub struct Update {
    /// The files that changed, in the order of their paths; none at the first look and where only the day changed.
    pub files: Vec<String>,
    /// What the findings point into.
    pub sources: Arc<Sources>,
    /// The findings that are new.
    pub findings: Vec<Leveled>,
    /// Why the site stays as it was, where it does.
    pub outcome: Result<(), String>,
    /// How many pages the site has.
    pub pages: usize,
    /// Whether the catalogue could not be published before and can be now.
    pub is_mended: bool,
}

/// The catalogue as it was last seen, and what is served of it.
#[derive(Debug)]
pub struct Preview {
    current: Arc<Generation>,
    seen: Option<Seen>,
    told: Told,
    builder: Builder,
    /// The survey of the current site, where one was made already.
    surveyed: Option<Survey>,
    /// The survey of the site that the last difference was about.
    counted: Option<Survey>,
    /// The last site of which every page could be made, and its theme where that is the catalogue's own.
    proven: (Arc<Site>, Option<Arc<Theme>>),
    /// The build of the current site while some of its pages may turn out to have a mistake.
    on_trial: Option<Build>,
}

/// What came of trying and counting all pages of the current site.
#[derive(Debug)]
pub enum Finished {
    /// How the site differs from the one that was asked about last; nothing the first time, where there is a fault, and where it was
    /// not wanted any more.
    Counted(Option<Difference>),
    /// A page cannot be made: the site is the one before it again, and this is to be said.
    Broken(Box<Update>),
}

#[derive(Debug)]
struct Seen {
    sources: Arc<Sources>,
    found: Vec<Diagnostic>,
    terms: (String, Option<String>, bool),
}

impl Preview {
    /// Nothing seen, nothing to serve.
    pub fn new() -> Self {
        Self {
            current: Arc::new(Generation::none()),
            seen: None,
            told: Told::default(),
            builder: Builder::default(),
            surveyed: None,
            counted: None,
            proven: Default::default(),
            on_trial: None,
        }
    }

    /// What is to be served.
    pub fn current(&self) -> &Arc<Generation> {
        &self.current
    }

    /// Takes in what was read. `None` when everything is as it was.
    pub fn update(&mut self, look: Look, terms: &Terms) -> Option<Update> {
        let (sources, found) = match look {
            Ok(read) => read,
            Err(error) => return self.lose(&error),
        };
        let key = (terms.options.as_of.to_string(), terms.options.base_url.clone(), terms.denies_warnings);
        let files = match &self.seen {
            Some(seen) => sources.changed_since(&seen.sources),
            None => Vec::new(),
        };
        if self.seen.as_ref().is_some_and(|seen| files.is_empty() && seen.found == found && seen.terms == key)
        {
            return None;
        }
        let mut built = self.builder.build(&sources, found.clone(), &terms.options);
        let sources = Arc::new(sources);
        let was_broken = self.current.fault().is_some();
        let outcome = self.take(&sources, &mut built, terms);
        let findings = self.told.news(&sources, &built.diagnostics, outcome.is_ok());
        let is_mended = was_broken && outcome.is_ok();
        let pages = built.counts.pages;
        let is_on_trial = self.current.is_on_trial();
        self.on_trial = is_on_trial.then_some(built);
        self.seen = Some(Seen { sources: Arc::clone(&sources), found, terms: key });
        Some(Update { files, sources, findings, outcome, pages, is_mended })
    }

    /// Makes every file of the current site once, unless `is_unwanted` says so meanwhile: a page that cannot be made shows, and so does
    /// how the site differs from the one that was finished before.
    pub fn finish(&mut self, is_unwanted: &(dyn Fn() -> bool + Sync)) -> Finished {
        if self.current.fault().is_some() {
            return Finished::Counted(None);
        }
        let survey =
            match self.surveyed.take().map_or_else(|| Survey::of(self.current.site(), is_unwanted), Ok) {
                Ok(survey) => survey,
                Err(Unfinished::Unwanted) => return Finished::Counted(None),
                Err(Unfinished::Mistakes(mistakes)) => return self.fail_trial(mistakes),
            };
        if let Some(built) = self.on_trial.take() {
            self.proven = (Arc::clone(self.current.site()), built.own_theme);
            self.current = Arc::new(self.current.tried());
        }
        let difference = self.counted.as_ref().map(|counted| counted.difference(&survey));
        self.counted = Some(survey);
        Finished::Counted(difference)
    }

    /// Goes back to the last site of which every page could be made.
    fn fail_trial(&mut self, mistakes: Vec<Diagnostic>) -> Finished {
        let (Some(mut built), Some(seen)) = (self.on_trial.take(), &self.seen) else {
            return Finished::Counted(None);
        };
        let (sources, denies_warnings) = (Arc::clone(&seen.sources), seen.terms.2);
        built.add_mistakes(mistakes);
        let Some(fault) = fault(&sources, &built, denies_warnings) else { return Finished::Counted(None) };
        let outcome = Err(fault.title.clone());
        self.fail(fault);
        let findings = self.told.news(&sources, &built.diagnostics, false);
        let (files, is_mended, pages) = (Vec::new(), false, 0);
        Finished::Broken(Box::new(Update { files, sources, findings, outcome, pages, is_mended }))
    }

    /// Makes the next generation of a build.
    fn take(&mut self, sources: &Sources, built: &mut Build, terms: &Terms) -> Result<(), String> {
        self.surveyed = None;
        // Templates of certalog's own make every page; those of a catalogue have to show that they do. Where they did for the records
        // before, nobody waits until they did for all pages of these.
        let proven = self.proven.1.as_ref().filter(|_| self.current.fault().is_none());
        let has_stood = |theme: &Arc<Theme>| proven.is_some_and(|proven| Arc::ptr_eq(proven, theme));
        let is_on_trial = built.own_theme.as_ref().is_some_and(has_stood);
        if built.own_theme.is_some() && !is_on_trial {
            match Survey::of(&built.site, &|| false) {
                Ok(survey) => self.surveyed = Some(survey),
                Err(Unfinished::Mistakes(mistakes)) => built.add_mistakes(mistakes),
                Err(Unfinished::Unwanted) => {}
            }
        }
        let Some(fault) = fault(sources, built, terms.denies_warnings) else {
            let site = Arc::new(std::mem::take(&mut built.site));
            let next = self.current.with_site(Arc::clone(&site), &built.base_path());
            self.current = Arc::new(if is_on_trial {
                next.on_trial(Arc::clone(&self.proven.0))
            } else {
                self.proven = (site, built.own_theme.clone());
                next
            });
            return Ok(());
        };
        let title = fault.title.clone();
        self.fail(fault);
        Err(title)
    }

    /// The catalogue's folder cannot be opened: it was moved, or the disk is gone.
    fn lose(&mut self, error: &io::Error) -> Option<Update> {
        let title = format!("the catalogue's folder cannot be read: {error}");
        let mut report = HtmlWriter::default();
        report.literal("<p>As soon as it is back, this page is too.</p>\n");
        self.seen = None;
        let is_new = self.fail(Fault { title: title.clone(), report: report.finish() });
        is_new.then(|| Update {
            files: Vec::new(),
            sources: Arc::default(),
            findings: Vec::new(),
            outcome: Err(title),
            is_mended: false,
            pages: 0,
        })
    }

    /// Keeps the site and shows a fault over it; false when it is the one that is shown already.
    fn fail(&mut self, fault: Fault) -> bool {
        let is_new = self.current.fault().is_none_or(|(known, _)| *known != fault);
        if is_new {
            self.current = Arc::new(self.current.with_fault(fault));
        }
        is_new
    }
}

impl Default for Preview {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a build gives nothing to publish: its errors, or its warnings where those count; the others are only numbered.
fn fault(sources: &Sources, built: &Build, denies_warnings: bool) -> Option<Fault> {
    let tally = Tally::of(&built.diagnostics);
    let (culprit, others) = if tally.errors > 0 {
        (Severity::Error, tally.warnings)
    } else if denies_warnings && tally.warnings > 0 {
        (Severity::Warning, 0)
    } else {
        return sources.find(SITE_FILE).is_none().then(nothing_there);
    };
    let culprits: Vec<Leveled> =
        built.diagnostics.iter().filter(|finding| finding.severity == culprit).cloned().collect();
    let mut title = Tally::of(&culprits).to_string();
    if culprit == Severity::Warning {
        title.push_str(", which count as errors");
    }
    let mut html = HtmlWriter::default();
    html.html(&markup::render(&Report { sources, findings: &culprits }));
    if others > 0 {
        let more = Counted(others, "warning").to_string();
        html.literal("<p class=\"more\">and ").text(&more).literal(", which the terminal shows</p>\n");
    }
    Some(Fault { title, report: html.finish() })
}

fn nothing_there() -> Fault {
    let mut report = HtmlWriter::default();
    report.literal("<p>A catalogue has a <code>site.toml</code> and a folder <code>content</code>.</p>\n");
    Fault { title: "there is no catalogue in this folder".to_owned(), report: report.finish() }
}
