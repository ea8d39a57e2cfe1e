//! Builds catalogues in every way that people do and prints what it cost, as Markdown.
//!
//! In come catalogues, sizes of invented ones or folders, and a number of runs, out goes a table on standard output.
//! A given catalogue is never changed: its records are edited in a copy.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::folder;
use super::process::{Cost, median, run};
use super::records::Size;

/// What to measure, and how often.
pub(crate) struct Plan {
    /// The program.
    pub(crate) program: PathBuf,
    /// Sizes (S, M, L, a number) or folders of catalogues.
    pub(crate) catalogues: Vec<String>,
    /// How often each build is run; the figure is the median.
    pub(crate) runs: usize,
    /// A folder for catalogues and sites, best in memory.
    pub(crate) scratch: PathBuf,
}

/// A catalogue with its figures.
struct Figures {
    name: String,
    input: folder::Extent,
    output: folder::Extent,
    costs: Vec<(&'static str, Vec<Cost>)>,
}

/// A day for questions of validity, the same for ever.
pub(crate) const AS_OF: &str = "2026-11-21";

/// Runs the plan and prints its table.
pub(crate) fn measure(plan: &Plan) -> io::Result<()> {
    fs::create_dir_all(&plan.scratch)?;
    let starts: Vec<Cost> =
        (0..plan.runs.max(20)).map(|_| run(&plan.program, &["--version"])).collect::<io::Result<_>>()?;
    let mut all = Vec::new();
    for name in &plan.catalogues {
        let root = plan.scratch.join("catalogue");
        folder::place(name, &root)?;
        let name = if Size::named(name).is_some() { name.clone() } else { "this repository's".to_owned() };
        let figures = catalogue(plan, name, &root)?;
        all.push(figures);
        folder::remove(&root)?;
    }
    println!("`certalog --version`: {} (median of {} starts)\n", short(median(&starts).wall), starts.len());
    print_costs(&all);
    print_growth(&all);
    Ok(())
}

fn catalogue(plan: &Plan, name: String, root: &Path) -> io::Result<Figures> {
    let site = plan.scratch.join("site");
    let check = ["check", "--as-of", AS_OF, "--root"].map(Into::into).into_iter().chain([root.into()]);
    let check: Vec<std::ffi::OsString> = check.collect();
    let build = ["build", "--as-of", AS_OF, "--root"].map(Into::into).into_iter();
    let build: Vec<std::ffi::OsString> =
        build.chain([root.into(), "--out".into(), site.clone().into()]).collect();
    let input = folder::extent(root)?;
    let repeat = |one: &mut dyn FnMut() -> io::Result<Cost>| -> io::Result<Vec<Cost>> {
        (0..plan.runs).map(|_| one()).collect()
    };
    let checks = repeat(&mut || run(&plan.program, &check))?;
    let cold = repeat(&mut || {
        folder::remove_site(&site)?;
        run(&plan.program, &build)
    })?;
    let unchanged = repeat(&mut || run(&plan.program, &build))?;
    let record = folder::some_certification(root)?;
    let text = fs::read_to_string(&record)?;
    let mut nth = 0;
    let edited = repeat(&mut || {
        nth += 1;
        fs::write(&record, format!("{text}\nEdited {nth} times.\n"))?;
        run(&plan.program, &build)
    })?;
    fs::write(&record, text)?;
    let output = folder::extent(&site)?;
    folder::remove_site(&site)?;
    let costs = vec![
        ("check", checks),
        ("build, cold", cold),
        ("build, unchanged", unchanged),
        ("build, one edited", edited),
    ];
    Ok(Figures { name, input, output, costs })
}

fn print_costs(all: &[Figures]) {
    println!(
        "| Catalogue | Input | Output | What | Wall | Processor (least to most) | In the kernel | Peak memory |"
    );
    println!("|---|---|---|---|---:|---:|---:|---:|");
    for figures in all {
        for (row, (what, runs)) in figures.costs.iter().enumerate() {
            let extents = if row == 0 {
                format!("{} | {} | {}", figures.name, figures.input.as_input(), figures.output.as_output())
            } else {
                "| | ".to_owned()
            };
            let cost = median(runs);
            let cpu = runs.iter().map(|run| run.cpu);
            let (least, most) = (cpu.clone().min().unwrap_or_default(), cpu.max().unwrap_or_default());
            println!(
                "| {extents} | {what} | {} | {} ({} to {}) | {} | {} |",
                short(cost.wall),
                short(cost.cpu),
                short(least),
                short(most),
                short(cost.kernel),
                folder::megabytes(cost.peak)
            );
        }
    }
    println!();
}

/// How fast costs grow with the input: 1 is in proportion to it, 2 is four times as long for twice as much.
fn print_growth(all: &[Figures]) {
    let invented: Vec<&Figures> = all.iter().filter(|figures| Size::named(&figures.name).is_some()).collect();
    for (place, small) in invented.iter().enumerate() {
        for large in &invented[place + 1..] {
            let input = large.input.bytes as f64 / small.input.bytes as f64;
            println!("From {} to {}, input × {input:.2}:", small.name, large.name);
            for ((what, few), (_, many)) in small.costs.iter().zip(&large.costs) {
                let (few, many) = (median(few), median(many));
                let cpu = many.cpu.as_secs_f64() / few.cpu.as_secs_f64();
                let peak = many.peak as f64 / few.peak as f64;
                println!(
                    "{what}: processor × {cpu:.2}, exponent {:.2}; peak memory × {peak:.2}, exponent {:.2}",
                    cpu.ln() / input.ln(),
                    peak.ln() / input.ln()
                );
            }
            println!();
        }
    }
}

/// A time as people read it.
pub(crate) fn short(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        ..0.01 => format!("{:.1} ms", seconds * 1e3),
        ..1.0 => format!("{:.0} ms", seconds * 1e3),
        _ => format!("{seconds:.2} s"),
    }
}
