//! What records accept: every waiver with the files and the parts of files that it holds for.
//!
//! In come the records with their waivers, out go the waivers in order and a look-up by code and place.
//! Both waivers and findings may be as many as a file has room for, so neither is gone through for each of the other.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::catalogue::{Catalogue, Certification};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::Day;
use crate::model::waiver::Waiver;
use crate::sources::Sources;
use crate::text::{FileId, Place};

/// A waiver with the files it holds for.
pub(super) struct Accepted<'a> {
    pub(super) waiver: &'a Waiver,
    /// The file that it stands in.
    file: FileId,
    files: Vec<FileId>,
    /// The parts of files that are about its element, where it names one.
    parts: Option<Vec<(FileId, Range<u32>)>>,
    pub(super) is_used: bool,
}

impl Accepted<'_> {
    fn is_lapsed(&self, as_of: Day) -> bool {
        self.waiver.until.as_ref().is_some_and(|until| until.value.last_day() < as_of)
    }

    /// What is wrong with the waiver itself.
    pub(super) fn fault(&self, as_of: Day) -> Option<Diagnostic> {
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

/// Which waiver holds for a finding, by what it is and where it stands.
pub(super) struct Index(HashMap<(Code, FileId), Held>);

/// The waivers of one code in one file, by their places in the list; the first one counts.
#[derive(Default)]
struct Held {
    whole: Option<usize>,
    /// The parts of the file by their first byte, each with its end.
    parts: BTreeMap<u32, (u32, usize)>,
}

impl Index {
    /// The waivers that have not lapsed.
    pub(super) fn of(waivers: &[Accepted<'_>], as_of: Day) -> Self {
        let mut index: HashMap<(Code, FileId), Held> = HashMap::new();
        for (at, accepted) in waivers.iter().enumerate().filter(|(_, accepted)| !accepted.is_lapsed(as_of)) {
            let code = accepted.waiver.code.value;
            match &accepted.parts {
                None => {
                    for file in &accepted.files {
                        index.entry((code, *file)).or_default().whole.get_or_insert(at);
                    }
                }
                Some(parts) => {
                    for (file, part) in parts {
                        let held = index.entry((code, *file)).or_default();
                        held.parts.entry(part.start).or_insert((part.end, at));
                    }
                }
            }
        }
        Self(index)
    }

    /// The place in the list of the waiver that holds for a finding.
    pub(super) fn find(&self, diagnostic: &Diagnostic) -> Option<usize> {
        let Place { file, span } = diagnostic.place;
        let held = self.0.get(&(diagnostic.code, file))?;
        let part = held.parts.range(..=span.start).next_back().filter(|(_, (end, _))| span.start < *end);
        let of_part = part.map(|(_, (_, at))| *at);
        held.whole.into_iter().chain(of_part).min()
    }
}

/// Every waiver. One of a certification holds for its mapping, too; one of a mapping's file for that file.
pub(super) fn waivers<'a>(catalogue: &'a Catalogue, sources: &Sources) -> Vec<Accepted<'a>> {
    let mut all = Vec::new();
    let whole =
        |waiver: &'a Waiver, file| Accepted { waiver, file, files: vec![file], parts: None, is_used: false };
    for framework in &catalogue.frameworks {
        all.extend(framework.record.waivers.iter().map(|waiver| whole(waiver, framework.file)));
    }
    let mut of_elements: HashMap<FileId, Parts<'_>> = HashMap::new();
    for element in catalogue.elements.iter().filter(|element| !element.record.waivers.is_empty()) {
        // An element with a file of its own has no part of it.
        let is_listed = element.record.key.span.end > 0;
        let parts = is_listed.then(|| {
            let of_file = of_elements
                .entry(element.file)
                .or_insert_with(|| Parts::of(sources.text(element.file), &keys(catalogue, element.file)));
            of_file.about(element.file, &element.record.key.value)
        });
        let waivers = element.record.waivers.iter();
        all.extend(waivers.map(|waiver| Accepted { parts: parts.clone(), ..whole(waiver, element.file) }));
    }
    for organization in &catalogue.organizations {
        all.extend(organization.record.waivers.iter().map(|waiver| whole(waiver, organization.file)));
    }
    for certification in &catalogue.certifications {
        of_certification(certification, sources, &mut all);
    }
    all
}

/// The keys of the elements that a file lists.
fn keys(catalogue: &Catalogue, file: FileId) -> Vec<(u32, &str)> {
    let listed = catalogue.elements.iter().filter(|element| element.file == file);
    listed.map(|element| (element.record.key.span.start, element.record.key.value.as_str())).collect()
}

fn of_certification<'a>(certification: &'a Certification, sources: &Sources, all: &mut Vec<Accepted<'a>>) {
    let own = certification.record.waivers.iter().map(|waiver| (certification.file, waiver));
    let mapping = certification.mapping.as_ref();
    let of_mapping =
        mapping.iter().flat_map(|mapping| &mapping.waivers).map(|(file, waiver)| (*file, waiver));
    let waivers: Vec<_> = own.chain(of_mapping).collect();
    if waivers.is_empty() {
        return;
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
    let parts: BTreeMap<FileId, Parts<'_>> =
        ids.iter().map(|(file, ids)| (*file, Parts::of(sources.text(*file), ids))).collect();
    for (file, waiver) in waivers {
        let mut files = vec![file];
        if file == certification.file {
            files.extend(mapping.iter().flat_map(|mapping| &mapping.files).copied());
        }
        let parts = waiver.element.as_ref().map(|element| {
            let of_files =
                files.iter().filter_map(|file| Some(parts.get(file)?.about(*file, &element.value)));
            of_files.flatten().collect()
        });
        all.push(Accepted { waiver, file, files, parts, is_used: false });
    }
}

/// The parts of a file that are about elements: each from the header of the table that names one to that of the next.
struct Parts<'i>(HashMap<&'i str, Vec<Range<u32>>>);

impl<'i> Parts<'i> {
    fn of(text: &str, ids: &[(u32, &'i str)]) -> Self {
        let headers: Vec<u32> = text.match_indices("\n[[").map(|(at, _)| at as u32).collect();
        let start = |offset: u32| {
            let before = headers.partition_point(|header| *header < offset);
            before.checked_sub(1).map_or(0, |last| headers[last])
        };
        let mut starts: Vec<u32> = ids.iter().map(|(offset, _)| start(*offset)).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut parts: HashMap<&str, Vec<Range<u32>>> = HashMap::new();
        for (offset, id) in ids {
            let start = start(*offset);
            let next = starts.partition_point(|other| *other <= start);
            let end = starts.get(next).copied().unwrap_or(text.len() as u32 + 1);
            let of_id = parts.entry(id).or_default();
            if of_id.last() != Some(&(start..end)) {
                of_id.push(start..end);
            }
        }
        Self(parts)
    }

    fn about(&self, file: FileId, id: &str) -> Vec<(FileId, Range<u32>)> {
        let parts = self.0.get(id).map_or(&[][..], Vec::as_slice);
        parts.iter().map(|part| (file, part.clone())).collect()
    }
}
