//! Code in colours: a code block as HTML with a small set of classes.
//!
//! In comes the text of a block with the language its author named, out go escaped spans such as `<span class="hl-string">`.
//! The grammars are loaded when the first block with a language appears, and never where no text has one.

mod palette;

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::html::HtmlWriter;
use crate::limits::Limits;
pub use palette::CLASSES;
use palette::{Kind, SCOPES};

/// How many of the innermost scopes are looked at for a kind; code that nests deeper loses a colour, not time.
const SCOPES_LOOKED_AT: usize = 16;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);
static KINDS: LazyLock<Vec<(Scope, Kind)>> = LazyLock::new(|| {
    let scope = |name| Scope::new(name).expect("the names in the table are scopes");
    SCOPES.iter().map(|(name, kind)| (scope(name), *kind)).collect()
});

/// The language that the words after a fence name: the first word, lower-case, where it is a plain ASCII word.
pub fn language(fence: &str) -> Option<String> {
    let word = fence.split([' ', '\t', ',', '{']).next().unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+#-_.".contains(&byte);
    let fits = !word.is_empty() && word.len() <= 32 && word.bytes().all(is_plain);
    fits.then(|| word.to_ascii_lowercase())
}

/// Writes code with its kinds of words marked; without marks where the language is unknown or the code is too long.
/// Returns whether a grammar was at work, for callers that bound the total.
pub fn write(writer: &mut HtmlWriter, language: Option<&str>, code: &str, limits: &Limits) -> bool {
    let tokens = language.filter(|_| is_short(code, limits)).and_then(|language| {
        let syntax = SYNTAXES.find_syntax_by_token(language)?;
        tokens(syntax, code)
    });
    let Some(tokens) = tokens else {
        writer.text(code);
        return false;
    };
    let mut start = 0;
    for (end, kind) in tokens {
        write_token(writer, kind, &code[start..end]);
        start = end;
    }
    true
}

/// Whether code can be coloured in time: the patterns of some grammars need quadratic time for long lines.
fn is_short(code: &str, limits: &Limits) -> bool {
    let is_short = |line: &str| line.len() as u64 <= limits.coloured_line;
    code.len() as u64 <= limits.coloured_block && code.lines().all(is_short)
}

fn write_token(writer: &mut HtmlWriter, kind: Kind, text: &str) {
    if kind == Kind::Plain {
        writer.text(text);
    } else {
        writer.literal("<span class=\"").literal(kind.class()).literal("\">").text(text).literal("</span>");
    }
}

/// Where each run of one kind ends; `None` where the grammar fails on the code.
fn tokens(syntax: &SyntaxReference, code: &str) -> Option<Vec<(usize, Kind)>> {
    let mut runs = Runs::default();
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut line_start = 0;
    for line in LinesWithEndings::from(code) {
        for (at, change) in state.parse_line(line, &SYNTAXES).ok()? {
            runs.end_at(line_start + at, &scopes);
            scopes.apply(&change).ok()?;
        }
        line_start += line.len();
        runs.end_at(line_start, &scopes);
    }
    // a grammar that returns offsets within a character would make slicing panic
    let whole = runs.0.iter().all(|(end, _)| code.is_char_boundary(*end));
    whole.then_some(runs.0)
}

/// Neighbouring pieces of code of one kind, as one run each.
#[derive(Default)]
struct Runs(Vec<(usize, Kind)>);

impl Runs {
    fn end_at(&mut self, end: usize, scopes: &ScopeStack) {
        let start = self.0.last().map_or(0, |(end, _)| *end);
        if end <= start {
            return;
        }
        let kind = kind(scopes);
        match self.0.last_mut() {
            Some((last_end, last_kind)) if *last_kind == kind => *last_end = end,
            _ => self.0.push((end, kind)),
        }
    }
}

/// The kind of the innermost scope that the table names.
fn kind(scopes: &ScopeStack) -> Kind {
    let mut innermost = scopes.as_slice().iter().rev().take(SCOPES_LOOKED_AT);
    innermost.find_map(|scope| kind_of(*scope)).unwrap_or(Kind::Plain)
}

/// The first line of the table that fits a scope.
fn kind_of(scope: Scope) -> Option<Kind> {
    KINDS.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(language: &str, code: &str) -> String {
        let mut writer = HtmlWriter::default();
        write(&mut writer, Some(language), code, &Limits::default());
        writer.finish().as_str().to_owned()
    }

    #[test]
    fn reads_the_language_after_a_fence() {
        let cases = [
            ("toml", Some("toml")),
            ("Rust ignore", Some("rust")),
            ("c++", Some("c++")),
            ("rust,ignore", Some("rust")),
            ("", None),
            ("\"onload=x", None),
            ("tøml", None),
        ];
        for (fence, expected) in cases {
            assert_eq!(language(fence).as_deref(), expected, "{fence}");
        }
    }

    #[test]
    fn marks_the_words_of_a_language() {
        let toml = html("toml", "# note\nkey = \"<b>\"\n");
        assert!(toml.contains("<span class=\"hl-comment\"># note</span>"), "{toml}");
        assert!(toml.contains("hl-string"), "{toml}");
        assert!(toml.contains("&lt;b&gt;"), "{toml}");
        assert!(html("typescript", "let x: string = 'a'; // b").contains("hl-comment"));
        assert!(html("rs", "fn main() { let x = 1; }").contains("hl-keyword"));
    }

    #[test]
    fn shows_other_code_plainly() {
        assert_eq!(html("no-such-language", "a < b"), "a &lt; b");
        let long = "x".repeat(Limits::default().coloured_line as usize + 1);
        assert_eq!(html("rust", &long), long);
        let large = "fn\n".repeat(Limits::default().coloured_block as usize / 3 + 1);
        assert_eq!(html("rust", &large), large);
    }

    #[test]
    fn keeps_every_character() {
        let code = "fn f(\n) { \"é\u{0}𝄞\\q'\" /* … */\r\n  #!\u{2028}";
        for language in ["rust", "toml", "ts", "html", "json", "py", "sh", "md", "diff", "css", "cs", "xml"] {
            let html = html(language, code);
            let text: String =
                html.split('<').filter_map(|part| part.split_once('>').map(|part| part.1)).collect();
            let before = html.split('<').next().unwrap_or_default();
            let mut expected = HtmlWriter::default();
            expected.text(code);
            assert_eq!(format!("{before}{text}"), expected.finish().as_str(), "{language}");
        }
    }
}
