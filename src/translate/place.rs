//! Where each text of a translation belongs in its record.
//!
//! In come a record and its texts in another language, out goes the record with them in place.
//! A text that the record does not have is never added: it is reported.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Record;
use crate::model::config::NavigationTarget;
use crate::model::element::When;
use crate::model::framework::FrameworkRecord;
use crate::model::translation::{Text, Texts};
use crate::near;
use crate::parse::markdown::Body;
use crate::text::{FileId, Place};

/// A place of a record that holds a text.
enum Slot<'r> {
    Text(&'r mut String),
    Optional(&'r mut Option<String>),
    Comment(&'r mut Option<Box<str>>),
}

/// Where a text belongs, or the ids that would have been right.
type Found<'r> = Result<Vec<Slot<'r>>, Vec<String>>;

/// Puts texts in their places, and tells what is translated with that.
pub(super) fn apply(
    (original, record): (&Option<Record>, &mut Option<Record>),
    (position, name, texts): (usize, &str, &Texts),
    file: FileId,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let mut which = BTreeSet::new();
    let (Some(original), Some(record)) = (original, record) else { return which };
    for text in &texts.texts {
        let place = Place::new(file, text.span());
        match slots((original, record), position, text) {
            Err(known) => diagnostics.push(no_part(place, text, &known)),
            Ok(slots) => {
                if !fill(slots, &text.value.value) {
                    diagnostics.push(no_text(Place::new(file, text.value.span), text));
                }
                which.insert(match text.part.as_slice() {
                    [] => name.to_owned(),
                    part => part
                        .iter()
                        .fold(name.to_owned(), |name, (table, id)| format!("{name}#{table}/{}", id.value)),
                });
            }
        }
    }
    if !texts.body.is_empty()
        && let Some(body) = body(record, position)
    {
        *body = texts.body.clone();
        which.insert(format!("{name}#body"));
    }
    which
}

/// Fills the slots that hold a text already; `false` where none does.
fn fill(slots: Vec<Slot<'_>>, text: &str) -> bool {
    let mut is_filled = false;
    for slot in slots {
        match slot {
            Slot::Text(slot) => text.clone_into(slot),
            Slot::Optional(Some(slot)) => text.clone_into(slot),
            Slot::Comment(Some(slot)) => *slot = text.into(),
            Slot::Optional(None) | Slot::Comment(None) => continue,
        }
        is_filled = true;
    }
    is_filled
}

fn body(record: &mut Record, position: usize) -> Option<&mut Body> {
    Some(match record {
        Record::Home(page) | Record::Page(page) | Record::Notice(page) => &mut Arc::make_mut(page).body,
        Record::Framework(framework) => &mut Arc::make_mut(framework).body,
        Record::Elements(elements, _) => &mut Arc::make_mut(&mut elements[position]).body,
        Record::Organization(organization) => &mut Arc::make_mut(organization).body,
        Record::Certification(certification) => &mut Arc::make_mut(certification).body,
        _ => return None,
    })
}

/// The places of a record to which a text belongs; parts are found by what the original says.
fn slots<'r>((original, record): (&Record, &'r mut Record), position: usize, text: &Text) -> Found<'r> {
    let part: Vec<(&str, &str)> = text.part.iter().map(|(table, id)| (*table, id.value.as_str())).collect();
    match (original, record) {
        (_, Record::Home(page) | Record::Page(page) | Record::Notice(page)) => {
            let page = Arc::make_mut(page);
            Ok(vec![match text.key {
                "title" => Slot::Text(&mut page.title),
                _ => Slot::Optional(&mut page.description),
            }])
        }
        (_, Record::Config(config)) => {
            let config = Arc::make_mut(config);
            let Some((_, page)) = part.first() else {
                return Ok(vec![match text.key {
                    "title" => Slot::Text(&mut config.title),
                    _ => Slot::Optional(&mut config.description),
                }]);
            };
            let ids = config.navigation.iter().filter_map(|link| match &link.target {
                NavigationTarget::Page(id) => Some(id.value.clone()),
                NavigationTarget::Web(_) => None,
            });
            let ids: Vec<String> = ids.collect();
            let links = config
                .navigation
                .iter_mut()
                .filter(|link| matches!(&link.target, NavigationTarget::Page(id) if id.value == *page));
            some(links.map(|link| Slot::Text(&mut link.title)).collect(), ids)
        }
        (_, Record::Organization(organization)) => {
            let organization = Arc::make_mut(organization);
            Ok(vec![match text.key {
                "name" => Slot::Text(&mut organization.name),
                _ => Slot::Optional(&mut organization.country),
            }])
        }
        (Record::Framework(original), Record::Framework(framework)) => {
            of_framework((original, Arc::make_mut(framework)), &part, text.key)
        }
        (_, Record::Certification(certification)) => {
            let certification = Arc::make_mut(certification);
            let Some((_, element)) = part.first() else {
                return Ok(vec![Slot::Text(&mut certification.product)]);
            };
            let ids = certification.results.iter().map(|result| result.element.value.to_string()).collect();
            let results =
                certification.results.iter_mut().filter(|result| *result.element.value == **element);
            some(results.map(|result| Slot::Comment(&mut result.comment)).collect(), ids)
        }
        (_, Record::Elements(elements, _)) => {
            let element = Arc::make_mut(&mut elements[position]);
            let Some((_, release)) = part.first() else {
                return Ok(vec![Slot::Text(&mut element.name.value)]);
            };
            let version = |when: &When| match when {
                When::Release(release) => release.value.clone(),
                When::Version(version) => version.clone(),
            };
            let ids = element.history.iter().map(|change| version(&change.when)).collect();
            let entries = element.history.iter_mut().filter(|change| version(&change.when) == *release);
            let slot = |change: &'r mut crate::model::element::Change| match text.key {
                "name" => Slot::Optional(&mut change.name),
                _ => Slot::Optional(&mut change.note),
            };
            some(entries.map(slot).collect(), ids)
        }
        _ => Err(Vec::new()),
    }
}

fn of_framework<'r>(
    (original, framework): (&FrameworkRecord, &'r mut FrameworkRecord),
    part: &[(&str, &str)],
    key: &str,
) -> Found<'r> {
    let slot = match *part {
        [] => match key {
            "name" => Slot::Text(&mut framework.name),
            "noun.one" => Slot::Text(&mut framework.noun.one),
            "noun.many" => Slot::Text(&mut framework.noun.many),
            _ => Slot::Optional(&mut framework.short_name),
        },
        [("release", version)] => {
            let known = original.versions();
            let at = known.iter().position(|known| *known == version);
            let release = &mut framework.releases[at.ok_or_else(|| owned(&known))?];
            if key == "name" { Slot::Optional(&mut release.name) } else { Slot::Optional(&mut release.note) }
        }
        [("domain", id)] => {
            let known: Vec<&str> = original.domains.iter().map(|domain| domain.id.value.as_str()).collect();
            let at = known.iter().position(|known| *known == id);
            let domain = &mut framework.domains[at.ok_or_else(|| owned(&known))?];
            if key == "name" { Slot::Text(&mut domain.name) } else { Slot::Optional(&mut domain.description) }
        }
        [("level", number)] => {
            let known: Vec<String> = original.levels.iter().map(|(number, _)| number.to_string()).collect();
            let at = known.iter().position(|known| known == number);
            let Some(at) = at else { return Err(known) };
            Slot::Text(&mut framework.levels[at].1)
        }
        [("scale", id), ref inner @ ..] => {
            let known: Vec<&str> = original.scales.iter().map(|scale| scale.id.value.as_str()).collect();
            let at = known.iter().position(|known| *known == id).ok_or_else(|| owned(&known))?;
            let (original, scale) = (&original.scales[at], &mut framework.scales[at]);
            let Some((_, label)) = inner.first() else {
                return Ok(vec![match key {
                    "name" => Slot::Text(&mut scale.name),
                    "prefix" => Slot::Text(&mut scale.prefix),
                    _ => Slot::Optional(&mut scale.note),
                }]);
            };
            let known: Vec<&str> = original.ratings.iter().map(|rating| rating.label.as_str()).collect();
            let at = known.iter().position(|known| known == label);
            let rating = &mut scale.ratings[at.ok_or_else(|| owned(&known))?];
            if key == "label" { Slot::Text(&mut rating.label) } else { Slot::Optional(&mut rating.meaning) }
        }
        _ => return Err(Vec::new()),
    };
    Ok(vec![slot])
}

fn owned(known: &[&str]) -> Vec<String> {
    known.iter().map(|known| (*known).to_owned()).collect()
}

fn some(slots: Vec<Slot<'_>>, known: Vec<String>) -> Found<'_> {
    if slots.is_empty() { Err(known) } else { Ok(slots) }
}

fn no_part(place: Place, text: &Text, known: &[String]) -> Diagnostic {
    let (table, id) = text.part.last().map_or(("part", ""), |(table, id)| (*table, id.value.as_str()));
    let message = format!("the record has no {table} `{id}` to translate");
    let diagnostic = Diagnostic::new(Code::TranslationOfNothing, place, message);
    match near::suggestion(id, known.iter().map(String::as_str)) {
        Some(help) => diagnostic.help(help),
        None => diagnostic.help("name the part as the record does"),
    }
}

fn no_text(place: Place, text: &Text) -> Diagnostic {
    let message = format!("the record has no `{}` here to translate", text.key);
    Diagnostic::new(Code::TranslationOfNothing, place, message)
        .help("write the text in the record first, or leave its translation out")
}
