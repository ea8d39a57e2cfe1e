//! Lists of elements become the elements of a framework, each with its history through the releases of the lists.
//!
//! In come tables of one or several releases and the framework, out go files of elements that the catalogue does not have yet.
//! An element that it has is never touched: what a list says of it is in the report, as what to add to its record.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::cells::folded;
use super::columns::{Column, Columns, Vocabulary};
use super::keys::{Keys, slug};
use super::moves::{self, Listed, Thread};
use super::record::Writer;
use super::results::{framework, release};
use super::table::{Row, Table};
use super::{Imported, Report, Unusable};
use crate::catalogue::{Catalogue, Framework};
use crate::publish::NewFile;

/// A file is ended before it is longer; a framework's file may have 4 MiB.
const LARGEST: usize = 3 << 20;

/// What a list of elements does not say itself.
#[derive(Clone, Debug, Default)]
pub struct ElementsOptions {
    /// The framework.
    pub framework: Option<String>,
    /// Paths that are taken: a new file has another.
    pub taken: BTreeSet<String>,
}

/// Columns of results: they belong to a certification.
const OF_RESULTS: &[(Column, &str)] = &[
    (Column::Score, "it is of a result; `import … results` takes it"),
    (Column::Result, "it is of a result; `import … results` takes it"),
    (Column::Coverage, "it is of a result; `import … results` takes it"),
    (Column::Submitted, "it is of a result; `import … results` takes it"),
    (Column::Total, "it is of a result; `import … results` takes it"),
    (Column::Comment, "elements have no comments; `--column description=HEADING` takes it as what they are"),
    (Column::Printed, "it is of a result; `import … results` takes it"),
    (Column::Certification, "it is of a certification"),
    (Column::Organization, "it is of a certification"),
    (Column::Product, "it is of a certification"),
    (Column::Version, "it is of a certification"),
    (Column::Completed, "it is of a certification"),
];

/// Makes elements of tables, each of the release that is named with it or of those that its rows name.
pub fn elements(
    tables: &[(Option<String>, Table)],
    vocabulary: &Vocabulary,
    catalogue: &Catalogue,
    options: &ElementsOptions,
) -> Result<Imported, Unusable> {
    let framework = framework(catalogue, options.framework.as_deref())?;
    let mut report = Report::on(tables.iter().map(|(_, table)| table));
    let mut releases: BTreeMap<usize, Vec<Listed>> = BTreeMap::new();
    for (version, table) in tables {
        let columns = vocabulary.columns(table)?;
        report.left_out.extend(columns.left_out(table, OF_RESULTS));
        let only = match version {
            Some(version) => Some(release(framework, version)?),
            None if columns.has(Column::Release) => None,
            None if framework.releases.len() == 1 => Some(0),
            None => {
                let versions = framework.record.versions().join(", ");
                return Err(Unusable::new(format!("`{}` does not say of which release it is", table.name))
                    .help(format!(
                        "write the release before the file, such as `{}={}`; there are {versions}",
                        framework.record.versions()[0],
                        table.name
                    )));
            }
        };
        let import = List { table, columns: &columns, framework };
        for row in &table.rows {
            match import.listed(row, only, &mut report) {
                Ok((release, listed)) => releases.entry(release).or_default().push(listed),
                Err(why) => report.lost.push(table.loss(row, why)),
            }
        }
    }
    let known = Known::new(catalogue, framework);
    for (release, listed) in &mut releases {
        listed.retain(|one| match known.refusal(one, *release) {
            Some(why) => {
                report.lost.push(one.loss(why));
                false
            }
            None => true,
        });
        moves::drop_repeated(listed, &mut report);
        report.written += listed.len();
    }
    let threads = moves::follow(releases, &framework.record.versions(), &mut report);
    let files = Files { known, threads: &threads, taken: &options.taken }.write(&mut report);
    Ok(Imported { files, report: report.sorted() })
}

/// A table with what its rows are read with.
struct List<'a> {
    table: &'a Table,
    columns: &'a Columns,
    framework: &'a Framework,
}

impl List<'_> {
    /// What a row says of an element in a release, or why it says nothing.
    fn listed(&self, row: &Row, only: Option<usize>, report: &mut Report) -> Result<(usize, Listed), String> {
        let cell = |column| self.columns.cell(&row.cells, column);
        let release = match (only, cell(Column::Release)) {
            (Some(only), "") => only,
            (Some(only), said) if said == self.framework.record.versions()[only] => only,
            (Some(_), said) => return Err(format!("it is of release `{said}`")),
            (None, "") => return Err("it names no release".to_owned()),
            (None, said) => self::release(self.framework, said)
                .map_err(|unusable| format!("{}; {}", unusable.message, unusable.help.unwrap_or_default()))?,
        };
        let (id, name) = (cell(Column::Id), cell(Column::Name));
        if id.is_empty() {
            return Err("it has no id".to_owned());
        }
        if name.is_empty() {
            return Err(format!("`{id}` has no name"));
        }
        let mut partly = |words: &str, why: String| report.partly.push(self.table.cell_loss(row, words, why));
        let level = match cell(Column::Level) {
            "" => None,
            said => {
                let digits =
                    folded(said).trim_start_matches("level").trim_start_matches('l').trim().to_owned();
                let level = digits.parse().ok().filter(|level: &u8| *level <= 99);
                if level.is_none() {
                    partly(said, format!("the level of `{id}` is a whole number from 0 to 99"));
                }
                level
            }
        };
        let domains = &self.framework.record.domains;
        let domain = match cell(Column::Domain) {
            "" => None,
            said => {
                let found = domains.iter().find(|domain| {
                    folded(&domain.name) == folded(said) || domain.id.value.eq_ignore_ascii_case(said)
                });
                if found.is_none() {
                    partly(
                        said,
                        format!(
                            "the framework has no such domain for `{id}`; add `[[domain]]` with `id = \"{}\"` and this name to \
                         framework.toml, and import again",
                            slug(said)
                        ),
                    );
                }
                found.map(|domain| domain.id.value.clone())
            }
        };
        Ok((
            release,
            Listed {
                file: self.table.name.clone(),
                line: row.line,
                words: row.words(),
                id: id.to_owned(),
                name: name.to_owned(),
                level,
                domain,
                parents: cell(Column::Parent).to_owned(),
                key: cell(Column::Key).to_owned(),
                original_id: cell(Column::OriginalId).to_owned(),
                description: cell(Column::Description).to_owned(),
            },
        ))
    }
}

/// The elements that the catalogue has.
struct Known<'a> {
    catalogue: &'a Catalogue,
    framework: &'a Framework,
    /// By their keys.
    keys: HashSet<&'a str>,
    /// By every id that they ever had.
    by_id: HashMap<&'a str, &'a str>,
    /// By their names; nothing where several have one.
    by_name: HashMap<String, Option<&'a str>>,
}

impl<'a> Known<'a> {
    fn new(catalogue: &'a Catalogue, framework: &'a Framework) -> Self {
        let (keys, by_id, by_name) = (HashSet::new(), HashMap::new(), HashMap::new());
        let mut known = Self { catalogue, framework, keys, by_id, by_name };
        for element in framework.elements.iter().map(|element| catalogue.element(*element)) {
            let key = element.record.key.value.as_str();
            known.keys.insert(key);
            known.by_id.extend(element.ids().into_iter().filter_map(|(_, id)| Some((id?, key))));
            let other = known.by_name.insert(folded(element.name()), Some(key));
            if other.is_some() {
                known.by_name.insert(folded(element.name()), None);
            }
        }
        known
    }

    /// Why a row is of an element that the catalogue has, and what there is to do.
    fn refusal(&self, listed: &Listed, release: usize) -> Option<String> {
        let version = &self.framework.record.releases[release].version.value;
        if let Some(element) = self.framework.releases[release].ids.get(listed.id.as_str()) {
            let element = self.catalogue.element(*element);
            let key = &element.record.key.value;
            let name = element.in_release(release).map_or("", |state| state.name.as_str());
            return Some(if name == listed.name {
                format!("the catalogue has it already, as `{key}`")
            } else {
                format!("`{}` is `{name}` in release {version} of the catalogue, as `{key}`", listed.id)
            });
        }
        let by_key = self.keys.get(listed.key.as_str()).copied();
        let by_id = || self.by_id.get(listed.original_id.as_str()).copied();
        let by_name = || self.by_name.get(&folded(&listed.name)).copied().flatten();
        let (key, how) = by_key
            .map(|key| (key, "key"))
            .or_else(|| by_id().map(|key| (key, "original identifier")))
            .or_else(|| by_name().map(|key| (key, "name")))?;
        Some(format!(
            "it is `{key}` of the catalogue, found by its {how}; if that is so, add `release = \"{version}\"`, \
             `change = \"renumbering\"`, `id = \"{}\"` and `basis = \"inferred\"` to its history",
            listed.id
        ))
    }

    /// The key of the element that has an id in a release.
    fn key(&self, id: &str, release: usize) -> Option<&'a str> {
        let element = self.framework.releases[release].ids.get(id)?;
        Some(&self.catalogue.element(*element).record.key.value)
    }
}

/// Elements on their way into files.
struct Files<'a> {
    known: Known<'a>,
    threads: &'a [Thread],
    taken: &'a BTreeSet<String>,
}

impl Files<'_> {
    fn write(&self, report: &mut Report) -> Vec<NewFile> {
        let framework = self.known.framework;
        let taken = framework.elements.iter().map(|element| self.known.catalogue.element(*element));
        let taken = Keys::taken(taken.map(|element| element.record.key.value.as_str()));
        let keys = moves::keys(self.threads, taken);
        let mut by_id: HashMap<(usize, &str), &str> = HashMap::new();
        for (thread, key) in self.threads.iter().zip(&keys) {
            for (release, listed) in &thread.states {
                by_id.insert((*release, listed.id.as_str()), key);
            }
        }
        let mut groups: BTreeMap<&str, Vec<Writer>> = BTreeMap::new();
        for (thread, key) in self.threads.iter().zip(&keys) {
            let parents: Vec<Vec<&str>> = thread
                .states
                .iter()
                .map(|(release, listed)| self.parents((*release, listed), (key, &by_id), report))
                .collect();
            report.partly.extend(thread.superseded());
            let domain = thread.states[0].1.domain.as_deref().unwrap_or("elements");
            let record = thread.record(key, &parents, &framework.record.versions());
            let files = groups.entry(domain).or_default();
            match files.last_mut() {
                Some(file) if file.len() + record.len() <= LARGEST => file.append(&record),
                _ => files.push(record),
            }
        }
        let folder = format!("content/frameworks/{}/elements", framework.id);
        let mut new = Vec::new();
        for (name, files) in groups {
            let first = std::iter::once(format!("{folder}/{name}.toml"));
            let paths = first.chain((2..).map(|number| format!("{folder}/{name}-{number}.toml")));
            let free = paths.filter(|path| !self.taken.contains(path));
            new.extend(free.zip(files).map(|(path, file)| NewFile::new(path, file.finish())));
        }
        new
    }

    /// The keys of the parents that a row names by their ids, or by their names where these are no ids.
    fn parents<'k>(
        &'k self,
        (release, listed): (usize, &Listed),
        (own, by_id): (&str, &HashMap<(usize, &str), &'k str>),
        report: &mut Report,
    ) -> Vec<&'k str> {
        let find =
            |said: &str| by_id.get(&(release, said)).copied().or_else(|| self.known.key(said, release));
        let said = listed.parents.as_str();
        let parts: Vec<&str> = match find(said) {
            Some(_) => vec![said],
            None => said.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect(),
        };
        let mut parents = Vec::new();
        for part in parts {
            match find(part) {
                Some(key) if key == own => {
                    report.partly.push(listed.cell_loss(part, "an element is not its own parent"));
                }
                Some(key) => parents.push(key),
                None => report.partly.push(listed.cell_loss(
                    part,
                    format!(
                        "the parent of `{}` is named by its id, and no row of this release has that id",
                        listed.id
                    ),
                )),
            }
        }
        parents
    }
}
