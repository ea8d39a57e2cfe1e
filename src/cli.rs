//! What can be asked of certalog on the command line.
//!
//! In come the process's arguments, out goes one checked value that names the command and its settings.
//! Nothing here reads a file, a variable or the clock, and nothing is carried out.

mod export;
mod import;
mod manual;
mod publish;
mod verify;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use self::export::{ExportArguments, ExportFormat, ExportNavigator, ExportSettings};
pub use self::import::{ImportArguments, ImportFormat, ImportSettings, ImportTable};
pub use self::manual::{CompletionsArguments, ManArguments};
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

/// The settings of `build`.
#[derive(Args, Debug)]
pub struct BuildArguments {
    /// The catalogue.
    #[command(flatten)]
    pub catalogue: CatalogueArguments,
    /// The folder for the site [default: public/ in the catalogue]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Add what a host reads: github, gitlab, netlify, cloudflare, s3 or nginx
    #[arg(long, value_name = "HOST", value_enum, hide_possible_values = true)]
    pub host: Option<SiteHost>,
    /// In place of a folder, write a zip archive whose pages can be opened without a server
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "host", "provenance"])]
    pub bundle: Option<PathBuf>,
    /// Say what each stage took, and its share of the whole
    #[arg(long)]
    pub timings: bool,
    /// Add provenance.json: the commit the site was made of, and the digest of every file
    #[arg(long)]
    pub provenance: bool,
}

/// A host of static sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SiteHost {
    /// GitHub Pages
    #[value(name = "github")]
    GitHub,
    /// GitLab Pages
    #[value(name = "gitlab")]
    GitLab,
    /// Netlify
    Netlify,
    /// Cloudflare Pages
    Cloudflare,
    /// An object store that answers over HTTP
    S3,
    /// A web server of one's own
    Nginx,
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

/// The settings of `new`.
#[derive(Args, Debug)]
pub struct NewArguments {
    /// The catalogue's folder [default: the folder with site.toml at or above this one]
    #[arg(long, value_name = "DIR", global = true)]
    pub root: Option<PathBuf>,
    /// Write a Markdown file with front matter instead of a TOML file
    #[arg(long, global = true)]
    pub markdown: bool,
    /// What is begun.
    #[command(subcommand)]
    pub record: NewRecord,
}

/// What can be begun.
#[derive(Debug, Subcommand)]
pub enum NewRecord {
    /// A certification, with a row for every element in scope
    Certification {
        /// The organization, by its id or name
        organization: String,
        /// The product's name
        product: String,
        /// The product's version
        #[arg(long, value_name = "VERSION")]
        product_version: Option<String>,
        /// The framework's id [default: the only one]
        #[arg(long, value_name = "ID")]
        framework: Option<String>,
        /// The release it is assessed against [default: the current one]
        #[arg(long, value_name = "VERSION")]
        release: Option<String>,
        /// Only elements of this domain; may be given again
        #[arg(long = "domain", value_name = "ID")]
        domains: Vec<String>,
        /// Only elements of this level; may be given again
        #[arg(long = "level", value_name = "NUMBER")]
        levels: Vec<u8>,
        /// The record's id [default: made of organization, product and version]
        #[arg(long, value_name = "ID")]
        id: Option<String>,
    },
    /// An element of a framework, in a file of its own
    Element {
        /// Its name
        name: String,
        /// Its id in the release
        #[arg(long, value_name = "ID")]
        id: String,
        /// The framework's id [default: the only one]
        #[arg(long, value_name = "ID")]
        framework: Option<String>,
        /// The release that it came with [default: the current one]
        #[arg(long, value_name = "VERSION")]
        release: Option<String>,
        /// The element above it, by its key or its id in the release
        #[arg(long, value_name = "ELEMENT")]
        parent: Option<String>,
        /// Its domain, where it is not its parent's
        #[arg(long, value_name = "ID")]
        domain: Option<String>,
        /// Its level [default: the one below its parent's]
        #[arg(long, value_name = "NUMBER")]
        level: Option<u8>,
        /// Its key in the catalogue [default: made of its name]
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// A framework with its first release
    Framework {
        /// Its name
        name: String,
        /// Its first release
        #[arg(long, value_name = "VERSION", default_value = "1.0")]
        release: String,
        /// The record's id [default: made of its name]
        #[arg(long, value_name = "ID")]
        id: Option<String>,
    },
    /// An organization
    Organization {
        /// Its name
        name: String,
        /// The record's id [default: made of its name]
        #[arg(long, value_name = "ID")]
        id: Option<String>,
    },
    /// A worksheet for a new release: every element of the last one, with an example of what may have happened to it
    Release {
        /// The new version
        version: String,
        /// The framework's id [default: the only one]
        #[arg(long, value_name = "ID")]
        framework: Option<String>,
    },
}

/// The settings of `migrate`.
#[derive(Args, Debug)]
pub struct MigrateArguments {
    /// The certification, by its id
    #[arg(value_name = "RECORD")]
    pub certification: String,
    /// The release that it was assessed against, to be sure
    #[arg(long, value_name = "VERSION")]
    pub from: Option<String>,
    /// The release that it is proposed for
    #[arg(long, value_name = "VERSION")]
    pub to: String,
    /// Put scores and ratings into the rows, and not into comments beside them
    #[arg(long)]
    pub keep_scores: bool,
    /// The new record's id [default: the old one with the release]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Write a Markdown file with front matter instead of a TOML file
    #[arg(long)]
    pub markdown: bool,
    /// The catalogue's folder [default: the folder with site.toml at or above this one]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
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
