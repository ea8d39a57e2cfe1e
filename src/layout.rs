//! The canonical layout of a record: keys in the order of its definition, one way of spacing and quoting.
//!
//! In comes a record as somebody wrote it, out goes the same record laid out; every value and every comment is kept.
//! A text is never laid out on trust: what comes out is read again, and where it says anything else, there is no layout.

mod statements;
mod written;

use crate::model::Kind;
use crate::parse::definition::{Definition, Form};
use crate::parse::document::{Document, Entry, Items, Value};
use crate::parse::front_matter;

/// Why a record has no layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be read.
    Unreadable,
    /// The layout would say something else, which is a mistake of certalog's.
    Unfaithful,
}

/// The record of a file, laid out. Files without a record have no layout.
pub fn lay_out(path: &str, text: &str) -> Option<Result<String, Refusal>> {
    let kind = Kind::of(path);
    let order = Order { one: kind.definition()?, many: kind.list_definition() };
    let is_markdown = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "md");
    Some(if is_markdown { markdown(text, order) } else { table(text, order) })
}

/// What says in which order keys stand: a record may be one or many in one file.
#[derive(Clone, Copy)]
struct Order {
    one: &'static Definition,
    many: Option<&'static Definition>,
}

impl Order {
    /// The definition of the table that a header names.
    fn of(self, path: &[&str]) -> Option<&'static Definition> {
        let Some((first, rest)) = path.split_first() else { return Some(self.one) };
        let mut definitions = std::iter::once(self.one).chain(self.many);
        let mut definition = definitions.find_map(|known| known.key(first))?.form.inner();
        for name in rest {
            definition = definition?.key(name)?.form.inner();
        }
        definition
    }

    /// The place of a key in the table that a header names; what is not known stands last, as it was.
    fn place(self, path: &[&str], key: &str) -> usize {
        self.of(path).map_or(0, |definition| definition.place(key))
    }

    /// Whether the value of a key is a date.
    fn is_date(self, path: &[&str], key: &str) -> bool {
        let form = self.of(path).and_then(|definition| definition.key(key)).map(|key| key.form);
        matches!(form, Some(Form::Date))
    }
}

fn markdown(text: &str, order: Order) -> Result<String, Refusal> {
    let parts = front_matter::split(text).map_err(|_| Refusal::Unreadable)?;
    let table = table(&text[parts.table.range()], order)?;
    let body = &text[parts.body.range()];
    let end = if body.is_empty() || body.ends_with('\n') { "" } else { "\n" };
    let line_end = line_end(text);
    Ok(format!("+++{line_end}{table}+++{line_end}{body}{end}"))
}

fn table(text: &str, order: Order) -> Result<String, Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut findings = Vec::new();
    let (before, is_broken) = Document::read(text, 0, &mut findings);
    if is_broken {
        return Err(Refusal::Unreadable);
    }
    let file = statements::read(text).ok_or(Refusal::Unreadable)?;
    let mut laid_out = written::write(&file.in_order(order), order);
    if line_end(text) == "\r\n" {
        laid_out = laid_out.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    let (after, is_broken) = Document::read(&laid_out, 0, &mut findings);
    let is_faithful = !is_broken
        && says_the_same((&before, before.root()), (&after, after.root()))
        && statements::comments(text) == statements::comments(&laid_out);
    if is_faithful { Ok(laid_out) } else { Err(Refusal::Unfaithful) }
}

/// How lines end: as the first does.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Whether two tables say the same, in whatever order.
fn says_the_same(one: (&Document<'_>, Items), other: (&Document<'_>, Items)) -> bool {
    one.1.len() == other.1.len()
        && one.0.entries(one.1).all(|entry| {
            other.0.get(other.1, entry.key()).is_some_and(|found| is_same((one.0, entry), (other.0, found)))
        })
}

fn is_same(one: (&Document<'_>, Entry<'_>), other: (&Document<'_>, Entry<'_>)) -> bool {
    match (one.1.value(), other.1.value()) {
        (Value::Table(first), Value::Table(second)) => says_the_same((one.0, *first), (other.0, *second)),
        (Value::List(first), Value::List(second)) => {
            first.len() == second.len()
                && one.1.entries().zip(other.1.entries()).all(|(a, b)| is_same((one.0, a), (other.0, b)))
        }
        // a date is read from a text as it is read without quotation marks
        (Value::Date(date), Value::Text(text)) => date.as_str() == &**text,
        (Value::Integer(year, 10), Value::Text(text)) => year == text && year.len() == 4,
        (first, second) => first == second,
    }
}
