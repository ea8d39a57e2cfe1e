//! `certalog explain`: what a finding means and what to do about it.
//!
//! In come codes as a report shows them, out go their explanations; without a code, the table of all codes.
//! No catalogue is needed and none is read.

use std::fmt::Write as _;

use super::console::Console;
use super::{Failure, Status};
use crate::cli::ExplainArguments;
use crate::diagnostic::Code;
use crate::near::nearest;
use crate::report::visible::visible;

pub(super) fn run(arguments: &ExplainArguments, console: &mut Console) -> Result<Status, Failure> {
    if arguments.codes.is_empty() {
        console.result(table())?;
        return Ok(Status::Fine);
    }
    let codes: Vec<Code> = arguments.codes.iter().map(|name| code(name)).collect::<Result<_, _>>()?;
    let explanations: Vec<_> = codes.into_iter().map(explanation).collect();
    console.result(explanations.join("\n\n\n") + "\n")?;
    Ok(Status::Fine)
}

fn explanation(code: Code) -> String {
    match code.explanation().trim() {
        "" => format!("# {}\n\n{}", code.name(), code.summary()),
        text => text.to_owned(),
    }
}

/// The code that was meant: `unknown-key`, but also `warning[unknown-key]` as copied from a report.
fn code(given: &str) -> Result<Code, Failure> {
    let name = given.split_once('[').map_or(given, |(_, name)| name).trim_end_matches([']', ':']);
    let name = name.trim().to_lowercase().replace('_', "-");
    Code::from_name(&name).ok_or_else(|| {
        let failure = Failure::new(format!("no finding is called `{}`", visible(given, 100)));
        failure.help(match nearest(&name, Code::ALL.iter().map(|code| code.name())) {
            Some(near) => format!("did you mean `{near}`? `certalog explain` lists all of them"),
            None => "`certalog explain` lists all of them".to_owned(),
        })
    })
}

fn table() -> String {
    let mut table = String::new();
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let mut group = None;
    for code in Code::ALL {
        if group != Some(code.group()) {
            let gap = if group.is_some() { "\n" } else { "" };
            writeln!(table, "{gap}{}", code.group().name()).expect("a string takes any text");
            group = Some(code.group());
        }
        let (name, level) = (code.name(), code.default_severity().word());
        let level = if code.is_configurable() { level.to_owned() } else { format!("{level}, fixed") };
        writeln!(table, "  {name:width$}  {level:12}  {}", code.summary()).expect("a string takes any text");
    }
    table.push_str(
        "\n`certalog explain CODE` says more; `[checks]` in site.toml sets levels that are not fixed\n",
    );
    table
}
