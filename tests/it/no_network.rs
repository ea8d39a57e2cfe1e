//! No command needs a network or another program.
//!
//! Every command is run twice: where there is no network at all, and with its calls of the system watched. What such a machine cannot do, it says.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::cli::{folder, run, status, write};
use crate::faults::{said, skip, strace};
use crate::git::{commit, git};

/// The calls with which a program reaches a network or becomes another program.
const WATCHED: &str = "trace=execve,execveat,fork,vfork,connect,sendto,sendmsg,sendmmsg,socket";

/// Every command but `serve`, with arguments that make it do its work.
const COMMANDS: &[&[&str]] = &[
    &["build", "--as-of", "2026-01-01", "--timings"],
    &["publish", "elsewhere", "--dry-run"],
    &["publish", "elsewhere"],
    &["publish", "s3://no-key/x"],
    &["check"],
    &["check", "--fix"],
    &["check", "--format", "sarif"],
    &["diff", "HEAD~1"],
    &["diff", "HEAD~1", "HEAD"],
    &["init", "another"],
    &["init", "--ci", "github", "third"],
    &["explain"],
    &["explain", "broken-link"],
    &["new", "organization", "Example Radio"],
    &["fmt", "--check"],
    &["schema"],
    &["schema", "--out", "schemas"],
    &["--help"],
    &["--version"],
];

/// A catalogue in a repository of git with a change after the first commit.
fn catalogue() -> tempfile::TempDir {
    let folder = folder();
    status(&run(folder.path(), &["init", "."]), 0);
    git(folder.path(), &["init", "--quiet"]);
    commit(folder.path(), "First");
    write(&folder.path().join("content/organizations/example-sea.toml"), "name = \"Example Sea\"\n");
    commit(folder.path(), "Second");
    folder
}

/// The certification that `migrate` and `import` work on.
fn more(folder: &Path) -> Vec<Vec<String>> {
    write(&folder.join("results.csv"), "element,score\n1.1,4\n");
    let earlier = "organization = \"example-networks\"\nproduct = \"Desk\"\nversion = \"1\"\nframework = \"service-map\"\n\
                   release = \"1.0\"\n[[result]]\nelement = \"1.1\"\nscore = 4\n";
    write(&folder.join("content/certifications/earlier/certification.toml"), earlier);
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    vec![
        owned(&["migrate", "earlier", "--to", "2.0"]),
        owned(
            &[
                &[
                    "import",
                    "csv",
                    "results",
                    "results.csv",
                    "--certification",
                    "imported",
                    "--product",
                    "Desk",
                ][..],
                &["--organization", "example-networks", "--release", "2.0"],
            ]
            .concat(),
        ),
    ]
}

fn every_command(folder: &Path) -> Vec<Vec<String>> {
    let commands = COMMANDS.iter().map(|words| words.iter().map(|word| (*word).to_owned()).collect());
    commands.chain(more(folder)).collect()
}

/// Whether a command came to an end of its own: one that cannot do its work says so, which is work enough.
#[track_caller]
fn has_ended(output: &Output, words: &[String]) {
    assert!(matches!(output.status.code(), Some(0..=2)), "{words:?}: {}", said(output));
}

#[test]
fn commands_work_where_there_is_no_network() {
    let probe = Command::new("unshare").args(["-rn", "true"]).stderr(Stdio::null()).status();
    if !probe.is_ok_and(|probe| probe.success()) {
        return skip("commands without a network", "no such place can be made here");
    }
    let (one, other) = (catalogue(), catalogue());
    for words in every_command(one.path()) {
        more(other.path());
        let program = env!("CARGO_BIN_EXE_certalog");
        let mut without = Command::new("unshare");
        let without = without.args(["-rn", program]).args(&words).current_dir(one.path()).output().unwrap();
        let with = Command::new(program).args(&words).current_dir(other.path()).output().unwrap();
        has_ended(&with, &words);
        assert_eq!(without.status.code(), with.status.code(), "{words:?}: {}", said(&without));
    }
    let public = |folder: &tempfile::TempDir| crate::faults::tree(&folder.path().join("public"));
    assert!(public(&one) == public(&other));
}

#[test]
fn commands_reach_for_no_network_and_no_other_program() {
    if strace().is_none() {
        return skip("commands under a watch", "there is no strace");
    }
    let folder = catalogue();
    let log = folder.path().join("log");
    let watched = |words: &[String]| {
        let mut strace = strace().unwrap();
        strace.args(["-f", "-qq", "-e", WATCHED, "-o", log.to_str().unwrap()]);
        strace.arg(env!("CARGO_BIN_EXE_certalog")).args(words).current_dir(folder.path());
        strace
    };
    let calls = || {
        let text = String::from_utf8_lossy(&std::fs::read(&log).unwrap()).into_owned();
        let calls = text.lines().filter(|line| line.contains('(')).map(str::to_owned);
        calls.collect::<Vec<_>>()
    };
    for words in every_command(folder.path()) {
        has_ended(&watched(&words).output().unwrap(), &words);
        let calls = calls();
        assert_eq!(calls.len(), 1, "{words:?}: {calls:#?}");
        assert!(calls[0].contains("execve("), "{words:?}: {calls:#?}");
    }
    // `serve` listens on this machine and speaks to nobody first.
    let words = ["serve", "--port", "0"].map(str::to_owned);
    let mut serving = watched(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let patience = Instant::now();
    let has_listened = || calls().iter().any(|call| call.contains("socket("));
    while !(log.exists() && has_listened()) && patience.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_millis(300));
    let calls = calls();
    // It is asked to end itself: without the program that watches it, it would go on.
    let number = calls[0].split_whitespace().next().and_then(|number| number.parse().ok());
    let served = number.and_then(Pid::from_raw).expect("a line begins with the number of its process");
    kill_process(served, Signal::INT).unwrap();
    assert!(serving.wait().unwrap().success());
    let is_expected = |call: &&String| {
        let is_listening = call.contains("socket(AF_INET") || call.contains("socket(AF_UNIX");
        let is_start = call.contains("execve(") && call.contains("serve");
        !(is_listening || is_start)
    };
    let others: Vec<_> = calls.iter().filter(is_expected).collect();
    assert!(others.is_empty() && calls.len() > 1, "{calls:#?}");
}
