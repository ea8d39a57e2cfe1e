//! The page of an element: what it is called where, its definition, its history, and every certification that covers it.
//!
//! In comes an element, out goes one page for all releases, so that certifications of different releases meet on it.
//! Scores of unlike scales stand in one table but are never added or compared here.

use super::results::capitalized;
use super::shared::{
    fact_link, fact_text, isolated, level_words, link, organization_link, rating, release_words, result_href,
    score, short_name, status_tag,
};
use super::{Frame, excerpt, facets, framework, history, results, scores, strip};
use crate::catalogue::{
    Absence, Certification, CertificationIx, Element, ElementIx, Framework, Row, Verdict,
};
use crate::html::{Html, HtmlWriter};
use crate::lineage;
use crate::model::certification::{ResultRecord, Value};
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Facet, Heading, TableWriter, Tools, column};
use crate::view::{ElementView, FactView, PageView, StatusView, Visible as _};

pub(super) fn view(page: &Frame<'_>, index: ElementIx) -> PageView {
    let catalogue = page.catalogue();
    let element = catalogue.element(index);
    let framework = catalogue.framework(element.framework);
    let record = &element.record;
    let folder = format!("frameworks/{}/elements", framework.id);
    let wanted = page.context.wanted.by("element");
    let content = ElementView {
        noun: framework.record.noun.one.clone(),
        status: status(page, element, framework),
        lead: wanted.of("lead", || lead(page, element, framework)),
        facts: wanted.of("facts", || facts(page, element, framework)),
        description: wanted.of("description", || page.prose(&record.body, &folder)),
        reserved: sections(page, "element.reserved", &record.reserved),
        empty: sections(page, "element.empty", &record.empty),
        strip: wanted.of("strip", || strip::strip(page, index)),
        certifications: wanted.of("certifications", || certifications(page, element)),
        spread: wanted.of("spread", || scores::of_element(page, element)),
        parts: wanted.of("parts", || parts(page, index)),
        history: wanted.of("history", || history::table(page, element, framework)),
        releases: wanted.of("releases", || super::timeline::table(page, index)),
        related: wanted.of("related", || super::crosswalk::related(page, index)),
        remarks: wanted.of("remarks", || super::shared::remarks(&record.remarks)),
        notices: Vec::new(),
    };
    let title = match element.newest() {
        Some((_, state)) => format!("{} {}", state.id, state.name),
        None => match lineage::last_id(record, &framework.record.versions(), framework.releases.len()) {
            Some(id) => format!("{id} {}", record.name.value),
            None => record.name.value.clone(),
        },
    };
    let mut view = page.page_of(("element", "frameworks"), title, element.file);
    view.findings = page.findings(element.file, extent(page, element));
    view.findings.retain(|finding| finding.code != "source-remark");
    PageView {
        description: Some(description(page, element, framework)),
        crumbs: crumbs(page, element, framework),
        content: content.into_value(),
        ..view
    }
}

/// How many sections have no text, and which: small numbers are words.
fn sections(page: &Frame<'_>, key: &'static str, titles: &[String]) -> Option<String> {
    const NUMBERS: [&str; 12] = [
        "number.one",
        "number.two",
        "number.three",
        "number.four",
        "number.five",
        "number.six",
        "number.seven",
        "number.eight",
        "number.nine",
        "number.ten",
        "number.eleven",
        "number.twelve",
    ];
    let words = page.words();
    let last = titles.len().checked_sub(1)?;
    let number =
        NUMBERS.get(last).map_or_else(|| words.number(titles.len()), |key| words.get(key).to_owned());
    let titles_in_a_row = titles.join(words.get("list.comma"));
    Some(words.count_with(key, titles.len(), &[("count", number), ("titles", titles_in_a_row)]))
}

/// The bytes of an element's own part of a file that lists many; `None` for a file of its own.
fn extent(page: &Frame<'_>, element: &Element) -> Option<(u32, u32)> {
    const HEAD: &str = "\n[[element]]";
    let key = element.record.key.span;
    if key.end == 0 {
        return None;
    }
    let text = page.context.sources.text(element.file);
    let (before, after) = text.split_at(key.start as usize);
    let start = before.rfind(HEAD).map_or(0, |at| at as u32 + 1);
    let end = after.find(HEAD).map_or(u32::MAX, |at| key.start + at as u32);
    Some((start, end))
}

fn description(page: &Frame<'_>, element: &Element, framework: &Framework) -> String {
    let first_line = element.record.body.plain.lines().next().unwrap_or_default();
    if first_line.is_empty() {
        let noun = &framework.record.noun.one;
        let values =
            [("element", noun.as_str()), ("name", element.name()), ("framework", &framework.record.name)];
        return page.words().fill("element.description", &values);
    }
    first_line.to_owned()
}

fn crumbs(page: &Frame<'_>, element: &Element, framework: &Framework) -> Vec<crate::view::CrumbView> {
    let catalogue = page.catalogue();
    let mut chain: Vec<(Route, &str)> = Vec::new();
    let mut at = element.newest();
    let release = at.map_or(0, |(release, _)| release);
    let mut seen = vec![];
    while let Some((_, state)) = at {
        let Some(parent) = state.parents.first().copied().filter(|parent| !seen.contains(parent)) else {
            break;
        };
        seen.push(parent);
        let above = catalogue.element(parent);
        let above_state = above.in_release(release).ok();
        chain.push((Route::Element(parent), above_state.map_or(above.name(), |state| &state.name)));
        at = above_state.map(|state| (release, state));
    }
    chain.push((Route::Framework(element.framework), &framework.record.name));
    chain.push(framework::crumb(page));
    chain.reverse();
    page.crumbs(&chain)
}

fn lead(page: &Frame<'_>, element: &Element, framework: &Framework) -> Html {
    let mut html = HtmlWriter::default();
    let words = page.words();
    let noun = &framework.record.noun.one;
    let Some((release, state)) = element.newest() else {
        let values = [("element", noun), ("framework", &framework.record.name)];
        html.text(&words.fill("element.in_no_release", &values));
        return html.finish();
    };
    let shown = newest_release(element, framework).unwrap_or(release);
    let is_gone = shown + 1 < framework.releases.len();
    let anchor = route::fragment(&route::tree_anchor(&state.id));
    let route = Route::Release(element.framework, shown);
    let key = if is_gone { "element.last_seen" } else { "element.of_release" };
    words.write(key, &mut html, |name, html| {
        if name == "release" {
            html.link(&format!("{}{anchor}", page.href(route)), &release_words(framework, shown));
        } else {
            html.text(&capitalized(noun));
        }
    });
    let (assessed, absent) = (assessed(page, element), absent(page, element));
    let certifications = [("certifications", words.count("count.certifications", assessed))];
    html.text(&match (assessed, absent) {
        (0, 0) => words.get("element.not_assessed").to_owned(),
        (0, count) => words.count("element.not_assessed_in_scope", count),
        (_, 0) => words.fill("element.assessed", &certifications),
        (_, count) => words.count_with("element.assessed_in_scope", count, &certifications),
    });
    html.finish()
}

/// The newest release whose tree has the element.
fn newest_release(element: &Element, framework: &Framework) -> Option<usize> {
    (0..framework.releases.len()).rev().find(|release| element.in_release(*release).is_ok())
}

/// What became of an element that no tree of the newest release has.
fn status(page: &Frame<'_>, element: &Element, framework: &Framework) -> Option<StatusView> {
    let last = framework.releases.len().checked_sub(1)?;
    if element.in_release(last).is_ok() || element.states.is_empty() {
        return None;
    }
    let (absence, release) = fate(element, framework);
    let version = &framework.record.releases[release].version.value;
    let (key, tone) = match absence {
        Absence::Withdrawn => ("element.withdrawn", "withdrawn"),
        _ => ("element.untraced", "open"),
    };
    Some(StatusView { word: page.words().fill(key, &[("release", version)]), tone })
}

fn assessed(page: &Frame<'_>, element: &Element) -> usize {
    count(page, element, |verdict| matches!(verdict, Verdict::Assessed(_)))
}

fn absent(page: &Frame<'_>, element: &Element) -> usize {
    count(page, element, |verdict| matches!(verdict, Verdict::Absent(_)))
}

/// How many rows about an element say a thing; a row that is printed twice says it once.
fn count(page: &Frame<'_>, element: &Element, says: impl Fn(Verdict) -> bool) -> usize {
    let catalogue = page.catalogue();
    let rows = catalogue.rows_about(element).filter(|(_, certification, row, result)| {
        !row.repeated && says(catalogue.verdict(certification, row, result))
    });
    rows.count()
}

fn facts(page: &Frame<'_>, element: &Element, framework: &Framework) -> Vec<FactView> {
    let catalogue = page.catalogue();
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(page.fact(term, value));
    let newest = newest_release(element, framework);
    if let Some((release, state)) = newest.and_then(|at| Some((at, element.in_release(at).ok()?))) {
        let mut html = HtmlWriter::default();
        html.id(&state.id);
        let version = &framework.record.releases[release].version.value;
        html.literal(" <span class=\"note\">")
            .text(&page.words().fill("element.in_release", &[("release", version)]))
            .literal("</span>");
        fact("term.identifier", html.finish());
        if let Some(original) = &element.record.original_id {
            let mut html = HtmlWriter::default();
            html.id(&original.value);
            if let Some(release) = &element.record.original_release {
                html.literal(" <span class=\"note\">")
                    .text(&page.words().fill("element.in_release", &[("release", &release.value)]))
                    .literal("</span>");
            }
            fact("term.original_identifier", html.finish());
        }
        if let Some(level) = state.level {
            let name = level_words(page.words(), framework, level);
            let number = level.to_string();
            // "Level: Level 3" says nothing twice.
            let is_number = name == page.words().fill("level.numbered", &[("level", &number)]);
            fact("term.level", fact_text(if is_number { &number } else { &name }));
        }
        if let Some(domain) = framework.releases[release].standing[element.position].domain {
            let record = &framework.record.domains[domain];
            let release = page.href(Route::Release(element.framework, release));
            fact("term.domain", fact_link(&format!("{release}#domain-{}", record.id.value), &record.name));
        }
        if !state.parents.is_empty() {
            let mut html = HtmlWriter::default();
            for (at, parent) in state.parents.iter().enumerate() {
                html.text(if at == 0 { "" } else { page.words().get("list.comma") });
                let above = catalogue.element(*parent);
                let name = above.in_release(release).map_or(above.name(), |state| &state.name);
                link(page, Route::Element(*parent), name, &mut html);
            }
            fact(if state.parents.len() == 1 { "term.parent" } else { "term.parents" }, html.finish());
        }
    }
    if let Some(maturity) = element.record.maturity {
        fact("term.maturity", fact_text(&maturity.to_string()));
    }
    if let Some(source) = &element.record.source {
        let mut html = HtmlWriter::default();
        match &source.url {
            Some(url) => html.link(url, &source.title),
            None => html.name(&source.title),
        };
        if let Some(date) = &source.date {
            html.text(&page.words().fill("element.dated", &[("date", &page.words().date(*date))]));
        }
        fact("term.definition_from", html.finish());
    }
    facts
}

/// Why and since which release an element is no longer in the tree.
fn fate(element: &Element, framework: &Framework) -> (Absence, usize) {
    let last = framework.releases.len() - 1;
    let absence = element.in_release(last).err().unwrap_or(Absence::Untraced);
    let since = (0..=last).rev().take_while(|release| element.in_release(*release).is_err()).last();
    (absence, since.unwrap_or(last))
}

/// Every row of every certification about the element, newest certification first.
fn certifications(page: &Frame<'_>, element: &Element) -> Option<Html> {
    let catalogue = page.catalogue();
    let mut results: Vec<(CertificationIx, &Row, &ResultRecord)> =
        catalogue.rows_about(element).map(|(index, _, row, result)| (index, row, result)).collect();
    // Rows of one certification stay in its order, because the sort is stable.
    results.sort_by_key(|(index, ..)| {
        (std::cmp::Reverse(crate::link::certifications::age(catalogue.certification(*index))), *index)
    });
    let has_comments = results.iter().any(|(_, row, result)| has_comment(row, result));
    let words = page.words();
    let mut columns = vec![
        column(words.get("term.certification"), ColumnKind::Name),
        column(words.get("term.assessed_as"), ColumnKind::Text),
        column(words.get("term.score"), ColumnKind::Number),
        column(words.get("term.result"), ColumnKind::Status),
    ];
    if has_comments {
        columns.push(column(words.get("term.comment"), ColumnKind::Text));
    }
    columns.push(column(words.get("term.status"), ColumnKind::Status));
    let note =
        words.fill("element.certifications_note", &[("rows", words.count("count.rows", results.len()))]);
    let wanted = &page.context.wanted;
    let names: &[&str] = if has_comments {
        &["assessed-as", "score", "result", "comment", "status"]
    } else {
        &["assessed-as", "score", "result", "status"]
    };
    let is_shown = |at: usize| at == 0 || wanted.shows("certifications", names[at - 1]);
    let heading = Heading::new("certifications", words.get("term.certifications"), &note);
    let tools = Tools::default().with_score(Some((2, words.get("term.score")))).with_column(Facet::Rating, 3);
    let mut table = TableWriter::showing(heading, &columns, &is_shown).with_tools(tools);
    for (index, row, result) in results {
        let certification = catalogue.certification(index);
        let framework = catalogue.framework(certification.framework);
        let release = usize::from(row.release);
        let state = element.in_release(release).ok();
        let class = if row.repeated { "repeated" } else { "" };
        if table.has_tools() {
            let said = [
                facets::organization(page, certification),
                facets::of_release(page, certification.framework, release),
                facets::of_validity(page, certification),
            ];
            table.row_of("", class, &said);
        } else {
            table.row_with("", class);
        }
        table.header(|html| {
            html.link(&result_href(page, index, result), &certification.record.title());
            html.literal(" <small>");
            organization_link(page, certification, html);
            html.literal("</small>");
        });
        table.cell(|html| {
            html.id(&result.element.value).literal(" ");
            html.name(state.map_or("", |state| &state.name)).literal(" <small>");
            let version = &framework.record.releases[release].version.value;
            html.name(&format!("{} {version}", short_name(framework))).literal("</small>");
        });
        table.cell(|html| score(page, certification, result, html));
        table.cell(|html| {
            match (&result.value.value, result.coverage()) {
                (Value::Unstated, Some(coverage)) => {
                    let coverage = coverage.value;
                    let counts = [("submitted", coverage.submitted), ("total", coverage.total)];
                    let counts = counts.map(|(name, count)| (name, words.number(count as usize)));
                    html.text(&words.fill("results.parts_submitted", &counts));
                }
                _ => rating(page, certification, (row, result), html),
            }
            excerpt::link_to_section(page, (index, row.element), html);
        });
        if has_comments {
            table.cell(|html| comment(page, certification, (row, result), html));
        }
        table.cell(|html| status_tag(page, certification, html));
    }
    let files = page.framework_files(element.framework);
    let several = page.href(Route::Framework(element.framework)) + "#files";
    // The first is of the results, the last of the histories.
    let link = match files.as_slice() {
        [results, _] => (results.href.as_str(), results.title.as_str()),
        _ => (several.as_str(), words.get("sheet.title")),
    };
    page.with_link(table, link)
}

fn has_comment(row: &Row, result: &ResultRecord) -> bool {
    row.repeated || result.comment.is_some() || !result.missing().is_empty() || !result.evidence.is_empty()
}

fn comment(
    page: &Frame<'_>,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
    html: &mut HtmlWriter,
) {
    if !has_comment(row, result) {
        html.absent(page.words().get("absent.comment"));
        return;
    }
    if row.repeated {
        html.text(page.words().get("results.printed_twice"));
    }
    if let Some(comment) = &result.comment {
        page.comment(certification, (&result.element.value, comment), html);
        html.literal(" ");
    }
    if !result.missing().is_empty() {
        results::missing_parts(page, certification, (row, result), html);
    }
    let folder = format!("{}certifications/{}/", page.root, certification.id);
    results::evidence(page.words(), result, &folder, html);
}

/// The children in the newest release that has the element.
fn parts(page: &Frame<'_>, index: ElementIx) -> Option<Html> {
    let catalogue = page.catalogue();
    let element = catalogue.element(index);
    let framework = catalogue.framework(element.framework);
    let with_children = (0..framework.releases.len())
        .rev()
        .find(|release| !catalogue.children(index, *release).is_empty())?;
    let noun = &framework.record.noun;
    let title = capitalized(&noun.one);
    let children = catalogue.children(index, with_children);
    let level_of = |child: &ElementIx| catalogue.element(*child).in_release(with_children).ok()?.level;
    let has_levels = children.iter().any(|child| level_of(child).is_some());
    let words = page.words();
    let mut columns = vec![column(&title, ColumnKind::Name)];
    if has_levels {
        columns.push(column(words.get("term.level"), ColumnKind::Number));
    }
    columns.push(column(words.get("term.assessed_by"), ColumnKind::Number));
    let values = [
        ("elements", words.counted(children.len(), &noun.one, &noun.many)),
        ("release", isolated(&release_words(framework, with_children))),
    ];
    let note = words.fill("element.parts_note", &values);
    let mut table = TableWriter::new(Heading::new("parts", words.get("element.parts"), &note), &columns);
    for child in children {
        let part = catalogue.element(*child);
        let Ok(state) = part.in_release(with_children) else { continue };
        table.row();
        table.header(|html| {
            html.id(&state.id).literal(" ");
            link(page, Route::Element(*child), &state.name, html);
        });
        if has_levels {
            table.cell(|html| match state.level {
                Some(level) => {
                    html.number(usize::from(level));
                }
                None => {
                    html.absent(words.get("absent.level"));
                }
            });
        }
        table.number(assessed(page, part));
    }
    table.finish()
}
