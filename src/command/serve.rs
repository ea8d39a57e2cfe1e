//! `certalog serve`: the catalogue in a browser, as it is at every moment.
//!
//! In comes a catalogue, out go its pages over HTTP, and on the terminal the address and one line for every change.
//! Nothing is written to the disk. Whatever becomes of the catalogue, the preview goes on until it is asked to end.

mod line;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs as _};
use std::path::Path;
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use super::catalogue;
use super::console::Console;
use super::{Failure, Status};
use crate::cli::{CatalogueArguments, Deny, ServeArguments};
use crate::diagnostic::{Leveled, Severity};
use crate::report::visible::visible;
use crate::report::{Report, human};
use crate::serve::{Difference, Finished, Names, Preview, Publisher, Server, Terms, Update, on_interrupt};
use crate::sources::{Limits, Reader};
use crate::watch::{Wake, Watch};
use line::Line;

/// So many ports are tried, from the wished one on.
const PORTS: u16 = 100;

/// A site of more files than this is not counted before browsers had time to ask for what changed.
const MANY: usize = 2000;
const PAUSE: Duration = Duration::from_millis(500);

/// What there is to say while the preview runs.
enum News {
    Updated(Update, Option<Difference>, Duration),
    Polling(String),
    Interrupted,
}

pub(super) fn run(arguments: &ServeArguments, console: &mut Console) -> Result<Status, Failure> {
    let root = catalogue::root(&arguments.catalogue)?;
    let listener = listen(&arguments.host, arguments.port)?;
    let address = listener.local_addr().map_err(|error| cannot("find its own port", &error))?;
    let mut follower = Follower::new(&root, arguments)?;
    let started = Instant::now();
    let first = follower.look();
    let elapsed = started.elapsed();
    let names = Names::new(&arguments.host, address.ip());
    let server = Server::start(listener, names, follower.preview.current().clone())
        .map_err(|error| cannot("start", &error))?;
    let base = follower.preview.current().base().to_owned();
    let site = site_address(&arguments.host, address, &base);

    if address.port() != arguments.port && arguments.port != 0 {
        console.say(format_args!("port {} is taken, so it is {}\n", arguments.port, address.port()))?;
    }
    if !address.ip().is_loopback() {
        console.say("whoever can reach this machine over the network can read this preview\n")?;
    }
    if let Some(update) = &first {
        report(update, console)?;
        console.result(line::Start { site: &site, update, elapsed })?;
        console.flush()?;
    }
    if arguments.open
        && let Err(error) = open::that_detached(&site)
    {
        console.say(format_args!("the browser cannot be opened: {error}\n"))?;
    }

    let (sender, news) = mpsc::channel();
    let interrupted = sender.clone();
    on_interrupt(move || drop(interrupted.send(News::Interrupted)))
        .map_err(|error| cannot("start", &error))?;
    let publisher = server.publisher();
    let thread = std::thread::Builder::new().name("follow".to_owned());
    thread.spawn(move || follower.follow(&publisher, &sender)).map_err(|error| cannot("start", &error))?;
    // a change whose difference was not known in time is in that of the next
    let mut is_behind = false;
    for news in news {
        match news {
            News::Interrupted => break,
            News::Polling(reason) => {
                console.say(format_args!("looking for changes every second, because {reason}\n"))?;
            }
            News::Updated(update, difference, elapsed) => {
                report(&update, console)?;
                if !console.is_quiet() {
                    let is_of_several = is_behind;
                    console.result(Line { update: &update, difference, is_of_several, elapsed })?;
                }
                is_behind = difference.is_none() && (is_behind || update.outcome.is_ok());
            }
        }
        console.flush()?;
    }
    server.stop();
    Ok(Status::Fine)
}

/// The findings that are new.
fn report(update: &Update, console: &mut Console) -> io::Result<()> {
    // warnings that stop the build are told even to those who want to hear of errors only
    let least =
        if console.is_quiet() && update.outcome.is_ok() { Severity::Error } else { Severity::Warning };
    let findings = update.findings.iter().filter(|finding| finding.severity >= least).cloned();
    let findings: Vec<Leveled> = findings.collect();
    console.say(human::render(&Report { sources: &update.sources, findings: &findings }, console.say_paint()))
}

/// Follows the catalogue on the disk.
struct Follower {
    arguments: CatalogueArguments,
    terms: Terms,
    watch: Watch,
    reader: Reader,
    preview: Preview,
}

impl Follower {
    fn new(root: &Path, arguments: &ServeArguments) -> Result<Self, Failure> {
        let terms = Terms {
            options: catalogue::options(&arguments.catalogue)?,
            denies_warnings: arguments.catalogue.deny == Some(Deny::Warnings),
        };
        // before the first look, so that nothing changes unseen after it
        let watch = if arguments.poll { Watch::polling(root) } else { Watch::new(root) };
        let reader = Reader::new(root, Limits::default());
        let arguments = arguments.catalogue.clone();
        Ok(Self { arguments, terms, watch, reader, preview: Preview::new() })
    }

    fn look(&mut self) -> Option<Update> {
        self.preview.update(self.reader.read(), &self.terms)
    }

    /// Waits, looks and publishes, for as long as someone listens.
    fn follow(mut self, publisher: &Publisher, news: &Sender<News>) {
        // what the first change is compared with
        self.finish();
        loop {
            let wake = self.watch.wait();
            let started = Instant::now();
            if let Wake::Polling(reason) = wake {
                if news.send(News::Polling(reason)).is_err() {
                    return;
                }
                continue;
            }
            let is_new_day = self.renew_day();
            if wake == Wake::Idle && !is_new_day {
                continue;
            }
            if let Some(update) = self.look() {
                publisher.publish(self.preview.current().clone());
                let elapsed = started.elapsed();
                let told = match self.finish() {
                    Finished::Counted(difference) => News::Updated(update, difference, elapsed),
                    Finished::Broken(late) => {
                        publisher.publish(self.preview.current().clone());
                        News::Updated(told_late(update, *late), None, elapsed)
                    }
                };
                if news.send(told).is_err() {
                    return;
                }
            }
        }
    }

    /// Makes all of the new site, unless it changes again meanwhile, to tell what of it is new and what cannot be made.
    fn finish(&mut self) -> Finished {
        let is_stirred = self.watch.stirred();
        if self.preview.current().site().len() > MANY {
            // whoever saved a file wants to see its page first
            std::thread::sleep(PAUSE);
        }
        self.preview.finish(&is_stirred)
    }

    /// Whether another day has begun, on which something may have lapsed.
    fn renew_day(&mut self) -> bool {
        // what could be read at the start can be read now
        let Ok(options) = catalogue::options(&self.arguments) else { return false };
        let is_new = options.as_of != self.terms.options.as_of;
        self.terms.options = options;
        is_new
    }
}

/// What a change came to when a page turned out to be one that cannot be made.
fn told_late(update: Update, late: Update) -> Update {
    let findings = update.findings.into_iter().chain(late.findings).collect();
    Update { files: update.files, findings, ..late }
}

/// Opens the wished port or the next one that is free.
fn listen(host: &str, port: u16) -> Result<TcpListener, Failure> {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let addresses = (name, port).to_socket_addrs();
    let address = addresses.ok().and_then(|mut addresses| addresses.next());
    let Some(ip) = address.map(|address| address.ip()) else {
        return Err(Failure::new(format!("there is no machine `{}`", visible(host, 200)))
            .help("`--host` takes an address of this machine, such as 127.0.0.1"));
    };
    let last = if port == 0 { 0 } else { port.saturating_add(PORTS) };
    let mut failure = None;
    for port in port..=last {
        match TcpListener::bind((ip, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => failure = Some(error),
            Err(error) => return Err(cannot(&format!("listen on {ip}, port {port}"), &error)),
        }
    }
    let error = failure.expect("at least one port was tried");
    Err(cannot(&format!("listen on {ip}, ports {port} to {last}"), &error)
        .help("choose another with `--port`"))
}

fn site_address(host: &str, address: SocketAddr, base: &str) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => "localhost".to_owned(),
        IpAddr::V6(ip) if host.parse::<IpAddr>().is_ok() || host.starts_with('[') => format!("[{ip}]"),
        _ => host.to_owned(),
    };
    let path = url::Url::parse("http://localhost/").and_then(|url| url.join(base));
    format!(
        "http://{host}:{}{}",
        address.port(),
        path.map_or_else(|_| "/".to_owned(), |url| url.path().to_owned())
    )
}

fn cannot(what: &str, error: &io::Error) -> Failure {
    Failure::new(format!("the preview cannot {what}: {error}"))
}
