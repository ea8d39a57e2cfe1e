//! `certalog completions` and `certalog man`: what shells complete, and the manual pages.
//!
//! In comes the definition of the command line, out goes text: on the standard output, or pages in a folder.
//! Nothing is said here that the definition does not say, and no page has a date.

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::catalogue::named;
use super::console::Console;
use super::{Failure, Status};
use crate::cli::{Arguments, CompletionsArguments, ManArguments};
use crate::near;
use crate::publish::{NewFile, create};
use crate::report::Counted;
use crate::report::visible::visible;

/// What a page is of.
const SOURCE: &str = concat!("certalog ", env!("CARGO_PKG_VERSION"));

pub(super) fn completions(
    arguments: &CompletionsArguments,
    console: &mut Console,
) -> Result<Status, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "certalog", &mut bytes);
    console.result(String::from_utf8_lossy(&bytes))?;
    Ok(Status::Fine)
}

pub(super) fn man(arguments: &ManArguments, console: &mut Console) -> Result<Status, Failure> {
    let mut whole = Arguments::command();
    whole.build();
    let Some(folder) = &arguments.out else {
        let mut command = &whole;
        for name in &arguments.command {
            command = command.find_subcommand(name).ok_or_else(|| unknown(command, name))?;
        }
        console.result(page(command)?)?;
        return Ok(Status::Fine);
    };
    let mut pages = Vec::new();
    let mut waiting = vec![&whole];
    while let Some(command) = waiting.pop() {
        pages.push((format!("{}.1", file_name(command)), page(command)?));
        waiting.extend(command.get_subcommands().filter(|command| !command.is_hide_set()));
    }
    pages.sort();
    let files: Vec<NewFile> = pages.iter().map(|(name, text)| NewFile::new(name, text)).collect();
    create(folder, &files).map_err(|error| Failure::new(error.to_string()))?;
    if !console.is_quiet() {
        console.result(format_args!("{}: {}\n", named(folder), Counted(pages.len(), "manual page")))?;
    }
    Ok(Status::Fine)
}

/// What a page is called: `certalog`, `certalog-new-certification`.
fn file_name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    Man::new(command.clone()).source(SOURCE).manual("certalog").render(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn unknown(command: &Command, name: &str) -> Failure {
    let failure = Failure::new(format!("`{}` has no command `{}`", command.get_name(), visible(name, 100)));
    let known = command.get_subcommands().map(Command::get_name);
    let listed = || "`certalog --help` lists the commands".to_owned();
    failure.help(near::suggestion(name, known).unwrap_or_else(listed))
}
