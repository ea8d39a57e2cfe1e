//! The reference for theme authors against the code: every field of every view, by name.

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
    let bare = with_theme("files = false\ndata = false\n\n[columns]\nresults = [\"score\"]\n");
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
