//! The story of a change for terminals and logs.
//!
//! In comes a story, out goes text, coloured where the reader's terminal wants it.
//! Characters of records that would act on a terminal are written out, and each line has a bounded length.

use std::fmt::Write as _;

use super::{Block, Line, Part, Section, Story};
use crate::report::human::Paint;
use crate::report::visible::visible;

/// How long a line may be, in bytes.
const LINE: usize = 1000;
/// How many lines of one list are shown; the other formats have all of them.
const MOST: usize = 40;

/// Writes a story.
pub fn render(story: &Story, paint: Paint) -> String {
    let mut page = Page { text: String::new(), paint };
    let sides = [part(&story.sides.before, 100), " → ".to_owned(), part(&story.sides.after, 100)].concat();
    page.line(0, &page.bold(&sides));
    if !story.alarms.is_empty() {
        page.line(0, "");
        page.line(0, &page.red("New errors: this cannot be published"));
        story.alarms.iter().for_each(|line| page.line(2, &page.written(line)));
    }
    page.line(0, "");
    story.brief.iter().for_each(|line| page.line(2, &page.written(line)));
    story.sections.iter().for_each(|section| page.section(section));
    page.text
}

fn part(text: &str, limit: usize) -> String {
    visible(text, limit)
}

struct Page {
    text: String,
    paint: Paint,
}

impl Page {
    fn line(&mut self, indent: usize, line: &str) {
        writeln!(self.text, "{}", format!("{:indent$}{line}", "").trim_end())
            .expect("writing to a string cannot fail");
    }

    fn bold(&self, text: &str) -> String {
        self.painted("1", text)
    }

    fn red(&self, text: &str) -> String {
        self.painted("1;31", text)
    }

    fn painted(&self, style: &str, text: &str) -> String {
        match self.paint {
            Paint::Plain => text.to_owned(),
            Paint::Colour => format!("\u{1b}[{style}m{text}\u{1b}[0m"),
        }
    }

    fn written(&self, line: &Line) -> String {
        let parts = line.iter().map(|part| match part {
            Part::Own(words) => words.as_str().to_owned(),
            Part::Text(words) => visible(words, LINE),
            Part::Title(words) => self.bold(&visible(words, LINE)),
        });
        parts.collect()
    }

    fn section(&mut self, section: &Section) {
        self.line(0, "");
        let title = self.bold(&plain(&section.title));
        self.line(0, &title);
        for block in &section.blocks {
            match block {
                Block::List(lines) => {
                    lines.iter().take(MOST).for_each(|line| self.line(2, &self.written(line)));
                }
                Block::Table(head, rows) => self.table(head, rows),
            }
            if block.len() > MOST {
                self.line(2, &format!("and {} more", block.len() - MOST));
            }
        }
    }

    /// Columns as wide as what stands in them; the last is left as it is.
    fn table(&mut self, head: &[&str], rows: &[Vec<Line>]) {
        let rows = rows.iter().take(MOST).map(|row| row.iter().map(plain).collect());
        let head = head.iter().map(|name| (*name).to_owned()).collect();
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let columns = rows[0].len();
        // a column in which nothing stands takes no room
        let is_empty: Vec<bool> =
            (0..columns).map(|at| rows[1..].iter().all(|row| row[at].is_empty())).collect();
        let shown: Vec<usize> = (0..columns).filter(|at| !is_empty[*at]).collect();
        let widths: Vec<usize> = shown.iter().map(|at| width(*at)).collect();
        for row in &rows {
            let cells = shown.iter().zip(&widths).map(|(at, width)| format!("{:<width$}", row[*at]));
            self.line(2, &cells.collect::<Vec<_>>().join("  "));
        }
    }
}

fn plain(line: &Line) -> String {
    let parts = line.iter().map(|part| match part {
        Part::Own(words) => words.as_str().to_owned(),
        Part::Text(words) | Part::Title(words) => visible(words, LINE),
    });
    parts.collect()
}
