//! A framework as its record states it: names, releases, domains, levels, scales.
//!
//! In comes the table of `framework.toml`, out goes the record with the place of every reference.
//! Nothing is resolved here: names of scales and notices are still text.

mod footprint;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Finding};
use crate::model::alias::{Alias, read_aliases};
use crate::model::date::PartialDate;
use crate::model::scale::Scale;
use crate::model::shared::{read_date, read_description, read_web_address};
use crate::model::waiver::{Waiver, read_waivers};
use crate::parse::fields::{Fields, Key, optional, required};
use crate::parse::markdown::Body;
use crate::text::{Span, Spanned};

pub use footprint::{CellRecord, FootprintRecord, MOST_COLUMNS};

/// What an element of the framework is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    /// One of them: "process".
    pub one: String,
    /// Several: "processes".
    pub many: String,
    /// What stands in the addresses of elements, in whatever language pages are: "process".
    pub address: String,
}

/// A release as stated. A version is text: "16.0" is not 16.
#[derive(Clone, Debug)]
pub struct ReleaseRecord {
    /// Its version.
    pub version: Spanned<String>,
    /// A name besides the version.
    pub name: Option<String>,
    /// The suite it was published in, such as "Frameworx 16.0".
    pub suite: Option<String>,
    /// When it was published.
    pub date: Option<PartialDate>,
    /// Where it is described.
    pub url: Option<String>,
    /// What readers should know about it.
    pub note: Option<String>,
    /// Whether it is the one in force.
    pub current: bool,
}

/// A top grouping of the framework.
#[derive(Clone, Debug)]
pub struct DomainRecord {
    /// Its id within the framework.
    pub id: Spanned<String>,
    /// Its name.
    pub name: String,
    /// One or two sentences about it.
    pub description: Option<String>,
}

/// A framework's record.
#[derive(Clone, Debug)]
pub struct FrameworkRecord {
    /// Findings that it accepts.
    pub waivers: Vec<Waiver>,
    /// The full name.
    pub name: String,
    /// What people call it.
    pub short_name: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its home.
    pub url: Option<String>,
    /// What its elements are called.
    pub noun: Noun,
    /// Notices for every page of the framework.
    pub notices: Vec<Spanned<String>>,
    /// The scale of certifications that name none.
    pub default_scale: Option<Spanned<String>>,
    /// The releases, oldest first.
    pub releases: Vec<ReleaseRecord>,
    /// The domains in the framework's order.
    pub domains: Vec<DomainRecord>,
    /// The names of levels.
    pub levels: Vec<(i64, String)>,
    /// The scales.
    pub scales: Vec<Scale>,
    /// The layout of its map, where it has one of its own.
    pub footprint: Option<FootprintRecord>,
    /// Former addresses of its page.
    pub aliases: Vec<Alias>,
    /// What it is, in prose.
    pub body: Body,
}

const FRAMEWORK: &[Key] = &[
    required("name"),
    optional("short_name"),
    optional("publisher"),
    optional("url"),
    optional("description"),
    optional("noun"),
    optional("notices"),
    optional("aliases"),
    optional("default_scale"),
    required("release"),
    optional("domain"),
    optional("level"),
    optional("scale"),
    optional("footprint"),
    optional("waiver"),
];
const NOUN: &[Key] = &[required("one"), required("many")];
const RELEASE: &[Key] = &[
    required("version"),
    optional("name"),
    optional("suite"),
    optional("date"),
    optional("url"),
    optional("note"),
    optional("current"),
];
const DOMAIN: &[Key] = &[required("id"), required("name"), optional("description")];
const LEVEL: &[Key] = &[required("number"), required("name")];

/// What the record is called in messages, and its keys.
pub const RECORD: (&str, &[Key]) = ("a framework", FRAMEWORK);

impl FrameworkRecord {
    /// The versions of the releases, oldest first.
    pub fn versions(&self) -> Vec<&str> {
        self.releases.iter().map(|release| release.version.value.as_str()).collect()
    }

    /// Reads the record; `None` when it has no name to go by.
    pub fn read(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Option<Self> {
        let noun = fields.table("noun").and_then(|table| {
            let mut noun = fields.inner(table, ("a noun", NOUN));
            let one = noun.text("one")?.value;
            Some(Noun { address: one.clone(), one, many: noun.text("many")?.value })
        });
        let releases = fields.tables("release").into_iter().filter_map(|table| {
            let mut release = fields.inner(table, ("a release", RELEASE));
            Some(ReleaseRecord {
                version: release.text("version")?,
                name: release.text("name").map(|text| text.value),
                suite: release.text("suite").map(|text| text.value),
                date: read_date(&mut release, "date").map(|date| date.value),
                url: read_web_address(&mut release, "url"),
                note: release.text("note").map(|text| text.value),
                current: release.flag("current").unwrap_or(false),
            })
        });
        let mut releases: Vec<ReleaseRecord> = releases.collect();
        let domains = fields.tables("domain").into_iter().filter_map(|table| {
            let mut domain = fields.inner(table, ("a domain", DOMAIN));
            Some(DomainRecord {
                id: domain.text("id")?,
                description: domain.text("description").map(|text| text.value),
                name: domain.text("name")?.value,
            })
        });
        let mut domains: Vec<DomainRecord> = domains.collect();
        let levels = fields.tables("level").into_iter().filter_map(|table| {
            let mut level = fields.inner(table, ("a level", LEVEL));
            Some((level.integer("number", 0..=99)?.value, level.text("name")?.value))
        });
        let levels = levels.collect();
        let scales: Vec<Scale> =
            fields.tables("scale").into_iter().filter_map(|table| Scale::read(fields, table)).collect();
        report_repeated(fields, "release", releases.iter().map(|release| &release.version));
        report_repeated(fields, "domain", domains.iter().map(|domain| &domain.id));
        report_repeated(fields, "scale", scales.iter().map(|scale| &scale.id));
        for scale in &scales {
            report_repeated(fields, "rating", scale.ratings.iter().filter_map(|rating| rating.id.as_ref()));
        }
        // What is defined twice has one place on the site.
        let (mut versions, mut ids) = (BTreeSet::new(), BTreeSet::new());
        releases.retain(|release| versions.insert(release.version.value.clone()));
        domains.retain(|domain| ids.insert(domain.id.value.clone()));
        for extra in releases.iter().filter(|release| release.current).skip(1) {
            let message = format!("`{}` is a second release that is current", extra.version.value);
            fields.report(Finding::new(Code::RepeatedDefinition, extra.version.span, message));
        }
        let footprint = fields.table("footprint").map(|table| FootprintRecord::read(fields, table));
        Some(Self {
            short_name: fields.text("short_name").map(|text| text.value),
            publisher: fields.text("publisher").map(|text| text.value),
            url: read_web_address(fields, "url"),
            noun: noun.unwrap_or_else(|| Noun {
                one: "element".to_owned(),
                many: "elements".to_owned(),
                address: "element".to_owned(),
            }),
            notices: fields.texts("notices"),
            aliases: read_aliases(fields),
            waivers: read_waivers(fields),
            default_scale: fields.text("default_scale"),
            releases,
            domains,
            levels,
            scales,
            footprint,
            body: read_description(fields, body),
            name: fields.text("name")?.value,
        })
    }
}

/// Reports every name that an earlier one of its kind has already.
fn report_repeated<'r>(
    fields: &mut Fields<'_, '_>,
    what: &str,
    names: impl Iterator<Item = &'r Spanned<String>>,
) {
    let mut firsts: BTreeMap<&str, Span> = BTreeMap::new();
    for name in names {
        match firsts.get(name.value.as_str()) {
            Some(first) => {
                let message = format!("the {what} `{}` is defined twice", name.value);
                fields.report(
                    Finding::new(Code::RepeatedDefinition, name.span, message)
                        .label(*first, "first defined here"),
                );
            }
            None => {
                firsts.insert(&name.value, name.span);
            }
        }
    }
}
