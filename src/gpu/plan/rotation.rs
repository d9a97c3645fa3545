//! Which loops are rotated: a loop whose body is contraction, elementwise, contraction runs the second contraction one step late.

use super::{Plan, contractions};
use crate::{
    error::PassError,
    ffi,
    gpu::{
        nest::{Contraction, Generic, on_demand},
        schedule::round_up,
    },
    ir::{self, Op, Val},
};
use std::collections::{HashMap, HashSet};

/// Buffers of a ring whose tiles are read in two steps each, at least.
pub const SHARED_RING: i64 = 3;

/// A loop that can be rotated.
#[derive(Clone)]
pub struct Rotation<'c> {
    /// Contractions of tiles from memory, in program order.
    pub early: Vec<Contraction<'c>>,
    /// Per late contraction, the state it updates.
    pub late: Vec<(usize, Contraction<'c>)>,
    /// Ops that read an accumulator.
    pub after: HashSet<usize>,
    pub ring: usize,
    /// Whether scores and products read the same tile, in this step and in the next.
    pub shared: bool,
    /// Rings of tiles that only elementwise ops read.
    pub captures: Vec<usize>,
}

impl<'c> Rotation<'c> {
    /// Whether a state is the accumulator of a late contraction.
    pub fn is_late(&self, state: usize) -> bool {
        self.late.iter().any(|(own, _)| *own == state)
    }

    /// Whether a late contraction reads a buffer again, in the next step.
    pub fn keeps(&self, plan: &Plan<'c>, buffer: usize) -> bool {
        let mut read = self.late.iter().flat_map(|(_, late)| &late.rhs);
        read.any(|rhs| plan.staged(*rhs).is_some_and(|staged| staged.buffer == buffer))
    }

    /// The ops of a body but for its contractions: those before the late contractions are waited for, those after.
    ///
    /// # Errors
    /// Those of [`Generic::read`].
    pub fn order(&self, body: ir::Blk<'c>) -> Result<(Vec<Op<'c>>, Vec<Op<'c>>), PassError> {
        let mut split = (vec![], vec![]);
        for op in on_demand(body) {
            let contracts = ir::name(op) == "linalg.generic" && Generic::read(op)?.contraction().is_some();
            if contracts || ir::name(op) == "scf.yield" {
                continue;
            }
            if self.after.contains(&ffi::op_key(op)) { split.1.push(op) } else { split.0.push(op) }
        }
        Ok(split)
    }
}

impl<'c> Plan<'c> {
    /// The rotation of a loop, if its body has the shape and the registers suffice. A loop by itself is worth it from
    /// three steps on; one that is `chained` to others always.
    pub fn rotation(&self, op: Op<'c>, chained: bool) -> Option<Rotation<'c>> {
        if !self.schedule.distribute.rotate {
            return None;
        }
        let body = ir::body(op, 0)?;
        let rings = self.loop_rings.get(&ffi::op_key(op))?;
        let (captures, rings): (Vec<usize>, Vec<usize>) = rings.iter().partition(|ring| self.rings[**ring].captures);
        let [ring] = rings[..] else { return None };
        let ops = ir::ops(body);
        let bound = |operand: usize| crate::gpu::code::constant(ir::operands(op)[operand]);
        if let [Some(low), Some(high), Some(step)] = [bound(0), bound(1), bound(2)]
            && high - low < 3 * step
            && !chained
        {
            return None;
        }
        if ops.iter().any(|inner| matches!(ir::name(*inner), "scf.for" | "scf.if")) {
            return None;
        }
        let staged_here = |value: Val<'c>| {
            self.staged(value).is_some_and(|staged| {
                let own = self.buffers[staged.buffer].ring;
                own == ring || self.rings[own].once
            })
        };
        let all = contractions(body).ok()?;
        let (early, rest): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|contraction| contraction.operands().all(staged_here));
        let yielded = ir::operands(*ops.last()?);
        let arguments = ir::arguments(body);
        let mut late = vec![];
        for contraction in rest {
            let state = yielded.iter().position(|value| *value == contraction.result)?;
            let in_ring =
                |value: &Val<'c>| self.staged(*value).is_some_and(|staged| self.buffers[staged.buffer].ring == ring);
            let uses_once = ffi::uses(contraction.result).len() == 1;
            if !uses_once || !contraction.rhs.iter().all(in_ring) || contraction.sizes[2] % 16 != 0 {
                return None;
            }
            late.push((state, contraction));
        }
        if late.is_empty() || early.is_empty() {
            return None;
        }
        // A tile that scores read as well is given back a step later. With two buffers nothing would be loaded in between (D=128, dQ of
        // a gradient on an H100: 0.46 ms, as it comes 0.32; D=64 with four: 0.22, and 0.27).
        let read = |rhs: &Val<'c>| early.iter().any(|early| early.operands().any(|own| own == *rhs));
        let shared = late.iter().any(|(_, late)| late.rhs.iter().any(read));
        if shared && !chained && self.rings[ring].depth < SHARED_RING {
            return None;
        }
        let mut after_values: HashSet<usize> =
            late.iter().map(|(state, _)| ffi::value_key(arguments[1 + state])).collect();
        let mut after = HashSet::new();
        let is_late = |op: Op<'c>| late.iter().any(|(_, contraction)| contraction.op == op);
        for inner in &ops {
            let reads = ir::operands(*inner).iter().any(|value| after_values.contains(&ffi::value_key(*value)));
            if reads && !is_late(*inner) && ir::name(*inner) != "scf.yield" {
                after.insert(ffi::op_key(*inner));
                after_values.extend(ir::results(*inner).into_iter().map(ffi::value_key));
            }
        }
        let clean = late.iter().all(|(state, contraction)| {
            contraction.lhs.iter().all(|lhs| !after_values.contains(&ffi::value_key(*lhs)))
                && !yielded
                    .iter()
                    .enumerate()
                    .any(|(other, value)| other != *state && after_values.contains(&ffi::value_key(*value)))
        }) && early.iter().all(|contraction| !after.contains(&ffi::op_key(contraction.op)));
        (clean && self.rotation_fits(&early, &late)).then_some(Rotation { early, late, after, ring, shared, captures })
    }

    /// All scores and all accumulators are live at once, with the words of the step before.
    fn rotation_fits(&self, early: &[Contraction<'c>], late: &[(usize, Contraction<'c>)]) -> bool {
        self.left_of(early, late) >= 0
    }

    /// Registers of a thread that a rotated loop leaves over.
    pub fn registers_left(&self, rotation: &Rotation<'c>) -> i64 {
        self.left_of(&rotation.early, &rotation.late)
    }

    fn left_of(&self, early: &[Contraction<'c>], late: &[(usize, Contraction<'c>)]) -> i64 {
        let scores: i64 = early.iter().map(|contraction| round_up(contraction.sizes[1], 8) / 2).sum();
        let accumulators: i64 = late.iter().map(|(_, contraction)| round_up(contraction.sizes[1], 8) / 2).sum();
        // Products that are summed from zero are in flight beside the accumulators.
        let accumulators = accumulators + if late.iter().any(|(_, late)| late.apart()) { accumulators } else { 0 };
        let lefts: HashMap<_, _> = late.iter().map(|(_, late)| (late.left_key(), late.words() as i64)).collect();
        let words: i64 = lefts.values().sum();
        // Consumers have given away what the producer was given.
        let kept = self.schedule.distribute.rotated_registers + self.schedule.margin - self.given_registers;
        self.consumer_registers - scores - accumulators - words - kept
    }
}
