//! `--verify-diagnostics`: diagnostics against the comments that foretell them.
//!
//! `// expected-error@+1 {{part of the message}}`, with `-warning`, `-remark` and `-note`, `-re` for
//! regular expressions in inner `{{..}}`, and `@+N`, `@-N`, `@above`, `@below`, `@unknown`.

use crate::diag::{Diagnostic, Place, Position, Severity};
use regex::Regex;
use std::sync::LazyLock;

/// What to do about a diagnostic that no comment foretells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unexpected {
    Refuse,
    Ignore,
}

#[derive(Debug)]
struct Expected {
    severity: Severity,
    /// `None` is a diagnostic without a place.
    line: Option<usize>,
    text: String,
    pattern: Option<Regex>,
    /// Where the comment is.
    position: Position,
    found: bool,
}

/// What went against the comments.
#[derive(Clone, Debug)]
pub struct Fault {
    pub diagnostic: Diagnostic,
    /// How much of the line it is about.
    pub width: usize,
}

/// The comments of one file, and what went against them so far.
#[derive(Debug)]
pub struct Expectations {
    file: String,
    unexpected: Unexpected,
    expected: Vec<Expected>,
    faults: Vec<Fault>,
}

static COMMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"expected-(error|note|remark|warning)(-re)? *(@([+-][0-9]+|above|below|unknown))? *\{\{(.*)\}\}$";
    Regex::new(pattern).ok()
});

impl Expectations {
    /// Reads the comments of a file.
    pub fn new(file: &str, text: &[u8], unexpected: Unexpected) -> Self {
        let mut own = Self { file: file.into(), unexpected, expected: vec![], faults: vec![] };
        // Comments that wait for the next line without one.
        let mut below = vec![];
        let mut last_plain = 1;
        for (index, line) in String::from_utf8_lossy(text).split('\n').enumerate() {
            let line = line.trim_end();
            let number = index + 1;
            let Some(groups) = COMMENT.as_ref().and_then(|comment| comment.captures(line)) else {
                for index in below.drain(..) {
                    let expected: &mut Expected = &mut own.expected[index];
                    expected.line = Some(number);
                }
                last_plain = number;
                continue;
            };
            let severity = match &groups[1] {
                "error" => Severity::Error,
                "warning" => Severity::Warning,
                "remark" => Severity::Remark,
                _ => Severity::Note,
            };
            let column = groups.get(0).map_or(0, |all| all.start()) + 1;
            let position = Position { file: file.into(), line: number, column };
            let text = groups[5].to_owned();
            let mut target = Some(number);
            match groups.get(4).map(|group| group.as_str()) {
                None => {}
                Some("above") => target = Some(last_plain),
                Some("below") => below.push(own.expected.len()),
                Some("unknown") => target = None,
                Some(offset) => match offset.parse::<isize>().ok().and_then(|offset| number.checked_add_signed(offset))
                {
                    Some(line) => target = Some(line),
                    None => own.fault(position.clone(), "the expected line is outside of the file".into()),
                },
            }
            let pattern = match groups.get(2).map(|_| pattern(&text)) {
                None => None,
                Some(Ok(pattern)) => Some(pattern),
                Some(Err(error)) => {
                    own.fault(position.clone(), format!("invalid regular expression: {error}"));
                    continue;
                }
            };
            own.expected.push(Expected { severity, line: target, text, pattern, position, found: false });
        }
        own
    }

    fn fault(&mut self, position: Position, message: String) {
        let diagnostic = Diagnostic::new(Severity::Error, Place::File(position), message);
        self.faults.push(Fault { diagnostic, width: 1 });
    }

    /// Compares a diagnostic and its notes with the comments.
    pub fn see(&mut self, diagnostic: &Diagnostic) {
        self.see_one(diagnostic);
        for note in &diagnostic.notes {
            // `mlir-opt` turns these off here; through the C API they cannot be.
            if !note.message.starts_with("see current operation:") {
                self.see_one(note);
            }
        }
    }

    fn see_one(&mut self, diagnostic: &Diagnostic) {
        let Diagnostic { severity, place, message, .. } = diagnostic;
        let line = place.position().map(|position| position.line);
        let here = place.position().is_none_or(|position| position.file == self.file);
        let mut candidates: Vec<_> = self.expected.iter_mut().collect();
        candidates.retain(|expected| here && expected.line == line && expected.matches(message));
        // One comment stands for all diagnostics that it matches, as upstream has it.
        if let Some(expected) = candidates.iter_mut().find(|expected| expected.severity == *severity) {
            expected.found = true;
            return;
        }
        if self.unexpected == Unexpected::Ignore {
            return;
        }
        let (place, text) = match candidates.first() {
            Some(near) => (
                Place::File(near.position.clone()),
                format!("'{severity}' diagnostic emitted when expecting a '{}'", near.severity),
            ),
            None => (place.clone(), format!("unexpected {severity}: {message}")),
        };
        self.faults.push(Fault { diagnostic: Diagnostic::new(Severity::Error, place, text), width: 1 });
    }

    /// What went against the comments: empty when all of it was as foretold.
    pub fn finish(mut self) -> Vec<Fault> {
        for expected in self.expected.iter().filter(|expected| !expected.found) {
            let message = format!("expected {} \"{}\" was not produced", expected.severity, expected.text);
            let place = Place::File(expected.position.clone());
            let diagnostic = Diagnostic::new(Severity::Error, place, message);
            self.faults.push(Fault { diagnostic, width: expected.text.len() });
        }
        self.faults
    }
}

impl Expected {
    fn matches(&self, message: &str) -> bool {
        match &self.pattern {
            Some(pattern) => pattern.is_match(message),
            None => message.contains(&self.text),
        }
    }
}

/// A regular expression from text with expressions in `{{..}}`.
fn pattern(text: &str) -> Result<Regex, String> {
    let mut source = String::new();
    let mut rest = text;
    while let Some((plain, tail)) = rest.split_once("{{") {
        let (inner, tail) = tail.split_once("}}").ok_or("found start of regex with no end '}}'")?;
        source.push_str(&regex::escape(plain));
        source.push_str(&format!("({inner})"));
        rest = tail;
    }
    source.push_str(&regex::escape(rest));
    Regex::new(&source).map_err(|error| error.to_string().replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: usize, severity: Severity, message: &str) -> Diagnostic {
        let place = Place::File(Position { file: "f".into(), line, column: 1 });
        Diagnostic::new(severity, place, message)
    }

    fn faults(text: &str, seen: &[Diagnostic]) -> Vec<String> {
        let mut expectations = Expectations::new("f", text.as_bytes(), Unexpected::Refuse);
        seen.iter().for_each(|diagnostic| expectations.see(diagnostic));
        expectations.finish().into_iter().map(|fault| fault.diagnostic.message).collect()
    }

    #[test]
    fn places() {
        let text = "x // expected-error {{a}}\n// expected-warning@+1 {{b}}\ny\n// expected-note @above {{c}}\n\
                    // expected-remark@below {{d}}\n// expected-error@-1 {{e}}\nz\n// expected-error@unknown {{f}}";
        let seen = [
            at(1, Severity::Error, "an a"),
            at(3, Severity::Warning, "b"),
            at(3, Severity::Note, "c"),
            at(7, Severity::Remark, "d"),
            at(5, Severity::Error, "e"),
            Diagnostic::new(Severity::Error, Place::Unknown, "f"),
        ];
        assert_eq!(faults(text, &seen), Vec::<String>::new());
    }

    #[test]
    fn a_comment_stands_for_all_that_it_matches() {
        let seen = [at(1, Severity::Error, "a"), at(1, Severity::Error, "a"), at(1, Severity::Error, "b")];
        assert_eq!(faults("// expected-error {{a}}", &seen), ["unexpected error: b"]);
    }

    #[test]
    fn another_severity_is_named() {
        let faults = faults("// expected-warning {{a}}", &[at(1, Severity::Error, "a")]);
        assert_eq!(
            faults,
            ["'error' diagnostic emitted when expecting a 'warning'", "expected warning \"a\" was not produced"]
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(faults("// expected-note {{a}}", &[]), ["expected note \"a\" was not produced"]);
    }

    #[test]
    fn regular_expressions_are_inside_braces_only() {
        let seen = [at(1, Severity::Error, "has 12 (twelve)")];
        assert_eq!(faults("// expected-error-re {{has {{[0-9]+}} (}}", &seen), Vec::<String>::new());
        assert!(faults("// expected-error-re {{has {{[}} x}}", &[])[0].contains("invalid regular expression"));
    }
}
