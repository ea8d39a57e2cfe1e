//! What a file may be, judged by its path: text or bytes, its size limit, or nothing of ours.
//!
//! In comes a path relative to the catalogue, out goes how the file is to be read.
//! No file is opened here, and a path that is not known is bytes, never text.

/// The largest files that are read, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A record or a page.
    pub record: u64,
    /// `site.toml`, a theme's settings, a framework and its elements: one file may hold a whole framework.
    pub framework: u64,
    /// A document, a picture, a template.
    pub other: u64,
}

/// How large one file may be, and as what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) bytes: u64,
    pub(super) of: &'static str,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record: 1 << 20, framework: 4 << 20, other: 64 << 20 }
    }
}

impl Limits {
    /// The most bytes that a file may have.
    pub fn most_bytes(&self, path: &str) -> u64 {
        self.for_path(path).bytes
    }

    /// The limit for a file.
    pub(super) fn for_path(&self, path: &str) -> Limit {
        let (bytes, of) = if path == super::SITE_FILE || has_extension(path, &["toml"]) && is_theme(path) {
            (self.framework, "a settings file")
        } else if path.starts_with("content/frameworks/") && is_text(path) {
            (self.framework, "a framework or element file")
        } else if path.starts_with("content/") && is_text(path) {
            (self.record, "a record, text or drawing")
        } else {
            (self.other, "a document, picture or theme file")
        };
        // spans count bytes in 32 bits, so a text can never be longer, whatever the settings say
        Limit { bytes: bytes.min(u64::from(u32::MAX)), of }
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
