//! Time grows in proportion to the input: whoever makes a text sixteen times as large does not make a build wait for ever.
//!
//! In come inputs that are nasty for somebody, each in several sizes, out goes the time that one thread spent on them.
//! A measurement is taken again before it counts as a fault: only what is quadratic stays above the bound on a busy machine.

mod catalogues;
mod units;

use std::hint::black_box;
use std::time::Duration;

use certalog::limits::Limits;
use certalog::parse::markdown;
use certalog::text::Span;
use rustix::time::{ClockId, clock_gettime};

use catalogues::CATALOGUES;
use units::{CODE, ENDINGS, UNITS};

/// How many times larger the largest input is than the smallest: four doublings.
const TIMES: usize = 16;
/// Three times as long for each doubling. What grows with the square takes 256 times as long.
const BOUND: f64 = 81.0;
/// The longest that one input of the largest size may take, in an unoptimized build.
const LONGEST: Duration = Duration::from_secs(5);

/// The time that this thread spent on something, the least of several runs.
fn time(runs: usize, mut work: impl FnMut()) -> Duration {
    let now = || {
        let now = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap())
    };
    let each = (0..runs).map(|_| {
        let start = now();
        work();
        now().saturating_sub(start)
    });
    each.min().unwrap()
}

/// How much longer the large input takes than the small one, and how long that is: the best of a few measurements.
/// What an input of no size takes is taken off both.
fn growth<I>([none, small, large]: [&I; 3], mut work: impl FnMut(&I)) -> (f64, Duration) {
    let mut best = (f64::MAX, Duration::MAX);
    for _ in 0..4 {
        let of_none = time(3, || work(none));
        let of_small = time(3, || work(small)).saturating_sub(of_none).max(Duration::from_micros(20));
        let of_large = time(1, || work(large));
        let factor = of_large.saturating_sub(of_none).as_secs_f64() / of_small.as_secs_f64();
        if factor < best.0 {
            best = (factor, of_large);
        }
        if best.0 < BOUND && best.1 < LONGEST {
            break;
        }
    }
    best
}

fn parse(text: &str) {
    black_box(markdown::parse(text, Span::new(0, text.len()), &Limits::default()));
}

/// A unit repeated until the text is as long as that, with its ending.
fn repeated(unit: &str, ending: &str, length: usize) -> String {
    let mut text = String::with_capacity(length + 64);
    for number in 0.. {
        if text.len() >= length {
            break;
        }
        // `§` stands for a number, so that names can be told apart
        if unit.contains('§') {
            text.push_str(&unit.replace('§', &number.to_string()));
        } else {
            text.push_str(unit);
        }
    }
    text + ending
}

/// Measures every input and reports those above the bound.
struct Measured {
    faults: Vec<String>,
    slowest: Vec<(f64, Duration, String)>,
}

impl Measured {
    fn new() -> Self {
        Self { faults: Vec::new(), slowest: Vec::new() }
    }

    fn add(&mut self, name: String, (factor, longest): (f64, Duration)) {
        if factor >= BOUND || longest >= LONGEST {
            self.faults
                .push(format!("{name}: {factor:.0} times as long for {TIMES} times as much, {longest:?}"));
        }
        self.slowest.push((factor, longest, name));
    }

    fn check(mut self) {
        self.slowest.sort_by(|a, b| b.0.total_cmp(&a.0));
        let lines: Vec<_> = self
            .slowest
            .iter()
            .take(12)
            .map(|(factor, longest, name)| {
                format!("{:.2} for each doubling, {longest:?}: {name}", factor.powf(0.25))
            })
            .collect();
        // shown with `--nocapture`, for the figures in docs/security.md
        #[allow(clippy::print_stdout, reason = "figures for people")]
        {
            println!("{} inputs\n{}", self.slowest.len(), lines.join("\n"));
        }
        assert!(self.faults.is_empty(), "{}", self.faults.join("\n"));
    }
}

#[test]
fn a_longer_text_takes_longer_in_proportion() {
    let mut measured = Measured::new();
    for (at, unit) in UNITS.iter().enumerate() {
        let ending = ENDINGS[at % ENDINGS.len()];
        let (small, large) = (repeated(unit, ending, 2_000), repeated(unit, ending, 2_000 * TIMES));
        measured.add(
            format!("{unit:?} … {ending:?}"),
            growth([&String::new(), &small, &large], |text| parse(text)),
        );
    }
    measured.check();
}

#[test]
#[ignore = "every unit with every ending takes a minute"]
fn every_text_takes_longer_in_proportion() {
    let mut measured = Measured::new();
    for unit in UNITS {
        for ending in ENDINGS {
            let (small, large) = (repeated(unit, ending, 12_000), repeated(unit, ending, 12_000 * TIMES));
            measured.add(
                format!("{unit:?} … {ending:?}"),
                growth([&String::new(), &small, &large], |text| parse(text)),
            );
        }
    }
    measured.check();
}

#[test]
fn more_code_takes_longer_in_proportion() {
    let mut measured = Measured::new();
    for (language, unit) in CODE {
        // in lines that are short enough to be coloured
        let line = repeated(unit, "\n", 900);
        let code = |lines| format!("```{language}\n{}\n```\n", line.repeat(lines));
        let (small, large) = (code(2), code(2 * TIMES));
        parse(&small);
        measured.add(
            format!("{language} {unit:?}"),
            growth([&String::new(), &small, &large], |text| parse(text)),
        );
    }
    measured.check();
}

#[test]
fn a_larger_catalogue_takes_longer_in_proportion() {
    catalogues(40);
}

#[test]
#[ignore = "catalogues of ten times the size take minutes"]
fn a_large_catalogue_takes_longer_in_proportion() {
    catalogues(150);
}

fn catalogues(size: usize) {
    // One thread, so that its time is all of the time.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let measured = pool.install(|| {
        let mut measured = Measured::new();
        for (name, make) in CATALOGUES {
            let (none, small, large) = (make(1), make(size), make(size * TIMES));
            measured.add(format!("{name} × {size}"), growth([&none, &small, &large], catalogues::check));
        }
        measured
    });
    measured.check();
}
