//! `certalog build`: checks the catalogue and publishes the site.
//!
//! In comes a catalogue, out go its findings, the site in its folder, and one line that says what changed.
//! Where there are errors nothing is published, and the folder keeps the site it had.

use std::fmt;
use std::path::Path;
use std::time::{Duration, Instant};

use super::catalogue::{Catalogue, named};
use super::console::Console;
use super::progress::Progress;
use super::{Failure, Status, differences};
use crate::build::{BuildOptions, Counts};
use crate::bundle::bundled;
use crate::cli::{BuildArguments, SiteHost};
use crate::host::{self, Host, Prepared};
use crate::model::date::Day;
use crate::provenance::{Commit, Origin, digest_of_sources};
use crate::publish::{Archived, PublishError, Published, archive, keep_beside, publish_watched};
use crate::report::visible::visible;
use crate::report::{Counted, Report, human};
use crate::site_path::check_name;
use crate::sources::git::{Obstacle, Repository};
use crate::sources::surroundings::{self, folder_in_repository};
use crate::sources::{Limits, Sources};

pub(super) fn run(arguments: &BuildArguments, console: &mut Console) -> Result<Status, Failure> {
    let started = Instant::now();
    let progress = Progress::start(console.is_quiet(), console.is_verbose());
    let mut origin = None;
    let mut catalogue = Catalogue::looked_at(&arguments.catalogue, &progress, |root, sources, options| {
        if arguments.provenance {
            origin = Some(origin_of(root, sources, options)?);
        }
        Ok(())
    })?;
    let out = arguments.bundle.as_ref().or(arguments.out.as_ref()).cloned();
    let out = out.unwrap_or_else(|| catalogue.root.join("public"));
    let host = arguments.host.map(host_of);
    let mut prepared = None;
    let published = match catalogue.status() {
        Status::Faulty => None,
        Status::Fine => {
            prepared = host.map(|host| host::prepare(&catalogue.build, host));
            let site = prepared.as_ref().map_or(&catalogue.build.site, |prepared| &prepared.site);
            let outcome = match &arguments.bundle {
                Some(place) => {
                    let made = archive(&bundled(site), (place, &top(place)), &catalogue.root, &progress);
                    made.map(Outcome::Archive)
                }
                None => publish_watched(site, &out, &catalogue.root, origin.as_ref(), &progress)
                    .map(Outcome::Folder),
            };
            match outcome {
                // Some mistakes of templates show when a page is made; nothing was published then.
                Err(PublishError::Mistakes(mistakes)) => {
                    catalogue.add_mistakes(mistakes);
                    None
                }
                published => Some(published),
            }
        }
    };
    progress.finish();
    let timings = progress.timings();
    let findings = catalogue.findings(console.is_quiet());
    let report = Report { sources: &catalogue.sources, findings: &findings };
    console.say(human::render(&report, console.say_paint()))?;
    let Some(published) = published else {
        console.say(NothingPublished {
            catalogue: &catalogue,
            out: &out,
            is_file: arguments.bundle.is_some(),
        })?;
        return Ok(Status::Faulty);
    };
    let outcome = published?;
    if let Some(prepared) = &prepared {
        settings(prepared, (&out, &catalogue.root), console)?;
    }
    if arguments.timings {
        console.say(timings)?;
    }
    if !console.is_quiet() {
        let (counts, warnings) = (catalogue.build.counts, catalogue.tally.warnings);
        let (as_of, elapsed) = (catalogue.as_of, started.elapsed());
        console.result(Summary { out: &out, outcome, counts, as_of, warnings, elapsed })?;
    }
    Ok(Status::Fine)
}

fn host_of(asked: SiteHost) -> Host {
    match asked {
        SiteHost::GitHub => Host::GitHub,
        SiteHost::GitLab => Host::GitLab,
        SiteHost::Netlify => Host::Netlify,
        SiteHost::Cloudflare => Host::Cloudflare,
        SiteHost::S3 => Host::S3,
        SiteHost::Nginx => Host::Nginx,
    }
}

/// Says what the host may refuse, and puts its settings beside the site.
fn settings(prepared: &Prepared, (out, root): (&Path, &Path), console: &mut Console) -> Result<(), Failure> {
    if !console.is_quiet() {
        for warning in prepared.warnings() {
            console.say(format_args!("warning: {}\n", visible(&warning, 400)))?;
        }
    }
    if let Some((name, text)) = &prepared.settings {
        let place = keep_beside(out, root, name, text)?;
        if !console.is_quiet() {
            console.say(format_args!(
                "the settings for {} are in {}\n",
                prepared.host.name(),
                named(&place)
            ))?;
        }
    }
    Ok(())
}

/// What the site is made of: its sources, and the commit that they are of where the catalogue lies in a repository.
fn origin_of(root: &Path, sources: &Sources, options: &BuildOptions) -> Result<Origin, Failure> {
    let commit = match surroundings::repository(root) {
        Some(_) => Some(commit(root, sources)?),
        None => None,
    };
    Ok(Origin {
        sources: digest_of_sources(sources),
        commit,
        as_of: options.as_of,
        base_url: options.base_url.clone(),
        language: options.language.clone(),
    })
}

fn commit(root: &Path, sources: &Sources) -> Result<Commit, Failure> {
    const HEAD: &str = "HEAD";
    let read = || -> Result<Commit, Obstacle> {
        let repository = Repository::around(root)?;
        let id = repository.find(HEAD)?.id();
        let changed = repository.changed_since(HEAD, sources, &Limits::default())?;
        Ok(Commit { id, folder: folder_in_repository(root), changed })
    };
    read().map_err(|obstacle| {
        let failure = Failure::new(format!("the commit for `--provenance` is not known: {obstacle}"));
        failure.help(
            obstacle.help.unwrap_or_else(|| "commit the catalogue first, or build without it".to_owned()),
        )
    })
}

struct NothingPublished<'a> {
    catalogue: &'a Catalogue,
    out: &'a Path,
    /// Whether it would have been one file.
    is_file: bool,
}

impl fmt::Display for NothingPublished<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing was published")?;
        if self.catalogue.is_stopped_by_warnings() {
            f.write_str(", because of `--deny warnings`")?;
        }
        if is_there(self.out) && self.is_file {
            write!(f, "; {} stays as it was", named(self.out))?;
        } else if is_there(self.out) {
            write!(f, "; the site in `{}` stays as it was", folder(self.out))?;
        }
        f.write_str("\n")
    }
}

/// What was written.
#[derive(Clone, Copy)]
enum Outcome {
    Folder(Published),
    Archive(Archived),
}

/// The last line of a build.
struct Summary<'a> {
    out: &'a Path,
    outcome: Outcome,
    counts: Counts,
    /// The day is an input like a file, so it is said with the rest.
    as_of: Day,
    warnings: usize,
    elapsed: Duration,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pages = Counted(self.counts.pages, "page");
        match self.outcome {
            Outcome::Folder(Published { added, changed, removed, unchanged, .. }) => {
                let files = Counted(added + changed + unchanged, "file");
                write!(f, "{}: {pages} in {files} (", folder(self.out))?;
                let parts = differences(added, changed, removed, unchanged);
                write!(f, "{parts}) from ")?;
            }
            Outcome::Archive(Archived { files, bytes }) => {
                let name = named(self.out);
                let kilobytes = bytes.div_ceil(1000);
                write!(f, "{}: {files} files in one of {kilobytes} KB from ", name.trim_matches('`'))?;
            }
        }
        let (certifications, elements) = (self.counts.certifications, self.counts.elements);
        write!(f, "{}, {}", Counted(certifications, "certification"), Counted(elements, "element"))?;
        write!(f, ", as of {}", self.as_of)?;
        if self.warnings > 0 {
            write!(f, ", {}", Counted(self.warnings, "warning"))?;
        }
        match self.elapsed.as_millis() {
            milliseconds @ ..10_000 => writeln!(f, " in {milliseconds} ms"),
            _ => writeln!(f, " in {:.1} s", self.elapsed.as_secs_f64()),
        }
    }
}

/// The folder in a bundle: named as the bundle, where every system can store that name.
fn top(place: &Path) -> String {
    let stem = place.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if check_name(stem).is_ok() { stem.to_owned() } else { "site".to_owned() }
}

/// The output folder as people write it: `public/`.
fn folder(out: &Path) -> String {
    let named = named(out);
    format!("{}/", named.trim_matches('`').trim_end_matches('/'))
}

#[expect(clippy::disallowed_methods, reason = "only asks whether there is an old site to speak of")]
fn is_there(out: &Path) -> bool {
    out.exists()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Swap;

    #[test]
    fn the_summary_says_what_changed() {
        let as_of = Day::constant(2026, 1, 1);
        let published =
            Published { added: 4, changed: 2, removed: 0, unchanged: 130, edited: 0, swap: Swap::Exchanged };
        let counts = Counts { elements: 109, certifications: 3, pages: 123, ..Counts::default() };
        let elapsed = Duration::from_millis(41);
        let summary = Summary {
            out: Path::new("public"),
            outcome: Outcome::Folder(published),
            counts,
            as_of,
            warnings: 2,
            elapsed,
        };
        assert_eq!(
            summary.to_string(),
            "public/: 123 pages in 136 files (4 new, 2 changed, 130 unchanged) from 3 certifications, 109 elements, \
             as of 2026-01-01, 2 warnings in 41 ms\n"
        );
        let published =
            Published { added: 1, changed: 0, removed: 0, unchanged: 0, edited: 0, swap: Swap::MovedIn };
        let counts = Counts { elements: 1, certifications: 1, pages: 1, ..Counts::default() };
        let elapsed = Duration::from_millis(12_345);
        let summary = Summary {
            out: Path::new("/srv/site"),
            outcome: Outcome::Folder(published),
            counts,
            as_of,
            warnings: 0,
            elapsed,
        };
        assert_eq!(
            summary.to_string(),
            "/srv/site/: 1 page in 1 file (1 new) from 1 certification, 1 element, as of 2026-01-01 in 12.3 s\n"
        );
    }
}
