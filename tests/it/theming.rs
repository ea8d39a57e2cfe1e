//! The reference for theme authors against the code: every field of every view, by name; the colours of code; and that templates escape.

use std::collections::BTreeSet;

use certalog::parse::highlight::CLASSES;
use certalog::theme::{BUILT_IN, PRINT};
use certalog::view::CONTRACT;

/// The line of the reference that describes a view: its shape, or the row of its template.
fn line_about<'d>(reference: &'d str, view: &str) -> Option<&'d str> {
    let name = match view.strip_suffix("View").unwrap() {
        "Text" => "page".to_owned(),
        "Page" => return paragraph(reference, "- **page**"),
        name => kebab(name),
    };
    let row = reference.lines().find(|line| line.starts_with(&format!("| `{name}.html` |")));
    row.or_else(|| paragraph(reference, &format!("- **{name}**")))
}

/// An entry of a list with the lines that continue it.
fn paragraph<'d>(reference: &'d str, start: &str) -> Option<&'d str> {
    let from = reference.find(&format!("\n{start}"))? + 1;
    let rest = &reference[from..];
    let end = rest.match_indices('\n').find(|(at, _)| !rest[at + 1..].starts_with("  "));
    Some(&rest[..end.map_or(rest.len(), |(at, _)| at)])
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
}

fn reference() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/theming.md")).unwrap()
}

#[test]
fn the_reference_names_every_field_of_every_view() {
    let reference = reference();
    let mut missing = Vec::new();
    for (view, fields) in CONTRACT.iter().copied().flatten() {
        let Some(line) = line_about(&reference, view) else {
            missing.push(format!("{view}: not described"));
            continue;
        };
        let unnamed = fields.iter().filter(|(field, _)| !line.contains(&format!("`{field}`")));
        missing.extend(unnamed.map(|(field, _)| format!("{view}: `{field}` is not named")));
    }
    assert!(missing.is_empty(), "docs/theming.md lacks:\n{}", missing.join("\n"));
}

#[test]
fn the_reference_names_no_field_that_a_page_does_not_have() {
    let reference = reference();
    let mut surplus = Vec::new();
    for (view, fields) in CONTRACT.iter().copied().flatten() {
        let Some(line) = line_about(&reference, view).filter(|line| line.starts_with("| `")) else {
            continue;
        };
        let column = line.split(" | ").nth(2).unwrap();
        let named = column.split('`').skip(1).step_by(2);
        let unknown = named.filter(|name| !fields.iter().any(|(field, _)| field == name));
        surplus.extend(unknown.map(|name| format!("{view}: no field `{name}`")));
    }
    assert!(surplus.is_empty(), "docs/theming.md has too much:\n{}", surplus.join("\n"));
}

/// The light and the dark colour that a rule or token of the default theme's style sheet gives.
fn colours<'s>(sheet: &'s str, start: &str) -> (&'s str, &'s str) {
    let (_, rest) = sheet.split_once(start).unwrap_or_else(|| panic!("the style sheet has no `{start}`"));
    let (_, pair) = rest.split_once("light-dark(").unwrap();
    let (pair, _) = pair.split_once(')').unwrap();
    pair.split_once(", ").unwrap()
}

/// The contrast of two colours after WCAG 2.
pub(crate) fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_word_of_code_has_a_colour_that_can_be_read() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    let (_, sheet) = BUILT_IN.iter().find(|(path, _)| *path == "static/site.css").unwrap();
    let ground = colours(sheet, "--raised:");
    for class in CLASSES {
        let colour = colours(sheet, &format!("\n.{class} {{ color:"));
        let (light, dark) = (contrast(colour.0, ground.0), contrast(colour.1, ground.1));
        assert!(light >= 4.5 && dark >= 4.5, "{class}: {light} on the light ground, {dark} on the dark one");
    }
}

/// A theme whose template of a certification places its results only.
fn with_theme(settings: &str) -> crate::harness::Built {
    let fixture = crate::harness::Fixture::starter();
    let text = fixture.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
    fixture
        .with("site.toml", format!("theme = \"own\"\n{text}"))
        .with("themes/own/theme.toml", settings)
        .with("themes/own/templates/certification.html", "<main>{{ page.content.results }}</main>\n")
        .build()
}

fn endings(built: &crate::harness::Built, ending: &str) -> usize {
    built.site().iter().filter(|(path, _)| path.as_str().ends_with(ending)).count()
}

#[test]
fn a_theme_can_do_without_files_data_and_columns() {
    let whole = with_theme("name = \"Own\"\n");
    let bare =
        with_theme("files = false\ndata = false\nsearch = false\n\n[columns]\nresults = [\"score\"]\n");
    assert!(endings(&whole, ".csv") > 0 && endings(&whole, ".json") > 0);
    assert_eq!(endings(&bare, ".csv"), 0);
    // What the finder looks in is no data for others.
    let data = bare.site().iter().filter(|(path, _)| path.as_str().starts_with("api/"));
    assert_eq!(data.count(), 0);
    let page = "certifications/example-care-desk-3.2/index.html";
    let (whole, bare) = (whole.text(page), bare.text(page));
    assert_eq!(whole.matches("<tr").count(), bare.matches("<tr").count());
    assert!(whole.contains("<td class=\"text\">") && !bare.contains("<td class=\"text\">"), "{bare}");
    assert!(!bare.contains("download"), "{bare}");
}

#[test]
fn no_template_is_called_so_that_its_texts_are_not_escaped() {
    let title = "<script>canary</script>";
    for name in ["part.html", "part.svg", "part.txt", "part.json", "part.js", "part.html.txt"] {
        let fixture = crate::harness::Fixture::starter();
        let settings = fixture.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
        let built = fixture
            .with("site.toml", format!("theme = \"own\"\n{settings}"))
            .with(&format!("themes/own/templates/{name}"), "<p title='{{ page.title }}'>{{ page.title }}</p>\n")
            .with("themes/own/templates/page.html", format!("{{% extends \"base.html\" %}}{{% block main %}}{{% include \"{name}\" %}}{{% endblock %}}\n"))
            .with("content/pages/x.md", format!("+++\ntitle = {}\n+++\n", crate::harness::quoted(title)))
            .build();
        let page = built.text("x/index.html");
        assert!(page.contains("&lt;script&gt;canary") && !page.contains(title), "{name}: {page}");
    }
}

#[test]
fn no_compiled_in_theme_marks_a_text_as_markup_or_leaves_an_attribute_unquoted() {
    for (path, text) in BUILT_IN.iter().chain(PRINT).filter(|(path, _)| path.starts_with("templates/")) {
        for tag in text.split(['{', '}']) {
            assert!(
                !tag.contains("| safe") && !tag.contains("|safe") && !tag.contains("autoescape"),
                "{path}: {tag}"
            );
        }
        let places = text.match_indices("={{").map(|(at, _)| at);
        let is_open =
            |at: &usize| text[..*at].rsplit('<').next().is_none_or(|tag| tag.matches('"').count() % 2 == 0);
        let unquoted = places.filter(is_open).map(|at| &text[at..text.len().min(at + 40)]);
        assert_eq!(unquoted.collect::<Vec<_>>(), [""; 0], "{path}");
    }
}

/// The classes that a style sheet names, texts and comments aside.
fn classes_of_sheet(sheet: &str) -> BTreeSet<&str> {
    let outside = |text: &'_ str| -> Vec<(usize, usize)> {
        let comments = text.match_indices("/*").map(|(at, _)| (at, at + text[at..].find("*/").unwrap()));
        let mut quotes = text.match_indices('"').map(|(at, _)| at);
        let texts = std::iter::from_fn(|| Some((quotes.next()?, quotes.next()?))).collect::<Vec<_>>();
        comments.chain(texts).collect()
    };
    let outside = outside(sheet);
    let names =
        sheet.match_indices('.').filter(|(at, _)| !outside.iter().any(|(from, to)| from < at && at < to));
    let names = names.map(|(at, _)| {
        let rest = &sheet[at + 1..];
        &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len())]
    });
    names.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())).collect()
}

/// Whether a text names a word, and not a longer one that it is a part of.
fn names(text: &str, word: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
    let mut found = text.match_indices(word).map(|(at, _)| at);
    found.any(|at| {
        !is_part(text[..at].chars().next_back()) && !is_part(text[at + word.len()..].chars().next())
    })
}

#[test]
fn the_theme_for_paper_is_made_with_nothing_but_the_reference() {
    let reference = reference();
    let templates: Vec<_> =
        PRINT.iter().filter_map(|(path, text)| Some((path.strip_prefix("templates/")?, *text))).collect();
    let mut unknown = Vec::new();
    // Classes: of its own templates, or named by the reference.
    let attributes = templates.iter().flat_map(|(_, text)| text.split("class=\"").skip(1));
    let own: Vec<&str> = attributes.filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    let own = own.join(" ");
    let (_, sheet) = PRINT.iter().find(|(path, _)| *path == "static/site.css").unwrap();
    let classes = classes_of_sheet(sheet);
    assert!(classes.len() > 100 && classes.contains("masthead") && classes.contains("step-5"), "{classes:?}");
    let is_unknown = |class: &&str| !names(&own, class) && !names(&reference, class);
    unknown.extend(classes.into_iter().filter(is_unknown).map(|class| format!("site.css: `.{class}`")));
    // Values: fields of pages by the contract, which the reference is compared with above; everything else by its name alone.
    let views = CONTRACT.iter().copied().flatten();
    let fields: BTreeSet<&str> =
        views.flat_map(|(_, fields)| fields.iter().map(|(field, _)| *field)).collect();
    for (path, text) in &templates {
        let tags = text.split("{{").chain(text.split("{%")).skip(1);
        for tag in tags.filter_map(|tag| tag.split(['}', '%']).next()) {
            let fields_of = tag
                .match_indices('.')
                .filter(|(at, _)| tag[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
            for (at, _) in fields_of {
                let object = tag[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                let field: String =
                    tag[at + 1..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let is_view = [
                    "site",
                    "page",
                    "content",
                    "link",
                    "crumb",
                    "notice",
                    "finding",
                    "fact",
                    "count",
                    "section",
                    "publisher",
                    "status",
                ]
                .contains(&object);
                if is_view
                    && !fields.contains(field.as_str())
                    && !["content", "publisher"].contains(&field.as_str())
                {
                    unknown.push(format!("{path}: `{object}.{field}`"));
                }
            }
        }
        for name in text.split("{{ <").skip(1).filter_map(|rest| rest.split([' ', '>']).next()) {
            if !reference.contains(&format!("`{name}`")) {
                unknown.push(format!("{path}: the component `{name}`"));
            }
        }
    }
    assert!(unknown.is_empty(), "docs/theming.md does not name:\n{}", unknown.join("\n"));
}

/// The catalogue that `init` writes, in a theme.
fn in_theme(theme: &str) -> crate::harness::Fixture {
    let fixture = crate::harness::Fixture::starter();
    let settings = fixture.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
    fixture.with("site.toml", format!("theme = \"{theme}\"\n{settings}"))
}

#[test]
fn the_theme_for_paper_needs_no_folder_and_has_no_script() {
    for language in ["en", "de"] {
        let fixture = in_theme("print");
        let settings = fixture.texts().find(|(path, _)| *path == "site.toml").unwrap().1.to_owned();
        let is_language = |line: &&str| !line.starts_with("language");
        let settings: Vec<&str> = settings.lines().filter(is_language).collect();
        let settings = format!("language = \"{language}\"\n{}\n", settings.join("\n"));
        let built = fixture.with("site.toml", settings).build();
        let default = crate::harness::Fixture::starter().build();
        assert_eq!(endings(&built, ".js"), 0);
        // On paper nothing stands in a frame of another site.
        let framed = endings(&default, "/embed/index.html");
        assert!(framed > 0 && endings(&built, "/embed/index.html") == 0);
        assert_eq!(endings(&built, ".html"), endings(&default, ".html") - framed);
        for page in built.pages() {
            let found: Vec<_> =
                page.all("*").into_iter().map(|element| element.value().name().to_owned()).collect();
            let is_of_scripts =
                |name: &&String| *name == "script" || *name == "form" || name.starts_with("certalog-");
            assert_eq!(found.iter().find(is_of_scripts), None, "{}", page.path);
            assert_eq!(page.all("body > header.masthead").len(), 1, "{}", page.path);
        }
        // What it says in another way, in the site's language.
        let title = if language == "en" { "<h1>Index</h1>" } else { "<h1>Verzeichnis</h1>" };
        assert!(built.text("search/index.html").contains(title));
    }
}

#[test]
fn the_files_of_a_catalogue_lie_over_those_of_the_theme_for_paper() {
    let built = in_theme("print")
        .with("themes/print/theme.toml", "scripts = false\nfiles = false\n")
        .with("themes/print/static/site.css", "html { color: red }\n")
        .with("themes/print/i18n/en.toml", "[search]\ntitle = \"Register\"\n")
        .build();
    assert_eq!(built.text("static/site.css"), "html { color: red }\n");
    assert!(built.text("search/index.html").contains("<h1>Register</h1>"));
    // Its settings are those of the catalogue's file alone: no tables as files, and an index for the search.
    assert_eq!((endings(&built, ".csv"), endings(&built, ".js")), (0, 0));
    let searched = |built: &crate::harness::Built| {
        built.site().iter().filter(|(path, _)| certalog::route::is_search_file(path.as_str())).count()
    };
    assert!(searched(&built) > searched(&in_theme("print").build()));
    let page = built.text("certifications/example-care-desk-3.2/index.html");
    assert!(page.contains("class=\"masthead\""), "{page}");
}

#[test]
fn the_folder_of_the_theme_for_paper_is_a_theme_without_a_finding() {
    let mut fixture = in_theme("print");
    for (path, text) in PRINT {
        fixture = fixture.with(&format!("themes/print/{path}"), text);
    }
    let built = fixture.build();
    assert_eq!(built.build.diagnostics, []);
}
