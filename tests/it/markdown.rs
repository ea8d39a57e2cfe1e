//! What a text becomes, as tables of cases.

use certalog::diagnostic::Code;
use certalog::limits::Limits;
use certalog::parse::markdown::{self, Body, Reference, ReferenceKind, Resolved};
use certalog::text::Span;

mod hostile;

fn parse(text: &str) -> Body {
    markdown::parse(text, Span::new(0, text.len()), &Limits::default())
}

/// Leads every reference to an address that shows what it was.
fn resolve(reference: &Reference) -> Resolved {
    let target = &reference.target;
    match reference.kind {
        ReferenceKind::Record => {
            Resolved { href: format!("/r/{target}/"), text: format!("name of {target}") }
        }
        ReferenceKind::File | ReferenceKind::Picture => {
            Resolved { href: target.clone(), text: target.clone() }
        }
    }
}

fn html(text: &str) -> String {
    parse(text).render(&mut resolve).as_str().to_owned()
}

fn codes(text: &str) -> Vec<Code> {
    parse(text).findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn blocks_and_marks() {
    let cases = [
        ("", ""),
        (
            "a *b* **c** ~~d~~ `<e>`",
            "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>&lt;e&gt;</code></p>\n",
        ),
        ("\"a\" -- 'b' & c", "<p>&quot;a&quot; -- &#39;b&#39; &amp; c</p>\n"),
        ("a  \nb\nc", "<p>a<br>\nb\nc</p>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("---", "<hr>\n"),
        ("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("    a < b", "<pre class=\"code\" tabindex=\"0\"><code>a &lt; b</code></pre>\n"),
        ("```Unheard\"of\na\n```", "<pre class=\"code\" tabindex=\"0\"><code>a\n</code></pre>\n"),
        (
            "```unheard-of\na\n```",
            "<pre class=\"code\" tabindex=\"0\"><code class=\"language-unheard-of\">a\n</code></pre>\n",
        ),
        (
            "- [x] a\n- [ ] b",
            "<ul>\n<li><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</li>\n\
             <li><input type=\"checkbox\" disabled aria-label=\"Not done\"> b</li>\n</ul>\n",
        ),
        (
            "|a|b|c|\n|-|-:|:-:|\n|1|2|3|",
            "<section class=\"table prose\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n<thead>\n<tr>\n\
             <th scope=\"col\">a</th>\n<th scope=\"col\" class=\"number\">b</th>\n<th scope=\"col\" class=\"centre\">c</th>\n\
             </tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"number\">2</td>\n<td class=\"centre\">3</td>\n\
             </tr>\n</tbody>\n</table>\n</section>\n",
        ),
        (
            "# a {#x .y onclick=z}",
            "<h2 id=\"a-x-y-onclick-z\">a {#x .y onclick=z} <a class=\"permalink\" href=\"#a-x-y-onclick-z\" aria-label=\"Link to this section\">#</a></h2>\n",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), expected, "{text}");
        assert_eq!(codes(text), [], "{text}");
    }
}

#[test]
fn headings_start_at_level_two() {
    let body = parse("# A\n\n## A\n\n### `b` [[c]] *d*\n\nx\n===\n\n###### Ü!\n\n#\n");
    let headings: Vec<_> = body.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    let expected = [
        (2, "a", "A"),
        (2, "a-2", "A"),
        (3, "b-c-d", "b c d"),
        (2, "x", "x"),
        (6, "ü", "Ü!"),
        (2, "section", ""),
    ];
    assert_eq!(headings, expected);
    let html = body.render_with_prefix("n-", &mut resolve).to_string();
    assert!(html.contains("<h2 id=\"n-a-2\">A <a class=\"permalink\" href=\"#n-a-2\""), "{html}");
}

#[test]
fn links_and_pictures() {
    let cases = [
        ("[[etom:1.3.7.4]]", "<p><a href=\"/r/etom:1.3.7.4/\">name of etom:1.3.7.4</a></p>\n"),
        (
            "[[etom@12.0:1.1|*other* words]]",
            "<p><a href=\"/r/etom@12.0:1.1/\"><em>other</em> words</a></p>\n",
        ),
        ("[[a|]]", "<p><a href=\"/r/a/\">name of a</a></p>\n"),
        ("[[ a\nb ]]", "<p><a href=\"/r/a b/\">name of a b</a></p>\n"),
        ("[r](report.pdf)", "<p><a href=\"report.pdf\">r</a></p>\n"),
        (
            "[r](my%20report.pdf#page=2 \"a 'title'\")",
            "<p><a href=\"my report.pdf#page=2\" title=\"a &#39;title&#39;\">r</a></p>\n",
        ),
        ("[](report.pdf)", "<p><a href=\"report.pdf\">report.pdf</a></p>\n"),
        (
            "[a](https://example.org/?b&c)",
            "<p><a class=\"external\" href=\"https://example.org/?b&amp;c\">a</a></p>\n",
        ),
        (
            "[](https://example.org)",
            "<p><a class=\"external\" href=\"https://example.org\">https://example.org</a></p>\n",
        ),
        (
            "<https://example.org>",
            "<p><a class=\"external\" href=\"https://example.org\">https://example.org</a></p>\n",
        ),
        ("<a@example.org>", "<p><a class=\"external\" href=\"mailto:a@example.org\">a@example.org</a></p>\n"),
        ("[a][b]\n\n[b]: c.pdf", "<p><a href=\"c.pdf\">a</a></p>\n"),
        ("[a](#b)", "<p><a href=\"#b\">a</a></p>\n"),
        ("![plan](img/p.png)", "<p><img src=\"img/p.png\" alt=\"plan\" loading=\"lazy\"></p>\n"),
        ("![a *b* ![c](d.png)](e.png)", "<p><img src=\"e.png\" alt=\"a b c\" loading=\"lazy\"></p>\n"),
        (
            "[![p](p.png)](r.pdf)",
            "<p><a href=\"r.pdf\"><img src=\"p.png\" alt=\"p\" loading=\"lazy\"></a></p>\n",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(html(text), expected, "{text}");
        assert_eq!(codes(text), [], "{text}");
    }
    let table = html("|a|\n|-|\n|[[b\\|c]] [[d]]|");
    assert!(table.contains("<td><a href=\"/r/b/\">c</a> <a href=\"/r/d/\">name of d</a></td>"), "{table}");
}

#[test]
fn references_have_their_place_in_the_file() {
    let text = "+++\n+++\né [[a|b]] ![c](d.png) [e](f.pdf)\n";
    let body = markdown::parse(text, Span::new(8, text.len()), &Limits::default());
    let found: Vec<_> =
        body.references().map(|r| (r.kind, r.target.as_str(), &text[r.span.range()])).collect();
    let expected = [
        (ReferenceKind::Record, "a", "[[a|b]]"),
        (ReferenceKind::Picture, "d.png", "![c](d.png)"),
        (ReferenceKind::File, "f.pdf", "[e](f.pdf)"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_reference_to_nothing_leaves_its_words() {
    let html = parse("[[a|b]] [c](d.pdf)").render(&mut |_| Resolved::default()).to_string();
    assert_eq!(html, "<p><a>b</a> <a>c</a></p>\n");
}

#[test]
fn html_is_shown_and_comments_are_not() {
    let cases: [(&str, &str, &[Code]); 8] = [
        ("a <!-- b --> c", "<p>a  c</p>\n", &[]),
        ("<!-- a\n\nb -->\n\nc", "<p>c</p>\n", &[]),
        ("a <b onclick=x>c</b>", "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n", &[Code::RawHtml]),
        ("<div>\na\n</div>\n\nb <i>", "", &[Code::RawHtml, Code::RawHtml]),
        (
            "<!-- a --><script>x</script>",
            "<pre class=\"code\" tabindex=\"0\"><code>&lt;script&gt;x&lt;/script&gt;</code></pre>\n",
            &[Code::RawHtml],
        ),
        (
            "<!-- never closed\n\nb",
            "<pre class=\"code\" tabindex=\"0\"><code>&lt;!-- never closed\n\nb</code></pre>\n",
            &[Code::RawHtml],
        ),
        ("<!--><img src=x>-->", "", &[Code::RawHtml]),
        ("a\n\n<?php x ?>\n", "", &[Code::RawHtml]),
    ];
    for (text, expected, found) in cases {
        assert_eq!(codes(text), found, "{text}");
        if !expected.is_empty() {
            assert_eq!(html(text), expected, "{text}");
        }
    }
}

#[test]
fn footnotes_stand_at_the_end() {
    let html = html("a[^x] b[^y] c[^x]\n\n[^y]: why\n\n[^x]: ex\n\n[^z]: unused\n");
    let places = [
        "#fn:1\" id=\"fnref:1\"",
        "#fn:2\" id=\"fnref:2\"",
        "<ol>",
        "fn:1\">\n<p>ex",
        "fn:2\">\n<p>why",
        "fn:3\">\n<p>unused",
    ];
    let places: Vec<_> =
        places.iter().map(|part| html.find(part).unwrap_or_else(|| panic!("{part} in {html}"))).collect();
    assert!(places.is_sorted(), "{html}");
    assert_eq!(html.matches("footnote-back").count(), 2, "{html}");
}

#[test]
fn plain_text_has_the_words() {
    let text = "# A *b*\n\nc\nd [e](f.pdf) `g`[^n]\n\n```\ncode\n```\n\n- h\n- i\n\n|j|k|\n|-|-|\n|l|m|\n\n[^n]: note\n";
    assert_eq!(parse(text).plain, "A b\nc d e g\nh\ni\nj k\nl m\nnote");
}

#[test]
fn carriage_returns_change_nothing() {
    let text = "# A\n\nb\nc\n\n```toml\nd = 1\n\ne = \"\"\"\nx\n\"\"\"\n```\n\n<div>\nx\n</div>\n\n|a|\n|-|\n|b|\n\n- x\n\n  y\n";
    let crlf = text.replace('\n', "\r\n");
    assert_eq!(html(&crlf), html(text));
    assert_eq!(parse(&crlf).plain, parse(text).plain);
}

#[test]
fn pictures_are_files_with_a_text() {
    let cases = [
        ("![](a.png)", Code::PictureWithoutText),
        ("![[a.png]]", Code::PictureWithoutText),
        ("![a](https://example.org/a.png)", Code::ForbiddenAddress),
        ("![a](data:image/png;base64,AAAA)", Code::ForbiddenAddress),
        ("![a](//example.org/a.png)", Code::ForbiddenAddress),
        ("![a](#a)", Code::ForbiddenAddress),
    ];
    for (text, code) in cases {
        assert_eq!(codes(text), [code], "{text}");
    }
    assert_eq!(html("![a](https://example.org/a.png)"), "<p>a</p>\n");
}

#[test]
fn a_value_has_one_place() {
    let value = Span::new(30, 40);
    let body = markdown::parse_value("<b> [[a]]", value, &Limits::default());
    assert_eq!(body.findings[0].span, value);
    assert_eq!(body.references().next().expect("one").span, value);
}
