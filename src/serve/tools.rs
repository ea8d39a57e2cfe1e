//! What the preview adds to a site: the script that reloads, and the report that is shown over a page.
//!
//! In come a generation and pages, out go the preview's own files and pages with one more script element.
//! The files stand at reserved paths outside every site, and none of them is ever published.

use std::hash::{BuildHasher as _, RandomState};

use super::generation::Generation;
use crate::html::HtmlWriter;
use crate::media::media_type;
use crate::site_path::OWNERSHIP_MARK;

/// Where the script listens for news.
pub(super) const EVENTS: &str = "/.certalog/events";
const REPORT: &str = "/.certalog/report";
const SCRIPT: &str = "/.certalog/reload.js";
const STYLE: &str = "/.certalog/report.css";

/// One run of the preview: a number is one of its generations and of no other run's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run(u64);

impl Run {
    /// A run that is not told from another's by chance.
    pub fn new() -> Self {
        // keys of hash maps are the one source of chance that every system has
        Self(RandomState::new().hash_one(OWNERSHIP_MARK))
    }

    /// As it stands in addresses.
    pub(super) fn name(self) -> String {
        format!("{:016x}", self.0)
    }

    /// A tag for what has the same bytes since a generation.
    pub(super) fn tag(self, since: u64) -> String {
        format!("\"{}-{since}\"", self.name())
    }
}

impl Default for Run {
    fn default() -> Self {
        Self::new()
    }
}

/// A file of the preview itself.
pub(super) struct Tool {
    pub(super) media_type: &'static str,
    pub(super) bytes: axum::body::Bytes,
}

/// The preview's own file at a path, if there is one.
pub(super) fn find(path: &str, generation: &Generation) -> Option<Tool> {
    let (name, bytes) = match path {
        SCRIPT => (SCRIPT, include_str!("tools/reload.js").into()),
        STYLE => (STYLE, include_str!("tools/report.css").into()),
        REPORT => (".html", report_page(generation).into()),
        _ => return None,
    };
    Some(Tool { media_type: media_type(name), bytes })
}

/// A page with the reload script, which knows the generation that the page is of.
pub(super) fn with_script(page: &[u8], run: Run, generation: u64) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let mut script = HtmlWriter::default();
    script.literal("<script type=\"module\"");
    script.attribute("src", &format!("{SCRIPT}?run={}&generation={generation}", run.name()));
    script.literal("></script>\n");
    let script = script.finish();
    let at = page.windows(END.len()).rposition(|bytes| bytes.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    [&page[..at], script.as_str().as_bytes(), &page[at..]].concat()
}

/// The report as a page of its own, from which the script also takes what it shows over a page.
pub(super) fn report_page(generation: &Generation) -> Vec<u8> {
    let mut html = HtmlWriter::default();
    html.literal(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; \
         script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>",
    );
    let fault = generation.fault().map(|(fault, _)| fault);
    let title = fault.map_or("Nothing is wrong in the catalogue", |fault| fault.title.as_str());
    html.text(title).literal("</title>\n<link rel=\"stylesheet\"").attribute("href", STYLE);
    html.literal(">\n</head>\n<body class=\"report\">\n<main class=\"report\">\n<h1>").text(title);
    html.literal("</h1>\n");
    if let Some(fault) = fault {
        html.html(&fault.report);
    }
    html.literal("</main>\n</body>\n</html>\n");
    html.finish().as_str().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_all_that_a_page_has_more() {
        let run = Run(0xab);
        let script = r#"<script type="module" src="/.certalog/reload.js?run=00000000000000ab&amp;generation=7"></script>"#;
        for (before, after) in
            [("<p>a</p>\n", "</body>\n</html>\n"), ("</body><pre>", "</BODY>"), ("no end", ""), ("", "")]
        {
            let page = with_script(format!("{before}{after}").as_bytes(), run, 7);
            assert_eq!(String::from_utf8(page).unwrap(), format!("{before}{script}\n{after}"));
        }
    }
}
