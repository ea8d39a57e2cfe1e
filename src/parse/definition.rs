//! What a table of a record may say: its keys in their order, each with its form, its meaning and an example.
//!
//! In comes nothing but what each record declares beside its reader; out go unknown and missing keys, the JSON Schemas, the reference and the layout.
//! A form says what a reader accepts and never what a value leads to: whether a name is known is found out when the catalogue is linked.

/// A table of a record.
#[derive(Debug)]
pub struct Definition {
    /// What the table is called in messages: "a result".
    pub what: &'static str,
    /// What it is, in a sentence.
    pub says: &'static str,
    /// Its keys in the order in which records are laid out.
    pub keys: &'static [Key],
    /// What its keys ask of each other.
    pub rules: &'static [Rule],
}

/// A key that a record knows.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// Whether the record cannot do without it.
    pub is_required: bool,
    /// What its value looks like.
    pub form: Form,
    /// What it means, in Markdown.
    pub says: &'static str,
    /// An example: of a text, the text itself, else a value as TOML writes it; empty for tables, whose keys have examples.
    pub example: &'static str,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// A text that says something.
    Text,
    /// A text of some sentences.
    LongText,
    /// A text that may be empty.
    AnyText,
    /// Markdown.
    Prose,
    /// A list of texts.
    Texts,
    /// A text or a list of texts.
    TextOrTexts,
    /// The id of a record, which is the name of its file or folder.
    Id,
    /// A list of ids of records.
    Ids,
    /// An id of a record, or a list of them.
    IdOrIds,
    /// The id of a page, with its folders.
    PageId,
    /// A whole number from the first to the second.
    Integer(i64, i64),
    /// A decimal number.
    Decimal,
    /// True or false.
    Flag,
    /// One of a few words.
    Word(fn() -> Vec<&'static str>),
    /// A list of some of a few words.
    Words(fn() -> Vec<&'static str>),
    /// A year, a month or a day.
    Date,
    /// An address that leads out of the catalogue.
    Address,
    /// The address of a site.
    SiteAddress,
    /// A language tag.
    Language,
    /// How many of how many: `3/6`.
    Coverage,
    /// Former addresses of a page.
    FormerAddresses,
    /// A list of citations, each a text or a table.
    Citations(&'static Definition),
    /// Levels of diagnostics, by their codes.
    Levels,
    /// A table.
    Table(&'static Definition),
    /// A list of tables.
    Tables(&'static Definition),
}

/// What keys of one table ask of each other.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// At most one of them is given.
    AtMostOne(&'static [&'static str]),
    /// At least one of them is given.
    AtLeastOne(&'static [&'static str]),
    /// All of them are given, or none.
    AllOrNone(&'static [&'static str]),
    /// The list under the key has at least and at most so many items.
    Count(&'static str, usize, usize),
    /// With this word under the first key, the last key is needed.
    WithWord(&'static str, &'static str, &'static str),
}

/// A value that is one of a few words, such as an outcome.
pub trait Choice: Sized + Copy + 'static {
    /// Every word with its meaning.
    const WORDS: &'static [(&'static str, Self)];
}

/// The words of a choice, in their order.
pub fn words<T: Choice>() -> Vec<&'static str> {
    T::WORDS.iter().map(|(word, _)| *word).collect()
}

/// The word that records have for a value.
pub fn word<T: Choice + PartialEq>(value: T) -> &'static str {
    T::WORDS.iter().find(|(_, meaning)| *meaning == value).expect("every value of a choice has its word").0
}

/// A key that the record cannot do without.
pub const fn required(name: &'static str, form: Form, says: &'static str) -> Key {
    Key { name, is_required: true, form, says, example: "" }
}

/// A key that may be left out.
pub const fn optional(name: &'static str, form: Form, says: &'static str) -> Key {
    Key { name, is_required: false, form, says, example: "" }
}

impl Key {
    /// The same key with an example.
    pub const fn such_as(self, example: &'static str) -> Self {
        Self { example, ..self }
    }
}

impl Definition {
    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The place of a key in the layout; what is not known stands last.
    pub fn place(&self, name: &str) -> usize {
        self.keys.iter().position(|key| key.name == name).unwrap_or(self.keys.len())
    }
}

impl Form {
    /// The table inside, or each table of the list.
    pub fn inner(self) -> Option<&'static Definition> {
        match self {
            Self::Table(inner) | Self::Tables(inner) | Self::Citations(inner) => Some(inner),
            _ => None,
        }
    }

    /// Whether an example is the text itself and not a value as TOML writes it.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::LongText
                | Self::AnyText
                | Self::Prose
                | Self::Id
                | Self::PageId
                | Self::Word(_)
                | Self::Date
                | Self::Address
                | Self::SiteAddress
                | Self::Language
                | Self::Coverage
                | Self::TextOrTexts
                | Self::IdOrIds
        )
    }
}
