//! A warp on its way through a program.

use crate::{
    Pc, Program,
    clock::{Agent, Known},
    lanes::{Lanes, WARP},
    shared::Access,
};

/// All lanes.
pub const ALL: u32 = u32::MAX;

/// What a warp does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Runs,
    /// Waits at a named barrier.
    Waits(usize),
    /// A named barrier lets it go on.
    Released,
    Ended,
}

/// Control flow that lanes are in.
#[derive(Clone, Copy, Debug)]
pub enum Frame {
    /// Lanes before a branch, and those that take the other one.
    If(u32, u32),
    /// Lanes before a loop.
    Loop(u32),
}

/// A warp.
pub struct Warp {
    pub number: usize,
    pub slots: Vec<Lanes>,
    pub pc: Pc,
    pub mask: u32,
    pub frames: Vec<Frame>,
    pub state: State,
    pub known: Known,
    /// The event that an access is now.
    pub event: u32,
    /// The first event since all lanes waited for each other.
    pub since: u32,
    /// Lanes that accessed shared memory since then, and the last event at which one did.
    dirty: u32,
    touched: u32,
    /// Groups of products that were closed, and whether one is open.
    pub groups: u32,
    pub open: bool,
    /// Products so far.
    pub products: u64,
    /// Groups of drains that were closed, whether one is open, and the lanes that drain.
    pub drains: u32,
    pub draining: bool,
    pub drainers: u32,
    /// Memory of each lane.
    pub local: Vec<u8>,
}

impl Warp {
    /// What a lane does to shared memory now.
    pub fn access(&self, lane: usize) -> Access<'_> {
        Access { agent: self.number, event: self.event, lane: Some(lane), since: self.since, known: &self.known }
    }

    pub fn new(number: usize, program: &Program) -> Self {
        let mut slots = vec![[0; WARP]; program.slots];
        for (slot, value) in &program.constants {
            slots[*slot as usize] = [*value; WARP];
        }
        Self {
            number,
            slots,
            pc: 0,
            mask: ALL,
            frames: vec![],
            state: State::Runs,
            known: Known::default(),
            event: 1,
            since: 1,
            dirty: 0,
            touched: 0,
            groups: 0,
            open: false,
            products: 0,
            drains: 0,
            draining: false,
            drainers: 0,
            local: vec![0xFF; program.local * WARP],
        }
    }

    /// A block begins.
    pub fn restart(&mut self) {
        self.pc = 0;
        self.mask = ALL;
        self.frames.clear();
        self.state = State::Runs;
        self.known = Known::default();
        (self.event, self.since, self.dirty, self.touched) = (1, 1, 0, 0);
        self.products = 0;
        (self.groups, self.open, self.drains, self.draining, self.drainers) = (0, false, 0, false, 0);
        self.local.fill(0xFF);
    }

    /// The value of a slot.
    pub fn get(&self, slot: crate::Slot) -> &Lanes {
        &self.slots[slot as usize]
    }

    /// The active lanes.
    pub fn lanes(&self) -> impl Iterator<Item = usize> + use<> {
        let mask = self.mask;
        (0..WARP).filter(move |lane| mask >> lane & 1 != 0)
    }

    /// Lanes where a predicate holds.
    pub fn holds(&self, slot: crate::Slot) -> u32 {
        let value = self.get(slot);
        (0..WARP).fold(0, |mask, lane| mask | u32::from(value[lane] & 1 != 0) << lane)
    }

    /// The value of a slot in all active lanes, if it is the same.
    pub fn same(&self, slot: crate::Slot) -> Option<u64> {
        let value = self.get(slot);
        let first = value[self.mask.trailing_zeros() as usize % WARP];
        self.lanes().all(|lane| value[lane] == first).then_some(first)
    }

    /// A lane accesses shared memory.
    pub fn touch(&mut self, lanes: u32) {
        self.dirty |= lanes;
        self.touched = self.event;
    }

    /// What the active lanes tell others. What other lanes did since all waited for each other is not in it.
    pub fn outward(&self) -> Known {
        let mut known = self.known.clone();
        let own = self.own_event();
        known.threads.raise(self.number, own);
        let seen = known.engines.of(self.number).min(own);
        known.engines.set(self.number, seen);
        known
    }

    /// Up to which event all that the warp did comes before what the active lanes do next.
    fn own_event(&self) -> u32 {
        if self.dirty & !self.mask == 0 { self.event } else { self.since - 1 }
    }

    /// [`Warp::outward`]; what comes next is not part of it.
    pub fn release(&mut self) -> Known {
        let known = self.outward();
        self.event += 1;
        known
    }

    /// Learns what others told.
    pub fn acquire(&mut self, known: &Known) {
        self.known.join(known);
        let own = known.threads.of(self.number);
        if own >= self.since {
            self.since = own + 1;
            if self.touched <= own {
                self.dirty = 0;
            }
        }
    }

    /// All lanes have waited for each other.
    pub fn sync(&mut self) {
        self.event += 1;
        self.since = self.event;
        self.dirty = 0;
    }

    /// A fence between threads and engines.
    pub fn fence(&mut self) {
        let own = self.own_event();
        self.known.engines.join(&self.known.threads.clone());
        self.known.engines.raise(self.number, own);
        self.event += 1;
    }
}

/// Who the matrix unit is that works for a warp, of so many.
pub const fn matrix_agent(warps: usize, warp: usize) -> Agent {
    warps + warp
}

/// Who the copy engine is that drains for a warp.
pub const fn drain_agent(warps: usize, warp: usize) -> Agent {
    2 * warps + warp
}

/// Who stands for all that was launched before.
pub const fn grids_agent(warps: usize) -> Agent {
    3 * warps
}

/// Who stands for the copies to a barrier.
pub const fn barrier_agent(warps: usize, barrier: usize) -> Agent {
    3 * warps + 1 + barrier
}
