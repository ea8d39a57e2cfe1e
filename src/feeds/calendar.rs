//! Ends of validity as a calendar (iCalendar, RFC 5545).
//!
//! In comes a scope of the catalogue, out goes one day a certification: the last on which it holds.
//! A text cannot end a line or begin a property: what has a meaning there is escaped, and long lines are folded between characters.

use super::entry::about;
use crate::model::date::Day;
use crate::pages::Context;
use crate::route::{Route, Scope};

/// How many bytes a line may have, without its end.
const LINE: usize = 75;

/// The lines of a calendar.
struct Lines<'b>(&'b mut Vec<u8>);

impl Lines<'_> {
    /// A property whose value is no text: a date, an address, a word.
    fn value(&mut self, name: &'static str, value: &str) {
        let mut room = LINE;
        for letter in [name, ":", value].into_iter().flat_map(str::chars) {
            // nothing but a text may hold a line end, and texts have theirs escaped
            if letter.is_control() {
                continue;
            }
            if letter.len_utf8() > room {
                self.0.extend(b"\r\n ");
                room = LINE - 1;
            }
            room -= letter.len_utf8();
            self.0.extend(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.0.extend(b"\r\n");
    }

    /// A property whose value is a text.
    fn text(&mut self, name: &'static str, text: &str) {
        let mut escaped = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                '\n' => escaped.push_str("\\n"),
                _ => escaped.push(letter),
            }
        }
        self.value(name, &escaped);
    }
}

/// A day as calendars write it.
fn digits(day: Day) -> String {
    day.to_string().replace('-', "")
}

pub(super) fn write(context: &Context, scope: Scope, bytes: &mut Vec<u8>) {
    let (catalogue, words) = (&context.catalogue, &context.words);
    let config = &catalogue.config;
    let mut lines = Lines(bytes);
    lines.value("BEGIN", "VCALENDAR");
    lines.value("VERSION", "2.0");
    lines.value("PRODID", "-//certalog//certalog//EN");
    let (name, _) = about(catalogue, scope);
    let name = name.map_or_else(|| config.title.clone(), |name| format!("{name} – {}", config.title));
    lines.text("NAME", &name);
    // What programs read that are older than `NAME` (RFC 7986).
    lines.text("X-WR-CALNAME", &name);
    let mut ends: Vec<_> = super::certifications(catalogue, scope)
        .filter_map(|index| Some((catalogue.certification(index).record.valid_to.as_ref()?.value, index)))
        .collect();
    ends.sort_by_key(|(end, index)| (end.last_day(), *index));
    for (end, index) in ends {
        let certification = catalogue.certification(index);
        let record = &certification.record;
        let Ok(after) = end.last_day().tomorrow() else { continue };
        let folder = Route::Certification(index).folder(catalogue);
        let title = record.title();
        let organization = catalogue.organization_name(certification);
        let values = [("certification", title.as_str()), ("organization", organization)];
        // The record is what the event was made from, and the only date that it has besides its end.
        let since = record.completed.as_ref().or(record.valid_from.as_ref());
        let since = since.map_or(end.last_day(), |date| date.value.first_day());
        lines.value("BEGIN", "VEVENT");
        lines.value("UID", &format!("{}{folder}#validity", config.identity));
        lines.value("DTSTAMP", &format!("{}T000000Z", digits(since)));
        lines.value("DTSTART;VALUE=DATE", &digits(end.last_day()));
        lines.value("DTEND;VALUE=DATE", &digits(after));
        lines.text("SUMMARY", &words.fill("news.last_day", &values));
        lines.text("DESCRIPTION", &context.in_a_sentence(index));
        lines.value("URL", &format!("{}{folder}", context.base_url));
        lines.value("TRANSP", "TRANSPARENT");
        lines.value("END", "VEVENT");
    }
    lines.value("END", "VCALENDAR");
}
