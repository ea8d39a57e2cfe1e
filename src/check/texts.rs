//! Every link of every text leads somewhere, and every picture is there.
//!
//! In come the texts of all records, out go `broken-link`, `missing-file` and `forbidden-picture`.
//! What a link leads to is decided in one place, `link::texts`.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::link::texts::{self, page_folder};
use crate::model::date::Day;
use crate::parse::picture;
use crate::text::{Place, Spanned};

pub(super) fn links_lead_somewhere(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    if let Some(home) = &catalogue.home {
        texts::check(catalogue, &home.record.body, (home.file, ""), found);
    }
    for page in &catalogue.pages {
        texts::check(catalogue, &page.record.body, (page.file, &page_folder(&page.id)), found);
    }
    found.extend(card(catalogue));
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
        found.extend(organization.record.logo.as_ref().and_then(|logo| {
            let Spanned { value: name, span } = &logo.file;
            if !catalogue.assets.contains_key(&format!("organizations/{name}")) {
                let message = format!("the file `{name}` is not in the catalogue");
                let place = Place::new(organization.file, *span);
                let missing = Diagnostic::new(Code::MissingFile, place, message);
                return Some(missing.help(format!("add it as `content/organizations/{name}`")));
            }
            (!picture::is_picture(name)).then(|| picture::no_picture(*span, name).in_file(organization.file))
        }));
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

/// That the picture for previews is not there, or is none that readers of previews take.
fn card(catalogue: &Catalogue) -> Option<Diagnostic> {
    let (file, card) = (catalogue.config.file?, catalogue.config.card.as_ref()?);
    let Spanned { value: name, span } = &card.file;
    if !catalogue.assets.contains_key(name) {
        let message = format!("the file `{name}` is not in the catalogue");
        let missing = Diagnostic::new(Code::MissingFile, Place::new(file, *span), message);
        return Some(missing.help(format!("add it as `content/{name}`")));
    }
    let is_taken = picture::is_picture(name) && !picture::is_drawing(name);
    (!is_taken).then(|| picture::no_preview(*span, name).in_file(file))
}
