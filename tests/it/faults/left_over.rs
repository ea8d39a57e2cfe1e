//! What an earlier build left beside the site may be anything: in come state folders that were tampered with, out goes the same site.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::{Ground, Numbers, said, tell};

/// Tampers with something in the state folder and says what was done; nothing where it cannot be done there.
fn tamper(state: &Path, numbers: &mut Numbers) -> Option<String> {
    let entries =
        walkdir::WalkDir::new(state).min_depth(1).sort_by_file_name().into_iter().map(Result::unwrap);
    let entries: Vec<_> = entries.filter(|entry| entry.file_name() != "lock").collect();
    let entry = &entries[numbers.below(entries.len() as u64) as usize];
    let path = entry.path();
    let name = path.strip_prefix(state).unwrap().display().to_string();
    let is_file = entry.file_type().is_file();
    let bytes = if is_file { fs::read(path).unwrap() } else { Vec::new() };
    let at = numbers.below(bytes.len().max(1) as u64) as usize;
    // A file of the older site may be one of the published site as well: it is exchanged and not written to, as by a program that saves.
    let put = |bytes: &[u8]| {
        fs::remove_file(path).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let what = match numbers.below(12) {
        0 if is_file => {
            put(&bytes[..at]);
            "cut"
        }
        1 | 2 if is_file && !bytes.is_empty() => {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1 << numbers.below(8);
            put(&bytes);
            "a bit turned"
        }
        3 if is_file => {
            put(&[&bytes[..], b"more\n"].concat());
            "longer"
        }
        4 if is_file => {
            put(b"");
            "emptied"
        }
        5 => {
            remove(path);
            "removed"
        }
        6 => {
            remove(path);
            symlink(state.parent().unwrap().join("content"), path).unwrap();
            "a link in its place"
        }
        7 => {
            remove(path);
            rustix::fs::mknodat(rustix::fs::CWD, path, rustix::fs::FileType::Fifo, 0o644.into(), 0).unwrap();
            "a pipe in its place"
        }
        8 if is_file => {
            remove(path);
            fs::create_dir_all(path.join("deep/er")).unwrap();
            fs::write(path.join("deep/file"), "x").unwrap();
            "a folder in its place"
        }
        9 if !is_file => {
            remove(path);
            fs::write(path, "x").unwrap();
            "a file in its place"
        }
        10 => {
            for name in ["state.new", "outgoing"] {
                let _ = fs::write(state.join(name), "x");
            }
            "files that a killed build may leave"
        }
        11 if is_file => {
            let other = entries[numbers.below(entries.len() as u64) as usize].path().to_owned();
            if !other.is_file() {
                return None;
            }
            put(&fs::read(other).unwrap());
            "another file's bytes"
        }
        _ => return None,
    };
    Some(format!("{name}: {what}"))
}

fn remove(path: &Path) {
    if path.symlink_metadata().unwrap().is_dir() {
        fs::remove_dir_all(path).unwrap();
    } else {
        fs::remove_file(path).unwrap();
    }
}

fn after_corruptions(count: usize) {
    let ground = Ground::new();
    let state: PathBuf = ground.state();
    let content = super::tree(&ground.root().join("content/organizations"));
    let (mut numbers, mut is_new) = (Numbers(3), true);
    let mut done = 0;
    while done < count {
        let Some(case) = tamper(&state, &mut numbers) else { continue };
        done += 1;
        // Now with a change to publish, now without.
        is_new ^= numbers.below(3) > 0;
        ground.change(is_new);
        let output = ground.program().output().unwrap();
        assert!(output.status.success(), "{done}: {case}: {}", said(&output));
        assert!(ground.is_new(&case) == is_new, "{done}: {case}: the other site");
    }
    assert!(super::tree(&ground.root().join("content/organizations")) == content);
    ground.change(true);
    ground.recover("at the end");
}

#[test]
fn what_is_left_over_changes_nothing() {
    after_corruptions(25);
}

#[test]
#[ignore = "minutes: the whole of the test above, for the figures of P19"]
fn a_thousand_corruptions_change_nothing() {
    after_corruptions(1_000);
    tell("1000 corruptions of the state folder: every site as from nothing");
}
