//! How strict the checks are: levels for the whole catalogue, and profiles for some of its records.
//!
//! In come the tables `[checks]` and `[[profile]]` of `site.toml`, out go levels by code and the records that they hold for.
//! Whether a pattern matches anything is not asked here.

use glob::Pattern;

use crate::diagnostic::{Code, Finding, Severity};
use crate::model::date::PartialDate;
use crate::model::shared::read_date;
use crate::near;
use crate::parse::definition::{Definition, Form, Rule, optional, required};
use crate::parse::fields::{Fields, Table};
use crate::text::{Span, Spanned};

/// The level that `site.toml` sets for a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported with this severity.
    At(Severity),
}

/// Levels for some of the records. A record is meant that fits every condition given.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Paths of files, of which one has to match; none stand for every file.
    pub paths: Vec<Spanned<Pattern>>,
    /// Certifications that were completed before this date.
    pub completed_before: Option<PartialDate>,
    /// Certifications that were completed on this date or later.
    pub completed_from: Option<PartialDate>,
    /// The levels.
    pub levels: Vec<(Code, Level)>,
}

/// What a profile may say.
pub(super) static PROFILE: Definition = Definition {
    what: "a profile",
    says: "Levels of diagnostics for some of the records: those that fit all that it says.",
    keys: &[
        optional(
            "paths",
            Form::TextOrTexts,
            "Patterns of paths below the catalogue, of which one has to match; `*` stays within one folder, `**` stands for any.",
        )
        .such_as("content/certifications/old-*/**"),
        optional("completed_before", Form::Date, "Certifications that were completed before this date.")
            .such_as("2015"),
        optional("completed_from", Form::Date, "Certifications that were completed on this date or later.")
            .such_as("2024-07"),
        required("checks", Form::Levels, "The levels: under the code of each, `off`, `warning` or `error`.")
            .such_as(r#"{ name-differs = "off" }"#),
    ],
    rules: &[Rule::AtLeastOne(&["paths", "completed_before", "completed_from"])],
};

impl Profile {
    /// Whether a record is meant: a file by its path, with the date on which its certification was completed if it is one of a
    /// certification that says so. A date counts as before another when it certainly is.
    pub fn is_for(&self, path: &str, completed: Option<PartialDate>) -> bool {
        let is_path = self.paths.is_empty() || self.paths.iter().any(|pattern| matches(&pattern.value, path));
        let is_before = self
            .completed_before
            .is_none_or(|limit| completed.is_some_and(|completed| completed.last_day() < limit.first_day()));
        let is_from = self.completed_from.is_none_or(|limit| {
            completed.is_some_and(|completed| completed.first_day() >= limit.first_day())
        });
        is_path && is_before && is_from
    }
}

/// Whether a pattern matches a path below the catalogue: `*` stays within one folder, `**` stands for any folders.
pub fn matches(pattern: &Pattern, path: &str) -> bool {
    let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::new() };
    pattern.matches_with(path, options)
}

/// The `[[profile]]` tables.
pub(super) fn read_profiles(fields: &mut Fields<'_, '_>) -> Vec<Profile> {
    let tables = fields.tables("profile").into_iter();
    let profiles = tables.filter_map(|table| {
        let mut profile = fields.inner(table, &PROFILE);
        let mut paths = Vec::new();
        for text in profile.text_or_texts("paths") {
            match Pattern::new(&text.value) {
                Ok(pattern) => paths.push(Spanned::new(pattern, text.span)),
                Err(error) => {
                    let message = format!("`{}` is no pattern of paths: {}", text.value, error.msg);
                    profile.report(Finding::new(Code::InvalidValue, text.span, message).help(
                        "write a path below the catalogue; `*` stays within one folder, `**` stands for any",
                    ));
                    return None;
                }
            }
        }
        let completed_before = read_date(&mut profile, "completed_before").map(|date| date.value);
        let completed_from = read_date(&mut profile, "completed_from").map(|date| date.value);
        if paths.is_empty() && completed_before.is_none() && completed_from.is_none() {
            let is_said = ["paths", "completed_before", "completed_from"]
                .iter()
                .any(|key| profile.key_span(key).is_some());
            if !is_said {
                let message = "a profile needs `paths`, `completed_before` or `completed_from`";
                profile.report(
                    Finding::new(Code::MissingKey, table.span, message)
                        .help("levels for the whole catalogue stand under `[checks]`"),
                );
            }
            return None;
        }
        let levels = profile.table("checks").map_or_else(Vec::new, |table| read_levels(&mut profile, table));
        Some(Profile { paths, completed_before, completed_from, levels })
    });
    profiles.collect()
}

/// Levels by code.
pub(super) fn read_levels(fields: &mut Fields<'_, '_>, table: Table<'_>) -> Vec<(Code, Level)> {
    // The keys are the names of diagnostics, so they are looked up here and not in a list of keys.
    let mut checks = fields.inner_unlisted(table);
    let entries = checks.entries();
    let mut levels = Vec::new();
    for (name, word) in entries {
        let code = match read_code(&name.value, name.span, "") {
            Ok(code) => code,
            Err(finding) => {
                checks.report(finding);
                continue;
            }
        };
        let level = match word.value.as_str() {
            "off" => Level::Off,
            "warning" => Level::At(Severity::Warning),
            "error" => Level::At(Severity::Error),
            other => {
                let message = format!("`{other}` is no level");
                checks.report(
                    Finding::new(Code::InvalidValue, word.span, message)
                        .help("a level is one of `off`, `warning`, `error`"),
                );
                continue;
            }
        };
        if !code.is_configurable() && level != Level::At(Severity::Error) {
            let message = format!("`{}` is always an error", code.name());
            checks.report(
                Finding::new(Code::FixedDiagnostic, name.span, message)
                    .help("what cannot be read or linked cannot be published; mend the records instead"),
            );
            continue;
        }
        levels.push((code, level));
    }
    levels
}

/// The diagnostic with this name; `quote` stands around names where they are texts.
pub fn read_code(name: &str, span: Span, quote: &str) -> Result<Code, Finding> {
    Code::from_name(name).ok_or_else(|| {
        let message = format!("no diagnostic is called `{name}`");
        let finding =
            Finding::new(Code::UnknownDiagnostic, span, message).help("`certalog explain` lists them all");
        match near::nearest(name, Code::ALL.iter().map(|code| code.name())) {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).replace_with(format!("{quote}{near}{quote}"))
            }
            None => finding,
        }
    })
}
