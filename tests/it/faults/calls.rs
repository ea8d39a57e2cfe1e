//! Calls of the system that fail: each one that a build makes of the disk, one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Output;

use super::{Ground, said, skip, strace, tell};

/// The kinds of calls that are made to fail: of names, of open files, and of what waits for another run.
const TRACED: &str = "trace=%file,%desc,flock";

/// What is not of the disk: memory, waiting, and the streams' own properties.
const NOT_OF_THE_DISK: [&str; 10] = [
    "mmap",
    "poll",
    "ioctl",
    "execve",
    "epoll_wait",
    "epoll_ctl",
    "epoll_create1",
    "eventfd2",
    "pipe2",
    "dup3",
];

/// How often a build makes each call, in the thread that makes it most.
pub(super) struct Calls(BTreeMap<String, usize>);

impl Calls {
    /// The calls with which the new site of a ground is published.
    pub(super) fn of_publishing(ground: &Ground) -> Self {
        ground.prepare();
        let (output, text) = watched(ground, &[]);
        assert!(output.status.success(), "{}", said(&output));
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for line in text.lines() {
            let Some((thread, call)) = line.split_once(char::is_whitespace) else { continue };
            let Some((name, _)) = call.trim_start().split_once('(') else { continue };
            if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                *counts.entry((thread, name)).or_default() += 1;
            }
        }
        let mut calls: BTreeMap<String, usize> = BTreeMap::new();
        for ((_, name), count) in counts {
            if !NOT_OF_THE_DISK.contains(&name) {
                let most = calls.entry(name.to_owned()).or_default();
                *most = count.max(*most);
            }
        }
        Self(calls)
    }

    /// Those that change the disk.
    pub(super) fn changing(&self) -> Vec<(String, usize)> {
        let is_changing = |name: &str| {
            let stems = ["rename", "link", "mkdir", "rmdir", "write", "chmod", "utimens", "openat", "flock"];
            name != "readlink" && stems.iter().any(|stem| name.contains(stem))
        };
        self.each().into_iter().filter(|(name, _)| is_changing(name)).collect()
    }

    /// Every call by its name, with which one of them it is.
    fn each(&self) -> Vec<(String, usize)> {
        let each = self.0.iter().flat_map(|(name, count)| (1..=*count).map(|number| (name.clone(), number)));
        each.collect()
    }

    /// A build with a fault, and whether the fault kept words from the terminal as well: each thread's calls are counted
    /// apart, so that the first write of a page and the first one of what is said about it fail in the same run.
    pub(super) fn run_with(ground: &Ground, fault: &str) -> (Output, bool) {
        let (output, calls) = watched(ground, &["-e", &format!("inject={fault}")]);
        let is_of_words = |line: &str| line.contains(" write(2, ") && line.ends_with("(INJECTED)");
        (output, calls.lines().any(is_of_words))
    }
}

/// A build on one thread beside the main one, so that the same call is the same in every run, and the calls that it made.
fn watched(ground: &Ground, faults: &[&str]) -> (Output, String) {
    let log = ground.root().parent().unwrap().join("log");
    let mut strace = strace().expect("it was asked for");
    strace.args(["-f", "-qq", "-e", TRACED, "-o", log.to_str().unwrap()]).args(faults);
    let output = strace.args(ground.arguments()).env("RAYON_NUM_THREADS", "1").output().unwrap();
    let calls = String::from_utf8_lossy(&fs::read(&log).unwrap()).into_owned();
    fs::remove_file(log).unwrap();
    (output, calls)
}

/// So many of the calls, every kind among them and those of a kind spread over all of its kind.
pub(super) fn spread(calls: &[(String, usize)], wanted: usize) -> Vec<(String, usize)> {
    let kinds: BTreeSet<&String> = calls.iter().map(|(name, _)| name).collect();
    let of_kind = |kind: &String| -> Vec<_> { calls.iter().filter(|(name, _)| name == kind).collect() };
    let mut rounds = 0;
    let mut chosen = BTreeSet::new();
    while chosen.len() < wanted.min(calls.len()) {
        for kind in &kinds {
            let all = of_kind(kind);
            // The last one first, then the ones that halve what is left.
            let at = (all.len() - 1) * (rounds * 37 % 100) / 100;
            chosen.insert(all[all.len() - 1 - at].clone());
            if chosen.len() == wanted {
                break;
            }
        }
        rounds += 1;
        if rounds > 100 {
            break;
        }
    }
    chosen.into_iter().collect()
}

/// What came of builds in each of which a call failed.
#[derive(Debug, Default)]
struct Tally {
    /// The call did not matter, or there was another way.
    published: usize,
    /// The build said what failed and left the old site.
    refused: usize,
    /// The site was published, and what is said about it could not be written.
    unsaid: usize,
    /// The site was not published, and why could not be written either.
    wordless: usize,
    /// The program could not be started.
    unstarted: usize,
    /// The standard library ends a program that cannot close a folder which it has listed. No file system is known to refuse that.
    unclosed: usize,
}

fn fail(ground: &Ground, chosen: &[(String, usize)], error: &str) -> Tally {
    let mut tally = Tally::default();
    for (name, number) in chosen {
        ground.prepare();
        let case = format!("{error} of {name} {number}");
        let (output, is_wordless) = Calls::run_with(ground, &format!("{name}:error={error}:when={number}"));
        let is_new = ground.is_new(&case);
        let error = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => {
                assert!(is_new, "{case}: nothing was published, and nothing was said");
                tally.published += 1;
            }
            Some(2) if is_wordless && error.is_empty() => {
                let count = if is_new { &mut tally.unsaid } else { &mut tally.wordless };
                *count += 1;
            }
            Some(1 | 2) => {
                let names_a_place = ["public", "content", "site.toml", "catalogue", "folder", "output"];
                let is_named = names_a_place.iter().any(|place| error.contains(place));
                assert!(is_named && !error.contains("panicked"), "{case}: {}", said(&output));
                if is_new { tally.unsaid += 1 } else { tally.refused += 1 }
            }
            // The loader of programs says so.
            Some(127) if !is_new => tally.unstarted += 1,
            Some(101) if name == "close" && error.contains("error during closedir") => tally.unclosed += 1,
            _ => panic!("{case}: {}", said(&output)),
        }
        ground.recover(&case);
    }
    tally
}

#[test]
fn a_call_that_fails_leaves_a_whole_site() {
    if strace().is_none() {
        return skip("calls that fail", "there is no strace");
    }
    let ground = Ground::new();
    let calls = Calls::of_publishing(&ground);
    let tally = fail(&ground, &spread(&calls.changing(), 10), "EIO");
    assert!(tally.refused > 0, "{tally:?}");
}

#[test]
#[ignore = "many minutes: every call of a build, for the figures of P6"]
fn every_call_that_fails_leaves_a_whole_site() {
    let ground = Ground::new();
    let calls = Calls::of_publishing(&ground);
    tell(&format!("{:?}", calls.0));
    let tally = fail(&ground, &calls.each(), "EIO");
    tell(&format!("each of {} calls failed: {tally:?}", calls.each().len()));
    let changing = calls.changing();
    let tally = fail(&ground, &changing, "ENOSPC");
    tell(&format!("the disk was full in each of {} calls: {tally:?}", changing.len()));
}
