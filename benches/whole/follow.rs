//! How long it takes until an edit can be seen: from a saved file to the pages that `serve` sends.
//!
//! In come a program, a catalogue and a number of edits, out go two times for each: until the certification's own page has the
//! edit, and until the page of an element that it scores has it, too. The catalogue is as it was at the end.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::folder;
use super::measure::{Plan, short};

/// Serves every catalogue of a plan and prints what its edits took.
pub(crate) fn measure(plan: &Plan) -> io::Result<()> {
    fs::create_dir_all(&plan.scratch)?;
    println!("| Catalogue | Start | Certification's page | Element's page (least to most) | Peak memory |");
    println!("|---|---:|---:|---:|---:|");
    for name in &plan.catalogues {
        let root = plan.scratch.join("catalogue");
        folder::place(name, &root)?;
        let followed = follow(&plan.program, &root, plan.runs)?;
        let median = median(&followed.edits);
        let element = followed.edits.iter().map(|edit| edit.element);
        let (least, most) = (element.clone().min().unwrap_or_default(), element.max().unwrap_or_default());
        println!(
            "| {name} | {} | {} | {} ({} to {}) | {} |",
            short(followed.start),
            short(median.own),
            short(median.element),
            short(least),
            short(most),
            folder::megabytes(followed.peak)
        );
        folder::remove(&root)?;
    }
    Ok(())
}

/// What one edit took.
#[derive(Clone, Copy, Debug)]
struct Latency {
    /// Until the certification's page had it.
    own: Duration,
    /// Until the element's page had it, too.
    element: Duration,
}

/// What a preview did.
#[derive(Debug)]
struct Followed {
    /// From the start to the first page.
    start: Duration,
    /// Edit by edit.
    edits: Vec<Latency>,
    /// The most memory it held at once, in bytes, where the system tells.
    peak: u64,
}

/// Longer than this nothing takes.
const PATIENCE: Duration = Duration::from_mins(2);
/// So long the preview rests after an edit: it counts the pages then, which nobody waits for.
const REST: Duration = Duration::from_millis(1500);

/// Serves a catalogue and edits one certification again and again.
fn follow(program: &Path, root: &Path, edits: usize) -> io::Result<Followed> {
    let record = folder::some_certification(root)?;
    let text = fs::read_to_string(&record)?;
    let id =
        record.parent().and_then(Path::file_name).expect("a record lies in its folder").to_string_lossy();
    let started = Instant::now();
    let mut preview = Preview::start(program, root)?;
    let own = format!("{}certifications/{id}/", preview.base);
    let page = preview.wait_for(&own, "</html>")?;
    let start = started.elapsed();
    let element = element(&own, &page).ok_or_else(|| io::Error::other("the certification scores nothing"))?;
    preview.wait_for(&element, "</html>")?;
    sleep(REST * 2);
    let mut all = Vec::new();
    for edit in 0..edits {
        let token = format!("edit-{}-{edit}", std::process::id());
        fs::write(&record, text.replacen("product = \"", &format!("product = \"{token} "), 1))?;
        let saved = Instant::now();
        preview.wait_for(&own, &token)?;
        let own = saved.elapsed();
        preview.wait_for(&element, &token)?;
        all.push(Latency { own, element: saved.elapsed() });
        sleep(REST);
    }
    fs::write(&record, text)?;
    Ok(Followed { start, edits: all, peak: preview.peak() })
}

/// A preview that ends with the value.
struct Preview {
    child: Child,
    address: String,
    base: String,
}

impl Preview {
    fn start(program: &Path, root: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(["serve", "--as-of", "2026-11-21", "--port", "0", "--root"]).arg(root);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = child.stdout.take().expect("it is piped");
        let mut lines = BufReader::new(out).lines();
        let line = lines.next().ok_or_else(|| io::Error::other("the preview does not start"))??;
        // the rest is read, so that it never waits for a reader
        std::thread::spawn(move || lines.for_each(drop));
        let site = line.split("http://").nth(1).and_then(|rest| rest.split(": ").next());
        let (address, base) = site.and_then(|site| site.split_once('/')).unwrap_or_default();
        Ok(Self { child, address: address.to_owned(), base: format!("/{base}") })
    }

    /// Asks for a page until it has some words.
    fn wait_for(&mut self, path: &str, words: &str) -> io::Result<String> {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            let mut stream = TcpStream::connect(&self.address)?;
            write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
            let mut page = Vec::new();
            stream.read_to_end(&mut page)?;
            let page = String::from_utf8_lossy(&page).into_owned();
            if page.contains(words) {
                return Ok(page);
            }
            sleep(Duration::from_millis(1));
        }
        Err(io::Error::other(format!("{path} never has “{words}”")))
    }

    fn peak(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.unwrap_or_default() * 1024
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The page of the first element that a certification's page leads to.
fn element(own: &str, page: &str) -> Option<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let path = links.filter_map(|link| link.strip_prefix("../../frameworks/")).find(|link| {
        link.ends_with('/')
            && link.matches('/').count() == 3
            && link.split('/').nth(1).is_some_and(|noun| noun.chars().all(char::is_alphabetic))
    })?;
    let base = own.split("certifications/").next()?;
    Some(format!("{base}frameworks/{path}"))
}

/// The middle of the edits, each figure for itself. There is one edit at least.
fn median(edits: &[Latency]) -> Latency {
    let middle = |figure: fn(&Latency) -> Duration| {
        let mut figures: Vec<Duration> = edits.iter().map(figure).collect();
        figures.sort_unstable();
        figures[figures.len() / 2]
    };
    Latency { own: middle(|edit| edit.own), element: middle(|edit| edit.element) }
}
