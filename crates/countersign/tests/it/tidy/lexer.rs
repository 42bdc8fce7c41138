//! Just enough of Rust's grammar to tell code from comments and literals.

/// A source with its comments and literals taken out.
pub struct Lexed {
    /// The same text with comments and the insides of literals replaced by spaces.
    pub code: String,
    /// Every string literal and the line (from 1) it begins on.
    pub literals: Vec<(usize, String)>,
}

/// Takes a source apart.
pub fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer { rest: text, code: String::new(), literals: Vec::new(), line: 1 };
    while !lexer.rest.is_empty() {
        lexer.step();
    }
    Lexed { code: lexer.code, literals: lexer.literals }
}

struct Lexer<'a> {
    rest: &'a str,
    code: String,
    literals: Vec<(usize, String)>,
    line: usize,
}

impl Lexer<'_> {
    fn step(&mut self) {
        if self.rest.starts_with("//") {
            let length = self.rest.find('\n').unwrap_or(self.rest.len());
            self.blank(length);
        } else if self.rest.starts_with("/*") {
            let length = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
            self.blank(length);
        } else if let Some(hashes) = raw(self.rest, &self.code) {
            self.raw_literal(hashes);
        } else if self.rest.starts_with('"') {
            self.literal();
        } else if let Some(length) = character(self.rest) {
            self.blank(length);
        } else {
            let length = self.rest.chars().next().map_or(1, char::len_utf8);
            self.keep(length);
        }
    }

    fn keep(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.code.push_str(taken);
        self.rest = rest;
    }

    fn blank(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.code.extend(taken.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        self.rest = rest;
    }

    fn literal(&mut self) {
        let mut escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| {
            let closes = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            closes
        });
        let end = end.map_or(self.rest.len(), |(at, _)| at);
        self.finish(1, end, 1);
    }

    fn raw_literal(&mut self, hashes: usize) {
        let opening = hashes + 2;
        let closing = format!("\"{}", "#".repeat(hashes));
        let end = self.rest[opening..].find(&closing).map_or(self.rest.len(), |at| opening + at);
        self.finish(opening, end, closing.len());
    }

    /// Notes the literal and keeps its quotes, so that the code still shows that one stood here.
    fn finish(&mut self, from: usize, to: usize, closing: usize) {
        self.literals.push((self.line, self.rest[from..to].to_owned()));
        self.keep(from);
        self.blank(to - from);
        self.keep(closing.min(self.rest.len()));
    }
}

/// The number of hashes when a raw string begins here.
fn raw(rest: &str, before: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    // `for"` is no raw string: the letter before belongs to a name.
    let in_name = before.ends_with(|c: char| (c.is_alphanumeric() && c != 'b') || c == '_');
    (after[hashes..].starts_with('"') && !in_name).then_some(hashes)
}

/// The length of a character literal that begins here; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        let skipped = escape.chars().next()?.len_utf8();
        return Some(escape[skipped..].find('\'')? + skipped + 3);
    }
    let one = inside.chars().next()?.len_utf8();
    inside[one..].starts_with('\'').then_some(one + 2)
}

#[test]
fn comments_and_literals_are_told_from_code() {
    let source =
        "let a = \"x // \\\" y\"; // SELECT\nlet c = '\"'; let r = r#\"q \"z\"#;\nfor<'a> b'\\''";
    let lexed = lex(source);
    assert_eq!(lexed.literals, [(1, "x // \\\" y".to_owned()), (2, "q \"z".to_owned())]);
    assert!(
        !lexed.code.contains("SELECT") && !lexed.code.contains('q') && !lexed.code.contains('z')
    );
    assert!(lexed.code.contains("for<'a> b"), "{}", lexed.code);
    assert_eq!(lexed.code.lines().count(), source.lines().count());
}
