//! What the rows of a certification add up to: by domain, by level, by parent.
//!
//! In come tallies, out go tables whose columns are only those that some row needs.
//! A sum never mixes scales: each table is of one certification, or gives each its own row.

use super::Frame;
use super::counts::Counts;
use super::results::capitalized;
use super::shared::{domain_words, isolated, level_words, link, release_words, score_or_absent, score_words};
use crate::catalogue::Certification;
use crate::figure::{Measure, Measured as _};
use crate::html::Html;
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, column};
use crate::tally::{self, Tally};

/// What the rows add up to, by domain, with a last row for all.
pub(super) fn summary(page: &Frame<'_>, certification: &Certification, whole: &Tally) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let scale = catalogue.scale(certification);
    let mut rows: Vec<(String, Tally)> = tally::by_domain(catalogue, certification)
        .into_iter()
        .map(|(domain, tally)| (domain_words(page.words(), framework, domain), tally))
        .filter(|(_, tally)| tally.rows > 0)
        .collect();
    if rows.len() > 1 {
        rows.push(("All".to_owned(), whole.clone()));
    }
    let counts = Counts::of(page.words(), rows.iter().map(|(_, tally)| tally));
    let elements = capitalized(&framework.record.noun.many);
    let mut columns = vec![
        column("Domain", ColumnKind::Name),
        column(&elements, ColumnKind::Number),
        column("Submitted", ColumnKind::Measure),
    ];
    columns.extend(counts.columns());
    if counts.has_mean {
        columns.push(column("Lowest", ColumnKind::Number));
    }
    let note = match scale.filter(|_| counts.has_mean) {
        Some(scale) => format!("Means of the scores on the scale “{}”", scale.name),
        None => String::new(),
    };
    let mut table = TableWriter::new(Heading::new("summary", "Summary", &note), &columns);
    for (name, tally) in rows {
        table.row();
        table.header(|html| {
            html.name(&name);
        });
        table.number(tally.rows);
        table.cell(|html| {
            html.measured(Measure::count(tally.assessed, tally.rows), &tally.assessed.to_string());
        });
        counts.write(&tally, scale, &mut table);
        if counts.has_mean {
            table.cell(|html| {
                let words =
                    |score| scale.map_or(String::new(), |scale| score_words(page.words(), scale, score));
                score_or_absent(page.words(), tally.lowest, words, html);
            });
        }
    }
    table.finish()
}

/// The same by level, where rows of several levels say something: a summary row is not a sum of the others.
pub(super) fn levels(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let levels = tally::by_level(catalogue, certification);
    if levels.len() < 2 {
        return None;
    }
    let counts = Counts::of(page.words(), levels.values());
    let elements = capitalized(&framework.record.noun.many);
    let mut columns = vec![
        column("Level", ColumnKind::Name),
        column(&elements, ColumnKind::Number),
        column("Submitted", ColumnKind::Measure),
    ];
    columns.extend(counts.columns());
    let note = format!(
        "The source rates {} of several levels; those above others sum up their parts and are not in the summary",
        framework.record.noun.many
    );
    let mut table = TableWriter::new(Heading::new("levels", "By level", &note), &columns);
    let scale = catalogue.scale(certification);
    for (level, tally) in levels {
        table.row();
        table.header(|html| {
            html.name(&level_words(page.words(), framework, level));
        });
        table.number(tally.rows);
        table.cell(|html| {
            html.measured(Measure::count(tally.assessed, tally.rows), &tally.assessed.to_string());
        });
        counts.write(&tally, scale, &mut table);
    }
    table.finish()
}

/// Coverage by parent: how many of its children were submitted, as computed and as stated.
pub(super) fn coverage(page: &Frame<'_>, certification: &Certification) -> Option<Html> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(certification.framework);
    let noun = &framework.record.noun;
    let title = capitalized(&noun.one);
    let release = isolated(&release_words(framework, certification.release));
    let coverages = tally::coverage(catalogue, certification);
    let counts = Counts::of(page.words(), coverages.iter().map(|coverage| &coverage.tally));
    let has_totals = coverages.iter().any(|coverage| coverage.is_complete || coverage.stated.is_some());
    let submitted_kind = if has_totals { ColumnKind::Measure } else { ColumnKind::Number };
    let has_stated = coverages.iter().any(|coverage| coverage.stated.is_some());
    let mut columns = vec![column(&title, ColumnKind::Name), column("Submitted", submitted_kind)];
    if has_totals {
        columns.push(column("Of", ColumnKind::Number));
    }
    if has_stated {
        columns.push(column("As stated", ColumnKind::Number));
    }
    columns.extend(counts.columns());
    let has_gaps = coverages.iter().any(|coverage| !coverage.is_complete && coverage.stated.is_none());
    let mut note = format!("How many parts of each {} were submitted", noun.one);
    if has_totals {
        note.push_str(", of those in ");
        note.push_str(&release);
    }
    if has_gaps {
        note.push_str("; no total where the source gives none and this catalogue may not have every part");
    }
    let mut table = TableWriter::new(Heading::new("coverage", "Coverage", &note), &columns);
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
                html.measured(Measure::count(submitted, total), &submitted.to_string());
            } else {
                html.number(submitted);
            }
        });
        if has_totals {
            table.cell(|html| {
                if has_total {
                    html.number(coverage.computed.total as usize);
                } else {
                    html.absent("Not known");
                }
            });
        }
        if has_stated {
            table.cell(|html| match coverage.stated {
                Some(stated) => {
                    let words = format!("{}/{}", stated.value.submitted, stated.value.total);
                    if stated.value == coverage.computed {
                        html.text(&words);
                    } else {
                        html.tag("warning", &words);
                    }
                }
                None => {
                    html.absent("Not stated");
                }
            });
        }
        counts.write(&coverage.tally, scale, &mut table);
    }
    table.finish()
}
