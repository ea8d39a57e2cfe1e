//! The command lines of `new` and `migrate`, which begin records.
//!
//! In come words of the command line, out go what is begun, with the names and ids that a person gave.
//! Whether the catalogue knows them is found out by the commands.

use std::path::PathBuf;

use clap::{Args, Subcommand};

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
