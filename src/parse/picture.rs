//! Pictures beside records: files that a browser shows and never runs.
//!
//! In comes the path of a file with its bytes or its text, out goes every reason why pages cannot show it as a picture.
//! Nothing is repaired or rewritten: a picture is published as it is, or it is an error.

mod value;
mod drawing;

use crate::diagnostic::{Code, Finding};
use crate::text::Span;

/// The ending of a drawing, which is text and the one kind of picture that could do more than be looked at.
const DRAWING: &str = "svg";
/// The endings of pictures that pages may show.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "webp", "gif", "avif", DRAWING];
/// How much of a file is looked at to find out what it is.
const SIGNATURE: usize = 64;

/// Whether a file is a picture by its name.
pub fn is_picture(path: &str) -> bool {
    PICTURES.contains(&ending(path).as_str())
}

/// Whether a file is a drawing by its name: shown as a picture it runs nothing, so that no record links to it.
pub fn is_drawing(path: &str) -> bool {
    ending(path) == DRAWING
}

/// What is wrong with a drawing; nothing for any other text.
pub fn check_text(path: &str, text: &str) -> Vec<Finding> {
    if is_drawing(path) { drawing::check(text) } else { Vec::new() }
}

/// What is wrong with a picture; nothing for any other file.
pub fn check_bytes(path: &str, bytes: &[u8]) -> Vec<Finding> {
    let ending = ending(path);
    if !is_picture(path) || is_of_kind(&ending, &bytes[..bytes.len().min(SIGNATURE)]) {
        return Vec::new();
    }
    let message = format!("`{path}` is called a picture (`.{ending}`), and what it holds is none");
    let finding = Finding::new(Code::ForbiddenPicture, Span::start_of_file(), message);
    vec![
        finding
            .help("save the picture again in the form that its name says, or give it the name of its form"),
    ]
}

/// That a record links to a drawing, or gives one as a document.
pub fn linked_drawing(span: Span, name: &str) -> Finding {
    let message = format!("`{name}` is a drawing, and drawings are shown and not linked");
    Finding::new(Code::ForbiddenPicture, span, message)
        .help("show it in the text as `![what it shows](drawing.svg)`, or give the document as a PDF")
}

/// That a text shows a file which is no picture.
pub fn no_picture(span: Span, name: &str) -> Finding {
    let message = format!("`{name}` is shown as a picture, and it is none");
    Finding::new(Code::ForbiddenPicture, span, message).help(format!(
        "pictures are {}; any other file is linked as `[its title]({name})`",
        PICTURES.join(", ")
    ))
}

/// That the picture for previews is one that readers of previews do not take.
pub fn no_preview(span: Span, name: &str) -> Finding {
    let message = format!("`{name}` is the picture of previews, and their readers do not take it");
    Finding::new(Code::ForbiddenPicture, span, message).help("save it as PNG or JPEG")
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// Whether a file begins as files of its kind do.
fn is_of_kind(ending: &str, start: &[u8]) -> bool {
    match ending {
        "png" => start.starts_with(b"\x89PNG\r\n\x1a\n"),
        "jpg" | "jpeg" => start.starts_with(b"\xff\xd8\xff"),
        "gif" => start.starts_with(b"GIF87a") || start.starts_with(b"GIF89a"),
        "webp" => start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP"),
        // the first box names every form that the file is to be read as
        "avif" => {
            let brands = start.get(8..).unwrap_or_default().chunks_exact(4);
            start.get(4..8) == Some(b"ftyp")
                && brands.into_iter().any(|brand| brand == b"avif" || brand == b"avis")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
