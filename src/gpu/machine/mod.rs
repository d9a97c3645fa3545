//! `lower-kernel`: ops of the kernel dialect become a machine's instructions.
//!
//! Before:  `"kernel.wait"(%address, %parity)`
//! After:   `nvvm.mbarrier.try_wait.parity` and what else the machine has for it (nvvm, llvm and arith ops, inline PTX)
//!
//! What a kernel does is decided above this line; how a machine says it, below. A machine is a folder here.
//! Leaves: no op of the kernel dialect.

mod asm;
mod hopper;

pub use asm::Asm;

use super::{code::Code, schedule::Schedule};
use crate::{
    dialect::kernel::Instruction,
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Val},
    pass::{OptionInfo, PassInfo, PassOptions},
};
use melior::ir::operation::OperationLike;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "lower-kernel",
    summary: "lower ops of the kernel dialect to a machine's instructions",
    options: &[TARGET],
    run,
};

const TARGET: OptionInfo = OptionInfo::target("sm_90a", "whose instructions");

/// A machine's instructions.
trait Machine {
    /// Writes what an op of a kernel does, before that op, and returns its results.
    fn lower<'c>(&self, code: Code<'c>, instruction: &Instruction<'c>) -> Vec<Val<'c>>;
}

fn run(module: Op<'_>, options: &PassOptions) -> Result<(), PassError> {
    // A target that has a schedule has a machine.
    Schedule::of(options.word(&TARGET))?;
    let machine = hopper::Hopper;
    let mut failed = false;
    for op in ir::walk(module) {
        match Instruction::read(op) {
            Ok(None) => {}
            Ok(Some(instruction)) => replace(op, &machine.lower(Code::new(Builder::before(op)), &instruction)),
            Err(fault) => {
                ffi::emit_error(op.location(), &format!("'{}' op {fault}", ir::name(op)));
                failed = true;
            }
        }
    }
    if failed { Err(PassError::Reported) } else { Ok(()) }
}

fn replace<'c>(op: Op<'c>, values: &[Val<'c>]) {
    for (old, new) in ir::results(op).into_iter().zip(values) {
        ffi::replace_all_uses(old, *new);
    }
    ffi::erase(op);
}
