//! Small catalogues in memory: in come texts with a line `=== path` before each file, out go the files as certalog takes them.
//!
//! The texts are those of the fixtures below `tests/`, so that what is found can be kept as one. No file is read here.

use std::collections::BTreeMap;

use certalog::sources::{Content, Source, Sources};

/// So many bytes of one input are looked at: a build of more takes longer and finds nothing else.
const MOST: usize = 64 << 10;

/// The files of a catalogue by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files(BTreeMap<String, String>);

impl Files {
    /// The same with another file, or with another text in it.
    pub(crate) fn with(mut self, path: &str, text: &str) -> Self {
        self.0.insert(path.to_owned(), text.to_owned());
        self
    }

    /// The same with these files; one without a text is taken away.
    pub(crate) fn changed(mut self, changes: &Self) -> Self {
        for (path, text) in &changes.0 {
            if text.is_empty() {
                self.0.remove(path);
            } else {
                self.0.insert(path.clone(), text.clone());
            }
        }
        self
    }

    /// As the stages take them.
    pub(crate) fn sources(&self) -> Sources {
        let files = self.0.iter();
        Sources::from_files(files.map(|(path, text)| {
            let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
            let is_text = matches!(ending, "md" | "toml") || path.starts_with("themes/");
            let content = if is_text {
                Content::Text(text.as_str().into())
            } else {
                Content::Bytes(text.as_bytes().into())
            };
            Source { path: path.clone(), content }
        }))
    }
}

/// The catalogue that `certalog init` writes.
pub(crate) fn starter() -> Files {
    let files = certalog::starter::FILES.iter().filter(|(path, _)| *path != "README.md");
    Files(files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

/// The files of a text with markers, as a disk could hold them.
pub(crate) fn listed(text: &str) -> Option<Files> {
    if text.len() > MOST {
        return None;
    }
    let start = if text.starts_with("=== ") { 0 } else { text.find("\n=== ")? + 1 };
    let mut files = Files::default();
    for file in text[start..].split("\n=== ") {
        let (path, text) = file.split_once('\n').unwrap_or((file, ""));
        let path = path.trim_start_matches("=== ");
        if is_path(path) {
            files
                .0
                .insert(path.to_owned(), if text.is_empty() { String::new() } else { format!("{text}\n") });
        }
    }
    Some(files)
}

/// The path and the text of the first file.
pub(crate) fn first_file(text: &str) -> Option<(&str, &str)> {
    let (path, text) = text.strip_prefix("=== ")?.split_once('\n')?;
    (is_path(path) && text.len() <= MOST).then_some((path, text))
}

/// Whether reading a folder could give this path.
fn is_path(path: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && !part.starts_with('.') && part.len() < 256;
    path.split('/').all(is_name) && !path.contains('\0')
}
