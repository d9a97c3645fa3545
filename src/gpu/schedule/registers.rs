//! How a block's registers are shared out between its producer and its consumers.

use super::Schedule;

/// Registers of a consumer thread that go to the producer where a kernel was found to need more.
const GIVEN_REGISTERS: i64 = 8;

/// What the producer warpgroup does beside driving the copy engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    None,
    /// It copies vectors: an element or a few a thread.
    Vectors,
    Tiles,
}

impl Schedule {
    /// Registers of a consumer thread after the split.
    pub fn consumer_registers(&self, warpgroups: i64, copies: Copies) -> i64 {
        let total = self.launch_registers(warpgroups, 1) * (warpgroups + 1);
        let left = (total - self.producer_registers(warpgroups, copies)) / warpgroups;
        (left / 8 * 8).min(240)
    }

    /// Registers of a producer thread after the split.
    pub fn producer_registers(&self, warpgroups: i64, copies: Copies) -> i64 {
        match (copies, warpgroups) {
            (Copies::None, _) => self.distribute.producer_registers,
            (Copies::Vectors, _) => self.distribute.vector_registers,
            (Copies::Tiles, 1) => self.distribute.short_copy_registers,
            (Copies::Tiles, _) => self.distribute.copy_registers,
        }
    }

    /// Registers of a producer and of a consumer thread. The producer has what consumers leave over; where that is nothing, and the
    /// schedule's margin says that a kernel was found to need more, it has some of theirs, for they have narrower tiles then.
    pub fn split(&self, warpgroups: i64, copies: Copies, blocks: i64) -> (i64, i64) {
        let least = self.producer_registers(warpgroups, copies);
        let total = self.launch_registers(warpgroups, blocks) * (warpgroups + 1);
        let consumer = ((total - least) / warpgroups / 8 * 8).min(240);
        let short = self.margin >= GIVEN_REGISTERS && total - warpgroups * consumer < least + GIVEN_REGISTERS;
        let consumer = if short { consumer - GIVEN_REGISTERS } else { consumer };
        let left = total - warpgroups * consumer;
        (left.min(least + 2 * GIVEN_REGISTERS) / 8 * 8, consumer)
    }

    /// Registers a thread is launched with, where so many blocks share a multiprocessor.
    pub fn launch_registers(&self, warpgroups: i64, blocks: i64) -> i64 {
        (self.target.registers / (128 * (warpgroups + 1) * blocks) / 8 * 8).min(248)
    }
}
