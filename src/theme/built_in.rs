//! The themes that are compiled in, so that the program alone is enough.
//!
//! In comes a theme's name, out go the files that certalog has for it besides those of the default theme, which stand behind every theme.
//! Nothing is made here: a compiled-in theme is read as one of a catalogue would be.

macro_rules! files {
    ($folder:literal: $($path:literal,)*) => {
        &[$(($path, include_str!(concat!("../../themes/", $folder, "/", $path))),)*]
    };
}

/// The name of the theme that stands behind every other one.
pub(super) const DEFAULT: &str = "default";

/// The names that `site.toml` can give without a folder below `themes/`.
pub(super) const NAMES: [&str; 2] = [DEFAULT, "print"];

/// The default theme's files.
pub const BUILT_IN: &[(&str, &str)] = files! {
    "default":
    "i18n/de.toml",
    "i18n/en.toml",
    "static/appearance.js",
    "static/cells.js",
    "static/compare.js",
    "static/comparison.js",
    "static/copy.js",
    "static/favicon.svg",
    "static/finder-dialog.js",
    "static/finder.js",
    "static/lost.js",
    "static/results.js",
    "static/search-page.js",
    "static/search.js",
    "static/site.css",
    "static/spelling.js",
    "static/table.js",
    "templates/base.html",
    "templates/certification-list.html",
    "templates/certification.html",
    "templates/certifications.html",
    "templates/changes.html",
    "templates/checks.html",
    "templates/compare.html",
    "templates/comparison.html",
    "templates/components.html",
    "templates/crosswalk.html",
    "templates/domain-matrix.html",
    "templates/element.html",
    "templates/embed.html",
    "templates/framework.html",
    "templates/frameworks.html",
    "templates/home.html",
    "templates/mapping.html",
    "templates/not-found.html",
    "templates/organization.html",
    "templates/organizations.html",
    "templates/page.html",
    "templates/redirect.html",
    "templates/release.html",
    "templates/scripts.html",
    "templates/search-list.html",
    "templates/search.html",
};

/// The files of the theme `print`.
pub const PRINT: &[(&str, &str)] = files! {
    "print":
    "i18n/de.toml",
    "i18n/en.toml",
    "static/site.css",
    "templates/base.html",
    "templates/certification.html",
    "templates/compare.html",
    "templates/not-found.html",
    "templates/scripts.html",
    "templates/search.html",
    "theme.toml",
};

/// What certalog has for a theme besides the files of the default one.
pub fn compiled_in(theme: &str) -> &'static [(&'static str, &'static str)] {
    if theme == NAMES[1] { PRINT } else { &[] }
}
