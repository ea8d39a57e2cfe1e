//! The page of an element: what it is called where, its definition, its history, and every certification that covers it.
//!
//! In comes an element, out goes one page for all releases, so that certifications of different releases meet on it.
//! Scores of unlike scales stand in one table but are never added or compared here.

use super::results::capitalized;
use super::shared::{
    fact_link, fact_text, isolated, level_words, link, organization_link, rating, release_words, result_href,
    score, short_name, status_tag,
};
use super::{Frame, excerpt, framework, history, results};
use crate::catalogue::{
    Absence, Certification, CertificationIx, Element, ElementIx, Framework, Row, Verdict,
};
use crate::html::{Html, HtmlWriter};
use crate::lineage;
use crate::model::certification::{ResultRecord, Value};
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::view::{ElementView, FactView, PageView, StatusView, Visible as _};

pub(super) fn view(page: &Frame<'_>, index: ElementIx) -> PageView {
    let catalogue = page.catalogue();
    let element = catalogue.element(index);
    let framework = catalogue.framework(element.framework);
    let record = &element.record;
    let folder = format!("frameworks/{}/elements", framework.id);
    let content = ElementView {
        noun: framework.record.noun.one.clone(),
        status: status(element, framework),
        lead: lead(page, element, framework),
        facts: facts(page, element, framework),
        description: page.prose(&record.body, &folder),
        reserved: record.reserved.clone(),
        empty: record.empty.clone(),
        certifications: certifications(page, element),
        parts: parts(page, index),
        history: history::table(page, element, framework),
        releases: super::timeline::table(page, index),
        related: super::crosswalk::related(page, index),
        remarks: super::shared::remarks(&record.remarks),
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
        description: Some(description(element, framework)),
        crumbs: crumbs(page, element, framework),
        content: content.into_value(),
        ..view
    }
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

fn description(element: &Element, framework: &Framework) -> String {
    let first_line = element.record.body.plain.lines().next().unwrap_or_default();
    if first_line.is_empty() {
        let noun = &framework.record.noun.one;
        return format!("The {noun} {} of {}.", element.name(), framework.record.name);
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
    chain.push(framework::CRUMB);
    chain.reverse();
    page.crumbs(&chain)
}

fn lead(page: &Frame<'_>, element: &Element, framework: &Framework) -> Html {
    let mut html = HtmlWriter::default();
    let noun = &framework.record.noun.one;
    let Some((release, state)) = element.newest() else {
        html.text(&format!("A {noun} that is in no release of {} in this catalogue.", framework.record.name));
        return html.finish();
    };
    let shown = newest_release(element, framework).unwrap_or(release);
    let is_gone = shown + 1 < framework.releases.len();
    html.text(&capitalized(noun)).text(if is_gone { ", last seen in " } else { " of " });
    let anchor = route::fragment(&route::tree_anchor(&state.id));
    let route = Route::Release(element.framework, shown);
    html.link(&format!("{}{anchor}", page.href(route)), &release_words(framework, shown));
    html.text(". ");
    let (assessed, absent) = (assessed(page, element), absent(page, element));
    html.text(&match assessed {
        0 => "No certification in this catalogue has assessed it".to_owned(),
        count => format!("Assessed by {}", page.words().counted(count, "certification", "certifications")),
    });
    html.text(&match (assessed, absent) {
        (_, 0) => ".".to_owned(),
        (0, count) => format!("; {count} had it in scope without a result."),
        (_, count) => format!("; {count} more had it in scope without a result."),
    });
    html.finish()
}

/// The newest release whose tree has the element.
fn newest_release(element: &Element, framework: &Framework) -> Option<usize> {
    (0..framework.releases.len()).rev().find(|release| element.in_release(*release).is_ok())
}

/// What became of an element that no tree of the newest release has.
fn status(element: &Element, framework: &Framework) -> Option<StatusView> {
    let last = framework.releases.len().checked_sub(1)?;
    if element.in_release(last).is_ok() || element.states.is_empty() {
        return None;
    }
    let (absence, release) = fate(element, framework);
    let version = &framework.record.releases[release].version.value;
    Some(match absence {
        Absence::Withdrawn => StatusView { word: format!("Withdrawn in {version}"), tone: "withdrawn" },
        _ => StatusView { word: format!("Not traced since {version}"), tone: "open" },
    })
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
    let mut fact = |term: &'static str, value: Html| facts.push(FactView { term, value });
    let newest = newest_release(element, framework);
    if let Some((release, state)) = newest.and_then(|at| Some((at, element.in_release(at).ok()?))) {
        let mut html = HtmlWriter::default();
        html.id(&state.id);
        let version = &framework.record.releases[release].version.value;
        html.literal(" <span class=\"note\">").text(&format!("in {version}")).literal("</span>");
        fact("Identifier", html.finish());
        if let Some(original) = &element.record.original_id {
            let mut html = HtmlWriter::default();
            html.id(&original.value);
            if let Some(release) = &element.record.original_release {
                html.literal(" <span class=\"note\">")
                    .text(&format!("in {}", release.value))
                    .literal("</span>");
            }
            fact("Original identifier", html.finish());
        }
        if let Some(level) = state.level {
            let words = level_words(page.words(), framework, level);
            let number = level.to_string();
            fact(
                "Level",
                fact_text(words.strip_prefix("Level ").filter(|rest| *rest == number).unwrap_or(&words)),
            );
        }
        if let Some(domain) = framework.releases[release].standing[element.position].domain {
            let record = &framework.record.domains[domain];
            let release = page.href(Route::Release(element.framework, release));
            fact("Domain", fact_link(&format!("{release}#domain-{}", record.id.value), &record.name));
        }
        if !state.parents.is_empty() {
            let mut html = HtmlWriter::default();
            for (at, parent) in state.parents.iter().enumerate() {
                html.literal(if at == 0 { "" } else { ", " });
                let above = catalogue.element(*parent);
                let name = above.in_release(release).map_or(above.name(), |state| &state.name);
                link(page, Route::Element(*parent), name, &mut html);
            }
            fact(if state.parents.len() == 1 { "Parent" } else { "Parents" }, html.finish());
        }
    }
    if let Some(maturity) = element.record.maturity {
        fact("Maturity level of the definition", fact_text(&maturity.to_string()));
    }
    if let Some(source) = &element.record.source {
        let mut html = HtmlWriter::default();
        match &source.url {
            Some(url) => html.link(url, &source.title),
            None => html.name(&source.title),
        };
        if let Some(date) = &source.date {
            html.text(&format!(", {}", date.words()));
        }
        fact("Definition taken from", html.finish());
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
    let mut columns = vec![
        column("Certification", ColumnKind::Name),
        column("Assessed as", ColumnKind::Text),
        column("Score", ColumnKind::Number),
        column("Result", ColumnKind::Status),
    ];
    if has_comments {
        columns.push(column("Comment", ColumnKind::Text));
    }
    columns.push(column("Status", ColumnKind::Status));
    let note =
        format!("{}, of any release, newest first", page.words().counted(results.len(), "row", "rows"));
    let mut table = TableWriter::new(Heading::new("certifications", "Certifications", &note), &columns);
    for (index, row, result) in results {
        let certification = catalogue.certification(index);
        let framework = catalogue.framework(certification.framework);
        let release = usize::from(row.release);
        let state = element.in_release(release).ok();
        table.row_with("", if row.repeated { "repeated" } else { "" });
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
                    html.text(&format!("{} of {} parts submitted", coverage.submitted, coverage.total));
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
    table.finish()
}

fn has_comment(row: &Row, result: &ResultRecord) -> bool {
    row.repeated || result.comment.is_some() || !result.missing().is_empty() || !result.evidence().is_empty()
}

fn comment(
    page: &Frame<'_>,
    certification: &Certification,
    (row, result): (&Row, &ResultRecord),
    html: &mut HtmlWriter,
) {
    if !has_comment(row, result) {
        html.absent("No comment");
        return;
    }
    if row.repeated {
        html.text("Printed twice, counted once. ");
    }
    if let Some(comment) = &result.comment {
        html.name(comment).literal(" ");
    }
    if !result.missing().is_empty() {
        results::missing_parts(page, certification, (row, result), html);
    }
    let folder = format!("{}certifications/{}/", page.root, certification.id);
    results::evidence(result, &folder, html);
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
    let mut columns = vec![column(&title, ColumnKind::Name)];
    if has_levels {
        columns.push(column("Level", ColumnKind::Number));
    }
    columns.push(column("Assessed by", ColumnKind::Number));
    let note = format!(
        "{} in {}",
        page.words().counted(children.len(), &noun.one, &noun.many),
        isolated(&release_words(framework, with_children))
    );
    let mut table = TableWriter::new(Heading::new("parts", "Parts", &note), &columns);
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
                    html.absent("No level stated");
                }
            });
        }
        table.number(assessed(page, part));
    }
    table.finish()
}
