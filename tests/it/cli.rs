//! The program as it is run: arguments, streams, exit status, and what `init` leaves on the disk.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use certalog::starter;
use snapbox::{IntoData as _, assert_data_eq, str};
use tempfile::TempDir;

/// The program in a folder, without what the surroundings would tell it.
fn certalog(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_certalog"));
    command.current_dir(folder).args(arguments).env_remove("SOURCE_DATE_EPOCH").env_remove("NO_COLOR");
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    certalog(folder, arguments).output().unwrap()
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[track_caller]
pub(crate) fn status(output: &Output, expected: i32) -> (String, String) {
    let out = String::from_utf8(output.stdout.clone()).unwrap();
    let err = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(expected), "standard output:\n{out}\nstandard error:\n{err}");
    (out, err)
}

pub(crate) fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Every file below a folder with its text, by path.
fn tree(folder: &Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (path, std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn init_writes_the_starting_catalogue() {
    let folder = folder();
    let (out, err) = status(&run(folder.path(), &["init", "new/catalogue"]), 0);
    assert_eq!(err, "");
    assert_data_eq!(
        out,
        str![[r#"
`new/catalogue`: a catalogue of 14 files

next:
  cd new/catalogue
  certalog serve --open

that shows the site in the browser and follows every change; README.md says what to change first

"#]]
        .raw()
    );
    let mut expected: Vec<_> = starter::FILES.iter().chain([&starter::GITIGNORE]).copied().collect();
    expected.sort_unstable();
    let mut written = tree(&folder.path().join("new/catalogue"));
    written.sort_unstable();
    let written: Vec<_> = written.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(written, expected);
}

#[test]
fn init_accepts_a_fresh_repository_and_odd_names() {
    let folder = folder();
    std::fs::create_dir(folder.path().join(".git")).unwrap();
    let (out, _) = status(&run(folder.path(), &["init", "."]), 0);
    assert!(out.starts_with("this folder: ") && !out.contains("cd "), "{out}");
    let (out, _) = status(&run(folder.path(), &["init", "it's new"]), 0);
    assert!(out.contains(r"  cd 'it'\''s new'"), "{out}");
    let (out, err) = status(&run(folder.path(), &["-q", "init", "quiet"]), 0);
    assert_eq!((out.as_str(), err.as_str()), ("", ""));
}

#[test]
fn init_never_overwrites() {
    let folder = folder();
    status(&run(folder.path(), &["init", "a"]), 0);
    write(&folder.path().join("a/site.toml"), "changed");
    let before = tree(folder.path());
    let (out, err) = status(&run(folder.path(), &["init", "a"]), 2);
    assert_eq!(out, "");
    assert_data_eq!(
        err,
        str![[r#"
error: `a` is not empty: it holds `.gitignore`, `README.md`, `content` and `site.toml`
  help: nothing was written; name a folder that is empty or does not exist yet

"#]]
        .raw()
    );
    write(&folder.path().join("file"), "text");
    let (_, err) = status(&run(folder.path(), &["init", "file"]), 2);
    assert_data_eq!(
        err,
        str![[r#"
error: `file` is a file, or lies in one; a folder is needed

"#]]
        .raw()
    );
    let (_, err) = status(&run(folder.path(), &["init", "file/deeper"]), 2);
    assert_data_eq!(
        err,
        str![[r#"
error: `file/deeper` is a file, or lies in one; a folder is needed

"#]]
        .raw()
    );
    std::fs::remove_file(folder.path().join("file")).unwrap();
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn outside_a_catalogue_there_is_nothing_to_build() {
    let folder = folder();
    for command in ["build", "check"] {
        let (out, err) = status(&run(folder.path(), &[command]), 2);
        assert_eq!(out, "");
        assert_data_eq!(
            err,
            str![[r#"
error: there is no catalogue here: neither this folder nor one above it has a `site.toml`
  help: go to a catalogue, name one with `--root DIR`, or write one with `certalog init DIR`

"#]]
            .raw()
        );
    }
    assert_eq!(tree(folder.path()), []);
}

#[test]
fn a_wrong_root_is_explained() {
    let folder = folder();
    let (_, err) = status(&run(folder.path(), &["check", "--root", "nowhere"]), 2);
    assert_data_eq!(
        err,
        str![[r#"
error: there is no folder `nowhere`

"#]]
        .raw()
    );
    status(&run(folder.path(), &["init", "a"]), 0);
    let (_, err) = status(&run(folder.path(), &["check", "--root", "a/content"]), 2);
    assert_data_eq!(
        err,
        str![[r#"
error: `a/content` is not a catalogue: it has no `site.toml`
  help: the catalogue around it is `a`

"#]]
        .raw()
    );
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let (_, err) = status(&run(folder.path(), &["build", "--root", "empty"]), 2);
    assert_data_eq!(
        err,
        str![[r#"
error: `empty` is not a catalogue: it has no `site.toml`
  help: `--root` takes the folder that holds `site.toml` and `content/`

"#]]
        .raw()
    );
}

#[test]
fn a_day_is_a_day_of_the_calendar() {
    let folder = folder();
    let (_, err) = status(&run(folder.path(), &["build", "--as-of", "2026-2-1"]), 2);
    assert_data_eq!(
        err,
        str![[r#"
error: invalid value '2026-2-1' for '--as-of <DATE>': a day is written YYYY-MM-DD, such as 2026-01-31

For more information, try '--help'.

"#]]
        .raw()
    );
    let (_, err) = status(&run(folder.path(), &["build", "--as-of", "2026-02-30"]), 2);
    assert_data_eq!(
        err,
        str![[r#"
error: invalid value '2026-02-30' for '--as-of <DATE>': the calendar has no such day

For more information, try '--help'.

"#]]
        .raw()
    );
}

#[test]
fn a_variable_that_holds_no_day_is_named() {
    let folder = folder();
    status(&run(folder.path(), &["init", "."]), 0);
    for nonsense in ["yesterday", "99999999999999999999", "99999999999999", "1.5"] {
        let output = certalog(folder.path(), &["check"]).env("SOURCE_DATE_EPOCH", nonsense).output().unwrap();
        let (_, err) = status(&output, 2);
        assert!(err.starts_with(&format!("error: the variable SOURCE_DATE_EPOCH is `{nonsense}`")), "{err}");
    }
}

#[test]
fn a_base_url_is_a_whole_address() {
    let folder = folder();
    for nonsense in ["example.org", "/catalogue/", "ftp://example.org/", "javascript:alert(1)"] {
        let (_, err) = status(&run(folder.path(), &["build", "--base-url", nonsense]), 2);
        assert!(err.contains("a whole address is needed"), "{err}");
    }
}

#[test]
fn version_and_help_go_to_the_standard_output() {
    let folder = folder();
    let (out, err) = status(&run(folder.path(), &["--version"]), 0);
    assert_eq!(out, concat!("certalog ", env!("CARGO_PKG_VERSION"), "\n"));
    assert_eq!(err, "");
    let (out, _) = status(&run(folder.path(), &["--help"]), 0);
    assert_data_eq!(
        out,
        str![[r#"
Checks a catalogue of certifications and writes it as a static site

Usage: certalog [OPTIONS] <COMMAND>

Commands:
  build        Check the catalogue and write the site
  serve        Build in memory, serve to browsers on this machine, and follow every change
  check        Check the catalogue and write nothing
  publish      Bring a built site to a folder or an object store
  verify       Check a published site against its provenance.json
  diff         Say what a change means, between two commits or two folders
  init         Write a small catalogue to start from
  explain      Explain a finding, or list all kinds of findings
  new          Begin a record, with all that the catalogue knows already
  migrate      Propose the record of a certification for a later release
  fmt          Lay records out in one way, and keep every value and comment
  import       Make records of tables: results or lists of elements
  export       Write certifications for programs of other fields: OSCAL, layers of ATT&CK
  schema       Write what records may say, as JSON Schemas for editors
  completions  Write what a shell needs to complete commands
  man          Write the manual pages

Options:
  -q, --quiet    Print errors only: no warnings, no summary
  -v, --verbose  Name each stage as it begins
  -h, --help     Print help
  -V, --version  Print version

Exit status: 0 fine (warnings included), 1 the catalogue has errors, 2 certalog could not run.

"#]]
        .raw()
    );
    let (out, _) = status(&run(folder.path(), &["build", "--help"]), 0);
    assert_data_eq!(
        out,
        str![[r#"
Check the catalogue and write the site

Usage: certalog build [OPTIONS]

Options:
  -q, --quiet            Print errors only: no warnings, no summary
      --root <DIR>       The catalogue's folder [default: the folder with site.toml at or above this one]
      --as-of <DATE>     The day on which validity is judged [default: $SOURCE_DATE_EPOCH, else today, in UTC]
  -v, --verbose          Name each stage as it begins
      --base-url <URL>   Where the site will be published [default: base_url in site.toml]
      --language <LANG>  The language of the interface [default: language in site.toml]
      --deny <warnings>  Treat every warning as an error
      --out <DIR>        The folder for the site [default: public/ in the catalogue]
      --host <HOST>      Add what a host reads: github, gitlab, netlify, cloudflare, s3 or nginx
      --bundle <FILE>    In place of a folder, write a zip archive whose pages can be opened without a server
      --timings          Say what each stage took, and its share of the whole
      --provenance       Add provenance.json: the commit the site was made of, and the digest of every file
  -h, --help             Print help

"#]]
        .raw()
    );
    let (out, _) = status(&run(folder.path(), &["check", "--help"]), 0);
    assert!(out.contains("human, short, json, sarif, github, gitlab or junit"), "{out}");
    let (out, err) = status(&run(folder.path(), &[]), 2);
    assert_eq!(out, "");
    assert!(err.contains("Usage: certalog"), "{err}");
    let (_, err) = status(&run(folder.path(), &["biuld"]), 2);
    assert!(err.contains("'build'"), "{err}");
}

#[test]
fn explain_lists_every_code() {
    let folder = folder();
    let (out, err) = status(&run(folder.path(), &["explain"]), 0);
    assert_eq!(err, "");
    for code in certalog::diagnostic::Code::ALL {
        assert!(
            out.lines().any(|line| line.split_whitespace().next() == Some(code.name())),
            "{}",
            code.name()
        );
    }
    let groups: Vec<_> =
        out.lines().filter(|line| !line.starts_with([' ', '`']) && !line.is_empty()).collect();
    assert_eq!(groups, ["syntax", "shape", "link", "consistency", "safety"]);
    let is_fixed = |name: &str| {
        let line = out.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap();
        line.contains("  error, fixed  ")
    };
    assert!(is_fixed("invalid-toml") && is_fixed("duplicate-id"), "{out}");
    assert!(!is_fixed("score-off-scale") && !is_fixed("repeated-result"), "{out}");
}

#[test]
fn explain_takes_codes_as_reports_show_them() {
    let folder = folder();
    for given in ["unknown-key", "warning[unknown-key]:", "UNKNOWN_KEY", "[unknown-key]"] {
        let (out, _) = status(&run(folder.path(), &["explain", given]), 0);
        assert!(
            out.contains("unknown-key") && out.ends_with('\n') && !out.ends_with("\n\n"),
            "{given}: {out}"
        );
    }
    let (out, _) = status(&run(folder.path(), &["explain", "unknown-key", "raw-html"]), 0);
    assert!(out.contains("unknown-key") && out.contains("raw-html"));
}

#[test]
fn explain_suggests_the_nearest_code() {
    let folder = folder();
    let (out, err) = status(&run(folder.path(), &["explain", "unknown-elment"]), 2);
    assert_eq!(out, "");
    assert_data_eq!(
        err,
        str![[r#"
error: no finding is called `unknown-elment`
  help: did you mean `unknown-element`? `certalog explain` lists all of them

"#]]
        .raw()
    );
    let (_, err) = status(&run(folder.path(), &["explain", "qqq\u{1b}[2J"]), 2);
    assert_data_eq!(
        err,
        str![[r#"
error: no finding is called `qqq\u{1b}[2J`
  help: `certalog explain` lists all of them

"#]]
        .raw()
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = folder();
    status(&run(folder.path(), &["init", "a"]), 0);
    for (arguments, expected) in [(&["explain"] as &[_], 0), (&["--help"], 0), (&["explain", "nonsense"], 2)]
    {
        let mut command = certalog(folder.path(), arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Both ends are closed before anything can be written to them, or after a part of it was.
        drop(child.stdout.take());
        let mut err = child.stderr.take().unwrap();
        let mut said = String::new();
        err.read_to_string(&mut said).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(expected), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
    let mut child = certalog(folder.path(), &["explain", "nonsense"]).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
fn what_init_writes_is_toml_and_text() {
    let mut records = 0;
    for (path, text) in starter::FILES {
        let table = match path.rsplit_once('.') {
            Some((_, "toml")) => text,
            _ if *path == "README.md" => continue,
            _ => {
                let front = text.strip_prefix("+++\n").unwrap_or_else(|| panic!("{path} starts with +++"));
                let (front, body) =
                    front.split_once("\n+++\n").unwrap_or_else(|| panic!("{path} closes its +++"));
                assert!(!body.trim().is_empty(), "{path} says something");
                assert!(!body.contains('<'), "{path} holds no HTML");
                front
            }
        };
        let table: toml::Table = toml::from_str(table).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(!table.is_empty(), "{path}");
        records += 1;
    }
    assert!(records > 10);
    for (path, text) in starter::FILES.iter().chain([&starter::GITIGNORE]) {
        assert!(text.is_ascii() || text.chars().all(|c| !c.is_control() || c == '\n'), "{path}");
        assert!(text.ends_with('\n') && !text.contains('\r') && !text.contains('\t'), "{path}");
    }
}

// What follows runs a whole build.

/// Breaks the starting catalogue in two places: an error and a warning.
pub(crate) fn break_catalogue(root: &Path) {
    let path = root.join("content/certifications/example-care-desk-3.2/certification.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text
        .replace("element = \"1.1\"", "element = \"1.11\"")
        .replace("version = \"3.2\"", "versoin = \"3.2\"");
    std::fs::write(path, text).unwrap();
}

/// Makes the starting catalogue remarkable, but not wrong.
fn warn_catalogue(root: &Path) {
    let path = root.join("content/organizations/example-networks.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, text + "\ncolour = \"red\"\n").unwrap();
}

#[test]
fn what_init_writes_builds_without_findings() {
    let folder = folder();
    status(&run(folder.path(), &["init", "a"]), 0);
    let root = folder.path().join("a");
    let (out, err) = status(&run(&root, &["build", "--as-of", "2026-11-21"]), 0);
    assert_eq!(err, "");
    assert!(
        out.starts_with("public/: ")
            && out.contains(" new) from 1 certification, 7 elements, as of 2026-11-21 in "),
        "{out}"
    );
    assert!(root.join("public/index.html").is_file());
    let (out, _) = status(&run(&root.join("content/pages"), &["build", "--as-of", "2026-11-21"]), 0);
    assert!(out.contains(" unchanged) from ") && !out.contains(" new") && !out.contains(" changed"), "{out}");
    let (out, err) = status(&run(&root, &["check"]), 0);
    assert_eq!(
        (out.as_str(), err.as_str()),
        ("", "no findings in 1 certification, 7 elements and 1 organization\n")
    );
    let (out, err) = status(&run(&root, &["-q", "build"]), 0);
    assert_eq!((out.as_str(), err.as_str()), ("", ""));
}

#[test]
fn errors_keep_the_old_site() {
    let folder = folder();
    let root = folder.path();
    status(&run(root, &["init", "."]), 0);
    break_catalogue(root);
    let (out, err) = status(&run(root, &["build"]), 1);
    assert_eq!(out, "");
    assert!(err.ends_with("\nnothing was published\n"), "{err}");
    assert!(!root.join("public").exists());

    let whole = self::folder();
    status(&run(whole.path(), &["init", "."]), 0);
    status(&run(whole.path(), &["build"]), 0);
    let before = tree(&whole.path().join("public"));
    break_catalogue(whole.path());
    let (_, err) = status(&run(whole.path(), &["build"]), 1);
    assert!(err.contains("error[unknown-element]") && err.contains("certification.md:"), "{err}");
    assert!(err.contains("unknown-key"), "all findings come in one run: {err}");
    assert!(err.ends_with("\nnothing was published; the site in `public/` stays as it was\n"), "{err}");
    assert_eq!(tree(&whole.path().join("public")), before);
}

#[test]
fn warnings_are_denied_on_request() {
    let folder = folder();
    let root = folder.path();
    status(&run(root, &["init", "."]), 0);
    warn_catalogue(root);
    let (out, err) = status(&run(root, &["build"]), 0);
    assert!(out.contains(", 1 warning in "), "{out}");
    assert!(err.contains("warning[unknown-key]"), "{err}");
    let (_, err) = status(&run(root, &["-q", "build"]), 0);
    assert_eq!(err, "");
    let (_, err) = status(&run(root, &["build", "--deny", "warnings"]), 1);
    assert!(err.contains("nothing was published, because of `--deny warnings`; the site"), "{err}");
    let (out, err) = status(&run(root, &["-q", "check", "--deny", "warnings", "--format", "short"]), 1);
    assert!(out.starts_with("content/organizations/example-networks.toml:"), "{out}");
    assert_eq!(err, "warnings count as errors because of `--deny warnings`\n");
}

#[test]
fn check_shows_findings_and_writes_nothing() {
    let folder = folder();
    let root = folder.path();
    status(&run(root, &["init", "."]), 0);
    break_catalogue(root);
    let before = tree(root);
    let (human, _) = status(&run(root, &["check"]), 1);
    assert!(human.contains("= explain: certalog explain ") && human.contains("did you mean"), "{human}");
    let (short, _) = status(&run(root, &["check", "--format", "short"]), 1);
    assert!(short.lines().any(|line| line.contains(": error[unknown-element]: ")), "{short}");
    assert!(!human.contains('\u{1b}'), "no colours in a pipe");
    assert_eq!(tree(root), before);
}

#[test]
fn the_day_is_an_input() {
    let folder = folder();
    let root = folder.path();
    status(&run(root, &["init", "."]), 0);
    let path = root.join("content/certifications/example-care-desk-3.2/certification.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let valid = "assurance = \"self-assessed\"";
    std::fs::write(&path, text.replace(valid, &format!("valid = {{ to = \"2026-06-30\" }}\n{valid}")))
        .unwrap();
    let (out, _) = status(&run(root, &["check", "--as-of", "2026-06-30"]), 0);
    assert!(!out.contains("lapsed-validity"), "{out}");
    let (out, _) = status(&run(root, &["check", "--as-of", "2026-07-01"]), 0);
    assert!(out.contains("lapsed-validity"), "{out}");
    // 2026-07-01 00:00:00 UTC and the second before it.
    for (seconds, lapsed) in [("1782864000", true), ("1782863999", false)] {
        let output = certalog(root, &["check"]).env("SOURCE_DATE_EPOCH", seconds).output().unwrap();
        assert_eq!(status(&output, 0).0.contains("lapsed-validity"), lapsed, "{seconds}");
    }
}

#[test]
fn a_reader_who_leaves_does_not_stop_a_build() {
    let folder = folder();
    let root = folder.path();
    status(&run(root, &["init", "."]), 0);
    warn_catalogue(root);
    let mut child = certalog(root, &["build"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(root.join("public/index.html").is_file());
}
