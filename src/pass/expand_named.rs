//! `expand-named`: named operations that upstream does not generalize become linalg.
//!
//! Before:  %p = linalg.softmax dimension(2) ins(%s : tensor<8x64x64xf32>) outs(%e : tensor<8x64x64xf32>)
//! After:   max over dim 2; exp(s - max); sum over dim 2; their quotient
//!
//! Needs: tensors. Leaves: no `linalg.softmax` on tensors.

use super::{
    PassInfo, PassOptions,
    tile::emit::{self, Ix, Tile},
};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Val},
};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "expand-named",
    summary: "turn named operations that have no generic form into linalg",
    options: &[],
    run,
};

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    for op in ir::walk(module) {
        if ir::name(op) == "linalg.softmax" && ffi::is_ranked_tensor(ir::type_of(ir::operands(op)[0])) {
            softmax(op)?;
        }
    }
    Ok(())
}

/// A reduction of `x` over one dim, into a tile without it.
fn reduce<'c>(b: &Builder<'c>, x: &Tile<'c>, over: usize, combine: &str, identity: f64) -> Tile<'c> {
    let dims: Vec<_> = x.dims.iter().copied().filter(|dim| *dim != over).collect();
    let sizes: Vec<Ix<'c>> = dims.iter().map(|dim| emit::size_of(b, x.value, *dim)).collect();
    let empty = emit::empty(b, &sizes, x.element());
    let init = emit::fill(b, b.float(identity, x.element()), empty);
    emit::generic(b, "reduce", &x.dims, std::slice::from_ref(x), &Tile { value: init, dims }, |b, element| {
        b.binary(combine, element[0], element[1])
    })
}

/// Combines `x` with a row value, elementwise.
fn zip<'c>(
    b: &Builder<'c>,
    x: &Tile<'c>,
    row: &Tile<'c>,
    body: impl FnOnce(&Builder<'c>, Val<'c>, Val<'c>) -> Val<'c>,
) -> Tile<'c> {
    let sizes: Vec<Ix<'c>> = x.dims.iter().map(|dim| emit::size_of(b, x.value, *dim)).collect();
    let init = Tile { value: emit::empty(b, &sizes, x.element()), dims: x.dims.clone() };
    emit::generic(b, "map", &x.dims, &[x.clone(), row.clone()], &init, |b, element| body(b, element[0], element[1]))
}

fn softmax(op: Op<'_>) -> Result<(), PassError> {
    let dimension =
        ir::attr(op, "dimension").and_then(ir::int_attr).ok_or_else(|| bug!("a softmax without a dimension"))?;
    let b = &Builder::before(op);
    let source = ir::operands(op)[0];
    let rank = ffi::shape(ir::type_of(source)).map_or(0, |shape| shape.len());
    let x = Tile { value: source, dims: (0..rank).collect() };
    let over = usize::try_from(dimension).map_err(|_| bug!("a softmax over dimension {dimension}"))?;
    let top = reduce(b, &x, over, "arith.maximumf", f64::NEG_INFINITY);
    let weight = zip(b, &x, &top, |b, x, top| {
        let shifted = b.binary("arith.subf", x, top);
        b.unary("math.exp", shifted)
    });
    let sum = reduce(b, &weight, over, "arith.addf", 0.0);
    let result = zip(b, &weight, &sum, |b, weight, sum| b.binary("arith.divf", weight, sum));
    for tile in [&top, &weight, &sum, &result] {
        if let Some(generic) = ffi::defining_op(tile.value) {
            ffi::remove_attribute(generic, emit::TAG);
        }
    }
    ffi::replace_all_uses(ir::results(op)[0], result.value);
    ffi::erase(op);
    Ok(())
}
