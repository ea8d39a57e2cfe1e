//! Text without meaning in the volume and with the parts of real records.
//!
//! In comes a stream of numbers, out go sentences, paragraphs, tables, lists and code.
//! Whoever measures with it learns nothing of content: only lengths and characters are like the real thing.

use super::random::Random;

const THINGS: &[&str] = &[
    "account",
    "address",
    "agent",
    "alarm",
    "appointment",
    "approval",
    "archive",
    "balance",
    "batch",
    "bill",
    "branch",
    "budget",
    "cable",
    "calendar",
    "call",
    "cancellation",
    "case",
    "channel",
    "charge",
    "claim",
    "clause",
    "complaint",
    "component",
    "condition",
    "connection",
    "consumer",
    "counter",
    "coverage",
    "dealer",
    "deadline",
    "decision",
    "delivery",
    "department",
    "device",
    "discount",
    "document",
    "enquiry",
    "equipment",
    "estimate",
    "failure",
    "fee",
    "field",
    "forecast",
    "handover",
    "household",
    "installation",
    "instruction",
    "interface",
    "interruption",
    "inventory",
    "journey",
    "licence",
    "line",
    "location",
    "maintenance",
    "market",
    "message",
    "meter",
    "notification",
    "number",
    "offer",
    "operator",
    "outage",
    "package",
    "partner",
    "payment",
    "penalty",
    "permission",
    "plan",
    "port",
    "premises",
    "price",
    "procedure",
    "quantity",
    "question",
    "queue",
    "quote",
    "range",
    "receipt",
    "record",
    "refund",
    "region",
    "reminder",
    "repair",
    "replacement",
    "report",
    "roster",
    "route",
    "sale",
    "schedule",
    "segment",
    "shipment",
    "shop",
    "signal",
    "site",
    "stock",
    "subscriber",
    "summary",
    "supplier",
    "survey",
    "switch",
    "target",
    "team",
    "technician",
    "template",
    "territory",
    "threshold",
    "timetable",
    "tower",
    "usage",
    "variance",
    "vendor",
    "visit",
    "voucher",
    "warehouse",
    "warranty",
    "zone",
];
const DOES: &[&str] = &[
    "accepts",
    "adjusts",
    "announces",
    "calculates",
    "checks",
    "closes",
    "collects",
    "compares",
    "completes",
    "corrects",
    "counts",
    "delivers",
    "explains",
    "forwards",
    "groups",
    "handles",
    "improves",
    "keeps",
    "lists",
    "measures",
    "opens",
    "orders",
    "prepares",
    "prints",
    "receives",
    "rejects",
    "repeats",
    "replaces",
    "sends",
    "sorts",
    "stores",
    "updates",
    "weighs",
];
const SMALL: &[&str] = &["a", "the", "one", "every", "each", "its", "another", "no", "this"];
const JOINS: &[&str] = &["of", "for", "with", "after", "before", "without", "under", "and", "or", "from"];

/// A word for a thing.
pub(crate) fn thing(random: &mut Random) -> &'static str {
    random.pick(THINGS)
}

/// Words with a capital each, as in a heading.
pub(crate) fn title(random: &mut Random, words: usize) -> String {
    let words: Vec<String> = (0..words).map(|_| capital(thing(random))).collect();
    words.join(" ")
}

/// A sentence of so many words.
pub(crate) fn sentence(random: &mut Random, words: usize) -> String {
    let mut text = capital(random.pick(SMALL));
    for place in 1..words {
        let word = match place % 5 {
            2 => random.pick(DOES),
            3 => random.pick(SMALL),
            0 => random.pick(JOINS),
            _ => thing(random),
        };
        text.push(' ');
        text.push_str(word);
    }
    text.push('.');
    text
}

/// Sentences of about so many words.
pub(crate) fn paragraph(random: &mut Random, words: usize) -> String {
    let mut text = String::new();
    let mut left = words;
    while left > 0 {
        let length = random.between(8, 16).min(left.max(5));
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&sentence(random, length));
        left = left.saturating_sub(length);
    }
    text
}

/// A comment of about twelve words; a few hold the characters that HTML and TOML have to escape.
pub(crate) fn comment(random: &mut Random) -> String {
    let mut text = sentence(random, 12);
    match random.below(16) {
        0 => text.push_str(" Seen < 3 times & closed."),
        1 => text.push_str(" Compare \"part B\"."),
        _ => {}
    }
    text
}

/// A table in Markdown with so many rows.
pub(crate) fn table(random: &mut Random, rows: usize) -> String {
    let mut text = "| Step | What | Days |\n|---|---|---:|\n".to_owned();
    for row in 1..=rows {
        let (what, code, days) = (sentence(random, 5), thing(random), random.between(1, 90));
        text.push_str(&format!("| {row} | {what} `{code}` | {days} |\n"));
    }
    text
}

/// A list in Markdown.
pub(crate) fn list(random: &mut Random, rows: usize) -> String {
    let rows: Vec<String> = (0..rows).map(|_| format!("- {}\n", sentence(random, 9))).collect();
    rows.concat()
}

/// A block of code, each time in the next of four languages.
pub(crate) fn code(random: &mut Random, number: usize) -> String {
    let (one, other, count) = (thing(random), thing(random), random.between(2, 60));
    match number % 4 {
        0 => format!(
            "```json\n{{\n  \"{one}\": \"open\",\n  \"{other}\": [{count}, 2.5, null],\n  \"final\": true\n}}\n```\n"
        ),
        1 => format!("```toml\n[{one}]\nname = \"{other}\"\nretries = {count}\n# seconds\npause = 30\n```\n"),
        2 => format!(
            "```xml\n<{one} order=\"{count}\">\n  <{other}>ready</{other}>\n  <note/>\n</{one}>\n```\n"
        ),
        _ => format!(
            "```sql\nSELECT {one}, count(*)\nFROM {other}\nWHERE days < {count} -- open ones\nGROUP BY {one};\n```\n"
        ),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
