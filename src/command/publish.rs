//! `certalog publish`: brings a built site to where its readers are.
//!
//! In come the folder of a site and a target, out goes what changed there, as a table or in one line.
//! What certalog did not publish is neither written to nor deleted; keys come from the environment and are never shown.

use std::fmt;
use std::path::{Path, PathBuf};

use super::catalogue::{named, root_at};
use super::console::Console;
use super::{Failure, Status, differences};
use crate::cli::PublishArguments;
use crate::host::caching;
use crate::media::media_type;
use crate::publish::{self, Folder};
use crate::report::Counted;
use crate::report::visible::visible;
use crate::upload::{self, Access, Bucket, NoAddress, Plan, UploadError};

/// How many files are on their way at once.
const THREADS: usize = 16;

pub(super) fn run(arguments: &PublishArguments, console: &mut Console) -> Result<Status, Failure> {
    let (from, root) = match &arguments.from {
        Some(from) => (from.clone(), from.clone()),
        None => {
            let root = root_at(arguments.root.as_deref())?;
            (root.join("public"), root)
        }
    };
    let folder = Folder::open(&from)?;
    let target = arguments.target.as_str();
    let changes = match kind(target)? {
        Target::Store => {
            let store = bucket(target)?;
            let plan = upload::plan(&folder, &store).map_err(|obstacle| {
                let failure = Failure::new(visible(&obstacle.to_string(), 1000));
                obstacle.help().into_iter().fold(failure, Failure::help)
            })?;
            let changes = Changes::of_plan(&plan);
            if !arguments.dry_run {
                upload::upload(&plan, &folder, &store, THREADS).map_err(|error| match error {
                    UploadError::Store(failed) => Failure::new(visible(&failed.to_string(), 1000))
                        .help("what arrived is noted there: publish again to go on from there"),
                    UploadError::Folder(error) => error.into(),
                })?;
            }
            changes
        }
        Target::Folder(out) => {
            let changes = publish::changes(&folder, &out, &root)?;
            if !arguments.dry_run {
                publish::copy(&folder, &out, &root)?;
            }
            Changes::of_folder(changes, &folder)?
        }
    };
    if arguments.dry_run {
        console.result(Table(&changes))?;
    }
    if arguments.dry_run || !console.is_quiet() {
        console.result(Summary { target, changes: &changes, is_done: !arguments.dry_run })?;
    }
    Ok(Status::Fine)
}

enum Target {
    Store,
    Folder(PathBuf),
}

/// What a target is, by how it is written.
fn kind(target: &str) -> Result<Target, Failure> {
    if target.starts_with("s3://") {
        return Ok(Target::Store);
    }
    let shown = visible(target, 200);
    if let Some((scheme, _)) = target.split_once("://") {
        let failure =
            Failure::new(format!("certalog publishes to no `{}` addresses: `{shown}`", visible(scheme, 40)));
        return Err(failure.help("a target is a folder, or s3://BUCKET/FOLDER"));
    }
    // `host:folder` is how rsync and scp write a folder of another machine; a folder of this name is `./host:folder`
    if target.split('/').next().is_some_and(|first| first.contains(':')) {
        let failure = Failure::new(format!(
            "`{shown}` is a folder of another machine, and certalog runs no other program to reach it"
        ));
        return Err(failure.help(
            "docs/hosting.md has the commands for rsync; a folder of this machine is written `./NAME`",
        ));
    }
    Ok(Target::Folder(PathBuf::from(target)))
}

fn bucket(target: &str) -> Result<Bucket, Failure> {
    let missing = |name: &str| {
        Failure::new(format!("the variable {name} is not set, and nothing opens the store without it")).help(
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for keys that end), AWS_REGION, and AWS_ENDPOINT_URL for a store that is not Amazon's",
        )
    };
    let one_of = |names: &[&str]| names.iter().find_map(|name| variable(name));
    let needed = |name: &str| variable(name).ok_or_else(|| missing(name));
    let access = Access {
        key: needed("AWS_ACCESS_KEY_ID")?,
        secret: needed("AWS_SECRET_ACCESS_KEY")?,
        token: variable("AWS_SESSION_TOKEN"),
        region: one_of(&["AWS_REGION", "AWS_DEFAULT_REGION"]),
        endpoint: one_of(&["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]),
    };
    Bucket::new(target, &access).map_err(|why| match why {
        NoAddress::Target => Failure::new(format!("`{}` names no bucket", visible(target, 200)))
            .help("write s3://BUCKET or s3://BUCKET/FOLDER"),
        NoAddress::Endpoint => Failure::new("the variable AWS_ENDPOINT_URL is no address of a store")
            .help("write it with its scheme, such as https://store.example.org"),
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "what opens a store is in the surroundings, as for the store's own tools"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A file that changes at the target.
struct Change {
    what: &'static str,
    path: String,
    size: Option<u64>,
}

/// What changes at the target, in the order in which it does.
struct Changes {
    files: Vec<Change>,
    same: usize,
}

impl Changes {
    fn of_plan(plan: &Plan) -> Self {
        let puts = plan.assets.iter().chain(&plan.pages).map(|put| Change {
            what: if put.is_new { "new" } else { "changed" },
            path: put.path.clone(),
            size: Some(put.size),
        });
        let gone = plan.gone.iter().map(|path| Change { what: "removed", path: path.clone(), size: None });
        Self { files: puts.chain(gone).collect(), same: plan.same }
    }

    fn of_folder(changes: publish::Changes, folder: &Folder) -> Result<Self, Failure> {
        let mut files = Vec::new();
        for (what, paths) in
            [("new", changes.added), ("changed", changes.changed), ("removed", changes.removed)]
        {
            for path in paths {
                let size = match what {
                    "removed" => None,
                    _ => Some(folder.size(&path)?),
                };
                files.push(Change { what, path, size });
            }
        }
        Ok(Self { files, same: changes.same })
    }

    fn count(&self, what: &str) -> usize {
        self.files.iter().filter(|change| change.what == what).count()
    }
}

/// One line for each file that changes.
struct Table<'c>(&'c Changes);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Change { what, path, size } in &self.0.files {
            let shown = visible(path, 400);
            match size {
                Some(size) => {
                    let kind = media_type(path).split(';').next().unwrap_or_default();
                    let kept = caching(path).value().rsplit(' ').next().unwrap_or_default();
                    writeln!(f, "{what:7}  {size:>9}  {kind:24}  {kept:9}  {shown}")?;
                }
                None => writeln!(f, "{what:7}  {:>9}  {:24}  {:9}  {shown}", "", "", "")?,
            }
        }
        Ok(())
    }
}

struct Summary<'c> {
    target: &'c str,
    changes: &'c Changes,
    is_done: bool,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let changes = self.changes;
        let (new, changed, removed) =
            (changes.count("new"), changes.count("changed"), changes.count("removed"));
        let target = if self.target.starts_with("s3://") {
            visible(self.target, 200)
        } else {
            named(Path::new(self.target)).trim_matches('`').to_owned()
        };
        write!(f, "{target}: {}", Counted(new + changed + changes.same, "file"))?;
        write!(f, " ({})", differences(new, changed, removed, changes.same))?;
        f.write_str(if self.is_done { "\n" } else { "; nothing was done\n" })
    }
}
