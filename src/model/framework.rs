//! A framework as its record states it: names, releases, domains, levels, scales.
//!
//! In comes the table of `framework.toml`, out goes the record with the place of every reference.
//! Nothing is resolved here: names of scales and notices are still text.

mod footprint;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Finding};
use crate::model::alias::{Alias, aliases, read_aliases};
use crate::model::date::PartialDate;
use crate::model::scale::{SCALE, Scale};
use crate::model::shared::{
    description, notices, read_date, read_description, read_name, read_web_address, url,
};
use crate::model::waiver::{Waiver, read_waivers, waivers};
use crate::parse::definition::{Definition, Form, optional, required};
use crate::parse::fields::Fields;
use crate::parse::markdown::Body;
use crate::text::{Span, Spanned};

use footprint::FOOTPRINT;
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

/// What the record may say.
pub static RECORD: Definition = Definition {
    what: "a framework",
    says: "A versioned model with a hierarchy of elements: its releases, domains, levels and scales.",
    keys: &[
        required("name", Form::Text, "The full name.").such_as("Business Process Framework"),
        optional("short_name", Form::Text, "What people call it.").such_as("eTOM"),
        optional("publisher", Form::Text, "Who publishes it.").such_as("TM Forum"),
        url("Its home."),
        optional(
            "noun",
            Form::Table(&NOUN),
            "What an element is called; `element`, `elements` where it is left out.",
        ),
        notices("Notices for every page of the framework, by id."),
        aliases(),
        optional(
            "default_scale",
            Form::Text,
            "The id of the scale of certifications that name none; needed where there are several scales.",
        )
        .such_as("score"),
        description("What it is, in Markdown, for a `.toml` file."),
        required("release", Form::Tables(&RELEASE), "Its releases in order, oldest first."),
        optional("domain", Form::Tables(&DOMAIN), "Its domains in order."),
        optional("level", Form::Tables(&LEVEL), "The names of its levels."),
        optional(
            "footprint",
            Form::Table(&FOOTPRINT),
            "The layout of the map on which certifications draw their footprints.",
        ),
        optional("scale", Form::Tables(&SCALE), "How results are expressed."),
        waivers(),
    ],
    rules: &[],
};
static NOUN: Definition = Definition {
    what: "a noun",
    says: "What an element is called.",
    keys: &[
        required("one", Form::Text, "One of them.").such_as("process"),
        required("many", Form::Text, "Several of them.").such_as("processes"),
    ],
    rules: &[],
};
static RELEASE: Definition = Definition {
    what: "a release",
    says: "One version of the framework.",
    keys: &[
        required("version", Form::Text, "Its version, always a text.").such_as("16.0"),
        optional("name", Form::Text, "A name besides the version.").such_as("Autumn release"),
        optional("suite", Form::Text, "The suite in which it was published.").such_as("Frameworx 16.0"),
        optional("date", Form::Date, "When it was published.").such_as("2016-06-13"),
        url("Where it is described."),
        optional("note", Form::LongText, "What readers should know about it.")
            .such_as("The numbering changed."),
        optional("current", Form::Flag, "`true` for the one in force; without any, that is the last.")
            .such_as("true"),
    ],
    rules: &[],
};
static DOMAIN: Definition = Definition {
    what: "a domain",
    says: "A top grouping of elements.",
    keys: &[
        required("id", Form::Text, "Its id within the framework.").such_as("customer"),
        required("name", Form::Text, "Its name.").such_as("Customer"),
        optional("description", Form::LongText, "A sentence or two about it.")
            .such_as("Dealings with customers."),
    ],
    rules: &[],
};
static LEVEL: Definition = Definition {
    what: "a level",
    says: "What a level is called.",
    keys: &[
        required("number", Form::Integer(0, 99), "The level.").such_as("2"),
        required("name", Form::Text, "Its name.").such_as("Process group"),
    ],
    rules: &[],
};
impl FrameworkRecord {
    /// The versions of the releases, oldest first.
    pub fn versions(&self) -> Vec<&str> {
        self.releases.iter().map(|release| release.version.value.as_str()).collect()
    }

    /// Reads the record; `None` when it has no name to go by.
    pub fn read(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Option<Self> {
        let noun = fields.table("noun").and_then(|table| {
            let mut noun = fields.inner(table, &NOUN);
            let one = noun.text("one")?.value;
            Some(Noun { address: one.clone(), one, many: noun.text("many")?.value })
        });
        let releases = fields.tables("release").into_iter().filter_map(|table| {
            let mut release = fields.inner(table, &RELEASE);
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
            let mut domain = fields.inner(table, &DOMAIN);
            Some(DomainRecord {
                id: domain.text("id")?,
                description: domain.text("description").map(|text| text.value),
                name: domain.text("name")?.value,
            })
        });
        let mut domains: Vec<DomainRecord> = domains.collect();
        let levels = fields.tables("level").into_iter().filter_map(|table| {
            let mut level = fields.inner(table, &LEVEL);
            Some((level.integer("number")?.value, level.text("name")?.value))
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
            name: read_name(fields, "name")?.value,
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
