//! Records: what the files of a catalogue say, one file at a time.
//!
//! In come a file's path and text, out goes the record it holds with every mistake of its form.
//! Reading is a pure function of kind and text: no other file is looked at and no reference is resolved.

pub mod date;
pub mod shared;
pub mod alias;
pub mod scale;
pub mod config;
pub mod waiver;
pub mod page;
pub mod framework;
pub mod fingerprint;
pub mod element;
pub mod organization;
pub mod certification;
pub mod crosswalk;
pub mod mapping;
pub mod translation;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Code, Finding};
use crate::limits::{self, Limits};
use crate::parse::characters;
use crate::parse::definition::Definition;
use crate::parse::document::Document;
use crate::parse::fields::{Fields, Table};
use crate::parse::front_matter;
use crate::parse::markdown::{self, Body};
use crate::parse::picture;
use crate::site_path::check_name;
use crate::text::{LineIndex, Span};

use certification::CertificationRecord;
use config::Config;
use crosswalk::CrosswalkRecord;
use element::ElementRecord;
use framework::FrameworkRecord;
use mapping::MappingRecord;
use organization::OrganizationRecord;
use page::PageRecord;
use translation::Translation;

/// What a file of the catalogue is, told by its path alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `site.toml`.
    Config,
    /// `content/index.md`.
    Home,
    /// A free page, with its id such as `guide/scope`.
    Page(String),
    /// A notice, with its id.
    Notice(String),
    /// A framework's own record, with its id.
    Framework(String),
    /// One element or a list of them, with the framework's id and the file's name.
    Elements {
        /// The framework's id.
        framework: String,
        /// The file's name without its ending.
        stem: String,
    },
    /// An organization, with its id.
    Organization(String),
    /// A certification, with its id.
    Certification(String),
    /// A file of a certification's mapping, with the certification's id.
    Mapping(String),
    /// A crosswalk between two frameworks, with its id.
    Crosswalk(String),
    /// The texts of a record in another language.
    Translation {
        /// The language, as its folder is called.
        language: String,
        /// What is translated.
        of: Box<Kind>,
    },
    /// A document or a picture.
    Asset,
    /// A part of a theme.
    Theme,
    /// A text where no record is read.
    Stray,
}

impl Kind {
    /// The kind of the file at `path`, relative to the catalogue.
    pub fn of(path: &str) -> Self {
        let owned = |text: &str| text.to_owned();
        if path == "site.toml" {
            return Self::Config;
        }
        if path.starts_with("themes/") {
            return Self::Theme;
        }
        let Some(content) = path.strip_prefix("content/") else { return Self::Stray };
        if let Some((language, path)) =
            content.strip_prefix("translations/").and_then(|rest| rest.split_once('/'))
        {
            let of = if path == "site.toml" { Self::Config } else { Self::of(&format!("content/{path}")) };
            if !translation::is_translatable(&of) {
                return Self::Stray;
            }
            return Self::Translation { language: language.to_owned(), of: Box::new(of) };
        }
        let (stem, extension) = content.rsplit_once('.').unwrap_or((content, ""));
        let is_markdown = extension == "md";
        if !is_markdown && extension != "toml" {
            return Self::Asset;
        }
        let parts: Vec<&str> = stem.split('/').collect();
        match parts[..] {
            ["index"] if is_markdown => Self::Home,
            ["pages", ..] if is_markdown && parts.len() > 1 => Self::Page(parts[1..].join("/")),
            ["notices", id] if is_markdown => Self::Notice(owned(id)),
            ["frameworks", framework, "framework"] => Self::Framework(owned(framework)),
            ["frameworks", framework, "elements", .., stem] => {
                Self::Elements { framework: owned(framework), stem: owned(stem) }
            }
            ["organizations", id] => Self::Organization(owned(id)),
            ["certifications", id, "certification"] => Self::Certification(owned(id)),
            ["certifications", id, "mapping"] | ["certifications", id, "mapping", _] if !is_markdown => {
                Self::Mapping(owned(id))
            }
            ["crosswalks", id] => Self::Crosswalk(owned(id)),
            _ => Self::Stray,
        }
    }
}

impl Kind {
    /// What a record of this kind may say; of elements, one with a file of its own. `None` where no record is read.
    pub fn definition(&self) -> Option<&'static Definition> {
        Some(match self {
            Self::Config => &config::RECORD,
            Self::Home | Self::Page(_) | Self::Notice(_) => &page::RECORD,
            Self::Framework(_) => &framework::RECORD,
            Self::Elements { .. } => &element::RECORD,
            Self::Organization(_) => &organization::RECORD,
            Self::Certification(_) => &certification::RECORD,
            Self::Mapping(_) => &mapping::RECORD,
            Self::Crosswalk(_) => &crosswalk::RECORD,
            Self::Translation { of, .. } => translation::definition(of)?,
            Self::Asset | Self::Theme | Self::Stray => return None,
        })
    }

    /// What a file that lists many records of this kind may say, where one may.
    pub fn list_definition(&self) -> Option<&'static Definition> {
        match self {
            Self::Elements { .. } => Some(&element::LIST),
            Self::Translation { of, .. } if matches!(**of, Self::Elements { .. }) => Some(&translation::LIST),
            _ => None,
        }
    }
}

/// A record, as one file states it. A copy shares it.
#[derive(Clone, Debug)]
pub enum Record {
    /// The configuration.
    Config(Arc<Config>),
    /// The home page's text.
    Home(Arc<PageRecord>),
    /// A free page.
    Page(Arc<PageRecord>),
    /// A notice.
    Notice(Arc<PageRecord>),
    /// A framework.
    Framework(Arc<FrameworkRecord>),
    /// Elements of a framework, and whether every one in the file could be read.
    Elements(Vec<Arc<ElementRecord>>, bool),
    /// An organization.
    Organization(Arc<OrganizationRecord>),
    /// A certification.
    Certification(Arc<CertificationRecord>),
    /// A part of a certification's mapping.
    Mapping(Arc<MappingRecord>),
    /// A crosswalk.
    Crosswalk(Arc<CrosswalkRecord>),
    /// The texts of a record, or of several, in another language.
    Translation(Arc<Translation>),
}

/// What reading one file gave. Spans are within the file.
#[derive(Clone, Debug, Default)]
pub struct ReadFile {
    /// The record; `None` when the file is too broken to hold one.
    pub record: Option<Record>,
    /// Every mistake of its form.
    pub findings: Vec<Finding>,
}

/// Looks at a file that is no text: a document, or a picture that must be one.
pub fn read_bytes(kind: &Kind, path: &str, bytes: &[u8]) -> ReadFile {
    let findings = if *kind == Kind::Asset { picture::check_bytes(path, bytes) } else { Vec::new() };
    ReadFile { record: None, findings }
}

/// Reads the record of a file. Assets, parts of themes and stray files hold none.
pub fn read(kind: &Kind, path: &str, text: &str, limits: &Limits) -> ReadFile {
    if *kind == Kind::Asset {
        let mut findings = picture::check_text(path, text);
        // No part of it is TOML.
        characters::check(text, Span::start_of_file(), limits, &mut findings);
        return ReadFile { record: None, findings };
    }
    let mut findings = Vec::new();
    let record = read_record(kind, path, (text, limits), &mut findings);
    ReadFile { record, findings }
}

fn read_record(
    kind: &Kind,
    path: &str,
    (text, limits): (&str, &Limits),
    findings: &mut Vec<Finding>,
) -> Option<Record> {
    let stem: Option<&str> = match kind {
        Kind::Asset | Kind::Theme | Kind::Stray => return None,
        Kind::Page(id) | Kind::Notice(id) | Kind::Framework(id) | Kind::Organization(id) => Some(id),
        Kind::Certification(id) | Kind::Crosswalk(id) => Some(id),
        Kind::Config | Kind::Home | Kind::Elements { .. } | Kind::Mapping(_) | Kind::Translation { .. } => {
            None
        }
    };
    let is_markdown = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md");
    let (table_span, body) = if is_markdown {
        match front_matter::split(text) {
            Ok(split) => (split.table, Some(markdown::parse(text, split.body, limits))),
            Err(finding) => {
                findings.push(finding);
                return None;
            }
        }
    } else {
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        (Span::new(bom, text.len()), None)
    };
    let offset = table_span.start as usize;
    let body = body.map(|body| with_findings(body, findings));
    findings.extend(stem.and_then(bad_id));
    let mut hidden = Vec::new();
    characters::check(text, table_span, limits, &mut hidden);
    let (document, is_broken) = read_table_text(text, table_span, limits, (findings, &mut hidden));
    // A missing key is reported at the fence above the front matter, or for the file as a whole.
    let span = match text[..offset].rfind("+++") {
        Some(fence) => Span::new(fence, fence + "+++".len()),
        None => Span::start_of_file(),
    };
    let table = Table { document: &document, table: document.root(), span };
    if !is_broken {
        return read_table(kind, (table, body), (offset, limits), findings);
    }
    let mut more = Vec::new();
    read_table(kind, (table, body), (offset, limits), &mut more);
    let index = LineIndex::of(text);
    let line = |finding: &Finding| index.line_column(text, finding.span.start).line;
    let lines: BTreeSet<u32> = findings.iter().map(line).collect();
    more.retain(|finding| is_of_a_value(finding) && !lines.contains(&line(finding)));
    findings.append(&mut more);
    None
}

/// Reads the table of a file, with what is wrong in its characters and in its depth. A mistake of syntax that is a hidden character
/// is told as that alone.
fn read_table_text<'t>(
    text: &'t str,
    table: Span,
    limits: &Limits,
    (findings, hidden): (&mut Vec<Finding>, &mut Vec<Finding>),
) -> (Document<'t>, bool) {
    let offset = table.start as usize;
    let written = &text[table.range()];
    let mut syntax = Vec::new();
    let (document, mut is_broken) = Document::read(written, offset, &mut syntax);
    if written.contains('\\') {
        characters::check_escapes(written, &document, offset, limits, hidden);
    }
    syntax.retain(|finding| {
        hidden
            .iter()
            .all(|hidden| finding.span.start > hidden.span.end || hidden.span.start > finding.span.end)
    });
    findings.append(&mut syntax);
    findings.append(hidden);
    if let Some(span) = document.deeper_than(limits.toml_nesting) {
        let most = limits.toml_nesting;
        let message = format!("tables and lists stand in each other more than {most} levels deep here");
        let help = format!("no record needs that depth; {}", limits::setting("toml_nesting"));
        findings.push(Finding::new(Code::NestingTooDeep, span.shifted(offset), message).help(help));
        is_broken = true;
    }
    (document, is_broken)
}

/// Whether a finding in a broken file can be a mistake of its own: a wrong value, on a line without a syntax error. What is
/// missing, unknown or doubled may only look so because of the breakage.
fn is_of_a_value(finding: &Finding) -> bool {
    matches!(
        finding.code,
        Code::WrongType
            | Code::InvalidValue
            | Code::InvalidDate
            | Code::InvalidCoverage
            | Code::InvalidCitation
            | Code::ForbiddenAddress
            | Code::ValueTooLong
    )
}

fn read_table(
    kind: &Kind,
    (table, body): (Table<'_>, Option<Body>),
    (offset, limits): (usize, &Limits),
    findings: &mut Vec<Finding>,
) -> Option<Record> {
    if matches!(kind, Kind::Elements { .. }) && table.document.get(table.table, "element").is_some() {
        return Some(read_elements(table, (offset, limits), findings));
    }
    if let Kind::Translation { of, .. } = kind {
        let translation = Translation::read(of, (table, offset, limits), body, findings)?;
        return Some(Record::Translation(Arc::new(translation)));
    }
    let mut fields = Fields::open(table, (offset, limits), kind.definition()?, findings);
    Some(match kind {
        Kind::Config => Record::Config(Arc::new(Config::read(&mut fields)?)),
        Kind::Home => Record::Home(Arc::new(PageRecord::read(&mut fields, body)?)),
        Kind::Page(_) => Record::Page(Arc::new(PageRecord::read(&mut fields, body)?)),
        Kind::Notice(_) => Record::Notice(Arc::new(PageRecord::read(&mut fields, body)?)),
        Kind::Framework(_) => Record::Framework(Arc::new(FrameworkRecord::read(&mut fields, body)?)),
        Kind::Elements { stem, .. } => {
            if let Some(finding) = bad_id(stem) {
                fields.report(finding);
            }
            let element = ElementRecord::read(&mut fields, Some(stem.clone()), body)?;
            Record::Elements(vec![Arc::new(element)], true)
        }
        Kind::Organization(_) => Record::Organization(Arc::new(OrganizationRecord::read(&mut fields, body)?)),
        Kind::Certification(_) => {
            Record::Certification(Arc::new(CertificationRecord::read(&mut fields, body)?))
        }
        Kind::Mapping(_) => Record::Mapping(Arc::new(MappingRecord::read(&mut fields))),
        Kind::Crosswalk(_) => Record::Crosswalk(Arc::new(CrosswalkRecord::read(&mut fields, body)?)),
        Kind::Translation { .. } | Kind::Asset | Kind::Theme | Kind::Stray => return None,
    })
}

fn read_elements(
    table: Table<'_>,
    (offset, limits): (usize, &Limits),
    findings: &mut Vec<Finding>,
) -> Record {
    let mut list = Fields::open(table, (offset, limits), &element::LIST, findings);
    let mut elements = Vec::new();
    let mut is_complete = true;
    for table in list.tables("element") {
        let mut fields = list.inner(table, &element::LISTED);
        let Some(element) = ElementRecord::read(&mut fields, None, None) else {
            is_complete = false;
            continue;
        };
        if let Some(message) = id_mistake(&element.key.value) {
            fields.report(Finding::new(Code::InvalidId, element.key.span, message).help(ID_RULE));
        }
        is_complete &= !element.is_history_broken;
        elements.push(Arc::new(element));
    }
    Record::Elements(elements, is_complete)
}

fn with_findings(mut body: Body, findings: &mut Vec<Finding>) -> Body {
    findings.append(&mut body.findings);
    body
}

/// The finding for a file whose name cannot be its record's id.
fn bad_id(id: &str) -> Option<Finding> {
    let message = id_mistake(id)?;
    Some(Finding::new(Code::InvalidId, Span::start_of_file(), message).help(ID_RULE))
}

const ID_RULE: &str =
    "an id has 1 to 80 of the characters a–z, 0–9, `-` and, inside, `.`; it is the record's address";

/// Whether a record may have this id; one that may not was reported where it was read.
pub fn is_usable_id(id: &str) -> bool {
    id_mistake(id).is_none()
}

/// What is wrong with a record's id, part by part where it has folders.
fn id_mistake(id: &str) -> Option<String> {
    id.split('/').find_map(|part| {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
        let is_usable = !part.is_empty()
            && part.len() <= 80
            && part.bytes().all(allowed)
            && !part.starts_with(['.', '-'])
            && !part.ends_with(['.', '-'])
            && !part.contains("..")
            && check_name(part).is_ok();
        (!is_usable).then(|| format!("`{part}` cannot be a record's id"))
    })
}
