//! The attention dialect: loading, typed views, verification.

pub mod edit;
pub mod linear;
pub mod ops;
pub mod verify;

use melior::{Context, ir::Module, utility::load_irdl_dialects};

/// The dialect's definition.
pub const IRDL: &str = include_str!("../../dialects/attention.irdl.mlir");

/// Loads the dialect into a context. Call once per context.
///
/// # Panics
/// When the definition that ships with the crate does not load.
pub fn load(context: &Context) {
    let module = Module::parse(context, IRDL).expect("the dialect definition parses");
    assert!(load_irdl_dialects(&module), "the dialect definition loads");
}
