//! What the tables of a framework consist of, as metadata of CSV on the Web beside them.
//!
//! In come a framework and the lists of columns, out goes a description of its tables: names, headings in the language of the site, and what fields are.
//! An empty field is an absence in every column, and no description says more than its table keeps.

use serde_json::{Value as Json, json};

use super::columns::{Column, Datatype, ELEMENTS, HISTORIES, RESULTS};
use crate::catalogue::FrameworkIx;
use crate::pages::Context;
use crate::route::{self, Route};
use crate::words::Words;

/// The tables of a framework: its results, its histories, and the elements of each release.
pub(super) fn of_framework(context: &Context, index: FrameworkIx) -> Json {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let framework = catalogue.framework(index);
    let folder = Route::Framework(index).folder(catalogue);
    let name = framework.record.name.as_str();
    let below = |path: &str| path.strip_prefix(&folder).unwrap_or(path).to_owned();
    let results = route::results_files(catalogue, index).into_iter().map(|file| {
        let title = words.fill("sheet.results", &[("framework", name), ("part", "")]);
        table(words, (&below(&file), &title), RESULTS)
    });
    let mut tables: Vec<Json> = results.collect();
    let title = words.fill("sheet.histories", &[("framework", name)]);
    tables.push(table(words, (route::HISTORIES, &title), HISTORIES));
    tables.extend((0..framework.releases.len()).map(|release| {
        let file = format!("{}{}", Route::Release(index, release).folder(catalogue), route::ELEMENTS);
        of_elements(context, (index, release), &below(&file))
    }));
    whole(words, json!({ "tables": tables }))
}

/// The table of a release, for whoever has its address alone.
pub(super) fn of_release(context: &Context, index: FrameworkIx, release: usize) -> Json {
    whole(&context.words, of_elements(context, (index, release), route::ELEMENTS))
}

fn of_elements(context: &Context, (index, release): (FrameworkIx, usize), url: &str) -> Json {
    let framework = context.catalogue.framework(index);
    let version = &framework.record.releases[release].version.value;
    let title = format!("{} {version}: {}", framework.record.name, context.words.get("sheet.elements"));
    let mut table = table(&context.words, (url, &title), ELEMENTS);
    table["tableSchema"]["primaryKey"] = "element".into();
    table
}

fn table(words: &Words, (url, title): (&str, &str), columns: &[Column]) -> Json {
    let columns: Vec<Json> = columns.iter().map(|column| described(words, *column)).collect();
    json!({ "url": url, "dc:title": title, "tableSchema": { "columns": columns } })
}

fn described(words: &Words, column: Column) -> Json {
    let heading = words.get(column.heading);
    let mut described = json!({ "name": column.name, "titles": heading });
    described["datatype"] = match column.datatype {
        Datatype::Text | Datatype::Keys => json!("string"),
        Datatype::Decimal => json!("decimal"),
        Datatype::Count => json!("nonNegativeInteger"),
        Datatype::PartialDate => json!({ "base": "string", "format": "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?" }),
        Datatype::Flag => json!({ "base": "boolean", "format": "1|0" }),
        Datatype::Address => json!("anyURI"),
    };
    if column.datatype == Datatype::Keys {
        described["separator"] = " ".into();
    }
    described
}

/// The description as a document, with what is true of all tables.
fn whole(words: &Words, mut description: Json) -> Json {
    description["@context"] = json!(["http://www.w3.org/ns/csvw", { "@language": words.language() }]);
    description["dialect"] = json!({ "lineTerminators": ["\r\n"] });
    description
}
