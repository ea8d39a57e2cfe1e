//! Hostile files, read by threads with a mebibyte of stack: each ends in a report or a site, and never in a signal.
//!
//! In come texts that nest, chain or repeat as far as a limit of size lets them, out go exit statuses of the program itself.
//! The stacks are an eighth of what a system usually gives, and the program is not optimized, so that what passes here has room to spare.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use crate::cli::{folder, write};
use crate::harness::Fixture;

const PAGE: &str = "content/pages/hostile.md";
const RECORD: &str = "content/organizations/hostile.toml";
const ELEMENTS: &str = "content/frameworks/service-map/elements/hostile.toml";
const TEMPLATE: &str = "themes/default/templates/page.html";

fn page(body: &str) -> (&'static str, String) {
    (PAGE, format!("+++\ntitle = \"Hostile\"\n+++\n{body}\n"))
}

/// Elements in one chain, each below the one before.
fn chain(count: usize) -> String {
    let mut text = String::new();
    for at in 0..count {
        write!(text, "[[element]]\nkey = \"c{at}\"\nname = \"C\"\nid = \"c{at}\"\n").unwrap();
        if at > 0 {
            writeln!(text, "parent = \"c{}\"", at - 1).unwrap();
        }
    }
    text
}

/// Every case with the file it is in.
fn cases() -> Vec<(&'static str, (&'static str, String))> {
    let many = |unit: &str, count: usize| unit.repeat(count);
    let nested = |open: &str, inside: &str, close: &str, count: usize| {
        format!("{}{inside}{}", many(open, count), many(close, count))
    };
    vec![
        ("quotes", page(&many("> ", 20_000))),
        ("lists", page(&many("- ", 20_000))),
        (
            "lists by indentation",
            page(&(0..300).fold(String::new(), |text, depth| text + &" ".repeat(2 * depth) + "- a\n")),
        ),
        ("stress", page(&many("*a **a ", 20_000))),
        ("brackets", page(&many("[", 50_000))),
        ("links in links", page(&nested("[", "a", "](b)", 5_000))),
        ("pictures in pictures", page(&nested("![", "a", "](b)", 5_000))),
        ("own links", page(&many("[[", 30_000))),
        ("backticks", page(&(1..400).fold(String::new(), |text, count| text + &"`".repeat(count) + " "))),
        (
            "footnotes",
            page(&(0..5_000).fold(String::new(), |text, at| text + &format!("[^{at}]: [^{}]\n\n", at + 1))),
        ),
        ("tables", page(&format!("|{}\n|{}\n{}", many("a|", 500), many("-|", 500), many("|\n", 500)))),
        ("markup", page(&nested("<b>", "a", "</b>", 10_000))),
        ("code", page(&format!("```cs\n{}\n```", many("(<[{\"", 10_000)))),
        ("definitions", page(&many("[a]: <\n", 20_000))),
        ("lists of TOML", (RECORD, format!("name = {}\n", nested("[", "1", "]", 50_000)))),
        ("tables of TOML", (RECORD, format!("name = {}\n", nested("{ a = ", "1", " }", 20_000)))),
        ("dotted keys", (RECORD, format!("a{} = 1\n", many(".a", 50_000)))),
        ("headers", (RECORD, format!("[a{}]\nb = 1\n", many(".a", 50_000)))),
        (
            "headers after headers",
            (RECORD, (1..700).fold(String::new(), |text, depth| text + "[a" + &".a".repeat(depth) + "]\n")),
        ),
        ("one key again and again", (RECORD, many("name = \"a\"\n", 20_000))),
        ("an open text", (RECORD, format!("name = \"\"\"{}", many("\\u0061", 50_000)))),
        ("open brackets", (RECORD, many("[", 100_000))),
        ("a chain of parents", (ELEMENTS, chain(300))),
        (
            "a ring of parents",
            (ELEMENTS, chain(300).replacen("id = \"c0\"\n", "id = \"c0\"\nparent = \"c299\"\n", 1)),
        ),
        ("brackets of a template", (TEMPLATE, format!("{{{{ {} }}}}", nested("(", "1", ")", 20_000)))),
        ("sums of a template", (TEMPLATE, format!("{{{{ 1{} }}}}", many(" + 1", 20_000)))),
        ("lists of a template", (TEMPLATE, format!("{{{{ {} }}}}", nested("[", "1", "]", 20_000)))),
        ("conditions of a template", (TEMPLATE, nested("{% if true %}", "a", "{% endif %}", 5_000))),
        ("not, not, not", (TEMPLATE, format!("{{{{ {}true }}}}", many("not ", 20_000)))),
        ("filters of a template", (TEMPLATE, format!("{{{{ \"a\"{} }}}}", many(" | upper", 20_000)))),
        ("a template that includes itself", (TEMPLATE, "{% include \"page.html\" %}".to_owned())),
        ("a template that extends itself", (TEMPLATE, "{% extends \"page.html\" %}".to_owned())),
    ]
}

/// The program with small stacks: of its first thread by a limit of the system, of all others by a variable.
fn run(folder: &Path, arguments: &str) -> Output {
    let script = format!("ulimit -s 1024 && exec \"$CERTALOG\" {arguments}");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(folder);
    command.env("CERTALOG", env!("CARGO_BIN_EXE_certalog")).env("RUST_MIN_STACK", (1 << 20).to_string());
    command.output().unwrap()
}

#[test]
fn hostile_files_never_exhaust_a_small_stack() {
    let starter = Fixture::starter();
    for (name, (path, text)) in cases() {
        let folder = folder();
        for (path, text) in starter.texts() {
            write(&folder.path().join(path), text);
        }
        write(&folder.path().join(path), &text);
        let is_record = path == RECORD || path == ELEMENTS;
        let more: &[&str] =
            if is_record { &["fmt --check", "check --fix --dry-run --as-of 2026-01-01"] } else { &[] };
        for arguments in [&["build --as-of 2026-01-01"], more].concat() {
            let output = run(folder.path(), arguments);
            let said = String::from_utf8_lossy(&output.stderr);
            let said: String = said.chars().take(2_000).collect();
            assert!(
                matches!(output.status.code(), Some(0 | 1)),
                "{name}, {arguments}: {:?}\n{said}",
                output.status
            );
        }
    }
}

#[test]
fn hostile_tables_never_exhaust_a_small_stack() {
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = format!("{}1{}", "[{\"a\":".repeat(50_000), "}]".repeat(50_000));
    let quotes = "\"".repeat(100_001);
    for (name, format, text) in
        [("lists", "json", nested.as_str()), ("objects", "json", &objects), ("quotes", "csv", &quotes)]
    {
        let folder = folder();
        for (path, text) in Fixture::starter().texts() {
            write(&folder.path().join(path), text);
        }
        write(&folder.path().join("table"), text);
        let output =
            run(folder.path(), &format!("import {format} results table --certification a-1 --dry-run"));
        assert!(output.status.code().is_some_and(|status| status <= 2), "{name}: {:?}", output.status);
    }
}
