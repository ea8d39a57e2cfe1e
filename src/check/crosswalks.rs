//! Crosswalks say one thing of a pair of elements, and say it of two frameworks.
//!
//! In come linked crosswalks, out go `repeated-crosswalk`, `conflicting-crosswalk` and `self-crosswalk`.
//! A pair counts in its releases: the same elements may relate in another way in another release.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, ElementIx};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::crosswalk::Relation;
use crate::model::date::Day;
use crate::text::Place;

pub(super) fn told_once(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    type End = (ElementIx, usize);
    let mut pairs: BTreeMap<(End, End), (Relation, Place)> = BTreeMap::new();
    for crosswalk in &catalogue.crosswalks {
        for (link, record) in crosswalk.links.iter().zip(&crosswalk.record.links) {
            let (Some(from), Some(to)) = (link.from, link.to) else { continue };
            let (from, to) = ((from, crosswalk.from.1), (to, crosswalk.to.1));
            // Either side may be written first.
            let (pair, relation) = if from <= to {
                ((from, to), record.relation)
            } else {
                ((to, from), record.relation.reversed())
            };
            let place = Place::new(crosswalk.file, record.span);
            let Some((first, first_place)) = pairs.get(&pair) else {
                pairs.insert(pair, (relation, place));
                continue;
            };
            let names = format!("`{}` and `{}`", record.from.value, record.to.value);
            found.push(if *first == relation {
                Diagnostic::new(Code::RepeatedCrosswalk, place, format!("{names} are related twice"))
                    .label(*first_place, "first related here")
                    .help("keep one of the two")
            } else {
                let message = format!("{names} are related in two ways");
                Diagnostic::new(Code::ConflictingCrosswalk, place, message)
                    .label(*first_place, "related in another way here")
                    .help("keep the one that holds; `intersects` says that each has something of its own")
            });
        }
    }
}

pub(super) fn between_frameworks(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for crosswalk in &catalogue.crosswalks {
        if crosswalk.from.0 != crosswalk.to.0 {
            continue;
        }
        let framework = &catalogue.framework(crosswalk.from.0).id;
        let message = format!("both sides of the crosswalk are the framework `{framework}`");
        let place = Place::new(crosswalk.file, crosswalk.record.to.framework.span);
        found.push(Diagnostic::new(Code::SelfCrosswalk, place, message).help(
            "what an element becomes in another release is told in its history; a crosswalk joins two frameworks",
        ));
    }
}
