//! The command line of `check`.
//!
//! In come words of the command line, out go the form of the report, which findings come first, and whether what can be repaired is.
//! No revision of git is looked up here.

use clap::{Args, ValueEnum};

use super::CatalogueArguments;

/// The settings of `check`.
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// The catalogue.
    #[command(flatten)]
    pub catalogue: CatalogueArguments,
    /// How findings are written: human, short, json, sarif, github, gitlab or junit
    #[arg(long, value_enum, default_value_t = Format::Human, hide_possible_values = true)]
    pub format: Format,
    /// With `--format github`: findings in files that changed since a commit or branch come first
    #[arg(long, value_name = "REVISION")]
    pub changed_since: Option<String>,
    /// Repair what can be repaired without changing a fact, then report what is left
    #[arg(long)]
    pub fix: bool,
    /// With `--fix`: show the repairs as a diff and write nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the marked source lines and repairs
    Human,
    /// One line a finding: `path:line:column: level[code]: message`
    Short,
    /// For programs: every finding with its places and repair
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// A GitLab Code Quality report
    Gitlab,
    /// JUnit XML, for build servers
    Junit,
}
