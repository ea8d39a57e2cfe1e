//! What can be asked of `import` on the command line.
//!
//! In come its arguments, out go which table is read, how it is written, and what the table itself does not say.
//! No table is opened here.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::import::{Column, Decimals, Delimiter, column, read_word};
use crate::model::certification::Outcome;

/// The settings of `import`.
#[derive(Args, Debug)]
pub struct ImportArguments {
    /// How the table is written.
    #[command(subcommand)]
    pub format: ImportFormat,
}

/// How a table is written.
#[derive(Debug, Subcommand)]
pub enum ImportFormat {
    /// A table with separators, in UTF-8, as spreadsheets and certalog write it
    Csv(ImportCsv),
    /// A list of objects, alone or in an object
    Json(ImportJson),
}

/// The settings of `import csv`.
#[derive(Args, Debug)]
pub struct ImportCsv {
    /// What the table is about.
    #[command(subcommand)]
    pub table: ImportTable,
    /// What separates the fields: `,`, `;`, `|` or `tab` [default: what the headings make sense with]
    #[arg(long, global = true, value_name = "SIGN", value_parser = delimiter)]
    pub delimiter: Option<Delimiter>,
}

/// The settings of `import json`.
#[derive(Args, Debug)]
pub struct ImportJson {
    /// What the table is about.
    #[command(subcommand)]
    pub table: ImportTable,
}

/// What a table is about.
#[derive(Debug, Subcommand)]
pub enum ImportTable {
    /// Results: makes a certification of them
    Results(Box<ImportResults>),
    /// Elements of one or several releases: makes their records, with what moved between the releases
    Elements(ImportElements),
}

/// What every import is told.
#[derive(Args, Clone, Debug)]
pub struct ImportSettings {
    /// The catalogue's folder [default: the folder with site.toml at or above this one]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The framework [default: the only one]
    #[arg(long, value_name = "ID")]
    pub framework: Option<String>,
    /// What a column holds, where its heading does not say so: `--column score=Points`
    #[arg(long = "column", value_name = "NAME=HEADING", value_parser = column)]
    pub columns: Vec<(Column, String)>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// The settings of `import … results`.
#[derive(Args, Debug)]
pub struct ImportResults {
    /// The table
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What every import is told.
    #[command(flatten)]
    pub settings: ImportSettings,
    /// The id of the new certification [default: the table's column]
    #[arg(long, value_name = "ID")]
    pub certification: Option<String>,
    /// Who certified, by id or name [default: the table's column]
    #[arg(long, value_name = "NAME")]
    pub organization: Option<String>,
    /// What was certified [default: the table's column]
    #[arg(long, value_name = "NAME")]
    pub product: Option<String>,
    /// The product's version [default: the table's column, else unspecified]
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,
    /// The release [default: the table's column]
    #[arg(long, value_name = "VERSION")]
    pub release: Option<String>,
    /// The scale [default: that of the framework]
    #[arg(long, value_name = "ID")]
    pub scale: Option<String>,
    /// When the assessment was completed: 2017, 2017-02 or 2017-02-14 [default: the table's column]
    #[arg(long, value_name = "DATE")]
    pub completed: Option<String>,
    /// How decimals are written, `.` or `,` [default: a comma is understood where it can be nothing else]
    #[arg(long, value_name = "SIGN", value_parser = decimals)]
    pub decimal: Option<Decimals>,
    /// What words of the table mean: `--word "Not in Scope=not-submitted"`
    #[arg(long = "word", value_name = "WORDS=OUTCOME", value_parser = read_word)]
    pub words: Vec<(String, Outcome)>,
}

/// The settings of `import … elements`.
#[derive(Args, Debug)]
pub struct ImportElements {
    /// The lists, each with its release where no column says it: `12.0=old.csv 16.0=new.csv`
    #[arg(value_name = "RELEASE=FILE", required = true)]
    pub files: Vec<String>,
    /// What every import is told.
    #[command(flatten)]
    pub settings: ImportSettings,
}

fn delimiter(text: &str) -> Result<Delimiter, String> {
    match text {
        "," => Ok(Delimiter::Comma),
        ";" => Ok(Delimiter::Semicolon),
        "|" => Ok(Delimiter::Bar),
        "tab" | "\t" | "\\t" => Ok(Delimiter::Tab),
        _ => Err("fields are separated by `,`, `;`, `|` or `tab`".to_owned()),
    }
}

fn decimals(text: &str) -> Result<Decimals, String> {
    match text {
        "." => Ok(Decimals::Point),
        "," => Ok(Decimals::Comma),
        _ => Err("decimals have a point, `.`, or a comma, `,`".to_owned()),
    }
}
