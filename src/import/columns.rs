//! What the columns of a table mean, by their headings.
//!
//! In come headings and what was said about them, out goes the meaning of every column that has one.
//! Known are the usual English words, the framework's own noun, and every heading of the files that certalog publishes.

use std::collections::BTreeMap;

use super::{LeftOut, Table, Unusable};
use crate::near;
use crate::words::Words;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The id of an element in its release.
    Id,
    /// Its name.
    Name,
    /// Its level.
    Level,
    /// Its domain, by name or id.
    Domain,
    /// Its parents, by id.
    Parent,
    /// The id that it had before.
    OriginalId,
    /// The key of its record.
    Key,
    /// What it is, in prose.
    Description,
    /// A release of the framework.
    Release,
    /// A score, or the reason why there is none.
    Score,
    /// An outcome or a rating, in words.
    Result,
    /// The submitted parts and all of them, as 3/6.
    Coverage,
    /// The submitted parts.
    Submitted,
    /// All parts.
    Total,
    /// What the source adds.
    Comment,
    /// The source's wording of a score or an outcome.
    Printed,
    /// The id of a certification.
    Certification,
    /// Who certified, by name or id.
    Organization,
    /// What was certified.
    Product,
    /// The product's version.
    Version,
    /// When the assessment was completed.
    Completed,
    /// Something that certalog works out itself.
    Computed,
}

/// The columns as they are named on the command line, with their usual headings.
const COLUMNS: &[(&str, Column, &[&str])] = &[
    (
        "id",
        Column::Id,
        &[
            "identifier",
            "element",
            "element id",
            "element identifier",
            "process id",
            "process identifier",
            "process number",
            "etom id",
            "number",
            "no",
            "nr",
            "code",
            "ref",
            "reference",
        ],
    ),
    ("name", Column::Name, &["title", "process", "process name", "process element", "element name", "label"]),
    ("level", Column::Level, &["process level", "element level", "lvl"]),
    ("domain", Column::Domain, &["domain name", "process domain", "area"]),
    (
        "parent",
        Column::Parent,
        &["parents", "parent id", "parent identifier", "parent process", "parent process id"],
    ),
    (
        "original-id",
        Column::OriginalId,
        &[
            "original id",
            "original identifier",
            "original process identifier",
            "former id",
            "previous id",
            "old id",
        ],
    ),
    ("key", Column::Key, &["element key", "key of the element"]),
    ("description", Column::Description, &["brief description", "definition"]),
    ("release", Column::Release, &["framework release", "model release", "framework version"]),
    ("score", Column::Score, &["conformance score", "process score", "conformance level", "points"]),
    (
        "result",
        Column::Result,
        &[
            "outcome",
            "rating",
            "conformance",
            "status",
            "outcome id",
            "outcome words",
            "rating id",
            "rating label",
        ],
    ),
    ("coverage", Column::Coverage, &["covered", "process coverage"]),
    ("submitted", Column::Submitted, &["parts submitted", "coverage submitted"]),
    ("total", Column::Total, &["parts in all", "coverage total"]),
    (
        "comment",
        Column::Comment,
        &["comments", "remark", "remarks", "note", "notes", "deviation", "deviations"],
    ),
    ("printed", Column::Printed, &["as printed"]),
    ("certification", Column::Certification, &["certification id"]),
    ("organization", Column::Organization, &["organisation", "company", "vendor", "supplier"]),
    ("product", Column::Product, &["product name", "solution"]),
    ("version", Column::Version, &["product version"]),
    ("completed", Column::Completed, &["assessed", "completion date", "date"]),
];

/// The headings of published files, by the keys of their words.
const PUBLISHED: &[(&str, Column)] = &[
    ("term.id", Column::Id),
    ("term.name", Column::Name),
    ("term.level", Column::Level),
    ("term.domain", Column::Domain),
    ("term.parents", Column::Parent),
    ("term.original_identifier", Column::OriginalId),
    ("sheet.element", Column::Key),
    ("term.release", Column::Release),
    ("term.score", Column::Score),
    ("term.result", Column::Result),
    ("sheet.submitted", Column::Submitted),
    ("sheet.of", Column::Total),
    ("term.comment", Column::Comment),
    ("sheet.certification", Column::Certification),
    ("term.organization", Column::Organization),
    ("term.product", Column::Product),
    ("term.version", Column::Version),
    ("term.assessed", Column::Completed),
    ("sheet.counted", Column::Computed),
    ("term.certifications", Column::Computed),
    ("sheet.address", Column::Computed),
    ("table.group", Column::Computed),
];

/// Keys of published data that follow from the records.
const OF_DATA: [&str; 7] =
    ["element.domain", "element.order", "element.states", "kind", "words", "summary", "repeated"];

/// What headings mean.
#[derive(Debug)]
pub struct Vocabulary {
    meanings: BTreeMap<String, Column>,
    /// What was said on the command line, with the heading as it was written.
    chosen: Vec<(Column, String)>,
}

impl Vocabulary {
    /// The known headings, with those that name an element by the noun of its framework. What was said of a heading goes before
    /// what is known of it.
    pub fn new(noun: Option<&str>, chosen: &[(Column, String)]) -> Self {
        let mut meanings = BTreeMap::new();
        for (word, column, usual) in COLUMNS {
            for heading in usual.iter().chain([word]) {
                meanings.insert(bare(heading), *column);
            }
        }
        let with_noun = |noun: &str| {
            let id = ["id", "identifier", "number"].map(|word| (format!("{noun} {word}"), Column::Id));
            let name = [noun.to_owned(), format!("{noun} name")].map(|word| (word, Column::Name));
            id.into_iter().chain(name)
        };
        for words in Words::of_every_language() {
            for (key, column) in PUBLISHED {
                meanings.insert(bare(words.get(key)), *column);
            }
            let group = words.get("table.group");
            meanings.insert(bare(&words.fill("table.id", &[("column", group)])), Column::Computed);
            if let Some(noun) = noun {
                meanings.insert(bare(&words.fill("table.id", &[("column", noun)])), Column::Id);
            }
        }
        for key in OF_DATA {
            meanings.insert(bare(key), Column::Computed);
        }
        meanings.extend(
            noun.into_iter()
                .flat_map(|noun| with_noun(&noun.to_lowercase()))
                .map(|(word, column)| (bare(&word), column)),
        );
        for (column, heading) in chosen {
            meanings.retain(|_, known| known != column);
            meanings.insert(bare(heading), *column);
        }
        Self { meanings, chosen: chosen.to_vec() }
    }

    /// What a heading means, if that is known.
    pub(super) fn meaning(&self, heading: &str) -> Option<Column> {
        self.meanings.get(&bare(heading)).copied()
    }

    /// Where each column of a table stands. Where several headings mean the same, a row has it from the first that says something;
    /// a heading that is the column's own name goes before the others.
    pub(super) fn columns(&self, table: &Table) -> Result<Columns, Unusable> {
        let mut columns = Columns { places: BTreeMap::new(), others: Vec::new() };
        for (at, heading) in table.headings.iter().enumerate() {
            match self.meaning(heading) {
                Some(Column::Computed) => columns.others.push((at, "certalog works it out from the records")),
                Some(column) => columns.places.entry(column).or_default().push(at),
                None => columns
                    .others
                    .push((at, "its heading is not known; `--column NAME=HEADING` says what it holds")),
            }
        }
        for (column, places) in &mut columns.places {
            let own = COLUMNS.iter().find(|(_, known, _)| known == column).map_or("", |(name, ..)| name);
            places.sort_by_key(|at| bare(&table.headings[*at]) != bare(own));
        }
        for (column, heading) in &self.chosen {
            if !columns.places.contains_key(column) {
                let message = format!("`{}` has no column `{heading}`", table.name);
                let headings =
                    table.headings.iter().map(String::as_str).filter(|heading| !heading.is_empty());
                let known: Vec<String> = headings.map(|heading| format!("`{heading}`")).collect();
                return Err(Unusable::new(message).help(format!("its columns are {}", known.join(", "))));
            }
        }
        Ok(columns)
    }
}

/// Where the columns of a table stand.
#[derive(Debug)]
pub(super) struct Columns {
    places: BTreeMap<Column, Vec<usize>>,
    others: Vec<(usize, &'static str)>,
}

impl Columns {
    pub(super) fn has(&self, column: Column) -> bool {
        self.places.contains_key(&column)
    }

    /// A cell without the space around it; empty where there is no such column.
    pub(super) fn cell<'r>(&self, cells: &'r [String], column: Column) -> &'r str {
        let places = self.places.get(&column).into_iter().flatten();
        places.map(|at| cells[*at].trim()).find(|cell| !cell.is_empty()).unwrap_or_default()
    }

    /// The columns that say something and are in no record, once the others were used.
    pub(super) fn left_out(&self, table: &Table, unused: &[(Column, &'static str)]) -> Vec<LeftOut> {
        let mut left_out: Vec<(usize, Option<LeftOut>)> =
            self.others.iter().map(|(at, why)| (*at, table.left_out(*at, why, &[]))).collect();
        for (column, places) in &self.places {
            match unused.iter().find(|(unused, _)| unused == column) {
                Some((_, why)) => {
                    left_out.extend(places.iter().map(|at| (*at, table.left_out(*at, why, &[]))));
                }
                None => left_out.extend(places.iter().enumerate().skip(1).map(|(before, at)| {
                    (*at, table.left_out(*at, "another column says the same", &places[..before]))
                })),
            }
        }
        left_out.sort_by_key(|(at, _)| *at);
        left_out.into_iter().filter_map(|(_, left_out)| left_out).collect()
    }
}

/// A column by the name that it has on the command line.
pub fn column(text: &str) -> Result<(Column, String), String> {
    let names = || COLUMNS.iter().map(|(name, ..)| *name);
    let Some((name, heading)) = text.split_once('=') else {
        return Err(
            "write what the column holds, `=` and its heading, such as `--column score=Points`".to_owned()
        );
    };
    match COLUMNS.iter().find(|(known, ..)| *known == name.trim()) {
        Some((_, column, _)) => Ok((*column, heading.trim().to_owned())),
        None => Err(match near::nearest(name, names()) {
            Some(near) => format!("no column is called `{name}`; did you mean `{near}`?"),
            None => {
                format!("no column is called `{name}`; there are {}", names().collect::<Vec<_>>().join(", "))
            }
        }),
    }
}

/// The letters and digits of a heading in small letters, its words apart by one space: `Process: id` is `process id`.
fn bare(heading: &str) -> String {
    let words = heading.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
