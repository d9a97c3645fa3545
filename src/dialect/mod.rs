//! The attention and kernel dialects: loading, typed views, verification.

pub mod edit;
pub mod kernel;
pub mod linear;
pub mod ops;
pub mod verify;

use melior::{Context, ir::Module, utility::load_irdl_dialects};

/// The dialects' definitions.
const DEFINITIONS: [&str; 2] =
    [include_str!("../../dialects/attention.irdl.mlir"), include_str!("../../dialects/kernel.irdl.mlir")];

/// Loads the dialects into a context. Call once per context.
///
/// # Panics
/// When a definition that ships with the crate does not load.
pub fn load(context: &Context) {
    for definition in DEFINITIONS {
        let module = Module::parse(context, definition).expect("the dialect definition parses");
        assert!(load_irdl_dialects(&module), "the dialect definition loads");
    }
}
