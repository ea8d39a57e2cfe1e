//! What templates may see of frameworks: their releases, their elements, and who certified what.
//!
//! In come values that the pages computed, out go plain structs, as for every page.
//! A theme that shows nothing of frameworks needs none of these.

use tera::{Map, Value};

use super::{CountView, FactView, LinkView, NoticeView, StatusView, Visible};
use crate::html::Html;

views! {
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
        /// How much of each branch of the current release is certified.
        coverage: Option<Html>,
        /// Its scales.
        scales: Vec<Html>,
        /// What its elements are called together: processes, controls.
        noun: String,
        /// Where its heat maps are, by domain and release.
        matrices: Option<Html>,
        /// The certifications against any of its releases.
        certifications: Option<Html>,
        /// What no one has certified yet, by domain.
        uncertified: Option<Html>,
        /// Crosswalks to other frameworks.
        crosswalks: Vec<LinkView>,
        /// Its results and histories as files for spreadsheets.
        files: Vec<LinkView>,
        /// Elements by certifications, one table a domain.
        matrix: Vec<Html>,
        /// What their colours and marks mean.
        legend: Option<Html>,
        /// What to know before comparing their columns.
        cautions: Vec<String>,
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
        /// How much of each branch is certified.
        coverage: Option<Html>,
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
        /// Its elements as a file for spreadsheets.
        files: Vec<LinkView>,
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
        /// Which sections the framework reserves, in one sentence.
        reserved: Option<String>,
        /// Which sections the framework leaves empty, in one sentence.
        empty: Option<String>,
        /// What happened to it in each release, as letters.
        strip: Option<Html>,
        /// Every certification that covers it, in any release.
        certifications: Option<Html>,
        /// How their scores are distributed, one table a scale, where there are enough of them.
        spread: Vec<Html>,
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
    /// Elements by certifications in one domain: in one release, or in all together.
    DomainMatrixView {
        /// What the table shows, or why there is none.
        lead: Html,
        /// What to know before comparing its columns.
        cautions: Vec<String>,
        /// What its colours and marks mean.
        legend: Option<Html>,
        /// The table.
        table: Option<Html>,
        /// The other pages that it takes.
        parts: Vec<LinkView>,
        /// What no one has certified.
        gaps: Option<Html>,
        /// The same domain in other releases.
        releases: Vec<LinkView>,
        /// The framework's other domains.
        domains: Vec<LinkView>,
    }
}
