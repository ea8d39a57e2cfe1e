//! `certalog check --fix`: repairs records where no fact changes by it.
//!
//! In comes a catalogue, out goes what was mended, and the catalogue as it is then; with `--dry-run` the diff instead.
//! Nothing that a person has to decide is written, and no file that has changed since it was read.

use std::fmt::Write as _;

use super::catalogue::Catalogue;
use super::console::Console;
use super::{Failure, Status};
use crate::cli::CheckArguments;
use crate::publish::{Rewrite, rewrite};
use crate::repair::{Mended, Repaired};
use crate::report::visible::visible;
use crate::report::{Counted, patch};

/// Shows what would be repaired.
pub(super) fn show(arguments: &CheckArguments, console: &mut Console) -> Result<Status, Failure> {
    let (mut catalogue, repaired) = Catalogue::repaired(&arguments.catalogue)?;
    catalogue.try_pages();
    for (path, (before, after)) in &repaired.files {
        console.result(patch::render(path, before, after))?;
    }
    if !console.is_quiet() {
        let verb = if repaired.mended.is_empty() { "nothing to repair" } else { "nothing was written" };
        console.say(format_args!("{verb}{}\n", counted(&repaired, ": ")))?;
    }
    Ok(catalogue.status())
}

/// Repairs, and gives the catalogue back as it is now.
pub(super) fn apply(arguments: &CheckArguments, console: &mut Console) -> Result<Catalogue, Failure> {
    let (catalogue, repaired) = Catalogue::repaired(&arguments.catalogue)?;
    let files: Vec<_> =
        repaired.files.iter().map(|(path, (before, after))| Rewrite { path, before, after }).collect();
    rewrite(&catalogue.root, &files).map_err(|error| {
        Failure::new(error.to_string()).help("run it again; what was repaired already stays")
    })?;
    if !console.is_quiet() && !files.is_empty() {
        let mut text: String = repaired.mended.iter().map(line).collect();
        writeln!(text, "repaired{}\n", counted(&repaired, " ")).expect("a string takes any text");
        console.say(text)?;
    }
    Ok(catalogue)
}

fn line(mended: &Mended) -> String {
    let Mended { path, at, diagnostic } = mended;
    let message = visible(&diagnostic.message, 400);
    format!(
        "{}:{}:{}: repaired[{}]: {message}\n",
        visible(path, 400),
        at.line,
        at.column,
        diagnostic.code.name()
    )
}

fn counted(repaired: &Repaired, before: &str) -> String {
    let (places, files) = (repaired.mended.len(), repaired.files.len());
    if places == 0 {
        return String::new();
    }
    format!("{before}{} in {}", Counted(places, "place"), Counted(files, "file"))
}
