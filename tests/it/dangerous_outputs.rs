//! Output folders that must not be used: in comes a folder that holds more than a site, out goes a refusal and every byte as it was.
//!
//! The program is run as a person would run it, in a sandbox whose every name, byte and time is compared. What `publish` refuses by itself
//! is tested beside it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::faults::space::with_disks;
use crate::faults::{said, skip};
use crate::harness::Fixture;

/// A home with a catalogue, and other things that somebody needs.
struct Sandbox {
    folder: TempDir,
}

impl Sandbox {
    fn new() -> Self {
        let sandbox = Self { folder: tempfile::tempdir().unwrap() };
        for (path, content) in Fixture::starter().contents() {
            sandbox.put(&format!("home/catalogue/{path}"), content);
        }
        sandbox.put("home/catalogue/.git/config", b"[core]\n");
        sandbox.put("home/catalogue/themes/own/theme.toml", b"");
        sandbox.put("home/thesis/chapter.tex", b"years of work");
        sandbox.put("home/thesis/index.html", b"years of work");
        sandbox.put("home/letter.txt", b"Dear");
        sandbox
    }

    fn put(&self, path: &str, content: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_certalog"));
        program.args(["build", "--as-of", "2026-01-01"]).args(arguments);
        program.current_dir(self.path("home/catalogue")).env("HOME", self.path("home"));
        program
    }

    fn build(&self, arguments: &[&str]) -> Output {
        self.program(arguments).output().unwrap()
    }

    /// Every name with all that a write would change.
    fn seal(&self) -> BTreeMap<PathBuf, (u64, i64, i64, Vec<u8>)> {
        let entries = walkdir::WalkDir::new(self.folder.path()).into_iter().map(Result::unwrap);
        let sealed = entries.map(|entry| {
            let found = entry.path().symlink_metadata().unwrap();
            let bytes = if found.is_file() { fs::read(entry.path()).unwrap() } else { Vec::new() };
            (entry.into_path(), (found.ino(), found.ctime(), found.ctime_nsec(), bytes))
        });
        sealed.collect()
    }

    #[track_caller]
    fn is_refused(&self, (option, out): (&str, &str), why: &str) {
        let before = self.seal();
        let output = self.build(&[option, out]);
        assert_eq!(output.status.code(), Some(2), "{out}: {}", said(&output));
        assert!(said(&output).contains(why), "{out}: {}", said(&output));
        assert!(said(&output).contains("help: "), "{out}: {}", said(&output));
        assert!(self.seal() == before, "{out}: something was changed");
    }
}

/// The list of files as certalog writes it, for files that it did not write.
fn mark(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut text = "certalog site 1\n".to_owned();
    for (path, content) in files {
        let digest: [u8; 32] = Sha256::digest(content).into();
        for byte in digest {
            write!(text, "{byte:02x}").unwrap();
        }
        writeln!(text, "  {path}").unwrap();
    }
    text.into_bytes()
}

#[test]
fn no_dangerous_output_is_used() {
    let sandbox = Sandbox::new();
    let absolute = |path: &str| sandbox.path(path).to_str().unwrap().to_owned();
    symlink(sandbox.path("home/thesis"), sandbox.path("home/link")).unwrap();
    symlink(sandbox.path("home/catalogue/content"), sandbox.path("home/linked-content")).unwrap();
    sandbox.put("home/other/.git/HEAD", b"ref: refs/heads/main\n");
    for (out, why) in [
        ("/", "the home folder or a folder above it"),
        (&absolute("home"), "the home folder or a folder above it"),
        (&absolute(""), "the home folder or a folder above it"),
        (".", "holds the catalogue"),
        (&absolute("home/catalogue"), "holds the catalogue"),
        ("content", "lies in the catalogue's `content`"),
        ("content/pages/public", "lies in the catalogue's `content`"),
        ("themes", "lies in the catalogue's `themes`"),
        (".git", "lies in the catalogue's `.git`"),
        (".git/public", "lies in the catalogue's `.git`"),
        ("../other/.git/public", "lies in `.git`"),
        ("../link", "is a symbolic link"),
        ("../link/", "is a symbolic link"),
        ("../linked-content/public", "lies in the catalogue's `content`"),
        ("site.toml", "is not a folder"),
        ("../letter.txt", "is not a folder"),
        ("../thesis", "was not published by certalog"),
        ("content/../content", "lies in the catalogue's `content`"),
        ("../catalogue/../catalogue/", "holds the catalogue"),
        ("new/../content", "does not exist"),
        (".site.certalog/public", "lies in `.site.certalog`"),
    ] {
        sandbox.is_refused(("--out", out), why);
    }
}

/// A bundle takes the place of an older one, and of nothing else: archives of other programs, documents among them, begin like one.
#[test]
fn a_bundle_takes_the_place_of_bundles_alone() {
    let sandbox = Sandbox::new();
    assert!(sandbox.build(&["--bundle", "../site.zip"]).status.success());
    let bundle = fs::read(sandbox.path("home/site.zip")).unwrap();
    let output = sandbox.build(&["--bundle", "../site.zip"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(fs::read(sandbox.path("home/site.zip")).unwrap() == bundle, "the same bytes again");

    sandbox.put("home/thesis.docx", &bundle[..bundle.len() - 1]);
    sandbox.put("home/short.zip", b"PK\x03\x04");
    sandbox.put("home/said.txt", &[b"No archive", &bundle[bundle.len() - 40..]].concat());
    symlink(sandbox.path("home/site.zip"), sandbox.path("home/link.zip")).unwrap();
    symlink(sandbox.path("home/catalogue/content"), sandbox.path("home/linked")).unwrap();
    for (place, why) in [
        ("../letter.txt", "certalog did not make it"),
        ("../thesis.docx", "certalog did not make it"),
        ("../short.zip", "certalog did not make it"),
        ("../said.txt", "certalog did not make it"),
        ("../link.zip", "certalog did not make it"),
        ("../thesis", "certalog did not make it"),
        ("content/site.zip", "lies in the catalogue's `content`"),
        ("../linked/site.zip", "lies in the catalogue's `content`"),
        (".git/site.zip", "lies in the catalogue's `.git`"),
        (".public.certalog/site.zip", "lies in `.public.certalog`"),
        ("/", "certalog did not make it"),
    ] {
        sandbox.is_refused(("--bundle", place), why);
    }
}

#[test]
fn a_forged_list_gives_no_right_to_anything() {
    for (name, listed, why) in [
        ("other files", &[("chapter.tex", "x"), ("index.html", "y")][..], "is not of the files that are in"),
        ("a page", &[("index.html", "x")], "1 file in"),
        ("paths that lead out", &[("../letter.txt", "Dear"), ("/etc/passwd", "x")], "2 files in"),
        ("nothing", &[], "2 files in"),
        ("the catalogue", &[("../catalogue/site.toml", "x"), ("../../home", "")], "2 files in"),
    ] {
        let sandbox = Sandbox::new();
        let listed: Vec<(&str, &[u8])> = listed.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        sandbox.put("home/thesis/.certalog", &mark(&listed));
        sandbox.is_refused(("--out", "../thesis"), why);
        assert!(sandbox.path("home/thesis/chapter.tex").exists(), "{name}");
    }
}

/// One listed file is as it was published, so that the list is of this folder. What is not, and is no part of the new site, stays.
#[test]
fn what_somebody_changed_is_not_just_deleted() {
    let sandbox = Sandbox::new();
    assert!(sandbox.build(&["--out", "../site"]).status.success());
    sandbox.put("home/catalogue/content/pages/extra.md", b"+++\ntitle = \"Extra\"\n+++\nText.\n");
    assert!(sandbox.build(&["--out", "../site"]).status.success());
    sandbox.put("home/site/extra/index.html", b"notes on the print");
    fs::remove_file(sandbox.path("home/catalogue/content/pages/extra.md")).unwrap();
    let output = sandbox.build(&["--out", "../site"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("somebody changed after publishing: `extra/index.html`"),
        "{}",
        said(&output)
    );
    assert_eq!(fs::read(sandbox.path("home/site/extra/index.html")).unwrap(), b"notes on the print");
    // Moved away, it is no hindrance; and a page that the site has is as the catalogue says again.
    fs::rename(sandbox.path("home/site/extra/index.html"), sandbox.path("home/notes.html")).unwrap();
    sandbox.put("home/site/index.html", b"by hand");
    assert!(sandbox.build(&["--out", "../site"]).status.success());
    assert!(!sandbox.path("home/site/extra").exists());
    assert_ne!(fs::read(sandbox.path("home/site/index.html")).unwrap(), b"by hand");
}

/// What stands in the state folder may be anything: nothing is written or deleted through it.
#[test]
fn links_in_the_state_folder_lead_nowhere() {
    for name in ["state", "state.new", "lock", "previous", "outgoing", ".gitignore", ""] {
        let sandbox = Sandbox::new();
        let state = sandbox.path("home/.site.certalog");
        if name.is_empty() {
            symlink(sandbox.path("home/thesis"), &state).unwrap();
        } else {
            fs::create_dir(&state).unwrap();
            let target =
                if ["previous", "outgoing"].contains(&name) { "home/thesis" } else { "home/letter.txt" };
            symlink(sandbox.path(target), state.join(name)).unwrap();
        }
        for _ in 0..3 {
            let output = sandbox.build(&["--out", "../site"]);
            assert!(matches!(output.status.code(), Some(0 | 2)), "{name}: {}", said(&output));
        }
        assert_eq!(fs::read(sandbox.path("home/letter.txt")).unwrap(), b"Dear", "{name}");
        for file in ["chapter.tex", "index.html"] {
            let file = sandbox.path("home/thesis").join(file);
            assert_eq!(fs::read(file).unwrap(), b"years of work", "{name}");
        }
        assert_eq!(fs::read_dir(sandbox.path("home/thesis")).unwrap().count(), 2, "{name}");
    }
}

#[test]
fn another_disk_in_the_outputs_place_is_refused() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("home/site")).unwrap();
    let path = |path: &str| sandbox.path(path).to_str().unwrap().to_owned();
    let script = r#"mount -t tmpfs none "$1"; cd "$2"; exec "$3" build --out "$1""#;
    let arguments = [path("home/site"), path("home/catalogue"), env!("CARGO_BIN_EXE_certalog").to_owned()];
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let before = sandbox.seal();
    let Some(output) = with_disks(script, &arguments) else {
        return skip("another disk in the output's place", "no disk can be mounted here");
    };
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("another disk is mounted at"), "{}", said(&output));
    assert!(sandbox.seal() == before);
}

/// The other commands that write: what is there stays, and what is written stays below the folder that was named.
#[test]
fn other_commands_overwrite_nothing() {
    let sandbox = Sandbox::new();
    symlink(sandbox.path("home/letter.txt"), sandbox.path("home/thesis/taplo.toml")).unwrap();
    let run = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_certalog"));
        program.args(arguments).current_dir(sandbox.path("home/catalogue")).env("HOME", sandbox.path("home"));
        program.output().unwrap()
    };
    let before = sandbox.seal();
    for arguments in [
        &["init", "../thesis"][..],
        &["init", "."],
        &["init", "../letter.txt"],
        &["new", "organization", "Example", "--id", "example-networks"],
        &["schema", "--out", "../letter.txt"],
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        assert!(sandbox.seal() == before, "{arguments:?}: something was changed");
    }
    let output = run(&["schema", "--out", "../thesis/schemas"]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(fs::read(sandbox.path("home/letter.txt")).unwrap(), b"Dear");
}

#[test]
fn a_list_is_written_as_it_is_forged_here() {
    let sandbox = Sandbox::new();
    assert!(sandbox.build(&["--out", "../site"]).status.success());
    let site = sandbox.path("home/site");
    let written = fs::read(site.join(".certalog")).unwrap();
    let first = String::from_utf8(written).unwrap().lines().nth(1).unwrap().to_owned();
    let (_, path) = first.split_once("  ").unwrap();
    let forged = mark(&[(path, &fs::read(Path::new(&site).join(path)).unwrap())]);
    assert_eq!(String::from_utf8(forged).unwrap().lines().nth(1), Some(first.as_str()));
}
