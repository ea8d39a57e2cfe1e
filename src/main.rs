//! The program `certalog`: everything it does is in the library.

use std::process::ExitCode;

/// Records are many small texts made on all threads: see docs/decisions for what the system's allocator costs there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    certalog::command::main()
}
