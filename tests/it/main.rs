//! All integration tests in one program: one link, and the tests run side by side.

#![allow(clippy::disallowed_methods, reason = "tests set up folders and run the program")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on shall panic")]
#![allow(clippy::needless_raw_string_hashes, reason = "refreshed snapshots are written with them")]

mod badges;
mod characters;
mod checking;
mod cli;
mod compare;
mod contributing;
mod dangerous_outputs;
mod data;
mod definitions;
mod delivery;
mod dependencies;
mod determinism;
mod diagnostics;
mod diff;
mod drafting;
mod facts;
mod faults;
mod formats;
mod figures;
mod fuzzed;
mod hard_input;
mod hosts;
mod git;
mod glances;
mod growth;
mod guide;
mod harness;
mod heat_map;
mod import;
mod import_elements;
mod invented;
mod levels;
mod layout;
mod limits;
mod lineage;
mod mapping;
mod markdown;
mod no_network;
mod other_catalogues;
mod outputs;
mod page;
mod properties;
mod provenance;
mod publish;
mod random_catalogues;
mod recount;
mod repair;
mod report;
mod schema;
mod search;
mod serve;
mod site;
mod site_path;
mod small_stacks;
mod source_tree;
mod sources;
mod table_files;
mod theming;
mod tidy;
mod toml;
mod watch;
mod words;
