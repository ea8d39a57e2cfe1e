//! The reference for theme authors against the code: every field of every view, by name; the colours of code; and that templates escape.

use certalog::parse::highlight::CLASSES;
use certalog::theme::BUILT_IN;
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
fn the_default_theme_marks_no_text_as_markup_and_quotes_every_attribute() {
    for (path, text) in BUILT_IN.iter().filter(|(path, _)| path.starts_with("templates/")) {
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
