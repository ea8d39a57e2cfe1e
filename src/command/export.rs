//! `certalog export`: certifications as files for the programs of other fields.
//!
//! In come a catalogue without errors and a format, out go the files in a folder, and what is in none of them.
//! Other files of the folder stay as they are; one of the same name is replaced.

use std::path::PathBuf;

use super::catalogue::{Catalogue, named};
use super::console::Console;
use super::written::write_all;
use super::{Failure, Status};
use crate::build::link_records;
use crate::catalogue::{Catalogue as Linked, CertificationIx};
use crate::cli::{ExportArguments, ExportFormat};
use crate::interchange::{documents, layers};
use crate::model::config::parse_base_url;
use crate::near;
use crate::report::Counted;
use crate::report::visible::visible;
use crate::stage::Unwatched;

pub(super) fn run(arguments: &ExportArguments, console: &mut Console) -> Result<Status, Failure> {
    let (settings, folder) = match &arguments.format {
        ExportFormat::Oscal(settings) => (&**settings, "oscal"),
        ExportFormat::Navigator(navigator) => (&navigator.settings, "navigator"),
    };
    let mut linked = None;
    let catalogue = Catalogue::looked_at(&settings.catalogue, &Unwatched, |_, sources, _| {
        linked = Some(link_records(sources));
        Ok(())
    })?;
    if catalogue.status() == Status::Faulty {
        console.say(
            "error: the catalogue has errors, and nothing was written\n  help: `certalog check` tells them\n",
        )?;
        return Ok(Status::Faulty);
    }
    let mut linked = linked.expect("a catalogue that was built was looked at");
    if let Some(url) = settings.catalogue.base_url.as_deref().and_then(parse_base_url) {
        linked.config.base_url = url;
    }
    let chosen = chosen(&linked, &settings.certifications)?;
    let exported = match &arguments.format {
        ExportFormat::Oscal(_) => documents(&linked, &chosen, catalogue.as_of),
        ExportFormat::Navigator(navigator) => layers(&linked, &chosen, &navigator.domain),
    };
    let folder = settings.out.clone().unwrap_or_else(|| PathBuf::from(folder));
    write_all(&folder, &exported.files)?;
    if !console.is_quiet() {
        let files = Counted(exported.files.len(), "file");
        console.result(format_args!("{}: {files}\n", named(&folder)))?;
        for sentence in &exported.left_out {
            console.say(format_args!("left out: {}\n", visible(sentence, 400)))?;
        }
    }
    Ok(Status::Fine)
}

/// The certifications with these ids; all of them where none is named.
fn chosen(catalogue: &Linked, ids: &[String]) -> Result<Vec<CertificationIx>, Failure> {
    let all = || catalogue.certifications.iter().map(|one| one.id.as_str());
    if ids.is_empty() {
        return Ok((0..catalogue.certifications.len()).map(Into::into).collect());
    }
    let chosen = ids.iter().map(|id| {
        all().position(|known| known == id).map(Into::into).ok_or_else(|| {
            let failure = Failure::new(format!("no certification has the id `{}`", visible(id, 100)));
            let elsewhere = || "the id is the name of its folder in `content/certifications/`".to_owned();
            failure.help(near::suggestion(id, all()).unwrap_or_else(elsewhere))
        })
    });
    chosen.collect()
}
