//! What the files of a catalogue say, whole and without their form.
//!
//! In come sources, out goes one tree of facts for each record, under the names that its keys have in the record format.
//! Nothing is left out that is not layout: a key that no rule knows is a fact too, and a file that is no record is its digest.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use crate::limits::Limits;
use crate::model::Kind;
use crate::parse::document::{Document, Entry, Value};
use crate::parse::front_matter;
use crate::parse::markdown::{self, Resolved};
use crate::sources::{Sources, body_start};
use crate::text::{Span, hexadecimal};

/// The key under which the prose of a record stands among its facts, whether it was a body or a `description`.
pub const TEXT: &str = "text";

/// One value.
#[derive(Clone, Debug)]
pub enum Fact {
    /// A text, a date.
    Text(String),
    /// A number in its shortest form.
    Number(String),
    /// True or false.
    Flag(bool),
    /// A list.
    List(Vec<Self>),
    /// A table.
    Table(Table),
    /// Markdown, as it is read.
    Prose(Prose),
}

/// Facts by key.
pub type Table = BTreeMap<String, Fact>;

/// A text in Markdown.
#[derive(Clone, Debug)]
pub struct Prose {
    /// Its markup, with white space as a browser shows it and with links as they are written.
    markup: String,
    /// Its words alone.
    pub words: String,
}

impl PartialEq for Fact {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) | (Self::Number(one), Self::Number(other)) => one == other,
            (Self::Flag(one), Self::Flag(other)) => one == other,
            (Self::List(one), Self::List(other)) => one == other,
            (Self::Table(one), Self::Table(other)) => one == other,
            (Self::Prose(one), Self::Prose(other)) => one.markup == other.markup,
            _ => false,
        }
    }
}

impl Eq for Fact {}

impl Fact {
    /// The text of a text or a number.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// How many values there are in it.
    pub fn size(&self) -> usize {
        match self {
            Self::List(items) => items.iter().map(Self::size).sum(),
            Self::Table(table) => table.values().map(Self::size).sum(),
            _ => 1,
        }
    }

    /// The value on one line, as a record could state it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Flag(flag) => flag.to_string(),
            Self::Prose(prose) => prose.words.replace('\n', " "),
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(|item| item.shown_inside(&['[', '{'])).collect();
                items.join(", ")
            }
            Self::Table(table) => {
                let entries =
                    table.iter().map(|(key, value)| format!("{key} = {}", value.shown_inside(&['{'])));
                entries.collect::<Vec<_>>().join(", ")
            }
        }
    }

    fn shown_inside(&self, braces: &[char]) -> String {
        match self {
            Self::Table(_) if braces.contains(&'{') => format!("{{ {} }}", self.shown()),
            Self::List(_) => format!("[{}]", self.shown()),
            _ => self.shown(),
        }
    }
}

/// What is said of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What kind of thing: `certification`, `element`, `file`.
    pub kind: &'static str,
    /// Its id among its kind; an element's framework stands before it.
    pub id: String,
    /// Everything that is said.
    pub facts: Table,
    /// The files that say it.
    pub files: BTreeSet<String>,
}

impl Record {
    /// The name of the record among all: `certification/huawei-digital-crm-r2.1`.
    pub fn name(&self) -> String {
        name(self.kind, &self.id)
    }
}

/// The name of a record among all.
pub fn name(kind: &str, id: &str) -> String {
    if id.is_empty() { kind.to_owned() } else { format!("{kind}/{id}") }
}

/// Every record by its name.
pub type Records = BTreeMap<String, Record>;

/// Reads the facts of all files.
pub fn read(sources: &Sources) -> Records {
    let mut records = Records::new();
    for (file, source) in sources.iter() {
        let path = source.path.as_str();
        let kind = Kind::of(path);
        let (name, id) = record_name(&kind, path);
        if sources.is_unread(file) {
            let facts = Table::from([("unread".to_owned(), Fact::Flag(true))]);
            add(&mut records, (name, id), facts, path);
            continue;
        }
        if name == "file" {
            add(&mut records, (name, id), of_bytes(sources.bytes(file)), path);
            continue;
        }
        let facts = of_text(&kind, path, sources.text(file));
        if let Kind::Elements { framework, .. } = &kind {
            add_elements(&mut records, (framework, id), facts, path);
        } else if let Kind::Translation { of, .. } = &kind
            && let Kind::Elements { .. } = **of
        {
            let folder = id.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            add_listed(&mut records, (name, &folder, id), facts, path);
        } else {
            add(&mut records, (name, id), facts, path);
        }
    }
    records
}

/// The kind and id under which the facts of a file stand.
pub(super) fn record_name(kind: &Kind, path: &str) -> (&'static str, String) {
    match kind {
        Kind::Config => ("site", String::new()),
        Kind::Home => ("home", String::new()),
        Kind::Page(id) => ("page", id.clone()),
        Kind::Notice(id) => ("notice", id.clone()),
        Kind::Framework(id) => ("framework", id.clone()),
        Kind::Elements { framework, stem } => ("element", format!("{framework}/{stem}")),
        Kind::Organization(id) => ("organization", id.clone()),
        Kind::Certification(id) => ("certification", id.clone()),
        Kind::Mapping(id) => ("mapping", id.clone()),
        Kind::Crosswalk(id) => ("crosswalk", id.clone()),
        Kind::Translation { language, of } => {
            let (kind, id) = record_name(of, path);
            ("translation", format!("{language}/{}", name(kind, &id)))
        }
        Kind::Asset | Kind::Theme | Kind::Stray => ("file", path.to_owned()),
    }
}

/// A file with one element, or with a list of them.
fn add_elements(records: &mut Records, (framework, id): (&str, String), facts: Table, path: &str) {
    add_listed(records, ("element", framework, id), facts, path);
}

fn add_listed(
    records: &mut Records,
    (kind, folder, id): (&'static str, &str, String),
    mut facts: Table,
    path: &str,
) {
    let Some(Fact::List(elements)) = facts.remove("element") else {
        // a translation names its element in a key of its own, as a listed element does
        let key = facts.remove("key");
        let id = key.as_ref().and_then(Fact::as_text).map_or(id, |key| format!("{folder}/{key}"));
        return add(records, (kind, id), facts, path);
    };
    for element in elements {
        let Fact::Table(mut element) = element else { continue };
        let key = element.remove("key");
        let key = key.as_ref().and_then(Fact::as_text).unwrap_or_default();
        add(records, (kind, format!("{folder}/{key}")), element, path);
    }
    // the file of a list has nothing of its own to say; what it says all the same is not lost
    if !facts.is_empty() {
        add(records, ("file", path.to_owned()), facts, path);
    }
}

/// Adds facts to a record. The files of a mapping add up; two files for one other record are a mistake, and both are kept.
fn add(records: &mut Records, (kind, id): (&'static str, String), facts: Table, path: &str) {
    let name = name(kind, &id);
    let Some(known) = records.get_mut(&name) else {
        let files = BTreeSet::from([path.to_owned()]);
        records.insert(name, Record { kind, id, facts, files });
        return;
    };
    known.files.insert(path.to_owned());
    for (key, fact) in facts {
        match (known.facts.get_mut(&key), fact) {
            (Some(Fact::List(all)), Fact::List(more)) => all.extend(more),
            (Some(_), fact) => {
                let mut free = (2..).map(|number| format!("{key} ({number})"));
                let key = free.find(|key| !known.facts.contains_key(key)).expect("numbers do not end");
                known.facts.insert(key, fact);
            }
            (None, fact) => drop(known.facts.insert(key, fact)),
        }
    }
}

/// A file that is no record: its digest and size. One that git LFS stands in for is what its pointer says.
fn of_bytes(bytes: &[u8]) -> Table {
    let (digest, size) =
        pointer(bytes).unwrap_or_else(|| (hexadecimal(&digest(bytes)), bytes.len().to_string()));
    Table::from([("sha256".to_owned(), Fact::Text(digest)), ("size".to_owned(), Fact::Number(size))])
}

/// The digest and the size of the file that a pointer of git LFS stands for.
fn pointer(bytes: &[u8]) -> Option<(String, String)> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() < 1024)?;
    let rest = text.strip_prefix("version https://git-lfs.github.com/spec/v1\n")?;
    let line = |key: &str| rest.lines().find_map(|line| line.strip_prefix(key));
    let digest = line("oid sha256:").filter(|digest| digest.len() == 64)?;
    Some((digest.to_owned(), line("size ")?.to_owned()))
}

/// The digest of a file as it will be published: of one that git LFS stands in for, that of the file itself.
pub fn digest_of_file(bytes: &[u8]) -> String {
    pointer(bytes).map_or_else(|| hexadecimal(&digest(bytes)), |(digest, _)| digest)
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The facts of a record's file.
fn of_text(kind: &Kind, path: &str, text: &str) -> Table {
    let broken =
        || Table::from([("unreadable".to_owned(), Fact::Text(hexadecimal(&digest(text.as_bytes()))))]);
    let is_markdown = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md");
    let (table, body) = if is_markdown {
        let Ok(split) = front_matter::split(text) else { return broken() };
        (split.table, Some(split.body))
    } else {
        (Span::new(body_start(text), text.len()), None)
    };
    let (document, is_broken) = Document::read(&text[table.range()], 0, &mut Vec::new());
    let mut facts: Table =
        document.entries(document.root()).map(|entry| (entry.key().to_owned(), of_entry(entry))).collect();
    if is_broken {
        facts.extend(broken());
    }
    let of = if let Kind::Translation { of, .. } = kind { of } else { kind };
    let has_prose =
        !matches!(of, Kind::Home | Kind::Page(_) | Kind::Notice(_) | Kind::Config | Kind::Mapping(_));
    if has_prose && !is_markdown {
        describe(&mut facts);
        if let Some(Fact::List(elements)) = facts.get_mut("element") {
            let tables = elements
                .iter_mut()
                .filter_map(|one| if let Fact::Table(one) = one { Some(one) } else { None });
            tables.for_each(describe);
        }
    }
    if let Some(prose) = body.and_then(|body| prose(&text[body.range()])) {
        facts.insert(TEXT.to_owned(), prose);
    }
    facts
}

/// In a file without a body, the description is what the body would be.
fn describe(facts: &mut Table) {
    if let Some(Fact::Text(description)) = facts.get("description") {
        let prose = prose(description);
        facts.remove("description");
        facts.extend(prose.map(|prose| (TEXT.to_owned(), prose)));
    }
}

/// A text in Markdown; nothing where it says nothing.
fn prose(text: &str) -> Option<Fact> {
    let text = text.replace("\r\n", "\n");
    let body = markdown::parse(&text, Span::new(0, text.len()), &Limits::default());
    if body.is_empty() {
        return None;
    }
    // where a link leads is a matter of the whole catalogue; what it says is told by its own words
    let html = body.render(&mut |reference| Resolved {
        href: format!("{:?}:{}", reference.kind, reference.target),
        text: reference.target.clone(),
    });
    Some(Fact::Prose(Prose { markup: as_shown(html.as_str()), words: body.plain }))
}

fn of_entry(entry: Entry<'_>) -> Fact {
    match entry.value() {
        Value::Text(text) => Fact::Text(text.replace("\r\n", "\n")),
        Value::Integer(digits, base) => Fact::Number(integer(digits, *base)),
        Value::Float(number) => Fact::Number(decimal(number)),
        Value::Flag(flag) => Fact::Flag(*flag),
        Value::Date(date) => Fact::Text(date.clone()),
        Value::List(_) => {
            let mut items: Vec<Fact> = entry.entries().map(of_entry).collect();
            // where one text or a list of texts may stand, a list of one says the same
            match items.pop() {
                Some(Fact::Text(only)) if items.is_empty() => Fact::Text(only),
                last => {
                    items.extend(last);
                    Fact::List(items)
                }
            }
        }
        Value::Table(_) => {
            let entries = entry.entries().map(|entry| (entry.key().to_owned(), of_entry(entry)));
            Fact::Table(entries.collect())
        }
    }
}

fn integer(digits: &str, base: u32) -> String {
    let plain = digits.replace('_', "");
    i128::from_str_radix(&plain, base).map_or(plain, |number| number.to_string())
}

/// A number without the zeros that say nothing: 4.40 is 4.4, and 4.0 is 4.
fn decimal(number: &str) -> String {
    let plain = number.replace('_', "");
    let exact =
        plain.parse::<rust_decimal::Decimal>().or_else(|_| rust_decimal::Decimal::from_scientific(&plain));
    exact.map_or(plain, |exact| exact.normalize().to_string())
}

/// Markup with every run of white space as the one space that a browser makes of it, but in preformatted text.
pub fn as_shown(html: &str) -> String {
    let mut shown = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<pre") {
        let end = rest[start..].find("</pre>").map_or(rest.len(), |end| start + end);
        push_collapsed(&mut shown, &rest[..start]);
        shown.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    push_collapsed(&mut shown, rest);
    shown
}

fn push_collapsed(shown: &mut String, html: &str) {
    let mut was_space = false;
    for letter in html.chars() {
        let is_space = matches!(letter, ' ' | '\n' | '\t' | '\r' | '\x0c');
        if !is_space {
            shown.push(letter);
        } else if !was_space {
            shown.push(' ');
        }
        was_space = is_space;
    }
}
