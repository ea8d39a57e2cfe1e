//! What can be asked of certalog on the command line.
//!
//! In come the process's arguments, out goes one checked value that names the command and its settings.
//! Nothing here reads a file, a variable or the clock, and nothing is carried out.

mod build;
mod check;
mod diff;
mod export;
mod import;
mod manual;
mod new;
mod publish;
mod verify;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use self::build::{BuildArguments, SiteHost};
pub use self::check::{CheckArguments, Format};
pub use self::diff::{DiffArguments, DiffFormat};
pub use self::export::{ExportArguments, ExportFormat, ExportNavigator, ExportSettings};
pub use self::import::{ImportArguments, ImportFormat, ImportSettings, ImportTable};
pub use self::manual::{CompletionsArguments, ManArguments};
pub use self::new::{MigrateArguments, NewArguments, NewRecord};
pub use self::publish::PublishArguments;
pub use self::verify::VerifyArguments;
use crate::language;
use crate::model::config::parse_base_url;

/// Checks a catalogue of certifications and writes it as a static site.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status: 0 fine (warnings included), 1 the catalogue has errors, 2 certalog could not run."
)]
pub struct Arguments {
    /// Print errors only: no warnings, no summary
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Name each stage as it begins
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the catalogue and write the site
    Build(BuildArguments),
    /// Build in memory, serve to browsers on this machine, and follow every change
    Serve(ServeArguments),
    /// Check the catalogue and write nothing
    Check(CheckArguments),
    /// Bring a built site to a folder or an object store
    Publish(PublishArguments),
    /// Check a published site against its provenance.json
    Verify(VerifyArguments),
    /// Say what a change means, between two commits or two folders
    Diff(DiffArguments),
    /// Write a small catalogue to start from
    Init(InitArguments),
    /// Explain a finding, or list all kinds of findings
    Explain(ExplainArguments),
    /// Begin a record, with all that the catalogue knows already
    New(NewArguments),
    /// Propose the record of a certification for a later release
    Migrate(MigrateArguments),
    /// Lay records out in one way, and keep every value and comment
    Fmt(FmtArguments),
    /// Make records of tables: results or lists of elements
    Import(ImportArguments),
    /// Write certifications for programs of other fields: OSCAL, layers of ATT&CK
    Export(ExportArguments),
    /// Write what records may say, as JSON Schemas for editors
    Schema(SchemaArguments),
    /// Write what a shell needs to complete commands
    Completions(CompletionsArguments),
    /// Write the manual pages
    Man(ManArguments),
}

/// Which catalogue, on which day, for which address.
#[derive(Args, Clone, Debug)]
pub struct CatalogueArguments {
    /// The catalogue's folder [default: the folder with site.toml at or above this one]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The day on which validity is judged [default: $SOURCE_DATE_EPOCH, else today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Where the site will be published [default: base_url in site.toml]
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// The language of the interface [default: language in site.toml]
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub language: Option<String>,
    /// Treat every warning as an error
    #[arg(long, value_name = "warnings", value_enum, hide_possible_values = true)]
    pub deny: Option<Deny>,
}

/// What else may stop a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Every warning
    Warnings,
}

/// The settings of `serve`.
#[derive(Args, Debug)]
pub struct ServeArguments {
    /// The catalogue.
    #[command(flatten)]
    pub catalogue: CatalogueArguments,
    /// The port; where it is taken, the next free one is
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The address or name to listen on; any but this machine's own lets others read the preview
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Look for changes every second, for disks on which the system tells of none
    #[arg(long)]
    pub poll: bool,
}

/// The settings of `init`.
#[derive(Args, Debug)]
pub struct InitArguments {
    /// A new or empty folder; with `--ci` a catalogue may be there already
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Add what a code host needs: workflows that check, report, preview and publish; owners, forms for issues, a hook for git
    #[arg(long, value_name = "github|gitlab", value_enum, hide_possible_values = true)]
    pub ci: Option<Ci>,
}

/// A code host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Ci {
    /// GitHub Actions, GitHub Pages
    Github,
    /// GitLab CI, GitLab Pages
    Gitlab,
}

/// The settings of `explain`.
#[derive(Args, Debug)]
pub struct ExplainArguments {
    /// Codes of findings, such as unknown-element; none lists them all
    #[arg(value_name = "CODE")]
    pub codes: Vec<String>,
}

/// The settings of `fmt`.
#[derive(Args, Debug)]
pub struct FmtArguments {
    /// Files or folders of the catalogue [default: every record]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Change nothing: show what would change, with status 1 if anything would
    #[arg(long)]
    pub check: bool,
    /// The catalogue's folder [default: the folder with site.toml at or above this one]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

/// The settings of `schema`.
#[derive(Args, Debug)]
pub struct SchemaArguments {
    /// A kind of record, such as certification; none lists them all
    #[arg(value_name = "KIND")]
    pub kind: Option<String>,
    /// Write the schema, or all of them, into this folder, with settings for editors that use Taplo
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print the reference of the record format, in Markdown
    #[arg(long, conflicts_with_all = ["kind", "out"])]
    pub reference: bool,
}

/// A whole date in the one form that leaves no doubt.
fn date(text: &str) -> Result<Date, String> {
    let is_full = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !is_full {
        return Err("a day is written YYYY-MM-DD, such as 2026-01-31".to_owned());
    }
    text.parse().map_err(|_| "the calendar has no such day".to_owned())
}

fn language(text: &str) -> Result<String, String> {
    language::canonical(text)
        .ok_or_else(|| "a language is written as in \"en\", \"de\" or \"pt-BR\"".to_owned())
}

fn base_url(text: &str) -> Result<String, String> {
    let url = parse_base_url(text).map(String::from);
    url.ok_or_else(|| "a whole address is needed, such as https://example.org/catalogue/".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn only_whole_days_of_the_calendar_are_dates() {
        assert_eq!(date("2024-02-29"), Ok(jiff::civil::date(2024, 2, 29)));
        for text in
            ["2023-02-29", "2024-2-29", "20240229", "2024-02", "today", "2024-02-29T00:00", "----------", ""]
        {
            assert!(date(text).is_err(), "{text}");
        }
    }
}
