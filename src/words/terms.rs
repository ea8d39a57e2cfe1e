//! How the words of the record format are called on pages.
//!
//! In comes a value that a record may take, such as an outcome, out goes the key of its words.
//! Messages to contributors name values as records write them; these words are for readers alone.

use super::Words;
use crate::model::certification::{Assurance, Outcome, Role};
use crate::model::crosswalk::Relation;
use crate::model::element::{Basis, ChangeKind};
use crate::model::mapping::{Mode, Part, Support};

/// A value with words of its own.
pub trait Term {
    /// The key of its words.
    fn term_key(self) -> &'static str;
}

impl Words {
    /// The words for a value.
    pub fn of(&self, term: impl Term) -> &str {
        self.get(term.term_key())
    }
}

impl Term for Outcome {
    fn term_key(self) -> &'static str {
        match self {
            Self::NotSubmitted => "outcome.not_submitted",
            Self::NotAssessed => "outcome.not_assessed",
            Self::NotApplicable => "outcome.not_applicable",
            Self::OutOfScope => "outcome.out_of_scope",
        }
    }
}

impl Term for Assurance {
    fn term_key(self) -> &'static str {
        match self {
            Self::SelfAssessed => "assurance.self_assessed",
            Self::Reviewed => "assurance.reviewed",
            Self::Independent => "assurance.independent",
        }
    }
}

impl Term for Role {
    fn term_key(self) -> &'static str {
        match self {
            Self::Report => "document.report",
            Self::Mapping => "document.mapping",
            Self::Evidence => "document.evidence",
            Self::Figure => "document.figure",
            Self::Other => "document.document",
        }
    }
}

/// Between two elements, from the side of the first.
impl Term for Relation {
    fn term_key(self) -> &'static str {
        match self {
            Self::Equal => "relation.equal",
            Self::Subset => "relation.subset",
            Self::Superset => "relation.superset",
            Self::Intersects => "relation.intersects",
        }
    }
}

impl Term for ChangeKind {
    fn term_key(self) -> &'static str {
        match self {
            Self::Addition => "entry.addition",
            Self::Modification => "entry.modification",
            Self::Rename => "entry.rename",
            Self::Renumbering => "entry.renumbering",
            Self::Move => "entry.move",
            Self::Split => "entry.split",
            Self::Merge => "entry.merge",
            Self::Withdrawal => "entry.withdrawal",
            Self::Correction => "entry.correction",
            Self::Untraced => "entry.untraced",
            Self::Other => "entry.unlisted",
        }
    }
}

/// How something is known.
impl Term for Option<Basis> {
    fn term_key(self) -> &'static str {
        match self {
            Some(Basis::Official) => "basis.official",
            Some(Basis::Editor) => "basis.editor",
            Some(Basis::Inferred) => "basis.inferred",
            None => "basis.none",
        }
    }
}

impl Term for Support {
    fn term_key(self) -> &'static str {
        match self {
            Self::Full => "support.full",
            Self::Partial => "support.partial",
            Self::None => "support.none",
            Self::NotApplicable => "support.not_applicable",
            Self::Elsewhere => "support.elsewhere",
            Self::CoveredBelow => "support.covered_below",
            Self::Unstated => "support.unstated",
        }
    }
}

impl Term for Mode {
    fn term_key(self) -> &'static str {
        match self {
            Self::Automated => "mode.automated",
            Self::Manual => "mode.manual",
            Self::Both => "mode.both",
        }
    }
}

impl Term for Part {
    fn term_key(self) -> &'static str {
        match self {
            Self::Brief => "part.brief",
            Self::Extended => "part.extended",
            Self::Responsibility => "part.responsibility",
        }
    }
}
