//! JSON Feed (version 1.1).
//!
//! In comes a feed, out goes the same as JSON, for programs that would rather not read XML.
//! Texts are plain: no entry has markup of its own.

use serde::Serialize;

use super::entry::Feed;
use crate::json;
use crate::model::date::instant;

#[derive(Serialize)]
struct Document<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: &'f str,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'f str>,
    language: &'f str,
    authors: [Author<'f>; 1],
    items: Vec<Item<'f>>,
}

#[derive(Serialize)]
struct Author<'f> {
    name: &'f str,
}

#[derive(Serialize)]
struct Item<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    content_text: &'f str,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    authors: Option<[Author<'f>; 1]>,
    tags: [&'static str; 1],
}

pub(super) fn write(feed: &Feed<'_>, bytes: &mut Vec<u8>) {
    let items = feed.entries.iter().map(|entry| Item {
        id: &entry.id,
        url: &entry.page,
        title: &entry.title,
        content_text: &entry.summary,
        date_published: instant(entry.day),
        authors: entry.author.map(|name| [Author { name }]),
        tags: [entry.kind],
    });
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: format!("{}{}", feed.site, feed.json),
        description: feed.description,
        language: feed.language,
        authors: [Author { name: feed.publisher }],
        items: items.collect(),
    };
    json::write(&document, bytes);
}
