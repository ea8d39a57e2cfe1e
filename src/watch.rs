//! Tells when it is time to look at a catalogue again.
//!
//! In come what the system tells of its folders and the time that has passed, out goes "look now", once for all that happened together.
//! What happened is never said or interpreted here: whoever looks reads the files and compares them.

mod armed;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crate::sources::surroundings::{self, GitLock};
use armed::{Armed, Signal};

/// So long nothing happens before a look, when few files are concerned: a save of an editor is over at once.
const QUIET_OF_FEW: Duration = Duration::from_millis(8);
/// The same when many files are concerned, as when git changes the branch.
const QUIET_OF_MANY: Duration = Duration::from_millis(75);
/// An editor touches up to so many names for one save: the file, its copy, a temporary file, a test of its rights.
const FEW: usize = 6;
/// So long a look can be put off by things that go on happening, and while git is at work.
const LONGEST: Duration = Duration::from_millis(500);
const LONGEST_OF_GIT: Duration = Duration::from_secs(10);
/// After a look there is a second one: what was written into a new folder before the system watched it was never told.
const SECOND_LOOK: Duration = Duration::from_millis(400);
/// So often it is seen whether the folders are still the same.
const IDLE: Duration = Duration::from_secs(1);
/// So often there is a look where nobody tells of changes, and never more than a tenth of the time is spent on it.
const POLL: Duration = Duration::from_secs(1);
const SHARE: u32 = 10;

/// Why the waiting is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Look at the files.
    Look,
    /// Nothing has happened for a while.
    Idle,
    /// From now on there is a look every second, for this reason.
    Polling(String),
}

/// Waits for changes of one catalogue.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    git: Option<GitLock>,
    /// Whether something happened since the last look.
    stirred: Arc<AtomicBool>,
    signals: Receiver<Signal>,
    /// Kept, so that there is always someone who could send.
    sender: mpsc::Sender<Signal>,
    armed: Option<Armed>,
    /// What is to be told before anything else.
    news: Option<String>,
    polls: bool,
    second_look: Option<Instant>,
    /// When the last look was asked for.
    asked: Option<Instant>,
}

impl Watch {
    /// Starts to watch. What changes from now on ends a wait, even where it changes before the wait begins.
    pub fn new(root: &Path) -> Self {
        let (sender, signals) = mpsc::channel();
        // the system names what happened by whole paths
        let root = &std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let mut watch = Self {
            root: root.to_owned(),
            git: GitLock::around(root),
            stirred: Arc::default(),
            signals,
            sender,
            armed: None,
            news: None,
            polls: false,
            second_look: None,
            asked: None,
        };
        watch.arm();
        if let Some(disk) = surroundings::remote_disk(root) {
            watch.poll(format!(
                "other computers may change the catalogue's disk ({disk}) without this one being told"
            ));
        }
        watch
    }

    /// The same without the system's help: there is a look every second.
    pub fn polling(root: &Path) -> Self {
        let mut watch = Self::new(root);
        (watch.armed, watch.polls, watch.news) = (None, true, None);
        watch
    }

    /// Tells, from any thread, whether something has happened since the last look.
    pub fn stirred(&self) -> impl Fn() -> bool + Sync + use<> {
        let stirred = Arc::clone(&self.stirred);
        move || stirred.load(Ordering::Relaxed)
    }

    /// Waits until there is a reason to go on.
    pub fn wait(&mut self) -> Wake {
        let looked_for = self.asked.take().map(|asked| asked.elapsed()).unwrap_or_default();
        loop {
            if let Some(news) = self.news.take() {
                return Wake::Polling(news);
            }
            match self.signals.recv_timeout(self.patience(looked_for)) {
                Ok(Signal::Touched(paths)) => {
                    self.settle(paths);
                    self.second_look = Some(Instant::now() + SECOND_LOOK);
                    return self.look();
                }
                Ok(Signal::Lost) => {
                    // the system had more to tell than it could keep: folders that are new may be unwatched
                    self.armed = None;
                    self.second_look = Some(Instant::now() + SECOND_LOOK);
                    return self.look();
                }
                Ok(Signal::Failed(reason)) => self.poll(reason),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let is_due = self.second_look.take_if(|due| *due <= Instant::now()).is_some();
                    return if is_due || self.polls || self.has_moved() { self.look() } else { Wake::Idle };
                }
            }
        }
    }

    /// How long to wait if nothing happens.
    fn patience(&self, looked_for: Duration) -> Duration {
        let usual = if self.polls { POLL.max(looked_for * SHARE) } else { IDLE };
        let second = self.second_look.map(|due| due.saturating_duration_since(Instant::now()));
        second.map_or(usual, |second| second.min(usual))
    }

    /// Waits until all that happens together has happened.
    fn settle(&mut self, first: Vec<PathBuf>) {
        let started = Instant::now();
        let mut touched: BTreeSet<PathBuf> = first.into_iter().collect();
        loop {
            let is_git = self.git.as_ref().is_some_and(GitLock::is_held);
            let is_many = is_git || touched.len() > FEW;
            let quiet = if is_many { QUIET_OF_MANY } else { QUIET_OF_FEW };
            let longest = if is_git { LONGEST_OF_GIT } else { LONGEST };
            let left = longest.saturating_sub(started.elapsed());
            if left.is_zero() {
                return;
            }
            match self.signals.recv_timeout(quiet.min(left)) {
                Ok(Signal::Touched(paths)) if touched.len() <= FEW => touched.extend(paths),
                Ok(Signal::Touched(_)) => {}
                Ok(Signal::Lost) => self.armed = None,
                Ok(Signal::Failed(reason)) => self.poll(reason),
                Err(_) if is_git => {}
                Err(_) => return,
            }
        }
    }

    /// Sees to it that what is about to be looked at is watched from before the look.
    fn look(&mut self) -> Wake {
        if self.has_moved() {
            self.arm();
        }
        self.asked = Some(Instant::now());
        // what happens from here on may not be seen by this look
        self.stirred.store(false, Ordering::Relaxed);
        Wake::Look
    }

    /// Whether the folders that are watched are not, or no longer, those of the catalogue.
    fn has_moved(&self) -> bool {
        let watched = self.armed.as_ref().map(Armed::folders);
        !self.polls && watched != Some(surroundings::folders(&self.root).as_slice())
    }

    fn arm(&mut self) {
        // the old one goes first: its watches count towards the system's limit
        self.armed = None;
        match Armed::new(&self.root, &self.sender, &self.stirred) {
            Ok(armed) => self.armed = Some(armed),
            Err(reason) => self.poll(reason),
        }
    }

    fn poll(&mut self, reason: String) {
        if !self.polls {
            (self.polls, self.news) = (true, Some(reason));
        }
    }
}
