//! The list of frameworks and the page of one: releases, domains, scales, and who certified what.
//!
//! In comes a framework, out goes what holds for all of its releases.
//! The trees are on the pages of the releases; this page says what there is and what nobody has certified.

use super::certifications::{self, Known};
use super::results::capitalized;
use super::shared::{fact_link, fact_text, link, score_or_absent};
use super::{Frame, covered, crosswalk, matrix, uncertified};
use crate::catalogue::{Framework, FrameworkIx};
use crate::html::{Html, HtmlWriter};
use crate::model::scale::Scale;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::view::{FactView, FrameworkView, FrameworksView, PageView, Visible as _};

/// The list of frameworks, as a page above others.
pub(super) fn crumb<'p>(page: &Frame<'p>) -> (Route, &'p str) {
    (Route::Frameworks, page.words().get("nav.frameworks"))
}

pub(super) fn list(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let words = page.words();
    let columns = [
        column(words.get("term.framework"), ColumnKind::Name),
        column(words.get("term.publisher"), ColumnKind::Name),
        column(words.get("term.releases"), ColumnKind::Number),
        column(words.get("term.current"), ColumnKind::Id),
        column(words.get("term.elements"), ColumnKind::Number),
        column(words.get("term.certifications"), ColumnKind::Number),
    ];
    let note = words.count("count.frameworks", catalogue.frameworks.len());
    let mut table =
        TableWriter::new(Heading::new("frameworks", words.get("frameworks.all"), &note), &columns);
    for (index, framework) in catalogue.frameworks.iter().enumerate() {
        let record = &framework.record;
        table.row_with(&framework.id, "");
        table.header(|html| link(page, Route::Framework(index.into()), &record.name, html));
        table.cell(|html| match &record.publisher {
            Some(publisher) => {
                html.name(publisher);
            }
            None => {
                html.absent(words.get("absent.stated"));
            }
        });
        table.number(framework.releases.len());
        table.cell(|html| match record.releases.get(framework.current) {
            Some(release) => {
                let route = Route::Release(index.into(), framework.current);
                link(page, route, &release.version.value, html);
            }
            None => {
                html.absent(words.get("absent.release"));
            }
        });
        table.number(framework.elements.len()).number(framework.certifications.len());
    }
    PageView {
        description: Some(words.count("frameworks.description", catalogue.frameworks.len())),
        crumbs: page.crumbs(&[]),
        content: FrameworksView { table: page.with_file(table, "frameworks") }.into_value(),
        ..page.page("frameworks", "frameworks", words.get("frameworks.title").to_owned())
    }
}

pub(super) fn view(page: &Frame<'_>, index: FrameworkIx) -> PageView {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(index);
    let record = &framework.record;
    let notices: Vec<usize> = record
        .notices
        .iter()
        .filter_map(|name| catalogue.notices.iter().position(|notice| notice.id == name.value))
        .collect();
    let inline = matrix::tables(page, index);
    let words = page.words();
    let note = words.count("count.certifications", framework.certifications.len());
    let heading = Heading::new("certifications", words.get("term.certifications"), &note);
    let wanted = page.context.wanted.by("framework");
    let content = FrameworkView {
        lead: lead(page, framework),
        facts: facts(page, framework),
        description: page.prose(&record.body, &format!("frameworks/{}", framework.id)),
        releases: releases(page, index, framework),
        domains: wanted.of("domains", || domains(page, index, framework)),
        coverage: wanted.of("coverage", || {
            framework.releases.get(framework.current)?;
            covered::of_release(page, index, framework.current)
        }),
        scales: record.scales.iter().filter_map(|one| scale(page, one)).collect(),
        certifications: wanted.of("certifications", || {
            certifications::table(page, (heading, Known::Nothing), framework.certifications.iter().copied())
        }),
        uncertified: wanted.of("uncertified", || uncertified::table(page, index)),
        crosswalks: crosswalk::of_framework(page, index),
        files: page.framework_files(index),
        noun: record.noun.many.clone(),
        matrices: inline.index,
        matrix: inline.tables,
        legend: inline.legend,
        cautions: inline.cautions,
        notices: page.notices(&notices),
    };
    PageView {
        description: Some(words.fill(
            "framework.description",
            &[("name", &record.name), ("summary", &summary(page, framework))],
        )),
        crumbs: page.crumbs(&[crumb(page)]),
        content: content.into_value(),
        ..page.page_of(("framework", "frameworks"), record.name.clone(), framework.file)
    }
}

fn summary(page: &Frame<'_>, framework: &Framework) -> String {
    let noun = &framework.record.noun;
    let words = page.words();
    let values = [
        ("releases", words.count("count.releases", framework.releases.len())),
        ("elements", words.counted(framework.elements.len(), &noun.one, &noun.many)),
        ("certifications", words.count("count.certifications", framework.certifications.len())),
    ];
    words.fill("framework.summary", &values)
}

fn lead(page: &Frame<'_>, framework: &Framework) -> Html {
    Html::text(&summary(page, framework))
}

fn facts(page: &Frame<'_>, framework: &Framework) -> Vec<FactView> {
    let record = &framework.record;
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(page.fact(term, value));
    if let Some(short_name) = &record.short_name {
        fact("term.short_name", fact_text(short_name));
    }
    if let Some(publisher) = &record.publisher {
        fact("term.publisher", fact_text(publisher));
    }
    if let Some(release) = record.releases.get(framework.current) {
        fact("term.current_release", fact_text(&release.version.value));
    }
    if let Some(url) = &record.url {
        fact("term.home", fact_link(url, url));
    }
    facts
}

fn releases(page: &Frame<'_>, index: FrameworkIx, framework: &Framework) -> Option<Html> {
    let words = page.words();
    let noun = &framework.record.noun;
    let elements = capitalized(&noun.many);
    let has_suites = framework.record.releases.iter().any(|release| release.suite.is_some());
    let has_dates = framework.record.releases.iter().any(|release| release.date.is_some());
    let mut columns = vec![column(words.get("term.release"), ColumnKind::Name)];
    if has_suites {
        columns.push(column(words.get("term.suite"), ColumnKind::Id));
    }
    if has_dates {
        columns.push(column(words.get("term.published"), ColumnKind::Date));
    }
    columns.extend([
        column(&elements, ColumnKind::Number),
        column(words.get("term.certifications"), ColumnKind::Number),
        column(words.get("term.changes"), ColumnKind::Text),
    ]);
    let note = words.fill("framework.releases_note", &[("elements", &noun.many)]);
    let mut table = TableWriter::new(Heading::new("releases", words.get("term.releases"), &note), &columns);
    for (at, release) in framework.record.releases.iter().enumerate().rev() {
        let certifications = framework.certifications.iter();
        let certifications =
            certifications.filter(|one| page.catalogue().certification(**one).release == at).count();
        table.row();
        table.header(|html| {
            link(page, Route::Release(index, at), &release.version.value, html);
            if at == framework.current {
                html.literal(" ").tag("valid", words.get("term.current"));
            }
        });
        if has_suites {
            table.cell(|html| match &release.suite {
                Some(suite) => {
                    html.name(suite);
                }
                None => {
                    html.absent(words.get("absent.suite"));
                }
            });
        }
        if has_dates {
            table.cell(|html| match &release.date {
                Some(date) => {
                    html.literal("<time").attribute("datetime", &date.to_string()).literal(">");
                    html.text(&words.date(*date)).literal("</time>");
                }
                None => {
                    html.absent(words.get("absent.date"));
                }
            });
        }
        table.number(framework.releases[at].members.len()).number(certifications);
        table.cell(|html| {
            if at == 0 {
                html.text(words.get("framework.first"));
            } else {
                let before = &framework.record.releases[at - 1].version.value;
                let since = words.fill("framework.since", &[("release", before)]);
                link(page, Route::Changes(index, at), &since, html);
            }
        });
    }
    table.finish()
}

fn domains(page: &Frame<'_>, index: FrameworkIx, framework: &Framework) -> Option<Html> {
    let words = page.words();
    let noun = &framework.record.noun;
    let elements = capitalized(&noun.many);
    let record = &framework.record;
    let has_descriptions = record.domains.iter().any(|domain| domain.description.is_some());
    let mut columns = vec![column(words.get("term.domain"), ColumnKind::Name)];
    if has_descriptions {
        columns.push(column(words.get("term.what_it_is"), ColumnKind::Text));
    }
    columns.push(column(&elements, ColumnKind::Number));
    let version = record.releases.get(framework.current).map_or("", |release| &release.version.value);
    let note = words.fill("framework.domains_note", &[("elements", elements.as_str()), ("release", version)]);
    let mut table =
        TableWriter::new(Heading::new("domains", words.get("framework.domains"), &note), &columns);
    for (at, domain) in record.domains.iter().enumerate() {
        let count = framework.releases.get(framework.current).map_or(0, |release| {
            release.standing.iter().filter(|one| one.order.is_some() && one.domain == Some(at)).count()
        });
        table.row();
        table.header(|html| {
            if count > 0 {
                let release = page.href(Route::Release(index, framework.current));
                html.link(&format!("{release}#domain-{}", domain.id.value), &domain.name);
            } else {
                html.name(&domain.name);
            }
        });
        if has_descriptions {
            table.cell(|html| match &domain.description {
                Some(description) => {
                    html.name(description);
                }
                None => {
                    html.absent(words.get("absent.description"));
                }
            });
        }
        table.number(count);
    }
    table.finish()
}

/// A scale with its ratings: what a score means.
fn scale(page: &Frame<'_>, scale: &Scale) -> Option<Html> {
    let words = page.words();
    let has_meanings = scale.ratings.iter().any(|rating| rating.meaning.is_some());
    let mut columns = vec![column(words.get("term.rating"), ColumnKind::Name)];
    if scale.range.is_some() {
        columns.push(column(words.get("term.from"), ColumnKind::Number));
    }
    if has_meanings {
        columns.push(column(words.get("term.meaning"), ColumnKind::Text));
    }
    let id = format!("scale-{}", route::segment(&scale.id.value));
    let mut note = match scale.range {
        Some(range) => {
            let step = range.step.normalize();
            let values = [
                ("min", words.score(scale, range.min)),
                ("max", words.score(scale, range.max)),
                ("step", words.decimal(step, step.scale())),
            ];
            words.fill("framework.range", &values)
        }
        None => words.get("framework.no_range").to_owned(),
    };
    if let Some(text) = &scale.note {
        note = words.fill("framework.scale_note", &[("range", note.as_str()), ("note", text)]);
    }
    let heading = Heading { id: &id, class: "scale", title: &scale.name, note: &note, is_part: true };
    let mut table = TableWriter::new(heading, &columns);
    for rating in &scale.ratings {
        table.row();
        table.header(|html: &mut HtmlWriter| {
            html.tag(rating.tone.word(), &rating.label);
        });
        if scale.range.is_some() {
            table.cell(|html| {
                score_or_absent(words, rating.from, |from| words.score(scale, from), html);
            });
        }
        if has_meanings {
            table.cell(|html| match &rating.meaning {
                Some(meaning) => {
                    html.name(meaning);
                }
                None => {
                    html.absent(words.get("absent.stated"));
                }
            });
        }
    }
    table.finish()
}
