//! Texts that must fit: how wide a text is at most, and the part of it that fits.
//!
//! In come texts and widths in pixels, out go texts that are no wider, shortened with an ellipsis.
//! Widths are those of the widest common system fonts, for no font is known here.

use std::borrow::Cow;

/// The size of type of plain texts in drawings, in pixels.
pub const PLAIN: u32 = 13;

/// The size of type of the head of a drawing, in pixels.
pub const HEAD: u32 = 14;

/// The most that a text takes, in pixels, at a size of type.
pub fn width(text: &str, size: u32) -> u32 {
    let hundredths: u32 = text.chars().map(letter).sum();
    (hundredths * size).div_ceil(100)
}

/// The text, or as much of its beginning as fits.
pub fn fitting(text: &str, pixels: u32, size: u32) -> Cow<'_, str> {
    if width(text, size) <= pixels {
        return Cow::Borrowed(text);
    }
    let room = pixels.saturating_sub(width("…", size));
    let mut taken = 0;
    let fits = |(_, c): &(usize, char)| {
        taken += letter(*c) * size;
        taken <= room * 100
    };
    let end = text.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
    Cow::Owned(format!("{}…", text[..end].trim_end()))
}

/// The width of a letter in hundredths of the size of type.
fn letter(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 102,
        'A'..='Z' | '&' | '+' | '=' | '<' | '>' => 80,
        '\u{21}'..='\u{7e}' => 66,
        '\u{300}'..='\u{36f}' => 0,
        '\u{a0}'..='\u{52f}' => 84,
        _ => 110,
    }
}

#[cfg(test)]
mod tests {
    use super::{PLAIN, fitting, width};

    #[test]
    fn what_fits_stays_and_what_does_not_is_no_wider_than_its_room() {
        assert_eq!(fitting("Fully Conformant", 272, PLAIN), "Fully Conformant");
        let long = "Implemented in part, with compensating controls that were agreed upon beforehand";
        let short = fitting(long, 272, PLAIN);
        assert!(short.ends_with('…') && width(&short, PLAIN) <= 272, "{short}");
        assert!(short.len() > 25, "{short}");
        let wide = "要求事項への適合が確認された要求事項への適合が確認された";
        assert!(width(&fitting(wide, 272, PLAIN), PLAIN) <= 272);
        assert_eq!(fitting("Any", 0, PLAIN), "…");
    }
}
