//! Every file that a site has for programs, before a strict reader of its format: CSV, JSON, XML, drawings, Markdown and calendars.
//!
//! In come catalogues with no record, with few, with many and with hostile ones, out goes the first file that a reader would refuse.
//! A file of a kind that is not known here fails too, so that a new one gets its reader.

use certalog::sources::Content;
use icalendar::parser::{read_calendar, unfold};
use serde_json::Value;

use crate::copies;
use crate::hard_input::canaries;
use crate::harness::{Built, Fixture, repository};
use crate::invented;

/// What is wrong with a file for spreadsheets by RFC 4180, read sign by sign: quotes around a whole field or none, lines that end in
/// CR LF and have the same number of fields, and no field that a spreadsheet would calculate.
fn csv_fault(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("it is not UTF-8".to_owned()) };
    let Some(text) = text.strip_prefix('\u{feff}') else {
        return Some("it has no byte order mark".to_owned());
    };
    let mut lines: Vec<Vec<String>> = vec![Vec::new()];
    let mut rest = text;
    while !rest.is_empty() {
        let mut field = String::new();
        if let Some(mut quoted) = rest.strip_prefix('"') {
            loop {
                let Some((part, after)) = quoted.split_once('"') else {
                    return Some("a quote is open".to_owned());
                };
                field.push_str(part);
                let Some(after) = after.strip_prefix('"') else {
                    rest = after;
                    break;
                };
                field.push('"');
                quoted = after;
            }
        } else {
            let end = rest.find([',', '\r', '\n', '"']).unwrap_or(rest.len());
            field.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        if is_formula(&field) {
            return Some(format!("a formula: {field:?}"));
        }
        lines.last_mut().unwrap().push(field);
        if let Some(after) = rest.strip_prefix(',') {
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\r\n") {
            rest = after;
            lines.push(Vec::new());
        } else {
            return Some(format!("after a field stands {:?}", rest.chars().next()));
        }
    }
    if lines.pop().is_none_or(|last| !last.is_empty()) || lines.is_empty() {
        return Some("its last line has no end".to_owned());
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let read: Result<Vec<Vec<String>>, csv::Error> =
        reader.records().map(|line| Ok(line?.iter().map(str::to_owned).collect())).collect();
    match read {
        Ok(read) => (read != lines).then(|| "two readers read it in two ways".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}

/// Whether a spreadsheet would calculate a field, read with either of the usual separators. What was one has an apostrophe before it.
fn is_formula(field: &str) -> bool {
    let is_number = field.parse::<rust_decimal::Decimal>().is_ok() && !field.starts_with('+');
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];
    !is_number && field.split(';').any(|part| part.starts_with(signs))
}

fn json_fault(bytes: &[u8]) -> Option<String> {
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => return Some(error.to_string()),
    };
    // What could be read as markup stands as an escape.
    let text = String::from_utf8_lossy(bytes);
    let is_raw = text.contains(['<', '>', '&']);
    (is_raw || !value.is_object()).then(|| "it could be taken for something else".to_owned())
}

fn xml_fault(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("it is not UTF-8".to_owned()) };
    let is_allowed = |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    match roxmltree::Document::parse(text) {
        Ok(_) => (!text.chars().all(is_allowed)).then(|| "XML 1.0 forbids a character of it".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}

/// What is wrong with Markdown for programs: markup of HTML, or a link that runs something.
fn markdown_fault(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("it is not UTF-8".to_owned()) };
    copies::fault(text)
}

/// What is wrong with a calendar by RFC 5545, besides what its reader refuses: line ends and the length of lines.
fn calendar_fault(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("it is not UTF-8".to_owned()) };
    let Some(lines) = text.strip_suffix("\r\n") else { return Some("its last line has no end".to_owned()) };
    let mut lines = lines.split("\r\n");
    let is_line = |line: &str| line.len() <= 75 && !line.chars().any(char::is_control);
    if let Some(line) = lines.find(|line| !is_line(line)) {
        return Some(format!("no line: {line:?}"));
    }
    read_calendar(&unfold(text)).err()
}

/// Looks at every file of a site; gives how many there were of each kind that has a reader here.
#[track_caller]
fn check(name: &str, built: &Built) -> [usize; 3] {
    let mut count = [0; 3];
    for (path, bytes) in built.site().iter() {
        let (fault, kind) = match path.as_str().rsplit_once('.').map_or("", |(_, ending)| ending) {
            "csv" => (csv_fault(bytes), Some(0)),
            "json" => (json_fault(bytes), Some(1)),
            "svg" | "xml" => (xml_fault(bytes), Some(2)),
            "md" => (markdown_fault(bytes), None),
            "txt" if path.as_str() == "llms.txt" => (markdown_fault(bytes), None),
            "ics" => (calendar_fault(bytes), None),
            // pages, styles, scripts: other tests look at them; documents are copied as they are
            "html" | "css" | "js" | "pdf" | "png" | "gif" | "txt" => (None, None),
            "" if path.as_str() == "_redirects" => (None, None),
            other => (Some(format!("nothing here reads `{other}`")), None),
        };
        // a document of a record is whatever it is
        let is_document = built.sources.iter().any(|(_, source)| {
            matches!(source.content, Content::Bytes(_))
                && source.path.strip_prefix("content/") == Some(path.as_str())
        });
        assert!(fault.is_none() || is_document, "{name}: {path:?}: {}", fault.unwrap());
        if let Some(kind) = kind {
            count[kind] += 1;
        }
    }
    count
}

/// A catalogue of so many certifications and elements that nobody wrote.
fn invented(size: invented::records::Size) -> Fixture {
    let fixture = Fixture::new("=== site.toml\n");
    invented::files(size).into_iter().fold(fixture, |fixture, (path, text)| fixture.with(&path, text))
}

#[test]
fn every_file_for_programs_is_read_by_a_strict_reader() {
    let site = "=== site.toml\ntitle = \"None\"\nbase_url = \"https://example.org/\"\n";
    let one = format!(
        "{site}=== content/frameworks/fw/framework.toml\nname = \"Framework\"\n[[release]]\nversion = \"1\"\n"
    );
    let folder = |name: &str| Fixture::from_disk(&repository().join("tests/sites").join(name));
    let mut total = [0; 3];
    for (name, built) in [
        ("no record", Fixture::new(site).build()),
        ("one record", Fixture::new(&one).build()),
        ("the starting catalogue", Fixture::starter().build()),
        ("this repository", Fixture::of_this_repository().build()),
        ("conformance", folder("conformance").build()),
        ("controls", folder("controls").build()),
        ("techniques", folder("techniques").build()),
        ("an invented one", invented(invented::SMALL).build()),
    ] {
        let count = check(name, &built);
        for (total, count) in total.iter_mut().zip(count) {
            *total += count;
        }
    }
    // Every text ends in the mark: to a spreadsheet that takes semicolons, one of these begins a field.
    let formulas = [";=1+1", ";-y", ";＝1"];
    let marks = canaries::CANARIES.iter().map(String::as_str).step_by(5).chain(formulas);
    for mark in marks {
        let count = check(&format!("`{mark}`"), &canaries::marked(mark));
        for (total, count) in total.iter_mut().zip(count) {
            *total += count;
        }
    }
    let [csv, json, xml] = total;
    assert!(csv > 700 && json > 120 && xml > 15, "{total:?}");
}

#[test]
#[ignore = "a catalogue of 2 000 certifications takes minutes in a debug build"]
fn every_file_of_a_large_catalogue_is_read_by_a_strict_reader() {
    let size = invented::records::Size { frameworks: 2, elements: 20_000, certifications: 2_000 };
    let [csv, json, _] = check("a large one", &invented(size).build());
    assert!(csv > 4_000 && json > 2_000, "{csv} files of CSV, {json} of JSON");
}

#[test]
fn a_broken_file_is_found() {
    let good = "\u{feff}a,b\r\n1,\"say \"\"x\"\", and\r\nmore\"\r\n-2.5,'=1\r\n";
    assert_eq!(csv_fault(good.as_bytes()), None);
    for broken in [
        &good[3..],
        &good[..good.len() - 2],
        "\u{feff}",
        "\u{feff}a\n",
        "\u{feff}a\r\nb,c\r\n",
        "\u{feff}a\"b\r\n",
        "\u{feff}\"a\"b\r\n",
        "\u{feff}\"a\r\n",
        "\u{feff}=1\r\n",
        "\u{feff}\"a;@b\"\r\n",
        "\u{feff}\0=1\r\n",
        "\u{feff}＝1\r\n",
    ] {
        assert!(csv_fault(broken.as_bytes()).is_some(), "{broken:?}");
    }
    for broken in ["", "{", "{\"a\":1,}", "{\"a\":\"</script>\"}", "[1]", "{} x", "{\"a\":\"\u{1}\"}"] {
        assert!(json_fault(broken.as_bytes()).is_some(), "{broken}");
    }
    for broken in [
        "<b>x</b>",
        "x <!-- y -->",
        "[x](javascript:y)",
        "![x](https://example.org/y.png)",
        "x <https://example.org/>\n\n<div>",
        "[x]: data:y\n\n[x]",
    ] {
        assert!(markdown_fault(broken.as_bytes()).is_some(), "{broken:?}");
    }
    for broken in ["BEGIN:VCALENDAR\r\nEND:VCALENDAR", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "BEGIN:VEVENT\r\n"]
    {
        assert!(calendar_fault(broken.as_bytes()).is_some(), "{broken:?}");
    }
    for broken in ["", "<a>", "<a b='<'/>", "<a>&x;</a>", "<a/><b/>", "<a>\u{1}</a>"] {
        assert!(xml_fault(broken.as_bytes()).is_some(), "{broken}");
    }
}
