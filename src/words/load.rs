//! Which language files make the words of a site, and what is wrong with a theme's own.
//!
//! In come the site's language and the theme's name, out go the words with findings about the theme's files.
//! A text that is missing is never left empty: the next language of the chain has it, and English has all.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::forms::Rules;
use super::read::{self, Entry};
use super::{Piece, Text, Words, pieces};
use crate::diagnostic::{Code, Diagnostic, Finding};
use crate::language::{self, ENGLISH};
use crate::near;
use crate::sources::Sources;
use crate::text::{FileId, Place, Span, Spanned};
use crate::theme;

/// Texts that a theme may add, for its own templates and scripts.
const OF_THEMES: [&str; 2] = ["theme.", "script.theme."];

/// The texts of a language by key.
type Texts = BTreeMap<String, Text>;

impl Words {
    /// The words of every language that certalog speaks, for those who read what it published.
    pub fn of_every_language() -> &'static [Self] {
        static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
            let language = |tag: String| Spanned::new(tag, Span::start_of_file());
            let load =
                |tag| Words::load(&language(tag), "default", None, &Sources::default(), &mut Vec::new());
            languages(theme::BUILT_IN).into_keys().map(load).collect()
        });
        &WORDS
    }

    /// Loads the words for a language and checks the language files of the theme.
    pub fn load(
        language: &Spanned<String>,
        theme: &str,
        config: Option<FileId>,
        sources: &Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let built_in = languages(theme::BUILT_IN);
        let compiled_in = languages(theme::compiled_in(theme));
        let own = own(theme, sources, &built_in, diagnostics);
        let has = |tag: &str| own.contains_key(tag) || built_in.contains_key(tag);
        let found = language::chain(&language.value).find(|tag| has(tag));
        if found.is_none() {
            let known: Vec<&str> = own.keys().chain(built_in.keys()).map(String::as_str).collect();
            diagnostics.extend(config.map(|config| unknown(language, config, theme, &known)));
        }
        let mut texts: FxHashMap<String, Text> = FxHashMap::default();
        let chain: Vec<&str> = language::chain(&language.value).chain([ENGLISH]).collect();
        for tag in chain.into_iter().rev() {
            for layer in [built_in.get(tag), compiled_in.get(tag), own.get(tag)].into_iter().flatten() {
                texts.extend(layer.iter().map(|(key, text)| (key.clone(), text.clone())));
            }
        }
        let mut keys: Vec<&str> = built_in
            .values()
            .chain(compiled_in.values())
            .chain(own.values())
            .flat_map(|texts| texts.keys().map(String::as_str))
            .collect();
        keys.retain(|key| texts.contains_key(*key));
        keys.sort_unstable();
        keys.dedup();
        let rules = Rules::of(found.unwrap_or(ENGLISH));
        Self::new(language.value.clone(), rules, texts, &keys)
    }
}

/// The language files among those that are compiled in.
fn languages(compiled_in: &'static [(&'static str, &'static str)]) -> BTreeMap<String, Texts> {
    let files = compiled_in.iter().filter_map(|(path, text)| Some((tag_of(path)?, *text)));
    files
        .map(|(tag, text)| {
            let (entries, _) = read::read(text);
            (tag.to_owned(), entries.into_iter().map(|entry| (entry.key, entry.text)).collect())
        })
        .collect()
}

/// What certalog says, in the order of the English file.
fn english_keys() -> Vec<String> {
    let files = theme::BUILT_IN.iter().find(|(path, _)| tag_of(path) == Some(ENGLISH));
    let (mut entries, _) = files.map(|(_, text)| read::read(text)).unwrap_or_default();
    entries.sort_by_key(|entry| entry.span);
    entries.into_iter().map(|entry| entry.key).collect()
}

/// The tag that a language file is named for.
fn tag_of(path: &str) -> Option<&str> {
    path.strip_prefix("i18n/")?.strip_suffix(".toml")
}

/// The language files of the theme in the catalogue, every one checked.
fn own(
    theme: &str,
    sources: &Sources,
    built_in: &BTreeMap<String, Texts>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Texts> {
    let english = &built_in[ENGLISH];
    let order = english_keys();
    let mut own = BTreeMap::new();
    for (path, file) in theme::own_files(theme, sources) {
        let Some(name) = tag_of(path) else { continue };
        let start = Place::new(file, Span::start_of_file());
        let Some(tag) = language::canonical(name) else {
            let message = format!("`{name}` is no language tag");
            let help = "name the file as BCP 47 names the language, such as `fr.toml` or `pt-BR.toml`";
            diagnostics.push(Diagnostic::new(Code::UnknownLanguage, start, message).help(help));
            continue;
        };
        let (entries, mut findings) = read::read(sources.text(file));
        let mut texts = Texts::new();
        for entry in entries {
            match check(&entry, english) {
                Ok(found) => {
                    findings.extend(found);
                    texts.insert(entry.key, entry.text);
                }
                Err(finding) => findings.push(finding),
            }
        }
        diagnostics.extend(findings.into_iter().map(|finding| finding.in_file(file)));
        let has_default = language::chain(&tag).any(|tag| built_in.contains_key(tag));
        let missing = order.iter().find(|key| !texts.contains_key(*key));
        if let (Some(first), false) = (missing, has_default) {
            let message = format!("texts of the interface are missing, the first is `{first}`");
            let help = "the English words stand in; `themes/default/i18n/en.toml` of certalog has them all";
            diagnostics.push(Diagnostic::new(Code::MissingWord, start, message).help(help));
        }
        own.insert(tag, texts);
    }
    own
}

/// Whether certalog asks for a text, in this form, and with these placeholders.
fn check(entry: &Entry, english: &Texts) -> Result<Vec<Finding>, Finding> {
    if OF_THEMES.iter().any(|prefix| entry.key.starts_with(prefix)) {
        return Ok(Vec::new());
    }
    let Some(text) = english.get(&entry.key) else {
        let message = format!("certalog says nothing that is called `{}`", entry.key);
        let mut finding = Finding::new(Code::UnknownWord, entry.span, message);
        finding = match near::suggestion(&entry.key, english.keys().map(String::as_str)) {
            Some(help) => finding.help(help),
            None => finding.help("texts of the theme's own stand in the tables `theme` and `script.theme`"),
        };
        return Err(finding);
    };
    if matches!((text, &entry.text), (Text::One(_), Text::Counted(_))) {
        let message = format!("`{}` is one text, without forms by number", entry.key);
        return Err(Finding::new(Code::WrongType, entry.span, message));
    }
    let known = placeholders(text);
    let unknown = placeholders(&entry.text).into_iter().filter(|name| !known.contains(name));
    let findings = unknown.map(|name| {
        let message = format!("nothing stands in the place of `{{{name}}}`");
        let finding = Finding::new(Code::UnknownPlaceholder, entry.span, message);
        match near::nearest(name, known.iter().copied()) {
            Some(near) => finding.help(format!("did you mean `{{{near}}}`?")),
            None => finding.help(listed(&known)),
        }
    });
    Ok(findings.collect())
}

fn listed(known: &[&str]) -> String {
    if known.is_empty() {
        return "this text has no placeholders".to_owned();
    }
    let known: Vec<String> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
    format!("the placeholders of this text are {}", known.join(", "))
}

/// The placeholders of a text, in all its forms.
fn placeholders(text: &Text) -> Vec<&str> {
    let texts: Vec<&str> = match text {
        Text::One(text) => vec![text],
        Text::Counted(forms) => forms.iter().map(|(_, text)| text).collect(),
    };
    let names = texts.into_iter().flat_map(pieces).filter_map(|piece| match piece {
        Piece::Placeholder(name) => Some(name),
        Piece::Words(_) => None,
    });
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn unknown(language: &Spanned<String>, config: FileId, theme: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the theme has no words in the language `{}`", language.value);
    let mut known = known.to_vec();
    known.sort_unstable();
    known.dedup();
    let known: Vec<String> = known.into_iter().map(|tag| format!("`{tag}`")).collect();
    Diagnostic::new(Code::UnknownLanguage, Place::new(config, language.span), message).help(format!(
        "there are words in {}; for others, write `themes/{theme}/i18n/{}.toml`",
        known.join(", "),
        language.value
    ))
}
