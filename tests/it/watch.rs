//! When there is a reason to look: what happens to real folders, and how often that wakes whoever waits.
//!
//! In come changes of a folder on the disk, out go wakes; and the reader that follows them, compared with a first reading.
//! What the preview makes of it is told elsewhere.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use certalog::sources::{Limits, Reader, Sources};
use certalog::watch::{Wake, Watch};

/// Waits until there is a reason to look; `false` where there is none for this long.
fn looks_within(watch: &mut Watch, patience: Duration) -> bool {
    let end = Instant::now() + patience;
    while Instant::now() < end {
        match watch.wait() {
            Wake::Look => return true,
            Wake::Idle => {}
            Wake::Polling(reason) => panic!("{reason}"),
        }
    }
    false
}

/// Takes all the looks that past changes are still good for.
fn come_to_rest(watch: &mut Watch) {
    while looks_within(watch, Duration::from_millis(1500)) {}
}

fn catalogue() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/pages")).unwrap();
    fs::write(folder.path().join("site.toml"), "title = \"A\"\n").unwrap();
    fs::write(folder.path().join("content/index.md"), "+++\n+++\n").unwrap();
    folder
}

const LONG: Duration = Duration::from_mins(1);

#[test]
fn what_is_no_source_wakes_nobody() {
    let folder = catalogue();
    let root = folder.path();
    let mut watch = Watch::new(root);
    come_to_rest(&mut watch);
    fs::create_dir_all(root.join("public/content")).unwrap();
    fs::write(root.join("public/content/index.html"), "x").unwrap();
    fs::write(root.join("README.md"), "x").unwrap();
    fs::rename(root.join("public"), root.join("old")).unwrap();
    // and neither does reading what is one
    Sources::read(root, &Limits::default()).unwrap();
    assert!(!looks_within(&mut watch, Duration::from_millis(1500)));
    fs::write(root.join("content/index.md"), "+++\n").unwrap();
    assert!(looks_within(&mut watch, LONG));
}

#[test]
fn what_happens_together_wakes_once_and_once_more() {
    let folder = catalogue();
    let mut watch = Watch::new(folder.path());
    come_to_rest(&mut watch);
    for page in 0..2000 {
        fs::write(folder.path().join(format!("content/pages/{page}.md")), "+++\n+++\n").unwrap();
    }
    let mut looks = 0;
    while looks_within(&mut watch, Duration::from_millis(1500)) {
        looks += 1;
    }
    // one for all, one later to be sure, and one more for every half second that a busy machine took
    assert!((2..=6).contains(&looks), "{looks} looks");
}

#[test]
fn folders_that_go_and_come_are_watched_again() {
    let folder = catalogue();
    let root = folder.path();
    let mut watch = Watch::new(root);
    come_to_rest(&mut watch);
    fs::rename(root.join("content"), root.join("away")).unwrap();
    assert!(looks_within(&mut watch, LONG));
    come_to_rest(&mut watch);
    fs::create_dir(root.join("content")).unwrap();
    assert!(looks_within(&mut watch, LONG));
    come_to_rest(&mut watch);
    fs::write(root.join("content/index.md"), "x").unwrap();
    assert!(looks_within(&mut watch, LONG));
    come_to_rest(&mut watch);
    // the catalogue itself
    let elsewhere = root.with_extension("elsewhere");
    fs::rename(root, &elsewhere).unwrap();
    assert!(looks_within(&mut watch, LONG));
    come_to_rest(&mut watch);
    fs::rename(&elsewhere, root).unwrap();
    assert!(looks_within(&mut watch, LONG));
    come_to_rest(&mut watch);
    fs::write(root.join("content/index.md"), "y").unwrap();
    assert!(looks_within(&mut watch, LONG));
}

#[test]
fn a_watch_that_polls_looks_again_and_again() {
    let folder = catalogue();
    let mut watch = Watch::polling(folder.path());
    assert!(looks_within(&mut watch, LONG) && looks_within(&mut watch, LONG));
}

/// Sets the times of a file as a copy that keeps them does: the content's time is an old one, the file's own is not.
fn as_of_long_ago(path: &Path) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
}

#[test]
fn a_second_reading_is_what_a_first_one_is() {
    let folder = catalogue();
    let root = folder.path();
    let mut reader = Reader::new(root, Limits::default());
    let mut check = |what: &str| {
        let (again, found) = reader.read().unwrap();
        let (first, found_first) = Sources::read(root, &Limits::default()).unwrap();
        assert!(again == first && found == found_first, "{what}");
    };
    check("the first");
    // the same size and the same old time of the content, at once and after the clock has moved on
    for pause in [Duration::ZERO, Duration::from_secs(4)] {
        for (text, what) in [("aaaa", "one"), ("bbbb", "two"), ("cccc", "three")] {
            fs::write(root.join("content/index.md"), text).unwrap();
            as_of_long_ago(&root.join("content/index.md"));
            std::thread::sleep(pause);
            check(what);
        }
    }
    fs::rename(root.join("content/index.md"), root.join("content/other.md")).unwrap();
    check("renamed");
    fs::write(root.join("content/index.md"), "dddd").unwrap();
    fs::rename(root.join("content/index.md"), root.join("content/other.md")).unwrap();
    check("exchanged");
    fs::write(root.join("content/other.md"), [0xff]).unwrap();
    check("no text");
    fs::remove_file(root.join("content/other.md")).unwrap();
    std::os::unix::fs::symlink("../site.toml", root.join("content/other.md")).unwrap();
    check("a link");
    fs::remove_dir_all(root.join("content")).unwrap();
    check("gone");
}

#[test]
fn what_differs_between_two_readings_is_named() {
    let folder = catalogue();
    let root = folder.path();
    let read = || Sources::read(root, &Limits::default()).unwrap().0;
    let before = read();
    assert_eq!(before.changed_since(&before), Vec::<String>::new());
    fs::write(root.join("content/pages/new.md"), "x").unwrap();
    fs::write(root.join("site.toml"), "y").unwrap();
    fs::remove_file(root.join("content/index.md")).unwrap();
    assert_eq!(read().changed_since(&before), ["content/index.md", "content/pages/new.md", "site.toml"]);
    fs::write(root.join("content/unread.md"), [0xff]).unwrap();
    let unread = read();
    fs::write(root.join("content/unread.md"), "").unwrap();
    assert_eq!(
        read().changed_since(&unread),
        ["content/unread.md"],
        "what could not be read was no empty file"
    );
}
