//! The modules of a product as numbered notes on its footprint.
//!
//! In come the modules of a certification, out go a number for every cell that they support and the list that says what it stands for.
//! A module whose elements are on no map is in the list all the same.

use std::collections::BTreeMap;

use crate::catalogue::{Certification, ElementIx};
use crate::footprint::Footprint;
use crate::html::HtmlWriter;
use crate::pages::Frame;
use crate::pages::shared::link;
use crate::route::Route;
use crate::table::Cells as _;
use crate::words::Words;

/// The numbers of the modules by cell.
pub(super) struct Modules(BTreeMap<ElementIx, Vec<usize>>);

impl Modules {
    pub(super) fn new(certification: &Certification, footprint: &Footprint<'_>) -> Self {
        let mut numbers: BTreeMap<ElementIx, Vec<usize>> = BTreeMap::new();
        for (at, elements) in certification.modules.iter().enumerate() {
            for cell in elements.iter().flat_map(|element| footprint.cells_of(*element)) {
                let numbers = numbers.entry(cell).or_default();
                if !numbers.contains(&(at + 1)) {
                    numbers.push(at + 1);
                }
            }
        }
        Self(numbers)
    }

    /// The numbers of the modules that support a cell.
    pub(super) fn of(&self, cell: ElementIx) -> &[usize] {
        self.0.get(&cell).map_or(&[], Vec::as_slice)
    }

    /// The same as links to the list.
    pub(super) fn calls(&self, words: &Words, cell: ElementIx, html: &mut HtmlWriter) {
        for number in self.of(cell) {
            html.literal(" <a class=\"call\" href=\"#module-")
                .number(*number)
                .literal("\"><span class=\"hidden\">");
            html.text(words.get("footprint.module")).literal(" </span>").number(*number).literal("</a>");
        }
    }
}

/// The list of the modules with what each supports.
pub(super) fn list(page: &Frame<'_>, certification: &Certification, html: &mut HtmlWriter) {
    let modules = &certification.record.modules;
    if modules.is_empty() {
        return;
    }
    html.literal("<h3>")
        .text(page.words().get("footprint.modules"))
        .literal("</h3>\n<ol class=\"modules\">\n");
    for (at, (module, elements)) in modules.iter().zip(&certification.modules).enumerate() {
        html.literal("<li id=\"module-").number(at + 1).literal("\"><strong>").name(&module.name);
        html.literal("</strong>: ");
        for (at, index) in elements.iter().enumerate() {
            html.literal(if at == 0 { "" } else { ", " });
            let element = page.catalogue().element(*index);
            let state = element.in_release(certification.release);
            if let Ok(state) = state {
                html.id(&state.id).literal(" ");
            }
            let name = state.map_or(element.name(), |state| &state.name);
            link(page, Route::Element(*index), name, html);
        }
        if let Some(note) = &module.note {
            html.literal(" <small>").name(note).literal("</small>");
        }
        html.literal("</li>\n");
    }
    html.literal("</ol>\n");
}
