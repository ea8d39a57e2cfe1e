//! The catalogue that a command is about: found, read and built in memory.
//!
//! In come the arguments and the surroundings of the process (folder, variable, clock), out go the folder and its build.
//! This is the only place that asks what day it is; nothing is written.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Failure, Status};
use crate::build::{Build, BuildOptions, build_watched, files_of};
use crate::cli::{CatalogueArguments, Deny};
use crate::diagnostic::{Diagnostic, Leveled, Severity};
use crate::repair::{Repaired, repair};
use crate::report::Tally;
use crate::report::visible::visible;
use crate::sources::{self, Limits, SITE_FILE, Sources};
use crate::stage::{Stage, Watch};

/// A catalogue as it is now.
pub(super) struct Catalogue {
    pub(super) root: PathBuf,
    pub(super) sources: Sources,
    pub(super) build: Build,
    pub(super) tally: Tally,
    /// The day on which it was judged.
    pub(super) as_of: Date,
    denies_warnings: bool,
}

impl Catalogue {
    /// Reads and builds the catalogue that the arguments mean.
    pub(super) fn of(arguments: &CatalogueArguments, watch: &dyn Watch) -> Result<Self, Failure> {
        let (root, options) = (root(arguments)?, options(arguments)?);
        watch.begins(Stage::Reading, None);
        let (sources, found_while_reading) = read(&root)?;
        let build = build_watched(&sources, found_while_reading, &options, watch);
        Ok(Self::new((arguments, options.as_of), root, &sources, build))
    }

    /// The same with its repairs, of which nothing is written yet: the catalogue is what it will be when they are.
    pub(super) fn repaired(arguments: &CatalogueArguments) -> Result<(Self, Repaired), Failure> {
        let (root, options) = (root(arguments)?, options(arguments)?);
        let (sources, found_while_reading) = read(&root)?;
        let mut repaired = repair(&sources, &found_while_reading, &options);
        let build = std::mem::take(&mut repaired.build);
        Ok((Self::new((arguments, options.as_of), root, &repaired.sources, build), repaired))
    }

    fn new(
        (arguments, as_of): (&CatalogueArguments, Date),
        root: PathBuf,
        sources: &Sources,
        build: Build,
    ) -> Self {
        let tally = Tally::of(&build.diagnostics);
        // Only what a report can show is kept while pages are made.
        let shown = files_of(&build.diagnostics);
        let sources = sources.with_texts_of(|file, path| {
            path.starts_with("themes/") || path == SITE_FILE || shown.contains(&file)
        });
        Self { root, sources, build, tally, as_of, denies_warnings: arguments.deny == Some(Deny::Warnings) }
    }

    /// Makes every page once, where a template of the catalogue's own could keep one from being made.
    pub(super) fn try_pages(&mut self) {
        if self.build.own_theme.is_some() {
            let mistakes = self.build.site.try_all();
            self.add_mistakes(mistakes);
        }
    }

    /// Adds what was found when pages were made.
    pub(super) fn add_mistakes(&mut self, mistakes: Vec<Diagnostic>) {
        self.build.add_mistakes(mistakes);
        self.tally = Tally::of(&self.build.diagnostics);
    }

    /// Whether nothing may be published.
    pub(super) fn status(&self) -> Status {
        let is_faulty = self.tally.errors > 0 || self.is_stopped_by_warnings();
        if is_faulty { Status::Faulty } else { Status::Fine }
    }

    /// Whether warnings, and no errors, are what keeps the site from being published.
    pub(super) fn is_stopped_by_warnings(&self) -> bool {
        self.denies_warnings && self.tally.errors == 0 && self.tally.warnings > 0
    }

    /// The findings to show: all of them, or what a reader sees who wants to hear of nothing but errors.
    pub(super) fn findings(&self, is_quiet: bool) -> Vec<Leveled> {
        let least = match (is_quiet, self.denies_warnings) {
            (true, false) => Severity::Error,
            (true, true) => Severity::Warning,
            (false, _) => Severity::Waived,
        };
        self.build.diagnostics.iter().filter(|finding| finding.severity >= least).cloned().collect()
    }
}

fn read(root: &Path) -> Result<(Sources, Vec<Diagnostic>), Failure> {
    Sources::read(root, &Limits::default())
        .map_err(|error| Failure::new(format!("the catalogue in {} cannot be read: {error}", named(root))))
}

/// The folder of the catalogue that the arguments mean.
pub(super) fn root(arguments: &CatalogueArguments) -> Result<PathBuf, Failure> {
    root_at(arguments.root.as_deref())
}

/// The catalogue's folder, as asked for or around the current folder.
pub(super) fn root_at(asked: Option<&Path>) -> Result<PathBuf, Failure> {
    match asked {
        Some(folder) => chosen(folder),
        None => surrounding(),
    }
}

/// What a build now depends on besides the files.
pub(super) fn options(arguments: &CatalogueArguments) -> Result<BuildOptions, Failure> {
    Ok(BuildOptions {
        as_of: day(arguments.as_of)?,
        base_url: arguments.base_url.clone(),
        language: arguments.language.clone(),
    })
}

/// A path as it is named in a message: in backticks, from the current folder where it lies in it.
pub(super) fn named(path: &Path) -> String {
    let here = current_folder().ok();
    let short = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_path_buf));
    let short = short.as_deref().unwrap_or(path);
    if short.as_os_str().is_empty() || short == Path::new(".") {
        return "this folder".to_owned();
    }
    format!("`{}`", visible(&short.display().to_string(), 400))
}

/// A folder that was named as a catalogue.
pub(super) fn chosen(folder: &Path) -> Result<PathBuf, Failure> {
    if is_file(&folder.join("site.toml")) {
        return Ok(folder.to_path_buf());
    }
    if !is_folder(folder) {
        return Err(Failure::new(format!("there is no folder {}", named(folder))));
    }
    let failure = Failure::new(format!("{} is not a catalogue: it has no `site.toml`", named(folder)));
    Err(match sources::find_root(folder) {
        Some(root) => failure.help(format!("the catalogue around it is {}", named(&root))),
        None => failure.help("`--root` takes the folder that holds `site.toml` and `content/`"),
    })
}

fn surrounding() -> Result<PathBuf, Failure> {
    let here = current_folder()
        .map_err(|error| Failure::new(format!("the current folder is not known: {error}")))?;
    sources::find_root(&here).ok_or_else(|| {
        Failure::new("there is no catalogue here: neither this folder nor one above it has a `site.toml`")
            .help("go to a catalogue, name one with `--root DIR`, or write one with `certalog init DIR`")
    })
}

/// The day for questions of validity: as asked for, as the surrounding build says, or today.
#[expect(clippy::disallowed_methods, reason = "below the command layer the day is an input")]
fn day(asked: Option<Date>) -> Result<Date, Failure> {
    if let Some(day) = asked {
        return Ok(day);
    }
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) else {
        return Ok(Timestamp::now().to_zoned(TimeZone::UTC).date());
    };
    let timestamp =
        epoch.to_str().and_then(|text| text.parse().ok()).and_then(|s| Timestamp::from_second(s).ok());
    timestamp.map(|timestamp| timestamp.to_zoned(TimeZone::UTC).date()).ok_or_else(|| {
        let value = visible(&epoch.to_string_lossy(), 100);
        Failure::new(format!("the variable SOURCE_DATE_EPOCH is `{value}`, which is not a number of seconds"))
            .help("it holds the seconds since 1970-01-01 UTC, such as 1767225600; unset it or give `--as-of DATE`")
    })
}

#[expect(clippy::disallowed_methods, reason = "the command line is relative to the folder of the process")]
fn current_folder() -> std::io::Result<PathBuf> {
    std::env::current_dir()
}

#[expect(clippy::disallowed_methods, reason = "a wrong `--root` is explained before anything is read")]
fn is_file(path: &Path) -> bool {
    path.is_file()
}

#[expect(clippy::disallowed_methods, reason = "a wrong `--root` is explained before anything is read")]
fn is_folder(path: &Path) -> bool {
    path.is_dir()
}
