//! Reports on a change in every text that a record may have, each made a hostile one: no format of them does anything to anybody.
//!
//! In come the catalogue with a mark in every text and the marks of `tests/hostile`, out goes what acts in a report.
//! The reports of `check` on the same catalogue are held to the same.

use certalog::report::human::{self, Paint};
use certalog::report::meaning::{Story, json, markdown, terminal};
use certalog::report::{Report, github, gitlab, json as findings, junit, markup, sarif, short};

use super::markdown::{HOSTILE, check_inert};
use super::{between, diff, side_of, sides};
use crate::hard_input::canaries::{CANARIES, fixture};

/// What acts on a terminal, or hides there.
fn acts_on_a_terminal(letter: char) -> bool {
    letter != '\n'
        && (letter.is_control()
            || matches!(letter, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
}

#[track_caller]
fn check_reports(mark: &str) {
    let (before, after) = (fixture("plain"), fixture(mark));
    let diff = diff(&before, &after);
    assert!(diff.records.len() > 8, "every record differs");
    let story = Story::of(&diff, sides());
    check_inert(&markdown::render(&story, markdown::LIMIT));
    check_inert(&markdown::render(&story, usize::MAX));
    let told = terminal::render(&story, Paint::Plain);
    assert!(!told.contains(acts_on_a_terminal), "{told}");
    let text = json::render(&diff, &sides());
    assert!(!text.contains(acts_on_a_terminal));
    serde_json::from_str::<serde_json::Value>(&text).unwrap();

    let built = after.build();
    let report = Report { sources: &built.sources, findings: &built.build.diagnostics };
    assert!(report.findings.len() > 4, "remarks of records are findings");
    for text in [
        human::render(&report, Paint::Plain),
        short::render(&report),
        findings::render(&report),
        sarif::render(&report, ""),
        github::render(&report, "", None),
        gitlab::render(&report, ""),
        junit::render(&report),
    ] {
        assert!(!text.contains(acts_on_a_terminal), "{text}");
    }
    let commands = github::render(&report, "", None);
    assert!(commands.lines().filter(|line| line.contains("::")).all(|line| {
        ["::error file=", "::warning file=", "::notice title=certalog::"]
            .iter()
            .any(|start| line.starts_with(start))
    }));
    roxmltree::Document::parse(&junit::render(&report)).unwrap();
    let page = scraper::Html::parse_fragment(markup::render(&report).as_str());
    for element in page.tree.nodes().filter_map(|node| node.value().as_element().cloned()) {
        let allowed = "html body article h2 strong small code p pre span mark ins del";
        assert!(allowed.split(' ').any(|name| name == element.name()), "<{}>", element.name());
        assert!(element.attrs().all(|(name, _)| ["class", "tabindex"].contains(&name)));
    }
}

#[test]
fn no_report_on_a_change_of_every_text_does_anything() {
    for mark in CANARIES.iter().step_by(3) {
        check_reports(mark);
    }
    let is_text = |mark: &&&str| !mark.trim().is_empty() && !mark.contains(['\u{1b}', '\r', '\n']);
    for mark in HOSTILE.iter().filter(is_text).step_by(2) {
        check_reports(mark);
    }
}

#[test]
#[ignore = "every mark, in place of a sample of them"]
fn no_report_does_anything_whatever_the_mark() {
    CANARIES.iter().for_each(|mark| check_reports(mark));
    HOSTILE.iter().filter(|mark| !mark.trim().is_empty()).for_each(|mark| check_reports(mark));
}

/// One text of one record, changed: told as a change of that record, and never as one of its form alone.
fn check_edit(at: usize) -> bool {
    let before = fixture("plain");
    let mut left = at;
    for (path, text) in before.texts() {
        let count = text.matches("plain").count();
        if left >= count {
            left -= count;
            continue;
        }
        let (start, _) = text.match_indices("plain").nth(left).unwrap();
        let changed = format!("{}other{}", &text[..start], &text[start + "plain".len()..]);
        let after = before.clone().with(path, changed);
        let diff = between(&side_of(&before, None), &side_of(&after, None));
        let line = text[..start].lines().count();
        assert!(!diff.is_empty() && !diff.is_only_layout(), "{path}:{line} is not told");
        let record = |subject: &Option<certalog::diff::Subject>| subject.as_ref().map(|one| one.id.clone());
        let told = diff
            .records
            .iter()
            .any(|one| !one.changes.is_empty() || record(&one.before) != record(&one.after));
        assert!(told, "{path}:{line}: no record says that it differs");
        return true;
    }
    false
}

#[test]
fn a_change_of_one_text_is_told_wherever_it_stands() {
    for at in (0..1_000).step_by(9) {
        if !check_edit(at) {
            break;
        }
    }
}

#[test]
#[ignore = "every text, in place of a sample of them"]
fn a_change_of_any_text_is_told() {
    let edits = (0..1_000).take_while(|at| check_edit(*at)).count();
    assert!(edits > 140, "{edits} edits, each of one text");
}
