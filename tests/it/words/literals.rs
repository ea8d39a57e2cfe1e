//! Words for readers stand in the language files and nowhere else.
//!
//! In come templates and the code of pages as text, out goes the first place that says something itself.
//! Markup, keys and classes are no words: words have a capital letter or stand beside others.

use std::fs;

use crate::harness::{files_below, repository};

/// Literals in the code of pages that look like words and are none.
const NO_WORDS: &[&str] = &["mark ", "{name} must be among the names that no document may have"];

/// The text without what stands between two marks.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut left = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        left.push_str(before);
        left.push(' ');
        rest = after.split_once(close).map_or("", |(_, after)| after);
    }
    left + rest
}

fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1)
}

#[test]
fn templates_say_nothing_themselves() {
    for path in files_below("themes/default/templates") {
        let template = fs::read_to_string(&path).unwrap();
        let markup = [("{#", "#}"), ("{{", "}}"), ("{%", "%}")];
        let markup = markup.iter().fold(template, |text, (open, close)| without(&text, open, close));
        let words = without(&without(&markup, "<style", "</style>"), "<", ">");
        let said: Vec<&str> = words.lines().filter(|line| has_word(line)).collect();
        assert!(said.is_empty(), "{} says {said:?}", path.display());
        for attribute in ["aria-label", "aria-description", "title", "placeholder", "alt", "label"] {
            let start = format!(" {attribute}=\"");
            let values = markup.split(start.as_str()).skip(1);
            let values = values.map(|rest| rest.split('"').next().unwrap_or_default());
            let said: Vec<&str> = values.filter(|value| has_word(value)).collect();
            assert!(said.is_empty(), "{}: {attribute} says {said:?}", path.display());
        }
    }
}

/// The literals of a piece of code, without markup and what only programmers read.
fn literals(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut literals = Vec::new();
    let mut rest = code.as_str();
    while let Some(start) = rest.find('"') {
        let before = rest[..start].trim_end();
        let is_no_text =
            ["literal(", "expect("].iter().any(|call| before.ends_with(call)) || before.ends_with('\'');
        let text = &rest[start + 1..];
        let mut escaped = false;
        let end = text.find(|c| {
            let is_end = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            is_end
        });
        let Some(end) = end else { break };
        if !is_no_text {
            literals.push(text[..end].to_owned());
        }
        rest = &text[end + 1..];
    }
    literals
}

fn are_words(literal: &str) -> bool {
    let words: Vec<&str> = literal.split(' ').filter(|word| has_word(&without(word, "{", "}"))).collect();
    let is_capitalized = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    words.len() > 1 || words.iter().any(is_capitalized)
}

#[test]
fn pages_say_nothing_themselves() {
    let pages = files_below("src/pages").into_iter();
    let others = ["src/pages.rs", "src/comparison.rs", "src/changes.rs", "src/render.rs"];
    for path in pages.chain(others.map(|path| repository().join(path))) {
        let code = fs::read_to_string(&path).unwrap();
        let said = literals(&code).into_iter().filter(|literal| are_words(literal));
        let said: Vec<String> =
            said.filter(|literal| !NO_WORDS.iter().any(|no| literal.starts_with(no))).collect();
        assert!(said.is_empty(), "{} says {said:?}", path.display());
    }
}

#[test]
fn words_are_told_from_markup() {
    let code = "html.literal(\"<p>Not found\").text(\"Not found\"); let x = \"a.key\";\n// \"Not this\"\nf(\"to {name} again\")";
    let said: Vec<_> = literals(code).into_iter().filter(|literal| are_words(literal)).collect();
    assert_eq!(said, ["Not found", "to {name} again"]);
    assert_eq!(without("<p a=\"b\">{{ c }}d</p>", "<", ">").trim(), "{{ c }}d");
}
