//! What search engines take from a page: schema.org's words for it, as JSON-LD.
//!
//! In comes a finished page, out goes a block of data: breadcrumbs everywhere, a product with its certification, an organization, the catalogue as a data set.
//! Nothing is claimed that the page does not say: a certification without a published end is neither active nor inactive.

use serde::Serialize;
use serde_json::{Value, json};

use crate::catalogue::{CertificationIx, OrganizationIx};
use crate::html::Html;
use crate::model::certification::Assurance;
use crate::model::date::PartialDate;
use crate::pages::Context;
use crate::route::{self, Route};
use crate::text::Spanned;
use crate::validity::Validity;
use crate::view::PageView;

/// A step of the way to a page.
#[derive(Serialize)]
struct Crumb<'v> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'v str,
    item: String,
}

/// The block of a page; nothing where there is nothing to say.
pub fn of(context: &Context, route: Route, view: &PageView) -> Html {
    let mut graph: Vec<Value> = Vec::new();
    if !view.crumbs.is_empty() {
        graph.push(crumbs(context, view));
    }
    match route {
        Route::Home => graph.push(data_set(context)),
        Route::Certification(index) => graph.push(product(context, index, view)),
        Route::Organization(index) => graph.push(organization(context, index)),
        _ => {}
    }
    if graph.is_empty() {
        return Html::empty();
    }
    Html::data_block("application/ld+json", &json!({ "@context": "https://schema.org", "@graph": graph }))
}

fn crumbs(context: &Context, view: &PageView) -> Value {
    let base = &context.base_url;
    let whole = |href: &str| format!("{base}{}", href.strip_prefix(view.root.as_str()).unwrap_or(href));
    let above = view.crumbs.iter().map(|crumb| (crumb.title.as_str(), whole(&crumb.href)));
    let all = above.chain([(view.title.as_str(), view.canonical.clone())]).enumerate();
    let items = all.map(|(at, (name, item))| Crumb { kind: "ListItem", position: at + 1, name, item });
    json!({ "@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>() })
}

/// Fields with a value; what is absent is not said.
fn present(fields: Vec<(&str, Option<Value>)>) -> Value {
    Value::Object(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

fn product(context: &Context, index: CertificationIx, view: &PageView) -> Value {
    let catalogue = &context.catalogue;
    let certification = catalogue.certification(index);
    let record = &certification.record;
    let framework = catalogue.framework(certification.framework);
    let version = &framework.record.releases[certification.release].version.value;
    let release = format!("{} {version}", framework.record.name);
    let vendor = present(vec![
        ("@type", Some(json!("Organization"))),
        ("name", Some(json!(catalogue.organization_name(certification)))),
        (
            "url",
            certification.organization.map(|organization| {
                json!(format!(
                    "{}{}",
                    context.base_url,
                    context.addresses.folder(Route::Organization(organization), catalogue)
                ))
            }),
        ),
    ]);
    // Who assessed its own product issued its own certification; who else did is in no record.
    let issuer = (record.assurance == Some(Assurance::SelfAssessed)).then(|| vendor.clone());
    let status = match Validity::on(context.as_of, certification) {
        Validity::Valid => Some("https://schema.org/CertificationActive"),
        Validity::Expired => Some("https://schema.org/CertificationInactive"),
        Validity::NotYet | Validity::Open => None,
    };
    let date = |date: &Option<Spanned<PartialDate>>| date.as_ref().map(|date| json!(date.value.to_string()));
    let certified = present(vec![
        ("@type", Some(json!("Certification"))),
        ("name", Some(json!(release))),
        ("url", Some(json!(view.canonical))),
        ("description", record.assurance.map(|assurance| json!(context.words.of(assurance)))),
        ("certificationIdentification", record.certificate.as_ref().map(|number| json!(number))),
        ("certificationStatus", status.map(|status| json!(status))),
        ("issuedBy", issuer),
        ("auditDate", date(&record.completed)),
        ("validFrom", date(&record.valid_from)),
        ("expires", date(&record.valid_to)),
    ]);
    present(vec![
        ("@type", Some(json!("Product"))),
        ("name", Some(json!(record.title()))),
        ("description", view.description.as_ref().map(|description| json!(description))),
        ("url", Some(json!(view.canonical))),
        ("manufacturer", Some(vendor)),
        ("hasCertification", Some(certified)),
    ])
}

fn organization(context: &Context, index: OrganizationIx) -> Value {
    let record = &context.catalogue.organization(index).record;
    present(vec![
        ("@type", Some(json!("Organization"))),
        ("name", Some(json!(record.name))),
        ("alternateName", (!record.former_names.is_empty()).then(|| json!(record.former_names))),
        ("url", record.url.as_ref().map(|url| json!(url))),
    ])
}

/// The catalogue as a data set, where its data are published.
fn data_set(context: &Context) -> Value {
    let config = &context.catalogue.config;
    let base = &context.base_url;
    let wanted = &context.wanted;
    let file = |path: &str, media: &str| json!({ "@type": "DataDownload", "encodingFormat": media, "contentUrl": format!("{base}{path}") });
    let files: Vec<Value> =
        wanted.has_data.then(|| file(route::DATA_INDEX, "application/json")).into_iter().collect();
    let publisher = config.publisher.as_ref().map(|publisher| {
        present(vec![
            ("@type", Some(json!("Organization"))),
            ("name", Some(json!(publisher.name))),
            ("url", publisher.url.as_ref().map(|url| json!(url))),
        ])
    });
    present(vec![
        ("@type", Some(json!("Dataset"))),
        ("name", Some(json!(config.title))),
        ("description", Some(json!(config.description.as_ref().unwrap_or(&config.title)))),
        ("url", Some(json!(base.as_str()))),
        ("inLanguage", Some(json!(config.content_language))),
        ("isAccessibleForFree", Some(json!(true))),
        ("creator", publisher),
        ("distribution", (!files.is_empty()).then(|| json!(files))),
    ])
}
