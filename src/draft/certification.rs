//! The draft of a certification: every element in scope, ready to be scored.
//!
//! In come who had what assessed against which release, out goes a record that passes the checks as it is.
//! No row has a score: each says that its element was not assessed, which is true until somebody does it.

use super::{
    Draft, Layout, Refusal, add, framework_named, id_of, instead, line, quoted, refuse, release_named, remark,
};
use crate::catalogue::{Catalogue, ElementIx, Framework};
use crate::model::certification::{Assurance, Outcome};
use crate::model::scale::Scale;
use crate::near;
use crate::parse::definition::words;

/// What a person says of a certification that is begun.
#[derive(Clone, Copy, Debug, Default)]
pub struct CertificationWish<'a> {
    /// The organization, by id or name.
    pub organization: &'a str,
    /// The product.
    pub product: &'a str,
    /// Its version.
    pub version: Option<&'a str>,
    /// The framework; may be left out where there is one.
    pub framework: Option<&'a str>,
    /// The release; the current one where it is left out.
    pub release: Option<&'a str>,
    /// The domains in scope; all where there is none.
    pub domains: &'a [String],
    /// The levels in scope; all where there is none.
    pub levels: &'a [u8],
    /// The record's id, in place of one made of organization, product and version.
    pub id: Option<&'a str>,
}

/// The record of a certification that is begun.
pub fn certification(
    catalogue: &Catalogue,
    wish: &CertificationWish<'_>,
    layout: Layout<'_>,
) -> Result<Draft, Refusal> {
    let organization = organization_named(catalogue, wish.organization)?;
    let framework = framework_named(catalogue, wish.framework)?;
    let release = release_named(framework, wish.release)?;
    let members = in_scope(catalogue, framework, release, wish)?;
    let id = id_of(wish.id, &[organization, wish.product, wish.version.unwrap_or_default()])?;
    let mut text = String::new();
    line(&mut text, "organization", organization);
    line(&mut text, "product", wish.product);
    match wish.version {
        Some(version) => line(&mut text, "version", version),
        None => text.push_str("# version = \"1.0\" # the product's version, or \"unspecified\"\n"),
    }
    line(&mut text, "framework", &framework.id);
    facts(&mut text, framework, release, None);
    let scale = scale_of(framework);
    head_of_results(&mut text, scale, members.len());
    let mut domain = None;
    for &element in &members {
        let here = catalogue.domain(element, release);
        if here != domain {
            domain = here;
            let name =
                here.and_then(|domain| framework.record.domains.get(domain)).map(|domain| &domain.name);
            add(
                &mut text,
                format_args!(
                    "\n# {}\n",
                    name.map_or_else(|| "Without a domain".to_owned(), |name| remark(name))
                ),
            );
        }
        let Ok(state) = catalogue.element(element).in_release(release) else { continue };
        text.push_str("\n[[result]]\n");
        add(&mut text, format_args!("element = {} # {}\n", quoted(&state.id), remark(&state.name)));
        text.push_str("outcome = \"not-assessed\"\n");
    }
    let path = format!("content/certifications/{id}/certification");
    let next = vec![
        format!("score the {} elements, or delete those that are out of scope", members.len()),
        "put documents into the folder of the record and name them under `[[document]]`".to_owned(),
        "`certalog check` says what is still missing".to_owned(),
    ];
    Ok(layout.draft(&path, "certification", &text, next))
}

/// What follows the framework: the release with its suite, and what only a person knows.
pub(super) fn facts(text: &mut String, framework: &Framework, release: usize, scale: Option<&str>) {
    let stated = &framework.record.releases[release];
    line(text, "release", &stated.version.value);
    stated.suite.iter().for_each(|suite| line(text, "suite", suite));
    text.push_str(
        "# completed = \"2017-02\" # when the assessment was completed: a year, a month or a day\n",
    );
    text.push_str("# valid = { from = \"2017-03\", to = \"2019-03\" } # if the certificate says so\n");
    let assurances = words::<Assurance>();
    add(text, format_args!("# assurance = \"{}\" # one of {}\n", assurances[0], assurances.join(", ")));
    match scale.or_else(|| scale_of(framework).map(|scale| scale.id.value.as_str())) {
        Some(scale) => line(text, "scale", scale),
        None => {
            let ids: Vec<&str> =
                framework.record.scales.iter().map(|scale| scale.id.value.as_str()).collect();
            add(text, format_args!("# scale = \"\" # one of {}\n", remark(&ids.join(", "))));
        }
    }
}

/// The scale of certifications that name none.
pub(super) fn scale_of(framework: &Framework) -> Option<&Scale> {
    let record = &framework.record;
    match (&record.default_scale, record.scales.as_slice()) {
        (Some(default), scales) => scales.iter().find(|scale| scale.id.value == default.value),
        (None, [only]) => Some(only),
        _ => None,
    }
}

/// How a row is filled in, as a comment above the rows.
pub(super) fn head_of_results(text: &mut String, scale: Option<&Scale>, count: usize) {
    let outcomes = words::<Outcome>();
    let how = match scale {
        Some(scale) => match &scale.range {
            Some(range) => {
                format!("`score = …`, from {} to {} in steps of {}", range.min, range.max, range.step)
            }
            None => {
                let ids = scale.ratings.iter().filter_map(|rating| rating.id.as_ref());
                let ids: Vec<&str> = ids.map(|id| id.value.as_str()).collect();
                format!("`rating = …`, one of {}", remark(&ids.join(", ")))
            }
        },
        None => "`score = …` or `rating = …`, as the scale asks".to_owned(),
    };
    add(text, format_args!("\n# {count} elements. Where one was assessed, put {how},\n"));
    add(text, format_args!("# in place of `outcome`; else the outcome is one of {}.\n", outcomes.join(", ")));
}

fn organization_named<'c>(catalogue: &'c Catalogue, name: &str) -> Result<&'c str, Refusal> {
    let known = &catalogue.organizations;
    let found = known.iter().find(|known| known.id == name);
    let found = found.or_else(|| known.iter().find(|known| known.record.name.eq_ignore_ascii_case(name)));
    match found {
        Some(organization) => Ok(&organization.id),
        None => {
            let ids = known.iter().map(|known| known.id.as_str());
            let names = known.iter().map(|known| known.record.name.as_str());
            let help = match near::nearest(name, ids.clone().chain(names)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => instead(name, ids),
            };
            refuse(
                format!("there is no organization `{name}`"),
                format!("{help}; `certalog new organization` begins one"),
            )
        }
    }
}

/// The elements that a person wants to have assessed, in the framework's order.
fn in_scope(
    catalogue: &Catalogue,
    framework: &Framework,
    release: usize,
    wish: &CertificationWish<'_>,
) -> Result<Vec<ElementIx>, Refusal> {
    let domains = &framework.record.domains;
    let mut wanted = Vec::new();
    for name in wish.domains {
        match domains.iter().position(|domain| domain.id.value == *name) {
            Some(domain) => wanted.push(domain),
            None => {
                let ids = domains.iter().map(|domain| domain.id.value.as_str());
                return refuse(format!("`{}` has no domain `{name}`", framework.id), instead(name, ids));
            }
        }
    }
    let level = |element: ElementIx| catalogue.element(element).in_release(release).ok()?.level;
    let members = &framework.releases[release].members;
    let is_wanted = |element: &ElementIx| {
        let domain = catalogue.domain(*element, release);
        (wanted.is_empty() || domain.is_some_and(|domain| wanted.contains(&domain)))
            && (wish.levels.is_empty() || level(*element).is_some_and(|level| wish.levels.contains(&level)))
    };
    let found: Vec<ElementIx> = members.iter().copied().filter(is_wanted).collect();
    if found.is_empty() {
        let mut levels: Vec<u8> = members.iter().filter_map(|element| level(*element)).collect();
        levels.sort_unstable();
        levels.dedup();
        let levels: Vec<String> = levels.iter().map(u8::to_string).collect();
        let version = &framework.record.releases[release].version.value;
        let help = if levels.is_empty() {
            format!("the catalogue has no element of `{}` in release {version}", framework.id)
        } else {
            format!("the elements of release {version} have the levels {}", levels.join(", "))
        };
        return refuse("no element is in scope", help);
    }
    Ok(found)
}
