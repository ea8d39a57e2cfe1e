//! Tables of results become certifications.
//!
//! In come a table and what it does not say itself, out goes a record for every certification in it, its results in the order of the rows.
//! A row is written whole or not at all; what a record cannot say of it is in the report.

use std::collections::BTreeMap;

use super::cells::{self, Decimals, Meanings, Said};
use super::columns::{Column, Columns, Vocabulary};
use super::record::Writer;
use super::table::{Row, Table};
use super::{Imported, Report, Unusable};
use crate::catalogue::{Catalogue, Framework, Organization};
use crate::model::certification::{Coverage, Outcome};
use crate::model::date::PartialDate;
use crate::model::is_usable_id;
use crate::model::scale::Scale;
use crate::near;
use crate::parse::definition::word;
use crate::publish::NewFile;

/// What a table of results does not say itself.
#[derive(Clone, Debug, Default)]
pub struct ResultsOptions {
    /// The id of the certification.
    pub certification: Option<String>,
    /// Who certified.
    pub organization: Option<String>,
    /// What was certified.
    pub product: Option<String>,
    /// The product's version.
    pub version: Option<String>,
    /// The framework.
    pub framework: Option<String>,
    /// The release.
    pub release: Option<String>,
    /// The scale.
    pub scale: Option<String>,
    /// When the assessment was completed.
    pub completed: Option<String>,
    /// How decimals are written.
    pub decimals: Option<Decimals>,
    /// What words in the cells mean.
    pub words: Vec<(String, Outcome)>,
}

/// Columns of elements: the framework's own records say what is in them.
const OF_ELEMENTS: &[(Column, &str)] = &[
    (Column::Level, "the framework's elements say it"),
    (Column::Domain, "the framework's elements say it"),
    (Column::Parent, "the framework's elements say it"),
    (Column::OriginalId, "the framework's elements say it"),
    (Column::Key, "the framework's elements say it"),
    (Column::Description, "the framework's elements say it"),
];

/// Makes certifications of a table.
pub fn results(
    table: &Table,
    vocabulary: &Vocabulary,
    catalogue: &Catalogue,
    options: &ResultsOptions,
) -> Result<Imported, Unusable> {
    let columns = vocabulary.columns(table)?;
    let framework = framework(catalogue, options.framework.as_deref())?;
    let scale = scale(framework, options.scale.as_deref())?;
    let meanings = Meanings::new(scale, options.decimals.unwrap_or(Decimals::Unsaid), &options.words);
    let mut report = Report::on([table]);
    let told = [
        (Column::Organization, &options.organization),
        (Column::Product, &options.product),
        (Column::Version, &options.version),
        (Column::Completed, &options.completed),
    ];
    let told = told.iter().filter(|(_, told)| told.is_some());
    let unused =
        OF_ELEMENTS.iter().copied().chain(told.map(|(column, _)| (*column, "the command line says it")));
    report.left_out = columns.left_out(table, &unused.collect::<Vec<_>>());

    let mut groups: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &table.rows {
        let id = match (columns.cell(&row.cells, Column::Certification), options.certification.as_deref()) {
            ("", Some(id)) => id,
            ("", None) if columns.has(Column::Certification) => {
                report.lost.push(table.loss(row, "it names no certification"));
                continue;
            }
            ("", None) => {
                return Err(Unusable::new("the table does not say of which certification it is")
                    .help("name the new record with `--certification ID`, such as `--certification example-desk-3.2`"));
            }
            (id, Some(wanted)) if id != wanted => {
                let why = format!("it is of `{id}`, and `--certification {wanted}` was asked for");
                report.lost.push(table.loss(row, why));
                continue;
            }
            (id, _) => id,
        };
        groups.entry(id).or_default().push(row);
    }
    let mut files = Vec::new();
    for (id, rows) in groups {
        if !is_usable_id(id) {
            return Err(Unusable::new(format!("`{id}` cannot be the id of a certification")).help(
                "an id has small letters, digits, `-` and, inside, `.`; it is the address of the page",
            ));
        }
        let is_known = catalogue.certifications.iter().any(|known| known.id == id);
        if is_known || catalogue.is_broken("certification", id) {
            return Err(Unusable::new(format!("the catalogue has a certification `{id}` already"))
                .help("nothing was written; choose another id with `--certification`, or move the record away first"));
        }
        let import = Import { table, columns: &columns, framework, meanings: &meanings, catalogue, options };
        files.push(import.record(id, &rows, scale, &mut report)?);
    }
    Ok(Imported { files, report: report.sorted() })
}

/// The framework that was named, or the only one.
pub(super) fn framework<'c>(
    catalogue: &'c Catalogue,
    named: Option<&str>,
) -> Result<&'c Framework, Unusable> {
    let known = || catalogue.frameworks.iter().map(|framework| framework.id.as_str());
    let list = || format!("the frameworks of the catalogue are {}", known().collect::<Vec<_>>().join(", "));
    match (named, catalogue.frameworks.as_slice()) {
        (None, [only]) => Ok(only),
        (None, []) => Err(Unusable::new("the catalogue has no framework").help(
            "a framework stands in `content/frameworks/<id>/framework.toml`, with its releases and its scale",
        )),
        (None, _) => Err(Unusable::new("the table is of one framework, and the catalogue has several")
            .help(format!("name it with `--framework ID`; {}", list()))),
        (Some(id), frameworks) => frameworks.iter().find(|framework| framework.id == id).ok_or_else(|| {
            Unusable::new(format!("the catalogue has no framework `{id}`"))
                .help(near::suggestion(id, known()).unwrap_or_else(list))
        }),
    }
}

fn scale<'c>(framework: &'c Framework, named: Option<&str>) -> Result<Option<&'c Scale>, Unusable> {
    let scales = &framework.record.scales;
    let default = framework.record.default_scale.as_ref().map(|id| id.value.as_str());
    match named.or(default) {
        None => Ok(if scales.len() == 1 { scales.first() } else { None }),
        Some(id) => match scales.iter().find(|scale| scale.id.value == id) {
            Some(scale) => Ok(Some(scale)),
            None => {
                let known: Vec<&str> = scales.iter().map(|scale| scale.id.value.as_str()).collect();
                Err(Unusable::new(format!("the framework `{}` has no scale `{id}`", framework.id))
                    .help(format!("its scales are {}", known.join(", "))))
            }
        },
    }
}

/// The index of a release by its version.
pub(super) fn release(framework: &Framework, version: &str) -> Result<usize, Unusable> {
    let versions = framework.record.versions();
    versions.iter().position(|known| *known == version).ok_or_else(|| {
        Unusable::new(format!("the framework `{}` has no release `{version}`", framework.id))
            .help(format!("its releases are {}", versions.join(", ")))
    })
}

/// What all rows of a table are read with.
struct Import<'a> {
    table: &'a Table,
    columns: &'a Columns,
    framework: &'a Framework,
    meanings: &'a Meanings<'a>,
    catalogue: &'a Catalogue,
    options: &'a ResultsOptions,
}

impl<'a> Import<'a> {
    fn record(
        &self,
        id: &str,
        rows: &[&'a Row],
        scale: Option<&Scale>,
        report: &mut Report,
    ) -> Result<NewFile, Unusable> {
        let release = self.release_of(id, rows)?;
        let organization =
            self.said(rows, (Column::Organization, self.options.organization.as_deref()), report);
        let product = self.said(rows, (Column::Product, self.options.product.as_deref()), report);
        let (Some(organization), Some(product)) = (organization, product) else {
            let missing = if organization.is_none() { "organization" } else { "product" };
            return Err(Unusable::new(format!("the table does not say the {missing} of `{id}`"))
                .help(format!("say it with `--{missing}`")));
        };
        let mut record = Writer::default();
        record.text("organization", self.organization(organization)?);
        record.text("product", product);
        let version = self.said(rows, (Column::Version, self.options.version.as_deref()), report);
        record.text("version", version.unwrap_or("unspecified"));
        record.text("framework", &self.framework.id);
        record.text("release", &self.framework.record.releases[release].version.value);
        let completed = self.said(rows, (Column::Completed, self.options.completed.as_deref()), report);
        if let Some(completed) = completed {
            if PartialDate::parse(completed).is_some() {
                record.text("completed", completed);
            } else if self.options.completed.is_some() {
                return Err(Unusable::new(format!("`{completed}` is no date"))
                    .help("write it as precisely as it is known: 2017, 2017-02 or 2017-02-14"));
            } else {
                let why = "it is no date as records write it: 2017, 2017-02 or 2017-02-14; say it with `--completed`";
                report.partly.push(self.table.cell_loss(rows[0], completed, why));
            }
        }
        let is_chosen = self.options.scale.is_some() || self.framework.record.scales.len() > 1;
        record.text("scale", scale.filter(|_| is_chosen).map_or("", |scale| &scale.id.value));
        if let Some(scale) = scale.filter(|_| is_chosen && self.options.scale.is_none()) {
            let scales = self.framework.record.scales.iter().map(|other| other.id.value.as_str());
            let others: Vec<&str> = scales.filter(|other| *other != scale.id.value).collect();
            let why = format!(
                "its scores are read on the scale `{}`; `--scale` names another: {}",
                scale.id.value,
                others.join(", ")
            );
            report.doubts.push(self.table.cell_loss(rows[0], id, why));
        }
        for row in rows {
            match self.result(row, release, report) {
                Ok(result) => {
                    record.append(&result);
                    report.written += 1;
                }
                Err(why) => report.lost.push(self.table.loss(row, why)),
            }
        }
        Ok(NewFile::new(format!("content/certifications/{id}/certification.toml"), record.finish()))
    }

    /// A fact of the certification: as told, or as the first of its rows says it. Rows that say otherwise are reported.
    fn said<'s>(
        &self,
        rows: &[&'s Row],
        (column, told): (Column, Option<&'s str>),
        report: &mut Report,
    ) -> Option<&'s str> {
        let said = |row: &&'s Row| self.columns.cell(&row.cells, column);
        let fact = told.or_else(|| rows.iter().map(said).find(|said| !said.is_empty()))?;
        for row in rows.iter().filter(|row| told.is_none() && !said(row).is_empty() && said(row) != fact) {
            let why = format!("a certification has one, and the first row says `{fact}`");
            report.partly.push(self.table.cell_loss(row, said(row), why));
        }
        Some(fact)
    }

    fn release_of(&self, id: &str, rows: &[&Row]) -> Result<usize, Unusable> {
        if let Some(version) = &self.options.release {
            return release(self.framework, version);
        }
        let mut said: Vec<&str> =
            rows.iter().map(|row| self.columns.cell(&row.cells, Column::Release)).collect();
        said.retain(|version| !version.is_empty());
        said.sort_unstable();
        said.dedup();
        match (said.as_slice(), self.framework.releases.len()) {
            ([version], _) => release(self.framework, version),
            ([], 1) => Ok(0),
            ([], _) => Err(Unusable::new("the table does not say against which release it was assessed")
                .help(format!("say it with `--release`: {}", self.framework.record.versions().join(", ")))),
            (several, _) => Err(Unusable::new(format!(
                "the rows of `{id}` name several releases: {}",
                several.join(", ")
            ))
            .help(
                "say with `--release` against which of them the certification is; rows of others keep theirs",
            )),
        }
    }

    /// The id of an organization by its id or one of its names.
    fn organization(&self, said: &'a str) -> Result<&'a str, Unusable> {
        let organizations = &self.catalogue.organizations;
        let is_called = |organization: &&Organization| {
            let names = organization.record.former_names.iter().map(String::as_str);
            let mut names = names.chain([organization.record.name.as_str(), organization.id.as_str()]);
            names.any(|name| cells::folded(name) == cells::folded(said))
        };
        if let Some(known) = organizations.iter().find(is_called) {
            return Ok(&known.id);
        }
        let known = || organizations.iter().flat_map(|known| [known.id.as_str(), known.record.name.as_str()]);
        Err(Unusable::new(format!("the catalogue has no organization `{said}`")).help(
            near::suggestion(said, known()).unwrap_or_else(|| {
                "add it as `content/organizations/<id>.toml` with its `name`, and import again".to_owned()
            }),
        ))
    }

    /// One row as a result, or why it is none.
    fn result(&self, row: &'a Row, release: usize, report: &mut Report) -> Result<Writer, String> {
        let cell = |column| self.columns.cell(&row.cells, column);
        let (id, name) = self.identified(row, release)?;
        let row_release = match cell(Column::Release) {
            "" => release,
            version => self::release(self.framework, version).map_err(|unusable| unusable.message)?,
        };
        // Many tables have the coverage of a group where its parts have their scores.
        let score_as_coverage = cells::coverage(cell(Column::Score)).ok();
        let score = if score_as_coverage.is_some() { "" } else { cell(Column::Score) };
        let result = cell(Column::Result);
        let (read_score, read_result) = (self.meanings.read(score)?, self.meanings.read(result)?);
        let (said, words) = match (read_score, read_result) {
            (Said::Score(score), Said::Outcome(_)) => {
                return Err(format!("it has both a score, {score}, and an outcome, `{result}`"));
            }
            (Said::Outcome(one), Said::Outcome(other)) if one != other => {
                return Err(format!("it has two outcomes, `{score}` and `{result}`"));
            }
            (Said::Label(_), Said::Label(_) | Said::Nothing) => {
                return Err(format!("`{score}` is a rating, and the score is not said"));
            }
            (Said::Nothing, Said::Label(_)) => {
                return Err(format!("`{result}` is a rating, and the score is not said"));
            }
            (Said::Nothing, said) => (said, result),
            (Said::Label(_), said) => (said, result),
            (Said::Score(number), Said::Label(at)) => {
                self.doubt_label(row, (number, at), report);
                (Said::Score(number), score)
            }
            (said, _) => (said, score),
        };
        let coverage = match (self.coverage(row)?, score_as_coverage) {
            (Some(one), Some(other)) if one != other => {
                return Err(format!(
                    "it has two coverages, {}/{} and `{}`",
                    one.submitted,
                    one.total,
                    cell(Column::Score)
                ));
            }
            (one, other) => one.or(other),
        };
        if said == Said::Nothing && coverage.is_none() {
            return Err(format!("it says nothing of `{id}`: no score, no outcome, no coverage"));
        }
        let mut record = Writer::default();
        record.table("result");
        record.text("element", id);
        let mut plain = String::new();
        match &said {
            Said::Score(score) => {
                record.decimal("score", *score);
                plain = score.to_string();
            }
            Said::Rating(rating) => record.text("rating", rating),
            Said::Outcome(outcome) => record.text("outcome", word(*outcome)),
            Said::Nothing | Said::Label(_) => {}
        }
        if let Some(coverage) = coverage {
            record.text("coverage", &format!("{}/{}", coverage.submitted, coverage.total));
        }
        let printed = match cell(Column::Printed) {
            "" if matches!(said, Said::Score(_)) && words != plain => words,
            "" if matches!(said, Said::Outcome(_)) && !self.is_usual(words) => words,
            printed => printed,
        };
        record.text("printed", printed);
        let known = self.framework.releases[row_release].ids.get(id);
        let state = known.and_then(|element| self.catalogue.element(*element).in_release(row_release).ok());
        if state.is_none_or(|state| state.name != name) {
            record.text("name", name);
        }
        record.text("comment", cell(Column::Comment));
        if row_release != release {
            record.text("release", &self.framework.record.releases[row_release].version.value);
        }
        Ok(record)
    }

    /// Whether the words are those of the record format or of published pages, so that nothing is lost with them.
    fn is_usual(&self, words: &str) -> bool {
        self.meanings.is_usual(words)
    }

    /// The id and the name of a row. Where the table has no column for ids, they stand before the names.
    fn identified(&self, row: &'a Row, release: usize) -> Result<(&'a str, &'a str), String> {
        let (id, name) =
            (self.columns.cell(&row.cells, Column::Id), self.columns.cell(&row.cells, Column::Name));
        if self.columns.has(Column::Id) {
            return if id.is_empty() { Err("it has no id".to_owned()) } else { Ok((id, name)) };
        }
        let (first, rest) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
        let first = first.trim_end_matches(':');
        let is_id = self.framework.releases[release].ids.contains_key(first)
            || first.contains(|letter: char| letter.is_ascii_digit());
        if is_id { Ok((first, rest.trim())) } else { Err(format!("`{name}` does not begin with an id")) }
    }

    fn coverage(&self, row: &Row) -> Result<Option<Coverage>, String> {
        let cell = |column| self.columns.cell(&row.cells, column);
        let (submitted, total) = (cell(Column::Submitted), cell(Column::Total));
        match cell(Column::Coverage) {
            "" if submitted.is_empty() && total.is_empty() => Ok(None),
            "" => cells::coverage(&format!("{submitted}/{total}")).map(Some),
            coverage => cells::coverage(coverage).map(Some),
        }
    }

    /// A rating that is not the one which the score reaches.
    fn doubt_label(&self, row: &Row, (score, at): (rust_decimal::Decimal, usize), report: &mut Report) {
        let Some((scale, reached)) = self.meanings.reached(score) else { return };
        if reached != Some(at) {
            let reached = reached.map_or("no rating", |reached| &scale.ratings[reached].label);
            let said = &scale.ratings[at].label;
            let why = format!("the score {score} reaches `{reached}`; the score is kept");
            report.doubts.push(self.table.cell_loss(row, said, why));
        }
    }
}
