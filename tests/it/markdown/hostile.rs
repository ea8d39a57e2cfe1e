//! Texts that were written to do harm, texts that take long, and the laws that hold for any text.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use certalog::diagnostic::Code;
use certalog::limits::Limits;
use certalog::parse::markdown;
use certalog::text::Span;
use proptest::prelude::*;

use super::{codes, html, parse, resolve};

#[test]
fn deep_nesting_is_shown_plainly() {
    for text in [">".repeat(20_000) + "a", "- ".repeat(2_000) + "a", "*a ".repeat(200) + &"b* ".repeat(200)] {
        let body = parse(&text);
        let html = body.render(&mut resolve).to_string();
        assert_eq!(body.findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::NestingTooDeep]);
        assert!(html.contains('a') && depth(&html) <= 70, "{}", depth(&html));
    }
}

/// How deep elements stand within each other; panics where a closing tag is not that of the open element.
fn depth(html: &str) -> usize {
    let (mut open, mut deepest) = (Vec::new(), 0);
    for tag in html.split('<').skip(1) {
        let name = tag.split(['>', ' ']).next().expect("split gives one part");
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{html}"),
            None if ["br", "hr", "img", "input"].contains(&name) => {}
            None => {
                assert!(name != "a" || !open.contains(&"a"), "a link within a link: {html}");
                open.push(name);
            }
        }
        deepest = deepest.max(open.len());
    }
    assert!(open.is_empty(), "{open:?}");
    deepest
}

/// What must hold for every text: balanced elements from a short list, attributes from a short list, spans within the file.
fn check_laws(text: &str, body: Span) {
    let parsed = markdown::parse(text, body, &Limits::default());
    let html = parsed.render(&mut resolve).to_string();
    assert!(depth(&html) <= 70);
    for tag in html.split('<').skip(1) {
        let (inside, _) = tag.split_once('>').expect("every tag is closed");
        let mut rest = inside.trim_start_matches('/');
        let name = rest.split(' ').next().expect("split gives one part");
        let allowed = "p h2 h3 h4 h5 h6 a em strong del code pre ul ol li blockquote hr br img input section table thead tbody tr th td sup span";
        assert!(allowed.split(' ').any(|allowed| allowed == name), "<{inside}>");
        rest = &rest[name.len()..];
        while let Some(attribute) = rest.strip_prefix(' ') {
            let name = attribute.split(['=', ' ']).next().expect("split gives one part");
            let allowed =
                "href src alt title class id start scope tabindex aria-label type disabled checked loading";
            assert!(allowed.split(' ').any(|allowed| allowed == name), "<{inside}>");
            rest = &attribute[name.len()..];
            if let Some(value) = rest.strip_prefix("=\"") {
                rest = &value[value.find('"').expect("every value is closed") + 1..];
            }
        }
        assert!(rest.is_empty(), "<{inside}>");
    }
    let mut ids: Vec<_> =
        html.split(" id=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|rest| rest.0).collect();
    ids.sort_unstable();
    assert!(ids.is_sorted_by(|a, b| a < b), "an anchor stands twice: {ids:?}");
    for address in html.split(" href=\"").skip(1).chain(html.split(" src=\"").skip(1)) {
        let lower = address.to_ascii_lowercase();
        for scheme in ["javascript:", "data:", "vbscript:", "//"] {
            assert!(!lower.starts_with(scheme), "{address}");
        }
    }
    let spans = parsed.findings.iter().map(|f| f.span).chain(parsed.references().map(|r| r.span));
    for span in spans {
        assert!(
            text.get(span.range()).is_some() && span.start >= body.start && span.end <= body.end,
            "{span:?}"
        );
    }
    for finding in &parsed.findings {
        assert!(finding.message.len() + finding.help.as_deref().unwrap_or_default().len() < 2048);
    }
}

#[test]
fn nothing_hostile_gets_through() {
    let strings = [
        "<script>alert(1)</script>",
        "<ScRiPt src=//example.org></sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<style>*{background:url(x)}</style>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>1</script></template>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<select><template><style></select><img src=x onerror=1></style>",
        "<textarea></textarea><script>1</script>",
        "<title><a title=\"</title><img src=x onerror=1>\">",
        "<xmp><a title=\"</xmp><script>1</script>\">",
        "<!--><script>alert(1)</script>-->",
        "<!-- --!><script>alert(1)</script>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml <script>1</script>?>",
        "<base href=//example.org>",
        "<meta http-equiv=refresh content='0;url=javascript:1'>",
        "<form action=javascript:alert(1)><button>",
        "<object data=javascript:alert(1)>",
        "<embed src=javascript:alert(1)>",
        "<link rel=stylesheet href=//example.org>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java&Tab;script:alert(1))",
        "[a](java&NewLine;script:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](&#x6A;avascript&#58;alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](\u{1}javascript:alert(1))",
        "[a](< javascript:alert(1)>)",
        "[a](javascript&#0;:alert(1))",
        "[a](javascript\\:alert\\(1\\))",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:msgbox)",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "[a]\n\n[a]: javascript:alert(1)",
        "![a](javascript:alert(1))",
        "![a\" onerror=\"alert(1)](x.png)",
        "![a](x.png\" onerror=alert(1) \")",
        "[a](x 'b\" onclick=\"c')",
        "[[javascript:alert(1)]]",
        "[[javascript:alert(1)|x]]",
        "[[a\" onclick=\"b]]",
        "[[a|<script>b</script>]]",
        "![[javascript:alert(1)]]",
        "# a\" onclick=\"b",
        "# <script>alert(1)</script>",
        "# a {onclick=alert(1)}",
        "```\" onclick=alert(1)\nx\n```",
        "```<script>\nx\n```",
        "```html\n<script>alert(1)</script>\n```",
        "```js\n</script><script>alert(1)\n```",
        "[^\"><script>]\n\n[^\"><script>]: x",
        "`</code><script>`",
        "|<script>|\n|-|\n|\" onclick=x|",
        "a[^1]\n\n[^1]: [b[^1]](https://example.org)",
        "[a[^1]](https://example.org)\n\n[^1]: b",
        "- [x] <input onfocus=1 autofocus>",
        "[a](//example.org)",
        "[a](\\\\example.org)",
        "[a](https://user:pw@example.org)",
        "[a](..%2f..%2fetc/passwd)",
        "&lt;script&gt;",
        "<scr<!-- -->ipt>alert(1)</script>",
        "[a](https://example.org/\u{202e}x)",
        "<a@example.org\"onclick=x>",
        "[x](<a\"onmouseover=b>)",
        "[x](a.pdf#\"onmouseover=b)",
        "[x](#\"onmouseover=b)",
    ];
    assert!(strings.len() >= 40);
    for text in strings {
        for around in [
            ("", ""),
            ("> ", ""),
            ("- ", "\n"),
            ("**", "**"),
            ("[", "](a.pdf)"),
            ("é ", " é"),
            ("|a|\n|-|\n|", "|"),
        ] {
            let text = format!("{}{text}{}", around.0, around.1);
            check_laws(&text, Span::new(0, text.len()));
        }
    }
    assert!(codes("[a](javascript:alert(1))").contains(&Code::ForbiddenAddress));
    assert!(codes("[a](javascript&colon;alert(1))").contains(&Code::ForbiddenAddress));
    assert!(codes("<javascript:alert(1)>").contains(&Code::ForbiddenAddress));
}

/// Repeated to large texts, each of these has made some parser, sanitiser or writer slow.
const UNITS: [&str; 38] = [
    "[",
    "]",
    "![",
    "[[",
    "]]",
    "[[a|",
    "(",
    "*",
    "_",
    "**a",
    "*a_ ",
    "~~",
    "`",
    "`a``",
    "<",
    "<a ",
    "<!--",
    "<?",
    "<![CDATA[",
    "&",
    "> ",
    "- ",
    "1. ",
    "#\n",
    "# a\n",
    "|a",
    "|a|\n|-|\n",
    "[a](",
    "[a](x:)",
    "[a](b.pdf)",
    "[[a]] ",
    "[^1]",
    "[^1]: a\n\n",
    "[a]: b\n",
    "```\n",
    "a\\\n",
    "<b>",
    "- [x] a\n",
];

#[test]
fn work_grows_with_the_text() {
    for unit in UNITS {
        let text = unit.repeat(100_000 / unit.len());
        let start = Instant::now();
        let body = parse(&text);
        let size = body.render(&mut resolve).as_str().len();
        let taken = start.elapsed();
        assert!(taken < Duration::from_secs(5), "{unit:?} took {taken:?}");
        assert!(size <= text.len() * 100 + 200_000, "{unit:?} became {size}");
        assert!(body.findings.len() <= 100, "{unit:?}");
    }
}

#[test]
fn a_megabyte_of_brackets_is_read() {
    for unit in ["[", "![", "[[", ">"] {
        let text = unit.repeat(1_000_000 / unit.len());
        let start = Instant::now();
        assert!(parse(&text).plain.len() <= text.len());
        assert!(start.elapsed() < Duration::from_secs(10), "{unit:?} took {:?}", start.elapsed());
    }
}

#[test]
fn a_text_that_grows_too_large_is_cut() {
    let mut table = format!("{}|\n{}|\n", "|a".repeat(400), "|-:".repeat(400));
    for _ in 0..600 {
        table.push_str("|a\n");
    }
    let body = parse(&table);
    assert_eq!(body.findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::TextTooLarge]);
    let html = body.render(&mut resolve).to_string();
    assert!(html.len() < table.len() * 65 && depth(&html) == 5, "{} of {}", html.len(), table.len());
}

#[test]
fn code_of_many_blocks_is_coloured_up_to_a_bound() {
    let mut text = String::new();
    for _ in 0..20 {
        write!(text, "```json\n{}\n```\n\n", "[1,\n".repeat(5_000)).expect("writing to a string");
    }
    let start = Instant::now();
    let html = html(&text);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert!(html.contains("hl-number") && html.ends_with("[1,\n\n</code></pre>\n"));
}

/// Texts made of parts that mean something, so that the marks meet each other.
fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => proptest::sample::select(&UNITS[..]).prop_map(str::to_owned),
        2 => "\\PC{0,6}",
        1 => proptest::sample::select(vec!["\n", "\n\n", "\r\n", "  ", "    ", "\t", "é", "|", "\u{0}", "\u{1}", "\"", "'", ">", "javascript:",
            "<script>", "-->", " onclick=x ", " style=x ", "](", ")", "```rust\n", "https://example.org/", "\\", "&colon;", "===\n", "---\n"]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_the_laws(before in "\\PC{0,8}", text in texts()) {
        let whole = format!("{before}{text}");
        check_laws(&whole, Span::new(before.len(), whole.len()));
    }

    #[test]
    fn any_string_keeps_the_laws(text in "(?s).{0,200}") {
        check_laws(&text, Span::new(0, text.len()));
    }
}
