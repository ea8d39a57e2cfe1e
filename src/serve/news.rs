//! What an open page has to know: whether it is still what would be sent now, and what is wrong.
//!
//! In come a generation and the page's own, out goes one message with everything that changed between the two.
//! Nothing that happened in between is missed, because it is not remembered but compared.

use serde::Serialize;

use super::generation::Generation;
use super::target;
use super::tools::Run;

/// A page that listens.
#[derive(Clone, Debug)]
pub(super) struct Listener {
    /// Its path, as it stands in its address.
    pub(super) page: String,
    /// The generation it knows of; none where that is of another run.
    pub(super) since: Option<u64>,
}

#[derive(Debug, Serialize)]
struct News {
    generation: u64,
    /// Whether the page would be another one now.
    page: bool,
    /// The paths of other files that were sent and have changed; none for all of them.
    others: Option<Vec<String>>,
    fault: Option<FaultNews>,
}

#[derive(Debug, Serialize)]
struct FaultNews {
    since: u64,
    title: String,
}

/// The news for a page, as JSON.
pub(super) fn message(generation: &Generation, listener: &Listener) -> String {
    let others = listener.since.filter(|since| !generation.has_moved_since(*since)).map(|since| {
        let paths = generation.others_changed_since(since).into_iter();
        paths.map(|path| format!("{}{path}", generation.base())).collect()
    });
    let fault = generation.fault();
    let news = News {
        generation: generation.number(),
        page: listener.since.is_none_or(|since| has_changed(generation, since, &listener.page)),
        others,
        fault: fault.map(|(fault, since)| FaultNews { since, title: fault.title.clone() }),
    };
    serde_json::to_string(&news).expect("numbers and texts")
}

/// Where a page's news come from and how far it is: the name of its last message.
pub(super) fn id(generation: &Generation, run: Run) -> String {
    format!("{}-{}", run.name(), generation.number())
}

/// The generation that an id or a pair of words names, if it is one of this run.
pub(super) fn known(run: &str, generation: &str, (ours, newest): (Run, u64)) -> Option<u64> {
    let number = generation.parse().ok()?;
    (run == ours.name() && number <= newest).then_some(number)
}

/// Whether another page would be sent for an address than in an earlier generation.
fn has_changed(generation: &Generation, since: u64, page: &str) -> bool {
    if generation.has_moved_since(since) {
        return true;
    }
    if generation.is_empty() {
        // then every page is the report
        return generation.fault().is_some_and(|(_, when)| when > since);
    }
    let decoded = target::decoded(page).unwrap_or_default();
    let name = decoded.strip_prefix(generation.base()).map(target::file_name);
    let is_other = name.as_ref().is_some_and(|name| generation.has_changed_since(since, name));
    let is_there = name.is_some_and(|name| generation.file(&name).is_some());
    is_other || !is_there && generation.has_changed_since(since, "404.html")
}
