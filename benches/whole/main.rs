//! Whole builds of the program, measured from outside, and the invented catalogues to measure with.
//!
//! In come a command and its operands, out goes a catalogue in a folder or a table of figures.
//! Nothing of certalog is called from here: what is measured is the program that people run.
//!
//! ```sh
//! cargo bench --bench whole -- generate L DIR     # a catalogue: S, M, L or a number of elements and certifications
//! cargo bench --bench whole -- measure S M L .    # sizes or folders of catalogues
//! cargo bench --bench whole -- serve S M L .      # how long until an edit is served
//! cargo bench --bench whole -- instructions       # the instructions of builds against those that are kept
//! ```

#![allow(clippy::disallowed_methods, reason = "a measurement writes folders and runs the program")]
#![allow(clippy::print_stdout, reason = "the figures are its result")]
#![allow(clippy::cast_precision_loss, reason = "figures are rounded when they are printed")]
#![allow(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "plain to read; the generator is not measured"
)]
#![allow(clippy::cast_sign_loss, reason = "a root of a count is positive")]

mod folder;
mod follow;
mod frameworks;
mod instructions;
mod measure;
mod process;
mod prose;
mod random;
mod records;

use std::io;
use std::path::{Path, PathBuf};

use measure::Plan;
use records::Size;

fn main() -> io::Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo bench` says so; without it the program is only tried, as by `cargo test --all-targets`.
    let Some(bench) = arguments.iter().position(|argument| argument == "--bench") else { return Ok(()) };
    arguments.remove(bench);
    let operands: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match operands.as_slice() {
        ["generate", size, folder] => {
            let size = Size::named(size).ok_or_else(|| unknown(size))?;
            folder::generate(size, Path::new(folder))
        }
        ["instructions", operands @ ..] => {
            let (renews, settings) = match operands {
                ["--renew", settings @ ..] => (true, settings),
                settings => (false, settings),
            };
            let plan = plan(&[&["."], settings].concat())?;
            std::fs::create_dir_all(&plan.scratch)?;
            instructions::compare(&plan.program, &plan.scratch, renews)
        }
        [] => measure::measure(&plan(&[".", "S"])?),
        ["measure", operands @ ..] if !operands.is_empty() => measure::measure(&plan(operands)?),
        ["serve", operands @ ..] if !operands.is_empty() => follow::measure(&plan(operands)?),
        _ => Err(unknown(&operands.join(" "))),
    }
}

/// Reads `--runs N`, `--scratch DIR`, `--program FILE` (of one that was compiled before) and the catalogues.
fn plan(operands: &[&str]) -> io::Result<Plan> {
    let mut plan = Plan {
        program: PathBuf::from(env!("CARGO_BIN_EXE_certalog")),
        catalogues: Vec::new(),
        runs: 5,
        scratch: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("whole"),
    };
    let mut operands = operands.iter();
    while let Some(operand) = operands.next() {
        let mut value = || operands.next().ok_or_else(|| unknown(operand));
        match *operand {
            "--runs" => plan.runs = value()?.parse().map_err(io::Error::other)?,
            "--program" => plan.program = std::path::absolute(value()?)?,
            "--scratch" => plan.scratch = PathBuf::from(value()?).join("certalog-whole"),
            catalogue => plan.catalogues.push(catalogue.to_owned()),
        }
    }
    if plan.runs == 0 || plan.catalogues.is_empty() {
        return Err(unknown("measure"));
    }
    Ok(plan)
}

fn unknown(what: &str) -> io::Error {
    io::Error::other(format!(
        "`{what}`: say `generate SIZE DIR`, `instructions [--renew] [--program FILE]`, or `measure` or `serve` with `[--runs N] [--scratch DIR] [--program FILE] SIZE|DIR …`; a size is S, M, L or a number from 100"
    ))
}
