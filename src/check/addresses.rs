//! No two things claim one address, also when case and Unicode form are folded.
//!
//! In come all routes, copied files, files of the theme and former addresses, out goes `address-conflict` naming both claimants, and `invalid-id` for what cannot be an address.
//! File systems that fold case would otherwise let one page overwrite another without a word.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::is_usable_id;
use crate::route::{self, Route};
use crate::site_path::SitePath;
use crate::sources::Sources;
use crate::text::{FileId, Place, Span};
use crate::theme;

const RENAME: &str = "rename one of the files: a record's file name is its address";

/// Something that wants an address.
struct Claim {
    file: String,
    place: Option<Place>,
    /// Whether it is a former address: a redirect, which gives way to any page.
    is_former: bool,
}

/// A rule that has to know the theme's files as well.
pub(super) fn distinct(catalogue: &Catalogue, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // A record whose id cannot be used was reported where it was read.
    let is_usable = |route: &Route| route.record_id(catalogue).is_none_or(is_usable_id);
    let pages = route::all(catalogue).into_iter().filter(is_usable);
    let pages = pages.map(|route| (route.file(catalogue), route.place(catalogue)));
    let assets = catalogue
        .assets
        .iter()
        .map(|(path, file)| (route::asset_file(path), Some(Place::new(*file, Span::start_of_file()))));
    let statics = statics(&catalogue.config.theme.value, sources);
    let present = statics.into_iter().chain(pages).chain(route::data_files(catalogue));
    let present =
        present.chain(route::announcements(catalogue)).chain(route::badge_files(catalogue)).chain(assets);
    let present = present.map(|(file, place)| Claim { file, place, is_former: false });
    let former = route::former(catalogue).into_iter().map(|(alias, _, file)| Claim {
        file: alias.file.as_str().to_owned(),
        place: Some(Place::new(file, alias.span)),
        is_former: true,
    });
    let mut claims: BTreeMap<String, Claim> = BTreeMap::new();
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
        } else if route::is_schema_file(folded) {
            "the schemas of the data"
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
    let mut last = "";
    for (folded, below) in &claims {
        // What stands in one folder follows one another, so that each folder is looked up once.
        let folders = folded.match_indices('/').filter(|(at, _)| !last.starts_with(&folded[..=*at]));
        let above = folders.map(|(at, _)| &folded[..at]).find_map(|folder| claims.get(folder));
        found.extend(above.and_then(|above| file_and_folder(above, below)));
        last = folded;
    }
    found
}

/// The files of the theme that are copied, those of the catalogue before those that are compiled in, and the words of the scripts.
fn statics(theme: &str, sources: &Sources) -> Vec<(String, Option<Place>)> {
    let is_static = |path: &str| path.starts_with("static/");
    let own: BTreeMap<&str, FileId> =
        theme::own_files(theme, sources).into_iter().filter(|(path, _)| is_static(path)).collect();
    let built_in = theme::BUILT_IN.iter().chain(theme::compiled_in(theme)).map(|(path, _)| *path);
    let built_in: BTreeSet<&str> =
        built_in.filter(|path| is_static(path) && !own.contains_key(path)).chain([theme::WORDS]).collect();
    let own = own.iter().map(|(path, file)| (*path, Some(Place::new(*file, Span::start_of_file()))));
    // What has no record comes first, so that a conflict is told where there is a file to rename.
    built_in
        .into_iter()
        .map(|path| (path, None))
        .chain(own)
        .map(|(path, place)| (path.to_owned(), place))
        .collect()
}

/// The finding about a file whose name a folder needs. Of a former address and a page, the page keeps its place; of two former
/// addresses, the one below is told.
fn file_and_folder(above: &Claim, below: &Claim) -> Option<Diagnostic> {
    let is_above_told =
        above.place.is_some() && (below.place.is_none() || above.is_former && !below.is_former);
    let (told, other) = if is_above_told { (above, below) } else { (below, above) };
    let message = format!("a file and a folder cannot both be called as in `/{}`", address(&other.file));
    let help = if told.is_former { "remove the former address" } else { RENAME };
    let conflict = Diagnostic::new(Code::AddressConflict, told.place?, message).help(help);
    Some(match other.place {
        Some(other) => conflict.label(other, "the other one"),
        None => conflict,
    })
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
        None if claim.file.ends_with("index.html") => {
            conflict.help("certalog makes a page of its own there; rename the file")
        }
        None => conflict.help("certalog has a file of its own there; rename yours"),
    })
}
