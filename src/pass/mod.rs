//! The pass table: every pass of ours by name, next to upstream's in the textual pipeline.
//!
//! A pass is one file (or folder) under `src/pass/`, named as the pass is. It is a plain function on
//! the module operation; [`run`] is the only shell around it.

pub mod apply_schedule;
pub mod bound;
pub mod box_scalars;
pub mod centre_distances;
pub mod cpu_entry;
pub mod decompose;
pub mod dispatch_kernels;
pub mod exact_products;
pub mod expand_copies;
pub mod expand_math;
pub mod expand_named;
pub mod fold_empty;
pub mod import_foreign;
pub mod names;
pub mod options;
pub mod outline_kernels;
pub mod pack_entries;
pub mod pack_rows;
pub mod pipeline;
pub mod plan;
pub mod raise;
pub mod recast_shapes;
pub mod reproducer;
pub mod resolve_sizes;
pub mod results_to_arguments;
pub mod split_gradient;
pub mod split_keys;
pub mod stack_buffers;
pub mod tile;
pub mod tile_contractions;
pub mod unit_values;
pub mod widen_booleans;
pub mod widen_reductions;

use crate::{error::PassError, ffi, ir::Op};
use melior::ir::operation::OperationLike;
pub use options::{OptionInfo, OptionKind, PassOptions};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A pass of ours, as the command line, the documentation and the pipeline parser see it.
#[derive(Clone, Copy)]
pub struct PassInfo {
    pub name: &'static str,
    pub summary: &'static str,
    pub options: &'static [OptionInfo],
    /// Runs on a `builtin.module`.
    pub run: for<'c> fn(Op<'c>, &PassOptions) -> Result<(), PassError>,
}

/// Every pass of ours, in alphabetical order.
pub const PASSES: &[PassInfo] = &[
    apply_schedule::INFO,
    decompose::INFO,
    pack_rows::INFO,
    split_keys::INFO,
    unit_values::INFO,
    bound::INFO,
    box_scalars::INFO,
    centre_distances::INFO,
    cpu_entry::INFO,
    dispatch_kernels::INFO,
    crate::gpu::distribute::INFO,
    exact_products::INFO,
    expand_copies::INFO,
    crate::gpu::math::INFO,
    expand_math::INFO,
    expand_named::INFO,
    fold_empty::INFO,
    import_foreign::INFO,
    crate::gpu::lower_kernel::INFO,
    outline_kernels::INFO,
    pack_entries::INFO,
    raise::INFO,
    recast_shapes::INFO,
    resolve_sizes::INFO,
    results_to_arguments::INFO,
    split_gradient::INFO,
    stack_buffers::INFO,
    tile::INFO,
    tile_contractions::INFO,
    crate::gpu::unroll_loops::INFO,
    widen_booleans::INFO,
    widen_reductions::INFO,
];

/// Finds a pass of ours by name.
pub fn find(name: &str) -> Option<&'static PassInfo> {
    PASSES.iter().find(|pass| pass.name == name)
}

/// Runs one pass. Whatever goes wrong, a panic included, ends as a diagnostic and an error.
///
/// # Errors
/// [`PassError::Reported`], always after a diagnostic.
pub fn run<'c>(pass: &PassInfo, module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let work = || crate::ir::within(ffi::context_of(module.context()), || (pass.run)(module, options));
    let outcome = catch_unwind(AssertUnwindSafe(work));
    let error = match outcome {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => error,
        Err(panic) => {
            let text = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
                .unwrap_or_else(|| "panic".into());
            PassError::Bug(text)
        }
    };
    if !matches!(error, PassError::Reported) {
        ffi::emit_error(module.location(), &format!("pass '{}' failed: {error}", pass.name));
    }
    Err(PassError::Reported)
}
