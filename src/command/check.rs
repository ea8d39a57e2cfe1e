//! `certalog check`: what is wrong in the catalogue.
//!
//! In comes a catalogue, out go its findings on the standard output, because they are what was asked for.
//! Nothing is written to the disk, unless repairs were asked for.

use std::collections::BTreeSet;

use super::catalogue::Catalogue;
use super::console::Console;
use super::progress::Progress;
use super::{Failure, Status, repair};
use crate::cli::{CheckArguments, Format};
use crate::report::visible::visible;
use crate::report::{Counted, Report, github, gitlab, human, json, junit, sarif, short};
use crate::sources::Limits;
use crate::sources::git::{Obstacle, Repository};
use crate::sources::surroundings::folder_in_repository;

pub(super) fn run(arguments: &CheckArguments, console: &mut Console) -> Result<Status, Failure> {
    if arguments.dry_run {
        return repair::show(arguments, console);
    }
    let progress = Progress::start(console.is_quiet(), console.is_verbose());
    let mut catalogue = if arguments.fix {
        repair::apply(arguments, console)?
    } else {
        Catalogue::of(&arguments.catalogue, &progress)?
    };
    catalogue.try_pages();
    progress.finish();
    let findings = catalogue.findings(console.is_quiet());
    let changed = changed(arguments, &catalogue)?;
    let folder = folder_in_repository(&catalogue.root);
    let report = Report { sources: &catalogue.sources, findings: &findings };
    console.result(match arguments.format {
        Format::Human => human::render(&report, console.result_paint()),
        Format::Short => short::render(&report),
        Format::Json => json::render(&report),
        Format::Sarif => sarif::render(&report, &folder),
        Format::Github => github::render(&report, &folder, changed.as_ref()),
        Format::Gitlab => gitlab::render(&report, &folder),
        Format::Junit => junit::render(&report),
    })?;
    let proposed = findings.iter().filter(|finding| finding.diagnostic.fix.is_some()).count();
    if arguments.fix && proposed > 0 && !console.is_quiet() {
        let findings = Counted(proposed, "finding");
        console.say(format_args!("{findings} left with a proposal that only a person can decide on\n"))?;
    }
    if catalogue.is_stopped_by_warnings() {
        console.say("warnings count as errors because of `--deny warnings`\n")?;
    }
    if findings.is_empty() && !console.is_quiet() {
        let counts = &catalogue.build.counts;
        console.say(format_args!(
            "no findings in {}, {} and {}\n",
            Counted(counts.certifications, "certification"),
            Counted(counts.elements, "element"),
            Counted(counts.organizations, "organization"),
        ))?;
    }
    Ok(catalogue.status())
}

/// The files that differ from what a revision has. Of files without findings, nothing is known any more, and nothing is asked.
fn changed(arguments: &CheckArguments, catalogue: &Catalogue) -> Result<Option<BTreeSet<String>>, Failure> {
    let Some(revision) = &arguments.changed_since else { return Ok(None) };
    if arguments.format != Format::Github {
        return Err(Failure::new("`--changed-since` says which annotations of a GitHub workflow come first")
            .help("give `--format github` with it; other formats show everything"));
    }
    let repository = Repository::around(&catalogue.root).map_err(|found| {
        Failure::new(visible(&found.message, 400))
            .help("without `--changed-since`, findings come in the order of files")
    })?;
    let changed = repository.changed_since(revision, &catalogue.sources, &Limits::default());
    Ok(Some(changed.map_err(obstacle)?.into_iter().collect()))
}

fn obstacle(obstacle: Obstacle) -> Failure {
    let failure = Failure::new(visible(&obstacle.message, 400));
    match obstacle.help {
        Some(help) => failure.help(visible(&help, 400)),
        None => failure,
    }
}
