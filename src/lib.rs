//! certalog reads a catalogue of certifications and writes it as a static site.
//!
//! The `mod` lines stand in the order of the data; a module uses only modules above its own line, and a test keeps it so.

// vocabulary: knows nothing of catalogues
pub mod text;
pub mod digest;
pub mod diagnostic;
pub mod stage;
pub mod json;
pub mod html;
pub mod near;
pub mod natural;
pub mod language;
pub mod character;
pub mod likeness;
pub mod limits;
pub mod site_path;
pub mod media;
// sources: the only reader of the disk
#[expect(clippy::disallowed_methods, reason = "the one reader of the disk")]
pub mod sources;
// parse: one text in, one document out
pub mod parse;
// model: what one file says
pub mod model;
pub mod layout;
// the theme: what a site looks like and says
pub mod theme;
pub mod words;
pub mod looks;
// what records may say, for editors and readers
pub mod schema;
// link and check: what all files say together
pub mod catalogue;
pub mod lineage;
pub mod link;
pub mod translate;
pub mod route;
pub mod tally;
pub mod validity;
pub mod footprint;
pub mod comparison;
pub mod changes;
pub mod check;
pub mod diff;
pub mod levels;
// pages: what the site consists of
pub mod search;
pub mod table;
pub mod figure;
pub mod view;
pub mod pages;
pub mod data;
pub mod feeds;
pub mod copies;
pub mod crawlers;
pub mod structured;
pub mod interchange;
// render: bytes
pub mod site;
pub mod render;
pub mod build;
pub mod repair;
// delivery: the same site, for one place
pub mod readdress;
pub mod host;
pub mod bundle;
// edges
pub mod report;
pub mod provenance;
#[expect(clippy::disallowed_methods, reason = "the one writer of the disk")]
pub mod publish;
pub mod upload;
pub mod starter;
pub mod draft;
pub mod import;
pub mod watch;
pub mod serve;
pub mod cli;
pub mod command;
