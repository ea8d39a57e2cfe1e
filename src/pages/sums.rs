//! What the rows of a certification add up to: by domain, by level, by parent.
//!
//! In come tallies, out go tables whose columns are only those that some row needs.
//! A sum never mixes scales: each table is of one certification, or gives each its own row.

use super::counts::Counts;
use super::results::capitalized;
use super::shared::{domain_words, isolated, level_words, link, release_words, score_or_absent};
use super::{Frame, source};
use crate::catalogue::Certification;
use crate::figure::{Measure, Measured as _};
use crate::html::Html;
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::tally::{self, ParentCoverage, Tally};

/// What the rows add up to, by domain, with a last row for all.
pub(super) fn summary(page: &Frame<'_>, certification: &Certification, whole: &Tally) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let scale = catalogue.scale(certification);
    let words = page.words();
    let mut rows: Vec<(String, Option<&str>, Tally)> = tally::by_domain(catalogue, certification)
        .into_iter()
        .map(|(domain, tally)| {
            let language = page.language_of_domain(framework, domain);
            (domain_words(page.words(), framework, domain), language, tally)
        })
        .filter(|(_, _, tally)| tally.rows > 0)
        .collect();
    if rows.len() > 1 {
        rows.push((words.get("term.all").to_owned(), None, whole.clone()));
    }
    let counts = Counts::of(page.words(), rows.iter().map(|(_, _, tally)| tally));
    let elements = capitalized(&framework.record.noun.many);
    let mut columns = vec![
        column(words.get("term.domain"), ColumnKind::Name),
        column(&elements, ColumnKind::Number),
        column(words.get("term.submitted"), ColumnKind::Measure),
    ];
    columns.extend(counts.columns());
    if counts.has_mean {
        columns.push(column(words.get("term.lowest"), ColumnKind::Number));
    }
    let note = match scale.filter(|_| counts.has_mean) {
        Some(scale) => words.fill("sums.means_note", &[("scale", &scale.name)]),
        None => String::new(),
    };
    let note = source::after(&note, page, certification);
    let mut table = TableWriter::new(Heading::new("summary", words.get("term.summary"), &note), &columns);
    for (name, language, tally) in rows {
        table.row();
        table.header(|html| {
            html.name_in(language, &name);
        });
        table.number(tally.rows);
        table.cell(|html| {
            html.measured(Measure::count(tally.assessed, tally.rows), &words.number(tally.assessed));
        });
        counts.write(&tally, scale, &mut table);
        if counts.has_mean {
            table.cell(|html| {
                let said = |score| scale.map_or(String::new(), |scale| words.score(scale, score));
                score_or_absent(words, tally.lowest, said, html);
            });
        }
    }
    page.with_file(table, "summary")
}

/// The same by level, where rows of several levels say something: a summary row is not a sum of the others.
pub(super) fn levels(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let levels = tally::by_level(catalogue, certification);
    if levels.len() < 2 {
        return None;
    }
    let words = page.words();
    let counts = Counts::of(words, levels.values());
    let elements = capitalized(&framework.record.noun.many);
    let mut columns = vec![
        column(words.get("term.level"), ColumnKind::Name),
        column(&elements, ColumnKind::Number),
        column(words.get("term.submitted"), ColumnKind::Measure),
    ];
    columns.extend(counts.columns());
    let note = words.fill("sums.levels_note", &[("elements", &framework.record.noun.many)]);
    let note = source::after(&note, page, certification);
    let mut table = TableWriter::new(Heading::new("levels", words.get("sums.by_level"), &note), &columns);
    let scale = catalogue.scale(certification);
    for (level, tally) in levels {
        table.row();
        table.header(|html| {
            html.name(&level_words(page.words(), framework, level));
        });
        table.number(tally.rows);
        table.cell(|html| {
            html.measured(Measure::count(tally.assessed, tally.rows), &words.number(tally.assessed));
        });
        counts.write(&tally, scale, &mut table);
    }
    page.with_file(table, "levels")
}

/// Coverage by parent: how many of its children were submitted, as computed and as stated.
pub(super) fn coverage(
    page: &Frame<'_>,
    certification: &Certification,
    coverages: &[ParentCoverage<'_>],
) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let noun = &framework.record.noun;
    let title = capitalized(&noun.one);
    let release = isolated(&release_words(framework, certification.release));
    let words = page.words();
    let counts = Counts::of(words, coverages.iter().map(|coverage| &coverage.tally));
    let has_totals = coverages.iter().any(|coverage| coverage.is_complete || coverage.stated.is_some());
    let submitted_kind = if has_totals { ColumnKind::Measure } else { ColumnKind::Number };
    let has_stated = coverages.iter().any(|coverage| coverage.stated.is_some());
    let mut columns =
        vec![column(&title, ColumnKind::Name), column(words.get("term.submitted"), submitted_kind)];
    if has_totals {
        columns.push(column(words.get("term.of"), ColumnKind::Number));
    }
    if has_stated {
        columns.push(column(words.get("term.as_stated"), ColumnKind::Number));
    }
    columns.extend(counts.columns());
    let has_gaps = coverages.iter().any(|coverage| !coverage.is_complete && coverage.stated.is_none());
    let key = if has_totals { "sums.coverage_note_of" } else { "sums.coverage_note" };
    let mut note = words.fill(key, &[("element", &noun.one), ("release", &release)]);
    if has_gaps {
        note = words.fill("sums.gaps_note", &[("note", note)]);
    }
    let note = source::after(&note, page, certification);
    let mut table = TableWriter::new(Heading::new("coverage", words.get("term.coverage"), &note), &columns);
    let scale = catalogue.scale(certification);
    for coverage in coverages {
        let Ok(state) = catalogue.element(coverage.parent).in_release(certification.release) else {
            continue;
        };
        table.row();
        table.header(|html| {
            html.id(&state.id).literal(" ");
            link(page, Route::Element(coverage.parent), &state.name, html);
        });
        let has_total = coverage.is_complete || coverage.stated.is_some();
        table.cell(|html| {
            let (submitted, total) = (coverage.computed.submitted as usize, coverage.computed.total as usize);
            if has_total {
                html.measured(Measure::count(submitted, total), &words.number(submitted));
            } else {
                html.number(submitted);
            }
        });
        if has_totals {
            table.cell(|html| {
                if has_total {
                    html.number(coverage.computed.total as usize);
                } else {
                    html.absent(words.get("absent.known"));
                }
            });
        }
        if has_stated {
            table.cell(|html| match coverage.stated {
                Some(stated) => {
                    let printed = format!("{}/{}", stated.value.submitted, stated.value.total);
                    if stated.value == coverage.computed {
                        html.text(&printed);
                    } else {
                        html.tag("warning", &printed);
                    }
                }
                None => {
                    html.absent(words.get("absent.stated"));
                }
            });
        }
        counts.write(&coverage.tally, scale, &mut table);
    }
    page.with_file(table, "coverage")
}
