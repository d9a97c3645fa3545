//! Key loops whose bodies are one common body after a change of its scores.
//!
//! Before:  `S = A·B`, then `f(S)` in clear loops, `f(select(masked, -inf, S))` in masked ones: a branch around each whole body
//! After:   `S = A·B`, then `S = select(masked, -inf, S)` in a branch, then `f(S)` for all loops
//!
//! What all loops share stays one straight piece of code, which the assembler schedules better than a branch around it.

use super::flat::KeyLoop;
use crate::{
    ffi,
    gpu::nest::Generic,
    ir::{self, Blk, Op, Val},
};
use melior::ir::operation::OperationLike;
use std::collections::HashMap;

/// A score that is something else in one loop than in the common body.
#[derive(Clone)]
pub struct Change<'c> {
    /// Which of the early contractions made it.
    pub score: usize,
    /// An elementwise op of the loop.
    pub generic: Generic<'c>,
    /// The value in its body that stands where the common body reads the score.
    pub value: Val<'c>,
}

/// The changes of scores after which a loop's body is another's, if that is all they differ in; none if they are equal.
pub fn changes<'c>(common: &KeyLoop<'c>, own: &KeyLoop<'c>) -> Option<Vec<Change<'c>>> {
    let mut twin = Twin { common: common.body, own: own.body, scores: vec![], known: HashMap::new(), found: vec![] };
    for (a, b) in ir::arguments(common.body).into_iter().zip(ir::arguments(own.body)) {
        twin.bind(a, b);
    }
    for (a, b) in common.rotation.early.iter().zip(&own.rotation.early) {
        twin.bind(a.result, b.result);
        twin.scores.push(a.result);
    }
    let yields = ir::operands(ir::ops(common.body).pop()?).into_iter().zip(ir::operands(ir::ops(own.body).pop()?));
    for (state, (a, b)) in yields.enumerate() {
        let late =
            |key: &KeyLoop<'c>| key.rotation.late.iter().find(|(own, _)| *own == state).map(|(_, late)| late.clone());
        let same = match (late(common), late(own)) {
            (Some(a), Some(b)) => {
                a.products == b.products
                    && a.lhs.iter().zip(&b.lhs).all(|(a, b)| twin.same(*a, *b))
                    && twin.same(a.init, b.init)
            }
            (None, None) => twin.same(a, b),
            _ => false,
        };
        if !same {
            return None;
        }
    }
    // Another reader of the score would see the change too.
    let once = |change: &Change<'c>| ffi::uses(twin.scores[change.score]).len() == 1;
    twin.found.iter().all(once).then_some(twin.found)
}

/// A comparison of two bodies, value by value, from what they yield.
struct Twin<'c> {
    common: Blk<'c>,
    own: Blk<'c>,
    /// The scores of the common body.
    scores: Vec<Val<'c>>,
    /// Values of the common body that were compared, with what they are in the other.
    known: HashMap<usize, usize>,
    found: Vec<Change<'c>>,
}

impl<'c> Twin<'c> {
    fn bind(&mut self, a: Val<'c>, b: Val<'c>) {
        self.known.insert(ffi::value_key(a), ffi::value_key(b));
    }

    fn same(&mut self, a: Val<'c>, b: Val<'c>) -> bool {
        if let Some(known) = self.known.get(&ffi::value_key(a)) {
            return *known == ffi::value_key(b);
        }
        let (Some(left), Some(right)) = (made_in(a, self.common), made_in(b, self.own)) else { return a == b };
        let (operands, others) = (ir::operands(left), ir::operands(right));
        let alike = alike(left, right)
            && ffi::value_number(a) == ffi::value_number(b)
            && operands.len() == others.len()
            && operands.into_iter().zip(others).all(|(a, b)| self.same(a, b))
            && match ir::name(left) {
                "linalg.generic" => self.same_generic(left, right),
                _ => left.region_count() == 0,
            };
        if alike {
            for (a, b) in ir::results(left).into_iter().zip(ir::results(right)) {
                self.bind(a, b);
            }
        }
        alike
    }

    /// Whether two generics on the same operands are the same, but perhaps for a score that the first one reads.
    fn same_generic(&mut self, left: Op<'c>, right: Op<'c>) -> bool {
        let (Ok(common), Ok(own)) = (Generic::read(left), Generic::read(right)) else { return false };
        let (Some(a), Some(b)) = (ir::ops(common.body).pop(), ir::ops(own.body).pop()) else { return false };
        let mut stands_for = HashMap::new();
        let pairs = ir::operands(a).into_iter().zip(ir::operands(b));
        if !pairs.into_iter().all(|(a, b)| self.same_inside(&common, &own, a, b, &mut stands_for)) {
            return false;
        }
        let (arguments, others) = (ir::arguments(common.body), ir::arguments(own.body));
        for (number, (argument, other)) in arguments.iter().zip(others).enumerate() {
            let Some(value) = stands_for.get(&ffi::value_key(*argument)).filter(|value| **value != other) else {
                continue;
            };
            let read = common.inputs.get(number);
            let score = self.scores.iter().position(|score| Some(score) == read);
            let straight = common.maps[number] == common.output_map(0) && !common.is_reduction();
            let Some(score) = score.filter(|_| straight) else { return false };
            self.found.push(Change { score, generic: own.clone(), value: *value });
        }
        true
    }

    /// Compares two values of the generics' bodies. An argument of the first may be any value of the second, but only one.
    fn same_inside(
        &mut self,
        common: &Generic<'c>,
        own: &Generic<'c>,
        a: Val<'c>,
        b: Val<'c>,
        stands_for: &mut HashMap<usize, Val<'c>>,
    ) -> bool {
        if ir::arguments(common.body).contains(&a) {
            return ir::type_of(a) == ir::type_of(b) && *stands_for.entry(ffi::value_key(a)).or_insert(b) == b;
        }
        match (made_in(a, common.body), made_in(b, own.body)) {
            (None, None) => self.same(a, b),
            (Some(left), Some(right)) => {
                let (operands, others) = (ir::operands(left), ir::operands(right));
                alike(left, right)
                    && left.region_count() == 0
                    && ffi::value_number(a) == ffi::value_number(b)
                    && operands.len() == others.len()
                    && operands.into_iter().zip(others).all(|(a, b)| self.same_inside(common, own, a, b, stands_for))
            }
            _ => false,
        }
    }
}

/// The op that makes a value, if it is in a block.
fn made_in<'c>(value: Val<'c>, block: Blk<'c>) -> Option<Op<'c>> {
    ffi::defining_op(value).filter(|op| op.block().is_some_and(|own| ffi::blk(&own) == block))
}

/// Whether two ops are of the same kind, with the same attributes and types.
pub fn alike<'c>(a: Op<'c>, b: Op<'c>) -> bool {
    let types = |op: Op<'c>| ir::results(op).into_iter().map(ir::type_of).collect::<Vec<_>>();
    ir::name(a) == ir::name(b) && types(a) == types(b) && ir::attributes(a) == ir::attributes(b)
}
