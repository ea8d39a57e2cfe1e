//! The invented frameworks: their trees, their releases, and each element's life from release to release.
//!
//! In come two numbers, how many frameworks and how many elements in all, out go the frameworks as values.
//! No text of a record is made here, and nothing is written.

use super::prose;
use super::random::Random;

/// A framework with its elements, parents before their children.
pub(crate) struct Framework {
    /// Its id in the catalogue.
    pub(crate) id: String,
    /// The versions of its releases, oldest first: two or three.
    pub(crate) releases: Vec<String>,
    /// Its elements.
    pub(crate) elements: Vec<Element>,
}

/// One element.
pub(crate) struct Element {
    /// The name of its file.
    pub(crate) key: String,
    /// Its name.
    pub(crate) name: String,
    /// Its place in the framework's list of elements' parents.
    pub(crate) parent: Option<usize>,
    /// Its id in each release; none where the element is not in it.
    pub(crate) ids: Vec<Option<String>>,
    /// Its level: 1 to 4.
    pub(crate) level: usize,
    /// Whether it has no children.
    pub is_leaf: bool,
    /// A number that no other element of the catalogue has.
    pub(crate) number: usize,
}

/// Makes so many frameworks with so many elements together.
pub(crate) fn frameworks(count: usize, elements: usize) -> Vec<Framework> {
    let mut number = 0;
    let frameworks = (0..count).map(|index| {
        let share = elements / count + usize::from(index < elements % count);
        let releases =
            (0..2 + index % 2).map(|release| format!("{}.{}", 3 + index + 2 * release, release % 2 * 5));
        let releases: Vec<String> = releases.collect();
        let elements = tree(share).into_iter().map(|place| {
            number += 1;
            element(&place, number - 1, releases.len())
        });
        let elements = elements.collect();
        Framework { id: format!("model-{:02}", index + 1), releases, elements }
    });
    frameworks.collect()
}

/// Where an element stands: the numbers on the way to it.
struct Position {
    path: Vec<usize>,
    parent: Option<usize>,
    is_leaf: bool,
}

/// A tree of four levels, one level after the other; the last takes what is left.
fn tree(elements: usize) -> Vec<Position> {
    // The fourth root, rounded: as broad as deep.
    let breadth =
        (3..=elements).take_while(|breadth| (2 * breadth - 1).pow(4) <= 16 * elements).last().unwrap_or(2);
    let mut all: Vec<Position> = (1..=breadth.min(elements))
        .map(|top| Position { path: vec![top], parent: None, is_leaf: true })
        .collect();
    let mut above = 0..all.len();
    for level in 2..=4 {
        let left = elements - all.len();
        let (parents, start) = (above.len(), all.len());
        for (nth, parent) in above.clone().enumerate() {
            let fair = left / parents + usize::from(nth < left % parents);
            let children = if level == 4 { fair } else { breadth.min(elements - all.len()) };
            all[parent].is_leaf = children == 0;
            for child in 1..=children {
                let path = all[parent].path.iter().copied().chain([child]).collect();
                all.push(Position { path, parent: Some(parent), is_leaf: true });
            }
        }
        above = start..all.len();
        if above.is_empty() {
            break;
        }
    }
    all
}

/// The element's life: most stay as they are, whole branches get new numbers, a few leaves come late or go early.
fn element(position: &Position, number: usize, releases: usize) -> Element {
    let mut random = Random::of("element", number);
    let name_words = random.between(2, 4);
    let name = prose::title(&mut random, name_words);
    // Branches of the second level move as a whole, so that the numbers of a branch agree with each other.
    let moves = position.path.len() > 1 && (position.path[0] + position.path[1]).is_multiple_of(4);
    let (comes_late, goes_early) = (random.once_in(40), random.once_in(60));
    let ids = (0..releases).map(|release| {
        let late = comes_late && release == 0;
        let gone = goes_early && release + 1 == releases;
        if position.is_leaf && (late || gone) {
            return None;
        }
        let mut path = position.path.clone();
        if moves && release > 0 {
            path[1] += 20;
        }
        let path: Vec<String> = path.iter().map(ToString::to_string).collect();
        Some(path.join("."))
    });
    let mut ids: Vec<Option<String>> = ids.collect();
    if ids.iter().all(Option::is_none) {
        ids[0] = Some(position.path.iter().map(ToString::to_string).collect::<Vec<_>>().join("."));
    }
    Element {
        key: format!("{}-{number:05}", name.to_lowercase().replace(' ', "-")),
        name,
        parent: position.parent,
        ids,
        level: position.path.len(),
        is_leaf: position.is_leaf,
        number,
    }
}

impl Framework {
    /// The ids of elements without children in a release, in the release's order.
    pub(crate) fn leaves(&self, release: usize) -> Vec<&str> {
        let leaves = self.elements.iter().filter(|element| element.is_leaf);
        let mut ids: Vec<&str> = leaves.filter_map(|element| element.ids[release].as_deref()).collect();
        ids.sort_by_cached_key(|id| id.split('.').map(str::parse).collect::<Result<Vec<usize>, _>>().ok());
        ids
    }
}

impl Element {
    /// The newest release that has it, and its id there.
    pub(crate) fn newest(&self) -> (usize, &str) {
        let newest =
            self.ids.iter().enumerate().rev().find_map(|(release, id)| Some((release, id.as_deref()?)));
        newest.expect("an element is in one release at least")
    }
}
