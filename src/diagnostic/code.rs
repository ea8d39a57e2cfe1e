//! The table of diagnostic codes: name, group, default level, one line of summary.
//!
//! In comes nothing, out goes the table that checks, reports, `explain` and the documentation share.
//! A name is never used again for something else, so that a link to an explanation stays true.

use super::Severity;

/// What a code is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A file that cannot be read as a record.
    Syntax,
    /// Keys and values that are not what the record format asks for.
    Shape,
    /// A name that leads to nothing.
    Link,
    /// Facts that contradict each other.
    Consistency,
    /// Content that must not reach a page as it is.
    Safety,
}

impl Group {
    /// The group's name in reports and documentation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Shape => "shape",
            Self::Link => "link",
            Self::Consistency => "consistency",
            Self::Safety => "safety",
        }
    }
}

/// The level of a code where `site.toml` says nothing, and whether it may say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Default {
    /// Always an error: the site could not be built, or would be ambiguous or unsafe.
    Fixed,
    /// An error that a catalogue may choose to publish with.
    Error,
    /// What an old, already published record may contain.
    Warning,
}

macro_rules! codes {
    ($($variant:ident $name:literal $group:ident $default:ident $summary:literal;)*) => {
        /// A kind of mistake. The order is the order of the documentation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $summary] $variant,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as people write it, in kebab-case.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it is about.
            pub fn group(self) -> Group {
                match self { $(Self::$variant => Group::$group,)* }
            }

            /// Its level where `site.toml` says nothing.
            pub fn default_severity(self) -> Severity {
                match self.default() {
                    Default::Fixed | Default::Error => Severity::Error,
                    Default::Warning => Severity::Warning,
                }
            }

            /// Whether `site.toml` may set another level.
            pub fn is_configurable(self) -> bool {
                self.default() != Default::Fixed
            }

            fn default(self) -> Default {
                match self { $(Self::$variant => Default::$default,)* }
            }

            /// One line that says what is wrong.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$variant => $summary,)* }
            }

            /// The page of documentation, Markdown, as `certalog explain` prints it.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../docs/diagnostics/", $name, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // What cannot be read.
    InvalidUtf8 "invalid-utf8" Syntax Fixed "a file is not UTF-8 text";
    UnreadableFile "unreadable-file" Syntax Fixed "a file or folder cannot be read";
    SymbolicLink "symbolic-link" Syntax Fixed "a symbolic link stands in the catalogue";
    SpecialFile "special-file" Syntax Fixed "a device, socket or pipe stands in the catalogue";
    UnstorableName "unstorable-name" Syntax Fixed "a file or folder has a name that some systems cannot store";
    CollidingFiles "colliding-files" Syntax Fixed "two files have names that some systems take for one";
    FileTooLarge "file-too-large" Syntax Fixed "a file is larger than the limit for its kind";
    InvalidToml "invalid-toml" Syntax Fixed "a TOML record breaks the rules of TOML";
    MissingFrontMatter "missing-front-matter" Syntax Fixed "a Markdown record does not start with `+++`";
    UnclosedFrontMatter "unclosed-front-matter" Syntax Fixed "the front matter has no closing `+++`";
    NestingTooDeep "nesting-too-deep" Syntax Fixed "a text nests quotes, lists or tables too deeply";
    TextTooLarge "text-too-large" Syntax Fixed "a text would become too large a page";
    TemplateError "template-error" Syntax Fixed "a template of the theme cannot be used";
    // What is not of the record format.
    MisplacedFile "misplaced-file" Shape Warning "a file stands where no record is read";
    InvalidId "invalid-id" Shape Fixed "a file or folder name is not a usable record id";
    DuplicateRecord "duplicate-record" Shape Fixed "two files describe the same record";
    UnknownKey "unknown-key" Shape Warning "a key is not part of the record format";
    MissingKey "missing-key" Shape Fixed "a key that the record needs is missing";
    WrongType "wrong-type" Shape Fixed "a value has another type than its key asks for";
    InvalidValue "invalid-value" Shape Fixed "a value is not one of those its key allows";
    ValueTooLong "value-too-long" Shape Fixed "a text is longer than its key allows";
    TooMany "too-many" Shape Fixed "there is more of something than the limit allows";
    NotNormalized "not-normalized" Shape Warning "a word is written with separate marks";
    EmptyValue "empty-value" Shape Fixed "a text that must say something is empty";
    InvalidDate "invalid-date" Shape Fixed "a date does not exist or is not written as one";
    InvalidAlias "invalid-alias" Shape Fixed "a former address cannot be one of this site";
    InvalidCoverage "invalid-coverage" Shape Fixed "a coverage is not written as n/m, or n is greater than m";
    InvalidCitation "invalid-citation" Shape Fixed "a citation cannot be read as a step with a mode";
    ConflictingKeys "conflicting-keys" Shape Fixed "two keys exclude each other";
    InvalidScale "invalid-scale" Shape Fixed "a scale cannot rate anything as it is written";
    InvalidFootprint "invalid-footprint" Shape Fixed "the layout of a footprint cannot be drawn as it is written";
    RepeatedDefinition "repeated-definition" Shape Fixed "one name is defined twice where it must be unique";
    UnknownDiagnostic "unknown-diagnostic" Shape Fixed "a level or a waiver names a diagnostic that does not exist";
    FixedDiagnostic "fixed-diagnostic" Shape Fixed "a level or a waiver names a diagnostic that is always an error";
    UnknownWord "unknown-word" Shape Warning "a language file has a text that certalog does not ask for";
    MissingWord "missing-word" Shape Warning "a language file leaves texts of the interface out";
    UnknownPlaceholder "unknown-placeholder" Shape Warning "a text has a placeholder for which nothing stands";
    // What leads to nothing.
    UnknownOrganization "unknown-organization" Link Fixed "no organization has this id";
    UnknownFramework "unknown-framework" Link Fixed "no framework has this id";
    UnknownRelease "unknown-release" Link Fixed "the framework has no such release";
    UnknownElement "unknown-element" Link Fixed "no release of the framework has an element with this id";
    ElementNotInRelease "element-not-in-release" Link Fixed "the element's id belongs to another release";
    UnknownParent "unknown-parent" Link Fixed "no element record has this name";
    UnknownDomain "unknown-domain" Link Fixed "the framework has no such domain";
    UnknownColumn "unknown-column" Link Fixed "the footprint has no such column";
    UnknownScale "unknown-scale" Link Fixed "the framework has no such scale";
    UnknownRating "unknown-rating" Link Fixed "the scale has no such rating";
    UnknownTheme "unknown-theme" Link Fixed "the catalogue has no such theme";
    UnknownLanguage "unknown-language" Link Warning "the theme has no words in this language";
    TranslationOfNothing "translation-of-nothing" Link Warning "a translation is of a text that no record has";
    UnknownNotice "unknown-notice" Link Fixed "no notice has this id";
    UnknownStep "unknown-step" Link Fixed "no scenario of the certification has a step with this id";
    UnknownScenario "unknown-scenario" Link Fixed "the certification's mapping has no scenario with this id";
    UnmatchedPattern "unmatched-pattern" Link Error "a pattern of paths in `site.toml` matches no file";
    BrokenLink "broken-link" Link Fixed "a link in a text leads to nothing";
    MissingFile "missing-file" Link Fixed "a document or picture is not in the catalogue";
    // What contradicts itself.
    DuplicateId "duplicate-id" Consistency Fixed "two elements have one id in one release";
    DuplicateResult "duplicate-result" Consistency Fixed "two different results are given for one element";
    RepeatedResult "repeated-result" Consistency Warning "a result is given twice, word for word";
    ScoreOffScale "score-off-scale" Consistency Error "a score lies outside its scale";
    ScoreOffStep "score-off-step" Consistency Error "a score lies between two steps of its scale";
    NameDiffers "name-differs" Consistency Warning "the printed name is not the release's name";
    LabelDiffers "label-differs" Consistency Warning "the printed label is not the id followed by the name";
    SpellingVaries "spelling-varies" Consistency Warning "the source spells one thing in several ways";
    ScoreFormVaries "score-form-varies" Consistency Warning "the source prints scores with and without decimals";
    OutcomeWordingVaries "outcome-wording-varies" Consistency Warning "the source prints one outcome in several ways";
    ZeroForAbsence "zero-for-absence" Consistency Warning "the source prints 0 for something that was not assessed";
    ResultsOutOfOrder "results-out-of-order" Consistency Warning "the source lists results in another order than the framework";
    UnspecifiedVersion "unspecified-version" Consistency Warning "the source names no version of the product";
    CoverageDiffers "coverage-differs" Consistency Warning "the stated coverage is not the computed one";
    ParentScoreDiffers "parent-score-differs" Consistency Warning "a parent's score is not the lowest of its children's";
    IdGap "id-gap" Consistency Warning "a number is missing in a complete list of children";
    ParentCycle "parent-cycle" Consistency Fixed "an element is its own ancestor";
    LevelOrder "level-order" Consistency Warning "an element's level is not below its parent's";
    HistoryOrder "history-order" Consistency Warning "the history is not in the order of the releases";
    LateAddition "late-addition" Consistency Warning "an element is added after it first appears";
    UnknownOriginalId "unknown-original-id" Consistency Warning "the named release has no such identifier for the element";
    SplitWithoutTargets "split-without-targets" Consistency Warning "a split or merge names no other element";
    OneSidedLineage "one-sided-lineage" Consistency Warning "a split or merge is told on one side only";
    WithdrawnParent "withdrawn-parent" Consistency Warning "an element stands under a parent that is withdrawn or not traced";
    WithdrawnElement "withdrawn-element" Consistency Warning "a result is given for an element that was withdrawn";
    RepeatedCrosswalk "repeated-crosswalk" Consistency Warning "two links relate the same elements in the same way";
    ConflictingCrosswalk "conflicting-crosswalk" Consistency Error "two links relate the same elements in different ways";
    SelfCrosswalk "self-crosswalk" Consistency Warning "both sides of a crosswalk are one framework";
    DatesReversed "dates-reversed" Consistency Error "a period ends before it begins";
    ConflictingModes "conflicting-modes" Consistency Warning "one step is cited with different modes";
    StepWithoutMode "step-without-mode" Consistency Warning "a step or a range of steps is cited without a mode";
    RepeatedCitation "repeated-citation" Consistency Warning "a clause cites one step twice";
    StepSpellingDiffers "step-spelling-differs" Consistency Warning "the source spells a step in another way";
    ClauseWithoutEvidence "clause-without-evidence" Consistency Warning "a clause has neither evidence nor a reason";
    SuspectClaim "suspect-claim" Consistency Warning "the definition has changed since its clauses were mapped";
    EmptyFingerprint "empty-fingerprint" Consistency Warning "a mapping has a fingerprint that is still to be written";
    FullScoreUnsupported "full-score-unsupported" Consistency Warning "the highest score stands over clauses that are not supported";
    UnexplainedScore "unexplained-score" Consistency Warning "a score is below the highest and nothing says why";
    MappingWithoutResult "mapping-without-result" Consistency Warning "a mapping is given for an element without a result";
    ResultWithoutMapping "result-without-mapping" Consistency Warning "a result has no mapping, and others of the certification have one";
    UncitedStep "uncited-step" Consistency Warning "a scenario has steps that no clause cites";
    UncitedScenario "uncited-scenario" Consistency Warning "no work cited describes a scenario";
    LapsedValidity "lapsed-validity" Consistency Warning "the certification is no longer valid";
    AddressConflict "address-conflict" Consistency Fixed "two records claim one address";
    SourceRemark "source-remark" Consistency Warning "an editor noted a fault of the source";
    UnusedWaiver "unused-waiver" Consistency Warning "a record accepts a finding that there is not";
    LapsedWaiver "lapsed-waiver" Consistency Warning "the time for which a record accepts a finding is over";
    PictureWithoutText "picture-without-text" Consistency Warning "a picture has no alternative text";
    // What must not reach a page as it is.
    UnpublishedFile "unpublished-file" Safety Warning "a file has a type that is not copied to the site";
    PageWithoutPolicy "page-without-policy" Safety Warning "a template makes pages without a content security policy";
    RawHtml "raw-html" Safety Warning "HTML in a text is shown, not used";
    HiddenCharacter "hidden-character" Safety Fixed "a character is not seen, or changes how others are seen";
    PiledMarks "piled-marks" Safety Fixed "more marks are piled on one character than any spelling has";
    MixedScripts "mixed-scripts" Safety Warning "a word of a name has letters of several scripts";
    LookAlike "look-alike" Safety Warning "the name of an organization looks like another's";
    ForbiddenAddress "forbidden-address" Safety Fixed "an address has a scheme that is not allowed";
    ForbiddenPicture "forbidden-picture" Safety Fixed "a picture cannot be published as it is, or stands where none may";
}

impl Code {
    /// The code with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
