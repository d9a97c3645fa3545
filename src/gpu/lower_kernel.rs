//! `lower-kernel`: ops of the kernel dialect become a machine's instructions.
//!
//! Before:  `"kernel.wait"(%address, %parity)`
//! After:   `nvvm.mbarrier.try_wait.parity` and what else the machine has for it (nvvm, llvm and arith ops, inline PTX)
//!
//! Leaves: no op of the kernel dialect.

use super::{code::Code, machine, schedule::Schedule};
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

fn run(module: Op<'_>, options: &PassOptions) -> Result<(), PassError> {
    let target = Schedule::of(options.word(&TARGET))?.target;
    let machine = machine::of(&target);
    let mut failed = false;
    for op in ir::walk(module) {
        if ir::name(op) == "gpu.module" {
            machine.declare(op, &target);
        }
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
