//! The numbers of a footprint as a table, cell by cell.
//!
//! In come the rows of the map, out goes one table with what each cell says and the modules that support it.
//! It lists what the map lists: where that counts cells and does not show them, so does the table.

use super::{Listed, Map, MapRow};
use crate::html::Html;
use crate::pages::results::{capitalized, coverage_of};
use crate::pages::shared::link;
use crate::route::Route;
use crate::table::{Cells as _, Column, ColumnKind, Heading, TableWriter, column};

/// The table; `None` where the map shows no cell.
pub(super) fn table(map: &Map<'_>, rows: &[MapRow<'_>]) -> Option<Html> {
    let words = map.page.words();
    let framework = map.page.catalogue().framework(map.certification.framework);
    let title = words.get("footprint.numbers");
    let heading = Heading { is_part: true, ..Heading::new("footprint-numbers", title, "") };
    if map.listed == Listed::Counts {
        return counts(map, heading, rows);
    }
    let name = capitalized(&framework.record.noun.one);
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let scopes = || cells().filter_map(|(_, scope)| *scope);
    let has_own = scopes().any(|scope| scope.own.is_some());
    let has_modules = cells().any(|(cell, _)| !map.modules.of(cell.element).is_empty());
    let mut columns: Vec<Column<'_>> = vec![
        column(&name, ColumnKind::Name),
        column(words.get("footprint.row"), ColumnKind::Text),
        column(words.get("term.submitted"), ColumnKind::Number),
        column(words.get("term.of"), ColumnKind::Number),
    ];
    if has_own {
        columns.push(column(words.get("term.result"), ColumnKind::Status));
    }
    if has_modules {
        columns.push(column(words.get("footprint.modules"), ColumnKind::Text));
    }
    let mut table = TableWriter::new(heading, &columns);
    for row in rows {
        for (cell, scope) in &row.cells {
            if scope.is_none() && map.listed == Listed::InScope {
                continue;
            }
            table.row_with("", if scope.is_none() { "missing" } else { "" });
            table.header(|html| {
                let element = map.page.catalogue().element(cell.element);
                let state = element.in_release(map.certification.release);
                if let Ok(state) = state {
                    html.id(&state.id).literal(" ");
                }
                let name = state.map_or(element.name(), |state| &state.name);
                link(map.page, Route::Element(cell.element), name, html);
            });
            table.text(&row.name);
            let coverage = scope.and_then(|scope| scope.coverage).map(coverage_of);
            let below = scope.filter(|scope| scope.own.is_none()).map(|scope| (scope.below.assessed, None));
            let (submitted, total) =
                coverage.or(below).map_or((None, None), |(submitted, total)| (Some(submitted), total));
            let otherwise = words.get(match scope {
                None => "footprint.out_word",
                Some(_) => "footprint.undivided",
            });
            table.cell(|html| match submitted {
                Some(submitted) => {
                    html.number(submitted);
                }
                None => {
                    html.absent(otherwise);
                }
            });
            table.cell(|html| match total {
                Some(total) => {
                    html.number(total);
                }
                None => {
                    html.absent(if submitted.is_some() {
                        words.get("footprint.total_unknown")
                    } else {
                        otherwise
                    });
                }
            });
            if has_own {
                table.cell(|html| match scope.and_then(|scope| scope.own) {
                    Some((row, result)) => map.own(row, result, html),
                    None => {
                        html.absent(otherwise);
                    }
                });
            }
            if has_modules {
                let numbers = map.modules.of(cell.element).iter();
                let names: Vec<String> =
                    numbers.map(|number| map.certification.record.modules[number - 1].name.clone()).collect();
                table.text(&names.join(", "));
            }
        }
    }
    map.page.with_file(table, "footprint")
}

/// The rows alone, where there are too many cells to list.
fn counts(map: &Map<'_>, heading: Heading<'_>, rows: &[MapRow<'_>]) -> Option<Html> {
    let words = map.page.words();
    let columns = [
        column(words.get("footprint.row"), ColumnKind::Name),
        column(words.get("footprint.head_in"), ColumnKind::Number),
        column(words.get("term.of"), ColumnKind::Number),
    ];
    let mut table = TableWriter::new(heading, &columns);
    for row in rows {
        table.row();
        table.header(|html| {
            html.name(&row.name);
        });
        table.number(row.in_scope()).number(row.cells.len());
    }
    map.page.with_file(table, "footprint")
}
