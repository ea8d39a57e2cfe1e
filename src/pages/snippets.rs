//! What is copied to show a certification on another site: its badge and its summary, ready for HTML, Markdown and `AsciiDoc`.
//!
//! In comes a certification, out go texts in the three languages with whole addresses.
//! A text of a record is escaped for each of them, so that it is text wherever it is pasted.

use super::Frame;
use std::fmt::Write as _;

use super::badge::drawn;
use super::standing::Standing;
use crate::catalogue::CertificationIx;
use crate::html::HtmlWriter;
use crate::route::{self, Route};
use crate::view::{SnippetView, SnippetsView};

/// The size of a frame that shows the summary, in pixels.
const FRAME: (u32, u32) = (420, 340);

/// What is offered beside the page of a certification; nothing where the theme has no badges.
pub(super) fn of(page: &Frame<'_>, index: CertificationIx) -> Option<SnippetsView> {
    if !page.context.wanted.has_badges {
        return None;
    }
    let standing = Standing::of(page.context, index);
    let (size, _) = drawn(page.context, &standing);
    let alt = standing.sentence(page.context);
    let address =
        |route: Route, name: &str| plain(&format!("{}{}{name}", page.context.base_url, page.folder(route)));
    let (target, badge) =
        (address(Route::Certification(index), ""), address(Route::Certification(index), route::BADGE));
    let (frame, data) =
        (address(Route::Embed(index), ""), address(Route::Certification(index), route::BADGE_DATA));
    let title =
        page.words().fill("badge.of", &[("certification", &standing.title), ("release", &standing.release)]);
    let texts = [
        ("badge.as_html", image((&target, &badge), &alt, size)),
        ("badge.as_markdown", format!("[![{}]({badge})]({target})", markdown(&alt))),
        ("badge.as_asciidoc", format!("image:{badge}[\"{}\",link={target}]", asciidoc(&alt))),
        ("badge.as_frame", framed(&frame, &title)),
        ("badge.as_data", data),
    ];
    let texts =
        texts.into_iter().map(|(key, text)| SnippetView { title: page.words().get(key).to_owned(), text });
    Some(SnippetsView {
        src: route::BADGE,
        alt,
        width: size.0 as usize,
        height: size.1 as usize,
        frame: page.href(Route::Embed(index)),
        texts: texts.collect(),
    })
}

fn image((target, badge): (&str, &str), alt: &str, (width, height): (u32, u32)) -> String {
    let mut html = HtmlWriter::default();
    html.literal("<a")
        .attribute("href", target)
        .literal("><img")
        .attribute("src", badge)
        .attribute("alt", alt);
    html.literal(" width=\"").number(width as usize).literal("\" height=\"").number(height as usize);
    html.literal("\"></a>");
    html.finish().as_str().to_owned()
}

fn framed(frame: &str, title: &str) -> String {
    let mut html = HtmlWriter::default();
    html.literal("<iframe").attribute("src", frame).attribute("title", title);
    html.literal(" width=\"").number(FRAME.0 as usize).literal("\" height=\"").number(FRAME.1 as usize);
    html.literal("\" loading=\"lazy\"></iframe>");
    html.finish().as_str().to_owned()
}

/// An address without a sign that ends it, or means something, in Markdown or `AsciiDoc`.
fn plain(address: &str) -> String {
    let mut plain = String::with_capacity(address.len());
    for letter in address.chars() {
        if letter.is_ascii_alphanumeric() || "-._~:/?#@!$&,;=%".contains(letter) {
            plain.push(letter);
        } else {
            write!(plain, "%{:02X}", u32::from(letter)).expect("a string takes any text");
        }
    }
    plain
}

/// A text in square brackets of Markdown: what could mean something stands as a character reference, which never does.
fn markdown(text: &str) -> String {
    referenced(text, |letter| letter.is_ascii_punctuation() && !matches!(letter, '.' | ',' | ':' | '-'))
}

/// The same between quotation marks of `AsciiDoc`, where also what looks like an address is changed.
fn asciidoc(text: &str) -> String {
    referenced(text, |letter| letter.is_ascii_punctuation() && !matches!(letter, '.' | ',' | '-'))
}

fn referenced(text: &str, is_special: impl Fn(char) -> bool) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            _ if letter.is_whitespace() => written.push(' '),
            _ if is_special(letter) => {
                write!(written, "&#{};", u32::from(letter)).expect("a string takes any text");
            }
            _ => written.push(letter),
        }
    }
    written
}
