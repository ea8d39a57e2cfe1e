//! Faults of a source that an editor noted.
//!
//! In come the remarks of all records, out goes `source-remark` for each, so that it stands among the findings.
//! The words are the editor's own.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Day;
use crate::model::shared::Remark;
use crate::text::{FileId, Place};

pub(super) fn noted(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    let mut note = |file: FileId, remarks: &[Remark]| {
        found.extend(remarks.iter().map(|remark| {
            let about = remark.element.as_ref().map(|id| format!("`{}`: ", id.value)).unwrap_or_default();
            let message = format!("{about}{}", remark.text.value);
            Diagnostic::new(Code::SourceRemark, Place::new(file, remark.text.span), message)
        }));
    };
    for certification in &catalogue.certifications {
        note(certification.file, &certification.record.remarks);
        for (file, remark) in certification.mapping.iter().flat_map(|mapping| &mapping.remarks) {
            note(*file, std::slice::from_ref(remark));
        }
    }
    for element in &catalogue.elements {
        note(element.file, &element.record.remarks);
    }
    for organization in &catalogue.organizations {
        note(organization.file, &organization.record.remarks);
    }
}
