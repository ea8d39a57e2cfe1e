//! What only a disk can hold: bytes that are no text, huge files, links, folders without permission, leavings of editors.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use certalog::sources::{Limits, Sources};
use tempfile::TempDir;

use crate::harness::{Built, Fixture};

/// The starting catalogue in a folder.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in Fixture::starter().contents() {
        write(&folder.path().join(path), content);
    }
    folder
}

fn write(path: &Path, content: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn build(root: &Path) -> Built {
    let (sources, found) = Sources::read(root, &Limits::default()).unwrap();
    Fixture::starter().build_of(sources, found)
}

#[test]
fn a_record_that_is_not_utf_8_is_known_but_broken() {
    let folder = folder();
    let path = folder.path().join("content/organizations/example-networks.toml");
    write(&path, b"name = \"Example T\xe9l\xe9com\"\n");
    // The certification names this organization, and nothing is said about that.
    assert_eq!(build(folder.path()).codes(), ["invalid-utf8"]);
    write(&path, b"\xff\xfen\0a\0m\0e\0");
    let built = build(folder.path());
    assert_eq!(built.codes(), ["invalid-utf8"]);
    assert!(built.report().contains("UTF-16"), "{}", built.report());
}

#[test]
fn a_huge_record_is_refused_without_being_read() {
    let folder = folder();
    let path = folder.path().join("content/pages/huge.md");
    let file = fs::File::create(&path).unwrap();
    file.set_len(50 * 1024 * 1024).unwrap();
    let built = build(folder.path());
    assert_eq!(built.codes(), ["file-too-large"]);
}

#[test]
fn a_large_document_is_published_whole() {
    let folder = folder();
    let bytes = vec![b'%'; 50 * 1024 * 1024];
    write(&folder.path().join("content/certifications/example-care-desk-3.2/report.pdf"), &bytes);
    let built = build(folder.path());
    assert_eq!(built.codes(), [""; 0]);
    let path = certalog::site_path::SitePath::new("certifications/example-care-desk-3.2/report.pdf").unwrap();
    assert_eq!(built.site().get(&path).unwrap().len(), bytes.len());
}

#[test]
fn a_folder_without_permission_is_told() {
    let folder = folder();
    let closed = folder.path().join("content/pages/closed");
    write(&closed.join("page.md"), b"+++\ntitle = \"Closed\"\n+++\n");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let is_readable_all_the_same = fs::read_dir(&closed).is_ok();
    let built = build(folder.path());
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser may read everything.
    if !is_readable_all_the_same {
        assert_eq!(built.codes(), ["unreadable-file"]);
    }
}

#[test]
fn a_link_out_of_the_catalogue_is_not_followed() {
    let outside = tempfile::tempdir().unwrap();
    write(&outside.path().join("secret.pdf"), b"secret");
    write(&outside.path().join("secret/page.md"), b"+++\ntitle = \"Secret\"\n+++\n");
    for (from, to) in [
        ("content/certifications/example-care-desk-3.2/report.pdf", "secret.pdf"),
        ("content/pages/secret", "secret"),
        ("content/pages/secret.md", "secret/page.md"),
        ("themes", "secret"),
        ("content/organizations/nowhere.toml", "not-there"),
    ] {
        let folder = folder();
        symlink(outside.path().join(to), folder.path().join(from)).unwrap();
        let built = build(folder.path());
        assert_eq!(built.codes(), ["symbolic-link"], "{from}");
        assert!(built.build.site.is_empty());
    }
}

#[test]
fn leavings_of_editors_are_no_part_of_the_catalogue() {
    let folder = folder();
    for name in [
        "content/pages/.about.md.swp",
        "content/pages/about.md~",
        "content/pages/#about.md#",
        "content/pages/.#about.md",
        "content/.DS_Store",
        "content/organizations/4913",
        "content/organizations/Thumbs.db",
        "content/certifications/example-care-desk-3.2/certification.md.orig",
        "content/certifications/example-care-desk-3.2/certification.md.bak",
        ".git/config",
        "content/pages/.hidden/page.md",
    ] {
        write(&folder.path().join(name), b"\xff not what it seems");
    }
    let built = build(folder.path());
    assert_eq!(built.report(), "");
    assert!(built.build.site == Fixture::starter().build().build.site);
}
