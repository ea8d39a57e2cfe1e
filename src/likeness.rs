//! Which names look alike, and which mix scripts as no honest word does.
//!
//! In come names, out go the forms by which two that look the same are the same, and the words with letters of several scripts.
//! What is alike is what Unicode's list of confusable characters says (UTS 39); nothing is decided by a language.

use std::collections::{BTreeMap, BTreeSet};

use icu_properties::PropertyNamesLong;
use icu_properties::props::Script;
use icu_properties::script::ScriptWithExtensions;
use unicode_security::skeleton;

use crate::character;

/// The forms of a name to the eye: as written, and with all letters small or large, since some letters look alike in one size alone.
/// Two names that share a form can be taken for each other.
pub fn forms(name: &str) -> BTreeSet<String> {
    let seen: String = name.chars().filter(|character| character::unseen(*character).is_none()).collect();
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    [words.clone(), words.to_lowercase(), words.to_uppercase()]
        .iter()
        .map(|form| skeleton(form).collect())
        .collect()
}

/// Scripts that are one writing together, and stand in one word with Latin letters, too.
const TOGETHER: [&[Script]; 3] = [
    &[Script::Latin, Script::Han, Script::Hiragana, Script::Katakana],
    &[Script::Latin, Script::Han, Script::Bopomofo],
    &[Script::Latin, Script::Han, Script::Hangul],
];

/// The first word of a name whose letters are of several scripts that no writing mixes, with the name of each script and its first letter.
pub fn mixed(name: &str) -> Option<(&str, Vec<(&'static str, char)>)> {
    if name.is_ascii() {
        return None;
    }
    let is_part = |character: char| {
        character.is_alphanumeric() || character::is_mark(character) || character::unseen(character).is_some()
    };
    name.split(|character| !is_part(character)).find_map(|word| Some((word, mixture(word)?)))
}

fn mixture(word: &str) -> Option<Vec<(&'static str, char)>> {
    let scripts = ScriptWithExtensions::new();
    let letters: Vec<char> = word
        .chars()
        .filter(|letter| {
            let script = scripts.get_script_val(*letter);
            script != Script::Common && script != Script::Inherited && character::unseen(*letter).is_none()
        })
        .collect();
    let first = letters.first()?;
    let fits = |group: &[Script]| {
        letters.iter().all(|letter| group.iter().any(|script| scripts.has_script(*letter, *script)))
    };
    let is_of_one = scripts.get_script_extensions_val(*first).iter().any(|script| fits(&[script]));
    if is_of_one || TOGETHER.iter().any(|group| fits(group)) {
        return None;
    }
    let mut named: BTreeMap<&'static str, char> = BTreeMap::new();
    for letter in letters {
        if let Some(script) = PropertyNamesLong::<Script>::new().get(scripts.get_script_val(letter)) {
            named.entry(script).or_insert(letter);
        }
    }
    Some(named.into_iter().collect())
}
