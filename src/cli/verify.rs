//! The command line of `verify`.
//!
//! In come the words after `verify`, out goes what is to be checked and against what.
//! Nothing is read here, and no setting changes what a statement says.

use std::path::PathBuf;

use clap::Args;

/// The settings of `verify`.
#[derive(Args, Debug)]
pub struct VerifyArguments {
    /// The folder of a published site
    #[arg(value_name = "FOLDER", required_unless_present = "list")]
    pub folder: Option<PathBuf>,
    /// In place of a folder: digests that sha256sum printed, of files that came from somewhere; `-` reads them from the standard input
    #[arg(long, value_name = "FILE", conflicts_with = "folder", requires = "provenance")]
    pub list: Option<PathBuf>,
    /// The statement to check against [default: provenance.json in the folder]
    #[arg(long, value_name = "FILE")]
    pub provenance: Option<PathBuf>,
    /// The public key of minisign by which the statement must be signed; the signature stands beside it, as provenance.json.minisig
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// A file, or a folder with `/` at its end, that the host added; may be given again
    #[arg(long = "allow", value_name = "PATH")]
    pub allowed: Vec<String>,
    /// Only some files of the site are there: the others are not missing
    #[arg(long)]
    pub sample: bool,
}
