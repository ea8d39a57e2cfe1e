//! The value of an attribute of a drawing: numbers, colours and names, and nothing that leads out of the drawing.
//!
//! In comes a value with its entities replaced, out goes why it cannot stand in a drawing, if there is a reason.
//! Browsers read these values as style, so that whatever style could load is looked for here.

/// What may stand before a bracket: what moves a shape, and what names a colour or a part of the drawing.
const FUNCTIONS: &[&str] = &[
    "matrix",
    "translate",
    "translateX",
    "translateY",
    "scale",
    "scaleX",
    "scaleY",
    "rotate",
    "skewX",
    "skewY",
    "rgb",
    "rgba",
    "hsl",
    "hsla",
];

/// Why a value cannot stand in a drawing.
pub(super) fn fault(value: &str) -> Option<&'static str> {
    // style has escapes of its own, with which any word can be written in another way
    if value.contains('\\') {
        return Some("it has a backslash");
    }
    if value.contains(['<', '{', '}', '@', ';']) || value.contains("/*") {
        return Some("it has a sign that numbers, colours and names do not have");
    }
    let mut rest = value;
    while let Some(at) = rest.find('(') {
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        let before = rest[..at].trim_end();
        let word = &before[before.rfind(|letter| !is_word(letter)).map_or(0, |end| end + 1)..];
        rest = &rest[at + 1..];
        if word.eq_ignore_ascii_case("url") {
            if !is_part(rest) {
                return Some("`url(…)` may name a part of the drawing alone, as in `url(#shade)`");
            }
        } else if !FUNCTIONS.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            return Some("it calls a function that a drawing has no use for");
        }
    }
    None
}

/// Whether what stands between the brackets of `url(…)` is the name of a part of the drawing.
fn is_part(rest: &str) -> bool {
    let Some((inner, _)) = rest.split_once(')') else { return false };
    let inner = inner.trim();
    let quoted = |quote: char| inner.strip_prefix(quote).and_then(|inner| inner.strip_suffix(quote));
    let inner = quoted('"').or_else(|| quoted('\'')).unwrap_or(inner);
    let is_name = |letter: char| letter.is_alphanumeric() || "-_.:".contains(letter);
    inner.strip_prefix('#').is_some_and(|name| !name.is_empty() && name.chars().all(is_name))
}
