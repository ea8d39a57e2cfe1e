//! Laws that hold for every input: nothing panics, every span lies in its file, a build is a function.
//!
//! In come mutations of two small catalogues that use every part of the format, out goes the smallest one that breaks a law.
//! `PROPTEST_CASES` makes the search longer.

use certalog::diagnostic::Leveled;
use certalog::parse::characters::composed;
use certalog::sources::{Content, Source, Sources};
use certalog::text::Place;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::harness::{Built, Fixture, quoted};

/// One change of one file.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// Lines are taken out.
    Cut(Index, usize),
    /// A line is written once more somewhere else.
    Copy(Index, Index),
    /// Two lines change places.
    Swap(Index, Index),
    /// Text is put in at a character.
    Insert(Index, String),
    /// Characters are taken out.
    Remove(Index, usize),
    /// The file ends here.
    End(Index),
    /// The file has the text of another.
    Become(Index),
    /// The file has another name.
    Rename(String),
}

/// Pieces that mean something to a parser.
const PIECES: &[&str] = &[
    "+++",
    "[[result]]",
    "[[history]]",
    "[element]",
    "\"",
    "'",
    "\"\"\"",
    "=",
    "#",
    "\\",
    "\\u0000",
    "{",
    "}",
    "[",
    "]",
    ",",
    "score = 1e999",
    "score = -0",
    "score = nan",
    "release = \"9\"",
    "parent = \"self\"",
    "level = 99999999999",
    "`",
    "```",
    "|---|",
    "![",
    "](",
    "[[",
    "]]",
    "[[fw:1]]",
    "[^1]: ",
    "> > > ",
    "<script>",
    "&colon;",
    "javascript:",
    "{{ 7*7 }}",
    "{% raw %}",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "\u{1b}[2J",
    "é\u{301}",
    "🙂",
    "\r",
    "\r\n",
    "\t",
    "2017-02",
    "0x10",
    "inf",
];

fn edit() -> impl Strategy<Value = Edit> {
    let piece = prop_oneof![
        4 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<String>(),
    ];
    let name = prop_oneof![
        proptest::sample::select(vec![
            "site.toml",
            "content/index.md",
            "content/pages/a/b.md",
            "content/organizations/x.toml",
            "content/certifications/x/certification.toml",
            "content/certifications/x/y.pdf",
            "content/frameworks/fw/elements/z.md",
            "themes/default/templates/page.html",
            "themes/default/static/site.css",
            "content/pages/index.html.md",
            "stray.md",
        ])
        .prop_map(str::to_owned),
        "content/(pages|organizations|notices)/[ -~]{1,12}\\.(md|toml)",
    ];
    prop_oneof![
        2 => (any::<Index>(), 1..6usize).prop_map(|(at, count)| Edit::Cut(at, count)),
        2 => any::<(Index, Index)>().prop_map(|(from, to)| Edit::Copy(from, to)),
        2 => any::<(Index, Index)>().prop_map(|(a, b)| Edit::Swap(a, b)),
        6 => (any::<Index>(), piece).prop_map(|(at, text)| Edit::Insert(at, text)),
        3 => (any::<Index>(), 1..20usize).prop_map(|(at, count)| Edit::Remove(at, count)),
        1 => any::<Index>().prop_map(Edit::End),
        1 => any::<Index>().prop_map(Edit::Become),
        1 => name.prop_map(Edit::Rename),
    ]
}

/// A catalogue with one mistake or none, and edits of some of its files.
pub(crate) fn edited() -> impl Strategy<Value = (usize, Vec<(Index, Edit)>)> {
    (any::<usize>(), prop::collection::vec((any::<Index>(), edit()), 1..5))
}

pub(crate) fn originals() -> Vec<Fixture> {
    let fixture = |path: &str| {
        let path = crate::harness::repository().join("tests/diagnostics").join(path);
        Fixture::new(&std::fs::read_to_string(path).unwrap())
    };
    vec![
        Fixture::starter(),
        Fixture::starter(),
        fixture("many/all-at-once.txt"),
        fixture("element-not-in-release/renumbered.txt"),
    ]
}

fn apply(text: &str, edit: &Edit, others: &[String]) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let characters = text.chars().count();
    let at = |index: &Index, of: usize| if of == 0 { 0 } else { index.index(of) };
    match edit {
        Edit::Cut(from, count) if !lines.is_empty() => {
            let from = at(from, lines.len());
            lines.drain(from..(from + count).min(lines.len()));
        }
        Edit::Copy(from, to) if !lines.is_empty() => {
            lines.insert(at(to, lines.len()), lines[at(from, lines.len())]);
        }
        Edit::Swap(a, b) if !lines.is_empty() => {
            let (a, b) = (at(a, lines.len()), at(b, lines.len()));
            lines.swap(a, b);
        }
        Edit::Insert(place, piece) => {
            let place = at(place, characters + 1);
            return text.chars().take(place).chain(piece.chars()).chain(text.chars().skip(place)).collect();
        }
        Edit::Remove(place, count) => {
            let place = at(place, characters + 1);
            return text.chars().take(place).chain(text.chars().skip(place + count)).collect();
        }
        Edit::End(place) => return text.chars().take(at(place, characters + 1)).collect(),
        Edit::Become(other) => return others[at(other, others.len())].clone(),
        _ => {}
    }
    lines.concat()
}

pub(crate) fn catalogue((original, edits): &(usize, Vec<(Index, Edit)>)) -> (Fixture, Sources) {
    let originals = originals();
    let fixture = originals[original % originals.len()].clone();
    let mut files: Vec<(String, String)> =
        fixture.texts().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    for (file, edit) in edits {
        let others: Vec<_> = files.iter().map(|(_, text)| text.clone()).collect();
        let (path, text) = &mut files[file.index(others.len())];
        match edit {
            Edit::Rename(name) => name.clone_into(path),
            edit => *text = apply(text, edit, &others),
        }
    }
    // On a disk no two files have one name.
    files.sort();
    files.dedup_by(|a, b| a.0 == b.0);
    let files = files.into_iter().map(|(path, text)| Source { path, content: Content::Text(text.into()) });
    (fixture, Sources::from_files(files))
}

fn is_within(sources: &Sources, place: Place) -> bool {
    place.file.index() < sources.len() && sources.text(place.file).get(place.span.range()).is_some()
}

fn check_findings(built: &Built) -> Result<(), TestCaseError> {
    let findings = &built.build.diagnostics;
    for Leveled { diagnostic, .. } in findings {
        prop_assert!(is_within(&built.sources, diagnostic.place), "{diagnostic:?}");
        for label in &diagnostic.labels {
            prop_assert!(is_within(&built.sources, label.place), "{diagnostic:?}");
        }
        if let Some(fix) = &diagnostic.fix {
            prop_assert!(
                is_within(&built.sources, Place::new(diagnostic.place.file, fix.span)),
                "{diagnostic:?}"
            );
        }
        let message = &diagnostic.message;
        prop_assert!(!message.is_empty(), "{diagnostic:?}");
    }
    let order: Vec<_> = findings.iter().map(|finding| &finding.diagnostic).collect();
    prop_assert!(order.is_sorted(), "{order:?}");
    prop_assert!(order.windows(2).all(|pair| pair[0] != pair[1]), "twice in {order:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_breaks_a_build(edits in edited()) {
        let (fixture, sources) = catalogue(&edits);
        let built = fixture.build_of(sources.clone(), Vec::new());
        check_findings(&built)?;
        let has_errors = built.report().lines().any(|line| line.starts_with("error["));
        prop_assert_eq!(built.build.site.is_empty(), has_errors || sources.is_empty());

        let again = fixture.build_of(sources, Vec::new());
        prop_assert!(again.build.site == built.build.site && again.build.diagnostics == built.build.diagnostics);
    }

    /// What stands in a text is a text on the page, whatever it is.
    #[test]
    fn no_text_becomes_markup(text in "\\PC{1,60}") {
        let name = quoted(&text);
        let path = "content/organizations/example-networks.toml";
        // what a name of several scripts is told for would stand on the page
        let starter = Fixture::starter();
        let site = starter.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
        let off = "mixed-scripts = \"off\"\nnot-normalized = \"off\"\n";
        let fixture = starter.with("site.toml", format!("{site}\n[checks]\n{off}"));
        let built = fixture.clone().with(path, format!("name = {name}\n")).build();
        prop_assume!(!built.build.site.is_empty());
        let page = built.page("organizations/example-networks/index.html");
        let shown = page.one("h1").text().collect::<String>();
        // A name is shown in composed form, which is the same text to Unicode and to the eye.
        let text = composed(&text).unwrap_or(text);
        prop_assert_eq!(shown.trim(), text.trim());
        let elements = |page: &crate::page::Page| page.all("*").iter().map(|element| element.value().name().to_owned()).filter(|name| name != "bdi").collect::<Vec<_>>();
        prop_assert_eq!(elements(&page), elements(&fixture.with(path, "name = \"A\"\n").build().page("organizations/example-networks/index.html")));
    }
}
