//! The command line of `publish`.
//!
//! In come the words after `publish`, out goes which site is brought where.
//! What opens a store is no argument: arguments are seen by every program of the machine and stay in histories.

use std::path::PathBuf;

use clap::Args;

/// The settings of `publish`.
#[derive(Args, Debug)]
pub struct PublishArguments {
    /// Where the site goes.
    #[arg(
        value_name = "TARGET",
        help = "A folder, or s3://BUCKET or s3://BUCKET/FOLDER in a store that speaks the protocol of S3"
    )]
    pub target: String,
    /// The folder of a built site [default: public/ in the catalogue]
    #[arg(long, value_name = "FOLDER")]
    pub from: Option<PathBuf>,
    /// The catalogue's folder [default: the folder with site.toml at or above this one]
    #[arg(long, value_name = "DIR", conflicts_with = "from")]
    pub root: Option<PathBuf>,
    /// Show what would be sent and deleted, as a table, and do nothing
    #[arg(long)]
    pub dry_run: bool,
}
