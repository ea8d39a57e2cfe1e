//! The list of frameworks and the page of one: releases, domains, scales, and who certified what.
//!
//! In comes a framework, out goes what holds for all of its releases.
//! The trees are on the pages of the releases; this page says what there is and what nobody has certified.

use super::certifications::{self, Known};
use super::results::capitalized;
use super::shared::{fact_link, fact_text, link, score_or_absent, score_words};
use super::{Frame, crosswalk, matrix, uncertified};
use crate::catalogue::{Framework, FrameworkIx};
use crate::html::{Html, HtmlWriter};
use crate::model::scale::Scale;
use crate::route::{self, Route};
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::view::{FactView, FrameworkView, FrameworksView, PageView, Visible as _};

/// The crumb of the list.
pub(super) const CRUMB: (Route, &str) = (Route::Frameworks, "Frameworks");

pub(super) fn list(page: &Frame<'_>) -> PageView {
    let catalogue = page.catalogue();
    let columns = [
        column("Framework", ColumnKind::Name),
        column("Publisher", ColumnKind::Name),
        column("Releases", ColumnKind::Number),
        column("Current", ColumnKind::Id),
        column("Elements", ColumnKind::Number),
        column("Certifications", ColumnKind::Number),
    ];
    let note = page.words().counted(catalogue.frameworks.len(), "framework", "frameworks");
    let mut table = TableWriter::new(Heading::new("frameworks", "All frameworks", &note), &columns);
    for (index, framework) in catalogue.frameworks.iter().enumerate() {
        let record = &framework.record;
        table.row_with(&framework.id, "");
        table.header(|html| link(page, Route::Framework(index.into()), &record.name, html));
        table.cell(|html| match &record.publisher {
            Some(publisher) => {
                html.name(publisher);
            }
            None => {
                html.absent("Not stated");
            }
        });
        table.number(framework.releases.len());
        table.cell(|html| match record.releases.get(framework.current) {
            Some(release) => {
                let route = Route::Release(index.into(), framework.current);
                link(page, route, &release.version.value, html);
            }
            None => {
                html.absent("No release");
            }
        });
        table.number(framework.elements.len()).number(framework.certifications.len());
    }
    PageView {
        description: Some(format!("{note} in this catalogue, with their releases.")),
        crumbs: page.crumbs(&[]),
        content: FrameworksView { table: table.finish() }.into_value(),
        ..page.page("frameworks", "frameworks", "Frameworks".to_owned())
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
    let (contents, matrix) = matrix::tables(page, framework);
    let note = page.words().counted(framework.certifications.len(), "certification", "certifications");
    let heading = Heading::new("certifications", "Certifications", &note);
    let content = FrameworkView {
        lead: lead(page, framework),
        facts: facts(framework),
        description: page.prose(&record.body, &format!("frameworks/{}", framework.id)),
        releases: releases(page, index, framework),
        domains: domains(page, index, framework),
        scales: record.scales.iter().filter_map(|one| scale(page, one)).collect(),
        certifications: certifications::table(
            page,
            (heading, Known::Nothing),
            framework.certifications.iter().copied(),
        ),
        uncertified: uncertified::table(page, index),
        crosswalks: crosswalk::of_framework(page, index),
        noun: record.noun.many.clone(),
        contents,
        matrix,
        notices: page.notices(&notices),
    };
    PageView {
        description: Some(format!("{}: {}", record.name, summary(page, framework))),
        crumbs: page.crumbs(&[CRUMB]),
        content: content.into_value(),
        ..page.page_of(("framework", "frameworks"), record.name.clone(), framework.file)
    }
}

fn summary(page: &Frame<'_>, framework: &Framework) -> String {
    let noun = &framework.record.noun;
    format!(
        "{}, {} and {} in this catalogue.",
        page.words().counted(framework.releases.len(), "release", "releases"),
        page.words().counted(framework.elements.len(), &noun.one, &noun.many),
        page.words().counted(framework.certifications.len(), "certification", "certifications"),
    )
}

fn lead(page: &Frame<'_>, framework: &Framework) -> Html {
    Html::text(&summary(page, framework))
}

fn facts(framework: &Framework) -> Vec<FactView> {
    let record = &framework.record;
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(FactView { term, value });
    if let Some(short_name) = &record.short_name {
        fact("Short name", fact_text(short_name));
    }
    if let Some(publisher) = &record.publisher {
        fact("Publisher", fact_text(publisher));
    }
    if let Some(release) = record.releases.get(framework.current) {
        fact("Current release", fact_text(&release.version.value));
    }
    if let Some(url) = &record.url {
        fact("Home", fact_link(url, url));
    }
    facts
}

fn releases(page: &Frame<'_>, index: FrameworkIx, framework: &Framework) -> Option<Html> {
    let noun = &framework.record.noun;
    let elements = capitalized(&noun.many);
    let has_suites = framework.record.releases.iter().any(|release| release.suite.is_some());
    let has_dates = framework.record.releases.iter().any(|release| release.date.is_some());
    let mut columns = vec![column("Release", ColumnKind::Name)];
    if has_suites {
        columns.push(column("Suite", ColumnKind::Id));
    }
    if has_dates {
        columns.push(column("Published", ColumnKind::Date));
    }
    columns.extend([
        column(&elements, ColumnKind::Number),
        column("Certifications", ColumnKind::Number),
        column("Changes", ColumnKind::Text),
    ]);
    let note = format!("Newest first; {} as far as this catalogue has them", noun.many);
    let mut table = TableWriter::new(Heading::new("releases", "Releases", &note), &columns);
    for (at, release) in framework.record.releases.iter().enumerate().rev() {
        let certifications = framework.certifications.iter();
        let certifications =
            certifications.filter(|one| page.catalogue().certification(**one).release == at).count();
        table.row();
        table.header(|html| {
            link(page, Route::Release(index, at), &release.version.value, html);
            if at == framework.current {
                html.literal(" ").tag("valid", "Current");
            }
        });
        if has_suites {
            table.cell(|html| match &release.suite {
                Some(suite) => {
                    html.name(suite);
                }
                None => {
                    html.absent("None stated");
                }
            });
        }
        if has_dates {
            table.cell(|html| match &release.date {
                Some(date) => {
                    html.literal("<time").attribute("datetime", &date.to_string()).literal(">");
                    html.text(&date.words()).literal("</time>");
                }
                None => {
                    html.absent("No date published");
                }
            });
        }
        table.number(framework.releases[at].members.len()).number(certifications);
        table.cell(|html| {
            if at == 0 {
                html.text("the first release here");
            } else {
                let before = &framework.record.releases[at - 1].version.value;
                link(page, Route::Changes(index, at), &format!("since {before}"), html);
            }
        });
    }
    table.finish()
}

fn domains(page: &Frame<'_>, index: FrameworkIx, framework: &Framework) -> Option<Html> {
    let noun = &framework.record.noun;
    let elements = capitalized(&noun.many);
    let record = &framework.record;
    let has_descriptions = record.domains.iter().any(|domain| domain.description.is_some());
    let mut columns = vec![column("Domain", ColumnKind::Name)];
    if has_descriptions {
        columns.push(column("What it is", ColumnKind::Text));
    }
    columns.push(column(&elements, ColumnKind::Number));
    let version = record.releases.get(framework.current).map_or("", |release| &release.version.value);
    let note = format!("{} in release {version}, as far as this catalogue has them", capitalized(&noun.many));
    let mut table = TableWriter::new(Heading::new("domains", "Domains", &note), &columns);
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
                    html.absent("No description");
                }
            });
        }
        table.number(count);
    }
    table.finish()
}

/// A scale with its ratings: what a score means.
fn scale(page: &Frame<'_>, scale: &Scale) -> Option<Html> {
    let has_meanings = scale.ratings.iter().any(|rating| rating.meaning.is_some());
    let mut columns = vec![column("Rating", ColumnKind::Name)];
    if scale.range.is_some() {
        columns.push(column("From", ColumnKind::Number));
    }
    if has_meanings {
        columns.push(column("Meaning", ColumnKind::Text));
    }
    let id = format!("scale-{}", route::segment(&scale.id.value));
    let mut note = match scale.range {
        Some(range) => format!(
            "{} to {}, in steps of {}",
            score_words(page.words(), scale, range.min),
            score_words(page.words(), scale, range.max),
            range.step.normalize()
        ),
        None => "Ratings without numbers".to_owned(),
    };
    if let Some(text) = &scale.note {
        note = format!("{note}. {text}");
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
                score_or_absent(
                    page.words(),
                    rating.from,
                    |from| score_words(page.words(), scale, from),
                    html,
                );
            });
        }
        if has_meanings {
            table.cell(|html| match &rating.meaning {
                Some(meaning) => {
                    html.name(meaning);
                }
                None => {
                    html.absent("Not stated");
                }
            });
        }
    }
    table.finish()
}
