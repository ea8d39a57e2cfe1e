//! Runs a program and says what the operating system counted for it.
//!
//! In come a program and its arguments, out go wall time, processor time and peak memory of that one process.
//! What it prints is dropped; a run that fails is an error, never a figure.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// From start to end.
    pub(crate) wall: Duration,
    /// Processor time of all threads, outside and inside the kernel.
    pub(crate) cpu: Duration,
    /// The part of it inside the kernel.
    pub(crate) kernel: Duration,
    /// The most memory it held at once, in bytes.
    pub(crate) peak: u64,
}

/// Runs a program to its end.
pub(crate) fn run<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> io::Result<Cost> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    let used = command.spawn()?.wait4()?;
    let wall = started.elapsed();
    if !used.status.success() {
        return Err(io::Error::other(format!("{command:?} ended with {}", used.status)));
    }
    let (user, kernel) = (used.rusage.utime, used.rusage.stime);
    Ok(Cost { wall, cpu: user + kernel, kernel, peak: used.rusage.maxrss })
}

/// The middle of the runs, each figure for itself. There is one run at least.
pub(crate) fn median(runs: &[Cost]) -> Cost {
    Cost {
        wall: middle(runs, |run| run.wall),
        cpu: middle(runs, |run| run.cpu),
        kernel: middle(runs, |run| run.kernel),
        peak: middle(runs, |run| run.peak),
    }
}

fn middle<T: Ord + Copy>(runs: &[Cost], figure: impl Fn(&Cost) -> T) -> T {
    let mut figures: Vec<T> = runs.iter().map(figure).collect();
    figures.sort_unstable();
    figures[figures.len() / 2]
}
