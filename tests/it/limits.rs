//! Limits hold where they are set, name themselves when they are passed, and never let a build run away.
//!
//! In come catalogues with settings in `site.toml`, out go findings, and what is read and shown within the limits.
//! Each limit is passed by as little as it can be, so that the boundary itself is tested.

use std::fs;

use certalog::build::{BuildOptions, Builder};
use certalog::limits::{Limits, SETTINGS};
use certalog::sources::Sources;

use crate::harness::{Built, Fixture, repository};

const ORGANIZATION: &str = "content/organizations/example-networks.toml";
const PAGE: &str = "content/pages/about.md";

/// The starting catalogue with settings.
fn with(settings: &str) -> Fixture {
    let fixture = Fixture::starter();
    let site = fixture.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
    fixture.with("site.toml", format!("{site}\n[limits]\n{settings}\n"))
}

fn page(text: &str) -> String {
    format!("+++\ntitle = \"About\"\n+++\n{text}\n")
}

#[track_caller]
fn check(built: &Built, codes: &[&str], setting: &str) {
    assert_eq!(built.codes(), codes, "{setting}: {}", built.report());
    if !codes.is_empty() {
        let said = built.build.diagnostics.iter().map(|one| one.diagnostic.help.clone().unwrap_or_default());
        assert!(said.into_iter().any(|help| help.contains(&format!("`{setting}`"))), "{}", built.report());
    }
}

#[test]
fn every_limit_has_a_default_below_its_bound_and_is_documented() {
    let reference = fs::read_to_string(repository().join("docs/record-format.md")).unwrap();
    for setting in SETTINGS {
        assert!(setting.default < setting.most, "{}", setting.name);
        assert_eq!(setting.example.replace('_', ""), setting.most.to_string());
        assert!(reference.contains(&format!("| `{}` |", setting.name)), "{}", setting.name);
    }
}

/// A result is a row of its certification and no record of its own: with sixty rows each, ten thousand certifications are measured.
#[test]
fn records_are_counted_without_their_results() {
    let starter = Fixture::starter();
    let (built, pages) =
        (starter.build(), starter.texts().filter(|(path, _)| path.starts_with("content/pages/")));
    let counts = built.build.counts;
    let records = counts.organizations + counts.certifications + counts.elements + pages.count();
    check(&with(&format!("records = {records}")).build(), &[], "records");
    check(&with(&format!("records = {}", records - 1)).build(), &["too-many"], "records");
    assert!(Limits::default().records >= 50_000 && Limits::default().files >= 50_000);
}

#[test]
fn a_setting_counts_up_to_its_bound_and_no_further() {
    for setting in SETTINGS {
        let stated = |value: u64| {
            let text = format!("[limits]\n{} = {value}\n", setting.name);
            Limits::default().stated(&text) != Limits::default()
        };
        assert!(stated(setting.most) && stated(1), "{}", setting.name);
        assert!(!stated(setting.most + 1) && !stated(0), "{}", setting.name);
        let built = with(&format!("{} = {}", setting.name, setting.most + 1)).build();
        assert_eq!(built.codes(), ["invalid-value"], "{}", setting.name);
    }
    assert_eq!(with("text = \"long\"").build().codes(), ["wrong-type"]);
    assert_eq!(with("texts = 5").build().codes(), ["unknown-key"]);
}

#[test]
fn lengths_are_limited() {
    let name = |length: usize| format!("name = \"{}\"\n", "é".repeat(length));
    check(&with("").with(ORGANIZATION, name(200)).build(), &[], "text");
    check(&with("").with(ORGANIZATION, name(201)).build(), &["value-too-long"], "text");
    check(&with("text = 201").with(ORGANIZATION, name(201)).build(), &[], "text");
    let reason = |length: usize| {
        let reason = "a".repeat(length);
        format!("name = \"Example\"\n[[waiver]]\ncode = \"look-alike\"\nreason = \"{reason}\"\n")
    };
    assert_eq!(with("").with(ORGANIZATION, reason(4000)).build().codes(), ["unused-waiver"]);
    let built = with("").with(ORGANIZATION, reason(4001)).build();
    check(&built, &["value-too-long", "unused-waiver"], "long_text");
    let address = |length: usize| {
        let address = format!("https://example.org/{}", "a".repeat(length - 20));
        format!("name = \"Example\"\nurl = \"{address}\"\n")
    };
    check(&with("").with(ORGANIZATION, address(2048)).build(), &[], "address");
    check(&with("").with(ORGANIZATION, address(2049)).build(), &["forbidden-address"], "address");
    check(&with("address = 2_049").with(ORGANIZATION, address(2049)).build(), &[], "address");
    let link = |length: usize| page(&format!("[a](https://example.org/{})", "a".repeat(length - 20)));
    check(&with("").with(PAGE, link(2048)).build(), &[], "address");
    check(&with("").with(PAGE, link(2049)).build(), &["forbidden-address"], "address");
}

#[test]
fn depths_are_limited() {
    let nested = |depth: usize| {
        format!("name = \"Example\"\nnot_a_key = {}1{}\n", "[".repeat(depth), "]".repeat(depth))
    };
    assert_eq!(with("").with(ORGANIZATION, nested(16)).build().codes(), ["unknown-key"]);
    let deeper = with("").with(ORGANIZATION, nested(17)).build();
    check(&deeper, &["nesting-too-deep"], "toml_nesting");
    let raised = with("toml_nesting = 17").with(ORGANIZATION, nested(17)).build();
    assert_eq!(raised.codes(), ["unknown-key"]);
    // However a table comes to stand in another.
    let headers: Vec<_> = (1..=40).map(|depth| format!("[{}]\n", vec!["a"; depth].join("."))).collect();
    let dotted = format!("{}b = 1\n", "a.".repeat(40));
    for deep in [headers.concat(), dotted, format!("[{}]\n", vec!["a"; 5000].join("."))] {
        let built = with("").with(ORGANIZATION, format!("name = \"Example\"\n{deep}")).build();
        let is_refused = built.codes().iter().any(|code| ["nesting-too-deep", "invalid-toml"].contains(code));
        assert!(is_refused, "{}: {}", &deep[..40], built.report());
    }
    let quotes = |depth: usize| page(&format!("{}deep", "> ".repeat(depth)));
    check(&with("").with(PAGE, quotes(63)).build(), &[], "nesting");
    check(&with("").with(PAGE, quotes(64)).build(), &["nesting-too-deep"], "nesting");
    check(&with("nesting = 65").with(PAGE, quotes(64)).build(), &[], "nesting");
}

#[test]
fn what_a_text_becomes_is_limited() {
    let row = format!("{}|\n{}|\n{}", "|a".repeat(700), "|-".repeat(700), "|b\n".repeat(600));
    check(&with("").with(PAGE, page(&row)).build(), &["text-too-large"], "page_bytes");
    let words = page(&"word ".repeat(20_000));
    check(&with("page_bytes = 90_000").with(PAGE, &words).build(), &["text-too-large"], "page_bytes");
    check(&with("page_bytes = 110_000").with(PAGE, &words).build(), &[], "page_bytes");
    let coloured = |settings: &str, code: &str| {
        let built = with(settings).with(PAGE, page(&format!("```toml\n{code}\n```"))).build();
        built.text("about/index.html").contains("class=\"hl-")
    };
    let line = format!("a = \"{}\"", "b".repeat(1994));
    assert_eq!(line.len(), 2000);
    assert!(coloured("", &line));
    assert!(!coloured("", &format!("{line}#")));
    assert!(coloured("coloured_line = 2_001", &format!("{line}#")));
    // The block counts with the end of its line.
    assert!(coloured("coloured_block = 8", "a = \"b\""));
    assert!(!coloured("coloured_block = 7", "a = \"b\""));
}

#[test]
fn a_setting_holds_for_the_reading_of_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let read = || {
        let (sources, found) = Sources::read(folder.path(), &Limits::default()).unwrap();
        let told = found.into_iter().map(|one| {
            let help = one.help.unwrap_or_default();
            assert!(help.contains("under `[limits]` in `site.toml`"), "{help}");
            format!("{}: {}: {}", sources.path(one.place.file), one.code.name(), one.message)
        });
        (sources.len(), told.collect::<Vec<_>>())
    };
    let site = "title = \"T\"\nbase_url = \"https://example.org/\"\n";
    write("content/pages/a.md", &page("A"));
    write("content/pages/b.md", &page(&"b".repeat(100)));
    write("content/pages/c.md", &page("C"));
    write("site.toml", site);
    assert_eq!(read(), (4, vec![]));
    write("site.toml", &format!("{site}[limits]\nrecord_bytes = 100\n"));
    let expected = "content/pages/b.md: file-too-large: the file has 125 bytes, and a record, text or drawing may have 100 bytes";
    assert_eq!(read(), (4, vec![expected.to_owned()]));
    write("site.toml", &format!("{site}[limits]\nfiles = 3\n"));
    let expected =
        "content/pages/c.md: too-many: the catalogue has more than 3 files; from this one on, none is read";
    assert_eq!(read(), (4, vec![expected.to_owned()]));
    write("site.toml", &format!("{site}[limits]\nfiles = 4\n"));
    assert_eq!(read(), (4, vec![]));
}

#[test]
fn other_limits_are_not_forgotten_by_a_builder_that_remembers() {
    let mut builder = Builder::default();
    let mut codes = |settings: &str| {
        let fixture = with(settings).with(ORGANIZATION, "name = \"Example Networks\"\n");
        let options = BuildOptions { as_of: fixture.as_of, base_url: None, language: None };
        let built = builder.build(&fixture.sources(), Vec::new(), &options);
        built.diagnostics.iter().map(|one| one.diagnostic.code.name()).next()
    };
    assert_eq!(codes("marks = 8\ntext = 200"), None);
    assert_eq!(codes("marks = 8\ntext = 15"), Some("value-too-long"));
    assert_eq!(codes("marks = 8\ntext = 200"), None);
}

#[test]
fn a_report_shows_as_many_findings_as_it_may_and_counts_the_rest() {
    let keys: Vec<_> = (0..150).map(|at| format!("no_key_{at} = 1\n")).collect();
    let record = format!("name = \"Example\"\n{}", keys.concat());
    let shown = |settings: &str| {
        let report = with(settings).with(ORGANIZATION, &record).build().short_report();
        (report.matches("[unknown-key]").count(), report)
    };
    let (count, report) = shown("");
    assert_eq!(count, 100);
    assert!(report.contains("and 50 more findings") && report.contains("150 warnings"), "{report}");
    assert_eq!(shown("findings_of_file = 150").0, 150);
    assert_eq!(shown("findings = 20").0, 20);
}
