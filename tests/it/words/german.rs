//! The catalogue of this repository in German: no English word of the interface is left, and nothing but words is another.
//!
//! In come the same records built in two languages, out go the text nodes and the elements of their pages, compared.
//! The records stay in English, so only what the language file says in another way is looked for.

use std::collections::BTreeSet;

use scraper::ElementRef;

use super::texts;
use crate::harness::{Built, Fixture};
use crate::page::{Page, text};

fn built(language: &str) -> Built {
    let fixture = Fixture::of_this_repository();
    fixture.edit("site.toml", "language = \"en\"", &format!("language = \"{language}\"")).build()
}

/// The words of the English file that the German one says in another way, without what stands in braces.
fn english() -> Vec<String> {
    let german: BTreeSet<String> =
        texts("de").into_values().flatten().flat_map(|text| phrases(&text)).collect();
    let english: BTreeSet<String> =
        texts("en").into_values().flatten().flat_map(|text| phrases(&text)).collect();
    english.difference(&german).filter(|phrase| phrase.len() > 3).cloned().collect()
}

fn phrases(text: &str) -> Vec<String> {
    let pieces = text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
    let trimmed = pieces.map(|piece| piece.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
    trimmed.filter(|piece| !piece.is_empty()).collect()
}

/// The texts that a reader sees or hears, except those that say that they are English.
fn seen(page: &Page) -> Vec<String> {
    let mut seen = Vec::new();
    for element in page.all("body, body *") {
        let of_other_language = std::iter::once(element)
            .chain(element.ancestors().filter_map(ElementRef::wrap))
            .any(|one| one.attr("lang") == Some("en") || ["code", "pre"].contains(&one.value().name()));
        if of_other_language {
            continue;
        }
        seen.extend(element.children().filter_map(|node| Some(node.value().as_text()?.trim().to_owned())));
        let attributes = ["aria-label", "title", "alt", "placeholder", "aria-description"];
        seen.extend(attributes.iter().filter_map(|name| element.attr(name).map(str::to_owned)));
    }
    seen.retain(|text| !text.is_empty());
    seen
}

#[test]
fn no_english_word_of_the_interface_is_left_on_a_german_page() {
    let english = english();
    let built = built("de");
    // Texts of the records, which stay as they are, may use the same words.
    let closed = |text: &str| text.replace("\\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let records = Fixture::of_this_repository();
    let records = records.texts().filter(|(path, _)| !path.starts_with("themes/"));
    let records: String = records.map(|(_, text)| closed(text)).collect();
    let mut left = BTreeSet::new();
    for page in built.pages() {
        for text in seen(&page) {
            let text = closed(&text);
            for phrase in &english {
                let Some(at) = text.find(phrase.as_str()).filter(|_| phrase.contains(' ') || text == *phrase)
                else {
                    continue;
                };
                // With the words around it, it is the record's or it is not.
                let start = text[..at].char_indices().rev().nth(12).map_or(0, |(at, _)| at);
                let end = at + phrase.len();
                let end = text[end..].char_indices().nth(12).map_or(text.len(), |(more, _)| end + more);
                if !records.contains(text[start..end].trim_matches(['(', ')'])) {
                    left.insert(format!("{}: “{phrase}” in “{text}”", page.path));
                }
            }
        }
    }
    let shown: Vec<_> = left.iter().take(40).cloned().collect();
    assert!(left.is_empty(), "{} are left:\n{}", left.len(), shown.join("\n"));
}

#[test]
fn nothing_but_words_is_another_in_german() {
    let (english, german) = (built("en"), built("de"));
    let (english, german) = (english.pages(), german.pages());
    assert_eq!(english.len(), german.len());
    for (english, german) in english.iter().zip(&german) {
        assert_eq!(english.path, german.path);
        for selector in ["table", "tr", "td", "th", "section", "a", "li", "h1", "h2", "h3", "time", "meter"] {
            let (ours, theirs) = (english.all(selector).len(), german.all(selector).len());
            assert_eq!(ours, theirs, "`{selector}` on {}", english.path);
        }
        for attribute in ["data[value]", "time[datetime]", "a[href]"] {
            let name = attribute.split(['[', ']']).nth(1).unwrap();
            let values = |page: &Page| -> Vec<String> {
                page.all(attribute).into_iter().map(|one| one.attr(name).unwrap().to_owned()).collect()
            };
            assert_eq!(values(english), values(german), "{attribute} on {}", english.path);
        }
    }
}

#[test]
fn numbers_and_dates_have_their_german_form_and_data_its_own() {
    let built = built("de");
    let mut decimals = 0;
    for page in built.pages() {
        for data in page.all("data[value]") {
            let (value, shown) = (data.attr("value").unwrap(), text(data));
            if value.parse::<f64>().is_ok() && value.contains('.') {
                assert!(!shown.contains('.') || shown.contains(','), "“{shown}” on {}", page.path);
                decimals += usize::from(shown.contains(','));
            }
        }
        for time in page.all("time[datetime]") {
            let (day, shown) = (time.attr("datetime").unwrap(), text(time));
            if day.len() == "2017-02-14".len() {
                let number = day[8..].trim_start_matches('0');
                assert!(shown.starts_with(&format!("{number}. ")), "“{shown}” for {day} on {}", page.path);
            }
        }
    }
    assert!(decimals > 50, "{decimals} decimals were seen");
}
