//! The page of a release: the tree as it stood then, with its own ids, names and counts.
//!
//! In come a framework and a release, out goes the tree by domain, each id an anchor, and the certifications against it.
//! An element with several parents stands under each of them; its own parts are listed once.

use std::collections::BTreeMap;

use super::shared::{domain_words, fact_link, fact_text, isolated, link, release_words};
use super::{Frame, certifications, covered, framework};
use crate::catalogue::{ElementIx, Framework, FrameworkIx, Verdict};
use crate::figure::Measure;
use crate::html::{Html, HtmlWriter};
use crate::route::{self, Route};
use crate::table::{Cells as _, Heading};
use crate::tally::branches::{self, Branch};
use crate::view::{FactView, LinkView, PageView, ReleaseView, Visible as _};

/// Trees that are deeper than this are cut; the page of each element leads on to its parts.
const DEEPEST: usize = 32;

pub(super) fn view(page: &Frame<'_>, index: FrameworkIx, release: usize) -> PageView {
    let catalogue = page.catalogue();
    let framework = catalogue.framework(index);
    let record = &framework.record.releases[release];
    let certifications = framework.certifications.iter().copied();
    let certifications: Vec<_> =
        certifications.filter(|one| catalogue.certification(*one).release == release).collect();
    let words = page.words();
    let note = words.count("count.certifications", certifications.len());
    let heading = Heading::new("certifications", words.get("term.certifications"), &note);
    let beside = |at: usize| LinkView {
        title: release_words(framework, at),
        href: page.href(Route::Release(index, at)),
        note: None,
    };
    let (contents, tree) = tree(page, framework, release);
    let wanted = page.context.wanted.by("release");
    let content = ReleaseView {
        lead: lead(page, framework, release),
        facts: facts(page, framework, release),
        contents,
        coverage: wanted.of("coverage", || covered::of_release(page, index, release)),
        tree,
        certifications: wanted.of("certifications", || {
            certifications::table(page, (heading, certifications::Known::Release), certifications)
        }),
        previous: release.checked_sub(1).map(beside),
        next: (release + 1 < framework.releases.len()).then(|| beside(release + 1)),
        changes: (release > 0).then(|| page.href(Route::Changes(index, release))),
        files: page.release_files(),
    };
    let title = release_words(framework, release);
    PageView {
        description: record
            .note
            .clone()
            .or_else(|| Some(words.fill("release.description", &[("release", &title)]))),
        crumbs: page.crumbs(&[framework::crumb(page), (Route::Framework(index), &framework.record.name)]),
        content: content.into_value(),
        ..page.page("release", "frameworks", title)
    }
}

fn lead(page: &Frame<'_>, framework: &Framework, release: usize) -> Html {
    let noun = &framework.record.noun;
    let tree = &framework.releases[release];
    let domains: std::collections::BTreeSet<usize> =
        tree.standing.iter().filter(|one| one.order.is_some()).filter_map(|one| one.domain).collect();
    let words = page.words();
    let title = isolated(&release_words(framework, release));
    let elements = words.counted(tree.members.len(), &noun.one, &noun.many);
    let domains = (!domains.is_empty()).then(|| words.count("count.domains", domains.len()));
    let key = if domains.is_some() { "release.lead_domains" } else { "release.lead" };
    let values = [
        ("release", title.as_str()),
        ("elements", &elements),
        ("domains", domains.as_deref().unwrap_or_default()),
    ];
    Html::text(&words.fill(key, &values))
}

fn facts(page: &Frame<'_>, framework: &Framework, release: usize) -> Vec<FactView> {
    let record = &framework.record.releases[release];
    let mut facts = Vec::new();
    let mut fact = |term: &'static str, value: Html| facts.push(page.fact(term, value));
    if let Some(name) = &record.name {
        fact("term.name", fact_text(name));
    }
    if let Some(suite) = &record.suite {
        fact("term.suite", fact_text(suite));
    }
    if let Some(date) = &record.date {
        fact("term.published", fact_text(&page.words().date(*date)));
    }
    if let Some(url) = &record.url {
        fact("term.described_at", fact_link(url, url));
    }
    if let Some(note) = &record.note {
        fact("term.note", fact_text(note));
    }
    let mut levels: BTreeMap<u8, usize> = BTreeMap::new();
    for index in &framework.releases[release].members {
        if let Some(level) =
            page.catalogue().element(*index).in_release(release).ok().and_then(|state| state.level)
        {
            *levels.entry(level).or_default() += 1;
        }
    }
    if !levels.is_empty() {
        let words = levels.iter().map(|(level, count)| {
            let level = super::shared::level_words(page.words(), framework, *level);
            let values = [("count", page.words().number(*count)), ("level", level)];
            page.words().fill("release.of_level", &values)
        });
        fact("term.by_level", fact_text(&words.collect::<Vec<_>>().join(", ")));
    }
    facts
}

/// The tree by domain, and links to the domains.
fn tree(page: &Frame<'_>, framework: &Framework, release: usize) -> (Vec<LinkView>, Html) {
    let tree = &framework.releases[release];
    let mut roots: BTreeMap<usize, Vec<ElementIx>> = BTreeMap::new();
    for root in &tree.roots {
        let position = page.catalogue().element(*root).position;
        roots.entry(tree.standing[position].domain.unwrap_or(usize::MAX)).or_default().push(*root);
    }
    let mut contents = Vec::new();
    let branches = branches::branches(page.catalogue(), framework, release, |element| {
        branches::is_assessed_in(page.catalogue(), element, release)
    });
    let mut writer = TreeWriter {
        page,
        release,
        html: HtmlWriter::default(),
        seen: vec![false; tree.standing.len()],
        branches,
    };
    let noun = &framework.record.noun;
    for (domain, roots) in roots {
        let record = framework.record.domains.get(domain);
        let id = format!("domain-{}", record.map_or("none", |domain| &domain.id.value));
        let title = domain_words(page.words(), framework, Some(domain));
        let count = tree
            .standing
            .iter()
            .filter(|one| one.order.is_some() && one.domain.unwrap_or(usize::MAX) == domain)
            .count();
        contents.push(LinkView {
            title: title.clone(),
            href: format!("#{id}"),
            note: Some(page.words().number(count)),
        });
        let language = page.language_of_domain(framework, Some(domain));
        writer.html.literal("<h2").attribute("id", &id).literal(">");
        writer.html.name_in(language, &title).literal("</h2>\n");
        let words = page.words().counted(count, &noun.one, &noun.many);
        writer.html.literal("<details open><summary>").text(&words);
        writer.html.literal("</summary>\n");
        writer.list(&roots, 0);
        writer.html.literal("</details>\n");
    }
    (contents, writer.html.finish())
}

struct TreeWriter<'p> {
    page: &'p Frame<'p>,
    release: usize,
    html: HtmlWriter,
    seen: Vec<bool>,
    /// How much of each branch certifications against the release assessed.
    branches: Vec<Branch>,
}

impl TreeWriter<'_> {
    fn list(&mut self, elements: &[ElementIx], depth: usize) {
        self.html.literal("<ul class=\"tree\">\n");
        for element in elements {
            self.item(*element, depth);
        }
        self.html.literal("</ul>\n");
    }

    fn item(&mut self, index: ElementIx, depth: usize) {
        let catalogue = self.page.catalogue();
        let element = catalogue.element(index);
        let Ok(state) = element.in_release(self.release) else { return };
        let is_first = !std::mem::replace(&mut self.seen[element.position], true);
        self.html.literal("<li");
        if is_first {
            self.html.attribute("id", &route::tree_anchor(&state.id));
        }
        self.html.literal(">").id(&state.id).literal(" ");
        link(self.page, Route::Element(index), &state.name, &mut self.html);
        let count = self.assessed(index);
        if count > 0 {
            self.html.literal(" <span class=\"note\">");
            self.html.text(&self.page.words().count("count.certifications", count)).literal("</span>");
        }
        let children = catalogue.children(index, self.release);
        let branch = self.branches[element.position];
        if !children.is_empty() && branch.certified > 0 {
            self.part_of(branch);
        }
        if is_first && !children.is_empty() && depth < DEEPEST {
            self.html.literal("\n");
            self.list(children, depth + 1);
        }
        self.html.literal("</li>\n");
    }

    /// How much of a branch is certified, with its bar.
    fn part_of(&mut self, branch: Branch) {
        let words = self.page.words();
        self.html.literal(" <span class=\"note measure\">");
        let all = words.number(branch.all);
        words.write("covered.of", &mut self.html, |name, html| {
            if name == "all" {
                html.text(&all);
            } else {
                html.text(&words.number(branch.certified));
            }
        });
        Measure::count(branch.certified, branch.all).write_bar(&mut self.html);
        self.html.literal("</span>");
    }

    /// Certifications against this release that assessed the element.
    fn assessed(&self, index: ElementIx) -> usize {
        let catalogue = self.page.catalogue();
        let rows =
            catalogue.rows_about(catalogue.element(index)).filter(|(_, certification, row, result)| {
                usize::from(row.release) == self.release
                    && !row.repeated
                    && matches!(catalogue.verdict(certification, row, result), Verdict::Assessed(_))
            });
        rows.count()
    }
}
