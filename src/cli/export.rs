//! What can be asked of `export` on the command line.
//!
//! In come its arguments, out go which certifications are wanted, in which format, and where the files go.
//! No catalogue is opened here.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::CatalogueArguments;

/// The settings of `export`.
#[derive(Args, Debug)]
pub struct ExportArguments {
    /// For which programs.
    #[command(subcommand)]
    pub format: ExportFormat,
}

/// For which programs certifications are written.
#[derive(Debug, Subcommand)]
pub enum ExportFormat {
    /// OSCAL: a component definition and assessment results for each, and catalogues of the releases
    Oscal(Box<ExportSettings>),
    /// Layers for the Navigator of ATT&CK, format 4.5
    Navigator(Box<ExportNavigator>),
}

/// What every export is told.
#[derive(Args, Debug)]
pub struct ExportSettings {
    /// The certifications, by id [default: all]
    #[arg(value_name = "CERTIFICATION")]
    pub certifications: Vec<String>,
    /// The folder for the files; what is there under their names is replaced [default: oscal or navigator, here]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The catalogue.
    #[command(flatten)]
    pub catalogue: CatalogueArguments,
}

/// The settings of `export navigator`.
#[derive(Args, Debug)]
pub struct ExportNavigator {
    /// What every export is told.
    #[command(flatten)]
    pub settings: ExportSettings,
    /// The matrix that the Navigator shows the layers on
    #[arg(long, value_name = "NAME", default_value = "enterprise-attack")]
    pub domain: String,
}
