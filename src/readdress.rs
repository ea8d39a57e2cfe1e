//! The addresses in a finished page, exchanged for others.
//!
//! In comes the markup of a page and what to do with each of its tags, out goes the same markup with other values of attributes, further attributes, or without an element.
//! Texts, comments and everything between tags stay byte for byte as they are, and a tag that cannot be read is copied.

use std::ops::Range;

/// A start tag of a page.
#[derive(Debug)]
pub struct Tag<'p> {
    /// Its name, as it is written.
    pub name: &'p str,
    /// Its attributes with their values, as they are written.
    pub attributes: Vec<(&'p str, &'p str)>,
}

impl<'p> Tag<'p> {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&'p str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// What becomes of a tag.
#[derive(Debug, Default)]
pub enum Fate {
    /// It stays as it is.
    #[default]
    Stays,
    /// Some values become others, by the places of their attributes, and more attributes are added.
    Changes {
        /// The new values; quotation marks in them are percent-encoded.
        values: Vec<(usize, String)>,
        /// More attributes, each with a space before it.
        more: String,
    },
    /// The element goes, with all up to its end tag.
    Goes,
}

/// The page with its tags as `decide` says.
pub fn readdress(page: &str, mut decide: impl FnMut(&Tag<'_>) -> Fate) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 16);
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = page[at..].find('<') {
        let start = at + found;
        at = start + 1;
        if let Some(comment) = page[start..].strip_prefix("<!--") {
            at = comment.find("-->").map_or(page.len(), |end| start + 4 + end + 3);
            continue;
        }
        let Some(read) = read(page, start) else { continue };
        at = read.end;
        let element_end = || end_of_element(page, read.tag.name, read.end);
        match decide(&read.tag) {
            Fate::Stays => {}
            Fate::Changes { values, more } => {
                for (index, value) in values {
                    let range = &read.values[index];
                    out.push_str(&page[copied..range.start]);
                    out.push_str(&value.replace('"', "%22").replace('\'', "%27"));
                    copied = range.end;
                }
                out.push_str(&page[copied..read.inside_end]);
                out.push_str(&more);
                copied = read.inside_end;
            }
            Fate::Goes => {
                out.push_str(&page[copied..start]);
                copied = element_end();
                at = copied;
                continue;
            }
        }
        // What stands in these two is no markup.
        if ["script", "style"].iter().any(|name| read.tag.name.eq_ignore_ascii_case(name)) {
            at = element_end();
        }
    }
    out.push_str(&page[copied..]);
    out
}

/// A start tag with the places of its parts.
struct Read<'p> {
    tag: Tag<'p>,
    values: Vec<Range<usize>>,
    /// Where further attributes can stand.
    inside_end: usize,
    end: usize,
}

/// Reads a start tag whose values stand in quotation marks; `None` where there is none.
fn read(page: &str, start: usize) -> Option<Read<'_>> {
    let bytes = page.as_bytes();
    let is_name = |byte: u8| {
        !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>' | b'=' | b'"' | b'\'' | b'<')
    };
    let name = |from: usize| from + bytes[from..].iter().take_while(|byte| is_name(**byte)).count();
    let space =
        |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if !bytes.get(start + 1)?.is_ascii_alphabetic() {
        return None;
    }
    let name_end = name(start + 1);
    let mut tag = Tag { name: &page[start + 1..name_end], attributes: Vec::new() };
    let mut values = Vec::new();
    let mut inside_end = name_end;
    let mut last = name_end;
    loop {
        let at = space(last);
        match bytes.get(at)? {
            b'>' => return Some(Read { tag, values, inside_end, end: at + 1 }),
            b'/' => last = at + 1,
            byte if !is_name(*byte) => return None,
            _ => {
                let end = name(at);
                let attribute = &page[at..end];
                if bytes.get(end) != Some(&b'=') {
                    tag.attributes.push((attribute, ""));
                    values.push(end..end);
                    (last, inside_end) = (end, end);
                    continue;
                }
                let quote = *bytes.get(end + 1)?;
                if quote != b'"' && quote != b'\'' {
                    return None;
                }
                let from = end + 2;
                let to = from + memchr::memchr(quote, &bytes[from..])?;
                tag.attributes.push((attribute, &page[from..to]));
                values.push(from..to);
                (last, inside_end) = (to + 1, to + 1);
            }
        }
    }
}

/// Where an element ends whose start tag ended at `from`; the end of the page where it has no end tag.
fn end_of_element(page: &str, name: &str, from: usize) -> usize {
    let is_end = |at: &usize| {
        let rest = &page.as_bytes()[at + 2..];
        rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    let start = page[from..].match_indices("</").map(|(at, _)| from + at).find(is_end);
    let end = start.and_then(|start| Some(start + page[start..].find('>')? + 1));
    end.unwrap_or(page.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shout(page: &str) -> String {
        readdress(page, |tag| {
            let values = tag.attributes.iter().enumerate().filter(|(_, (name, _))| *name == "href");
            let values: Vec<_> = values.map(|(at, (_, value))| (at, value.to_uppercase())).collect();
            match tag.name {
                "b" => Fate::Goes,
                _ if values.is_empty() => Fate::Stays,
                _ => Fate::Changes { values, more: " x=\"1\"".to_owned() },
            }
        })
    }

    #[test]
    fn only_values_of_tags_change() {
        for (page, expected) in [
            ("<a href=\"a/\">href=\"a\"</a>", "<a href=\"A/\" x=\"1\">href=\"a\"</a>"),
            ("<a class='c' href='a' hidden/>", "<a class='c' href='A' hidden x=\"1\"/>"),
            ("<p>1 < 2</p><a href=\"a>b\">", "<p>1 < 2</p><a href=\"A>B\" x=\"1\">"),
            ("<!-- <a href=\"a\"> --><i>", "<!-- <a href=\"a\"> --><i>"),
            ("<script src=\"a\">\"<a href='a'>\"</script>", "<script src=\"a\">\"<a href='a'>\"</script>"),
            ("x<b class=\"y\">z</b><a href=\"q\">", "x<a href=\"Q\" x=\"1\">"),
            ("<a href=a>", "<a href=a>"),
            ("<a href=\"a", "<a href=\"a"),
            ("é<a href=\"é\">é<", "é<a href=\"É\" x=\"1\">é<"),
        ] {
            assert_eq!(shout(page), expected, "{page}");
        }
    }
}
