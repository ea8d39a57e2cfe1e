//! Two certifications side by side, element by element, across releases.
//!
//! In come two certifications, out go one line for each element either of them names, what each says of it, and how the two differ.
//! Results on unlike scales are shown and never subtracted, and absence is never a number.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::catalogue::{Absence, Catalogue, Certification, CertificationIx, ElementIx, Row};
use crate::model::certification::{ResultRecord, Value};
use crate::model::scale::Scale;
use crate::tally::{self, Tally};
use crate::words::Words;

/// Two certifications with their lines.
pub struct Comparison<'c> {
    /// The two, in the order in which they were asked for.
    pub sides: [Side<'c>; 2],
    /// One line an element, in the order in which they are shown.
    pub lines: Vec<Line<'c>>,
    /// Whether both use one scale of one framework, so that scores can be subtracted.
    pub has_one_scale: bool,
    /// The decimals of that scale.
    decimals: u32,
}

/// One of the two.
pub struct Side<'c> {
    /// Which.
    pub index: CertificationIx,
    /// The certification.
    pub certification: &'c Certification,
    /// The shortest name that tells it from the other.
    pub label: String,
    /// What all its rows add up to.
    pub whole: Tally,
    /// The same over the elements that both scored.
    pub common: Tally,
}

/// What the two say of an element.
pub struct Line<'c> {
    /// The element.
    pub element: ElementIx,
    /// What each says.
    pub cells: [Cell<'c>; 2],
    /// Who covers it.
    pub cover: Cover,
    /// How the two differ.
    pub difference: Difference,
}

/// What one certification says of an element.
#[derive(Clone, Copy)]
pub enum Cell<'c> {
    /// A row about it.
    Row(&'c Row, &'c ResultRecord),
    /// No row, though its release has the element.
    NotInScope,
    /// No row, because its release does not have the element.
    NotInRelease(Absence),
    /// It is of another framework.
    OtherFramework,
}

/// Who covers an element; the order is that of the groups on pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cover {
    /// Both.
    Both,
    /// The first alone.
    First,
    /// The second alone.
    Second,
    /// Neither: the element is named, and nothing was assessed.
    Neither,
}

/// How two results differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Not at all.
    Same,
    /// One score is higher: the position of that side, and by how much.
    Higher(usize, Decimal),
    /// Two ratings of one scale without numbers.
    OtherRating,
    /// Results on different scales.
    UnlikeScales,
    /// Both state a coverage, and not the same.
    OtherCoverage,
    /// This side states a coverage, the other a result.
    CoverageOnly(usize),
    /// Only this side covers it.
    Only(usize),
    /// No side covers it.
    Neither,
}

impl Difference {
    /// Whether a reader who looks for differences wants to see the line.
    pub fn is_one(self) -> bool {
        !matches!(self, Self::Same | Self::Neither)
    }

    /// The larger first; those that are no number after every number, no difference last.
    fn rank(self) -> (Reverse<Decimal>, bool) {
        let by = if let Self::Higher(_, by) = self { by } else { Decimal::ZERO };
        (Reverse(by), !self.is_one())
    }
}

impl<'c> Comparison<'c> {
    /// Compares two certifications.
    pub fn of(catalogue: &'c Catalogue, [first, second]: [CertificationIx; 2]) -> Self {
        let pair = [catalogue.certification(first), catalogue.certification(second)];
        let has_one_framework = pair[0].framework == pair[1].framework;
        let has_one_scale = has_one_framework && pair[0].scale.is_some() && pair[0].scale == pair[1].scale;
        let rows = pair.map(rows);
        let elements: BTreeSet<ElementIx> = rows.iter().flat_map(BTreeMap::keys).copied().collect();
        let mut lines: Vec<Line<'c>> = elements
            .into_iter()
            .map(|element| {
                let cell = |side: usize| cell(catalogue, (pair[side], &rows[side]), element);
                let cells = [cell(0), cell(1)];
                let cover = cover(cells);
                Line { element, cells, cover, difference: difference(cells, cover, has_one_scale) }
            })
            .collect();
        lines.sort_by_key(|line| (line.cover, line.difference.rank(), order_key(catalogue, line.element)));
        let [label_of_first, label_of_second] = labels(catalogue, pair);
        let side = |at: usize, index: CertificationIx, label: String| Side {
            index,
            certification: pair[at],
            label,
            whole: tally::whole(catalogue, pair[at]),
            common: common(catalogue, pair, &lines, at),
        };
        let sides = [side(0, first, label_of_first), side(1, second, label_of_second)];
        let decimals = catalogue.scale(pair[0]).map_or(0, Scale::decimals);
        Self { sides, lines, has_one_scale, decimals }
    }

    /// How many lines have a cell that could not be traced into the release of this side.
    pub fn untraced(&self, side: usize) -> usize {
        let untraced = |line: &&Line<'_>| matches!(line.cells[side], Cell::NotInRelease(Absence::Untraced));
        self.lines.iter().filter(untraced).count()
    }

    /// A distance of scores, with the decimals of the scale at least.
    fn points(&self, words: &Words, by: Decimal) -> String {
        words.decimal(by, by.scale().max(self.decimals))
    }

    /// The words for a difference.
    pub fn words(&self, words: &Words, difference: Difference) -> String {
        let label = |side: usize| &self.sides[side].label;
        let said = |key| words.get(key).to_owned();
        match difference {
            Difference::Same => said("script.compare.same"),
            Difference::Higher(side, by) => {
                let points = self.points(words, by);
                words.fill("script.compare.higher", &[("label", label(side)), ("points", &points)])
            }
            Difference::OtherRating => said("script.compare.rating"),
            Difference::UnlikeScales => said("script.compare.scales"),
            Difference::OtherCoverage => said("script.compare.coverage"),
            Difference::CoverageOnly(side) => {
                words.fill("script.compare.coverage_only", &[("labels", label(side))])
            }
            Difference::Only(side) => words.fill("script.compare.only", &[("label", label(side))]),
            Difference::Neither => said("script.compare.neither"),
        }
    }
}

/// Where an element stands among all of its framework: in the order of the newest release that has it.
pub fn order_key(catalogue: &Catalogue, element: ElementIx) -> (u32, Reverse<usize>, Option<u32>, ElementIx) {
    let linked = catalogue.element(element);
    let releases = &catalogue.framework(linked.framework).releases;
    let newest = (0..releases.len()).rev().find(|release| linked.in_release(*release).is_ok());
    let order = newest.and_then(|release| catalogue.standing(element, release).order);
    (linked.framework.0, Reverse(newest.unwrap_or(0)), order, element)
}

/// The domain of an element in the newest release that has it, as an index into the framework's domains.
pub fn domain(catalogue: &Catalogue, element: ElementIx) -> Option<usize> {
    let linked = catalogue.element(element);
    let releases = &catalogue.framework(linked.framework).releases;
    let newest = (0..releases.len()).rev().find(|release| linked.in_release(*release).is_ok())?;
    catalogue.standing(element, newest).domain
}

/// The row of each element: the first that says something of it, or else the first that states a coverage.
fn rows(certification: &Certification) -> BTreeMap<ElementIx, (&Row, &ResultRecord)> {
    let mut rows = BTreeMap::new();
    for (row, result) in certification.results().filter(|(row, _)| !row.repeated) {
        let Some(element) = row.element else { continue };
        let held: &mut (&Row, &ResultRecord) = rows.entry(element).or_insert((row, result));
        if held.1.value.value == Value::Unstated {
            *held = (row, result);
        }
    }
    rows
}

fn cell<'c>(
    catalogue: &Catalogue,
    (certification, rows): (&'c Certification, &BTreeMap<ElementIx, (&'c Row, &'c ResultRecord)>),
    element: ElementIx,
) -> Cell<'c> {
    if let Some((row, result)) = rows.get(&element) {
        return Cell::Row(row, result);
    }
    let linked = catalogue.element(element);
    if linked.framework != certification.framework {
        return Cell::OtherFramework;
    }
    match linked.in_release(certification.release) {
        Ok(_) => Cell::NotInScope,
        Err(absence) => Cell::NotInRelease(absence),
    }
}

impl<'c> Cell<'c> {
    /// What its row says.
    fn result(self) -> Option<&'c ResultRecord> {
        if let Self::Row(_, result) = self { Some(result) } else { None }
    }

    /// Whether something of the element was assessed; a coverage counts unless it is of nothing.
    fn covers(self) -> bool {
        self.result().is_some_and(|result| match result.value.value {
            Value::Score(_) | Value::Rating(_) => true,
            Value::Outcome(_) => false,
            Value::Unstated => result.coverage().is_some_and(|coverage| coverage.value.submitted > 0),
        })
    }
}

fn cover(cells: [Cell<'_>; 2]) -> Cover {
    match cells.map(Cell::covers) {
        [true, true] => Cover::Both,
        [true, false] => Cover::First,
        [false, true] => Cover::Second,
        [false, false] => Cover::Neither,
    }
}

fn difference(cells: [Cell<'_>; 2], cover: Cover, has_one_scale: bool) -> Difference {
    match cover {
        Cover::Both => {}
        Cover::First => return Difference::Only(0),
        Cover::Second => return Difference::Only(1),
        Cover::Neither => return Difference::Neither,
    }
    let [Some(first), Some(second)] = cells.map(Cell::result) else { return Difference::Neither };
    match (&first.value.value, &second.value.value) {
        (Value::Unstated, Value::Unstated) => {
            let coverage = |result: &ResultRecord| result.coverage().map(|coverage| coverage.value);
            if coverage(first) == coverage(second) { Difference::Same } else { Difference::OtherCoverage }
        }
        (Value::Unstated, _) => Difference::CoverageOnly(0),
        (_, Value::Unstated) => Difference::CoverageOnly(1),
        (Value::Score(first), Value::Score(second)) if has_one_scale => match first.cmp(second) {
            std::cmp::Ordering::Equal => Difference::Same,
            std::cmp::Ordering::Greater => Difference::Higher(0, (first - second).normalize()),
            std::cmp::Ordering::Less => Difference::Higher(1, (second - first).normalize()),
        },
        (Value::Rating(first), Value::Rating(second)) if has_one_scale => {
            if first == second {
                Difference::Same
            } else {
                Difference::OtherRating
            }
        }
        _ => Difference::UnlikeScales,
    }
}

/// What one side's rows add up to over the elements that both assessed and that are no summary of others on either side.
fn common(catalogue: &Catalogue, pair: [&Certification; 2], lines: &[Line<'_>], side: usize) -> Tally {
    let leaves = pair.map(|certification| {
        let rows = tally::leaves(catalogue, certification).into_iter();
        rows.filter_map(|(row, _)| row.element).collect::<BTreeSet<ElementIx>>()
    });
    let mut tally = Tally::default();
    for line in lines.iter().filter(|line| line.cover == Cover::Both) {
        let is_assessed =
            |cell: Cell<'_>| cell.result().is_some_and(|result| result.value.value != Value::Unstated);
        let is_leaf = leaves.iter().all(|leaves| leaves.contains(&line.element));
        if let Cell::Row(row, result) = line.cells[side]
            && is_leaf
            && line.cells.into_iter().all(is_assessed)
        {
            tally.add(catalogue.verdict(pair[side], row, result), &result.value.value);
        }
    }
    tally
}

/// The shortest names that tell the two apart: organizations, products, or else ids.
fn labels(catalogue: &Catalogue, pair: [&Certification; 2]) -> [String; 2] {
    let organizations = pair.map(|certification| catalogue.organization_name(certification).to_owned());
    let titles = pair.map(|certification| certification.record.title());
    let ids = pair.map(|certification| certification.id.clone());
    let differ = |names: &[String; 2]| names[0] != names[1];
    [organizations, titles].into_iter().find(differ).unwrap_or(ids)
}
