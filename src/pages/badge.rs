//! The badge of a certification: as a drawing, and as data for services that draw badges in their own way.
//!
//! In comes a certification, out go the two files that stand beside its page.
//! Both say the same, in the words of the page; neither judges more than the record does.

use serde::Serialize;

use super::Context;
use super::standing::Standing;
use crate::catalogue::{Catalogue, CertificationIx};
use crate::figure::Badge;
use crate::html::Html;
use crate::json;
use crate::route::{self, Route};

/// A file with a badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadgeFile {
    /// The drawing.
    Drawing(CertificationIx),
    /// What it says, for an endpoint of Shields.
    Data(CertificationIx),
}

impl BadgeFile {
    /// Every file with its path below the site's root.
    pub fn all(catalogue: &Catalogue) -> impl Iterator<Item = (String, Self)> + '_ {
        (0..catalogue.certifications.len()).flat_map(|at| {
            let folder = Route::Certification(at.into()).folder(catalogue);
            let (drawing, data) =
                (format!("{folder}{}", route::BADGE), format!("{folder}{}", route::BADGE_DATA));
            [(drawing, Self::Drawing(at.into())), (data, Self::Data(at.into()))]
        })
    }

    /// Writes the file.
    pub fn write(self, context: &Context, bytes: &mut Vec<u8>) {
        match self {
            Self::Drawing(index) => {
                let (_, drawing) = drawn(context, &Standing::of(context, index));
                bytes.extend_from_slice(drawing.as_str().as_bytes());
            }
            Self::Data(index) => json::write(&endpoint(context, &Standing::of(context, index)), bytes),
        }
    }
}

/// The badge with its size.
pub(super) fn drawn(context: &Context, standing: &Standing<'_>) -> ((u32, u32), Html) {
    let words = &context.words;
    let values = [
        ("result", standing.result.as_str()),
        ("status", &standing.status.word),
        ("organization", standing.organization),
    ];
    let badge = Badge {
        language: words.language(),
        title: &words.fill("badge.of", &[("certification", &standing.title), ("release", &standing.release)]),
        description: &words.fill("badge.description", &values),
        panel: (standing.framework, standing.version, &standing.elements),
        name: &standing.title,
        result: &standing.ratings,
        status: (&standing.status.word, standing.status.tone),
    };
    (badge.size(), badge.draw())
}

/// What a service of the kind of Shields reads at an endpoint, schema version 1.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    schema_version: u8,
    /// The left half.
    label: String,
    /// The right half.
    message: String,
    /// One of its own colours.
    color: &'static str,
}

fn endpoint(context: &Context, standing: &Standing<'_>) -> Endpoint {
    let values = [("result", standing.result.as_str()), ("status", &standing.status.word)];
    Endpoint {
        schema_version: 1,
        label: format!("{} {}", standing.framework, standing.version),
        message: context.words.fill("badge.message", &values),
        color: match standing.status.tone {
            "valid" => "blue",
            "expired" => "orange",
            _ => "lightgrey",
        },
    }
}
