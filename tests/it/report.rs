//! Reports as people see them: findings in, exact text out.

use std::fmt::Write as _;

use certalog::diagnostic::{Certainty, Code, Diagnostic, LevelReason, Leveled, Severity};
use certalog::report::human::{self, Paint};
use certalog::report::{Report, Tally, short};
use certalog::sources::{Content, Source, Sources};
use certalog::text::{FileId, Place, Span};
use proptest::prelude::*;
use snapbox::{IntoData as _, assert_data_eq, str};

const CERTIFICATION: &str = "content/certifications/example-care-desk/certification.md";

fn sources(files: &[(&str, &str)]) -> Sources {
    Sources::from_files(
        files
            .iter()
            .map(|(path, text)| Source { path: (*path).to_owned(), content: Content::Text((*text).into()) }),
    )
}

/// Where `marked` stands in a file for the first time.
fn place(sources: &Sources, path: &str, marked: &str) -> Place {
    let file = sources.find(path).unwrap();
    let start = sources.text(file).find(marked).unwrap();
    Place::new(file, Span::new(start, start + marked.len()))
}

fn leveled(diagnostic: Diagnostic) -> Leveled {
    let severity = diagnostic.code.default_severity();
    Leveled { diagnostic, severity, reason: LevelReason::Default }
}

fn human_report(sources: &Sources, findings: &[Leveled]) -> String {
    human::render(&Report { sources, findings }, Paint::Plain)
}

fn short_report(sources: &Sources, findings: &[Leveled]) -> String {
    short::render(&Report { sources, findings })
}

fn example() -> (Sources, Vec<Leveled>) {
    let sources = sources(&[
        (
            CERTIFICATION,
            "+++\norganization = \"example-networks\"\nframework = \"service-map\"\nreleaze = \"2.0\"\n\n\
             [[result]]\nelement = \"1.11\"\nscore = 4\n\n[[result]]\nelement = \"1.2\"\nscore = 4\n\n\
             [[result]]\nelement = \"1.2\"\nscore = 5\n+++\n",
        ),
        (
            "content/frameworks/service-map/framework.toml",
            "name = \"Service Map\"\n\n[[release]]\nversion = \"2.0\"\n",
        ),
        ("content/organizations/logo.exe", ""),
    ]);
    let file = sources.find(CERTIFICATION).unwrap();
    let text = sources.text(file);
    let last_score = text.rfind("element = \"1.2\"").unwrap() + "element = ".len();
    let findings = vec![
        leveled(
            Diagnostic::new(
                Code::UnknownKey,
                place(&sources, CERTIFICATION, "releaze"),
                "`releaze` is not a key of a certification",
            )
            .help("did you mean `release`?")
            .replace_with("release"),
        ),
        leveled(
            Diagnostic::new(
                Code::UnknownElement,
                place(&sources, CERTIFICATION, "\"1.11\""),
                "no release of `service-map` has an element `1.11`",
            )
            .label(
                place(&sources, "content/frameworks/service-map/framework.toml", "\"2.0\""),
                "the release that was assessed",
            )
            .help("did you mean `1.1`?")
            .replace_with("\"1.1\""),
        ),
        leveled(
            Diagnostic::new(
                Code::DuplicateResult,
                Place::new(file, Span::new(last_score, last_score + 5)),
                "`1.2` has two results that differ: 4 and 5",
            )
            .label(place(&sources, CERTIFICATION, "\"1.2\""), "the first result for it"),
        ),
        Leveled {
            severity: Severity::Error,
            reason: LevelReason::Configured,
            ..leveled(Diagnostic::new(
                Code::MisplacedFile,
                Place::new(sources.find("content/organizations/logo.exe").unwrap(), Span::start_of_file()),
                "no record is read from a file of this kind",
            ))
        },
    ];
    (sources, findings)
}

#[test]
fn people_see_the_place_the_line_and_the_repair() {
    let (sources, findings) = example();
    assert_data_eq!(
        human_report(&sources, &findings),
        str![[r#"
warning[unknown-key]: `releaze` is not a key of a certification
 --> content/certifications/example-care-desk/certification.md:4:1
  |
4 | releaze = "2.0"
  | ^^^^^^^
  |
  = note: `unknown-key` is a warning unless `[checks]` in `site.toml` says otherwise
help: did you mean `release`?
  |
4 - releaze = "2.0"
4 + release = "2.0"
  |

error[unknown-element]: no release of `service-map` has an element `1.11`
 --> content/certifications/example-care-desk/certification.md:7:11
  |
7 | element = "1.11"
  |           ^^^^^^
  |
 ::: content/frameworks/service-map/framework.toml:4:11
  |
4 | version = "2.0"
  |           ----- the release that was assessed
  |
  = note: `unknown-element` is always an error
help: did you mean `1.1`?
  |
7 - element = "1.11"
7 + element = "1.1"
  |

error[duplicate-result]: `1.2` has two results that differ: 4 and 5
  --> content/certifications/example-care-desk/certification.md:15:11
   |
11 | element = "1.2"
   |           ----- the first result for it
...
15 | element = "1.2"
   |           ^^^^^
   |
   = note: `duplicate-result` is always an error

error[misplaced-file]: no record is read from a file of this kind
--> content/organizations/logo.exe
 = note: `[checks]` in `site.toml` makes `misplaced-file` an error

  = explain: certalog explain misplaced-file unknown-element duplicate-result unknown-key
3 errors, 1 warning in 2 files

"#]]
        .raw()
    );
}

#[test]
fn the_short_report_has_one_line_a_finding() {
    let (sources, findings) = example();
    assert_data_eq!(
        short_report(&sources, &findings),
        str![[r#"
content/certifications/example-care-desk/certification.md:4:1: warning[unknown-key]: `releaze` is not a key of a certification
content/certifications/example-care-desk/certification.md:7:11: error[unknown-element]: no release of `service-map` has an element `1.11`
content/certifications/example-care-desk/certification.md:15:11: error[duplicate-result]: `1.2` has two results that differ: 4 and 5
content/organizations/logo.exe:1:1: error[misplaced-file]: no record is read from a file of this kind
3 errors, 1 warning in 2 files

"#]].raw()
    );
}

#[test]
fn without_findings_there_is_nothing_to_say() {
    let (sources, _) = example();
    assert_eq!(human_report(&sources, &[]), "");
    assert_eq!(short_report(&sources, &[]), "");
    assert_eq!(Tally::of(&[]).to_string(), "no findings");
}

#[test]
fn insertions_and_removals_are_shown_as_edits() {
    let sources = sources(&[("site.toml", "base_url = \"https://example.org/\"\r\ncolour = \"red\"\r\n")]);
    let file = sources.find("site.toml").unwrap();
    let findings = [
        leveled(
            Diagnostic::new(
                Code::InvalidValue,
                Place::new(file, Span::new(11, 33)),
                "the address does not end with `/`",
            )
            .label(Place::new(file, Span::new(0, 8)), "for this key"),
        ),
        leveled({
            let mut diagnostic = Diagnostic::new(
                Code::UnknownKey,
                Place::new(file, Span::new(35, 41)),
                "`colour` is not a key of `site.toml`",
            );
            diagnostic.fix = Some(Box::new(certalog::diagnostic::Fix {
                certainty: Certainty::Guess,
                span: Span::new(35, 51),
                replacement: String::new(),
            }));
            diagnostic
        }),
        leveled(
            Diagnostic::new(Code::MissingKey, Place::new(file, Span::new(35, 35)), "`title` is missing")
                .replace_with("title = \"…\"\n"),
        ),
    ];
    assert_data_eq!(
        human_report(&sources, &findings),
        str![[r#"
error[invalid-value]: the address does not end with `/`
 --> site.toml:1:12
  |
1 | base_url = "https://example.org/"
  | --------   ^^^^^^^^^^^^^^^^^^^^^^
  | |
  | for this key
  |
  = note: `invalid-value` is always an error

warning[unknown-key]: `colour` is not a key of `site.toml`
 --> site.toml:2:1
  |
2 | colour = "red"
  | ^^^^^^
  |
  = note: `unknown-key` is a warning unless `[checks]` in `site.toml` says otherwise
help: remove this
  |
2 - colour = "red"
  |

error[missing-key]: `title` is missing
 --> site.toml:2:1
  |
2 | colour = "red"
  | ^
  |
  = note: `missing-key` is always an error
help: add this
  |
2 + title = "…"
  |

  = explain: certalog explain missing-key invalid-value unknown-key
2 errors, 1 warning in 1 file

"#]]
        .raw()
    );
}

#[test]
fn what_a_record_holds_cannot_act_on_the_terminal() {
    let sources = sources(&[(
        "content/organizations/x\u{1b}[2J.toml",
        "name = \"\u{1b}]0;owned\u{7}\u{202e}Example\u{2069}\"\n",
    )]);
    let at = Place::new(FileId(0), Span::new(7, 20));
    let finding = leveled(
        Diagnostic::new(Code::InvalidValue, at, "`\u{1b}]0;owned\u{7}\u{202e}`\n::error::forged\r")
            .label(at, "\u{9b}31m")
            .help("\u{200b}\u{2028}help")
            .replace_with("\u{1b}[31m\u{85}"),
    );
    let findings = [finding];
    let human = human_report(&sources, &findings);
    let short = short_report(&sources, &findings);
    for text in [&human, &short] {
        let bad = text
            .chars()
            .find(|c| c.is_control() && *c != '\n' || "\u{202e}\u{2069}\u{200b}\u{2028}".contains(*c));
        assert_eq!(bad, None, "{text}");
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::error")), "{text}");
    }
    assert_data_eq!(
        human,
        str![[r#"
error[invalid-value]: `\u{1b}]0;owned\u{7}\u{202e}`\n::error::forged\r
 --> content/organizations/x\u{1b}[2J.toml:1:8
  |
1 | name = "\u{1b}]0;owned\u{7}\u{202e}Example\u{2069}"
  |        ^^^^^^^^^^^^^^^^^^^^
  |        |
  |        \u{9b}31m
  |
  = note: `invalid-value` is always an error
  = help: \u{200b}\u{2028}help

  = explain: certalog explain invalid-value
1 error in 1 file

"#]]
        .raw()
    );
    assert_eq!(short.lines().count(), 2, "{short}");
}

#[test]
fn a_path_cannot_pose_as_a_command_to_the_log() {
    let sources = sources(&[("::error file=x::y.toml", "a")]);
    let finding = leveled(Diagnostic::new(Code::InvalidToml, Place::new(FileId(0), Span::new(0, 1)), "no"));
    assert!(short_report(&sources, &[finding]).starts_with("./::error"));
}

#[test]
fn a_monstrous_line_is_cut_and_a_finding_stays_short() {
    let line = format!("name = \"{}\" # {}", "x\u{202e}".repeat(200_000), "電".repeat(200_000));
    let sources = sources(&[("content/organizations/x.toml", &line)]);
    let at = Place::new(FileId(0), Span::new(7, 9 + "x\u{202e}".len() * 200_000));
    let far = Place::new(FileId(0), Span::new(line.len() - 3, line.len()));
    let mut diagnostic = Diagnostic::new(Code::InvalidValue, at, "é\u{202e}".repeat(50_000))
        .help("h".repeat(50_000))
        .replace_with("r".repeat(50_000));
    for _ in 0..1000 {
        diagnostic = diagnostic.label(far, "電".repeat(5000));
    }
    let findings = [leveled(diagnostic)];
    let human = human_report(&sources, &findings);
    let one = human.split("\n\n").next().unwrap();
    assert!(one.len() <= 2048, "{} bytes:\n{one}", one.len());
    let short = short_report(&sources, &findings);
    assert!(short.lines().all(|line| line.len() <= 2048));
}

#[test]
fn many_findings_are_counted_and_not_all_shown() {
    let mut text = String::new();
    for line in 0..300 {
        writeln!(text, "key{line:03} = 1").unwrap();
    }
    let names: Vec<_> = (0..20).map(|file| format!("content/organizations/o{file:02}.toml")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), text.as_str())).collect();
    let sources = sources(&files);
    let mut findings = Vec::new();
    for file in 0..20 {
        for line in 0..150 {
            let at = Place::new(FileId(file), Span::new(line * 11, line * 11 + 6));
            findings.push(leveled(Diagnostic::new(Code::UnknownKey, at, "not a key")));
        }
    }
    // An error at the very end is shown all the same.
    let last = Place::new(FileId(19), Span::new(2750, 2756));
    findings.push(leveled(Diagnostic::new(Code::MissingKey, last, "a key is missing")));
    let short = short_report(&sources, &findings);
    let lines: Vec<_> = short.lines().collect();
    assert_eq!(lines.iter().filter(|line| line.contains("]: ")).count(), 1000);
    assert_eq!(lines[100], "content/organizations/o00.toml: and 50 more findings");
    assert!(short.contains("o19.toml:251:1: error[missing-key]: a key is missing\n"), "{:?}", &lines[1000..]);
    assert_data_eq!(
        lines[1009..].join("\n"),
        str![[r#"
content/organizations/o19.toml:251:1: error[missing-key]: a key is missing
content/organizations/o19.toml: and 150 more findings
and 1350 more findings in 9 other files
1 error, 3000 warnings in 20 files
"#]]
        .raw()
    );
    let human = human_report(&sources, &findings);
    assert!(human.contains("and 50 more findings in content/organizations/o00.toml\n"));
    assert_eq!(human.matches("= explain:").count(), 1);
    let reasons = ["unless `[checks]`", "is always an error"].map(|words| human.matches(words).count());
    assert_eq!(reasons, [1, 1], "the reason is given once for each code");
}

#[test]
fn colours_change_nothing_but_colours() {
    let (sources, findings) = example();
    let report = Report { sources: &sources, findings: &findings };
    let coloured = human::render(&report, Paint::Colour);
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut parts = coloured.split("\u{1b}[");
    plain.push_str(parts.next().unwrap());
    for part in parts {
        plain.push_str(part.split_once('m').unwrap().1);
    }
    assert_eq!(plain, human::render(&report, Paint::Plain));
}

proptest! {
    #[test]
    fn no_finding_breaks_a_report(
        text in "(?s)([a-z=\"\\t\r\n#]|\r\n|\\PC|\u{202e}|\u{feff}|.){0,60}",
        spans in prop::collection::vec((0_u32..90, 0_u32..90), 1..5),
        replacement in prop::option::of("(?s)([a-z\"\n]|.){0,8}"),
        second_file in any::<bool>(),
    ) {
        let sources = sources(&[("a.toml", &text), ("b.toml", "x = 1\n")]);
        let span = |(start, end): (u32, u32)| Span { start, end };
        let mut diagnostic = Diagnostic::new(Code::InvalidToml, Place::new(FileId(0), span(spans[0])), text.clone());
        for other in &spans[1..] {
            diagnostic = diagnostic.label(Place::new(FileId(u32::from(second_file)), span(*other)), text.clone());
        }
        if let Some(replacement) = replacement {
            diagnostic = diagnostic.replace_with(replacement);
        }
        let findings = [leveled(diagnostic)];
        let human = human_report(&sources, &findings);
        prop_assert!(human.split("\n\n").next().unwrap().len() <= 2048);
        prop_assert_eq!(short_report(&sources, &findings).lines().count(), 2);
        prop_assert!(!human.chars().any(|c| c.is_control() && c != '\n'));
        let report = Report { sources: &sources, findings: &findings };
        prop_assert!(human::render(&report, Paint::Colour).contains("1 error in 1 file"));
    }
}
