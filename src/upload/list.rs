//! A store's list of objects.
//!
//! In comes a page of a list as stores send it, out go names with sizes, and the token with which the next page is asked for.
//! Elements are known by their names whatever namespace a store puts them into, since stores differ in it; what is no list is refused.

use percent_encoding::percent_decode_str;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A page of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Names of objects with their sizes.
    pub(super) objects: Vec<(String, u64)>,
    /// What asks for the next page, if there is one.
    pub(super) next: Option<String>,
}

/// Reads a page; `None` where it is none, or is cut off without a token to go on with.
pub(super) fn read(text: &str) -> Option<Page> {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut word = String::new();
    let (mut objects, mut key, mut size) = (Vec::new(), None, None);
    let (mut token, mut is_cut, mut is_encoded, mut is_list) = (None, false, false, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                path.push(start.local_name().as_ref().to_owned());
                word.clear();
            }
            Event::Text(part) => word.push_str(&part),
            Event::GeneralRef(part) => match part.resolve_char_ref().ok()? {
                Some(character) => word.push(character),
                None => word.push_str(quick_xml::escape::resolve_xml_entity(&part)?),
            },
            Event::End(_) => {
                let parts: Vec<&str> = path.iter().map(String::as_str).collect();
                match parts[..] {
                    ["ListBucketResult"] => is_list = true,
                    ["ListBucketResult", "EncodingType"] => is_encoded = word == "url",
                    ["ListBucketResult", "IsTruncated"] => is_cut = word == "true",
                    ["ListBucketResult", "NextContinuationToken"] => token = Some(word.clone()),
                    ["ListBucketResult", "Contents", "Key"] => key = Some(word.clone()),
                    ["ListBucketResult", "Contents", "Size"] => size = word.parse().ok(),
                    ["ListBucketResult", "Contents"] => objects.push((key.take()?, size.take()?)),
                    _ => {}
                }
                path.pop();
                word.clear();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if is_encoded {
        for (name, _) in &mut objects {
            let plain = name.replace('+', " ");
            *name = percent_decode_str(&plain).decode_utf8().ok()?.into_owned();
        }
    }
    let next = if is_cut { Some(token?) } else { None };
    is_list.then_some(Page { objects, next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_in_the_forms_in_which_stores_send_them() {
        let list = |inside: &str, space: &str| {
            format!(
                "<?xml version=\"1.0\"?>\n<ListBucketResult{space}><Name>b</Name>{inside}</ListBucketResult>"
            )
        };
        let object = |key: &str| {
            format!("<Contents><Key>{key}</Key><Owner><ID>1</ID></Owner><Size>7</Size></Contents>")
        };
        let page = |keys: &[&str], next: Option<&str>| {
            let objects = keys.iter().map(|key| ((*key).to_owned(), 7)).collect();
            Some(Page { objects, next: next.map(str::to_owned) })
        };
        let amazon = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
        let older = " xmlns=\"http://doc.s3.amazonaws.com/2006-03-01\"";
        for space in [amazon, older, ""] {
            assert_eq!(read(&list("<KeyCount>0</KeyCount>", space)), page(&[], None));
            assert_eq!(read(&list(&object("a/b.html"), space)), page(&["a/b.html"], None));
        }
        assert_eq!(read(&list(&object("a &amp; b&#x2f;c+d"), amazon)), page(&["a & b/c+d"], None));
        let encoded = format!("<EncodingType>url</EncodingType>{}", object("a+b%2Bc/%C3%A9"));
        assert_eq!(read(&list(&encoded, amazon)), page(&["a b+c/é"], None));
        let more = |token: &str| format!("<IsTruncated>true</IsTruncated>{token}{}", object("x"));
        let token = "<NextContinuationToken>t==</NextContinuationToken>";
        assert_eq!(read(&list(&more(token), amazon)), page(&["x"], Some("t==")));
        assert_eq!(read(&list(&more(""), amazon)), None);
        for other in [
            "",
            "<html>",
            "<Error><Code>x</Code></Error>",
            "<ListBucketResult><Contents></Contents></ListBucketResult>",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
