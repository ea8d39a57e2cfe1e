//! A TOML text as statements: headers and keys with their values, each with the comments that belong to it.
//!
//! In comes a text, out go its statements in their order, every piece a part of that text.
//! No value is decoded; what a comment belongs to is told by where it stands: above its statement, or behind it.

use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, RecursionGuard, ValidateWhitespace, parse_document};

use super::Order;

/// How deep lists and tables may stand in each other.
const DEEPEST: u32 = 80;

/// Lines above a statement: comments, and `""` for empty ones.
pub(super) type Lead<'t> = Vec<&'t str>;

/// A whole text.
#[derive(Debug, Default)]
pub(super) struct File<'t> {
    /// Comments at the top that belong to the file.
    pub(super) head: Lead<'t>,
    /// The keys before the first header, then each header with its keys.
    pub(super) sections: Vec<Section<'t>>,
    /// Comments at the end.
    pub(super) tail: Lead<'t>,
}

/// A header with its keys.
#[derive(Debug, Default)]
pub(super) struct Section<'t> {
    pub(super) lead: Lead<'t>,
    /// The parts of the header's name; none for what stands before the first.
    pub(super) path: Vec<&'t str>,
    pub(super) is_list: bool,
    pub(super) behind: Option<&'t str>,
    pub(super) entries: Vec<Entry<'t>>,
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) lead: Lead<'t>,
    pub(super) path: Vec<&'t str>,
    pub(super) item: Item<'t>,
    pub(super) behind: Option<&'t str>,
}

/// A value.
#[derive(Debug)]
pub(super) enum Item<'t> {
    /// One that is kept as it is written.
    Scalar(&'t str),
    /// A list, with the comments before its end.
    List(Vec<Part<'t>>, Lead<'t>),
    /// A table in braces on one line.
    Table(Vec<(Vec<&'t str>, Item<'t>)>),
}

/// An item of a list.
#[derive(Debug)]
pub(super) struct Part<'t> {
    pub(super) lead: Lead<'t>,
    pub(super) item: Item<'t>,
    pub(super) behind: Option<&'t str>,
}

/// Reads the statements of a text; `None` where it has mistakes.
pub(super) fn read(text: &str) -> Option<File<'_>> {
    let events = events(text)?;
    let mut reader = Reader { text, events: &events, at: 0 };
    reader.file()
}

/// Every comment of a text, sorted.
pub(super) fn comments(text: &str) -> Vec<String> {
    let events = events(text).unwrap_or_default();
    let comments = events.iter().filter(|event| event.kind() == EventKind::Comment);
    let mut comments: Vec<String> =
        comments.map(|event| text[event.span().start()..event.span().end()].trim_end().to_owned()).collect();
    comments.sort_unstable();
    comments
}

fn events(text: &str) -> Option<Vec<Event>> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
    let mut has_mistakes = false;
    let mut spaces = ValidateWhitespace::new(&mut events, source);
    let mut guarded = RecursionGuard::new(&mut spaces, DEEPEST);
    parse_document(&tokens, &mut guarded, &mut |_| has_mistakes = true);
    (!has_mistakes).then_some(events)
}

struct Reader<'t, 'e> {
    text: &'t str,
    events: &'e [Event],
    at: usize,
}

impl<'t> Reader<'t, '_> {
    fn peek(&self) -> Option<EventKind> {
        self.events.get(self.at).map(Event::kind)
    }

    /// The next event's text.
    fn take(&mut self) -> Option<&'t str> {
        let span = self.events.get(self.at)?.span();
        self.at += 1;
        Some(&self.text[span.start()..span.end()])
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(EventKind::Whitespace) {
            self.at += 1;
        }
    }

    fn file(&mut self) -> Option<File<'t>> {
        let mut file = File { sections: vec![Section::default()], ..File::default() };
        let mut lead: Lead<'t> = Vec::new();
        let mut is_line_empty = true;
        while let Some(kind) = self.peek() {
            match kind {
                EventKind::Whitespace => self.at += 1,
                EventKind::Newline => {
                    if is_line_empty {
                        lead.push("");
                    }
                    is_line_empty = true;
                    self.at += 1;
                }
                EventKind::Comment => {
                    lead.push(self.take()?.trim_end());
                    is_line_empty = false;
                }
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                    self.at += 1;
                    let path = self.path(&[EventKind::StdTableClose, EventKind::ArrayTableClose])?;
                    let (is_list, lead) = (kind == EventKind::ArrayTableOpen, std::mem::take(&mut lead));
                    let behind = self.behind()?;
                    file.sections.push(Section { lead, path, is_list, behind, entries: Vec::new() });
                    is_line_empty = false;
                }
                EventKind::SimpleKey => {
                    let path = self.path(&[EventKind::KeyValSep])?;
                    let item = self.item()?;
                    let (lead, behind) = (std::mem::take(&mut lead), self.behind()?);
                    file.sections.last_mut()?.entries.push(Entry { lead, path, item, behind });
                    is_line_empty = false;
                }
                _ => return None,
            }
        }
        file.tail = lead;
        file.take_head();
        Some(file)
    }

    /// The parts of a name, up to and with what ends it.
    fn path(&mut self, ends: &[EventKind]) -> Option<Vec<&'t str>> {
        let mut path = Vec::new();
        loop {
            match self.peek()? {
                EventKind::SimpleKey => path.push(self.take()?),
                EventKind::KeySep | EventKind::Whitespace => self.at += 1,
                kind if ends.contains(&kind) => {
                    self.at += 1;
                    return Some(path);
                }
                _ => return None,
            }
        }
    }

    /// The comment on the rest of the line.
    #[expect(
        clippy::unnecessary_wraps,
        clippy::option_option,
        reason = "a comment may be absent, an event may not"
    )]
    fn behind(&mut self) -> Option<Option<&'t str>> {
        self.skip_spaces();
        Some(if self.peek() == Some(EventKind::Comment) { self.take().map(str::trim_end) } else { None })
    }

    fn item(&mut self) -> Option<Item<'t>> {
        self.skip_spaces();
        match self.peek()? {
            EventKind::Scalar => Some(Item::Scalar(self.take()?)),
            EventKind::ArrayOpen => self.list(),
            EventKind::InlineTableOpen => self.table(),
            _ => None,
        }
    }

    fn list(&mut self) -> Option<Item<'t>> {
        self.at += 1;
        let (mut parts, mut lead): (Vec<Part<'t>>, Lead<'t>) = (Vec::new(), Vec::new());
        // A comment on the line of an item belongs to that item, also after its comma.
        let mut is_behind = false;
        loop {
            match self.peek()? {
                EventKind::Whitespace | EventKind::ValueSep => self.at += 1,
                EventKind::Newline => {
                    is_behind = false;
                    self.at += 1;
                }
                EventKind::Comment => {
                    let comment = self.take()?.trim_end();
                    match parts.last_mut().filter(|part| is_behind && part.behind.is_none()) {
                        Some(part) => part.behind = Some(comment),
                        None => lead.push(comment),
                    }
                }
                EventKind::ArrayClose => {
                    self.at += 1;
                    return Some(Item::List(parts, lead));
                }
                _ => {
                    let item = self.item()?;
                    parts.push(Part { lead: std::mem::take(&mut lead), item, behind: None });
                    is_behind = true;
                }
            }
        }
    }

    /// A table in braces; one over several lines stays as it is written.
    fn table(&mut self) -> Option<Item<'t>> {
        let start = self.events.get(self.at)?.span().start();
        self.at += 1;
        let (mut entries, mut is_plain) = (Vec::new(), true);
        loop {
            match self.peek()? {
                EventKind::Whitespace | EventKind::ValueSep => self.at += 1,
                EventKind::Newline | EventKind::Comment => {
                    is_plain = false;
                    self.at += 1;
                }
                EventKind::InlineTableClose => {
                    let end = self.events.get(self.at)?.span().end();
                    self.at += 1;
                    let is_plain = is_plain && !self.text[start..end].contains('\n');
                    return Some(if is_plain {
                        Item::Table(entries)
                    } else {
                        Item::Scalar(&self.text[start..end])
                    });
                }
                _ => {
                    let path = self.path(&[EventKind::KeyValSep])?;
                    entries.push((path, self.item()?));
                }
            }
        }
    }
}

impl File<'_> {
    /// What stands at the top and is set apart from the first statement is said of the file, and so are lines for tools.
    fn take_head(&mut self) {
        let first = self.sections.iter_mut().find_map(|section| {
            let is_header = !section.path.is_empty();
            match section.entries.first_mut() {
                _ if is_header => Some(&mut section.lead),
                Some(entry) => Some(&mut entry.lead),
                None => None,
            }
        });
        let Some(lead) = first else { return };
        let is_apart = |at: &usize| lead[*at].is_empty() && lead[..*at].iter().any(|line| !line.is_empty());
        let blank = (0..lead.len()).rev().find(is_apart).map(|at| at + 1);
        let tools = lead.iter().take_while(|line| line.is_empty() || line.starts_with("#:")).count();
        let end =
            blank.unwrap_or(0).max(if lead.iter().any(|line| line.starts_with("#:")) { tools } else { 0 });
        self.head = lead.drain(..end).collect();
    }

    /// The same with keys and headers in order.
    pub(super) fn in_order(mut self, order: Order) -> Self {
        for section in &mut self.sections {
            let path = std::mem::take(&mut section.path);
            section.entries.sort_by_key(|entry| order.place(&path, entry.path[0]));
            for entry in &mut section.entries {
                let inside: Vec<&str> = path.iter().chain(&entry.path).copied().collect();
                entry.item.put_in_order(order, &inside);
            }
            section.path = path;
        }
        let mut sections = std::mem::take(&mut self.sections).into_iter();
        let first = sections.next();
        self.sections = first.into_iter().chain(sorted(sections.collect(), 0, order)).collect();
        self
    }
}

/// Headers in order. A header takes along those inside it, and headers of one name keep their order. They are put in order before they
/// are put together, so that those of one table are, whatever stood between them.
fn sorted(mut sections: Vec<Section<'_>>, depth: usize, order: Order) -> Vec<Section<'_>> {
    sections.sort_by_key(|section| order.place(&section.path[..depth], section.path[depth]));
    let mut groups: Vec<(Section<'_>, Vec<Section<'_>>)> = Vec::new();
    for section in sections {
        match groups.last_mut() {
            Some((first, inside)) if is_inside(&section.path, &first.path) => inside.push(section),
            _ => groups.push((section, Vec::new())),
        }
    }
    groups
        .into_iter()
        .flat_map(|(first, inside)| {
            let inside = sorted(inside, first.path.len(), order);
            std::iter::once(first).chain(inside)
        })
        .collect()
}

fn is_inside(path: &[&str], outer: &[&str]) -> bool {
    path.len() > outer.len() && path.starts_with(outer)
}

impl Item<'_> {
    fn put_in_order(&mut self, order: Order, path: &[&str]) {
        match self {
            Self::Scalar(_) => {}
            Self::List(parts, _) => parts.iter_mut().for_each(|part| part.item.put_in_order(order, path)),
            Self::Table(entries) => {
                entries.sort_by_key(|(keys, _)| order.place(path, keys[0]));
                for (keys, item) in entries {
                    let inside: Vec<&str> = path.iter().chain(keys.iter()).copied().collect();
                    item.put_in_order(order, &inside);
                }
            }
        }
    }
}
