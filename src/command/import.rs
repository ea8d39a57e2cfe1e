//! `certalog import`: tables of other programs become records of the catalogue.
//!
//! In come a table and a catalogue, out go new records, what of the table is not in them, and what is to be mended.
//! Nothing that exists is changed; where one of the new files cannot be written, none is.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::catalogue::{self, named};
use super::console::Console;
use super::{Failure, Status};
use crate::build::{build, link_records};
use crate::catalogue::Catalogue;
use crate::cli::{CatalogueArguments, ImportArguments, ImportFormat, ImportSettings, ImportTable};
use crate::diagnostic::{Leveled, Severity};
use crate::import::{
    ElementsOptions, Format, Imported, Loss, Report as Said, ResultsOptions, Table, Unusable, Vocabulary,
    elements, read, results,
};
use crate::publish::{NewFile, create};
use crate::report::visible::visible;
use crate::report::{Counted, Report, human};
use crate::sources::{Content, Limits, Source, Sources, read_named};

/// The largest table that is read.
const LARGEST: u64 = 256 << 20;

/// So many bytes of a row are shown.
const SHOWN: usize = 240;

pub(super) fn run(arguments: &ImportArguments, console: &mut Console) -> Result<Status, Failure> {
    let (format, table) = match &arguments.format {
        ImportFormat::Csv(csv) => (Format::Csv(csv.delimiter), &csv.table),
        ImportFormat::Json(json) => (Format::Json, &json.table),
    };
    let settings = match table {
        ImportTable::Results(results) => &results.settings,
        ImportTable::Elements(elements) => &elements.settings,
    };
    let of = CatalogueArguments {
        root: settings.root.clone(),
        as_of: None,
        base_url: None,
        language: None,
        deny: None,
    };
    let (root, options) = (catalogue::root(&of)?, catalogue::options(&of)?);
    let (sources, _) = Sources::read(&root, &Limits::default()).map_err(|error| {
        Failure::new(format!("the catalogue in {} cannot be read: {error}", named(&root)))
    })?;
    let catalogue = link_records(&sources);
    let imported = imported(table, format, (&catalogue, &sources), settings).map_err(unusable)?;
    check_sizes(&imported.files)?;

    let together = sources.iter().map(|(_, source)| source.clone()).chain(imported.files.iter().map(source));
    let together = Sources::from_files(together);
    let build = build(&together, Vec::new(), &options);
    let is_new = |path: &str| imported.files.iter().any(|file| file.path == path);
    let findings: Vec<Leveled> = build
        .diagnostics
        .into_iter()
        .filter(|finding| is_new(together.path(finding.diagnostic.place.file)))
        .collect();
    if !settings.dry_run && !imported.files.is_empty() {
        create(&root, &imported.files).map_err(|error| {
            Failure::new(error.to_string())
                .help("nothing was written; move it away, or import under another name")
        })?;
    }
    console.result(Outcome { imported: &imported, is_dry: settings.dry_run })?;
    let report = Report { sources: &together, findings: &findings };
    console.result(human::render(&report, console.result_paint()))?;
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    let is_whole = !has_errors && !imported.report.has_losses() && imported.report.written > 0;
    Ok(if is_whole { Status::Fine } else { Status::Faulty })
}

fn imported(
    table: &ImportTable,
    format: Format,
    (catalogue, sources): (&Catalogue, &Sources),
    settings: &ImportSettings,
) -> Result<Imported, Unusable> {
    let noun = catalogue
        .frameworks
        .iter()
        .find(|framework| settings.framework.as_ref().is_none_or(|wanted| *wanted == framework.id));
    let noun = noun.map(|framework| framework.record.noun.one.as_str());
    let vocabulary = Vocabulary::new(noun, &settings.columns);
    match table {
        ImportTable::Results(arguments) => {
            let table = table_of(&arguments.file, format, &vocabulary)?;
            let options = ResultsOptions {
                certification: arguments.certification.clone(),
                organization: arguments.organization.clone(),
                product: arguments.product.clone(),
                version: arguments.version.clone(),
                framework: settings.framework.clone(),
                release: arguments.release.clone(),
                scale: arguments.scale.clone(),
                completed: arguments.completed.clone(),
                decimals: arguments.decimal,
                words: arguments.words.clone(),
            };
            results(&table, &vocabulary, catalogue, &options)
        }
        ImportTable::Elements(arguments) => {
            let tables = arguments.files.iter().map(|file| {
                let (release, path) = match file.split_once('=') {
                    Some((release, path)) => (Some(release.to_owned()), path),
                    None => (None, file.as_str()),
                };
                Ok((release, table_of(Path::new(path), format, &vocabulary)?))
            });
            let tables = tables.collect::<Result<Vec<_>, Unusable>>()?;
            let taken = sources.iter().map(|(_, source)| source.path.clone()).collect();
            let options = ElementsOptions { framework: settings.framework.clone(), taken };
            elements(&tables, &vocabulary, catalogue, &options)
        }
    }
}

fn table_of(path: &Path, format: Format, vocabulary: &Vocabulary) -> Result<Table, Unusable> {
    let shown = visible(&path.display().to_string(), 400);
    let unreadable = |message: String| Unusable { message, help: None };
    let bytes = read_named(path, LARGEST)
        .map_err(|error| unreadable(format!("`{shown}` cannot be read: {error}")))?;
    let bytes = bytes.ok_or_else(|| unreadable(format!("`{shown}` has more than {} MiB", LARGEST >> 20)))?;
    read(&shown, &bytes, format, vocabulary)
}

fn unusable(unusable: Unusable) -> Failure {
    let failure = Failure::new(visible(&unusable.message, 2000));
    match unusable.help {
        Some(help) => failure.help(visible(&help, 2000)),
        None => failure,
    }
}

/// Refuses records that no build would read.
fn check_sizes(files: &[NewFile]) -> Result<(), Failure> {
    let limits = Limits::default();
    let large = files.iter().find(|file| file.text.len() as u64 > limits.most_bytes(&file.path));
    large.map_or(Ok(()), |file| {
        Err(Failure::new(format!(
            "`{}` would have {} bytes, and a record may have {}",
            file.path,
            file.text.len(),
            limits.most_bytes(&file.path)
        ))
        .help("nothing was written; a certification of so many rows is several, one for each product or release"))
    })
}

fn source(file: &NewFile) -> Source {
    Source { path: file.path.clone(), content: Content::Text(Arc::from(file.text.as_str())) }
}

/// What became of the table.
struct Outcome<'a> {
    imported: &'a Imported,
    is_dry: bool,
}

impl fmt::Display for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Imported { files, report } = self.imported;
        for file in files {
            let would = if self.is_dry { "would be written: " } else { "" };
            writeln!(f, "{would}{}", file.path)?;
        }
        let (rows, lost) = (Counted(report.rows, "row"), report.lost.len());
        writeln!(f, "{rows}: {} in records, {lost} not", report.written)?;
        let before = if report.counts_rows { ", row " } else { ":" };
        section(f, "not in a record:", before, &report.lost)?;
        section(f, "in a record, but not all of it:", before, &report.partly)?;
        section(f, "to be judged by a person:", before, &report.doubts)?;
        columns(f, report)?;
        f.write_str("\n")
    }
}

/// Losses with their lines; rows in a row with the same words and reason are told once.
fn section(f: &mut fmt::Formatter<'_>, title: &str, before: &str, losses: &[Loss]) -> fmt::Result {
    if losses.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{title}")?;
    for group in losses.chunk_by(|a, b| (&a.file, &a.words, &a.why) == (&b.file, &b.words, &b.why)) {
        let loss = &group[0];
        let lines: Vec<String> = group.iter().map(|loss| loss.line.to_string()).collect();
        write!(f, "  {}{before}{}: ", loss.file, lines.join(","))?;
        if !loss.words.is_empty() {
            write!(f, "`{}`: ", visible(&loss.words, SHOWN))?;
        }
        writeln!(f, "{}", visible(&loss.why, 2 * SHOWN))?;
    }
    Ok(())
}

fn columns(f: &mut fmt::Formatter<'_>, report: &Said) -> fmt::Result {
    if report.left_out.is_empty() {
        return Ok(());
    }
    writeln!(f, "\ncolumns that are in no record:")?;
    for column in &report.left_out {
        let (heading, cells) = (visible(&column.heading, SHOWN), Counted(column.cells, "cell"));
        writeln!(f, "  {}: `{heading}` ({cells}): {}", column.file, column.why)?;
    }
    Ok(())
}
