//! From one list of history entries to what an element is in every release.
//!
//! In come an element's record and its framework's versions, out go its states, each from the release in which it begins.
//! Nothing here looks at other elements: parents and domains are still names.

use crate::catalogue::Absence;
use crate::model::element::{Change, ChangeKind, ElementRecord, When};
use crate::text::Spanned;

/// A state whose parents and domain are still names.
#[derive(Clone, Debug)]
pub struct NamedState<'r> {
    /// The id from here on, and where it is written.
    pub id: Spanned<&'r str>,
    /// The name.
    pub name: &'r str,
    /// The level.
    pub level: Option<u8>,
    /// The parents, by key.
    pub parents: &'r [Spanned<String>],
    /// The domain, by id.
    pub domain: Option<&'r Spanned<String>>,
}

/// The release of an entry, as an index into the framework's releases.
pub fn release_of(change: &Change, versions: &[&str]) -> Option<usize> {
    match &change.when {
        When::Release(release) => versions.iter().position(|version| *version == release.value),
        When::Version(_) => None,
    }
}

/// The last id that an element had up to a release, whether or not it is still there.
pub fn last_id<'r>(record: &'r ElementRecord, versions: &[&str], release: usize) -> Option<&'r str> {
    let changes = record.history.iter().filter(|change| change.id.is_some());
    let changes = changes.filter_map(|change| Some((release_of(change, versions)?, change.id.as_ref()?)));
    let last = changes.filter(|(at, _)| *at <= release).max_by_key(|(at, _)| *at);
    last.map(|(_, id)| id).or(record.id.as_ref()).map(|id| id.value.as_str())
}

/// The states of an element: each holds from its release until the next. Entries of one release add up,
/// in the order in which they are written; entries whose release the framework does not have change nothing.
pub fn states<'r>(
    record: &'r ElementRecord,
    versions: &[&str],
) -> Vec<(usize, Result<NamedState<'r>, Absence>)> {
    let mut entries: Vec<(usize, &Change)> =
        record.history.iter().filter_map(|change| Some((release_of(change, versions)?, change))).collect();
    entries.sort_by_key(|(release, _)| *release);

    let begins_later = entries.first().is_some_and(|(_, change)| change.kind == ChangeKind::Addition);
    let mut id = record.id.as_ref().map(|id| Spanned::new(id.value.as_str(), id.span));
    let mut presence = if begins_later { Err(Absence::NotYet) } else { Ok(()) };
    let mut state = NamedState {
        id: Spanned::default(),
        name: &record.name.value,
        level: record.level,
        parents: &record.parents,
        domain: record.domain.as_ref(),
    };
    let mut states: Vec<(usize, Result<NamedState<'r>, Absence>)> = Vec::new();
    if presence.is_ok()
        && let Some(id) = &id
    {
        states.push((0, Ok(NamedState { id: id.clone(), ..state.clone() })));
    }
    for (release, change) in entries {
        if let Some(new) = &change.id {
            id = Some(Spanned::new(new.value.as_str(), new.span));
        }
        state.name = change.name.as_deref().unwrap_or(state.name);
        state.level = change.level.or(state.level);
        state.parents = change.parents.as_deref().unwrap_or(state.parents);
        state.domain = change.domain.as_ref().or(state.domain);
        match change.kind {
            ChangeKind::Withdrawal => presence = Err(Absence::Withdrawn),
            ChangeKind::Untraced => presence = Err(Absence::Untraced),
            ChangeKind::Addition => presence = Ok(()),
            _ if change.id.is_some() => presence = Ok(()),
            _ => {}
        }
        let now = match (&presence, &id) {
            (Err(absence), _) => Err(*absence),
            (Ok(()), None) => continue,
            (Ok(()), Some(id)) => Ok(NamedState { id: id.clone(), ..state.clone() }),
        };
        match states.last_mut() {
            Some((last, held)) if *last == release => *held = now,
            _ => states.push((release, now)),
        }
    }
    states
}
