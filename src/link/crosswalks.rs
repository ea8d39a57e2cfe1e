//! Crosswalks find their frameworks, releases and elements.
//!
//! In come crosswalk records and the linked frameworks, out go crosswalks with every link at its two elements, in both directions.
//! An id is looked up in its own side's release only, as a result's is.

use super::certifications::{Links, release};
use super::{Collected, ids};
use crate::catalogue::{Catalogue, Crosswalk, CrosswalkLinked, FrameworkIx};
use crate::diagnostic::Diagnostic;
use crate::model::crosswalk::Side;
use crate::text::FileId;

/// Links all crosswalks and adds them to the catalogue.
pub(super) fn link(collected: &mut Collected, catalogue: &mut Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    let records = std::mem::take(&mut collected.crosswalks);
    let links = Links::new(catalogue);
    let mut linked = Vec::new();
    for (id, (file, record)) in records {
        let from = side(&links, catalogue, (file, &record.from), diagnostics);
        let to = side(&links, catalogue, (file, &record.to), diagnostics);
        let (Some(from), Some(to)) = (from, to) else { continue };
        let mut element = |(framework, release): (FrameworkIx, usize), id| {
            ids::element(catalogue, catalogue.framework(framework), (release, file), id, diagnostics)
        };
        let ends = record
            .links
            .iter()
            .map(|link| CrosswalkLinked { from: element(from, &link.from), to: element(to, &link.to) });
        let ends = ends.collect();
        linked.push(Crosswalk { id, file, record, from, to, links: ends });
    }
    drop(links);
    for (index, crosswalk) in linked.iter().enumerate() {
        for (at, link) in crosswalk.links.iter().enumerate() {
            for element in [link.from, link.to].into_iter().flatten() {
                let related = catalogue.related.entry(element).or_default();
                if related.last() != Some(&(index, at)) {
                    related.push((index, at));
                }
            }
        }
    }
    catalogue.crosswalks = linked;
}

fn side(
    links: &Links<'_>,
    catalogue: &Catalogue,
    (file, side): (FileId, &Side),
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(FrameworkIx, usize)> {
    let framework = links.framework(file, &side.framework, diagnostics)?;
    let release = release(catalogue.framework(framework), file, &side.release, diagnostics)?;
    Some((framework, release))
}
