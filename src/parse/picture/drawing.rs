//! An SVG drawing: shapes, colours and words from a short list, and nothing else.
//!
//! In comes the text of a drawing, out go findings at the first place of each thing that is not on the list.
//! What is not known is refused: no script, no style sheet, no animation, no foreign markup, no entity, nothing that is fetched.

use std::collections::BTreeSet;

use quick_xml::events::{BytesDecl, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::value;
use crate::diagnostic::{Code, Finding};
use crate::text::Span;

/// The most bytes that a drawing may have.
const LARGEST: usize = 256 << 10;
/// How deep elements may stand in each other.
const DEEPEST: usize = 32;
/// How many faults of one drawing are told.
const MOST_FINDINGS: usize = 20;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

const ELEMENTS: &[&str] = &[
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "mask",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "text",
    "title",
    "tspan",
];
/// The elements in which words may stand.
const WITH_WORDS: &[&str] = &["desc", "text", "title", "tspan"];
/// The elements that are drawn through. What stands in one of them is not itself drawn through another: a short drawing
/// could ask for more work than any browser can do.
const THROUGH: &[&str] = &["clipPath", "mask"];

const ATTRIBUTES: &[&str] = &[
    // what it is, for readers and for those who cannot see it
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "baseProfile",
    "class",
    "focusable",
    "id",
    "lang",
    "role",
    "version",
    "xml:lang",
    "xml:space",
    // where and how large
    "cx",
    "cy",
    "d",
    "dx",
    "dy",
    "fr",
    "fx",
    "fy",
    "height",
    "lengthAdjust",
    "offset",
    "pathLength",
    "points",
    "preserveAspectRatio",
    "r",
    "rotate",
    "rx",
    "ry",
    "textLength",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
    // how it is painted
    "clip-path",
    "clip-rule",
    "clipPathUnits",
    "color",
    "color-interpolation",
    "display",
    "fill",
    "fill-opacity",
    "fill-rule",
    "gradientTransform",
    "gradientUnits",
    "mask",
    "maskContentUnits",
    "maskUnits",
    "opacity",
    "overflow",
    "paint-order",
    "shape-rendering",
    "spreadMethod",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "vector-effect",
    "visibility",
    // how words look
    "alignment-baseline",
    "baseline-shift",
    "direction",
    "dominant-baseline",
    "font-family",
    "font-size",
    "font-stretch",
    "font-style",
    "font-variant",
    "font-weight",
    "letter-spacing",
    "text-anchor",
    "text-decoration",
    "text-rendering",
    "unicode-bidi",
    "word-spacing",
    "writing-mode",
];
/// The attributes whose values are words and not style.
const WORDS: &[&str] = &["aria-label", "aria-labelledby", "aria-describedby", "class", "id"];

const PLAIN: &str =
    "save it as an optimised SVG, with presentation attributes in place of styles, or as a PNG";

/// What is wrong with a drawing, in the order of the places.
pub(super) fn check(text: &str) -> Vec<Finding> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if text.len() > LARGEST {
        let message = format!("the drawing has {} bytes, and {LARGEST} are the most", text.len());
        let finding = Finding::new(Code::ForbiddenPicture, Span::start_of_file(), message);
        return vec![finding.help("make it simpler, or save it as a PNG or WebP")];
    }
    let mut drawing = Drawing { text: &text[start..], start, ..Drawing::default() };
    drawing.read();
    drawing.findings
}

/// A drawing as far as it was read.
#[derive(Default)]
struct Drawing<'t> {
    text: &'t str,
    /// Where it begins in its file.
    start: usize,
    /// The elements that are open, the outermost first.
    open: Vec<String>,
    has_root: bool,
    told: BTreeSet<String>,
    findings: Vec<Finding>,
}

impl<'t> Drawing<'t> {
    fn read(&mut self) {
        let mut reader = Reader::from_str(self.text);
        reader.config_mut().check_comments = true;
        while self.findings.len() < MOST_FINDINGS {
            let from = reader.buffer_position() as usize;
            let event = match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(event) => event,
                Err(error) => {
                    let at = (reader.error_position() as usize).min(self.text.len());
                    self.refuse((at, at), format!("the drawing cannot be read as XML: {error}"));
                    return;
                }
            };
            let place = (from, reader.buffer_position() as usize);
            if !self.event(&event, place) {
                return;
            }
        }
        let is_told = self.findings.len() >= MOST_FINDINGS;
        if !is_told && (!self.has_root || !self.open.is_empty()) {
            let end = self.text.len();
            self.refuse((end, end), "the drawing has no end".to_owned());
        }
    }

    /// Looks at the next thing in a drawing; says whether to go on.
    fn event(&mut self, event: &Event<'t>, place: (usize, usize)) -> bool {
        match event {
            Event::Decl(declaration) => self.declaration(declaration, place),
            Event::Start(element) => {
                self.element(element, place);
                self.open.push(element.name().into_inner().to_owned());
                if self.open.len() > DEEPEST {
                    self.refuse(place, format!("elements stand in each other more than {DEEPEST} deep"));
                    return false;
                }
            }
            Event::Empty(element) => self.element(element, place),
            Event::End(_) => drop(self.open.pop()),
            Event::Text(_) => {
                let words = self.text[place.0..place.1].trim();
                let around = self.open.last().map(String::as_str);
                let may_stand = around.is_some_and(|around| WITH_WORDS.contains(&around));
                // what stands in a refused element is refused with it
                let is_refused = around.is_some_and(|around| !ELEMENTS.contains(&around));
                if !words.is_empty() && !may_stand && !is_refused {
                    self.refuse(place, "words stand outside of `text`, `title` and `desc`".to_owned());
                }
            }
            Event::GeneralRef(entity) => {
                let is_character = entity.is_char_ref() && matches!(entity.resolve_char_ref(), Ok(Some(_)));
                let name = &self.text[place.0..place.1];
                let is_known = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"].contains(&name);
                if !is_character && !is_known || self.open.is_empty() {
                    self.refuse(place, format!("the entity `{name}` has no place in a drawing"));
                }
            }
            Event::Comment(_) | Event::Eof => {}
            Event::CData(_) => self.refuse(place, "a CDATA section has no place in a drawing".to_owned()),
            Event::PI(_) => {
                self.refuse(place, "a processing instruction has no place in a drawing".to_owned());
            }
            Event::DocType(_) => self.refuse(place, "a document type has no place in a drawing".to_owned()),
        }
        true
    }

    /// Another encoding than that of the file would make other words of the same bytes.
    fn declaration(&mut self, declaration: &BytesDecl<'t>, place: (usize, usize)) {
        let is_first = place.0 == 0;
        let is_version = declaration.version().is_ok_and(|version| version == "1.0");
        let is_utf8 = match declaration.encoding() {
            None => true,
            Some(encoding) => encoding.is_ok_and(|encoding| encoding.eq_ignore_ascii_case("utf-8")),
        };
        if !is_first || !is_version || !is_utf8 {
            self.refuse(
                place,
                "the declaration is not `<?xml version=\"1.0\" encoding=\"UTF-8\"?>`".to_owned(),
            );
        }
    }

    fn element(&mut self, element: &BytesStart<'t>, place: (usize, usize)) {
        let name = element.name().into_inner();
        let is_root = self.open.is_empty();
        if is_root && (self.has_root || name != "svg") {
            self.refuse(place, "a drawing is one `svg` element".to_owned());
        } else if !ELEMENTS.contains(&name) {
            self.refuse(place, format!("the element `{name}` has no place in a drawing"));
        }
        self.has_root = true;
        let is_through =
            THROUGH.contains(&name) || self.open.iter().any(|open| THROUGH.contains(&open.as_str()));
        let mut has_namespace = false;
        for attribute in element.attributes() {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    self.refuse(place, format!("the attributes of `{name}` cannot be read: {error}"));
                    return;
                }
            };
            let key = attribute.key.into_inner();
            let here = self.attribute_place(key, place);
            let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
                self.refuse(
                    place,
                    format!("the value of `{key}` has an entity that has no place in a drawing"),
                );
                continue;
            };
            if key == "xmlns" {
                has_namespace = true;
                if value != NAMESPACE {
                    self.refuse(here, format!("`xmlns` is not `{NAMESPACE}`"));
                }
            } else if is_root && key.starts_with("xmlns:") {
                // the name of a vocabulary, of which nothing can be used
            } else if !ATTRIBUTES.contains(&key) {
                self.refuse(here, format!("the attribute `{key}` has no place in a drawing"));
            } else if is_through && matches!(key, "clip-path" | "mask") {
                self.refuse(here, format!("`{key}` has no place in or on `clipPath` and `mask`"));
            } else if let Some(fault) = value::fault(&value).filter(|_| !WORDS.contains(&key)) {
                self.refuse(here, format!("the value of `{key}` has no place in a drawing: {fault}"));
            }
        }
        if is_root && !has_namespace {
            self.refuse(place, format!("the element `svg` has no `xmlns=\"{NAMESPACE}\"`"));
        }
    }

    /// Where an attribute stands in the tag at a place, by its name, which is a part of the text.
    fn attribute_place(&self, key: &str, tag: (usize, usize)) -> (usize, usize) {
        let at = (key.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        if at > tag.0 && at + key.len() <= tag.1 { (at, at + key.len()) } else { tag }
    }

    /// Notes a fault, each kind of it once.
    fn refuse(&mut self, (from, to): (usize, usize), message: String) {
        if self.told.insert(message.clone()) {
            let span = Span::new(self.start + from, self.start + to);
            self.findings.push(Finding::new(Code::ForbiddenPicture, span, message).help(PLAIN));
        }
    }
}
