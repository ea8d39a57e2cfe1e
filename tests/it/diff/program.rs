//! `certalog diff` as it is run: revisions and folders, formats, exit status.
//!
//! In come repositories that the real git made, out go the two streams and the status of the program.
//! That there are differences is no failure; that a side cannot be read is one.

use std::path::Path;
use std::process::{Command, Output};

use super::CARE_DESK;
use crate::git::{commit, git, put, repository};
use crate::harness::Fixture;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_certalog"));
    command.current_dir(folder).arg("diff").args(arguments).env_remove("SOURCE_DATE_EPOCH");
    command.output().unwrap()
}

#[track_caller]
fn status(output: &Output, expected: i32) -> (String, String) {
    let out = String::from_utf8(output.stdout.clone()).unwrap();
    let err = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(expected), "standard output:\n{out}\nstandard error:\n{err}");
    (out, err)
}

fn first_line(output: &Output) -> String {
    status(output, 0).0.lines().next().unwrap_or_default().to_owned()
}

/// Puts the starting certification with another score into a folder.
fn score(folder: &Path, score: &str) {
    let fixture = Fixture::starter().edit(CARE_DESK, "score = 4.5\n", &format!("score = {score}\n"));
    let (_, text) = fixture.texts().find(|(path, _)| *path == CARE_DESK).unwrap();
    put(folder, CARE_DESK, text);
}

#[test]
fn commits_and_the_folder_are_compared() {
    let folder = repository();
    let root = folder.path();
    score(root, "4");
    commit(root, "Lower");
    score(root, "3");
    let short = |name: &str| git(root, &["rev-parse", "--short=7", name]);
    let (first, second) = (short("HEAD~1"), short("HEAD"));
    let (out, err) = status(&run(root, &["HEAD~1", "HEAD"]), 0);
    assert_eq!(err, "");
    assert!(out.starts_with(&format!("HEAD~1 ({first}) → HEAD ({second})\n")), "{out}");
    assert!(out.contains("1.2 4.5 → 4"), "{out}");
    assert!(status(&run(root, &["HEAD~1"]), 0).0.contains("1.2 4.5 → 3"));
    assert!(status(&run(root, &["HEAD"]), 0).0.contains("1.2 4 → 3"));
    assert_eq!(first_line(&run(root, &[&first, "main"])), format!("{first} → main ({second})"));
    assert_eq!(first_line(&run(root, &["HEAD~1..HEAD"])), format!("HEAD~1 ({first}) → HEAD ({second})"));
    assert!(status(&run(root, &["HEAD", "HEAD", "--format", "markdown"]), 0).0.contains("Nothing differs."));
    // from below the catalogue, too
    assert!(status(&run(&root.join("content"), &["HEAD"]), 0).0.contains("1.2 4 → 3"));
    let data: serde_json::Value =
        serde_json::from_str(&status(&run(root, &["HEAD", "--format", "json"]), 0).0).unwrap();
    assert_eq!((&data["verdict"], &data["results"][0]["after"]["says"]), (&"changed".into(), &"3".into()));
}

#[test]
fn a_branch_is_compared_with_where_it_began() {
    let folder = repository();
    let root = folder.path();
    git(root, &["checkout", "--quiet", "-b", "topic"]);
    score(root, "4");
    commit(root, "Lower");
    git(root, &["checkout", "--quiet", "main"]);
    put(root, "content/pages/new.md", "+++\ntitle = \"New\"\n+++\n");
    commit(root, "A page that the branch does not have");
    let (out, _) = status(&run(root, &["main...topic"]), 0);
    assert!(out.contains("1.2 4.5 → 4") && !out.contains("New"), "{out}");
    git(root, &["checkout", "--quiet", "topic"]);
    assert_eq!(
        status(&run(root, &["main..."]), 0).0.lines().skip(1).collect::<Vec<_>>(),
        out.lines().skip(1).collect::<Vec<_>>()
    );
    assert!(status(&run(root, &["main", "topic"]), 0).0.contains("1 text page removed"));
}

#[test]
fn two_folders_are_compared_without_git() {
    let (before, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (path, bytes) in Fixture::starter().contents() {
        put(before.path(), path, bytes);
        put(after.path(), path, bytes);
    }
    score(after.path(), "2");
    let names = [before.path().to_str().unwrap(), after.path().to_str().unwrap()];
    assert!(
        status(&run(before.path(), &["--from", names[0], "--to", names[1]]), 0).0.contains("1.2 4.5 → 2")
    );
    // the newer side is the catalogue around, if no other is named
    assert!(status(&run(after.path(), &["--from", names[0]]), 0).0.contains("1.2 4.5 → 2"));
}

#[test]
fn a_bare_repository_is_enough() {
    let folder = repository();
    score(folder.path(), "4");
    commit(folder.path(), "Lower");
    let beside = tempfile::tempdir().unwrap();
    git(
        folder.path(),
        &["clone", "--quiet", "--bare", ".", beside.path().join("bare.git").to_str().unwrap()],
    );
    assert!(
        status(&run(beside.path(), &["--root", "bare.git", "HEAD~1", "HEAD"]), 0).0.contains("1.2 4.5 → 4")
    );
    let (_, err) = status(&run(beside.path(), &["--root", "bare.git", "HEAD~1"]), 2);
    assert!(err.contains("certalog diff BASE HEAD"), "{err}");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let folder = repository();
    let root = folder.path();
    let (out, err) = status(&run(root, &["mian"]), 2);
    assert_eq!(out, "");
    assert_eq!(
        err,
        "error: `mian` names no revision: there is no such branch, tag or commit\n  help: did you mean `main`?\n"
    );
    let (_, err) = status(&run(root, &["main...HEAD", "HEAD"]), 2);
    assert!(err.contains("names both sides"), "{err}");
    let (_, err) = status(&run(root, &["--", "--upload-pack=x"]), 2);
    assert!(err.contains("this form is not understood"), "{err}");
    assert!(status(&run(root, &[]), 2).1.contains("BASE"));
    assert!(status(&run(root, &["main", "--from", "."]), 2).1.contains("cannot be used with"));
    assert!(status(&run(root, &["--from", "nowhere"]), 2).1.contains("there is no folder"));
    let alone = tempfile::tempdir().unwrap();
    for (path, bytes) in Fixture::starter().contents() {
        put(alone.path(), path, bytes);
    }
    let (_, err) = status(&run(alone.path(), &["main"]), 2);
    assert!(err.contains("lies in no git repository") && err.contains("--from A --to B"), "{err}");
}

#[test]
fn errors_are_told_and_are_no_failure_of_the_comparison() {
    let folder = repository();
    score(folder.path(), "45");
    let (out, _) = status(&run(folder.path(), &["HEAD"]), 0);
    assert!(out.contains("New errors: this cannot be published"), "{out}");
}
