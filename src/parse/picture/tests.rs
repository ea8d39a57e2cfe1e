//! Drawings that pass and drawings that do not, each with the one thing that is wrong.
//!
//! In come texts of drawings and the first bytes of files, out goes what is found in them.
//! What a browser makes of the drawings that pass is tested elsewhere.

use super::*;

fn faults(inner: &str) -> Vec<String> {
    let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inner}</svg>");
    check_text("logo.svg", &text).into_iter().map(|finding| finding.message).collect()
}

#[test]
fn a_plain_drawing_passes() {
    let text = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- drawn by hand -->\n\
        <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\" role=\"img\">\n\
        <title>A &amp; B &#x7535; – 电信</title>\n<defs><linearGradient id=\"a\"><stop offset=\"0\" stop-color=\"rgb(1, 2, 3)\"/></linearGradient>\n\
        <clipPath id=\"b\"><rect width=\"9\" height=\"9\"/></clipPath></defs>\n\
        <g transform=\"translate(1 2) rotate(45)\" clip-path=\"url(#b)\"><path d=\"M0 0L9 9z\" fill=\"url('#a') red\"/></g>\n\
        <text x=\"1\" y=\"1\" font-family=\"sans-serif\">Words <tspan>and words</tspan></text>\n</svg>\n";
    assert_eq!(check_text("LOGO.SVG", text), []);
    assert_eq!(faults("<circle r='1' aria-label='a (b); c'/>"), [""; 0]);
}

#[test]
fn what_could_act_is_refused() {
    for inner in [
        "<script>alert(1)</script>",
        "<SCRIPT/>",
        "<svg:script xmlns:svg='http://www.w3.org/2000/svg'/>",
        "<style>@import url(https://e.example)</style>",
        "<foreignObject><p>x</p></foreignObject>",
        "<image href='https://e.example/x.png'/>",
        "<use href='#a'/>",
        "<a href='javascript:alert(1)'><path/></a>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<animate attributeName='x'/>",
        "<filter id='a'/>",
        "<pattern id='a'/>",
        "<iframe src='x'/>",
        "<path onclick='alert(1)'/>",
        "<path onload='alert(1)'/>",
        "<path style='fill: red'/>",
        "<path href='#a'/>",
        "<path xlink:href='#a'/>",
        "<path xml:base='https://e.example/'/>",
        "<g xmlns='http://www.w3.org/1999/xhtml'/>",
        "<path fill='url(https://e.example/#a)'/>",
        "<path fill='url(//e.example)'/>",
        "<path fill='u\\72l(https://e.example)'/>",
        "<path fill='&#117;rl(https://e.example)'/>",
        "<path fill='url (https://e.example)'/>",
        "<path fill='URL(\"https://e.example\")'/>",
        "<path fill='url(#a) url(https://e.example)'/>",
        "<path mask='image-set(\"https://e.example\" 1x)'/>",
        "<path mask='src(\"https://e.example\")'/>",
        "<path fill='var(--x)'/>",
        "<path fill='expression(alert(1))'/>",
        "<path fill='red;background:url(#a)'/>",
        "<path fill='a/**/b'/>",
        "<text>&nbsp;</text>",
        "<text>&#0;</text>",
        "<path fill='&x;'/>",
        "<![CDATA[<script/>]]>",
        "<?xml-stylesheet href='x'?>",
        "<!-- a -- b -->",
        "words",
        "<g>words</g>",
        "<path d='M0' d='M1'/>",
        "<path d=M0/>",
        "<path d='<'/>",
        "</svg><svg xmlns='http://www.w3.org/2000/svg'>",
        "</g>",
        "<g>",
        "<clipPath id='a'><path clip-path='url(#b)'/></clipPath>",
        "<mask id='a' mask='url(#b)'/>",
    ] {
        assert!(!faults(inner).is_empty(), "{inner} passes");
    }
    let deep = format!("{}{}", "<g>".repeat(100), "</g>".repeat(100));
    assert_eq!(faults(&deep), ["elements stand in each other more than 32 deep"]);
}

#[test]
fn the_whole_is_one_drawing_in_one_encoding() {
    for text in [
        "",
        " ",
        "<svg/>",
        "<html xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<!DOCTYPE svg [<!ENTITY x \"y\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<?xml version=\"1.1\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<!-- a --><?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>words",
        "words<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>&amp;",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"",
        "<svg xmlns=\"http://www.w3.org/2000/svg\">",
        "<svg xmlns=\"http://www.w3.org/1999/xhtml\"/>",
    ] {
        assert!(!check_text("a.svg", text).is_empty(), "{text} passes");
    }
    let large = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><!--{}--></svg>", "x".repeat(256 << 10));
    assert_eq!(check_text("a.svg", &large).len(), 1);
}

#[test]
fn a_fault_is_told_once_and_at_its_place() {
    let text =
        "\u{feff}<svg xmlns=\"http://www.w3.org/2000/svg\">\n<path style=\"a\"/><path style=\"b\"/></svg>";
    let found = check_text("a.svg", text);
    assert_eq!(found.len(), 1);
    assert_eq!(&text[found[0].span.range()], "style");
    let many = (0..100).map(|number| format!("<x{number}/>")).collect::<Vec<_>>().concat();
    assert_eq!(faults(&many).len(), 20);
}

#[test]
fn bytes_are_what_their_name_says() {
    let pictures: [(&str, &[u8]); 6] = [
        ("a.png", b"\x89PNG\r\n\x1a\n...."),
        ("a.JPG", b"\xff\xd8\xff\xe0"),
        ("a.jpeg", b"\xff\xd8\xff\xe1"),
        ("a.gif", b"GIF89a"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("a.avif", b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif"),
    ];
    for (path, bytes) in pictures {
        assert_eq!(check_bytes(path, bytes), [], "{path}");
        for other in
            [b"".as_slice(), b"<html><script>alert(1)</script>", b"<svg", b"GIF88a", b"RIFF", &bytes[1..]]
        {
            assert_eq!(check_bytes(path, other).len(), 1, "{path}");
        }
    }
    assert_eq!(check_bytes("a.pdf", b"anything"), []);
    assert!(is_picture("a/b.PNG") && is_picture("b.svg") && !is_picture("a.pdf") && !is_picture("svg"));
}
