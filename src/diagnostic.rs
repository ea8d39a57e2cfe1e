//! What is wrong in a catalogue, as data: a code, a place, the reader's words and a repair.
//!
//! In come findings of every stage, out goes one sorted list that reports, pages and exit codes share.
//! Nothing here prints, and no stage stops because of a diagnostic: errors are counted at the end.

pub mod code;

use crate::text::{FileId, Place, Span};
pub use code::Code;

/// How much a finding matters. Errors stop a build, warnings do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Published with a remark.
    Warning,
    /// The site would be ambiguous or wrong: nothing is published.
    Error,
}

impl Severity {
    /// The word used in reports and in `site.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A second place that explains the first ("first given here").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands there, in a few words.
    pub text: String,
}

/// How sure a repair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// The same fact in the form that the record format asks for: `check --fix` applies it.
    SameFact,
    /// What the reader probably meant: a person decides.
    Guess,
}

/// A repair that can be applied as an edit: the bytes of `span` become `replacement`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// Whether it can change what the record says.
    pub certainty: Certainty,
    /// What to replace, in the diagnostic's own file.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// A finding within one file, before the file has its number: what the parsers return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of mistake.
    pub code: Code,
    /// The bytes to mark.
    pub span: Span,
    /// What is wrong: lower case, no final full stop, names in backticks.
    pub message: String,
    /// Other places in the same file, with a few words each.
    pub labels: Vec<(Span, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// The repair as an edit, where there is exactly one.
    pub fix: Option<Box<Fix>>,
}

impl Finding {
    /// A finding with its code, place and message.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), labels: Vec::new(), help: None, fix: None }
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what the marked bytes were probably meant to be.
    pub fn replace_with(mut self, replacement: impl Into<String>) -> Self {
        let certainty = Certainty::Guess;
        self.fix = Some(Box::new(Fix { certainty, span: self.span, replacement: replacement.into() }));
        self
    }

    /// Adds the form in which the marked bytes say the same and are read.
    pub fn rewrite_as(mut self, replacement: impl Into<String>) -> Self {
        let certainty = Certainty::SameFact;
        self.fix = Some(Box::new(Fix { certainty, span: self.span, replacement: replacement.into() }));
        self
    }

    /// The same finding about a text that starts so many bytes further on.
    pub fn shifted(mut self, offset: usize) -> Self {
        self.span = self.span.shifted(offset);
        for (span, _) in &mut self.labels {
            *span = span.shifted(offset);
        }
        if let Some(fix) = &mut self.fix {
            fix.span = fix.span.shifted(offset);
        }
        self
    }

    /// Adds another place in the same file.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    /// The finding as a diagnostic of the given file.
    pub fn in_file(self, file: FileId) -> Diagnostic {
        let labels = self.labels.into_iter();
        Diagnostic {
            place: Place::new(file, self.span),
            code: self.code,
            message: self.message,
            labels: labels.map(|(span, text)| Label { place: Place::new(file, span), text }).collect(),
            help: self.help,
            fix: self.fix,
        }
    }
}

/// One finding about the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where it is; the order of a report is path, offset, code.
    pub place: Place,
    /// What kind of mistake.
    pub code: Code,
    /// What is wrong, in the reader's words.
    pub message: String,
    /// Other places that explain it, in any file.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// The repair as an edit, where there is exactly one.
    pub fix: Option<Box<Fix>>,
}

impl Diagnostic {
    /// A diagnostic with its code, place and message.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { place, code, message: message.into(), labels: Vec::new(), help: None, fix: None }
    }

    /// Adds another place, with a few words about it.
    pub fn label(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what the marked bytes were probably meant to be.
    pub fn replace_with(mut self, replacement: impl Into<String>) -> Self {
        let certainty = Certainty::Guess;
        self.fix = Some(Box::new(Fix { certainty, span: self.place.span, replacement: replacement.into() }));
        self
    }

    /// Adds the form in which the marked bytes say the same and are read.
    pub fn rewrite_as(mut self, replacement: impl Into<String>) -> Self {
        let certainty = Certainty::SameFact;
        self.fix = Some(Box::new(Fix { certainty, span: self.place.span, replacement: replacement.into() }));
        self
    }
}

/// Why a diagnostic has the severity it has; reports print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelReason {
    /// The table of codes says so.
    Default,
    /// `site.toml` says so.
    Configured,
}

/// A diagnostic with its level: what reports show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leveled {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// Error or warning.
    pub severity: Severity,
    /// Why.
    pub reason: LevelReason,
}
