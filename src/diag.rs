//! Diagnostics: taken from the context as data, printed as `mlir-opt` prints them.
//!
//! `file:line:col: error: text`, the source line, a caret, then the notes. The order and the choice of
//! location follow MLIR's `SourceMgrDiagnosticHandler`.

use crate::{
    assembly::Origins,
    ffi::tool::{ANONYMOUS, LocationTree, location_tree},
};
use melior::{
    Context,
    diagnostic::{Diagnostic as Raw, DiagnosticHandlerId, DiagnosticSeverity},
};
use std::{
    collections::HashMap,
    fmt::{self, Write as _},
    io::Write as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    Error,
    Warning,
    Remark,
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Remark => "remark",
            Self::Note => "note",
        })
    }
}

/// A place in a file. Lines and columns count from 1; 0 means unknown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    pub file: String,
    pub line: usize,
    pub column: usize,
}

/// What a diagnostic points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    File(Position),
    /// A location without a file, as text.
    Other(String),
    Unknown,
}

impl Place {
    /// The position, when there is a file.
    pub fn position(&self) -> Option<&Position> {
        match self {
            Self::File(position) => Some(position),
            _ => None,
        }
    }
}

/// One diagnostic, its call stack and its notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub place: Place,
    pub message: String,
    /// The callers of a call-site location, innermost first.
    pub called_from: Vec<Place>,
    pub notes: Vec<Diagnostic>,
}

impl Diagnostic {
    /// A diagnostic without a stack or notes.
    pub fn new(severity: Severity, place: Place, message: impl Into<String>) -> Self {
        Self { severity, place, message: message.into(), called_from: vec![], notes: vec![] }
    }

    fn from_raw(raw: &Raw<'_>) -> Self {
        let severity = match raw.severity() {
            DiagnosticSeverity::Error => Severity::Error,
            DiagnosticSeverity::Warning => Severity::Warning,
            DiagnosticSeverity::Remark => Severity::Remark,
            DiagnosticSeverity::Note => Severity::Note,
        };
        let location = raw.location();
        let tree = location_tree(location);
        let mut called_from = vec![];
        let mut caller = call_site(&tree);
        while let Some(site) = caller
            && called_from.len() < CALL_STACK_LIMIT
        {
            if let Some(shown) = shown(site) {
                called_from.push(place(shown, ""));
            }
            caller = call_site(site);
        }
        Self {
            severity,
            place: place(shown(&tree).unwrap_or(&tree), &text_of(&location)),
            message: text_of(raw),
            called_from,
            notes: (0..raw.note_count())
                .filter_map(|index| raw.note(index).ok())
                .map(|note| Self::from_raw(&note))
                .collect(),
        }
    }

    /// Gives the file [`ANONYMOUS`] its name, and the places in it their origins, in the notes too.
    fn rename(&mut self, name: &str, origins: &Origins) {
        for place in std::iter::once(&mut self.place).chain(&mut self.called_from) {
            if let Place::File(position) = place
                && position.file == ANONYMOUS
            {
                name.clone_into(&mut position.file);
                (position.line, position.column) = origins.of((position.line, position.column));
            }
        }
        for note in &mut self.notes {
            note.rename(name, origins);
        }
    }
}

const CALL_STACK_LIMIT: usize = 10;

/// What MLIR prints, as far as it is UTF-8: names in a module may be any bytes.
fn text_of(printed: &impl fmt::Display) -> String {
    let mut text = String::new();
    if write!(text, "{printed}").is_err() {
        text.push_str("\u{fffd} (the rest is not UTF-8)");
    }
    text
}

/// Writes to standard error. A reader that has gone is no error.
pub fn say(text: fmt::Arguments<'_>) {
    let _ = std::io::stderr().write_fmt(text);
}

/// The caller of the first call site in a location.
fn call_site(tree: &LocationTree) -> Option<&LocationTree> {
    match tree {
        LocationTree::CallSite { caller, .. } => Some(caller),
        LocationTree::Name { child, .. } => call_site(child),
        LocationTree::Fused(parts) => parts.iter().find_map(call_site),
        _ => None,
    }
}

/// The part of a location that is worth showing.
fn shown(tree: &LocationTree) -> Option<&LocationTree> {
    match tree {
        LocationTree::CallSite { callee, .. } => shown(callee),
        LocationTree::Fused(parts) => parts.iter().find_map(shown),
        LocationTree::Name { child, .. } => shown(child),
        LocationTree::Unknown => None,
        LocationTree::File { .. } | LocationTree::Other => Some(tree),
    }
}

fn place(tree: &LocationTree, text: &str) -> Place {
    match tree {
        LocationTree::File { name, line, column } => {
            Place::File(Position { file: name.clone(), line: *line, column: *column })
        }
        LocationTree::Unknown => Place::Unknown,
        _ => Place::Other(text.into()),
    }
}

/// Hands every diagnostic of a context to `sink`, until the handler is detached or the context dies.
pub fn attach(context: &Context, mut sink: impl FnMut(Diagnostic) + 'static) -> DiagnosticHandlerId {
    context.attach_diagnostic_handler(move |raw| {
        sink(Diagnostic::from_raw(&raw));
        true
    })
}

/// Source text by file name, for the lines that diagnostics show.
#[derive(Debug, Default)]
pub struct Sources {
    /// Splits at newlines; `None` is a file that cannot be read.
    files: HashMap<String, Option<Vec<Vec<u8>>>>,
    /// The file that [`ANONYMOUS`] stands for: the last one added.
    current: Option<String>,
    /// Where in that file the text is from that is parsed.
    origins: Arc<Origins>,
}

impl Sources {
    /// Adds text that is already in memory. The file name [`ANONYMOUS`] means it from now on.
    pub fn add(&mut self, name: &str, text: &[u8]) {
        let lines = text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        self.files.insert(name.into(), Some(lines));
        self.current = Some(name.into());
        self.origins = Arc::default();
    }

    /// Says that the parser gets another text than the one last added, whose parts are from these places of it.
    pub fn rewritten(&mut self, origins: &Arc<Origins>) {
        self.origins = Arc::clone(origins);
    }

    /// Gives the parser's anonymous source its name, and its places their origins.
    pub fn name(&self, diagnostic: &mut Diagnostic) {
        if let Some(current) = &self.current {
            diagnostic.rename(current, &self.origins);
        }
    }

    fn line(&mut self, position: &Position) -> Option<&[u8]> {
        let lines = self
            .files
            .entry(position.file.clone())
            .or_insert_with_key(|name| {
                let text = std::fs::read(name).ok()?;
                Some(text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect())
            })
            .as_ref()?;
        let line = lines.get(position.line.checked_sub(1)?)?;
        (position.column >= 1 && position.column <= line.len() + 1).then_some(line.as_slice())
    }

    /// A diagnostic as `mlir-opt` prints it, ending in a newline.
    pub fn render(&mut self, diagnostic: &Diagnostic) -> String {
        self.render_span(diagnostic, 1)
    }

    /// As [`Self::render`], with `width` columns of the source line marked.
    pub fn render_span(&mut self, diagnostic: &Diagnostic, width: usize) -> String {
        let mut text = String::new();
        self.entry(&mut text, &diagnostic.place, diagnostic.severity, &diagnostic.message, Some(width));
        for caller in &diagnostic.called_from {
            self.entry(&mut text, caller, Severity::Note, "called from", Some(1));
        }
        let mut previous = diagnostic.called_from.last().unwrap_or(&diagnostic.place);
        for note in &diagnostic.notes {
            let width = (*previous != note.place).then_some(1);
            self.entry(&mut text, &note.place, note.severity, &note.message, width);
            previous = &note.place;
        }
        text
    }

    fn entry(&mut self, text: &mut String, place: &Place, severity: Severity, message: &str, width: Option<usize>) {
        match place {
            Place::Unknown => text.push_str(&format!("<unknown>:0: {severity}: {message}\n")),
            Place::Other(location) => text.push_str(&format!("<unknown>:0: {severity}: {location}: {message}\n")),
            Place::File(position) => {
                let Position { file, line, column } = position;
                text.push_str(&format!("{file}:{line}:{column}: {severity}: {message}\n"));
                if let (Some(width), Some(source)) = (width, self.line(position)) {
                    excerpt(text, source, *column, width);
                }
            }
        }
    }
}

/// Appends a source line and a caret under `column`, `width` columns wide.
fn excerpt(text: &mut String, line: &[u8], column: usize, width: usize) {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if !line.is_ascii() {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
        return;
    }
    let mut shown = String::new();
    let mut caret = 0;
    for (index, byte) in line.iter().chain(std::iter::once(&b'\n')).enumerate() {
        if index + 1 == column {
            caret = shown.len();
        }
        match byte {
            b'\t' => shown.push_str(&" ".repeat(8 - shown.len() % 8)),
            b'\n' => {}
            byte => shown.push(char::from(*byte)),
        }
    }
    text.push_str(&format!("{shown}\n{}^{}\n", " ".repeat(caret), "~".repeat(width.saturating_sub(1))));
}

#[derive(Debug, Default)]
struct Collected {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
}

/// Keeps the diagnostics of a context until they are taken.
#[derive(Clone, Debug, Default)]
pub struct Collector(Arc<Mutex<Collected>>);

impl Collector {
    /// Starts collecting, until the handler is detached or the context dies.
    pub fn attach(context: &Context) -> (Self, DiagnosticHandlerId) {
        let collector = Self::default();
        let sink = collector.clone();
        let handler = attach(context, move |mut diagnostic| {
            let mut collected = sink.lock();
            collected.sources.name(&mut diagnostic);
            collected.diagnostics.push(diagnostic);
        });
        (collector, handler)
    }

    fn lock(&self) -> MutexGuard<'_, Collected> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds the text of a file that is about to be parsed.
    pub fn add_source(&self, name: &str, text: &[u8]) {
        self.lock().sources.add(name, text);
    }

    /// As [`Sources::rewritten`].
    pub fn rewritten(&self, origins: &Arc<Origins>) {
        self.lock().sources.rewritten(origins);
    }

    /// Takes the diagnostics as data.
    pub fn drain(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.lock().diagnostics)
    }

    /// Takes the diagnostics as text; empty when there are none.
    pub fn take(&self) -> String {
        let collected = &mut *self.lock();
        std::mem::take(&mut collected.diagnostics)
            .iter()
            .map(|diagnostic| collected.sources.render(diagnostic))
            .collect()
    }

    /// A diagnostic as text, with the source line when it is known.
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        self.lock().sources.render(diagnostic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: usize, column: usize) -> Place {
        Place::File(Position { file: "a.mlir".into(), line, column })
    }

    fn render(text: &[u8], place: Place) -> String {
        let mut sources = Sources::default();
        sources.add("a.mlir", text);
        sources.render(&Diagnostic::new(Severity::Error, place, "bad"))
    }

    #[test]
    fn caret_stands_under_the_column() {
        assert_eq!(render(b"one\n two\n", at(2, 2)), "a.mlir:2:2: error: bad\n two\n ^\n");
    }

    #[test]
    fn tabs_are_expanded_as_llvm_does() {
        assert_eq!(render(b"\treturn", at(1, 2)), "a.mlir:1:2: error: bad\n        return\n        ^\n");
    }

    #[test]
    fn a_line_past_ascii_has_no_caret() {
        assert_eq!(render("\u{e4}x".as_bytes(), at(1, 1)), "a.mlir:1:1: error: bad\n\u{e4}x\n");
    }

    #[test]
    fn a_position_outside_the_file_has_no_excerpt() {
        assert_eq!(render(b"one", at(0, 0)), "a.mlir:0:0: error: bad\n");
        assert_eq!(render(b"one", at(9, 1)), "a.mlir:9:1: error: bad\n");
        assert_eq!(render(b"one", Place::Unknown), "<unknown>:0: error: bad\n");
    }

    #[test]
    fn a_note_at_the_same_place_repeats_no_line() {
        let mut sources = Sources::default();
        sources.add("a.mlir", b"one");
        let mut diagnostic = Diagnostic::new(Severity::Error, at(1, 1), "bad");
        diagnostic.notes = vec![Diagnostic::new(Severity::Note, at(1, 1), "why")];
        let text = sources.render(&diagnostic);
        assert_eq!(text, "a.mlir:1:1: error: bad\none\n^\na.mlir:1:1: note: why\n");
    }
}
