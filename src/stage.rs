//! The stages of a build, for those who wait for it.
//!
//! In comes what a stage is about to do, out goes a call to whoever watches.
//! Watching changes nothing: what comes out of a stage is the same with and without.

/// A stage of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files from the disk.
    Reading,
    /// What each file says.
    Records,
    /// What all files say together.
    Linking,
    /// The rules.
    Checking,
    /// What all pages have in common.
    Preparing,
    /// Pages, made and written.
    Pages,
}

impl Stage {
    /// What is done in the stage, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reading => "reading files",
            Self::Records => "parsing records",
            Self::Linking => "linking",
            Self::Checking => "checking",
            Self::Preparing => "preparing pages",
            Self::Pages => "making and writing pages",
        }
    }
}

/// Whoever wants to know how far a build is.
pub trait Watch: Sync {
    /// A stage begins; it does so many things, where that is known.
    fn begins(&self, stage: Stage, things: Option<usize>);
    /// Some more of them are done.
    fn done(&self, things: usize);
}

/// Nobody watches.
pub struct Unwatched;

impl Watch for Unwatched {
    fn begins(&self, _: Stage, _: Option<usize>) {}
    fn done(&self, _: usize) {}
}
