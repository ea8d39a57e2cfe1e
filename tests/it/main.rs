//! All integration tests in one program: one link, and the tests run side by side.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall panic")]

mod markdown;
mod publish;
mod site_path;
mod sources;
