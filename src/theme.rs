//! A theme: templates, static files and language files, those of the catalogue before those that are compiled in.
//!
//! In come the files under `themes/<name>/`, out go compiled templates and the files to copy.
//! Templates get no functions of certalog's own and cannot read anything but the values they are given.

pub mod wanted;
mod built_in;
mod names;
mod settings;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use crate::diagnostic::{Code, Diagnostic};
use crate::near;
use crate::sources::Sources;
use crate::text::{FileId, Place, Span, Spanned};
use built_in::NAMES;
pub use built_in::{BUILT_IN, PRINT, compiled_in};
pub use settings::RECORD;
use wanted::Wanted;

/// The file with the words of the scripts, which certalog makes for every theme.
pub const WORDS: &str = "static/words.js";

/// The template of what other sites show in frames.
const FRAMED: &str = "embed.html";

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
    /// The content security policy of its pages, where all templates that state one state the same.
    pub policy: Option<String>,
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
        let compiled_in = compiled_in(&name.value);
        if own.is_empty() && !NAMES.contains(&name.value.as_str()) {
            diagnostics.extend(config.map(|config| unknown(name, config, sources)));
            return None;
        }
        let settings = own.iter().find(|(path, _)| *path == settings::FILE).map(|(_, file)| *file);
        let wanted = match (settings, compiled_in.iter().find(|(path, _)| *path == settings::FILE)) {
            (Some(file), _) => {
                let (wanted, findings) = settings::read(sources.text(file));
                diagnostics.extend(findings.into_iter().map(|finding| finding.in_file(file)));
                wanted
            }
            (None, Some((_, text))) => settings::read(text).0,
            (None, None) => settings::read("").0,
        };
        let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
        let mut statics: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        for (path, text) in
            BUILT_IN.iter().filter(|(path, _)| wanted.has_scripts || !is_script(path)).chain(compiled_in)
        {
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
        for (path, file) in own {
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
        let wanted = Wanted { names: names::used(&texts), ..wanted };
        // What stands in frames of other sites has a narrower one.
        let pages = texts.iter().filter(|(name, _)| **name != FRAMED).map(|(_, text)| *text);
        let policy = one_policy(pages);
        let mut templates = Tera::new();
        // Whatever a template is called: what it includes ends up on a page.
        templates.autoescape_on([""]);
        let added = templates.add_raw_templates(texts);
        let theme = Self { templates, files, statics, wanted, policy };
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

/// Whether a file of the default theme is a script.
fn is_script(path: &str) -> bool {
    path.starts_with("static/") && path.rsplit_once('.').is_some_and(|(_, ending)| ending == "js")
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
    let is_page = !["components.html", "scripts.html"].contains(&name)
        && BUILT_IN.iter().any(|(path, _)| path.strip_prefix("templates/") == Some(name));
    if extends || head.is_none() && !is_page || text.contains("Content-Security-Policy") {
        return None;
    }
    let span = head.map_or(Span::start_of_file(), |at| Span::new(at, at + "<head".len()));
    let message = format!("`{name}` makes pages without a content security policy");
    let help = "copy the line `<meta http-equiv=\"Content-Security-Policy\" …>` from the default theme's `base.html`, or extend `base.html`";
    Some(Diagnostic::new(Code::PageWithoutPolicy, Place::new(file, span), message).help(help))
}

/// The policy that templates give their pages, if it is one and no template computes it.
fn one_policy<'t>(templates: impl Iterator<Item = &'t str>) -> Option<String> {
    let stated = templates.flat_map(|text| text.split("Content-Security-Policy").skip(1));
    let mut stated: BTreeSet<Option<&str>> = stated
        .map(|after| after.split_once("content=\"")?.1.split_once('"').map(|(policy, _)| policy))
        .collect();
    let policy = stated.pop_first().flatten()?;
    (stated.is_empty() && !policy.contains(['{', '}'])).then(|| policy.to_owned())
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
    known.extend(NAMES);
    known.dedup();
    match near::nearest(&name.value, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).replace_with(format!("\"{near}\"")),
        None => diagnostic.help(format!("make the folder `themes/{}/`, or leave `theme` out", name.value)),
    }
}
