//! Repairs: they keep the facts, they end, and they touch nothing else.

use std::collections::BTreeMap;
use std::fs;

use certalog::build::BuildOptions;
use certalog::diagnostic::Severity;
use certalog::publish::{Rewrite, RewriteError, rewrite};
use certalog::repair::{Repaired, is_certain, repair};
use certalog::sources::Sources;
use proptest::prelude::*;
use snapbox::{IntoData as _, assert_data_eq, str};

use crate::cli::{folder, run, status, write};
use crate::harness::{Built, Fixture, files_below};
use crate::properties::{catalogue, edited};

fn repaired(fixture: &Fixture, sources: &Sources) -> Repaired {
    let options = BuildOptions { as_of: fixture.as_of, base_url: None, language: None };
    repair(sources, &[], &options)
}

/// The facts that the site gives to programs, by address, without the findings, which a repair is to change; nothing where there is no site.
fn facts(built: &Built) -> BTreeMap<String, Vec<u8>> {
    let files = built.build.site.iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec()));
    let is_fact = |path: &str| path.starts_with("api/") && path != "api/v1/diagnostics.json";
    files.filter(|(path, _)| is_fact(path)).collect()
}

fn check_laws(fixture: &Fixture, sources: &Sources) -> Result<(), TestCaseError> {
    let before = fixture.build_of(sources.clone(), Vec::new());
    let once = repaired(fixture, sources);
    let left = once.build.diagnostics.iter().filter(|finding| is_certain(finding)).count();
    prop_assert_eq!(left, 0, "{:?}", once.build.diagnostics);
    let again = repaired(fixture, &once.sources);
    prop_assert!(again.mended.is_empty() && again.files.is_empty(), "{:?}", again.mended);
    let after = fixture.build_of(once.sources, Vec::new());
    if before.build.diagnostics.iter().all(|finding| finding.severity < Severity::Error) {
        prop_assert!(facts(&before) == facts(&after), "a fact has changed: {:?}", once.mended);
    }
    for (path, (old, new)) in &once.files {
        prop_assert!(old != new, "{path} is said to have changed");
    }
    Ok(())
}

#[test]
fn every_catalogue_of_a_diagnostic_keeps_the_laws() {
    for path in
        files_below("tests/diagnostics").iter().filter(|path| path.extension().is_some_and(|e| e == "txt"))
    {
        let fixture = Fixture::new(&fs::read_to_string(path).unwrap());
        check_laws(&fixture, &fixture.sources())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_keep_the_laws(edits in edited()) {
        let (fixture, sources) = catalogue(&edits);
        check_laws(&fixture, &sources)?;
    }
}

/// A certification with its lines as they are written and as they are to become.
#[track_caller]
fn check_lines(cases: &[(&str, &str)]) {
    let (written, wanted): (Vec<_>, Vec<_>) = cases.iter().copied().unzip();
    let path = "content/certifications/example-crm-1/certification.toml";
    let record = |lines: &[&str]| format!("# comments  stay\r\nframework = \"fw\"\n{}\n", lines.join("\n"));
    let fixture = Fixture::new(
        "=== site.toml\ntitle = \"Test\"\nbase_url = \"https://example.org/\"\n\
         === content/frameworks/fw/framework.toml\nname = \"Framework\"\n[[release]]\nversion = \"16.0\"\n\
         [[scale]]\nid = \"score\"\nmin = 0\nmax = 5\nstep = 0.1\n[[scale.rating]]\nlabel = \"Good\"\nfrom = 1\ntone = \"full\"\n\
         === content/frameworks/fw/elements/list.toml\n[[element]]\nkey = \"a\"\nname = \"A\"\nid = \"1.1\"\n\
         === content/organizations/example.toml\nname = \"Example\"\n",
    );
    let fixture = fixture.with(path, record(&written));
    let repaired = repaired(&fixture, &fixture.sources());
    let text = |sources: &Sources| sources.text(sources.find(path).unwrap()).to_owned();
    assert_eq!(text(&repaired.sources), record(&wanted));
}

#[test]
fn what_means_one_thing_is_written_as_it_is_read() {
    check_lines(&[
        ("organization = \"Example\" # as it is called", "organization = \"example\" # as it is called"),
        ("product = “Example CRM”", "product = \"Example CRM\""),
        ("version = 1.0", "version = \"1.0\""),
        ("release = 16.0   # a number", "release = \"16.0\"   # a number"),
        ("completed = 2017-02", "completed = \"2017-02\""),
        (
            "valid = { from = \"14.02.2017\", to = \"2030/2\" }",
            "valid = { from = \"2017-02-14\", to = \"2030-02\" }",
        ),
        ("assurance = \"Self assessed\"", "assurance = \"self-assessed\""),
        ("scale = score", "scale = \"score\""),
        ("[[result]]", "[[result]]"),
        ("element = 1.1", "element = \"1.1\""),
        ("score = 4,4", "score = 4.4"),
        ("coverage = \"[1/2]\"", "coverage = \"1/2\""),
    ]);
    check_lines(&[
        ("organization = \"example\"", "organization = \"example\""),
        ("product = \"P\"", "product = \"P\""),
        ("release = \"16.0\"", "release = \"16.0\""),
        ("[[result]]", "[[result]]"),
        ("element = \"1.1\"", "element = \"1.1\""),
        ("score = \"4,40\"", "score = 4.40"),
    ]);
}

#[test]
fn what_could_mean_something_else_is_left_to_a_person() {
    for line in [
        "completed = \"02/03/2017\"",
        "completed = \"2017-02-30\"",
        "assurance = \"self-asessed\"",
        "assurrance = \"reviewed\"",
        "product = \"Not closed",
        "version = 0x10",
        "suite = a # b",
        "[[result]]\nelement = \"1.1\"\nscore = 4,400",
        "[[result]]\nelement = \"1.2\"\nscore = 4",
    ] {
        let lines = ["organization = \"example\"", "release = \"16.0\"", line];
        check_lines(&lines.map(|line| (line, line)));
    }
}

#[test]
fn fix_writes_shows_and_says_what_is_left() {
    let folder = folder();
    status(&run(folder.path(), &["init", "."]), 0);
    let path = folder.path().join("content/pages/new.md");
    let text = "+++\r\ntitle = New page # no quotes\r\n+++\r\nText\r\n".replace(" # no quotes", "");
    write(&path, &text);
    write(
        &folder.path().join("content/organizations/new.toml"),
        "name = \"N\"\nurrl = \"https://n.example/\"\n",
    );
    let (out, err) = status(&run(folder.path(), &["check", "--fix", "--dry-run"]), 0);
    assert_data_eq!(
        out,
        str![[r#"
--- a/content/pages/new.md
+++ b/content/pages/new.md
@@ -1,4 +1,4 @@
 +++
-title = New page
+title = "New page"
 +++
 Text

"#]]
        .raw()
    );
    assert_eq!(err, "nothing was written: 1 place in 1 file\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);

    let (out, err) = status(&run(folder.path(), &["check", "--fix", "--format", "short"]), 0);
    assert_data_eq!(
        err,
        str![[r#"
content/pages/new.md:2:9: repaired[invalid-toml]: a text without quotation marks
repaired 1 place in 1 file

1 finding left with a proposal that only a person can decide on

"#]]
        .raw()
    );
    assert!(out.starts_with("content/organizations/new.toml:2:1: warning[unknown-key]"), "{out}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text.replace("New page", "\"New page\""));
    let (_, err) = status(&run(folder.path(), &["check", "--fix", "--dry-run"]), 0);
    assert_eq!(err, "nothing to repair\n");
}

#[test]
fn a_file_that_has_changed_meanwhile_is_left_alone_and_so_are_the_others() {
    let folder = folder();
    for name in ["a.toml", "b.toml"] {
        write(&folder.path().join("content").join(name), "x = 1\n");
    }
    let edit = |path, before| Rewrite { path, before, after: "x = 2\n" };
    let read = |name: &str| fs::read_to_string(folder.path().join("content").join(name)).unwrap();
    for stale in ["x = 0\n", "x = 1", "x = 1\n\n", ""] {
        let edits = [edit("content/a.toml", "x = 1\n"), edit("content/b.toml", stale)];
        assert!(matches!(rewrite(folder.path(), &edits), Err(RewriteError::Changed(_))), "{stale:?}");
        assert_eq!((read("a.toml"), read("b.toml")), ("x = 1\n".into(), "x = 1\n".into()));
    }
    let gone = rewrite(folder.path(), &[edit("content/c.toml", "")]);
    assert!(matches!(gone, Err(RewriteError::Changed(_))));
    assert_eq!(fs::read_dir(folder.path().join("content")).unwrap().count(), 2, "nothing is left behind");
    rewrite(folder.path(), &[edit("content/a.toml", "x = 1\n")]).unwrap();
    assert_eq!(read("a.toml"), "x = 2\n");
}

#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (outside, folder) = (folder(), folder());
    write(&outside.path().join("a.toml"), "x = 1\n");
    write(&folder.path().join("content/own.toml"), "x = 1\n");
    symlink(outside.path(), folder.path().join("content/far")).unwrap();
    symlink(outside.path().join("a.toml"), folder.path().join("content/link.toml")).unwrap();
    for path in ["content/far/a.toml", "content/link.toml"] {
        let result = rewrite(folder.path(), &[Rewrite { path, before: "x = 1\n", after: "x = 2\n" }]);
        assert!(matches!(result, Err(RewriteError::Link(_))), "{path}");
    }
    assert_eq!(fs::read_to_string(outside.path().join("a.toml")).unwrap(), "x = 1\n");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);

    let own = folder.path().join("content/own.toml");
    fs::set_permissions(&own, fs::Permissions::from_mode(0o640)).unwrap();
    rewrite(folder.path(), &[Rewrite { path: "content/own.toml", before: "x = 1\n", after: "x = 2\n" }])
        .unwrap();
    assert_eq!(fs::metadata(&own).unwrap().permissions().mode() & 0o777, 0o640);
}
