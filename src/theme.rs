//! A theme: templates, static files and language files, those of the catalogue before those of the default theme.
//!
//! In come the files under `themes/<name>/`, out go compiled templates and the files to copy.
//! Templates get no functions of certalog's own and cannot read anything but the values they are given.

pub mod wanted;
mod names;
mod settings;

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use crate::diagnostic::{Code, Diagnostic};
use crate::near;
use crate::sources::Sources;
use crate::text::{FileId, Place, Span, Spanned};
pub use settings::RECORD;
use wanted::Wanted;

macro_rules! built_in {
    ($($path:literal,)*) => {
        /// The default theme's files, compiled in, so that the program alone is enough.
        pub const BUILT_IN: &[(&str, &str)] =
            &[$(($path, include_str!(concat!("../themes/default/", $path))),)*];
    };
}

built_in! {
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
    "templates/search-list.html",
    "templates/search.html",
}

/// The file with the words of the scripts, which certalog makes for every theme.
pub const WORDS: &str = "static/words.js";

/// The name of the theme that is compiled in.
const DEFAULT: &str = "default";

/// A theme, ready to render with.
#[derive(Debug)]
pub struct Theme {
    templates: Tera,
    /// The file of each template that stands in the catalogue.
    files: BTreeMap<String, FileId>,
    /// Files to copy: path below `static/` → bytes.
    pub statics: BTreeMap<String, Arc<[u8]>>,
    /// What it makes use of.
    pub wanted: Wanted,
}

impl Theme {
    /// Reads the theme that `site.toml` names. `None` when it cannot be used, with the reason reported.
    pub fn load(
        name: &Spanned<String>,
        config: Option<FileId>,
        sources: &Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let own = own_files(&name.value, sources);
        if own.is_empty() && name.value != DEFAULT {
            diagnostics.extend(config.map(|config| unknown(name, config, sources)));
            return None;
        }
        let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
        let mut statics: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        for (path, text) in BUILT_IN {
            match (path.strip_prefix("templates/"), path.strip_prefix("static/")) {
                (Some(template), _) => {
                    texts.insert(template, text);
                }
                (_, Some(path)) => {
                    statics.insert(path.to_owned(), text.as_bytes().into());
                }
                _ => {}
            }
        }
        let mut files = BTreeMap::new();
        let mut wanted = Wanted {
            has_files: true,
            has_data: true,
            has_badges: true,
            has_search: true,
            ..Wanted::default()
        };
        for (path, file) in own {
            if path == "theme.toml" {
                let findings = settings::read(sources.text(file), &mut wanted).into_iter();
                diagnostics.extend(findings.map(|finding| finding.in_file(file)));
            }
            if let Some(template) = path.strip_prefix("templates/") {
                texts.insert(template, sources.text(file));
                files.insert(template.to_owned(), file);
            } else if let Some(path) = path.strip_prefix("static/") {
                statics.insert(path.to_owned(), sources.shared_bytes(file));
            }
        }
        let refused: Vec<_> = files.values().filter_map(|file| refused(*file, sources.text(*file))).collect();
        if !refused.is_empty() {
            diagnostics.extend(refused);
            return None;
        }
        let own = files.iter().map(|(name, file)| (name.as_str(), *file, sources.text(*file)));
        diagnostics.extend(own.filter_map(|(name, file, text)| without_policy(name, file, text)));
        wanted.names = names::used(&texts);
        let mut templates = Tera::new();
        // Whatever a template is called: what it includes ends up on a page.
        templates.autoescape_on([""]);
        let added = templates.add_raw_templates(texts);
        let theme = Self { templates, files, statics, wanted };
        if let Err(error) = added {
            diagnostics.push(theme.diagnostic(&error, config));
            return None;
        }
        Some(theme)
    }

    /// Whether no template is the catalogue's own, so that content cannot make one fail.
    pub fn is_built_in(&self) -> bool {
        self.files.is_empty()
    }

    /// Renders a template into `bytes`; a mistake in it becomes a diagnostic at its place.
    pub fn render(
        &self,
        template: &str,
        values: &tera::Context,
        config: Option<FileId>,
        bytes: &mut Vec<u8>,
    ) -> Result<(), Box<Diagnostic>> {
        let rendered = self.templates.render_to(template, values, bytes);
        rendered.map_err(|error| Box::new(self.diagnostic(&error, config)))
    }

    /// The engine's error as a diagnostic in the template's file, or in `site.toml` where the template is not the catalogue's.
    fn diagnostic(&self, error: &tera::Error, config: Option<FileId>) -> Diagnostic {
        let (template, message, range) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                (report.filename().to_owned(), report.message().to_owned(), report.span().range.clone())
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                (tpl.clone(), "the template extends itself".to_owned(), 0..0)
            }
            ErrorKind::CircularInclude { tpl, .. } => {
                (tpl.clone(), "the template includes itself".to_owned(), 0..0)
            }
            ErrorKind::MissingParent { current, parent } => {
                (current.clone(), format!("there is no template `{parent}` to extend"), 0..0)
            }
            _ => (String::new(), error.to_string(), 0..0),
        };
        let first_line = message.lines().next().unwrap_or_default().to_owned();
        let help = "docs/theming.md lists what templates see";
        match self.files.get(&template) {
            Some(file) => {
                let place = Place::new(*file, Span::from(range));
                Diagnostic::new(Code::TemplateError, place, first_line).help(help)
            }
            None => {
                let message =
                    if template.is_empty() { first_line } else { format!("`{template}`: {first_line}") };
                let place = Place::new(config.unwrap_or(FileId(0)), Span::start_of_file());
                Diagnostic::new(Code::TemplateError, place, message).help(help)
            }
        }
    }
}

/// The first use of `group_by`, whose order changes from run to run.
fn refused(file: FileId, text: &str) -> Option<Diagnostic> {
    let is_filter = |at: &usize| text[..*at].trim_end().ends_with('|');
    let at = text.match_indices("group_by").map(|(at, _)| at).find(is_filter)?;
    let place = Place::new(file, Span::new(at, at + "group_by".len()));
    let message = "`group_by` is refused, because its order changes from run to run";
    let help = "loop over the list as it is: what templates see is grouped and sorted already";
    Some(Diagnostic::new(Code::TemplateError, place, message).help(help))
}

/// That a template makes whole pages and gives them no policy. What is on a page is escaped all the same; the policy is the wall behind
/// that one, and a theme that takes it away should know.
fn without_policy(name: &str, file: FileId, text: &str) -> Option<Diagnostic> {
    let extends =
        text.split("{%").skip(1).any(|tag| tag.trim_start_matches('-').trim_start().starts_with("extends"));
    let head = text.find("<head").or_else(|| text.find("<html"));
    let is_page = name != "components.html"
        && BUILT_IN.iter().any(|(path, _)| path.strip_prefix("templates/") == Some(name));
    if extends || head.is_none() && !is_page || text.contains("Content-Security-Policy") {
        return None;
    }
    let span = head.map_or(Span::start_of_file(), |at| Span::new(at, at + "<head".len()));
    let message = format!("`{name}` makes pages without a content security policy");
    let help = "copy the line `<meta http-equiv=\"Content-Security-Policy\" …>` from the default theme's `base.html`, or extend `base.html`";
    Some(Diagnostic::new(Code::PageWithoutPolicy, Place::new(file, span), message).help(help))
}

/// The theme's files in the catalogue, by their path within it.
pub fn own_files<'s>(name: &str, sources: &'s Sources) -> Vec<(&'s str, FileId)> {
    let prefix = format!("themes/{name}/");
    let files = sources.iter().filter_map(|(file, source)| Some((source.path.strip_prefix(&prefix)?, file)));
    files.collect()
}

fn unknown(name: &Spanned<String>, config: FileId, sources: &Sources) -> Diagnostic {
    let message = format!("the catalogue has no theme `{}`", name.value);
    let diagnostic = Diagnostic::new(Code::UnknownTheme, Place::new(config, name.span), message);
    let folders =
        sources.iter().filter_map(|(_, source)| source.path.strip_prefix("themes/")?.split('/').next());
    let mut known: Vec<&str> = folders.collect();
    known.push(DEFAULT);
    known.dedup();
    match near::nearest(&name.value, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).replace_with(format!("\"{near}\"")),
        None => diagnostic.help(format!("make the folder `themes/{}/`, or leave `theme` out", name.value)),
    }
}
