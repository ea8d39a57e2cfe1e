//! `certalog serve` as it is run: a real folder, real notifications of the system, real sockets, one preview after another.
//!
//! In come edits as editors and git make them, out go the pages that are served, compared with those of a fresh build.
//! One test runs at a time, so that they do not take each other's time.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use certalog::starter;
use tempfile::TempDir;

use super::client::{News, PATIENCE, get, named, send};
use super::hostile::{ENCODINGS, FORMS};
use super::without_script;
use crate::harness::Fixture;

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A preview that runs on a catalogue of its own.
struct Program {
    folder: TempDir,
    child: Child,
    address: SocketAddr,
    /// The lines of its standard output that were not heard yet.
    said: Receiver<String>,
    /// Those of its standard error.
    warned: Receiver<String>,
    _turn: MutexGuard<'static, ()>,
}

impl Program {
    fn start(options: &[&str]) -> Self {
        Self::start_with(options, |_| {})
    }

    fn start_with(options: &[&str], prepare: impl FnOnce(&Path)) -> Self {
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in starter::FILES {
            write(&folder.path().join(path), text);
        }
        prepare(folder.path());
        let port = if options.contains(&"--port") { &[][..] } else { &["--port", "0"] };
        let mut child = Command::new(env!("CARGO_BIN_EXE_certalog"));
        child
            .args(["serve", "--as-of", "2026-01-01", "--base-url", "https://example.org/"])
            .args(port)
            .args(options);
        child.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = child.spawn().unwrap();
        let said = lines(child.stdout.take().unwrap());
        let warned = lines(child.stderr.take().unwrap());
        let address = ([127, 0, 0, 1], 0).into();
        let mut program = Self { folder, child, address, said, warned, _turn: turn };
        let line = program.hears("serving http://");
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap();
        program.address = address.parse().unwrap();
        program
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        fs::write(self.path(path), text.replace(from, to)).unwrap();
    }

    /// The next line of the program that has these words; every other is passed over.
    #[track_caller]
    fn hears(&self, words: &str) -> String {
        next(&self.said, words)
    }

    /// The same for its standard error.
    #[track_caller]
    fn is_warned(&self, words: &str) {
        next(&self.warned, words);
    }

    /// The lines that were not heard yet, until nothing has been said for a while.
    fn rest(&self) -> Vec<String> {
        std::iter::from_fn(|| self.said.recv_timeout(Duration::from_millis(1500)).ok()).collect()
    }

    /// Waits until exactly what a fresh build writes is served.
    #[track_caller]
    fn serves_what_is_built(&self) {
        let built = Fixture::from_disk(self.folder.path()).at("https://example.org/").build();
        let site = built.site();
        let end = Instant::now() + PATIENCE;
        loop {
            let differs = site.iter().find(|(path, bytes)| {
                let answer = get(self.address, &format!("/{path}"));
                let body = if path.is_page() && answer.status == 200 {
                    without_script(&answer.body)
                } else {
                    answer.body
                };
                answer.status != 200 || body != bytes.as_ref()
            });
            match differs {
                None => return,
                Some((path, _)) if Instant::now() > end => panic!("{path} differs; said: {:#?}", self.rest()),
                Some(_) => std::thread::sleep(Duration::from_millis(30)),
            }
        }
    }

    /// Waits until there is no page at a path.
    #[track_caller]
    fn has_lost(&self, path: &str) {
        let end = Instant::now() + PATIENCE;
        while get(self.address, path).status != 404 {
            assert!(Instant::now() < end, "{path} is still there");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Ends the program as a person does and tells how it ended.
    fn interrupt(mut self) -> Option<i32> {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it goes on");
    }
}

fn lines(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.for_each(|line| drop(sender.send(line)));
    });
    lines
}

#[track_caller]
fn next(lines: &Receiver<String>, words: &str) -> String {
    let mut passed = Vec::new();
    let end = Instant::now() + PATIENCE;
    while let Ok(line) = lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
        if line.contains(words) {
            return line;
        }
        passed.push(line);
    }
    panic!("no “{words}” after {passed:#?}");
}

impl Drop for Program {
    fn drop(&mut self) {
        // where a test has failed; after an interrupt this finds nothing
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// git without the settings of whoever runs the tests.
fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    for who in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
        git.env(who, "test");
    }
    let output = git.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

const PAGE: &str = "content/pages/about.md";
const RECORD: &str = "content/certifications/example-care-desk-3.2/certification.md";

#[test]
fn every_way_of_saving_is_seen() {
    let program = Program::start(&[]);
    program.serves_what_is_built();
    // in place
    program.edit(RECORD, "score = 4.5", "score = 4.0");
    program.hears(RECORD);
    program.serves_what_is_built();
    // through a new file that takes the old one's place
    let text = fs::read_to_string(program.path(PAGE)).unwrap();
    fs::write(
        program.path("content/pages/.about.md.swp"),
        text.replace("+++\n", "+++\n# by rename\n") + "\nBy rename.\n",
    )
    .unwrap();
    fs::rename(program.path("content/pages/.about.md.swp"), program.path(PAGE)).unwrap();
    program.hears(PAGE);
    program.serves_what_is_built();
    // by way of a copy, as Vim does with `backupcopy=no`
    fs::rename(program.path(PAGE), program.path("content/pages/about.md~")).unwrap();
    fs::write(program.path(PAGE), text + "\nBy way of a copy.\n").unwrap();
    fs::remove_file(program.path("content/pages/about.md~")).unwrap();
    program.hears(PAGE);
    program.serves_what_is_built();
    // the settings, which stand in the folder itself
    fs::write(
        program.path("site.toml~"),
        fs::read_to_string(program.path("site.toml"))
            .unwrap()
            .replace("Example catalogue", "Sample catalogue"),
    )
    .unwrap();
    fs::rename(program.path("site.toml~"), program.path("site.toml")).unwrap();
    program.hears("site.toml: ");
    program.serves_what_is_built();
    // a new folder with folders in it, at once
    write(&program.path("content/pages/deep/er/new.md"), "+++\ntitle = \"New\"\n+++\nNew.\n");
    program.hears("content/pages/deep/er/new.md");
    program.serves_what_is_built();
    // a file in a folder that was new, later
    write(&program.path("content/pages/deep/er/newer.md"), "+++\ntitle = \"Newer\"\n+++\nNewer.\n");
    program.hears("content/pages/deep/er/newer.md");
    program.serves_what_is_built();
    // gone, and renamed
    assert_eq!(get(program.address, "/deep/er/new/").status, 200);
    fs::remove_dir_all(program.path("content/pages/deep")).unwrap();
    program.has_lost("/deep/er/new/");
    fs::rename(program.path(PAGE), program.path("content/pages/concerning.md")).unwrap();
    program.edit("site.toml", "page = \"about\"", "page = \"concerning\"");
    program.serves_what_is_built();
    program.has_lost("/about/");
    // a theme where there was none
    write(&program.path("themes/default/static/site.css"), "body { color: red }\n");
    program.hears("themes/default/static/site.css");
    program.serves_what_is_built();
    // bytes that stay the same are no change
    let text = fs::read_to_string(program.path("site.toml")).unwrap();
    program.rest();
    fs::write(program.path("site.toml"), text).unwrap();
    assert_eq!(program.rest(), Vec::<String>::new());
    assert_eq!(program.interrupt(), Some(0));
}

#[test]
fn it_goes_on_whatever_becomes_of_the_catalogue() {
    let program = Program::start(&[]);
    let home = get(program.address, "/").body;
    let stays = |program: &Program| {
        let now = get(program.address, "/");
        assert_eq!((now.status, without_script(&now.body)), (200, without_script(&home)));
    };
    program.edit(RECORD, "element = \"1.1\"", "element = \"1.11\"");
    program.is_warned("error[unknown-element]");
    program.hears("1 error in 1 file; the last good site stays");
    stays(&program);
    let report = String::from_utf8(get(program.address, "/.certalog/report").body).unwrap();
    assert!(report.contains("unknown-element") && report.contains("<mark>"), "{report}");
    program.edit(RECORD, "element = \"1.11\"", "element = \"1.1\"");
    program.hears("mended; ");
    stays(&program);

    fs::write(program.path("site.toml"), [0xff, 0xfe, b't']).unwrap();
    program.is_warned("error[invalid-utf8]");
    stays(&program);
    fs::remove_file(program.path("site.toml")).unwrap();
    program.is_warned("error[missing-file]");
    let (_, site) = starter::FILES.iter().find(|(path, _)| *path == "site.toml").unwrap();
    write(&program.path("themes/default/templates/home.html"), "{% block %}");
    fs::write(program.path("site.toml"), site).unwrap();
    program.is_warned("error[template-error]");
    stays(&program);
    fs::remove_dir_all(program.path("themes")).unwrap();
    program.hears("mended");

    let elsewhere = program.folder.path().with_extension("elsewhere");
    fs::rename(program.folder.path(), &elsewhere).unwrap();
    program.hears("the catalogue's folder cannot be read");
    stays(&program);
    fs::rename(&elsewhere, program.folder.path()).unwrap();
    program.hears("mended");
    // and what stands there now is watched again
    program.edit(RECORD, "score = 4.5", "score = 4.0");
    program.hears(RECORD);
    program.serves_what_is_built();
    assert_eq!(program.interrupt(), Some(0));
}

#[test]
fn a_broken_start_recovers() {
    let program = Program::start_with(&[], |root| {
        let text = fs::read_to_string(root.join("site.toml")).unwrap();
        fs::write(root.join("site.toml"), format!("{text}\n= broken")).unwrap();
    });
    let page = get(program.address, "/certifications/");
    assert_eq!(page.status, 503);
    let (run, generation) = named(&page.body);
    let mut news = News::listen(
        program.address,
        &format!("run={run}&generation={generation}&page=/certifications/"),
        None,
    );
    assert_eq!(news.next().unwrap().1["page"].as_bool(), Some(false));
    program.edit("site.toml", "\n= broken", "");
    assert_eq!(news.next().unwrap().1["page"].as_bool(), Some(true));
    program.serves_what_is_built();
    assert_eq!(program.interrupt(), Some(0));
}

#[test]
fn another_branch_is_one_change() {
    const PAGES: usize = 2000;
    let program = Program::start_with(&[], |root| {
        git(root, &["init", "-q", "-b", "main"]);
        git(root, &["add", "-A"]);
        git(root, &["commit", "-qm", "One"]);
        git(root, &["switch", "-qc", "many"]);
        for page in 0..PAGES {
            write(
                &root.join(format!("content/pages/p{}/page-{page}.md", page % 50)),
                "+++\ntitle = \"Page\"\n+++\nText.\n",
            );
        }
        git(root, &["add", "-A"]);
        git(root, &["commit", "-qm", "Many"]);
        git(root, &["switch", "-q", "main"]);
    });
    for branch in ["many", "main"] {
        git(program.folder.path(), &["switch", "-q", branch]);
        program.hears(" and 1999 more files: ");
        assert_eq!(program.rest(), Vec::<String>::new(), "one line for one switch");
    }
    program.serves_what_is_built();
    assert_eq!(program.interrupt(), Some(0));
}

#[test]
fn without_the_systems_help_it_looks_every_second() {
    let program = Program::start(&["--poll"]);
    for score in ["4.4", "4.3"] {
        program.edit(RECORD, "comment = \"Contacts", &format!("# {score}\ncomment = \"Contacts, {score},"));
        program.hears(RECORD);
    }
    program.serves_what_is_built();
    assert_eq!(program.interrupt(), Some(0));
}

#[test]
fn the_output_folder_is_neither_read_nor_written() {
    let program = Program::start(&[]);
    assert!(!program.path("public").exists());
    let build = Command::new(env!("CARGO_BIN_EXE_certalog"))
        .args(["-q", "build"])
        .current_dir(program.folder.path())
        .status();
    assert!(build.unwrap().success());
    assert_eq!(program.rest(), Vec::<String>::new(), "a build beside the preview is no change");
    let marked = fs::read(program.path("public/.certalog")).unwrap();
    program.edit(RECORD, "score = 4.5", "score = 4.0");
    program.hears(RECORD);
    assert_eq!(fs::read(program.path("public/.certalog")).unwrap(), marked);
    assert_eq!(program.interrupt(), Some(0));
}

#[test]
fn the_next_free_port_is_taken_and_named() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let program = Program::start(&["--port", &port.to_string()]);
    assert_ne!(program.address.port(), port);
    assert!(program.address.port() > port);
    assert_eq!(get(program.address, "/").status, 200);
    assert_eq!(program.interrupt(), Some(0));
}

/// What somebody keeps beside a catalogue and would not publish.
const SECRETS: [&str; 6] = [
    ".env",
    "secret.txt",
    ".git/config",
    "content/pages/.draft.md",
    ".public.certalog/notes",
    "themes/default/.key",
];

#[test]
fn what_lies_beside_the_site_is_given_to_nobody() {
    const WORDS: &str = "correct horse battery staple";
    let program =
        Program::start_with(&[], |root| SECRETS.iter().for_each(|path| write(&root.join(path), WORDS)));
    let catalogue = program.folder.path().to_str().unwrap();
    let straight = SECRETS.iter().flat_map(|path| {
        [
            format!("/{path}"),
            format!("/../{path}"),
            format!("/static/../../{path}"),
            format!("/{catalogue}/{path}"),
        ]
    });
    let mut asked = 0;
    for form in straight.chain(FORMS.map(str::to_owned)) {
        for encode in ENCODINGS {
            let request =
                format!("GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", encode(&form));
            let Some(answer) = send(program.address, request.as_bytes()) else { continue };
            let body = String::from_utf8_lossy(&answer.body);
            assert!(!body.contains(WORDS) && !answer.headers.contains(WORDS), "{request}");
            assert!(!body.contains("root:") && !body.contains("base_url"), "{request}");
            asked += 1;
        }
    }
    assert!(asked > 250, "{asked} answers");
    program.serves_what_is_built();
    assert_eq!(program.interrupt(), Some(0));
}
