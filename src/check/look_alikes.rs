//! Organizations can be told apart by their names.
//!
//! In come the names of all organizations, today's and former ones, out goes `look-alike`, which names both.
//! Products are not compared: two organizations may well sell an "Order Desk", and each stands beside its maker's name.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Organization};
use crate::diagnostic::{Code, Diagnostic};
use crate::likeness;
use crate::model::date::Day;
use crate::text::Place;

pub(super) fn told_apart(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    let mut former = Vec::new();
    for (index, organization) in catalogue.organizations.iter().enumerate() {
        let name = organization.record.name.as_str();
        former.extend(organization.record.former_names.iter().map(|name| (index, name.as_str())));
        let forms = likeness::forms(name);
        let other = forms.iter().find_map(|form| known.get(form)).copied();
        if let Some((first, other)) = other {
            tell(catalogue, (index, name), (first, other), "", found);
        }
        for form in forms {
            known.entry(form).or_insert((index, name));
        }
    }
    for (owner, name) in former {
        let other = likeness::forms(name).into_iter().find_map(|form| known.get(&form).copied());
        if let Some((posing, other)) = other.filter(|(posing, _)| *posing != owner) {
            tell(catalogue, (posing, other), (owner, name), "the former name of ", found);
        }
    }
}

fn tell(
    catalogue: &Catalogue,
    (index, name): (usize, &str),
    (other_index, other_name): (usize, &str),
    of: &str,
    found: &mut Vec<Diagnostic>,
) {
    let (organization, other) = (&catalogue.organizations[index], &catalogue.organizations[other_index]);
    let follows = |one: &Organization, index: usize| one.successor == Some(index.into());
    // An organization may take over the name with the business.
    if follows(organization, other_index) || follows(other, index) {
        return;
    }
    let message = if name == other_name {
        format!("`{name}` is also {of}the organization `{}`", other.id)
    } else {
        format!("`{name}` looks like `{other_name}`, {of}the organization `{}`", other.id)
    };
    let place = |organization: &Organization| Place::new(organization.file, organization.record.name_span);
    found.push(
        Diagnostic::new(Code::LookAlike, place(organization), message)
            .label(place(other), "the other organization")
            .help("write the name as the organization writes it; where both are right, accept the finding with a waiver that says so"),
    );
}
