//! Broadcasts that are decided at run time: a size that may be 1 is compared with 1 in the body of a loop.

use crate::{
    ffi,
    ir::{self, Op, Val},
};

/// `select(size == 1, 0, i)` as an index of `source` along `dim`, with `i` the loop `at` of `op`: a broadcast that is
/// decided at run time.
#[derive(Clone, Copy, Debug)]
pub struct Repeat<'c> {
    pub op: Op<'c>,
    pub extract: Op<'c>,
    pub index: Val<'c>,
    pub at: usize,
    pub size: Val<'c>,
    pub source: Val<'c>,
    pub dim: usize,
}

/// The broadcasts in the body of a generic.
pub fn repeated(op: Op<'_>) -> Vec<Repeat<'_>> {
    let mut found = vec![];
    for extract in ir::body(op, 0).map(ir::ops).unwrap_or_default() {
        if ir::name(extract) != "tensor.extract" {
            continue;
        }
        let operands = ir::operands(extract);
        for (dim, select) in operands[1..].iter().enumerate() {
            if let Some((index, at, size)) = choice(*select) {
                found.push(Repeat { op, extract, index, at, size, source: operands[0], dim });
            }
        }
    }
    found
}

fn choice(select: Val<'_>) -> Option<(Val<'_>, usize, Val<'_>)> {
    let op = ffi::defining_op(select).filter(|op| ir::name(*op) == "arith.select")?;
    let [condition, zero, index] = ir::operands(op)[..] else { return None };
    let constant = |value: Val<'_>| {
        let op = ffi::defining_op(value).filter(|op| ir::name(*op) == "arith.constant")?;
        ir::attr(op, "value").and_then(ir::int_attr)
    };
    let compare = ffi::defining_op(condition).filter(|op| ir::name(*op) == "arith.cmpi")?;
    let [size, one] = ir::operands(compare)[..] else { return None };
    let own = ffi::defining_op(index).filter(|op| ir::name(*op) == "linalg.index")?;
    let at = ir::attr(own, "dim").and_then(ir::int_attr)?;
    let fits = constant(zero) == Some(0)
        && constant(one) == Some(1)
        && ir::attr(compare, "predicate").and_then(ir::int_attr) == Some(0);
    fits.then_some((index, usize::try_from(at).ok()?, size))
}
