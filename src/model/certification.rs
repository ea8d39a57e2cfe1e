//! A certification as its record states it: facts, documents and results in the source's order.
//!
//! In comes the table of a certification's file, out goes the record with its references still as text.
//! Nothing is looked up here: an id may still lead to nothing.

mod document;
mod module;
mod result;

use crate::model::alias::{Alias, read_aliases};
use crate::model::date::PartialDate;
use crate::model::shared::{Remark, read_date, read_description, read_remarks, read_web_address};
use crate::model::waiver::{Waiver, read_waivers};
use crate::parse::fields::{Choice, Fields, Key, optional, required};
use crate::parse::markdown::Body;
use crate::text::Spanned;

pub(super) use document::read_location;
pub use document::{DocumentRecord, Location, Role};
pub use module::ModuleRecord;
pub use result::{Coverage, Outcome, Rarities, ResultRecord, Value};

/// Who did the assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assurance {
    /// The vendor assessed its own product.
    SelfAssessed,
    /// The vendor's assessment was reviewed.
    Reviewed,
    /// Somebody else assessed it.
    Independent,
}

impl Choice for Assurance {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("self-assessed", Self::SelfAssessed),
        ("reviewed", Self::Reviewed),
        ("independent", Self::Independent),
    ];
}

impl Assurance {
    /// The words for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::SelfAssessed => "Self-assessed",
            Self::Reviewed => "Self-assessed and reviewed",
            Self::Independent => "Independently assessed",
        }
    }
}

/// The spellings that a source uses for one thing.
#[derive(Clone, Debug)]
pub struct Spellings {
    /// What they name: "product", "organization" …
    pub of: &'static str,
    /// The spellings, as printed.
    pub texts: Vec<Spanned<String>>,
}

/// A certification's record.
#[derive(Clone, Debug)]
pub struct CertificationRecord {
    /// Who certified the product.
    pub organization: Spanned<String>,
    /// The product's name.
    pub product: String,
    /// The product's version; `None` where the source gives none.
    pub version: Option<Spanned<String>>,
    /// What it was assessed against.
    pub framework: Spanned<String>,
    /// The framework's release.
    pub release: Spanned<String>,
    /// The suite the release belongs to.
    pub suite: Option<String>,
    /// When the assessment was completed.
    pub completed: Option<Spanned<PartialDate>>,
    /// From when it is valid.
    pub valid_from: Option<Spanned<PartialDate>>,
    /// Until when it is valid.
    pub valid_to: Option<Spanned<PartialDate>>,
    /// Who did the assessment.
    pub assurance: Option<Assurance>,
    /// The certificate's number.
    pub certificate: Option<String>,
    /// The scale of its scores.
    pub scale: Option<Spanned<String>>,
    /// Notices that apply.
    pub notices: Vec<Spanned<String>>,
    /// Where it was first published.
    pub url: Option<String>,
    /// Spellings of the source.
    pub printed: Vec<Spellings>,
    /// Its documents.
    pub documents: Vec<DocumentRecord>,
    /// The modules of the product that the source names.
    pub modules: Vec<ModuleRecord>,
    /// Its rows in the source's order.
    pub results: Vec<ResultRecord>,
    /// Former addresses of its page.
    pub aliases: Vec<Alias>,
    /// Faults of the source that an editor noted.
    pub remarks: Vec<Remark>,
    /// Findings that it accepts.
    pub waivers: Vec<Waiver>,
    /// The product, in prose.
    pub body: Body,
}

const CERTIFICATION: &[Key] = &[
    required("organization"),
    required("product"),
    optional("version"),
    required("framework"),
    required("release"),
    optional("suite"),
    optional("completed"),
    optional("valid"),
    optional("assurance"),
    optional("certificate"),
    optional("scale"),
    optional("notices"),
    optional("aliases"),
    optional("url"),
    optional("description"),
    optional("printed"),
    optional("document"),
    optional("module"),
    optional("result"),
    optional("remark"),
    optional("waiver"),
];
const VALID: &[Key] = &[optional("from"), optional("to")];
const PRINTED: &[Key] = &[
    optional("organization"),
    optional("product"),
    optional("version"),
    optional("framework"),
    optional("release"),
    optional("completed"),
    optional("valid"),
];
/// What the record is called in messages, and its keys.
pub const RECORD: (&str, &[Key]) = ("a certification", CERTIFICATION);

impl CertificationRecord {
    /// Reads the record; `None` when it does not say who certified what against what.
    pub fn read(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Option<Self> {
        let (valid_from, valid_to) = match fields.table("valid") {
            Some(table) => {
                let mut valid = fields.inner(table, ("a validity", VALID));
                (read_date(&mut valid, "from"), read_date(&mut valid, "to"))
            }
            None => (None, None),
        };
        let printed = fields.table("printed").map_or_else(Vec::new, |table| {
            let mut printed = fields.inner(table, ("`printed`", PRINTED));
            let spellings =
                PRINTED.iter().map(|key| Spellings { of: key.name, texts: printed.text_or_texts(key.name) });
            spellings.filter(|spellings| !spellings.texts.is_empty()).collect()
        });
        let documents = fields.tables("document").into_iter();
        let documents = documents.filter_map(|table| DocumentRecord::read(fields, table)).collect();
        let modules = fields.tables("module").into_iter();
        let modules = modules.filter_map(|table| ModuleRecord::read(fields, table)).collect();
        let results = fields.tables("result").into_iter();
        let results = results.filter_map(|table| ResultRecord::read(fields, table)).collect();
        let version = fields.text("version").filter(|version| version.value != "unspecified");
        let organization = fields.text("organization");
        let product = fields.text("product");
        let framework = fields.text("framework");
        let release = fields.text("release");
        Some(Self {
            version,
            suite: fields.text("suite").map(|text| text.value),
            completed: read_date(fields, "completed"),
            valid_from,
            valid_to,
            assurance: fields.choice("assurance").map(|assurance| assurance.value),
            certificate: fields.text("certificate").map(|text| text.value),
            scale: fields.text("scale"),
            notices: fields.texts("notices"),
            url: read_web_address(fields, "url"),
            printed,
            documents,
            modules,
            results,
            aliases: read_aliases(fields),
            remarks: read_remarks(fields),
            waivers: read_waivers(fields),
            body: read_description(fields, body),
            organization: organization?,
            product: product?.value,
            framework: framework?,
            release: release?,
        })
    }

    /// The product with its version, as a title.
    pub fn title(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {}", self.product, version.value),
            None => self.product.clone(),
        }
    }
}
