//! How much of each branch of a release somebody certified.
//!
//! In come a release and a rule for what counts as certified, out go for each element how many of the elements below it
//! that have no parts are certified, and how many there are. An element without parts is a branch of one; nothing is weighted here.

use crate::catalogue::{Catalogue, Element, Framework, Verdict};

/// How many elements without parts a branch has, and how many of them are certified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Branch {
    /// Certified ones.
    pub certified: usize,
    /// All of them.
    pub all: usize,
}

impl Branch {
    /// Both together.
    pub fn add(&mut self, other: Self) {
        self.certified += other.certified;
        self.all += other.all;
    }
}

/// The branch below each element of a framework in a release, by the element's position; nothing for one that is not in it.
pub fn branches(
    catalogue: &Catalogue,
    framework: &Framework,
    release: usize,
    is_certified: impl Fn(&Element) -> bool,
) -> Vec<Branch> {
    let tree = &framework.releases[release];
    let mut branches = vec![Branch::default(); tree.standing.len()];
    // Parents stand before their children, so that from the end every part is counted before what it is a part of.
    for index in tree.members.iter().rev() {
        let element = catalogue.element(*index);
        let children = &tree.standing[element.position].children;
        let mut branch = Branch::default();
        if children.is_empty() {
            branch = Branch { certified: usize::from(is_certified(element)), all: 1 };
        }
        for child in children {
            branch.add(branches[catalogue.element(*child).position]);
        }
        branches[element.position] = branch;
    }
    branches
}

/// Whether a certification with the ids of a release assessed an element.
pub fn is_assessed_in(catalogue: &Catalogue, element: &Element, release: usize) -> bool {
    catalogue.rows_about(element).any(|(_, certification, row, result)| {
        usize::from(row.release) == release
            && matches!(catalogue.verdict(certification, row, result), Verdict::Assessed(_))
    })
}

/// The branches of each domain together, in the framework's order; what is in no domain comes last.
pub fn by_domain(
    catalogue: &Catalogue,
    framework: &Framework,
    release: usize,
    is_certified: impl Fn(&Element) -> bool,
) -> Vec<(Option<usize>, Branch)> {
    let tree = &framework.releases[release];
    let domains = framework.record.domains.len();
    let mut counts = vec![Branch::default(); domains + 1];
    for index in &tree.members {
        let element = catalogue.element(*index);
        let standing = &tree.standing[element.position];
        if standing.children.is_empty() {
            let certified = usize::from(is_certified(element));
            counts[standing.domain.unwrap_or(domains)].add(Branch { certified, all: 1 });
        }
    }
    let counts = counts.into_iter().enumerate().filter(|(_, branch)| branch.all > 0);
    counts.map(|(domain, branch)| ((domain < domains).then_some(domain), branch)).collect()
}
