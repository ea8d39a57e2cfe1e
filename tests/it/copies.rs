//! Copies of pages in Markdown: what a reader of Markdown takes from them is what the page says, and nothing in a record is markup.
//!
//! In come this repository's catalogue, three of other kinds and hostile texts, out goes the first copy that has a tag, a picture or a link of
//! somebody else's, or that says something else than its page.

use std::collections::BTreeSet;

use certalog::copies::MarkdownWriter;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::harness::{Built, Fixture, repository};
use crate::page::{first, text};

/// Everything that renderers of Markdown commonly take for markup.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

/// What in a text is more than a copy may hold.
pub(crate) fn fault(markdown: &str) -> Option<String> {
    Parser::new_ext(markdown, options()).find_map(|event| match event {
        Event::Html(tag) | Event::InlineHtml(tag) => Some(format!("a tag: {tag}")),
        Event::Start(Tag::Image { dest_url, .. }) => Some(format!("a picture: {dest_url}")),
        Event::Start(Tag::Link { dest_url, .. }) => {
            let is_scheme = |scheme: &str| {
                scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
                    && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
            };
            let scheme =
                dest_url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| is_scheme(scheme));
            let is_known = scheme.is_none_or(|scheme| ["http", "https", "mailto"].contains(&scheme));
            (!is_known).then(|| format!("a link: {dest_url}"))
        }
        Event::FootnoteReference(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::TaskListMarker(_) => Some("markup of a record".to_owned()),
        Event::Start(Tag::CodeBlock(_) | Tag::Strikethrough | Tag::Emphasis | Tag::Strong)
        | Event::Code(_) => Some("markup of a record".to_owned()),
        _ => None,
    })
}

/// The words of each row of each table.
fn rows(markdown: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) if !rows.is_empty() => rows.last_mut().unwrap().push(String::new()),
            Event::Text(text) => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    cell.push_str(&text);
                }
            }
            Event::End(TagEnd::Table) => return rows,
            _ => {}
        }
    }
    rows
}

fn sites() -> Vec<(&'static str, Built)> {
    let folder = |name| (name, Fixture::from_disk(&repository().join("tests/sites").join(name)).build());
    let own = ("this repository", Fixture::of_this_repository().build());
    std::iter::once(own).chain(["conformance", "controls", "techniques"].map(folder)).collect()
}

#[test]
fn a_copy_says_what_its_page_says() {
    let mut compared = 0;
    for (site, built) in sites() {
        let files: BTreeSet<&str> = built.site().iter().map(|(path, _)| path.as_str()).collect();
        for path in files.iter().filter(|path| path.ends_with("index.md")) {
            let copy = built.text(path);
            let page = built.page(&path.replace(".md", ".html"));
            assert_eq!(fault(copy), None, "{site}: {path}");
            // the title, and where it leads
            let title = Parser::new_ext(copy, options())
                .skip(1)
                .map_while(|event| if let Event::Text(text) = event { Some(text.to_string()) } else { None })
                .collect::<String>();
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words(&title).ends_with(&words(&text(page.one("h1 bdi")))), "{site}: {path}: {title}");
            for event in Parser::new_ext(copy, options()) {
                let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
                if dest_url.contains("://") {
                    continue;
                }
                let base = url::Url::parse("https://x/").unwrap().join(path).unwrap();
                let target = base.join(&dest_url).unwrap();
                let target = percent_encoding::percent_decode_str(&target.path()[1..]).decode_utf8().unwrap();
                let file =
                    if target.ends_with('/') { format!("{target}index.html") } else { target.into_owned() };
                assert!(files.contains(file.as_str()), "{site}: {path}: {dest_url}");
            }
            // the rows of a certification, its coverages besides
            let Some(table) = page.table("results").filter(|_| path.starts_with("certifications/")) else {
                continue;
            };
            let copied = rows(copy);
            for row in table.rows() {
                let score = if row.has("Score") { row.text("Score") } else { String::new() };
                let result = row.text("Result");
                let is_same = |copied: &&Vec<String>| {
                    let score = if score.starts_with(|letter: char| letter.is_ascii_digit()) {
                        score.as_str()
                    } else {
                        ""
                    };
                    copied[3] == result && (score.is_empty() || copied[2] == score)
                };
                let id = text(first(row.row, ".id").unwrap());
                let found = copied.iter().filter(|copied| copied[0] == id).find(is_same);
                assert!(found.is_some(), "{site}: {path}: {id} {score} {result}");
                compared += 1;
            }
        }
        let start = built.text("llms.txt");
        assert_eq!(fault(start), None, "{site}");
        assert!(start.starts_with("# ") && start.contains("index.md>)"), "{site}: {start}");
    }
    assert!(compared > 100, "{compared}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_markup_wherever_it_stands(
        text in "[-+=:>#*_`~|!\\[\\]()<&;\\\\.0-9a-z $\n/\"']{1,24}",
        other in "[-+=:>#*_`~|!\\[\\]()<&;\\\\.0-9a-z $/]{1,12}",
    ) {
        let mut markdown = MarkdownWriter::default();
        markdown.literal("# ").text(&text).literal("\n\n").text(&text).literal("\n\n- ").text(&text);
        markdown.literal(": ").link("../a/index.md", &text).literal("\n- ").text(&other);
        markdown.literal("\n\n| ").text(&text).literal(" | ").text(&other).literal(" |\n|---|---|\n| ");
        markdown.text(&other).literal(" | ").text(&text).literal(" |\n");
        let markdown = markdown.finish();
        prop_assert_eq!(fault(&markdown), None, "{}", markdown);
        let mut said = String::new();
        for event in Parser::new_ext(&markdown, options()) {
            match event {
                Event::Text(text) => said.push_str(&text),
                Event::SoftBreak | Event::End(_) => said.push(' '),
                _ => {}
            }
        }
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let expected = [&text, &text, &text, ":", &text, &other, &text, &other, &other, &text]
            .map(bare)
            .concat();
        prop_assert_eq!(bare(&said), expected, "{}", markdown);
    }
}
