//! What a state is multiplied by.

use super::Plan;
use crate::{
    ffi,
    gpu::nest::Generic,
    ir::{self, Val},
};

impl<'c> Plan<'c> {
    /// For a value that is a state, or a state times another value, when the state is read nowhere else: that other value,
    /// if there is one.
    pub fn factor(&self, value: Val<'c>, state: Val<'c>) -> Option<Option<Val<'c>>> {
        if ffi::uses(state).len() != 1 {
            return None;
        }
        if value == state {
            return Some(None);
        }
        let op = ffi::defining_op(value).filter(|op| ir::name(*op) == "linalg.generic")?;
        let generic = Generic::read(op).ok().filter(|generic| !generic.is_reduction())?;
        let values: Vec<_> = generic.inputs.iter().chain(&generic.outputs).copied().collect();
        let arguments = ir::arguments(generic.body);
        let own = values.iter().position(|input| *input == state)?;
        let [product] = ir::operands(ir::ops(generic.body).pop()?)[..] else { return None };
        let product = ffi::defining_op(product).filter(|op| ir::name(*op) == "arith.mulf")?;
        let factors = ir::operands(product);
        let other = *factors.iter().find(|factor| **factor != arguments[own])?;
        let plain = factors.contains(&arguments[own]) && ffi::uses(arguments[own]).len() == 1;
        let other = arguments.iter().position(|argument| *argument == other)?;
        (plain && ffi::uses(value).len() == 1).then_some(Some(*values.get(other)?))
    }
}
