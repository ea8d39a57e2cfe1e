//! The words of the interface: every one is asked for, every one is there in every language, and none leads astray.
//!
//! In come the language files, the code and the templates as text; out goes the first key that only one of them knows.

mod german;
mod literals;
mod translations;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use toml::{Table, Value};

use crate::harness::{Fixture, files_below, repository};

/// The texts of a language by dotted key; a text that counts has several.
type Texts = BTreeMap<String, Vec<String>>;

fn texts(language: &str) -> Texts {
    let path = repository().join("themes/default/i18n").join(language).with_extension("toml");
    let mut texts = Texts::new();
    collect("", &fs::read_to_string(path).unwrap().parse().unwrap(), &mut texts);
    texts
}

fn collect(prefix: &str, table: &Table, texts: &mut Texts) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Table(forms) if forms.contains_key("other") => {
                let forms = forms.values().map(|form| form.as_str().unwrap().to_owned());
                texts.insert(key, forms.collect());
            }
            Value::Table(inner) => collect(&key, inner, texts),
            _ => {
                texts.insert(key, vec![value.as_str().unwrap().to_owned()]);
            }
        }
    }
}

fn languages() -> Vec<String> {
    let files = files_below("themes/default/i18n");
    files.iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

fn placeholders(texts: &[String]) -> BTreeSet<&str> {
    let pieces = texts.iter().flat_map(|text| text.split('{').skip(1));
    pieces.filter_map(|piece| piece.split_once('}')).map(|(name, _)| name).collect()
}

/// Every `section.name` with something of the file's in front: a quotation mark in code, `words.` in templates and scripts.
fn mentioned(text: &str, before: &str, sections: &BTreeSet<&str>) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.';
    let pieces = text.match_indices(before).map(|(at, _)| &text[at + before.len()..]);
    let keys = pieces.map(|rest| {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        // A place in a table that is chosen by a name stands for the whole table.
        let is_chosen = rest[end..].starts_with('[');
        format!("{}{}", rest[..end].trim_end_matches('.'), if is_chosen { ".*" } else { "" })
    });
    let is_file =
        |key: &str| [".csv", ".json", ".html", ".svg", ".toml", ".js"].iter().any(|end| key.ends_with(end));
    let is_key = |key: &String| {
        key.split_once('.').is_some_and(|(section, _)| sections.contains(section))
            && !is_file(key)
            // the table of a theme's own words
            && key != "script.theme"
    };
    keys.filter(is_key).collect()
}

/// The keys that the code, the templates and the scripts ask for.
fn asked_for(texts: &Texts) -> BTreeSet<String> {
    let sections: BTreeSet<&str> =
        texts.keys().filter_map(|key| key.split('.').next()).filter(|section| *section != "script").collect();
    let mut keys = BTreeSet::new();
    // Where records are parsed and made, nothing is said on a page; names of syntax and of tables there look like keys.
    let is_silent = |path: &PathBuf| {
        ["src/parse", "src/import"].iter().any(|folder| path.starts_with(repository().join(folder)))
    };
    let code = files_below("src").into_iter().filter(|path| !is_silent(path));
    for path in code {
        keys.append(&mut mentioned(&fs::read_to_string(path).unwrap(), "\"", &sections));
    }
    for path in files_below("themes/default/templates") {
        keys.append(&mut mentioned(&fs::read_to_string(path).unwrap(), "words.", &sections));
    }
    let of_scripts: BTreeSet<&str> =
        texts.keys().filter_map(|key| key.strip_prefix("script.")?.split('.').next()).collect();
    for path in files_below("themes/default/static") {
        let text = fs::read_to_string(path).unwrap();
        // A script may keep its own section at hand: `const words = all.compare;`.
        let own = text.split("const words = all.").nth(1).and_then(|rest| rest.split(';').next());
        let text = own.map_or(text.clone(), |own| text.replace("words.", &format!("words.{own}.")));
        keys.extend(mentioned(&text, "words.", &of_scripts).iter().map(|key| format!("script.{key}")));
    }
    keys
}

#[test]
fn what_is_asked_for_is_there_and_what_is_there_is_asked_for() {
    let texts = texts("en");
    let asked_for = asked_for(&texts);
    let of_table = |key: &str| key.rsplit_once('.').map(|(table, _)| format!("{table}.*"));
    let has = |asked: &String| match asked.strip_suffix('*') {
        Some(table) => texts.keys().any(|key| key.starts_with(table)),
        None => texts.contains_key(asked),
    };
    let absent: Vec<_> = asked_for.iter().filter(|key| !has(key)).collect();
    assert!(absent.is_empty(), "en.toml has no {absent:?}");
    let is_used =
        |key: &String| asked_for.contains(key) || of_table(key).is_some_and(|all| asked_for.contains(&all));
    let unused: Vec<_> = texts.keys().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
}

#[test]
fn every_language_says_everything_with_the_same_placeholders() {
    let english = texts("en");
    for language in languages() {
        let texts = texts(&language);
        let keys = |texts: &Texts| texts.keys().cloned().collect::<BTreeSet<_>>();
        let differing: Vec<_> =
            keys(&english).symmetric_difference(&keys(&texts)).map(String::to_owned).collect();
        assert!(differing.is_empty(), "{language}: {differing:?}");
        for (key, forms) in &texts {
            assert_eq!(placeholders(forms), placeholders(&english[key]), "{language}: {key}");
            assert!(forms.iter().all(|text| !text.is_empty()), "{language}: {key} is empty");
        }
    }
}

#[test]
fn a_page_says_in_which_language_it_speaks_and_which_way() {
    let catalogue = |language: &str| {
        format!(
            "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\nlanguage = \"{language}\"\n"
        )
    };
    for (language, start, home) in [
        ("en", "<html lang=\"en\" dir=\"ltr\">", "Main"),
        ("de-at", "<html lang=\"de-AT\" dir=\"ltr\">", "Hauptnavigation"),
        ("fa", "<html lang=\"fa\" dir=\"rtl\">", "Main"),
    ] {
        let built = Fixture::new(&catalogue(language)).build();
        let page = built.text("index.html");
        assert!(page.contains(start), "{page}");
        assert!(page.contains(&format!("<nav aria-label=\"{home}\">")), "{page}");
    }
}

#[test]
fn a_theme_says_in_other_words_what_it_likes_and_the_rest_stays() {
    let text = "=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"de-AT\"\ntheme = \"plain\"\n\
                === themes/plain/i18n/de.toml\n[nav]\ncertifications = \"Geprüfte Produkte\"\n\
                === themes/plain/i18n/de-AT.toml\n[month]\njanuary = \"Jänner\"\n\
                === themes/plain/i18n/en.toml\n[nav]\nframeworks = \"Models\"\n";
    let built = Fixture::new(text).build();
    let page = built.text("index.html");
    for words in ["Geprüfte Produkte", ">Rahmenwerke<"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(built.text("checks/index.html").contains("1. Jänner 2026"));
    assert_eq!(built.codes(), [""; 0]);
}

#[test]
fn scripts_get_their_words_whatever_these_hold() {
    let hostile = "</script><!--\u{2028}\u{2029}\\\"'`${x}\n\u{0}\u{1f600}";
    let quoted = serde_json::to_string(hostile).unwrap();
    let text = format!(
        "=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\ntheme = \"plain\"\n\
         === themes/plain/i18n/en.toml\n[script.theme]\nhostile = {quoted}\nmany = {{ one = \"a\", other = \"b\" }}\n"
    );
    let built = Fixture::new(&text).build();
    let module = built.text("static/words.js");
    assert!(
        !module.contains('<') && !module.contains('\u{2028}') && !module.contains('\u{2029}'),
        "{module}"
    );
    let words = module.lines().find_map(|line| line.strip_prefix("export const words = ")).unwrap();
    let words: serde_json::Value = serde_json::from_str(words.strip_suffix(';').unwrap()).unwrap();
    assert_eq!(words["theme"]["hostile"], hostile);
    assert_eq!(words["theme"]["many"]["one"], "a");
    assert!(words.get("nav").is_none(), "words of pages are none of a script's business");
}
