//! Catalogues in which everything refers to everything, in any size.
//!
//! In comes a size, out go the files of a catalogue with about so many of one thing, right or wrong.
//! Limits of counts are raised where the growth beyond them is what matters.

use std::fmt::Write as _;
use std::hint::black_box;

use certalog::build::{BuildOptions, build};
use certalog::report::{Report, github, gitlab, human, json, junit, sarif, short};
use certalog::sources::Sources;

use crate::harness::{DAY, source};

/// Makes a catalogue of a size.
type Make = fn(usize) -> Sources;

/// Reads, links and checks a catalogue and reports on it in every form; its pages are made only when somebody asks for them.
pub(super) fn check(sources: &Sources) {
    let options = BuildOptions { as_of: DAY, base_url: None, language: None };
    let built = build(sources, Vec::new(), &options);
    let report = Report { sources, findings: &built.diagnostics };
    black_box((human::render(&report, human::Paint::Plain), short::render(&report), json::render(&report)));
    black_box((sarif::render(&report, ""), gitlab::render(&report, ""), junit::render(&report)));
    black_box(github::render(&report, "", None));
}

/// Each kind of growth by its name.
pub(super) const CATALOGUES: [(&str, Make); 26] = [
    ("a chain below a ring", |size| elements(size, |at| format!("parent = \"e{}\"\n", at.saturating_sub(1)))),
    ("a chain of parents", |size| {
        elements(size, |at| {
            at.checked_sub(1).map_or_else(String::new, |above| format!("parent = \"e{above}\"\n"))
        })
    }),
    ("children of one parent", |size| elements(size, |_| "parent = \"e0\"\n".to_owned())),
    ("a ring of parents", |size| elements(size, move |at| format!("parent = \"e{}\"\n", (at + 1) % size))),
    ("unknown parents", |size| elements(size, |at| format!("parent = \"no{at}\"\n"))),
    // As long as the known ones, so that each has to be compared with every letter of all of them.
    ("long unknown parents", |size| {
        let (known, unknown) = ("a".repeat(60), "b".repeat(60));
        let element = |at| {
            format!(
                "[[element]]\nkey = \"{known}{at}\"\nname = \"E\"\nid = \"{at}\"\nparent = \"{unknown}{at}\"\n"
            )
        };
        catalogue(&[(ELEMENTS, &list(size, element))])
    }),
    ("unknown domains", |size| elements(size, |at| format!("domain = \"no{at}\"\n"))),
    ("one id for all elements", |size| {
        catalogue(&[(
            ELEMENTS,
            &list(size, |at| format!("[[element]]\nkey = \"e{at}\"\nname = \"E\"\nid = \"1\"\n")),
        )])
    }),
    ("one key for all elements", |size| {
        catalogue(&[(
            ELEMENTS,
            &list(size, |at| format!("[[element]]\nkey = \"e\"\nname = \"E\"\nid = \"{at}\"\n")),
        )])
    }),
    ("waivers of elements", |size| {
        elements(size, |_| "[[element.waiver]]\ncode = \"id-gap\"\nreason = \"So.\"\n".to_owned())
    }),
    ("a long history", |size| {
        let history = list(size, |at| {
            format!("[[history]]\nrelease = \"1.0\"\nchange = \"modification\"\nnote = \"{at}\"\n")
        });
        let first = "name = \"E\"\n[[history]]\nrelease = \"1.0\"\nchange = \"addition\"\nid = \"1\"\n";
        catalogue(&[("content/frameworks/fw/elements/e.toml", &format!("{first}{history}"))])
    }),
    ("splits into all others", |size| {
        elements(size, |at| {
            format!(
                "[[element.history]]\nrelease = \"2.0\"\nchange = \"split\"\ninto = [\"e{}\", \"e{}\"]\n",
                at / 2,
                at + 1
            )
        })
    }),
    ("results", |size| results(size, |at| (format!("{at}"), "score = 4\n"))),
    ("results of one element", |size| results(size, |_| ("1".to_owned(), "score = 4\n"))),
    ("results of unknown elements", |size| results(size, |at| (format!("no-{at}"), "score = 4\n"))),
    ("unknown keys", |size| {
        let keys = list(size, |at| format!("key{at} = 1\n"));
        catalogue(&[(ORGANIZATION, &format!("name = \"Example Networks\"\n{keys}"))])
    }),
    ("keys of one inner table", |size| {
        let keys = list(size, |at| format!("key{at} = \"a\"\n"));
        catalogue(&[(ORGANIZATION, &format!("name = \"Example Networks\"\n[logo]\n{keys}"))])
    }),
    ("former addresses", |size| {
        let aliases = list(size, |at| format!("\"old/{at}/\", "));
        catalogue(&[(ORGANIZATION, &format!("name = \"Example Networks\"\naliases = [{aliases}]\n"))])
    }),
    ("former addresses that are the same", |size| {
        let aliases = "\"old/\", ".repeat(size);
        catalogue(&[(ORGANIZATION, &format!("name = \"Example Networks\"\naliases = [{aliases}]\n"))])
    }),
    ("waivers of findings", |size| {
        let waivers = list(size, |at| {
            format!("[[waiver]]\ncode = \"name-differs\"\nreason = \"So.\"\nelement = \"{at}\"\n")
        });
        let rows = rows(size, |at| (format!("{at}"), "score = 4\nname = \"Other\"\n"));
        certification(size, &format!("{rows}{waivers}"), "")
    }),
    ("clauses with steps", |size| mapping(size, |at| format!("S_{at}"))),
    ("clauses with unknown steps", |size| mapping(size, |at| format!("NO_{at}"))),
    ("clauses with one step", |size| mapping(size, |_| "S_0".to_owned())),
    ("organizations of one name", |size| {
        let files: Vec<_> = (0..size)
            .map(|at| (format!("content/organizations/o{at}.toml"), "name = \"Example\"\n".to_owned()))
            .collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        catalogue(&files)
    }),
    ("links to nothing", |size| {
        let links = list(size, |at| format!("[[nothing-{at}]] "));
        let pages: Vec<_> = (0..size)
            .map(|at| (format!("content/pages/p{at}.md"), "+++\ntitle = \"P\"\n+++\n".to_owned()))
            .collect();
        let home = format!("+++\ntitle = \"Home\"\n+++\n{links}\n");
        let mut files: Vec<(&str, &str)> =
            pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push(("content/index.md", &home));
        catalogue(&files)
    }),
    ("relations of a crosswalk", |size| {
        let links = list(size, |at| {
            format!("[[link]]\nfrom = \"{at}\"\nto = \"no-{at}\"\nrelation = \"intersects\"\n")
        });
        let crosswalk = format!(
            "name = \"C\"\n[from]\nframework = \"fw\"\nrelease = \"1.0\"\n[to]\nframework = \"fw\"\nrelease = \"2.0\"\n{links}"
        );
        catalogue(&[(ELEMENTS, &plain_elements(size)), ("content/crosswalks/c.toml", &crosswalk)])
    }),
];

const ELEMENTS: &str = "content/frameworks/fw/elements/all.toml";
const ORGANIZATION: &str = "content/organizations/example-networks.toml";

const SITE: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n\
    [limits]\ndepth = 128\nchildren = 200_000\nrecord_bytes = 16_777_216\n";
const FRAMEWORK: &str = "name = \"Framework\"\n[[release]]\nversion = \"1.0\"\n[[release]]\nversion = \"2.0\"\n\
    [[scale]]\nid = \"score\"\nmin = 0\nmax = 5\nstep = 1\n[[scale.rating]]\nlabel = \"Full\"\nfrom = 0\ntone = \"full\"\n";

fn list(size: usize, one: impl Fn(usize) -> String) -> String {
    (0..size).map(one).collect()
}

fn catalogue(files: &[(&str, &str)]) -> Sources {
    let always = [("site.toml", SITE), ("content/frameworks/fw/framework.toml", FRAMEWORK)];
    Sources::from_files(always.iter().chain(files).map(|(path, text)| source(path, text.as_bytes())))
}

fn plain_elements(size: usize) -> String {
    list(size, |at| format!("[[element]]\nkey = \"e{at}\"\nname = \"Element {at}\"\nid = \"{at}\"\n"))
}

fn elements(size: usize, more: impl Fn(usize) -> String) -> Sources {
    let element = |at: usize| {
        format!("[[element]]\nkey = \"e{at}\"\nname = \"Element {at}\"\nid = \"{at}\"\n{}", more(at))
    };
    catalogue(&[(ELEMENTS, &list(size, element))])
}

fn rows(size: usize, one: impl Fn(usize) -> (String, &'static str)) -> String {
    list(size, |at| {
        let (id, more) = one(at);
        format!("[[result]]\nelement = \"{id}\"\n{more}")
    })
}

fn results(size: usize, one: impl Fn(usize) -> (String, &'static str)) -> Sources {
    certification(size, &rows(size, one), "")
}

fn certification(elements: usize, tables: &str, mapping: &str) -> Sources {
    let facts = "organization = \"example-networks\"\nproduct = \"Example CRM\"\nversion = \"1.0\"\nframework = \"fw\"\nrelease = \"2.0\"\n";
    let certification = format!("{facts}{tables}");
    let mut files = vec![
        (ELEMENTS, plain_elements(elements)),
        (ORGANIZATION, "name = \"Example Networks\"\n".to_owned()),
        ("content/certifications/c/certification.toml", certification),
    ];
    if !mapping.is_empty() {
        files.push(("content/certifications/c/mapping.toml", mapping.to_owned()));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    catalogue(&files)
}

fn mapping(size: usize, cited: impl Fn(usize) -> String) -> Sources {
    let mut text = "[[scenario]]\nid = \"s\"\nname = \"Scenario\"\n".to_owned();
    text.push_str(&list(size, |at| format!("[[scenario.step]]\nid = \"S_{at}\"\nmode = \"A\"\n")));
    text.push_str("[[mapping]]\nelement = \"1\"\nscenario = \"s\"\n");
    for at in 0..size {
        let step = cited(at);
        write!(text, "[[mapping.clause]]\npart = \"brief\"\ntext = \"Clause {at}.\"\nsupport = \"full\"\nevidence = [\"{step}\"]\n").unwrap();
    }
    certification(2, &rows(1, |_| ("1".to_owned(), "score = 4\n")), &text)
}
