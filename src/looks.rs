//! What a site looks like and how it speaks: its theme and its words, loaded once for as long as none of their files changes.
//!
//! In come the configuration and the sources, out go the theme and the words with findings about their files.
//! What is remembered is what a fresh loading would give; a loading with findings is not remembered, since findings point into files.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::model::config::Config;
use crate::sources::{Content, Sources};
use crate::text::FileId;
use crate::theme::{self, Theme};
use crate::words::Words;

/// A theme and words.
#[derive(Clone, Debug)]
pub struct Looks {
    /// The theme; `None` when it cannot be used, which is reported.
    pub theme: Option<Arc<Theme>>,
    /// The words of the interface.
    pub words: Arc<Words>,
}

/// The last looks that had no findings, with what they were loaded from.
#[derive(Clone, Debug, Default)]
pub struct Memory(Option<(Origin, Looks)>);

/// All that looks depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Origin {
    theme: String,
    language: String,
    /// The files of the theme in the catalogue, with their numbers, which mistakes of templates name.
    files: Vec<(FileId, String, Content)>,
}

impl Origin {
    fn of(config: &Config, sources: &Sources) -> Self {
        let theme = config.theme.value.clone();
        let own = theme::own_files(&theme, sources).into_iter();
        let files = own.map(|(path, file)| (file, path.to_owned(), sources.content(file).clone())).collect();
        Self { theme, language: config.language.value.clone(), files }
    }
}

impl Memory {
    /// The looks of a catalogue.
    pub fn load(&mut self, config: &Config, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Looks {
        let origin = Origin::of(config, sources);
        if let Some((_, looks)) = self.0.as_ref().filter(|(known, _)| *known == origin) {
            return looks.clone();
        }
        let mut found = Vec::new();
        let theme = Theme::load(&config.theme, config.file, sources, &mut found);
        let words = Words::load(&config.language, &config.theme.value, config.file, sources, &mut found);
        let looks = Looks { theme: theme.map(Arc::new), words: Arc::new(words) };
        self.0 = found.is_empty().then(|| (origin, looks.clone()));
        diagnostics.append(&mut found);
        looks
    }
}
