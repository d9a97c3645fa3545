//! Boxes that the copy engine brings and takes.

use super::{Block, same, single};
use crate::{
    Fault, Slot, TensorMap,
    copy::Row,
    shared::Access,
    warp::{Warp, drain_agent},
};

impl Block<'_> {
    pub(super) fn map(&self, warp: &Warp, map: Slot) -> Result<&TensorMap, Fault> {
        let number = same(warp, map, "a tensor map")?;
        self.launch.maps.get(number as usize).ok_or_else(|| Fault::new("no tensor map where one is expected"))
    }

    pub(super) fn rows(
        &self,
        warp: &Warp,
        map: Slot,
        at: &[Slot],
        shared: u64,
    ) -> Result<(TensorMap, Vec<Row>), Fault> {
        let signed = |slot: &Slot| Ok(i64::from(same(warp, *slot, "a coordinate")? as u32 as i32));
        let at = at.iter().map(signed).collect::<Result<Vec<_>, Fault>>()?;
        let map = self.map(warp, map)?;
        Ok((map.clone(), map.rows(&at, shared)?))
    }

    pub(super) fn fill(
        &mut self,
        warp: &mut Warp,
        [map, target, barrier]: [Slot; 3],
        at: &[Slot],
    ) -> Result<(), Fault> {
        single(warp, "a fill")?;
        let (target, address) = (same(warp, target, "a fill")?, same(warp, barrier, "a fill")?);
        let (map, rows) = self.rows(warp, map, at, target)?;
        let known = warp.outward();
        self.check_grids(&known)?;
        let barrier = self.known_barrier(warp, address)?;
        if !barrier.fenced {
            return Err(Fault::new("a fill arrives at a barrier that no fence shows to the copy engine"));
        }
        let (agent, event) = (barrier.agent, barrier.phase + 1);
        let access = Access { agent, event, lane: None, since: 0, known: &known };
        for row in rows {
            let mut bytes = vec![];
            for element in &row.elements {
                let mut value = [0; 8];
                let value = &mut value[..map.bytes as usize];
                if let Some(from) = element {
                    self.global.read(*from, value)?;
                }
                bytes.extend_from_slice(value);
            }
            for (number, part) in bytes.chunks(16).enumerate() {
                let place = self.write_shared(map.place(row.shared + 16 * number as u64), part.len(), &access)?;
                self.shared.bytes[place..place + part.len()].copy_from_slice(part);
            }
        }
        self.known_barrier(warp, address)?.copied(map.box_bytes().cast_signed())
    }

    pub(super) fn drain(&mut self, warp: &mut Warp, map: Slot, source: Slot, at: &[Slot]) -> Result<(), Fault> {
        single(warp, "a drain")?;
        let source = same(warp, source, "a drain")?;
        let (map, rows) = self.rows(warp, map, at, source)?;
        let known = warp.outward();
        self.check_grids(&known)?;
        let agent = drain_agent(self.count(), warp.number);
        let access = Access { agent, event: warp.drains + 1, lane: None, since: 0, known: &known };
        for row in rows {
            let mut bytes = vec![];
            for number in 0..(row.elements.len() as u64 * map.bytes).div_ceil(16) {
                let place = self.read_shared(map.place(row.shared + 16 * number), 16, &access)?;
                bytes.extend_from_slice(&self.shared.bytes[place..place + 16]);
            }
            for (element, value) in row.elements.iter().zip(bytes.chunks(map.bytes as usize)) {
                if let Some(to) = element {
                    self.global.write(*to, value)?;
                }
            }
        }
        warp.draining = true;
        warp.drainers |= warp.mask;
        Ok(())
    }
}
