//! Characters that a reader would not see as themselves: what each is called and which kind it is of.
//!
//! In comes a character, out goes its kind where it controls, reorders or vanishes, with a name for people.
//! Whether such a character may stand where it stands is not decided here: some scripts cannot be written without them.

use std::fmt::Write as _;

use icu_properties::props::{
    BidiClass, CanonicalCombiningClass, DefaultIgnorableCodePoint, ExtendedPictographic, GeneralCategory,
    JoiningType, Script,
};
use icu_properties::script::ScriptWithExtensions;
use icu_properties::{CodePointMapData, CodePointSetData};

/// Why a character is not seen as itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// A control character: it moves a terminal's cursor, ends a text early, or does nothing at all.
    Control,
    /// It changes the order in which the characters after it are shown.
    Direction,
    /// A mark of direction, which has a place in texts that are written from right to left.
    DirectionMark,
    /// It joins letters or keeps them apart, which several scripts need.
    Joiner,
    /// It has no width.
    ZeroWidth,
    /// It chooses a form of the character before it.
    Selector,
    /// It spells the region of a flag, and is nothing anywhere else.
    Tag,
    /// It is blank, or an instruction to programs.
    Blank,
    /// Everybody may show something else for it.
    Private,
    /// It will never be a character.
    Noncharacter,
}

impl Unseen {
    /// What characters of this kind do, as the end of a sentence.
    pub fn does(self) -> &'static str {
        match self {
            Self::Control => "a control character, which acts on programs and is not seen",
            Self::Direction => "a direction control, which changes the order in which a text is seen",
            Self::DirectionMark => {
                "a direction mark, which has no place in a text without right-to-left letters"
            }
            Self::Joiner => "a joiner, which has no place between these characters",
            Self::ZeroWidth => "a zero-width character, which nobody sees",
            Self::Selector => "a variation selector, which has no place after this character",
            Self::Tag => "a tag character, which nobody sees",
            Self::Blank => "an invisible character",
            Self::Private => "a private-use character, which looks different to everybody",
            Self::Noncharacter => "a noncharacter, which no text holds",
        }
    }

    /// Whether a text without it is seen, in every program, as it is seen with it.
    pub fn leaves_no_trace(self) -> bool {
        matches!(self, Self::Joiner | Self::ZeroWidth | Self::Selector | Self::Tag)
    }
}

/// The kind of a character that is not seen as itself; tabs and the ends of lines are seen.
pub fn unseen(character: char) -> Option<Unseen> {
    Some(match character {
        '\t' | '\n' | ' '..='~' => return None,
        '\u{61c}' | '\u{200e}' | '\u{200f}' => Unseen::DirectionMark,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => Unseen::Direction,
        '\u{200c}' | '\u{200d}' | '\u{13430}'..='\u{1343f}' => Unseen::Joiner,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Unseen::ZeroWidth,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}' => Unseen::Selector,
        '\u{e0000}'..='\u{e007f}' => Unseen::Tag,
        // the line and the paragraph separator, the blank pattern of Braille, and stand-ins for what was no text
        '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{fff0}'..='\u{fffc}' => Unseen::Blank,
        _ if u32::from(character) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&character) => {
            Unseen::Noncharacter
        }
        _ if is_letter_of_a_common_block(character) => return None,
        _ => match CodePointMapData::<GeneralCategory>::new().get(character) {
            GeneralCategory::Control => Unseen::Control,
            GeneralCategory::PrivateUse => Unseen::Private,
            GeneralCategory::Format if !is_visible_format(character) => Unseen::Blank,
            _ if CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character) => Unseen::Blank,
            _ => return None,
        },
    })
}

/// A shortcut for the characters of most texts: none in these blocks is unseen.
fn is_letter_of_a_common_block(character: char) -> bool {
    matches!(
        character,
        '\u{ae}'..='\u{2ff}'
            | '\u{370}'..='\u{5ff}'
            | '\u{620}'..='\u{6dc}'
            | '\u{900}'..='\u{eff}'
            | '\u{1e00}'..='\u{1fff}'
            | '\u{2010}'..='\u{2027}'
            | '\u{3000}'..='\u{3130}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
    )
}

/// Signs of Arabic, Syriac and Kaithi that enclose the digits after them count as format characters, and are seen.
fn is_visible_format(character: char) -> bool {
    matches!(
        character,
        '\u{600}'
            ..='\u{605}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{890}'
                | '\u{891}'
                | '\u{8e2}'
                | '\u{110bd}'
                | '\u{110cd}'
    )
}

/// The character for a message: its code point, and its name where it is one of those that are met.
pub fn named(character: char) -> String {
    let mut name = format!("U+{:04X}", u32::from(character));
    let known = match character {
        '\0' => "null",
        '\u{7}' => "bell",
        '\u{8}' => "backspace",
        '\u{b}' => "vertical tab",
        '\u{c}' => "form feed",
        '\r' => "a carriage return without a line feed",
        '\u{1b}' => "escape",
        '\u{7f}' => "delete",
        '\u{85}' => "next line",
        '\u{ad}' => "soft hyphen",
        '\u{34f}' => "combining grapheme joiner",
        '\u{61c}' => "Arabic letter mark",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{17b4}' | '\u{17b5}' => "Khmer inherent vowel",
        '\u{180e}' => "Mongolian vowel separator",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "pop directional formatting",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        '\u{2800}' => "blank Braille pattern",
        '\u{feff}' => "zero-width no-break space",
        '\u{fff9}'..='\u{fffb}' => "interlinear annotation",
        '\u{fffc}' => "object replacement character",
        _ => return name,
    };
    write!(name, " ({known})").expect("a string takes any text");
    name
}

/// Whether a character is a mark that is drawn over, under or around the one before it.
pub fn is_mark(character: char) -> bool {
    use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
    let category = CodePointMapData::<GeneralCategory>::new();
    character >= '\u{300}'
        && matches!(category.get(character), NonspacingMark | EnclosingMark | SpacingMark)
        && unseen(character).is_none()
}

/// Whether a character is a letter that is written from right to left.
pub fn is_right_to_left(character: char) -> bool {
    let class = || CodePointMapData::<BidiClass>::new().get(character);
    character >= '\u{590}'
        && matches!(class(), BidiClass::RightToLeft | BidiClass::ArabicLetter)
        && unseen(character).is_none()
}

/// Whether an unseen character is one that the writing of its neighbours needs. What stands before and after it is the text of its
/// line, or of its value.
pub fn is_needed(before: &str, character: char, after: &str) -> bool {
    let (Some(last), first) = (before.chars().next_back(), after.chars().next()) else { return false };
    match character {
        '\u{200c}' => is_virama(last) || first.is_some_and(|first| joins(last) && joins(first)),
        '\u{200d}' => {
            is_virama(last)
                || joins_cursively(last)
                || first.is_some_and(|first| joins(last) && joins(first))
                || (is_pictograph_end(last) && first.is_some_and(is_pictograph))
        }
        '\u{200b}' => is_unspaced(last) && first.is_some_and(is_unspaced),
        '\u{fe0e}' | '\u{fe0f}' => is_pictograph(last) || (is_key(last) && first == Some('\u{20e3}')),
        '\u{fe00}'..='\u{fe02}' => {
            let category = CodePointMapData::<GeneralCategory>::new().get(last);
            let is_east_asian = matches!(last, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff60}');
            category == GeneralCategory::MathSymbol && !last.is_ascii()
                || is_east_asian
                || is_of(
                    last,
                    &[Script::Han, Script::Hiragana, Script::Katakana, Script::Myanmar, Script::PhagsPa],
                )
        }
        '\u{e0100}'..='\u{e01ef}' => is_of(last, &[Script::Han]),
        '\u{180b}'..='\u{180f}' => is_of(last, &[Script::Mongolian]),
        '\u{13430}'..='\u{1343f}' => is_of(last, &[Script::EgyptianHieroglyphs]),
        '\u{2800}' => {
            let is_pattern = |character: char| ('\u{2801}'..='\u{28ff}').contains(&character);
            is_pattern(last) || first.is_some_and(is_pattern)
        }
        _ => false,
    }
}

/// The regions whose flags are spelled with tags after a black flag.
const FLAGS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];

/// Whether a run of tags after some text spells the region of a flag.
pub fn is_flag(before: &str, tags: &str) -> bool {
    let letter = |tag: char| u32::from(tag).checked_sub(0xe0000).and_then(char::from_u32);
    let Some(spelled) = tags.strip_suffix('\u{e007f}') else { return false };
    let spelled: Option<String> = spelled.chars().map(letter).collect();
    before.ends_with('\u{1f3f4}') && spelled.is_some_and(|spelled| FLAGS.contains(&spelled.as_str()))
}

/// Scripts whose letters change with a joiner or a non-joiner between them.
const JOINING: [Script; 26] = [
    Script::Adlam,
    Script::Arabic,
    Script::Bengali,
    Script::Devanagari,
    Script::Gujarati,
    Script::Gurmukhi,
    Script::HanifiRohingya,
    Script::Kannada,
    Script::Khmer,
    Script::Malayalam,
    Script::Mandaic,
    Script::Manichaean,
    Script::Mongolian,
    Script::Myanmar,
    Script::Nko,
    Script::Oriya,
    Script::PhagsPa,
    Script::PsalterPahlavi,
    Script::Sinhala,
    Script::Sogdian,
    Script::Syriac,
    Script::Tamil,
    Script::Telugu,
    Script::Tibetan,
    Script::Grantha,
    Script::MeeteiMayek,
];

fn joins(character: char) -> bool {
    is_of(character, &JOINING) && (character.is_alphabetic() || is_mark(character))
}

/// Whether a letter changes its form with what follows, as those of Arabic do; with a joiner it keeps that form at the end of a word.
fn joins_cursively(character: char) -> bool {
    CodePointMapData::<JoiningType>::new().get(character) == JoiningType::DualJoining
}

fn is_virama(character: char) -> bool {
    CodePointMapData::<CanonicalCombiningClass>::new().get(character) == CanonicalCombiningClass::Virama
}

/// Whether a letter is of a script that writes sentences without spaces and marks the ends of words for programs alone.
fn is_unspaced(character: char) -> bool {
    is_of(character, &[Script::Khmer, Script::Lao, Script::Myanmar, Script::Thai])
}

fn is_pictograph(character: char) -> bool {
    CodePointSetData::new::<ExtendedPictographic>().contains(character)
}

/// Whether a picture can end with this: with itself, in a chosen form, or with a tone of skin.
fn is_pictograph_end(character: char) -> bool {
    is_pictograph(character) || matches!(character, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_key(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '#' | '*')
}

/// Whether a character is written in one of these scripts.
fn is_of(character: char, scripts: &[Script]) -> bool {
    let of = ScriptWithExtensions::new();
    scripts.iter().any(|script| of.has_script(character, *script))
}
