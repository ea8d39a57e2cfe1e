//! The shape of the code: layers, file sizes, headers, and lists that must agree with what is there.
//!
//! In come the files of the repository as text, out goes the first thing that is out of place.
//! Nothing is built here: what a rule asks for is said in ARCHITECTURE.md.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use certalog::theme;

use crate::harness::{files_below, repository};

const SOURCE_LIMIT: usize = 500;
const TEST_LIMIT: usize = 600;

/// A file of `src` and the path of its module: `check/tree.rs` is `["check", "tree"]`.
struct Source {
    name: String,
    module: Vec<String>,
    text: String,
}

/// A module before another in the list of `mod` lines of the module around them.
type Order = Vec<String>;

fn sources() -> Vec<Source> {
    let src = repository().join("src");
    let files =
        files_below("src").into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    files
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
            let module = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            Source { name, module, text: fs::read_to_string(path).unwrap() }
        })
        .collect()
}

/// The modules that a file declares, in order.
fn declared(text: &str) -> Order {
    let lines = text.lines().map(|line| line.trim_start_matches("pub(crate) ").trim_start_matches("pub "));
    lines.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).map(str::to_owned).collect()
}

/// Every path that starts with `crate::` or `super::`, with the groups in braces taken apart, from the root on.
fn references(source: &Source) -> BTreeSet<Vec<String>> {
    // An inner module of tests looks at its own file with `super`.
    let text = source.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (start, word) in code.match_indices("crate::").chain(code.match_indices("super::")) {
        let before = code[..start].chars().next_back().unwrap_or(' ');
        if before == '$' || before == ':' || before.is_alphanumeric() || before == '_' {
            continue;
        }
        let root = if word == "crate::" { Vec::new() } else { parent(&source.module) };
        follow(&code[start + word.len()..], root, &mut found);
    }
    found
}

/// Reads the path that `rest` starts with and adds it, or each of its branches.
fn follow(rest: &str, mut path: Vec<String>, found: &mut BTreeSet<Vec<String>>) {
    let rest = rest.trim_start();
    if let Some(group) = rest.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                ',' | '}' if depth == 0 => {
                    follow(&group[start..at], path.clone(), found);
                    start = at + 1;
                    if c == '}' {
                        return;
                    }
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
        return;
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    match &rest[..end] {
        "" => return,
        "super" => path = parent(&path),
        "self" => {}
        name => path.push(name.to_owned()),
    }
    match rest[end..].strip_prefix("::") {
        Some(rest) => follow(rest, path, found),
        None => {
            found.insert(path);
        }
    }
}

fn parent(module: &[String]) -> Vec<String> {
    module[..module.len() - 1].to_vec()
}

#[test]
fn a_module_uses_only_modules_declared_above_it() {
    let sources = sources();
    let declared_in = |module: &[String]| -> Order {
        let file = if module.is_empty() { "lib.rs".to_owned() } else { module.join("/") + ".rs" };
        sources.iter().find(|source| source.name == file).map_or(Vec::new(), |source| declared(&source.text))
    };
    let mut faults = Vec::new();
    for source in &sources {
        if ["lib.rs", "main.rs"].contains(&source.name.as_str()) {
            continue;
        }
        for target in references(source) {
            // Where the ways to the two part, both are children of one module, and its `mod` lines say who comes first.
            let shared =
                source.module.iter().zip(&target).take_while(|(ours, theirs)| ours == theirs).count();
            let (Some(ours), Some(theirs)) = (source.module.get(shared), target.get(shared)) else {
                continue;
            };
            let order = declared_in(&source.module[..shared]);
            let place = |name: &String| order.iter().position(|known| known == name);
            match (place(ours), place(theirs)) {
                (Some(ours), Some(theirs)) if theirs > ours => {
                    faults.push(format!(
                        "src/{} uses `{}`, declared below it",
                        source.name,
                        target.join("::")
                    ));
                }
                (None, _) => faults.push(format!("src/{} is not declared", source.name)),
                _ => {}
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn references_are_found_in_every_form() {
    let text = "use crate::text::Span;\nuse crate::{html, model::{date::Day, page}};\n// crate::comment\n\
                fn f() { super::own(); super::super::view::Link; Self::x(); other::crate_name(); }";
    let module = ["pages", "table", "cell"].map(str::to_owned).to_vec();
    let found = references(&Source { name: String::new(), module, text: text.to_owned() });
    let found: Vec<_> = found.iter().map(|path| path.join("::")).collect();
    assert_eq!(
        found,
        ["html", "model::date::Day", "model::page", "pages::table::own", "pages::view::Link", "text::Span"]
    );
}

#[test]
fn no_file_is_too_long_to_be_read_at_one_go() {
    let lines = |text: &str| text.lines().count();
    for source in sources() {
        assert!(lines(&source.text) <= SOURCE_LIMIT, "src/{} has {} lines", source.name, lines(&source.text));
    }
    for path in files_below("tests/it") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(lines(&text) <= TEST_LIMIT, "{} has {} lines", path.display(), lines(&text));
    }
}

/// The words of the comment at the top of a file.
fn header(text: &str) -> String {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_module_says_what_comes_in_what_goes_out_and_what_never_happens() {
    for source in sources() {
        // The root's list of modules and three lines of `main` speak for themselves; tests are named for what they say.
        if ["lib.rs", "main.rs"].contains(&source.name.as_str()) || source.name.ends_with("tests.rs") {
            continue;
        }
        let header = header(&source.text);
        let sentences = header.split_inclusive(['.', ' ']).filter(|word| word.ends_with('.')).count();
        assert!(sentences >= 3, "src/{}: three sentences, not “{header}”", source.name);
    }
}

#[test]
fn every_test_file_is_run() {
    let main = fs::read_to_string(repository().join("tests/it/main.rs")).unwrap();
    let declared: BTreeSet<_> = declared(&main).into_iter().collect();
    let files = fs::read_dir(repository().join("tests/it")).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.is_file() && !path.ends_with("main.rs"));
    let files: BTreeSet<_> =
        files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(files, declared);
    for path in files_below("tests/it") {
        let text = fs::read_to_string(&path).unwrap();
        assert!(header(&text).contains('.'), "{} does not say what it tests", path.display());
    }
}

#[test]
fn the_map_names_every_module_in_order() {
    let map = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    let named = map.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let named: Vec<_> = named.map(str::to_owned).collect();
    let root = fs::read_to_string(repository().join("src/lib.rs")).unwrap();
    assert_eq!(named, declared(&root));
}

#[test]
fn the_themes_that_are_compiled_in_are_those_in_the_folder() {
    for (name, built_in) in [("default", theme::BUILT_IN), ("print", theme::PRINT)] {
        let folder = repository().join("themes").join(name);
        let files = files_below(&format!("themes/{name}")).into_iter();
        let files = files.map(|path| {
            let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&path).unwrap())
        });
        // The default theme has what its settings would say by default.
        let files: Vec<_> = files.filter(|(file, _)| name != "default" || file != "theme.toml").collect();
        let built_in: Vec<_> =
            built_in.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        assert_eq!(built_in, files);
        assert_eq!(theme::compiled_in(name).is_empty(), name == "default");
    }
}

#[test]
fn no_theme_groups_in_an_order_of_chance() {
    for path in files_below("themes") {
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(!text.contains("group_by"), "{} uses group_by", path.display());
    }
}

#[test]
fn the_newest_entry_of_the_changes_is_this_version() {
    let changes = fs::read_to_string(repository().join("CHANGELOG.md")).unwrap();
    let newest = changes.lines().find_map(|line| line.strip_prefix("## ")).unwrap();
    assert_eq!(newest.split(' ').next(), Some(env!("CARGO_PKG_VERSION")));
    let lock = fs::read_to_string(repository().join("Cargo.lock")).unwrap();
    let own = format!("name = \"certalog\"\nversion = \"{}\"\n", env!("CARGO_PKG_VERSION"));
    assert!(lock.contains(&own), "Cargo.lock has another version of certalog");
}

/// The files of the repository: what git knows or, in a copy without it, all but what is made here.
fn files_of_the_repository() -> Vec<PathBuf> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(repository()).output();
    match listed {
        Ok(output) if output.status.success() => {
            let names = String::from_utf8(output.stdout).unwrap();
            let names = names.split('\0').filter(|name| !name.is_empty());
            names.map(|name| repository().join(name)).filter(|path| path.is_file()).collect()
        }
        _ => {
            let made = ["target", "public", "node_modules", ".git", ".public.certalog"];
            let files = walkdir::WalkDir::new(repository()).into_iter();
            let files = files.filter_entry(|entry| !made.iter().any(|made| entry.file_name() == *made));
            files
                .map(Result::unwrap)
                .map(walkdir::DirEntry::into_path)
                .filter(|path| path.is_file())
                .collect()
        }
    }
}

#[test]
fn nothing_is_true_on_one_machine_only() {
    // The words are put together here so that this file does not hold them.
    let folders = ["work", "farm", "root", "home", "Users"].map(|folder| format!("/{folder}/"));
    for path in files_of_the_repository() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for folder in &folders {
            for (at, _) in text.match_indices(folder.as_str()) {
                let before = text[..at].chars().next_back().unwrap_or(' ');
                // `https://example.org/home/` and `docs/work/` are no places on a disk.
                let is_inside = before.is_alphanumeric() || ".-_/*})".contains(before);
                assert!(is_inside, "{} names a place below `{folder}`", path.display());
            }
        }
    }
}

#[test]
fn packages_come_from_the_public_registries() {
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"] {
        let lock = fs::read_to_string(repository().join(lock)).unwrap();
        for line in lock.lines().filter(|line| line.starts_with("source = ")) {
            assert_eq!(line, "source = \"registry+https://github.com/rust-lang/crates.io-index\"");
        }
    }
    for folder in ["browser", "editors", "hosts"] {
        let lock = repository().join("tests").join(folder).join("package-lock.json");
        let lock = fs::read_to_string(lock).unwrap();
        for line in lock.lines().filter(|line| line.trim_start().starts_with("\"resolved\":")) {
            assert!(line.contains("\"https://registry.npmjs.org/"), "{line}");
        }
    }
    assert!(!repository().join(".cargo").exists(), "settings of one machine");
    assert!(!repository().join(".npmrc").exists(), "settings of one machine");
}
