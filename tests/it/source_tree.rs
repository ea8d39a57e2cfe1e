//! The tree of the sources under attack: names, links that appear while it is read, and `..` in every key that names a place.
//!
//! In come catalogues that a folder, a commit of git or a table of files holds, out go refusals that name the file; nothing outside is read.

use std::fs;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};

use certalog::sources::git::Repository;
use certalog::sources::{Limits, Sources};

use crate::cli::{run, status};
use crate::git::{commit, put, repository};
use crate::harness::Fixture;

/// Names that cannot be stored everywhere, each below a folder where no id is read, and one that can.
const NAMES: &[(&str, &[&str])] = &[
    ("con.toml", &["unstorable-name"]),
    ("NUL.toml", &["unstorable-name"]),
    ("com1.toml", &["unstorable-name"]),
    ("COM\u{b9}.toml", &["unstorable-name"]),
    ("lpt\u{b3}.tar.toml", &["unstorable-name"]),
    ("aux .toml", &["unstorable-name"]),
    ("a. /b.toml", &["unstorable-name"]),
    ("a./b.toml", &["unstorable-name"]),
    ("a:b.toml", &["unstorable-name"]),
    ("a\\b.toml", &["unstorable-name"]),
    ("a?.toml", &["unstorable-name"]),
    ("a\u{202e}b.toml", &["unstorable-name"]),
    ("a\u{7}b.toml", &["unstorable-name"]),
    ("conference.toml", &[]),
    ("Prüfung der Störungen.toml", &[]),
];

const ELEMENT: &str =
    "[[element]]\nkey = \"a-certain-element\"\nname = \"A Certain Element\"\nid = \"9.9\"\n";

/// The starting catalogue's framework has its elements in this folder.
const ELEMENTS: &str = "content/frameworks/example/elements";

fn elements_folder() -> String {
    let starter = Fixture::starter();
    let path = starter.contents().map(|(path, _)| path.to_owned()).find(|path| path.contains("/elements/"));
    path.map_or(ELEMENTS.to_owned(), |path| path.split("/elements/").next().unwrap().to_owned() + "/elements")
}

#[test]
fn names_that_cannot_be_stored_everywhere_are_refused_from_memory_disk_and_git() {
    let folder = elements_folder();
    for (name, codes) in NAMES {
        let path = format!("{folder}/{name}");
        let expected = Fixture::starter().with(&path, ELEMENT).build();
        assert_eq!(expected.codes(), *codes, "{name:?}\n{}", expected.report());
        assert!(!expected.report().contains(['\u{7}', '\u{202e}']), "{name:?}");
    }
    let catalogue = repository();
    let root = catalogue.path();
    for (name, _) in NAMES {
        let key = format!("element-{}", name.len());
        put(root, &format!("{folder}/{name}"), ELEMENT.replace("a-certain-element", &key));
    }
    commit(root, "Names");
    let (on_disk, found) = Sources::read(root, &Limits::default()).unwrap();
    let repository = Repository::around(root).unwrap();
    let (committed, found_in_git) =
        repository.read(&repository.find("HEAD").unwrap(), &Limits::default()).unwrap();
    let reports = [(on_disk, found), (committed, found_in_git)].map(|(sources, found)| {
        let built = Fixture::starter().build_of(sources, found);
        assert!(built.build.site.is_empty());
        built.report()
    });
    let refused = NAMES.iter().filter(|(_, codes)| !codes.is_empty()).count();
    assert_eq!(reports[0].matches("error[unstorable-name]").count(), refused, "{}", reports[0]);
    assert!(reports[0] == reports[1], "a commit is judged otherwise than its checkout");
}

#[test]
fn documents_pages_and_files_of_the_theme_share_one_table_of_addresses() {
    let clashes: &[&[&str]] = &[
        &["content/pages/Guide.pdf", "content/pages/guide.pdf"],
        &["content/pages/re\u{301}sume\u{301}.pdf", "content/pages/r\u{e9}sum\u{e9}.pdf"],
        &["content/pages/a/stra\u{df}e.pdf", "content/pages/a/STRASSE.pdf"],
        &["themes/default/static/SITE.css"],
        &["themes/default/static/site.css/more.css"],
        &["themes/default/static/a.pdf", "content/pages/static/a.pdf"],
        &["themes/default/static/words.js"],
        &["content/pages/index.html/a.pdf"],
    ];
    for files in clashes {
        let fixture = files.iter().fold(Fixture::starter(), |fixture, path| fixture.with(path, "x"));
        let built = fixture.build();
        assert_eq!(built.codes(), ["address-conflict"], "{files:?}\n{}", built.report());
        for path in *files {
            assert!(built.report().contains(path), "{path} is not named:\n{}", built.report());
        }
    }
}

#[test]
fn long_names_and_paths_are_refused() {
    for (path, code) in [
        (format!("content/pages/{}.pdf", "n".repeat(97)), "invalid-id"),
        (format!("themes/default/static/{}.css", "n".repeat(97)), "invalid-id"),
        (format!("themes/default/templates/{}.html", "n".repeat(97)), "unstorable-name"),
        (format!("content/pages/{}/{}/{}.pdf", "a".repeat(80), "b".repeat(80), "c".repeat(75)), "invalid-id"),
    ] {
        let built = Fixture::starter().with(&path, "x").build();
        assert_eq!(built.codes(), [code], "{path}\n{}", built.report());
        assert!(built.report().contains("more than"), "{}", built.report());
    }
}

#[test]
fn two_long_ids_have_a_comparison() {
    let certification = "content/certifications/example-care-desk-3.2/certification.md";
    let starter = Fixture::starter();
    let text = starter.texts().find(|(path, _)| *path == certification).unwrap().1.to_owned();
    let ids = ["a", "b"].map(|letter| letter.repeat(80));
    let fixture = ids.iter().fold(starter, |fixture, id| {
        fixture.with(&format!("content/certifications/{id}/certification.md"), &text)
    });
    let built = fixture.build();
    let folder = format!("compare/{}--/{}/", ids[0], ids[1]);
    built.page(&format!("{folder}index.html"));
    assert!(built.text("compare/index.html").contains(&folder["compare/".len()..]));
}

/// Where `..` leads from any key that names a place: nowhere.
#[test]
fn dots_lead_out_of_no_key() {
    let certification = "content/certifications/example-care-desk-3.2/certification.md";
    let document =
        |file: &str| format!("[[document]]\nrole = \"report\"\ntitle = \"Report\"\nfile = \"{file}\"\n");
    let starter = Fixture::starter();
    let text = starter.texts().find(|(path, _)| *path == certification).unwrap().1.to_owned();
    let with = |more: &str, body: &str| {
        let (front, rest) = text[3..].split_once("\n+++").unwrap();
        Fixture::starter().with(certification, format!("+++{front}\n{more}\n+++{rest}\n{body}\n"))
    };
    let page = |front: &str, body: &str| {
        Fixture::starter()
            .with("content/pages/dots.md", format!("+++\ntitle = \"Dots\"\n{front}\n+++\n{body}\n"))
    };
    let config = |line: &str| {
        Fixture::starter()
            .with("site.toml", format!("title = \"T\"\nbase_url = \"https://example.org/\"\n{line}\n"))
    };
    let secret = "../../../../../../etc/passwd";
    let cases: Vec<(&str, Fixture, &str)> = vec![
        ("document", with(&document(secret), ""), "missing-file"),
        ("document, inside", with(&document("a/../../../site.toml"), ""), "missing-file"),
        ("link", page("", &format!("[x]({secret})")), "forbidden-address"),
        ("picture", page("", &format!("![x]({secret})")), "forbidden-address"),
        ("alias", page("aliases = [\"../out/\"]", ""), "invalid-alias"),
        ("alias, inside", page("aliases = [\"a/../../out/\"]", ""), "invalid-alias"),
        ("theme", config("theme = \"../content\""), "unknown-theme"),
        ("theme, dots", config("theme = \"..\""), "unknown-theme"),
        ("language", config("language = \"../../x\""), "invalid-value"),
        ("record", page("", "[[organization:../x]]"), "broken-link"),
    ];
    for (case, fixture, code) in cases {
        let built = fixture.build();
        let codes = built.codes();
        assert!(
            built.build.site.is_empty() && codes.contains(&code),
            "{case}: {codes:?}\n{}",
            built.report()
        );
    }
}

#[test]
fn commands_take_no_id_that_leads_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("catalogue");
    status(&run(folder.path(), &["init", "catalogue"]), 0);
    let before = crate::faults::tree(folder.path());
    for id in ["../../out", "..", "a/../../b", "/tmp/x", "con", "."] {
        let output = run(&root, &["new", "organization", "Out", "--id", id]);
        assert_eq!(output.status.code(), Some(2), "{id}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(crate::faults::tree(folder.path()) == before);
}

/// A file, and then a folder above it, is exchanged for a link again and again while the catalogue is read.
#[test]
fn a_link_that_takes_a_files_place_is_never_followed() {
    let secret = tempfile::tempdir().unwrap();
    fs::create_dir(secret.path().join("deep")).unwrap();
    fs::write(secret.path().join("a.md"), "secret").unwrap();
    fs::write(secret.path().join("deep/a.md"), "secret").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    let name = |name: &str| content.join(name);
    fs::create_dir_all(name("deep")).unwrap();
    fs::write(name("a.md"), "text").unwrap();
    fs::write(name("deep/a.md"), "text").unwrap();
    symlink(secret.path().join("a.md"), name(".link.md")).unwrap();
    symlink(secret.path().join("deep"), name(".linked")).unwrap();
    let is_over = AtomicBool::new(false);
    let (mut read, mut refused) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                for (one, other) in [("a.md", ".link.md"), ("deep", ".linked")] {
                    let _ = rustix::fs::renameat_with(
                        rustix::fs::CWD,
                        name(one),
                        rustix::fs::CWD,
                        name(other),
                        rustix::fs::RenameFlags::EXCHANGE,
                    );
                }
            }
        });
        for _ in 0..300 {
            let (sources, found) = Sources::read(folder.path(), &Limits::default()).unwrap();
            for (file, source) in sources.iter() {
                assert_ne!(sources.text(file), "secret", "{}", source.path);
                read += usize::from(sources.text(file) == "text");
            }
            refused += found.len();
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert!(read > 0 && refused > 0, "{read} were read and {refused} refused: there was no race");
}
