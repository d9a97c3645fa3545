//! Tiles that warps of the producer warpgroup copy or compute: those that the copy engine cannot load.
//!
//! The first warp of the producer warpgroup drives the copy engine; the others share the buffers that are filled by threads, so
//! that no copy waits for another. A load takes as long as some hundred instructions: many are in flight together.

use super::kernel::Kernel;
use crate::{
    dialect::kernel::Instruction,
    error::PassError,
    ffi,
    gpu::{
        code::Cmp,
        layout::Coord,
        nest::{Generic, Index, Window, in_words, window},
        plan::{SharedTile, Source, Staged, Use, copiers::Copiers},
    },
    ir::{self, Op, Val},
};

/// Registers of a producer thread from which on it holds what many units are computed from.
const MANY_REGISTERS: i64 = 96;

/// An element of a vector on its way: its place, whether that is in the vector, if it may not be, and its word.
type Element<'c> = (Val<'c>, Option<Val<'c>>, Val<'c>);

impl<'c> Kernel<'_, 'c> {
    /// Number of this thread among the threads that copy with it, and how many they are.
    fn copier(&self) -> (Val<'c>, i64) {
        let Copiers { first, warps } = self.copiers.unwrap_or(Copiers { first: 0, warps: 4 });
        (self.code.addc(self.me().tid, -32 * first), 32 * warps)
    }

    /// Fills the buffer in turn by these threads.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn fill_by_threads(&mut self, staged: &Staged<'c>) -> Result<(), PassError> {
        if staged.used == Use::Columns {
            let loaded = self.load_columns(staged)?;
            return self.store_columns(staged, loaded);
        }
        self.fill_words(staged)?;
        // What each thread wrote is there for the tensor cores.
        self.fence_engine();
        self.arrive_full(staged);
        Ok(())
    }

    /// Fills tiles one after the other, but vectors that the same threads copy together: all loads are on their way before the first
    /// is waited for.
    ///
    /// # Errors
    /// Those of [`Kernel::fill`].
    pub fn fill_all(&mut self, ops: &[Op<'c>]) -> Result<(), PassError> {
        let values = ops.iter().flat_map(|op| ir::results(*op));
        let staged: Vec<_> = values.filter_map(|value| self.plan.staged(value).cloned()).collect();
        let together = |staged: &Staged<'c>| {
            let own = self.copiers.is_some() && self.plan.copiers(staged.buffer) == self.copiers;
            own && matches!(staged.source, Source::Vector { .. })
                && !self.plan.rings[self.plan.buffers[staged.buffer].ring].once
        };
        let (vectors, rest): (Vec<_>, Vec<_>) = staged.into_iter().partition(together);
        rest.iter().try_for_each(|staged| self.fill(staged))?;
        vectors.iter().for_each(|staged| self.await_empty(staged.buffer));
        let loaded = vectors.iter().map(|staged| self.load_columns(staged)).collect::<Result<Vec<_>, _>>()?;
        vectors.iter().zip(loaded).try_for_each(|(staged, loaded)| self.store_columns(staged, loaded))
    }

    /// Each thread says that its part of the buffer in turn is filled.
    fn arrive_full(&self, staged: &Staged<'c>) {
        let address = self.barrier_address(staged.buffer, false);
        Instruction::ArriveBarrier { address, condition: None, count: 1 }.build(&self.code.b);
    }

    /// Computes a tile element by element, or copies it in the widest words that its rows are made of.
    fn fill_words(&mut self, staged: &Staged<'c>) -> Result<(), PassError> {
        let shared = staged.shared;
        let target = self.buffer_address(staged.buffer);
        let copied = self.words_of(staged);
        if copied.is_none()
            && let Some((generic, width)) = self.lanes_of(staged)
        {
            return self.fill_units(staged, &generic, width);
        }
        let (width, most) = copied.as_ref().map_or((1, 4), |(_, width)| (*width, 8));
        let words = shared.rows * shared.columns / width;
        let (own, threads) = self.copier();
        let batch = [8, 4, 2].into_iter().find(|batch| *batch <= most && words % (threads * batch) == 0).unwrap_or(1);
        let bounds = [own, self.code.i32(words), self.code.i32(threads * batch)];
        self.repeat(bounds, &[], |kernel, first, _| {
            let mut stores = vec![];
            for number in 0..batch {
                let at = kernel.code.mulc(kernel.code.addc(first, threads * number), width);
                let ([row, column], address) = kernel.place_in(shared, target, at);
                let point = [kernel.dynamic_coord(row), kernel.dynamic_coord(column)];
                let value = match &copied {
                    Some((window, width)) => kernel.load_word(staged.value, window, &point, *width)?,
                    None => kernel.padded_element(staged, point)?,
                };
                stores.push((value, address));
            }
            let code = kernel.code;
            for (value, address) in stores {
                code.store(value, code.shared_ptr(address));
            }
            Ok(vec![])
        })
        .map(|_| ())
    }

    /// Computes a tile in units of neighbours: what several are computed from is on its way before the first is computed.
    fn fill_units(&mut self, staged: &Staged<'c>, generic: &Generic<'c>, width: i64) -> Result<(), PassError> {
        let shared = staged.shared;
        let target = self.buffer_address(staged.buffer);
        let units = shared.rows * shared.columns / width;
        let (own, threads) = self.copier();
        let most = if self.plan.producer_registers >= MANY_REGISTERS { 6 } else { 3 };
        let batch = most.min((units + threads - 1) / threads);
        let bounds = [own, self.code.i32(units), self.code.i32(threads * batch)];
        let bytes = if let Source::Widened { boxes, raw } = &staged.source {
            self.wait_full(*raw);
            self.raw = Some((boxes.extract, self.buffer_address(*raw), boxes.shared(shared)));
            Some(*raw)
        } else {
            None
        };
        self.repeat(bounds, &[], |kernel, first, _| {
            let mut loaded = vec![];
            for number in 0..batch {
                let code = kernel.code;
                let mut unit = code.addc(first, threads * number);
                if units % (threads * batch) != 0 {
                    // Past the end, the last one is written again.
                    unit = code.b.binary("arith.minsi", unit, code.i32(units - 1));
                }
                let ([row, column], address) = kernel.place_in(shared, target, code.mulc(unit, width));
                let inside = kernel.row_exists(staged, row);
                let row = inside.map_or(row, |inside| code.b.select(inside, row, code.i32(0)));
                loaded.push((kernel.load_unit(generic, [row, column], width)?, address, inside));
            }
            for (lane, address, inside) in loaded {
                let values = kernel.unit(generic, lane)?;
                kernel.store_unit(&values, address, inside);
            }
            Ok(vec![])
        })?;
        self.raw = None;
        if let Some(raw) = bytes {
            // One lane speaks for its warp.
            self.code.sync_warp();
            self.release(raw, None);
        }
        Ok(())
    }

    /// The row and the column of an element of a shared tile by its number, and its address.
    pub fn place_in(&self, shared: SharedTile, target: Val<'c>, at: Val<'c>) -> ([Val<'c>; 2], Val<'c>) {
        let code = self.code;
        let row = code.divc(at, shared.columns);
        let column = code.sub(at, code.mulc(row, shared.columns));
        let chunk = code.divc(column, shared.chunk_columns());
        let inside = code.sub(column, code.mulc(chunk, shared.chunk_columns()));
        let plain = code.add(code.mulc(row, shared.swizzle), code.shlc(inside, 1));
        let mask = shared.swizzle / 16 - 1;
        let bits = code.shlc(code.andc(code.shrc(plain, 7), mask), 4);
        let offset = code.add(code.xor(plain, bits), code.mulc(chunk, shared.chunk_bytes()));
        ([row, column], code.add(target, offset))
    }

    /// The window of a staged tile that can be copied in words of two or four elements, and how many.
    fn words_of(&self, staged: &Staged<'c>) -> Option<(Window<'c>, i64)> {
        let window = window(self.host, staged.value)?;
        let rows_inside = window.dims.last() == Some(&(window.view.dims.len() - 1)) && window.tile.len() == 2;
        let Some(Index::Const(live)) = window.live.last().copied().filter(|_| rows_inside) else { return None };
        let columns = staged.shared.columns;
        let whole = |width: i64| live % width == 0 && columns % width == 0 && in_words(&window, width);
        let width = [4, 2].into_iter().find(|width| whole(*width))?;
        // What the shared tile has beyond the tile does not exist either.
        Some((Window { tile: vec![staged.shared.rows, columns], ..window }, width))
    }

    /// Computes a vector, an element or more a thread.
    fn load_columns(&mut self, staged: &Staged<'c>) -> Result<Vec<Element<'c>>, PassError> {
        let columns = staged.shared.columns / 2;
        let (own, threads) = self.copier();
        let last = self.last_of(staged)?;
        let mut stores = vec![];
        for first in (0..columns).step_by(threads as usize) {
            // Threads beyond the end compute its last element, to no effect.
            let code = self.code;
            let at = code.addc(own, first);
            let inside = (first + threads > columns).then(|| code.cmpc(Cmp::Slt, at, columns));
            let bounded = inside.map_or(at, |inside| code.b.select(inside, at, code.i32(columns - 1)));
            let bounded = last.map_or(bounded, |last| code.b.binary("arith.minsi", bounded, last));
            let point = self.dynamic_coord(bounded);
            let mut value = self.element(staged.value, &[point])?;
            if matches!(staged.source, Source::Vector { inverse: true, .. }) {
                value = self.code.b.binary("arith.divf", self.code.f32(1.0), value);
            }
            stores.push((at, inside, self.as_word(value)));
        }
        Ok(stores)
    }

    fn store_columns(&mut self, staged: &Staged<'c>, loaded: Vec<Element<'c>>) -> Result<(), PassError> {
        let target = self.buffer_address(staged.buffer);
        for (at, inside, value) in loaded {
            let code = self.code;
            let address = code.shared_ptr(code.add(target, code.shlc(at, 2)));
            match inside {
                None => code.store(value, address),
                Some(inside) => self.when(inside, |kernel| {
                    kernel.code.store(value, address);
                    Ok(())
                })?,
            }
        }
        self.arrive_full(staged);
        Ok(())
    }

    /// The last place of a vector that exists, where a step may stand for none and reads what is not there.
    fn last_of(&mut self, staged: &Staged<'c>) -> Result<Option<Val<'c>>, PassError> {
        let Source::Vector { window, .. } = &staged.source else { return Ok(None) };
        if self.plan.flat.as_ref().is_none_or(|flat| !flat.may_be_empty) {
            return Ok(None);
        }
        let dim = window.dims[0];
        let (extent, offset) = (self.expr(&window.view.dims[dim], false), self.index(window.offsets[dim])?);
        Ok(Some(self.code.addc(self.code.sub(extent, offset), -1)))
    }

    /// An element of a staged tile, 0 where the shared tile is larger than the tile.
    fn padded_element(&mut self, staged: &Staged<'c>, point: [Coord; 2]) -> Result<Val<'c>, PassError> {
        let tile = ffi::shape(ir::type_of(staged.value)).unwrap_or_default();
        let sizes = [staged.shared.rows, staged.shared.columns];
        let code = self.code;
        let mut inside: Option<Val<'c>> = None;
        let mut clamped = point;
        for dim in 0..2 {
            let extent = tile.get(dim).copied().flatten().unwrap_or(sizes[dim]);
            if extent < sizes[dim] {
                let at = self.coord(point[dim]);
                let test = code.cmpc(Cmp::Slt, at, extent);
                let bounded = code.b.select(test, at, code.i32(0));
                clamped[dim] = self.dynamic_coord(bounded);
                inside = Some(inside.map_or(test, |other| code.and(other, test)));
            }
        }
        let value = self.element(staged.value, &clamped)?;
        Ok(match inside {
            Some(inside) => code.b.select(inside, value, code.zero(ir::type_of(value))),
            None => value,
        })
    }
}
