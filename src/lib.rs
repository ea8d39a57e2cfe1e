//! certalog reads a catalogue of certifications and writes it as a static site.
//!
//! The `mod` lines stand in the order of the data; a module uses only modules above its own line, and a test keeps it so.

// vocabulary
pub mod diagnostic;
pub mod html;
pub mod near;
pub mod site_path;
pub mod text;
// sources
pub mod sources;
// parse
pub mod parse;
// render
pub mod site;
// edges
pub mod build;
pub mod report;
pub mod publish;
pub mod starter;
pub mod cli;
pub mod command;
