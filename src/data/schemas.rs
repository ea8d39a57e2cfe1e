//! What every data file may say: JSON Schemas, and the whole interface as an OpenAPI description.
//!
//! In come the types that the files are written from, out go their schemas: what is documented is what is written.
//! Nothing of a catalogue is in them but the site's address, so that the copies in the documentation hold for every site.

use std::sync::LazyLock;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, transform::RecursiveTransform};
use serde_json::{Map, Value, json};

use super::{certification, crosswalk, findings, framework, index, lineage, organization, report};

/// The version of the interface. The part before the point is in every address and changes where a file stops saying what it said;
/// the part after it changes where files say more. `docs/api-changelog.md` has each.
pub const VERSION: &str = "1.0";

/// A kind of data file.
pub struct DataKind {
    /// What it is called, and its schema with it.
    pub name: &'static str,
    /// Where its files stand below the site's root; a part in braces stands for an id.
    pub path: &'static str,
    /// What asking for one is called.
    operation: &'static str,
    schema: fn() -> Schema,
}

fn schema<T: JsonSchema>() -> Schema {
    // A field without its comment's line ends: descriptions are sentences.
    fn unwrap_lines(schema: &mut Schema) {
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = text.replace('\n', " ");
        }
    }
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.with_transform(RecursiveTransform(unwrap_lines)).into_generator().into_root_schema_for::<T>()
}

/// Every kind of data file.
pub const KINDS: &[DataKind] = &[
    DataKind {
        name: "index",
        path: "api/v1/index.json",
        operation: "getIndex",
        schema: schema::<index::Index<'static>>,
    },
    DataKind {
        name: "certifications",
        path: "api/v1/certifications/index.json",
        operation: "listCertifications",
        schema: schema::<certification::List<'static>>,
    },
    DataKind {
        name: "certification",
        path: "api/v1/certifications/{certification}.json",
        operation: "getCertification",
        schema: schema::<certification::Facts<'static>>,
    },
    DataKind {
        name: "report",
        path: "api/v1/certifications/{certification}/report.json",
        operation: "getReport",
        schema: schema::<report::Report<'static>>,
    },
    DataKind {
        name: "frameworks",
        path: "api/v1/frameworks/index.json",
        operation: "listFrameworks",
        schema: schema::<framework::List<'static>>,
    },
    DataKind {
        name: "framework",
        path: "api/v1/frameworks/{framework}/index.json",
        operation: "getFramework",
        schema: schema::<framework::Facts<'static>>,
    },
    DataKind {
        name: "lineage",
        path: "api/v1/frameworks/{framework}/lineage.json",
        operation: "getLineage",
        schema: schema::<lineage::Lineage<'static>>,
    },
    DataKind {
        name: "release",
        path: "api/v1/frameworks/{framework}/releases/{release}.json",
        operation: "getRelease",
        schema: schema::<framework::ReleaseFacts<'static>>,
    },
    DataKind {
        name: "organizations",
        path: "api/v1/organizations/index.json",
        operation: "listOrganizations",
        schema: schema::<organization::List<'static>>,
    },
    DataKind {
        name: "organization",
        path: "api/v1/organizations/{organization}.json",
        operation: "getOrganization",
        schema: schema::<organization::Facts<'static>>,
    },
    DataKind {
        name: "crosswalks",
        path: "api/v1/crosswalks/index.json",
        operation: "listCrosswalks",
        schema: schema::<crosswalk::List<'static>>,
    },
    DataKind {
        name: "crosswalk",
        path: "api/v1/crosswalks/{crosswalk}.json",
        operation: "getCrosswalk",
        schema: schema::<crosswalk::Facts<'static>>,
    },
    DataKind {
        name: "diagnostics",
        path: "api/v1/diagnostics.json",
        operation: "getDiagnostics",
        schema: schema::<findings::Diagnostics<'static>>,
    },
];

/// The schemas of all kinds, in their order: they are the same for every site.
static SCHEMAS: LazyLock<Vec<Value>> =
    LazyLock::new(|| KINDS.iter().map(|kind| (kind.schema)().to_value()).collect());

/// The JSON Schema of a kind (draft 2020-12), by its place in [`KINDS`].
pub fn of_kind(kind: usize) -> &'static Value {
    &SCHEMAS[kind]
}

/// What the parts in braces stand for.
const PARTS: &[(&str, &str)] = &[
    ("certification", "The id of a certification, from the list of certifications."),
    ("framework", "The id of a framework, from the list of frameworks."),
    ("release", "A version as addresses have it; the framework's own file has the address of each."),
    ("organization", "The id of an organization, from the list of organizations."),
    ("crosswalk", "The id of a crosswalk, from the list of crosswalks."),
];

/// The interface as an OpenAPI 3.1 description for a site.
pub(super) fn openapi(site: &str, title: &str) -> Value {
    let paths: Map<String, Value> =
        KINDS.iter().map(|kind| (format!("/{}", kind.path), path(kind))).collect();
    let schemas: Map<String, Value> =
        KINDS.iter().zip(&*SCHEMAS).map(|(kind, schema)| (kind.name.to_owned(), schema.clone())).collect();
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": title,
            "summary": "The facts of this catalogue as static files.",
            "description": "Every file is read with GET, without a key. A value that is absent is `null`, and its description says why; a list without entries is empty; a number is never a stand-in. Files of this version may say more one day and will not say less.",
            "version": VERSION,
        },
        "servers": [{ "url": site }],
        "paths": paths,
        "components": { "schemas": nested(schemas) },
    })
}

fn path(kind: &DataKind) -> Value {
    let parameters: Vec<Value> = PARTS
        .iter()
        .filter(|(name, _)| kind.path.contains(&format!("{{{name}}}")))
        .map(|(name, says)| {
            json!({
                "name": name, "in": "path", "required": true, "description": says,
                "schema": { "type": "string" },
            })
        })
        .collect();
    let schema = SCHEMAS[KINDS.iter().position(|other| other.name == kind.name).unwrap_or_default()].clone();
    let says = schema["description"].clone();
    let mut responses = json!({
        "200": {
            "description": says,
            "content": {
                "application/json": { "schema": { "$ref": format!("#/components/schemas/{}", kind.name) } },
            },
        },
    });
    if !parameters.is_empty() {
        responses["404"] = json!({ "description": "There is no such file." });
    }
    let mut get = json!({ "operationId": kind.operation, "summary": says, "responses": responses });
    if !parameters.is_empty() {
        get["parameters"] = json!(parameters);
    }
    json!({ "get": get })
}

/// Schemas inside another document: what each refers to stays within it.
fn nested(schemas: Map<String, Value>) -> Value {
    fn rebase(value: &mut Value, name: &str) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(reference)) = map.get_mut("$ref")
                    && let Some(inner) = reference.strip_prefix("#/$defs/")
                {
                    *reference = format!("#/components/schemas/{name}/$defs/{inner}");
                }
                map.values_mut().for_each(|inner| rebase(inner, name));
            }
            Value::Array(items) => items.iter_mut().for_each(|inner| rebase(inner, name)),
            _ => {}
        }
    }
    let nested = schemas.into_iter().map(|(name, mut schema)| {
        rebase(&mut schema, &name);
        if let Value::Object(schema) = &mut schema {
            schema.remove("$schema");
        }
        (name, schema)
    });
    Value::Object(nested.collect())
}
