//! The command line of `diff`.
//!
//! In come words of the command line, out go the two sides, each a revision or a folder, and the form of the report.
//! No revision of git is looked up here, and no folder opened.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::CatalogueArguments;

/// The settings of `diff`.
#[derive(Args, Debug)]
pub struct DiffArguments {
    /// The older side: a branch, a tag or a commit of git; A...B or A... begins where B left A, A..B is A and B
    #[arg(value_name = "BASE", required_unless_present = "from")]
    pub base: Option<String>,
    /// The newer side [default: the catalogue's folder as it is]
    #[arg(value_name = "HEAD")]
    pub head: Option<String>,
    /// The folder of the older side, in place of a commit
    #[arg(long, value_name = "DIR", conflicts_with_all = ["base", "head", "root"])]
    pub from: Option<PathBuf>,
    /// The folder of the newer side [default: the catalogue's folder]
    #[arg(long, value_name = "DIR", requires = "from")]
    pub to: Option<PathBuf>,
    /// The catalogue; with commits, the folder whose repository is read.
    #[command(flatten)]
    pub catalogue: CatalogueArguments,
    /// How it is written: human, markdown for a comment, or json
    #[arg(long, value_name = "human|markdown|json", value_enum, default_value_t = DiffFormat::Human, hide_possible_values = true)]
    pub format: DiffFormat,
}

/// How a comparison is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal
    Human,
    /// For a comment on a pull request: short first, details folded, within the size of a comment
    Markdown,
    /// For programs; see docs/schemas/diff.json
    Json,
}
