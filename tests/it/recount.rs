//! Totals counted again by another program: a script in another language, from the data of the built site to the numbers on its pages.
//!
//! In come the sites of this repository and of the three other catalogues, written to a folder; out goes what `tests/recount.py` says of them.
//! A number that is changed in a page, in a file or in the data must be found, or the script counts nothing.

use std::path::Path;
use std::process::{Command, Output};

use crate::harness::{Built, Fixture, repository};

fn write(built: &Built, folder: &Path) {
    for (path, bytes) in built.site().iter() {
        let to = folder.join(path.as_str());
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }
}

fn recount(folder: &Path) -> Output {
    let script = repository().join("tests/recount.py");
    Command::new("python3").arg(script).arg(folder).output().expect("python3 counts again what is printed")
}

#[test]
fn another_program_counts_the_same() {
    let others = ["conformance", "controls", "techniques"]
        .map(|name| Fixture::from_disk(&repository().join("tests/sites").join(name)));
    for fixture in others.into_iter().chain([Fixture::of_this_repository(), Fixture::starter()]) {
        let folder = tempfile::tempdir().unwrap();
        write(&fixture.build(), folder.path());
        let output = recount(folder.path());
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(said.contains("numbers counted again, 0 differ"), "{said}");
    }
}

#[test]
fn a_number_that_was_changed_is_found() {
    let folder = tempfile::tempdir().unwrap();
    write(&Fixture::of_this_repository().build(), folder.path());
    assert!(recount(folder.path()).status.success());
    let certification = "certifications/huawei-digital-crm-r2.1";
    for (file, from, to) in [
        (
            format!("{certification}/index.html"),
            "<td class=\"number\">16</td>",
            "<td class=\"number\">17</td>",
        ),
        (format!("{certification}/index.html"), "<data value=\"4.9111\">", "<data value=\"4.9112\">"),
        (format!("{certification}/summary.csv"), "4.5667", "4.5767"),
        (format!("api/v1/{certification}.json"), "\"score\":\"4.4\"", "\"score\":\"4.5\""),
        (format!("api/v1/{certification}.json"), "\"not_submitted\":17", "\"not_submitted\":18"),
        ("index.html".to_owned(), "certifications/\">3</a></dd>", "certifications/\">4</a></dd>"),
        ("checks/index.html".to_owned(), "<dt>Waived</dt><dd>0", "<dt>Waived</dt><dd>1"),
    ] {
        let path = folder.path().join(&file);
        let text = std::fs::read_to_string(&path).unwrap();
        let changed = text.replacen(from, to, 1);
        assert_ne!(text, changed, "{file} has no `{from}`");
        std::fs::write(&path, changed).unwrap();
        let output = recount(folder.path());
        assert_eq!(output.status.code(), Some(1), "{file}: {from} → {to} is not found");
        assert!(!output.stderr.is_empty());
        std::fs::write(&path, text).unwrap();
    }
}
