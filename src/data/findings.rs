//! The catalogue's own findings as data: what the checks found, where, and how much each counts.
//!
//! In come the diagnostics of a build with their levels, out goes one file with all of them and with every rule there is.
//! A finding that a record accepts stays one, with the reason; none is left out.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Code, LevelReason, Severity};
use crate::pages::Context;
use crate::route::Route;

/// What the checks found.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "diagnostics")]
pub(super) struct Diagnostics<'c> {
    /// The site's root, for the addresses below.
    site: &'c str,
    /// Its page.
    address: String,
    /// The day for which validity was judged.
    as_of: String,
    /// How many findings there are of each level.
    counts: Counts,
    /// The findings, by file and place.
    findings: Vec<FindingFacts<'c>>,
    /// Every rule, whether anything was found or not.
    codes: Vec<CodeFacts>,
}

/// How many findings there are of each level.
#[derive(Serialize, JsonSchema)]
struct Counts {
    /// Errors. A published site has none.
    error: usize,
    /// Warnings.
    warning: usize,
    /// Those that a record accepts.
    waived: usize,
}

/// Something that the checks found.
#[derive(Serialize, JsonSchema)]
struct FindingFacts<'c> {
    /// The rule.
    code: &'static str,
    /// How much it counts.
    #[schemars(extend("enum" = ["error", "warning", "waived"]))]
    severity: &'static str,
    /// What was found, in English.
    message: &'c str,
    /// What may help, in English; `null` where there is no more to say.
    help: Option<&'c str>,
    /// The file in the catalogue.
    file: &'c str,
    /// The line in the file, from 1.
    line: u32,
    /// Why it is accepted; `null` where it is not.
    accepted: Option<&'c str>,
    /// Until when it is accepted; `null` where no end is stated, and where it is not accepted.
    accepted_until: Option<&'c str>,
}

/// A rule.
#[derive(Serialize, JsonSchema)]
struct CodeFacts {
    /// Its name.
    code: &'static str,
    /// What it is about.
    group: &'static str,
    /// How much its findings count where the catalogue says nothing.
    #[schemars(extend("enum" = ["error", "warning"]))]
    severity: &'static str,
    /// What is wrong, in English.
    summary: &'static str,
}

/// The findings of a build.
pub(super) fn of(context: &Context) -> Diagnostics<'_> {
    let of = |severity: Severity| context.leveled.iter().filter(|one| one.severity == severity).count();
    let findings = context.with_lines().map(|(leveled, line)| {
        let diagnostic = &leveled.diagnostic;
        let (accepted, until) = match &leveled.reason {
            LevelReason::Waived { reason, until } => (Some(reason.as_str()), until.as_deref()),
            _ => (None, None),
        };
        FindingFacts {
            code: diagnostic.code.name(),
            severity: leveled.severity.word(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            file: context.sources.path(diagnostic.place.file),
            line,
            accepted,
            accepted_until: until,
        }
    });
    let codes = Code::ALL.iter().map(|code| CodeFacts {
        code: code.name(),
        group: code.group().name(),
        severity: code.default_severity().word(),
        summary: code.summary(),
    });
    Diagnostics {
        site: context.base_url.as_str(),
        address: Route::Checks.folder(&context.catalogue),
        as_of: context.as_of.to_string(),
        counts: Counts {
            error: of(Severity::Error),
            warning: of(Severity::Warning),
            waived: of(Severity::Waived),
        },
        findings: findings.collect(),
        codes: codes.collect(),
    }
}
