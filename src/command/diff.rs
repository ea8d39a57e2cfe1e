//! `certalog diff`: what a change means.
//!
//! In come two revisions or two folders, out goes the story of what differs between their catalogues on the standard output.
//! Nothing is written to the disk, nothing of a repository is run, and that there are differences is no failure.

use std::path::{Path, PathBuf};

use super::catalogue::{chosen, named, options, root};
use super::console::Console;
use super::progress::Progress;
use super::{Failure, Status};
use crate::build::{self, BuildOptions};
use crate::cli::{DiffArguments, DiffFormat};
use crate::diagnostic::Diagnostic;
use crate::diff::{self, Side};
use crate::report::meaning::{Sides, Story, json, markdown, terminal};
use crate::report::visible::visible;
use crate::sources::git::{Obstacle, Repository, Snapshot};
use crate::sources::{Limits, Sources};
use crate::stage::Watch;

impl From<Obstacle> for Failure {
    fn from(obstacle: Obstacle) -> Self {
        let failure = Self::new(visible(&obstacle.message, 500));
        match obstacle.help {
            Some(help) => failure.help(visible(&help, 500)),
            None => failure,
        }
    }
}

/// The files of one side, with what people call it.
struct Read {
    called: String,
    sources: Sources,
    found: Vec<Diagnostic>,
}

pub(super) fn run(arguments: &DiffArguments, console: &mut Console) -> Result<Status, Failure> {
    if arguments.catalogue.deny.is_some() {
        return Err(Failure::new("`diff` tells and does not judge, so there is nothing to deny")
            .help("`certalog check --deny warnings` ends with 1 where there is a warning"));
    }
    let progress = Progress::start(console.is_quiet(), console.is_verbose());
    let options = options(&arguments.catalogue)?;
    let (before, after) = read(arguments)?;
    let sides = Sides { before: before.called.clone(), after: after.called.clone() };
    let (before, after) = (side(before, &options, &progress), side(after, &options, &progress));
    let diff = diff::between(&before, &after);
    progress.finish();
    let story = || Story::of(&diff, sides.clone());
    console.result(match arguments.format {
        DiffFormat::Human => terminal::render(&story(), console.result_paint()),
        DiffFormat::Markdown => markdown::render(&story(), markdown::LIMIT),
        DiffFormat::Json => json::render(&diff, &sides),
    })?;
    Ok(Status::Fine)
}

fn side(read: Read, options: &BuildOptions, watch: &dyn Watch) -> Side {
    build::side(&read.sources, read.found, options, watch)
}

/// The two sides that the arguments mean.
fn read(arguments: &DiffArguments) -> Result<(Read, Read), Failure> {
    if let Some(from) = &arguments.from {
        let to = match &arguments.to {
            Some(to) => chosen(to)?,
            None => root(&arguments.catalogue)?,
        };
        return Ok((folder(&chosen(from)?)?, folder(&to)?));
    }
    let base = arguments.base.as_deref().unwrap_or_default();
    let (base, head) = match &arguments.head {
        Some(head) if base.contains("..") => {
            let message =
                format!("`{}` names both sides, and `{}` a third", visible(base, 100), visible(head, 100));
            return Err(Failure::new(message));
        }
        head => (base, head.as_deref()),
    };
    let (catalogue, repository) = repository(arguments)?;
    let commit = |snapshot: &Snapshot, name: &str| -> Result<Read, Failure> {
        let (sources, found) = repository.read(snapshot, &Limits::default())?;
        let called = if snapshot.id().starts_with(name) {
            snapshot.short()
        } else {
            format!("{name} ({})", snapshot.short())
        };
        Ok(Read { called, sources, found })
    };
    let newer = |name: Option<&str>| -> Result<Read, Failure> {
        match name.filter(|name| !name.is_empty()) {
            Some(name) => commit(&repository.find(name)?, name),
            None if repository.is_bare() => {
                Err(Failure::new("a bare repository has no folder to compare with")
                    .help("name the newer side too: `certalog diff BASE HEAD`"))
            }
            None => folder(&catalogue),
        }
    };
    if let Some((one, other)) = base.split_once("...") {
        let other = (!other.is_empty()).then_some(other);
        let base = repository.find_base(one, other.unwrap_or("HEAD"))?;
        return Ok((commit(&base, &format!("where {} left {one}", other.unwrap_or("HEAD")))?, newer(other)?));
    }
    if let Some((one, other)) = base.split_once("..").filter(|(one, _)| !one.contains(':')) {
        return Ok((commit(&repository.find(one)?, one)?, newer(Some(other))?));
    }
    Ok((commit(&repository.find(base)?, base)?, newer(head)?))
}

/// The catalogue's folder with the repository around it; a bare repository may be given in its place.
fn repository(arguments: &DiffArguments) -> Result<(PathBuf, Repository), Failure> {
    if let Some(folder) = &arguments.catalogue.root
        && let Ok(repository) = Repository::around(folder)
        && repository.is_bare()
    {
        return Ok((folder.clone(), repository));
    }
    let catalogue = root(&arguments.catalogue)?;
    let repository = Repository::around(&catalogue)?;
    Ok((catalogue, repository))
}

fn folder(root: &Path) -> Result<Read, Failure> {
    let (sources, found) = Sources::read(root, &Limits::default())
        .map_err(|error| Failure::new(format!("the catalogue in {} cannot be read: {error}", named(root))))?;
    Ok(Read { called: named(root).trim_matches('`').to_owned(), sources, found })
}
