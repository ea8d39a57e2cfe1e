//! What happened, as entries of a feed: certifications that came or expired, releases, dated changes of elements.
//!
//! In comes a scope of the catalogue, out go its newest entries with ids made of the catalogue's identity and the record's address.
//! What has no date in its record is no news and is in no feed; the data have it.

use crate::catalogue::{Catalogue, CertificationIx, ElementIx, FrameworkIx};
use crate::model::date::Day;
use crate::pages::Context;
use crate::route::{FeedForm, Route, Scope, feed_file};
use crate::validity::Validity;

/// How many entries a feed has at most: readers come back before there are more.
const MOST: usize = 100;

/// A feed, whatever it is written as.
pub(super) struct Feed<'c> {
    /// What identifies it.
    pub(super) id: String,
    /// Its title.
    pub(super) title: String,
    /// What it is about, in a sentence.
    pub(super) description: Option<&'c str>,
    /// Its language.
    pub(super) language: &'c str,
    /// Who publishes it.
    pub(super) publisher: &'c str,
    /// The page that it is about, as a whole address.
    pub(super) page: String,
    /// Where the site stands.
    pub(super) site: &'c str,
    /// Where its file stands, by form, below the site's root.
    pub(super) atom: String,
    /// The same as JSON.
    pub(super) json: String,
    /// The newest entries first.
    pub(super) entries: Vec<Entry<'c>>,
}

/// Something that happened.
pub(super) struct Entry<'c> {
    /// What identifies it; it stays when the site moves.
    pub(super) id: String,
    /// What happened, in a line.
    pub(super) title: String,
    /// The page that tells more, as a whole address.
    pub(super) page: String,
    /// What happened, in a sentence.
    pub(super) summary: String,
    /// The first day that its date can mean.
    pub(super) day: Day,
    /// The kind of news, in one word for programs.
    pub(super) kind: &'static str,
    /// Whose news it is, where that is somebody else than the publisher.
    pub(super) author: Option<&'c str>,
}

impl<'c> Feed<'c> {
    /// The news of a scope.
    pub(super) fn of(context: &'c Context, scope: Scope) -> Self {
        let catalogue = &context.catalogue;
        let config = &catalogue.config;
        let mut entries: Vec<Entry<'c>> = Vec::new();
        for index in super::certifications(catalogue, scope) {
            certification(context, index, &mut entries);
        }
        match scope {
            Scope::Site => {
                (0..catalogue.frameworks.len()).for_each(|at| releases(context, at.into(), &mut entries));
            }
            Scope::Framework(index) => {
                releases(context, index, &mut entries);
                changes(context, index, &mut entries);
            }
            Scope::Organization(_) => {}
        }
        entries.sort_by(|one, other| other.day.cmp(&one.day).then_with(|| one.id.cmp(&other.id)));
        entries.truncate(MOST);
        let site = context.base_url.as_str();
        let (name, route) = about(catalogue, scope);
        let folder = route.folder(catalogue);
        Self {
            id: format!("{}{folder}", config.identity),
            title: name.map_or_else(|| config.title.clone(), |name| format!("{name} – {}", config.title)),
            description: config.description.as_deref().filter(|_| scope == Scope::Site),
            language: context.words.language(),
            publisher: config.publisher.as_ref().map_or(&config.title, |publisher| &publisher.name),
            page: format!("{site}{folder}"),
            site,
            atom: feed_file(catalogue, scope, FeedForm::Atom),
            json: feed_file(catalogue, scope, FeedForm::Json),
            entries,
        }
    }
}

/// What a scope is called, where it is not the whole, and its page.
pub(super) fn about(catalogue: &Catalogue, scope: Scope) -> (Option<&str>, Route) {
    match scope {
        Scope::Site => (None, Route::Home),
        Scope::Framework(index) => (Some(&catalogue.framework(index).record.name), Route::Framework(index)),
        Scope::Organization(index) => {
            (Some(&catalogue.organization(index).record.name), Route::Organization(index))
        }
    }
}

/// What identifies an event at a page, and the page's whole address.
fn addresses(context: &Context, route: Route, event: &str) -> (String, String) {
    let folder = context.addresses.folder(route, &context.catalogue);
    (
        format!("{}{folder}#{event}", context.catalogue.config.identity),
        format!("{}{folder}", context.base_url),
    )
}

/// A certification: that it came, and that it has expired.
fn certification<'c>(context: &'c Context, index: CertificationIx, entries: &mut Vec<Entry<'c>>) {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let certification = catalogue.certification(index);
    let record = &certification.record;
    let organization = catalogue.organization_name(certification);
    let title = record.title();
    let values = [("certification", title.as_str()), ("organization", organization)];
    if let Some(date) = record.completed.as_ref().or(record.valid_from.as_ref()) {
        let (id, page) = addresses(context, Route::Certification(index), "certified");
        let dated = words.fill("news.dated", &[("date", words.date(date.value))]);
        entries.push(Entry {
            id,
            title: words.fill("news.certified", &values),
            page,
            summary: format!("{} {dated}", context.in_a_sentence(index)),
            day: date.value.first_day(),
            kind: "new",
            author: Some(organization),
        });
    }
    let ended = Validity::on(context.as_of, certification) == Validity::Expired;
    let Some(end) = record.valid_to.as_ref().filter(|_| ended) else { return };
    let Ok(day) = end.value.last_day().tomorrow() else { return };
    let (id, page) = addresses(context, Route::Certification(index), "expired");
    let said = words.fill("news.ended", &[("date", words.date(end.value))]);
    entries.push(Entry {
        id,
        title: words.fill("news.expired", &values),
        page,
        summary: format!("{} {said}", context.in_a_sentence(index)),
        day,
        kind: "expired",
        author: Some(organization),
    });
}

/// The releases of a framework.
fn releases<'c>(context: &'c Context, index: FrameworkIx, entries: &mut Vec<Entry<'c>>) {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let framework = catalogue.framework(index);
    for (at, release) in framework.record.releases.iter().enumerate() {
        let Some(date) = release.date else { continue };
        let (id, page) = addresses(context, Route::Release(index, at), "release");
        let name = format!("{} {}", framework.record.name, release.version.value);
        let dated = words.fill("news.dated", &[("date", words.date(date))]);
        entries.push(Entry {
            id,
            title: words.fill("news.release", &[("release", &name)]),
            page,
            summary: release.note.as_ref().map_or_else(|| dated.clone(), |note| format!("{note} {dated}")),
            day: date.first_day(),
            kind: "release",
            author: framework.record.publisher.as_deref(),
        });
    }
}

/// What happened to the elements of a framework, where its history says on which day.
fn changes<'c>(context: &'c Context, index: FrameworkIx, entries: &mut Vec<Entry<'c>>) {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let framework = catalogue.framework(index);
    for element in &framework.elements {
        let linked = catalogue.element(*element);
        let mut events: Vec<String> = Vec::new();
        for change in &linked.record.history {
            let Some(date) = change.date else { continue };
            // not by its place in the list: an entry that is added before it would change that
            let mut event = format!("{}-{date}", change.kind.key());
            let alike = events.iter().filter(|known| **known == event).count();
            events.push(event.clone());
            if alike > 0 {
                event = format!("{event}-{}", alike + 1);
            }
            let (id, page) = addresses(context, Route::Element(*element), &event);
            let name = element_words(catalogue, *element);
            let dated = words.fill("news.dated", &[("date", words.date(date))]);
            entries.push(Entry {
                id,
                title: words
                    .fill("news.changed", &[("element", name.as_str()), ("change", words.of(change.kind))]),
                page,
                summary: change.note.as_ref().map_or_else(|| dated.clone(), |note| format!("{note} {dated}")),
                day: date.first_day(),
                kind: "changed",
                author: framework.record.publisher.as_deref(),
            });
        }
    }
}

/// An element with its newest id.
fn element_words(catalogue: &Catalogue, element: ElementIx) -> String {
    let linked = catalogue.element(element);
    match linked.newest() {
        Some((_, state)) => format!("{} {}", state.id, state.name),
        None => linked.name().to_owned(),
    }
}
