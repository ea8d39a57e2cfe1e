//! Paths of a site: what is accepted can be stored everywhere and never leaves the folder.

use std::path::{Component, Path};

use certalog::site_path::{NAME_LIMIT, PATH_LIMIT, PathRefusal, SitePath};
use proptest::prelude::*;

#[test]
fn ordinary_paths_are_accepted() {
    for path in [
        "index.html",
        "certifications/example-suite-2.1/index.html",
        "frameworks/etom/16.0/index.html",
        ".nojekyll",
        "a/Prüfbericht 2017 (final).pdf",
        "a/証明書.pdf",
        "a/گزارش‌ها.pdf",
        "console/com10/null.html",
        "a/b..c.html",
    ] {
        assert_eq!(SitePath::new(path).unwrap().as_str(), path);
    }
}

#[test]
fn dangerous_paths_are_refused() {
    for path in [
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/../b",
        "./a",
        "a/.",
        "..\\a",
        "C:/a",
        "C:a",
        "a:stream",
        "a\0b",
        "a\nb",
        "a\u{202e}fdp.exe",
        "a\u{200f}",
        "a\u{feff}",
        "a\u{200b}b",
        "a.",
        "a /b",
        "a/b ",
        "a\u{3000}",
        "con",
        "a/NUL.txt",
        "aux .html",
        "COM1",
        "lpt9.tar.gz",
        "com¹",
        "LPT³.txt",
        "CONIN$",
        "a?.pdf",
        "a*",
        ".certalog",
        ".CERTALOG/a",
    ] {
        assert!(SitePath::new(path).is_err(), "{path:?} was accepted");
    }
}

#[test]
fn lengths_are_limited() {
    let name = "n".repeat(NAME_LIMIT);
    for path in [format!("{name}/index.html"), format!("a/{name}"), format!("{name}/{name}")] {
        assert!(SitePath::new(&path).is_ok(), "{path}");
    }
    for path in [format!("{name}n/index.html"), format!("a/{name}n"), format!("{name}n")] {
        assert!(matches!(SitePath::new(&path), Err(PathRefusal::LongName(_))), "{path}");
    }
    let whole = format!("{name}/{name}/{}", "n".repeat(PATH_LIMIT - 2 * NAME_LIMIT - 2));
    assert!(SitePath::new(&whole).is_ok());
    assert_eq!(SitePath::new(&format!("{whole}n")), Err(PathRefusal::LongPath(PATH_LIMIT + 1)));
}

#[test]
fn one_name_has_one_spelling() {
    assert_eq!(SitePath::new("Pru\u{308}fung.pdf"), SitePath::new("Pr\u{fc}fung.pdf"));
    let folded = |path: &str| SitePath::new(path).unwrap().folded();
    for (one, other) in
        [("A/B", "a/b"), ("STRASSE", "straße"), ("ΟΔΟΣ", "οδος"), ("οδοσ", "οδος"), ("ﬁ", "FI")]
    {
        assert_eq!(folded(one), folded(other), "{one} and {other}");
    }
    assert_ne!(folded("a-b"), folded("ab"));
}

#[test]
fn joining_checks_again() {
    let folder = SitePath::new("certifications/x").unwrap();
    let page = folder.join("index.html").unwrap();
    assert_eq!(page.as_str(), "certifications/x/index.html");
    assert_eq!(page.parent_depth(), 2);
    assert_eq!(page.folders().collect::<Vec<_>>(), ["certifications/x", "certifications"]);
    assert!(page.is_page());
    assert!(!folder.join("report.pdf").unwrap().is_page());
    for part in ["", "..", "/etc/passwd", "../../x"] {
        assert!(folder.join(part).is_err(), "{part:?} was joined");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn no_accepted_path_escapes(path in r"([a-c./\\: ]|\.\.|\PC|con|\x00){0,12}") {
        if let Ok(accepted) = SitePath::new(&path) {
            let path = Path::new(accepted.as_str());
            prop_assert!(path.components().all(|part| matches!(part, Component::Normal(_))));
            let parts: Vec<_> = accepted.as_str().split('/').collect();
            prop_assert_eq!(parts.len(), path.components().count());
            prop_assert_eq!(parts.len(), accepted.parent_depth() + 1);
            prop_assert_eq!(SitePath::new(accepted.as_str()), Ok(accepted));
        }
    }
}
