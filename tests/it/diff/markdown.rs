//! A comment on a pull request with the worst that records can say: it stays inert, and it stays within its size.
//!
//! In come records whose texts are Markdown, HTML, mentions and links, out goes what a reader of Markdown makes of the comment.
//! Nothing of a record may stand outside of code.

use certalog::report::meaning::{Story, markdown};
use pulldown_cmark::{Options, Parser, html};
use scraper::{ElementRef, Html, Selector};

use super::{CARE_DESK, diff, sides};
use crate::harness::{Fixture, quoted};

/// Texts that would do something somewhere.
pub(super) const HOSTILE: &[&str] = &[
    "<img src=x onerror=alert(1)>",
    "</code></summary></details><script>alert(1)</script>",
    "@octocat @org/team",
    "#123 org/repo#1 GH-5 !45",
    "https://evil.example/ www.evil.example a@evil.example",
    "[click](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "`code` ``more`` ```",
    "``` \n# Heading\n\n- list",
    "| a | b \\| c \\\\| d |",
    "\\` \\",
    "`",
    "**bold** _it_ ~~gone~~",
    "$`math`$ $$x$$ :smile:",
    "<!-- comment",
    "<details>",
    "\u{202e}reversed\u{202c} \u{200b} \u{1b}[31m",
    "&lt;b&gt; &#96; &NewLine;",
    "[^1] [x]: https://evil.example",
    "]]> <?php ?> <![CDATA[",
    "a\u{2028}b\r\nc",
    " ",
];

/// A comment as a host renders it, and as if its HTML were let through.
fn rendered(markdown: &str) -> Html {
    let mut rendered = String::new();
    html::push_html(&mut rendered, Parser::new_ext(markdown, Options::all()));
    Html::parse_fragment(&rendered)
}

fn elements(page: &Html) -> Vec<ElementRef<'_>> {
    page.select(&Selector::parse("*").unwrap()).collect()
}

#[track_caller]
pub(super) fn check_inert(markdown: &str) {
    const ALLOWED: [&str; 14] = [
        "html", "h2", "p", "ul", "li", "code", "strong", "details", "summary", "table", "tbody", "tr", "th",
        "td",
    ];
    let page = rendered(markdown);
    for element in elements(&page) {
        let name = element.value().name();
        assert!(ALLOWED.contains(&name), "<{name}> in {markdown}");
        assert_eq!(element.value().attrs().count(), 0, "attributes of <{name}>");
    }
    for node in page.tree.nodes() {
        let Some(text) = node.value().as_text() else { continue };
        let is_code = |name: &str| name == "code";
        let mut around = node.ancestors().filter_map(|around| around.value().as_element());
        if !around.any(|element| is_code(element.name())) {
            for sign in [
                "evil", "octocat", "@", "#", "GH-", "alert", "canary", "$", "`", "<", "http", "www", "](",
                ":smile", "!45",
            ] {
                assert!(!text.contains(sign), "`{sign}` outside of code in {:?}", &**text);
            }
        }
    }
}

#[test]
fn what_records_say_stands_in_code_and_does_nothing() {
    let before = Fixture::starter();
    for hostile in HOSTILE {
        let text = quoted(hostile);
        let name = if hostile.trim().is_empty() { "\"x\"".to_owned() } else { text.clone() };
        let after = before
            .clone()
            .edit(CARE_DESK, "product = \"Example Care Desk\"", &format!("product = {name}"))
            .edit(CARE_DESK, "score = 4.5\n", &format!("score = 45\nprinted = {name}\n{text} = {text}\n"))
            .edit(CARE_DESK, "element = \"2.1\"", &format!("element = {name}"))
            .with("content/organizations/example-networks.toml", format!("name = {name}\n"))
            .with("content/pages/new.md", format!("+++\ntitle = {name}\n+++\n{hostile}\n"));
        let difference = diff(&before, &after);
        check_inert(&markdown::render(&Story::of(&difference, sides()), markdown::LIMIT));
        // the same the other way round, and without errors
        check_inert(&markdown::render(&Story::of(&diff(&after, &before), sides()), markdown::LIMIT));
        let after =
            before.clone().edit(CARE_DESK, "product = \"Example Care Desk\"", &format!("product = {name}"));
        check_inert(&markdown::render(&Story::of(&diff(&before, &after), sides()), markdown::LIMIT));
    }
}

#[test]
fn names_of_files_and_of_revisions_do_nothing_either() {
    let before = Fixture::starter();
    let after =
        before.clone().with("content/certifications/x/@octocat `a` <b> [c](https://evil.example).pdf", b"x");
    let sides =
        certalog::report::meaning::Sides { before: "a`b@octocat".to_owned(), after: "<b>#1".to_owned() };
    check_inert(&markdown::render(&Story::of(&diff(&before, &after), sides), markdown::LIMIT));
}

#[test]
fn a_comment_is_as_long_as_it_may_be_and_says_what_is_left_out() {
    let mut before = Fixture::starter();
    for number in 0..300 {
        let text =
            format!("+++\ntitle = \"Page {number} `@octocat {}\"\n+++\nText.\n", "long name ".repeat(20));
        before = before.with(&format!("content/pages/a-page-whose-name-is-long-enough-{number}.md"), text);
    }
    let story = Story::of(&diff(&before, &Fixture::starter()), sides());
    let whole = markdown::render(&story, usize::MAX);
    assert!(whole.len() > markdown::LIMIT && !whole.contains("left out"));
    for limit in [4_000, 10_000, 20_000, markdown::LIMIT] {
        let cut = markdown::render(&story, limit);
        assert!(cut.len() <= limit, "{} of {limit}", cut.len());
        assert!(cut.contains("lines are left out") && cut.contains("`certalog diff` prints all of them"));
        check_inert(&cut);
        let count = |tag: &str| cut.matches(tag).count();
        assert_eq!(count("<details>"), count("</details>"));
        assert_eq!(count("<ul>"), count("</ul>"));
        assert_eq!(count("<table>"), count("</table>"));
    }
}

#[test]
fn texts_that_take_much_room_do_not_take_all_of_it() {
    let before = Fixture::starter();
    let long = "\u{200b}`".repeat(2_000);
    let mut after = before.clone();
    for number in 0..40 {
        let text = format!(
            "organization = \"example-networks\"\nproduct = {}\nframework = \"service-map\"\nrelease = \"2.0\"\nscore = 1\n",
            quoted(&long)
        );
        after = after.with(
            &format!("content/certifications/c-{number}/certification.toml"),
            format!("{text}{long} = 1\n"),
        );
        after = after.with(
            &format!("content/pages/p-{number}.md"),
            format!("+++\ntitle = {}\nx = {}\n+++\n", quoted(&long), quoted(&long)),
        );
    }
    for limit in [8_000, markdown::LIMIT] {
        let comment = markdown::render(&Story::of(&diff(&before, &after), sides()), limit);
        assert!(comment.len() <= limit, "{} of {limit}", comment.len());
        check_inert(&comment);
    }
}
