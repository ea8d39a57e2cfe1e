//! Every record of an invented catalogue as text.
//!
//! In come the frameworks and the number of certifications, out go the files of a catalogue, one after the other.
//! The same numbers give the same bytes; nothing is read and nothing is written here.

use super::frameworks::{Element, Framework, frameworks};
use super::prose;
use super::random::Random;

/// How large a catalogue is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// How many frameworks there are.
    pub(crate) frameworks: usize,
    /// How many elements they have together.
    pub(crate) elements: usize,
    /// How many certifications there are.
    pub(crate) certifications: usize,
}

impl Size {
    /// How many organizations there are: each has 25 certifications or fewer, however many there are in all.
    fn organizations(self) -> usize {
        self.certifications / 25 + 5
    }

    /// S, M or L, or a number: so many elements and so many certifications in ten frameworks.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (frameworks, elements, certifications) = match name {
            "S" => (4, 1_000, 300),
            "M" => (6, 3_000, 2_000),
            "L" => (10, 10_000, 10_000),
            number => {
                let number = number.parse().ok().filter(|number| *number >= 100)?;
                (10, number, number)
            }
        };
        Some(Self { frameworks, elements, certifications })
    }
}

const DOMAINS: &[&str] = &["market", "product", "customer", "service", "resource"];
/// How many results a certification has, at least and at most.
const RESULTS: (usize, usize) = (45, 75);

/// Gives every file of the catalogue, path and text, to `write`, until it fails.
pub(crate) fn catalogue<E>(
    size: Size,
    mut write: impl FnMut(String, String) -> Result<(), E>,
) -> Result<(), E> {
    write("site.toml".to_owned(), SITE.to_owned())?;
    write("content/index.md".to_owned(), page("Invented certifications", 0))?;
    write("content/pages/about.md".to_owned(), page("About", 1))?;
    write("content/notices/invented.md".to_owned(), page("Everything here is invented", 2))?;
    for number in 0..size.organizations() {
        let path = format!("content/organizations/{}.toml", organization_id(number));
        write(path, organization(number))?;
    }
    let frameworks = frameworks(size.frameworks, size.elements);
    for framework in &frameworks {
        let folder = format!("content/frameworks/{}", framework.id);
        write(format!("{folder}/framework.toml"), framework_record(framework))?;
        for element in &framework.elements {
            let path = format!("{folder}/elements/{}.md", element.key);
            write(path, element_record(framework, element))?;
        }
    }
    for number in 0..size.certifications {
        write(certification_path(number), certification(&frameworks, size.organizations(), number))?;
    }
    Ok(())
}

/// The path of a certification's record.
pub(crate) fn certification_path(number: usize) -> String {
    format!("content/certifications/certification-{number:05}/certification.md")
}

const SITE: &str = r#"title = "Invented certifications"
description = "A catalogue without meaning, made for measurements."
base_url = "https://example.org/invented/"
notices = ["invented"]

[[navigation]]
title = "About"
page = "about"
"#;

fn page(title: &str, number: usize) -> String {
    let random = &mut Random::of("page", number);
    let (first, list, last) =
        (prose::paragraph(random, 60), prose::list(random, 4), prose::paragraph(random, 60));
    format!("+++\ntitle = \"{title}\"\n+++\n{first}\n\n{list}\n{last}\n")
}

fn organization_id(number: usize) -> String {
    format!("example-{number:03}")
}

fn organization(number: usize) -> String {
    let random = &mut Random::of("organization", number);
    let (name, description) = (prose::title(random, 1), prose::paragraph(random, 40));
    format!(
        "name = \"Example {name} {number:03}\"\nurl = \"https://example.com/\"\ndescription = \"{description}\"\n"
    )
}

fn framework_record(framework: &Framework) -> String {
    let random = &mut Random::of(&framework.id, 0);
    let number = &framework.id["model-".len()..];
    let mut text = format!(
        "name = \"Model of {} {number}\"\nshort_name = \"Model {number}\"\npublisher = \"Example Forum\"\n\
         url = \"https://example.org/\"\nnoun = {{ one = \"process\", many = \"processes\" }}\n\
         description = \"{}\"\n",
        prose::title(random, 1),
        prose::paragraph(random, 60)
    );
    for (index, version) in framework.releases.iter().enumerate() {
        text.push_str(&format!("\n[[release]]\nversion = \"{version}\"\ndate = \"{}\"\n", 2016 + 3 * index));
    }
    for domain in DOMAINS {
        let (name, description) = (prose::title(random, 2), prose::sentence(random, 12));
        text.push_str(&format!(
            "\n[[domain]]\nid = \"{domain}\"\nname = \"{name}\"\ndescription = \"{description}\"\n"
        ));
    }
    for level in 1..=4 {
        text.push_str(&format!("\n[[level]]\nnumber = {level}\nname = \"Level {level}\"\n"));
    }
    text.push_str(SCALE);
    text
}

const SCALE: &str = r#"
[[scale]]
id = "score"
name = "Score"
min = 0
max = 5
step = 0.1

[[scale.rating]]
label = "Full"
from = 5
tone = "full"
meaning = "All of it was shown."

[[scale.rating]]
label = "Partial"
from = 0.1
tone = "partial"
meaning = "Some of it was shown."

[[scale.rating]]
label = "None"
from = 0
tone = "none"
meaning = "None of it was shown."
"#;

/// The releases in which something happens to an element, each with the kind of change and the new id.
fn changes(element: &Element) -> Vec<(usize, &'static str, Option<&str>)> {
    let mut changes = Vec::new();
    let mut before: Option<&str> = None;
    for (release, id) in element.ids.iter().enumerate() {
        let id = id.as_deref();
        match (before, id) {
            (None, Some(_)) => changes.push((release, "addition", id)),
            (Some(_), None) => changes.push((release, "withdrawal", None)),
            (Some(old), Some(new)) if old != new => changes.push((release, "renumbering", id)),
            (Some(_), Some(_)) => changes.push((release, "modification", None)),
            (None, None) => {}
        }
        before = id;
    }
    changes
}

fn element_record(framework: &Framework, element: &Element) -> String {
    let random = &mut Random::of("element record", element.number);
    let top = element.newest().1.split('.').next().unwrap_or_default();
    let domain = DOMAINS[top.parse::<usize>().unwrap_or_default() % DOMAINS.len()];
    let mut text =
        format!("+++\nname = \"{}\"\nlevel = {}\ndomain = \"{domain}\"\n", element.name, element.level);
    if let Some(parent) = element.parent {
        text.push_str(&format!("parent = \"{}\"\n", framework.elements[parent].key));
    }
    let mut changes = changes(element).into_iter();
    let mut first = String::new();
    for (release, change, id) in changes.by_ref() {
        let version = &framework.releases[release];
        first.push_str(&format!("\n[[history]]\nrelease = \"{version}\"\nchange = \"{change}\"\n"));
        if let Some(id) = id {
            first.push_str(&format!("id = \"{id}\"\n"));
        }
        first.push_str(&format!("basis = \"official\"\nnote = \"{}\"\n", prose::sentence(random, 12)));
    }
    text.push_str(&first);
    if element.ids.len() == 2 {
        // One entry for a version that is not a release, so that every history has about three.
        let (day, note) = (random.between(1, 28), prose::sentence(random, 12));
        text.push_str(&format!(
            "\n[[history]]\nversion = \"draft {day}\"\nchange = \"correction\"\ndate = \"2021-03-{day:02}\"\nnote = \"{note}\"\n"
        ));
    }
    let peer = &framework.elements[random.below(framework.elements.len())];
    let (framework, id) = (&framework.id, peer.newest().1);
    let (first, second) = (prose::paragraph(random, 70), prose::paragraph(random, 30));
    let (strong, code) = (prose::thing(random), prose::thing(random));
    text.push_str(&format!(
        "+++\n{first}\n\nSee **{strong}** [[{framework}:{id}]] and `{code}`. {second}\n\n{}\n{}",
        prose::table(random, 4),
        prose::list(random, 3)
    ));
    if element.number % 20 == 19 {
        text.push_str(&format!("\n{}", prose::code(random, element.number / 20)));
    }
    text
}

fn certification(frameworks: &[Framework], organizations: usize, number: usize) -> String {
    let random = &mut Random::of("certification", number);
    let framework = &frameworks[random.below(frameworks.len())];
    // Two of three are against the newest release.
    let newest = framework.releases.len() - 1;
    let release = if random.once_in(3) { random.below(newest) } else { newest };
    let leaves = framework.leaves(release);
    let count = random.between(RESULTS.0, RESULTS.1);
    let assessed = random.sample(count, leaves.len());
    let organization = organization_id(random.below(organizations));
    let (product, kind) =
        (prose::title(random, 2), random.pick(&["Suite", "Desk", "Engine", "Hub", "Studio"]));
    let version = format!("{}.{}", random.between(1, 12), random.below(10));
    let (year, month) = (random.between(2018, 2025), random.between(1, 12));
    let mut text = format!(
        "+++\norganization = \"{organization}\"\nproduct = \"{product} {kind}\"\nversion = \"{version}\"\n\
         framework = \"{}\"\nrelease = \"{}\"\ncompleted = \"{year}-{month:02}\"\n\
         valid = {{ from = \"{year}-{month:02}\", to = \"{}-{month:02}\" }}\nassurance = \"self-assessed\"\n\
         notices = [\"invented\"]\n\n[[document]]\nrole = \"report\"\ntitle = \"{}\"\n",
        framework.id,
        framework.releases[release],
        // Long enough that one in ten has lapsed, as findings are the exception in a catalogue.
        year + 8,
        prose::sentence(random, 5)
    );
    for leaf in &assessed {
        text.push_str(&result(random, leaves[*leaf]));
    }
    text.push_str("+++\n");
    text.push_str(&certification_body(random, &framework.id, &assessed, &leaves));
    text
}

fn result(random: &mut Random, element: &str) -> String {
    let value = match random.below(24) {
        0 => "outcome = \"not-submitted\"".to_owned(),
        1 => "outcome = \"not-applicable\"".to_owned(),
        2..=9 => "score = 5".to_owned(),
        _ => {
            let tenths = random.between(0, 49);
            format!("score = {}.{}", tenths / 10, tenths % 10)
        }
    };
    let comment = prose::comment(random).replace('"', "\\\"");
    let evidence = [prose::sentence(random, 8), prose::sentence(random, 8)];
    let address = random.below(10_000);
    format!(
        "\n[[result]]\nelement = \"{element}\"\n{value}\ncomment = \"{comment}\"\nevidence = [\n    \
         {{ title = \"{}\", url = \"https://example.com/{address}/a\" }},\n    \
         {{ title = \"{}\", url = \"https://example.com/{address}/b\" }},\n]\n",
        evidence[0], evidence[1]
    )
}

fn certification_body(random: &mut Random, framework: &str, assessed: &[usize], leaves: &[&str]) -> String {
    let mut link = || {
        let leaf = leaves[assessed[random.below(assessed.len())]];
        format!("[[{framework}:{leaf}]]")
    };
    let links = (link(), link());
    let (strong, code) = (prose::thing(random), prose::thing(random));
    let steps: Vec<String> =
        (1..=4).map(|step| format!("{step}. {}\n", prose::sentence(random, 12))).collect();
    let steps = steps.concat();
    let paragraphs = [85, 110, 95].map(|words| prose::paragraph(random, words));
    let (table, quote) = (prose::table(random, 3), prose::sentence(random, 12));
    format!(
        "## Scope\n\n{}\n\nThe *assessment* begins at {} and ends at {}; see **{strong}** and `{code}`.\n\n\
         ## Method\n\n{}\n\n{steps}\n{table}\n## What was found\n\n{}\n\n> {quote}\n",
        paragraphs[0], links.0, links.1, paragraphs[1], paragraphs[2]
    )
}
