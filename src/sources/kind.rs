//! What a file may be, judged by its path: text or bytes, its size limit, or nothing of ours.
//!
//! In comes a path relative to the catalogue, out goes how the file is to be read.
//! No file is opened here, and a path that is not known is bytes, never text.

use crate::limits::Limits;

/// How large one file may be, and as what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) bytes: u64,
    pub(super) of: &'static str,
    /// The key that sets it.
    pub(super) setting: &'static str,
}

impl Limits {
    /// The most bytes that a file may have.
    pub fn most_bytes(&self, path: &str) -> u64 {
        self.for_path(path).bytes
    }

    /// The limit for a file.
    pub(super) fn for_path(&self, path: &str) -> Limit {
        let (bytes, of, setting) =
            if path == super::SITE_FILE || has_extension(path, &["toml"]) && is_theme(path) {
                (self.framework_bytes, "a settings file", "framework_bytes")
            } else if path.starts_with("content/frameworks/") && is_text(path) {
                (self.framework_bytes, "a framework or element file", "framework_bytes")
            } else if path.starts_with("content/organizations/") && !has_extension(path, &["md", "toml"]) {
                (self.logo_bytes, "a logo", "logo_bytes")
            } else if path.starts_with("content/") && is_text(path) {
                (self.record_bytes, "a record, text or drawing", "record_bytes")
            } else {
                (self.file_bytes, "a document, picture or theme file", "file_bytes")
            };
        // spans count bytes in 32 bits, so a text can never be longer, whatever the settings say
        Limit { bytes: bytes.min(u64::from(u32::MAX)), of, setting }
    }
}

/// Whether the file is text, which must be UTF-8.
pub(super) fn is_text(path: &str) -> bool {
    const CONTENT: &[&str] = &["md", "toml", "svg"];
    const THEME: &[&str] = &["md", "toml", "html", "css", "js", "svg", "json", "txt"];
    has_extension(path, if is_theme(path) { THEME } else { CONTENT })
}

/// Whether an editor or a file manager left the file behind.
pub(super) fn is_leaving(name: &str, is_folder: bool) -> bool {
    if name.starts_with('.') {
        return true;
    }
    // `4913` is what Vim writes to see whether it may
    !is_folder
        && (name.ends_with('~')
            || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
            || matches!(name, "Thumbs.db" | "4913")
            || has_extension(name, &["tmp", "bak", "orig"]))
}

fn is_theme(path: &str) -> bool {
    path.starts_with("themes/")
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
}
