//! What a file of a mapping may say.
//!
//! In comes nothing, out go the definitions that the reader, the schemas and the reference share.
//! That a citation can be a text instead of a table is a form of its own and no definition.

use super::{Mode, Part, Support};
use crate::model::certification::file;
use crate::model::shared::{remarks, url};
use crate::model::waiver::waivers;
use crate::parse::definition::{Definition, Form, Rule, optional, required, words};

/// What the record may say.
pub static RECORD: Definition = Definition {
    what: "a mapping",
    says: "The report behind a certification: which clause of an element's definition is supported by which steps of which \
           business scenario. Several files add up.",
    keys: &[
        optional(
            "technique",
            Form::LongText,
            "How the mapping was made, in a sentence or two, in one of the files.",
        )
        .such_as("Each task of a definition was given the steps that carry it out."),
        optional("work", Form::Tables(&WORK), "The works that the report cites."),
        optional("scenario", Form::Tables(&SCENARIO), "Business scenarios with their steps."),
        optional("mapping", Form::Tables(&ELEMENT), "The mapping of each element."),
        remarks(),
        waivers(),
    ],
    rules: &[],
};
pub(super) static WORK: Definition = Definition {
    what: "a work",
    says: "A document that the report cites; one without `file` and `url` is known and not published here.",
    keys: &[
        required("title", Form::Text, "Its title.").such_as("Order Handling Scenario"),
        optional("scenario", Form::TextOrTexts, "The scenarios that it describes, by id.")
            .such_as("order-handling"),
        file(),
        url("Where it stands on the web."),
        optional("version", Form::Text, "Its version.").such_as("1.2"),
        optional("date", Form::Date, "Its date.").such_as("2010-11"),
    ],
    rules: &[Rule::AtMostOne(&["file", "url"])],
};
pub(super) static SCENARIO: Definition = Definition {
    what: "a scenario",
    says: "A business scenario.",
    keys: &[
        required("id", Form::Text, "Its id.").such_as("order-handling"),
        required("name", Form::Text, "Its name.").such_as("Order Handling"),
        optional("printed", Form::Texts, "Other spellings of the source.").such_as(r#"["Order-Handling"]"#),
        optional("note", Form::LongText, "What a reader should know of it.")
            .such_as("Step 3 is not described."),
        optional("step", Form::Tables(&STEP), "Its steps, in order."),
    ],
    rules: &[],
};
pub(super) static STEP: Definition = Definition {
    what: "a step",
    says: "A step of a scenario.",
    keys: &[
        required("id", Form::Text, "Its id, unique in the certification.").such_as("WF_OH_001"),
        optional("mode", Form::Word(words::<Mode>), "How it is done: automated, by hand, or both.")
            .such_as("AM"),
        optional("name", Form::Text, "Its name.").such_as("Check the order"),
        optional("actor", Form::Text, "Who does it.").such_as("Operator"),
        optional("description", Form::LongText, "What is done.")
            .such_as("The operator compares order and offer."),
    ],
    rules: &[],
};
pub(super) static ELEMENT: Definition = Definition {
    what: "a mapping",
    says: "The mapping of one element.",
    keys: &[
        required("element", Form::Text, "The element's id in the assessed release, always a text.")
            .such_as("1.3.7.4"),
        optional("scenario", Form::TextOrTexts, "The scenarios in which it takes part, by id.")
            .such_as("order-handling"),
        optional("name", Form::Text, "The name that the source prints, where it differs.")
            .such_as("Close Customer Problem"),
        optional("note", Form::LongText, "What the report adds.").such_as("Done together with the next process."),
        optional(
            "fingerprint",
            Form::AnyText,
            "The fingerprint of the element's definition that the clauses were made against. When the definition changes, the \
             mapping is marked for review. Left empty, `certalog check --fix` fills it in.",
        )
        .such_as("3f8a0c51d2e4"),
        optional("clause", Form::Tables(&CLAUSE), "The clauses of its definition, in order."),
    ],
    rules: &[],
};
pub(super) static CLAUSE: Definition = Definition {
    what: "a clause",
    says: "A clause of the element's definition, and what supports it.",
    keys: &[
        required("part", Form::Word(words::<Part>), "The part of the definition it belongs to.").such_as("brief"),
        required("text", Form::LongText, "The clause, in the catalogue's own words.").such_as("Find out whether it can be delivered."),
        required(
            "support",
            Form::Word(words::<Support>),
            "What the report says of it: `elsewhere` means that other elements do it, `covered-below` that the clauses that \
             follow say it in detail, `unstated` that the report says nothing.",
        )
        .such_as("full"),
        optional("evidence", Form::Citations(&CITATION), "The steps that support it.").such_as(r#"["WF_OH_001", "WF_OH_002 AM"]"#),
        optional("mentions", Form::Citations(&CITATION), "The steps that its note names.").such_as(r#"["WF_OH_003 - WF_OH_007"]"#),
        optional("note", Form::LongText, "What the report adds.").such_as("The operator starts it by hand."),
    ],
    rules: &[],
};
pub(super) static CITATION: Definition = Definition {
    what: "a citation",
    says: "A step, or a range of steps, that the source spells in a way of its own.",
    keys: &[
        required("step", Form::Text, "The step's id; of a range, its first.").such_as("WF_OH_001"),
        optional("mode", Form::Word(words::<Mode>), "The mode that is printed with it.").such_as("AM"),
        optional("to", Form::Text, "The last step of a range.").such_as("WF_OH_007"),
        optional("printed", Form::Text, "The spelling of the source.").such_as("WF_OH_001_AM"),
    ],
    rules: &[],
};
