//! Fragments, and products of the matrix unit.

use super::{Block, WARPGROUP, aligned, same, whole};
use crate::{
    Fault, Half, Left, Operand, Slot, Wgmma,
    lanes::{Lanes, WARP},
    matrix::{self, Descriptor, Placed},
    shared::Access,
    warp::{ALL, Warp, matrix_agent},
};

impl Block<'_> {
    pub(super) fn load_matrix(
        &mut self,
        warp: &mut Warp,
        to: &[Slot],
        address: Slot,
        transposed: bool,
    ) -> Result<(), Fault> {
        whole(warp, "ldmatrix")?;
        let addresses = *warp.get(address);
        let mut rows = [[0; 16]; WARP];
        for (lane, row) in rows.iter_mut().enumerate().take(8 * to.len()) {
            aligned(addresses[lane], 16)?;
            let access = warp.access(lane);
            let place = self.read_shared(addresses[lane], 16, &access)?;
            row.copy_from_slice(&self.shared.bytes[place..place + 16]);
        }
        warp.touch(ALL);
        let half = |matrix: usize, row: usize, column: usize| {
            let row = &rows[8 * matrix + row];
            u64::from(u16::from_le_bytes([row[2 * column], row[2 * column + 1]]))
        };
        for (matrix, slot) in to.iter().enumerate() {
            warp.slots[*slot as usize] = std::array::from_fn(|lane| {
                let (row, column) = (lane / 4, lane % 4 * 2);
                match transposed {
                    false => half(matrix, row, column) | half(matrix, row, column + 1) << 16,
                    true => half(matrix, column, row) | half(matrix, column + 1, row) << 16,
                }
            });
        }
        Ok(())
    }

    pub(super) fn store_matrix(
        &mut self,
        warp: &mut Warp,
        from: &[Slot],
        address: Slot,
        transposed: bool,
    ) -> Result<(), Fault> {
        whole(warp, "stmatrix")?;
        let addresses = *warp.get(address);
        let mut rows = [[0_u8; 16]; WARP];
        for (matrix, slot) in from.iter().enumerate() {
            for (lane, word) in warp.get(*slot).iter().enumerate() {
                for part in 0..2 {
                    let (row, column) = match transposed {
                        false => (lane / 4, lane % 4 * 2 + part),
                        true => (lane % 4 * 2 + part, lane / 4),
                    };
                    let half = ((word >> (16 * part)) as u16).to_le_bytes();
                    rows[8 * matrix + row][2 * column..2 * column + 2].copy_from_slice(&half);
                }
            }
        }
        for (lane, row) in rows.iter().enumerate().take(8 * from.len()) {
            aligned(addresses[lane], 16)?;
            let access = warp.access(lane);
            let place = self.write_shared(addresses[lane], 16, &access)?;
            self.shared.bytes[place..place + 16].copy_from_slice(row);
        }
        warp.touch(ALL);
        Ok(())
    }

    /// That all warps of a warpgroup say the same of a collective instruction.
    pub(super) fn agree(&mut self, warp: &Warp, number: u64, pc: u32, said: u64) -> Result<(), Fault> {
        let key = (warp.number / WARPGROUP, number);
        let first = self.collective.entry(key).or_insert((pc, said, 0));
        if (first.0, first.1) != (pc, said) {
            return Err(Fault::new("warps of a warpgroup disagree about a product"));
        }
        first.2 += 1;
        if first.2 == WARPGROUP {
            self.collective.remove(&key);
        }
        Ok(())
    }

    pub(super) fn wgmma(&mut self, warp: &mut Warp, product: &Wgmma, pc: u32) -> Result<(), Fault> {
        whole(warp, "a product of the matrix unit")?;
        let columns = product.sums.len() * 2;
        let (right, said) = placed(warp, product.right)?;
        let left = match product.left {
            Left::Shared(left) => Some(placed(warp, left)?),
            Left::Words(_) => None,
        };
        let adds = product.adds.map_or(Ok(1), |adds| same(warp, adds, "a predicate"))?;
        warp.products += 1;
        let said = said ^ left.map_or(0, |(_, left)| left.rotate_left(17)) ^ adds << 63;
        self.agree(warp, warp.products, pc, said)?;
        let known = warp.outward();
        let event = warp.groups + 1;
        let agent = matrix_agent(self.count(), warp.number);
        let access = Access { agent, event, lane: None, since: 0, known: &known };
        let mut read = |address: u64| -> Result<[u8; 16], Fault> {
            let place = self.read_shared(address, 16, &access)?;
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&self.shared.bytes[place..place + 16]);
            Ok(bytes)
        };
        let left = match &product.left {
            Left::Words(words) => matrix::left_words(words.map(|word| warp.get(word)), product.half),
            Left::Shared(_) => match left {
                Some((left, _)) => {
                    let first = warp.number % WARPGROUP * 16;
                    left.tile(first..first + 16, &mut read, product.half)?
                }
                None => vec![],
            },
        };
        let right = right.tile(0..columns, &mut read, product.half)?;
        let from = product.from.as_deref().filter(|_| adds & 1 != 0);
        for (register, to) in product.sums.iter().enumerate() {
            let sums = matrix::products(&left, &right, register);
            let old: Option<Lanes> = from.map(|from| *warp.get(from[register]));
            warp.slots[*to as usize] = std::array::from_fn(|lane| {
                let old = old.map_or(0.0, |old| f64::from(f32::from_bits(matrix::sum_of(old[lane]).0)));
                matrix::in_flight((old + sums[lane]) as f32, event)
            });
        }
        warp.open = true;
        Ok(())
    }

    pub(super) fn land(&mut self, warp: &mut Warp, pending: u32, sums: &[(Slot, Slot)]) -> Result<(), Fault> {
        whole(warp, "a wait for products")?;
        let done = warp.groups.saturating_sub(pending);
        warp.known.raise(matrix_agent(self.count(), warp.number), done);
        let mut landed = vec![];
        for (_, from) in sums {
            // What is in flight beyond the wait stays so: the next product may add to it, and nothing may read it.
            landed.push(warp.get(*from).map(|value| match matrix::sum_of(value) {
                (_, Some(group)) if group > done => value,
                (bits, _) => bits.into(),
            }));
        }
        for ((to, _), value) in sums.iter().zip(landed) {
            warp.slots[*to as usize] = value;
        }
        Ok(())
    }
}

/// Where an operand is, and what warps must agree about.
fn placed(warp: &Warp, operand: Operand) -> Result<(Placed, u64), Fault> {
    let (placed, said) = match operand {
        Operand::Descriptor(bits, across) => {
            let bits = same(warp, bits, "a matrix descriptor")?;
            (Placed::Descriptor(Descriptor::new(bits)?, across), bits)
        }
        Operand::Tile(tile, address) => {
            let address = same(warp, address, "a tile")?;
            (Placed::Tile(tile, address), address)
        }
    };
    placed.check()?;
    Ok((placed, said))
}

/// A warp's own product.
pub(super) fn mma(
    warp: &mut Warp,
    [to, left]: [&[Slot; 4]; 2],
    right: [Slot; 2],
    sums: [Slot; 4],
    half: Half,
) -> Result<(), Fault> {
    whole(warp, "mma.sync")?;
    let left = matrix::left_words(left.map(|word| warp.get(word)), half);
    let right = matrix::right_words(right.map(|word| warp.get(word)), half);
    let results: Vec<Lanes> = (0..4)
        .map(|register| {
            let (products, old) = (matrix::products(&left, &right, register), warp.get(sums[register]));
            std::array::from_fn(|lane| {
                let old = f64::from(f32::from_bits(old[lane] as u32));
                u64::from(((old + products[lane]) as f32).to_bits())
            })
        })
        .collect();
    for (slot, value) in to.iter().zip(results) {
        warp.slots[*slot as usize] = value;
    }
    Ok(())
}
