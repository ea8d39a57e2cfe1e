//! Builds that publish to one folder at the same time, and readers who fetch its pages meanwhile.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::{Ground, Numbers, Tree, said, tell, tree};

/// How many builds run at once.
const BUILDS: usize = 8;

/// Publishes eight different sites at once, round after round, while readers fetch pages. Gives how many were fetched.
fn rounds(count: usize) -> usize {
    let ground = Ground::new();
    let program = |number: usize| {
        let mut program = ground.program();
        program.env("RAYON_NUM_THREADS", "1");
        program.args(["--base-url", &format!("https://example.org/{number}/")]);
        program
    };
    let sites: Vec<Tree> = (0..BUILDS)
        .map(|number| {
            let output = program(number).output().unwrap();
            assert!(output.status.success(), "{}", said(&output));
            tree(&ground.out())
        })
        .collect();
    let distinct: BTreeSet<&Tree> = sites.iter().collect();
    assert_eq!(distinct.len(), BUILDS, "the sites do not differ");
    let paths: Vec<&String> = sites[0].keys().filter(|path| !path.ends_with('/')).collect();
    let (is_over, fetched) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for reader in 0..2 {
            let (paths, sites, is_over, fetched) = (&paths, &sites, &is_over, &fetched);
            let out = ground.out();
            scope.spawn(move || {
                let mut numbers = Numbers(reader);
                while !is_over.load(Ordering::Relaxed) {
                    let path = paths[numbers.below(paths.len() as u64) as usize];
                    let bytes = fs::read(out.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
                    assert!(sites.iter().any(|site| site[path] == bytes), "{path} is of no site");
                    fetched.fetch_add(1, Ordering::Relaxed);
                    std::thread::yield_now();
                }
            });
        }
        let rounds = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            for round in 0..count {
                let builds: Vec<_> = (0..BUILDS)
                    .map(|number| {
                        let mut program = program(number);
                        program.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
                    })
                    .collect();
                for build in builds {
                    let output = build.wait_with_output().unwrap();
                    assert!(output.status.success(), "round {round}: {}", said(&output));
                }
                let found = tree(&ground.out());
                assert!(sites.contains(&found), "round {round}: a mixture");
            }
        }));
        is_over.store(true, Ordering::Relaxed);
        if let Err(panic) = rounds {
            std::panic::resume_unwind(panic);
        }
    });
    fetched.into_inner()
}

#[test]
fn of_eight_builds_at_once_one_wins_and_readers_see_whole_pages() {
    assert!(rounds(1) > 0);
}

#[test]
#[ignore = "minutes: the whole of the test above, for the figures of P6"]
fn eight_builds_at_once_fifty_times() {
    tell(&format!("8 builds at once, 50 times: {} pages were fetched meanwhile", rounds(50)));
}
