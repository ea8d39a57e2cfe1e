//! Translations take the place of texts.
//!
//! In come the records with their translations, out go the same records in the language of the site, and which of them that are.
//! Checks never see a translation: what a source prints is compared with what the records say themselves.

mod place;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::language;
use crate::link::{Input, texts};
use crate::model::translation::{Texts, Translation};
use crate::model::{Kind, Record};
use crate::near;
use crate::text::{FileId, Place, Span};

/// Where each record stands: the input, and for an element its position in the list of the file.
type Places = BTreeMap<String, (usize, usize)>;

/// The records in the language of the site.
pub struct Translated {
    /// The records, ready to be linked.
    pub inputs: Vec<Input>,
    /// What is translated, by name: `element/etom/close-report` its name, `element/etom/close-report#body` its prose.
    pub which: BTreeSet<String>,
}

/// The name of a record among all, as in [`Translated::which`]; elements have their keys besides.
fn name(kind: &Kind, key: Option<&str>) -> Option<String> {
    Some(match kind {
        Kind::Config => "site".to_owned(),
        Kind::Home => "home".to_owned(),
        Kind::Page(id) => format!("page/{id}"),
        Kind::Notice(id) => format!("notice/{id}"),
        Kind::Framework(id) => format!("framework/{id}"),
        Kind::Elements { framework, stem } => format!("element/{framework}/{}", key.unwrap_or(stem)),
        Kind::Organization(id) => format!("organization/{id}"),
        Kind::Certification(id) => format!("certification/{id}"),
        _ => return None,
    })
}

fn places(inputs: &[Input]) -> Places {
    let mut places = Places::new();
    for (at, input) in inputs.iter().enumerate() {
        match &input.record {
            Some(Record::Elements(elements, _)) => {
                for (position, element) in elements.iter().enumerate() {
                    let name = name(&input.kind, Some(&element.key.value));
                    places.extend(name.map(|name| (name, (at, position))));
                }
            }
            Some(_) => places.extend(name(&input.kind, None).map(|name| (name, (at, 0)))),
            None => {}
        }
    }
    places
}

/// The records in a language, where anything is translated into it. Every translation is checked, whatever its language.
pub fn translate(
    inputs: &[Input],
    (site, content): (&str, &str),
    catalogue: &Catalogue,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Translated> {
    let places = places(inputs);
    // The nearest language has the last word; what is written in the records' own language needs no translation.
    let chain: Vec<&str> = language::chain(site).take_while(|tag| *tag != content).collect();
    let mut translated = Translated { inputs: inputs.to_vec(), which: BTreeSet::new() };
    let mut ranked: Vec<(usize, FileId, &Kind, &Translation)> = Vec::new();
    for input in inputs {
        let (Kind::Translation { language, of }, Some(Record::Translation(translation))) =
            (&input.kind, &input.record)
        else {
            continue;
        };
        let Some(tag) = language::canonical(language) else {
            diagnostics.push(no_language(input.file, language));
            continue;
        };
        let rank = chain.iter().position(|known| *known == tag).unwrap_or(usize::MAX);
        ranked.push((rank, input.file, of, translation));
    }
    ranked.sort_by_key(|(rank, file, ..)| (std::cmp::Reverse(*rank), *file));
    for (rank, file, of, translation) in ranked {
        for texts in &translation.records {
            check_links(catalogue, (of, texts), file, diagnostics);
            let key = texts.key.as_ref().map(|key| key.value.as_str());
            let Some(name) = name(of, key) else { continue };
            let Some((at, position)) = places.get(&name).copied() else {
                if !may_be_broken(inputs, catalogue, of) {
                    diagnostics.push(nothing(&places, (&name, texts), file));
                }
                continue;
            };
            let original = &inputs[at].record;
            if rank == usize::MAX {
                let mut scratch = original.clone();
                place::apply((original, &mut scratch), (position, &name, texts), file, diagnostics);
            } else {
                let target = &mut translated.inputs[at].record;
                let which = place::apply((original, target), (position, &name, texts), file, diagnostics);
                translated.which.extend(which);
            }
        }
    }
    (!translated.which.is_empty()).then_some(translated)
}

/// The links of a translated text, which lead where those of the record may lead.
fn check_links(
    catalogue: &Catalogue,
    (of, texts): (&Kind, &Texts),
    file: FileId,
    found: &mut Vec<Diagnostic>,
) {
    let (folder, scope) = match of {
        Kind::Page(id) => (texts::page_folder(id), None),
        Kind::Notice(_) => ("notices".to_owned(), None),
        Kind::Framework(id) => (format!("frameworks/{id}"), None),
        Kind::Elements { framework, .. } => (format!("frameworks/{framework}/elements"), None),
        Kind::Organization(_) => ("organizations".to_owned(), None),
        Kind::Certification(id) => {
            let index = catalogue.certifications.iter().position(|known| known.id == *id);
            (format!("certifications/{id}"), index.map(Into::into))
        }
        _ => (String::new(), None),
    };
    texts::check_in(catalogue, scope, &texts.body, (file, &folder), found);
}

/// Whether the record is there and could not be read, which was reported.
fn may_be_broken(inputs: &[Input], catalogue: &Catalogue, of: &Kind) -> bool {
    match of {
        Kind::Elements { framework, .. } => catalogue.incomplete.contains(framework),
        _ => inputs.iter().any(|input| input.kind == *of && input.record.is_none()),
    }
}

fn no_language(file: FileId, folder: &str) -> Diagnostic {
    let message = format!("`{folder}` is no language tag");
    Diagnostic::new(Code::UnknownLanguage, Place::new(file, Span::start_of_file()), message)
        .help("name the folder as BCP 47 names the language, such as `content/translations/de/`")
}

fn nothing(places: &Places, (name, texts): (&str, &Texts), file: FileId) -> Diagnostic {
    let (kind, id) = name.rsplit_once('/').unwrap_or((name, ""));
    let span = texts.key.as_ref().map_or(Span::start_of_file(), |key| key.span);
    let what = kind.split('/').next().unwrap_or_default();
    let message = format!("there is no {what} `{id}` to translate");
    let diagnostic = Diagnostic::new(Code::TranslationOfNothing, Place::new(file, span), message);
    let known = places.keys().filter_map(|name| name.strip_prefix(kind)?.strip_prefix('/'));
    match near::suggestion(id, known) {
        Some(help) => diagnostic.help(help),
        None => diagnostic
            .help("a translation stands at the path of its record, below the folder of its language"),
    }
}
