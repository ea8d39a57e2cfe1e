//! What an element's record may say, in a file of its own and in a list.
//!
//! In comes nothing, out go the definitions that the reader, the schemas and the reference share.
//! The two differ in one key: in a list an element states its key, and in a file of its own the file's name is its key.

use super::{Basis, ChangeKind};
use crate::model::alias::aliases;
use crate::model::shared::{description, remarks, url};
use crate::model::waiver::waivers;
use crate::parse::definition::{Definition, Form, Key, Rule, optional, required, words};

const WHAT: &str = "an element";
const SAYS: &str = "One element of a framework through all releases. What stands at the top holds for every release; \
                    a history entry changes what it names from its release on.";

const KEYS: &[Key] = &[
    required("name", Form::Text, "Its name, until the history says otherwise.").such_as("Problem Handling"),
    optional("id", Form::Text, "Its id in every release, where that never changes and there is no history.")
        .such_as("AC-2"),
    optional("level", Form::Integer(0, 99), "Its level, stated and never counted from an id.").such_as("2"),
    optional("domain", Form::Text, "Its domain, by id.").such_as("customer"),
    optional("parent", Form::IdOrIds, "The element above it, by key; a list where there are several.")
        .such_as("customer-relationship-management"),
    optional(
        "order",
        Form::Integer(i64::MIN, i64::MAX),
        "Its place among its siblings, where ids do not give it; those without it follow.",
    )
    .such_as("3"),
    optional("original_id", Form::Text, "The original identifier, as the framework prints it.")
        .such_as("1.1.1.6"),
    optional(
        "original_release",
        Form::Text,
        "The release to which that identifier belongs, where it is known.",
    )
    .such_as("12.0"),
    optional("maturity", Form::Integer(0, 99), "The maturity level of its definition.").such_as("4"),
    optional(
        "complete_in",
        Form::Texts,
        "The releases in which the catalogue has all of its children, so that gaps can be looked for.",
    )
    .such_as(r#"["12.0", "16.0"]"#),
    description("The definition, in Markdown, for a `.toml` file."),
    optional("reserved", Form::Texts, "Titles of sections that the framework keeps for later.")
        .such_as(r#"["Mandatory", "Optional"]"#),
    optional("empty", Form::Texts, "Titles of sections that the framework prints with nothing in them.")
        .such_as(r#"["Interactions"]"#),
    source("Where the definition was taken from."),
    aliases(),
    optional("history", Form::Tables(&HISTORY), "What happened to it, release by release."),
    remarks(),
    waivers(),
];

/// The same with the key that stands in for a file's name.
const LISTED_KEYS: [Key; KEYS.len() + 1] = {
    let key = required("key", Form::Id, "Its key in the catalogue, as if it had a file of this name.")
        .such_as("problem-handling");
    let mut keys = [key; KEYS.len() + 1];
    let mut at = 0;
    while at < KEYS.len() {
        keys[at + 1] = KEYS[at];
        at += 1;
    }
    keys
};

/// An element with a file of its own.
pub static RECORD: Definition = Definition { what: WHAT, says: SAYS, keys: KEYS, rules: &[] };
/// An element in a list.
pub static LISTED: Definition = Definition { what: WHAT, says: SAYS, keys: &LISTED_KEYS, rules: &[] };
/// A file that lists elements.
pub static LIST: Definition = Definition {
    what: "a list of elements",
    says: "Many elements in one file.",
    keys: &[required("element", Form::Tables(&LISTED), "The elements.")],
    rules: &[],
};

pub(super) static HISTORY: Definition = Definition {
    what: "a history entry",
    says: "What happened to the element in a release; what it names holds from then on.",
    keys: &[
        optional("release", Form::Text, "The release, one of the framework's.").such_as("16.0"),
        optional("version", Form::Text, "A version that is not one of the releases; it is shown only.")
            .such_as("15.9"),
        required("change", Form::Word(words::<ChangeKind>), "What happened; `other` goes with `printed`.")
            .such_as("renumbering"),
        optional("id", Form::Text, "Its id from here on.").such_as("1.3.7"),
        optional("name", Form::Text, "Its name from here on.").such_as("Customer Problem Handling"),
        optional("level", Form::Integer(0, 99), "Its level from here on.").such_as("3"),
        optional("parent", Form::IdOrIds, "The elements above it from here on, by key; `[]` for none.")
            .such_as("customer-care"),
        optional("domain", Form::Text, "Its domain from here on, by id.").such_as("service"),
        optional("into", Form::Ids, "The elements it was split into, by key.")
            .such_as(r#"["one-part", "other-part"]"#),
        optional("from", Form::Ids, "The elements it was merged from, by key.")
            .such_as(r#"["one", "another"]"#),
        basis("How the change is known."),
        optional("printed", Form::Text, "The source's own word for the change.").such_as("Re-sequenced"),
        optional("note", Form::LongText, "What readers should know about it.")
            .such_as("First seen under this id here."),
        optional("date", Form::Date, "When it was published.").such_as("2016-06-13"),
        optional("issue", Form::Text, "The framework's own issue number.").such_as("BPF-123"),
        url("Where it is described."),
    ],
    rules: &[
        Rule::AtLeastOne(&["release", "version"]),
        Rule::AtMostOne(&["release", "version"]),
        Rule::WithWord("change", "other", "printed"),
    ],
};

pub(super) static SOURCE: Definition = Definition {
    what: "a source",
    says: "Where something was taken from.",
    keys: &[
        required("title", Form::Text, "The title of the source.").such_as("Frameworx 16.0 Model"),
        optional("date", Form::Date, "When it was made.").such_as("2016-06-13"),
        url("Where it is."),
    ],
    rules: &[],
};

/// The key that says how something is known.
pub(in crate::model) const fn basis(says: &'static str) -> Key {
    optional("basis", Form::Word(words::<Basis>), says).such_as("inferred")
}

/// The key that says where something was taken from.
pub(in crate::model) const fn source(says: &'static str) -> Key {
    optional("source", Form::Table(&SOURCE), says)
}
