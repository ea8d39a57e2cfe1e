//! One file a certification, with everything that its record says, and the list of all.
//!
//! In come certifications, out go their facts and rows; each row names its element by the key that stays across releases.
//! Nothing is counted here that the rows do not say: readers of the data can count for themselves.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::row::{self, PlaceFacts, RowFacts};
use super::scale::{ScaleFacts, Totals};
use super::value::{Date, Linked, Named, Noun, domains, notices, organization_id, plain, version};
use crate::catalogue::{Catalogue, Certification, CertificationIx, ElementIx, Framework};
use crate::comparison;
use crate::model::certification::DocumentRecord;
use crate::pages::Context;
use crate::parse::definition::word;
use crate::route::{self, Route};
use crate::tally;
use crate::validity::Validity;

/// Every certification, with enough of each to choose from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "certifications")]
pub(super) struct List<'c> {
    /// The site's root. A certification's page is `certifications/<id>/` below it, its facts are `api/v1/certifications/<id>.json`.
    site: &'c str,
    /// The certifications, by id.
    certifications: Vec<Entry<'c>>,
}

/// A certification in the list.
#[derive(Serialize, JsonSchema)]
struct Entry<'c> {
    /// Its id.
    id: &'c str,
    /// The product with its version.
    title: String,
    /// Who certified, by name.
    organization: &'c str,
    /// The id of that organization; `null` where the catalogue has no record of it.
    organization_id: Option<&'c str>,
    /// The framework, by name.
    framework: &'c str,
    /// The framework's id.
    framework_id: &'c str,
    /// The release of the framework.
    release: &'c str,
    /// When it was assessed, or else from when it is valid; `null` where the record states neither.
    assessed: Option<Date>,
    /// Until when it is valid; `null` where no end is published.
    valid_to: Option<Date>,
}

/// One certification: one version of a product, assessed against one release of a framework.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "certification")]
pub(super) struct Facts<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// Its id.
    id: &'c str,
    /// The product with its version.
    title: String,
    /// The product.
    product: &'c str,
    /// The product's version; `null` where the source gives none.
    version: Option<&'c str>,
    /// Its page.
    address: String,
    /// Who certified.
    organization: Organization<'c>,
    /// What it was assessed against.
    framework: FrameworkFacts<'c>,
    /// The release of the framework.
    release: &'c str,
    /// The suite that the release belongs to; `null` where the record names none.
    suite: Option<&'c str>,
    /// Who did the assessment; `null` where the record does not say.
    assurance: Option<Assurance<'c>>,
    /// The certificate's number; `null` where the record has none.
    certificate: Option<&'c str>,
    /// Where it was first published; `null` where the record does not say.
    url: Option<&'c str>,
    /// When the assessment was completed; `null` where the record does not say.
    completed: Option<Date>,
    /// When it was assessed, or else from when it is valid, as pages say it; `null` where the record states neither.
    assessed: Option<Assessed>,
    /// From when it is valid; `null` where the record does not say.
    valid_from: Option<Date>,
    /// Until when it is valid; `null` where no end is published.
    valid_to: Option<Date>,
    /// Whether it holds.
    status: Status,
    /// How its results are expressed; `null` where no row has a score or a rating.
    scale: Option<ScaleFacts<'c>>,
    /// What the rows add up to.
    totals: Totals,
    /// What the product is, in words without markup; `null` where the record does not say.
    description: Option<&'c str>,
    /// The parts of the product that the source names.
    modules: Vec<ModuleFacts<'c>>,
    /// Its documents.
    documents: Vec<DocumentFacts<'c>>,
    /// Notices that apply.
    notices: Vec<Linked<'c>>,
    /// Spellings of the source that differ from the catalogue's.
    printed: Vec<SpellingFacts<'c>>,
    /// Faults of the source that an editor noted.
    remarks: Vec<RemarkFacts<'c>>,
    /// The certification report as data; `null` where there is none.
    report: Option<String>,
    /// Every row, in the source's order.
    rows: Vec<RowFacts<'c>>,
}

/// A part of the product that the source names.
#[derive(Serialize, JsonSchema)]
struct ModuleFacts<'c> {
    /// Its name.
    name: &'c str,
    /// What the source adds; `null` where it adds nothing.
    note: Option<&'c str>,
    /// The keys of the elements that it supports.
    elements: Vec<&'c str>,
}

/// A date, and the same in the site's language.
#[derive(Serialize, JsonSchema)]
struct Assessed {
    /// The date as precise as it is known.
    date: Date,
    /// The date in words.
    words: String,
}

/// An organization by name.
#[derive(Serialize, JsonSchema)]
struct Organization<'c> {
    /// Its id as the record states it.
    id: &'c str,
    /// Its name.
    name: &'c str,
}

/// A framework with what a comparison needs of it.
#[derive(Serialize, JsonSchema)]
struct FrameworkFacts<'c> {
    /// Its id.
    id: &'c str,
    /// Its name.
    name: &'c str,
    /// What its elements are called.
    noun: Noun<'c>,
    /// Its releases, oldest first.
    releases: Vec<&'c str>,
    /// Its domains, in its order.
    domains: Vec<Named<'c>>,
    /// Where the pages of its elements stand: the element's key follows.
    elements: String,
}

/// Who did the assessment.
#[derive(Serialize, JsonSchema)]
struct Assurance<'c> {
    /// The word of the record format.
    #[schemars(extend("enum" = ["self-assessed", "reviewed", "independent"]))]
    id: &'static str,
    /// The same in the site's language.
    words: &'c str,
}

/// Whether a certification holds on the day of the build.
#[derive(Serialize, JsonSchema)]
struct Status {
    /// Which of these: an `open` one has no published end.
    #[schemars(extend("enum" = ["valid", "not-yet", "open", "expired"]))]
    id: &'static str,
    /// The same in the site's language, with the end.
    words: String,
    /// How pages show it.
    #[schemars(extend("enum" = ["valid", "open", "expired"]))]
    tone: &'static str,
    /// The day for which it was judged.
    as_of: String,
}

/// A document of the certification.
#[derive(Serialize, JsonSchema)]
struct DocumentFacts<'c> {
    /// What it is for.
    #[schemars(extend("enum" = ["report", "mapping", "evidence", "figure", "other"]))]
    role: &'static str,
    /// Its title.
    title: &'c str,
    /// Its type as the record states it; `null` where it does not.
    r#type: Option<&'c str>,
    /// Its version; `null` where the record does not say.
    version: Option<&'c str>,
    /// Its date; `null` where the record does not say.
    date: Option<Date>,
    /// The id of the element that it is about, in the assessed release; `null` where it is about the whole.
    element: Option<&'c str>,
    /// Where it can be had.
    #[serde(flatten)]
    place: PlaceFacts<'c>,
}

/// Spellings that a source uses for one thing.
#[derive(Serialize, JsonSchema)]
struct SpellingFacts<'c> {
    /// What they name.
    of: &'c str,
    /// The spellings, as printed.
    texts: Vec<&'c str>,
}

/// A fault of the source that an editor noted.
#[derive(Serialize, JsonSchema)]
struct RemarkFacts<'c> {
    /// The id of the element that it is about, in the assessed release; `null` where it is about the whole.
    element: Option<&'c str>,
    /// What is odd, in the editor's words.
    text: &'c str,
}

/// The list of certifications.
pub(super) fn list(context: &Context) -> List<'_> {
    let catalogue = &context.catalogue;
    List {
        site: context.base_url.as_str(),
        certifications: catalogue.certifications.iter().map(|one| entry(catalogue, one)).collect(),
    }
}

/// The place of every element with a result in the order of its framework, by element.
pub(super) struct Orders(Vec<Option<u32>>);

impl Orders {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        let mut elements: Vec<_> = (0..catalogue.elements.len())
            .filter(|at| !catalogue.elements[*at].results.is_empty())
            .map(|at| (comparison::order_key(catalogue, at.into()), at))
            .collect();
        elements.sort_unstable();
        let mut orders = vec![None; catalogue.elements.len()];
        for (order, (_, at)) in elements.into_iter().enumerate() {
            orders[at] = Some(order as u32);
        }
        Self(orders)
    }

    fn of_element(&self, element: ElementIx) -> Option<usize> {
        self.0[element.index()].map(|order| order as usize)
    }
}

fn entry<'c>(catalogue: &'c Catalogue, certification: &'c Certification) -> Entry<'c> {
    let framework = catalogue.framework(certification.framework);
    let record = &certification.record;
    Entry {
        id: &certification.id,
        title: record.title(),
        organization: catalogue.organization_name(certification),
        organization_id: certification.organization.map(|index| organization_id(catalogue, index)),
        framework: &framework.record.name,
        framework_id: &framework.id,
        release: version(framework, certification.release),
        assessed: record.completed.as_ref().or(record.valid_from.as_ref()).map(|date| Date(date.value)),
        valid_to: record.valid_to.as_ref().map(|date| Date(date.value)),
    }
}

/// One certification.
pub(super) fn facts<'c>(context: &'c Context, index: CertificationIx, orders: &Orders) -> Facts<'c> {
    let catalogue = &context.catalogue;
    let certification = catalogue.certification(index);
    let record = &certification.record;
    let framework = catalogue.framework(certification.framework);
    let date = |date: &Option<crate::text::Spanned<crate::model::date::PartialDate>>| {
        date.as_ref().map(|date| Date(date.value))
    };
    let leaves: BTreeSet<ElementIx> =
        tally::leaves(catalogue, certification).into_iter().filter_map(|(row, _)| row.element).collect();
    let rows = certification.results().filter_map(|(row, result)| {
        let element = row.element?;
        let (order, is_leaf) = (orders.of_element(element)?, leaves.contains(&element));
        row::facts((catalogue, &context.words), certification, (row, result), (element, order, is_leaf))
    });
    let printed = record.printed.iter().map(|spellings| SpellingFacts {
        of: spellings.of,
        texts: spellings.texts.iter().map(|text| text.value.as_str()).collect(),
    });
    let remarks = record.remarks.iter().map(|remark| RemarkFacts {
        element: remark.element.as_ref().map(|element| element.value.as_str()),
        text: &remark.text.value,
    });
    Facts {
        site: context.base_url.as_str(),
        id: &certification.id,
        title: record.title(),
        product: &record.product,
        version: record.version.as_ref().map(|version| version.value.as_str()),
        address: Route::Certification(index).folder(catalogue),
        organization: Organization {
            id: &record.organization.value,
            name: catalogue.organization_name(certification),
        },
        framework: framework_facts(framework),
        release: version(framework, certification.release),
        suite: record.suite.as_deref(),
        assurance: record
            .assurance
            .map(|assurance| Assurance { id: word(assurance), words: context.words.of(assurance) }),
        certificate: record.certificate.as_deref(),
        url: record.url.as_deref(),
        completed: date(&record.completed),
        assessed: record
            .completed
            .as_ref()
            .or(record.valid_from.as_ref())
            .map(|date| Assessed { date: Date(date.value), words: context.words.date(date.value) }),
        valid_from: date(&record.valid_from),
        valid_to: date(&record.valid_to),
        status: status(context, certification),
        scale: catalogue.scale(certification).map(ScaleFacts::of),
        totals: context.tally(index).into(),
        description: plain(&record.body.plain),
        modules: modules(catalogue, certification),
        documents: record.documents.iter().map(|document| document_facts(certification, document)).collect(),
        notices: notices(catalogue, &certification.notices),
        printed: printed.collect(),
        remarks: remarks.collect(),
        report: certification.mapping.as_ref().map(|_| route::report_data(&certification.id)),
        rows: rows.collect(),
    }
}

fn status(context: &Context, certification: &Certification) -> Status {
    let status = context.status(certification);
    let id = match Validity::on(context.as_of, certification) {
        Validity::Valid => "valid",
        Validity::NotYet => "not-yet",
        Validity::Open => "open",
        Validity::Expired => "expired",
    };
    Status { id, words: status.word, tone: status.tone, as_of: context.as_of.to_string() }
}

fn document_facts<'c>(certification: &Certification, document: &'c DocumentRecord) -> DocumentFacts<'c> {
    DocumentFacts {
        role: word(document.role),
        title: &document.title,
        r#type: document.kind.as_deref(),
        version: document.version.as_deref(),
        date: document.date.map(Date),
        element: document.element.as_ref().map(|element| element.value.as_str()),
        place: PlaceFacts::of(certification, &document.location),
    }
}

fn modules<'c>(catalogue: &'c Catalogue, certification: &'c Certification) -> Vec<ModuleFacts<'c>> {
    let modules = certification.record.modules.iter().zip(&certification.modules);
    let facts = modules.map(|(module, elements)| ModuleFacts {
        name: &module.name,
        note: module.note.as_deref(),
        elements: elements.iter().map(|element| &*catalogue.element(*element).record.key.value).collect(),
    });
    facts.collect()
}

fn framework_facts(framework: &Framework) -> FrameworkFacts<'_> {
    FrameworkFacts {
        id: &framework.id,
        name: &framework.record.name,
        noun: Noun::of(framework),
        releases: framework.record.versions(),
        domains: domains(framework),
        elements: route::elements_folder(framework),
    }
}
