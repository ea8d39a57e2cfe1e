//! Tests of certalog from outside, one module for each subject.

#![allow(clippy::disallowed_methods, reason = "tests set up folders and run the program")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::needless_raw_string_hashes, reason = "refreshed snapshots are written with them")]

mod cli;
mod markdown;
mod report;
