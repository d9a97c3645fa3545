//! The attention and kernel dialects: loading, typed views, verification.

pub mod edit;
pub mod kernel;
pub mod linear;
pub mod ops;
pub mod verify;

use crate::ffi::tool::has_dialect;
use melior::{Context, ir::Module, utility::load_irdl_dialects};

/// The dialects: names and definitions.
pub const DEFINITIONS: [(&str, &str); 2] = [
    ("attention", include_str!("../../dialects/attention.irdl.mlir")),
    ("kernel", include_str!("../../dialects/kernel.irdl.mlir")),
];

/// Loads the dialects into a context, those that it lacks.
///
/// # Panics
/// When a definition that ships with the crate does not load.
pub fn load(context: &Context) {
    for (name, definition) in DEFINITIONS {
        if !has_dialect(context, name) {
            let module = Module::parse(context, definition).expect("the dialect definition parses");
            assert!(load_irdl_dialects(&module), "the dialect definition loads");
        }
    }
}
