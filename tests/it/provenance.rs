//! Provenance: what a site was made of stands in it, and whoever has a statement finds every file that was changed since.
//!
//! In come small catalogues in folders and repositories, out go statements and what `verify` says of folders that somebody touched.
//! Signatures are made in the tests, by a library and, where it is installed, by the program that people sign with.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use certalog::digest::digest;
use certalog::text::hexadecimal;
use minisign::KeyPair;
use serde_json::Value;
use snapbox::{IntoData as _, assert_data_eq, str};
use tempfile::TempDir;

use crate::cli::{run, status, write};
use crate::git::{commit, git, repository};
use crate::harness::Fixture;

/// The starting catalogue, built with its statement.
fn published() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in Fixture::starter().texts() {
        write(&folder.path().join(path), text);
    }
    build(folder.path());
    folder
}

#[track_caller]
fn build(root: &Path) {
    status(&run(root, &["build", "--provenance", "--as-of", "2026-01-01"]), 0);
}

fn statement(root: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(root.join("public/provenance.json")).unwrap()).unwrap()
}

/// The files of a folder with their digests, as another program sees them.
fn digests(folder: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, hexadecimal(&digest(&std::fs::read(entry.path()).unwrap())))
        })
        .collect()
}

#[test]
fn a_statement_lists_every_file_but_itself_and_the_mark() {
    let folder = published();
    let statement = statement(folder.path());
    assert_eq!(statement["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(statement["predicateType"], "https://slsa.dev/provenance/v1");
    let subjects = statement["subject"].as_array().unwrap().iter();
    let listed: BTreeMap<String, String> = subjects
        .map(|subject| {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            (text(&subject["name"]), text(&subject["digest"]["sha256"]))
        })
        .collect();
    let mut files = digests(&folder.path().join("public"));
    assert!(files.remove(".certalog").is_some() && files.remove("provenance.json").is_some());
    assert_eq!(listed, files);
}

#[test]
fn a_statement_says_what_the_site_was_made_of() {
    let folder = published();
    let mut statement = statement(folder.path());
    let sources =
        statement["predicate"]["buildDefinition"]["resolvedDependencies"][0]["digest"]["sha256"].take();
    // the digest of what `sha256sum` prints of the catalogue's files
    let fixture = Fixture::starter();
    let lines = fixture.contents().map(|(path, bytes)| format!("{}  {path}\n", hexadecimal(&digest(bytes))));
    let list = lines.collect::<Vec<_>>().concat();
    assert_eq!(sources, hexadecimal(&digest(list.as_bytes())));
    let predicate = serde_json::to_string_pretty(&statement["predicate"]).unwrap();
    assert_data_eq!(
        predicate.replace(env!("CARGO_PKG_VERSION"), "VERSION"),
        str![[r#"
{
  "buildDefinition": {
    "buildType": "pkg:cargo/certalog#build",
    "externalParameters": {
      "as_of": "2026-01-01",
      "base_url": null,
      "language": null
    },
    "resolvedDependencies": [
      {
        "digest": {
          "sha256": null
        },
        "name": "sources"
      }
    ]
  },
  "runDetails": {
    "builder": {
      "id": "pkg:cargo/certalog@VERSION",
      "version": {
        "certalog": "VERSION"
      }
    }
  }
}
"#]]
        .raw()
    );
}

#[test]
fn the_commit_and_what_differs_from_it_are_stated() {
    let folder = repository();
    let root = folder.path();
    write(&root.join("content/pages/old.md"), "+++\ntitle = \"Old\"\n+++\n");
    commit(root, "A page");
    let dependency = || statement(root)["predicate"]["buildDefinition"]["resolvedDependencies"][1].clone();
    build(root);
    let first = dependency();
    assert_eq!(first["digest"]["gitCommit"], git(root, &["rev-parse", "HEAD"]));
    assert_eq!(first["annotations"], serde_json::json!({ "folder": "", "changed": [] }));
    write(&root.join("content/pages/new.md"), "+++\ntitle = \"New\"\n+++\n");
    std::fs::remove_file(root.join("content/pages/old.md")).unwrap();
    write(&root.join("notes.txt"), "no file of the catalogue");
    build(root);
    let changed = dependency()["annotations"]["changed"].clone();
    assert_eq!(changed, serde_json::json!(["content/pages/new.md", "content/pages/old.md"]));
    commit(root, "Second");
    build(root);
    assert_eq!(dependency()["annotations"]["changed"], serde_json::json!([]));
    assert_ne!(dependency()["digest"], first["digest"]);
}

#[test]
fn a_repository_without_a_commit_is_told() {
    let folder = published();
    git(folder.path(), &["init", "--quiet"]);
    let (_, err) = status(&run(folder.path(), &["build", "--provenance"]), 2);
    assert!(err.starts_with("error: the commit for `--provenance` is not known: "), "{err}");
}

#[test]
fn the_same_catalogue_gives_the_same_statement_and_changes_nothing_twice() {
    let (one, other) = (published(), published());
    let read = |folder: &TempDir| std::fs::read(folder.path().join("public/provenance.json")).unwrap();
    assert!(read(&one) == read(&other));
    let (out, _) = status(&run(one.path(), &["build", "--provenance", "--as-of", "2026-01-01"]), 0);
    assert!(out.contains(" unchanged)") && !out.contains("changed,") && !out.contains("new"), "{out}");
    // without the setting, the site is without the statement again
    let (out, _) = status(&run(one.path(), &["build", "--as-of", "2026-01-01"]), 0);
    assert!(out.contains("1 removed"), "{out}");
    assert!(!one.path().join("public/provenance.json").exists());
}

#[test]
fn a_site_with_a_file_of_that_name_is_refused() {
    let folder = published();
    let site = {
        let mut site = certalog::site::Site::default();
        let path = certalog::site_path::SitePath::new("provenance.json").unwrap();
        assert!(site.add(path, "{}".as_bytes()));
        site
    };
    let origin = certalog::provenance::Origin {
        sources: digest(b""),
        commit: None,
        as_of: crate::harness::DAY,
        base_url: None,
        language: None,
    };
    let out = folder.path().join("other");
    let watch = &certalog::stage::Unwatched;
    let error =
        certalog::publish::publish_watched(&site, &out, folder.path(), Some(&origin), watch).unwrap_err();
    assert_eq!(error.to_string(), "the site has a `provenance.json` of its own");
    assert!(!out.exists());
}

#[test]
fn an_untouched_site_is_as_stated() {
    let folder = published();
    let (out, err) = status(&run(folder.path(), &["verify", "public"]), 0);
    let files = digests(&folder.path().join("public")).len() - 2;
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        out,
        format!("`public`: {files} files as stated\nmade by certalog {version} of files in no repository\n")
    );
    assert_data_eq!(
        err,
        str![[r#"
the statement lies in the folder and no signature was checked: whoever can change the files can change it with them

"#]]
        .raw()
    );
    let (out, err) = status(&run(folder.path(), &["verify", "public", "--quiet"]), 0);
    assert_eq!((out.as_str(), err.as_str()), ("", ""));
    // hosts that leave out files whose names begin with a dot take nothing away that a reader would see
    std::fs::remove_file(folder.path().join("public/.certalog")).unwrap();
    status(&run(folder.path(), &["verify", "public"]), 0);
}

#[test]
fn every_file_that_was_touched_is_told() {
    let folder = published();
    let public = folder.path().join("public");
    let site = |path: &str| public.join(path);
    write(&site("certifications/index.html"), "forged");
    std::fs::remove_file(site("404.html")).unwrap();
    write(&site("certifications/forged/index.html"), "extra");
    write(&site(".well-known/security.txt"), "of the host");
    write(&site("CNAME"), "example.org");
    std::os::unix::fs::symlink("index.html", site("link.html")).unwrap();
    write(&site(".certalog"), "certalog site 1\n");
    let mine = ["verify", "public", "--allow", "CNAME", "--allow", ".well-known/"];
    let (out, _) = status(&run(folder.path(), &mine), 1);
    let told: Vec<_> = out.lines().take(5).collect();
    assert_eq!(
        told,
        [
            "changed  .certalog",
            "changed  certifications/index.html",
            "missing  404.html",
            "extra    certifications/forged/index.html",
            "extra    link.html",
        ]
    );
    assert!(out.contains(" as stated, 2 changed, 1 missing, 2 extra\n"), "{out}");
    // a folder that is allowed is that folder and not every name that begins with it
    write(&site(".well-known.html"), "x");
    let (out, _) = status(&run(folder.path(), &mine), 1);
    assert!(out.contains("extra    .well-known.html\n"), "{out}");
    let (out, _) = status(&run(folder.path(), &["verify", "public"]), 1);
    assert!(out.contains("extra    CNAME\n") && out.contains("extra    .well-known/security.txt\n"), "{out}");
}

/// A statement that stands elsewhere and lists what was fetched.
fn verify_list(folder: &Path, list: &str, more: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_certalog"));
    command
        .current_dir(folder)
        .args(["verify", "--list", "-", "--provenance", "public/provenance.json"])
        .args(more);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(list.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_list_that_other_programs_made_is_checked_as_a_folder_is() {
    let folder = published();
    let files = digests(&folder.path().join("public"));
    let list = |files: &BTreeMap<String, String>| -> String {
        files.iter().map(|(path, digest)| format!("{digest}  ./{path}\n")).collect::<Vec<_>>().concat()
    };
    let (out, err) = status(&verify_list(folder.path(), &list(&files), &[]), 0);
    assert!(out.starts_with("the list: ") && err.is_empty(), "{out}{err}");

    let mut some = files.clone();
    some.retain(|path, _| path.starts_with("certifications/"));
    let (out, _) = status(&verify_list(folder.path(), &list(&some), &[]), 1);
    assert!(out.contains("missing  index.html\n"), "{out}");
    status(&verify_list(folder.path(), &list(&some), &["--sample"]), 0);
    some.insert("certifications/index.html".to_owned(), hexadecimal(&digest(b"forged")));
    let (out, _) = status(&verify_list(folder.path(), &list(&some), &["--sample"]), 1);
    assert!(out.starts_with("changed  certifications/index.html\n"), "{out}");

    let (_, err) = status(&verify_list(folder.path(), "<!doctype html>\n", &[]), 2);
    assert_data_eq!(
        err,
        str![[r#"
error: line 1 of the list is none that sha256sum prints: it does not begin with a SHA-256 digest
  help: a line is a digest, two spaces and a path below the site's address

"#]]
        .raw()
    );
    let (_, err) = status(&run(folder.path(), &["verify", "--list", "x"]), 2);
    assert!(err.contains("--provenance"), "{err}");
}

#[test]
fn what_is_no_statement_is_told() {
    let folder = published();
    let place = folder.path().join("public/provenance.json");
    for (text, why) in [
        ("{}", "it is no statement of in-toto: missing field `_type` at line 1 column 2"),
        ("<!doctype html>", "it is no statement of in-toto: expected value at line 1 column 1"),
        (
            "{\"_type\":\"x\",\"subject\":[],\"predicateType\":\"y\"}",
            "it is no statement of the kind https://in-toto.io/Statement/v1 with https://slsa.dev/provenance/v1",
        ),
        (
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"a\",\"digest\":{\"sha1\":\"x\"}}],\"predicateType\":\"https://slsa.dev/provenance/v1\"}",
            "it has no SHA-256 digest of `a`",
        ),
    ] {
        write(&place, text);
        let (out, err) = status(&run(folder.path(), &["verify", "public"]), 2);
        assert_eq!(
            (out.as_str(), err),
            ("", format!("error: `public/provenance.json` cannot be checked against: {why}\n"))
        );
    }
    std::fs::remove_file(&place).unwrap();
    let (_, err) = status(&run(folder.path(), &["verify", "public"]), 2);
    assert!(err.starts_with("error: the statement `public/provenance.json` cannot be read: "), "{err}");
    assert!(err.contains("certalog build --provenance"), "{err}");
}

/// Signs the statement of a site; gives the file with the public key.
fn sign(root: &Path, keys: &KeyPair) -> PathBuf {
    let place = root.join("public/provenance.json");
    let bytes = Cursor::new(std::fs::read(&place).unwrap());
    let signature =
        minisign::sign(Some(&keys.pk), &keys.sk, bytes, Some("Example Forum, 2026"), None).unwrap();
    write(&root.join("public/provenance.json.minisig"), &signature.into_string());
    let key = root.join("forum.pub");
    write(&key, &keys.pk.to_box().unwrap().into_string());
    key
}

#[test]
fn a_signed_statement_is_believed_with_its_key_alone() {
    let folder = published();
    let root = folder.path();
    let public = root.join("public");
    let verify = || run(root, &["verify", "public", "--key", "forum.pub"]);
    let keys = KeyPair::generate_unencrypted_keypair().unwrap();
    write(&root.join("forum.pub"), &keys.pk.to_box().unwrap().into_string());
    let (out, _) = status(&verify(), 1);
    assert_eq!(
        out,
        "`public/provenance.json`: it is not signed: there is no `public/provenance.json.minisig`; nothing else was looked at\n"
    );
    sign(root, &keys);
    let (out, err) = status(&verify(), 0);
    assert!(out.ends_with("\nsigned: Example Forum, 2026\n") && err.is_empty(), "{out}{err}");
    // the last line of the file is the key as well
    write(&root.join("forum.pub"), &format!("{}\n", keys.pk.to_base64()));
    status(&verify(), 0);
    // the signature counts as a file of the site with or without a key
    status(&run(root, &["verify", "public"]), 0);

    let statement = std::fs::read_to_string(public.join("provenance.json")).unwrap();
    let forged = hexadecimal(&digest(b"forged"));
    let honest = digests(&public)["index.html"].clone();
    write(&public.join("index.html"), "forged");
    write(&public.join("provenance.json"), &statement.replace(&honest, &forged));
    std::fs::remove_file(public.join(".certalog")).unwrap();
    // whoever changes the statement with the file is found out by the signature and by nothing else
    status(&run(root, &["verify", "public"]), 0);
    let (out, _) = status(&verify(), 1);
    assert!(out.contains("was made with another key, or of another statement; nothing else"), "{out}");
    // and by another's key
    sign(root, &KeyPair::generate_unencrypted_keypair().unwrap());
    write(&root.join("forum.pub"), &keys.pk.to_box().unwrap().into_string());
    status(&verify(), 1);

    write(&public.join("provenance.json.minisig"), "untrusted comment: x\n");
    let (out, _) = status(&verify(), 1);
    assert!(out.contains("is no signature of minisign; nothing else"), "{out}");
    write(&root.join("forum.pub"), "ssh-ed25519 AAAA x\n");
    let (_, err) = status(&verify(), 2);
    assert!(err.starts_with("error: `forum.pub` is no public key of minisign\n"), "{err}");
    let (_, err) = status(&run(root, &["verify", "public", "--key", "none.pub"]), 2);
    assert!(err.starts_with("error: the key `none.pub` cannot be read: "), "{err}");
}

#[test]
fn what_the_program_minisign_signs_is_believed() {
    let folder = published();
    let root = folder.path();
    let minisign = |arguments: &[&str]| {
        Command::new("minisign").args(arguments).current_dir(root).stdin(Stdio::null()).output()
    };
    let Ok(made) = minisign(&["-G", "-W", "-f", "-p", "forum.pub", "-s", "forum.key"]) else {
        // it is not installed; the library signs in the same format
        return;
    };
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let signed =
        minisign(&["-S", "-s", "forum.key", "-m", "public/provenance.json", "-t", "Example Forum"]).unwrap();
    assert!(signed.status.success(), "{}", String::from_utf8_lossy(&signed.stderr));
    let (out, _) = status(&run(root, &["verify", "public", "--key", "forum.pub"]), 0);
    assert!(out.ends_with("\nsigned: Example Forum\n"), "{out}");
}
