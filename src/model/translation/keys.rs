//! What the translation of a record may say.
//!
//! In comes nothing, out go definitions: in a list of tables the first key says which table of the record is meant, and every other text takes its text's place.
//! Nothing but texts has a translation: ids, dates, scores and printed wordings are not here.

use crate::parse::definition::{Definition, Form, Key, optional, required};

/// A text in another language.
const fn text(name: &'static str, says: &'static str) -> Key {
    optional(name, Form::Text, says)
}
const fn long_text(name: &'static str, says: &'static str) -> Key {
    optional(name, Form::LongText, says)
}

/// The prose in another language.
const fn prose() -> Key {
    optional("description", Form::Prose, "The text in this language, in Markdown, for a `.toml` file.")
        .such_as("Nimmt Störungen auf.")
}

pub(super) static SITE: Definition = Definition {
    what: "a translation of `site.toml`",
    says: "The catalogue's own texts in another language.",
    keys: &[
        text("title", "The catalogue's name in this language.").such_as("Zertifizierte Produkte"),
        long_text("description", "One sentence in this language: what it is.").such_as("Was geprüft wurde."),
        optional("navigation", Form::Tables(&LINK), "The words of links in the header."),
    ],
    rules: &[],
};
static LINK: Definition = Definition {
    what: "a translated link",
    says: "The words of a link to a page.",
    keys: &[
        required("page", Form::PageId, "The page that the link leads to.").such_as("about"),
        required("title", Form::Text, "Its words in this language.").such_as("Impressum"),
    ],
    rules: &[],
};

pub(super) static PAGE: Definition = Definition {
    what: "a translation of a page",
    says: "A page, a notice or the home page in another language; its text stands below the front matter.",
    keys: &[
        text("title", "The heading in this language.").such_as("Impressum"),
        long_text("description", "The sentence for lists in this language.").such_as("Wer dahintersteht."),
    ],
    rules: &[],
};

pub(super) static ORGANIZATION: Definition = Definition {
    what: "a translation of an organization",
    says: "An organization in another language.",
    keys: &[
        text("name", "Its name in this language.").such_as("Beispielnetze"),
        text("country", "Where it sits, in this language.").such_as("Norwegen"),
        prose(),
    ],
    rules: &[],
};

pub(super) static FRAMEWORK: Definition = Definition {
    what: "a translation of a framework",
    says: "A framework in another language.",
    keys: &[
        text("name", "The full name in this language.").such_as("Prozessmodell"),
        text("short_name", "What people call it in this language.").such_as("eTOM"),
        optional("noun", Form::Table(&NOUN), "What an element is called in this language."),
        prose(),
        optional("release", Form::Tables(&RELEASE), "Texts of releases."),
        optional("domain", Form::Tables(&DOMAIN), "Texts of domains."),
        optional("level", Form::Tables(&LEVEL), "Names of levels."),
        optional("scale", Form::Tables(&SCALE), "Texts of scales."),
    ],
    rules: &[],
};
pub(super) static NOUN: Definition = Definition {
    what: "a noun",
    says: "What an element is called in this language.",
    keys: &[
        required("one", Form::Text, "One of them.").such_as("Prozess"),
        required("many", Form::Text, "Several of them.").such_as("Prozesse"),
    ],
    rules: &[],
};
static RELEASE: Definition = Definition {
    what: "a translated release",
    says: "The texts of one release.",
    keys: &[
        required("version", Form::Text, "The release.").such_as("16.0"),
        text("name", "Its name in this language.").such_as("Herbstausgabe"),
        long_text("note", "Its note in this language.").such_as("Neu nummeriert."),
    ],
    rules: &[],
};
static DOMAIN: Definition = Definition {
    what: "a translated domain",
    says: "The texts of one domain.",
    keys: &[
        required("id", Form::Text, "The domain.").such_as("customer"),
        text("name", "Its name in this language.").such_as("Kunde"),
        long_text("description", "What is said of it, in this language.").such_as("Umgang mit Kunden."),
    ],
    rules: &[],
};
static LEVEL: Definition = Definition {
    what: "a translated level",
    says: "The name of one level.",
    keys: &[
        required("number", Form::Integer(0, 99), "The level.").such_as("2"),
        required("name", Form::Text, "Its name in this language.").such_as("Prozessgruppe"),
    ],
    rules: &[],
};
static SCALE: Definition = Definition {
    what: "a translated scale",
    says: "The texts of one scale.",
    keys: &[
        required("id", Form::Text, "The scale.").such_as("score"),
        text("name", "Its name in this language.").such_as("Erfüllungsgrad"),
        long_text("note", "Its note in this language.").such_as("Nur für Prozesse der Stufe 3."),
        optional("prefix", Form::AnyText, "What is printed before a score, in this language.")
            .such_as("Stufe "),
        optional("rating", Form::Tables(&RATING), "Texts of its ratings."),
    ],
    rules: &[],
};
static RATING: Definition = Definition {
    what: "a translated rating",
    says: "The texts of one rating.",
    keys: &[
        required("of", Form::Text, "The rating, by the label that the framework gives it.")
            .such_as("Fully Conformant"),
        text("label", "The label in this language.").such_as("Voll erfüllt"),
        long_text("meaning", "The sentence about it in this language.").such_as("Alles ist erfüllt."),
    ],
    rules: &[],
};

pub(super) static CERTIFICATION: Definition = Definition {
    what: "a translation of a certification",
    says: "A certification in another language.",
    keys: &[
        text("product", "The product's name in this language.").such_as("Beispiel-CRM"),
        prose(),
        optional("result", Form::Tables(&RESULT), "Comments of results."),
    ],
    rules: &[],
};
static RESULT: Definition = Definition {
    what: "a translated result",
    says: "The comment of one result.",
    keys: &[
        required("element", Form::Text, "The element's id, as the result gives it.").such_as("1.3.7.4"),
        required("comment", Form::LongText, "The comment in this language.")
            .such_as("Ein Schritt ist Handarbeit."),
    ],
    rules: &[],
};

const ELEMENT_KEYS: [Key; 3] = [
    text("name", "Its name in this language.").such_as("Störungen bearbeiten"),
    prose(),
    optional("history", Form::Tables(&HISTORY), "Texts of history entries."),
];
pub(super) static ELEMENT: Definition = Definition {
    what: "a translation of an element",
    says: "An element in another language.",
    keys: &ELEMENT_KEYS,
    rules: &[],
};
pub(super) static LISTED: Definition = Definition {
    what: "a translation of an element",
    says: "An element in another language.",
    keys: &[
        required("key", Form::Id, "The element's key.").such_as("problem-handling"),
        ELEMENT_KEYS[0],
        ELEMENT_KEYS[1],
        ELEMENT_KEYS[2],
    ],
    rules: &[],
};
/// Many elements in another language in one file.
pub static LIST: Definition = Definition {
    what: "a list of translated elements",
    says: "Many elements in another language in one file.",
    keys: &[required("element", Form::Tables(&LISTED), "The elements.")],
    rules: &[],
};
static HISTORY: Definition = Definition {
    what: "a translated history entry",
    says: "The texts of one history entry.",
    keys: &[
        required("release", Form::Text, "The release of the entry.").such_as("16.0"),
        text("name", "The name from here on, in this language.").such_as("Kundenstörungen bearbeiten"),
        long_text("note", "Its note in this language.").such_as("Hier zuerst unter dieser Nummer."),
    ],
    rules: &[],
};
