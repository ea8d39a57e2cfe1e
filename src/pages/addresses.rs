//! Addresses of things that many pages link to, made once for a build.
//!
//! In comes the catalogue, out go the folders of elements, certifications and organizations by index.
//! What an address looks like is decided by the routes alone.

use crate::catalogue::Catalogue;
use crate::route::Route;

/// The folders of everything that is linked from rows.
pub struct Addresses {
    elements: Vec<String>,
    certifications: Vec<String>,
    organizations: Vec<String>,
}

impl Addresses {
    /// The folders of a catalogue.
    pub fn new(catalogue: &Catalogue) -> Self {
        let folders = |count: usize, route: fn(usize) -> Route| {
            (0..count).map(|index| route(index).folder(catalogue)).collect()
        };
        Self {
            elements: folders(catalogue.elements.len(), |index| Route::Element(index.into())),
            certifications: folders(catalogue.certifications.len(), |index| {
                Route::Certification(index.into())
            }),
            organizations: folders(catalogue.organizations.len(), |index| Route::Organization(index.into())),
        }
    }

    /// The folder of a page.
    pub fn folder(&self, route: Route, catalogue: &Catalogue) -> std::borrow::Cow<'_, str> {
        match route {
            Route::Element(index) => self.elements[index.index()].as_str().into(),
            Route::Certification(index) => self.certifications[index.index()].as_str().into(),
            Route::Organization(index) => self.organizations[index.index()].as_str().into(),
            _ => route.folder(catalogue).into(),
        }
    }
}
