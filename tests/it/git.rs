//! Catalogues in git repositories, read without a checkout: in comes a repository that the real git made, out go the sources of a revision.
//!
//! What a revision gives is compared with what a checkout of it gives. Nothing that a repository says may be carried out.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use certalog::diagnostic::{Code, Diagnostic};
use certalog::sources::git::{Obstacle, Repository};
use certalog::sources::{Limits, Sources};
use tempfile::TempDir;

use crate::harness::Fixture;

/// Runs git in a folder with settings of its own and no others; gives what it prints.
#[track_caller]
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]);
    command.args(["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]).args(arguments);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    command.env("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z").env("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z");
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

pub(crate) fn put(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Commits everything that is in the folder.
#[track_caller]
pub(crate) fn commit(folder: &Path, message: &str) {
    git(folder, &["add", "--all", "--force", "."]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", message]);
}

/// A repository whose first commit is the catalogue that `init` writes.
pub(crate) fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in Fixture::starter().contents() {
        put(folder.path(), path, bytes);
    }
    git(folder.path(), &["init", "--quiet"]);
    commit(folder.path(), "First");
    folder
}

fn on_disk(folder: &Path) -> (Sources, Vec<Diagnostic>) {
    Sources::read(folder, &Limits::default()).unwrap()
}

fn at(folder: &Path, revision: &str) -> Result<(Sources, Vec<Diagnostic>), Obstacle> {
    let repository = Repository::around(folder)?;
    repository.read(&repository.find(revision)?, &Limits::default())
}

#[track_caller]
fn text<'s>(sources: &'s Sources, path: &str) -> &'s str {
    sources.text(sources.find(path).unwrap())
}

/// Three commits of one file: `1`, `2` and `3`.
fn history() -> TempDir {
    let folder = repository();
    for number in ["1", "2", "3"] {
        put(folder.path(), "content/pages/number.md", number);
        commit(folder.path(), number);
    }
    folder
}

#[test]
fn a_commit_gives_what_its_checkout_gives() {
    let folder = repository();
    let root = folder.path();
    put(root, "content/certifications/x/report.pdf", b"%PDF\xff\0");
    put(root, "content/left.md~", "left by an editor");
    put(root, "content/.hidden/x.md", "hidden");
    put(root, "public/index.html", "built");
    put(root, "themes/own/static/own.css", "a {}");
    put(root, "content/latin.md", b"caf\xe9");
    commit(root, "All kinds of files");
    let (sources, found) = on_disk(root);
    assert_eq!(found.len(), 1);
    assert_eq!(at(root, "HEAD").unwrap(), (sources, found));
}

#[test]
fn loose_packed_and_compressed_objects_give_the_same() {
    let folder = history();
    let loose = at(folder.path(), "HEAD~1").unwrap();
    assert_eq!(text(&loose.0, "content/pages/number.md"), "2");
    git(folder.path(), &["gc", "--quiet", "--aggressive", "--prune=now"]);
    assert!(folder.path().join(".git/packed-refs").exists());
    assert_eq!(at(folder.path(), "HEAD~1").unwrap(), loose);
    git(folder.path(), &["repack", "-a", "-d", "--quiet", "--write-bitmap-index"]);
    git(folder.path(), &["multi-pack-index", "write"]);
    git(folder.path(), &["commit-graph", "write"]);
    assert_eq!(at(folder.path(), "main~1").unwrap(), loose);
}

#[test]
fn revisions_are_named_as_in_git() {
    let folder = history();
    let root = folder.path();
    git(root, &["tag", "v1", "HEAD~2"]);
    git(root, &["tag", "--annotate", "--message", "two", "v2", "HEAD~1"]);
    git(root, &["tag", "--annotate", "--message", "tag of a tag", "v2-again", "v2"]);
    git(root, &["branch", "feature/two", "HEAD~1"]);
    git(root, &["update-ref", "refs/remotes/origin/main", "HEAD~2"]);
    let hash = git(root, &["rev-parse", "HEAD~1"]);
    let short = &hash[..7];
    for name in ["main", "HEAD", "@", "main^0", "refs/heads/main", "@~0"] {
        assert_eq!(text(&at(root, name).unwrap().0, "content/pages/number.md"), "3", "{name}");
    }
    for name in [
        "HEAD~",
        "HEAD^",
        "HEAD~1",
        "@^1",
        "v2",
        "v2-again",
        "v2^{}",
        "v2^{commit}",
        "feature/two",
        &hash,
        short,
        "tags/v2",
        "HEAD:",
        "main~1:",
    ] {
        let expected = if name == "HEAD:" { "3" } else { "2" };
        assert_eq!(text(&at(root, name).unwrap().0, "content/pages/number.md"), expected, "{name}");
    }
    for name in ["v1", "HEAD~2", "HEAD^^", "HEAD~1^", "origin/main"] {
        assert_eq!(text(&at(root, name).unwrap().0, "content/pages/number.md"), "1", "{name}");
    }
    git(root, &["checkout", "--quiet", "--detach", "HEAD~2"]);
    assert_eq!(text(&at(root, "HEAD").unwrap().0, "content/pages/number.md"), "1");
}

#[test]
fn a_name_that_means_nothing_says_what_would() {
    let folder = history();
    let root = folder.path();
    git(root, &["update-ref", "refs/remotes/origin/release", "HEAD~1"]);
    let said = |name: &str| {
        let obstacle = at(root, name).unwrap_err();
        format!("{}; {}", obstacle.message, obstacle.help.unwrap_or_default())
    };
    let forms = "a revision is a branch, a tag or a commit, such as `main`, `v1.2` or `3f2c1ab`; `~2` and `^2` go back from there";
    assert_eq!(
        said("mian"),
        "`mian` names no revision: there is no such branch, tag or commit; did you mean `main`?"
    );
    assert_eq!(
        said("release"),
        "`release` names no revision: there is no such branch, tag or commit; did you mean `origin/release`?"
    );
    for name in ["--upload-pack=x", "-h", "HEAD@{1}", "@{upstream}"] {
        assert_eq!(said(name), format!("`{name}` names no revision: this form is not understood; {forms}"));
    }
    for name in ["", "HEAD^{/First}", ":/First", "../../../etc/passwd", "/etc/passwd", "a\0b", "refs/heads/"]
    {
        assert!(said(name).contains("names no revision"), "{name}");
    }
    let short = &git(root, &["rev-parse", "HEAD~3"])[..7];
    assert_eq!(said("HEAD~9"), format!("`HEAD~9` names no revision: the history begins with {short}; "));
    assert!(said("HEAD^2").contains("has no parent 2"));
    let blob = git(root, &["rev-parse", "HEAD:site.toml"]);
    assert!(said(&blob).contains("is a blob and no commit"));
    assert!(said("HEAD:nowhere").contains("`HEAD` has no folder `nowhere`"));
    assert!(said(&"1".repeat(40)).contains("is not in the repository"));
    assert!(said(&"1".repeat(64)).contains("there is no such branch, tag or commit"));
    assert!(said(&"1".repeat(50)).contains("there is no such branch, tag or commit"));
    let nowhere = tempfile::tempdir().unwrap();
    assert_eq!(
        Repository::around(nowhere.path()).err().unwrap().message,
        "the catalogue lies in no git repository"
    );
    git(nowhere.path(), &["init", "--quiet"]);
    assert!(at(nowhere.path(), "HEAD").unwrap_err().message.contains("no commit yet"));
}

#[test]
fn a_catalogue_may_be_a_folder_of_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "--quiet"]);
    put(root, "README.md", "nothing of ours");
    commit(root, "Before there was a catalogue");
    for (path, bytes) in Fixture::starter().contents() {
        put(root, &format!("products/catalogue/{path}"), bytes);
    }
    commit(root, "With a catalogue");
    let catalogue = root.join("products/catalogue");
    assert_eq!(at(&catalogue, "main").unwrap(), on_disk(&catalogue));
    assert!(at(&catalogue, "main~1").unwrap().0.is_empty());
    // from anywhere in the repository, when the folder is named
    assert_eq!(at(root, "main:products/catalogue").unwrap(), on_disk(&catalogue));
    assert_eq!(at(&catalogue, "HEAD:products/catalogue/").unwrap(), on_disk(&catalogue));
}

#[test]
fn work_trees_and_bare_repositories_are_read_too() {
    let folder = history();
    let root = folder.path();
    let beside = tempfile::tempdir().unwrap();
    let tree = beside.path().join("tree");
    git(root, &["worktree", "add", "--quiet", "-b", "second", tree.to_str().unwrap(), "HEAD~1"]);
    put(&tree, "content/pages/number.md", "4");
    commit(&tree, "4");
    assert_eq!(text(&at(&tree, "HEAD").unwrap().0, "content/pages/number.md"), "4");
    assert_eq!(text(&at(&tree, "main").unwrap().0, "content/pages/number.md"), "3");
    assert_eq!(text(&at(root, "HEAD").unwrap().0, "content/pages/number.md"), "3");
    let bare = beside.path().join("bare.git");
    git(root, &["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
    assert_eq!(at(&bare, "second").unwrap(), at(root, "second").unwrap());
    let shared = beside.path().join("shared");
    git(root, &["clone", "--quiet", "--shared", ".", shared.to_str().unwrap()]);
    assert_eq!(at(&shared, "HEAD~1").unwrap(), at(root, "HEAD~1").unwrap());
}

#[test]
fn a_repository_may_use_the_longer_hash() {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--object-format=sha256"]);
    put(folder.path(), "site.toml", "title = \"T\"\n");
    commit(folder.path(), "First");
    let hash = git(folder.path(), &["rev-parse", "HEAD"]);
    assert_eq!(at(folder.path(), &hash).unwrap(), on_disk(folder.path()));
    assert_eq!(at(folder.path(), &hash[..9]).unwrap(), on_disk(folder.path()));
    git(folder.path(), &["gc", "--quiet"]);
    assert_eq!(at(folder.path(), "main").unwrap(), on_disk(folder.path()));
    assert!(at(folder.path(), &hash[..40]).is_ok());
    assert!(at(folder.path(), &"1".repeat(40)).is_err());
}

#[test]
fn the_common_ancestor_is_where_branches_parted() {
    let folder = history();
    let root = folder.path();
    git(root, &["checkout", "--quiet", "-b", "other", "HEAD~1"]);
    for number in ["5", "6"] {
        put(root, "content/pages/number.md", number);
        commit(root, number);
    }
    let repository = Repository::around(root).unwrap();
    let base = repository.find_base("main", "other").unwrap();
    assert_eq!(base.id(), git(root, &["merge-base", "main", "other"]));
    assert_eq!(base.short(), base.id()[..7]);
    assert_eq!(repository.find_base("other", "main"), Ok(base));
    git(root, &["checkout", "--quiet", "--orphan", "alone"]);
    commit(root, "Alone");
    let obstacle = repository.find_base("main", "alone").unwrap_err();
    assert_eq!(obstacle.message, "`main` and `alone` have no commit in common");
    assert!(repository.find_base("main", "alone:content").is_err());
}

#[test]
fn a_clone_without_its_history_says_so() {
    let folder = history();
    let beside = tempfile::tempdir().unwrap();
    let clone = beside.path().join("clone");
    let from = format!("file://{}", folder.path().display());
    git(beside.path(), &["clone", "--quiet", "--depth=1", &from, "clone"]);
    assert_eq!(at(&clone, "HEAD").unwrap(), on_disk(&clone));
    let obstacle = at(&clone, "HEAD~1").unwrap_err();
    assert!(obstacle.message.contains("is not in the repository"), "{obstacle}");
    assert!(obstacle.help.unwrap().contains("--unshallow"));
}

#[test]
fn links_and_submodules_are_named_and_not_followed() {
    let folder = repository();
    let root = folder.path();
    let secret = tempfile::tempdir().unwrap();
    fs::write(secret.path().join("secret.md"), "secret").unwrap();
    symlink(secret.path().join("secret.md"), root.join("content/linked.md")).unwrap();
    symlink(secret.path(), root.join("themes")).unwrap();
    let other = repository();
    git(root, &["submodule", "--quiet", "add", other.path().to_str().unwrap(), "content/other"]);
    commit(root, "Links and another repository");
    let (sources, found) = at(root, "HEAD").unwrap();
    let found: Vec<_> = found.iter().map(|one| (sources.path(one.place.file), one.code)).collect();
    let expected = [
        ("content/linked.md", Code::SymbolicLink),
        ("content/other", Code::UnreadableFile),
        ("themes", Code::SymbolicLink),
    ];
    assert_eq!(found, expected);
    assert!(expected.iter().all(|(path, _)| text(&sources, path).is_empty()));
    // a submodule is a repository of its own
    assert_eq!(at(&root.join("content/other"), "HEAD").unwrap(), at(other.path(), "HEAD").unwrap());
}

#[test]
fn limits_are_those_of_the_disk() {
    let folder = repository();
    put(folder.path(), "content/pages/large.md", vec![b'x'; 2 << 20]);
    commit(folder.path(), "Large");
    let (sources, found) = at(folder.path(), "HEAD").unwrap();
    assert_eq!(found, on_disk(folder.path()).1);
    assert_eq!((found.len(), found[0].code), (1, Code::FileTooLarge));
    assert_eq!(text(&sources, "content/pages/large.md"), "");
}

#[test]
fn few_objects_cannot_stand_for_endless_files() {
    let folder = repository();
    let root = folder.path();
    put(root, "x", "x");
    let make_tree = |lines: &str| {
        put(root, "lines", lines);
        let lines = fs::File::open(root.join("lines")).unwrap();
        let output = Command::new("git").current_dir(root).arg("mktree").stdin(lines).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let mut entry = format!("100644 blob {}", git(root, &["hash-object", "-w", "x"]));
    for _ in 0..7 {
        let lines: Vec<_> = (0..10).map(|number| format!("{entry}\t{number}.md\n")).collect();
        entry = format!("040000 tree {}", make_tree(&lines.concat()));
    }
    let tree = make_tree(&format!("{entry}\tcontent\n"));
    let obstacle = at(root, &tree).unwrap_err();
    assert!(obstacle.message.contains("more than 200000 files"), "{obstacle}");
}

#[test]
fn a_damaged_object_is_named() {
    let folder = repository();
    let id = git(folder.path(), &["rev-parse", "HEAD:content/index.md"]);
    let object = folder.path().join(format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    fs::set_permissions(&object, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(&object, "nonsense").unwrap();
    let obstacle = at(folder.path(), "HEAD").unwrap_err();
    assert!(obstacle.message.starts_with(&format!("the git object {id} ")), "{obstacle}");
    fs::remove_file(&object).unwrap();
    assert!(at(folder.path(), "HEAD").unwrap_err().message.ends_with("is not in the repository"));
}

#[test]
fn nothing_that_a_repository_says_is_carried_out() {
    let folder = history();
    let root = folder.path();
    let seen = root.join("seen");
    let program = root.join("program");
    fs::write(&program, format!("#!/bin/sh\necho \"$0 $*\" >> {}\ncat\n", seen.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let before = (at(root, "HEAD").unwrap(), at(root, "HEAD~1").unwrap());
    let program = program.to_str().unwrap();
    let secret = tempfile::tempdir().unwrap();
    fs::write(secret.path().join("more"), format!("[core]\n\tfsmonitor = {program}\n")).unwrap();
    let settings = format!(
        "[core]\n\tfsmonitor = {program}\n\thooksPath = {root}\n\tpager = {program}\n\teditor = {program}\n\
         \tsshCommand = {program}\n\tworktree = {away}\n\talternateRefsCommand = {program}\n\tgitProxy = {program}\n\
         [include]\n\tpath = {away}/more\n[filter \"x\"]\n\tclean = {program}\n\tsmudge = {program}\n\tprocess = {program}\n\trequired = true\n\
         [diff \"x\"]\n\tcommand = {program}\n\ttextconv = {program}\n[credential]\n\thelper = !{program}\n\
         [alias]\n\trev-parse = !{program}\n[uploadpack]\n\tpackObjectsHook = {program}\n[extensions]\n\tpartialClone = evil\n\
         [remote \"evil\"]\n\turl = ext::{program}\n\tpromisor = true\n\tvcs = {program}\n",
        root = root.display(),
        away = secret.path().display(),
    );
    let config = root.join(".git/config");
    fs::write(&config, format!("{}{settings}", fs::read_to_string(&config).unwrap())).unwrap();
    fs::write(root.join(".git/info/attributes"), "* filter=x diff=x text eol=crlf ident\n").unwrap();
    for hook in
        ["post-checkout", "post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman"]
    {
        fs::copy(program, root.join(".git/hooks").join(hook)).unwrap();
    }
    assert_eq!((at(root, "HEAD").unwrap(), at(root, "HEAD~1").unwrap()), before);
    assert!(at(root, &"1".repeat(40)).is_err());
    assert!(!seen.exists(), "{}", fs::read_to_string(&seen).unwrap());
    // the trap works: git itself falls into it
    let _ = Command::new("git").current_dir(root).args(["--work-tree=.", "status"]).output().unwrap();
    assert!(seen.exists());
}

#[test]
fn reading_leaves_the_repository_as_it_is() {
    let folder = history();
    let listing = |root: &Path| -> Vec<_> {
        let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
        files.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap())).collect()
    };
    let before = listing(folder.path());
    at(folder.path(), "HEAD~2").unwrap();
    Repository::around(folder.path()).unwrap().find_base("HEAD", "HEAD~1").unwrap();
    assert_eq!(listing(folder.path()), before);
}

#[test]
fn changed_paths_are_those_whose_content_differs() {
    let folder = history();
    let root = folder.path();
    let changed = |revision: &str| {
        let repository = Repository::around(root).unwrap();
        repository.changed_since(revision, &on_disk(root).0, &Limits::default()).unwrap()
    };
    assert_eq!(changed("HEAD"), Vec::<String>::new());
    // the time of a file is no content
    put(root, "content/pages/number.md", "3");
    assert_eq!(changed("HEAD"), Vec::<String>::new());
    put(root, "content/pages/new.md", "+++\ntitle = \"New\"\n+++\n");
    put(root, "README.md", "nothing of ours");
    fs::remove_file(root.join("content/index.md")).unwrap();
    assert_eq!(changed("HEAD"), ["content/index.md", "content/pages/new.md"]);
    assert_eq!(changed("main~2"), ["content/index.md", "content/pages/new.md", "content/pages/number.md"]);
}
