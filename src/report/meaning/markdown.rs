//! The story of a change for a comment on a pull request: the few lines first, everything else folded.
//!
//! In comes a story, out goes Markdown within the size that hosts allow a comment, with what was cut said at its end.
//! What a record says stands in code spans, or in HTML as code, and nowhere else: there it is no markup, no mention and no link.

use std::fmt::Write as _;

use super::{Block, Line, Part, Section, Story};
use crate::html::HtmlWriter;
use crate::report::visible::visible;

/// The size of a comment that hosts take, in bytes: GitHub counts 65 536 characters.
pub const LIMIT: usize = 65_536;
/// Room for the lines that say what was cut.
const RESERVE: usize = 2_048;
/// How long one text of a record may be.
const TEXT: usize = 600;

/// Writes a story in at most `limit` bytes; what was left out is said.
pub fn render(story: &Story, limit: usize) -> String {
    let mut markdown = String::from("## What this change means\n\n");
    writeln!(markdown, "{} → {}\n", code(&story.sides.before), code(&story.sides.after))
        .expect("writing to a string cannot fail");
    // the few lines may not take all of the room, whatever records make of them
    let brief = limit / 2;
    if !story.alarms.is_empty() {
        markdown.push_str("**New errors: this cannot be published.**\n\n");
        list(&story.alarms, brief / 2, &mut markdown);
        // between two lists stands a paragraph, or they would be one
        markdown.push_str("What changes:\n\n");
    }
    list(&story.brief, brief, &mut markdown);
    let mut left_out = Vec::new();
    for section in &story.sections {
        let room = limit.saturating_sub(RESERVE + markdown.len());
        let (written, missing) = folded(section, room);
        markdown.push_str(&written);
        if missing > 0 {
            left_out.push((section, missing));
        }
    }
    if !left_out.is_empty() {
        markdown.push_str(&cut_off(&left_out));
    }
    markdown
}

/// What had no room.
fn cut_off(left_out: &[(&Section, usize)]) -> String {
    let all: usize = left_out.iter().map(|(_, missing)| missing).sum();
    let mut note = format!("This comment is as long as it may be. {all} lines are left out:\n\n");
    for (section, missing) in left_out {
        let line = format!("- {missing} of {}\n", written(&section.title));
        if note.len() + line.len() > RESERVE - 100 {
            note.push_str("- and others\n");
            break;
        }
        note.push_str(&line);
    }
    note.push_str("\n`certalog diff` prints all of them with `--format json`.\n");
    note
}

/// A section that opens when it is wanted, in at most `room` bytes, and how many of its lines had no room. It is HTML without an
/// empty line, in which hosts read no Markdown.
fn folded(section: &Section, room: usize) -> (String, usize) {
    const CLOSE: &str = "</details>\n\n";
    let all: usize = section.blocks.iter().map(Block::len).sum();
    let open = format!("<details><summary>{} ({all})</summary>\n", html(&section.title));
    let mut body = String::new();
    let mut shown = 0;
    for block in &section.blocks {
        let Lines { head, rows, tail } = lines(block);
        let fits: Vec<&String> = {
            let mut size = open.len() + body.len() + head.len() + tail.len() + CLOSE.len();
            let fits = rows.iter().take_while(|row| {
                size += row.len();
                size <= room
            });
            fits.collect()
        };
        if fits.is_empty() {
            break;
        }
        body.push_str(&head);
        body.extend(fits.iter().map(|row| row.as_str()));
        body.push_str(&tail);
        shown += fits.len();
        if fits.len() < rows.len() {
            break;
        }
    }
    if shown == 0 {
        return (String::new(), all);
    }
    (format!("{open}{body}{CLOSE}"), all - shown)
}

/// A block as lines of HTML, with what stands around them.
struct Lines {
    head: String,
    rows: Vec<String>,
    tail: String,
}

fn lines(block: &Block) -> Lines {
    match block {
        Block::List(lines) => Lines {
            head: "<ul>\n".to_owned(),
            rows: lines.iter().map(|line| format!("<li>{}</li>\n", html(line))).collect(),
            tail: "</ul>\n".to_owned(),
        },
        Block::Table(head, rows) => {
            // a column in which nothing stands takes no room
            let is_empty = |at: usize| rows.iter().all(|row| row[at].is_empty());
            let shown: Vec<usize> = (0..head.len()).filter(|at| !is_empty(*at)).collect();
            let names: Vec<String> = shown.iter().map(|at| format!("<th>{}</th>", head[*at])).collect();
            let row = |row: &Vec<Line>| {
                let cells = shown.iter().map(|at| format!("<td>{}</td>", html(&row[*at])));
                format!("<tr>{}</tr>\n", cells.collect::<Vec<_>>().concat())
            };
            Lines {
                head: format!("<table>\n<tr>{}</tr>\n", names.concat()),
                rows: rows.iter().map(row).collect(),
                tail: "</table>\n".to_owned(),
            }
        }
    }
}

/// Lines, as long as the whole has at most `limit` bytes; how many had no room is said.
fn list(lines: &[Line], limit: usize, markdown: &mut String) {
    for (at, line) in lines.iter().enumerate() {
        let line = format!("- {}\n", written(line));
        if markdown.len() + line.len() > limit {
            writeln!(markdown, "- and {} more lines", lines.len() - at)
                .expect("writing to a string cannot fail");
            break;
        }
        markdown.push_str(&line);
    }
    markdown.push('\n');
}

fn written(line: &Line) -> String {
    let parts = line.iter().map(|part| match part {
        Part::Own(words) => words.as_str().to_owned(),
        Part::Text(words) => code(words),
        Part::Title(words) => format!("**{}**", code(words)),
    });
    parts.collect()
}

/// A text as a code span: between more backticks than stand together in it, on one line, with hidden characters written out.
fn code(text: &str) -> String {
    let text = visible(text, TEXT);
    if text.trim().is_empty() {
        return if text.is_empty() { "(empty)".to_owned() } else { "(blank)".to_owned() };
    }
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // one space on each side belongs to the fence, and keeps a backtick or a space at the end of the text
    let needs_room = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let room = if needs_room { " " } else { "" };
    format!("{fence}{room}{text}{room}{fence}")
}

/// A line as HTML.
fn html(line: &Line) -> String {
    let mut html = HtmlWriter::default();
    for part in line {
        match part {
            Part::Own(words) => html.text(words.as_str()),
            Part::Text(words) | Part::Title(words) => {
                html.literal("<code>").text(&visible(words, TEXT)).literal("</code>")
            }
        };
    }
    html.finish().as_str().to_owned()
}
