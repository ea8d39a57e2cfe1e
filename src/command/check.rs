//! `certalog check`: what is wrong in the catalogue.
//!
//! In comes a catalogue, out go its findings on the standard output, because they are what was asked for.
//! Nothing is written to the disk.

use super::catalogue::Catalogue;
use super::console::Console;
use super::progress::Progress;
use super::{Failure, Status};
use crate::cli::{CheckArguments, Format};
use crate::report::{Counted, Report, github, gitlab, human, json, junit, sarif, short};

pub(super) fn run(arguments: &CheckArguments, console: &mut Console) -> Result<Status, Failure> {
    let progress = Progress::start(console.is_quiet(), console.is_verbose());
    let mut catalogue = Catalogue::of(&arguments.catalogue, &progress)?;
    catalogue.try_pages();
    progress.finish();
    let findings = catalogue.findings(console.is_quiet());
    let report = Report { sources: &catalogue.sources, findings: &findings };
    console.result(match arguments.format {
        Format::Human => human::render(&report, console.result_paint()),
        Format::Short => short::render(&report),
        Format::Json => json::render(&report),
        Format::Sarif => sarif::render(&report),
        Format::Github => github::render(&report, None),
        Format::Gitlab => gitlab::render(&report),
        Format::Junit => junit::render(&report),
    })?;
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
