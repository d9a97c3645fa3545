//! The tiles of a grid: how many there are, and what depends on their coordinates.

use super::{Plan, Source};
use crate::{
    ffi,
    gpu::nest::{Index, Window},
    ir::{self, Blk, Op, Val},
};
use std::collections::HashSet;

/// Grid dims of a kernel.
pub fn grid_rank(kernel: Op<'_>) -> usize {
    ir::attr(kernel, "staticUpperBound").and_then(ffi::i64_array).map_or(0, |bounds| bounds.len())
}

/// The upper bounds of a kernel's grid.
pub fn grid_bounds<'c>(kernel: Op<'c>) -> Vec<Index<'c>> {
    let bounds = ir::attr(kernel, "staticUpperBound").and_then(ffi::i64_array).unwrap_or_default();
    let lower = ir::attr(kernel, "staticLowerBound").and_then(ffi::i64_array).unwrap_or_default();
    let mut dynamic = lower.iter().filter(|bound| **bound == i64::MIN).count();
    let operands = ir::operands(kernel);
    bounds
        .into_iter()
        .map(|bound| {
            if bound == i64::MIN {
                dynamic += 1;
                Index::Value(operands[dynamic - 1])
            } else {
                Index::Const(bound)
            }
        })
        .collect()
}

/// The tiles of a kernel's grid, if their number is a constant.
pub fn tiles(kernel: Op<'_>) -> Option<i64> {
    grid_bounds(kernel).into_iter().try_fold(1, |total, bound| match bound {
        Index::Const(extent) => Some(total * extent),
        Index::Value(_) => None,
    })
}

/// Whether the bounds of some loop depend on a grid coordinate.
pub fn shapes_loops<'c>(body: Blk<'c>, coordinate: Val<'c>) -> bool {
    let mut reached = HashSet::from([ffi::value_key(coordinate)]);
    ir::ops(body).into_iter().any(|op| {
        let operands = ir::operands(op);
        let depends = |values: &[Val<'c>]| values.iter().any(|value| reached.contains(&ffi::value_key(*value)));
        if ir::name(op) == "scf.for" {
            return depends(&operands[..3]);
        }
        if depends(&operands) {
            reached.extend(ir::results(op).into_iter().map(ffi::value_key));
        }
        false
    })
}

/// Whether a value of a nest is computed from another.
pub fn depends<'c>(value: Val<'c>, on: Val<'c>) -> bool {
    value == on
        || ffi::defining_op(value).is_some_and(|op| ir::operands(op).into_iter().any(|operand| depends(operand, on)))
}

/// Whether every tile of the grid reads other parts of what its loops read.
pub fn reads_once<'c>(plan: &Plan<'c>, kernel: Op<'c>) -> bool {
    let Some(grid) = ir::body(kernel, 0).map(ir::arguments) else { return false };
    // A part of the keys begins where its coordinate says.
    let begin = plan.flat.as_ref().map(|flat| ir::operands(flat.loops[0].op)[0]);
    let shared = |window: &Window<'c>| {
        grid_bounds(kernel).into_iter().zip(&grid).any(|(bound, at)| {
            let chooses = |offset: &Index<'c>| matches!(offset, Index::Value(value) if depends(*value, *at));
            let parts = begin.is_some_and(|begin| depends(begin, *at));
            bound != Index::Const(1) && !parts && !window.offsets.iter().any(chooses)
        })
    };
    plan.staged
        .iter()
        .filter(|staged| !plan.rings[plan.buffers[staged.buffer].ring].once)
        .all(|staged| matches!(&staged.source, Source::Tma(window) if !shared(window)))
}
