//! Disks that are full, files that may not grow, folders that cannot be written, and sources that vanish meanwhile.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::{Ground, Numbers, Tree, said, skip, tell, tree};

/// Runs a script in which disks can be mounted that nobody else sees, where this machine lets a test do so.
pub(crate) fn with_disks(script: &str, arguments: &[&str]) -> Option<Output> {
    let run = |script: &str, arguments: &[&str]| {
        Command::new("unshare").args(["-rm", "sh", "-euc", script, "sh"]).args(arguments).output()
    };
    let probe = run("mount -t tmpfs none /mnt", &[]);
    probe.is_ok_and(|probe| probe.status.success()).then(|| run(script, arguments).unwrap())
}

/// Builds on a disk of a size, and once more when it has grown. What stands in `results` afterwards: the status of the first build, both
/// sites, and how much of the disk was used before and after.
const SMALL_DISK: &str = r#"
size="$1" catalogue="$2" results="$3"; shift 3
disk="$results/disk"; mkdir "$disk"
mount -t tmpfs -o size="$size"k none "$disk"
cp -a "$catalogue/." "$disk/"
used() { df -k --output=used "$disk" | tail -n 1; }
used > "$results/before"
status=0; "$@" --root "$disk" > "$results/out" 2> "$results/err" || status=$?
echo $status > "$results/status"
used > "$results/after"
cp -a "$disk/public" "$results/first"
mount -o remount,size=64m none "$disk"
"$@" --root "$disk" > "$results/out-2" 2> "$results/err-2"
cp -a "$disk/public" "$results/second"
ls -A "$disk/.public.certalog" > "$results/state"
"#;

/// What came of a build on a small disk.
struct OnSmallDisk {
    status: i32,
    said: String,
    first: Tree,
    second: Tree,
    state: String,
    used: (u64, u64),
}

fn on_small_disk(ground: &Ground, size: u64) -> Option<OnSmallDisk> {
    let results = tempfile::tempdir().unwrap();
    let results = results.path();
    let root = ground.root();
    let mut arguments = vec![size.to_string(), root.to_str().unwrap().to_owned()];
    arguments.push(results.to_str().unwrap().to_owned());
    // without the folder of the catalogue, which is another one there
    let program = ground.arguments();
    arguments.extend(program[..program.len() - 2].iter().cloned());
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let output = with_disks(SMALL_DISK, &arguments)?;
    assert!(output.status.success(), "{size} KiB: {}", said(&output));
    let text = |name: &str| fs::read_to_string(results.join(name)).unwrap();
    let number = |name: &str| text(name).trim().parse::<u64>().unwrap();
    Some(OnSmallDisk {
        status: i32::try_from(number("status")).unwrap(),
        said: text("err"),
        first: tree(&results.join("first")),
        second: tree(&results.join("second")),
        state: text("state"),
        used: (number("before"), number("after")),
    })
}

/// Builds on disks of so many sizes between what there is and what is needed. Gives how many builds were refused.
fn on_small_disks(sizes: u64) -> Option<usize> {
    let ground = Ground::new();
    ground.prepare();
    // Where an older site stands already, the new one takes its place and hardly needs more room.
    fs::remove_dir_all(ground.state().join("previous")).unwrap();
    let whole = on_small_disk(&ground, 64 << 10)?;
    assert_eq!(whole.status, 0, "{}", whole.said);
    let (before, after) = whole.used;
    let mut refused = 0;
    for number in 0..sizes {
        // the last ones are enough
        let size = before + 4 + (after - before + 16) * number / sizes.max(2);
        let found = on_small_disk(&ground, size)?;
        if found.status == 0 {
            assert!(found.first == ground.new, "{size} KiB: not the new site");
        } else {
            refused += 1;
            assert_eq!(found.status, 2, "{size} KiB: {}", found.said);
            assert!(
                found.said.contains("public") && found.said.contains("space"),
                "{size} KiB: {}",
                found.said
            );
            assert!(found.first == ground.old, "{size} KiB: not the old site");
        }
        assert!(found.second == ground.new, "{size} KiB: the next build does not publish the new site");
        assert_eq!(found.state, ".gitignore\nlock\nprevious\nstate\n", "{size} KiB");
    }
    Some(refused)
}

#[test]
fn a_full_disk_keeps_the_old_site() {
    match on_small_disks(4) {
        Some(refused) => assert!(refused > 0),
        None => skip("full disks", "no disk can be mounted here"),
    }
}

#[test]
#[ignore = "minutes: the whole of the test above, for the figures of P6"]
fn a_full_disk_keeps_the_old_site_in_200_sizes() {
    let refused = on_small_disks(200).expect("disks can be mounted");
    tell(&format!("200 sizes of disks: {refused} builds were refused"));
    assert!(refused > 100);
}

/// The same on every machine: no file may become larger than a limit.
#[test]
fn files_that_may_not_grow_keep_the_old_site() {
    let ground = Ground::new();
    for blocks in ["0", "1", "8", "16"] {
        ground.prepare();
        let mut limited = Command::new("sh");
        limited.args(["-c", "trap '' XFSZ; ulimit -f $0; exec \"$@\"", blocks]).args(ground.arguments());
        let output = limited.output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{blocks}: {}", said(&output));
        assert!(said(&output).contains("cannot write `"), "{blocks}: {}", said(&output));
        assert!(!ground.is_new(blocks));
        ground.recover(blocks);
    }
}

#[test]
fn a_folder_that_cannot_be_written_keeps_the_old_site() {
    let ground = Ground::new();
    ground.prepare();
    let root = ground.root();
    let mut arguments = vec![root.to_str().unwrap().to_owned()];
    arguments.extend(ground.arguments());
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let script =
        r#"root="$1"; shift; mount --bind "$root" "$root"; mount -o remount,ro,bind "$root"; exec "$@""#;
    let Some(output) = with_disks(script, &arguments) else {
        return skip("folders that cannot be written", "no disk can be mounted here");
    };
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("public") && said(&output).contains("Read-only"), "{}", said(&output));
    assert!(!ground.is_new("read-only"));
    ground.recover("read-only");
}

#[test]
fn sources_that_vanish_leave_a_whole_site() {
    let ground = Ground::new();
    let mut numbers = Numbers(11);
    for turn in 0..6 {
        ground.prepare();
        let mut build = ground.program();
        let build = build.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(numbers.below(120)));
        let vanishing = ground.root().join(["content", "site.toml", "content/pages"][turn % 3]);
        remove(&vanishing);
        let output = build.wait_with_output().unwrap();
        let case = format!("turn {turn}");
        let found = tree(&ground.out());
        let is_refused = matches!(output.status.code(), Some(1 | 2)) && found == ground.old;
        // What was read before it vanished, or what is left without it, is a catalogue as well.
        let is_published = output.status.success() && found != ground.old;
        assert!(is_refused || is_published, "{case}: {}", said(&output));
        for (path, content) in crate::harness::Fixture::starter().contents() {
            super::write(&ground.root().join(path), content);
        }
        ground.change(true);
        ground.recover(&case);
    }
}

fn remove(path: &Path) {
    if path.is_dir() {
        fs::remove_dir_all(path).unwrap();
    } else {
        fs::remove_file(path).unwrap();
    }
}
