//! What a text may be: every character that deceives is refused where it stands, and no honest name is harmed.
//!
//! In come catalogues with one text in question, out go the codes, the exact columns and what readers see.
//! The tables are the promises of `docs/security.md` on names and on texts that pose as others.

use certalog::diagnostic::{Certainty, Code};
use certalog::repair::repair;
use unicode_normalization::UnicodeNormalization as _;

use crate::harness::{Built, Fixture};
use crate::page::text;

const ORGANIZATION: &str = "content/organizations/example-networks.toml";
const OTHER: &str = "content/organizations/other.toml";
const PAGE: &str = "content/pages/about.md";

fn named(name: &str) -> Built {
    Fixture::starter().with(ORGANIZATION, format!("name = \"{name}\"\n")).build()
}

/// Characters that are not seen or change what is seen, in names that are refused for them.
const HIDDEN: [(&str, char); 44] = [
    ("Example\u{202e}skrowteN", '\u{202e}'),
    ("Example\u{202d} Networks", '\u{202d}'),
    ("Example\u{202a} Networks", '\u{202a}'),
    ("Example\u{202b} Networks", '\u{202b}'),
    ("Example\u{202c} Networks", '\u{202c}'),
    ("Example\u{2066} Networks", '\u{2066}'),
    ("Example\u{2067} Networks", '\u{2067}'),
    ("Example\u{2068} Networks", '\u{2068}'),
    ("Example\u{2069} Networks", '\u{2069}'),
    ("Example\u{206a} Networks", '\u{206a}'),
    ("Example\u{206e} Networks", '\u{206e}'),
    ("Example\u{200e} Networks", '\u{200e}'),
    ("Example\u{200f} Networks", '\u{200f}'),
    ("Example\u{61c} Networks", '\u{61c}'),
    ("Exam\u{200b}ple", '\u{200b}'),
    ("Exam\u{200c}ple", '\u{200c}'),
    ("Exam\u{200d}ple", '\u{200d}'),
    ("Exam\u{2060}ple", '\u{2060}'),
    ("Exam\u{feff}ple", '\u{feff}'),
    ("Exam\u{ad}ple", '\u{ad}'),
    ("Exam\u{34f}ple", '\u{34f}'),
    ("Exam\u{115f}ple", '\u{115f}'),
    ("Exam\u{1160}ple", '\u{1160}'),
    ("\u{3164}", '\u{3164}'),
    ("Exam\u{ffa0}ple", '\u{ffa0}'),
    ("Exam\u{17b4}ple", '\u{17b4}'),
    ("Exam\u{180e}ple", '\u{180e}'),
    ("Exam\u{2063}ple", '\u{2063}'),
    ("Exam\u{2800}ple", '\u{2800}'),
    ("Exam\u{fe0f}ple", '\u{fe0f}'),
    ("Exam\u{e0101}ple", '\u{e0101}'),
    ("Exam\u{e0041}\u{e0042}ple", '\u{e0041}'),
    ("\u{1f3f4}\u{e0065}\u{e0076}\u{e0069}\u{e006c}\u{e007f}", '\u{e0065}'),
    ("Exam\u{fff9}ple", '\u{fff9}'),
    ("Exam\u{fffc}ple", '\u{fffc}'),
    ("Exam\u{2028}ple", '\u{2028}'),
    ("Exam\u{2029}ple", '\u{2029}'),
    ("Exam\u{1d173}ple", '\u{1d173}'),
    ("Exam\u{13430}ple", '\u{13430}'),
    ("Exam\u{e000}ple", '\u{e000}'),
    ("Exam\u{85}ple", '\u{85}'),
    ("Exam\u{7f}ple", '\u{7f}'),
    ("Exam\u{1b}[31mple", '\u{1b}'),
    ("Exam\u{fdd0}ple", '\u{fdd0}'),
];

#[test]
fn hidden_characters_are_refused_at_their_column() {
    for (name, character) in HIDDEN {
        let built = named(name);
        assert_eq!(built.codes(), ["hidden-character"], "{name:?}: {}", built.report());
        let found = &built.build.diagnostics[0].diagnostic;
        let file = built.sources.find(ORGANIZATION).unwrap();
        let source = built.sources.text(file);
        assert_eq!(found.place.span.range().start, source.find(character).unwrap(), "{name:?}");
        let code_point = format!("U+{:04X}", u32::from(character));
        assert!(found.message.contains(&code_point), "{name:?}: {}", found.message);
        // The report names the character and holds none itself, but for those that names of other scripts need.
        let may_be_needed = matches!(
            character,
            '\u{200c}' | '\u{200d}' | '\u{180e}' | '\u{fe0f}' | '\u{e0101}' | '\u{13430}'
        );
        assert!(may_be_needed || !built.report().contains(character), "{name:?}");
    }
}

#[test]
fn hidden_characters_are_refused_wherever_a_text_may_stand() {
    let certification = "content/certifications/example-care-desk-3.2/certification.md";
    let starter = Fixture::starter();
    let old = starter.texts().find(|(path, _)| *path == certification).unwrap().1.to_owned();
    for (path, content) in [
        ("site.toml", "title = \"Test\u{202e}\"\nbase_url = \"https://example.org/\"\n".to_owned()),
        (ORGANIZATION, "name = \"Example\" # a note \u{202e}\n".to_owned()),
        (PAGE, "+++\ntitle = \"About\"\n+++\nSome \u{202e}words.\n".to_owned()),
        (PAGE, "+++\ntitle = \"About\"\n+++\n```toml\na = \"\u{202e}\"\n```\n".to_owned()),
        (PAGE, "+++\ntitle = \"About\"\n+++\n<!-- \u{202e} -->\n".to_owned()),
        (PAGE, "+++\ntitle = \"About\"\n+++\nSome &#x202E;words.\n".to_owned()),
        (PAGE, "+++\ntitle = \"About\"\n+++\nSome &shy;words, **&zwj;bold**.\n".to_owned()),
        (PAGE, "+++\ntitle = \"About\"\n+++\n[a](https://example.org \"b&#8238;c\")\n".to_owned()),
        ("content/notices/note.md", "+++\ntitle = \"No\u{200b}te\"\n+++\nText.\n".to_owned()),
        ("content/translations/de/site.toml", "title = \"T\u{202e}\"\n".to_owned()),
        (certification, old.replace("+++\n", "+++\n# \u{2066}\n")),
        (ORGANIZATION, "name = \"Exam\\u202Eple\"\n".to_owned()),
        (ORGANIZATION, "name = \"Exam\\U0000200Bple\"\n".to_owned()),
        (ORGANIZATION, "name = \"Exam\\u001Bple\"\n".to_owned()),
        (ORGANIZATION, "name = \"\"\"\nExam\\fple\"\"\"\n".to_owned()),
    ] {
        let built = starter.clone().with(path, &content).build();
        let hidden = |code: &&str| *code == "hidden-character";
        assert!(
            built.codes().iter().any(hidden),
            "{path} {content:?}: {:?} {}",
            built.codes(),
            built.report()
        );
    }
    let built = starter.with("content/certifications/example-care-desk-3.2/a\u{202e}b.pdf", "x").build();
    assert!(built.codes().contains(&"hidden-character"), "{}", built.report());
}

#[test]
fn an_escape_is_marked_and_not_its_whole_value() {
    let built = named("Exam\\u200Bple and \\u202Ebackwards");
    let spans: Vec<_> = built.build.diagnostics.iter().map(|one| one.diagnostic.place.span.range()).collect();
    let source = built.sources.text(built.sources.find(ORGANIZATION).unwrap());
    let marked: Vec<_> = spans.into_iter().map(|range| &source[range]).collect();
    assert_eq!(marked, ["\\u200B", "\\u202E"]);
}

#[test]
fn what_is_no_control_in_a_text_is_ordinary() {
    for content in [
        "+++\ntitle = \"About\"\n+++\n\tcode\n\nA line\r\nand\tanother.\n",
        "\u{feff}+++\ntitle = \"About\"\n+++\nA text after a byte order mark.\n",
        "+++\ntitle = \"About\"\n+++\nA\u{a0}no-break\u{202f}space, an\u{3000}ideographic one, a dash\u{2011}dash.\n",
        "+++\ntitle = \"About\"\n+++\nFlags \u{1f1e9}\u{1f1ea} and \u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}, a key 1\u{fe0f}\u{20e3}.\n",
        "+++\ntitle = \"About\"\n+++\nמערכת C++\u{200e} (גרסה 2)\u{200f}.\n",
        "+++\ntitle = \"About\"\n+++\nמערכת C++&lrm; (גרסה 2)&rlm;.\n",
        "+++\ntitle = \"About\"\n+++\n`&zwj;` and `&#x202E;` are shown as they are written.\n",
    ] {
        let built = Fixture::starter().with(PAGE, content).build();
        assert_eq!(built.report(), "", "{content:?}");
    }
}

#[test]
fn a_repair_takes_away_what_leaves_no_trace() {
    let fixture =
        Fixture::starter().with(ORGANIZATION, "name = \"Exam\u{200b}ple\u{ad} Net\u{feff}works\"\n");
    let options = certalog::build::BuildOptions { as_of: fixture.as_of, base_url: None, language: None };
    let repaired = repair(&fixture.sources(), &[], &options);
    assert_eq!(&*repaired.files[ORGANIZATION].1, "name = \"Example Networks\"\n");
    // An override changes what was seen: a person decides.
    for built in [named("Example\u{202e}skrowteN"), named("Exam\u{2029}ple")] {
        let fix = built.build.diagnostics[0].diagnostic.fix.as_deref();
        assert!(fix.is_none_or(|fix| fix.certainty == Certainty::Guess));
    }
}

#[test]
fn marks_may_not_be_piled_up() {
    for (marks, codes) in [(8, &[][..]), (9, &["piled-marks"]), (150, &["piled-marks"])] {
        let piled: String = "\u{323}".repeat(marks);
        let name = format!("Q{piled} Networks");
        assert_eq!(named(&name).codes(), codes, "{marks}");
    }
    let spread = format!("Q{} Networks", "\u{323}\u{200d}".repeat(9));
    assert!(named(&spread).codes().contains(&"piled-marks"));
    let entities = format!("+++\ntitle = \"About\"\n+++\nq{}\n", "&#803;".repeat(9));
    assert_eq!(Fixture::starter().with(PAGE, entities).build().codes(), ["piled-marks"]);
    let escapes = format!("Q{}", "\\u0323".repeat(9));
    assert_eq!(named(&escapes).codes(), ["piled-marks"]);
}

/// Plainly invented companies, written as people write such names.
const NAMES: [&str; 36] = [
    "Exemplo Telecomunicações S.A.",
    "Beispiel Netze GmbH & Co. KG",
    "Société Exemple d’Électricité",
    "O'Example & Sons (Éire) Ltd.",
    "Přiklad Sítě, s.r.o.",
    "Ví Dụ Viễn Thông",
    "Örnek İletişim A.Ş.",
    "ÆØÅ Eksempel A/S",
    "Πάροχος Παράδειγμα Α.Ε.",
    "ΑΒΓ Systems",
    "ООО «Пример-Связь»",
    "Пример LLC",
    "Приклад Зв’язок",
    "דוגמה תקשורת בע\u{5f4}מ",
    "דוגמה C++\u{200e} תקשורת",
    "شركة المثال للاتصالات (ش.م.م)",
    "شرکت نمونه‌سازان ارتباطات",
    "نمونه 5G",
    "مثال ٹیلی کام",
    "उदाहरण दूरसंचार प्राइवेट लिमिटेड",
    "श्\u{200d}री उदाहरण",
    "உதாரணம் தொலைத்தொடர்பு",
    "উদাহরণ র\u{200d}্যাপ",
    "ഉദാഹരണം ടെലികോം കമ്പനികള്\u{200d}",
    "උදාහරණ ශ්\u{200d}රී ටෙලිකොම්",
    "ตัวอย่างโทรคมนาคม จำกัด (มหาชน)",
    "ຕົວຢ່າງ ໂທລະຄົມ",
    "ឧទាហរណ៍\u{200b}ទូរគមនាគមន៍",
    "示例电信有限公司",
    "例の通信株式会社",
    "株式会社NTTレイ",
    "葛\u{e0100}城ネットワークス",
    "예시 텔레콤 주식회사",
    "예시KT텔레콤",
    "მაგალითი ტელეკომი",
    "Օրինակ Տելեկոմ 👩\u{200d}💻",
];

#[test]
fn honest_names_are_shown_found_and_kept() {
    for name in NAMES {
        let built = named(name);
        assert_eq!(built.report(), "", "{name}");
        let page = built.page("organizations/example-networks/index.html");
        assert_eq!(page.texts("h1 bdi"), [name], "{name}");
        let list = built.page("organizations/index.html");
        assert!(list.all("a").into_iter().any(|link| text(link) == name), "{name}");
        let data = built.text("api/v1/certifications/example-care-desk-3.2.json");
        let data: serde_json::Value = serde_json::from_str(data).unwrap();
        assert!(data.to_string().contains(&serde_json::to_string(name).unwrap()), "{name}");
        let composed: String = name.nfc().collect();
        assert_eq!(composed, name, "the table is in composed form");
    }
}

/// Addresses as organizations have them, each with what stands on the page.
const ADDRESSES: [(&str, &str); 16] = [
    ("https://example.org", "https://example.org"),
    ("https://example.org/", "https://example.org/"),
    ("http://www.example.com/a/b.html", "http://www.example.com/a/b.html"),
    ("https://example.org:8443/a", "https://example.org:8443/a"),
    ("https://example.org/?q=a&b=c", "https://example.org/?q=a&b=c"),
    ("https://example.org/a#part-1", "https://example.org/a#part-1"),
    ("https://example.org/~user/", "https://example.org/~user/"),
    ("https://example.org/a%20b", "https://example.org/a%20b"),
    ("https://example.org/a(b)", "https://example.org/a(b)"),
    ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ("https://пример.example/", "https://xn--e1afmkfd.example/"),
    ("https://例.example/路", "https://xn--fsq.example/%E8%B7%AF"),
    ("https://192.0.2.1/", "https://192.0.2.1/"),
    ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
    ("https://example.org/@user/;a=b,c", "https://example.org/@user/;a=b,c"),
];

#[test]
fn good_addresses_lead_where_they_say() {
    for (written, shown) in ADDRESSES {
        let built = Fixture::starter()
            .with(ORGANIZATION, format!("name = \"Example\"\nurl = \"{written}\"\n"))
            .with(PAGE, format!("+++\ntitle = \"About\"\n+++\nSee <{written}>.\n"))
            .build();
        assert_eq!(built.report(), "", "{written}");
        let page = built.page("organizations/example-networks/index.html");
        let hrefs: Vec<_> = page.all("main a").into_iter().filter_map(|link| link.attr("href")).collect();
        assert!(hrefs.contains(&shown), "{written}: {hrefs:?}");
        // The words of an address in a text are the address: a host never looks like one that it is not.
        let page = built.page("about/index.html");
        let link = page.all("main a.external").into_iter().next().unwrap();
        assert_eq!((link.attr("href"), text(link).as_str()), (Some(shown), shown), "{written}");
    }
}

/// Names that can be taken for each other, in the records of two organizations.
const ALIKE: [(&str, &str); 17] = [
    ("Example", "Ехample"),
    ("Example", "ЕХАМРLЕ"),
    ("Orange Peel", "0range Peel"),
    ("Ilex Networks", "llex Networks"),
    ("Modern Lines", "Modem Lines"),
    ("Alpha Corp", "Аlpha Corp"),
    ("HPE Example", "НРЕ Example"),
    ("Bell Example", "Веll Example"),
    ("Scope", "Ѕсоре"),
    ("Paypoint", "Раурoint"),
    ("Omega One", "Οmega One"),
    ("Example Networks", "EXAMPLE NETWORKS"),
    ("Example Networks", "Example  Networks"),
    ("Example Networks", "Example Networks"),
    ("Ｅxample", "Example"),
    ("Kappa", "Κappa"),
    ("نمونه‌سازان", "نمونهسازان"),
];

#[test]
fn names_that_look_alike_are_told_with_both() {
    for (first, second) in ALIKE {
        let built = Fixture::starter()
            .with(ORGANIZATION, format!("name = \"{first}\"\n"))
            .with(OTHER, format!("name = \"{second}\"\n"))
            .build();
        let found: Vec<_> = built.build.diagnostics.iter().map(|one| &one.diagnostic).collect();
        let found = found.into_iter().find(|one| one.code == Code::LookAlike);
        let found = found.unwrap_or_else(|| panic!("{first} {second}: {}", built.report()));
        assert!(
            found.message.contains(second) && found.message.contains("example-networks"),
            "{}",
            found.message
        );
        assert_eq!(found.labels.len(), 1);
    }
}

#[test]
fn names_that_differ_to_the_eye_are_no_finding() {
    let mut fixture = Fixture::starter();
    for (index, name) in NAMES.iter().enumerate() {
        fixture =
            fixture.with(&format!("content/organizations/o{index}.toml"), format!("name = \"{name}\"\n"));
    }
    assert_eq!(fixture.build().report(), "");
}

#[test]
fn a_successor_may_have_the_name_and_a_former_name_counts() {
    let with = |first: &str, second: &str| {
        Fixture::starter().with(ORGANIZATION, first).with(OTHER, second).build().codes()
    };
    let old = "name = \"Example\"\nsuccessor = \"other\"\n";
    assert!(with(old, "name = \"Example\"\n").is_empty());
    let renamed = "name = \"New\"\nformer_names = [\"Example\"]\n";
    assert_eq!(with(renamed, "name = \"Exarnple\"\n"), ["look-alike"]);
    assert!(with(renamed, "name = \"Other\"\nformer_names = [\"New Other\"]\n").is_empty());
}

#[test]
fn words_of_several_scripts_are_told() {
    for name in ["Ехample", "Exаmple Networks", "Яndex", "ΑΒC Systems", "Example-Νetworks", "Телеkom"]
    {
        let built = named(name);
        assert_eq!(built.codes(), ["mixed-scripts"], "{name}");
    }
    let element = "content/frameworks/service-map/elements/customer/odd.toml";
    let odd = "name = \"Open Оrders\"\nid = \"odd\"\n";
    assert_eq!(Fixture::starter().with(element, odd).build().codes(), ["mixed-scripts"]);
}

#[test]
fn names_are_one_in_whatever_form_they_are_written() {
    // Written with a separate mark in the framework, composed in the certification: one element, one repair.
    let element = "content/frameworks/service-map/elements/customer/odd.toml";
    let certification = "content/certifications/example-care-desk-3.2/certification.md";
    let fixture = Fixture::starter();
    let old = fixture.texts().find(|(path, _)| *path == certification).unwrap().1.to_owned();
    let (front, body) = old.trim_start_matches("+++\n").split_once("\n+++\n").unwrap();
    let row = "[[result]]\nelement = \"\u{e9}-1\"\nname = \"Caf\u{e9}\"\nscore = 4\n";
    let fixture = fixture
        .with(element, "name = \"Cafe\u{301}\"\nid = \"e\u{301}-1\"\n")
        .with(certification, format!("+++\n{front}\n\n{row}+++\n{body}"));
    let built = fixture.build();
    assert_eq!(built.codes(), ["not-normalized"], "{}", built.report());
    let options = certalog::build::BuildOptions { as_of: fixture.as_of, base_url: None, language: None };
    let repaired = repair(&fixture.sources(), &[], &options);
    assert_eq!(repaired.build.diagnostics, []);
    assert!(repaired.files[element].1.contains("\"Caf\u{e9}\""));
    // A character kept for the sake of an older standard stays as it is: composing would draw another one.
    assert_eq!(named("神\u{fa19}ネット").report(), "");
}
