//! Which certifications say something of the same elements.
//!
//! In comes a catalogue whose certifications are linked, out go its pairs with most in common and each one's nearest.
//! Nothing is compared here; an element counts once for a pair, in whatever releases the two name it.

use std::cmp::Reverse;

use crate::catalogue::{Catalogue, CertificationIx, Element, Overlap, Pair};
use crate::model::certification::Value;

/// Above this number nothing is counted: work and memory grow with its square, and at 500 they are still a few milliseconds
/// and a megabyte. The page on which readers choose what to compare works for any number.
const MOST_CERTIFICATIONS: usize = 500;

/// How many pairs have a page of their own. Readers can compare any two to four; these pages are for readers without scripts,
/// and their number must not grow with the square of the catalogue.
const MOST_PAIRS: usize = 50;

/// How many others a certification's page suggests.
const MOST_NEAREST: usize = 5;

/// Counts what certifications have in common.
pub(super) fn of(catalogue: &Catalogue) -> Overlap {
    let count = catalogue.certifications.len();
    if count > MOST_CERTIFICATIONS {
        return Overlap { nearest: vec![Vec::new(); count], ..Overlap::default() };
    }
    let mut common = vec![0_u32; count * count];
    for element in &catalogue.elements {
        let covering = covering(catalogue, element);
        for (at, first) in covering.iter().enumerate() {
            for second in &covering[at + 1..] {
                common[first.index() * count + second.index()] += 1;
                common[second.index() * count + first.index()] += 1;
            }
        }
    }
    let mut pairs = Vec::new();
    let mut nearest = Vec::with_capacity(count);
    for first in 0..count {
        let row = &common[first * count..(first + 1) * count];
        let others = row.iter().enumerate().filter(|(_, elements)| **elements > 0);
        let mut others: Vec<(CertificationIx, u32)> =
            others.map(|(second, elements)| (second.into(), *elements)).collect();
        pairs.extend(
            others.iter().filter(|(second, _)| second.index() > first).map(|(second, elements)| Pair {
                first: first.into(),
                second: *second,
                elements: *elements,
            }),
        );
        others.sort_by_key(|(second, elements)| (Reverse(*elements), *second));
        others.truncate(MOST_NEAREST);
        nearest.push(others);
    }
    let all = pairs.len();
    pairs.sort_by_key(|pair| (Reverse(pair.elements), pair.first, pair.second));
    // `a--b` and `c`, or `a` and `b--c`? Such ids stay out, so that no two pairs can claim one address.
    let is_plain = |index: CertificationIx| !catalogue.certification(index).id.contains("--");
    pairs.retain(|pair| is_plain(pair.first) && is_plain(pair.second));
    pairs.truncate(MOST_PAIRS);
    Overlap { pairs, all, nearest }
}

/// The certifications that say something of an element, each once, in order.
fn covering(catalogue: &Catalogue, element: &Element) -> Vec<CertificationIx> {
    let stated = catalogue.rows_about(element).filter(|(.., result)| result.value.value != Value::Unstated);
    let mut covering: Vec<CertificationIx> = stated.map(|(index, ..)| index).collect();
    covering.sort_unstable();
    covering.dedup();
    covering
}
