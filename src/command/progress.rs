//! How far a command is, for the person who waits, and how long each stage took.
//!
//! In come the stages of a build as they begin, out goes a line that renews itself on a terminal, or nothing where nobody looks.
//! It is gone when the command says its result, and it never stands in a file or a pipe.

use std::fmt;
use std::io::{self, IsTerminal as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::stage::{Stage, Watch};

/// Builds that take less say nothing on the way.
const PATIENCE: Duration = Duration::from_millis(300);

/// What is shown and noted of a build.
pub(super) struct Progress {
    bar: ProgressBar,
    started: Instant,
    stages: Mutex<Vec<(Stage, Option<usize>, Instant)>>,
    shows: bool,
    is_verbose: bool,
}

impl Progress {
    /// Starts the clock. `is_quiet` shows nothing, `is_verbose` names each stage on a line of its own.
    pub(super) fn start(is_quiet: bool, is_verbose: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let shows = !is_quiet && !is_verbose && io::stderr().is_terminal();
        Self { bar, started: Instant::now(), stages: Mutex::default(), shows, is_verbose }
    }

    /// Takes the line away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// What each stage took, and its share of the whole.
    pub(super) fn timings(&self) -> Timings {
        let end = Instant::now();
        let stages = self.stages.lock().expect("nothing panics while it notes a stage");
        let ends = stages.iter().skip(1).map(|(.., begin)| *begin).chain([end]);
        let stages = stages.iter().zip(ends);
        let stages = stages.map(|((stage, things, begin), end)| (*stage, *things, end - *begin));
        Timings { stages: stages.collect(), whole: end - self.started }
    }
}

impl Watch for Progress {
    #[expect(clippy::print_stderr, reason = "the command speaks, and a closed stream is none of its concern")]
    fn begins(&self, stage: Stage, things: Option<usize>) {
        let now = Instant::now();
        self.stages.lock().expect("nothing panics while it notes a stage").push((stage, things, now));
        if self.is_verbose {
            match things {
                Some(things) => eprintln!("{}: {things}", stage.words()),
                None => eprintln!("{}", stage.words()),
            }
        }
        if !self.shows {
            return;
        }
        if self.bar.is_hidden() && now - self.started >= PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        }
        let form = if things.is_some() { "{msg} {pos}/{len} {wide_bar}" } else { "{msg} …" };
        self.bar.set_style(ProgressStyle::with_template(form).expect("the form is a literal"));
        self.bar.set_message(stage.words());
        self.bar.set_length(things.unwrap_or(1) as u64);
        self.bar.set_position(0);
    }

    fn done(&self, things: usize) {
        if self.shows {
            self.bar.inc(things as u64);
        }
    }
}

/// What each stage of a build took.
pub(super) struct Timings {
    stages: Vec<(Stage, Option<usize>, Duration)>,
    whole: Duration,
}

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (stage, things, took) in &self.stages {
            let share = 100 * took.as_micros() / self.whole.as_micros().max(1);
            write!(f, "{:>9} ms {share:>3} %  {}", thousandths(*took), stage.words())?;
            match things {
                Some(things) => writeln!(f, " ({things})")?,
                None => writeln!(f)?,
            }
        }
        writeln!(f, "{:>9} ms 100 %  in all", thousandths(self.whole))
    }
}

/// Milliseconds with a decimal.
fn thousandths(time: Duration) -> String {
    format!("{}.{}", time.as_millis(), time.as_micros() / 100 % 10)
}
