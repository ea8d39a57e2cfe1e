//! How many instructions builds execute, against figures that are kept in the repository.
//!
//! In comes the program, out goes a line for each catalogue and an error where one costs much more than it did.
//! Unlike times, these counts do not depend on what else the machine does; the band leaves room for everything but a regression.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::folder;
use super::measure::AS_OF;
use super::records::Size;

/// The figures, beside this file: a name and a count in millions on each line.
const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/whole/instructions.txt");
/// What a build may cost of what it did, in percent.
const MOST: u64 = 160;
/// What costs less than this needs a new figure, so that the band stays a band.
const LEAST: u64 = 50;

/// Counts the builds of this repository's catalogue and of a small invented one. `renews` writes the figures anew.
pub(crate) fn compare(program: &Path, scratch: &Path, renews: bool) -> io::Result<()> {
    if Command::new("valgrind").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("there is no valgrind here: instructions are not counted");
        return Ok(());
    }
    let own = scratch.join("own");
    let small = scratch.join("small");
    for root in [&own, &small] {
        folder::remove(root)?;
    }
    folder::copy(Path::new(env!("CARGO_MANIFEST_DIR")), &own)?;
    folder::generate(Size::named("200").expect("a number is a size"), &small)?;
    let counts = [("this repository's catalogue", own), ("200 certifications", small)];
    let counts: Vec<(&str, u64)> = counts
        .into_iter()
        .map(|(name, root)| Ok((name, count(program, &root, &scratch.join("site"))?)))
        .collect::<io::Result<_>>()?;
    if renews {
        let lines: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}\n")).collect();
        return fs::write(KEPT, lines.concat());
    }
    let Ok(kept) = fs::read_to_string(KEPT) else {
        println!(
            "no figures are kept yet; `cargo bench --bench whole -- instructions --renew` keeps these: {counts:?}"
        );
        return Ok(());
    };
    let mut faults = Vec::new();
    for (name, count) in counts {
        let line = kept.lines().find_map(|line| line.split_once(' ').filter(|(_, known)| *known == name));
        let known: u64 = line.and_then(|(known, _)| known.parse().ok()).unwrap_or_default();
        let share = 100 * count / known.max(1);
        println!("{name}: {count} million instructions, {share} % of the {known} that are kept");
        if !(LEAST..=MOST).contains(&share) {
            faults.push(name);
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(io::Error::other(format!(
        "{} left the band of {LEAST} to {MOST} %: mend it, or keep the new figures with `cargo bench --bench whole -- instructions --renew`",
        faults.join(" and ")
    )))
}

/// Millions of instructions of one build on one thread.
fn count(program: &Path, root: &Path, site: &Path) -> io::Result<u64> {
    folder::remove_site(site)?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program);
    command.args(["build", "--quiet", "--as-of", AS_OF, "--root"]).arg(root).arg("--out").arg(site);
    let output = command.env("RAYON_NUM_THREADS", "1").stdin(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse::<u64>().ok());
    match counted.filter(|_| output.status.success()) {
        Some(count) => Ok(count / 1_000_000),
        None => Err(io::Error::other(format!("{command:?} ended with {}: {said}", output.status))),
    }
}
