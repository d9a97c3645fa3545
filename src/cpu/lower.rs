//! The stages `vectorize` and `llvm`: pipelines under `pipelines/`, run over a module.

use crate::{error::PassError, pass::pipeline};
use melior::ir::Module;

/// The pipeline of stage `vectorize`.
pub const VECTORIZE: &str = include_str!("../../pipelines/vectorize.txt");
/// The pipeline of stage `llvm`.
pub const LLVM: &str = include_str!("../../pipelines/llvm.txt");

/// Tiles to register-blocked vector code on buffers.
///
/// # Errors
/// [`PassError::Reported`] after a diagnostic.
pub fn vectorize(module: &mut Module<'_>) -> Result<(), PassError> {
    run(module, VECTORIZE)
}

/// Buffers and loops to the LLVM dialect.
///
/// # Errors
/// [`PassError::Reported`] after a diagnostic.
pub fn llvm(module: &mut Module<'_>) -> Result<(), PassError> {
    run(module, LLVM)
}

fn run(module: &mut Module<'_>, text: &str) -> Result<(), PassError> {
    pipeline::run(module, &pipeline::strip_comments(text))
}
