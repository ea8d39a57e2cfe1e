//! A catalogue made of a number: every kind of record, with references that hold, and in every second one something that is wrong.
//!
//! In comes a number, out go files. What a record may say is taken from the definitions by which records are read, so that a new key
//! is drawn from its first day on. The clock and the machine have no part in it.

use std::fmt::Write as _;

use certalog::model::Kind;
use certalog::parse::definition::{Definition, Form, Key};

use crate::harness::quoted;
use crate::invented::random::Random;

/// Texts that somebody means.
const NAMES: &[&str] = &[
    "Answer Enquiries",
    "Care",
    "Πάροχος Παράδειγμα",
    "مثال للاتصالات (v2)",
    "示例电信",
    "R&D <beta>",
    "A \"quoted\" name",
    "__proto__",
    "constructor",
    "Ejemplo Telefónica ñ",
    "1.1",
    "{{ 7*7 }}",
];

/// Texts that nobody should mean.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "\u{202e}gpj.exe",
    "\u{1b}[2J",
    "=HYPERLINK(\"http://example.org\")",
    "../../../etc/passwd",
    "]]>",
    "-->",
    "\u{0}",
    "{% include \"base.html\" %}",
    "",
    " ",
    "\u{feff}",
    "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
];

/// Markdown of all sorts.
const PROSE: &[&str] = &[
    "A sentence.\n\n- one\n- two\n  - three\n",
    "| a | b |\n|---|--:|\n| 1 | 2 |\n\n[^1]: A note.\n\nText[^1] and `code`.\n",
    "## A section\n\n```rust\nfn main() {}\n```\n\n> Quoted.\n",
    "[[fw-0]] and [[fw-0|other words]], [a page](https://example.org/?a=b&c=d).\n",
    "<b>raw</b> &amp; ![picture](none.png)\n",
    "[x](javascript:alert(1)) [[nothing-of-this-name]]\n",
    "> > > > deep\n\n***bold*** ~~gone~~ \\* &copy;\n",
    "",
];

const RELEASES: &[&str] = &["1.0", "2.0", "3.0"];

/// The files of a catalogue.
pub(super) fn catalogue(number: usize) -> Vec<(String, String)> {
    let mut drawing = Drawing { random: Random::of("catalogue", number), files: Vec::new(), is_wild: false };
    drawing.whole();
    if drawing.random.once_in(2) {
        drawing.is_wild = true;
        for _ in 0..drawing.random.between(1, 4) {
            drawing.spoil();
        }
    }
    // On a disk no two files have one name, and no file the name of a folder.
    let mut files = drawing.files;
    files.sort();
    files.dedup_by(|a, b| a.0 == b.0);
    let all: Vec<String> = files.iter().map(|(path, _)| path.clone()).collect();
    files.retain(|(path, _)| !all.iter().any(|other| other.starts_with(&format!("{path}/"))));
    files
}

struct Drawing {
    random: Random,
    files: Vec<(String, String)>,
    /// Whether values may be of any kind.
    is_wild: bool,
}

/// An element while its framework is made.
struct Element {
    key: String,
    level: usize,
    parent: Option<usize>,
    /// Its id in each release, as far as it is there.
    ids: Vec<Option<String>>,
}

impl Drawing {
    fn put(&mut self, path: impl Into<String>, text: String) {
        self.files.push((path.into(), text));
    }

    /// A catalogue in which every reference holds.
    fn whole(&mut self) {
        let language = self.random.pick(&["en", "de", "fr", "ar"]);
        let mut site = format!(
            "title = \"Drawn\"\nbase_url = \"https://example.org/drawn/\"\nlanguage = \"{language}\"\n"
        );
        if self.random.once_in(3) {
            site.push_str("[checks]\nid-gap = \"off\"\nunspecified-version = \"error\"\n");
        }
        self.put("site.toml", site);
        let prose = self.prose();
        self.put("content/index.md", format!("+++\ntitle = \"Home\"\n+++\n{prose}"));
        for page in 0..self.random.below(3) {
            let (title, prose) = (self.name(), self.prose());
            self.put(format!("content/pages/page-{page}.md"), format!("+++\ntitle = {title}\n+++\n{prose}"));
        }
        self.put("content/notices/notice.md", "+++\ntitle = \"Notice\"\n+++\nText.\n".to_owned());
        let organizations = self.random.between(1, 3);
        for at in 0..organizations {
            let name = self.name();
            self.put(format!("content/organizations/org-{at}.toml"), format!("name = {name}\n"));
        }
        let frameworks = self.random.between(1, 2);
        let mut elements = Vec::new();
        for at in 0..frameworks {
            elements.push(self.framework(at));
        }
        for at in 0..self.random.below(4) {
            let framework = self.random.below(frameworks);
            let (releases, is_named, elements) = &elements[framework];
            let organization = self.random.below(organizations);
            self.certification(at, (organization, framework), (*releases, *is_named), elements);
        }
        if frameworks == 2 && self.random.once_in(2) {
            let first = |framework: usize| {
                elements[framework].2.first().and_then(|element| element.ids[0].as_deref())
            };
            if let (Some(one), Some(other)) = (first(0), first(1)) {
                let relation = format!(
                    "name = \"Between\"\nfrom = {{ framework = \"fw-0\", release = \"1.0\" }}\nto = {{ framework = \"fw-1\", release = \"1.0\" }}\n\
                     [[link]]\nfrom = \"{one}\"\nto = \"{other}\"\nrelation = \"equal\"\n"
                );
                self.put("content/crosswalks/between.toml", relation);
            }
        }
        if self.random.once_in(4) {
            let name = self.name();
            self.put("content/translations/de/frameworks/fw-0/framework.toml", format!("name = {name}\n"));
        }
    }

    fn framework(&mut self, at: usize) -> (usize, bool, Vec<Element>) {
        let releases = self.random.between(1, 3);
        let is_named = self.random.once_in(3);
        let mut text = format!("name = {}\n", self.name());
        if self.random.once_in(2) {
            text.push_str("short_name = \"FW\"\nnoun = { one = \"control\", many = \"controls\" }\n");
        }
        for (place, release) in RELEASES[..releases].iter().enumerate() {
            let current = if place + 1 == releases { "current = true\n" } else { "" };
            write!(text, "[[release]]\nversion = \"{release}\"\n{current}").unwrap();
        }
        let has_domains = self.random.once_in(2);
        if has_domains {
            text.push_str("[[domain]]\nid = \"customer\"\nname = \"Customer\"\n[[domain]]\nid = \"service\"\nname = \"Service\"\n");
        }
        text.push_str(if is_named {
            "[[scale]]\nid = \"score\"\n[[scale.rating]]\nid = \"yes\"\nlabel = \"Yes\"\ntone = \"full\"\n[[scale.rating]]\nid = \"no\"\nlabel = \"No\"\ntone = \"none\"\n"
        } else {
            "[[scale]]\nid = \"score\"\nmin = 0\nmax = 5\nstep = 0.5\n[[scale.rating]]\nlabel = \"All\"\nfrom = 5\ntone = \"full\"\n[[scale.rating]]\nlabel = \"Some\"\nfrom = 0.5\ntone = \"partial\"\n"
        });
        self.put(format!("content/frameworks/fw-{at}/framework.toml"), text);
        let mut elements: Vec<Element> = Vec::new();
        let mut list = String::new();
        for number in 0..self.random.below(9) {
            let parent =
                if number > 0 && self.random.below(4) > 0 { Some(self.random.below(number)) } else { None };
            let parent = parent.filter(|parent| elements[*parent].level < 6);
            let element = Element {
                key: format!("e{number}"),
                level: parent.map_or(1, |parent| elements[parent].level + 1),
                parent,
                ids: self.ids(number, releases, parent.map(|parent| elements[parent].ids.as_slice())),
            };
            let record = self.element(&element, &elements, has_domains);
            if self.random.once_in(2) {
                let prose = self.prose();
                let path = format!("content/frameworks/fw-{at}/elements/{}.md", element.key);
                self.put(path, format!("+++\n{record}+++\n{prose}"));
            } else {
                let record = record.replace("[[history]]", "[[element.history]]");
                write!(list, "[[element]]\nkey = \"{}\"\n{record}", element.key).unwrap();
            }
            elements.push(element);
        }
        if !list.is_empty() {
            self.put(format!("content/frameworks/fw-{at}/elements/list.toml"), list);
        }
        (releases, is_named, elements)
    }

    /// The ids of an element: from some release on, at times with another number.
    fn ids(
        &mut self,
        number: usize,
        releases: usize,
        parent: Option<&[Option<String>]>,
    ) -> Vec<Option<String>> {
        let from = if parent.is_none() { 0 } else { self.random.below(releases) };
        let mut id = format!("{}", number + 1);
        (0..releases)
            .map(|release| {
                let is_there = release >= from && parent.is_none_or(|parent| parent[release].is_some());
                if is_there && release > from && self.random.once_in(3) {
                    id.push_str(".1");
                }
                is_there.then(|| id.clone())
            })
            .collect()
    }

    fn element(&mut self, element: &Element, others: &[Element], has_domains: bool) -> String {
        let mut text = format!("name = {}\nlevel = {}\n", self.name(), element.level);
        if let Some(parent) = element.parent {
            writeln!(text, "parent = \"{}\"", others[parent].key).unwrap();
        }
        if has_domains {
            writeln!(text, "domain = \"{}\"", self.random.pick(&["customer", "service"])).unwrap();
        }
        let mut known: Option<&String> = None;
        for (release, id) in element.ids.iter().enumerate() {
            let Some(id) = id else { continue };
            let change = match known {
                None => "addition",
                Some(known) if known != id => "renumbering",
                Some(_) => continue,
            };
            let version = RELEASES[release];
            write!(text, "[[history]]\nrelease = \"{version}\"\nchange = \"{change}\"\nid = \"{id}\"\n")
                .unwrap();
            known = Some(id);
        }
        text
    }

    fn certification(
        &mut self,
        at: usize,
        (organization, framework): (usize, usize),
        (releases, is_named): (usize, bool),
        elements: &[Element],
    ) {
        let release = self.random.below(releases);
        let mut text = format!(
            "organization = \"org-{organization}\"\nproduct = {}\nversion = \"1.{at}\"\nframework = \"fw-{framework}\"\nrelease = \"{}\"\n",
            self.name(),
            RELEASES[release],
        );
        text.push_str("completed = \"2024-05\"\nscale = \"score\"\nnotices = [\"notice\"]\n");
        let mut mapping = String::from(
            "[[scenario]]\nid = \"s\"\nname = \"S\"\n[[scenario.step]]\nid = \"S_1\"\nmode = \"AM\"\n",
        );
        for element in elements {
            let Some(id) = &element.ids[release] else { continue };
            if self.random.once_in(4) {
                continue;
            }
            let said = match self.random.below(4) {
                0 => "outcome = \"not-submitted\"".to_owned(),
                1 => "coverage = \"1/2\"".to_owned(),
                _ if is_named => format!("rating = \"{}\"", self.random.pick(&["yes", "no"])),
                _ => format!("score = {}", self.random.pick(&["0", "2.5", "4.5", "5", "0.5"])),
            };
            write!(text, "[[result]]\nelement = \"{id}\"\n{said}\n").unwrap();
            write!(mapping, "[[mapping]]\nelement = \"{id}\"\nscenario = \"s\"\n[[mapping.clause]]\npart = \"brief\"\ntext = \"T.\"\nsupport = \"full\"\nevidence = [\"S_1\"]\n").unwrap();
        }
        let folder = format!("content/certifications/cert-{at}");
        if self.random.once_in(2) {
            let prose = self.prose();
            self.put(format!("{folder}/certification.md"), format!("+++\n{text}+++\n{prose}"));
        } else {
            self.put(format!("{folder}/certification.toml"), text);
        }
        if self.random.once_in(3) {
            self.put(format!("{folder}/mapping.toml"), mapping);
        }
    }

    /// Makes something wrong, or at least odd.
    fn spoil(&mut self) {
        let at = self.random.below(self.files.len());
        let (path, text) = self.files[at].clone();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let line = self.random.below(lines.len().max(1)).min(lines.len().saturating_sub(1));
        let spoiled = match self.random.below(10) {
            0 if !lines.is_empty() => [&lines[..line], &lines[line + 1..]].concat().concat(),
            1 if !lines.is_empty() => [&lines[..=line], &lines[line..]].concat().concat(),
            2 => {
                let piece = self.random.pick(HOSTILE);
                [lines[..line].concat().as_str(), piece, "\n", &lines[line..].concat()].concat()
            }
            3 => {
                let end =
                    (0..=self.random.below(text.len() + 1)).rev().find(|end| text.is_char_boundary(*end));
                text[..end.unwrap_or(0)].to_owned()
            }
            4 => {
                let other = self.random.below(self.files.len());
                self.files[other].1.clone()
            }
            5 => {
                let name = self.random.pick(&[
                    "stray.md",
                    "content/stray.toml",
                    "content/pages/A b.md",
                    "content/pages/x/y.md",
                    "content/organizations/con.toml",
                    "content/certifications/cert-0/mapping/more.toml",
                ]);
                name.clone_into(&mut self.files[at].0);
                return;
            }
            6..8 => {
                // one more key, anywhere at the top, as the definition has it
                let Some(definition) = Kind::of(&path).definition() else { return };
                let key = definition.keys[self.random.below(definition.keys.len())];
                let mut more = String::new();
                self.key(&key, "", &mut more);
                let is_table = key.form.inner().is_some();
                match (text.strip_prefix("+++\n"), is_table) {
                    (Some(rest), false) => format!("+++\n{more}{rest}"),
                    (Some(rest), true) => match rest.rsplit_once("\n+++\n") {
                        Some((table, body)) => format!("+++\n{table}\n{more}+++\n{body}"),
                        None => format!("+++\n{more}{rest}"),
                    },
                    (None, false) => format!("{more}{text}"),
                    (None, true) => format!("{text}\n{more}"),
                }
            }
            _ => {
                // a whole record of what the definition allows
                let Some(definition) = Kind::of(&path).definition() else { return };
                let mut record = String::new();
                self.table(definition, "", &mut record);
                let body = self.prose();
                if text.starts_with("+++") { format!("+++\n{record}+++\n{body}") } else { record }
            }
        };
        self.files[at].1 = spoiled;
    }

    /// A table by its definition: all required keys and some of the others, plain values before tables.
    fn table(&mut self, definition: &Definition, path: &str, text: &mut String) {
        let (tables, values): (Vec<&Key>, Vec<&Key>) =
            definition.keys.iter().partition(|key| matches!(key.form, Form::Table(_) | Form::Tables(_)));
        for key in values.into_iter().chain(tables) {
            if self.random.below(10) < if key.is_required { 9 } else { 3 } {
                self.key(key, path, text);
            }
        }
    }

    fn key(&mut self, key: &Key, path: &str, text: &mut String) {
        let name = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        match key.form {
            Form::Table(inner) => {
                writeln!(text, "[{name}]").unwrap();
                self.table(inner, &name, text);
            }
            Form::Tables(inner) => {
                for _ in 0..self.random.between(1, 2) {
                    writeln!(text, "[[{name}]]").unwrap();
                    self.table(inner, &name, text);
                }
            }
            form => {
                let value = if self.is_wild && self.random.once_in(4) {
                    let wrong = [
                        "1",
                        "-1",
                        "true",
                        "[]",
                        "{}",
                        "[1]",
                        "nan",
                        "1e400",
                        "2017-02-30",
                        "'x'",
                        "99999999999999999999",
                    ];
                    self.random.pick(&wrong).to_owned()
                } else {
                    self.value(form, key.example)
                };
                writeln!(text, "{} = {value}", key.name).unwrap();
            }
        }
    }

    /// A value of a form; ids are those of the catalogue, in other places than they belong to.
    fn value(&mut self, form: Form, example: &str) -> String {
        const IDS: &[&str] = &[
            "e0",
            "e1",
            "e2",
            "fw-0",
            "fw-1",
            "org-0",
            "org-1",
            "cert-0",
            "notice",
            "page-0",
            "customer",
            "score",
            "no such id",
        ];
        let id = |random: &mut Random| quoted(random.pick(IDS));
        match form {
            Form::Id | Form::PageId => id(&mut self.random),
            Form::Ids | Form::Texts | Form::TextOrTexts | Form::IdOrIds => {
                format!("[{}, {}]", id(&mut self.random), id(&mut self.random))
            }
            Form::Text | Form::LongText | Form::AnyText => self.name(),
            Form::Prose => quoted(self.random.pick(PROSE)),
            Form::Integer(low, high) => {
                self.random.pick(&[low.to_string().as_str(), high.to_string().as_str(), "1", "2"]).to_owned()
            }
            Form::Decimal => {
                self.random.pick(&["0", "4.5", "-0.1", "3.14159265358979", "1000000"]).to_owned()
            }
            Form::Flag => self.random.pick(&["true", "false"]).to_owned(),
            Form::Word(words) => quoted(self.random.pick(&words())),
            Form::Words(words) => format!("[{}]", quoted(self.random.pick(&words()))),
            Form::Date => quoted(self.random.pick(&[
                "2017",
                "2017-02",
                "2017-02-14",
                "2017-13",
                "0000-01",
                "9999-12-31",
            ])),
            Form::Address | Form::SiteAddress => quoted(self.random.pick(&[
                "https://example.org/a?b=c&d",
                "mailto:x@example.org",
                "javascript:x",
                "http://[::1]/",
            ])),
            Form::Language => quoted(self.random.pick(&["de", "pt-BR", "x-klingon", "zz"])),
            Form::Coverage => quoted(self.random.pick(&["3/6", "7/6", "0/0", "99999999999/1"])),
            Form::FormerAddresses => {
                self.random.pick(&["[\"old/\"]", "[\"certifications/cert-0/\"]", "[\"../x/\"]"]).to_owned()
            }
            Form::Citations(_) => "[\"S_1\", \"S_1 - S_9 A\", { step = \"S_1\", mode = \"M\" }]".to_owned(),
            Form::Levels => "{ id-gap = \"error\", nothing = \"off\" }".to_owned(),
            Form::Table(_) | Form::Tables(_) => example.to_owned(),
        }
    }

    fn name(&mut self) -> String {
        if self.is_wild && self.random.once_in(3) {
            quoted(self.random.pick(HOSTILE))
        } else {
            quoted(self.random.pick(NAMES))
        }
    }

    fn prose(&mut self) -> String {
        // the last ones but one are those that are reported
        let all = if self.is_wild { PROSE.len() } else { 3 };
        PROSE[self.random.below(all)].to_owned()
    }
}
