//! The guide in `docs/`: its commands work as they stand there, its links lead somewhere, and every file of it is a chapter.
//!
//! In come the Markdown files of the repository, out goes the first command that fails or every link that leads to nothing.
//! Lists of diagnostics and decisions are made here; `SNAPSHOTS=overwrite` renews them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use certalog::diagnostic::{Code, Severity};
use certalog::starter;
use clap::Parser as _;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::harness::{files_below, repository};

/// How many blocks of commands are marked as not run. A new one is a decision, so that it is counted here.
const NOT_RUN: usize = 11;

/// The Markdown files that people read: those of the guide and those at the top of the repository.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<_> =
        ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"].map(|name| repository().join(name)).into();
    let is_page = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "md");
    pages.extend(files_below("docs").into_iter().filter(is_page));
    pages
}

/// The path of a page below the repository.
fn name(page: &Path) -> &str {
    page.strip_prefix(repository()).unwrap().to_str().unwrap()
}

fn events(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES)
}

/// The blocks of commands of a page, and why one is not run.
fn blocks(text: &str) -> Vec<(Option<String>, String)> {
    let mut blocks = Vec::new();
    let mut why = None;
    let mut block: Option<String> = None;
    for event in events(text) {
        match event {
            Event::Html(html) => {
                let comment = html.trim().strip_prefix("<!-- not run: ");
                why = comment.and_then(|comment| Some(comment.strip_suffix(" -->")?.to_owned())).or(why);
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if kind.as_ref() == "sh" => {
                block = Some(String::new());
            }
            Event::Text(text) => {
                if let Some(block) = &mut block {
                    block.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let why = why.take();
                blocks.extend(block.take().map(|block| (why, block)));
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) => why = None,
            _ => {}
        }
    }
    blocks
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The folder in which a chapter begins: an empty one, or the catalogue that `init` writes with what the chapter speaks of.
fn begin(page: &str, folder: &Path) -> String {
    if page == "docs/start.md" {
        return String::new();
    }
    for (path, text) in starter::FILES {
        write(folder, path, text);
    }
    match page {
        "docs/importing.md" => {
            write(folder, "results.csv", "Process,Score\n1.1,4.5\n1.2,Not submitted\n");
            write(folder, "rows.json", "[{\"id\": \"1.1\", \"score\": 4.5}]\n");
            write(folder, "map-1.csv", "id,name,level,domain\n3,Billing,1,Service\n");
            write(folder, "map-2.csv", "id,name,level,domain\n3,Billing and Payment,1,Service\n");
            String::new()
        }
        "docs/diff.md" => "
            git init --quiet --initial-branch main .
            git config user.name Editor; git config user.email editor@example.org
            git add --all; git commit --quiet --message First; git tag v1.0
            sed -i 's/score = 4.5/score = 4/' content/certifications/*/certification.md
            git commit --quiet --all --message Second; git tag v1.1
            git switch --quiet --create topic
            cp -R . ../a; cp -R . ../b; mv ../a ../b .
        "
        .to_owned(),
        _ => String::new(),
    }
}

/// Runs the blocks of a chapter one after the other, in one shell, and tells what went wrong.
fn run(page: &str, blocks: &[String]) -> Result<(), String> {
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("here");
    fs::create_dir(&folder).unwrap();
    let mut script = "set -eu\n".to_owned() + &begin(page, &folder) + "\nset -x\n";
    for block in blocks {
        writeln!(script, "{block}").unwrap();
    }
    let program = Path::new(env!("CARGO_BIN_EXE_certalog")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(&folder)
        .env("PATH", path)
        .env("HOME", around.path())
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .env_remove("GIT_DIR")
        .output()
        .unwrap();
    if output.status.success() {
        return Ok(());
    }
    let [out, err] =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    Err(format!("{page}: {}\n{out}\n{err}", output.status))
}

#[test]
fn every_command_of_the_guide_works_as_it_stands_there() {
    let mut not_run = Vec::new();
    let mut chapters = Vec::new();
    for page in pages() {
        let found = blocks(&fs::read_to_string(&page).unwrap());
        let (marked, run): (Vec<_>, Vec<_>) = found.into_iter().partition(|(why, _)| why.is_some());
        not_run.extend(marked.into_iter().map(|(why, _)| format!("{}: {}", name(&page), why.unwrap())));
        // A page without a command of certalog is about other programs.
        if run.iter().any(|(_, block)| block.lines().any(|line| line.starts_with("certalog "))) {
            chapters.push((page, run.into_iter().map(|(_, block)| block).collect::<Vec<_>>()));
        }
    }
    assert!(chapters.len() > 5, "{chapters:?}");
    let faults: Vec<String> = std::thread::scope(|scope| {
        let half = chapters.len() / 2;
        let halves = [&chapters[..half], &chapters[half..]].map(|chapters| {
            scope.spawn(|| -> Vec<_> {
                chapters.iter().filter_map(|(page, blocks)| run(name(page), blocks).err()).collect()
            })
        });
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(not_run.len(), NOT_RUN, "blocks that are not run:\n{}", not_run.join("\n"));
}

#[test]
fn a_block_that_is_not_run_says_why() {
    let text = "<!-- not run: it waits -->\n\n```sh\ncertalog serve\n```\n\n```sh\ncertalog build\n```\n\n```sh\nls\n```\n";
    let blocks = blocks(text);
    let why: Vec<_> = blocks.iter().map(|(why, _)| why.as_deref()).collect();
    assert_eq!(why, [Some("it waits"), None, None]);
    // What lies between mark and block takes the mark away.
    let text = "<!-- not run: it waits -->\n\nWords.\n\n```sh\ncertalog serve\n```\n";
    assert_eq!(self::blocks(text)[0].0, None);
}

#[test]
fn commands_within_sentences_are_ones_that_certalog_takes() {
    let mut faults = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for event in events(&text) {
            let Event::Code(code) = event else { continue };
            let Some(command) = code.strip_prefix("certalog ") else { continue };
            // Choices and parts that may be left out are no command yet.
            if command.contains(['|', '[', '…']) || !command.starts_with(|c: char| c.is_ascii_lowercase()) {
                continue;
            }
            let words = command.split(" > ").next().unwrap().split(' ').map(|word| match word {
                "DAY" | "DATE" => "2026-01-01",
                "URL" => "https://example.org/",
                "LANG" => "de",
                "SHELL" => "bash",
                word => word,
            });
            // A command alone is named and not given: what it asks for besides does not matter.
            let words: Vec<_> = words.collect();
            if let Err(error) =
                certalog::cli::Arguments::try_parse_from(["certalog"].into_iter().chain(words.clone()))
            {
                let is_missing = error.kind() == clap::error::ErrorKind::MissingRequiredArgument
                    || error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
                    || error.kind() == clap::error::ErrorKind::MissingSubcommand;
                if !is_missing {
                    faults.push(format!("{}: `{code}`: {error}", name(&page)));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The anchors of a page as code hosts and mdBook make them of its headings, and those that stand in it as markup.
fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let words = heading.take().unwrap().to_lowercase();
                let kept = words.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
                let anchor: String = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
                let again = (1..).map(|count| format!("{anchor}-{count}"));
                let free = std::iter::once(anchor.clone()).chain(again).find(|one| !anchors.contains(one));
                anchors.extend(free);
            }
            _ => {}
        }
    }
    anchors
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    let mut faults = Vec::new();
    let mut looked_at = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for event in events(&text) {
            let (target, is_picture) = match event {
                Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
                Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
                _ => continue,
            };
            looked_at += 1;
            let mut say = |what: &str| faults.push(format!("{}: {target}: {what}", name(&page)));
            if target.contains(':') {
                if is_picture {
                    say("a picture of somebody else");
                }
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let file = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            let Ok(file) = file.canonicalize() else {
                say("there is no such file");
                continue;
            };
            // A book has the chapters and what lies beside them, and nothing of the folders around it.
            if name(&page).starts_with("docs/")
                && (!file.starts_with(repository().join("docs")) || file.is_dir())
            {
                say("the book has no such page");
            }
            if !anchor.is_empty() && !anchors(&fs::read_to_string(&file).unwrap_or_default()).contains(anchor)
            {
                say("there is no such heading");
            }
        }
    }
    assert!(looked_at > 100, "{looked_at} links");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pictures_of_the_documents_are_small_drawings_that_lead_nowhere() {
    for path in files_below("docs/pictures") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.len() < 150_000, "{}: {} bytes", path.display(), text.len());
        let drawing = roxmltree::Document::parse(&text).unwrap();
        for element in drawing.descendants().filter(roxmltree::Node::is_element) {
            let name = element.tag_name().name();
            assert!(!["script", "image", "a", "foreignObject", "style", "text"].contains(&name), "{name}");
            let mut targets = element.attributes().filter(|attribute| attribute.name() == "href");
            assert!(targets.all(|target| target.value().starts_with('#')), "{name} leads elsewhere");
        }
    }
}

/// The title of a page: its first heading.
fn title(text: &str) -> String {
    let from = events(text)
        .skip_while(|event| !matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })));
    let until = from.skip(1).take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
    let words = until.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.into_string()),
        _ => None,
    });
    words.collect()
}

/// What a page shall say below a line, all that follows it.
fn renewed(page: &str, below: &str, list: &str) {
    let path = repository().join(page);
    let text = fs::read_to_string(&path).unwrap();
    let end = text.find(below).unwrap_or_else(|| panic!("{page} has no `{below}`")) + below.len();
    let made = format!("{}\n\n{list}", &text[..end]);
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        fs::write(&path, made).unwrap();
    } else {
        assert!(text == made, "{page} is stale: SNAPSHOTS=overwrite renews it");
    }
}

#[test]
fn lists_of_pages_are_complete() {
    let mut list = "| code | level | what it says |\n|---|---|---|\n".to_owned();
    let mut chapters = String::new();
    for code in Code::ALL {
        let level = match (code.default_severity(), code.is_configurable()) {
            (Severity::Error, false) => "always an error",
            (Severity::Error, true) => "error",
            _ => "warning",
        };
        let code_name = code.name();
        writeln!(
            list,
            "| [`{code_name}`](diagnostics/{code_name}.md) | {level} | {} |",
            code.summary().replace('|', "\\|")
        )
        .unwrap();
        writeln!(chapters, "  - [{code_name}](diagnostics/{code_name}.md)").unwrap();
    }
    renewed("docs/diagnostics.md", "<!-- every code -->", &list);
    let mut decisions = String::new();
    let mut of_decisions = String::new();
    for path in files_below("docs/decisions") {
        let file = path.file_name().unwrap().to_str().unwrap();
        let title = title(&fs::read_to_string(&path).unwrap());
        writeln!(decisions, "- [{title}](decisions/{file})").unwrap();
        writeln!(of_decisions, "  - [{title}](decisions/{file})").unwrap();
    }
    renewed("docs/decisions.md", "<!-- every decision -->", &decisions);
    // The summary has the chapters by hand, and the pages below two of them from here.
    let summary = fs::read_to_string(repository().join("docs/SUMMARY.md")).unwrap();
    let by_hand = summary.lines().filter(|line| !line.starts_with("  - "));
    let mut made = String::new();
    for line in by_hand {
        writeln!(made, "{line}").unwrap();
        match line {
            "- [Diagnostics](diagnostics.md)" => made.push_str(&chapters),
            "- [Decisions](decisions.md)" => made.push_str(&of_decisions),
            _ => {}
        }
    }
    if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
        fs::write(repository().join("docs/SUMMARY.md"), &made).unwrap();
    } else {
        assert!(made == summary, "docs/SUMMARY.md is stale: SNAPSHOTS=overwrite renews it");
    }
    let named: BTreeSet<String> = events(&made)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(format!("docs/{dest_url}")),
            _ => None,
        })
        .collect();
    let chapters = pages().into_iter().map(|page| name(&page).to_owned());
    let is_chapter = |page: &String| page.starts_with("docs/") && page != "docs/SUMMARY.md";
    let chapters: BTreeSet<String> = chapters.filter(is_chapter).collect();
    let differ: Vec<_> = named.symmetric_difference(&chapters).collect();
    assert!(
        differ.is_empty(),
        "pages without a line in docs/SUMMARY.md, or lines without a page: {differ:?}"
    );
}

#[test]
#[ignore = "needs the program mdbook, which takes long to install"]
fn mdbook_makes_a_book_of_the_guide() {
    let out = tempfile::tempdir().unwrap();
    let output = Command::new("mdbook")
        .args(["build", "--dest-dir"])
        .arg(out.path())
        .current_dir(repository())
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !err.contains("WARN") && !err.contains("ERROR"), "{err}");
    for page in
        pages().iter().filter(|page| name(page).starts_with("docs/") && !name(page).ends_with("SUMMARY.md"))
    {
        let made =
            name(page).trim_start_matches("docs/").replace("README.md", "index.md").replace(".md", ".html");
        assert!(out.path().join(&made).is_file(), "{made} is missing");
    }
}
