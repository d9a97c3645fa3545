//! The order of a grid's tiles: which coordinates a number has.
//!
//! Blocks of neighbouring numbers run together, so the order decides what they share in the second-level cache and how even
//! their work is. The last grid dim is fastest, but for these cases. Where a dim decides how long a tile's loops run, it is
//! slowest and runs backwards: under a mask the last tiles are often the longest. The other dims may then be cut into sections
//! that are taken one after the other ([`crate::gpu::plan::sections`]): all their tiles find what they read in the cache. Where two dims choose two operands, as rows
//! and columns of a product do, tiles are taken in bands of rows, column by column, so that the tiles that run together form a
//! rectangle whose sides read about as much.

use super::kernel::Kernel;
use crate::{
    error::PassError,
    ffi,
    gpu::{
        nest::Index,
        plan::{
            Source, Use,
            grid::{depends, grid_bounds, grid_rank},
        },
    },
    ir::{self, Blk, Val},
};

/// Two grid dims whose tiles are taken in bands.
struct Bands {
    rows: usize,
    columns: usize,
    /// Rows of a band.
    height: i64,
}

impl<'c> Kernel<'_, 'c> {
    /// The grid dims that decide how long a tile's loops run.
    pub fn uneven_dims(&self, body: Blk<'c>) -> Vec<usize> {
        crate::gpu::plan::sections::uneven_dims(self.op, body)
    }

    /// Binds the grid coordinates of the tile of a number.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn bind_tile(&mut self, body: Blk<'c>, tile: Val<'c>) -> Result<(), PassError> {
        let rank = grid_rank(self.op);
        let slow = self.uneven_dims(body);
        if slow.is_empty() {
            return self.bind_even(body, tile);
        }
        let fast: Vec<usize> = (0..rank).filter(|dim| !slow.contains(dim)).collect();
        let Some(section) = self.plan.section else {
            let order: Vec<usize> = slow.iter().chain(&fast).copied().collect();
            return self.bind_dims(body, &order, &slow, tile);
        };
        let (length, width) = (self.extent(&slow)?, self.extent(&fast)?);
        let code = self.code;
        let section = code.i32(section);
        let tiles = code.mul(section, length);
        let number = code.b.binary("arith.divui", tile, tiles);
        let inside = code.sub(tile, code.mul(number, tiles));
        let begun = code.mul(number, section);
        let here = code.b.binary("arith.minsi", section, code.sub(width, begun));
        let above = code.b.binary("arith.divui", inside, here);
        let at = code.add(begun, code.sub(inside, code.mul(above, here)));
        self.bind_dims(body, &slow, &slow, above)?;
        self.bind_dims(body, &fast, &slow, at)
    }

    /// Binds the coordinates of a tile whose loops are as long as any other's.
    fn bind_even(&mut self, body: Blk<'c>, tile: Val<'c>) -> Result<(), PassError> {
        let bands = self.bands(body);
        let banded = |dim: &usize| bands.as_ref().is_some_and(|bands| [bands.rows, bands.columns].contains(dim));
        let order: Vec<usize> = (0..grid_rank(self.op)).filter(|dim| !banded(dim)).collect();
        let mut rest = tile;
        if let Some(bands) = &bands {
            let extents = [self.extent(&[bands.rows])?, self.extent(&[bands.columns])?];
            let code = self.code;
            let total = code.mul(extents[0], extents[1]);
            let above = code.b.binary("arith.divui", rest, total);
            let inside = if order.is_empty() { rest } else { code.sub(rest, code.mul(above, total)) };
            rest = above;
            let per_band = code.mulc(extents[1], bands.height);
            let band = code.b.binary("arith.divui", inside, per_band);
            let first = code.mulc(band, bands.height);
            let inside = code.sub(inside, code.mul(band, per_band));
            let height = match grid_bounds(self.op)[bands.rows] {
                Index::Const(rows) if rows % bands.height == 0 => code.i32(bands.height),
                _ => code.b.binary("arith.minsi", code.sub(extents[0], first), code.i32(bands.height)),
            };
            let column = code.b.binary("arith.divui", inside, height);
            let row = code.add(first, code.sub(inside, code.mul(column, height)));
            let arguments = ir::arguments(body);
            for (dim, at) in [(bands.rows, row), (bands.columns, column)] {
                self.scope().scalars.insert(ffi::value_key(arguments[dim]), at);
            }
        }
        self.bind_dims(body, &order, &[], rest)
    }

    /// Binds some grid dims to the parts of a number, the last one fastest; `slow` ones run backwards.
    fn bind_dims(&mut self, body: Blk<'c>, order: &[usize], slow: &[usize], number: Val<'c>) -> Result<(), PassError> {
        let arguments = ir::arguments(body);
        let mut rest = number;
        for (place, dim) in order.iter().copied().enumerate().rev() {
            let extent = self.extent(&[dim])?;
            let mut at = rest;
            if place > 0 {
                let above = self.code.b.binary("arith.divui", rest, extent);
                at = self.code.sub(rest, self.code.mul(above, extent));
                rest = above;
            }
            if slow.contains(&dim) {
                at = self.code.sub(self.code.addc(extent, -1), at);
            }
            self.scope().scalars.insert(ffi::value_key(arguments[dim]), at);
        }
        Ok(())
    }

    /// The product of some grid dims.
    fn extent(&mut self, dims: &[usize]) -> Result<Val<'c>, PassError> {
        let bounds = grid_bounds(self.op);
        let mut total = self.code.i32(1);
        for dim in dims {
            let extent = self.index(bounds[*dim])?;
            total = self.code.mul(total, extent);
        }
        Ok(total)
    }

    /// The bands of a nest whose loops read one operand by one grid dim and another by another.
    fn bands(&self, body: Blk<'c>) -> Option<Bands> {
        let grid = ir::arguments(body);
        let mut chosen: Vec<(Vec<usize>, i64)> = vec![];
        for staged in &self.plan.staged {
            let looped = staged.used == Use::Operand && !self.plan.rings[self.plan.buffers[staged.buffer].ring].once;
            let Source::Tma(window) = &staged.source else { continue };
            let offsets: Vec<_> = window
                .offsets
                .iter()
                .filter_map(|offset| match offset {
                    Index::Const(_) => None,
                    Index::Value(value) => Some(*value),
                })
                .collect();
            let chooses = |dim: &usize| offsets.iter().any(|offset| depends(*offset, grid[*dim]));
            if looped {
                let dims: Vec<_> = (0..grid_rank(self.op)).filter(chooses).collect();
                match chosen.iter_mut().find(|(own, _)| *own == dims) {
                    Some((_, bytes)) => *bytes += staged.shared.bytes(),
                    None => chosen.push((dims, staged.shared.bytes())),
                }
            }
        }
        let only = |own: &[usize], other: &[usize]| {
            let found: Vec<_> = own.iter().filter(|dim| !other.contains(dim)).copied().collect();
            <[usize; 1]>::try_from(found).ok().map(|[dim]| dim)
        };
        let [(left, left_bytes), (right, right_bytes)] = &chosen[..] else { return None };
        let (rows, columns) = (only(left, right)?, only(right, left)?);
        let ideal = (self.plan.schedule.target.multiprocessors * right_bytes / left_bytes) as f64;
        let extent = match grid_bounds(self.op)[rows] {
            Index::Const(rows) => Some(rows),
            Index::Value(_) => None,
        };
        Some(Bands { rows, columns, height: band_height(ideal.sqrt(), extent) })
    }
}

/// The rows of a band: about so many, and all bands alike where the number of rows allows.
fn band_height(ideal: f64, rows: Option<i64>) -> i64 {
    let about = (ideal.round() as i64).max(1);
    let rows = rows.unwrap_or(about).max(1);
    let divisors = (1..=rows.min(2 * about)).filter(|height| rows % height == 0 && 2 * height >= about);
    let off = |height: &i64| (*height as f64 / ideal).ln().abs();
    divisors.min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(about.min(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_alike_where_they_can_be() {
        assert_eq!(band_height(16.2, Some(64)), 16);
        assert_eq!(band_height(11.5, Some(16)), 16);
        assert_eq!(band_height(11.5, Some(13)), 13);
        assert_eq!(band_height(11.5, Some(37)), 12, "the last band is lower");
        assert_eq!(band_height(11.5, Some(3)), 3);
        assert_eq!(band_height(11.5, None), 12);
    }
}
