//! Patterns of texts that have a form: ids, dates, addresses, citations.
//!
//! In comes nothing, out go regular expressions as JSON Schema knows them (ECMA 262).
//! No pattern refuses what the reader of a record accepts; what it lets pass, the reader may still refuse.

/// A text that says something.
pub(super) const TEXT: &str = r"\S";

/// The id of a record.
pub(super) const ID: &str =
    r"^(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$))(?!.*\.\.)[a-z0-9]([a-z0-9.-]{0,78}[a-z0-9])?$";

/// The id of a page, with the folders it stands in.
pub(super) const PAGE_ID: &str = r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(/[a-z0-9]([a-z0-9.-]*[a-z0-9])?)*$";

/// A year, a month or a day.
pub(super) const DATE: &str = r"^[0-9]{4}(-(0[13578]|1[02])(-(0[1-9]|[12][0-9]|3[01]))?|-(0[469]|11)(-(0[1-9]|[12][0-9]|30))?|-02(-(0[1-9]|[12][0-9]))?)?$";

/// An address that leads out of the catalogue.
pub(super) const ADDRESS: &str =
    r"^([Hh][Tt][Tt][Pp][Ss]?://[^/\s\\][^\s\\]*|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\s\\]+)$";

/// The address of a site.
pub(super) const SITE_ADDRESS: &str = r"^\s*[Hh][Tt][Tt][Pp][Ss]?:[^?#]+$";

/// A language tag.
pub(super) const LANGUAGE: &str = r"^([A-Za-z]{2,3}|[A-Za-z]{5,8})([-_][A-Za-z0-9]{1,8})*$";

/// How many of how many.
pub(super) const COVERAGE: &str = r"^\s*\+?[0-9]+\s*/\s*\+?[0-9]+\s*$";

/// A former address of a page.
pub(super) const FORMER_ADDRESS: &str = r"^(?!/)[A-Za-z0-9._~/+,@-]*(/|\.html?)$";

/// A citation of a step or of a range of steps, with the mode that is printed there.
pub(super) const CITATION: &str = r"^\s*(?![-–—](\s|$))\S+(\s+[-–—]\s+(?![-–—](\s|$))\S+)?(\s+(A|M|AM))?\s*$";
