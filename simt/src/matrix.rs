//! The matrix unit: fragments, descriptors of tiles in shared memory, and products.

use crate::{
    Fault, Half, SHARED_BASE, Tile,
    lanes::{Lanes, WARP},
};
use half::{bf16, f16};

/// Elements of a product's depth.
pub const DEPTH: usize = 16;

impl Half {
    /// The number of bits in memory or in half a word.
    pub fn number(self, bits: u16) -> f32 {
        match self {
            Self::Bf16 => bf16::from_bits(bits).to_f32(),
            Self::F16 => f16::from_bits(bits).to_f32(),
        }
    }
}

/// Where a swizzled layout has a byte: bits 4 and up are changed by those three above (PTX ISA, swizzling modes).
pub const fn swizzled(address: u64, row_bytes: u64) -> u64 {
    address ^ ((address >> 7) & (row_bytes / 16 - 1)) << 4
}

/// A tile in shared memory, as a matrix descriptor says (PTX ISA, `wgmma` matrix descriptor).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Descriptor {
    start: u64,
    leading: u64,
    stride: u64,
    /// Bytes of a swizzled row; 16: not swizzled.
    row: u64,
}

impl Descriptor {
    /// The tile that bits stand for.
    pub fn new(bits: u64) -> Result<Self, Fault> {
        let field = |low: u32| ((bits >> low) & 0x3FFF) << 4;
        if bits >> 49 & 7 != 0 {
            return Err(Fault::new("a matrix descriptor with a base offset"));
        }
        let row = [16, 128, 64, 32][(bits >> 62) as usize];
        Ok(Self { start: field(0), leading: field(16), stride: field(32), row })
    }

    /// The address of eight neighbours: elements `8 * eighth..` of the depth of a row or column `at`.
    fn along(self, at: u64, eighth: u64) -> u64 {
        match self.row {
            16 => self.start + at / 8 * self.stride + at % 8 * 16 + eighth * self.leading,
            row => swizzled(self.start + at / 8 * self.stride + at % 8 * row + eighth * 16, row),
        }
    }

    /// The address of eight neighbours: rows or columns `8 * eighth..` at one place of the depth.
    fn across(self, eighth: u64, depth: u64) -> u64 {
        match self.row {
            16 => self.start + eighth * self.stride + depth / 8 * self.leading + depth % 8 * 16,
            row => {
                let (group, inner) = (eighth / (row / 16), eighth % (row / 16));
                swizzled(
                    self.start + group * self.leading + depth / 8 * self.stride + depth % 8 * row + inner * 16,
                    row,
                )
            }
        }
    }
}

/// An operand in shared memory whose place is known.
#[derive(Clone, Copy, Debug)]
pub enum Placed {
    /// As a descriptor says, and whether the depth runs across its rows.
    Descriptor(Descriptor, bool),
    /// At an address.
    Tile(Tile, u64),
}

impl Placed {
    /// What is wrong with it for a tile in shared memory.
    pub fn check(self) -> Result<(), Fault> {
        match self {
            Self::Descriptor(Descriptor { start, .. }, _) if start < SHARED_BASE => {
                Err(Fault::new(format!("a matrix descriptor of address {start}, below shared memory")))
            }
            Self::Tile(tile, address) if address % (8 * tile.swizzle) != 0 => {
                let at = address.wrapping_sub(SHARED_BASE).cast_signed();
                Err(Fault::new(format!("a tile at {at} of shared memory, where its swizzle does not begin")))
            }
            _ => Ok(()),
        }
    }

    const fn across(self) -> bool {
        match self {
            Self::Descriptor(_, across) => across,
            Self::Tile(tile, _) => !tile.inner,
        }
    }

    /// The address of eight neighbours: of the depth in row or column `at` of the product, or of those at one place of the depth.
    fn address(self, at: u64, depth: u64) -> u64 {
        match self {
            Self::Descriptor(descriptor, false) => descriptor.along(at, depth / 8),
            Self::Descriptor(descriptor, true) => descriptor.across(at / 8, depth),
            Self::Tile(tile, base) => {
                let (at, depth) = (tile.first + at, tile.depth + depth);
                let (row, column) = if tile.inner { (at, depth) } else { (depth, at) };
                let (chunk, column) = (column / (tile.swizzle / 2), column % (tile.swizzle / 2));
                swizzled(base + chunk * tile.rows * tile.swizzle + row * tile.swizzle + 2 * column, tile.swizzle)
            }
        }
    }

    /// Rows (or columns) of the product, each with the elements of the depth. `read` gives 16 bytes.
    pub fn tile(
        self,
        rows: std::ops::Range<usize>,
        read: &mut dyn FnMut(u64) -> Result<[u8; 16], Fault>,
        half: Half,
    ) -> Result<Vec<[f32; DEPTH]>, Fault> {
        let mut tile = vec![[0.0; DEPTH]; rows.len()];
        let number = |bytes: &[u8; 16], at: usize| half.number(u16::from_le_bytes([bytes[2 * at], bytes[2 * at + 1]]));
        if self.across() {
            for (row, depth) in rows.clone().step_by(8).flat_map(|row| (0..DEPTH).map(move |depth| (row, depth))) {
                let bytes = read(self.address(row as u64, depth as u64))?;
                for at in 0..8 {
                    tile[row + at - rows.start][depth] = number(&bytes, at);
                }
            }
        } else {
            for row in rows.clone() {
                for depth in [0, 8] {
                    let bytes = read(self.address(row as u64, depth as u64))?;
                    for at in 0..8 {
                        tile[row - rows.start][depth + at] = number(&bytes, at);
                    }
                }
            }
        }
        Ok(tile)
    }
}

/// A sum in flight, of a group: its bits are a NaN that arithmetic does not make.
pub const fn in_flight(sum: f32, group: u32) -> u64 {
    (sum.to_bits() as u64) << 32 | 0xFFE0_0000 | (group & 0x1F_FFFF) as u64
}

/// The bits of a sum, and the group that it is in flight with.
pub const fn sum_of(value: u64) -> (u32, Option<u32>) {
    match value & 0xFFE0_0000 {
        0xFFE0_0000 => ((value >> 32) as u32, Some(value as u32 & 0x1F_FFFF)),
        _ => (value as u32, None),
    }
}

/// 16 rows of a left operand in four words of a fragment (PTX ISA, `wgmma.mma_async` fragment A, `mma.m16n8k16`).
pub fn left_words(words: [&Lanes; 4], half: Half) -> Vec<[f32; DEPTH]> {
    let mut tile = vec![[0.0; DEPTH]; 16];
    for lane in 0..WARP {
        for (number, word) in words.iter().enumerate() {
            let (row, column) = (lane / 4 + 8 * (number % 2), lane % 4 * 2 + 8 * (number / 2));
            tile[row][column] = half.number(word[lane] as u16);
            tile[row][column + 1] = half.number((word[lane] >> 16) as u16);
        }
    }
    tile
}

/// 8 columns of a right operand in two words of a fragment (PTX ISA, `mma.m16n8k16`).
pub fn right_words(words: [&Lanes; 2], half: Half) -> Vec<[f32; DEPTH]> {
    let mut tile = vec![[0.0; DEPTH]; 8];
    for lane in 0..WARP {
        for (number, word) in words.iter().enumerate() {
            let (column, row) = (lane / 4, lane % 4 * 2 + 8 * number);
            tile[column][row] = half.number(word[lane] as u16);
            tile[column][row + 1] = half.number((word[lane] >> 16) as u16);
        }
    }
    tile
}

/// One register of the result's fragment: what is added to it, before it is rounded (the unit has more bits than f32 for the sum of a
/// step). Four registers hold eight columns.
pub fn products(left: &[[f32; DEPTH]], right: &[[f32; DEPTH]], register: usize) -> [f64; WARP] {
    std::array::from_fn(|lane| {
        let row = lane / 4 + 8 * (register % 4 / 2);
        let column = register / 4 * 8 + lane % 4 * 2 + register % 2;
        left[row].iter().zip(&right[column]).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_128_bytes_repeat_every_1024() {
        assert_eq!(swizzled(1024, 128), 1024);
        assert_eq!(swizzled(1024 + 128, 128), 1024 + 128 + 16);
        assert_eq!(swizzled(1024 + 7 * 128 + 112, 128), 1024 + 7 * 128);
        assert_eq!(swizzled(1024 + 128, 32), 1024 + 128 + 16);
        assert_eq!(swizzled(1024 + 256, 64), 1024 + 256 + 32);
        assert_eq!(swizzled(1024 + 512, 64), 1024 + 512);
    }

    #[test]
    fn a_product_is_what_its_fragments_say() {
        let element = |row: usize, column: usize| (row * 3 + column) as f32 % 7.0 - 2.0;
        let pack =
            |a: f32, b: f32| u64::from(bf16::from_f32(a).to_bits()) | u64::from(bf16::from_f32(b).to_bits()) << 16;
        let words: [Lanes; 4] = std::array::from_fn(|number| {
            std::array::from_fn(|lane| {
                let (row, column) = (lane / 4 + 8 * (number % 2), lane % 4 * 2 + 8 * (number / 2));
                pack(element(row, column), element(row, column + 1))
            })
        });
        let left = left_words([&words[0], &words[1], &words[2], &words[3]], Half::Bf16);
        let right: [Lanes; 2] = std::array::from_fn(|number| {
            std::array::from_fn(|lane| {
                let (column, row) = (lane / 4, lane % 4 * 2 + 8 * number);
                pack(f32::from(u8::from(row == column)), f32::from(u8::from(row + 1 == column)))
            })
        });
        let right = right_words([&right[0], &right[1]], Half::Bf16);
        for register in 0..4 {
            for (lane, sum) in products(&left, &right, register).into_iter().enumerate() {
                let (row, column) = (lane / 4 + 8 * (register / 2), lane % 4 * 2 + register % 2);
                assert_eq!(sum, f64::from(element(row, column)));
            }
        }
    }
}
