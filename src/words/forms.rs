//! The forms of a text by number, in the plural categories of the Unicode Common Locale Data Repository.
//!
//! In come a language and a number, out goes the category that decides the form: "1 process", "2 processes".
//! Which categories a language has is never decided here; a form that a text does not have is its general one.

use icu_locale::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRules};

/// The categories by name. The last one is the general form, which every counted text has.
pub(super) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

const OTHER: usize = 5;

/// A text in its forms by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Forms([Option<String>; 6]);

impl Forms {
    /// Sets the form of a category, which is one of [`CATEGORIES`].
    pub(super) fn set(&mut self, category: usize, text: String) {
        self.0[category] = Some(text);
    }

    /// The form for a category, or the general one.
    pub(super) fn of(&self, category: usize) -> &str {
        self.0[category].as_deref().unwrap_or_else(|| self.other())
    }

    /// The general form.
    pub(super) fn other(&self) -> &str {
        self.0[OTHER].as_deref().unwrap_or_default()
    }

    /// Every form with the name of its category.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        CATEGORIES.into_iter().zip(&self.0).filter_map(|(name, text)| Some((name, text.as_deref()?)))
    }
}

/// How a language counts.
#[derive(Debug)]
pub(super) struct Rules {
    language: String,
    rules: Option<PluralRules>,
}

impl Rules {
    /// The rules of a language; one that is not known has the general form only.
    pub(super) fn of(tag: &str) -> Self {
        let parsed = LanguageIdentifier::try_from_str(tag).unwrap_or(LanguageIdentifier::UNKNOWN);
        Self { language: tag.to_owned(), rules: PluralRules::try_new_cardinal(parsed.into()).ok() }
    }

    /// The tag of the language.
    pub(super) fn language(&self) -> &str {
        &self.language
    }

    /// The category of a number, as a place in [`CATEGORIES`].
    pub(super) fn category(&self, number: usize) -> usize {
        match self.rules.as_ref().map(|rules| rules.category_for(number)) {
            Some(PluralCategory::Zero) => 0,
            Some(PluralCategory::One) => 1,
            Some(PluralCategory::Two) => 2,
            Some(PluralCategory::Few) => 3,
            Some(PluralCategory::Many) => 4,
            Some(PluralCategory::Other) | None => OTHER,
        }
    }

    /// Whether a number takes the name of a single thing.
    pub(super) fn is_one(&self, number: usize) -> bool {
        self.category(number) == 1
    }
}
