//! Softmax–matmul chains that are still there: `--require-fusion` does not take the compiler's word for it.
//!
//! Values are followed forward through a function. `exp` marks what an exponential went into; a reduction of
//! that is a *sum*; combining both (the division) gives a *softmax*; a contraction that reads a softmax is a
//! chain. A contraction that reads an exponential and is divided by its sum later is one too.

use crate::{
    ffi,
    ir::{self, Op, Val},
    remark,
};
use melior::ir::operation::OperationLike;
use std::collections::{BTreeSet, HashMap};

/// What a value descends from.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Marks {
    exp: bool,
    sum: bool,
    softmax: bool,
    /// A contraction of exponentials, not yet divided.
    product: bool,
}

impl Marks {
    const fn or(self, other: Self) -> Self {
        Self {
            exp: self.exp || other.exp,
            sum: self.sum || other.sum,
            softmax: self.softmax || other.softmax,
            product: self.product || other.product,
        }
    }
}

/// Where in a function a softmax–matmul chain is left.
pub fn find(function: Op<'_>) -> Vec<String> {
    let Some(body) = ir::body(function, 0) else { return vec![] };
    let mut marks: HashMap<usize, Marks> = HashMap::new();
    let mut found = BTreeSet::new();
    for op in ir::ops(body) {
        let of = |value: &Val<'_>| marks.get(&ffi::value_key(*value)).copied().unwrap_or_default();
        let inputs: Vec<Marks> = ir::operands(op).iter().map(of).collect();
        let all = inputs.iter().copied().fold(Marks::default(), Marks::or);
        let mut out = all;
        if is_contraction(op) {
            if all.softmax {
                found.insert(remark::position(op.location()));
            }
            out = Marks { product: all.exp, ..Marks::default() };
        } else if is_reduction(op) {
            out = Marks { sum: all.exp || all.sum, ..Marks::default() };
        } else {
            let divided = inputs.iter().any(|marks| marks.sum && !marks.exp && !marks.product);
            if divided && all.product {
                found.insert(remark::position(op.location()));
            }
            out.softmax |= divided && all.exp;
            out.exp |= has_exp(op);
            out.sum &= !out.exp;
        }
        if out != Marks::default() {
            marks.extend(ir::results(op).into_iter().map(|result| (ffi::value_key(result), out)));
        }
    }
    found.into_iter().collect()
}

fn is_contraction(op: Op<'_>) -> bool {
    let name = ir::name(op);
    let named = ["matmul", "matvec", "vecmat", "linalg.dot", "contract"].iter().any(|part| name.contains(part));
    name.starts_with("linalg.")
        && (named || (is_reduction(op) && ir::walk(op).iter().any(|op| ir::name(*op) == "arith.mulf")))
}

fn is_reduction(op: Op<'_>) -> bool {
    let types = ir::attr(op, "iterator_types").map(|types| types.to_string()).unwrap_or_default();
    ir::name(op) == "linalg.reduce" || types.contains("reduction")
}

fn has_exp(op: Op<'_>) -> bool {
    let names = ["math.exp", "math.exp2", "linalg.exp", "linalg.softmax"];
    names.contains(&ir::name(op)) || ir::walk(op).iter().any(|op| names.contains(&ir::name(*op)))
}
