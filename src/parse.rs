//! From the text of one file to its parts.
//!
//! In comes a text and the part of it to read, out go values whose spans point into the whole file, with the findings about it.
//! Nothing here knows another file, so that a text can be parsed again alone.

pub mod address;
pub mod document;
pub mod characters;
pub mod definition;
pub mod fields;
pub mod front_matter;
pub mod highlight;
pub mod markdown;
pub mod picture;
