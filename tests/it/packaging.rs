//! What a release is made of: manual pages, completions, the archive, the package for Debian, the container and the workflow that makes them.
//!
//! In come the program and the files of `packaging/`, out goes the first that does not agree with another.
//! Nothing is fetched; what needs other programs is run by hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use clap::CommandFactory as _;
use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

use crate::cli::{folder, run, status};
use crate::harness::{files_below, repository};

const PROGRAM: &str = env!("CARGO_BIN_EXE_certalog");

fn text(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap()
}

fn manifest() -> toml::Table {
    text("Cargo.toml").parse().unwrap()
}

/// The names of all commands, as manual pages are called.
fn commands() -> BTreeSet<String> {
    fn add(command: &clap::Command, name: &str, names: &mut BTreeSet<String>) {
        names.insert(name.to_owned());
        command.get_subcommands().for_each(|sub| add(sub, &format!("{name}-{}", sub.get_name()), names));
    }
    let mut names = BTreeSet::new();
    add(&certalog::cli::Arguments::command(), "certalog", &mut names);
    names
}

#[test]
fn every_command_has_a_manual_page_with_its_options() {
    let folder = folder();
    let (out, err) = status(&run(folder.path(), &["man", "--out", "man"]), 0);
    assert_eq!((out, err), (format!("`man`: {} manual pages\n", commands().len()), String::new()));
    let pages = fs::read_dir(folder.path().join("man")).unwrap().map(|page| page.unwrap().file_name());
    let pages: BTreeSet<_> = pages.map(|name| name.into_string().unwrap()).collect();
    let expected: BTreeSet<_> = commands().into_iter().map(|name| format!("{name}.1")).collect();
    assert_eq!(pages, expected);
    // A page is what the command alone prints, and names what its help names.
    let (page, _) = status(&run(folder.path(), &["man", "new", "certification"]), 0);
    assert_eq!(page, fs::read_to_string(folder.path().join("man/certalog-new-certification.1")).unwrap());
    let (help, _) = status(&run(folder.path(), &["new", "certification", "--help"]), 0);
    let options = help.split_whitespace().filter(|word| word.starts_with("--"));
    for option in options.map(|option| option.trim_end_matches(',')) {
        assert!(page.replace('\\', "").contains(option), "{option}: {page}");
    }
    // Nothing is written over, and a command that is not there is answered with the nearest.
    let (_, err) = status(&run(folder.path(), &["man", "--out", "man"]), 2);
    assert!(err.starts_with("error: "), "{err}");
    let (_, err) = status(&run(folder.path(), &["man", "new", "certificate"]), 2);
    assert_eq!(err, "error: `new` has no command `certificate`\n  help: did you mean `certification`?\n");
}

#[test]
fn every_shell_can_complete_every_command() {
    let folder = folder();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let (out, err) = status(&run(folder.path(), &["completions", shell]), 0);
        assert_eq!(err, "", "{shell}");
        for command in certalog::cli::Arguments::command().get_subcommands() {
            assert!(out.contains(command.get_name()), "{shell} does not know {}", command.get_name());
        }
        if shell == "bash" {
            fs::write(folder.path().join("completions"), &out).unwrap();
            // As a shell asks: the word that was begun, after those before it.
            let asked = "source ./completions; COMP_WORDS=(certalog ver); COMP_CWORD=1; _certalog certalog ver certalog; echo \"${COMPREPLY[@]}\"";
            let output =
                Command::new("bash").args(["-c", asked]).current_dir(folder.path()).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stdout), "verify\n", "{output:?}");
        }
    }
}

/// A small program in the place of the one that is packed, so that packing costs nothing.
fn stand_in(folder: &Path) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let path = folder.join("program");
    fs::write(&path, format!("#!/bin/sh\nexec '{PROGRAM}' \"$@\"\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn packaging(script: &str, arguments: &[&Path]) -> Output {
    Command::new(repository().join("packaging").join(script)).args(arguments).output().unwrap()
}

fn packed(target: &str) -> (TempDir, std::path::PathBuf) {
    let folder = folder();
    let program = stand_in(folder.path());
    let output = packaging("archive", &[&program, Path::new(target), &folder.path().join("out")]);
    assert!(output.status.success(), "{output:?}");
    let archive = folder.path().join(format!("out/certalog-{}-{target}.tar.gz", env!("CARGO_PKG_VERSION")));
    (folder, archive)
}

#[test]
fn an_archive_is_what_the_metadata_for_installers_says() {
    let target = "x86_64-unknown-linux-gnu";
    let (folder, archive) = packed(target);
    let metadata = &manifest()["package"]["metadata"]["binstall"];
    let filled = |key: &str| {
        let template = metadata[key].as_str().unwrap().to_owned();
        let values = [
            ("{ repo }", "REPOSITORY"),
            ("{ version }", env!("CARGO_PKG_VERSION")),
            ("{ target }", target),
            ("{ bin }", "certalog"),
            ("{ binary-ext }", ""),
        ];
        values.iter().fold(template, |text, (name, value)| text.replace(name, value))
    };
    let name = archive.file_name().unwrap().to_str().unwrap();
    let tag = concat!("v", env!("CARGO_PKG_VERSION"));
    assert_eq!(filled("pkg-url"), format!("REPOSITORY/releases/download/{tag}/{name}"));
    assert!(archive.is_file());
    // The whole of it: the program that can be run, its papers, its pages and its completions.
    let output = Command::new("tar").arg("-xzf").arg(&archive).current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let version = Command::new(folder.path().join(filled("bin-dir"))).arg("--version").output().unwrap();
    assert_eq!(version.stdout, concat!("certalog ", env!("CARGO_PKG_VERSION"), "\n").as_bytes());
    let inner = folder.path().join(name.trim_end_matches(".tar.gz"));
    for file in ["LICENSE", "README.md", "CHANGELOG.md", "man/certalog.1", "completions/_certalog"] {
        assert!(inner.join(file).is_file(), "{file}");
    }
    // The same program gives the same bytes: nothing of an hour or of a person is in them.
    let listed = Command::new("tar").arg("-tvzf").arg(&archive).env("TZ", "UTC").output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    assert!(
        listed.lines().all(|line| line.contains(" 0/0 ") && line.contains(" 1970-01-01 00:00 ")),
        "{listed}"
    );
    let (_other, again) = packed(target);
    let program = "exec '";
    assert!(fs::read_to_string(inner.join("certalog")).unwrap().contains(program));
    assert_eq!(fs::read(&archive).unwrap(), fs::read(again).unwrap());
}

#[test]
fn a_program_that_is_too_large_or_needs_a_library_is_not_released() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let program = folder.path().join("program");
    let stub = folder.path().join("readelf");
    let check = |size: u64, library: &str| {
        fs::File::create(&program).unwrap().set_len(size).unwrap();
        let line = format!("echo ' 0x1 (NEEDED) Shared library: [{library}]'");
        fs::write(&stub, format!("#!/bin/sh\n{line}\necho ' 0x1 (NEEDED) Shared library: [libc.so.6]'\n"))
            .unwrap();
        fs::set_permissions(&stub, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
        let script = repository().join("packaging/check");
        Command::new(script).arg(&program).env("PATH", path).output().unwrap().status.success()
    };
    assert!(check(19_999_999, "libgcc_s.so.1"));
    assert!(!check(20_000_000, "libgcc_s.so.1"));
    assert!(!check(1, "libssl.so.3"));
    assert!(!check(1, "libcurl.so.4"));
}

#[test]
fn the_package_for_debian_holds_what_the_scripts_make() {
    let metadata = &manifest()["package"]["metadata"]["deb"];
    let folder = folder();
    let output = packaging("pages", &[Path::new(PROGRAM), &folder.path().join("packaging")]);
    assert!(output.status.success(), "{output:?}");
    for asset in metadata["assets"].as_array().unwrap() {
        let [source, place, mode] = asset.as_array().unwrap().as_slice() else { panic!("{asset}") };
        let source = source.as_str().unwrap();
        assert!(place.as_str().unwrap().starts_with("usr/"), "{place}");
        assert_eq!(mode.as_str().unwrap(), if source.ends_with("release/certalog") { "755" } else { "644" });
        match source.strip_prefix("target/packaging/") {
            Some("man/*.1") => assert!(folder.path().join("packaging/man/certalog.1").is_file()),
            Some(made) => assert!(folder.path().join("packaging").join(made).is_file(), "{source}"),
            None => assert!(
                source.starts_with("target/release/") || repository().join(source).is_file(),
                "{source}"
            ),
        }
    }
}

#[test]
fn the_container_is_compiled_with_the_compiler_of_the_repository() {
    let recipe = text("Containerfile");
    let toolchain: toml::Table = text("rust-toolchain.toml").parse().unwrap();
    let channel = toolchain["toolchain"]["channel"].as_str().unwrap().to_owned();
    let images: Vec<_> = recipe.lines().filter_map(|line| line.strip_prefix("FROM ")).collect();
    assert_eq!(images.len(), 2);
    let compiler = images[0].strip_prefix("rust:").unwrap().split('-').next().unwrap();
    assert!(channel.starts_with(&format!("{compiler}.")), "{channel} is not {compiler}");
    // Names of the usual registry, without a host.
    assert!(images.iter().all(|image| !image.contains('/')), "{images:?}");
    assert!(recipe.contains("ENTRYPOINT [\"certalog\"]"));
}

/// Every text of a part of a workflow, with the key that it stands under.
fn texts<'y>(key: &'y str, value: &'y Yaml, found: &mut Vec<(&'y str, &'y str)>) {
    match value {
        Yaml::String(text) => found.push((key, text)),
        Yaml::Array(values) => values.iter().for_each(|value| texts(key, value, found)),
        Yaml::Hash(values) => {
            values.iter().for_each(|(key, value)| texts(key.as_str().unwrap_or(""), value, found));
        }
        _ => {}
    }
}

#[test]
fn the_workflow_of_a_release_has_no_more_rights_than_it_needs() {
    let workflow = YamlLoader::load_from_str(&text(".github/workflows/release.yml")).unwrap().remove(0);
    let mut found = Vec::new();
    texts("", &workflow, &mut found);
    let actions: BTreeSet<_> =
        found.iter().filter(|(key, _)| *key == "uses").map(|(_, action)| *action).collect();
    assert_eq!(
        actions.into_iter().collect::<Vec<_>>(),
        ["actions/checkout@v4", "actions/download-artifact@v4", "actions/upload-artifact@v4"]
    );
    // What a tag is called is data: it reaches a script as a variable, and never as a part of it.
    for (_, script) in found.iter().filter(|(key, _)| *key == "run") {
        assert!(!script.contains("${{"), "{script}");
    }
    assert_eq!(workflow["permissions"]["contents"].as_str(), Some("read"));
    let jobs = workflow["jobs"].as_hash().unwrap();
    let writes = jobs.iter().filter(|(_, job)| !job["permissions"].is_badvalue());
    let writes: Vec<_> = writes
        .map(|(name, job)| (name.as_str().unwrap(), job["permissions"].as_hash().unwrap().len()))
        .collect();
    assert_eq!(writes, [("release", 1)]);
    assert_eq!(jobs[&Yaml::String("release".into())]["permissions"]["contents"].as_str(), Some("write"));
    // The scripts that it runs are there, and can be run.
    for (_, script) in found.iter().filter(|(key, _)| *key == "run") {
        for name in script.split_whitespace().filter(|word| word.starts_with("packaging/")) {
            assert!(repository().join(name).is_file(), "{name}");
        }
    }
    for script in files_below("packaging") {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(script.metadata().unwrap().permissions().mode() & 0o111, 0o111, "{}", script.display());
    }
}

/// Installs the package into a system of its own, as `dpkg` would, and runs what is in it.
#[test]
#[ignore = "needs target/dist/certalog, cargo-deb and dpkg"]
fn the_package_for_debian_is_installed_runs_and_is_removed() {
    let output = Command::new(repository().join("packaging/deb")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let package = files_below("target/debian")
        .into_iter()
        .rfind(|path| path.extension().is_some_and(|ending| ending == "deb"))
        .unwrap();
    let system = folder();
    for path in ["var/lib/dpkg/info", "var/lib/dpkg/updates"] {
        fs::create_dir_all(system.path().join(path)).unwrap();
    }
    fs::write(system.path().join("var/lib/dpkg/status"), "").unwrap();
    let dpkg = |arguments: &[&str]| {
        let root = format!("--root={}", system.path().display());
        let output = Command::new("dpkg")
            .args([&root, "--force-not-root", "--force-depends"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    dpkg(&["--install", package.to_str().unwrap()]);
    let program = system.path().join("usr/bin/certalog");
    let version = Command::new(&program).arg("--version").output().unwrap();
    assert_eq!(version.stdout, concat!("certalog ", env!("CARGO_PKG_VERSION"), "\n").as_bytes());
    let site = folder();
    for arguments in [&["init", "desk"][..], &["build", "--root", "desk"]] {
        assert!(Command::new(&program).args(arguments).current_dir(site.path()).status().unwrap().success());
    }
    let listed = dpkg(&["--listfiles", "certalog"]);
    for file in [
        "/usr/share/man/man1/certalog-build.1.gz",
        "/usr/share/bash-completion/completions/certalog",
        "/usr/share/zsh/vendor-completions/_certalog",
        "/usr/share/doc/certalog/copyright",
    ] {
        assert!(listed.lines().any(|line| line == file), "{file}: {listed}");
    }
    let needs =
        Command::new("dpkg-deb").args(["--field", package.to_str().unwrap(), "Depends"]).output().unwrap();
    let needs = String::from_utf8(needs.stdout).unwrap();
    let is_libc = |need: &str| need.starts_with("libc6 ") || need.starts_with("libgcc-s1 ");
    assert!(needs.trim().split(", ").all(is_libc), "{needs}");
    dpkg(&["--purge", "certalog"]);
    assert!(!program.exists());
}
