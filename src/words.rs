//! The words of the interface: every text that a reader of the site sees and no record holds.
//!
//! In come the language files of the theme and of the default theme, out go texts by key, filled and counted in the language's form.
//! No other module holds words for readers; where a language has none for a key, the English ones stand in.

mod forms;
mod read;
mod load;
mod script;
mod terms;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tera::{Map, Value};

use crate::html::HtmlWriter;
use crate::language;
use crate::model::date::{PartialDate, Precision};
use crate::model::scale::Scale;
use forms::{Forms, Rules};
pub use terms::Term;

/// A text, or its forms by number.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    One(String),
    Counted(Box<Forms>),
}

impl Text {
    /// The text; of several forms, the general one.
    fn general(&self) -> &str {
        match self {
            Self::One(text) => text,
            Self::Counted(forms) => forms.other(),
        }
    }
}

/// The words of a site.
#[derive(Debug)]
pub struct Words {
    language: String,
    texts: FxHashMap<String, Text>,
    rules: Rules,
    /// What templates see, made once; a copy of it costs nothing.
    visible: Value,
    script: String,
}

/// A part of a text: words, or a name in braces that stands for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// Words.
    Words(&'t str),
    /// A placeholder.
    Placeholder(&'t str),
}

/// The parts of a text. Braces around anything but a plain name are words.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    let mut waiting = None;
    std::iter::from_fn(move || {
        if let Some(name) = waiting.take() {
            return Some(Piece::Placeholder(name));
        }
        if rest.is_empty() {
            return None;
        }
        let found = rest.match_indices('{').find_map(|(at, _)| {
            let name = &rest[at + 1..];
            let name = &name[..name.find('}')?];
            let is_name =
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            is_name.then_some((at, name))
        });
        let Some((at, name)) = found else { return Some(Piece::Words(std::mem::take(&mut rest))) };
        let words = &rest[..at];
        rest = &rest[at + name.len() + 2..];
        if words.is_empty() {
            return Some(Piece::Placeholder(name));
        }
        waiting = Some(name);
        Some(Piece::Words(words))
    })
}

fn filled<T: AsRef<str>>(text: &str, values: &[(&str, T)], count: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => out.push_str(words),
            Piece::Placeholder(name) => {
                let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref());
                out.push_str(value.unwrap_or(if name == "count" { count } else { "" }));
            }
        }
    }
    out
}

/// The months, as keys.
const MONTHS: [&str; 12] = [
    "month.january",
    "month.february",
    "month.march",
    "month.april",
    "month.may",
    "month.june",
    "month.july",
    "month.august",
    "month.september",
    "month.october",
    "month.november",
    "month.december",
];

/// Below this many digits a number is written without separators.
const GROUPED_FROM: usize = 5;

impl Words {
    fn new(language: String, rules: Rules, texts: FxHashMap<String, Text>, keys: &[&str]) -> Self {
        let mut words = Self { language, texts, rules, visible: Value::none(), script: String::new() };
        words.visible = nested(
            keys.iter()
                .filter(|key| !key.starts_with("script."))
                .map(|key| (*key, words.texts[*key].general())),
        );
        words.script = script::module(&words, keys);
        words
    }

    /// The tag of the site's language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The language of messages to contributors, where readers are spoken to in another one.
    pub fn of_messages(&self) -> Option<&'static str> {
        let is_english = language::chain(&self.language).any(|tag| tag == language::ENGLISH);
        (!is_english).then_some(language::ENGLISH)
    }

    /// Which way the language is written: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        language::direction(&self.language)
    }

    /// What templates see as `words`: tables of texts within tables.
    pub fn visible(&self) -> Value {
        self.visible.clone()
    }

    /// The module from which scripts import what they say.
    pub fn script(&self) -> &str {
        &self.script
    }

    /// The words for a key.
    pub fn get(&self, key: &'static str) -> &str {
        self.text(key).map_or(key, Text::general)
    }

    /// The words for a key, with what stands in the place of each `{name}`.
    pub fn fill<T: AsRef<str>>(&self, key: &'static str, values: &[(&str, T)]) -> String {
        filled(self.get(key), values, "")
    }

    /// The words for a number of things; `{count}` is the number in the language's form.
    pub fn count(&self, key: &'static str, count: usize) -> String {
        self.count_with(key, count, &[] as &[(&str, &str)])
    }

    /// The same, with what stands in the place of each other `{name}`.
    pub fn count_with<T: AsRef<str>>(&self, key: &'static str, count: usize, values: &[(&str, T)]) -> String {
        filled(self.form(key, count), values, &self.number(count))
    }

    /// Writes the words for a key as markup; `write` writes what stands in the place of each `{name}`.
    pub fn write(
        &self,
        key: &'static str,
        html: &mut HtmlWriter,
        mut write: impl FnMut(&str, &mut HtmlWriter),
    ) {
        for piece in pieces(self.get(key)) {
            match piece {
                Piece::Words(words) => {
                    html.text(words);
                }
                Piece::Placeholder(name) => write(name, html),
            }
        }
    }

    /// The same for the words for a number of things; `{count}` is written here.
    pub fn write_count(
        &self,
        (key, count): (&'static str, usize),
        html: &mut HtmlWriter,
        mut write: impl FnMut(&str, &mut HtmlWriter),
    ) {
        for piece in pieces(self.form(key, count)) {
            match piece {
                Piece::Words(words) => {
                    html.text(words);
                }
                Piece::Placeholder("count") => {
                    html.text(&self.number(count));
                }
                Piece::Placeholder(name) => write(name, html),
            }
        }
    }

    /// Things with names of their own, such as a framework's processes: "1 process", "12 processes".
    pub fn counted(&self, count: usize, one: &str, many: &str) -> String {
        let name = if self.rules.is_one(count) { one } else { many };
        self.fill("count.named", &[("count", self.number(count).as_str()), ("name", name)])
    }

    /// Things in a row: "a, b and c".
    pub fn list<T: AsRef<str>>(&self, things: &[T]) -> String {
        let mut out = String::new();
        for (at, thing) in things.iter().enumerate() {
            if at > 0 {
                out.push_str(self.get(if at + 1 < things.len() { "list.comma" } else { "list.last" }));
            }
            out.push_str(thing.as_ref());
        }
        out
    }

    /// A whole number: "12", "12,345".
    pub fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        if digits.len() < GROUPED_FROM {
            return digits;
        }
        let separator = self.get("form.group");
        let mut out = String::with_capacity(digits.len() + digits.len() / 3 * separator.len());
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(separator);
            }
            out.push(digit);
        }
        out
    }

    /// A decimal with so many places, halves to even as in every figure of the site: "4.40".
    pub fn decimal(&self, value: Decimal, places: u32) -> String {
        let text = format!("{value:.*}", places as usize);
        match self.get("form.decimal") {
            "." => text,
            mark => text.replace('.', mark),
        }
    }

    /// A score as its scale prints it: "4.8", "Level 4".
    pub fn score(&self, scale: &Scale, score: Decimal) -> String {
        let mut text = self.decimal(score, scale.decimals());
        text.insert_str(0, &scale.prefix);
        text
    }

    /// A date as precise as it is known: "2017", "February 2017", "14 February 2017".
    pub fn date(&self, date: PartialDate) -> String {
        let first = date.first_day();
        let (year, day) = (first.year().to_string(), first.day().to_string());
        let month = self.get(MONTHS[usize::from(first.month().unsigned_abs()) - 1]);
        let values = [("year", year.as_str()), ("month", month), ("day", day.as_str())];
        match date.precision() {
            Precision::Year => year,
            Precision::Month => self.fill("form.month", &values),
            Precision::Day => self.fill("form.day", &values),
        }
    }

    fn text(&self, key: &str) -> Option<&Text> {
        let text = self.texts.get(key);
        debug_assert!(text.is_some(), "there are no words for `{key}`");
        text
    }

    fn form(&self, key: &'static str, count: usize) -> &str {
        match self.text(key) {
            Some(Text::Counted(forms)) => forms.of(self.rules.category(count)),
            Some(Text::One(text)) => text,
            None => key,
        }
    }
}

/// Texts by dotted keys, in order, as tables within tables.
fn nested<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> Value {
    let mut root = Table::default();
    for (key, text) in texts {
        let (parents, name) = key.rsplit_once('.').unwrap_or(("", key));
        let parents = parents.split('.').filter(|parent| !parent.is_empty());
        let table = parents.fold(&mut root, |table, parent| {
            let at = table.tables.iter().position(|(name, _)| name == parent).unwrap_or_else(|| {
                table.tables.push((parent.to_owned(), Table::default()));
                table.tables.len() - 1
            });
            &mut table.tables[at].1
        });
        table.texts.push((name.to_owned(), text.to_owned()));
    }
    root.into_value()
}

#[derive(Default)]
struct Table {
    texts: Vec<(String, String)>,
    tables: Vec<(String, Table)>,
}

impl Table {
    fn into_value(self) -> Value {
        let texts = self.texts.into_iter().map(|(name, text)| (name.into(), Value::from(text)));
        let tables = self.tables.into_iter().map(|(name, table)| (name.into(), table.into_value()));
        Value::from(texts.chain(tables).collect::<Map>())
    }
}
