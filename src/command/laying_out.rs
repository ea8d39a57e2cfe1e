//! `certalog fmt`: records laid out in one way.
//!
//! In come files of a catalogue, out go the same files laid out, or with `--check` what would change in them.
//! A record that cannot be read is named and left alone; nothing is written that says anything else than before.

use std::collections::BTreeSet;
use std::path::Path;

use similar::TextDiff;

use super::catalogue::{named, root_at};
use super::console::Console;
use super::{Failure, Status};
use crate::cli::FmtArguments;
use crate::layout::{Refusal, lay_out};
use crate::publish::{Rewrite, rewrite};
use crate::report::Counted;
use crate::report::visible::visible;
use crate::sources::{self, Limits, Sources};

pub(super) fn run(arguments: &FmtArguments, console: &mut Console) -> Result<Status, Failure> {
    let root = root_at(arguments.root.as_deref())?;
    let read = Sources::read(&root, &Limits::default());
    let (sources, _) = read.map_err(|error| {
        Failure::new(format!("the catalogue in {} cannot be read: {error}", named(&root)))
    })?;
    let wanted = wanted(&root, &sources, arguments)?;
    let (mut changed, mut unreadable): (Vec<(&str, &str, String)>, usize) = (Vec::new(), 0);
    for (file, source) in sources.iter() {
        if !wanted.contains(&source.path) || sources.is_unread(file) {
            continue;
        }
        let text = sources.text(file);
        match lay_out(&source.path, text) {
            None => {}
            Some(Ok(laid_out)) if laid_out == text => {}
            Some(Ok(laid_out)) => changed.push((&source.path, text, laid_out)),
            Some(Err(Refusal::Unreadable)) => {
                unreadable += 1;
                console.say(format_args!(
                    "{} cannot be read and was left alone; `certalog check` says why\n",
                    visible(&source.path, 400)
                ))?;
            }
            Some(Err(Refusal::Unfaithful)) => {
                return Err(Failure::new(format!(
                    "laid out, {} would say something else; nothing was written",
                    visible(&source.path, 400)
                ))
                .help("this is a mistake of certalog's: please report it with the file"));
            }
        }
    }
    if !arguments.check {
        let files: Vec<Rewrite<'_>> =
            changed.iter().map(|(path, before, after)| Rewrite { path, before, after }).collect();
        rewrite(&root, &files).map_err(|error| Failure::new(error.to_string()))?;
    }
    for (path, before, after) in &changed {
        if arguments.check {
            console.result(difference(path, before, after))?;
        } else if !console.is_quiet() {
            console.result(format_args!("{}\n", visible(path, 400)))?;
        }
    }
    if !console.is_quiet() {
        let how = if arguments.check { "would change" } else { "laid out" };
        console.say(format_args!("{} {how}\n", Counted(changed.len(), "record")))?;
    }
    let is_fine = unreadable == 0 && (changed.is_empty() || !arguments.check);
    Ok(if is_fine { Status::Fine } else { Status::Faulty })
}

/// The paths of the files that are meant.
fn wanted(root: &Path, sources: &Sources, arguments: &FmtArguments) -> Result<BTreeSet<String>, Failure> {
    let all = || sources.iter().map(|(_, source)| source.path.as_str());
    if arguments.paths.is_empty() {
        return Ok(all().map(str::to_owned).collect());
    }
    let mut wanted = BTreeSet::new();
    for path in &arguments.paths {
        let Some(below) = sources::below(root, path) else {
            return Err(Failure::new(format!(
                "there is no {} in the catalogue {}",
                named(path),
                named(root)
            )));
        };
        let is_meant = |file: &&str| {
            below.is_empty()
                || *file == below
                || file.strip_prefix(&below).is_some_and(|rest| rest.starts_with('/'))
        };
        let before = wanted.len();
        wanted.extend(all().filter(is_meant).map(str::to_owned));
        if wanted.len() == before {
            return Err(Failure::new(format!("{} holds no record of the catalogue", named(path))));
        }
    }
    Ok(wanted)
}

/// What would change in a record, as a patch.
fn difference(path: &str, before: &str, after: &str) -> String {
    let difference = TextDiff::from_lines(before, after);
    let name = visible(path, 400);
    let patch = difference.unified_diff().context_radius(3).header(&name, &name).to_string();
    let lines = patch.lines().map(|line| visible(line, 2000));
    lines.fold(String::new(), |text, line| text + &line + "\n")
}
