//! What a code host needs to check and publish a catalogue: workflows, owners, forms for issues, a hook for git.
//!
//! In come the host, the catalogue's place in its repository and the names in it, out go files of the repository.
//! Nothing is invented: an owner that nobody named is a comment to fill in, and a version is that of this program.

use std::fmt::Write as _;

use crate::publish::NewFile;

/// Where the repository is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
}

/// What the files say of the catalogue.
#[derive(Clone, Debug, Default)]
pub struct Place<'a> {
    /// The catalogue's folder in the repository, `.` where it is the whole.
    pub folder: &'a str,
    /// Organizations by name, each with the folders and files of its records below the catalogue.
    pub owners: Vec<(&'a str, Vec<String>)>,
}

const GITHUB: &[(&str, &str)] = &[
    (".github/workflows/check.yml", include_str!("hosts/github/check.yml")),
    (".github/workflows/report.yml", include_str!("hosts/github/report.yml")),
    (".github/workflows/publish.yml", include_str!("hosts/github/publish.yml")),
    (".github/ISSUE_TEMPLATE/wrong-data.yml", include_str!("hosts/github/wrong-data.yml")),
    (".github/ISSUE_TEMPLATE/new-certification.yml", include_str!("hosts/github/new-certification.yml")),
    (".github/ISSUE_TEMPLATE/misuse.yml", include_str!("hosts/github/misuse.yml")),
    (".github/ISSUE_TEMPLATE/config.yml", include_str!("hosts/github/config.yml")),
];
const GITLAB: &[(&str, &str)] = &[
    (".gitlab-ci.yml", include_str!("hosts/gitlab/gitlab-ci.yml")),
    (".gitlab/issue_templates/wrong-data.md", include_str!("hosts/gitlab/wrong-data.md")),
    (".gitlab/issue_templates/new-certification.md", include_str!("hosts/gitlab/new-certification.md")),
    (".gitlab/issue_templates/misuse.md", include_str!("hosts/gitlab/misuse.md")),
];
const HOOK: &str = include_str!("hosts/pre-commit");

impl Host {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
        }
    }

    /// The files for a repository, by their paths in it.
    pub fn files(self, place: &Place<'_>) -> Vec<NewFile> {
        let (files, owners) = match self {
            Self::GitHub => (GITHUB, ".github/CODEOWNERS"),
            Self::GitLab => (GITLAB, ".gitlab/CODEOWNERS"),
        };
        let mut new: Vec<NewFile> =
            files.iter().map(|(path, text)| NewFile::new(*path, filled(text, place))).collect();
        new.push(NewFile::new(owners, code_owners(place)));
        let hook = NewFile::new(".githooks/pre-commit", filled(HOOK, place));
        new.push(NewFile { is_program: true, ..hook });
        new
    }

    /// What is left to do by hand, a step a line.
    pub fn steps(self) -> &'static [&'static str] {
        match self {
            Self::GitHub => &[
                "put owners into .github/CODEOWNERS",
                "choose GitHub Actions as the source of Pages: Settings → Pages",
                "git config core.hooksPath .githooks   # checks before every commit, in every clone",
            ],
            Self::GitLab => &[
                "put owners into .gitlab/CODEOWNERS",
                "git config core.hooksPath .githooks   # checks before every commit, in every clone",
            ],
        }
    }
}

/// A file with the version of this program and the folder of the catalogue in it.
fn filled(text: &str, place: &Place<'_>) -> String {
    text.replace(
        "CERTALOG_VERSION: \"0.0.0\"",
        concat!("CERTALOG_VERSION: \"", env!("CARGO_PKG_VERSION"), "\""),
    )
    .replace("CATALOGUE: \".\"", &format!("CATALOGUE: \"{}\"", place.folder))
    .replace("catalogue=\".\"", &format!("catalogue=\"{}\"", place.folder))
}

/// Who is asked when records change: a line for every folder, for a person to fill in.
fn code_owners(place: &Place<'_>) -> String {
    let above = if place.folder == "." { String::new() } else { format!("{}/", place.folder) };
    let mut text = String::from(
        "# Who is asked for a review when these records change.\n\
         # certalog knows whose records they are and not who looks after them: write the account or the team behind a path, and\n\
         # take the `# ` before it away.\n",
    );
    for (name, paths) in &place.owners {
        // a name is anybody's text, and a line of its own in a file that grants rights
        let name: String =
            name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        writeln!(text, "\n# {name}").expect("writing to memory cannot fail");
        for path in paths {
            writeln!(text, "# /{above}{path} @").expect("writing to memory cannot fail");
        }
    }
    text
}
