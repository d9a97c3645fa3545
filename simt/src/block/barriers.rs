//! Named barriers, and those in shared memory.

use super::{Block, NAMED, Next, aligned, same, whole};
use crate::{
    Fault, SHARED_BASE, Slot,
    barrier::{Mbarrier, Named},
    clock::Known,
    lanes::WARP,
    warp::{State, Warp, barrier_agent},
};

impl Block<'_> {
    pub(super) fn barrier(
        &mut self,
        warp: &mut Warp,
        id: Option<Slot>,
        threads: Option<Slot>,
        wait: bool,
    ) -> Result<Next, Fault> {
        whole(warp, "a named barrier")?;
        let id = id.map_or(Ok(0), |id| same(warp, id, "a named barrier"))?;
        let all = (self.count() * WARP) as u64;
        let threads = threads.map_or(Ok(all), |threads| same(warp, threads, "a named barrier"))?;
        if id >= NAMED || threads == 0 || threads > all || threads % WARP as u64 != 0 {
            return Err(Fault::new(format!("named barrier {id} of {threads} threads, in a block of {all}")));
        }
        let named = &mut self.named[id as usize];
        if named.arrived != 0 && u64::from(named.threads) != threads {
            let text = format!("named barrier {id} is for {} threads here and for {threads} there", named.threads);
            return Err(Fault::new(text));
        }
        if named.waiting.contains(&warp.number) {
            return Err(Fault::new(format!("named barrier {id} is reached twice in a round")));
        }
        named.threads = threads as u32;
        named.arrived += WARP as u32;
        named.known.join(&warp.release());
        if wait {
            named.waiting.push(warp.number);
            warp.state = State::Waits(id as usize);
        }
        if u64::from(named.arrived) >= threads {
            let Named { waiting, known, .. } = std::mem::take(named);
            for number in waiting {
                if number == warp.number {
                    learn(warp, &known);
                    warp.state = State::Runs;
                } else if let Some(other) = &mut self.warps[number] {
                    learn(other, &known);
                    other.state = State::Released;
                }
            }
            return Ok(Next::On);
        }
        // It goes on behind the barrier when it is released.
        Ok(if wait { Next::Blocked } else { Next::On })
    }

    pub(super) fn init(&mut self, warp: &mut Warp, address: u64, count: u64) -> Result<(), Fault> {
        aligned(address, 8)?;
        self.shared.view(address, 8)?;
        if self.barriers.contains_key(&address) {
            return Err(Fault::new(format!("the barrier at {} is made twice", address - SHARED_BASE)));
        }
        self.check_place(address, 8)?;
        self.write_shared(address, 8, &warp.access(warp.mask.trailing_zeros() as usize))?;
        warp.touch(1 << warp.mask.trailing_zeros());
        let agent = barrier_agent(self.count(), self.barriers.len());
        self.barriers.insert(address, Mbarrier::new(count, agent, (warp.number, warp.event))?);
        Ok(())
    }

    /// The barrier at an address, for a warp that must know that it was made.
    pub(super) fn known_barrier(&mut self, warp: &Warp, address: u64) -> Result<&mut Mbarrier, Fault> {
        let at = address.wrapping_sub(SHARED_BASE).cast_signed();
        let Some(barrier) = self.barriers.get_mut(&address) else {
            return Err(Fault::new(format!("there is no barrier at {at} of shared memory")));
        };
        let (maker, event) = barrier.made;
        if maker != warp.number && warp.known.threads.of(maker) < event {
            return Err(Fault::new(format!("the barrier at {at} is used without an order after it is made")));
        }
        Ok(barrier)
    }

    pub(super) fn arrive(
        &mut self,
        warp: &mut Warp,
        address: Slot,
        active: u32,
        count: u32,
        bytes: i64,
    ) -> Result<(), Fault> {
        if active == 0 {
            return Ok(());
        }
        let addresses = *warp.get(address);
        let mask = std::mem::replace(&mut warp.mask, active);
        let known = warp.release();
        let outcome =
            warp.lanes().try_for_each(|lane| self.known_barrier(warp, addresses[lane])?.arrive(count, bytes, &known));
        warp.mask = mask;
        outcome
    }

    pub(super) fn wait(&mut self, warp: &mut Warp, address: Slot, parity: Slot) -> Result<Next, Fault> {
        let (address, parity) = (same(warp, address, "a wait")?, same(warp, parity, "a wait")?);
        if parity > 1 {
            return Err(Fault::new(format!("a wait for parity {parity}")));
        }
        let barrier = self.known_barrier(warp, address)?;
        if !barrier.has_ended(parity) {
            return Ok(Next::Blocked);
        }
        let done = barrier.done.clone();
        warp.acquire(&done);
        Ok(Next::On)
    }
}

/// A warp goes on behind a named barrier.
fn learn(warp: &mut Warp, known: &Known) {
    warp.acquire(known);
    warp.sync();
}
