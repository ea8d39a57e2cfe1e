//! No two things claim one address, also when case and Unicode form are folded.
//!
//! In come all routes and copied files, out goes `address-conflict` naming both claimants, and `invalid-id` for what cannot be an address.
//! File systems that fold case would otherwise let one page overwrite another without a word.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Day;
use crate::route;
use crate::site_path::SitePath;
use crate::text::{Place, Span};

pub(super) fn distinct(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    let pages =
        route::all(catalogue).into_iter().map(|route| (route.file(catalogue), route.place(catalogue)));
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
        let message = format!("the address `/{address}` is already taken by `/{first_address}`");
        let mut conflict = Diagnostic::new(Code::AddressConflict, place, message)
            .help("rename one of the files: a record's file name is its address");
        match first_place {
            Some(first) if *first != place => conflict = conflict.label(*first, "taken by this record"),
            Some(_) => {}
            None => conflict = conflict.help("certalog makes a page of its own there; rename the file"),
        }
        found.push(conflict);
    }
}
