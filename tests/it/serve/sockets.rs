//! The server on real sockets: broken and hostile requests, slow clients, streams of news, the end.
//!
//! In come bytes over connections to a server in this process, out goes what it answers; it must answer the next one, too.
//! Nothing here reads or writes the disk.

use std::io::{BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use certalog::serve::{Names, Preview, Publisher, Server};

use super::client::{News, connect, get, named, read, send};
use super::{look, terms};
use crate::harness::{Built, Fixture};

/// A server of the starting catalogue at the top of its address.
pub(super) struct Site {
    pub(super) server: Server,
    publisher: Publisher,
    preview: Preview,
    pub(super) built: Built,
}

impl Site {
    pub(super) fn start() -> Self {
        let fixture = fixture();
        let mut preview = Preview::new();
        preview.update(look(&fixture), &terms(&fixture));
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let names = Names::new("127.0.0.1", [127, 0, 0, 1].into());
        let server = Server::start(listener, names, Arc::clone(preview.current())).unwrap();
        Self { publisher: server.publisher(), server, preview, built: fixture.build() }
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    fn edit(&mut self, fixture: &Fixture) {
        self.preview.update(look(fixture), &terms(fixture)).unwrap();
        self.publisher.publish(Arc::clone(self.preview.current()));
    }

    fn home(&self) -> Vec<u8> {
        let answer = get(self.address(), "/");
        assert_eq!(answer.status, 200, "{}", answer.headers);
        super::without_script(&answer.body)
    }

    pub(super) fn check_alive(&self) {
        assert_eq!(self.home(), self.built.text("index.html").as_bytes());
    }
}

fn fixture() -> Fixture {
    Fixture::starter().edit("site.toml", "example.org/catalogue/\"", "example.org\"")
}

#[test]
fn one_connection_takes_many_requests() {
    let site = Site::start();
    let mut stream = connect(site.address());
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    for (target, expected) in
        [("/", 200), ("/nothing", 404), ("/certifications", 302), ("/static/site.css", 200)]
    {
        write!(stream, "GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        assert_eq!(read(&mut reader).unwrap().status, expected, "{target}");
    }
    site.server.stop();
}

#[test]
fn requests_that_break_the_rules_are_refused_and_harm_nobody() {
    let site = Site::start();
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(100_000));
    let wide = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(200));
    for (request, expected) in [
        (b"GET / HTTP/1.1\r\n\r\n".as_slice(), &[400][..]),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", &[421]),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", &[421]),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", &[400]),
        (b"GET /.certalog/events HTTP/1.1\r\nHost: evil.example\r\n\r\n", &[421]),
        (b"GET /.certalog/events HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n", &[403]),
        (b"POST /.certalog/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", &[405]),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", &[405]),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", &[400, 200]),
        (b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", &[400, 405]),
        (b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", &[405]),
        (b"GET * HTTP/1.1\r\nHost: localhost\r\n\r\n", &[400]),
        (b"GET relative HTTP/1.1\r\nHost: localhost\r\n\r\n", &[400, 421]),
        (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", &[400]),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS handshake\r\n\r\n", &[400]),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &[400]),
        (long.as_bytes(), &[414, 431]),
        (wide.as_bytes(), &[431]),
    ] {
        let shown = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
        // where there is no answer the connection was closed, which refuses as well
        if let Some(answer) = send(site.address(), request) {
            assert!(expected.contains(&answer.status), "{shown}: {}", answer.headers);
            assert!(!answer.headers.contains("evil"), "{shown}: {}", answer.headers);
        }
        site.check_alive();
    }
    site.server.stop();
}

#[test]
fn slow_clients_keep_nobody_waiting() {
    let site = Site::start();
    let mut slow: Vec<_> = (0..50).map(|_| connect(site.address())).collect();
    for (at, stream) in slow.iter_mut().enumerate() {
        // some say nothing, some stop within a header, some never read their answers
        let request: &[u8] = match at % 3 {
            0 => b"",
            1 => b"GET / HTTP/1.1\r\nHost: loc",
            _ => b"GET /static/site.css HTTP/1.1\r\nHost: localhost\r\n\r\n",
        };
        stream.write_all(request).unwrap();
    }
    let started = Instant::now();
    for _ in 0..50 {
        site.check_alive();
    }
    // one of them would have to wait ten seconds and more if it had to wait for them at all
    assert!(started.elapsed() < Duration::from_mins(1), "{:?}", started.elapsed());
    // and those who never end their request are sent away
    let mut silent = BufReader::new(slow.swap_remove(1));
    assert!(read(&mut silent).is_none_or(|answer| answer.status == 408));
    assert!(started.elapsed() >= Duration::from_secs(5), "not before they had time to send it");
    site.server.stop();
}

#[test]
fn a_page_is_told_of_what_changed_since_it_was_sent() {
    let mut site = Site::start();
    let fixture = fixture();
    let page = get(site.address(), "/");
    for path in ["/certifications/", "/static/site.css", "/nothing"] {
        get(site.address(), path);
    }
    let (run, generation) = named(&page.body);
    // built between the page and its first question
    let edited =
        fixture.clone().edit("content/index.md", "Everything in it is invented.", "All of it is invented.");
    site.edit(&edited);
    let listen = |page: &str| {
        News::listen(site.address(), &format!("run={run}&generation={generation}&page={page}"), None)
    };
    let (id, message) = listen("/").next().unwrap();
    assert_eq!(
        (message["page"].as_bool(), message["others"].as_array().map(Vec::len)),
        (Some(true), Some(0))
    );
    assert!(message["fault"].is_null());
    for (path, changed) in
        [("/index.html", true), ("/certifications/", false), ("/nothing", false), ("%2F", true)]
    {
        assert_eq!(listen(path).next().unwrap().1["page"].as_bool(), Some(changed), "{path}");
    }
    // what it knows already is not told again
    let mut known =
        News::listen(site.address(), &format!("run={run}&generation={generation}&page=/"), Some(&id));
    assert_eq!(known.next().unwrap().1["page"].as_bool(), Some(false));

    // another style sheet, while it listens
    site.edit(&edited.clone().with("themes/default/static/site.css", "body {}\n"));
    let (_, message) = known.next().unwrap();
    assert_eq!(message["page"].as_bool(), Some(false));
    assert_eq!(message["others"], serde_json::json!(["/static/site.css"]));

    // a mistake, and its end
    site.edit(&edited.clone().with("content/index.md", "+++\n"));
    let (_, message) = known.next().unwrap();
    assert_eq!(message["fault"]["title"].as_str(), Some("1 error in 1 file"));
    site.edit(&edited);
    let (_, message) = known.next().unwrap();
    assert!(message["fault"].is_null() && message["others"] == serde_json::json!(["/static/site.css"]));

    // another address for everything, and a page of an earlier run
    site.edit(&Fixture::starter());
    assert!(known.next().unwrap().1["others"].is_null());
    for query in ["", "run=0000000000000000&generation=1&page=/", &format!("run={run}&generation=99&page=/")]
    {
        let (_, message) = News::listen(site.address(), query, None).next().unwrap();
        assert!(message["page"].as_bool() == Some(true) && message["others"].is_null(), "{query}");
    }
    site.server.stop();
}

#[test]
fn a_page_that_comes_or_goes_is_a_page_that_changed() {
    let mut site = Site::start();
    let (run, generation) = named(&get(site.address(), "/").body);
    for path in ["/new/", "/newer/"] {
        assert_eq!(get(site.address(), path).status, 404, "{path}");
    }
    let listen = |site: &Site, page: &str| {
        let query = format!("run={run}&generation={generation}&page={page}");
        News::listen(site.address(), &query, None).next().unwrap().1["page"].as_bool()
    };
    let with_page = fixture().with("content/pages/new.md", "+++\ntitle = \"New\"\n+++\nNew.\n");
    site.edit(&with_page);
    assert_eq!((listen(&site, "/new/"), listen(&site, "/newer/")), (Some(true), Some(false)));
    assert_eq!(get(site.address(), "/new/").status, 200);
    let (_, since) = named(&get(site.address(), "/new/").body);
    site.edit(&fixture());
    let query = format!("run={run}&generation={since}&page=/new/");
    assert_eq!(News::listen(site.address(), &query, None).next().unwrap().1["page"].as_bool(), Some(true));
    assert_eq!(get(site.address(), "/new/").status, 404);
    site.server.stop();
}

#[test]
fn the_end_comes_at_once_and_ends_the_streams() {
    let site = Site::start();
    let mut news = News::listen(site.address(), "", None);
    assert!(news.next().is_some());
    let _silent = connect(site.address());
    let started = Instant::now();
    let address = site.address();
    site.server.stop();
    assert!(news.next().is_none(), "the stream has an end");
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert!(std::net::TcpStream::connect(address).is_err(), "the port is free");
}

#[test]
fn every_answer_is_of_one_generation() {
    let mut site = Site::start();
    let address = site.address();
    let titles: Vec<String> = (0..40).map(|at| format!("Title {at}")).collect();
    let text = "title = \"Example catalogue\"";
    let stop = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    let page = get(address, "/certifications/");
                    let page = String::from_utf8(page.body).unwrap();
                    // the title stands in the head, in the header and elsewhere: all of one build
                    let named: std::collections::BTreeSet<_> = page
                        .split("Title ")
                        .skip(1)
                        .map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next())
                        .collect();
                    assert!(named.len() <= 1, "{named:?}");
                }
            });
        }
        for title in &titles {
            site.edit(&fixture().edit("site.toml", text, &format!("title = \"{title}\"")));
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    site.server.stop();
}
