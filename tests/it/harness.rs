//! Small catalogues for tests: in comes one text with file markers or a folder, out goes what certalog makes of it.
//!
//! A text may start with `as-of: 2024-06-30`; a line `=== path` starts each file. Everything but `from_disk` stays in memory.
//! No test calls a single stage: a fixture goes through `build`, like a catalogue.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use certalog::build::{Build, BuildOptions, build};
use certalog::diagnostic::{Code, Diagnostic, Severity};
use certalog::model::date::Day;
use certalog::report::human::{self, Paint};
use certalog::report::{Report, short};
use certalog::site::Site;
use certalog::site_path::SitePath;
use certalog::sources::{Content, Limits, Source, Sources};
use certalog::starter;
use snapbox::{Assert, Data};

use crate::page::Page;

/// The day on which fixtures without a day of their own are judged.
pub(crate) const DAY: Day = Day::constant(2026, 1, 1);

/// A catalogue in memory.
#[derive(Clone, Debug)]
pub(crate) struct Fixture {
    pub(crate) as_of: Day,
    base_url: Option<String>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Fixture {
    /// A catalogue from one text with file markers.
    #[track_caller]
    pub(crate) fn new(text: &str) -> Self {
        let mut fixture = Self { as_of: DAY, base_url: None, files: BTreeMap::new() };
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let text = match first.strip_prefix("as-of: ") {
            Some(day) => {
                fixture.as_of = day.trim().parse().unwrap();
                rest
            }
            None => text,
        };
        for file in format!("\n{text}").split("\n=== ").skip(1) {
            let (path, text) = file.split_once('\n').unwrap_or((file, ""));
            // A file ends with a line end, as editors write it; the marker's own line has taken it away.
            let text =
                if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
            let twice = fixture.files.insert(path.trim_end().to_owned(), text.into_bytes());
            assert_eq!(twice, None, "{path} is given twice");
        }
        assert!(!fixture.files.is_empty(), "no line starts with `=== `");
        fixture
    }

    /// The catalogue that `certalog init` writes.
    pub(crate) fn starter() -> Self {
        let files = starter::FILES.iter().filter(|(path, _)| *path != "README.md");
        let files = files.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        Self { as_of: DAY, base_url: None, files }
    }

    /// A catalogue from a folder, read as the program reads it.
    pub(crate) fn from_disk(root: &Path) -> Self {
        let (sources, found) = Sources::read(root, &Limits::default()).unwrap();
        assert_eq!(found, [], "{}", root.display());
        let files = sources.iter().map(|(file, source)| (source.path.clone(), sources.bytes(file).to_vec()));
        Self { as_of: DAY, base_url: None, files: files.collect() }
    }

    /// The catalogue of this repository.
    pub(crate) fn of_this_repository() -> Self {
        Self::from_disk(repository())
    }

    /// Adds a file or puts another in its place.
    pub(crate) fn with(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.to_owned(), content.as_ref().to_vec());
        self
    }

    /// Leaves out every file below a folder.
    pub(crate) fn without(mut self, folder: &str) -> Self {
        self.files.retain(|path, _| !path.starts_with(folder));
        self
    }

    /// Replaces the only place where `from` stands in a file.
    #[track_caller]
    pub(crate) fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let text = String::from_utf8(self.files[path].clone()).unwrap();
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}");
        self.with(path, text.replace(from, to))
    }

    /// The same catalogue, published at another address.
    pub(crate) fn at(mut self, base_url: &str) -> Self {
        self.base_url = Some(base_url.to_owned());
        self
    }

    /// The files with their texts.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
    }

    /// The files with their bytes.
    pub(crate) fn contents(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The files as certalog takes them.
    pub(crate) fn sources(&self) -> Sources {
        Sources::from_files(self.files.iter().map(|(path, bytes)| source(path, bytes)))
    }

    /// Everything that a build gives.
    pub(crate) fn build(&self) -> Built {
        self.build_of(self.sources(), Vec::new())
    }

    /// The same for files that were read elsewhere.
    pub(crate) fn build_of(&self, sources: Sources, found: Vec<Diagnostic>) -> Built {
        let options = BuildOptions { as_of: self.as_of, base_url: self.base_url.clone(), language: None };
        let build = build(&sources, found, &options).finish();
        Built { sources, build }
    }
}

/// A file as reading the disk would give it: texts by their ending, everything else as bytes.
pub(crate) fn source(path: &str, bytes: &[u8]) -> Source {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_text = if path.starts_with("themes/") {
        ["md", "toml", "html", "css", "js", "svg", "json", "txt"].contains(&ending)
    } else {
        ["md", "toml", "svg"].contains(&ending)
    };
    let content = match std::str::from_utf8(bytes) {
        Ok(text) if is_text => Content::Text(text.into()),
        _ => Content::Bytes(bytes.into()),
    };
    Source { path: path.to_owned(), content }
}

/// A catalogue and what came of it.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) sources: Sources,
    pub(crate) build: Build,
}

impl Built {
    /// The site of a catalogue that must have no errors.
    #[track_caller]
    pub(crate) fn site(&self) -> &Site {
        let has_error = self.build.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
        assert!(!has_error && !self.build.site.is_empty(), "{}", self.report());
        &self.build.site
    }

    /// A file of the site as text.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.site().get(&SitePath::new(path).unwrap());
        std::str::from_utf8(bytes.unwrap_or_else(|| panic!("the site has no {path}"))).unwrap()
    }

    /// A page of the site.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> Page {
        Page::parse(path, self.text(path))
    }

    /// Every page of the site.
    #[track_caller]
    pub(crate) fn pages(&self) -> Vec<Page> {
        self.pages_as_text().map(|(path, text)| Page::parse(path, text)).collect()
    }

    /// Every page of the site, as it is sent.
    #[track_caller]
    pub(crate) fn pages_as_text(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.site().iter().map(|(path, bytes)| (path.as_str(), bytes));
        let pages =
            files.filter(|(path, _)| Path::new(path).extension().is_some_and(|ending| ending == "html"));
        pages.map(|(path, bytes)| (path, std::str::from_utf8(bytes).unwrap()))
    }

    /// The codes that were raised, each once, in the order of the table.
    pub(crate) fn codes(&self) -> Vec<&'static str> {
        let raised =
            |code: &Code| self.build.diagnostics.iter().any(|finding| finding.diagnostic.code == *code);
        Code::ALL.iter().copied().filter(raised).map(Code::name).collect()
    }

    /// The report for people, without colours.
    pub(crate) fn report(&self) -> String {
        human::render(&Report { sources: &self.sources, findings: &self.build.diagnostics }, Paint::Plain)
    }

    /// The report with one line for each finding.
    pub(crate) fn short_report(&self) -> String {
        short::render(&Report { sources: &self.sources, findings: &self.build.diagnostics })
    }
}

/// Compares the report of a catalogue, one line for each finding.
#[track_caller]
pub(crate) fn check_report(catalogue: &str, expected: impl snapbox::IntoData) {
    snapbox::assert_data_eq!(Fixture::new(catalogue).build().short_report(), expected.raw());
}

/// Compares what stands in the `main` element of one page.
#[track_caller]
pub(crate) fn check_page(catalogue: &str, path: &str, expected: impl snapbox::IntoData) {
    let built = Fixture::new(catalogue).build();
    let text = built.text(path);
    let start = text.find("<main").unwrap();
    let end = text.find("</main>").unwrap() + "</main>\n".len();
    // Templates leave empty lines where they have nothing to place.
    let lines: Vec<_> = text[start..end].lines().filter(|line| !line.trim().is_empty()).collect();
    snapbox::assert_data_eq!(lines.join("\n") + "\n", expected.raw());
}

/// Compares a text with a file beside its fixture; `SNAPSHOTS=overwrite` writes the file.
pub(crate) fn compare_with_file(actual: String, expected: &Path) -> Result<(), String> {
    let assert = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let expected = Data::read_from(expected, Some(snapbox::data::DataFormat::Text)).raw();
    assert.try_eq(None, actual.into(), expected).map_err(|error| error.to_string())
}

/// A text as a TOML string: JSON escapes the same characters in the same way.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Whether a path is that of a table for spreadsheets.
pub(crate) fn is_csv(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "csv")
}

/// The folder of this repository.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder of this repository, in the order of their names.
pub(crate) fn files_below(folder: &str) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(repository().join(folder)).sort_by_file_name().into_iter();
    files
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}
