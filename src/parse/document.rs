//! A TOML text as one flat list of nodes: every key and value with its place, nothing copied that needs no decoding.
//!
//! In comes the text of a table, out goes its document; a text that is plain and right is read in one pass over the events of its
//! grammar. Any other is read by the library's own document, which knows what is wrong with it, and becomes the same list.

mod events;
mod mistakes;
mod converted;

use std::borrow::Cow;

use crate::diagnostic::Finding;
use crate::text::Span;

pub use converted::parse_table;

/// Keys and values of a TOML text. Spans count from the start of that text.
#[derive(Debug, PartialEq, Eq)]
pub struct Document<'t> {
    /// The first is the table of the whole text.
    nodes: Vec<Node<'t>>,
}

/// The number of a node.
type NodeIx = u32;
/// What no node has as its number.
const NONE: NodeIx = u32::MAX;

#[derive(Debug, PartialEq, Eq)]
struct Node<'t> {
    /// Empty in a list.
    key: Cow<'t, str>,
    key_span: Span,
    span: Span,
    value: Value<'t>,
    /// The next in the same table or list.
    next: NodeIx,
    /// How many tables and lists it stands in, that of the whole text not counted.
    depth: u16,
}

/// What a key holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Value<'t> {
    /// A text.
    Text(Cow<'t, str>),
    /// A whole number: its digits with their sign, and their base.
    Integer(Cow<'t, str>, u32),
    /// A number with a fraction or an exponent, as written.
    Float(Cow<'t, str>),
    /// True or false.
    Flag(bool),
    /// A date or a time, in its one form.
    Date(String),
    /// A list.
    List(Items),
    /// A table.
    Table(Items),
}

/// The nodes inside a list or a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Items {
    first: NodeIx,
    last: NodeIx,
    count: u32,
}

impl Items {
    const NONE: Self = Self { first: NONE, last: NONE, count: 0 };

    /// How many there are.
    pub fn len(self) -> usize {
        self.count as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.count == 0
    }
}

/// A key with its value, or an item of a list.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'d> {
    document: &'d Document<'d>,
    at: NodeIx,
}

/// Whether the digits of a whole number are a number that can be counted with.
fn is_integer(digits: &str, radix: u32) -> bool {
    i64::from_str_radix(&digits.replace('_', ""), radix).is_ok()
}

/// Whether the digits of a number with a fraction or an exponent are a number.
fn is_float(digits: &str) -> bool {
    let number = digits.trim_start_matches(['+', '-']).replace('_', "");
    number.is_ascii() && (matches!(number.as_str(), "inf" | "nan") || number.parse::<f64>().is_ok())
}

impl<'t> Document<'t> {
    /// Reads a text that starts `offset` bytes into its file. Syntax errors, all of them, become findings; what could be made of
    /// the rest comes back with them, and the second value says whether there were any.
    pub fn read(text: &'t str, offset: usize, findings: &mut Vec<Finding>) -> (Self, bool) {
        match events::read(text) {
            Some(document) => (document, false),
            None => converted::read(text, offset, findings),
        }
    }

    fn new() -> Self {
        let root = Node {
            key: Cow::Borrowed(""),
            key_span: Span::default(),
            span: Span::default(),
            value: Value::Table(Items::NONE),
            next: NONE,
            depth: 0,
        };
        Self { nodes: vec![root] }
    }

    /// The place of the first number that is none.
    fn wrong_number(&self) -> Option<Span> {
        let is_wrong = |node: &&Node<'_>| match &node.value {
            Value::Integer(digits, radix) => !is_integer(digits, *radix),
            Value::Float(digits) => !is_float(digits),
            _ => false,
        };
        self.nodes.iter().find(is_wrong).map(|node| node.span)
    }

    /// The table of the whole text.
    pub fn root(&self) -> Items {
        self.items(0).expect("the first node is a table")
    }

    fn items(&self, at: NodeIx) -> Option<Items> {
        match self.nodes[at as usize].value {
            Value::List(items) | Value::Table(items) => Some(items),
            _ => None,
        }
    }

    /// Adds a node to a table or a list.
    fn add(
        &mut self,
        parent: NodeIx,
        (key, key_span): (Cow<'t, str>, Span),
        span: Span,
        value: Value<'t>,
    ) -> NodeIx {
        let at = self.nodes.len() as NodeIx;
        let depth = self.nodes[parent as usize].depth.saturating_add(1);
        self.nodes.push(Node { key, key_span, span, value, next: NONE, depth });
        let (Value::List(items) | Value::Table(items)) = &mut self.nodes[parent as usize].value else {
            unreachable!("only tables and lists hold others")
        };
        let last = std::mem::replace(&mut items.last, at);
        items.count += 1;
        if last == NONE {
            items.first = at;
        } else {
            self.nodes[last as usize].next = at;
        }
        at
    }

    fn find(&self, items: Items, key: &str) -> Option<NodeIx> {
        let mut at = items.first;
        while at != NONE {
            let node = &self.nodes[at as usize];
            if node.key == key {
                return Some(at);
            }
            at = node.next;
        }
        None
    }
}

impl<'d> Document<'d> {
    /// The place of the first table or list that stands in more than so many others.
    pub fn deeper_than(&self, most: u64) -> Option<Span> {
        let is_too_deep = |node: &&Node<'_>| {
            u64::from(node.depth) > most && matches!(node.value, Value::List(_) | Value::Table(_))
        };
        self.nodes.iter().find(is_too_deep).map(|node| node.span)
    }

    /// Calls for every text, and for every key, with its place.
    pub fn each_text(&self, mut call: impl FnMut(&str, Span)) {
        for node in &self.nodes {
            if !node.key.is_empty() {
                call(&node.key, node.key_span);
            }
            if let Value::Text(text) = &node.value {
                call(text, node.span);
            }
        }
    }

    /// What is inside a table or a list, in the order of the text.
    pub fn entries(&'d self, items: Items) -> impl Iterator<Item = Entry<'d>> {
        let mut at = items.first;
        std::iter::from_fn(move || {
            let entry = (at != NONE).then_some(Entry { document: self, at })?;
            at = entry.node().next;
            Some(entry)
        })
    }

    /// The entry of a table with this key.
    pub fn get(&'d self, items: Items, key: &str) -> Option<Entry<'d>> {
        self.find(items, key).map(|at| Entry { document: self, at })
    }
}

impl<'d> Entry<'d> {
    fn node(self) -> &'d Node<'d> {
        &self.document.nodes[self.at as usize]
    }

    /// The key; empty for an item of a list.
    pub fn key(self) -> &'d str {
        &self.node().key
    }

    /// Where the key is written.
    pub fn key_span(self) -> Span {
        self.node().key_span
    }

    /// Where the value is written; for a table under a header of its own, the header.
    pub fn span(self) -> Span {
        self.node().span
    }

    /// The value.
    pub fn value(self) -> &'d Value<'d> {
        &self.node().value
    }

    /// What is inside the value, where it is a list or a table.
    pub fn entries(self) -> impl Iterator<Item = Entry<'d>> {
        self.document.entries(self.document.items(self.at).unwrap_or(Items::NONE))
    }
}
