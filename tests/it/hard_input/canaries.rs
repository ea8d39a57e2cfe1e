//! Marks that would show: each stands in every text of every record, and none may be more than text on any page.

use crate::harness::{Built, Fixture, is_csv, quoted};

/// What would run, break out of its place or be evaluated; each marked by a word to find it by.
const CANARIES: &[&str] = &[
    "<script>canary</script>",
    "<img src=x onerror=canary>",
    "\"onmouseover=\"canary",
    "' onfocus='canary",
    "{{ 7*7 }}canary",
    "{% include \"base.html\" %}canary",
    "]]>canary<![CDATA[",
    "<!--canary",
    "</title><svg onload=canary>",
    "&lt;canary&gt;",
];

/// A catalogue in which `@` stands for the mark, in every text that a record may have.
const CATALOGUE: &str = r#"
=== site.toml
title = "Title @"
description = "Description @"
base_url = "https://example.org/"
publisher = { name = "Publisher @" }
notices = ["note"]
[[navigation]]
title = "Navigation @"
page = "about"
=== content/index.md
+++
title = "Home @"
description = "Home description @"
+++
Text \@
=== content/pages/about.md
+++
title = "About @"
description = "About description @"
+++
# Heading \@

Text \@ with `code @` and [words \@](https://example.org/ "title \@") and [[fw|words \@]].

| head \@ |
|---|
| cell \@ |

```toml
code @
```
=== content/notices/note.md
+++
title = "Notice @"
+++
Text \@
=== content/frameworks/fw/framework.toml
name = "Framework @"
short_name = "Short @"
publisher = "Publisher @"
description = "Description \\@"
noun = { one = "one @", many = "many @" }
notices = ["note"]
[[release]]
version = "1.0"
name = "Release @"
suite = "Suite @"
note = "Note @"
[[release]]
version = "2.0"
name = "Release 2 @"
[[domain]]
id = "customer"
name = "Domain @"
description = "Description @"
[[level]]
number = 1
name = "Level @"
[[level]]
number = 2
name = "Lower level @"
[[scale]]
id = "score"
name = "Scale @"
note = "Note @"
prefix = "Prefix @ "
min = 0
max = 5
step = 1
[[scale.rating]]
label = "Full @"
from = 5
tone = "full"
meaning = "Meaning @"
[[scale.rating]]
label = "Partial @"
from = 1
tone = "partial"
=== content/frameworks/fw/elements/first.toml
name = "First @"
level = 1
domain = "customer"
original_id = "Original @"
description = "Description \\@"
reserved = ["Reserved @"]
empty = ["Empty @"]
complete_in = ["2.0"]
source = { title = "Source @", date = "2016" }
[[history]]
release = "1.0"
change = "addition"
id = "1 @"
note = "Note @"
[[history]]
release = "2.0"
change = "other"
printed = "Printed @"
id = "2 @"
name = "First renamed @"
note = "Note @"
issue = "Issue @"
[[history]]
version = "Version @"
change = "modification"
[[remark]]
text = "Remark @"
=== content/frameworks/fw/elements/second.toml
name = "Second @"
level = 2
id = "2.1 @"
parent = "first"
domain = "customer"
=== content/organizations/example.toml
name = "Example @"
former_names = ["Former @"]
country = "Country @"
description = "Description \\@"
logo = { file = "logo.png", alt = "Logo @" }
[[remark]]
text = "Remark @"
=== content/organizations/logo.png
picture
=== content/certifications/crm/certification.md
+++
organization = "example"
product = "Product @"
version = "Version @"
framework = "fw"
release = "2.0"
suite = "Suite @"
completed = "2017-02"
assurance = "reviewed"
certificate = "Number @"
scale = "score"
notices = ["note"]
printed = { product = ["Printed @", "Otherwise printed @"] }
[[document]]
role = "report"
title = "Document @"
type = "pdf @"
version = "Version @"
printed = ["Document printed @"]
[[document]]
role = "evidence"
title = "File @"
file = "report.pdf"
[[result]]
element = "2 @"
score = 4
coverage = "1/2"
printed = "Printed @"
name = "Printed name @"
label = "Label @"
comment = "Comment @"
missing = ["2.1 @"]
evidence = [{ title = "Evidence @", url = "https://example.org/" }]
[[result]]
element = "2.1 @"
outcome = "not-submitted"
printed = "Not in scope @"
[[remark]]
text = "Remark @"
element = "2 @"
+++
Text \@
=== content/certifications/crm/report.pdf
report
"#;

/// The catalogue with a mark in every place: escaped for TOML, and for Markdown where it stands after a backslash.
fn marked(mark: &str) -> Built {
    let in_toml = quoted(mark);
    let in_toml = &in_toml[1..in_toml.len() - 1];
    let markdown: String =
        mark.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect();
    let markdown_in_toml = quoted(&markdown);
    let markdown_in_toml = &markdown_in_toml[1..markdown_in_toml.len() - 1];
    let mut text = String::new();
    let mut is_toml = false;
    for line in CATALOGUE.trim_start().lines() {
        match line {
            "+++" => is_toml = !is_toml,
            line if line.starts_with("=== ") => is_toml = line.rsplit('.').next() == Some("toml"),
            _ => {}
        }
        let line = line.replace("\\\\@", markdown_in_toml).replace("\\@", &markdown);
        text.push_str(&line.replace('@', if is_toml { in_toml } else { mark }));
        text.push('\n');
    }
    Fixture::new(&text).build()
}

/// The names of all elements and attributes of every page, in order.
fn structure(built: &Built) -> Vec<(String, Vec<String>)> {
    let pages = built.pages().into_iter();
    pages
        .map(|page| {
            let is_code = |element: &scraper::ElementRef<'_>| {
                element.attr("class").is_some_and(|class| class.starts_with("hl-"))
            };
            let elements = page.all("*").into_iter().filter(|element| !is_code(element)).map(|element| {
                let mut names: Vec<_> = element.value().attrs().map(|(name, _)| name).collect();
                names.sort_unstable();
                format!("{} {}", element.value().name(), names.join(" "))
            });
            // Whether a text is isolated depends on its script and signs, and code is coloured by its words.
            let elements = elements.filter(|element| element != "bdi ");
            (page.path.clone(), elements.collect())
        })
        .collect()
}

#[test]
fn no_mark_is_more_than_text_anywhere() {
    let plain = structure(&marked("plain"));
    for mark in CANARIES {
        let built = marked(mark);
        let found = structure(&built);
        for ((path, found), (_, expected)) in found.iter().zip(&plain) {
            let differs = found.iter().zip(expected).find(|(found, expected)| found != expected);
            assert!(found == expected, "`{mark}` changes the markup of {path}: {differs:?}");
        }
        assert_eq!(found.len(), plain.len());
        for (path, bytes) in built.site().iter() {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            assert!(!text.contains("49canary"), "{path:?} evaluates `{mark}`");
            // In a file for spreadsheets a text stands as it is, and is no formula: `table_files` has more on that.
            if is_csv(path.as_str()) {
                continue;
            }
            let raw = ["<script>canary", "<img src=x", "<svg onload", "<!--canary", "<![CDATA["];
            for raw in raw {
                assert!(!text.contains(raw), "`{raw}` in {path:?}");
            }
        }
    }
}

#[test]
fn every_place_shows_its_mark() {
    // The mark is a word, so that nothing has a reason to change it.
    let built = marked("Kanarienvogel");
    let words: String = built.pages_as_text().map(|(_, text)| text).collect();
    let shown = [
        "Title",
        "Description",
        "Publisher",
        "Navigation",
        "Home",
        "Heading",
        "Notice",
        "Framework",
        "Short",
        "one",
        "Release 2",
        "Suite",
        "Note",
        "Domain",
        "Level",
        "Scale",
        "Prefix",
        "Full",
        "Partial",
        "Meaning",
        "First",
        "Original",
        "Reserved",
        "Empty",
        "Source",
        "Printed",
        "First renamed",
        "Issue",
        "Version",
        "Remark",
        "Second",
        "Example",
        "Former",
        "Country",
        "Logo",
        "Product",
        "Number",
        "Document",
        "File",
        "Comment",
        "Evidence",
        "Printed name",
        "cell",
        "words",
        "code",
    ];
    let missing: Vec<_> =
        shown.into_iter().filter(|word| !words.contains(&format!("{word} Kanarienvogel"))).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn raw_html_in_a_text_is_shown_and_reported() {
    for mark in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<style>*{}</style>",
    ] {
        let built = Fixture::starter()
            .with("content/pages/x.md", format!("+++\ntitle = \"X\"\n+++\nBefore {mark}\n\n{mark}\n"))
            .build();
        assert_eq!(built.codes(), ["raw-html"], "{mark}");
        let page = built.page("x/index.html");
        assert!(
            page.all(".prose script, .prose img, .prose svg, .prose style, .prose a").is_empty(),
            "{mark}"
        );
        assert!(page.one(".prose").text().collect::<String>().contains(mark), "{mark}");
    }
}

#[test]
fn headings_cannot_take_the_ids_of_the_page() {
    let text = "+++\ntitle = \"X\"\n+++\n## Main\n\n## Results\n\n## Contents\n\n## Main\n\n## {#main .x onclick=alert(1)}\n";
    let built = Fixture::starter().with("content/pages/x.md", text).build();
    let page = built.page("x/index.html");
    assert_eq!(page.all("#main").len(), 1);
    assert!(page.all("[onclick]").is_empty());
}
