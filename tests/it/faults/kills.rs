//! Builds that are killed: at any moment, and within the calls of the system that change the disk.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::calls::{Calls, spread};
use super::{Ground, Numbers, skip, strace, tell};

/// How often a build was killed, and what was left.
#[derive(Debug, Default)]
struct Tally {
    old: usize,
    new: usize,
    finished: usize,
}

/// Kills builds after times that are spread over a whole run.
fn at_any_moment(kills: u64) -> Tally {
    let ground = Ground::new();
    ground.prepare();
    let started = Instant::now();
    ground.build();
    let whole = started.elapsed();
    let (mut tally, mut numbers) = (Tally::default(), Numbers(7));
    for kill in 0..kills {
        ground.prepare();
        let mut victim = ground.program().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let moment = whole.as_micros() as u64 * (100 + numbers.below(1_000)) / 1_000;
        std::thread::sleep(Duration::from_micros(moment));
        victim.kill().unwrap();
        let is_finished = victim.wait().unwrap().success();
        let case = format!("kill {kill} after {moment} µs");
        match (ground.is_new(&case), is_finished) {
            (true, true) => tally.finished += 1,
            (true, false) => tally.new += 1,
            (false, _) => tally.old += 1,
        }
        ground.recover(&case);
    }
    tally
}

/// Kills builds in these calls, each given by its name and which one of them it is.
fn within_calls(wanted: usize) -> Option<Tally> {
    strace()?;
    let ground = Ground::new();
    let calls = Calls::of_publishing(&ground);
    let mut tally = Tally::default();
    for (name, number) in spread(&calls.changing(), wanted) {
        ground.prepare();
        let case = format!("killed in {name} {number}");
        let fault = format!("{name}:signal=KILL:when={number}");
        let output = Calls::run_with(&ground, &fault);
        match (ground.is_new(&case), output.status.success()) {
            (true, true) => tally.finished += 1,
            (true, false) => tally.new += 1,
            (false, _) => tally.old += 1,
        }
        ground.recover(&case);
    }
    Some(tally)
}

#[test]
fn readers_see_a_whole_site_after_kills_at_any_moment() {
    at_any_moment(6);
}

#[test]
fn readers_see_a_whole_site_after_kills_within_calls() {
    match within_calls(8) {
        Some(tally) => assert!(tally.old > 0, "{tally:?}"),
        None => skip("kills within calls", "there is no strace"),
    }
}

#[test]
#[ignore = "minutes: the whole of the two tests above, for the figures of P6"]
fn readers_see_a_whole_site_after_250_kills() {
    let moments = at_any_moment(200);
    tell(&format!("200 kills at any moment: {moments:?}"));
    assert!(moments.old > 0, "{moments:?}");
    let calls = within_calls(50).expect("strace is needed");
    tell(&format!("50 kills within calls: {calls:?}"));
    assert!(calls.old > 0 && calls.new > 0, "{calls:?}");
}
