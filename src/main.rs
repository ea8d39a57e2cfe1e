//! The program `certalog`: everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    certalog::command::main()
}
