//! Language tags of BCP 47: which there are, what stands in for them, which way they are written.
//!
//! In comes a tag such as `de-at`, out go its usual form, the tags that may stand in for it, and its direction.
//! No list of languages is kept here: form and direction come from the Unicode Common Locale Data Repository.

use icu_locale::{LanguageIdentifier, LocaleDirectionality};

/// The language in which certalog itself is written.
pub const ENGLISH: &str = "en";

/// A tag in its usual form: `de-at` is `de-AT`. `None` where it is no tag.
pub fn canonical(tag: &str) -> Option<String> {
    let tag = LanguageIdentifier::try_from_str(tag).ok()?;
    (!tag.language.is_unknown()).then(|| tag.to_string())
}

/// A tag and those that stand in for it, the nearest first: `zh-Hant-TW`, `zh-Hant`, `zh`.
pub fn chain(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter))
}

/// The language itself, without script, region and variant.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The value of `dir` for texts in a language.
pub fn direction(tag: &str) -> &'static str {
    let is_right_to_left = LanguageIdentifier::try_from_str(tag)
        .is_ok_and(|tag| LocaleDirectionality::new_extended().is_right_to_left(&tag));
    if is_right_to_left { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_one_form() {
        for (tag, form) in [("de", "de"), ("de-at", "de-AT"), ("ZH-hant-tw", "zh-Hant-TW"), ("ast", "ast")] {
            assert_eq!(canonical(tag).as_deref(), Some(form));
        }
        for text in ["", "und", "german please", "d", "12"] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }

    #[test]
    fn a_shorter_tag_stands_in_for_a_longer_one() {
        assert_eq!(chain("zh-Hant-TW").collect::<Vec<_>>(), ["zh-Hant-TW", "zh-Hant", "zh"]);
        assert_eq!(chain("de").collect::<Vec<_>>(), ["de"]);
    }

    #[test]
    fn scripts_decide_the_direction() {
        for tag in ["ar", "he", "fa", "ur", "ps", "dv", "az-Arab", "ks", "ug", "yi"] {
            assert_eq!(direction(tag), "rtl", "{tag}");
        }
        for tag in ["en", "de-AT", "ja", "az", "no such tag"] {
            assert_eq!(direction(tag), "ltr", "{tag}");
        }
    }
}
