//! Links and pictures of a text.
//!
//! In come the tags of the parser, out go finished links to other sites, and open places for records and files.
//! A refused address leaves its words behind without a link; a picture of another site is refused, because pages fetch nothing from there.

use pulldown_cmark::{Event, LinkType, Tag};

use super::body::{Reference, ReferenceKind};
use super::pieces::Piece;
use super::writer::{Closing, Target, Writer, subtree};
use super::{Step, plain};
use crate::diagnostic::{Code, Finding};
use crate::parse::address::Address;
use crate::text::Span;

impl Writer<'_> {
    /// Opens a link; returns how many steps it took.
    pub(super) fn link(&mut self, link: &Target<'_>, steps: &[Step<'_>]) -> usize {
        if self.is_in_link {
            // a link within a link would end the outer one in a browser
            return self.start(Closing::Markup(""));
        }
        if let LinkType::WikiLink { has_pothole } = link.kind {
            return self.record_link(link, has_pothole, steps);
        }
        let address = match link.kind {
            LinkType::Email => Address::parse(&format!("mailto:{}", link.address), link.span, self.limits),
            _ => Address::parse(link.address, link.span, self.limits),
        };
        let is_wordless = is_wordless(steps);
        match address {
            Err(finding) => {
                self.findings.push(finding);
                self.start(Closing::Markup(""))
            }
            Ok(Address::External(href)) => {
                self.out.html().literal("<a class=\"external\"").attribute("href", &href);
                self.title(link.title);
                if matches!(link.kind, LinkType::Autolink) && href != link.address {
                    // The words are the address: they are shown as a browser would show it, a host in its plain form.
                    self.out.html().text(&href).literal("</a>");
                    return subtree(steps);
                }
                if is_wordless {
                    self.out.html().text(&href);
                }
                self.start(Closing::Link)
            }
            Ok(Address::Fragment(id)) => {
                self.out.html().literal("<a href=\"#");
                if self.ids.contains(id.as_str()) {
                    self.out.open(Piece::Prefix);
                }
                self.out.html().text(&id).literal("\"");
                self.title(link.title);
                if is_wordless {
                    self.out.html().text(&id);
                }
                self.start(Closing::Link)
            }
            Ok(Address::File { path, fragment }) => {
                let reference =
                    Reference { kind: ReferenceKind::File, target: path, fragment, span: link.span };
                self.open_link(reference, link.title, is_wordless);
                self.start(Closing::Link)
            }
        }
    }

    /// `[[target]]` or `[[target|words]]`. In a table the bar is written `\|`, and the parser leaves the backslash to us.
    fn record_link(&mut self, link: &Target<'_>, has_words: bool, steps: &[Step<'_>]) -> usize {
        let target = link.address.strip_suffix('\\').filter(|_| has_words).unwrap_or(link.address);
        let target = target.split_whitespace().collect::<Vec<_>>().join(" ");
        if target.is_empty() {
            return self.start(Closing::Markup(""));
        }
        let reference = Reference { kind: ReferenceKind::Record, target, fragment: None, span: link.span };
        if has_words && !is_wordless(steps) {
            self.open_link(reference, link.title, false);
            return self.start(Closing::Link);
        }
        self.open_link(reference, link.title, true);
        self.out.html().literal("</a>");
        subtree(steps)
    }

    /// Writes the start of a link that is filled in later, and its words where it has none of its own.
    fn open_link(&mut self, reference: Reference, title: &str, names_itself: bool) {
        let index = self.refer(reference);
        self.out.html().literal("<a");
        self.out.open(Piece::Address(index));
        self.title(title);
        if names_itself {
            self.out.open(Piece::Name(index));
        }
    }

    /// Writes a picture; returns how many steps it took.
    pub(super) fn picture(&mut self, picture: &Target<'_>, steps: &[Step<'_>]) -> usize {
        let taken = subtree(steps);
        let alternative = match picture.kind {
            LinkType::WikiLink { has_pothole: false } => String::new(),
            _ => plain::text(steps[..taken].iter()),
        };
        if alternative.is_empty() {
            let finding =
                Finding::new(Code::PictureWithoutText, picture.span, "the picture has no alternative text");
            let help =
                "write what the picture shows between the square brackets: `![what it shows](picture.png)`";
            self.findings.push(finding.help(help));
        }
        match Address::parse(picture.address, picture.span, self.limits) {
            Ok(Address::File { path, fragment }) => {
                let kind = ReferenceKind::Picture;
                let index = self.refer(Reference { kind, target: path, fragment, span: picture.span });
                self.out.html().literal("<img");
                self.out.open(Piece::Address(index));
                self.out.html().attribute("alt", &alternative);
                if !picture.title.is_empty() {
                    self.out.html().attribute("title", picture.title);
                }
                self.out.html().literal(" loading=\"lazy\">");
            }
            refused => {
                self.findings.push(refused.err().unwrap_or_else(|| foreign_picture(picture.span)));
                self.out.html().text(&alternative);
            }
        }
        taken
    }

    fn refer(&mut self, reference: Reference) -> usize {
        self.references.push(reference);
        self.references.len() - 1
    }

    /// Ends the opening tag of a link.
    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.html().attribute("title", title);
        }
        self.out.html().literal(">");
    }
}

fn foreign_picture(span: Span) -> Finding {
    let message =
        "a picture can only be a file of the catalogue, so that a page fetches nothing from other sites";
    let help = "put the picture into the record's folder and give its path; link to pictures of other sites";
    Finding::new(Code::ForbiddenAddress, span, message).help(help)
}

/// Whether a link shows nothing by itself.
fn is_wordless(steps: &[Step<'_>]) -> bool {
    steps[..subtree(steps)].iter().all(|(event, _)| match event {
        Event::Start(Tag::Image { .. }) => false,
        Event::Text(text) | Event::Code(text) => text.trim().is_empty(),
        Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => true,
        _ => false,
    })
}
