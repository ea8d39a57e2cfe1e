//! What templates may see of a certification that is shown on other sites.
//!
//! In come values that the pages computed, out go plain structs, as for every page.
//! Addresses in what is copied are whole: nobody knows where it will stand.

use tera::{Map, Value};

use super::{FactView, LinkView, StatusView, Visible};

views! {
    /// How to show a certification on other sites.
    SnippetsView {
        /// The badge, beside the page.
        src: &'static str,
        /// What the badge says.
        alt: String,
        /// Its width in pixels.
        width: usize,
        /// Its height in pixels.
        height: usize,
        /// The summary for frames.
        frame: String,
        /// What can be copied.
        texts: Vec<SnippetView>,
    }
    /// A text to be copied.
    SnippetView {
        /// What it is.
        title: String,
        /// The text.
        text: String,
    }
    /// The summary of a certification in a frame of another site.
    EmbedView {
        /// The certification's page.
        target: LinkView,
        /// Whether it holds.
        status: StatusView,
        /// How it was rated.
        result: String,
        /// Who, what, when.
        facts: Vec<FactView>,
        /// The start of this site.
        home: LinkView,
    }
}
