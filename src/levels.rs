//! How much every finding counts: by the table of codes, by `site.toml`, and by what the records themselves accept.
//!
//! In come findings and the linked catalogue, out goes the sorted list in which each has its level and the reason for it.
//! Nothing that a record accepts is left out: it is listed as waived, and a waiver without effect is a finding itself.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::catalogue::{Catalogue, Element};
use crate::diagnostic::{Code, Diagnostic, LevelReason, Leveled, Severity};
use crate::model::config::{Config, Level, matches};
use crate::model::date::{Day, PartialDate};
use crate::model::waiver::Waiver;
use crate::sources::Sources;
use crate::text::{FileId, Place};

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
    let mut leveled: Vec<Leveled> = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let Some((severity, reason)) = levels.of_finding(&diagnostic) else { continue };
        let accepted = waivers.iter_mut().find(|accepted| accepted.covers(&diagnostic, as_of));
        leveled.push(match accepted {
            Some(accepted) => {
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

/// A waiver with the files it holds for.
struct Accepted<'a> {
    waiver: &'a Waiver,
    /// The file that it stands in.
    file: FileId,
    files: Vec<FileId>,
    /// The parts of files that are about its element, where it names one.
    parts: Option<Vec<(FileId, Range<u32>)>>,
    is_used: bool,
}

impl Accepted<'_> {
    fn is_lapsed(&self, as_of: Day) -> bool {
        self.waiver.until.as_ref().is_some_and(|until| until.value.last_day() < as_of)
    }

    fn covers(&self, diagnostic: &Diagnostic, as_of: Day) -> bool {
        let Place { file, span } = diagnostic.place;
        self.waiver.code.value == diagnostic.code
            && self.files.contains(&file)
            && !self.is_lapsed(as_of)
            && self
                .parts
                .as_ref()
                .is_none_or(|parts| parts.iter().any(|(of, part)| *of == file && part.contains(&span.start)))
    }

    /// What is wrong with the waiver itself.
    fn fault(&self, as_of: Day) -> Option<Diagnostic> {
        let Waiver { code, until, element, .. } = self.waiver;
        let name = code.value.name();
        match until {
            Some(until) if self.is_lapsed(as_of) => {
                let message = format!("`{name}` was accepted until {}", until.value.words());
                let place = Place::new(self.file, until.span);
                let help = "mend what it accepted, or look at its reason again and give it another end";
                Some(Diagnostic::new(Code::LapsedWaiver, place, message).help(help))
            }
            _ if !self.is_used => {
                let of = element.as_ref().map_or(String::new(), |element| format!(" of `{}`", element.value));
                let message = format!("the record accepts `{name}`{of}, and there is no such finding");
                let place = Place::new(self.file, code.span);
                Some(Diagnostic::new(Code::UnusedWaiver, place, message).help("remove the waiver"))
            }
            _ => None,
        }
    }
}

/// Every waiver. One of a certification holds for its mapping, too; one of a mapping's file for that file.
fn waivers<'a>(catalogue: &'a Catalogue, sources: &Sources) -> Vec<Accepted<'a>> {
    let mut all = Vec::new();
    let whole =
        |waiver: &'a Waiver, file| Accepted { waiver, file, files: vec![file], parts: None, is_used: false };
    for framework in &catalogue.frameworks {
        all.extend(framework.record.waivers.iter().map(|waiver| whole(waiver, framework.file)));
    }
    for element in &catalogue.elements {
        let part = (!element.record.waivers.is_empty()).then(|| part_of(catalogue, sources, element));
        all.extend(
            element
                .record
                .waivers
                .iter()
                .map(|waiver| Accepted { parts: part.clone().flatten(), ..whole(waiver, element.file) }),
        );
    }
    for organization in &catalogue.organizations {
        all.extend(organization.record.waivers.iter().map(|waiver| whole(waiver, organization.file)));
    }
    for certification in &catalogue.certifications {
        let own = certification.record.waivers.iter().map(|waiver| (certification.file, waiver));
        let mapping = certification.mapping.as_ref();
        let of_mapping =
            mapping.iter().flat_map(|mapping| &mapping.waivers).map(|(file, waiver)| (*file, waiver));
        let waivers: Vec<_> = own.chain(of_mapping).collect();
        if waivers.is_empty() {
            continue;
        }
        let mut ids: BTreeMap<FileId, Vec<(u32, &str)>> = BTreeMap::new();
        let results = certification.record.results.iter();
        ids.entry(certification.file)
            .or_default()
            .extend(results.map(|result| (result.element.span.start, &*result.element.value)));
        for mapped in mapping.iter().flat_map(|mapping| &mapping.elements) {
            let id = &mapped.record.element;
            ids.entry(mapped.file).or_default().push((id.span.start, &*id.value));
        }
        for (file, waiver) in waivers {
            let mut files = vec![file];
            if file == certification.file {
                files.extend(mapping.iter().flat_map(|mapping| &mapping.files).copied());
            }
            let parts = waiver.element.as_ref().map(|element| {
                let of_file = |file: &FileId| {
                    let ids = ids.get(file).map_or(&[][..], Vec::as_slice);
                    parts(sources.text(*file), ids, &element.value)
                        .into_iter()
                        .map(|part| (*file, part))
                        .collect()
                };
                files.iter().flat_map(|file| -> Vec<_> { of_file(file) }).collect()
            });
            all.push(Accepted { waiver, file, files, parts, is_used: false });
        }
    }
    all
}

/// The part of an element in a file that lists many; nothing where it has a file of its own.
fn part_of(catalogue: &Catalogue, sources: &Sources, element: &Element) -> Option<Vec<(FileId, Range<u32>)>> {
    if element.record.key.span.end == 0 {
        return None;
    }
    let others = catalogue.elements.iter().filter(|other| other.file == element.file);
    let keys: Vec<_> =
        others.map(|other| (other.record.key.span.start, other.record.key.value.as_str())).collect();
    let parts = parts(sources.text(element.file), &keys, &element.record.key.value);
    Some(parts.into_iter().map(|part| (element.file, part)).collect())
}

/// The parts of a file that are about an element: from the header of the table that names it to that of the next.
fn parts(text: &str, ids: &[(u32, &str)], element: &str) -> Vec<Range<u32>> {
    let start =
        |offset: u32| text.get(..offset as usize).and_then(|text| text.rfind("\n[[")).unwrap_or(0) as u32;
    let mut starts: Vec<(u32, bool)> =
        ids.iter().map(|(offset, id)| (start(*offset), *id == element)).collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len() as u32 + 1]);
    let parts = starts.iter().zip(ends).filter(|((_, is_meant), _)| *is_meant);
    parts.map(|((start, _), end)| *start..end).collect()
}
