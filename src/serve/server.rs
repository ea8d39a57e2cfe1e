//! The sockets: connections in, answers out, each from the generation that is current when its request is whole.
//!
//! In come an open port and a channel of generations, out goes a running server until it is stopped.
//! It runs on one thread of its own, and pages are made on others; a slow or silent client keeps nobody but itself waiting, and not for ever.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::{Stream, stream};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio_io_timeout::TimeoutStream;

use super::answer::{answer, guarded};
use super::generation::Generation;
use super::guard::Names;
use super::news::{self, Listener};
use super::tools::{EVENTS, Run};

/// So many connections at once; the next waits until one ends.
const CONNECTIONS: usize = 256;
/// A request line with its headers: so many bytes, so many headers, so long.
const HEADER_BYTES: usize = 16 << 10;
const HEADERS: usize = 64;
const HEADER_TIME: Duration = Duration::from_secs(10);
/// So long a client may take nothing of what it is sent.
const SEND_TIME: Duration = Duration::from_secs(30);
/// So often an open stream of news says that it is still there, which shows whether anyone listens.
const ALIVE: Duration = Duration::from_secs(15);
/// So long answers that were begun may go on when the server is stopped.
const LAST: Duration = Duration::from_secs(1);

/// So many pages are made at once.
const THREADS: usize = 4;

/// What every request needs to know.
#[derive(Clone)]
struct Site {
    generations: watch::Receiver<Arc<Generation>>,
    names: Arc<Names>,
    run: Run,
    stopping: watch::Receiver<bool>,
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    generations: watch::Sender<Arc<Generation>>,
    stop: watch::Sender<bool>,
    thread: JoinHandle<()>,
}

impl Server {
    /// Serves on an open port, from now on and from this generation on.
    pub fn start(listener: TcpListener, names: Names, first: Arc<Generation>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(THREADS)
            .build()?;
        let (generations, receiver) = watch::channel(first);
        let (stop, stopping) = watch::channel(false);
        let site = Site { generations: receiver, names: Arc::new(names), run: Run::new(), stopping };
        let thread = std::thread::Builder::new().name("serve".to_owned());
        let thread = thread.spawn(move || runtime.block_on(serve(listener, site)))?;
        Ok(Self { address, generations, stop, thread })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Gives the server later generations, from any thread.
    pub fn publisher(&self) -> Publisher {
        Publisher(self.generations.clone())
    }

    /// Takes no more connections, ends the streams of news and waits a moment for answers that were begun.
    pub fn stop(self) {
        self.stop.send_replace(true);
        // a thread that panicked has said so already
        let _ = self.thread.join();
    }
}

/// Where generations go.
#[derive(Clone, Debug)]
pub struct Publisher(watch::Sender<Arc<Generation>>);

impl Publisher {
    /// Serves this generation from now on, and tells the pages that are open.
    pub fn publish(&self, generation: Arc<Generation>) {
        self.0.send_replace(generation);
    }
}

async fn serve(listener: TcpListener, site: Site) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let open = GracefulShutdown::new();
    let mut stopping = site.stopping.clone();
    let app = Router::new().fallback(respond).with_state(site);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &room) => accepted,
            _ = stopping.changed() => break,
        };
        let Some((stream, permit)) = accepted else { continue };
        let mut http = hyper::server::conn::http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIME)
            .max_buf_size(HEADER_BYTES)
            .max_headers(HEADERS);
        let connection = http.serve_connection(io_of(stream), TowerToHyperService::new(app.clone()));
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // a client that breaks off or breaks the rules is no business of the others
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(LAST, open.shutdown()).await;
}

async fn accept(
    listener: &tokio::net::TcpListener,
    room: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let permit = Arc::clone(room).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, permit)),
        Err(_) => {
            // the process has no more file handles, or the client is gone: both pass
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

fn io_of(stream: TcpStream) -> TokioIo<std::pin::Pin<Box<TimeoutStream<TcpStream>>>> {
    // small answers are sent at once; where this cannot be set they are sent a little later
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(SEND_TIME));
    TokioIo::new(Box::pin(stream))
}

async fn respond(State(site): State<Site>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let generation = site.generations.borrow().clone();
    let is_stream = parts.uri.path() == EVENTS && parts.method == axum::http::Method::GET;
    if is_stream && site.names.check(&parts).is_ok() {
        let listener = listener(&site, &parts, &generation);
        let news = Sse::new(events(site, listener)).keep_alive(KeepAlive::new().interval(ALIVE));
        return guarded(news.into_response());
    }
    let answered = aside(move || answer(&generation, site.run, &site.names, &parts).map(Body::from)).await;
    // a mistake of this program, which has been told where it happened, is no reason to stop
    answered.unwrap_or_else(|| guarded(StatusCode::INTERNAL_SERVER_ERROR.into_response()))
}

/// Work that may take long, such as making a page, where it keeps nobody waiting.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}

fn listener(site: &Site, parts: &axum::http::request::Parts, generation: &Generation) -> Listener {
    let newest = (site.run, generation.number());
    let mut words = [const { String::new() }; 3];
    for (name, value) in url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
        if let Some(at) = ["run", "generation", "page"].iter().position(|known| *known == name) {
            words[at] = value.into_owned();
        }
    }
    let [run, number, page] = words;
    // a stream that is taken up again goes on where it was, not where the page began
    let last = parts.headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let since = match last.and_then(|last| last.split_once('-')) {
        Some((run, number)) => news::known(run, number, newest),
        None => news::known(&run, &number, newest),
    };
    Listener { page, since }
}

/// A message at once, and one for every later generation.
fn events(site: Site, listener: Listener) -> impl Stream<Item = Result<Event, Infallible>> {
    let first = (site, listener, true);
    stream::unfold(first, async |(mut site, mut listener, is_first)| {
        if !is_first {
            tokio::select! {
                changed = site.generations.changed() => changed.ok()?,
                _ = site.stopping.changed() => return None,
            }
        }
        let generation = site.generations.borrow_and_update().clone();
        let event =
            Event::default().id(news::id(&generation, site.run)).data(news::message(&generation, &listener));
        listener.since = Some(generation.number());
        Some((Ok(event), (site, listener, false)))
    })
}
