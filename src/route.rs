//! Where everything stands on the site: the only maker of addresses.
//!
//! In comes a thing of the catalogue, out goes its address as a folder below the site's root, and links between such folders.
//! Addresses are made of record ids and versions, never of names, so that they stay when a name changes.

pub mod lists;
mod files;
mod data;
mod feeds;

pub use data::{
    CERTIFICATIONS_DATA, CROSSWALKS_DATA, DATA_INDEX, DIAGNOSTICS_DATA, FRAMEWORKS_DATA, OPENAPI,
    ORGANIZATIONS_DATA, certification_data, crosswalk_data, data_files, framework_data, is_schema_file,
    lineage_file, organization_data, release_data, report_data, schema_file,
};
pub use feeds::{
    COPY, FeedForm, LLMS, OPEN_SEARCH, ROBOTS, SITEMAP, Scope, announcements, feed_file, sitemap_part,
};
pub use files::{
    BADGE, BADGE_DATA, ELEMENTS, HISTORIES, TABLES, badge_files, is_framed, is_table_file, results_files,
    results_parts,
};

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use self::lists::Year;
use crate::catalogue::{Catalogue, CertificationIx, ElementIx, Framework, FrameworkIx, OrganizationIx};
use crate::html::is_page_id;
use crate::link::texts::Target;
use crate::model::alias::Alias;
use crate::site_path::NAME_LIMIT;
use crate::text::{FileId, Place, Span};

/// A page of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// `/`
    Home,
    /// `/certifications/`
    Certifications,
    /// `/certifications/<id>/`
    Certification(CertificationIx),
    /// `/certifications/<id>/mapping/`
    Mapping(CertificationIx),
    /// `/certifications/<id>/embed/`
    Embed(CertificationIx),
    /// `/frameworks/`
    Frameworks,
    /// `/frameworks/<fw>/`
    Framework(FrameworkIx),
    /// `/frameworks/<fw>/<release>/`
    Release(FrameworkIx, usize),
    /// `/frameworks/<fw>/<release>/changes/`
    Changes(FrameworkIx, usize),
    /// `/frameworks/<fw>/<noun>/<element>/`
    Element(ElementIx),
    /// `/crosswalks/<id>/`, as an index into the catalogue's.
    Crosswalk(usize),
    /// `/organizations/`
    Organizations,
    /// `/organizations/<id>/`
    Organization(OrganizationIx),
    /// `/frameworks/<fw>/matrix/<domain>/`, the domain as an index into the framework's.
    Matrix(FrameworkIx, usize),
    /// `/frameworks/<fw>/<release>/matrix/<domain>/`, without the domain for what stands in none, then `part-<n>/`:
    /// the matrix as an index into the framework's, and its part.
    ReleaseMatrix(FrameworkIx, usize, usize),
    /// `/certifications/by/year/<year>/`, with the number of the page after the first.
    Year(Option<i16>, usize),
    /// `/certifications/by/domain/<fw>/<domain>/`, the domain as an index into the framework's.
    Domain(FrameworkIx, usize),
    /// `/compare/`
    Compare,
    /// `/compare/<a>--<b>/`, or `/compare/<a>--/<b>/` where that would be too long a name.
    Pair(CertificationIx, CertificationIx),
    /// `/search/`
    Search,
    /// `/search/names/<number>/`, counted from 0: a part of the list of everything by name.
    Names(usize),
    /// `/search/ids/<number>/`, counted from 0: a part of the list of everything by id.
    Ids(usize),
    /// `/checks/`
    Checks,
    /// A free page, as an index into the catalogue's.
    Page(usize),
    /// `/notices/<id>/`, as an index into the catalogue's.
    Notice(usize),
    /// `/404.html`
    NotFound,
}

impl Route {
    /// The folder of the page below the site's root: empty for the home page, else with a slash at its end.
    pub fn folder(self, catalogue: &Catalogue) -> String {
        let framework = |index: FrameworkIx| &catalogue.framework(index).id;
        match self {
            Self::Home | Self::NotFound => String::new(),
            Self::Certifications => "certifications/".to_owned(),
            Self::Certification(index) => format!("certifications/{}/", catalogue.certification(index).id),
            Self::Mapping(index) => format!("{}mapping/", Self::Certification(index).folder(catalogue)),
            Self::Embed(index) => format!("{}embed/", Self::Certification(index).folder(catalogue)),
            Self::Frameworks => "frameworks/".to_owned(),
            Self::Framework(index) => format!("frameworks/{}/", framework(index)),
            Self::Release(index, release) => {
                let version = &catalogue.framework(index).record.releases[release].version.value;
                format!("frameworks/{}/{}/", framework(index), segment(version))
            }
            Self::Changes(index, release) => {
                format!("{}changes/", Self::Release(index, release).folder(catalogue))
            }
            Self::Element(index) => {
                let element = catalogue.element(index);
                let folder = elements_folder(catalogue.framework(element.framework));
                format!("{folder}{}/", element.record.key.value)
            }
            Self::Crosswalk(index) => format!("crosswalks/{}/", catalogue.crosswalks[index].id),
            Self::Organizations => "organizations/".to_owned(),
            Self::Organization(index) => format!("organizations/{}/", catalogue.organization(index).id),
            Self::Matrix(index, domain) => {
                let domain = &catalogue.framework(index).record.domains[domain].id.value;
                format!("frameworks/{}/matrix/{}/", framework(index), segment(domain))
            }
            Self::ReleaseMatrix(index, matrix, part) => {
                let record = &catalogue.framework(index).record;
                let matrix = &catalogue.framework(index).matrices[matrix];
                let release = matrix.release.map(|at| Self::Release(index, at).folder(catalogue));
                let domain = matrix.domain.map(|at| format!("{}/", segment(&record.domains[at].id.value)));
                let part = if part == 0 { String::new() } else { format!("part-{}/", part + 1) };
                format!("{}matrix/{}{part}", release.unwrap_or_default(), domain.unwrap_or_default())
            }
            Self::Year(year, 0) => format!("certifications/by/year/{}/", Year::name(year)),
            Self::Year(year, part) => {
                format!("certifications/by/year/{}/{}/", Year::name(year), part + 1)
            }
            Self::Domain(index, domain) => {
                let domain = &catalogue.framework(index).record.domains[domain].id.value;
                format!("certifications/by/domain/{}/{}/", framework(index), segment(domain))
            }
            Self::Compare => "compare/".to_owned(),
            Self::Pair(first, second) => {
                let id = |index: CertificationIx| &catalogue.certification(index).id;
                let pair = format!("{}--{}", id(first), id(second));
                // Of two long ids, the second has a folder of its own; no id ends with `-`.
                let is_short = pair.len() <= NAME_LIMIT;
                if is_short {
                    format!("compare/{pair}/")
                } else {
                    format!("compare/{}--/{}/", id(first), id(second))
                }
            }
            Self::Search => "search/".to_owned(),
            Self::Names(part) => format!("search/names/{}/", part + 1),
            Self::Ids(part) => format!("search/ids/{}/", part + 1),
            Self::Checks => "checks/".to_owned(),
            Self::Page(index) => format!("{}/", catalogue.pages[index].id),
            Self::Notice(index) => format!("notices/{}/", catalogue.notices[index].id),
        }
    }

    /// The file of the page below the site's root.
    pub fn file(self, catalogue: &Catalogue) -> String {
        match self {
            Self::NotFound => "404.html".to_owned(),
            _ => format!("{}index.html", self.folder(catalogue)),
        }
    }

    /// The id that the page's address ends with, for a page of a record.
    pub fn record_id(self, catalogue: &Catalogue) -> Option<&str> {
        match self {
            Self::Certification(index) | Self::Embed(index) => Some(&catalogue.certification(index).id),
            Self::Framework(index) => Some(&catalogue.framework(index).id),
            Self::Element(index) => Some(&catalogue.element(index).record.key.value),
            Self::Organization(index) => Some(&catalogue.organization(index).id),
            Self::Page(index) => Some(&catalogue.pages[index].id),
            Self::Notice(index) => Some(&catalogue.notices[index].id),
            _ => None,
        }
    }

    /// The record behind the page, for conflicts of addresses.
    pub fn place(self, catalogue: &Catalogue) -> Option<Place> {
        let start = |file: FileId| Place::new(file, Span::start_of_file());
        Some(match self {
            Self::Certification(index) | Self::Embed(index) => start(catalogue.certification(index).file),
            Self::Mapping(index) => {
                let certification = catalogue.certification(index);
                start(certification.mapping.as_ref().map_or(certification.file, |mapping| mapping.files[0]))
            }
            Self::Framework(index) => start(catalogue.framework(index).file),
            Self::Matrix(index, domain) | Self::Domain(index, domain) => {
                let framework = catalogue.framework(index);
                Place::new(framework.file, framework.record.domains[domain].id.span)
            }
            Self::ReleaseMatrix(index, matrix, _) => {
                let framework = catalogue.framework(index);
                let release = framework.matrices[matrix].release?;
                Place::new(framework.file, framework.record.releases[release].version.span)
            }
            Self::Release(index, release) | Self::Changes(index, release) => {
                let framework = catalogue.framework(index);
                Place::new(framework.file, framework.record.releases[release].version.span)
            }
            Self::Element(index) => catalogue.element(index).place(),
            Self::Crosswalk(index) => start(catalogue.crosswalks[index].file),
            Self::Organization(index) => start(catalogue.organization(index).file),
            Self::Page(index) => start(catalogue.pages[index].file),
            Self::Notice(index) => start(catalogue.notices[index].file),
            _ => return None,
        })
    }

    /// The page of what a link in a text names, with the anchor on it.
    pub fn of_target(target: Target, catalogue: &Catalogue) -> (Self, Option<String>) {
        match target {
            Target::Element(element, None) => (Self::Element(element), None),
            Target::Element(element, Some(release)) => {
                let linked = catalogue.element(element);
                let id = linked.in_release(release).ok().map(|state| state.id.clone());
                (Self::Release(linked.framework, release), id)
            }
            Target::Framework(framework, None) => (Self::Framework(framework), None),
            Target::Framework(framework, Some(release)) => (Self::Release(framework, release), None),
            Target::Certification(certification) => (Self::Certification(certification), None),
            Target::Step(certification, step) => {
                let mapping = catalogue.certification(certification).mapping.as_ref();
                let id = mapping.map(|mapping| step_anchor(&mapping.steps[step].record.id.value));
                (Self::Mapping(certification), id)
            }
            Target::Organization(organization) => (Self::Organization(organization), None),
            Target::Page(page) => (Self::Page(page), None),
            Target::Notice(notice) => (Self::Notice(notice), None),
        }
    }
}

/// The domains that have a matrix of their own: of two whose ids are alike in an address, the first.
pub fn matrices(framework: &Framework) -> Vec<usize> {
    let mut taken = BTreeSet::new();
    let domains = framework.record.domains.iter().enumerate();
    domains.filter(|(_, domain)| taken.insert(segment(&domain.id.value))).map(|(at, _)| at).collect()
}

/// How many lines of the lists of everything stand on one page.
pub const LISTED: usize = 600;

/// How many pages the list of everything by name has, and the one by id: none where all of both stands on the search page.
pub fn list_parts(catalogue: &Catalogue) -> (usize, usize) {
    let mut names = catalogue.elements.len() + catalogue.organizations.len() + catalogue.crosswalks.len();
    names += catalogue.certifications.len() + catalogue.pages.len() + catalogue.notices.len();
    names += catalogue.frameworks.iter().map(|framework| 1 + framework.releases.len()).sum::<usize>();
    let mappings = || catalogue.certifications.iter().filter_map(|one| one.mapping.as_ref());
    names += mappings().count();
    let elements = catalogue.elements.iter();
    let mut ids: usize =
        elements.map(|element| element.ids().iter().filter(|(_, id)| id.is_some()).count()).sum();
    ids += mappings().map(|mapping| mapping.steps.len()).sum::<usize>();
    if names + ids <= LISTED { (0, 0) } else { (names.div_ceil(LISTED), ids.div_ceil(LISTED)) }
}

/// The matrices of releases that have pages of their own: of two domains whose ids are alike in an address, the first.
pub fn release_matrices(framework: &Framework) -> Vec<usize> {
    let domains = matrices(framework);
    let matrices = framework.matrices.iter().enumerate();
    let own = matrices.filter(|(_, matrix)| {
        matrix.release.is_some() && matrix.domain.is_none_or(|domain| domains.contains(&domain))
    });
    own.map(|(at, _)| at).collect()
}

/// Every page of the site, in the order in which they are rendered.
pub fn all(catalogue: &Catalogue) -> Vec<Route> {
    let mut routes =
        vec![Route::Home, Route::Certifications, Route::Frameworks, Route::Organizations, Route::Checks];
    routes.extend([Route::Compare, Route::Search, Route::NotFound]);
    let (names, ids) = list_parts(catalogue);
    routes.extend((0..names).map(Route::Names).chain((0..ids).map(Route::Ids)));
    for year in lists::years(catalogue) {
        routes.extend((0..year.parts().len()).map(|part| Route::Year(year.year, part)));
    }
    routes.extend(catalogue.overlap.pairs.iter().map(|pair| Route::Pair(pair.first, pair.second)));
    routes.extend((0..catalogue.pages.len()).map(Route::Page));
    routes.extend((0..catalogue.notices.len()).map(Route::Notice));
    for (index, framework) in catalogue.frameworks.iter().enumerate() {
        routes.push(Route::Framework(index.into()));
        let domains = matrices(framework);
        routes.extend(domains.iter().map(|domain| Route::Matrix(index.into(), *domain)));
        routes.extend(domains.iter().map(|domain| Route::Domain(index.into(), *domain)));
        for matrix in release_matrices(framework) {
            let parts = 0..framework.matrices[matrix].parts.len();
            routes.extend(parts.map(|part| Route::ReleaseMatrix(index.into(), matrix, part)));
        }
        for release in 0..framework.releases.len() {
            routes.push(Route::Release(index.into(), release));
            if release > 0 {
                routes.push(Route::Changes(index.into(), release));
            }
        }
    }
    routes.extend((0..catalogue.crosswalks.len()).map(Route::Crosswalk));
    routes.extend((0..catalogue.organizations.len()).map(|index| Route::Organization(index.into())));
    routes.extend((0..catalogue.certifications.len()).map(|index| Route::Certification(index.into())));
    routes.extend((0..catalogue.certifications.len()).map(|index| Route::Embed(index.into())));
    let reported = catalogue.certifications.iter().enumerate().filter(|(_, one)| one.mapping.is_some());
    routes.extend(reported.map(|(index, _)| Route::Mapping(index.into())));
    routes.extend((0..catalogue.elements.len()).map(|index| Route::Element(index.into())));
    routes
}

/// Every former address with the page that it leads to and the file that states it, in the order of the pages.
pub fn former(catalogue: &Catalogue) -> Vec<(&Alias, Route, FileId)> {
    let mut former: Vec<(&Alias, Route, FileId)> = Vec::new();
    let pages = catalogue.pages.iter().enumerate().map(|(at, page)| (Route::Page(at), page));
    let notices = catalogue.notices.iter().enumerate().map(|(at, notice)| (Route::Notice(at), notice));
    let home = catalogue.home.iter().map(|home| (Route::Home, home));
    for (route, page) in home.chain(pages).chain(notices) {
        former.extend(page.record.aliases.iter().map(|alias| (alias, route, page.file)));
    }
    for (at, framework) in catalogue.frameworks.iter().enumerate() {
        let route = Route::Framework(at.into());
        former.extend(framework.record.aliases.iter().map(|alias| (alias, route, framework.file)));
    }
    for (at, organization) in catalogue.organizations.iter().enumerate() {
        let route = Route::Organization(at.into());
        former.extend(organization.record.aliases.iter().map(|alias| (alias, route, organization.file)));
    }
    for (at, certification) in catalogue.certifications.iter().enumerate() {
        let route = Route::Certification(at.into());
        former.extend(certification.record.aliases.iter().map(|alias| (alias, route, certification.file)));
    }
    for (at, element) in catalogue.elements.iter().enumerate() {
        let route = Route::Element(at.into());
        former.extend(element.record.aliases.iter().map(|alias| (alias, route, element.file)));
    }
    former
}

/// A text as one part of an address: ASCII letters in lower case, digits, `.` and `_`; a letter or digit of another script
/// becomes its code point, and all else `-`. Compatibility forms count as what they stand for (Unicode NFKC).
pub fn segment(text: &str) -> String {
    if text.is_ascii() { segment_of(text.chars()) } else { segment_of(text.nfkc()) }
}

fn segment_of(letters: impl Iterator<Item = char>) -> String {
    use std::fmt::Write as _;
    let mut segment = String::new();
    for letter in letters {
        match letter {
            '.' | '_' => segment.push(letter),
            _ if letter.is_ascii_alphanumeric() => segment.push(letter.to_ascii_lowercase()),
            _ if letter.is_alphanumeric() => {
                write!(segment, "u{:x}", u32::from(letter)).expect("writing to a string cannot fail");
            }
            _ if segment.ends_with('-') => {}
            _ => segment.push('-'),
        }
    }
    let trimmed = segment.trim_matches(['-', '.']);
    if trimmed.is_empty() { "x".to_owned() } else { trimmed.to_owned() }
}

/// The anchor of an element's id on a page: any text, as the `id` of its row. The spaces that HTML forbids there become
/// no-break spaces, so that two ids never share an anchor.
pub fn anchor(id: &str) -> String {
    id.replace(|letter: char| letter.is_ascii_whitespace(), "\u{a0}")
}

/// The anchor of an element in the tree of a release: its id, unless the page uses that for a part of its own.
pub fn tree_anchor(id: &str) -> String {
    let anchor = anchor(id);
    if is_page_id(&anchor) { format!("p-{anchor}") } else { anchor }
}

/// The anchor of a step's row in a mapping.
pub fn step_anchor(id: &str) -> String {
    format!("s-{}", anchor(id))
}

/// The anchor as the part of an address after `#` (RFC 3986, fragment).
pub fn fragment(anchor: &str) -> String {
    let mut fragment = String::with_capacity(anchor.len() + 1);
    fragment.push('#');
    percent_encode(anchor, b"-._~!$()*+,;:@/?", &mut fragment);
    fragment
}

/// How a page at some depth leads to the site's root, so that the site works at a root, under a sub-path and from disk.
pub fn root_from(folder: &str) -> String {
    match folder.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// A path of file names as it stands in an address (RFC 3986, path).
pub fn encode_path(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    percent_encode(path, b"-._~!$()*+,;@/", &mut encoded);
    encoded
}

fn percent_encode(text: &str, plain: &[u8], encoded: &mut String) {
    use std::fmt::Write as _;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            encoded.push(byte as char);
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
}

/// The folder in which the pages of a framework's elements stand, each under the element's key.
pub fn elements_folder(framework: &Framework) -> String {
    format!("frameworks/{}/{}/", framework.id, segment(&framework.record.noun.address))
}

/// Where a search begins to look.
pub const SEARCH_INDEX: &str = "search/index.json";

/// A part of the search index.
pub fn search_part(kind: &str, number: usize) -> String {
    format!("search/{kind}-{number}.json")
}

/// Whether a file is kept for the search index, whose parts are as many as it needs.
pub fn is_search_file(path: &str) -> bool {
    path.strip_prefix("search/")
        .and_then(|name| name.strip_suffix(".json"))
        .is_some_and(|name| !name.contains('/'))
}

/// Where a document or picture stands on the site, from its path below `content/`: beside the page of its record.
pub fn asset_file(path: &str) -> String {
    path.strip_prefix("pages/").unwrap_or(path).to_owned()
}
