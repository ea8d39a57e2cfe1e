//! A certification as its record states it: facts, documents and results in the source's order.
//!
//! In comes the table of a certification's file, out goes the record with its references still as text.
//! Nothing is looked up here: an id may still lead to nothing.

mod document;
mod module;
mod result;

use crate::model::alias::{Alias, aliases, read_aliases};
use crate::model::date::PartialDate;
use crate::model::shared::{
    Remark, description, notices, read_date, read_description, read_name, read_remarks, read_web_address,
    remarks, url,
};
use crate::model::waiver::{Waiver, read_waivers, waivers};
use crate::parse::definition::{Choice, Definition, Form, optional, required, words};
use crate::parse::fields::Fields;
use crate::parse::markdown::Body;
use crate::text::Spanned;

use document::DOCUMENT;
pub use document::{DocumentRecord, Location, Role};
pub(super) use document::{file, read_location};
use module::MODULE;
pub use module::ModuleRecord;
use result::RESULT;
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
    /// Whether a row could not be read, so that nothing can be said about rows that are not there.
    pub has_unread_results: bool,
    /// Former addresses of its page.
    pub aliases: Vec<Alias>,
    /// Faults of the source that an editor noted.
    pub remarks: Vec<Remark>,
    /// Findings that it accepts.
    pub waivers: Vec<Waiver>,
    /// The product, in prose.
    pub body: Body,
}

/// What the record may say.
pub static RECORD: Definition = Definition {
    what: "a certification",
    says: "One version of a product, assessed against one release of a framework.",
    keys: &[
        required("organization", Form::Id, "Who certified it: an organization's id.").such_as("example-networks"),
        required("product", Form::Text, "The product's name.").such_as("Example CRM"),
        optional("version", Form::Text, "The product's version, or `unspecified`.").such_as("R2.1"),
        required("framework", Form::Id, "What it was assessed against: a framework's id.").such_as("etom"),
        required("release", Form::Text, "The framework's release, always a text.").such_as("16.0"),
        optional("suite", Form::Text, "The suite that the release belongs to.").such_as("Frameworx 16.0"),
        optional("completed", Form::Date, "When the assessment was completed.").such_as("2017-02"),
        optional("valid", Form::Table(&VALID), "From when and until when it is valid."),
        optional("assurance", Form::Word(words::<Assurance>), "Who did the assessment.").such_as("self-assessed"),
        optional("certificate", Form::Text, "The certificate's number.").such_as("EX-2017-004"),
        optional(
            "scale",
            Form::Text,
            "The id of the scale of its scores; may be left out where the framework has one scale or a default.",
        )
        .such_as("score"),
        notices("Notices that apply, by id."),
        aliases(),
        url("The page on which it was first published."),
        description("The product, in Markdown, for a `.toml` file."),
        optional(
            "printed",
            Form::Table(&PRINTED),
            "The spellings that the source uses, where they are not the record's.",
        ),
        optional("document", Form::Tables(&DOCUMENT), "Its documents."),
        optional("module", Form::Tables(&MODULE), "The parts of the product that the source names."),
        optional("result", Form::Tables(&RESULT), "What was assessed, in the source's order."),
        remarks(),
        waivers(),
    ],
    rules: &[],
};
static VALID: Definition = Definition {
    what: "a validity",
    says: "The time for which the certification is valid.",
    keys: &[
        optional("from", Form::Date, "The first day, month or year.").such_as("2010-12"),
        optional("to", Form::Date, "The last day, month or year.").such_as("2012-12"),
    ],
    rules: &[],
};
static PRINTED: Definition = Definition {
    what: "`printed`",
    says: "The source's own spellings, each a text or a list of texts.",
    keys: &[
        optional("organization", Form::TextOrTexts, "Of the organization.").such_as("EXAMPLE NETWORKS"),
        optional("product", Form::TextOrTexts, "Of the product.").such_as("Example C.R.M."),
        optional("version", Form::TextOrTexts, "Of its version.").such_as("Release 2.1"),
        optional("framework", Form::TextOrTexts, "Of the framework.")
            .such_as("Business Process Framework (eTOM)"),
        optional("release", Form::TextOrTexts, "Of the release.").such_as("Version 16"),
        optional("completed", Form::TextOrTexts, "Of the date.").such_as("Feb 2017"),
        optional("valid", Form::TextOrTexts, "Of the validity.").such_as("December 2010 to December 2012"),
    ],
    rules: &[],
};
impl CertificationRecord {
    /// Reads the record; `None` when it does not say who certified what against what.
    pub fn read(fields: &mut Fields<'_, '_>, body: Option<Body>) -> Option<Self> {
        let (valid_from, valid_to) = match fields.table("valid") {
            Some(table) => {
                let mut valid = fields.inner(table, &VALID);
                (read_date(&mut valid, "from"), read_date(&mut valid, "to"))
            }
            None => (None, None),
        };
        let printed = fields.table("printed").map_or_else(Vec::new, |table| {
            let mut printed = fields.inner(table, &PRINTED);
            let spellings = PRINTED
                .keys
                .iter()
                .map(|key| Spellings { of: key.name, texts: printed.text_or_texts(key.name) });
            spellings.filter(|spellings| !spellings.texts.is_empty()).collect()
        });
        let documents = fields.tables("document").into_iter();
        let documents = documents.filter_map(|table| DocumentRecord::read(fields, table)).collect();
        let modules = fields.tables("module").into_iter();
        let modules = modules.filter_map(|table| ModuleRecord::read(fields, table)).collect();
        let rows = fields.tables("result");
        let given = rows.len();
        let mut results: Vec<ResultRecord> =
            rows.into_iter().filter_map(|table| ResultRecord::read(fields, table)).collect();
        results.shrink_to_fit();
        let version = fields.text("version").filter(|version| version.value != "unspecified");
        let organization = fields.text("organization");
        let product = read_name(fields, "product");
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
            has_unread_results: results.len() < given,
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
