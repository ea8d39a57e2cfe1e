//! Publishing: the folder holds a whole site at all times, and nothing that is not certalog's is touched.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use certalog::diagnostic::Diagnostic;
use certalog::publish::{
    CreateError, Files, NewFile, PublishError, Published, Refusal, Swap, create, publish,
};
use certalog::site::{Made, Maker, Site};
use certalog::site_path::SitePath;
use tempfile::TempDir;

/// A catalogue's folder with a `public` in it.
struct Catalogue {
    folder: TempDir,
}

impl Catalogue {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        fs::write(folder.path().join("site.toml"), "").unwrap();
        Self { folder }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    fn previous(&self) -> PathBuf {
        self.root().join(".public.certalog/previous")
    }

    fn publish(&self, site: &Site) -> Published {
        let published = publish(site, &self.out(), self.root()).unwrap();
        assert_eq!(contents(&self.out()), expected(site));
        published
    }

    fn refusal(&self, site: &Site, out: &Path) -> Refusal {
        match publish(site, out, self.root()) {
            Err(PublishError::Refused(refusal)) => refusal,
            other => panic!("not refused: {other:?}"),
        }
    }
}

fn site(files: &[(&str, &str)]) -> Site {
    let mut site = Site::default();
    for (path, text) in files {
        assert!(site.add(SitePath::new(path).unwrap(), text.as_bytes()));
    }
    site
}

fn old_site() -> Site {
    site(&[("index.html", "home"), ("a/index.html", "a"), ("a/b/c/index.html", "deep"), ("style.css", "css")])
}

/// One file changed, one gone with its folders, one new.
fn new_site() -> Site {
    site(&[("index.html", "HOME"), ("a/index.html", "a"), ("d/e/index.html", "e"), ("style.css", "css")])
}

fn expected(site: &Site) -> BTreeMap<String, Vec<u8>> {
    site.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect()
}

/// Every file below a folder but the ownership mark; folders that are empty count too.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(below) = folders.pop() {
        let mut entries = fs::read_dir(&below).unwrap().peekable();
        let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        if entries.peek().is_none() && below != folder {
            found.insert(format!("{}/", name(&below)), Vec::new());
        }
        for entry in entries {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else if name(&entry.path()) != ".certalog" {
                found.insert(name(&entry.path()), fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

/// The number and time of a published file.
fn identity(path: &Path) -> (u64, SystemTime) {
    let metadata = fs::metadata(path).unwrap();
    (metadata.ino(), metadata.modified().unwrap())
}

/// Everything about every file and folder below that a write would change.
fn fingerprint(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, i64, i64, i64)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| {
        let entry = entry.unwrap();
        let found = entry.path().symlink_metadata().unwrap();
        let times = (found.ino(), found.mtime(), found.mtime_nsec(), found.ctime(), found.ctime_nsec());
        (entry.into_path(), times)
    });
    entries.collect()
}

#[test]
fn a_first_site_moves_in() {
    let catalogue = Catalogue::new();
    let published = catalogue.publish(&old_site());
    assert_eq!((published.added, published.unchanged, published.swap), (4, 0, Swap::MovedIn));
    let mark = fs::read_to_string(catalogue.out().join(".certalog")).unwrap();
    let lines: Vec<_> = mark.lines().collect();
    assert_eq!((lines[0], lines.len()), ("certalog site 1", 5));
    assert!(lines[1].ends_with("  a/b/c/index.html"));
    assert_eq!(lines[1].len(), 64 + 2 + "a/b/c/index.html".len());
}

#[test]
fn an_empty_folder_and_a_folder_to_be_made_will_do() {
    let catalogue = Catalogue::new();
    fs::create_dir(catalogue.out()).unwrap();
    catalogue.publish(&old_site());
    let deep = catalogue.root().join("build/new/site");
    publish(&old_site(), &deep, catalogue.root()).unwrap();
    assert_eq!(contents(&deep), expected(&old_site()));
}

#[test]
fn an_empty_site_is_a_site() {
    let catalogue = Catalogue::new();
    let nothing = publish(&Site::default(), &catalogue.out(), catalogue.root()).unwrap();
    assert_eq!((nothing.added, nothing.swap), (0, Swap::MovedIn));
    assert_eq!(catalogue.publish(&old_site()).added, 4);
    let nothing = publish(&Site::default(), &catalogue.out(), catalogue.root()).unwrap();
    assert_eq!((nothing.removed, contents(&catalogue.out())), (4, BTreeMap::new()));
}

#[test]
fn an_unchanged_site_writes_nothing() {
    let catalogue = Catalogue::new();
    catalogue.publish(&old_site());
    let before = fingerprint(catalogue.root());
    let published = catalogue.publish(&old_site());
    assert_eq!((published.unchanged, published.swap), (4, Swap::None));
    assert_eq!(fingerprint(catalogue.root()), before);
}

#[test]
fn only_what_changed_is_written() {
    let catalogue = Catalogue::new();
    catalogue.publish(&old_site());
    let of = |path: &str| identity(&catalogue.out().join(path));
    let (home, page, style) = (of("index.html"), of("a/index.html"), of("style.css"));
    let published = catalogue.publish(&new_site());
    let counts = (published.added, published.changed, published.removed, published.unchanged);
    assert_eq!((counts, published.edited), ((1, 1, 1, 2), 0));
    assert!(matches!(published.swap, Swap::Exchanged | Swap::TwoRenames));
    assert_eq!((page, style), (of("a/index.html"), of("style.css")));
    let new_home = of("index.html");
    assert!(new_home.0 != home.0 && new_home.1 > home.1);
    // and again, now with an older generation to bring up to date
    let page = of("d/e/index.html");
    let mut third = new_site();
    assert!(third.add(SitePath::new("z.html").unwrap(), *b"z"));
    assert_eq!(catalogue.publish(&third).added, 1);
    assert_eq!((page, new_home), (of("d/e/index.html"), of("index.html")));
    assert_eq!(contents(&catalogue.previous()), expected(&new_site()));
}

#[test]
fn going_back_to_an_older_site_does_not_go_back_in_time() {
    let catalogue = Catalogue::new();
    let page = catalogue.out().join("index.html");
    let mut last = None;
    for turn in 0..6 {
        catalogue.publish(&if turn % 2 == 0 { old_site() } else { new_site() });
        let (inode, time) = identity(&page);
        if let Some((last_inode, last_time)) = last {
            assert!(inode != last_inode && time > last_time, "turn {turn}");
        }
        last = Some((inode, time));
    }
    // not even when the clock does
    let future = SystemTime::now() + Duration::from_hours(1);
    File::options().write(true).open(&page).unwrap().set_modified(future).unwrap();
    catalogue.publish(&old_site());
    assert!(identity(&page).1 > future);
}

#[test]
fn shared_files_are_never_written_to() {
    let catalogue = Catalogue::new();
    catalogue.publish(&old_site());
    catalogue.publish(&new_site());
    // the two generations share this file; a reader has it open while both are replaced
    let shared = identity(&catalogue.out().join("style.css"));
    assert_eq!(shared, identity(&catalogue.previous().join("style.css")));
    let keepsake = catalogue.root().join("keepsake.css");
    fs::hard_link(catalogue.out().join("style.css"), &keepsake).unwrap();
    catalogue.publish(&site(&[("style.css", "other")]));
    catalogue.publish(&site(&[("style.css", "another")]));
    assert_eq!((fs::read(&keepsake).unwrap(), identity(&keepsake)), (b"css".to_vec(), shared));
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let catalogue = Catalogue::new();
    let (one, other) = (site(&[("a", "file"), ("b/c/d", "deep")]), site(&[("a/x/y", "deep"), ("b", "file")]));
    for _ in 0..2 {
        catalogue.publish(&one);
        catalogue.publish(&other);
    }
}

#[test]
fn what_was_changed_by_hand_is_set_right() {
    let catalogue = Catalogue::new();
    catalogue.publish(&old_site());
    fs::write(catalogue.out().join("style.css"), "by hand").unwrap();
    fs::remove_file(catalogue.out().join("a/index.html")).unwrap();
    let published = catalogue.publish(&old_site());
    assert_eq!((published.edited, published.changed, published.added, published.unchanged), (2, 1, 1, 2));
    assert_eq!(catalogue.publish(&old_site()).edited, 0);
}

#[test]
fn memory_is_only_a_shortcut() {
    let catalogue = Catalogue::new();
    let memory = catalogue.root().join(".public.certalog/state");
    catalogue.publish(&old_site());
    let right = fs::read_to_string(&memory).unwrap();
    let page = identity(&catalogue.out().join("index.html"));
    for wrong in
        ["", "certalog state 1\n", &right.replacen('0', "1", 1), &right[..right.len() / 2], &right[1..]]
    {
        fs::write(&memory, wrong).unwrap();
        assert_eq!(catalogue.publish(&old_site()).unchanged, 4);
        assert_eq!(fs::read_to_string(&memory).unwrap(), right);
    }
    // the memory of another generation, as after a kill
    catalogue.publish(&new_site());
    fs::write(&memory, &right).unwrap();
    let published = catalogue.publish(&old_site());
    assert_eq!((published.changed, published.edited), (1, 0));
    assert_ne!(identity(&catalogue.out().join("index.html")), page);
    // a touched file is read, found equal and kept
    let style = File::options().write(true).open(catalogue.out().join("style.css")).unwrap();
    style.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    let published = catalogue.publish(&old_site());
    assert_eq!((published.unchanged, published.swap), (4, Swap::None));
    fs::remove_dir_all(catalogue.root().join(".public.certalog")).unwrap();
    catalogue.publish(&new_site());
}

#[test]
fn a_foreign_folder_is_refused_and_untouched() {
    let catalogue = Catalogue::new();
    fs::create_dir_all(catalogue.out().join("thesis")).unwrap();
    fs::write(catalogue.out().join("thesis/chapter.tex"), "years of work").unwrap();
    let before = fingerprint(catalogue.root());
    assert!(matches!(catalogue.refusal(&old_site(), &catalogue.out()), Refusal::NotOurs(_)));
    assert_eq!(fingerprint(catalogue.root()), before);
    // nor does a mark of another make make it ours
    for mark in ["", "certalog", "certalog site 1", "certalog site 1\nx", "certalog site 2\n"] {
        fs::write(catalogue.out().join(".certalog"), mark).unwrap();
        let refusal = catalogue.refusal(&old_site(), &catalogue.out());
        assert!(matches!(refusal, Refusal::BrokenMark(_) | Refusal::OtherFormat(_)), "{mark:?}");
    }
    assert!(catalogue.out().join("thesis/chapter.tex").exists());
}

#[test]
fn foreign_files_in_a_published_folder_are_named_and_kept() {
    let catalogue = Catalogue::new();
    catalogue.publish(&old_site());
    for number in 1..=6 {
        fs::write(catalogue.out().join(format!("a/notes-{number}.txt")), "mine").unwrap();
    }
    symlink("/etc", catalogue.out().join("a/link")).unwrap();
    let before = fingerprint(catalogue.root());
    let refusal = catalogue.refusal(&new_site(), &catalogue.out());
    let Refusal::Foreign(Files { names, count, .. }) = &refusal else { panic!("{refusal:?}") };
    assert_eq!((names.len(), names[0].as_str(), *count), (5, "a/link", 7));
    assert!(refusal.to_string().ends_with("`a/notes-4.txt` and 2 more"), "{refusal}");
    assert_eq!(fingerprint(catalogue.root()), before);
}

/// Somebody who writes to the published folder while pages are made.
struct Intruder {
    file: PathBuf,
}

impl Maker for Intruder {
    fn make(&self, _: u32, made: &mut Made) -> Result<(), Box<Diagnostic>> {
        fs::write(&self.file, "mine").unwrap();
        made.bytes = b"made".to_vec();
        Ok(())
    }
}

#[test]
fn what_comes_while_a_site_is_made_ends_the_build() {
    for file in ["a/notes.txt", "style.css"] {
        let catalogue = Catalogue::new();
        catalogue.publish(&old_site());
        let file = catalogue.out().join(file);
        let paths = vec![SitePath::new("index.html").unwrap()];
        let site = Site::made_by(Arc::new(Intruder { file: file.clone() }), paths);
        let refusal = catalogue.refusal(&site, &catalogue.out());
        assert!(matches!(refusal, Refusal::Meanwhile(_)), "{refusal}");
        assert_eq!(fs::read(&file).unwrap(), b"mine");
        assert_eq!(fs::read(catalogue.out().join("index.html")).unwrap(), b"home");
    }
}

#[test]
fn dangerous_folders_are_refused() {
    let catalogue = Catalogue::new();
    let root = catalogue.root();
    symlink(root.join("content"), root.join("link")).unwrap();
    fs::create_dir(root.join("real")).unwrap();
    symlink(root.join("real"), root.join("other")).unwrap();
    let before = fingerprint(root);
    let refusal = |out: &Path| catalogue.refusal(&old_site(), out);
    assert!(matches!(refusal(Path::new("/")), Refusal::Home(_)));
    if let Some(home) = std::env::home_dir().filter(|home| home.is_dir()) {
        assert!(matches!(refusal(&home), Refusal::Home(_)));
        assert!(matches!(refusal(&home.join(".")), Refusal::Home(_)));
    }
    for out in ["", ".", "content/..", "..", "real/../"] {
        assert!(matches!(refusal(&root.join(out)), Refusal::HoldsCatalogue(_)), "{out}");
    }
    for out in ["content", "content/public", "themes/x", "themes", ".git/x", "link/x", "real/../content/x"] {
        assert!(matches!(refusal(&root.join(out)), Refusal::InsideSources(..)), "{out}");
    }
    for out in ["link", "link/", "other", "other/", "other/."] {
        assert!(matches!(refusal(&root.join(out)), Refusal::Link(_)), "{out}");
    }
    assert!(matches!(refusal(&root.join("site.toml")), Refusal::NotAFolder(_)));
    assert!(matches!(refusal(&root.join("new/../content")), Refusal::Unclear(_)));
    assert_eq!(fingerprint(root), before);
    // through a link to a harmless folder is fine
    publish(&old_site(), &root.join("other/site"), root).unwrap();
    assert_eq!(contents(&root.join("real/site")), expected(&old_site()));
}

#[test]
fn leftovers_of_a_killed_run_do_no_harm() {
    let catalogue = Catalogue::new();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("index.html"), "not ours").unwrap();
    catalogue.publish(&old_site());
    let previous = catalogue.previous();
    // half a site: right names with wrong bytes, folders for files, links to elsewhere, a link to the live file
    fs::create_dir_all(previous.join("index.html/x")).unwrap();
    fs::create_dir_all(previous.join("junk/deep/er")).unwrap();
    fs::write(previous.join("junk/deep/file"), "junk").unwrap();
    fs::write(previous.join("style.css"), "cs").unwrap();
    symlink(outside.path(), previous.join("a")).unwrap();
    symlink(outside.path(), previous.join("d")).unwrap();
    catalogue.publish(&new_site());
    assert_eq!(contents(outside.path()), BTreeMap::from([("index.html".into(), b"not ours".to_vec())]));
    assert_eq!(contents(&previous), expected(&old_site()));
    // the folder itself may be anything
    for _ in 0..2 {
        fs::remove_dir_all(&previous).unwrap();
        symlink(outside.path(), &previous).unwrap();
        catalogue.publish(&old_site());
        fs::remove_dir_all(&previous).unwrap();
        fs::write(&previous, "junk").unwrap();
        catalogue.publish(&new_site());
    }
    assert!(outside.path().join("index.html").exists());
}

#[test]
fn of_several_publishers_one_wins_whole() {
    let catalogue = Catalogue::new();
    let sites: Vec<_> = (0..4).map(numbered).collect();
    for _ in 0..5 {
        std::thread::scope(|scope| {
            for site in &sites {
                scope.spawn(|| publish(site, &catalogue.out(), catalogue.root()).unwrap());
            }
        });
        let found = contents(&catalogue.out());
        assert!(sites.iter().any(|site| expected(site) == found));
    }
}

/// A site of sixty pages that tell its number, and a few that only it has.
fn numbered(number: usize) -> Site {
    let mut site = Site::default();
    for page in 0..60 {
        let path = format!("pages/{page}/index.html");
        assert!(site.add(SitePath::new(&path).unwrap(), format!("{number} {page}").into_bytes()));
        let path = format!("only-{number}/{page}.txt");
        assert!(site.add(SitePath::new(&path).unwrap(), *b"same"));
    }
    site
}

/// Names the folder in which [`victim`] publishes until it is killed.
const VICTIM: &str = "CERTALOG_TEST_VICTIM";

#[test]
fn a_killed_run_leaves_a_whole_site() {
    let catalogue = Catalogue::new();
    let sites = [numbered(0), numbered(1)];
    catalogue.publish(&sites[0]);
    let mut changes = 0;
    for turn in 0..25 {
        let before = contents(&catalogue.out());
        let mut victim = Command::new(std::env::current_exe().unwrap());
        victim.args(["--exact", "publish::victim", "--ignored"]).env(VICTIM, catalogue.root());
        let mut victim = victim.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let started = catalogue.root().join("started");
        let patience = Instant::now();
        while !started.exists() && patience.elapsed() < Duration::from_mins(1) {
            std::thread::sleep(Duration::from_millis(1));
        }
        // Now and then the victim gets as long as it needs to publish once, however busy the machine is.
        while turn % 5 == 4 && changes == 0 && patience.elapsed() < Duration::from_mins(1) {
            // One page tells; the whole tree cannot be walked while it is exchanged.
            let page = "pages/0/index.html";
            changes += usize::from(fs::read(catalogue.out().join(page)).unwrap() != before[page]);
        }
        std::thread::sleep(Duration::from_millis(turn * 3));
        victim.kill().unwrap();
        victim.wait().unwrap();
        fs::remove_file(started).unwrap();
        let after = contents(&catalogue.out());
        assert!(sites.iter().any(|site| expected(site) == after), "turn {turn}: a mixture");
        changes += usize::from(before != after);
        catalogue.publish(&sites[turn as usize % 2]);
    }
    assert!(changes > 0, "the victim never published anything");
}

#[test]
#[ignore = "is started, and killed, by another test"]
fn victim() {
    let Some(root) = std::env::var_os(VICTIM) else { return };
    let root = PathBuf::from(root);
    fs::write(root.join("started"), "").unwrap();
    loop {
        for number in 0..2 {
            publish(&numbered(number), &root.join("public"), &root).unwrap();
        }
    }
}

#[test]
fn an_error_of_the_disk_leaves_the_old_site() {
    let catalogue = Catalogue::new();
    catalogue.publish(&old_site());
    // the place for the lock is taken by a folder, so nothing can begin
    let lock = catalogue.root().join(".public.certalog/lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    let error = publish(&new_site(), &catalogue.out(), catalogue.root()).unwrap_err();
    assert!(error.to_string().starts_with("cannot open `"), "{error}");
    assert_eq!(contents(&catalogue.out()), expected(&old_site()));
}

#[test]
fn a_site_has_no_file_inside_a_file() {
    let mut site = site(&[("a/b", "x"), ("c", "x")]);
    for taken in ["a/b", "a", "a/b/d", "c/d/e"] {
        assert!(!site.add(SitePath::new(taken).unwrap(), *b"y"), "{taken} was added");
    }
    assert!(site.add(SitePath::new("a/b-c").unwrap(), *b"y"));
    assert_eq!(site.len(), 3);
}

fn new_files(paths: &[&str]) -> Vec<NewFile> {
    paths.iter().map(|path| NewFile::new(*path, format!("text of {path}"))).collect()
}

#[test]
fn new_files_come_all_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("catalogue");
    create(&root, &new_files(&["content/a.toml", "content/deep/er/b.toml"])).unwrap();
    let before = paths_below(&root);
    assert_eq!(
        before,
        ["content", "content/a.toml", "content/deep", "content/deep/er", "content/deep/er/b.toml"]
    );
    assert_eq!(fs::read_to_string(root.join("content/a.toml")).unwrap(), "text of content/a.toml");

    // the second name is taken, so the first is not used either
    let taken = create(&root, &new_files(&["other/c.toml", "content/a.toml"])).unwrap_err();
    assert!(matches!(taken, CreateError::Taken(_)), "{taken}");
    std::os::unix::fs::symlink(folder.path(), root.join("link")).unwrap();
    let link = create(&root, &new_files(&["link/d.toml"])).unwrap_err();
    assert!(matches!(link, CreateError::Link(_)), "{link}");
    // a link that leads nowhere is a name that is taken
    std::os::unix::fs::symlink("nowhere", root.join("dangling.toml")).unwrap();
    let link = create(&root, &new_files(&["dangling.toml"])).unwrap_err();
    assert!(matches!(link, CreateError::Taken(_)), "{link}");
    for path in ["../e.toml", "/e.toml", "a//b", "a/./b", ""] {
        let outside = create(&root, &new_files(&[path])).unwrap_err();
        assert!(matches!(outside, CreateError::Outside(_)), "{path}: {outside}");
    }
    fs::remove_file(root.join("link")).unwrap();
    fs::remove_file(root.join("dangling.toml")).unwrap();
    assert_eq!(paths_below(&root), before);
}

fn paths_below(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    entries
        .map(|entry| entry.unwrap().path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned())
        .collect()
}
