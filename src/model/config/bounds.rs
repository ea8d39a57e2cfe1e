//! What `[limits]` of `site.toml` may say: one whole number for each limit, up to its bound.
//!
//! In comes the table, out go the limits for what records say together, and findings about what cannot be a limit.
//! For the reading of files the same numbers are taken before any record is read, by `Limits::stated`; none is taken from elsewhere.

use crate::limits::{Limits, SETTINGS};
use crate::parse::definition::{Definition, Form, Key, optional};
use crate::parse::fields::Fields;

const KEYS: [Key; SETTINGS.len()] = {
    let mut keys = [optional("", Form::Flag, ""); SETTINGS.len()];
    let mut at = 0;
    while at < SETTINGS.len() {
        let setting = SETTINGS[at];
        keys[at] = optional(setting.name, Form::Integer(1, setting.most.cast_signed()), setting.says)
            .such_as(setting.example);
        at += 1;
    }
    keys
};

/// What the table may say.
pub(super) static LIMITS: Definition = Definition {
    what: "`limits`",
    says: "How much there may be of everything, as whole numbers.",
    keys: &KEYS,
    rules: &[],
};

/// The limits that the table sets.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> Limits {
    let mut limits = Limits::default();
    if let Some(table) = fields.table("limits") {
        let mut table = fields.inner(table, &LIMITS);
        for setting in SETTINGS {
            let value = table.integer(setting.name).and_then(|number| u64::try_from(number.value).ok());
            if let Some(value) = value {
                limits.set(setting.name, value);
            }
        }
    }
    limits
}
