//! Histories are written in the order of the releases.
//!
//! In come elements with their histories, out goes `history-order`.
//! Entries are applied in the order of the releases in any case; this finding is for the people who read the record.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::lineage::release_of;
use crate::model::date::Day;
use crate::text::Place;

pub(super) fn in_order(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    for framework in &catalogue.frameworks {
        let versions = framework.record.versions();
        for element in framework.elements.iter().map(|element| catalogue.element(*element)) {
            let mut newest: Option<(usize, Place)> = None;
            for change in &element.record.history {
                let Some(release) = release_of(change, &versions) else { continue };
                let place = Place::new(element.file, change.span);
                if let Some((before, before_place)) = newest
                    && release < before
                {
                    let message = format!(
                        "an entry of release {} stands after one of release {}",
                        versions[release], versions[before]
                    );
                    found.push(
                        Diagnostic::new(Code::HistoryOrder, place, message)
                            .label(before_place, "the later release")
                            .help("put the entries in the order of the releases, oldest first"),
                    );
                    continue;
                }
                newest = Some((release, place));
            }
        }
    }
}
