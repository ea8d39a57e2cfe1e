//! The catalogue's folders, watched by the system.
//!
//! In comes the catalogue's folder, out go signals through a channel for as long as the value lives.
//! Reading a file is no signal, and neither is anything that happens in other folders, such as the output.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

use notify::event::{EventKind, Flag};
use notify::{Config, ErrorKind, Event, EventKindMask, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::sources::{TOPS, surroundings};

/// Something has to be looked at.
#[derive(Debug)]
pub(super) enum Signal {
    /// Something happened at these paths.
    Touched(Vec<PathBuf>),
    /// More happened than the system could tell.
    Lost,
    /// The system cannot tell what happens any more.
    Failed(String),
}

/// A folder and what the system knows it by.
type Folder = (PathBuf, Option<(u64, u64)>);

/// Watched folders.
#[derive(Debug)]
pub(super) struct Armed {
    folders: Vec<Folder>,
    _watcher: RecommendedWatcher,
}

impl Armed {
    /// Watches the folders there are. Those that are missing are not, which [`Armed::folders`] tells.
    pub(super) fn new(
        root: &Path,
        signals: &Sender<Signal>,
        stirred: &Arc<AtomicBool>,
    ) -> Result<Self, String> {
        let folders = surroundings::folders(root);
        let config = Config::default().with_follow_symlinks(false).with_event_kinds(EventKindMask::CORE);
        let (to, stirred, tops) = (signals.clone(), Arc::clone(stirred), TOPS.map(|top| root.join(top)));
        let tell = move |told: notify::Result<Event>| {
            if let Some(signal) = signal(told, &tops) {
                stirred.store(true, Ordering::Relaxed);
                // where nobody listens any more, nobody misses it
                let _ = to.send(signal);
            }
        };
        let mut watcher = RecommendedWatcher::new(tell, config).map_err(|error| reason(&error))?;
        for (path, identity) in &folders {
            let mode = if path == root { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
            match identity.map(|_| watcher.watch(path, mode)) {
                Some(Err(error)) if !is_gone(&error) => return Err(reason(&error)),
                _ => {}
            }
        }
        Ok(Self { folders, _watcher: watcher })
    }

    /// The folders that are watched, as they were when the watching began.
    pub(super) fn folders(&self) -> &[Folder] {
        &self.folders
    }
}

fn signal(told: notify::Result<Event>, tops: &[PathBuf]) -> Option<Signal> {
    let event = match told {
        Ok(event) => event,
        Err(error) if is_gone(&error) => return None,
        Err(error) => return Some(Signal::Failed(reason(&error))),
    };
    if event.flag() == Some(Flag::Rescan) {
        return Some(Signal::Lost);
    }
    let is_input = |path: &PathBuf| tops.iter().any(|top| path.starts_with(top) || top.starts_with(path));
    let paths: Vec<PathBuf> = event.paths.into_iter().filter(is_input).collect();
    let is_reading = matches!(event.kind, EventKind::Access(_));
    (!paths.is_empty() && !is_reading).then_some(Signal::Touched(paths))
}

/// Whether a folder went away before it could be watched: then there is nothing to watch.
fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system watches no more folders for this user (see fs.inotify.max_user_watches)".to_owned()
        }
        ErrorKind::Io(error) if error.raw_os_error() == Some(24) => {
            "the system has no more watchers for this user (see fs.inotify.max_user_instances)".to_owned()
        }
        ErrorKind::Io(error) => format!("the system cannot watch the catalogue's folders: {error}"),
        ErrorKind::Generic(text) => format!("the system cannot watch the catalogue's folders: {text}"),
        _ => format!("the system cannot watch the catalogue's folders: {error}"),
    }
}
