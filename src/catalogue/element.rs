//! An element of a framework through all releases.
//!
//! In comes its record with its states, out goes what holds for it in a release, what it was called, and every row about it.
//! A release in which it is not there says why, and never stands for another one.

use std::sync::Arc;

use super::{CertificationIx, ElementIx, FrameworkIx};
use crate::model::element::ElementRecord;
use crate::text::{FileId, Place};

/// What an element is called and where it hangs, from one release on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Option<u8>,
    /// Its parents.
    pub parents: Vec<ElementIx>,
    /// Its own domain, as an index into the framework's domains.
    pub domain: Option<usize>,
}

/// Why an element is in no tree of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It did not exist yet.
    NotYet,
    /// It left the framework.
    Withdrawn,
    /// The catalogue does not know.
    Untraced,
}

/// An element of a framework with its states and everything that covers it.
#[derive(Debug)]
pub struct Element {
    /// Its framework.
    pub framework: FrameworkIx,
    /// Its position among the framework's elements.
    pub position: usize,
    /// Its file.
    pub file: FileId,
    /// What its record says.
    pub record: Arc<ElementRecord>,
    /// Its states: each holds from its release until the next.
    pub states: Vec<(usize, Result<State, Absence>)>,
    /// Every row of every certification about it, in the order of certifications.
    pub results: Vec<(CertificationIx, u32)>,
}

impl Element {
    /// What holds in a release, or why nothing does.
    pub fn in_release(&self, release: usize) -> Result<&State, Absence> {
        let state = self.states.iter().rev().find(|(from, _)| *from <= release);
        match state {
            Some((_, Ok(state))) => Ok(state),
            Some((_, Err(absence))) => Err(*absence),
            None => Err(Absence::NotYet),
        }
    }

    /// The newest state there is, with the release it began in.
    pub fn newest(&self) -> Option<(usize, &State)> {
        self.states.iter().rev().find_map(|(from, state)| Some((*from, state.as_ref().ok()?)))
    }

    /// Its ids, oldest first, each with the release since when it holds; no id from where it has none. An id that its record
    /// calls original and no state has comes first, since a time that is not known.
    pub fn ids(&self) -> Vec<(Option<usize>, Option<&str>)> {
        let mut ids: Vec<(Option<usize>, Option<&str>)> = Vec::new();
        for (from, state) in &self.states {
            let id = state.as_ref().ok().map(|state| state.id.as_str());
            if ids.last().map(|(_, id)| *id) != Some(id) {
                ids.push((Some(*from), id));
            }
        }
        let is_known = |id: &str| ids.iter().any(|(_, known)| *known == Some(id));
        if let Some(original) = self.record.original_id.as_ref().filter(|id| !is_known(&id.value)) {
            ids.insert(0, (None, Some(&original.value)));
        }
        ids
    }

    /// The name by which pages call it: that of its newest state.
    pub fn name(&self) -> &str {
        self.newest().map_or(&self.record.name.value, |(_, state)| &state.name)
    }

    /// Where its record stands.
    pub fn place(&self) -> Place {
        Place::new(self.file, self.record.key.span)
    }
}
