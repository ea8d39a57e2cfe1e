//! Importing lists of elements: identities, moves and names through the releases.
//!
//! In come lists of one framework, those that certalog publishes among them; out go elements whose lineage says what the lists say.
//! What is concluded is marked as inferred, and what cannot be concluded is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use certalog::build::link_records;
use certalog::catalogue::ElementIx;
use certalog::import::{Delimiter, ElementsOptions, Format, Imported, Vocabulary, elements, read};
use proptest::prelude::*;
use snapbox::{IntoData as _, assert_data_eq, str};

use crate::harness::Fixture;
use crate::import::{
    FRAMEWORK, as_csv, assert_all_rows_are_told, rows_of_cells, said, table, with, with_elements,
};

fn import_elements(fixture: &Fixture, lists: &[(&str, &str)]) -> Imported {
    let tables: Vec<_> = lists
        .iter()
        .map(|(release, text)| {
            let vocabulary = Vocabulary::new(Some("process"), &[]);
            let table =
                read(&format!("{release}.csv"), text.as_bytes(), Format::Csv(None), &vocabulary).unwrap();
            (Some((*release).to_owned()), table)
        })
        .collect();
    let vocabulary = Vocabulary::new(Some("process"), &[]);
    elements(&tables, &vocabulary, &link_records(&fixture.sources()), &ElementsOptions::default()).unwrap()
}

/// Every element of a release with all that holds for it.
fn listed(fixture: &Fixture, release: usize) -> BTreeSet<String> {
    let catalogue = link_records(&fixture.sources());
    let key = |element: ElementIx| catalogue.element(element).record.key.value.clone();
    let members = catalogue.frameworks[0].releases[release].members.iter().map(|member| {
        let state = catalogue.element(*member).in_release(release).unwrap();
        let parents: Vec<String> = state.parents.iter().map(|parent| key(*parent)).collect();
        let domain = catalogue.domain(*member, release);
        format!("{} {} {} {:?} {parents:?} {domain:?}", state.id, key(*member), state.name, state.level)
    });
    members.collect()
}

#[test]
fn lists_of_elements_come_back_with_their_moves() {
    let fixture = Fixture::of_this_repository();
    let built = fixture.build();
    let releases = ["8.0", "12.0", "14.5", "15.0", "15.5", "16.0"];
    let vocabulary = Vocabulary::new(Some("process"), &[]);
    let tables: Vec<_> = releases
        .iter()
        .map(|release| {
            let text = built.text(&format!("frameworks/etom/{release}/elements.csv"));
            (
                Some((*release).to_owned()),
                read(release, text.as_bytes(), Format::Csv(None), &vocabulary).unwrap(),
            )
        })
        .collect();
    let bare = fixture.clone().without("content/frameworks/etom/elements/");
    let imported =
        elements(&tables, &vocabulary, &link_records(&bare.sources()), &ElementsOptions::default()).unwrap();
    assert_all_rows_are_told(&imported);
    assert_eq!(imported.report.lost, []);
    assert_eq!(imported.report.partly, []);
    let again = with(&bare, &imported);
    for (release, version) in releases.iter().enumerate() {
        assert_eq!(listed(&again, release), listed(&fixture, release), "{version}");
    }
}

#[test]
fn moves_are_found_by_original_id_and_by_name_and_marked_as_inferred() {
    let imported = import_elements(
        &Fixture::new(FRAMEWORK),
        &[
            (
                "1",
                "id;name;level;domain;parent\n1;Care;1;customer care;\n1.1;Answer;2;;1\n1.2;Resolve;2;;1\n1.3;Bill;L2;;1\n1.4;Gone;2;;1\n",
            ),
            (
                "2",
                "id;name;level;domain;parent;original id\n1;Care;1;care;;\n2;Billing;1;Money;9;\n1.2;Answer;2;;1;\n\
                 1.7;Settle;2;;1;1.2\n2.1;Bill;2;;2;1.3\n1.4;New;x;;1;\n1.2;Answer;2;;1;\n1.2;Other;2;;1;\n;Nobody;1;;;\n1.9;;1;;;\n",
            ),
        ],
    );
    assert_all_rows_are_told(&imported);
    let text: Vec<String> = imported
        .files
        .iter()
        .map(|file| {
            format!(
                "=== {}
{}
",
                file.path, file.text
            )
        })
        .collect();
    assert_data_eq!(
        text.concat(),
        str![[r#"
=== content/frameworks/map/elements/care.toml
[[element]]
key = "care"
name = "Care"
id = "1"
level = 1
domain = "care"

=== content/frameworks/map/elements/elements.toml
[[element]]
key = "answer"
name = "Answer"
level = 2
parent = "care"

[[element.history]]
release = "1"
change = "addition"
id = "1.1"
basis = "inferred"
note = "Release 1 is the first of which a list was imported."

[[element.history]]
release = "2"
change = "renumbering"
id = "1.2"
basis = "inferred"
note = "Found in the lists of 1 and 2 by its name."

[[element]]
key = "resolve"
name = "Resolve"
level = 2
parent = "care"
original_id = "1.2"
original_release = "1"

[[element.history]]
release = "1"
change = "addition"
id = "1.2"
basis = "inferred"
note = "Release 1 is the first of which a list was imported."

[[element.history]]
release = "2"
change = "renumbering"
id = "1.7"
basis = "inferred"
note = "Found in the lists of 1 and 2 by its original identifier."

[[element.history]]
release = "2"
change = "rename"
name = "Settle"
basis = "inferred"
note = "Found in the lists of 1 and 2 by its original identifier."

[[element]]
key = "bill"
name = "Bill"
level = 2
parent = "care"
original_id = "1.3"
original_release = "1"

[[element.history]]
release = "1"
change = "addition"
id = "1.3"
basis = "inferred"
note = "Release 1 is the first of which a list was imported."

[[element.history]]
release = "2"
change = "renumbering"
id = "2.1"
basis = "inferred"
note = "Found in the lists of 1 and 2 by its original identifier."

[[element.history]]
release = "2"
change = "move"
parent = "billing"
basis = "inferred"
note = "Found in the lists of 1 and 2 by its original identifier."

[[element]]
key = "gone"
name = "Gone"
level = 2
parent = "care"

[[element.history]]
release = "1"
change = "addition"
id = "1.4"
basis = "inferred"
note = "Release 1 is the first of which a list was imported."

[[element.history]]
release = "2"
change = "untraced"
basis = "inferred"
note = "It was not found in the list of release 2."

[[element]]
key = "billing"
name = "Billing"
level = 1

[[element.history]]
release = "2"
change = "addition"
id = "2"
basis = "inferred"
note = "It was not found in the list of release 1."

[[element]]
key = "new"
name = "New"
parent = "care"

[[element.history]]
release = "2"
change = "addition"
id = "1.4"
basis = "inferred"
note = "It was not found in the list of release 1."


"#]]
        .raw()
    );
    let report = &imported.report;
    let told = [("lost", &report.lost), ("partly", &report.partly), ("doubts", &report.doubts)];
    let told: Vec<String> = told.iter().map(|(what, losses)| format!("{what}\n{}", said(losses))).collect();
    assert_data_eq!(
        told.concat(),
        str![[r#"
lost
8: 1.2 | Answer | 2 |  | 1: line 4 has the same id and name
9: 1.2 | Other | 2 |  | 1: `1.2` is `Answer` on line 4; an id means one element in a release
10:  | Nobody | 1: it has no id
11: 1.9 |  | 1: `1.9` has no name
partly
3: Money: the framework has no such domain for `2`; add `[[domain]]` with `id = "money"` and this name to framework.toml, and import again
3: 9: the parent of `2` is named by its id, and no row of this release has that id
7: x: the level of `1.4` is a whole number from 0 to 99
doubts
6: 1.4: `Gone` was not found in release 2: it is untraced from there on; if it is known what became of it, say so
7: 1.4: the id is `Gone` in release 1 and `New` in 2; they are written as two elements, join them if it is a new name only

"#]]
        .raw()
    );
    assert_eq!(with(&Fixture::new(FRAMEWORK), &imported).build().codes(), [] as [&str; 0]);
}

#[test]
fn an_element_that_the_catalogue_has_is_left_alone() {
    let imported = import_elements(
        &with_elements(),
        &[(
            "2",
            "id;name;original id;key\n1.1;Answer;;\n1.2;Solve;;\n7;Another;1.2;\n8;Answer;;\n9;Fresh;;answer\n3;Third;;\n",
        )],
    );
    assert_all_rows_are_told(&imported);
    assert_data_eq!(
        said(&imported.report.lost),
        str![[r#"
2: 1.1 | Answer: the catalogue has it already, as `answer`
3: 1.2 | Solve: `1.2` is `Resolve` in release 2 of the catalogue, as `resolve`
4: 7 | Another | 1.2: it is `resolve` of the catalogue, found by its original identifier; if that is so, add `release = "2"`, `change = "renumbering"`, `id = "7"` and `basis = "inferred"` to its history
5: 8 | Answer: it is `answer` of the catalogue, found by its name; if that is so, add `release = "2"`, `change = "renumbering"`, `id = "8"` and `basis = "inferred"` to its history
6: 9 | Fresh |  | answer: it is `answer` of the catalogue, found by its key; if that is so, add `release = "2"`, `change = "renumbering"`, `id = "9"` and `basis = "inferred"` to its history

"#]]
        .raw()
    );
    assert_eq!(imported.files.len(), 1);
    assert!(imported.files[0].text.starts_with("[[element]]\nkey = \"third\"\n"));
}

#[test]
fn large_tables_are_read_in_time_that_grows_with_them() {
    let mut text = String::from("id,name,level,parent,description\n");
    for number in 0..50_000 {
        let description = if number % 1000 == 0 { "long ".repeat(2000) } else { String::new() };
        let group = number / 100;
        writeln!(text, "{group}.{},Name {number},2,{group}.0,{description}", number % 100).unwrap();
    }
    let imported = import_elements(&Fixture::new(FRAMEWORK), &[("1", &text), ("2", &text)]);
    assert_all_rows_are_told(&imported);
    assert_eq!(imported.report.written, 100_000);
    assert!(imported.files.len() > 1 && imported.files.iter().all(|file| file.text.len() < 4 << 20));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_row_of_a_list_is_in_the_lineage_or_reported(first in rows_of_cells(), second in rows_of_cells()) {
        let headings = ["id", "name", "level", "parent", "original id", "domain", "description"];
        let fixture = Fixture::new(FRAMEWORK);
        // a list without any element says nothing of its release
        let with_one = |rows: Vec<Vec<String>>| [rows, vec![vec!["z".to_owned(), "Z".to_owned()]]].concat();
        let ((one, count), (two, more)) =
            (as_csv(&headings, &with_one(first)), as_csv(&headings, &with_one(second)));
        let imported = import_elements(&fixture, &[("1", &one), ("2", &two)]);
        let report = &imported.report;
        prop_assert_eq!(report.rows, count + more);
        prop_assert_eq!(report.rows, report.written + report.lost.len());
        let catalogue = link_records(&with(&fixture, &imported).sources());
        let mut states: BTreeMap<usize, Vec<(String, String)>> = BTreeMap::new();
        for release in 0..2 {
            for element in &catalogue.frameworks[0].elements {
                if let Ok(state) = catalogue.element(*element).in_release(release) {
                    states.entry(release).or_default().push((state.id.clone(), state.name.clone()));
                }
            }
        }
        prop_assert_eq!(states.values().map(Vec::len).sum::<usize>(), report.written, "{:?}", states);
        for (release, text) in [(0, &one), (1, &two)] {
            let table = table(text.as_bytes(), Format::Csv(Some(Delimiter::Comma))).unwrap();
            let file = format!("{}.csv", release + 1);
            for row in &table.rows {
                let (id, name) = (row.cells[0].trim().to_owned(), row.cells[1].trim().to_owned());
                let is_lost = report.lost.iter().any(|loss| loss.file == file && loss.line == row.line);
                let is_written = states.get(&release).is_some_and(|states| states.contains(&(id, name)));
                prop_assert!(is_lost || is_written, "{row:?}");
            }
        }
    }
}
