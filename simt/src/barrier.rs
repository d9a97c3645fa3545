//! Barriers in shared memory (PTX ISA, `mbarrier`) and named ones (PTX ISA, `barrier`).

use crate::{
    Fault,
    clock::{Agent, Known},
};

/// A barrier in shared memory.
#[derive(Clone, Debug)]
pub struct Mbarrier {
    /// Arrivals of a phase.
    pub count: u32,
    /// Arrivals that this phase lacks.
    pending: u32,
    /// Bytes that this phase lacks.
    bytes: i64,
    /// Phases that have ended.
    pub phase: u32,
    /// The agent of the copies that arrive here; its count is the number of phases that have ended.
    pub agent: Agent,
    /// What those know that have arrived in this phase.
    arrived: Known,
    /// What a waiter learns.
    pub done: Known,
    /// What the thread knew that made it: whoever uses it must know that.
    pub made: (Agent, u32),
    /// Whether the copy engine can see it.
    pub fenced: bool,
}

/// The largest count of a phase, of arrivals and of bytes.
const MOST: u32 = (1 << 20) - 1;

impl Mbarrier {
    /// A barrier whose phases end after so many arrivals.
    pub fn new(count: u64, agent: Agent, made: (Agent, u32)) -> Result<Self, Fault> {
        if count == 0 || count > u64::from(MOST) {
            return Err(Fault::new(format!("a barrier of {count} arrivals")));
        }
        let count = count as u32;
        Ok(Self {
            count,
            pending: count,
            bytes: 0,
            phase: 0,
            agent,
            arrived: Known::default(),
            done: Known::default(),
            made,
            fenced: false,
        })
    }

    /// Arrives so often, after more bytes are expected.
    pub fn arrive(&mut self, count: u32, bytes: i64, known: &Known) -> Result<(), Fault> {
        if count > self.pending {
            let text = format!("{count} arrivals at a barrier whose phase lacks {} of {}", self.pending, self.count);
            return Err(Fault::new(text));
        }
        self.bytes += bytes;
        if self.bytes > i64::from(MOST) {
            return Err(Fault::new(format!("a barrier that waits for {} bytes", self.bytes)));
        }
        self.pending -= count;
        self.arrived.join(known);
        self.advance();
        Ok(())
    }

    /// Bytes have been copied.
    pub fn copied(&mut self, bytes: i64) -> Result<(), Fault> {
        self.bytes -= bytes;
        if self.pending == 0 && self.bytes < 0 {
            return Err(Fault::new("more bytes are copied than a barrier waits for"));
        }
        self.advance();
        Ok(())
    }

    fn advance(&mut self) {
        if self.pending == 0 && self.bytes == 0 {
            self.phase += 1;
            self.pending = self.count;
            self.done.join(&std::mem::take(&mut self.arrived));
            self.done.raise(self.agent, self.phase);
        }
    }

    /// Whether the phase of a parity has ended.
    pub const fn has_ended(&self, parity: u64) -> bool {
        (self.phase & 1) as u64 != parity
    }

    /// What it lacks, in words.
    pub fn lacks(&self) -> String {
        let bytes = if self.bytes == 0 { String::new() } else { format!(" and {} bytes", self.bytes) };
        format!("phase {} lacks {} of {} arrivals{bytes}", self.phase, self.pending, self.count)
    }
}

/// A named barrier.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Threads it is for, in the round at hand.
    pub threads: u32,
    /// Threads that have arrived.
    pub arrived: u32,
    /// Warps that wait.
    pub waiting: Vec<usize>,
    /// What those know that have arrived.
    pub known: Known,
}
