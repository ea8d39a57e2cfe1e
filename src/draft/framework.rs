//! Drafts of organizations, frameworks and elements.
//!
//! In come names and ids, out go records that hold what was said and comments for the rest.
//! An element hangs where it was said to hang: neither its id nor its name is taken apart.

use super::{
    Draft, Layout, Refusal, add, framework_named, id_of, instead, line, quoted, refuse, release_named,
};
use crate::catalogue::Catalogue;
use crate::parse::definition::words;

/// The record of an organization.
pub fn organization(
    catalogue: &Catalogue,
    name: &str,
    id: Option<&str>,
    layout: Layout<'_>,
) -> Result<Draft, Refusal> {
    let id = id_of(id, &[name])?;
    let known = catalogue.organizations.iter().find(|known| known.record.name.eq_ignore_ascii_case(name));
    if let Some(known) = known {
        return refuse(
            format!("`{name}` is in the catalogue already, as `{}`", known.id),
            "nothing was written",
        );
    }
    let mut text = String::new();
    line(&mut text, "name", name);
    text.push_str("# url = \"https://example.org/\" # its home\n# country = \"\" # where it sits\n");
    if !layout.is_markdown {
        text.push_str("# description = \"\" # a sentence or two about it\n");
    }
    let next = vec![format!("`certalog new certification {id} PRODUCT` begins a certification of it")];
    Ok(layout.draft(&format!("content/organizations/{id}"), "organization", &text, next))
}

/// The record of a framework with its first release.
pub fn framework(
    (name, version): (&str, &str),
    id: Option<&str>,
    layout: Layout<'_>,
) -> Result<Draft, Refusal> {
    let id = id_of(id, &[name])?;
    let mut text = String::new();
    line(&mut text, "name", name);
    text.push_str(
        "# short_name = \"\" # what people call it\n# publisher = \"\"\n# url = \"https://example.org/\" # its home\n\
         # noun = { one = \"process\", many = \"processes\" } # what an element is called\n\n[[release]] # oldest first\n",
    );
    line(&mut text, "version", version);
    text.push_str(
        "\n# [[domain]] # the top groupings, in order\n# id = \"customer\"\n# name = \"Customer\"\n\n\
         # [[level]]\n# number = 1\n# name = \"Level 1\"\n\n\
         # How results are expressed; a certification needs a scale as soon as it has a score.\n\
         # [[scale]]\n# id = \"score\"\n# min = 0\n# max = 5\n# step = 0.1\n\
         # [[scale.rating]]\n# label = \"Conformant\"\n# from = 5\n# tone = \"full\"\n",
    );
    let next = vec![
        "name its domains, levels and scales; docs/record-format.md explains them".to_owned(),
        format!("`certalog new element NAME --framework {id} --id ID` begins an element of it"),
    ];
    Ok(layout.draft(&format!("content/frameworks/{id}/framework"), "framework", &text, next))
}

/// What a person says of an element that is begun.
#[derive(Clone, Copy, Debug, Default)]
pub struct ElementWish<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its id in the release.
    pub id: &'a str,
    /// The framework; may be left out where there is one.
    pub framework: Option<&'a str>,
    /// The release that it came with; the current one where it is left out.
    pub release: Option<&'a str>,
    /// The element above it, by key or by its id in the release.
    pub parent: Option<&'a str>,
    /// Its domain, where it is not its parent's.
    pub domain: Option<&'a str>,
    /// Its level, where it is not the one below its parent's.
    pub level: Option<u8>,
    /// Its key, in place of one made of its name.
    pub key: Option<&'a str>,
}

/// The record of an element, in a file of its own.
pub fn element(catalogue: &Catalogue, wish: &ElementWish<'_>, layout: Layout<'_>) -> Result<Draft, Refusal> {
    let framework = framework_named(catalogue, wish.framework)?;
    let release = release_named(framework, wish.release)?;
    let version = &framework.record.releases[release].version.value;
    let key = id_of(wish.key, &[wish.name])?;
    let elements = || framework.elements.iter().map(|element| catalogue.element(*element));
    if elements().any(|element| element.record.key.value == key) {
        return refuse(
            format!("`{}` has an element `{key}` already", framework.id),
            "give another key with `--key`",
        );
    }
    if let Some(taken) = framework.releases[release].ids.get(wish.id) {
        let taken = catalogue.element(*taken);
        let message = format!("`{}` is the id of “{}” in release {version}", wish.id, taken.name());
        return refuse(message, format!("its record is the element `{}`", taken.record.key.value));
    }
    let parent = match wish.parent {
        None => None,
        Some(name) => {
            let by_id = framework.releases[release].ids.get(name).map(|element| catalogue.element(*element));
            let found = elements().find(|element| element.record.key.value == name).or(by_id);
            let keys: Vec<&str> = elements().map(|element| element.record.key.value.as_str()).collect();
            let Some(parent) = found else {
                return refuse(
                    format!("`{}` has no element `{name}`", framework.id),
                    instead(name, keys.into_iter()),
                );
            };
            Some(parent)
        }
    };
    let domains = framework.record.domains.iter().map(|domain| domain.id.value.as_str());
    if let Some(domain) = wish.domain.filter(|domain| !domains.clone().any(|known| known == *domain)) {
        return refuse(format!("`{}` has no domain `{domain}`", framework.id), instead(domain, domains));
    }
    let above = parent.and_then(|parent| parent.in_release(release).ok()?.level);
    let mut text = String::new();
    line(&mut text, "name", wish.name);
    match wish.level.or(above.map(|above| above.saturating_add(1))) {
        Some(level) => add(&mut text, format_args!("level = {level}\n")),
        None => text.push_str("# level = 1\n"),
    }
    wish.domain.iter().for_each(|domain| line(&mut text, "domain", domain));
    if let Some(parent) = parent {
        line(&mut text, "parent", &parent.record.key.value);
    }
    if !layout.is_markdown {
        text.push_str("# description = \"\" # what it is, in Markdown\n");
    }
    add(&mut text, format_args!("\n[[history]]\nrelease = {}\nchange = \"addition\"\n", quoted(version)));
    line(&mut text, "id", wish.id);
    let bases = words::<crate::model::element::Basis>();
    add(&mut text, format_args!("# basis = \"{}\" # how this is known: {}\n", bases[0], bases.join(", ")));
    let next = vec!["describe it, and say in its history how it is known".to_owned()];
    Ok(layout.draft(&format!("content/frameworks/{}/elements/{key}", framework.id), "element", &text, next))
}
