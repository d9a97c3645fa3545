//! Sums that are spread over the threads of a row for as long as a loop runs.
//!
//! A state that a loop only scales by row values and adds column sums to is linear in its parts, so each of the four
//! threads of a row carries its own part, and they are added up once after the loop instead of in every step.

use super::kernel::{Kernel, Registers};
use crate::{
    ffi,
    gpu::{code::Cmp, layout::Layout, nest::Generic},
    ir::{self, Op, Val},
};
use std::collections::BTreeSet;

impl<'c> Kernel<'_, 'c> {
    /// The states of a loop that can be spread, each with the reduction that adds to it.
    pub fn spread_states(&self, op: Op<'c>) -> Vec<(usize, Op<'c>)> {
        let Some(body) = ir::body(op, 0) else { return vec![] };
        let Some(last) = ir::ops(body).pop() else { return vec![] };
        let arguments = ir::arguments(body);
        let yielded = ir::operands(last);
        let found = yielded.iter().enumerate().filter_map(|(state, value)| {
            let sum = self.column_sum(*value)?;
            self.plan.factor(sum.outputs[0], arguments[1 + state]).map(|_| (state, sum.op))
        });
        found.collect()
    }

    /// The generic behind a value, if it adds the columns of a fragment up and nothing but the loop reads it.
    fn column_sum(&self, value: Val<'c>) -> Option<Generic<'c>> {
        let row = self.plan.classes.layout(value) == Some(Layout::Row) && ir::type_of(value) != self.code.t.i1;
        let op = ffi::defining_op(value).filter(|op| row && ir::name(*op) == "linalg.generic")?;
        let generic =
            Generic::read(op).ok().filter(|generic| generic.is_reduction() && generic.contraction().is_none())?;
        let in_registers = generic.inputs.iter().any(|input| self.plan.computed.contains(&ffi::value_key(*input)));
        let combine = ffi::defining_op(*ir::operands(ir::ops(generic.body).pop()?).first()?)?;
        let float = ffi::element_type(ir::type_of(value)) == self.code.t.f32;
        (float && in_registers && ffi::uses(value).len() == 1 && ir::name(combine) == "arith.addf").then_some(generic)
    }

    /// Before the loop: the first thread of a row has the value, the others have 0.
    pub fn spread_out(&mut self, values: &mut [Val<'c>]) {
        let code = self.code;
        let first = code.cmpc(Cmp::Eq, code.andc(self.me().lane, 3), 0);
        let zero = code.f32(0.0);
        for value in values {
            *value = code.b.select(first, *value, zero);
        }
    }

    /// After the loop: the parts of a row are added up.
    pub fn gather_up(&mut self, value: Val<'c>) {
        let Some(tile) = self.tile(value).cloned() else { return };
        let code = self.code;
        let sum = |part: Val<'c>| {
            [1, 2]
                .into_iter()
                .fold(part, |total, lanes| code.b.binary("arith.addf", total, code.exchange(total, lanes)))
        };
        let values = tile.values.into_iter().map(sum).collect();
        self.keep(value, Registers { layout: tile.layout, values });
    }

    /// Marks the sums of a loop as spread, and returns the states that are.
    pub fn begin_spread(&mut self, op: Op<'c>) -> BTreeSet<usize> {
        let found = self.spread_states(op);
        self.spread.extend(found.iter().map(|(_, sum)| ffi::op_key(*sum)));
        found.into_iter().map(|(state, _)| state).collect()
    }
}
