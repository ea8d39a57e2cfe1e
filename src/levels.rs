//! How much every finding counts: by the table of codes, by `site.toml`, and by what the records themselves accept.
//!
//! In come findings and the linked catalogue, out goes the sorted list in which each has its level and the reason for it.
//! Nothing that a record accepts is left out: it is listed as waived, and a waiver without effect is a finding itself.

mod waived;

use std::collections::HashMap;

use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic, LevelReason, Leveled, Severity};
use crate::model::config::{Config, Level, matches};
use crate::model::date::{Day, PartialDate};
use crate::model::waiver::Waiver;
use crate::sources::Sources;
use crate::text::{FileId, Place};
use waived::{Index, waivers};

/// Gives every diagnostic its level, drops those that are off, and puts them in order.
pub fn level(
    mut diagnostics: Vec<Diagnostic>,
    catalogue: &Catalogue,
    sources: &Sources,
    as_of: Day,
) -> Vec<Leveled> {
    let levels = Levels::of(catalogue, sources);
    diagnostics.extend(unmatched(&catalogue.config, sources));
    diagnostics.sort();
    diagnostics.dedup();
    let mut waivers = waivers(catalogue, sources);
    let index = Index::of(&waivers, as_of);
    let mut leveled: Vec<Leveled> = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let Some((severity, reason)) = levels.of_finding(&diagnostic) else { continue };
        leveled.push(match index.find(&diagnostic) {
            Some(at) => {
                let accepted = &mut waivers[at];
                accepted.is_used = true;
                let Waiver { reason, until, .. } = accepted.waiver;
                let until = until.as_ref().map(|until| until.value.to_string());
                let reason = LevelReason::Waived { reason: reason.clone(), until };
                Leveled { diagnostic, severity: Severity::Waived, reason }
            }
            None => Leveled { diagnostic, severity, reason },
        });
    }
    let of_waivers = waivers.iter().filter_map(|accepted| accepted.fault(as_of));
    leveled.extend(of_waivers.filter_map(|diagnostic| {
        let (severity, reason) = levels.of_finding(&diagnostic)?;
        Some(Leveled { diagnostic, severity, reason })
    }));
    leveled.sort_by(|a, b| a.diagnostic.cmp(&b.diagnostic));
    leveled
}

/// The levels of `site.toml`, for every file.
struct Levels<'a> {
    config: &'a Config,
    sources: &'a Sources,
    /// When the certification was completed that a file belongs to.
    completed: HashMap<FileId, PartialDate>,
}

impl<'a> Levels<'a> {
    fn of(catalogue: &'a Catalogue, sources: &'a Sources) -> Self {
        let mut completed = HashMap::new();
        for certification in &catalogue.certifications {
            let Some(date) = &certification.record.completed else { continue };
            let mapping = certification.mapping.iter().flat_map(|mapping| &mapping.files).copied();
            completed
                .extend(std::iter::once(certification.file).chain(mapping).map(|file| (file, date.value)));
        }
        Self { config: &catalogue.config, sources, completed }
    }

    /// What counts is said last: a later profile before an earlier one, a profile before `[checks]`, that before the table.
    fn of_finding(&self, diagnostic: &Diagnostic) -> Option<(Severity, LevelReason)> {
        let file = diagnostic.place.file;
        let of = |levels: &[(Code, Level)]| {
            levels.iter().rev().find(|(code, _)| *code == diagnostic.code).map(|(_, level)| *level)
        };
        let profile = self.config.profiles.iter().rev().find_map(|profile| {
            let level = of(&profile.levels)?;
            let completed = self.completed.get(&file).copied();
            profile.is_for(self.sources.path(file), completed).then_some((level, LevelReason::Profile))
        });
        let configured = profile.or_else(|| Some((of(&self.config.levels)?, LevelReason::Configured)));
        match configured {
            Some((Level::Off, _)) => None,
            Some((Level::At(severity), reason)) => Some((severity, reason)),
            None => Some((diagnostic.code.default_severity(), LevelReason::Default)),
        }
    }
}

/// Patterns of profiles that match no file, which is mostly a folder that was renamed.
fn unmatched<'a>(config: &'a Config, sources: &'a Sources) -> impl Iterator<Item = Diagnostic> {
    let patterns = config.profiles.iter().flat_map(|profile| &profile.paths);
    let without =
        patterns.filter(|pattern| !sources.iter().any(|(_, source)| matches(&pattern.value, &source.path)));
    without.filter_map(|pattern| {
        let message = format!("`{}` matches no file of the catalogue", pattern.value.as_str());
        let help = "write paths as they stand below the catalogue's folder, such as `content/certifications/old-*/**`";
        Some(Diagnostic::new(Code::UnmatchedPattern, Place::new(config.file?, pattern.span), message).help(help))
    })
}
