//! `certalog schema`: what records may say, for editors.
//!
//! In comes the name of a kind of record or a folder, out goes the schema, or all of them in the folder with the settings of Taplo.
//! Schemas are made from the definitions of this very program; none is fetched, and settings that are there already stay.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::catalogue::named;
use super::console::Console;
use super::written::write_all;
use super::{Failure, Status};
use crate::cli::SchemaArguments;
use crate::near;
use crate::publish::{CreateError, NewFile, create};
use crate::report::Counted;
use crate::report::visible::visible;
use crate::schema::{RecordKind, kinds, reference, taplo};
use crate::sources;

/// The settings of Taplo, where it looks for them.
const TAPLO: &str = "taplo.toml";

pub(super) fn run(arguments: &SchemaArguments, console: &mut Console) -> Result<Status, Failure> {
    if arguments.reference {
        console.result(reference())?;
        return Ok(Status::Fine);
    }
    let wanted = match &arguments.kind {
        Some(name) => Some(kind(name)?),
        None => None,
    };
    match (&arguments.out, wanted) {
        (Some(folder), wanted) => {
            let wanted = wanted.map_or_else(kinds, |kind| vec![kind]);
            write(folder, &wanted, console)?;
        }
        (None, Some(kind)) => console.result(kind.text())?,
        (None, None) => console.result(table())?,
    }
    Ok(Status::Fine)
}

fn kind(name: &str) -> Result<RecordKind, Failure> {
    let name = name.trim_end_matches(".json");
    RecordKind::named(name).ok_or_else(|| {
        let failure = Failure::new(format!("no kind of record is called `{}`", visible(name, 100)));
        let all = kinds();
        failure.help(match near::nearest(name, all.iter().map(|kind| kind.name)) {
            Some(near) => format!("did you mean `{near}`? `certalog schema` lists all of them"),
            None => "`certalog schema` lists all of them".to_owned(),
        })
    })
}

fn table() -> String {
    let kinds = kinds();
    let width = kinds.iter().map(|kind| kind.name.len()).max().unwrap_or(0);
    let mut table = String::new();
    for kind in &kinds {
        writeln!(table, "{:width$}  {}", kind.name, kind.files.join(" ")).expect("a string takes any text");
    }
    table.push_str("\n`certalog schema KIND` writes the schema of one, `certalog schema --out schemas` all of them into a folder\n");
    table
}

fn write(folder: &Path, kinds: &[RecordKind], console: &mut Console) -> Result<(), Failure> {
    let files: Vec<(String, String)> = kinds.iter().map(|kind| (kind.file(), kind.text())).collect();
    write_all(folder, &files)?;
    if !console.is_quiet() {
        console.result(format_args!("{}: {}\n", named(folder), Counted(kinds.len(), "schema")))?;
    }
    let (home, path) = home(folder);
    let settings = taplo(&path);
    match create(&home, &[NewFile::new(TAPLO, &settings)]) {
        Ok(()) if !console.is_quiet() => console.result(format_args!(
            "{}: new; with it, editors that use Taplo check records while they are written\n",
            named(&home.join(TAPLO))
        ))?,
        Ok(()) => {}
        Err(CreateError::Taken(_)) => {
            let known = sources::text_beside(&home, TAPLO).unwrap_or_default();
            if known != settings && !console.is_quiet() {
                console.say(format_args!(
                    "{} is there and was left alone; these are the rules it needs:\n\n",
                    named(&home.join(TAPLO))
                ))?;
                console.result(&settings)?;
            }
        }
        Err(error) => return Err(Failure::new(error.to_string())),
    }
    Ok(())
}

/// Where the settings belong, and the schemas seen from there: the catalogue around the folder, or the folder itself.
fn home(folder: &Path) -> (PathBuf, String) {
    let root = sources::find_root(folder);
    let below = root.as_ref().and_then(|root| sources::below(root, folder));
    match (root, below) {
        (Some(root), Some(path)) if path.is_empty() => (root, ".".to_owned()),
        (Some(root), Some(path)) => (root, path),
        _ => (folder.to_owned(), ".".to_owned()),
    }
}
