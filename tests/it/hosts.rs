//! What `init --ci` writes: workflows whose steps are run here, in repositories as strangers make them.
//!
//! In come the files as they are written, taken apart by a YAML reader; each `run:` block is run by bash with the program that was built.
//! The host's own program is played by a script that notes what it was asked. Nothing here reaches a network.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use certalog::starter::hosts::{Host, Place};
use snapbox::{IntoData as _, assert_data_eq, str};
use tempfile::TempDir;
use yaml_rust2::{Yaml, YamlLoader};

const PROGRAM: &str = env!("CARGO_BIN_EXE_certalog");

/// A text that does harm wherever it is taken for more than a text.
const HOSTILE: &str =
    "x\"'`$(touch pwned)`touch pwned`; touch pwned & ${{ github.token }} </details> @everyone ::error::x";

fn file(host: Host, path: &str) -> String {
    let files = host.files(&Place { folder: ".", owners: Vec::new() });
    files.into_iter().find(|file| file.path.ends_with(path)).unwrap().text
}

fn yaml(host: Host, path: &str) -> Yaml {
    YamlLoader::load_from_str(&file(host, path)).unwrap().remove(0)
}

/// The scripts of a job of a workflow by the names of their steps.
fn steps(workflow: &str, job: &str) -> Vec<(String, String)> {
    let yaml = yaml(Host::GitHub, workflow);
    let steps = yaml["jobs"][job]["steps"].as_vec().unwrap().clone();
    let steps = steps.iter().filter_map(|step| {
        let name = step["name"].as_str().unwrap_or_default().to_owned();
        Some((name, step["run"].as_str()?.to_owned()))
    });
    steps.collect()
}

/// A folder for everything that a step sees, with the programs that it runs.
struct Runner {
    folder: TempDir,
}

impl Runner {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let runner = Self { folder };
        for name in ["bin", "temp", "work"] {
            fs::create_dir(runner.path(name)).unwrap();
        }
        runner.program("certalog", &format!("exec '{PROGRAM}' \"$@\""));
        runner.program("cargo", "echo 'nothing is installed in a test' >&2; exit 1");
        runner
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.path("bin").join(name);
        fs::write(&path, format!("#!/usr/bin/env bash\n{script}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn command(&self, program: &str, folder: &Path) -> Command {
        let mut command = Command::new(program);
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        command.current_dir(folder).env("PATH", path).env("HOME", self.path("temp"));
        for (name, value) in [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "A"),
            ("GIT_AUTHOR_EMAIL", "a@example.org"),
            ("GIT_COMMITTER_NAME", "A"),
            ("GIT_COMMITTER_EMAIL", "a@example.org"),
            ("CATALOGUE", "."),
            ("CERTALOG_VERSION", env!("CARGO_PKG_VERSION")),
            ("TOKEN", "token"),
            ("GITHUB_REPOSITORY", "origin"),
            ("SOURCE_DATE_EPOCH", "1780272000"),
        ] {
            command.env(name, value);
        }
        command
            .env("GITHUB_SERVER_URL", format!("file://{}", self.folder.path().display()))
            .env("RUNNER_TEMP", self.path("temp"))
            .env("GITHUB_STEP_SUMMARY", self.path("summary"))
            .env("GITHUB_OUTPUT", self.path("output"));
        command
    }

    /// Runs a script as a step is run.
    fn bash(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let mut command = self.command("bash", &self.path("work"));
        command.args(["--noprofile", "--norc", "-e", "-u", "-o", "pipefail", "-c", script]);
        command.envs(variables.iter().copied()).output().unwrap()
    }

    #[track_caller]
    fn step(&self, script: &str, variables: &[(&str, &str)]) -> String {
        let output = self.bash(script, variables);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{script}\n{}{}", text(&output.stdout), text(&output.stderr));
        assert!(!self.has_harm(), "{script}");
        text(&output.stdout)
    }

    /// Whether the hostile text was carried out somewhere.
    fn has_harm(&self) -> bool {
        let files = walkdir::WalkDir::new(self.folder.path()).into_iter().map(Result::unwrap);
        files.into_iter().any(|entry| entry.file_name() == "pwned")
    }

    #[track_caller]
    fn git(&self, folder: &str, arguments: &[&str]) -> String {
        let output = self.command("git", &self.path(folder)).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// A repository `origin` with a catalogue, and a pull request 7 with a hostile name, hostile files and hostile texts.
    fn with_pull_request() -> (Self, String) {
        let runner = Self::new();
        let init = runner.command(PROGRAM, runner.folder.path()).args(["init", "origin"]).output().unwrap();
        assert!(init.status.success());
        runner.git("origin", &["init", "--quiet", "--initial-branch=main"]);
        runner.git("origin", &["add", "--all"]);
        runner.git("origin", &["commit", "--quiet", "--message=First"]);
        runner.git("origin", &["checkout", "--quiet", "-b", "x$(touch${IFS}pwned)"]);
        let record = runner.path("origin/content/certifications/example-care-desk-3.2/certification.md");
        let text = fs::read_to_string(&record).unwrap();
        let hostile = serde_json::to_string(HOSTILE).unwrap();
        fs::write(
            &record,
            text.replace(
                "comment = \"Contacts by letter are entered by hand.\"",
                &format!("comment = {hostile}"),
            ),
        )
        .unwrap();
        fs::write(record.parent().unwrap().join("-rf $(touch pwned).txt"), HOSTILE).unwrap();
        runner.git("origin", &["add", "--all"]);
        runner.git("origin", &["commit", "--quiet", &format!("--message={HOSTILE}")]);
        let head = runner.git("origin", &["rev-parse", "HEAD"]);
        runner.git("origin", &["checkout", "--quiet", "main"]);
        runner.git("origin", &["merge", "--quiet", "--no-ff", "--message=Merge", &head]);
        runner.git("origin", &["update-ref", "refs/pull/7/merge", "HEAD"]);
        runner.git("origin", &["reset", "--quiet", "--hard", "HEAD^1"]);
        (runner, head)
    }
}

#[test]
fn workflows_grant_nothing_to_strangers() {
    for (host, path, text) in [Host::GitHub, Host::GitLab].into_iter().flat_map(|host| {
        let files = host.files(&Place { folder: ".", owners: Vec::new() });
        files.into_iter().map(move |file| (host, file.path, file.text))
    }) {
        assert!(!text.contains("secrets."), "{path}");
        assert!(!text.contains("pull_request_target"), "{path}");
        assert!(!text.contains("0.0.0"), "{path} names no version");
        if path.rsplit_once('.').is_some_and(|(_, ending)| ending == "yml") {
            let documents = YamlLoader::load_from_str(&text).unwrap();
            assert_eq!(documents.len(), 1, "{path} of {}", host.name());
        }
    }
    for workflow in ["check.yml", "report.yml", "publish.yml"] {
        let yaml = yaml(Host::GitHub, workflow);
        let jobs = yaml["jobs"].as_hash().unwrap();
        for (name, job) in jobs {
            for step in job["steps"].as_vec().unwrap() {
                let script = step["run"].as_str().unwrap_or_default();
                assert!(!script.contains("${{"), "{workflow}: a value is put into a script: {script}");
                let action = step["uses"].as_str().unwrap_or("actions/");
                assert!(action.starts_with("actions/"), "{workflow}: {action}");
            }
            let own = &job["permissions"];
            let permissions = if own.is_badvalue() { &yaml["permissions"] } else { own };
            let written: Vec<_> = permissions
                .as_hash()
                .unwrap()
                .iter()
                .filter(|(_, right)| right.as_str() != Some("read"))
                .collect();
            let allowed: &[&str] = match (workflow, name.as_str().unwrap()) {
                ("report.yml", "post") => &["pull-requests"],
                ("publish.yml", "deploy") => &["pages", "id-token"],
                _ => &[],
            };
            let written: Vec<_> = written.iter().map(|(right, _)| right.as_str().unwrap()).collect();
            assert_eq!(written, allowed, "{workflow}: {name:?}");
        }
    }
    // whoever may write runs none of the program and reads no commit
    for (_, script) in steps("report.yml", "post") {
        assert!(!script.contains("certalog ") && !script.contains("git "), "{script}");
    }
}

#[test]
fn a_pull_request_is_checked_and_previewed() {
    let (runner, _) = Runner::with_pull_request();
    for (name, script) in steps("check.yml", "check") {
        let out = runner.step(&script, &[("REF", "refs/pull/7/merge")]);
        assert!(!out.contains("\n::error::x"), "{name}: {out}");
    }
    assert!(runner.path("temp/site/index.html").is_file());
    assert!(runner.path("temp/site/certifications/example-care-desk-3.2/index.html").is_file());

    // a mistake ends the check with the annotation of its line, and a file's name forges none
    for name in ["two\n::error::x\nlines.txt", "::error::x.txt"] {
        let path = runner.path("work/content/certifications/example-care-desk-3.2").join(name);
        fs::write(path, HOSTILE).unwrap();
    }
    let record = runner.path("work/content/certifications/example-care-desk-3.2/certification.md");
    let text = fs::read_to_string(&record).unwrap().replace("score = 4.5", "score = 45");
    fs::write(&record, text).unwrap();
    let (_, script) =
        steps("check.yml", "check").into_iter().find(|(name, _)| name == "Check the catalogue").unwrap();
    let output = runner.bash(&script, &[]);
    assert_eq!(output.status.code(), Some(1));
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(!out.contains("\n::error::x"), "{out}");
    assert!(
        out.contains("::error file=content/certifications/example-care-desk-3.2/certification.md,line="),
        "{out}"
    );
}

#[test]
fn the_site_is_published_from_the_default_branch() {
    let (runner, _) = Runner::with_pull_request();
    let head = runner.git("origin", &["rev-parse", "main"]);
    for (_, script) in steps("publish.yml", "build") {
        runner.step(&script, &[("GITHUB_SHA", &head)]);
    }
    assert!(runner.path("temp/site/index.html").is_file());
}

/// Plays the host's program: answers from files, and keeps what it is given to post.
const GH: &str = r#"
[ "$1" = api ] || exit 9
printf '%s\n' "$@" >> "$GH_FILES/asked"
case "$*" in
    *--method\ POST*|*--method\ PATCH*) for word in "$@"; do last="$word"; done; cp "$last" "$GH_FILES/posted"; echo '{}' ;;
    */pulls\ *) cat "$GH_FILES/pulls" ;;
    */zip*) cat "$GH_FILES/report.zip" ;;
    */artifacts\ *) for word in "$@"; do last="$word"; done; jq --raw-output "$last" "$GH_FILES/artifacts" ;;
    */comments*) cat "$GH_FILES/comments" ;;
    *) exit 9 ;;
esac
"#;

#[test]
fn the_pull_request_of_a_run_is_asked_of_the_host() {
    let (runner, head) = Runner::with_pull_request();
    runner.program("gh", GH);
    let files = runner.folder.path().to_str().unwrap().to_owned();
    let branch = "x$(touch pwned)\"';`touch pwned`";
    let steps = steps("report.yml", "make");
    let step = |name: &str| &steps.iter().find(|(known, _)| known == name).unwrap().1;
    let find = |pulls: &str| {
        fs::write(runner.path("pulls"), pulls).unwrap();
        let _ = fs::remove_file(runner.path("output"));
        runner.step(
            step("Find the pull request of the run"),
            &[("GH_FILES", &files), ("HEAD_OWNER", "someone"), ("HEAD_BRANCH", branch), ("HEAD_SHA", &head)],
        );
        fs::read_to_string(runner.path("output")).unwrap_or_default()
    };
    assert_eq!(find("[]"), "");
    assert_eq!(find(r#"[{"number": 6, "head": {"sha": "another"}}]"#), "");
    assert_eq!(find(&format!(r#"[{{"number": "7; touch pwned", "head": {{"sha": "{head}"}}}}]"#)), "");
    assert_eq!(
        find(&format!(
            r#"[{{"number": 6, "head": {{"sha": "x"}}}}, {{"number": 7, "head": {{"sha": "{head}"}}}}]"#
        )),
        "number=7\n"
    );
    assert!(fs::read_to_string(runner.path("asked")).unwrap().contains(&format!("head=someone:{branch}\n")));

    let fetch = step("Get the commits, without any of their files");
    let _ = fs::remove_file(runner.path("output"));
    runner.step(fetch, &[("NUMBER", "7"), ("HEAD_SHA", "0000000000000000000000000000000000000000")]);
    assert!(!runner.path("output").exists(), "a pull request that moved on is not reported");
    fs::remove_dir_all(runner.path("work/commits")).unwrap();
    runner.step(fetch, &[("NUMBER", "7"), ("HEAD_SHA", &head)]);
    assert_eq!(fs::read_to_string(runner.path("output")).unwrap(), "ready=true\n");
    assert!(!runner.path("work/content").exists(), "nothing is checked out");
    runner.step(step("Say what the change means"), &[]);
    assert!(fs::metadata(runner.path("work/report.md")).unwrap().len() > 0);
}

#[test]
fn a_report_is_posted_as_the_text_that_it_is() {
    let runner = Runner::new();
    runner.program("gh", GH);
    let files = runner.folder.path().to_str().unwrap().to_owned();
    let (_, script) = steps("report.yml", "post").remove(0);
    let post = |text: &[u8], size: u64, comments: &str, number: &str| {
        for name in ["asked", "posted", "report.zip"] {
            let _ = fs::remove_file(runner.path(name));
        }
        fs::write(runner.path("report.md"), text).unwrap();
        let zip = runner
            .command("zip", runner.folder.path())
            .args(["-q", "report.zip", "report.md"])
            .output()
            .unwrap();
        assert!(zip.status.success());
        fs::write(
            runner.path("artifacts"),
            format!(r#"{{"artifacts": [{{"name": "report", "id": 5, "size_in_bytes": {size}}}]}}"#),
        )
        .unwrap();
        fs::write(runner.path("comments"), comments).unwrap();
        let output =
            runner.bash(&script, &[("GH_FILES", &files), ("NUMBER", number), ("GITHUB_RUN_ID", "3")]);
        assert!(!runner.has_harm());
        let posted = fs::read_to_string(runner.path("posted")).ok();
        let body = posted.map(|json| {
            serde_json::from_str::<serde_json::Value>(&json).unwrap()["body"].as_str().unwrap().to_owned()
        });
        (output.status.success(), body, fs::read_to_string(runner.path("asked")).unwrap_or_default())
    };
    let (_, body, asked) = post(HOSTILE.as_bytes(), 500, "[]", "7");
    assert_eq!(body.unwrap(), format!("<!-- certalog: what this change means -->\n{HOSTILE}"));
    assert!(asked.contains("repos/origin/issues/7/comments"), "{asked}");
    // its own comment is renewed, one that somebody made to look like it is not
    let comments = r#"[{"id": 1, "user": {"login": "someone"}, "body": "<!-- certalog: what this change means -->"}, {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "<!-- certalog: what this change means -->\nold"}]"#;
    let (_, _, asked) = post(b"new", 500, comments, "7");
    assert!(asked.contains("PATCH\nrepos/origin/issues/comments/2\n"), "{asked}");
    // large, empty and broken texts
    let (_, body, _) = post(&vec![b'x'; 200_000], 500, "[]", "7");
    assert!(body.unwrap().ends_with("longer than a comment may be; the summary of the run has it.\n"));
    let (_, body, _) = post(b"a\0b\xff", 500, "[]", "7");
    assert_eq!(body.unwrap().lines().nth(1), Some("ab\u{fffd}"));
    assert_eq!(post(b"x", 2_000_000, "[]", "7").1, None, "an archive larger than any report is not fetched");
    assert_eq!(post(b"x", 5, "[]", "7/../8"), (false, None, String::new()));
}

#[test]
fn a_merge_request_is_checked_and_the_site_published_on_gitlab() {
    let (runner, head) = Runner::with_pull_request();
    runner.git("work", &["clone", "--quiet", "../origin", "."]);
    runner.git("work", &["fetch", "--quiet", "origin", "refs/pull/7/merge"]);
    runner.git("work", &["checkout", "--quiet", "--detach", &head]);
    let yaml = yaml(Host::GitLab, ".gitlab-ci.yml");
    let base = runner.git("work", &["rev-parse", "origin/main"]);
    for job in ["check", "preview", "pages"] {
        let script = yaml[job]["script"][0].as_str().unwrap();
        runner.step(script, &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base)]);
    }
    let findings = fs::read_to_string(runner.path("work/codequality.json")).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&findings).unwrap().is_array());
    assert!(
        runner.path("work/preview/index.html").is_file() && runner.path("work/public/index.html").is_file()
    );
}

#[test]
fn the_hook_checks_what_would_be_committed() {
    let (runner, _) = Runner::with_pull_request();
    let out = runner
        .command(PROGRAM, &runner.path("origin"))
        .args(["init", "--ci", "github", "."])
        .output()
        .unwrap();
    assert!(out.status.success());
    runner.git("origin", &["config", "core.hooksPath", ".githooks"]);
    let record = runner.path("origin/content/certifications/example-care-desk-3.2/certification.md");
    let commit = || {
        runner
            .command("git", &runner.path("origin"))
            .args(["commit", "--quiet", "--message=x"])
            .output()
            .unwrap()
    };
    runner.git("origin", &["add", "--all"]);
    assert!(commit().status.success());
    let good = fs::read_to_string(&record).unwrap();
    let bad = good.replace("score = 4.5", "score = 45");
    fs::write(&record, &bad).unwrap();
    runner.git("origin", &["add", "--all"]);
    fs::write(&record, &good).unwrap();
    let refused = commit();
    assert!(!refused.status.success());
    let said = [refused.stdout, refused.stderr].concat();
    assert!(String::from_utf8(said).unwrap().contains("score-off-scale"));
    fs::write(&record, good + "\nMore.\n").unwrap();
    runner.git("origin", &["add", "--all"]);
    fs::write(&record, bad).unwrap();
    assert!(commit().status.success(), "what is not staged is not judged");
}

#[test]
fn what_is_there_stays_as_it_is() {
    let runner = Runner::new();
    let run = |arguments: &[&str]| {
        let output = runner.command(PROGRAM, &runner.path("work")).args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    runner.git("work", &["init", "--quiet"]);
    let (status, out, err) = run(&["init", "--ci", "github", "records"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert_data_eq!(
        out,
        str![[r#"
`records`: a catalogue of 14 files

next:
  cd records
  certalog serve --open

that shows the site in the browser and follows every change; README.md says what to change first

this folder: 9 files for GitHub
  .github/workflows/check.yml
  .github/workflows/report.yml
  .github/workflows/publish.yml
  .github/ISSUE_TEMPLATE/wrong-data.yml
  .github/ISSUE_TEMPLATE/new-certification.yml
  .github/ISSUE_TEMPLATE/misuse.yml
  .github/ISSUE_TEMPLATE/config.yml
  .github/CODEOWNERS
  .githooks/pre-commit

next:
  put owners into .github/CODEOWNERS
  choose GitHub Actions as the source of Pages: Settings → Pages
  git config core.hooksPath .githooks   # checks before every commit, in every clone

"#]]
        .raw()
    );
    let owners = fs::read_to_string(runner.path("work/.github/CODEOWNERS")).unwrap();
    assert_data_eq!(
        owners.as_str(),
        str![[r#"
# Who is asked for a review when these records change.
# certalog knows whose records they are and not who looks after them: write the account or the team behind a path, and
# take the `# ` before it away.

# Example Networks
# /records/content/organizations/example-networks.toml @
# /records/content/certifications/example-care-desk-3.2/ @

# Example Service Map
# /records/content/frameworks/service-map/ @

"#]]
        .raw()
    );
    assert!(
        fs::read_to_string(runner.path("work/.github/workflows/check.yml"))
            .unwrap()
            .contains("CATALOGUE: \"records\"\n")
    );
    fs::write(runner.path("work/.github/CODEOWNERS"), "* @somebody\n").unwrap();
    fs::remove_file(runner.path("work/.githooks/pre-commit")).unwrap();
    let (status, out, _) = run(&["init", "--ci", "github", "records"]);
    assert_eq!(status, Some(0));
    assert!(
        out.starts_with(
            "this folder: 1 file for GitHub\n  .githooks/pre-commit\nthere already, left as they are:\n"
        ),
        "{out}"
    );
    assert_eq!(fs::read_to_string(runner.path("work/.github/CODEOWNERS")).unwrap(), "* @somebody\n");
    let (status, _, err) = run(&["init", "records"]);
    assert_eq!(status, Some(2), "{err}");
}
