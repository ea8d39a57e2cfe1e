//! What certifications look like on other sites: badges, their data, the summary for frames, and what is copied to show them.
//!
//! In come catalogues, hostile ones among them, out goes the first thing that another site could not take as it is.

use certalog::theme::BUILT_IN;
use pulldown_cmark::{Event, Parser, Tag};
use roxmltree::Document;
use scraper::Html;
use serde_json::Value;

use crate::hard_input::canaries;
use crate::harness::{Built, Fixture};
use crate::page::text;
use crate::theming::contrast;

const FOLDER: &str = "certifications/example-care-desk-3.2/";

fn starter() -> Built {
    Fixture::starter().build()
}

/// The texts of a badge by their classes.
fn shown<'d>(badge: &'d Document<'_>) -> Vec<(&'d str, &'d str)> {
    let texts = badge.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    texts.map(|node| (node.attribute("class").unwrap(), node.text().unwrap_or_default())).collect()
}

const SVG: &str = "http://www.w3.org/2000/svg";

#[test]
fn a_badge_says_what_the_page_says() {
    let built = starter();
    let badge = Document::parse(built.text(&format!("{FOLDER}badge.svg"))).unwrap();
    let page = built.page(&format!("{FOLDER}index.html"));
    let texts = shown(&badge);
    let of = |class: &str| texts.iter().find(|(known, _)| *known == class).unwrap().1;
    assert_eq!(of("name"), text(page.one("h1")));
    assert!(text(page.one(".lead")).contains(of("result")), "{}", of("result"));
    let standing = text(page.one(".standing"));
    assert!(texts.iter().any(|(_, said)| *said == standing), "{standing}: {texts:?}");
    let svg = badge.root_element();
    assert_eq!(svg.attribute("role"), Some("img"));
    let named = |attribute: &str| {
        let id = svg.attribute(attribute).unwrap();
        badge.descendants().find(|node| node.attribute("id") == Some(id)).unwrap().text().unwrap()
    };
    assert!(named("aria-labelledby").contains(of("name")));
    assert!(
        named("aria-describedby").contains(&standing) && named("aria-describedby").contains(of("result"))
    );
    // The page shows it in its size, so that nothing moves when it comes.
    let picture = page.one(".snippets img");
    for side in ["width", "height"] {
        assert_eq!(picture.attr(side), svg.attribute(side));
    }
}

#[test]
fn a_badge_needs_nothing_but_itself() {
    let text = starter().text(&format!("{FOLDER}badge.svg")).to_owned();
    let badge = Document::parse(&text).unwrap();
    for node in badge.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(["svg", "title", "desc", "style", "rect", "path", "g", "text"].contains(&name), "<{name}>");
        assert!(
            node.attributes()
                .all(|attribute| !attribute.name().starts_with("on") && attribute.name() != "href")
        );
    }
    assert!(
        !text.contains("url(") && !text.contains("@import") && text.matches("://").count() == 1,
        "{text}"
    );
}

#[test]
fn a_badge_is_legible_in_both_schemes_and_has_the_colours_of_the_site() {
    let (_, sheet) = BUILT_IN.iter().find(|(path, _)| *path == "static/site.css").unwrap();
    let long = |colour: &str| match colour.len() {
        4 => format!("#{}", colour[1..].chars().flat_map(|digit| [digit, digit]).collect::<String>()),
        _ => colour.to_owned(),
    };
    for (end, tone) in [("2099-01", "valid"), ("2020-01", "expired"), ("", "open")] {
        let valid = format!("valid = {{ from = \"2010-01\", to = \"{end}\" }}\n");
        let valid = if end.is_empty() { "" } else { &valid };
        let record = format!("content/{FOLDER}certification.md");
        let edited = format!("{valid}organization = ");
        let built = Fixture::starter()
            .edit(&record, "organization = ", &edited)
            .edit(&record, "completed = \"2026-03\"", "completed = \"2015-03\"")
            .build();
        let text = built.text(&format!("{FOLDER}badge.svg")).to_owned();
        let badge = Document::parse(&text).unwrap();
        let light = |class: &str| {
            let node = badge.descendants().find(|node| node.attribute("class") == Some(class)).unwrap();
            long(node.attribute("fill").unwrap())
        };
        let dark = |class: &str| {
            let (_, rest) = text.split_once(&format!(".{class} {{ fill: ")).unwrap();
            rest[..7].to_owned()
        };
        for (class, ground) in [("on", "panel"), ("name", "ground"), ("result", "ground"), (tone, "ground")] {
            let (bright, dim) =
                (contrast(&light(class), &light(ground)), contrast(&dark(class), &dark(ground)));
            assert!(
                bright >= 4.5 && dim >= 4.5,
                "{class}: {bright} in the light scheme, {dim} in the dark one"
            );
        }
        for class in ["ground", "panel", "name", "result", tone] {
            let token = format!(", {})", dark(class));
            assert!(sheet.contains(&token), "the style sheet has no {token}");
        }
    }
}

#[test]
fn no_text_is_wider_than_its_place() {
    let name = "An uncommonly long name of a product that nobody would ever abbreviate, except in a badge";
    let built = Fixture::starter()
        .edit(&format!("content/{FOLDER}certification.md"), "product = ", &format!("product = \"{name}\" # "))
        .build();
    let text = built.text(&format!("{FOLDER}badge.svg"));
    let badge = Document::parse(text).unwrap();
    let said = shown(&badge).into_iter().find(|(class, _)| *class == "name").unwrap().1.to_owned();
    assert!(said.ends_with('…') && name.starts_with(said.trim_end_matches('…')), "{said}");
    let title = badge.descendants().find(|node| node.has_tag_name((SVG, "title"))).unwrap();
    assert!(title.text().unwrap().contains(name), "the title has the whole name");
    assert!(badge.root_element().attribute("width").unwrap().parse::<u32>().unwrap() <= 592);
}

/// The names of all elements and attributes of every badge, in order.
fn structure(built: &Built) -> Vec<String> {
    let badges = built.site().iter().filter(|(path, _)| path.as_str().ends_with("badge.svg"));
    let names = badges.flat_map(|(_, bytes)| {
        let badge = Document::parse(std::str::from_utf8(bytes).unwrap()).unwrap();
        let elements = badge.descendants().filter(roxmltree::Node::is_element);
        let names = elements.map(|node| {
            let attributes: Vec<_> = node.attributes().map(|attribute| attribute.name().to_owned()).collect();
            format!("{} {}", node.tag_name().name(), attributes.join(" "))
        });
        names.collect::<Vec<_>>()
    });
    names.collect()
}

/// What a snippet shows and where it leads.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    alt: String,
    src: String,
    href: String,
}

fn of_html(snippet: &str) -> Shown {
    let page = Html::parse_fragment(snippet);
    let all: Vec<_> = page.root_element().descendent_elements().skip(1).collect();
    let [link, image] = &all[..] else { panic!("{snippet}") };
    assert_eq!((link.value().name(), image.value().name()), ("a", "img"), "{snippet}");
    let of = |element: &scraper::ElementRef<'_>, name: &str| element.attr(name).unwrap().to_owned();
    Shown { alt: of(image, "alt"), src: of(image, "src"), href: of(link, "href") }
}

fn of_markdown(snippet: &str) -> Shown {
    let mut found = Shown { alt: String::new(), src: String::new(), href: String::new() };
    for event in Parser::new(snippet) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => found.href = dest_url.to_string(),
            Event::Start(Tag::Image { dest_url, .. }) => found.src = dest_url.to_string(),
            Event::Start(Tag::Paragraph) | Event::End(_) => {}
            Event::Text(text) => found.alt.push_str(&text),
            other => panic!("{other:?} in {snippet}"),
        }
    }
    found
}

#[test]
fn whatever_a_record_says_is_text_where_a_snippet_is_pasted() {
    let plain = structure(&canaries::marked("plain"));
    assert!(plain.len() > 10);
    for mark in canaries::CANARIES.iter() {
        let built = canaries::marked(mark);
        assert_eq!(structure(&built), plain, "`{mark}`");
        for page in built.pages().iter().filter(|page| !page.all(".snippets").is_empty()) {
            let texts: Vec<String> = page.all(".snippets code").into_iter().map(text_of).collect();
            let [html, markdown, asciidoc, frame, data] = &texts[..] else { panic!("{texts:?}") };
            let in_html = of_html(html);
            let in_markdown = of_markdown(markdown);
            assert_eq!(in_html.alt, page.one(".snippets img").attr("alt").unwrap());
            let spaced = Shown { alt: in_html.alt.replace(char::is_whitespace, " "), ..in_html };
            assert_eq!(in_markdown, spaced, "`{mark}`");
            // What is between the quotation marks is letters, digits, plain signs and references.
            let (before, after) = asciidoc.split_once("[\"").unwrap();
            let (alt, link) = after.split_once("\",link=").unwrap();
            assert_eq!(
                (before, link),
                (format!("image:{}", spaced.src).as_str(), format!("{}]", spaced.href).as_str())
            );
            let is_plain = |letter: char| !letter.is_ascii_punctuation() || ".,-&#;".contains(letter);
            assert!(alt.chars().all(is_plain), "{alt}");
            let whole = alt.split('&').skip(1).all(|rest| {
                let reference = rest.strip_prefix('#').and_then(|rest| rest.split_once(';'));
                reference.is_some_and(|(number, _)| number.parse::<u32>().is_ok())
            });
            assert!(whole, "{alt}");
            let framed = Html::parse_fragment(frame);
            let all: Vec<_> = framed.root_element().descendent_elements().skip(1).collect();
            assert!(all.len() == 1 && all[0].value().name() == "iframe", "{frame}");
            assert_eq!(all[0].attr("src").unwrap(), format!("{}embed/", spaced.href));
            assert_eq!(*data, format!("{}badge.json", spaced.href));
        }
    }
}

fn text_of(element: scraper::ElementRef<'_>) -> String {
    element.text().collect()
}

#[test]
fn addresses_with_odd_signs_survive_in_snippets() {
    let built = Fixture::starter().at("https://example.org/a(b)/[c]*'d/").build();
    let page = built.page(&format!("{FOLDER}index.html"));
    let texts: Vec<String> = page.all(".snippets code").into_iter().map(text_of).collect();
    let (html, markdown) = (of_html(&texts[0]), of_markdown(&texts[1]));
    assert_eq!((&html.src, &html.href), (&markdown.src, &markdown.href));
    assert!(
        html.src.ends_with("badge.svg") && !html.src.contains(['(', ')', '[', ']', '*', '\'']),
        "{}",
        html.src
    );
}

#[test]
fn the_data_of_a_badge_is_what_an_endpoint_of_shields_may_say() {
    let built = starter();
    let data: Value = serde_json::from_str(built.text(&format!("{FOLDER}badge.json"))).unwrap();
    // By the description of the endpoint: version 1, two texts that are not empty, a colour that it knows, nothing else.
    let schema = serde_json::json!({
        "type": "object",
        "required": ["schemaVersion", "label", "message"],
        "properties": {
            "schemaVersion": { "const": 1 },
            "label": { "type": "string", "minLength": 1 },
            "message": { "type": "string", "minLength": 1 },
            "color": { "enum": ["brightgreen", "green", "yellow", "yellowgreen", "orange", "red", "blue", "grey", "lightgrey"] },
        },
        "additionalProperties": false,
    });
    assert!(jsonschema::is_valid(&schema, &data), "{data}");
    assert!(!jsonschema::is_valid(
        &schema,
        &serde_json::json!({ "schemaVersion": 1, "label": "", "message": "x" })
    ));
    let badge = built.text(&format!("{FOLDER}badge.svg")).to_owned();
    let badge = Document::parse(&badge).unwrap();
    let texts = shown(&badge);
    let message = data["message"].as_str().unwrap();
    assert!(
        texts[2..].iter().filter(|(class, _)| *class != "name").all(|(_, said)| message.contains(said)),
        "{message}: {texts:?}"
    );
}

#[test]
fn the_summary_in_a_frame_runs_nothing_and_leads_out_of_the_frame() {
    let built = starter();
    let page = built.page(&format!("{FOLDER}embed/index.html"));
    assert!(page.all("script, form, iframe, style").is_empty());
    let links = page.all("a");
    assert!(links.len() >= 2 && links.iter().all(|link| link.attr("target") == Some("_top")));
    let whole = built.page(&format!("{FOLDER}index.html"));
    for part in ["h1", ".standing"] {
        assert_eq!(text(page.one(part)), text(whole.one(part)));
    }
    let facts: Vec<String> = page.all(".facts dd").into_iter().map(text).collect();
    let all: Vec<String> = whole.all(".facts dd").into_iter().map(text).collect();
    assert!(facts.len() == 3 && facts.iter().all(|fact| all.contains(fact)), "{facts:?} of {all:?}");
}

#[test]
fn a_document_does_not_take_the_place_of_a_badge() {
    for name in ["badge.svg", "badge.json"] {
        let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        let built = Fixture::starter().with(&format!("content/{FOLDER}{name}"), drawing).build();
        assert!(built.codes().contains(&"address-conflict"), "{name}: {:?}", built.codes());
    }
}

#[test]
fn a_theme_can_do_without_badges() {
    let fixture = Fixture::starter();
    let settings = fixture.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
    let built = fixture
        .with("site.toml", format!("theme = \"own\"\n{settings}"))
        .with("themes/own/theme.toml", "badges = false\n")
        .build();
    let left: Vec<_> = built
        .site()
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| path.contains("badge") || path.contains("/embed/"))
        .collect();
    assert_eq!(left, [""; 0]);
    assert!(built.page(&format!("{FOLDER}index.html")).all(".snippets").is_empty());
}
