//! Machines: how each says what a kernel does. A machine is a folder here.
//!
//! What a kernel does is decided above this line, in ops of the kernel dialect; the instructions are chosen below it.

mod asm;
mod hopper;

pub use asm::Asm;

use super::{code::Code, schedule::Target};
use crate::{
    dialect::kernel::Instruction,
    ir::{Op, Val},
};

/// A machine: how it says what a kernel does.
pub trait Machine {
    /// Says on a module of kernels and on its functions what its compiler is to know.
    fn declare<'c>(&self, module: Op<'c>, target: &Target);

    /// Writes what an op of a kernel does, before that op, and returns its results.
    fn lower<'c>(&self, code: Code<'c>, instruction: &Instruction<'c>) -> Vec<Val<'c>>;
}

/// The machine of a target: every one that has a schedule is a Hopper.
pub fn of(_: &Target) -> &'static dyn Machine {
    &hopper::Hopper
}
