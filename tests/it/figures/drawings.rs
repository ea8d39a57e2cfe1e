//! Drawings can be read: no text lies upon another or leaves its drawing, and none is set too small.
//!
//! In come the drawings of all pages of all catalogues, and those of ratings with any label; out goes the first that does not hold.

use certalog::figure::fit;
use proptest::prelude::*;
use scraper::ElementRef;

use super::CATALOGUES;
use crate::harness::{Fixture, quoted, repository};
use crate::page::{Page, all, first, text};

/// The narrowest that a drawing without a size of its own becomes: its panel in the smallest window.
const NARROWEST: u32 = 208;

/// The same for a timeline, which stands in no panel: the smallest window without its edges.
const NARROWEST_TIMELINE: u32 = 280;

/// And the narrowest of those that the style sheet takes for wide: its window of forty rems without its edges.
const WIDE_TIMELINE: u32 = 588;

/// A box in hundredths of a pixel.
#[derive(Clone, Copy, Debug)]
struct Extent {
    x: (i64, i64),
    y: (i64, i64),
}

impl Extent {
    fn meets(&self, other: &Self) -> bool {
        let overlap = |a: (i64, i64), b: (i64, i64)| a.0 < b.1 && b.0 < a.1;
        overlap(self.x, other.x) && overlap(self.y, other.y)
    }
}

/// A length of an attribute in hundredths of a pixel.
fn length(value: Option<&str>, width: u32) -> i64 {
    let Some(value) = value else { return 0 };
    let hundredths = |text: &str| {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let sign = if whole.starts_with('-') { -1 } else { 1 };
        whole.parse::<i64>().unwrap() * 100 + sign * format!("{part:0<2}").parse::<i64>().unwrap()
    };
    match value.strip_suffix('%') {
        Some(share) => hundredths(share) * i64::from(width) / 100,
        None => hundredths(value),
    }
}

/// Where a text is, at most.
fn extent(element: ElementRef<'_>, width: u32) -> Extent {
    let size = if element.value().classes().any(|class| class == "head") { fit::HEAD } else { fit::PLAIN };
    let long = i64::from(fit::width(&text(element), size)) * 100;
    let x = length(element.attr("x"), width) + length(element.attr("dx"), width);
    let y = length(element.attr("y"), width);
    let start = match element.attr("text-anchor") {
        Some("middle") => x - long / 2,
        Some("end") => x - long,
        _ => x,
    };
    // Letters stand on their line; the tallest is three quarters of the size, the deepest a fifth.
    Extent { x: (start, start + long), y: (y - i64::from(size) * 75, y + i64::from(size) * 20) }
}

fn check(name: &str, drawing: ElementRef<'_>) {
    let fixed = drawing.attr("viewBox").map(|_| drawing.attr("width").unwrap().parse().unwrap());
    let is_timeline = drawing
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|around| around.value().classes().any(|class| class == "timeline"));
    let width: u32 = fixed.unwrap_or(if is_timeline { NARROWEST_TIMELINE } else { NARROWEST });
    check_at(name, drawing, width, "svg > text:not(.wide)");
    if first(drawing, "svg > text.wide").is_some() {
        check_at(name, drawing, WIDE_TIMELINE, "svg > text:not(.narrow)");
    }
}

/// The same with the texts that are shown where it is so wide.
fn check_at(name: &str, drawing: ElementRef<'_>, width: u32, shown: &str) {
    let texts: Vec<_> =
        all(drawing, shown).into_iter().map(|element| (text(element), extent(element, width))).collect();
    for (at, (words, one)) in texts.iter().enumerate() {
        let edge = i64::from(width) * 100;
        assert!(one.x.0 >= 0 && one.x.1 <= edge, "{name}: “{words}” leaves the drawing: {one:?} of {edge}");
        for (other, another) in &texts[at + 1..] {
            assert!(!one.meets(another), "{name}: “{words}” lies upon “{other}”");
        }
    }
    for mark in all(drawing, "svg > rect.mark") {
        let (x, y) = (length(mark.attr("x"), width), length(mark.attr("y"), width));
        let across = length(mark.attr("width"), width);
        let mark = Extent { x: (x, x + across), y: (y, y + length(mark.attr("height"), width)) };
        for (words, place) in &texts {
            assert!(!mark.meets(place), "{name}: a mark lies upon “{words}”");
        }
    }
}

fn drawings(page: &Page) -> Vec<ElementRef<'_>> {
    page.all("svg.drawing").into_iter().filter(|drawing| first(*drawing, "g").is_none()).collect()
}

#[test]
fn nothing_in_a_drawing_lies_upon_a_text() {
    let mut checked = 0;
    for (name, built) in CATALOGUES.iter() {
        for page in built.pages() {
            for drawing in drawings(&page) {
                check(&format!("{name}, {}", page.path), drawing);
                checked += 1;
            }
        }
    }
    assert!(checked > 20, "{checked}");
}

#[test]
fn every_drawing_is_an_image_with_a_sentence_and_a_way_to_read_it() {
    for (name, built) in CATALOGUES.iter() {
        for page in built.pages() {
            for drawing in page.all("svg.drawing") {
                assert_eq!(drawing.attr("role"), Some("img"));
                for (attribute, tag) in [("aria-labelledby", "title"), ("aria-describedby", "desc")] {
                    let named = first(drawing, tag).unwrap();
                    assert_eq!(drawing.attr(attribute), named.attr("id"), "{name}, {}", page.path);
                    assert!(text(named).ends_with('.'), "{name}, {}: {}", page.path, text(named));
                }
                assert!(first(drawing, "[style], [fill]:not([fill^='url(#'])").is_none(), "{}", page.path);
            }
        }
    }
}

/// The sizes of type in the section of the style sheet that drawings are set by, in pixels.
#[test]
fn no_text_in_a_drawing_is_set_smaller_than_twelve_pixels() {
    let css = std::fs::read_to_string(repository().join("themes/default/static/site.css")).unwrap();
    let rules = &css[css.find("\n.drawing {").unwrap()..];
    let rules = &rules[..rules.find("\n}").unwrap()];
    let sizes: Vec<u32> = rules
        .match_indices("px")
        .filter(|(at, _)| {
            let line = &rules[rules[..*at].rfind('\n').unwrap()..*at];
            line.contains("font")
        })
        .map(|(at, _)| {
            let digits = rules[..at].rfind(|c: char| !c.is_ascii_digit()).unwrap() + 1;
            rules[digits..at].parse().unwrap()
        })
        .collect();
    assert_eq!(sizes, [fit::PLAIN, fit::HEAD]);
    assert!(sizes.iter().all(|size| *size >= 12), "{sizes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Labels and names of any length and script stay inside their panels.
    #[test]
    fn any_label_leaves_room_for_the_others(
        label in "[\\PC&&[^\\p{Cf}]]{1,90}",
        domain in "[\\PC&&[^\\p{Cf}]]{1,90}",
    ) {
        prop_assume!(!label.trim().is_empty() && !domain.trim().is_empty());
        let fixture = Fixture::new(include_str!("../../figures/layout.txt"))
            .edit("content/frameworks/fw/framework.toml", "\"Met in full\"", &quoted(&label))
            .edit("content/frameworks/fw/framework.toml", "\"Customer\"", &quoted(&domain));
        let built = fixture.build();
        // some characters may stand in no text
        prop_assume!(!built.build.site.is_empty());
        let page = built.page("certifications/desk-1/index.html");
        let drawings = drawings(&page);
        prop_assert!(!drawings.is_empty());
        for drawing in drawings {
            check("any label", drawing);
        }
    }
}
