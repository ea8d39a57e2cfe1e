//! The server before those who mean harm: every disguise of a path that leads elsewhere, and clients that take all they can get.
//!
//! In come bytes over connections to a server in this process, out goes what it answers: a file of the site, or a refusal.
//! Nothing here reads or writes the disk; whatever is not a file of the site would be a leak, wherever it came from.

use std::collections::BTreeSet;
use std::io::{BufReader, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use super::client::{Answer, connect, get, read, send};
use super::sockets::Site;

/// Paths that have led out of one server or another. `/` and `.` are written in other ways by [`ENCODINGS`].
pub(super) const FORMS: [&str; 51] = [
    "/../site.toml",
    "/../../etc/passwd",
    "/../../../../../../../../etc/passwd",
    "/./../etc/passwd",
    "/static/../../site.toml",
    "/static/../../../../etc/passwd",
    "/static/./../.././etc/passwd",
    "/static/..",
    "/static/../",
    "/static/..../site.css",
    "/static/.../site.css",
    "/static//../../etc/passwd",
    "/static/;/../../etc/passwd",
    "/static/..;/..;/etc/passwd",
    "/certifications/../../content/index.md",
    "/certifications/../site.toml",
    "/certifications/example-care-desk-3.2/../../../site.toml",
    "/..",
    "/../",
    "/.",
    "/./",
    "//etc/passwd",
    "///etc/passwd",
    "//../etc/passwd",
    "//evil.example/",
    "//evil.example/..",
    "///evil.example/%2e%2e",
    "/\\evil.example",
    "/..\\..\\etc\\passwd",
    "/static\\..\\..\\site.toml",
    "/C:/Windows/win.ini",
    "/C:\\Windows\\win.ini",
    "/file:///etc/passwd",
    "/etc/passwd",
    "/proc/self/environ",
    "/proc/self/cwd/site.toml",
    "/dev/stdin",
    "/~root/.ssh/id_rsa",
    "/.git/config",
    "/.git/HEAD",
    "/site.toml",
    "/content/index.md",
    "/themes/default/templates/base.html",
    "/public/index.html",
    "/Cargo.toml",
    "/.certalog/../site.toml",
    "/.certalog/reload.js/../../../etc/passwd",
    "/.certalog-site",
    "/index.html/../../etc/passwd",
    "/index.html/..",
    "/static/site.css/../../../etc/passwd",
];

/// The ways in which a path can be written: as it is, encoded, encoded twice, and in bytes that some decoders forgive.
pub(super) const ENCODINGS: [fn(&str) -> String; 4] = [
    str::to_owned,
    |path| format!("/{}", path[1..].replace('.', "%2e").replace('/', "%2F").replace('\\', "%5c")),
    |path| format!("/{}", path[1..].replace('.', "%252e").replace('/', "%252f").replace('\\', "%255c")),
    |path| format!("/{}", path[1..].replace('.', "%c0%ae").replace('/', "%c0%af").replace('\\', "%u005c")),
];

/// Whether an answer gives away nothing but the site: a file of it as it was built, or no content at all.
#[track_caller]
fn check_answer(answer: &Answer, bodies: &BTreeSet<Vec<u8>>, request: &str) {
    let statuses = [200, 302, 400, 404, 405, 421, 431];
    assert!(statuses.contains(&answer.status), "{request}{}", answer.headers);
    let headers = answer.headers.to_lowercase();
    let leads_away = headers
        .lines()
        .filter_map(|line| line.strip_prefix("location: "))
        .any(|to| !to.starts_with('/') || to.starts_with("//") || to.starts_with("/\\"));
    assert!(!leads_away, "{request}{}", answer.headers);
    assert!(!headers.contains("access-control"), "{request}{}", answer.headers);
    let is_tool = request.contains("certalog") || request.starts_with("HEAD");
    if answer.status != 200 || is_tool {
        return;
    }
    let is_page = headers.contains("text/html");
    let body = if is_page { super::without_script(&answer.body) } else { answer.body.clone() };
    assert!(bodies.contains(&body), "{request}");
}

fn bodies(site: &Site) -> BTreeSet<Vec<u8>> {
    site.built.site().iter().map(|(_, bytes)| bytes.to_vec()).collect()
}

#[test]
fn no_disguise_of_a_path_leads_out_of_the_site() {
    let site = Site::start();
    let bodies = bodies(&site);
    let mut answered = 0;
    for form in FORMS {
        for encode in ENCODINGS {
            let request =
                format!("GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", encode(form));
            // where there is no answer the connection was closed, which refuses as well
            if let Some(answer) = send(site.address(), request.as_bytes()) {
                check_answer(&answer, &bodies, &request);
                answered += 1;
            }
        }
    }
    assert!(answered > 150, "{answered} of 204");
    site.check_alive();
    site.server.stop();
}

/// Numbers that look like chance and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    fn of<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

const STEPS: &[&str] = &[
    "..",
    ".",
    "%2e%2e",
    "%2E.",
    "..%2f",
    "%2e%2e%2f",
    "..%5c",
    "..\\",
    "%252e%252e",
    "%c0%ae%c0%ae",
    "..;",
    "...",
    "%00",
    "\\",
    "//",
    "etc",
    "passwd",
    "proc",
    "self",
    "environ",
    "site.toml",
    "content",
    "index.md",
    ".git",
    "config",
    "public",
    "certifications",
    "static",
    "site.css",
    "C:",
    "%",
    "%f",
    "?",
    "a=b",
    "~root",
    "%u002e",
    "\u{2025}",
    "CON",
    ".certalog",
    "reload.js",
    "index.html%00.css",
];

/// Connections of those who take their time: some say nothing, some stop within a header, some never read their answers.
fn slow(site: &Site, count: usize) -> Vec<TcpStream> {
    let mut slow: Vec<_> = (0..count).map(|_| connect(site.address())).collect();
    for (at, stream) in slow.iter_mut().enumerate() {
        let request: &[u8] = match at % 3 {
            0 => b"",
            1 => b"GET / HTTP/1.1\r\nHost: loc",
            _ => b"GET /static/site.css HTTP/1.1\r\nHost: localhost\r\n\r\n",
        };
        // one that waited too long was sent away
        let _ = stream.write_all(request);
    }
    slow
}

#[test]
fn ten_thousand_mutated_paths_lead_to_the_site_or_nowhere() {
    const CLIENTS: usize = 8;
    const REQUESTS: usize = 1250;
    let site = Site::start();
    let address = site.address();
    let bodies = bodies(&site);
    let ask = |client: usize| {
        let mut random = Random(client as u64);
        let mut connection = None;
        for _ in 0..REQUESTS {
            let steps: Vec<&str> = (0..=random.below(7)).map(|_| *random.of(STEPS)).collect();
            let mut request =
                format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", steps.join("/")).into_bytes();
            // one in four is broken somewhere, most often in its path
            if random.below(4) == 0 {
                let end = request.len();
                request[random.below(end.min(60))] = random.below(256) as u8;
            }
            let (mut stream, mut reader) = connection.take().unwrap_or_else(|| {
                let stream = connect(address);
                (stream.try_clone().unwrap(), BufReader::new(stream))
            });
            let is_sent = stream.write_all(&request).is_ok() && {
                // a request without its end would be waited for
                stream.write_all(b"\r\n\r\n").is_ok()
            };
            let Some(answer) = is_sent.then(|| read(&mut reader)).flatten() else { continue };
            check_answer(&answer, &bodies, &String::from_utf8_lossy(&request));
        }
    };
    // fifty others hold their connections all the while; those whom the server sends away come again
    let is_over = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                let held = slow(&site, 50);
                for _ in 0..80 {
                    if !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                        thread::sleep(Duration::from_millis(100));
                    }
                }
                drop(held);
            }
        });
        let clients: Vec<_> = (0..CLIENTS).map(|client| scope.spawn(move || ask(client))).collect();
        let ended: Vec<_> = clients.into_iter().map(thread::ScopedJoinHandle::join).collect();
        is_over.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(ended.iter().all(Result::is_ok), "a client was answered wrongly");
    });
    site.check_alive();
    site.server.stop();
}

#[test]
fn headers_have_room_for_16_kb_and_for_no_more() {
    let site = Site::start();
    let status = |bytes: usize| {
        let request = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(bytes));
        send(site.address(), request.as_bytes()).map(|answer| answer.status)
    };
    assert_eq!(status(15 << 10), Some(200));
    // where there is no answer the connection was closed, which refuses as well
    assert!([Some(431), None].contains(&status(33 << 10)));
    site.check_alive();
    site.server.stop();
}

#[test]
fn the_257th_connection_waits_until_another_ends() {
    let site = Site::start();
    let mut held: Vec<_> = (0..256).map(|_| connect(site.address())).collect();
    let mut waiting = connect(site.address());
    waiting.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    waiting.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(read(&mut BufReader::new(waiting.try_clone().unwrap())).is_none(), "there is no room for it");
    held.truncate(200);
    waiting.set_read_timeout(Some(super::client::PATIENCE)).unwrap();
    assert_eq!(read(&mut BufReader::new(waiting)).map(|answer| answer.status), Some(200));
    drop(held);
    assert_eq!(get(site.address(), "/").status, 200);
    site.server.stop();
}

#[test]
fn no_answer_grants_anything_to_another_site() {
    let site = Site::start();
    for (path, headers) in [
        ("/", ""),
        ("/", "Origin: http://evil.example\r\n"),
        ("/static/site.css", "Origin: null\r\n"),
        ("/.certalog/events", "Origin: http://localhost\r\n"),
        ("/.certalog/reload.js", "Origin: http://localhost\r\nAccess-Control-Request-Method: GET\r\n"),
        ("/nothing", "Sec-Fetch-Site: cross-site\r\n"),
    ] {
        for method in ["GET", "HEAD", "OPTIONS"] {
            let request =
                format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n");
            let answer = send(site.address(), request.as_bytes()).unwrap();
            let sent = answer.headers.to_lowercase();
            assert!(!sent.contains("access-control"), "{request}{sent}");
            assert!(sent.contains("cross-origin-resource-policy: same-origin"), "{request}{sent}");
            assert!(sent.contains("x-content-type-options: nosniff"), "{request}{sent}");
            let expected = match (
                method,
                headers.contains("evil") || headers.contains("null") || headers.contains("cross-site"),
            ) {
                (_, true) => 403,
                ("OPTIONS", _) => 405,
                // a stream has no head to ask for
                ("HEAD", _) if path == "/.certalog/events" => 404,
                _ => 200,
            };
            assert_eq!(answer.status, expected, "{request}");
        }
    }
    site.server.stop();
}
