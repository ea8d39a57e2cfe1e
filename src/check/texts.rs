//! Every link of every text leads somewhere, and every picture is there.
//!
//! In come the texts of all records, out go `broken-link` and `missing-file`.
//! What a link leads to is decided in one place, `link::texts`.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::link::texts::{self, page_folder};
use crate::model::date::Day;
use crate::text::Place;

pub(super) fn links_lead_somewhere(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    if let Some(home) = &catalogue.home {
        texts::check(catalogue, &home.record.body, (home.file, ""), found);
    }
    for page in &catalogue.pages {
        texts::check(catalogue, &page.record.body, (page.file, &page_folder(&page.id)), found);
    }
    for notice in &catalogue.notices {
        texts::check(catalogue, &notice.record.body, (notice.file, "notices"), found);
    }
    for framework in &catalogue.frameworks {
        let folder = format!("frameworks/{}", framework.id);
        texts::check(catalogue, &framework.record.body, (framework.file, &folder), found);
        let folder = format!("{folder}/elements");
        for element in framework.elements.iter().map(|element| catalogue.element(*element)) {
            texts::check(catalogue, &element.record.body, (element.file, &folder), found);
        }
    }
    for organization in &catalogue.organizations {
        texts::check(catalogue, &organization.record.body, (organization.file, "organizations"), found);
        if let Some(logo) = &organization.record.logo
            && !catalogue.assets.contains_key(&format!("organizations/{}", logo.file.value))
        {
            let message = format!("the file `{}` is not in the catalogue", logo.file.value);
            let place = Place::new(organization.file, logo.file.span);
            let missing = Diagnostic::new(Code::MissingFile, place, message);
            found.push(missing.help(format!("add it as `content/organizations/{}`", logo.file.value)));
        }
    }
    for crosswalk in &catalogue.crosswalks {
        texts::check(catalogue, &crosswalk.record.body, (crosswalk.file, "crosswalks"), found);
    }
    for (index, certification) in catalogue.certifications.iter().enumerate() {
        let folder = format!("certifications/{}", certification.id);
        let scope = Some(index.into());
        texts::check_in(catalogue, scope, &certification.record.body, (certification.file, &folder), found);
    }
}
