//! The command `check` as it is run: its formats, what it knows of the repository around the catalogue.

use std::path::Path;
use std::process::Command;

use crate::cli::{break_catalogue, folder, run, status, write};

#[test]
fn check_writes_every_format_to_the_standard_output() {
    let folder = folder();
    status(&run(folder.path(), &["init", "."]), 0);
    let starts = [
        ("human", "no findings", ""),
        ("short", "no findings", ""),
        ("json", "{\n  \"version\": 1,", "\"errors\": 1"),
        ("sarif", "{\n", "\"level\": \"error\""),
        ("github", "no findings", "::error file=content/"),
        ("gitlab", "[]\n", "\"severity\": \"major\""),
        (
            "junit",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"certalog check\"",
            "<failure ",
        ),
    ];
    for (format, start, _) in starts {
        let (out, err) = status(&run(folder.path(), &["check", "--format", format]), 0);
        let said = if start == "no findings" { &err } else { &out };
        assert!(said.starts_with(start), "{format}: {said}");
    }
    break_catalogue(folder.path());
    for (format, _, found) in starts {
        let (out, _) = status(&run(folder.path(), &["check", "--format", format]), 1);
        assert!(out.contains(found), "{format}: {out}");
    }
}

/// Runs git in a folder, without what the person who runs the tests has set.
fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    let git = git
        .args(["-c", "user.name=Test", "-c", "user.email=test@example.org", "-C"])
        .arg(folder)
        .args(arguments);
    let git = git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = git.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn annotations_of_changed_files_come_first_and_name_the_place_in_the_repository() {
    let folder = folder();
    let root = folder.path().join("data/catalogue");
    status(&run(folder.path(), &["init", "data/catalogue"]), 0);
    for page in 0..12 {
        write(&root.join(format!("content/pages/old-{page:02}.md")), "+++\ntitle = \"Old\"\nold = 1\n+++\n");
    }
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "-m", "All"]);
    write(&root.join("content/pages/young.md"), "+++\ntitle = \"Young\"\nyoung = 1\n+++\n");

    let github = ["check", "--format", "github"];
    let (out, _) = status(&run(&root, &github), 0);
    assert!(out.starts_with("::warning file=data/catalogue/content/pages/old-00.md,"), "{out}");
    let (out, _) = status(&run(&root, &[&github[..], &["--changed-since", "HEAD"]].concat()), 0);
    assert!(out.starts_with("::warning file=data/catalogue/content/pages/young.md,"), "{out}");
    assert!(out.contains("::3 more warnings not shown here, 0 of them in files of this change;"), "{out}");

    let (_, err) = status(&run(&root, &[&github[..], &["--changed-since", "nowhere"]].concat()), 2);
    assert!(err.contains("nowhere"), "{err}");
    let (_, err) = status(&run(&root, &["check", "--changed-since", "HEAD"]), 2);
    assert!(err.contains("give `--format github` with it"), "{err}");
}
