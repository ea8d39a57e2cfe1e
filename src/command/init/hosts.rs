//! `certalog init --ci`: workflows, owners, forms and a hook for a catalogue that is there.
//!
//! In comes a catalogue in its repository, out go the files of the code host that the repository does not have yet.
//! A file that is there stays as it is and is named.

use std::path::Path;

use super::super::catalogue::named;
use super::super::console::Console;
use super::super::{Failure, Status};
use crate::build::link_records;
use crate::catalogue::Catalogue;
use crate::cli::Ci;
use crate::publish::{NewFile, create, is_taken};
use crate::report::Counted;
use crate::sources::{Limits, Sources, surroundings};
use crate::starter::hosts::{Host, Place};

pub(super) fn run(folder: &Path, ci: Ci, console: &mut Console) -> Result<Status, Failure> {
    let host = match ci {
        Ci::Github => Host::GitHub,
        Ci::Gitlab => Host::GitLab,
    };
    let repository = surroundings::repository(folder).unwrap_or_else(|| folder.to_owned());
    let (sources, _) = Sources::read(folder, &Limits::default()).map_err(|error| {
        Failure::new(format!("the catalogue in {} cannot be read: {error}", named(folder)))
    })?;
    let catalogue = link_records(&sources);
    let place = Place { folder: &below(folder, &repository)?, owners: owners(&catalogue, &sources) };
    let (there, new): (Vec<NewFile>, Vec<NewFile>) =
        host.files(&place).into_iter().partition(|file| is_taken(&repository, file));
    create(&repository, &new)
        .map_err(|error| Failure::new(error.to_string()).help("nothing was written for the host"))?;
    if console.is_quiet() {
        return Ok(Status::Fine);
    }
    console.result(format_args!(
        "{}: {} for {}\n",
        named(&repository),
        Counted(new.len(), "file"),
        host.name()
    ))?;
    for file in &new {
        console.result(format_args!("  {}\n", file.path))?;
    }
    if !there.is_empty() {
        console.result("there already, left as they are:\n")?;
        for file in &there {
            console.result(format_args!("  {}\n", file.path))?;
        }
    }
    console.result("\nnext:\n")?;
    for step in host.steps() {
        console.result(format_args!("  {step}\n"))?;
    }
    Ok(Status::Fine)
}

/// The catalogue's folder as a path in its repository. Scripts name it, so only plain names will do.
fn below(folder: &Path, repository: &Path) -> Result<String, Failure> {
    let unclear = || {
        Failure::new(format!(
            "the way to {} in its repository has a name that workflows cannot hold",
            named(folder)
        ))
        .help("letters, digits, `-`, `_` and `.` will do")
    };
    let (Some(folder), Some(repository)) =
        (surroundings::canonical(folder), surroundings::canonical(repository))
    else {
        return Err(unclear());
    };
    let way = folder.strip_prefix(&repository).map_err(|_| unclear())?;
    let way = way.to_str().ok_or_else(unclear)?;
    let is_plain = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
            && !part.starts_with('-')
    };
    match way {
        "" => Ok(".".to_owned()),
        way if way.split('/').all(is_plain) => Ok(way.to_owned()),
        _ => Err(unclear()),
    }
}

/// Whose records lie where: of every organization, then of every framework.
fn owners<'c>(catalogue: &'c Catalogue, sources: &Sources) -> Vec<(&'c str, Vec<String>)> {
    let organizations = catalogue.organizations.iter().map(|organization| {
        let own = std::iter::once(sources.path(organization.file).to_owned());
        let certifications = organization.certifications.iter().map(|certification| {
            format!("content/certifications/{}/", catalogue.certification(*certification).id)
        });
        (organization.record.name.as_str(), own.chain(certifications).collect())
    });
    let frameworks = catalogue.frameworks.iter().map(|framework| {
        (framework.record.name.as_str(), vec![format!("content/frameworks/{}/", framework.id)])
    });
    organizations.chain(frameworks).collect()
}
