//! Faults of the machine: killed builds, full disks, calls of the system that fail, neighbours that write at the same time.
//!
//! In come a published catalogue that was changed since, and a fault; out goes which site readers see: the old one or the new one, whole.
//! Afterwards an ordinary build must give the new site, and nothing may be left over. The heavy forms are run by hand:
//! `cargo test --release --test it -- --ignored --nocapture faults`.

mod calls;
mod kills;
mod left_over;
mod neighbours;
pub(crate) mod space;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::harness::Fixture;

/// Every file below a folder with its bytes, by path; a folder without a file counts too.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

pub(crate) fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().map(Result::unwrap);
    let named = entries.map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().is_dir() {
            return (format!("{path}/"), Vec::new());
        }
        (path, fs::read(entry.path()).unwrap())
    });
    named.collect()
}

/// Says something past the silence in which tests are run: the figures of those that are run by hand.
pub(crate) fn tell(figures: &str) {
    let mut stream = std::io::stderr();
    writeln!(stream, "{figures}").unwrap();
}

/// Says that a test was not run.
pub(crate) fn skip(test: &str, why: &str) {
    tell(&format!("NOT TESTED: {test}: {why}"));
}

/// The program that watches and disturbs the calls of another, where this machine has it and lets it work.
pub(crate) fn strace() -> Option<Command> {
    let probe =
        Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    probe.is_ok_and(|status| status.success()).then(|| Command::new("strace"))
}

/// A catalogue that was published and has changed since.
pub(crate) struct Ground {
    folder: TempDir,
    /// The site that is published.
    pub(crate) old: Tree,
    /// The site that it is to become.
    pub(crate) new: Tree,
}

impl Ground {
    pub(crate) fn new() -> Self {
        let mut ground = Self { folder: tempfile::tempdir().unwrap(), old: Tree::new(), new: Tree::new() };
        for (path, content) in Fixture::starter().contents() {
            write(&ground.root().join(path), content);
        }
        ground.change(false);
        ground.build();
        ground.old = tree(&ground.out());
        ground.change(true);
        ground.build();
        ground.new = tree(&ground.out());
        let differing =
            ground.new.iter().filter(|(path, bytes)| ground.old.get(*path) != Some(*bytes)).count();
        assert!(differing > 10, "the two sites hardly differ");
        ground
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("catalogue")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    fn state(&self) -> PathBuf {
        self.root().join(".public.certalog")
    }

    /// Puts the catalogue into the state of the new site or of the old one: all pages differ, one is new, one is gone.
    pub(crate) fn change(&self, is_new: bool) {
        let (title, there, gone) = if is_new { ("New", "new", "old") } else { ("Old", "old", "new") };
        let config = format!("title = \"{title}\"\nbase_url = \"https://example.org/\"\n");
        write(&self.root().join("site.toml"), config.as_bytes());
        let page = |name: &str| self.root().join(format!("content/pages/{name}/page.md"));
        write(&page(there), b"+++\ntitle = \"A page\"\n+++\nText.\n");
        let _ = fs::remove_dir_all(page(gone).parent().unwrap());
    }

    /// The program as it publishes this catalogue.
    pub(crate) fn arguments(&self) -> Vec<String> {
        let root = self.root().to_str().unwrap().to_owned();
        [env!("CARGO_BIN_EXE_certalog"), "build", "--as-of", "2026-01-01", "--root", &root]
            .map(Into::into)
            .to_vec()
    }

    pub(crate) fn program(&self) -> Command {
        let arguments = self.arguments();
        let mut program = Command::new(&arguments[0]);
        program.args(&arguments[1..]).current_dir(self.folder.path());
        program
    }

    /// An ordinary build.
    #[track_caller]
    pub(crate) fn build(&self) {
        let output = self.program().output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }

    /// Makes the old site the published one, and the catalogue that of the new one.
    #[track_caller]
    pub(crate) fn prepare(&self) {
        self.change(false);
        self.build();
        assert!(tree(&self.out()) == self.old, "the old site is not published");
        self.change(true);
    }

    /// Whether readers see the new site; nothing but that and the old one may be there.
    #[track_caller]
    pub(crate) fn is_new(&self, case: &str) -> bool {
        let found = tree(&self.out());
        if found == self.new {
            return true;
        }
        let differing: Vec<_> =
            self.old.iter().filter(|(path, bytes)| found.get(*path) != Some(*bytes)).collect();
        let more: Vec<_> = found.keys().filter(|path| !self.old.contains_key(*path)).collect();
        let differing: Vec<_> = differing.iter().map(|(path, _)| path).take(5).collect();
        assert!(found == self.old, "{case}: a mixture: {differing:?} and {:?}", &more[..more.len().min(5)]);
        false
    }

    /// Builds once more, and looks that the new site is there and nothing else is.
    #[track_caller]
    pub(crate) fn recover(&self, case: &str) {
        let output = self.program().output().unwrap();
        assert!(output.status.success(), "{case}: the next build fails: {}", said(&output));
        assert!(self.is_new(case), "{case}: the next build does not publish the new site");
        let names = |folder: &Path| -> BTreeSet<String> {
            let entries = fs::read_dir(folder).unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        let known = ["content", "public", "site.toml", ".public.certalog"].map(str::to_owned);
        assert_eq!(names(&self.root()), BTreeSet::from(known), "{case}: beside the site");
        let known = [".gitignore", "lock", "previous", "state"].map(str::to_owned);
        assert_eq!(names(&self.state()), BTreeSet::from(known), "{case}: in the state folder");
        assert_eq!(names(self.folder.path()), BTreeSet::from(["catalogue".to_owned()]), "{case}");
    }
}

pub(crate) fn said(output: &Output) -> String {
    format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr))
}

fn write(path: &Path, content: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// Numbers without a pattern that are the same in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}
