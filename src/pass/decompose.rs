//! `attention-decompose`: what a fused op means, in plain linalg.
//!
//! Before:  `%r = "attention.fused"(...)`, with its captures and results
//! After:   linalg over whole tensors: scores of all (query, key) points, states as reductions over the key
//!
//! Needs: stage `raise` or `bound`. Leaves: no attention op. Canonical test: `tests/tile.rs`.
//! Every score is materialized: this is the executable semantics of the op, not a way to run it fast. One
//! step of the online update over a single key tile that holds every key, with nothing rounded on the way.

use super::{
    PassInfo, PassOptions,
    tile::{
        self,
        emit::{self, Ix, Tile},
        tiler::{Axis, Layout, Scope, Tiler},
    },
};
use crate::{
    dialect::ops::{Fused, Mapped},
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Val},
};
use melior::ir::operation::OperationLike;

pub const NAME: &str = "attention-decompose";

/// The table entry.
pub const INFO: PassInfo =
    PassInfo { name: NAME, summary: "lower fused ops to linalg over whole tensors", options: &[], run };

fn run<'c>(module: Op<'c>, _: &PassOptions) -> Result<(), PassError> {
    for op in tile::fused_ops(module) {
        let fused = tile::read(op)?;
        tile::report(op, decompose(&fused))?;
        tile::erase(&fused);
    }
    Ok(())
}

/// Computes the results of a fused op before it and gives them to its users.
///
/// # Errors
/// [`PassError::Unsupported`] when a program needs an order of evaluation that one step does not have.
pub fn decompose(fused: &Fused<'_>) -> Result<(), PassError> {
    let tiler = Tiler::new(fused, Layout { lanes: false, round_weights: false, terms: 1, alone: false })?;
    let b = &Builder::before(fused.op);
    let extents: Vec<_> =
        (0..fused.header.roles.len()).map(|dim| tile::extent(b, fused, dim)).collect::<Result<_, _>>()?;
    let mut scope = Scope::new(extents.iter().map(|extent| Axis::full(Ix::Known(0), *extent)).collect());
    let old = tiler.init_states(b, &mut scope)?;
    let states = tiler.step(b, &mut scope, &old)?;
    for (tile, result) in tiler.finish(b, &mut scope, &states)?.iter().zip(&fused.results) {
        let value = whole(&tiler, b, &scope, &extents, tile, result);
        ffi::replace_all_uses(result.tensor, value);
    }
    // The tags are for schedules of tiles.
    if let Some(block) = fused.op.block() {
        for op in ir::ops(ffi::blk(&block)) {
            ffi::remove_attribute(op, emit::TAG);
        }
    }
    Ok(())
}

/// A result's tile as the tensor it is a slice of.
fn whole<'c>(
    tiler: &Tiler<'_, 'c>,
    b: &Builder<'c>,
    scope: &Scope<'c>,
    extents: &[Ix<'c>],
    tile: &Tile<'c>,
    result: &Mapped<'c>,
) -> Val<'c> {
    let ty = ir::type_of(result.tensor);
    let value = match tiler.place(b, scope, &result.map) {
        Some((slice, kept)) if kept.len() < result.map.results.len() || !all_plain(result) => {
            let into = tile::result_tensor(b, extents, result);
            slice.insert(b, tile.value, into)
        }
        _ => tile.value,
    };
    if ir::type_of(value) == ty { value } else { emit::cast(b, value, ty) }
}

fn all_plain(result: &Mapped<'_>) -> bool {
    result.map.as_dims().is_some()
}
