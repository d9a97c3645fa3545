//! Tiles that warps of the producer warpgroup copy or compute: those that the copy engine cannot load.
//!
//! The first warp of the producer warpgroup drives the copy engine; the others share the buffers that are filled by threads, so
//! that no copy waits for another. A load takes as long as some hundred instructions: many are in flight together.

use super::{
    code::Cmp,
    kernel::Kernel,
    layout::Coord,
    nest::{Index, Window, in_words, window},
    plan::{Plan, Staged, Use},
};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Val},
};

/// Warps of the producer warpgroup that copy: the first number, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copiers {
    pub first: i64,
    pub warps: i64,
}

impl Plan<'_> {
    /// The warps that fill a buffer; `None` where the copy engine does.
    pub fn copiers(&self, buffer: usize) -> Option<Copiers> {
        let place = self.copied().position(|own| own == buffer)? as i64;
        Some(match (self.copied().count(), place) {
            (1, _) => Copiers { first: 1, warps: 3 },
            (2, 0) => Copiers { first: 1, warps: 2 },
            (2, _) => Copiers { first: 3, warps: 1 },
            _ => Copiers { first: 1 + place % 3, warps: 1 },
        })
    }

    /// All groups of warps that copy.
    pub fn all_copiers(&self) -> Vec<Copiers> {
        let mut all: Vec<_> = self.copied().filter_map(|buffer| self.copiers(buffer)).collect();
        all.sort_by_key(|copiers| copiers.first);
        all.dedup();
        all
    }

    fn copied(&self) -> impl Iterator<Item = usize> {
        (0..self.buffers.len()).filter(|buffer| self.buffers[*buffer].by_threads)
    }
}

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
        match staged.used {
            Use::Columns => self.fill_columns(staged)?,
            _ => self.fill_words(staged)?,
        }
        // What each thread wrote is there for the tensor cores.
        self.fence_engine();
        let full = self.barrier_address(staged.buffer, false);
        self.code.asm("mbarrier.arrive.shared::cta.b64 _, [$0];", "r", &[full], &[]);
        Ok(())
    }

    /// Computes a tile element by element, or copies it in the widest words that its rows are made of.
    fn fill_words(&mut self, staged: &Staged<'c>) -> Result<(), PassError> {
        let shared = staged.shared;
        let target = self.buffer_address(staged.buffer);
        let copied = self.words_of(staged);
        let (width, most) = copied.as_ref().map_or((1, 4), |(_, width)| (*width, 8));
        let words = shared.rows * shared.columns / width;
        let (own, threads) = self.copier();
        let batch = [8, 4, 2].into_iter().find(|batch| *batch <= most && words % (threads * batch) == 0).unwrap_or(1);
        let bounds = [own, self.code.i32(words), self.code.i32(threads * batch)];
        self.repeat(bounds, &[], |kernel, first, _| {
            let code = kernel.code;
            let mut stores = vec![];
            for number in 0..batch {
                let at = code.mulc(code.addc(first, threads * number), width);
                let row = code.divc(at, shared.columns);
                let column = code.sub(at, code.mulc(row, shared.columns));
                let point = [kernel.dynamic_coord(row), kernel.dynamic_coord(column)];
                let value = match &copied {
                    Some((window, width)) => kernel.load_word(staged.value, window, &point, *width)?,
                    None => kernel.padded_element(staged, point)?,
                };
                let chunk = code.divc(column, shared.chunk_columns());
                let inside = code.sub(column, code.mulc(chunk, shared.chunk_columns()));
                let plain = code.add(code.mulc(row, shared.swizzle), code.shlc(inside, 1));
                let mask = shared.swizzle / 16 - 1;
                let bits = code.shlc(code.andc(code.shrc(plain, 7), mask), 4);
                let offset = code.add(code.xor(plain, bits), code.mulc(chunk, shared.chunk_bytes()));
                stores.push((value, code.add(target, offset)));
            }
            for (value, address) in stores {
                code.store(value, code.shared_ptr(address));
            }
            Ok(vec![])
        })
        .map(|_| ())
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
    fn fill_columns(&mut self, staged: &Staged<'c>) -> Result<(), PassError> {
        let target = self.buffer_address(staged.buffer);
        let columns = staged.shared.columns / 2;
        let (own, threads) = self.copier();
        let mut stores = vec![];
        for first in (0..columns).step_by(threads as usize) {
            // Threads beyond the end compute its last element, to no effect.
            let code = self.code;
            let at = code.addc(own, first);
            let inside = (first + threads > columns).then(|| code.cmpc(Cmp::Slt, at, columns));
            let bounded = inside.map_or(at, |inside| code.b.select(inside, at, code.i32(columns - 1)));
            let point = self.dynamic_coord(bounded);
            stores.push((at, inside, self.element(staged.value, &[point])?));
        }
        for (at, inside, value) in stores {
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
        Ok(())
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
