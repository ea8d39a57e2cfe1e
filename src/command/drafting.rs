//! `certalog new` and `certalog migrate`: records that somebody begins.
//!
//! In come names, out go a new file in the catalogue and what to do next; the worksheet of a release goes to the standard output.
//! No file that exists is written to, and a name that leads to nothing is answered with those that are near.

use std::path::{Path, PathBuf};

use super::catalogue::{named, root_at};
use super::console::Console;
use super::{Failure, Status};
use crate::build;
use crate::catalogue::Catalogue;
use crate::cli::{MigrateArguments, NewArguments, NewRecord};
use crate::draft::{self, CertificationWish, Draft, ElementWish, Layout, MigrationWish, Refusal};
use crate::publish::{CreateError, NewFile, create};
use crate::report::Counted;
use crate::report::visible::visible;
use crate::sources::{self, Limits, Sources};

/// The catalogue that a record is begun for.
struct Home {
    root: PathBuf,
    sources: Sources,
    catalogue: Catalogue,
    schemas: Option<String>,
}

impl Home {
    fn of(root: Option<&Path>) -> Result<Self, Failure> {
        let root = root_at(root)?;
        let read = Sources::read(&root, &Limits::default());
        let (sources, _) = read.map_err(|error| {
            Failure::new(format!("the catalogue in {} cannot be read: {error}", named(&root)))
        })?;
        let catalogue = build::link_records(&sources);
        let schemas = schemas(&root);
        Ok(Self { root, sources, catalogue, schemas })
    }

    fn layout(&self, is_markdown: bool) -> Layout<'_> {
        Layout { is_markdown, schemas: self.schemas.as_deref() }
    }

    /// Writes a draft, unless its place is taken.
    fn write(&self, draft: &Draft) -> Result<PathBuf, Failure> {
        let (stem, _) = draft.path.rsplit_once('.').unwrap_or((&draft.path, ""));
        let taken = ["md", "toml"].iter().find_map(|ending| {
            let path = format!("{stem}.{ending}");
            self.sources.find(&path).map(|_| self.root.join(path))
        });
        let place = self.root.join(&draft.path);
        let is_taken = |path: &Path| {
            Failure::new(format!("{} is there already", named(path)))
                .help("nothing was written; mend that record, or give another id with `--id` or `--key`")
        };
        if let Some(taken) = taken {
            return Err(is_taken(&taken));
        }
        match create(&self.root, &[NewFile::new(&draft.path, &draft.text)]) {
            Ok(()) => Ok(place),
            Err(CreateError::Taken(path)) => Err(is_taken(&path)),
            Err(error) => Err(Failure::new(error.to_string())),
        }
    }
}

/// The folder of the schemas that the settings of Taplo name.
fn schemas(root: &Path) -> Option<String> {
    let settings: toml::Table = toml::from_str(&sources::text_beside(root, "taplo.toml")?).ok()?;
    let rules = settings.get("rule")?.as_array()?;
    let mut paths = rules.iter().filter_map(|rule| rule.get("schema")?.get("path")?.as_str());
    let folder = paths.find_map(|path| path.strip_suffix("/certification.json"))?;
    (!folder.contains("..") && !folder.starts_with('/')).then(|| folder.trim_start_matches("./").to_owned())
}

pub(super) fn new(arguments: &NewArguments, console: &mut Console) -> Result<Status, Failure> {
    let home = Home::of(arguments.root.as_deref())?;
    let (catalogue, layout) = (&home.catalogue, home.layout(arguments.markdown));
    let draft = match &arguments.record {
        NewRecord::Certification {
            organization,
            product,
            product_version,
            framework,
            release,
            domains,
            levels,
            id,
        } => {
            let wish = CertificationWish {
                organization,
                product,
                version: product_version.as_deref(),
                framework: framework.as_deref(),
                release: release.as_deref(),
                domains,
                levels,
                id: id.as_deref(),
            };
            draft::certification(catalogue, &wish, layout)
        }
        NewRecord::Element { name, id, framework, release, parent, domain, level, key } => {
            let wish = ElementWish {
                name,
                id,
                framework: framework.as_deref(),
                release: release.as_deref(),
                parent: parent.as_deref(),
                domain: domain.as_deref(),
                level: *level,
                key: key.as_deref(),
            };
            draft::element(catalogue, &wish, layout)
        }
        NewRecord::Framework { name, release, id } => {
            draft::framework((name.as_str(), release.as_str()), id.as_deref(), layout)
        }
        NewRecord::Organization { name, id } => draft::organization(catalogue, name, id.as_deref(), layout),
        NewRecord::Release { version, framework } => {
            let path = |file| home.sources.path(file).to_owned();
            let sheet = draft::release(catalogue, (framework.as_deref(), version.as_str()), &path);
            console.result(sheet.map_err(|refusal| refused(&refusal))?)?;
            return Ok(Status::Fine);
        }
    };
    let draft = draft.map_err(|refusal| refused(&refusal))?;
    let place = home.write(&draft)?;
    tell(console, &place, &draft)?;
    Ok(Status::Fine)
}

pub(super) fn migrate(arguments: &MigrateArguments, console: &mut Console) -> Result<Status, Failure> {
    let home = Home::of(arguments.root.as_deref())?;
    let wish = MigrationWish {
        certification: &arguments.certification,
        from: arguments.from.as_deref(),
        to: &arguments.to,
        keeps_scores: arguments.keep_scores,
        id: arguments.id.as_deref(),
    };
    let migration = draft::migrate(&home.catalogue, &wish, home.layout(arguments.markdown))
        .map_err(|refusal| refused(&refusal))?;
    let place = home.write(&migration.draft)?;
    if !console.is_quiet() {
        console.result(format_args!(
            "{} without a question, {} to take:\n",
            Counted(migration.carried, "result"),
            Counted(migration.decisions.len(), "decision")
        ))?;
        for decision in &migration.decisions {
            console.result(format_args!("  {}\n", visible(decision, 400)))?;
        }
        console.result("\n")?;
    }
    tell(console, &place, &migration.draft)?;
    Ok(Status::Fine)
}

fn refused(refusal: &Refusal) -> Failure {
    Failure::new(visible(&refusal.message, 400)).help(visible(&refusal.help, 400))
}

fn tell(console: &mut Console, place: &Path, draft: &Draft) -> Result<(), Failure> {
    if console.is_quiet() {
        return Ok(());
    }
    console.result(format_args!("{}: new\n\nnext:\n", named(place)))?;
    for next in &draft.next {
        console.result(format_args!("  {next}\n"))?;
    }
    Ok(())
}
