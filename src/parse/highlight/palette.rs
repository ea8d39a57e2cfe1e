//! The kinds of words that code is coloured by, and their colours.
//!
//! In comes nothing, out go the table from grammar scopes to kinds and a style sheet that follows from the table of colours.
//! Every colour is readable on the ground it is used on, which a test computes; nothing here depends on a theme file.

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
    /// The class in the page and in the style sheet.
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

/// The ground of code in the light and in the dark scheme.
#[cfg(test)]
const GROUNDS: (&str, &str) = ("#f4f6f8", "#1b2027");

/// Each kind with its colour on the light and on the dark ground.
const COLOURS: [(Kind, &str, &str); 10] = [
    (Kind::Comment, "#57606e", "#a3adba"),
    (Kind::Keyword, "#8a1c5c", "#f29bc9"),
    (Kind::Text, "#1d6132", "#8fd6a1"),
    (Kind::Number, "#8a4100", "#f2b880"),
    (Kind::Constant, "#7a3b00", "#f2b880"),
    (Kind::Function, "#0b5394", "#8ec5ff"),
    (Kind::Type, "#5b3a8c", "#c9b1f5"),
    (Kind::Name, "#005b66", "#7fd4de"),
    (Kind::Inserted, "#1d6132", "#8fd6a1"),
    (Kind::Deleted, "#8f1d2c", "#ffb3c1"),
];

/// The rules for the classes, for a light and a dark scheme. The same text every time.
pub fn style_sheet() -> String {
    let mut sheet = String::new();
    for (kind, light, _) in COLOURS {
        rule(&mut sheet, "", kind, light);
    }
    sheet.push_str("@media (prefers-color-scheme: dark) {\n");
    for (kind, _, dark) in COLOURS {
        rule(&mut sheet, "  ", kind, dark);
    }
    sheet.push_str("}\n");
    sheet
}

fn rule(sheet: &mut String, indent: &str, kind: Kind, colour: &str) {
    for part in [indent, ".", kind.class(), " { color: ", colour, "; }\n"] {
        sheet.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance after WCAG 2.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("two digits")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_colour_is_readable() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
        for (kind, light, dark) in COLOURS {
            let (on_light, on_dark) = (contrast(light, GROUNDS.0), contrast(dark, GROUNDS.1));
            assert!(on_light >= 4.5, "{kind:?} on light: {on_light}");
            assert!(on_dark >= 4.5, "{kind:?} on dark: {on_dark}");
        }
    }

    #[test]
    fn the_style_sheet_names_every_class() {
        let sheet = style_sheet();
        for (_, kind) in SCOPES {
            let class = format!(".{} {{", kind.class());
            assert_eq!(sheet.matches(&class).count(), if kind == Kind::Plain { 0 } else { 2 }, "{class}");
        }
        assert_eq!(sheet, style_sheet());
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
