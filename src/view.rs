//! What templates may see: the contract between certalog and themes.
//!
//! In come values that the pages computed, out go plain structs that turn into template values field by field.
//! Templates get nothing else: no catalogue, no files, no functions that could reach either.

mod visible;

use tera::{Map, Value};

use crate::html::Html;
pub use visible::Visible;

/// A view's name, with the name and the type of each of its fields.
pub type Fields = (&'static str, &'static [(&'static str, &'static str)]);

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

        /// These views with their fields and types.
        pub(super) const VIEWS: &[$crate::view::Fields] = &[
            $((stringify!($name), &[$((stringify!($field), stringify!($kind)),)*]),)*
        ];
    };
}

mod embeds;
mod frameworks;

pub use embeds::*;
pub use frameworks::*;

/// Every view with its fields and their types, for the reference in `docs/theming.md`.
pub const CONTRACT: &[&[Fields]] = &[VIEWS, embeds::VIEWS, frameworks::VIEWS];

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
        /// The language of the site's own texts (title, links, notices), where pages have another.
        written_in: Option<String>,
        /// Who publishes it.
        publisher: Option<PublisherView>,
        /// Extra links of the header.
        links: Vec<NavigationView>,
        /// Notices of the footer.
        notices: Vec<LinkView>,
        /// Where the data begin, where the theme has data.
        data: Option<String>,
        /// Where the news are, where the theme has feeds.
        feed: Option<String>,
        /// The picture that previews show, with its whole address.
        card: Option<PictureView>,
        /// How browsers search the site, where the theme has a search.
        open_search: Option<String>,
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
        /// The language of the title, where the page has another.
        language: Option<String>,
        /// The same in other forms, for programs.
        alternates: Vec<AlternateView>,
        /// What search engines take from it.
        structured: Html,
        /// The fields of its kind.
        content: Value,
    }
    /// A page in another form.
    AlternateView {
        /// The type of its file.
        media: &'static str,
        /// Where it is.
        href: String,
        /// What it is called, where readers see that: of a feed.
        title: Option<String>,
    }
    /// A page above the page.
    CrumbView {
        /// Its words.
        title: String,
        /// Where it leads.
        href: String,
        /// The language of its words, where the page has another.
        language: Option<String>,
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
        /// The language of the message, where the page has another.
        language: Option<&'static str>,
    }
    /// A fact with its term.
    FactView {
        /// What it tells.
        term: String,
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
        /// The language of the title, where the page has another.
        language: Option<String>,
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
        /// The newest certifications on an axis of years.
        timeline: Option<Html>,
        /// Certifications by release.
        releases: Option<Html>,
        /// Coverage by domain of the current release.
        coverage: Option<Html>,
        /// The frameworks.
        frameworks: Vec<LinkView>,
    }
    /// Ready-made lists of one kind.
    ListsView {
        /// What they are by.
        title: String,
        /// The lists.
        links: Vec<LinkView>,
    }
    /// The list of certifications.
    CertificationsView {
        /// Totals.
        counts: Vec<CountView>,
        /// Lists of some of them: by release, by organization, by domain; by year where one page cannot hold all.
        lists: Vec<ListsView>,
        /// Every certification, or the newest ones.
        table: Option<Html>,
        /// How many there are of each year.
        years: Option<Html>,
    }
    /// A list of some certifications.
    CertificationListView {
        /// Other lists.
        lists: Vec<ListsView>,
        /// The certifications.
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
        /// Which elements it covers, as a map.
        footprint: Option<Html>,
        /// How many results have each rating, by domain.
        distribution: Option<Html>,
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
        /// How to show it on other sites.
        snippets: Option<SnippetsView>,
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
        /// The same on an axis of years.
        timeline: Option<Html>,
        /// What they cover together, by domain.
        coverage: Option<Html>,
        /// Faults of sources.
        remarks: Vec<String>,
    }
    /// The search.
    SearchView {
        /// How much there is of each kind.
        counts: Vec<CountView>,
        /// Everything by name, where it stands on this page.
        names: Option<Html>,
        /// Everything by id, where it stands on this page.
        ids: Option<Html>,
        /// The pages of everything by name.
        name_pages: Vec<LinkView>,
        /// The pages of everything by id.
        id_pages: Vec<LinkView>,
    }
    /// A part of the list of everything.
    SearchListView {
        /// The lines.
        list: Html,
        /// The part before.
        previous: Option<LinkView>,
        /// The part after.
        next: Option<LinkView>,
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
        /// The language of the summary, where the page has another.
        language: Option<&'static str>,
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
