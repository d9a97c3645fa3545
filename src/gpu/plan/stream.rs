//! Which loops only add products to their states.

use super::Plan;
use crate::{
    ffi,
    gpu::nest::{Contraction, Generic},
    ir::{self, Op},
};

/// A loop that can be streamed.
pub struct Stream<'c> {
    /// Per state, the contraction that adds to it.
    pub sums: Vec<Contraction<'c>>,
    pub ring: usize,
}

impl<'c> Plan<'c> {
    /// The streaming of a loop whose states are accumulators that nothing else reads in it, of operands in one ring.
    pub fn stream(&self, op: Op<'c>) -> Option<Stream<'c>> {
        let body = ir::body(op, 0)?;
        let [ring] = self.loop_rings.get(&ffi::op_key(op))?[..] else { return None };
        let (ops, arguments) = (ir::ops(body), ir::arguments(body));
        let mut sums = vec![];
        for (state, value) in ir::operands(*ops.last()?).into_iter().enumerate() {
            let maker = ffi::defining_op(value).filter(|maker| ir::name(*maker) == "linalg.generic")?;
            let sum = Generic::read(maker).ok()?.contraction()?;
            let in_ring = |value| self.staged(value).is_some_and(|staged| self.buffers[staged.buffer].ring == ring);
            let own = sum.init == arguments[1 + state] && ffi::uses(sum.init).len() == 1 && ffi::uses(value).len() == 1;
            if !own || sum.apart() || !sum.operands().all(in_ring) {
                return None;
            }
            sums.push(sum);
        }
        let plain = |inner: &Op<'c>| match ir::name(*inner) {
            "linalg.generic" => sums.iter().any(|sum| sum.op == *inner),
            name => !matches!(name, "scf.for" | "scf.if"),
        };
        (!sums.is_empty() && ops.iter().all(plain)).then_some(Stream { sums, ring })
    }
}
