//! No two things claim one address, also when case and Unicode form are folded.
//!
//! In come all routes, copied files and former addresses, out goes `address-conflict` naming both claimants, and `invalid-id` for what cannot be an address.
//! File systems that fold case would otherwise let one page overwrite another without a word.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Day;
use crate::model::is_usable_id;
use crate::route::{self, Route};
use crate::site_path::SitePath;
use crate::text::{Place, Span};

const RENAME: &str = "rename one of the files: a record's file name is its address";

/// Something that wants an address.
struct Claim {
    file: String,
    place: Option<Place>,
    /// Whether it is a former address: a redirect, which gives way to any page.
    is_former: bool,
}

pub(super) fn distinct(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    // A record whose id cannot be used was reported where it was read.
    let is_usable = |route: &Route| route.record_id(catalogue).is_none_or(is_usable_id);
    let pages = route::all(catalogue).into_iter().filter(is_usable);
    let pages = pages.map(|route| (route.file(catalogue), route.place(catalogue)));
    let assets = catalogue
        .assets
        .iter()
        .map(|(path, file)| (route::asset_file(path), Some(Place::new(*file, Span::start_of_file()))));
    let present = pages.chain(route::data_files(catalogue)).chain(assets);
    let present = present.map(|(file, place)| Claim { file, place, is_former: false });
    let former = route::former(catalogue).into_iter().map(|(alias, _, file)| Claim {
        file: alias.file.as_str().to_owned(),
        place: Some(Place::new(file, alias.span)),
        is_former: true,
    });
    let mut claims: BTreeMap<String, Claim> = BTreeMap::new();
    let mut former_folders: Vec<(String, Place)> = Vec::new();
    for claim in present.chain(former) {
        let path = match SitePath::new(&claim.file) {
            Ok(path) => path,
            Err(refusal) => {
                let message = format!("`{}` cannot be an address of the site: {refusal}", claim.file);
                found.extend(claim.place.map(|place| Diagnostic::new(Code::InvalidId, place, message)));
                continue;
            }
        };
        let folded = path.folded();
        match claims.get(&folded) {
            Some(first) => found.extend(conflict(&claim, first)),
            None => {
                if let Some(place) = claim.place.filter(|_| claim.is_former) {
                    former_folders.push((folded.clone(), place));
                }
                claims.insert(folded, claim);
            }
        }
    }
    // Beside a page stand its tables, which are made when it is and have no record.
    for (folded, claim) in &claims {
        let (folder, name) =
            folded.rsplit_once('/').map_or(("", folded.as_str()), |(folder, name)| (folder, name));
        let page = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
        let keeper = if route::is_search_file(folded) {
            "the search index"
        } else if route::is_table_file(name) && claims.contains_key(&page) {
            "a table of the page beside it"
        } else {
            continue;
        };
        if let Some(place) = claim.place {
            let message = format!("`/{}` is kept for {keeper}", claim.file);
            found.push(Diagnostic::new(Code::AddressConflict, place, message).help("rename the file"));
        }
    }
    // Where a file stands, there can be no folder of the same name.
    for (folded, place) in former_folders {
        let above = folded.match_indices('/').find_map(|(at, _)| claims.get(&folded[..at]));
        let below = (Bound::Included(format!("{folded}/")), Bound::Unbounded);
        let below = claims.range(below).next().filter(|(path, claim)| {
            // Of two former addresses, the one below is told.
            path.starts_with(&format!("{folded}/")) && !claim.is_former
        });
        let Some(other) = above.or(below.map(|(_, claim)| claim)) else { continue };
        let message = format!("a file and a folder cannot both be called as in `/{}`", address(&other.file));
        let conflict =
            Diagnostic::new(Code::AddressConflict, place, message).help("remove the former address");
        found.push(match other.place {
            Some(other) => conflict.label(other, "the other one"),
            None => conflict,
        });
    }
}

fn address(file: &str) -> &str {
    file.strip_suffix("index.html").unwrap_or(file)
}

/// The finding about two claims of one address, where one of them has a record.
fn conflict(claim: &Claim, first: &Claim) -> Option<Diagnostic> {
    // Fixed pages have no record; a conflict always has at least one claimant with a file.
    let place = claim.place.or(first.place)?;
    let (wanted, taken) = (address(&claim.file), address(&first.file));
    let (message, help) = match (claim.is_former, first.is_former) {
        (true, true) => (
            format!("`/{wanted}` is given as a former address twice"),
            "one address leads to one page: keep it in one of the records",
        ),
        (true, false) => (
            format!("`/{wanted}` cannot be a former address: something stands at `/{taken}`"),
            "remove it from `aliases`; what stands there keeps its address",
        ),
        _ if wanted == taken => (format!("two things claim the address `/{wanted}`"), RENAME),
        _ => (
            format!("the addresses `/{wanted}` and `/{taken}` differ only in the form of their letters"),
            RENAME,
        ),
    };
    let conflict = Diagnostic::new(Code::AddressConflict, place, message).help(help);
    Some(match first.place {
        Some(first) if first != place => conflict.label(first, "the other stands here"),
        Some(_) => conflict,
        None if claim.is_former => conflict,
        None => conflict.help("certalog makes a page of its own there; rename the file"),
    })
}
