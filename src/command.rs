//! The commands: what a person asked for, carried out.
//!
//! In come the arguments of the process, out go text on its two streams and an exit status.
//! Results go to the standard output and everything said about them to the standard error; a reader who leaves early is no failure.

mod catalogue;
mod console;
mod progress;
mod repair;
mod build;
mod serve;
mod check;
mod diff;
mod explain;
mod init;
mod import;
mod written;
mod schema;
mod export;
mod drafting;
mod laying_out;
mod manual;
mod verify;
mod publish;

use std::fmt;
use std::io;
use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::{Arguments, Command};
use crate::publish::PublishError;
use console::Console;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// As wished.
    Fine,
    /// The catalogue has errors.
    Faulty,
}

/// Why a command could not run.
#[derive(Debug)]
struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: {}", self.message)?;
        self.help.iter().try_for_each(|help| writeln!(f, "  help: {help}"))
    }
}

/// What `build` and `publish` cannot bring to where it belongs.
impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        let failure = Self::new(format!("the site cannot be published: {error}"));
        error.help().into_iter().fold(failure, Self::help)
    }
}

/// Everything else that can fail while a command writes is the streams themselves.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(format!("the output cannot be written: {error}"))
    }
}

/// How many files differ and how, in words; what there is none of is not named.
fn differences(new: usize, changed: usize, removed: usize, unchanged: usize) -> String {
    let parts = [(new, "new"), (changed, "changed"), (removed, "removed"), (unchanged, "unchanged")];
    let parts: Vec<_> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    parts.join(", ")
}

/// Runs the process's command.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(message) => {
            // Help for a reader who has left is no failure.
            let _ = message.print();
            return ExitCode::from(if message.use_stderr() { 2 } else { 0 });
        }
    };
    let mut console = Console::of_process((arguments.quiet, arguments.verbose));
    match run(&arguments.command, &mut console).and_then(|status| Ok(console.flush().map(|()| status)?)) {
        Ok(Status::Fine) => ExitCode::from(0),
        Ok(Status::Faulty) => ExitCode::from(1),
        Err(failure) => {
            // Where even this cannot be written, the status still says it.
            let _ = console.say(&failure);
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command, console: &mut Console) -> Result<Status, Failure> {
    match command {
        Command::Build(arguments) => build::run(arguments, console),
        Command::Serve(arguments) => serve::run(arguments, console),
        Command::Check(arguments) => check::run(arguments, console),
        Command::Publish(arguments) => publish::run(arguments, console),
        Command::Verify(arguments) => verify::run(arguments, console),
        Command::Diff(arguments) => diff::run(arguments, console),
        Command::Init(arguments) => init::run(arguments, console),
        Command::Explain(arguments) => explain::run(arguments, console),
        Command::Fmt(arguments) => laying_out::run(arguments, console),
        Command::Import(arguments) => import::run(arguments, console),
        Command::Export(arguments) => export::run(arguments, console),
        Command::Schema(arguments) => schema::run(arguments, console),
        Command::Completions(arguments) => manual::completions(arguments, console),
        Command::Man(arguments) => manual::man(arguments, console),
        Command::New(arguments) => drafting::new(arguments, console),
        Command::Migrate(arguments) => drafting::migrate(arguments, console),
    }
}
