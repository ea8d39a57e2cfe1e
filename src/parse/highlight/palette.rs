//! The kinds of words that code is coloured by.
//!
//! In comes nothing, out go the table from grammar scopes to kinds and the classes that stand for the kinds.
//! Which colour a class has is the theme's to say and never said here.

/// A kind of word in code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words without a colour: those that no grammar names, and expressions within a text.
    Plain,
    Comment,
    Keyword,
    Text,
    Number,
    Constant,
    Function,
    Type,
    Name,
    Inserted,
    Deleted,
}

impl Kind {
    /// The class in the page, which the theme gives a colour.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Plain => "hl-plain",
            Self::Comment => "hl-comment",
            Self::Keyword => "hl-keyword",
            Self::Text => "hl-string",
            Self::Number => "hl-number",
            Self::Constant => "hl-constant",
            Self::Function => "hl-function",
            Self::Type => "hl-type",
            Self::Name => "hl-name",
            Self::Inserted => "hl-inserted",
            Self::Deleted => "hl-deleted",
        }
    }
}

/// Which scopes are which kind. The first line whose name is a prefix of the scope counts, so the longer names stand first.
pub(super) const SCOPES: [(&str, Kind); 32] = [
    ("comment", Kind::Comment),
    ("punctuation.definition.comment", Kind::Comment),
    ("constant.numeric", Kind::Number),
    ("constant.other.date", Kind::Number),
    ("constant.other.time", Kind::Number),
    ("constant", Kind::Constant),
    ("string", Kind::Text),
    ("meta.interpolation", Kind::Plain),
    ("source.embedded", Kind::Plain),
    ("entity.name.function", Kind::Function),
    ("variable.function", Kind::Function),
    ("support.function", Kind::Function),
    ("entity.name.tag", Kind::Name),
    ("entity.other.attribute-name", Kind::Name),
    ("entity.name.label", Kind::Name),
    ("entity.name.section", Kind::Function),
    ("entity.name", Kind::Type),
    ("entity.other.inherited-class", Kind::Type),
    ("support.type.property-name", Kind::Name),
    ("support.class", Kind::Type),
    ("support.type", Kind::Type),
    ("support.constant", Kind::Constant),
    ("storage.type.numeric", Kind::Number),
    ("storage", Kind::Keyword),
    ("keyword.operator.word", Kind::Keyword),
    ("keyword.operator", Kind::Plain),
    ("keyword", Kind::Keyword),
    ("variable.language", Kind::Constant),
    ("variable.other.key", Kind::Name),
    ("meta.mapping.key", Kind::Name),
    ("markup.inserted", Kind::Inserted),
    ("markup.deleted", Kind::Deleted),
];

/// The classes that a theme's style sheet gives a colour, for a light and a dark ground.
pub const CLASSES: [&str; 10] = [
    "hl-comment",
    "hl-keyword",
    "hl-string",
    "hl-number",
    "hl-constant",
    "hl-function",
    "hl-type",
    "hl-name",
    "hl-inserted",
    "hl-deleted",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_but_the_plain_one_has_a_class_to_colour() {
        for (_, kind) in SCOPES {
            assert_eq!(CLASSES.contains(&kind.class()), kind != Kind::Plain, "{kind:?}");
        }
    }

    #[test]
    fn longer_scope_names_stand_first() {
        for (index, (name, _)) in SCOPES.iter().enumerate() {
            let hidden_by =
                SCOPES[..index].iter().find(|(earlier, _)| name.starts_with(&format!("{earlier}.")));
            assert!(hidden_by.is_none(), "{name} can never be reached: {hidden_by:?}");
        }
    }
}
