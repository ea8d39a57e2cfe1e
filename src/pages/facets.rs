//! What rows of tables say of themselves, so that a reader can choose among them.
//!
//! In come certifications and their rows, out go the answers to the questions above a table, each with its words.
//! Nothing is judged here that the table does not show.

use super::Frame;
use super::shared::{domain_words, short_name};
use crate::catalogue::{Certification, CertificationIx, ElementIx, FrameworkIx};
use crate::table::{Facet, Said};
use crate::validity::Validity;

/// What a row about a certification says.
pub(super) fn of_certification<'c>(page: &Frame<'c>, index: CertificationIx) -> Vec<Said<'c>> {
    let catalogue = page.catalogue();
    let certification = catalogue.certification(index);
    let framework = catalogue.framework(certification.framework);
    let mut said = vec![
        organization(page, certification),
        Said::new(Facet::Framework, &framework.id, &framework.record.name),
        of_release(page, certification.framework, certification.release),
    ];
    for domain in page.context.domains(index) {
        // A domain of one framework is none of another's, whatever both are called.
        let id = framework.record.domains.get(*domain).map_or("none", |domain| &domain.id.value);
        let value =
            if catalogue.frameworks.len() > 1 { format!("{}-{id}", framework.id) } else { id.to_owned() };
        said.push(
            Said::new(Facet::Domain, value, domain_words(page.words(), framework, Some(*domain))).at(*domain),
        );
    }
    said.push(of_validity(page, certification));
    said
}

/// Who certified.
pub(super) fn organization<'c>(page: &Frame<'c>, certification: &'c Certification) -> Said<'c> {
    let catalogue = page.catalogue();
    let name = catalogue.organization_name(certification);
    let known = certification.organization.map(|index| catalogue.organization(index).id.as_str());
    Said::new(Facet::Organization, known.unwrap_or(name), name)
}

/// A release, by the framework too where there are several.
pub(super) fn of_release<'c>(page: &Frame<'c>, index: FrameworkIx, release: usize) -> Said<'c> {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(index);
    let version = &framework.record.releases[release].version.value;
    let label = format!("{} {version}", short_name(framework));
    if catalogue.frameworks.len() > 1 {
        Said::new(Facet::Release, format!("{}-{version}", framework.id), label)
    } else {
        Said::new(Facet::Release, version, label)
    }
}

/// Whether it holds.
pub(super) fn of_validity<'c>(page: &Frame<'c>, certification: &Certification) -> Said<'c> {
    let validity = Validity::on(page.context.as_of, certification);
    let key = validity.key();
    let (_, value) = key.rsplit_once('.').unwrap_or(("", key));
    Said::new(Facet::Validity, value, page.words().get(key)).at(validity as usize)
}

/// The domain of an element in a release, where it has one.
pub(super) fn of_domain<'c>(page: &Frame<'c>, element: ElementIx, release: usize) -> Option<Said<'c>> {
    let catalogue = page.catalogue();
    let domain = catalogue.domain(element, release)?;
    let record = &catalogue.framework(catalogue.element(element).framework).record.domains[domain];
    Some(Said::new(Facet::Domain, &record.id.value, &record.name).at(domain))
}
