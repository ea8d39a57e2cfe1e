//! One of the two catalogues that are compared, as far as a comparison needs it.
//!
//! In come sources with what their build gave, out goes a value in which nothing depends on lines, places or the order of files.
//! Whoever builds it asks the one pipeline; a side without a site is one whose catalogue has errors.

use std::collections::BTreeMap;

use super::fact::{self, Records};
use super::measure::Measures;
use super::told::{Address, Told};
use crate::catalogue::Catalogue;
use crate::diagnostic::Leveled;
use crate::model::Kind;
use crate::model::date::Day;
use crate::route::{self, Route};
use crate::sources::Sources;
use crate::text::FileId;

/// A catalogue to be compared.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// Its files.
    pub sources: Sources,
    /// What they say.
    pub records: Records,
    /// What follows from that.
    pub measures: Measures,
    /// Every address of the site.
    pub addresses: BTreeMap<String, Address>,
    /// The findings.
    pub findings: Vec<Told>,
    /// The digest of every file of the site, without what names places in sources; nothing where there is no site.
    pub pages: Option<BTreeMap<String, String>>,
}

impl Side {
    /// A side that knows its files and nothing of their catalogue yet.
    pub fn of(sources: &Sources) -> Self {
        Self { sources: sources.clone(), records: fact::read(sources), ..Self::default() }
    }

    /// Adds what follows from the linked catalogue.
    pub fn measure(&mut self, catalogue: &Catalogue, day: Day) {
        self.measures = Measures::of(catalogue, day);
        self.addresses = addresses(catalogue);
    }

    /// Adds the findings.
    pub fn tell(&mut self, findings: &[Leveled]) {
        let lines = self.sources.lines(findings.iter().map(|finding| finding.diagnostic.place));
        self.findings = findings.iter().zip(lines).map(|(finding, line)| self.told(finding, line)).collect();
        self.findings.sort();
    }

    fn told(&self, finding: &Leveled, line: u32) -> Told {
        let diagnostic = &finding.diagnostic;
        let path = self.sources.path(diagnostic.place.file);
        Told {
            severity: finding.severity,
            code: diagnostic.code,
            subject: self.subject(diagnostic.place.file),
            message: diagnostic.message.clone(),
            path: path.to_owned(),
            line,
        }
    }

    /// The name of the record that a file states; of a file that may list many elements, the framework's.
    fn subject(&self, file: FileId) -> String {
        let path = self.sources.path(file);
        match Kind::of(path) {
            Kind::Elements { framework, .. } => fact::name("framework", &framework),
            kind => {
                let (kind, id) = fact::record_name(&kind, path);
                fact::name(kind, &id)
            }
        }
    }
}

/// Whether a file of the site tells of places in the sources and of nothing else that the findings do not say.
pub fn is_of_findings(path: &str) -> bool {
    path.starts_with("checks/") || path == route::DIAGNOSTICS_DATA
}

fn addresses(catalogue: &Catalogue) -> BTreeMap<String, Address> {
    let pages = route::all(catalogue).into_iter().filter(|route| *route != Route::NotFound);
    let mut addresses: BTreeMap<String, Address> =
        pages.map(|route| (format!("/{}", route.folder(catalogue)), Address::Page)).collect();
    for path in catalogue.assets.keys() {
        addresses.insert(format!("/{}", route::asset_file(path)), Address::File);
    }
    for (alias, route, _) in route::former(catalogue) {
        let target = Address::LeadsTo(format!("/{}", route.folder(catalogue)));
        addresses.entry(format!("/{}", alias.address.trim_start_matches('/'))).or_insert(target);
    }
    addresses
}
