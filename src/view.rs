//! What templates may see: the contract between certalog and themes.
//!
//! In come values that the pages computed, out go plain structs that turn into template values field by field.
//! Templates get nothing else: no catalogue, no files, no functions that could reach either.

mod visible;

use tera::{Map, Value};

use crate::html::Html;
pub use visible::Visible;

macro_rules! views {
    ($($(#[doc = $about:literal])* $name:ident { $($(#[doc = $meaning:literal])* $field:ident: $kind:ty,)* })*) => {
        $(
            $(#[doc = $about])*
            #[derive(Debug)]
            pub struct $name { $($(#[doc = $meaning])* pub $field: $kind,)* }

            impl Visible for $name {
                fn into_value(self) -> Value {
                    let fields = [$((stringify!($field).into(), self.$field.into_value()),)*];
                    Value::from(fields.into_iter().collect::<Map>())
                }
            }
        )*

        /// Every view with its fields and their types, for the reference in `docs/theming.md`.
        pub const CONTRACT: &[(&str, &[(&str, &str)])] = &[
            $((stringify!($name), &[$((stringify!($field), stringify!($kind)),)*]),)*
        ];
    };
}

views! {
    /// The site as a whole.
    SiteView {
        /// The catalogue's name.
        title: String,
        /// One sentence about it.
        description: Option<String>,
        /// A BCP 47 tag.
        language: String,
        /// Which way the language is written: `ltr` or `rtl`.
        direction: &'static str,
        /// Who publishes it.
        publisher: Option<PublisherView>,
        /// Extra links of the header.
        links: Vec<NavigationView>,
        /// Notices of the footer.
        notices: Vec<LinkView>,
    }
    /// Who publishes the catalogue.
    PublisherView {
        /// The name.
        name: String,
        /// Their home.
        url: Option<String>,
    }
    /// An extra link of the header.
    NavigationView {
        /// Its words.
        title: String,
        /// Where it leads.
        href: String,
        /// Whether it leads to the page itself.
        current: bool,
    }
    /// A page, of whatever kind.
    PageView {
        /// The template's name without its ending.
        kind: &'static str,
        /// The heading.
        title: String,
        /// One sentence for search engines.
        description: Option<String>,
        /// The prefix of every address inside the site.
        root: String,
        /// The absolute address.
        canonical: String,
        /// The pages above it.
        crumbs: Vec<CrumbView>,
        /// Which of the header's links is current.
        section: &'static str,
        /// Where its record can be edited.
        edit: Option<String>,
        /// The path of its record.
        source: Option<String>,
        /// What the checks found in its record.
        findings: Vec<FindingView>,
        /// The fields of its kind.
        content: Value,
    }
    /// A page above the page.
    CrumbView {
        /// Its words.
        title: String,
        /// Where it leads.
        href: String,
    }
    /// Something the checks found.
    FindingView {
        /// Its code.
        code: &'static str,
        /// `warning` or `error`.
        severity: &'static str,
        /// What was found.
        message: String,
        /// File and line.
        place: String,
        /// Its place on the checks page.
        href: String,
    }
    /// A fact with its term.
    FactView {
        /// What it tells.
        term: &'static str,
        /// The fact.
        value: Html,
    }
    /// A link with a few words.
    LinkView {
        /// Its words.
        title: String,
        /// Where it leads.
        href: String,
        /// What to know before following it.
        note: Option<String>,
    }
    /// A number with its meaning.
    CountView {
        /// What is counted.
        label: String,
        /// The number.
        value: String,
        /// Where the counted things are listed.
        href: Option<String>,
    }
    /// A notice that applies to the page.
    NoticeView {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// Its text.
        body: Html,
    }
    /// Whether a certification holds, or what became of an element.
    StatusView {
        /// In words.
        word: String,
        /// The class of its tag: `valid`, `expired`, `open` or `withdrawn`.
        tone: &'static str,
    }
    /// The home page.
    HomeView {
        /// Its text.
        body: Html,
        /// Totals.
        counts: Vec<CountView>,
        /// The newest certifications.
        newest: Option<Html>,
        /// Certifications by release.
        releases: Option<Html>,
        /// Coverage by domain of the current release.
        coverage: Option<Html>,
        /// The frameworks.
        frameworks: Vec<LinkView>,
    }
    /// The list of certifications.
    CertificationsView {
        /// Totals.
        counts: Vec<CountView>,
        /// Every certification.
        table: Option<Html>,
    }
    /// A certification.
    CertificationView {
        /// The result in one or two sentences.
        lead: Html,
        /// Whether it holds.
        status: StatusView,
        /// Who, what, when.
        facts: Vec<FactView>,
        /// The product, in prose.
        description: Html,
        /// What its rows add up to, by domain.
        summary: Option<Html>,
        /// The same by level, where it rates elements of several levels.
        levels: Option<Html>,
        /// Coverage by parent.
        coverage: Option<Html>,
        /// Every row.
        results: Option<Html>,
        /// What is left out.
        deviations: Option<Html>,
        /// Its documents.
        documents: Option<Html>,
        /// Other certifications of the product or the organization.
        others: Vec<LinkView>,
        /// Certifications with most elements in common, each with its comparison.
        compare: Vec<LinkView>,
        /// Notices that apply.
        notices: Vec<NoticeView>,
        /// Faults of the source.
        remarks: Vec<String>,
    }
    /// A certification report.
    MappingView {
        /// What it says in numbers, in two sentences.
        lead: Html,
        /// Of what, and how much there is.
        facts: Vec<FactView>,
        /// How it was made.
        technique: Option<String>,
        /// What each answer means: the pairs of a description list.
        legend: Option<Html>,
        /// Counts by element.
        totals: Option<Html>,
        /// Counts by scenario.
        split: Option<Html>,
        /// Elements, clause by clause.
        elements: Vec<SectionView>,
        /// Scenarios, step by step.
        scenarios: Vec<SectionView>,
        /// Steps by elements, one table a scenario.
        matrices: Vec<Html>,
        /// Steps that nothing cites.
        uncited: Option<Html>,
        /// The works cited.
        works: Option<Html>,
        /// Faults of the source.
        remarks: Vec<String>,
    }
    /// A section with a heading and a table.
    SectionView {
        /// Its anchor; its heading has the same with `-name` after it.
        id: String,
        /// Its heading.
        title: Html,
        /// What belongs under the heading, in one line.
        line: Html,
        /// What the source adds.
        note: Option<String>,
        /// The table.
        table: Option<Html>,
    }
    /// The list of frameworks.
    FrameworksView {
        /// Every framework.
        table: Option<Html>,
    }
    /// A framework.
    FrameworkView {
        /// What it is, in one sentence.
        lead: Html,
        /// Who publishes it, and so on.
        facts: Vec<FactView>,
        /// What it is, in prose.
        description: Html,
        /// Its releases.
        releases: Option<Html>,
        /// Its domains.
        domains: Option<Html>,
        /// Its scales.
        scales: Vec<Html>,
        /// What its elements are called together: processes, controls.
        noun: String,
        /// The matrices on the page.
        contents: Vec<LinkView>,
        /// The certifications against any of its releases.
        certifications: Option<Html>,
        /// What no one has certified yet, by domain.
        uncertified: Option<Html>,
        /// Crosswalks to other frameworks.
        crosswalks: Vec<LinkView>,
        /// Elements by certifications, one table a domain.
        matrix: Vec<Html>,
        /// Notices that apply.
        notices: Vec<NoticeView>,
    }
    /// A release of a framework.
    ReleaseView {
        /// How many elements it has.
        lead: Html,
        /// When, in which suite.
        facts: Vec<FactView>,
        /// The domains on the page.
        contents: Vec<LinkView>,
        /// The tree.
        tree: Html,
        /// The certifications against it.
        certifications: Option<Html>,
        /// The release before.
        previous: Option<LinkView>,
        /// The release after.
        next: Option<LinkView>,
        /// Where the changes since the release before are.
        changes: Option<String>,
    }
    /// What changed in a release.
    ChangesView {
        /// In one sentence.
        lead: Html,
        /// How many of each kind.
        counts: Vec<CountView>,
        /// One table a kind.
        tables: Vec<Html>,
        /// The release.
        release: LinkView,
    }
    /// An element of a framework.
    ElementView {
        /// What it is called: process, control.
        noun: String,
        /// What became of it, where no tree of the newest release has it.
        status: Option<StatusView>,
        /// Where it belongs, in one sentence.
        lead: Html,
        /// Ids, level, maturity and so on.
        facts: Vec<FactView>,
        /// The definition.
        description: Html,
        /// Sections that the framework reserves.
        reserved: Vec<String>,
        /// Sections that the framework leaves empty.
        empty: Vec<String>,
        /// Every certification that covers it, in any release.
        certifications: Option<Html>,
        /// Its children.
        parts: Option<Html>,
        /// What happened to it.
        history: Option<Html>,
        /// What it is called in each release, what happened there, and how that is known.
        releases: Option<Html>,
        /// What crosswalks say of it.
        related: Option<Html>,
        /// Faults of the source.
        remarks: Vec<String>,
        /// Notices that apply.
        notices: Vec<NoticeView>,
    }
    /// A crosswalk between two frameworks.
    CrosswalkView {
        /// How many relations, between what.
        lead: Html,
        /// How it is known, and from where.
        facts: Vec<FactView>,
        /// What it is, in prose.
        description: Html,
        /// Every relation.
        links: Option<Html>,
    }
    /// The list of organizations.
    OrganizationsView {
        /// Every organization.
        table: Option<Html>,
    }
    /// A picture.
    PictureView {
        /// Its address.
        src: String,
        /// What it shows.
        alt: String,
    }
    /// An organization.
    OrganizationView {
        /// Names, home, successor.
        facts: Vec<FactView>,
        /// What it is, in prose.
        description: Html,
        /// Its logo.
        logo: Option<PictureView>,
        /// What it certified.
        certifications: Option<Html>,
        /// Faults of sources.
        remarks: Vec<String>,
    }
    /// Elements by certifications in one domain.
    DomainMatrixView {
        /// What the table shows, or why there is none.
        lead: Html,
        /// The table.
        table: Option<Html>,
        /// The framework's other domains.
        domains: Vec<LinkView>,
    }
    /// The choice of what to compare.
    CompareView {
        /// Where the list of certifications stands as data.
        list: &'static str,
        /// Comparisons that are ready-made.
        pairs: Vec<LinkView>,
        /// How many there are, and which are left out.
        note: String,
        /// The matrices of all domains.
        matrices: Vec<LinkView>,
    }
    /// Two certifications side by side.
    ComparisonView {
        /// What they have in common.
        lead: Html,
        /// What a reader must know before comparing.
        notes: Vec<String>,
        /// Who, what, when.
        facts: Option<Html>,
        /// What the rows add up to.
        sums: Option<Html>,
        /// Every element that either names.
        details: Option<Html>,
        /// Where the same comparison can be filtered and extended.
        choose: String,
    }
    /// The catalogue's own findings.
    ChecksView {
        /// Totals.
        counts: Vec<CountView>,
        /// The day for which validity was judged.
        as_of: String,
        /// Every finding.
        table: Option<Html>,
        /// Every code.
        codes: Vec<CodeView>,
    }
    /// A diagnostic code.
    CodeView {
        /// Its name.
        code: &'static str,
        /// What it is about.
        group: &'static str,
        /// Its level.
        severity: &'static str,
        /// What is wrong.
        summary: &'static str,
        /// How often it was found.
        count: usize,
    }
    /// A former address.
    RedirectView {
        /// The page that it leads to.
        target: LinkView,
    }
    /// A free page or a notice.
    TextView {
        /// Its text.
        body: Html,
    }
    /// The page for addresses that lead nowhere.
    NotFoundView {}
}
