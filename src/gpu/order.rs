//! The order of a grid's tiles: which coordinates a number has.
//!
//! Blocks of neighbouring numbers run together, so the order decides what they share in the second-level cache and how even
//! their work is. The last grid dim is fastest, but for two cases. Where a dim decides how long a tile's loops run, it is
//! slowest and runs backwards: under a mask the last tiles are often the longest. Where two dims choose two operands, as rows
//! and columns of a product do, tiles are taken in bands of rows, column by column, so that the tiles that run together form a
//! rectangle whose sides read about as much.

use super::{
    kernel::Kernel,
    memory::grid_rank,
    nest::Index,
    plan::{Source, Use},
};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Blk, Op, Val},
};
use std::collections::HashSet;

/// Two grid dims whose tiles are taken in bands.
struct Bands {
    rows: usize,
    columns: usize,
    /// Rows of a band.
    height: i64,
}

impl<'c> Kernel<'_, 'c> {
    /// The grid dims that decide how long a tile's loops run.
    pub fn uneven_dims(&self, body: Blk<'c>) -> Vec<usize> {
        let arguments = ir::arguments(body);
        (0..grid_rank(self.op)).filter(|dim| shapes_loops(body, arguments[*dim])).collect()
    }

    /// Binds the grid coordinates of the tile of a number.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn bind_tile(&mut self, body: Blk<'c>, tile: Val<'c>) -> Result<(), PassError> {
        let mut rest = tile;
        let bounds = grid_bounds(self.op);
        let arguments = ir::arguments(body);
        let slow = self.uneven_dims(body);
        let bands = if slow.is_empty() { self.bands(body) } else { None };
        let banded = |dim: &usize| bands.as_ref().is_some_and(|bands| [bands.rows, bands.columns].contains(dim));
        let fast = (0..bounds.len()).filter(|dim| !slow.contains(dim) && !banded(dim));
        let mut order: Vec<usize> = slow.iter().copied().chain(fast).collect();
        if let Some(bands) = &bands {
            let extents = [self.index(bounds[bands.rows])?, self.index(bounds[bands.columns])?];
            let code = self.code;
            let total = code.mul(extents[0], extents[1]);
            let above = code.b.binary("arith.divui", rest, total);
            let inside = if order.is_empty() { rest } else { code.sub(rest, code.mul(above, total)) };
            rest = above;
            let per_band = code.mulc(extents[1], bands.height);
            let band = code.b.binary("arith.divui", inside, per_band);
            let first = code.mulc(band, bands.height);
            let inside = code.sub(inside, code.mul(band, per_band));
            let left = code.sub(extents[0], first);
            let height = code.b.binary("arith.minsi", left, code.i32(bands.height));
            let column = code.b.binary("arith.divui", inside, height);
            let row = code.add(first, code.sub(inside, code.mul(column, height)));
            for (dim, at) in [(bands.rows, row), (bands.columns, column)] {
                self.scope().scalars.insert(ffi::value_key(arguments[dim]), at);
            }
        }
        for (place, dim) in std::mem::take(&mut order).into_iter().enumerate().rev() {
            let extent = self.index(bounds[dim])?;
            let mut at = rest;
            if place > 0 {
                let above = self.code.b.binary("arith.divui", rest, extent);
                at = self.code.sub(rest, self.code.mul(above, extent));
                rest = above;
            }
            if slow.contains(&dim) {
                at = self.code.sub(self.code.addc(extent, -1), at);
            }
            self.scope().scalars.insert(ffi::value_key(arguments[dim]), at);
        }
        Ok(())
    }

    /// The bands of a nest whose loops read one operand by one grid dim and another by another.
    fn bands(&self, body: Blk<'c>) -> Option<Bands> {
        let grid = ir::arguments(body);
        let mut chosen: Vec<(Vec<usize>, i64)> = vec![];
        for staged in &self.plan.staged {
            let looped = staged.used == Use::Operand && !self.plan.rings[self.plan.buffers[staged.buffer].ring].once;
            let Source::Tma(window) = &staged.source else { continue };
            let offsets: Vec<_> = window
                .offsets
                .iter()
                .filter_map(|offset| match offset {
                    Index::Const(_) => None,
                    Index::Value(value) => Some(*value),
                })
                .collect();
            let chooses = |dim: &usize| offsets.iter().any(|offset| depends(*offset, grid[*dim]));
            if looped {
                chosen.push(((0..grid_rank(self.op)).filter(chooses).collect(), staged.shared.bytes()));
            }
        }
        let only = |own: &[usize], other: &[usize]| {
            let found: Vec<_> = own.iter().filter(|dim| !other.contains(dim)).copied().collect();
            <[usize; 1]>::try_from(found).ok().map(|[dim]| dim)
        };
        let [(left, left_bytes), (right, right_bytes)] = &chosen[..] else { return None };
        let (rows, columns) = (only(left, right)?, only(right, left)?);
        let ideal = (self.plan.schedule.target.multiprocessors * right_bytes / left_bytes) as f64;
        Some(Bands { rows, columns, height: (ideal.sqrt().round() as i64).max(1) })
    }
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

/// Whether the bounds of some loop depend on a grid coordinate.
fn shapes_loops<'c>(body: Blk<'c>, coordinate: Val<'c>) -> bool {
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
fn depends<'c>(value: Val<'c>, on: Val<'c>) -> bool {
    value == on
        || ffi::defining_op(value).is_some_and(|op| ir::operands(op).into_iter().any(|operand| depends(operand, on)))
}
