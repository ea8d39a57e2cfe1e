//! Atom (RFC 4287).
//!
//! In comes a feed, out goes its document; texts are plain and escaped by the writer.
//! A feed without an entry still is one: it was last changed at the beginning of time, since nothing has happened.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::entry::{Entry, Feed};
use crate::model::date::{Day, instant};

/// When nothing has happened yet.
const NEVER: Day = Day::constant(1970, 1, 1);

pub(super) fn write(feed: &Feed<'_>, bytes: &mut Vec<u8>) {
    let mut writer = Writer::new_with_indent(&mut *bytes, b' ', 0);
    document(feed, &mut writer).expect("memory takes any bytes");
    bytes.push(b'\n');
}

type Xml<'b> = Writer<&'b mut Vec<u8>>;

fn text(writer: &mut Xml<'_>, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text))?;
    Ok(())
}

fn link(writer: &mut Xml<'_>, (relation, media): (&str, &str), address: &str) -> io::Result<()> {
    let link = writer.create_element("link");
    link.with_attributes([("rel", relation), ("type", media), ("href", address)]).write_empty()?;
    Ok(())
}

fn author(writer: &mut Xml<'_>, name: &str) -> io::Result<()> {
    writer.create_element("author").write_inner_content(|writer| text(writer, "name", name))?;
    Ok(())
}

fn document(feed: &Feed<'_>, writer: &mut Xml<'_>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = writer
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.language)]);
    root.write_inner_content(|writer| {
        text(writer, "id", &feed.id)?;
        text(writer, "title", &feed.title)?;
        if let Some(description) = feed.description {
            text(writer, "subtitle", description)?;
        }
        let newest = feed.entries.iter().map(|entry| entry.day).max().unwrap_or(NEVER);
        text(writer, "updated", &instant(newest))?;
        link(writer, ("self", "application/atom+xml"), &format!("{}{}", feed.site, feed.atom))?;
        link(writer, ("alternate", "text/html"), &feed.page)?;
        author(writer, feed.publisher)?;
        text(writer, "generator", "certalog")?;
        feed.entries.iter().try_for_each(|one| entry(one, writer))
    })?;
    Ok(())
}

fn entry(entry: &Entry<'_>, writer: &mut Xml<'_>) -> io::Result<()> {
    writer.create_element("entry").write_inner_content(|writer| {
        text(writer, "id", &entry.id)?;
        text(writer, "title", &entry.title)?;
        let instant = instant(entry.day);
        text(writer, "published", &instant)?;
        text(writer, "updated", &instant)?;
        link(writer, ("alternate", "text/html"), &entry.page)?;
        if let Some(name) = entry.author {
            author(writer, name)?;
        }
        writer.create_element("category").with_attribute(("term", entry.kind)).write_empty()?;
        text(writer, "summary", &entry.summary)
    })?;
    Ok(())
}
