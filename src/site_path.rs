//! Where a page or a file stands in the published site, as a checked relative path.
//!
//! In come parts that were made from record ids and file names, out goes a path that can never leave the output folder.
//! A path with `..`, a drive, a leading slash, a control character or a reserved device name cannot be built.

use std::borrow::Borrow;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// The longest name of a folder or a file, in bytes. Names made from ids are shorter.
pub const NAME_LIMIT: usize = 100;

/// The longest path, in bytes. Windows allows 260 characters, with the folder the site is copied to.
pub const PATH_LIMIT: usize = 240;

/// The publisher's own file at the top of every site: its mark of ownership and the list of files.
pub const OWNERSHIP_MARK: &str = ".certalog";

/// A relative path with `/` between its parts, such as `certifications/x/index.html`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// Why a text is no path of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathRefusal {
    /// There is nothing, or nothing between two slashes.
    EmptyPart,
    /// It starts at the root of a disk.
    Absolute,
    /// A part is `.` or `..`.
    Dots,
    /// A character that separates, hides, turns around or cannot be stored everywhere.
    Character(char),
    /// A part ends with a dot or a space, which Windows drops.
    TrailingDotOrSpace(String),
    /// A part is the name of a Windows device.
    DeviceName(String),
    /// The name of a folder or a file is too long.
    LongName(String),
    /// The whole path is too long.
    LongPath(usize),
    /// The name belongs to the publisher.
    Reserved,
}

impl SitePath {
    /// Checks a path. Its characters are composed (NFC) first, so that one name has one spelling.
    pub fn new(path: &str) -> Result<Self, PathRefusal> {
        if path.starts_with('/') {
            return Err(PathRefusal::Absolute);
        }
        let path: String = if path.is_ascii() { path.to_owned() } else { path.nfc().collect() };
        if path.len() > PATH_LIMIT {
            return Err(PathRefusal::LongPath(path.len()));
        }
        path.split('/').try_for_each(check_name)?;
        let top = path.split('/').next().unwrap_or_default();
        if top.eq_ignore_ascii_case(OWNERSHIP_MARK) {
            return Err(PathRefusal::Reserved);
        }
        Ok(Self(path))
    }

    /// The path as text, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This path as a folder with `rest` inside it.
    pub fn join(&self, rest: &str) -> Result<Self, PathRefusal> {
        if rest.starts_with('/') {
            return Err(PathRefusal::Absolute);
        }
        Self::new(&format!("{}/{rest}", self.0))
    }

    /// How many folders the file stands in; a page needs as many `../` to reach the top.
    pub fn parent_depth(&self) -> usize {
        self.0.bytes().filter(|byte| *byte == b'/').count()
    }

    /// The folders above the file, from the nearest up: `a/b` and `a` for `a/b/index.html`.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.rmatch_indices('/').map(|(at, _)| &self.0[..at])
    }

    /// Whether it is a page for people.
    pub fn is_page(&self) -> bool {
        self.0.rsplit_once('.').is_some_and(|(_, extension)| extension == "html")
    }

    /// A key that is equal for paths which some file system takes for one.
    pub fn folded(&self) -> String {
        folded(&self.0)
    }
}

/// A key that is equal for names which some file system takes for one.
///
/// Letters go up and then down, one by one: that brings together what a lower-casing of the text leaves apart
/// (the two small sigmas, `ß` and `SS`) and does not depend on a letter's neighbours.
pub fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let composed = name.nfkc();
    composed.flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect()
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether every system can store a folder or a file of this name.
pub fn check_name(part: &str) -> Result<(), PathRefusal> {
    if part.is_empty() {
        return Err(PathRefusal::EmptyPart);
    }
    if part == "." || part == ".." {
        return Err(PathRefusal::Dots);
    }
    if let Some(bad) = part.chars().find(|character| is_refused(*character)) {
        return Err(PathRefusal::Character(bad));
    }
    if part.ends_with(|last: char| last == '.' || last.is_whitespace()) {
        return Err(PathRefusal::TrailingDotOrSpace(part.to_owned()));
    }
    if is_device_name(part) {
        return Err(PathRefusal::DeviceName(part.to_owned()));
    }
    if part.len() > NAME_LIMIT {
        return Err(PathRefusal::LongName(part.to_owned()));
    }
    Ok(())
}

/// Separators, drives and wildcards of Windows, control characters, and characters that cannot be seen or turn a line around.
fn is_refused(character: char) -> bool {
    matches!(character, '\\' | ':' | '<' | '>' | '"' | '|' | '?' | '*')
        || character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
        || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(character, '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e007f}')
}

/// Windows takes these names for devices in any folder, whatever extension follows.
fn is_device_name(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") {
        return true;
    }
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let mut number = port.unwrap_or_default().chars();
    matches!((number.next(), number.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}

impl fmt::Display for PathRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyPart => f.write_str("a part of the path is empty"),
            Self::Absolute => f.write_str("the path starts with `/`"),
            Self::Dots => f.write_str("a part of the path is `.` or `..`"),
            Self::Character(bad) => write!(f, "`{}` cannot stand in a path", bad.escape_debug()),
            Self::TrailingDotOrSpace(part) => write!(f, "`{part}` ends with a dot or a space"),
            Self::DeviceName(part) => write!(f, "`{part}` is the name of a device on Windows"),
            Self::LongName(part) => {
                let start: String = part.chars().take(40).collect();
                write!(f, "`{start}…` has {} bytes, more than {NAME_LIMIT}", part.len())
            }
            Self::LongPath(length) => {
                write!(f, "the path has {length} bytes, more than {PATH_LIMIT}")
            }
            Self::Reserved => write!(f, "`{OWNERSHIP_MARK}` is certalog's own file"),
        }
    }
}

impl std::error::Error for PathRefusal {}
