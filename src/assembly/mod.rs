//! Ops of other projects' dialects in pretty form, as text.
//!
//! MLIR parses the generic form of any op, but the pretty form of an op only where its dialect is registered. So the ops
//! that `import-foreign` takes are brought from the one to the other before MLIR sees them:
//!
//! ```text
//! %r:2 = tm_tensor.scan dimension(0) inclusive(true) ins(%x : T) outs(%y, %a : T, U) { … } -> T, U
//! %r:2 = "tm_tensor.scan"(%x, %y, %a) <{dimension = 0 : i64, inclusive = true, …}> ({ … }) : (T, T, U) -> (T, U)
//! ```
//!
//! Nothing else of the text changes, and [`Origins`] knows where each part of it was: diagnostics and locations are those
//! of the source, to the column.

mod origins;
mod rewrite;
mod token;

pub use origins::Origins;
pub use rewrite::{Fault, generic};

use crate::{ffi, pass::import_foreign};
use import_foreign::{DIALECTS, OPS};
use melior::{Context, ir::Location};
use std::{borrow::Cow, sync::Arc};

/// How the value of an attribute is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Integer,
    Bool,
}

impl Value {
    /// What the generic form has after it.
    const fn suffix(self) -> &'static str {
        match self {
            Self::Integer => " : i64",
            Self::Bool => "",
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::Integer => "an integer",
            Self::Bool => "true or false",
        }
    }
}

/// The pretty form of an op: its attributes as `name(value)`, a dictionary of others, `ins(…)`, `outs(…)`, a region, and
/// `-> types`.
#[derive(Debug)]
struct Pretty {
    name: &'static str,
    attributes: &'static [(&'static str, Value)],
    ins: bool,
    region: bool,
}

/// The ops whose pretty form is taken.
const PRETTY: [Pretty; 4] = [
    Pretty { name: "tm_tensor.attention", attributes: &[], ins: true, region: false },
    Pretty {
        name: "tm_tensor.scan",
        attributes: &[("dimension", Value::Integer), ("inclusive", Value::Bool)],
        ins: true,
        region: true,
    },
    Pretty { name: "tm_tensor.scatter", attributes: &[("unique_indices", Value::Bool)], ins: true, region: true },
    Pretty { name: "tm_tensor.sort", attributes: &[("dimension", Value::Integer)], ins: false, region: true },
];

/// What ends their regions.
const YIELD: &str = "tm_tensor.yield";

/// Why an op of a dialect of [`DIALECTS`] is refused: it is not taken, or not in pretty form.
pub fn not_taken(name: &str) -> String {
    if OPS.contains(&name) {
        return format!("'{name}' is taken in generic form only");
    }
    let dialect = name.split('.').next().unwrap_or_default();
    let own: Vec<_> = OPS.iter().filter(|op| op.split('.').next() == Some(dialect)).collect();
    let form = |op: &str| if PRETTY.iter().any(|pretty| pretty.name == op) { "" } else { " in generic form" };
    let list: Vec<_> = own.iter().map(|op| format!("'{op}'{}", form(op))).collect();
    format!("'{name}' is not taken; of its dialect these are: {}", list.join(", "))
}

/// A source as MLIR can read it.
#[derive(Debug)]
pub struct Source<'t> {
    pub text: Cow<'t, [u8]>,
    pub origins: Arc<Origins>,
    /// Whether it mentions a dialect of [`DIALECTS`].
    pub foreign: bool,
}

impl<'t> Source<'t> {
    /// Text or bytecode, after which ops in pretty form are generic.
    ///
    /// # Errors
    /// As [`generic`].
    pub fn new(text: &'t [u8]) -> Result<Self, Fault> {
        let mentions = |name: &str| text.windows(name.len()).any(|part| part == name.as_bytes());
        let foreign = DIALECTS.iter().any(|dialect| mentions(dialect.trim_end_matches('.')));
        let rewritten = if foreign && !text.starts_with(ffi::tool::BYTECODE_MAGIC) { generic(text)? } else { None };
        let (text, origins) = match rewritten {
            Some((text, origins)) => (Cow::Owned(text), origins),
            None => (Cow::Borrowed(text), Origins::default()),
        };
        Ok(Self { text, origins: Arc::new(origins), foreign })
    }

    /// [`Source::new`], with an error emitted in `context` for the file `name` where there is one.
    pub fn read(context: &Context, name: &str, text: &'t [u8]) -> Option<Self> {
        let emit = |Fault { position: (line, column), message }| {
            ffi::emit_error(Location::new(context, name, line, column), &message);
        };
        Self::new(text).map_err(emit).ok()
    }
}
