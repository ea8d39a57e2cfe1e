//! A catalogue keeps the bounds of its counts: records, children of an element, levels of a tree.
//!
//! In comes the linked catalogue, out goes `too-many`, which names the limit and its setting.
//! Sizes and lengths are looked at where a file is read; here only what many files say together is counted.

use std::collections::VecDeque;

use crate::catalogue::{Catalogue, Framework};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::model::date::Day;
use crate::text::{Place, Span};

pub(super) fn kept(catalogue: &Catalogue, _: Day, found: &mut Vec<Diagnostic>) {
    records(catalogue, found);
    for framework in &catalogue.frameworks {
        children(catalogue, framework, found);
        depth(catalogue, framework, found);
    }
}

/// Organizations, certifications, elements and pages.
fn records(catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    let count = catalogue.organizations.len()
        + catalogue.certifications.len()
        + catalogue.elements.len()
        + catalogue.pages.len();
    let most = catalogue.config.limits.records;
    let Some(file) = catalogue.config.file.filter(|_| count as u64 > most) else { return };
    let message = format!("the catalogue has {count} records, and {most} may be");
    let place = Place::new(file, Span::start_of_file());
    let help = format!("publish it as several catalogues; {}", limits::setting("records"));
    found.push(Diagnostic::new(Code::TooMany, place, message).help(help));
}

fn children(catalogue: &Catalogue, framework: &Framework, found: &mut Vec<Diagnostic>) {
    let most = catalogue.config.limits.children;
    for (release, tree) in framework.releases.iter().enumerate() {
        let version = &framework.record.releases[release].version.value;
        for (position, standing) in tree.standing.iter().enumerate() {
            let count = standing.children.len();
            if count as u64 <= most {
                continue;
            }
            let element = catalogue.element(framework.elements[position]);
            let message =
                format!("`{}` has {count} children in release {version}, and {most} may be", element.name());
            let help = format!("group them under elements of their own; {}", limits::setting("children"));
            found.push(Diagnostic::new(Code::TooMany, element.place(), message).help(help));
        }
    }
}

/// Level by level from the roots, so that an element with several parents is looked at once for each of them and no path twice.
fn depth(catalogue: &Catalogue, framework: &Framework, found: &mut Vec<Diagnostic>) {
    let most = catalogue.config.limits.depth;
    for (release, tree) in framework.releases.iter().enumerate() {
        let mut deepest = vec![0_u64; framework.elements.len()];
        let mut waiting: VecDeque<_> = tree.roots.iter().map(|root| (*root, 1)).collect();
        while let Some((element, level)) = waiting.pop_front() {
            let known = &mut deepest[catalogue.element(element).position];
            if level <= *known {
                continue;
            }
            *known = level;
            if level > most {
                let element = catalogue.element(element);
                let version = &framework.record.releases[release].version.value;
                let message = format!(
                    "`{}` stands on level {level} of the tree of release {version}, and {most} may be",
                    element.name()
                );
                let help = format!("let it stand further up; {}", limits::setting("depth"));
                found.push(Diagnostic::new(Code::TooMany, element.place(), message).help(help));
                break;
            }
            waiting.extend(catalogue.children(element, release).iter().map(|child| (*child, level + 1)));
        }
    }
}
