//! Tokens of MLIR text, as far as finding operations in it takes.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `tensor`, `arith.addf`, `true`
    Word,
    /// `%value`, `%3#1`
    Value,
    /// `12`, `2x64xi64`
    Number,
    /// `!type`, also without the brackets that may follow
    Type,
    /// `->`
    Arrow,
    /// One byte of punctuation.
    Mark(u8),
    /// Anything else: strings, `#attribute`, `@symbol`, `^block`, `>=`, `{-#`.
    Other,
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// Reads tokens one by one; spaces and comments are skipped. Any bytes are some tokens.
#[derive(Clone, Debug)]
pub struct Lexer<'t> {
    text: &'t [u8],
    at: usize,
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.')
}

const fn is_suffix(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

impl<'t> Lexer<'t> {
    /// From the start of a text.
    pub const fn new(text: &'t [u8]) -> Self {
        Self { text, at: 0 }
    }

    /// The bytes of a token.
    pub fn bytes(&self, token: Token) -> &'t [u8] {
        &self.text[token.start..token.end]
    }

    /// The end of the last token that was read.
    pub const fn offset(&self) -> usize {
        self.at
    }

    /// The next token, which stays the next one.
    pub fn peek(&self) -> Option<Token> {
        self.clone().next()
    }

    /// Where `accept` first fails, from `at` on.
    fn run(&self, at: usize, accept: impl Fn(u8) -> bool) -> usize {
        self.text[at..].iter().position(|byte| !accept(*byte)).map_or(self.text.len(), |length| at + length)
    }

    fn skip(&mut self) {
        loop {
            self.at = self.run(self.at, |byte| byte.is_ascii_whitespace());
            if !self.text[self.at..].starts_with(b"//") {
                return;
            }
            self.at = self.run(self.at, |byte| byte != b'\n');
        }
    }

    /// The end of a string whose quote is at `at`: after the closing quote, or at the end of the line without one.
    fn string(&self, mut at: usize) -> usize {
        loop {
            at += 1;
            match self.text.get(at) {
                None | Some(b'\n') => return at,
                Some(b'"') => return at + 1,
                Some(b'\\') if self.text.get(at + 1).is_some_and(|byte| *byte != b'\n') => at += 1,
                Some(_) => {}
            }
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip();
        let start = self.at;
        let first = *self.text.get(start)?;
        let rest = &self.text[start..];
        let (kind, end) = match first {
            b'"' => (Kind::Other, self.string(start)),
            b'%' => {
                let end = self.run(start + 1, is_suffix);
                let numbered = self.text.get(end) == Some(&b'#');
                (Kind::Value, if numbered { self.run(end + 1, |byte| byte.is_ascii_digit()) } else { end })
            }
            b'!' => (Kind::Type, self.run(start + 1, is_word)),
            b'^' => (Kind::Other, self.run(start + 1, is_suffix)),
            b'@' if rest.get(1) == Some(&b'"') => (Kind::Other, self.string(start + 1)),
            b'@' => (Kind::Other, self.run(start + 1, is_suffix)),
            b'#' if rest.starts_with(b"#-}") => (Kind::Other, start + 3),
            b'#' => (Kind::Other, self.run(start + 1, is_word)),
            b'{' if rest.starts_with(b"{-#") => (Kind::Other, start + 3),
            b'-' if rest.get(1) == Some(&b'>') => (Kind::Arrow, start + 2),
            b'>' | b'<' | b'=' if rest.get(1) == Some(&b'=') => (Kind::Other, start + 2),
            b'0'..=b'9' => (Kind::Number, self.run(start, is_word)),
            _ if is_word(first) => (Kind::Word, self.run(start, is_word)),
            _ => (Kind::Mark(first), start + 1),
        };
        self.at = end;
        Some(Token { kind, start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        Lexer::new(text.as_bytes()).map(|token| (token.kind, &text[token.start..token.end])).collect()
    }

    #[test]
    fn comments_and_strings_hide_what_is_in_them() {
        let found = kinds("a // b {\n\"c } \\\" d\" {");
        assert_eq!(found, [(Kind::Word, "a"), (Kind::Other, "\"c } \\\" d\""), (Kind::Mark(b'{'), "{")]);
    }

    #[test]
    fn an_open_string_ends_with_its_line() {
        assert_eq!(kinds("\"a\nb"), [(Kind::Other, "\"a"), (Kind::Word, "b")]);
        assert_eq!(kinds("\"a\\"), [(Kind::Other, "\"a\\")]);
    }

    #[test]
    fn signs_are_told_from_brackets() {
        let found = kinds("%r:2 = <(d0) -> (d0 >= 0)> ^bb0 %4#0 -1");
        let marks: Vec<_> = found.iter().map(|(_, text)| *text).collect();
        assert_eq!(
            marks,
            ["%r", ":", "2", "=", "<", "(", "d0", ")", "->", "(", "d0", ">=", "0", ")", ">", "^bb0", "%4#0", "-", "1"]
        );
    }
}
