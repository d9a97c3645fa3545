//! Consumer warpgroups take turns on the tensor cores: each begins its wgmmas when the one before it has issued its own, by named
//! barriers that two warpgroups at a time meet at.

use super::kernel::Kernel;
use crate::{dialect::kernel::Instruction, error::PassError, gpu::code::Cmp};

const TWO_WARPGROUPS: i64 = 256;

impl Kernel<'_, '_> {
    /// Whether consumer warpgroups take turns on the tensor cores in a rotated loop.
    pub fn takes_turns(&self) -> bool {
        self.plan.schedule.distribute.take_turns && self.plan.warpgroups > 1
    }

    /// Waits for the warpgroup's turn on the tensor cores.
    pub fn turn_begins(&self) {
        if self.takes_turns() {
            let code = self.code;
            let id = code.addc(self.me().warpgroup, 1);
            Instruction::Barrier { id, threads: TWO_WARPGROUPS }.build(&code.b);
        }
    }

    /// Gives the turn to the next warpgroup.
    pub fn turn_ends(&self) {
        if self.takes_turns() {
            let code = self.code;
            let next = code.addc(self.me().warpgroup, 1);
            let wraps = code.cmpc(Cmp::Eq, next, self.plan.warpgroups);
            let id = code.addc(code.b.select(wraps, code.i32(0), next), 1);
            Instruction::Arrive { id, threads: TWO_WARPGROUPS }.build(&code.b);
        }
    }

    /// The first warpgroup has the first turn.
    ///
    /// # Errors
    /// None of its own.
    pub fn first_turn(&mut self) -> Result<(), PassError> {
        if !self.takes_turns() {
            return Ok(());
        }
        let first = self.code.cmpc(Cmp::Eq, self.me().warpgroup, 0);
        self.when(first, |kernel| {
            let code = kernel.code;
            Instruction::Arrive { id: code.i32(1), threads: TWO_WARPGROUPS }.build(&code.b);
            Ok(())
        })
    }
}
