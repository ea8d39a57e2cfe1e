//! How the results of one certification spread, and how many certifications each year has.
//!
//! In come tallies and dates, out go cells and tables whose bars repeat the numbers that stand beside them.
//! What was not submitted is the empty end of a bar and no mark of it.

use std::collections::BTreeMap;

use super::Frame;
use crate::catalogue::CertificationIx;
use crate::figure::Stack;
use crate::html::{Html, HtmlWriter};
use crate::link::certifications::age;
use crate::table::{ColumnKind, Heading, TableWriter, column};
use crate::tally::Tally;
use crate::validity::Validity;
use crate::words::Words;

/// How many rows have a result, with what these results are: fully, partially, otherwise and not conformant.
pub(super) fn results(words: &Words, tally: &Tally, html: &mut HtmlWriter) {
    let parts =
        [("full", tally.full), ("partial", tally.partial), ("neutral", tally.neutral), ("none", tally.none)];
    let stack = Stack { number: tally.assessed, parts: &parts, whole: tally.rows };
    stack.write(&words.number(tally.assessed), html);
}

/// Certifications by the year of their assessment, or else of the beginning of their validity, the newest first.
pub(super) fn years(page: &Frame<'_>, list: &[CertificationIx]) -> Option<Html> {
    let (catalogue, words) = (page.catalogue(), page.words());
    let mut years: BTreeMap<Option<i16>, BTreeMap<Validity, usize>> = BTreeMap::new();
    for index in list {
        let certification = catalogue.certification(*index);
        let validity = Validity::on(page.context.as_of, certification);
        *years
            .entry(age(certification).map(crate::model::date::Day::year))
            .or_default()
            .entry(validity)
            .or_default() += 1;
    }
    let count = |counts: &BTreeMap<Validity, usize>, validity| counts.get(&validity).copied().unwrap_or(0);
    let most = years.values().map(|counts| counts.values().sum()).max().unwrap_or(0);
    let kinds = [
        (Validity::Valid, "valid"),
        (Validity::NotYet, "later"),
        (Validity::Open, "open"),
        (Validity::Expired, "expired"),
    ];
    let kinds: Vec<(Validity, &'static str)> = kinds
        .into_iter()
        .filter(|(kind, _)| {
            *kind != Validity::NotYet || years.values().any(|counts| count(counts, *kind) > 0)
        })
        .collect();
    let mut columns = vec![
        column(words.get("years.year"), ColumnKind::Name),
        column(words.get("term.certifications"), ColumnKind::Measure),
    ];
    columns.extend(kinds.iter().map(|(kind, _)| column(words.get(kind.key()), ColumnKind::Number)));
    let note = words.fill("years.note", &[("day", &day(page))]);
    let heading = Heading::new("years", words.get("years.title"), &note);
    let mut table = TableWriter::new(heading, &columns);
    for (year, counts) in years.iter().rev() {
        table.row();
        table.header(|html| {
            html.text(&year.map_or_else(|| words.get("years.none").to_owned(), |year| year.to_string()));
        });
        let parts: Vec<(&'static str, usize)> =
            kinds.iter().map(|(kind, class)| (*class, count(counts, *kind))).collect();
        let number = counts.values().sum();
        table.cell(|html| {
            Stack { number, parts: &parts, whole: most }.write(&words.number(number), html);
        });
        for (_, number) in parts {
            table.number(number);
        }
    }
    page.with_file(table, "years")
}

/// The day of the build, in words.
pub(super) fn day(page: &Frame<'_>) -> String {
    page.words().date(crate::model::date::PartialDate::of_day(page.context.as_of))
}
