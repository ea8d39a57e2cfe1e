//! `site.toml`: what the catalogue as a whole is called, where it will stand, how strict its checks are.
//!
//! In comes the table of `site.toml`, out goes the configuration with its references still as text.
//! Configuration is trusted, but it is checked like every record, so that a typing error is found at once.

mod bounds;
mod levels;

use url::Url;

use crate::diagnostic::{Code, Finding};
use crate::language::{self, ENGLISH};
use crate::limits::Limits;
use crate::model::shared::{notices, read_web_address, url};
use crate::parse::definition::{Definition, Form, Rule, optional, required};
use crate::parse::fields::Fields;
use crate::text::{FileId, Spanned};
pub use levels::{Level, Profile, matches, read_code};

/// Who publishes the catalogue.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// Their home.
    pub url: Option<String>,
}

/// A picture for previews.
#[derive(Clone, Debug)]
pub struct Card {
    /// The file, below `content/`.
    pub file: Spanned<String>,
    /// What it shows.
    pub alt: String,
}

/// An extra link in the header.
#[derive(Clone, Debug)]
pub struct NavigationLink {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub target: NavigationTarget,
}

/// Where an extra link leads.
#[derive(Clone, Debug)]
pub enum NavigationTarget {
    /// A free page, by id.
    Page(Spanned<String>),
    /// Somewhere else.
    Web(String),
}

/// The catalogue's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file it was read from.
    pub file: Option<FileId>,
    /// The catalogue's name.
    pub title: String,
    /// One sentence: what it is.
    pub description: Option<String>,
    /// Where it will be published; ends with a slash.
    pub base_url: Url,
    /// The language of the interface, a BCP 47 tag in its usual form.
    pub language: Spanned<String>,
    /// The language in which records are written.
    pub content_language: String,
    /// The theme's folder under `themes/`.
    pub theme: Spanned<String>,
    /// The address by which feeds know the catalogue, wherever it stands.
    pub identity: Url,
    /// Address of the folder that holds the records, for "edit this page" links.
    pub repository: Option<String>,
    /// Who publishes it.
    pub publisher: Option<Publisher>,
    /// The picture that previews of its pages show.
    pub card: Option<Card>,
    /// Notices in every footer.
    pub notices: Vec<Spanned<String>>,
    /// Extra links in the header.
    pub navigation: Vec<NavigationLink>,
    /// Levels of diagnostics that differ from the default.
    pub levels: Vec<(Code, Level)>,
    /// Levels that differ for some of the records.
    pub profiles: Vec<Profile>,
    /// How much there may be of everything.
    pub limits: Limits,
}

/// What `site.toml` may say.
pub static RECORD: Definition = Definition {
    what: "`site.toml`",
    says: "What the catalogue as a whole is called, where it will stand, and how strict its checks are.",
    keys: &[
        required("title", Form::Text, "The catalogue's name.").such_as("Certified products"),
        optional("description", Form::LongText, "One sentence: what it is.")
            .such_as("Which products were assessed, and with what result."),
        required("base_url", Form::SiteAddress, "Where it will be published; every address begins with it.")
            .such_as("https://example.org/catalogue/"),
        optional(
            "identity",
            Form::SiteAddress,
            "The address by which feeds and calendars know the catalogue, where it has moved: the `base_url` that it had at first.",
        )
        .such_as("https://example.org/first/"),
        optional(
            "language",
            Form::Language,
            "The language of the pages, a BCP 47 tag, `en` where it is left out; `--language` builds in another.",
        )
        .such_as("de"),
        optional(
            "content_language",
            Form::Language,
            "The language in which the records are written, where it is not `language`.",
        )
        .such_as("fr"),
        optional("theme", Form::Text, "A folder under `themes/`, or a theme that is part of certalog: `default` or `print`.").such_as("default"),
        optional(
            "repository",
            Form::Address,
            "Address of the folder that holds the records, for links to the source of a page.",
        )
        .such_as("https://example.org/records/tree/main"),
        optional("publisher", Form::Table(&PUBLISHER), "Who publishes it."),
        optional("card", Form::Table(&CARD), "The picture that previews of its pages show, where a link to one is shared."),
        notices("Notices shown in every footer, by id."),
        optional("navigation", Form::Tables(&NAVIGATION), "Extra links in the header."),
        optional(
            "checks",
            Form::Levels,
            "The level of diagnostics: under the code of each, `off`, `warning` or `error`.",
        )
        .such_as(r#"{ lapsed-validity = "off" }"#),
        optional("profile", Form::Tables(&levels::PROFILE), "Other levels for some of the records."),
        optional("limits", Form::Table(&bounds::LIMITS), "How much there may be of everything."),
    ],
    rules: &[],
};
static PUBLISHER: Definition = Definition {
    what: "a publisher",
    says: "Who publishes the catalogue.",
    keys: &[required("name", Form::Text, "The name.").such_as("Example Forum"), url("Their home.")],
    rules: &[],
};
static CARD: Definition = Definition {
    what: "a card",
    says: "The picture that previews of pages show; most readers of previews take PNG and JPEG, 1200 by 630 pixels.",
    keys: &[
        required("file", Form::Text, "The picture, a file below `content/`.").such_as("pages/card.png"),
        required("alt", Form::Text, "What it shows.")
            .such_as("The words “Certified products” on a plain ground."),
    ],
    rules: &[],
};
static NAVIGATION: Definition = Definition {
    what: "a navigation link",
    says: "A link in the header, to a page of the catalogue or elsewhere.",
    keys: &[
        required("title", Form::Text, "Its words.").such_as("About"),
        optional("page", Form::PageId, "The page it leads to, by id.").such_as("about"),
        url("The address it leads to."),
    ],
    rules: &[Rule::AtLeastOne(&["page", "url"]), Rule::AtMostOne(&["page", "url"])],
};
impl Config {
    /// What stands in for a configuration that could not be read, so that the records can still be checked.
    pub fn stand_in() -> Self {
        Self {
            file: None,
            title: String::new(),
            description: None,
            base_url: Url::parse("https://example.org/").expect("the reserved example domain is an address"),
            language: english(),
            content_language: ENGLISH.to_owned(),
            theme: Spanned { value: "default".to_owned(), ..Spanned::default() },
            identity: Url::parse("https://example.org/").expect("the reserved example domain is an address"),
            repository: None,
            publisher: None,
            card: None,
            notices: Vec::new(),
            navigation: Vec::new(),
            levels: Vec::new(),
            profiles: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// Reads the configuration; `None` when title or address are missing.
    pub fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let publisher = fields.table("publisher").and_then(|table| {
            let mut publisher = fields.inner(table, &PUBLISHER);
            let url = read_web_address(&mut publisher, "url");
            Some(Publisher { name: publisher.text("name")?.value, url })
        });
        let card = fields.table("card").and_then(|table| {
            let mut card = fields.inner(table, &CARD);
            let (file, alt) = (card.text("file"), card.text("alt"));
            Some(Card { file: file?, alt: alt?.value })
        });
        let navigation = fields.tables("navigation").into_iter().filter_map(|table| {
            let mut link = fields.inner(table, &NAVIGATION);
            let (page, url) = (link.text("page"), read_web_address(&mut link, "url"));
            let target = match (page, url) {
                (Some(page), None) => Some(NavigationTarget::Page(page)),
                (None, Some(url)) => Some(NavigationTarget::Web(url)),
                (Some(page), Some(_)) => {
                    let message = "a navigation link has either a `page` or a `url`";
                    link.report(Finding::new(Code::ConflictingKeys, page.span, message));
                    None
                }
                (None, None) => {
                    if link.key_span("url").is_none() {
                        let message = "a navigation link needs a `page` or a `url`";
                        link.report(Finding::new(Code::MissingKey, table.span, message));
                    }
                    None
                }
            };
            Some(NavigationLink { title: link.text("title")?.value, target: target? })
        });
        let navigation = navigation.collect();
        let levels = fields.table("checks").map_or_else(Vec::new, |table| levels::read_levels(fields, table));
        let profiles = levels::read_profiles(fields);
        let limits = bounds::read(fields);
        let text = |text: Spanned<String>| text.value;
        let base_url = read_site_address(fields, "base_url");
        let identity = read_site_address(fields, "identity").or_else(|| base_url.clone());
        let language = read_language(fields, "language").unwrap_or_else(english);
        let content_language = read_language(fields, "content_language");
        Some(Self {
            file: None,
            description: fields.text("description").map(text),
            content_language: content_language.map_or_else(|| language.value.clone(), |tag| tag.value),
            language,
            theme: fields
                .text("theme")
                .unwrap_or_else(|| Spanned { value: "default".to_owned(), ..Spanned::default() }),
            repository: read_web_address(fields, "repository"),
            publisher,
            card,
            notices: fields.texts("notices"),
            navigation,
            levels,
            profiles,
            limits,
            base_url: base_url?,
            identity: identity?,
            title: fields.text("title")?.value,
        })
    }
}

fn english() -> Spanned<String> {
    Spanned { value: ENGLISH.to_owned(), ..Spanned::default() }
}

/// A language tag in its usual form.
fn read_language(fields: &mut Fields<'_, '_>, key: &str) -> Option<Spanned<String>> {
    let tag = fields.text(key)?;
    if let Some(value) = language::canonical(&tag.value) {
        return Some(Spanned::new(value, tag.span));
    }
    let message = format!("`{}` is no language tag", tag.value);
    fields.report(
        Finding::new(Code::InvalidValue, tag.span, message)
            .help("write it as BCP 47 does, such as \"en\", \"de\" or \"pt-BR\""),
    );
    None
}

/// The address of the published site; a missing slash at its end is no mistake worth a report.
fn read_site_address(fields: &mut Fields<'_, '_>, key: &str) -> Option<Url> {
    let text = fields.text(key)?;
    if let Some(url) = parse_base_url(&text.value) {
        return Some(url);
    }
    let message = format!("`{}` is not the address of a site", text.value);
    fields.report(
        Finding::new(Code::InvalidValue, text.span, message)
            .help("write the whole address, such as \"https://example.org/catalogue/\""),
    );
    None
}

/// Reads an address with which every address of the site begins: http or https, without query and fragment.
pub fn parse_base_url(text: &str) -> Option<Url> {
    let mut url = Url::parse(text).ok()?;
    let is_usable = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.query().is_none()
        && url.fragment().is_none();
    if !is_usable {
        return None;
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Some(url)
}
