//! The same catalogue gives the same bytes, whatever surrounds the build.
//!
//! In come the real catalogue and surroundings that vary (threads, zone, locale, mask, folder, order), out goes one tree of files.
//! The program is run for what belongs to a process; what belongs to a build is tested in memory.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::Command;

use certalog::publish::{Swap, publish};
use certalog::sources::Sources;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::faults::tell;
use crate::harness::{Fixture, is_csv, repository, source};

/// A copy of the catalogue in a folder of its own, so that no build sees another's output.
fn copy(name: &str) -> TempDir {
    copy_from(name, 0)
}

/// The same, its files made in an order that begins with one of them: some disks list them so.
fn copy_from(name: &str, first: usize) -> TempDir {
    let folder = tempfile::Builder::new().prefix(name).tempdir().unwrap();
    let fixture = Fixture::of_this_repository();
    let mut files: Vec<_> = fixture.contents().collect();
    let first = first % files.len();
    files.rotate_left(first);
    for (path, content) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// Every file below a folder with its bytes, by path.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The site that the program writes under these variables and this mask.
fn built(root: &Path, variables: &[(&str, &str)], mask: &str) -> BTreeMap<String, Vec<u8>> {
    built_by("", root, variables, mask)
}

/// The same through another program, such as one that changes the user.
fn built_by(through: &str, root: &Path, variables: &[(&str, &str)], mask: &str) -> BTreeMap<String, Vec<u8>> {
    let script = format!("umask {mask}; exec {through} \"$0\" build --as-of 2026-01-01 --quiet");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_certalog")).current_dir(root);
    for name in ["TZ", "LANG", "LC_ALL", "RAYON_NUM_THREADS", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree(&root.join("public"))
}

#[track_caller]
fn assert_same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>) {
    let paths = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(found), paths(expected));
    for (path, bytes) in found {
        assert!(bytes == &expected[path], "{path} differs");
    }
}

#[test]
fn surroundings_change_nothing() {
    let first = copy("certalog");
    let expected = built(first.path(), &[("RAYON_NUM_THREADS", "1"), ("TZ", "UTC"), ("LANG", "C")], "022");
    assert!(expected.len() > 100);
    let surroundings: [(&[(&str, &str)], &str); 3] = [
        (&[("RAYON_NUM_THREADS", "4"), ("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8")], "077"),
        (&[("RAYON_NUM_THREADS", "3"), ("TZ", "America/St_Johns"), ("LC_ALL", "ar_EG.UTF-8")], "002"),
        // The day was asked for, so that another in the variable has no effect.
        (&[("RAYON_NUM_THREADS", "2"), ("SOURCE_DATE_EPOCH", "86400")], "022"),
    ];
    for (variables, mask) in surroundings {
        let folder = copy("another catalogue, ünïcode ");
        assert_same(&built(folder.path(), variables, mask), &expected);
    }
    // In the same folder once more.
    assert_same(&built(first.path(), &[("RAYON_NUM_THREADS", "2")], "022"), &expected);
}

/// Becomes a user who owns nothing else; only the superuser can.
const ANOTHER_USER: &str = "setpriv --reuid=65534 --regid=65534 --clear-groups";

#[test]
#[ignore = "minutes: the whole of the test above, for the figures of P7"]
fn a_hundred_builds_have_one_digest() {
    let zones = ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "Antarctica/Troll"];
    let locales = ["C", "tr_TR.UTF-8", "ar_EG.UTF-8", "de_DE", "ja_JP.eucJP", "C.UTF-8"];
    let masks = ["022", "077", "002", "000", "027", "007"];
    let clocks = ["0", "86400", "1767225600", "4102444800"];
    let probe = format!("{ANOTHER_USER} \"$0\" --version");
    let probe = Command::new("sh").args(["-c", &probe, env!("CARGO_BIN_EXE_certalog")]).output();
    let can_be_another = probe.is_ok_and(|output| output.status.success());
    let mut digests = BTreeMap::<[u8; 32], Vec<usize>>::new();
    let mut by_another = 0;
    for number in 0..100 {
        let folder = copy_from(
            &format!("{}{number}", ["certalog", "ein Katalog ", "каталог"][number % 3]),
            number * 7,
        );
        let threads = (1 + number * 37 % 64).to_string();
        let variables = [
            ("RAYON_NUM_THREADS", threads.as_str()),
            ("TZ", zones[number % zones.len()]),
            ("LC_ALL", locales[number % locales.len()]),
            ("SOURCE_DATE_EPOCH", clocks[number % clocks.len()]),
        ];
        let is_another = can_be_another && number % 4 == 3;
        if is_another {
            by_another += 1;
            for entry in walkdir::WalkDir::new(folder.path()) {
                std::os::unix::fs::chown(entry.unwrap().path(), Some(65534), Some(65534)).unwrap();
            }
        }
        let through = if is_another { ANOTHER_USER } else { "" };
        let built = built_by(through, folder.path(), &variables, masks[number % masks.len()]);
        let mut digest = Sha256::new();
        for (path, bytes) in &built {
            digest.update(path.len().to_le_bytes());
            digest.update(path);
            digest.update(bytes.len().to_le_bytes());
            digest.update(bytes);
        }
        digests.entry(digest.finalize().into()).or_default().push(number);
    }
    tell(&format!("100 builds, {by_another} of them by another user: {} digest", digests.len()));
    assert_eq!(digests.len(), 1, "{:?}", digests.values());
}

#[test]
fn the_program_publishes_what_a_build_in_memory_gives() {
    let folder = copy("certalog");
    let mut published = built(folder.path(), &[], "022");
    published.remove(".certalog").expect("the folder is marked as certalog's");
    let built = Fixture::of_this_repository().build();
    let site = built.site().iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec())).collect();
    assert_same(&published, &site);
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let fixture = Fixture::of_this_repository();
    let expected = fixture.build();
    let files: Vec<_> = fixture.contents().map(|(path, content)| source(path, content)).collect();
    let count = files.len();
    // Strides that share no factor with the number of files go through all of them.
    for stride in [count - 1, 7, 11, 13].into_iter().filter(|stride| count % stride != 0) {
        let shuffled: Vec<_> = (0..count).map(|at| files[at * stride % count].clone()).collect();
        let built = fixture.build_of(Sources::from_files(shuffled), Vec::new());
        assert!(built.build.site == expected.build.site, "stride {stride}");
        assert_eq!(built.build.diagnostics, expected.build.diagnostics);
    }
}

#[test]
fn publishing_twice_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("public");
    let built = Fixture::of_this_repository().build();
    let first = publish(built.site(), &out, repository()).unwrap();
    assert_eq!((first.added, first.changed, first.removed), (built.site().len(), 0, 0));
    let stamps = || -> BTreeMap<String, (u64, i64, i64)> {
        let files = walkdir::WalkDir::new(&out).into_iter().map(Result::unwrap);
        let stamp = |entry: walkdir::DirEntry| {
            let found = entry.metadata().unwrap();
            (entry.path().display().to_string(), (found.ino(), found.mtime(), found.mtime_nsec()))
        };
        files.map(stamp).collect()
    };
    let before = stamps();
    let second = publish(built.site(), &out, repository()).unwrap();
    assert_eq!((second.added, second.changed, second.removed, second.swap), (0, 0, 0, Swap::None));
    assert_eq!(second.unchanged, built.site().len());
    assert_eq!(stamps(), before);
}

#[test]
fn one_changed_record_changes_only_the_pages_that_show_it() {
    let fixture = Fixture::of_this_repository();
    let before = fixture.build();
    let path = "content/certifications/huawei-digital-crm-r2.1/certification.md";
    let after = fixture
        .edit(path, "element = \"1.3.7.4\"\nscore = 4.4\n", "element = \"1.3.7.4\"\nscore = 4.3\n")
        .build();
    let changed = after.site().iter().filter(|(path, bytes)| before.site().get(path) != Some(*bytes));
    let changed: Vec<_> = changed.map(|(path, _)| path.as_str()).collect();
    assert!(changed.contains(&"certifications/huawei-digital-crm-r2.1/index.html"), "{changed:?}");
    assert!(
        changed.contains(&"frameworks/etom/process/close-customer-problem-report/index.html"),
        "{changed:?}"
    );
    let (files, pages): (Vec<&str>, Vec<&str>) =
        changed.iter().partition(|path| is_csv(path) || path.ends_with("/index.md"));
    for path in &pages {
        assert!(after.text(path).contains("huawei-digital-crm-r2.1"), "{path} does not show it");
    }
    // The pages of the certification, its organization, its framework and release, two heat maps, the lists of all and of its domain, the comparisons and the data.
    assert!(pages.len() <= 13, "{pages:?}");
    for file in files {
        let page = format!("{}/index.html", file.rsplit_once('/').unwrap().0);
        assert!(pages.contains(&page.as_str()), "{file} without its page");
    }
}
