//! `publish` into a store: what is sent, in which order, and what a failure leaves behind.
//!
//! In come sites in folders and a store in memory that fails where it is told to, out goes what the store holds then.
//! That real stores understand certalog is looked at by `tests/hosts/store.test.mjs`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use certalog::publish::{Folder, publish};
use certalog::upload::{Failed, Object, Obstacle, Plan, Store, plan, upload};

use crate::harness::Fixture;

const MARK: &str = ".certalog";

/// An object: its bytes, their kind, and how long it may be kept.
type Kept = (Vec<u8>, String, String);

/// A store in memory, with everything that was asked of it.
#[derive(Default)]
struct Memory {
    objects: Mutex<BTreeMap<String, Kept>>,
    log: Mutex<Vec<String>>,
    /// How many more writes it takes.
    room: Mutex<Option<usize>>,
}

impl Memory {
    fn with(name: &str, text: &str) -> Self {
        let store = Self::default();
        let object = (text.as_bytes().to_vec(), String::new(), String::new());
        store.objects.lock().unwrap().insert(name.to_owned(), object);
        store
    }

    fn takes(&self, writes: Option<usize>) {
        *self.room.lock().unwrap() = writes;
    }

    fn write(&self, what: String) -> Result<(), Failed> {
        if let Some(room) = self.room.lock().unwrap().as_mut() {
            *room = room.checked_sub(1).ok_or_else(|| Failed("there is no room".to_owned()))?;
        }
        self.log.lock().unwrap().push(what);
        Ok(())
    }

    fn log(&self) -> Vec<String> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }

    fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.objects.lock().unwrap().get(name).map(|(bytes, ..)| bytes.clone())
    }

    fn names(&self) -> Vec<String> {
        self.objects.lock().unwrap().keys().cloned().collect()
    }
}

impl Store for Memory {
    fn list(&self) -> Result<BTreeMap<String, u64>, Failed> {
        let objects = self.objects.lock().unwrap();
        Ok(objects.iter().map(|(name, (bytes, ..))| (name.clone(), bytes.len() as u64)).collect())
    }

    fn get(&self, name: &str) -> Result<Option<Vec<u8>>, Failed> {
        Ok(self.bytes(name))
    }

    fn put(&self, name: &str, object: &Object<'_>) -> Result<(), Failed> {
        self.write(format!("put {name}"))?;
        let object = (object.bytes.to_vec(), object.media_type.to_owned(), object.caching.to_owned());
        self.objects.lock().unwrap().insert(name.to_owned(), object);
        Ok(())
    }

    fn delete(&self, name: &str) -> Result<(), Failed> {
        self.write(format!("delete {name}"))?;
        self.objects.lock().unwrap().remove(name);
        Ok(())
    }
}

/// A site in a folder.
struct Site {
    _folder: tempfile::TempDir,
    place: PathBuf,
}

impl Site {
    fn of(fixture: &Fixture) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("catalogue");
        std::fs::create_dir(&root).unwrap();
        let place = folder.path().join("public");
        publish(fixture.build().site(), &place, &root).unwrap();
        Self { _folder: folder, place }
    }

    fn folder(&self) -> Folder {
        Folder::open(&self.place).unwrap()
    }
}

fn old() -> Fixture {
    Fixture::new(
        "=== site.toml\ntitle = \"Old\"\nbase_url = \"https://example.org/\"\n=== content/pages/gone.md\n+++\ntitle = \"Gone\"\n+++\nText.\n",
    )
}

fn new() -> Fixture {
    Fixture::new(
        "=== site.toml\ntitle = \"New\"\nbase_url = \"https://example.org/\"\n=== content/pages/come.md\n+++\ntitle = \"Come\"\n+++\nText.\n=== themes/default/static/more.css\nmore\n",
    )
}

fn run(site: &Site, store: &Memory) -> Result<Plan, String> {
    let folder = site.folder();
    let plan = plan(&folder, store).map_err(|obstacle| obstacle.to_string())?;
    upload(&plan, &folder, store, 1).map_err(|error| format!("{error:?}"))?;
    Ok(plan)
}

/// That a store holds a site and nothing else besides what is somebody else's.
#[track_caller]
fn holds(store: &Memory, site: &Site, foreign: &[&str]) {
    let folder = site.folder();
    let mut expected: Vec<String> = folder.files().keys().cloned().collect();
    expected.extend([MARK.to_owned()].into_iter().chain(foreign.iter().map(|name| (*name).to_owned())));
    expected.sort_unstable();
    assert_eq!(store.names(), expected);
    for path in folder.files().keys() {
        assert!(store.bytes(path) == Some(folder.read(path).unwrap()), "{path}");
    }
    assert!(store.bytes(MARK) == Some(std::fs::read(site.place.join(MARK)).unwrap()), "the list");
}

#[test]
fn what_pages_need_comes_first_and_what_is_gone_goes_last() {
    let (old, new, store) = (Site::of(&old()), Site::of(&new()), Memory::default());
    run(&old, &store).unwrap();
    store.log();
    run(&new, &store).unwrap();
    let log = store.log();
    let rank = |step: &String| match step.split_once(' ').unwrap() {
        ("put", MARK) => None,
        ("put", path) => {
            Some(usize::from(Path::new(path).extension().is_some_and(|ending| ending == "html")))
        }
        _ => Some(2),
    };
    let ranks: Vec<usize> = log.iter().filter_map(rank).collect();
    assert!(ranks.is_sorted() && [0, 1, 2].iter().all(|rank| ranks.contains(rank)), "{log:#?}");
    assert!(log.contains(&"put static/more.css".to_owned()), "{log:#?}");
    assert!(log.contains(&"delete gone/index.html".to_owned()), "{log:#?}");
    // What has the same bytes is not sent again.
    assert!(!log.contains(&"put static/site.css".to_owned()), "{log:#?}");
    assert_eq!((log.first(), log.last()), (Some(&format!("put {MARK}")), Some(&format!("put {MARK}"))));
    holds(&store, &new, &[]);
}

#[test]
fn a_site_that_is_there_is_not_sent_again() {
    let (site, store) = (Site::of(&old()), Memory::default());
    let first = run(&site, &store).unwrap();
    store.log();
    let second = run(&site, &store).unwrap();
    assert_eq!(store.log(), [""; 0]);
    assert!(second.is_done());
    assert_eq!(second.same, first.assets.len() + first.pages.len());
}

#[test]
fn each_object_has_its_kind_and_how_long_it_may_be_kept() {
    let (site, store) = (Site::of(&old()), Memory::default());
    run(&site, &store).unwrap();
    let objects = store.objects.lock().unwrap();
    for (name, kind) in [
        ("index.html", "text/html; charset=utf-8"),
        ("static/site.css", "text/css; charset=utf-8"),
        ("static/favicon.svg", "image/svg+xml"),
        (MARK, "text/plain; charset=utf-8"),
    ] {
        let (_, found, caching) = &objects[name];
        assert_eq!((found.as_str(), caching.as_str()), (kind, "no-cache"), "{name}");
    }
}

#[test]
fn objects_of_somebody_else_stay_and_are_never_written_to() {
    let (old, new) = (Site::of(&old()), Site::of(&new()));
    // besides the site
    let store = Memory::with("mine.txt", "mine");
    run(&old, &store).unwrap();
    run(&new, &store).unwrap();
    holds(&store, &new, &["mine.txt"]);
    // in its place
    let store = Memory::with("come/index.html", "mine");
    run(&old, &store).unwrap();
    let refused = run(&new, &store).unwrap_err();
    assert_eq!(
        refused,
        "there is 1 object that certalog did not publish and the site has a file for: `come/index.html`"
    );
    assert_eq!(store.bytes("come/index.html"), Some(b"mine".to_vec()));
}

#[test]
fn a_list_that_is_none_ends_it() {
    let site = Site::of(&old());
    let path = |path: &str| format!("certalog site 1\n{}  {path}\n", "0".repeat(64));
    for text in ["", "mine", &path("../above"), &path("/etc"), &path(MARK), "certalog site 1\nx  y\n"] {
        let store = Memory::with(MARK, text);
        let found = plan(&site.folder(), &store);
        assert!(matches!(found, Err(Obstacle::BrokenMark)), "{text:?}: {found:?}");
        assert_eq!(store.log(), [""; 0]);
    }
    let store = Memory::with(MARK, "certalog site 2\n");
    assert!(matches!(plan(&site.folder(), &store), Err(Obstacle::OtherFormat)));
}

#[test]
fn what_was_lost_or_cut_in_the_store_is_sent_again() {
    let (site, store) = (Site::of(&old()), Memory::default());
    run(&site, &store).unwrap();
    store.objects.lock().unwrap().remove("index.html");
    store.objects.lock().unwrap().get_mut("404.html").unwrap().0.truncate(10);
    let again = run(&site, &store).unwrap();
    let sent: Vec<&str> = again.pages.iter().map(|put| put.path.as_str()).collect();
    assert_eq!(sent, ["404.html", "index.html"]);
    holds(&store, &site, &[]);
}

#[test]
fn wherever_it_ends_the_next_run_goes_on_from_there() {
    let (old, new) = (Site::of(&old()), Site::of(&new()));
    let all = {
        let store = Memory::with("mine.txt", "mine");
        run(&old, &store).unwrap();
        store.log();
        run(&new, &store).unwrap();
        store.log().len()
    };
    assert!(all > 10);
    for writes in 0..all {
        let store = Memory::with("mine.txt", "mine");
        run(&old, &store).unwrap();
        store.log();
        store.takes(Some(writes));
        run(&new, &store).unwrap_err();
        let before = store.log();
        // A page that is there has what it needs: a new page came after all that pages need.
        if store.bytes("come/index.html").is_some() {
            assert!(store.bytes("static/more.css").is_some(), "after {writes}");
        }
        store.takes(None);
        let rest = run(&new, &store).unwrap();
        holds(&store, &new, &["mine.txt"]);
        let again = store.log();
        // What arrived and was noted is not sent again; one step may have been under way.
        let twice = before.iter().filter(|step| again.contains(step) && !step.ends_with(MARK)).count();
        assert!(twice <= rest.assets.len() + rest.pages.len() + 1, "after {writes}: {twice}");
        // The other way round as well: what was under way for one site gives way to another.
        store.takes(Some(writes));
        let _ = run(&old, &store);
        store.takes(None);
        run(&old, &store).unwrap();
        holds(&store, &old, &["mine.txt"]);
    }
}

#[test]
fn a_site_that_is_not_as_it_was_built_goes_nowhere() {
    let (site, store) = (Site::of(&old()), Memory::default());
    let folder = site.folder();
    let planned = plan(&folder, &store).unwrap();
    std::fs::write(site.place.join("404.html"), "other").unwrap();
    let refused = Folder::open(&site.place).unwrap_err().to_string();
    assert!(
        refused.contains("a file in `") && refused.ends_with("changed since the site was built: `404.html`"),
        "{refused}"
    );
    // changed after it was looked at
    upload(&planned, &folder, &store, 1).unwrap_err();
    assert_eq!(store.bytes("404.html"), None);
    std::fs::write(site.place.join("foreign"), "").unwrap();
    assert!(Folder::open(&site.place).unwrap_err().to_string().contains("did not publish: `foreign`"));
    let empty = tempfile::tempdir().unwrap();
    assert!(Folder::open(empty.path()).unwrap_err().to_string().starts_with("there is no site in"));
}
