//! The report as JUnit XML, which most build servers read: one suite a file, one case a finding.
//!
//! In comes a report, out goes one document; errors are failures, and warnings are cases that passed with a text, waived ones are skipped.
//! No character that XML 1.0 forbids gets in, whatever a record holds.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::visible::visible;
use super::{Report, Tally};
use crate::diagnostic::{LevelReason, Leveled, Severity};
use crate::text::FileId;

const TEXT_LIMIT: usize = 2000;

/// Why a finding is accepted.
fn waived(finding: &Leveled) -> Option<&str> {
    match &finding.reason {
        LevelReason::Waived { reason, .. } => Some(reason),
        _ => None,
    }
}

/// Writes a report; where there is no finding, one case says so, because some servers take an empty document for a fault.
pub fn render(report: &Report<'_>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(report, &mut writer).expect("memory takes any bytes");
    let mut text = String::from_utf8(writer.into_inner()).expect("only text was written");
    text.push('\n');
    text
}

fn write(report: &Report<'_>, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let tally = Tally::of(report.findings);
    let files = report.findings.chunk_by(|a, b| a.diagnostic.place.file == b.diagnostic.place.file);
    let root = writer.create_element("testsuites").with_attributes([
        ("name", "certalog check"),
        ("tests", report.findings.len().max(1).to_string().as_str()),
        ("failures", tally.errors.to_string().as_str()),
        ("errors", "0"),
    ]);
    root.write_inner_content(|writer| {
        if report.findings.is_empty() {
            return clean(writer);
        }
        files.into_iter().try_for_each(|findings| suite(report, findings, writer))
    })?;
    Ok(())
}

fn clean(writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let suite = writer.create_element("testsuite");
    let suite = suite.with_attributes([("name", "catalogue"), ("tests", "1"), ("failures", "0")]);
    suite.write_inner_content(|writer| {
        let case = writer.create_element("testcase");
        case.with_attributes([("classname", "catalogue"), ("name", "no findings")]).write_empty()?;
        Ok(())
    })?;
    Ok(())
}

fn suite(report: &Report<'_>, findings: &[Leveled], writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let file: FileId = findings[0].diagnostic.place.file;
    let path = visible(report.sources.path(file), TEXT_LIMIT);
    let suite = writer.create_element("testsuite").with_attributes([
        ("name", path.as_str()),
        ("tests", findings.len().to_string().as_str()),
        ("failures", Tally::of(findings).errors.to_string().as_str()),
        ("errors", "0"),
    ]);
    suite.write_inner_content(|writer| {
        findings.iter().try_for_each(|finding| case(report, &path, finding, writer))
    })?;
    Ok(())
}

fn case(report: &Report<'_>, path: &str, finding: &Leveled, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let diagnostic = &finding.diagnostic;
    let at = report.position(diagnostic.place);
    let name = format!("{}:{} {}", at.line, at.column, diagnostic.code.name());
    let message = visible(&diagnostic.message, TEXT_LIMIT);
    let mut text = format!("{path}:{}:{}: {message}", at.line, at.column);
    if let Some(help) = &diagnostic.help {
        text.push('\n');
        text.push_str(&visible(help, TEXT_LIMIT));
    }
    let line = at.line.to_string();
    let case = writer.create_element("testcase").with_attributes([
        ("classname", path),
        ("name", name.as_str()),
        ("file", path),
        ("line", line.as_str()),
    ]);
    case.write_inner_content(|writer| {
        match finding.severity {
            Severity::Error => writer
                .create_element("failure")
                .with_attributes([("type", diagnostic.code.name()), ("message", message.as_str())])
                .write_text_content(BytesText::new(&text))?,
            Severity::Warning => {
                writer.create_element("system-out").write_text_content(BytesText::new(&text))?
            }
            Severity::Waived => {
                let reason = waived(finding).map_or(String::new(), |reason| visible(reason, TEXT_LIMIT));
                writer
                    .create_element("skipped")
                    .with_attributes([("message", reason.as_str())])
                    .write_empty()?
            }
        };
        Ok(())
    })?;
    Ok(())
}
