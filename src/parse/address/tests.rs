//! Addresses that get through, and those that do not.

use proptest::prelude::*;

use super::*;

fn parse(written: &str) -> Result<Address, Finding> {
    Address::parse(written, Span::new(1, 2), &Limits::default())
}

#[test]
fn takes_addresses_of_other_sites() {
    let as_written = [
        "https://example.org",
        "https://example.org/a/b?c=d&e=f#g",
        "HTTP://Example.org/",
        "http://example.org:8080/a%20b",
        "https://example.org/a(b)/~c;d",
        "https://[2001:db8::1]/",
        "https://example.org/@name",
        "mailto:someone@example.org",
        "mailto:someone@example.org?subject=Report",
    ];
    for written in as_written {
        assert_eq!(parse(written), Ok(Address::External(written.to_owned())), "{written}");
        assert_eq!(
            external(written, Span::default(), &Limits::default()),
            Ok(written.to_owned()),
            "{written}"
        );
    }
    let encoded = [
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://example.org/\"><x>", "https://example.org/%22%3E%3Cx%3E"),
    ];
    for (written, expected) in encoded {
        assert_eq!(parse(written), Ok(Address::External(expected.to_owned())), "{written}");
    }
}

#[test]
fn takes_files_and_places() {
    let file = |path: &str, fragment: Option<&str>| Address::File {
        path: path.to_owned(),
        fragment: fragment.map(str::to_owned),
    };
    let cases = [
        ("report.pdf", file("report.pdf", None)),
        ("./img/x.png", file("img/x.png", None)),
        ("My%20report.pdf", file("My report.pdf", None)),
        ("my report.pdf", file("my report.pdf", None)),
        ("bericht-ü.pdf#page=3", file("bericht-ü.pdf", Some("page=3"))),
        ("100%.pdf", file("100%.pdf", None)),
        ("..a/b..pdf", file("..a/b..pdf", None)),
        ("#section", Address::Fragment("section".to_owned())),
        ("#%C3%BC", Address::Fragment("ü".to_owned())),
    ];
    for (written, expected) in cases {
        assert_eq!(parse(written), Ok(expected), "{written}");
    }
}

#[test]
fn refuses_everything_else() {
    let cases = [
        "",
        " ",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "\u{1}javascript:alert(1)",
        "\u{0}javascript:alert(1)",
        "java\u{0}script:alert(1)",
        "javascript\u{200b}:alert(1)",
        "\u{feff}javascript:alert(1)",
        "\u{a0}javascript:alert(1)",
        "javascript%3Aalert(1)",
        "javascript%253Aalert(1)",
        "%6aavascript:alert(1)",
        "javascript&colon;alert(1)//",
        "java%0ascript:alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "DATA:,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "blob:https://example.org/x",
        "about:blank",
        "view-source:https://example.org",
        "intent://x",
        "tel:1",
        "x:",
        ":",
        "1:2",
        "//example.org/x",
        "///example.org",
        "/etc/passwd",
        "\\\\example.org\\x",
        "\\x",
        "a\\b",
        "..",
        "../x",
        "a/../b",
        "a/..",
        "%2e%2e/x",
        "%2E%2e%2fx",
        ".%2e/x",
        "%252e%252e/x",
        "a%5cb",
        "%2fx",
        "a//b",
        "a/",
        ".",
        "a?b",
        "a%00b",
        "a%0ab",
        "a%ffb",
        "a*b",
        "https:example.org",
        "https:/example.org",
        "https:///example.org",
        "https:////example.org",
        "https://",
        "https:\\\\example.org",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://@example.org/",
        "https://exa mple.org/",
        "https://example.org/a b",
        "https://[::1/",
        "https://example.org:99999/",
        "http://%00/",
        "mailto:",
        "mailto:nobody",
        "mailto:@example.org",
        "mailto:?to=a@example.org",
        "mailto://a@example.org",
        "https://example.org/\u{202e}fdp",
        "#a\u{202e}b",
        "#%0a",
        "https://example.org/\u{7f}",
    ];
    for written in cases {
        let finding = parse(written).expect_err(written);
        assert_eq!((finding.code, finding.span), (Code::ForbiddenAddress, Span::new(1, 2)), "{written:?}");
        assert!(finding.help.is_some() && !finding.message.chars().any(is_unseen), "{written:?}");
    }
    let finding = parse(&format!("https://example.org/{}", "a".repeat(2048))).expect_err("too long");
    assert!(finding.message.len() < 200);
}

#[test]
fn a_key_takes_whole_addresses_only() {
    for written in
        ["example.org", "report.pdf", "#x", "//example.org", "javascript&colon;alert(1)", "javascript:x"]
    {
        let finding = external(written, Span::default(), &Limits::default()).expect_err(written);
        let help = finding.help.expect("every refusal says what to do");
        assert!(help.contains("https:"), "{written}: {help}");
    }
}

proptest! {
    /// The short way says of an address what the long one says, or nothing.
    #[test]
    fn usual_addresses_are_what_the_parser_says(
        host in "[a-z0-9-]{1,4}(\\.[a-z0-9-]{0,4}){0,3}|[a-zA-Z0-9.:@\\[\\]_%-]{0,12}|xn--[a-z0-9]{1,5}\\.[a-z]{2}|[0-9.]{1,9}",
        after in "([/?#][ -~]{0,12})?",
    ) {
        for scheme in ["https://", "http://"] {
            let written = format!("{scheme}{host}{after}");
            if is_usual(&written) {
                prop_assert_eq!(read_external(&written).ok(), Some(written));
            }
        }
    }
}

#[test]
fn the_usual_form_is_known() {
    assert!(is_usual("https://www.example.org/catalogue/report-2.pdf?page=3#s4"));
    for unusual in [
        "https://example.org:80/",
        "https://a@example.org/",
        "https://127.0.0.1/",
        "https://xn--a.org/",
        "mailto:a@b.c",
    ] {
        assert!(!is_usual(unusual), "{unusual}");
    }
}
