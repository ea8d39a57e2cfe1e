//! What a change means: in come two small catalogues, out go the comparison and its story in each format.
//!
//! Both sides go through the one build. What is promised of every change stands in the laws.

mod inert;
mod laws;
mod markdown;
mod program;

use certalog::build::{self, BuildOptions};
use certalog::diff::{Diff, Side, between};
use certalog::report::human::Paint;
use certalog::report::meaning::{Sides, Story, json, markdown as comment, terminal};
use certalog::sources::Sources;
use certalog::stage::Unwatched;
use snapbox::{IntoData as _, assert_data_eq, str};

use crate::harness::Fixture;

const CARE_DESK: &str = "content/certifications/example-care-desk-3.2/certification.md";
const FRAMEWORK: &str = "content/frameworks/service-map/framework.toml";
const ELEMENTS: &str = "content/frameworks/service-map/elements";

/// A fixture as a side; with other sources in place of its own, if any.
fn side_of(fixture: &Fixture, sources: Option<Sources>) -> Side {
    let options = BuildOptions { as_of: fixture.as_of, base_url: None, language: None };
    build::side(&sources.unwrap_or_else(|| fixture.sources()), Vec::new(), &options, &Unwatched)
}

fn diff(before: &Fixture, after: &Fixture) -> Diff {
    between(&side_of(before, None), &side_of(after, None))
}

fn sides() -> Sides {
    Sides { before: "main (1a2b3c4)".to_owned(), after: "this folder".to_owned() }
}

fn told(diff: &Diff) -> String {
    terminal::render(&Story::of(diff, sides()), Paint::Plain)
}

/// The lines of the short story, as a comment has them.
fn brief(before: &Fixture, after: &Fixture) -> Vec<String> {
    let text = told(&diff(before, after));
    let lines = text.split("\n\n").nth(1).unwrap_or_default().lines();
    lines.map(|line| line.trim().to_owned()).collect()
}

/// What a pull request typically does, in one.
fn usual_edits() -> (Fixture, Fixture) {
    let before = Fixture::starter();
    let after = before
        .clone()
        .edit(CARE_DESK, "score = 4.5\n", "score = 4\n")
        .edit(
            CARE_DESK,
            "element = \"1.3\"\noutcome = \"not-submitted\"",
            "element = \"1.3\"\nscore = 3.5\ncomment = \"Handed in late.\"",
        )
        .edit(CARE_DESK, "completed = \"2026-03\" ", "completed = \"2025-03\"\nvalid = { to = \"2025-12\" } ")
        .edit(
            &format!("{ELEMENTS}/customer/record-contact.md"),
            "name = \"Record Contact\"",
            "name = \"Record Customer Contact\"",
        )
        .with("content/organizations/example-labs.toml", "name = \"Example Labs\"\n")
        .with("content/pages/imprint.md", "+++\ntitle = \"Imprint\"\n+++\nWho answers for this catalogue.\n");
    (before, after)
}

#[test]
fn the_usual_edits_are_told() {
    let (before, after) = usual_edits();
    assert_data_eq!(told(&diff(&before, &after)), str![[r#"
main (1a2b3c4) → this folder

  Example Care Desk 3.2 (Example Networks, Service Map 2.0): 1.2 4.5 → 4; 1.3 not submitted → 3.5; status no end published → expired; mean 4.17 → 3.88; assessed 3 → 4; not submitted 2 → 1; the coverage of 1 parent moves; 3 other facts changed
  1 element changed: 1.2 Record Customer Contact
  1 organization added: Example Labs
  1 text page added: Imprint
  Findings: 2 new warnings.
  Pages: 23 changed, 2 new.

Example Care Desk 3.2 (Example Networks, Service Map 2.0)
  result                       before                after                 besides
  1.2 Record Customer Contact  4.5 Partly supported  4 Partly supported
  1.3 Resolve Complaint        not submitted         3.5 Partly supported  comment: added: Handed in late.
  figure                before            after
  assessed              3                 4
  assessed in Customer  2                 3
  coverage of 1         2/3               3/3
  mean                  4.17              3.88
  mean in Customer      4.75              4.17
  not submitted         2                 1
  rated partial         2                 3
  status                no end published  expired
  completed: 2026-03 → 2025-03
  valid: added: to = 2025-12

Elements
  1.2 Record Customer Contact, service-map/record-contact: name: Record Contact → Record Customer Contact

Organizations
  Example Labs, example-labs: new

Text pages
  Imprint, imprint: new

Totals
  of        count          before  after
  the site  organizations  1       2

Addresses
  /imprint/: new
  /organizations/example-labs/: new

Findings
  new warning: lapsed-validity in content/certifications/example-care-desk-3.2/certification.md:11: the certification was valid until December 2025
  new warning: coverage-differs in content/certifications/example-care-desk-3.2/certification.md:25: the source states 2/3 for `Customer Care`, and the rows and the release give 3/3

Files of the site
  certifications/by/domain/service-map/customer/index.html
  certifications/by/domain/service-map/service/index.html
  certifications/example-care-desk-3.2/embed/index.html
  certifications/example-care-desk-3.2/index.html
  certifications/index.html
  frameworks/service-map/2.0/changes/index.html
  frameworks/service-map/2.0/index.html
  frameworks/service-map/2.0/matrix/customer/index.html
  frameworks/service-map/2.0/matrix/service/index.html
  frameworks/service-map/index.html
  frameworks/service-map/matrix/customer/index.html
  frameworks/service-map/matrix/service/index.html
  frameworks/service-map/process/activate-service/index.html
  frameworks/service-map/process/answer-enquiry/index.html
  frameworks/service-map/process/customer-care/index.html
  frameworks/service-map/process/record-contact/index.html
  frameworks/service-map/process/resolve-complaint/index.html
  frameworks/service-map/process/restore-service/index.html
  frameworks/service-map/process/service-operation/index.html
  index.html
  organizations/example-networks/index.html
  organizations/index.html
  search/index.html
  imprint/index.html: new
  organizations/example-labs/index.html: new
  and 60 files of tables, data and documents

"#]].raw());
}

#[test]
fn nothing_and_layout_are_told_as_such() {
    let before = Fixture::starter();
    assert_eq!(brief(&before, &before), ["Nothing differs."]);
    let after = before.clone().edit(CARE_DESK, "score = 4.5\n", "score = 4.50   # as printed\n");
    let difference = diff(&before, &after);
    assert!(difference.is_only_layout());
    assert_eq!(
        brief(&before, &after),
        [format!("Only the layout of 1 file changed, and no fact: {CARE_DESK}")]
    );
}

#[test]
fn a_renamed_record_is_followed_and_its_address_is_accounted_for() {
    let before = Fixture::starter()
        .with("README.md", "")
        .edit("content/index.md", "[[example-care-desk-3.2]]", "a product")
        .with("content/certifications/example-care-desk-3.2/report.pdf", b"%PDF");
    let moved = |text: &str| {
        let mut after = Fixture::new("=== README.md\n");
        for (path, bytes) in before.contents() {
            after = after.with(&path.replace("example-care-desk-3.2", "care-desk"), bytes);
        }
        after.edit(
            "content/certifications/care-desk/certification.md",
            "product =",
            &format!("{text}product ="),
        )
    };
    let lost = diff(&before, &moved(""));
    assert_eq!(lost.records.len(), 2, "{:#?}", lost.records);
    assert!(lost.records.iter().all(|record| record.is_renamed() && record.changes.is_empty()));
    assert!(lost.results.is_empty() && lost.figures.is_empty());
    assert_eq!(
        brief(&before, &moved("")),
        [
            "3 addresses vanish, and no alias leads on from there: /certifications/example-care-desk-3.2/, /certifications/example-care-desk-3.2/embed/, /certifications/example-care-desk-3.2/report.pdf",
            "1 certification with another id: example-care-desk-3.2 → care-desk",
            "1 file with another id: content/certifications/example-care-desk-3.2/report.pdf → content/certifications/care-desk/report.pdf",
            "Pages: 19 changed, 2 new, 2 gone."
        ]
    );
    let kept = diff(&before, &moved("aliases = [\"certifications/example-care-desk-3.2/\"]\n"));
    let lost: Vec<_> = kept
        .addresses
        .iter()
        .filter(|change| change.is_lost())
        .map(|change| change.address.as_str())
        .collect();
    assert_eq!(
        lost,
        ["/certifications/example-care-desk-3.2/embed/", "/certifications/example-care-desk-3.2/report.pdf"]
    );
    assert!(
        told(&kept)
            .contains("/certifications/example-care-desk-3.2/: now leads to /certifications/care-desk/")
    );
}

#[test]
fn a_scale_that_changes_moves_the_ratings_of_results_whose_records_stay() {
    let before = Fixture::starter();
    let after = before.clone().edit(FRAMEWORK, "from = 0.5\n", "from = 4.6\n");
    let difference = diff(&before, &after);
    let moved: Vec<_> = difference.results.iter().map(|result| result.row.as_str()).collect();
    assert_eq!(moved, ["1.2", "2.1"]);
    assert!(brief(&before, &after).iter().any(|line| line.starts_with("Example Care Desk 3.2")));
}

#[test]
fn new_errors_come_first_and_silence_about_pages_is_explained() {
    let before = Fixture::starter();
    let after = before.clone().edit(CARE_DESK, "score = 4.5\n", "score = 45\n");
    let text = told(&diff(&before, &after));
    let start: Vec<&str> = text.lines().take(6).collect();
    assert_data_eq!(start.join("\n"), str![[r#"
main (1a2b3c4) → this folder

New errors: this cannot be published
  score-off-scale in content/certifications/example-care-desk-3.2/certification.md:32: the score 45 is not on the scale `score` from 0 to 5

  The new side has errors: it cannot be published, and its pages are not compared.
"#]].raw());
    assert_eq!(diff(&before, &after).pages, None);
    assert!(brief(&after, &before)[0].starts_with("The errors of the old side are gone"));
}

#[test]
fn findings_are_the_same_wherever_their_lines_are() {
    let before = Fixture::starter().edit(CARE_DESK, "product = \"Example", "typo = 1\nproduct = \"Example");
    let after = before.clone().edit(CARE_DESK, "product = \"Example", "\n\n\n\nproduct = \"Example");
    let difference = diff(&before, &after);
    assert!(difference.is_only_layout(), "{difference:#?}");
    let gone = diff(&before, &Fixture::starter());
    assert_eq!((gone.appear.len(), gone.gone.len()), (0, 1));
    assert_eq!(gone.gone[0].code.name(), "unknown-key");
}

#[test]
fn a_document_is_known_by_its_bytes_and_by_its_pointer() {
    let path = "content/certifications/example-care-desk-3.2/report.pdf";
    let document = b"%PDF-1.7";
    let before = Fixture::starter().with(path, document);
    let after = Fixture::starter().with(path, b"%PDF-1.8 and more");
    let told = told(&diff(&before, &after));
    assert!(told.contains(&format!("{path}: other content, 8 → 17 bytes")), "{told}");
    let digest = certalog::diff::fact::digest_of_file(document);
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 8\n");
    let difference = diff(&before, &Fixture::starter().with(path, pointer));
    assert!(difference.is_only_layout(), "{difference:#?}");
}

#[test]
fn rows_in_another_order_are_another_order() {
    let before = Fixture::starter();
    let (first, second) =
        ("[[result]]\nelement = \"1.1\"\nscore = 5\n", "[[result]]\nelement = \"1.2\"\nscore = 4.5\n");
    let after = before.clone().edit(
        CARE_DESK,
        &format!("{first}\n{second}"),
        &format!("{second}comment = \"Contacts by letter are entered by hand.\"\n\n{first}"),
    );
    let after = after.edit(
        CARE_DESK,
        "score = 5\ncomment = \"Contacts by letter are entered by hand.\"\n",
        "score = 5\n",
    );
    let difference = diff(&before, &after);
    assert!(difference.results.is_empty() && !difference.is_only_layout());
    assert!(told(&difference).contains("result: in another order: 1, 1.1, 1.2"), "{}", told(&difference));
}

#[test]
fn everything_is_in_the_data_and_the_data_is_of_the_stated_form() {
    let (before, after) = usual_edits();
    let schema =
        std::fs::read_to_string(crate::harness::repository().join("docs/schemas/diff.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let broken = after.clone().edit(CARE_DESK, "score = 4\n", "score = 45\n");
    for (one, other) in [(&before, &after), (&after, &before), (&before, &before), (&before, &broken)] {
        let data = json::render(&diff(one, other), &sides());
        let data: serde_json::Value = serde_json::from_str(&data).unwrap();
        let mistakes: Vec<_> = schema.iter_errors(&data).map(|mistake| mistake.to_string()).collect();
        assert_eq!(mistakes, Vec::<String>::new());
    }
    let data: serde_json::Value =
        serde_json::from_str(&json::render(&diff(&before, &after), &sides())).unwrap();
    assert_eq!(data["verdict"], "changed");
    assert_eq!(data["results"][0]["before"]["says"], "4.5");
    assert_eq!(data["results"][0]["after"]["says"], "4");
    let comment = comment::render(&Story::of(&diff(&before, &after), sides()), comment::LIMIT);
    assert!(comment.len() < comment::LIMIT);
}

/// The printed examples of docs/diff.md are what is printed; `SNAPSHOTS=overwrite` writes them anew.
#[test]
fn the_examples_of_the_documentation_are_true() {
    let (before, after) = usual_edits();
    let story = Story::of(&diff(&before, &after), sides());
    let path = crate::harness::repository().join("docs/diff.md");
    let mut page = std::fs::read_to_string(&path).unwrap();
    let examples = [
        ("text", terminal::render(&story, Paint::Plain)),
        ("markdown", comment::render(&story, comment::LIMIT)),
    ];
    for (language, printed) in examples {
        let start = page.find(&format!("````{language}\n")).unwrap() + language.len() + "````\n".len();
        let end = start + page[start..].find("````").unwrap();
        if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
            page.replace_range(start..end, &printed);
            std::fs::write(&path, &page).unwrap();
            continue;
        }
        assert_data_eq!(page[start..end].to_owned(), printed.raw());
    }
}
