//! The grid of a kernel: how many tiles, and in which order blocks take them.
//!
//! The last grid dim runs fastest. A dim that decides how long a tile's loops run is slower than the others and runs backwards,
//! because under a mask the last tiles are often the longest. Where the others can be cut into sections that every block takes an
//! even number of tiles of, and that read no more than [`section_bytes`](super::schedule::Distribute::section_bytes) in their
//! loops, sections are taken one after the other: all their tiles find those bytes in the second-level cache.

use super::{
    host::{Host, product},
    kernel::Kernel,
    nest::Index,
    plan::Source,
};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Blk, Op, Val},
    runtime::Expr,
};
use std::collections::{BTreeMap, HashSet};

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

/// The tiles of a kernel's grid, if they are a function of the arguments' shapes.
pub fn grid_size<'c>(host: &Host<'c>, kernel: Op<'c>) -> Option<Expr> {
    extent_of(host, &grid_bounds(kernel))
}

fn extent_of<'c>(host: &Host<'c>, bounds: &[Index<'c>]) -> Option<Expr> {
    bounds.iter().try_fold(Expr::Int(1), |total, bound| {
        let extent = match bound {
            Index::Const(extent) => Some(Expr::Int(*extent)),
            Index::Value(value) => host.expr(*value),
        };
        extent.map(|extent| product(&total, &extent))
    })
}

impl<'c> Kernel<'_, 'c> {
    /// The grid dims that decide how long a tile's loops run.
    pub fn uneven_dims(&self, body: Blk<'c>) -> Vec<usize> {
        let arguments = ir::arguments(body);
        (0..super::memory::grid_rank(self.op)).filter(|dim| shapes_loops(body, arguments[*dim])).collect()
    }

    /// Binds the grid coordinates of a tile, in the order of this file's head.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn bind_tile(&mut self, body: Blk<'c>, tile: Val<'c>) -> Result<(), PassError> {
        let rank = grid_bounds(self.op).len();
        let slow = self.uneven_dims(body);
        let fast: Vec<usize> = (0..rank).filter(|dim| !slow.contains(dim)).collect();
        let Some(section) = self.section(&slow, &fast) else {
            let order: Vec<usize> = slow.iter().chain(&fast).copied().collect();
            return self.bind_dims(body, &order, &slow, tile);
        };
        let (length, width) = (self.extent(&slow)?, self.extent(&fast)?);
        let code = self.code;
        let section = code.i32(section);
        let tiles = code.mul(section, length);
        let number = code.b.binary("arith.divui", tile, tiles);
        let inside = code.sub(tile, code.mul(number, tiles));
        let begun = code.mul(number, section);
        let here = code.b.binary("arith.minsi", section, code.sub(width, begun));
        let above = code.b.binary("arith.divui", inside, here);
        let at = code.add(begun, code.sub(inside, code.mul(above, here)));
        self.bind_dims(body, &slow, &slow, above)?;
        self.bind_dims(body, &fast, &slow, at)
    }

    /// Binds some grid dims to the parts of a number, the last one fastest.
    fn bind_dims(&mut self, body: Blk<'c>, order: &[usize], slow: &[usize], number: Val<'c>) -> Result<(), PassError> {
        let arguments = ir::arguments(body);
        let mut rest = number;
        for (place, dim) in order.iter().copied().enumerate().rev() {
            let extent = self.extent(&[dim])?;
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

    /// The product of some grid dims.
    fn extent(&mut self, dims: &[usize]) -> Result<Val<'c>, PassError> {
        let bounds = grid_bounds(self.op);
        let mut total = self.code.i32(1);
        for dim in dims {
            let extent = match bounds[*dim] {
                Index::Const(extent) => self.code.i32(extent),
                Index::Value(value) => self.scalar(value)?,
            };
            total = self.code.mul(total, extent);
        }
        Ok(total)
    }

    /// How many coordinates of the fast dims are a section, if they are more than one section: as many as read
    /// `section_bytes`, in units of two tiles for each block, so that a longest and a shortest one come together.
    fn section(&self, slow: &[usize], fast: &[usize]) -> Option<i64> {
        let bounds = grid_bounds(self.op);
        let extent = |dims: &[usize]| {
            dims.iter().try_fold(1, |total, dim| match bounds[*dim] {
                Index::Const(extent) => Some(total * extent),
                Index::Value(_) => None,
            })
        };
        let (length, width) = (extent(slow)?, extent(fast)?);
        let mut tensors = BTreeMap::new();
        for staged in &self.plan.staged {
            if let Source::Tma(window) = &staged.source
                && !self.plan.rings[self.plan.buffers[staged.buffer].ring].once
            {
                let elements = window.view.dims.iter().try_fold(1, |total, dim| match dim {
                    Expr::Int(size) => Some(total * size),
                    _ => None,
                });
                tensors.insert(window.view.tensor.clone(), 2 * elements?);
            }
        }
        let each = tensors.into_values().sum::<i64>() / width.max(1);
        let pair = 2 * self.plan.schedule.target.multiprocessors;
        let unit = pair / gcd(length, pair);
        let section = unit * (self.plan.schedule.distribute.section_bytes / (unit * each).max(1));
        (length > 1 && 0 < section && section < width).then_some(section)
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
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
