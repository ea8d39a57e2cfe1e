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

/// Kills as many running builds, after times that are spread over a whole run. Builds that end before they are killed come on top:
/// they say how long a run takes at this moment, and there are at most three times as many of them.
fn at_any_moment(kills: usize) -> Tally {
    let ground = Ground::new();
    let mut whole = Duration::ZERO;
    let (mut tally, mut numbers) = (Tally::default(), Numbers(7));
    while tally.old + tally.new < kills {
        ground.prepare();
        let started = Instant::now();
        let mut victim = ground.program().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let moment = whole * numbers.below(1_000) as u32 / 1_000;
        // The first one runs to its end: nothing is known yet of how long that takes.
        let is_finished = if whole.is_zero() {
            victim.wait().unwrap().success()
        } else {
            std::thread::sleep(moment);
            victim.kill().unwrap();
            victim.wait().unwrap().success()
        };
        if is_finished && (whole.is_zero() || started.elapsed() < whole) {
            whole = started.elapsed();
        }
        let case = format!("kill {tally:?} after {moment:?}");
        match (ground.is_new(&case), is_finished) {
            (true, true) => tally.finished += 1,
            (true, false) => tally.new += 1,
            (false, _) => tally.old += 1,
        }
        assert!(
            tally.finished <= 1 + kills * 3,
            "hardly a build was still running when it was killed: {tally:?}"
        );
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
        let (output, _) = Calls::run_with(&ground, &fault);
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
