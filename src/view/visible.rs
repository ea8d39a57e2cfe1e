//! How values of certalog turn into values of the template engine.
//!
//! In come texts, numbers, markup and lists of them, out go values that templates can read.
//! Markup is the only text that templates place as it is; nothing else gets past their escaping.

use tera::Value;

use crate::html::Html;

/// A value that a template can see.
pub trait Visible {
    /// The value for the template engine.
    fn into_value(self) -> Value;
}

impl Visible for String {
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl Visible for &'static str {
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl Visible for bool {
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl Visible for usize {
    fn into_value(self) -> Value {
        Value::from(self)
    }
}

impl Visible for Value {
    fn into_value(self) -> Value {
        self
    }
}

/// Markup is placed as it is; it was escaped when it was made.
impl Visible for Html {
    fn into_value(self) -> Value {
        Value::safe_string(self.as_str())
    }
}

impl<T: Visible> Visible for Option<T> {
    fn into_value(self) -> Value {
        self.map_or_else(Value::none, Visible::into_value)
    }
}

impl<T: Visible> Visible for Vec<T> {
    fn into_value(self) -> Value {
        Value::from(self.into_iter().map(Visible::into_value).collect::<Vec<Value>>())
    }
}
