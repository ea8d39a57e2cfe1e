//! Reading a catalogue from the disk: what is read, what is refused, and how that is said.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use certalog::diagnostic::{Code, Diagnostic};
use certalog::sources::{Content, Limits, Source, Sources, body_start, find_root};
use tempfile::TempDir;

fn catalogue(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read(root: &Path) -> (Sources, Vec<Diagnostic>) {
    Sources::read(root, &Limits::default()).unwrap()
}

fn paths(sources: &Sources) -> Vec<&str> {
    sources.iter().map(|(_, source)| source.path.as_str()).collect()
}

/// Each diagnostic as `path: code`.
fn codes(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<String> {
    let lines = diagnostics.iter();
    lines.map(|found| format!("{}: {}", sources.path(found.place.file), found.code.name())).collect()
}

#[test]
fn only_the_catalogue_is_read_in_the_order_of_paths() {
    let folder = catalogue(&[
        ("site.toml", b"title = \"x\""),
        ("README.md", b"no"),
        ("public/index.html", b"no"),
        ("content/index.md", b"+++\n+++\n"),
        ("content/certifications/x/certification.md", b"x"),
        ("content/certifications/x/report.pdf", b"%PDF\xff"),
        ("content/certifications/x-2/certification.toml", b"x"),
        ("themes/plain/templates/page.html", b"<p>"),
        ("themes/plain/static/logo.png", b"\x89PNG"),
    ]);
    let (sources, diagnostics) = read(folder.path());
    assert_eq!(diagnostics, []);
    let expected = [
        "content/certifications/x-2/certification.toml",
        "content/certifications/x/certification.md",
        "content/certifications/x/report.pdf",
        "content/index.md",
        "site.toml",
        "themes/plain/static/logo.png",
        "themes/plain/templates/page.html",
    ];
    assert_eq!(paths(&sources), expected);
    let pdf = sources.find("content/certifications/x/report.pdf").unwrap();
    assert_eq!(sources.bytes(pdf), b"%PDF\xff");
    assert_eq!(sources.text(sources.find("site.toml").unwrap()), "title = \"x\"");
    assert!(matches!(sources.iter().last().unwrap().1.content, Content::Text(_)));
    assert!(!sources.is_unread(pdf));
}

#[test]
fn an_empty_folder_is_an_empty_catalogue_and_a_missing_one_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(read(folder.path()).0.is_empty());
    assert!(Sources::read(&folder.path().join("none"), &Limits::default()).is_err());
}

#[test]
fn leavings_of_editors_are_passed_over() {
    let mut files: Vec<(String, &[u8])> = Vec::new();
    for name in [
        ".x.md.swp",
        "x.md~",
        "#x.md#",
        "x.tmp",
        "x.md.bak",
        "x.md.ORIG",
        ".DS_Store",
        "Thumbs.db",
        "4913",
        ".git/config",
    ] {
        files.push((format!("content/{name}"), b"\xff"));
    }
    files.push(("content/folder.bak/kept.md".to_owned(), b"x"));
    let files: Vec<_> = files.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    let folder = catalogue(&files);
    symlink("nobody@nowhere", folder.path().join("content/.#x.md")).unwrap();
    let (sources, diagnostics) = read(folder.path());
    assert_eq!((paths(&sources), diagnostics), (vec!["content/folder.bak/kept.md"], vec![]));
}

#[test]
fn links_are_reported_and_not_followed() {
    let secret = catalogue(&[("secret.md", b"secret"), ("folder/secret.md", b"secret")]);
    let folder = catalogue(&[("content/index.md", b"x")]);
    let content = folder.path().join("content");
    symlink(secret.path().join("secret.md"), content.join("file.md")).unwrap();
    symlink(secret.path().join("folder"), content.join("linked")).unwrap();
    symlink("/nowhere", content.join("broken.pdf")).unwrap();
    symlink(&content, content.join("loop")).unwrap();
    symlink(secret.path(), folder.path().join("themes")).unwrap();
    symlink(secret.path().join("secret.md"), folder.path().join("site.toml")).unwrap();
    let (sources, diagnostics) = read(folder.path());
    let expected =
        ["content/broken.pdf", "content/file.md", "content/linked", "content/loop", "site.toml", "themes"];
    assert_eq!(codes(&sources, &diagnostics), expected.map(|path| format!("{path}: symbolic-link")));
    for path in expected {
        let file = sources.find(path).unwrap();
        assert!(sources.is_unread(file) && sources.bytes(file).is_empty());
    }
    // the catalogue's own path may lead through a link
    let link = secret.path().join("catalogue");
    symlink(folder.path(), &link).unwrap();
    assert_eq!(read(&link), (sources, diagnostics));
}

#[test]
fn special_files_are_reported_and_not_opened() {
    let folder = catalogue(&[("content/index.md", b"x")]);
    let _socket = UnixListener::bind(folder.path().join("content/socket.md")).unwrap();
    let pipe = folder.path().join("content/pipe.md");
    let pipe_type = rustix::fs::FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, pipe_type, 0o644.into(), 0).unwrap();
    // Only the superuser can make a device: the one of which there is no end.
    let device = folder.path().join("content/device.md");
    let device_type = rustix::fs::FileType::CharacterDevice;
    let number = rustix::fs::makedev(1, 5);
    let has_device = rustix::fs::mknodat(rustix::fs::CWD, &device, device_type, 0o644.into(), number).is_ok();
    let (sources, diagnostics) = read(folder.path());
    let device = has_device.then(|| "content/device.md: special-file".to_owned());
    let others = ["content/pipe.md: special-file", "content/socket.md: special-file"].map(str::to_owned);
    assert_eq!(codes(&sources, &diagnostics), device.into_iter().chain(others).collect::<Vec<_>>());
}

#[test]
fn what_cannot_be_read_stops_nothing() {
    let folder = catalogue(&[("content/a.md", b"a"), ("content/closed/x.md", b"x"), ("content/z.md", b"z")]);
    let closed = |path: &str, mode| {
        fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    closed("content/a.md", 0);
    closed("content/closed", 0);
    let is_superuser = fs::read(folder.path().join("content/a.md")).is_ok();
    let (sources, diagnostics) = read(folder.path());
    closed("content/closed", 0o755);
    assert_eq!(sources.text(sources.find("content/z.md").unwrap()), "z");
    if !is_superuser {
        let expected = ["content/a.md: unreadable-file", "content/closed: unreadable-file"];
        assert_eq!(codes(&sources, &diagnostics), expected);
    }
}

#[test]
fn a_name_that_is_not_unicode_is_reported() {
    let folder = catalogue(&[("content/index.md", b"x")]);
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    if fs::write(folder.path().join("content").join(name), "x").is_err() {
        return; // this file system only takes Unicode
    }
    let (sources, diagnostics) = read(folder.path());
    assert_eq!(codes(&sources, &diagnostics), ["content/caf\u{fffd}.md: unreadable-file"]);
}

#[test]
fn text_must_be_utf_8_and_the_first_bad_byte_is_named() {
    let folder = catalogue(&[
        ("content/a.md", b"first\nna\xc3\xafve caf\xe9 \xff"),
        ("content/b.toml", b"\xff\xfex\0"),
        ("content/c.bin", b"\xff"),
    ]);
    let (sources, diagnostics) = read(folder.path());
    assert_eq!(codes(&sources, &diagnostics), ["content/a.md: invalid-utf8", "content/b.toml: invalid-utf8"]);
    assert_eq!(diagnostics[0].message, "not UTF-8 from line 2, column 10 on (byte 16 of the file)");
    assert!(diagnostics[1].message.ends_with("it looks like UTF-16"));
    assert_eq!(sources.text(sources.find("content/a.md").unwrap()), "");
}

#[test]
fn a_byte_order_mark_stays_in_the_text() {
    let folder = catalogue(&[("content/a.md", b"\xef\xbb\xbf+++\n")]);
    let (sources, diagnostics) = read(folder.path());
    let text = sources.text(sources.find("content/a.md").unwrap());
    assert_eq!((text, diagnostics), ("\u{feff}+++\n", vec![]));
    assert_eq!(&text[body_start(text)..], "+++\n");
    assert_eq!(body_start("+++"), 0);
}

#[test]
fn limits_depend_on_the_kind_of_file() {
    let big = vec![b'x'; 300];
    let folder = catalogue(&[
        ("site.toml", &big[..200]),
        ("content/a.md", &big[..100]),
        ("content/b.md", &big[..101]),
        ("content/frameworks/f/framework.toml", &big[..200]),
        ("content/frameworks/f/elements/e.md", &big[..201]),
        ("content/certifications/c/report.pdf", &big),
        ("content/organizations/o.png", &big[..51]),
        ("content/organizations/o.svg", &big[..50]),
        ("themes/t/theme.toml", &big[..201]),
        ("themes/t/static/site.css", &big),
    ]);
    let limits = Limits {
        record_bytes: 100,
        framework_bytes: 200,
        file_bytes: 300,
        logo_bytes: 50,
        ..Limits::default()
    };
    let (sources, diagnostics) = Sources::read(folder.path(), &limits).unwrap();
    let expected = [
        "content/b.md",
        "content/frameworks/f/elements/e.md",
        "content/organizations/o.png",
        "themes/t/theme.toml",
    ];
    assert_eq!(codes(&sources, &diagnostics), expected.map(|path| format!("{path}: file-too-large")));
    assert_eq!(
        diagnostics[0].message,
        "the file has 101 bytes, and a record, text or drawing may have 100 bytes"
    );
    assert!(diagnostics.iter().all(|found| found.code == Code::FileTooLarge));
    assert!(expected.iter().all(|path| sources.text(sources.find(path).unwrap()).is_empty()));
}

#[test]
fn a_huge_file_is_never_read() {
    let folder = catalogue(&[("content/a.md", b"x")]);
    // a hole of 8 TiB: reading it would end the test
    let file = fs::File::create(folder.path().join("content/hole.bin")).unwrap();
    if file.set_len(8 << 40).is_ok() {
        let (sources, diagnostics) = read(folder.path());
        assert_eq!(codes(&sources, &diagnostics), ["content/hole.bin: file-too-large"]);
        assert!(diagnostics[0].message.ends_with("may have 64 MiB"));
    }
}

#[test]
fn reading_does_not_depend_on_the_number_of_threads() {
    let names: Vec<_> = (0..300).map(|number| format!("content/pages/{}/{number}.md", number % 7)).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), name.as_bytes())).collect();
    let folder = catalogue(&files);
    fs::write(folder.path().join("content/bad.md"), b"\xff").unwrap();
    let with_threads = |count| {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap();
        threads.install(|| read(folder.path()))
    };
    assert_eq!(with_threads(1), with_threads(8));
}

#[test]
fn files_from_memory_are_sorted_too() {
    let text = |path: &str| Source { path: path.to_owned(), content: Content::Text("x".into()) };
    let sources = Sources::from_files([text("b"), text("a")]);
    assert_eq!((paths(&sources), sources.len()), (vec!["a", "b"], 2));
}

#[test]
fn the_root_is_found_from_below() {
    let folder = catalogue(&[("site.toml", b""), ("content/certifications/x/certification.md", b"")]);
    let root = folder.path().canonicalize().unwrap();
    assert_eq!(find_root(folder.path()), Some(root.clone()));
    assert_eq!(find_root(&folder.path().join("content/certifications/x")), Some(root.clone()));
    assert_eq!(find_root(&folder.path().join("content/../content")), Some(root));
    assert_eq!(find_root(&folder.path().join("nowhere")), None);
    assert_eq!(find_root(tempfile::tempdir().unwrap().path()), None);
}
