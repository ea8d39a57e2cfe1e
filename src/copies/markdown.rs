//! Markdown in which no text of a record is markup, by type.
//!
//! In come literals of this program and texts, out goes a document; a text is escaped for the place where it stands.
//! A text never begins a list, a heading or a quote, and never ends its line.

/// Builds Markdown from literals and escaped texts.
#[derive(Debug, Default)]
pub struct MarkdownWriter(String);

/// What can begin or end markup wherever it stands (CommonMark, and tables, strikethrough and footnotes besides).
fn is_markup(letter: char) -> bool {
    matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '!')
}

impl MarkdownWriter {
    /// Markup that is part of this program.
    pub fn literal(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// A text on one line, wherever it stands: where it begins a block, what would make another block of it is escaped too.
    pub fn text(&mut self, text: &str) -> &mut Self {
        let text = text.trim();
        let mut rest = text;
        if self.begins_block() {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let (number, after) = text.split_at(digits);
            self.0.push_str(number);
            if after.starts_with(['-', '+', '=', ':']) || digits > 0 && after.starts_with(['.', ')']) {
                self.0.push('\\');
            }
            rest = after;
        }
        let mut was_space = false;
        for letter in rest.chars() {
            let is_space = letter.is_whitespace() || letter.is_control();
            if is_space {
                if !was_space {
                    self.0.push(' ');
                }
            } else {
                match letter {
                    // what reads no Markdown sees no tag either
                    '<' => self.0.push_str("&lt;"),
                    '>' => self.0.push_str("&gt;"),
                    '&' => self.0.push_str("&amp;"),
                    _ if is_markup(letter) => self.0.extend(['\\', letter]),
                    _ => self.0.push(letter),
                }
            }
            was_space = is_space;
        }
        self
    }

    /// Whether what is written next is the first of a paragraph, or of an item of a list.
    fn begins_block(&self) -> bool {
        let line = self.0.rsplit('\n').next().unwrap_or_default();
        line.is_empty() || line == "- " || line == "> "
    }

    /// A link; the address is one that was allowed, or one of the site's own.
    pub fn link(&mut self, address: &str, text: &str) -> &mut Self {
        self.0.push('[');
        self.text(text);
        self.0.push_str("](<");
        for letter in address.chars() {
            match letter {
                '<' => self.0.push_str("%3C"),
                '>' => self.0.push_str("%3E"),
                '\\' => self.0.push_str("%5C"),
                '&' => self.0.push_str("&amp;"),
                _ if letter.is_control() => {}
                _ => self.0.push(letter),
            }
        }
        self.0.push_str(">)");
        self
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.0
    }
}
