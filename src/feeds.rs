//! News of the catalogue for feed readers and calendars: what is new, what has expired, what a framework published.
//!
//! In comes the context of a build, out go Atom, JSON Feed and iCalendar files for the site, each framework and each organization.
//! Every date comes from a record or is the end that a record states; no clock is asked, and an id stays when the site moves.

mod entry;
mod atom;
mod json_feed;
mod calendar;

use crate::catalogue::{Catalogue, CertificationIx};
use crate::pages::Context;
use crate::route::{FeedForm, Scope, feed_file};
use entry::Feed;

/// A feed or a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    scope: Scope,
    form: FeedForm,
}

/// What a feed is about.
fn scopes(catalogue: &Catalogue) -> impl Iterator<Item = Scope> + '_ {
    let frameworks = (0..catalogue.frameworks.len()).map(|index| Scope::Framework(index.into()));
    let organizations = (0..catalogue.organizations.len()).map(|index| Scope::Organization(index.into()));
    std::iter::once(Scope::Site).chain(frameworks).chain(organizations)
}

/// Every feed with its path below the site's root. A calendar needs something to say: there is none without an end of validity.
pub fn files(catalogue: &Catalogue) -> Vec<(String, File)> {
    let files = scopes(catalogue).flat_map(|scope| {
        let has_end = certifications(catalogue, scope)
            .any(|index| catalogue.certification(index).record.valid_to.is_some());
        let forms = [FeedForm::Atom, FeedForm::Json].into_iter().chain(has_end.then_some(FeedForm::Calendar));
        forms.map(move |form| (feed_file(catalogue, scope, form), File { scope, form }))
    });
    files.collect()
}

/// The certifications that a scope has.
fn certifications(catalogue: &Catalogue, scope: Scope) -> Box<dyn Iterator<Item = CertificationIx> + '_> {
    match scope {
        Scope::Site => Box::new((0..catalogue.certifications.len()).map(Into::into)),
        Scope::Framework(index) => Box::new(catalogue.framework(index).certifications.iter().copied()),
        Scope::Organization(index) => Box::new(catalogue.organization(index).certifications.iter().copied()),
    }
}

/// Writes a feed.
pub fn write(context: &Context, file: File, bytes: &mut Vec<u8>) {
    match file.form {
        FeedForm::Atom => atom::write(&Feed::of(context, file.scope), bytes),
        FeedForm::Json => json_feed::write(&Feed::of(context, file.scope), bytes),
        FeedForm::Calendar => calendar::write(context, file.scope, bytes),
    }
}
