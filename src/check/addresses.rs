//! No two things claim one address, also when case and Unicode form are folded.
//!
//! In come all routes and copied files, out goes `address-conflict` naming both claimants, and `invalid-id` for what cannot be an address.
//! File systems that fold case would otherwise let one page overwrite another without a word.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Day;
use crate::model::is_usable_id;
use crate::route::{self, Route};
use crate::site_path::SitePath;
use crate::text::{Place, Span};

pub(super) fn distinct(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    // A record whose id cannot be used was reported where it was read.
    let is_usable = |route: &Route| route.record_id(catalogue).is_none_or(is_usable_id);
    let pages = route::all(catalogue).into_iter().filter(is_usable);
    let pages = pages.map(|route| (route.file(catalogue), route.place(catalogue)));
    let assets = catalogue
        .assets
        .iter()
        .map(|(path, file)| (route::asset_file(path), Some(Place::new(*file, Span::start_of_file()))));
    let mut claims: BTreeMap<String, (String, Option<Place>)> = BTreeMap::new();
    for (file, place) in pages.chain(assets) {
        let path = match SitePath::new(&file) {
            Ok(path) => path,
            Err(refusal) => {
                let message = format!("`{file}` cannot be an address of the site: {refusal}");
                found.extend(place.map(|place| Diagnostic::new(Code::InvalidId, place, message)));
                continue;
            }
        };
        let folded = path.folded();
        let Some((first_file, first_place)) = claims.get(&folded) else {
            claims.insert(folded, (file, place));
            continue;
        };
        // Fixed pages have no record; a conflict always has at least one claimant with a file.
        let Some(place) = place.or(*first_place) else { continue };
        let address = file.strip_suffix("index.html").unwrap_or(&file);
        let first_address = first_file.strip_suffix("index.html").unwrap_or(first_file);
        let message = if address == first_address {
            format!("two things claim the address `/{address}`")
        } else {
            format!(
                "the addresses `/{address}` and `/{first_address}` differ only in the form of their letters"
            )
        };
        let mut conflict = Diagnostic::new(Code::AddressConflict, place, message)
            .help("rename one of the files: a record's file name is its address");
        match first_place {
            Some(first) if *first != place => conflict = conflict.label(*first, "the other stands here"),
            Some(_) => {}
            None => conflict = conflict.help("certalog makes a page of its own there; rename the file"),
        }
        found.push(conflict);
    }
}
