//! The textual pipeline: `builtin.module(raise,func.func(cse,canonicalize{max-iterations=3}))`.
//!
//! The syntax is upstream's; passes of ours and upstream passes mix freely. [`Pipeline`] is the text
//! taken apart, [`super::plan::Plan`] is what runs.

use super::plan::{Observer, Plan, Settings};
use crate::{error::PassError, ffi};
use melior::ir::{Module, operation::OperationLike};
use std::fmt;

/// Passes for operations of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// The operation name, or `any`.
    pub anchor: String,
    /// Where the anchor stands in the text.
    pub offset: usize,
    pub items: Vec<Item>,
}

/// One element of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Pass(PassText),
    Nested(Pipeline),
}

/// A pass as it was spelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassText {
    pub name: String,
    /// What stands between the braces.
    pub options: String,
    /// Where the name stands in the text.
    pub offset: usize,
}

/// What is wrong with a pipeline, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PipelineError {
    pub offset: usize,
    pub message: String,
}

impl PipelineError {
    /// An error at a byte of the text.
    pub fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { offset, message: message.into() }
    }

    /// The error under its text, as a compiler shows it; `name` stands for the file.
    pub fn render(&self, name: &str, text: &str) -> String {
        let before = &text.as_bytes()[..self.offset.min(text.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        let shown = text.split('\n').nth(line).unwrap_or_default();
        let caret = " ".repeat(shown.get(..column).map_or(0, |text| text.chars().count()));
        format!("{name}:{}:{}: error: {}\n{shown}\n{caret}^\n", line + 1, column + 1, self.message)
    }
}

impl fmt::Display for PipelineError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} (at column {} of the pipeline)", self.message, self.offset + 1)
    }
}

/// Nesting past this depth is refused.
const MAX_DEPTH: usize = 32;

impl Pipeline {
    /// Takes a text apart. Names are not looked up yet.
    ///
    /// # Errors
    /// When the text is malformed or not wrapped in an anchor.
    pub fn parse(text: &str) -> Result<Self, PipelineError> {
        let mut parser = Parser { text, position: 0 };
        let mut items = parser.items(0)?;
        if parser.position < text.len() {
            return Err(PipelineError::new(parser.position, "unmatched ')'"));
        }
        match (items.pop(), items.is_empty()) {
            (Some(Item::Nested(pipeline)), true) => Ok(pipeline),
            _ => Err(PipelineError::new(
                0,
                "expected the pipeline to be wrapped with the anchor operation type, such as 'builtin.module(...)'",
            )),
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    position: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.position..].chars().next()
    }

    fn skip_space(&mut self) {
        let rest = &self.text[self.position..];
        self.position += rest.len() - rest.trim_start().len();
    }

    /// Elements up to a closing parenthesis (not consumed) or the end.
    fn items(&mut self, depth: usize) -> Result<Vec<Item>, PipelineError> {
        let mut items = vec![];
        self.skip_space();
        if matches!(self.peek(), None | Some(')')) {
            return Ok(items);
        }
        loop {
            items.push(self.item(depth)?);
            self.skip_space();
            match self.peek() {
                Some(',') => self.position += 1,
                None | Some(')') => return Ok(items),
                Some(_) => return Err(PipelineError::new(self.position, "expected ',' between passes")),
            }
        }
    }

    fn item(&mut self, depth: usize) -> Result<Item, PipelineError> {
        self.skip_space();
        let offset = self.position;
        let rest = &self.text[offset..];
        let end = rest.find(|c: char| "(){},".contains(c)).unwrap_or(rest.len());
        let name = rest[..end].trim().to_owned();
        if name.is_empty() {
            return Err(PipelineError::new(offset, "expected the name of a pass or of an anchor operation"));
        }
        if let Some(space) = name.find(char::is_whitespace) {
            return Err(PipelineError::new(offset + space, "expected ',' between passes"));
        }
        self.position += end;
        match self.peek() {
            Some('(') => self.nested(name, offset, depth).map(Item::Nested),
            Some('{') => Ok(Item::Pass(PassText { name, options: self.options()?, offset })),
            _ => Ok(Item::Pass(PassText { name, options: String::new(), offset })),
        }
    }

    fn nested(&mut self, anchor: String, offset: usize, depth: usize) -> Result<Pipeline, PipelineError> {
        let open = self.position;
        if depth >= MAX_DEPTH {
            return Err(PipelineError::new(open, format!("pipelines nest at most {MAX_DEPTH} deep")));
        }
        if anchor != "any" && !anchor.contains('.') {
            let message =
                format!("'{anchor}' is not an operation name, which is what takes '(...)'; options go in '{{...}}'");
            return Err(PipelineError::new(offset, message));
        }
        self.position += 1;
        let items = self.items(depth + 1)?;
        if self.peek() != Some(')') {
            return Err(PipelineError::new(open, "expected a closing ')' for this '('"));
        }
        self.position += 1;
        Ok(Pipeline { anchor, offset, items })
    }

    /// The text between braces, which may nest.
    fn options(&mut self) -> Result<String, PipelineError> {
        let open = self.position;
        let mut depth = 0usize;
        for (index, byte) in self.text[open..].bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 1 => {
                    self.position = open + index + 1;
                    return Ok(self.text[open + 1..open + index].trim().to_owned());
                }
                b'}' => depth -= 1,
                _ => {}
            }
        }
        Err(PipelineError::new(open, "expected a closing '}' for the options of this pass"))
    }
}

/// The text of a pipeline file without its `#` comment lines and line breaks.
pub fn strip_comments(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.starts_with('#')).collect()
}

/// Runs a textual pipeline over a module, verifying after every pass.
///
/// # Errors
/// [`PassError::Reported`], always after a diagnostic.
pub fn run(module: &Module<'_>, text: &str) -> Result<(), PassError> {
    run_watched(module, text, &mut ())
}

/// As [`run`], with an observer around every pass.
///
/// # Errors
/// Those of [`run`].
pub fn run_watched(module: &Module<'_>, text: &str, observer: &mut dyn Observer) -> Result<(), PassError> {
    let op = ffi::op(&module.as_operation());
    let plan = Pipeline::parse(text)
        .and_then(|pipeline| Plan::new(ffi::context_of(op.context()), &pipeline, &Settings::default()));
    match plan {
        Ok(plan) => plan.run(op, observer),
        Err(error) => {
            ffi::emit_error(op.location(), &format!("bad pipeline: {error}"));
            Err(PassError::Reported)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        Pipeline::parse(text).unwrap_err().render("p", text)
    }

    #[test]
    fn nesting_and_options() {
        let text = "builtin.module( a,func.func(b{x=1 y={z}},any(c)) ,d{} )";
        let pipeline = Pipeline::parse(text).unwrap();
        assert_eq!(pipeline.anchor, "builtin.module");
        let [Item::Pass(a), Item::Nested(function), Item::Pass(d)] = pipeline.items.as_slice() else {
            panic!("{pipeline:?}")
        };
        assert_eq!((a.name.as_str(), a.offset), ("a", 16));
        assert_eq!((d.name.as_str(), d.options.as_str()), ("d", ""));
        let [Item::Pass(b), Item::Nested(any)] = function.items.as_slice() else { panic!("{function:?}") };
        assert_eq!((b.options.as_str(), any.anchor.as_str()), ("x=1 y={z}", "any"));
    }

    #[test]
    fn an_empty_pipeline_is_legal() {
        assert!(Pipeline::parse("builtin.module()").unwrap().items.is_empty());
    }

    #[test]
    fn errors_point_into_the_text() {
        assert_eq!(
            message("builtin.module(a,,b)"),
            "p:1:18: error: expected the name of a pass or of an anchor operation\nbuiltin.module(a,,b)\n                 ^\n"
        );
        assert!(message("builtin.module(a").contains("1:15: error: expected a closing ')'"));
        assert!(message("builtin.module(a{x=1)").contains("1:17: error: expected a closing '}'"));
        assert!(message("builtin.module(a)b").contains("1:18: error: expected ','"));
        assert!(message("builtin.module(a))").contains("1:18: error: unmatched ')'"));
        assert!(message("builtin.module(a b)").contains("1:17: error: expected ','"));
        assert!(message("cse").contains("expected the pipeline to be wrapped"));
        assert!(message("").contains("expected the pipeline to be wrapped"));
        assert!(message("builtin.module(cse(x))").contains("'cse' is not an operation name"));
        assert!(message(&"a.b(".repeat(1000)).contains("at most 32 deep"));
    }
}
