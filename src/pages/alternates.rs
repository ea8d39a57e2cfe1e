//! The same page in other forms: data, tables, a copy in Markdown, feeds.
//!
//! In comes a finished page with the files beside it, out go links to what says the same to programs.
//! Only what is made is linked: a theme that wants no data has no link to any.

use super::Frame;
use crate::route::{self, FeedForm, Route, Scope};
use crate::view::AlternateView;

const JSON: &str = "application/json";

/// The other forms of a page, in the order in which a program may want them.
pub(super) fn of(page: &Frame<'_>) -> Vec<AlternateView> {
    let catalogue = page.catalogue();
    let wanted = &page.context.wanted;
    let mut alternates = Vec::new();
    let mut add = |media: &'static str, href: String, title: Option<String>| {
        alternates.push(AlternateView { media, href, title });
    };
    if let Some(file) = data(page).filter(|_| wanted.has_data) {
        add(JSON, format!("{}{file}", page.root), None);
    }
    // Beside the page of the search stands its index, which is no form of the page.
    let files = page.files.borrow();
    let names = files.iter().filter_map(|(path, _)| path.rsplit('/').next());
    for name in names.filter(|name| route::is_table_file(name)) {
        add("text/csv", name.to_owned(), None);
    }
    if matches!(page.route, Route::Release(..)) && wanted.has_files {
        add("text/csv", route::ELEMENTS.to_owned(), None);
    }
    if page.route.has_copy() && wanted.has_copies {
        add("text/markdown", route::COPY.to_owned(), None);
    }
    let scope = match page.route {
        Route::Home | Route::Certifications => Some((Scope::Site, catalogue.config.title.clone())),
        Route::Framework(index) => {
            Some((Scope::Framework(index), catalogue.framework(index).record.name.clone()))
        }
        Route::Organization(index) => {
            Some((Scope::Organization(index), catalogue.organization(index).record.name.clone()))
        }
        _ => None,
    };
    if let Some((scope, title)) = scope.filter(|_| wanted.has_feeds) {
        for (form, media) in
            [(FeedForm::Atom, "application/atom+xml"), (FeedForm::Json, "application/feed+json")]
        {
            add(
                media,
                format!("{}{}", page.root, route::feed_file(catalogue, scope, form)),
                Some(title.clone()),
            );
        }
    }
    alternates
}

/// The facts of a page as data.
fn data(page: &Frame<'_>) -> Option<String> {
    let catalogue = page.catalogue();
    Some(match page.route {
        Route::Home => route::DATA_INDEX.to_owned(),
        Route::Certifications => route::CERTIFICATIONS_DATA.to_owned(),
        Route::Certification(index) => route::certification_data(&catalogue.certification(index).id),
        Route::Mapping(index) => route::report_data(&catalogue.certification(index).id),
        Route::Frameworks => route::FRAMEWORKS_DATA.to_owned(),
        Route::Framework(index) => route::framework_data(&catalogue.framework(index).id),
        Route::Release(index, release) => route::release_data(catalogue, index, release),
        Route::Organizations => route::ORGANIZATIONS_DATA.to_owned(),
        Route::Organization(index) => route::organization_data(&catalogue.organization(index).id),
        Route::Crosswalk(index) => route::crosswalk_data(&catalogue.crosswalks[index].id),
        Route::Checks => route::DIAGNOSTICS_DATA.to_owned(),
        _ => return None,
    })
}
