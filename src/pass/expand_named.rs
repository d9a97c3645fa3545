//! `expand-named`: named operations that upstream does not generalize become linalg.
//!
//! Before:  %p = linalg.softmax dimension(2) ins(%s : tensor<8x64x64xf32>) outs(%e : tensor<8x64x64xf32>)
//! After:   max over dim 2; exp(s - max); sum over dim 2; their quotient
//!
//! A `tensor.pad` by a negative width is a slice, and a pad by what is left.
//! Needs: tensors. Leaves: no `linalg.softmax` on tensors, no negative width.

use super::{
    PassInfo, PassOptions,
    tile::emit::{self, Ix, Slice, Tile},
};
use crate::{
    bug,
    dialect::ops::DYNAMIC,
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
    for op in ir::walk_named(module, &["linalg.softmax"]) {
        if ffi::is_ranked_tensor(ir::type_of(ir::operands(op)[0])) {
            softmax(op)?;
        }
    }
    ir::walk_named(module, &["tensor.pad"]).into_iter().for_each(crop);
    Ok(())
}

/// What a pad takes away is cut off by a slice before it.
fn crop(op: Op<'_>) {
    let widths = |name: &str| ir::attr(op, name).and_then(ffi::i64_array).unwrap_or_default();
    let (low, high) = (widths("static_low"), widths("static_high"));
    let less = |width: i64| if width == DYNAMIC { 0 } else { (-width).max(0) };
    if low.iter().chain(&high).all(|width| less(*width) == 0) {
        return;
    }
    let b = &Builder::before(op);
    let source = ir::operands(op)[0];
    let mut slice = Slice::default();
    for (dim, (low, high)) in low.iter().zip(&high).enumerate() {
        let cut = Ix::Known(less(*low) + less(*high));
        slice.push(Ix::Known(less(*low)), emit::size_of(b, source, dim).minus(b, cut), 1);
    }
    let all: Vec<usize> = (0..low.len()).collect();
    let cut = slice.extract(b, source, &all);
    let (result, rest) = (ir::results(op)[0], |widths: &[i64]| -> Vec<i64> {
        widths.iter().map(|width| if *width == DYNAMIC { *width } else { (*width).max(0) }).collect()
    });
    if rest(&low).iter().chain(&rest(&high)).all(|width| *width == 0) && ir::type_of(cut) == ir::type_of(result) {
        ffi::replace_all_uses(result, cut);
        ffi::erase(op);
        return;
    }
    ffi::set_operand(op, 0, cut);
    ffi::set_attribute(op, "static_low", b.i64s_attr(&rest(&low)));
    ffi::set_attribute(op, "static_high", b.i64s_attr(&rest(&high)));
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
