//! `certalog init`: a small catalogue to start from, and what a code host needs to look after it.
//!
//! In comes a new or empty folder, out goes a catalogue that builds and explains itself.
//! Nothing is ever overwritten: a folder that holds anything but a fresh git repository is refused.

mod hosts;

use std::io;
use std::path::Path;

use super::catalogue::named;
use super::console::Console;
use super::{Failure, Status};
use crate::cli::InitArguments;
use crate::publish::{CreateError, NewFile, create};
use crate::report::Counted;
use crate::report::visible::visible;
use crate::sources::SITE_FILE;
use crate::starter;

/// How many entries of a folder in use are named.
const NAMED: usize = 5;

pub(super) fn run(arguments: &InitArguments, console: &mut Console) -> Result<Status, Failure> {
    let folder = &arguments.folder;
    let entries = entries(folder).map_err(|error| cannot(folder, &error))?;
    if let Some(ci) = arguments.ci
        && entries.iter().any(|name| name == SITE_FILE)
    {
        return hosts::run(folder, ci, console);
    }
    if !entries.is_empty() {
        return Err(in_use(folder, &entries));
    }
    let files = || starter::FILES.iter().chain([&starter::GITIGNORE]);
    let new: Vec<NewFile> = files().map(|(path, text)| NewFile::new(*path, *text)).collect();
    create(folder, &new).map_err(|error| match error {
        CreateError::Disk { path, source } => cannot(&path, &source),
        other => Failure::new(other.to_string()),
    })?;
    if !console.is_quiet() {
        console.result(format_args!(
            "{}: a catalogue of {}\n\n",
            named(folder),
            Counted(files().count(), "file")
        ))?;
        console.result("next:\n")?;
        if folder != Path::new(".") {
            console.result(format_args!("  cd {}\n", shell_word(folder)))?;
        }
        console.result("  certalog serve --open\n\n")?;
        console.result("that shows the site in the browser and follows every change; README.md says what to change first\n")?;
    }
    if let Some(ci) = arguments.ci {
        console.result("\n")?;
        return hosts::run(folder, ci, console);
    }
    Ok(Status::Fine)
}

/// What is in the way, sorted; nothing where the folder is not there yet.
#[expect(clippy::disallowed_methods, reason = "whether a folder is free is asked before it is used")]
fn entries(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        if name != ".git" {
            names.push(visible(&name.to_string_lossy(), 100));
        }
    }
    names.sort();
    Ok(names)
}

fn in_use(folder: &Path, entries: &[String]) -> Failure {
    let mut names: Vec<_> = entries.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    if entries.len() > NAMED {
        names.push(format!("{} more", entries.len() - NAMED));
    }
    let last = names.pop().unwrap_or_default();
    let list = if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) };
    Failure::new(format!("{} is not empty: it holds {list}", named(folder)))
        .help("nothing was written; name a folder that is empty or does not exist yet")
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::new(match error.kind() {
        io::ErrorKind::NotADirectory => {
            format!("{} is a file, or lies in one; a folder is needed", named(path))
        }
        _ => format!("{} cannot be written: {error}", named(path)),
    })
}

/// The path as one word for a shell.
fn shell_word(path: &Path) -> String {
    let word = visible(&path.display().to_string(), 400);
    let is_plain = |character: char| character.is_alphanumeric() || "-_./+:@%\\".contains(character);
    if word.chars().all(is_plain) { word } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
