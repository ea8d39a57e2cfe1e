//! What a request asks for: a path below the site's address, as the site's own paths are written.
//!
//! In comes the path of a request as it was sent, out goes the text that it stands for, or nothing where it stands for none.
//! The result is looked up and nothing else: it never names anything on the disk.

use percent_encoding::{CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization as _;

/// The text that the path of a request stands for; `None` where it is broken.
pub(super) fn decoded(path: &str) -> Option<String> {
    let is_whole = path
        .split('%')
        .skip(1)
        .all(|rest| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()));
    if !is_whole || !path.starts_with('/') {
        return None;
    }
    // a slash that is written as `%2f` separates nothing, so no file of a site has such a name
    if path.to_ascii_lowercase().contains("%2f") {
        return None;
    }
    let text = percent_decode_str(path).decode_utf8().ok()?;
    let text: String = text.nfc().collect();
    (!text.chars().any(char::is_control)).then_some(text)
}

/// The file that a path below the site's address stands for: a folder's is its page.
pub(super) fn file_name(within: &str) -> String {
    if within.is_empty() || within.ends_with('/') { format!("{within}index.html") } else { within.to_owned() }
}

/// A query as it stands in an address, with its mark. What was encoded stays as it is; letters that some clients send as they are become what they should have sent.
pub(super) fn encoded_query(query: &str) -> String {
    format!("?{}", utf8_percent_encode(query, CONTROLS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::encode_path;

    #[test]
    fn a_path_is_decoded_once_or_not_at_all() {
        assert_eq!(decoded("/a/caf%C3%A9.html").as_deref(), Some("/a/café.html"));
        assert_eq!(decoded("/cafe%CC%81").as_deref(), Some("/café"));
        assert_eq!(decoded("/%252e%252e/").as_deref(), Some("/%2e%2e/"));
        for path in ["", "a", "/%", "/%4", "/%zz", "/%00", "/%0a", "/%ff", "/a%2fb", "/a%2Fb", "*"] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }

    #[test]
    fn what_is_encoded_is_decoded_again() {
        for path in ["/a b/ü/%41?#[x].html", "/电信/"] {
            assert_eq!(decoded(&encode_path(path)).as_deref(), Some(path));
        }
    }
}
