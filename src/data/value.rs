//! Values that data files share: dates, exact numbers, names, and words from lists.
//!
//! In come values of the catalogue, out go texts that lose nothing: a date keeps its precision, a number all of its digits.
//! No number stands here for an absence, and no number goes through a binary float.

use std::borrow::Cow;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::catalogue::{Absence, Catalogue, Framework, OrganizationIx};
use crate::model::date::PartialDate;
use crate::route::Route;

/// A date as precise as it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Date(pub(super) PartialDate);

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A value that is written as a text of one form, and described where it stands.
macro_rules! text_of_a_form {
    ($kind:ident, $pattern:literal, $says:literal) => {
        impl JsonSchema for $kind {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($kind).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "description": $says })
            }
        }
    };
}

text_of_a_form!(
    Date,
    r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    "A date as precise as it is known: a year, a month or a day."
);

/// A number with all of its digits, as a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exact(pub(super) Decimal);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.normalize())
    }
}

text_of_a_form!(Exact, r"^-?[0-9]+(\.[0-9]+)?$", "An exact number, as a text so that no reader rounds it.");

/// A thing with a name.
#[derive(Serialize, JsonSchema)]
pub(super) struct Named<'c> {
    /// Its id.
    pub(super) id: &'c str,
    /// Its name.
    pub(super) name: &'c str,
}

/// A page of the site.
#[derive(Serialize, JsonSchema)]
pub(super) struct Linked<'c> {
    /// Its id.
    pub(super) id: &'c str,
    /// Its title.
    pub(super) title: &'c str,
    /// Its page.
    pub(super) address: String,
}

/// What the elements of a framework are called.
#[derive(Serialize, JsonSchema)]
pub(super) struct Noun<'c> {
    /// One of them.
    pub(super) one: &'c str,
    /// Several of them.
    pub(super) many: &'c str,
}

impl<'c> Noun<'c> {
    pub(super) fn of(framework: &'c Framework) -> Self {
        let noun = &framework.record.noun;
        Self { one: &noun.one, many: &noun.many }
    }
}

/// The domains of a framework, in its order.
pub(super) fn domains(framework: &Framework) -> Vec<Named<'_>> {
    let domains = framework.record.domains.iter();
    domains.map(|domain| Named { id: &domain.id.value, name: &domain.name }).collect()
}

/// Notices as pages that can be read.
pub(super) fn notices<'c>(catalogue: &'c Catalogue, indexes: &[usize]) -> Vec<Linked<'c>> {
    let notices = indexes.iter().map(|index| {
        let notice = &catalogue.notices[*index];
        let address = Route::Notice(*index).folder(catalogue);
        Linked { id: &notice.id, title: &notice.record.title, address }
    });
    notices.collect()
}

/// An organization by id.
pub(super) fn organization_id(catalogue: &Catalogue, index: OrganizationIx) -> &str {
    &catalogue.organization(index).id
}

/// The version of a release.
pub(super) fn version(framework: &Framework, release: usize) -> &str {
    &framework.record.releases[release].version.value
}

/// The words of a text without markup; `None` where there is none.
pub(super) fn plain(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Why an element has no id in a release.
pub(super) fn absence_word(absence: Absence) -> &'static str {
    match absence {
        Absence::NotYet => "not-yet",
        Absence::Withdrawn => "withdrawn",
        Absence::Untraced => "untraced",
    }
}
