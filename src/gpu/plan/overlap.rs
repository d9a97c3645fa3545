//! Which loops have products that run beside what does not need them.

use super::{Plan, contractions};
use crate::{
    ffi,
    gpu::nest::{Contraction, is_zero_fill, on_demand},
    ir::{self, Op, Val},
};
use std::collections::HashMap;

/// A loop whose products overlap.
pub struct Overlap<'c> {
    /// Products of tiles from memory, in the order of their first readers.
    pub early: Vec<Contraction<'c>>,
}

impl<'c> Plan<'c> {
    /// The overlap of a loop: every product is of tiles from memory, or adds a computed operand's to a state that nothing else reads.
    pub fn overlap(&self, op: Op<'c>) -> Option<Overlap<'c>> {
        let body = ir::body(op, 0)?;
        let ops = ir::ops(body);
        if ops.iter().any(|inner| matches!(ir::name(*inner), "scf.for" | "scf.if")) {
            return None;
        }
        let (yielded, arguments) = (ir::operands(*ops.last()?), ir::arguments(body));
        let staged = |contraction: &Contraction<'c>| contraction.operands().all(|value| self.staged(value).is_some());
        let all = contractions(body).ok()?;
        let (mut early, late): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|contraction| staged(contraction) && is_zero_fill(contraction.init));
        let sums = late.iter().all(|contraction| {
            let state = yielded.iter().position(|value| *value == contraction.result);
            let own = state.and_then(|state| arguments.get(1 + state)).is_some_and(|own| *own == contraction.init);
            let once = |value: Val<'c>| ffi::uses(value).len() == 1;
            own && once(contraction.init) && once(contraction.result) && !contraction.apart()
        });
        let whole = early.iter().all(|contraction| !contraction.apart());
        if !sums || !whole || early.is_empty() || late.len() < 2 {
            return None;
        }
        let order: HashMap<_, _> = on_demand(body).iter().enumerate().map(|(at, op)| (ffi::op_key(*op), at)).collect();
        early.sort_by_key(|contraction| order.get(&ffi::op_key(contraction.op)).copied());
        Some(Overlap { early })
    }
}
