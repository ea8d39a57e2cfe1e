//! The search page and its lists: everything by name and by id, for readers without scripts.
//!
//! In come the entries of the index in their two orders, out go lines that link to each; a large catalogue has one page for every few hundred.
//! What a query finds is no page: the script of the theme shows it, from the index that stands beside this page.

use super::Frame;
use super::shared::{isolated, release_words, short_name};
use crate::catalogue::Framework;
use crate::html::{Html, HtmlWriter};
use crate::route::{self, LISTED, Route};
use crate::search;
use crate::search::entries::{Entry, Kind};
use crate::search::lists::{IdLine, NameLine};
use crate::table::Cells as _;
use crate::view::{CountView, LinkView, PageView, SearchListView, SearchView, Visible as _};

/// The start: the form, and both lists or links to their pages.
pub(super) fn view(page: &Frame<'_>) -> PageView {
    let lists = page.context.lists();
    let words = page.words();
    let is_whole = route::list_parts(page.catalogue()).0 == 0;
    let names = || name_list(page, &lists.names);
    let ids = || id_list(page, &lists.ids);
    let name_pages = lists.names.chunks(LISTED).enumerate().map(|(at, lines)| {
        let name = |line: &NameLine| Entry::of(page.catalogue(), line.item).name.into_owned();
        part_link(page, Route::Names(at), lines.len(), [&lines[0], &lines[lines.len() - 1]].map(name))
    });
    let id_pages = lists.ids.chunks(LISTED).enumerate().map(|(at, lines)| {
        let ends = [&lines[0], &lines[lines.len() - 1]]
            .map(|line| (Entry::of(page.catalogue(), line.item), line.place));
        let [first, last] = ends.each_ref().map(|(entry, place)| entry.ids[*place].1.unwrap_or_default());
        let groups = ends.each_ref().map(|(entry, _)| id_group(page, entry).0);
        let range = part_link(page, Route::Ids(at), lines.len(), [first, last].map(str::to_owned));
        let title = if groups[0] == groups[1] {
            words.fill("search.within", &[("group", &groups[0]), ("range", &range.title)])
        } else {
            let [first, last] = [first, last].map(isolated);
            let [first_group, last_group] = &groups;
            let values = [
                ("first", &first),
                ("first_group", first_group),
                ("last", &last),
                ("last_group", last_group),
            ];
            words.fill("search.across", &values.map(|(name, value)| (name, value.as_str())))
        };
        LinkView { title, ..range }
    });
    if page.context.wanted.has_search {
        page.files.borrow_mut().extend(search::files(page.catalogue()));
    }
    let content = SearchView {
        counts: counts(page),
        names: is_whole.then(names).filter(|list| !list.is_empty()),
        ids: is_whole.then(ids).filter(|list| !list.is_empty()),
        name_pages: if is_whole { Vec::new() } else { name_pages.collect() },
        id_pages: if is_whole { Vec::new() } else { id_pages.collect() },
    };
    PageView {
        crumbs: page.crumbs(&[]),
        content: content.into_value(),
        ..page.page("search", "search", words.get("search.title").to_owned())
    }
}

/// A part of the list by name.
pub(super) fn names(page: &Frame<'_>, at: usize) -> PageView {
    let lists = page.context.lists();
    let lines = lists.names.chunks(LISTED).nth(at).unwrap_or_default();
    list(page, (at, lists.names.len()), ("search.names_part", Route::Names), name_list(page, lines))
}

/// A part of the list by id.
pub(super) fn ids(page: &Frame<'_>, at: usize) -> PageView {
    let lists = page.context.lists();
    let lines = lists.ids.chunks(LISTED).nth(at).unwrap_or_default();
    list(page, (at, lists.ids.len()), ("search.ids_part", Route::Ids), id_list(page, lines))
}

fn list(
    page: &Frame<'_>,
    (at, lines): (usize, usize),
    (title, route): (&'static str, fn(usize) -> Route),
    list: Html,
) -> PageView {
    let words = page.words();
    let parts = lines.div_ceil(LISTED);
    let title =
        |at: usize| words.fill(title, &[("part", &words.number(at + 1)), ("parts", &words.number(parts))]);
    let link = |at: usize| LinkView { title: title(at), href: page.href(route(at)), note: None };
    let content = SearchListView {
        list,
        previous: at.checked_sub(1).map(link),
        next: Some(at + 1).filter(|next| *next < parts).map(link),
    };
    PageView {
        crumbs: page.crumbs(&[(Route::Search, words.get("search.title"))]),
        content: content.into_value(),
        ..page.page("search-list", "search", title(at))
    }
}

/// How much there is of each kind.
fn counts(page: &Frame<'_>) -> Vec<CountView> {
    let (words, catalogue) = (page.words(), page.catalogue());
    let mut counts: Vec<(String, usize)> = Vec::new();
    for framework in &catalogue.frameworks {
        let noun = super::results::capitalized(&framework.record.noun.many);
        match counts.iter_mut().find(|(known, _)| *known == noun) {
            Some((_, known)) => *known += framework.elements.len(),
            None => counts.push((noun, framework.elements.len())),
        }
    }
    let mappings = catalogue.certifications.iter().filter_map(|one| one.mapping.as_ref());
    for (key, count) in [
        ("search.certifications", catalogue.certifications.len()),
        ("search.organizations", catalogue.organizations.len()),
        ("search.frameworks", catalogue.frameworks.len()),
        ("search.steps", mappings.map(|mapping| mapping.steps.len()).sum()),
        ("search.pages", catalogue.pages.len() + catalogue.notices.len()),
    ] {
        counts.push((words.get(key).to_owned(), count));
    }
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    counts.map(|(label, count)| CountView { label, value: words.number(count), href: None }).collect()
}

/// A link to a page of a list, called by its first and last line.
fn part_link(page: &Frame<'_>, route: Route, lines: usize, [first, last]: [String; 2]) -> LinkView {
    let words = page.words();
    let values = [("first", isolated(&first)), ("last", isolated(&last))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    LinkView {
        title: words.fill("search.range", &values),
        href: page.href(route),
        note: Some(words.count("search.lines", lines)),
    }
}

fn name_list(page: &Frame<'_>, lines: &[NameLine]) -> Html {
    let mut html = HtmlWriter::with_capacity(lines.len() * 120);
    let groups: Vec<_> = lines.chunk_by(|a, b| a.letter == b.letter).collect();
    let label = |lines: &[NameLine]| match lines[0].letter {
        Some(letter) => letter.to_string(),
        None => page.words().get("search.signs").to_owned(),
    };
    let labels = groups.iter().map(|lines| label(lines)).collect::<Vec<_>>();
    jumps(page, ("names", "search.letters"), &labels, &mut html);
    for (at, (lines, label)) in groups.iter().zip(&labels).enumerate() {
        heading(page, ("names", at), label, &mut html);
        for line in *lines {
            let entry = &Entry::of(page.catalogue(), line.item);
            html.literal("<li>").link(&page.href(entry.route), &entry.name).literal(" <small>");
            html.text(&note(page, entry)).literal("</small></li>\n");
        }
        html.literal("</ul>\n");
    }
    html.finish()
}

fn id_list(page: &Frame<'_>, lines: &[IdLine]) -> Html {
    let mut html = HtmlWriter::with_capacity(lines.len() * 140);
    let lines = lines.iter().map(|line| (Entry::of(page.catalogue(), line.item), line.place));
    let lines: Vec<(Entry<'_>, usize)> = lines.collect();
    let groups = lines.chunk_by(|(a, _), (b, _)| id_group(page, a) == id_group(page, b));
    let groups: Vec<&[(Entry<'_>, usize)]> = groups.collect();
    let labels = groups.iter().map(|lines| id_group(page, &lines[0].0).0).collect::<Vec<_>>();
    jumps(page, ("ids", "search.groups"), &labels, &mut html);
    for (at, (lines, label)) in groups.iter().zip(&labels).enumerate() {
        heading(page, ("ids", at), label, &mut html);
        for (entry, place) in *lines {
            let id = entry.ids[*place].1.unwrap_or_default();
            let anchor = entry.anchor.as_deref().map(route::fragment).unwrap_or_default();
            let href = page.href(entry.route) + &anchor;
            html.literal("<li>");
            if entry.name.is_empty() {
                html.literal("<a").attribute("href", &href).literal(">").id(id).literal("</a>");
            } else {
                html.id(id).literal(" ").link(&href, &entry.name);
            }
            if let Some(framework) = entry.framework.filter(|_| entry.kind == Kind::Element) {
                let held = held(page, page.catalogue().framework(framework), entry, *place);
                html.literal(" <small>").text(&held).literal("</small>");
            }
            html.literal("</li>\n");
        }
        html.literal("</ul>\n");
    }
    html.finish()
}

/// Under which heading an entry's ids stand, and what tells two such headings apart.
fn id_group(page: &Frame<'_>, entry: &Entry<'_>) -> (String, String) {
    if entry.kind == Kind::Step {
        let label = page.words().fill("search.steps_of", &[("certification", &isolated(&entry.of))]);
        return (label, entry.key.to_owned());
    }
    let framework = entry.framework.map(|framework| page.catalogue().framework(framework));
    framework.map_or_else(Default::default, |framework| (framework.record.name.clone(), framework.id.clone()))
}

/// In which releases an entry has one of its ids.
fn held(page: &Frame<'_>, framework: &Framework, entry: &Entry<'_>, place: usize) -> String {
    let words = page.words();
    let version = |release: usize| framework.record.releases[release].version.value.as_str();
    let until = entry.ids.get(place + 1).and_then(|(next, _)| *next);
    let last = until.map_or(framework.releases.len() - 1, |next| next.saturating_sub(1));
    match entry.ids[place].0 {
        None => words.get("search.formerly").to_owned(),
        Some(from) if from < last => {
            words.fill("search.range", &[("first", version(from)), ("last", version(last))])
        }
        Some(from) => version(from).to_owned(),
    }
}

/// What there is to know of an entry in a list of names.
fn note(page: &Frame<'_>, entry: &Entry<'_>) -> String {
    let (words, catalogue) = (page.words(), page.catalogue());
    let framework = entry.framework.map(|framework| catalogue.framework(framework));
    let release = || match (framework, entry.release) {
        (Some(framework), Some(release)) => release_words(framework, release),
        _ => String::new(),
    };
    match entry.kind {
        Kind::Element => {
            let id = isolated(entry.id().unwrap_or_default());
            // Where all are of one framework, its name beside each would say nothing.
            match framework.filter(|_| catalogue.frameworks.len() > 1) {
                Some(framework) => [id, isolated(short_name(framework))].join(words.get("list.comma")),
                None => id,
            }
        }
        Kind::Certification => [isolated(&entry.of), release()].join(words.get("list.comma")),
        Kind::Mapping => words.get("search.mapping").to_owned(),
        Kind::Organization => words.get("search.organization").to_owned(),
        Kind::Framework => words.get("search.framework").to_owned(),
        Kind::Release => words.get("search.release").to_owned(),
        Kind::Crosswalk => words.get("search.crosswalk").to_owned(),
        Kind::Page | Kind::Notice => words.get("search.page").to_owned(),
        Kind::Step => isolated(&entry.of),
    }
}

/// Links to the groups of a list, where there are several.
fn jumps(
    page: &Frame<'_>,
    (list, label): (&'static str, &'static str),
    labels: &[String],
    html: &mut HtmlWriter,
) {
    if labels.len() < 2 {
        return;
    }
    html.literal("<nav class=\"jumps\"").attribute("aria-label", page.words().get(label)).literal("><ul>\n");
    for (at, label) in labels.iter().enumerate() {
        html.literal("<li><a").attribute("href", &route::fragment(&anchor(list, at))).literal(">");
        html.name(label).literal("</a></li>\n");
    }
    html.literal("</ul></nav>\n");
}

/// The heading of a group: below that of the list, or alone on a page of its own.
fn heading(page: &Frame<'_>, (list, at): (&str, usize), label: &str, html: &mut HtmlWriter) {
    let (open, close) = if page.route == Route::Search { ("<h3", "</h3>") } else { ("<h2", "</h2>") };
    html.literal(open).attribute("id", &anchor(list, at)).literal(">").name(label);
    html.literal(close).literal("\n<ul class=\"entries\">\n");
}

/// The anchor of a group. Two letters may look alike in an anchor, so it is its number.
fn anchor(list: &str, at: usize) -> String {
    format!("{list}-{}", at + 1)
}
