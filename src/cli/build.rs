//! The command line of `build`.
//!
//! In come words of the command line, out go where the site goes, for which host, and what is said and kept of its making.
//! Whether the host can take the site is found out when it is made.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::CatalogueArguments;

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
