//! How much there may be of everything: sizes, lengths, depths and counts, each with its default and a bound that no setting passes.
//!
//! In comes the text of `site.toml`, out go the limits that hold for its catalogue.
//! A limit is never passed in silence, and a setting that cannot be read leaves the default in force: it is reported with the record.

/// One limit, as `[limits]` in `site.toml` sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its key.
    pub name: &'static str,
    /// What holds where nothing is said.
    pub default: u64,
    /// The most that can be set.
    pub most: u64,
    /// The most, as TOML writes it.
    pub example: &'static str,
    /// What it limits, in a sentence.
    pub says: &'static str,
}

macro_rules! limits {
    ($($name:ident $default:literal $most:literal $says:literal;)*) => {
        /// The limits of a catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Limits { $(#[doc = $says] pub $name: u64,)* }

        /// Every limit, in the order of the documentation.
        pub const SETTINGS: &[Setting] = &[$(Setting {
            name: stringify!($name),
            default: $default,
            most: $most,
            example: stringify!($most),
            says: concat!($says, " ", stringify!($default), " where nothing is said, ", stringify!($most), " at most."),
        },)*];

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        impl Limits {
            /// Sets the limit of this name; its bound was looked at.
            pub(crate) fn set(&mut self, name: &str, value: u64) {
                match name {
                    $(stringify!($name) => self.$name = value,)*
                    _ => {}
                }
            }
        }
    };
}

limits! {
    record_bytes 1_048_576 16_777_216 "The bytes of a record, a text or a drawing.";
    framework_bytes 4_194_304 67_108_864 "The bytes of `site.toml`, and of a file of a framework or its elements.";
    logo_bytes 262_144 4_194_304 "The bytes of a picture beside the records of organizations.";
    file_bytes 67_108_864 1_073_741_824 "The bytes of a document, a picture or a file of a theme.";
    files 200_000 2_000_000 "The files of the catalogue.";
    records 100_000 1_000_000 "The records: organizations, certifications, elements and pages.";
    children 20_000 200_000 "The children of one element in one release.";
    depth 32 128 "The levels of a release's tree.";
    text 200 10_000 "The characters of a name, a title, an id or another short text.";
    long_text 4_000 100_000 "The characters of a comment, a note or another text of some sentences.";
    address 2_048 8_192 "The bytes of an address.";
    marks 8 32 "The marks in a row on one character.";
    toml_nesting 16 64 "The tables and lists within each other in a TOML text.";
    nesting 64 128 "The quotes, lists, tables and marks within each other in a text.";
    page_bytes 8_388_608 67_108_864 "The bytes that a text may take on its page; besides, 64 times its own.";
    coloured_line 2_000 10_000 "The bytes of the longest line of code in colours; code with a longer one is shown plainly.";
    coloured_block 65_536 524_288 "The bytes of a block of code in colours; a larger one is shown plainly.";
    findings_of_file 100 10_000 "The findings of one file that a report shows.";
    findings 1_000 100_000 "The findings that a report shows in all.";
}

impl Limits {
    /// The same limits, but for those that `[limits]` of `site.toml` sets.
    pub fn stated(self, site: &str) -> Self {
        let mut limits = self;
        let site = site.strip_prefix('\u{feff}').unwrap_or(site);
        let Ok(site) = site.parse::<toml::Table>() else { return limits };
        let Some(table) = site.get("limits").and_then(toml::Value::as_table) else { return limits };
        for setting in SETTINGS {
            let stated = table.get(setting.name).and_then(toml::Value::as_integer);
            let stated = stated.and_then(|stated| u64::try_from(stated).ok());
            if let Some(stated) = stated.filter(|stated| (1..=setting.most).contains(stated)) {
                limits.set(setting.name, stated);
            }
        }
        limits
    }
}

/// The end of a help that names the setting: `text` under `[limits]` in `site.toml` allows up to 10000.
pub fn setting(name: &str) -> String {
    let most = SETTINGS.iter().find(|setting| setting.name == name).map_or(0, |setting| setting.most);
    format!("`{name}` under `[limits]` in `site.toml` allows up to {most}")
}
