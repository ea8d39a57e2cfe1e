//! Every release gets its map: the cells on which certifications draw their footprints.
//!
//! In come the linked frameworks with the layouts of their records, out goes one map a release and a diagnostic for what no map can show.
//! Without a layout the map follows from domains, roots and order alone; no framework is known here by name.

use std::collections::HashMap;

use super::suggest;
use crate::catalogue::footprint::{Map, MapCell, MapRow, RowOf};
use crate::catalogue::{Catalogue, ElementIx, Framework, FrameworkIx};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::framework::{CellRecord, FootprintRecord};
use crate::text::{Place, Span, Spanned};

/// Gives every release of every framework its map.
pub(super) fn link(catalogue: &mut Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    for index in 0..catalogue.frameworks.len() {
        let layout = Layout::new(catalogue, index.into(), diagnostics);
        let releases = 0..catalogue.frameworks[index].releases.len();
        let maps: Vec<Map> = releases.map(|release| layout.map(release)).collect();
        layout.check(&maps, diagnostics);
        for (release, map) in catalogue.frameworks[index].releases.iter_mut().zip(maps) {
            release.map = map;
        }
    }
}

/// Where the layout wants a cell.
struct Wanted {
    /// Its place in the list of cells.
    rank: usize,
    row: Option<RowOf>,
    columns: Option<(usize, usize)>,
}

/// A framework's layout with its names resolved.
struct Layout<'c> {
    catalogue: &'c Catalogue,
    framework: &'c Framework,
    level: Option<u8>,
    rows: Vec<RowOf>,
    wanted: HashMap<ElementIx, Wanted>,
}

impl<'c> Layout<'c> {
    fn new(catalogue: &'c Catalogue, index: FrameworkIx, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let framework = catalogue.framework(index);
        let mut layout = Self { catalogue, framework, level: None, rows: Vec::new(), wanted: HashMap::new() };
        let Some(record) = &framework.record.footprint else { return layout };
        layout.level = record.level.as_ref().and_then(|level| u8::try_from(level.value).ok());
        layout.rows = record.rows.iter().filter_map(|name| layout.row(name, diagnostics)).collect();
        for (rank, cell) in record.cells.iter().enumerate() {
            let element = layout.element(&cell.element, diagnostics);
            let row = cell.row.as_ref().and_then(|name| layout.row(name, diagnostics));
            let columns = layout.columns(record, cell, diagnostics);
            if let Some(element) = element {
                layout.wanted.entry(element).or_insert(Wanted { rank, row, columns });
            }
        }
        layout
    }

    fn has_domains(&self) -> bool {
        !self.framework.record.domains.is_empty()
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.framework.file, span)
    }

    /// A row by its name: a domain's id, or the key of a root in a framework without domains.
    fn row(&self, name: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<RowOf> {
        if !self.has_domains() {
            return self.element(name, diagnostics).map(RowOf::Root);
        }
        let domains = &self.framework.record.domains;
        let found = domains.iter().position(|domain| domain.id.value == name.value);
        if found.is_none() {
            let message = format!("the framework `{}` has no domain `{}`", self.framework.id, name.value);
            let unknown = Diagnostic::new(Code::UnknownDomain, self.place(name.span), message);
            let known = domains.iter().map(|domain| domain.id.value.as_str());
            diagnostics.push(suggest(unknown, &name.value, known, |id| {
                format!("add a `[[domain]]` with `id = \"{id}\"`, or leave the row out")
            }));
        }
        found.map(RowOf::Domain)
    }

    fn element(&self, key: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<ElementIx> {
        let key_of = |index: &ElementIx| self.catalogue.element(*index).record.key.value.as_str();
        let elements = &self.framework.elements;
        if let Ok(found) = elements.binary_search_by(|index| key_of(index).cmp(&key.value)) {
            return Some(elements[found]);
        }
        let broken = format!("{}/{}", self.framework.id, key.value);
        if self.catalogue.is_broken("element", &broken)
            || self.catalogue.incomplete.contains(&self.framework.id)
        {
            return None;
        }
        let message = format!("no element record of `{}` is called `{}`", self.framework.id, key.value);
        let unknown = Diagnostic::new(Code::UnknownElement, self.place(key.span), message);
        diagnostics.push(suggest(unknown, &key.value, elements.iter().map(key_of), |_| {
            "an element is named by its file's name or its `key`, not by its id or title".to_owned()
        }));
        None
    }

    /// The columns of a cell, which stand side by side.
    fn columns(
        &self,
        record: &FootprintRecord,
        cell: &CellRecord,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<(usize, usize)> {
        let mut found = Vec::with_capacity(cell.columns.len());
        for name in &cell.columns {
            let column = record.columns.iter().position(|column| column.value == name.value);
            if column.is_none() {
                let message = format!("the footprint has no column `{}`", name.value);
                let unknown = Diagnostic::new(Code::UnknownColumn, self.place(name.span), message);
                let known = record.columns.iter().map(|column| column.value.as_str());
                diagnostics.push(suggest(unknown, &name.value, known, |name| {
                    format!("add `\"{name}\"` to the list `columns` of `[footprint]`")
                }));
            }
            found.push(column?);
        }
        let first = *found.first()?;
        if let Some(at) = (0..found.len()).find(|at| found[*at] != first + at) {
            let message = "a cell takes columns that stand side by side, from the first to the last";
            let columns: Vec<String> =
                record.columns.iter().map(|column| format!("`{}`", column.value)).collect();
            let place = self.place(cell.columns[at].span);
            diagnostics.push(
                Diagnostic::new(Code::InvalidFootprint, place, message)
                    .help(format!("the columns are, in order, {}", columns.join(", "))),
            );
            return None;
        }
        Some((first, found.len()))
    }

    /// The map of a release.
    fn map(&self, release: usize) -> Map {
        let mut rows: Vec<MapRow> = Vec::new();
        let mut at: HashMap<RowOf, usize> = HashMap::new();
        for (row, element) in self.cells(release) {
            let wanted = self.wanted.get(&element).and_then(|wanted| wanted.row);
            let row = wanted.unwrap_or(row);
            let at = *at.entry(row).or_insert_with(|| {
                rows.push(MapRow { of: row, cells: Vec::new() });
                rows.len() - 1
            });
            // One that is wanted in another row than those of its parents stands there once.
            if wanted.is_none() || rows[at].cells.iter().all(|cell| cell.element != element) {
                rows[at].cells.push(MapCell { element, columns: None });
            }
        }
        let members = &self.framework.releases[release].members;
        rows.sort_by_key(|row| {
            let named = self.rows.iter().position(|named| *named == row.of).unwrap_or(self.rows.len());
            let own = match row.of {
                RowOf::Domain(domain) => domain,
                RowOf::Root(root) => self.order(root, release).map_or(members.len(), |order| order as usize),
                RowOf::Rest => usize::MAX,
            };
            (named, own)
        });
        let mut map = Map { rows, ..Map::default() };
        for (at, row) in map.rows.iter_mut().enumerate() {
            row.cells = self.arranged(&row.cells);
            for (place, cell) in row.cells.iter().enumerate() {
                map.places.entry(cell.element).or_default().push((at, place));
            }
        }
        let mut waiting: Vec<ElementIx> =
            map.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.element).collect();
        while let Some(element) = waiting.pop() {
            waiting.extend(self.parents(element, release).filter(|parent| map.above.insert(*parent)));
        }
        map
    }

    fn order(&self, element: ElementIx, release: usize) -> Option<u32> {
        self.catalogue.standing(element, release).order
    }

    fn parents(&self, element: ElementIx, release: usize) -> impl Iterator<Item = ElementIx> {
        let state = self.catalogue.element(element).in_release(release);
        let parents = state.map_or(&[][..], |state| &state.parents).iter().copied();
        parents.filter(move |parent| self.order(*parent, release).is_some())
    }

    /// The cells of a release with their rows, in the framework's order: the elements of the level that the layout names, or
    /// else those right below the domains, or below the roots, or all of a plain list.
    fn cells(&self, release: usize) -> Vec<(RowOf, ElementIx)> {
        let tree = &self.framework.releases[release];
        if let Some(level) = self.level {
            let has_level = |element: &ElementIx| {
                self.catalogue
                    .element(*element)
                    .in_release(release)
                    .is_ok_and(|state| state.level == Some(level))
            };
            let cells = tree.members.iter().copied().filter(has_level);
            return cells
                .flat_map(|cell| self.rows_of(cell, release).into_iter().map(move |row| (row, cell)))
                .collect();
        }
        let children = |root: &ElementIx| self.catalogue.children(*root, release);
        if self.has_domains() {
            let row = |element: ElementIx| self.domain_of(element, release);
            // A domain that is an element too has its cells below it.
            let rows: Vec<RowOf> = tree.roots.iter().map(|root| row(*root)).collect();
            let is_single = |at: usize| rows.iter().filter(|other| **other == rows[at]).count() == 1;
            let is_grouping = |at: usize| is_single(at) && !children(&tree.roots[at]).is_empty();
            if (0..rows.len()).all(is_grouping) {
                let below = tree.roots.iter().zip(&rows);
                return below
                    .flat_map(|(root, row)| children(root).iter().map(|child| (*row, *child)))
                    .collect();
            }
            return tree.roots.iter().map(|root| (row(*root), *root)).collect();
        }
        if tree.roots.iter().all(|root| children(root).is_empty()) {
            return tree.roots.iter().map(|root| (RowOf::Rest, *root)).collect();
        }
        let below = tree.roots.iter().flat_map(|root| match children(root) {
            [] => vec![(RowOf::Rest, *root)],
            children => children.iter().map(|child| (RowOf::Root(*root), *child)).collect(),
        });
        below.collect()
    }

    fn domain_of(&self, element: ElementIx, release: usize) -> RowOf {
        self.catalogue.standing(element, release).domain.map_or(RowOf::Rest, RowOf::Domain)
    }

    /// The rows of a cell: its domain, or the roots above it.
    fn rows_of(&self, cell: ElementIx, release: usize) -> Vec<RowOf> {
        if self.has_domains() {
            return vec![self.domain_of(cell, release)];
        }
        let mut seen = Vec::new();
        let mut roots = Vec::new();
        let mut waiting: Vec<ElementIx> = self.parents(cell, release).collect();
        while let Some(element) = waiting.pop() {
            if seen.contains(&element) {
                continue;
            }
            seen.push(element);
            let above = waiting.len();
            waiting.extend(self.parents(element, release));
            if waiting.len() == above {
                roots.push(RowOf::Root(element));
            }
        }
        if roots.is_empty() { vec![RowOf::Rest] } else { roots }
    }

    /// The cells of a row in the order in which they are placed: each of those that have columns on the first line where these
    /// are free, so that none can lie upon another; then the others.
    fn arranged(&self, cells: &[MapCell]) -> Vec<MapCell> {
        let mut named: Vec<(usize, MapCell)> = Vec::new();
        let mut others = Vec::new();
        for cell in cells {
            match self.wanted.get(&cell.element) {
                Some(wanted) => {
                    named.push((wanted.rank, MapCell { columns: wanted.columns, ..*cell }));
                }
                None => others.push(*cell),
            }
        }
        named.sort_by_key(|(rank, _)| *rank);
        let mut lines: Vec<Vec<usize>> = Vec::new();
        let mut placed: Vec<(usize, usize, MapCell)> = Vec::new();
        let mut unplaced = Vec::new();
        for (_, cell) in named {
            let Some((first, count)) = cell.columns else {
                unplaced.push(cell);
                continue;
            };
            let columns = first..first + count;
            let is_free = |line: &Vec<usize>| line.iter().all(|taken| !columns.contains(taken));
            let line = lines.iter().position(is_free).unwrap_or(lines.len());
            if line == lines.len() {
                lines.push(Vec::new());
            }
            lines[line].extend(columns);
            placed.push((line, first, cell));
        }
        placed.sort_by_key(|(line, first, _)| (*line, *first));
        placed.into_iter().map(|(.., cell)| cell).chain(unplaced).chain(others).collect()
    }

    /// Reports a level that no element has, and cells and rows that no map has.
    fn check(&self, maps: &[Map], diagnostics: &mut Vec<Diagnostic>) {
        let Some(record) = &self.framework.record.footprint else { return };
        if self.framework.elements.is_empty() || self.catalogue.incomplete.contains(&self.framework.id) {
            return;
        }
        let noun = &self.framework.record.noun;
        if let Some(level) = record.level.as_ref().filter(|_| maps.iter().all(|map| map.rows.is_empty())) {
            let message = format!("no {} has the level {} in any release", noun.one, level.value);
            diagnostics.push(Diagnostic::new(Code::InvalidFootprint, self.place(level.span), message));
            return;
        }
        for cell in &record.cells {
            let Some(element) = self.element(&cell.element, &mut Vec::new()) else { continue };
            if maps.iter().all(|map| !map.places.contains_key(&element)) {
                let name = self.catalogue.element(element).name();
                let message = format!("`{name}` is a cell of the footprint in no release");
                let help = match self.level {
                    Some(level) => format!("its cells are the {} of level {level}", noun.many),
                    None if self.has_domains() => format!(
                        "its cells are the {} right below the domains; a `level` chooses others",
                        noun.many
                    ),
                    None => format!(
                        "its cells are the {} right below the roots; a `level` chooses others",
                        noun.many
                    ),
                };
                diagnostics.push(
                    Diagnostic::new(Code::InvalidFootprint, self.place(cell.element.span), message)
                        .help(help),
                );
            }
        }
    }
}
