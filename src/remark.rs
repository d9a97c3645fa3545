//! Remarks: what a pass recognized, what it refused, and why.
//!
//! MLIR's C API emits errors only, so remarks have a channel of their own. Inside [`collect`] they
//! are gathered; outside they go to standard error in the shape of an MLIR diagnostic.

use crate::diag::{Place, Position};
use melior::ir::Location;
use serde::Serialize;
use std::{cell::RefCell, fmt};

/// Whether a transformation was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A transformation was applied.
    Passed,
    /// A candidate was refused.
    Missed,
    /// A fact worth knowing.
    Analysis,
}

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    pub kind: Kind,
    /// The pass that says it.
    pub pass: &'static str,
    /// `file:line:col`, or `unknown`.
    pub location: String,
    pub message: String,
    /// The same as data, where a pass has more to say than fits a line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<serde_json::Value>,
}

impl Remark {
    /// The location, taken apart.
    pub fn place(&self) -> Place {
        let mut parts = self.location.rsplitn(3, ':');
        let (column, line, file) = (parts.next(), parts.next(), parts.next());
        let number = |text: Option<&str>| text.and_then(|text| text.parse().ok());
        match (file, number(line), number(column)) {
            (Some(file), Some(line), Some(column)) => Place::File(Position { file: file.into(), line, column }),
            _ => Place::Unknown,
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: remark: [{}] {}", self.location, self.pass, self.message)
    }
}

thread_local! {
    static SINKS: RefCell<Vec<Vec<Remark>>> = const { RefCell::new(vec![]) };
}

/// Emits a remark at a location.
pub fn emit(location: Location<'_>, kind: Kind, pass: &'static str, message: impl Into<String>) {
    emit_with(location, kind, pass, message, None);
}

/// As [`emit`], with the same as data.
pub fn emit_with(
    location: Location<'_>,
    kind: Kind,
    pass: &'static str,
    message: impl Into<String>,
    detail: Option<serde_json::Value>,
) {
    let remark = Remark { kind, pass, location: position(location), message: message.into(), detail };
    let stray = SINKS.with_borrow_mut(|sinks| match sinks.last_mut() {
        Some(sink) => {
            sink.push(remark.clone());
            false
        }
        None => true,
    });
    if stray {
        crate::diag::say(format_args!("{remark}\n"));
    }
}

/// Gives remarks that were gathered to whoever gathers around.
pub fn pass_on(remarks: Vec<Remark>) {
    SINKS.with_borrow_mut(|sinks| {
        if let Some(sink) = sinks.last_mut() {
            sink.extend(remarks);
        }
    });
}

/// Runs `body` and returns what it emitted on this thread.
pub fn collect<T>(body: impl FnOnce() -> T) -> (T, Vec<Remark>) {
    SINKS.with_borrow_mut(|sinks| sinks.push(vec![]));
    let result = body();
    let remarks = SINKS.with_borrow_mut(|sinks| sinks.pop().unwrap_or_default());
    (result, remarks)
}

/// The name of the locations of what is computed for a fused op, and is no operation of the source.
pub const OPERAND: &str = "operand";

/// Whether a location is one of those, which are positions of the fused op.
pub fn is_operand(location: Location<'_>) -> bool {
    location.to_string().starts_with(&format!("loc(\"{OPERAND}\"("))
}

/// A location as `file:line:col`; `unknown` when it has none. A fused or named location gives the
/// first position inside it.
pub fn position(location: Location<'_>) -> String {
    let text = location.to_string();
    let text = text.strip_prefix(&format!("loc(\"{OPERAND}\"(")).unwrap_or(&text);
    let Some(start) = text.find('"') else { return "unknown".into() };
    let rest = &text[start + 1..];
    let Some(end) = rest.find('"') else { return "unknown".into() };
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let mut parts = rest[end + 1..].split(':').skip(1).map(digits);
    match (parts.next(), parts.next()) {
        (Some(line), Some(column)) if !line.is_empty() => format!("{}:{line}:{column}", &rest[..end]),
        _ => rest[..end].into(),
    }
}
