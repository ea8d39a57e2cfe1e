//! A client that sends exactly the bytes it is told to, and reads what comes back.
//!
//! In come an address and a request, out go status, headers and body; or a stream of news, message by message.
//! Every wait has an end, so that a server that is silent fails a test and does not hold it.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use certalog::serve::Run;

/// Longer than any answer takes on a busy machine.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: String,
    pub(super) body: Vec<u8>,
}

pub(super) fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends bytes as they are; `None` where the connection is closed without an answer.
pub(super) fn send(address: SocketAddr, request: &[u8]) -> Option<Answer> {
    let mut stream = connect(address);
    // the server may refuse before it has read everything
    let _ = stream.write_all(request);
    read(&mut BufReader::new(stream))
}

/// A request for a path, as a browser on this machine sends it.
pub(super) fn get(address: SocketAddr, path: &str) -> Answer {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    send(address, request.as_bytes()).unwrap_or_else(|| panic!("no answer to {path}"))
}

pub(super) fn read(from: &mut impl std::io::BufRead) -> Option<Answer> {
    let mut headers = String::new();
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        headers.push_str(&line);
    }
    let status = headers.split(' ').nth(1)?.parse().ok()?;
    let length = headers
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .and_then(|length| length.parse().ok());
    let mut body = Vec::new();
    from.take(length.unwrap_or(0)).read_to_end(&mut body).ok()?;
    Some(Answer { status, headers, body })
}

/// An open stream of news.
pub(super) struct News(BufReader<TcpStream>);

impl News {
    /// Listens as a page does.
    pub(super) fn listen(address: SocketAddr, query: &str, last: Option<&str>) -> Self {
        let mut stream = connect(address);
        let last = last.map(|last| format!("Last-Event-ID: {last}\r\n")).unwrap_or_default();
        let request = format!("GET /.certalog/events?{query} HTTP/1.1\r\nHost: localhost\r\n{last}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        Self(BufReader::new(stream))
    }

    /// The next message with its name; `None` when the stream has ended.
    pub(super) fn next(&mut self) -> Option<(String, serde_json::Value)> {
        let mut id = String::new();
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some(name) = line.strip_prefix("id: ") {
                name.trim_end().clone_into(&mut id);
            }
            if let Some(data) = line.strip_prefix("data: ") {
                return Some((id, serde_json::from_str(data).unwrap()));
            }
        }
    }
}

/// The run and the generation that a page is of, as its script says.
pub(super) fn named(page: &[u8]) -> (String, String) {
    let page = std::str::from_utf8(page).unwrap();
    let query = page.split("/.certalog/reload.js?run=").nth(1).unwrap();
    let (run, rest) = query.split_once("&amp;generation=").unwrap();
    (run.to_owned(), rest.split('"').next().unwrap().to_owned())
}

/// A run is a value of chance; two are not the same.
#[test]
fn two_runs_are_told_apart() {
    assert_ne!(Run::new(), Run::new());
}
