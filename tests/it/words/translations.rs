//! Records in the language of the site: what is translated is shown, what is not says that it is in another language.
//!
//! In comes the catalogue that `init` writes with German texts beside it, out go its pages in German and in English.
//! Checks see the records themselves, in whatever language the site is.

use crate::harness::{Built, Fixture};

const FOLDER: &str = "content/translations/de";

/// The starter's catalogue, its site in a language, with German texts.
fn catalogue(language: &str) -> Fixture {
    let site =
        format!("title = \"Example catalogue\"\nlanguage = \"{language}\"\ncontent_language = \"en\"\n");
    Fixture::starter()
        .edit("site.toml", "title = \"Example catalogue\"\n", &site)
        .with(
            &format!("{FOLDER}/site.toml"),
            "title = \"Beispielkatalog\"\n\n[[navigation]]\npage = \"about\"\ntitle = \"Über\"\n",
        )
        .with(
            &format!("{FOLDER}/frameworks/service-map/framework.toml"),
            "name = \"Beispiel-Dienstlandkarte\"\nnoun = { one = \"Prozess\", many = \"Prozesse\" }\n\n\
             [[domain]]\nid = \"customer\"\nname = \"Kunde\"\n\n[[level]]\nnumber = 1\nname = \"Prozessgruppe\"\n\n\
             [[scale]]\nid = \"score\"\nname = \"Punktwert\"\n\n[[scale.rating]]\nof = \"Fully supported\"\n\
             label = \"Vollständig unterstützt\"\n",
        )
        .with(
            &format!("{FOLDER}/frameworks/service-map/elements/all.toml"),
            "[[element]]\nkey = \"activate-service\"\nname = \"Dienst einrichten\"\n\n\
             [[element.history]]\nrelease = \"2.0\"\nname = \"Dienst aktivieren\"\n",
        )
        .with(
            &format!("{FOLDER}/frameworks/service-map/elements/resolve-complaint.md"),
            "+++\nname = \"Beschwerde lösen\"\n+++\nEine Beschwerde annehmen und ihren Grund finden.\n",
        )
        .with(
            &format!("{FOLDER}/certifications/example-care-desk-3.2/certification.md"),
            "+++\n[[result]]\nelement = \"1.2\"\ncomment = \"Briefe werden von Hand erfasst.\"\n+++\nEin erfundenes Produkt.\n",
        )
}

fn main_of<'b>(built: &'b Built, path: &str) -> &'b str {
    let text = built.text(path);
    &text[text.find("<body").unwrap()..]
}

#[test]
fn what_is_translated_is_shown_in_the_language_of_the_site() {
    let built = catalogue("de").build();
    assert_eq!(built.codes(), [""; 0], "{}", built.report());
    let element = main_of(&built, "frameworks/service-map/process/resolve-complaint/index.html");
    for words in ["<bdi>1.3 Beschwerde lösen</bdi>", "Eine Beschwerde annehmen", "Kunde", ">Beispielkatalog<"]
    {
        assert!(element.contains(words), "{words}: {element}");
    }
    let renamed = main_of(&built, "frameworks/service-map/process/activate-service/index.html");
    assert!(renamed.contains("2.1 Dienst aktivieren") && renamed.contains("Dienst einrichten"), "{renamed}");
    let certification = main_of(&built, "certifications/example-care-desk-3.2/index.html");
    for words in [
        "Briefe werden von Hand erfasst.",
        "Vollständig unterstützt",
        "<p>Ein erfundenes Produkt.</p>",
        "Prozesse",
    ] {
        assert!(certification.contains(words), "{words}: {certification}");
    }
    assert!(certification.contains("Über</bdi>"), "{certification}");
}

#[test]
fn what_is_not_translated_says_in_which_language_it_is() {
    let built = catalogue("de").build();
    let element = main_of(&built, "frameworks/service-map/process/record-contact/index.html");
    assert!(element.contains("<h1><bdi lang=\"en\">1.2 Record Contact</bdi></h1>"), "{element}");
    assert!(element.contains("<div lang=\"en\" dir=\"ltr\">"), "{element}");
    let translated = main_of(&built, "frameworks/service-map/process/resolve-complaint/index.html");
    assert!(translated.contains("lang=\"en\">Customer Care</a>"), "its parent is not: {translated}");
    let certification = main_of(&built, "certifications/example-care-desk-3.2/index.html");
    assert!(
        certification.contains("<bdi lang=\"en\">Only services that are on the shelf"),
        "{certification}"
    );
    assert!(certification.contains("lang=\"en\">Example Networks</a>"), "{certification}");
    // What a source prints is never translated.
    assert!(certification.contains("Out of this assessment"), "{certification}");
    // Crumbs, domains and ratings say it as well.
    let crumb = "<bdi lang=\"en\">Customer Care</bdi></a></li>";
    assert!(translated.contains(crumb), "{translated}");
    let release = main_of(&built, "frameworks/service-map/2.0/index.html");
    assert!(release.contains("><bdi lang=\"en\">Service</bdi></h2>"), "{release}");
    assert!(release.contains(">Kunde</h2>"), "{release}");
    assert!(certification.contains("<span class=\"tag full\">Vollständig unterstützt"), "{certification}");
    let untranslated = Fixture::starter()
        .edit(
            "site.toml",
            "title = \"Example catalogue\"\n",
            "title = \"Example catalogue\"\nlanguage = \"de\"\ncontent_language = \"en\"\n",
        )
        .build();
    let certification = main_of(&untranslated, "certifications/example-care-desk-3.2/index.html");
    assert!(
        certification.contains("<span class=\"tag full\" lang=\"en\">Fully supported"),
        "{certification}"
    );
}

#[test]
fn in_its_own_language_a_catalogue_is_as_if_nothing_were_translated() {
    let plain = Fixture::starter().build();
    let english = catalogue("en").build();
    let pages = |built: &Built| -> Vec<(String, String)> {
        let pages = built.pages_as_text().filter(|(path, _)| !path.starts_with("checks"));
        pages.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
    };
    assert_eq!(pages(&plain), pages(&english));
}

#[test]
fn names_that_a_source_prints_are_compared_with_the_records_own() {
    let printed = |fixture: Fixture| {
        let row = "element = \"1.3\"\n";
        let path = "content/certifications/example-care-desk-3.2/certification.md";
        fixture.edit(path, row, &format!("{row}name = \"Resolve Complaint\"\n"))
    };
    let built = printed(catalogue("de")).build();
    assert_eq!(built.codes(), [""; 0], "{}", built.report());
}

#[test]
fn a_region_has_what_its_language_has() {
    let path = format!("{FOLDER}-AT/frameworks/service-map/framework.toml");
    let austrian = "[[domain]]\nid = \"customer\"\nname = \"Kundschaft\"\n";
    let built = catalogue("de-AT").with(&path, austrian).build();
    assert_eq!(built.codes(), [""; 0], "{}", built.report());
    let framework = main_of(&built, "frameworks/service-map/index.html");
    assert!(
        framework.contains("Kundschaft") && framework.contains("Beispiel-Dienstlandkarte"),
        "{framework}"
    );
}
