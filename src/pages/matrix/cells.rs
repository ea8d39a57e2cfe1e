//! The table of a matrix: a row for each element, a column for each certification, the number in every cell.
//!
//! In comes a part of a matrix, out goes its table; where certifications are many, each row says how many there are of each kind.
//! A cell shows what the row of the certification says; scores of unlike scales are never added here.

use std::collections::HashMap;

use super::Shown;
use crate::catalogue::matrix::Head;
use crate::catalogue::{CertificationIx, Element, ElementIx, Verdict};
use crate::figure::{Measure, Measured as _};
use crate::html::{Html, HtmlWriter};
use crate::lineage;
use crate::model::certification::{Outcome, Value};
use crate::pages::counts::Counts;
use crate::pages::results::capitalized;
use crate::pages::shared::{link, organization_link, result_href, short_name};
use crate::route::Route;
use crate::table::{Cells as _, ColumnKind, Heading, TableWriter, Tools};
use crate::tally::Tally;
use crate::validity::Validity;

impl Shown<'_> {
    /// The table.
    pub(super) fn table(&self, heading: Heading<'_>) -> TableWriter {
        if self.part.columns.is_empty() { self.summed(heading) } else { self.side_by_side(heading) }
    }

    fn side_by_side(&self, heading: Heading<'_>) -> TableWriter {
        let catalogue = self.page.catalogue();
        let mut heads = vec![(ColumnKind::Name, head_words(&capitalized(&self.framework.record.noun.one)))];
        heads.extend(self.part.columns.iter().map(|index| (ColumnKind::Cell, self.head(*index))));
        // Of one certification, the cell beside it says as much.
        let has_sum = self.matrix.certifications.len() > 1;
        if has_sum {
            heads.push((ColumnKind::Number, head_words(self.words().get("matrix.with_result"))));
        }
        let mut table = TableWriter::with_headers(heading, &heads).with_tools(tools_of(heading));
        let not_in_scope = self.words().get("matrix.not_in_scope");
        let places: HashMap<CertificationIx, usize> =
            self.part.columns.iter().enumerate().map(|(at, index)| (*index, at)).collect();
        for group in &self.part.groups {
            self.group(group.head, &mut table);
            for element in &group.elements {
                self.row(*element, &mut table);
                let element = catalogue.element(*element);
                let mut cells: Vec<Option<Html>> = vec![None; self.part.columns.len()];
                let rows = catalogue.rows_about(element).filter(|(_, _, row, result)| {
                    !row.repeated
                        && result.value.value != Value::Unstated
                        && self.is_of(usize::from(row.release))
                });
                for (index, certification, row, result) in rows {
                    let Some(place) = places.get(&index) else { continue };
                    let mut html = HtmlWriter::default();
                    if let Some(before) = &cells[*place] {
                        html.html(before).literal(" ");
                    }
                    self.cell((index, certification, row, result), &mut html);
                    cells[*place] = Some(html.finish());
                }
                for cell in &cells {
                    table.cell(|html| match cell {
                        Some(cell) => {
                            html.html(cell);
                        }
                        None => {
                            html.literal("<span class=\"hidden\">").text(not_in_scope).literal("</span>");
                        }
                    });
                }
                if has_sum {
                    table.number(self.tally(element).assessed);
                }
            }
        }
        table
    }

    fn summed(&self, heading: Heading<'_>) -> TableWriter {
        let catalogue = self.page.catalogue();
        let elements = self.part.groups.iter().flat_map(|group| group.elements.iter().copied());
        let tallies: HashMap<ElementIx, Tally> =
            elements.map(|element| (element, self.tally(catalogue.element(element)))).collect();
        let counts = Counts::of(self.words(), tallies.values());
        let mut heads = vec![(ColumnKind::Name, head_words(&capitalized(&self.framework.record.noun.one)))];
        heads.push((ColumnKind::Measure, head_words(self.words().get("matrix.with_result"))));
        heads.extend(counts.columns().iter().map(|column| (column.kind, head_words(column.title))));
        let first = self.matrix.certifications.first().map(|index| catalogue.certification(*index));
        let scale = first.and_then(|certification| catalogue.scale(certification));
        let mut table = TableWriter::with_headers(heading, &heads).with_tools(tools_of(heading));
        for group in &self.part.groups {
            self.group(group.head, &mut table);
            for element in &group.elements {
                self.row(*element, &mut table);
                let tally = &tallies[element];
                let measure = Measure::count(tally.assessed, self.matrix.certifications.len());
                table.cell(|html| {
                    html.measured(measure, &self.words().number(tally.assessed));
                });
                counts.write(tally, scale, &mut table);
            }
        }
        table
    }

    /// Whether results with the ids of a release are shown.
    fn is_of(&self, release: usize) -> bool {
        self.matrix.release.is_none_or(|shown| shown == release)
    }

    /// What all certifications say of an element, those of other parts too; without a sum where scales are unlike.
    fn tally(&self, element: &Element) -> Tally {
        let catalogue = self.page.catalogue();
        let mut tally = Tally::default();
        for (_, certification, row, result) in catalogue.rows_about(element) {
            if !row.repeated && self.is_of(usize::from(row.release)) {
                tally.add(catalogue.verdict(certification, row, result), &result.value.value);
            }
        }
        if self.has_unlike_scales() {
            tally.scored = 0;
        }
        tally
    }

    /// Who certified what, and whether it holds: a link with a word on either side.
    fn head(&self, index: CertificationIx) -> Html {
        let catalogue = self.page.catalogue();
        let certification = catalogue.certification(index);
        let mut html = HtmlWriter::default();
        html.literal("<span><small>");
        organization_link(self.page, certification, &mut html);
        html.literal("</small> ");
        link(self.page, Route::Certification(index), &certification.record.title(), &mut html);
        html.literal(" <small>");
        if self.matrix.release.is_none() {
            let version = &self.framework.record.releases[certification.release].version.value;
            html.text(&format!("{}\u{a0}{version}, ", short_name(self.framework)));
        }
        if let Some(scale) = catalogue.scale(certification).filter(|_| self.has_unlike_scales()) {
            html.text(&format!("{}, ", scale.name));
        }
        html.text(self.words().get(Validity::on(self.page.context.as_of, certification).key()))
            .literal("</small></span>");
        html.finish()
    }

    /// The head of a group; rows without a parent have none.
    fn group(&self, head: Head, table: &mut TableWriter) {
        match head {
            Head::Bare => {}
            Head::Gone => table.group("", |html| {
                let key = if self.matrix.release.is_some() { "matrix.gone_release" } else { "matrix.gone" };
                html.literal("<span>").text(self.words().get(key)).literal("</span>");
            }),
            Head::Parent(parent) => {
                let (id, name, href) = self.named(parent);
                table.group("", |html| {
                    html.id(&id).literal(" ").link(&href, &name);
                });
            }
        }
    }

    fn row(&self, element: ElementIx, table: &mut TableWriter) {
        let (id, name, href) = self.named(element);
        table.row();
        table.header(|html| {
            html.id(&id).literal(" ").link(&href, &name);
        });
    }

    /// The id of an element where the matrix stands.
    pub(super) fn id(&self, element: ElementIx) -> String {
        self.named(element).0
    }

    /// What an element is called where the matrix stands, and its page. What is in no tree there has its last id and name.
    fn named(&self, index: ElementIx) -> (String, String, String) {
        let element = self.page.catalogue().element(index);
        let releases = self.framework.releases.len();
        let in_release = self.matrix.release.and_then(|release| element.in_release(release).ok());
        let newest = element.newest().map(|(_, state)| state);
        let (id, name) = match in_release.or_else(|| newest.filter(|_| self.matrix.release.is_none())) {
            Some(state) => (state.id.clone(), state.name.clone()),
            None => {
                let release = self.matrix.release.unwrap_or(releases.saturating_sub(1));
                let last = lineage::last_id(&element.record, &self.framework.record.versions(), release);
                (last.unwrap_or_default().to_owned(), element.name().to_owned())
            }
        };
        (id, name, self.page.href(Route::Element(index)))
    }

    /// One cell: the score or the rating, linked to its row. What was not submitted is a tag without a visible word,
    /// what was not in scope is words alone; the theme draws both, and the legend says how.
    fn cell(&self, (index, certification, row, result): super::Result<'_>, html: &mut HtmlWriter) {
        let catalogue = self.page.catalogue();
        let href = result_href(self.page, index, result);
        match (&result.value.value, catalogue.scale(certification)) {
            (Value::Outcome(outcome), _) => {
                html.literal("<a class=\"tag absent ").literal(outcome_class(*outcome)).literal("\"");
                html.attribute("href", &href)
                    .literal("><span class=\"hidden\">")
                    .text(self.words().of(*outcome));
                html.literal("</span></a>");
            }
            (Value::Score(score), Some(scale)) => {
                let step = scale.range.map_or(0, |range| range.step_of(*score));
                html.literal("<a class=\"")
                    .literal(STEP_CLASSES[step])
                    .literal("\"")
                    .attribute("href", &href);
                // The bare number: the legend says of which scale, and what it amounts to.
                html.literal(">")
                    .data(&score.normalize().to_string(), &self.words().decimal(*score, scale.decimals()));
                html.literal("</a>");
            }
            _ => {
                let rating = catalogue.rating(certification, row);
                let tone = rating.map_or("none", |rating| rating.tone.word());
                html.literal("<a class=\"tag ").literal(tone).literal("\"").attribute("href", &href);
                html.literal(">").text(rating.map_or("", |rating| &rating.label)).literal("</a>");
            }
        }
    }
}

/// The classes of the steps of a ramp.
pub(super) const STEP_CLASSES: [&str; crate::model::scale::STEPS] =
    ["step-0", "step-1", "step-2", "step-3", "step-4", "step-5"];

/// The class of a cell without a score, for the mark that the theme draws.
pub(super) fn outcome_class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotSubmitted => "not-submitted",
        Outcome::NotAssessed => "not-assessed",
        Outcome::NotApplicable => "not-applicable",
        Outcome::OutOfScope => "out-of-scope",
    }
}

fn head_words(text: &str) -> Html {
    let mut html = HtmlWriter::default();
    html.literal("<span>").name(text).literal("</span>");
    html.finish()
}

/// Elements of a release without parts that no certification against it has assessed.
pub(super) fn is_gap(shown: &Shown<'_>, element: ElementIx, release: usize) -> bool {
    let catalogue = shown.page.catalogue();
    catalogue.children(element, release).is_empty()
        && !catalogue.rows_about(catalogue.element(element)).any(|(_, certification, row, result)| {
            usize::from(row.release) == release
                && matches!(catalogue.verdict(certification, row, result), Verdict::Assessed(_))
        })
}

/// Of several tables on a page, each has names of its own in addresses.
fn tools_of(heading: Heading<'_>) -> Tools {
    if heading.is_part { Tools::default().named(heading.id) } else { Tools::default() }
}
