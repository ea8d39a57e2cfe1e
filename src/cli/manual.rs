//! The command line of `completions` and `man`: what certalog says of itself to shells and to readers of manuals.
//!
//! In comes nothing but the words after the command, out go a shell, a command or a folder.
//! Nothing here is read or written.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// The settings of `completions`.
#[derive(Args, Debug)]
pub struct CompletionsArguments {
    /// The shell
    pub shell: Shell,
}

/// The settings of `man`.
#[derive(Args, Debug)]
pub struct ManArguments {
    /// The command, such as `build` or `new certification`; none is certalog as a whole
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
    /// Write the pages of all commands into this folder, which holds none of them yet
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub out: Option<PathBuf>,
}
