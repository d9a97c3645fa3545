//! Loads and stores, and who may do what to shared memory.

use super::{Block, LOCAL, WARPGROUP, aligned};
use crate::{
    Fault, SHARED_BASE, Slot,
    barrier::Mbarrier,
    clock::{Agent, Known},
    lanes::WARP,
    shared::Access,
    warp::{ALL, Warp, grids_agent},
};
use std::collections::BTreeMap;

impl Block<'_> {
    pub(super) fn names(count: usize, barriers: &BTreeMap<u64, Mbarrier>, agent: Agent) -> String {
        let group = |warp: usize| format!("warp {warp} (warpgroup {})", warp / WARPGROUP);
        match agent {
            warp if warp < count => group(warp),
            agent if agent < 2 * count => format!("a product of {}", group(agent - count)),
            agent if agent < 3 * count => format!("a drain of {}", group(agent - 2 * count)),
            agent => match barriers.iter().find(|(_, barrier)| barrier.agent == agent) {
                Some((address, _)) => format!("a fill that arrives at the barrier at {}", address - SHARED_BASE),
                None => "a fill".into(),
            },
        }
    }

    /// That no access touches a barrier.
    pub(super) fn check_place(&self, address: u64, bytes: usize) -> Result<(), Fault> {
        let end = address + bytes as u64;
        match self.barriers.range(address.saturating_sub(7)..end).next() {
            Some((at, _)) => Err(Fault::new(format!("an access to the barrier at {} as memory", at - SHARED_BASE))),
            None => Ok(()),
        }
    }

    pub(super) fn read_shared(&mut self, address: u64, bytes: usize, access: &Access<'_>) -> Result<usize, Fault> {
        self.check_place(address, bytes)?;
        let (count, barriers) = (self.warps.len(), &self.barriers);
        self.shared.read(address, bytes, access, &|agent| Self::names(count, barriers, agent))
    }

    pub(super) fn write_shared(&mut self, address: u64, bytes: usize, access: &Access<'_>) -> Result<usize, Fault> {
        self.check_place(address, bytes)?;
        let (count, barriers) = (self.warps.len(), &self.barriers);
        self.shared.write(address, bytes, access, &|agent| Self::names(count, barriers, agent))
    }

    pub(super) fn check_grids(&self, known: &Known) -> Result<(), Fault> {
        match known.threads.of(grids_agent(self.count())) {
            0 => Err(Fault::new("global memory is accessed before what was launched earlier has ended")),
            _ => Ok(()),
        }
    }

    pub(super) fn load(
        &mut self,
        warp: &mut Warp,
        to: &[Slot],
        bytes: u8,
        address: Slot,
        offset: i64,
    ) -> Result<(), Fault> {
        let (each, all) = (usize::from(bytes), usize::from(bytes) * to.len());
        for lane in warp.lanes() {
            let address = warp.get(address)[lane].wrapping_add_signed(offset);
            aligned(address, all)?;
            let mut buffer = [0; 32];
            let buffer = &mut buffer[..all];
            match address {
                shared if shared <= u64::from(u32::MAX) => {
                    let access = warp.access(lane);
                    let place = self.read_shared(shared, all, &access)?;
                    buffer.copy_from_slice(&self.shared.bytes[place..place + all]);
                }
                local if local & LOCAL != 0 => {
                    let place = local_place(warp, lane, local, all)?;
                    buffer.copy_from_slice(&warp.local[place..place + all]);
                }
                global => {
                    self.check_grids(&warp.known)?;
                    self.global.read(global, buffer)?;
                }
            }
            for (slot, part) in to.iter().zip(buffer.chunks(each)) {
                let mut word = [0; 8];
                word[..each].copy_from_slice(part);
                warp.slots[*slot as usize][lane] = u64::from_le_bytes(word);
            }
            if address <= u64::from(u32::MAX) {
                warp.touch(1 << lane);
            }
        }
        Ok(())
    }

    pub(super) fn store(
        &mut self,
        warp: &mut Warp,
        from: &[Slot],
        bytes: u8,
        address: Slot,
        offset: i64,
        when: Option<Slot>,
    ) -> Result<(), Fault> {
        let (each, all) = (usize::from(bytes), usize::from(bytes) * from.len());
        let active = when.map_or(ALL, |when| warp.holds(when));
        for lane in warp.lanes().filter(|lane| active >> lane & 1 != 0) {
            let address = warp.get(address)[lane].wrapping_add_signed(offset);
            aligned(address, all)?;
            let mut buffer = [0; 32];
            for (slot, part) in from.iter().zip(buffer.chunks_mut(each)) {
                part.copy_from_slice(&warp.get(*slot)[lane].to_le_bytes()[..each]);
            }
            let buffer = &buffer[..all];
            match address {
                shared if shared <= u64::from(u32::MAX) => {
                    let access = warp.access(lane);
                    let place = self.write_shared(shared, all, &access)?;
                    self.shared.bytes[place..place + all].copy_from_slice(buffer);
                    warp.touch(1 << lane);
                }
                local if local & LOCAL != 0 => {
                    let place = local_place(warp, lane, local, all)?;
                    warp.local[place..place + all].copy_from_slice(buffer);
                }
                global => {
                    self.check_grids(&warp.known)?;
                    self.global.write(global, buffer)?;
                }
            }
        }
        Ok(())
    }
}

fn local_place(warp: &Warp, lane: usize, address: u64, bytes: usize) -> Result<usize, Fault> {
    let each = warp.local.len() / WARP;
    let offset = (address & !LOCAL) as usize;
    if offset + bytes > each {
        return Err(Fault::new(format!("an access to bytes {offset} to {} of a thread's {each}", offset + bytes)));
    }
    Ok(lane * each + offset)
}
