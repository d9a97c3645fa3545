//! Results through shared memory: a fragment is written over a left operand that is no longer needed, in the same swizzled
//! layout, and the copy engine stores it. Elements beyond the end of the tensor are clipped by the engine.

use super::{kernel::Kernel, memory::Stored};
use crate::{
    bug,
    dialect::kernel::Instruction,
    error::PassError,
    gpu::{
        code::Cmp,
        layout::{Coord, Layout, groups},
        nest::{Generic, Index, Window},
        plan::{STRIP_BYTES, SharedTile, Strips, contractions},
    },
    ir::{self, Op, Val},
    runtime::Expr,
};

/// Ids of the barriers among the threads of one warpgroup: those below are for turns.
const FIRST_BARRIER: i64 = 5;
/// Consumer warpgroups, at most.
const MOST_WARPGROUPS: i64 = 3;

/// A result that the copy engine stores.
#[derive(Clone)]
pub struct EngineStore<'c> {
    /// The `tensor.parallel_insert_slice`.
    pub op: Op<'c>,
    value: Val<'c>,
    window: Window<'c>,
    columns: i64,
    through: Through,
}

/// The shared memory a result goes through.
#[derive(Clone, Copy)]
enum Through {
    /// The buffer of a tile that is filled once per grid tile.
    Buffer(usize),
    /// The strips of its warpgroup.
    Strips(Strips),
}

/// 16 rows of a tile in shared memory.
#[derive(Clone, Copy)]
pub struct FragmentTile<'c> {
    pub base: Val<'c>,
    pub shared: SharedTile,
    /// The first of them.
    pub row: Val<'c>,
}

impl EngineStore<'_> {
    /// The buffer of a tile that it takes the place of.
    pub fn buffer(&self) -> Option<usize> {
        match self.through {
            Through::Buffer(buffer) => Some(buffer),
            Through::Strips(_) => None,
        }
    }
}

impl<'c> Kernel<'_, 'c> {
    /// The first store of the kernel that can go through a buffer that is free by then.
    ///
    /// # Errors
    /// Those of [`Kernel::stored`].
    pub fn engine_store(&self) -> Result<Option<EngineStore<'c>>, PassError> {
        if !self.plan.schedule.distribute.store_by_engine {
            return Ok(None);
        }
        let last = ir::body(self.op, 0).and_then(|body| ir::ops(body).pop());
        let stores = last.and_then(|last| ir::body(last, 0)).map(ir::ops).unwrap_or_default();
        for op in stores {
            let Stored { value, window, layout } = self.stored(op)?;
            let Layout::Fragment { columns } = layout else { continue };
            let bytes = size_of(&window);
            let buffer = self.free_buffer(columns).filter(|_| bytes == 2 && !self.plan.refilled).map(Through::Buffer);
            let through = buffer.or_else(|| self.plan.strips.map(Through::Strips));
            if let Some(through) = through.filter(|_| self.engine_stores(&window, columns)) {
                return Ok(Some(EngineStore { op, value, window, columns, through }));
            }
        }
        Ok(None)
    }

    /// Writes the result to shared memory and has it stored: by a warp that does nothing else where tiles run as one loop,
    /// by a thread of this warpgroup otherwise.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn store_by_engine(&mut self, store: &EngineStore<'c>) -> Result<(), PassError> {
        let buffer = match store.through {
            Through::Buffer(buffer) => buffer,
            Through::Strips(strips) => return self.store_by_strips(store, strips),
        };
        self.warpgroup_barrier();
        let (base, shared) = (self.buffer_address(buffer), self.plan.buffers[buffer].shared);
        self.write_fragment(store.value, (base, shared), 0..groups(store.columns))?;
        self.fence_engine();
        let code = self.code;
        if self.has_store_warps() {
            // Each warp says so on a barrier of the buffer: a warpgroup may be some tiles ahead of the warp that stores.
            let address = self.written_address(buffer, self.me().warpgroup);
            let first = code.cmpc(Cmp::Eq, self.me().lane, 0);
            code.sync_warp();
            Instruction::ArriveBarrier { address, condition: Some(first), count: 1 }.build(&code.b);
            return Ok(());
        }
        self.warpgroup_barrier();
        let first = code.cmpc(Cmp::Eq, code.andc(self.me().tid, 127), 0);
        let warpgroup = self.me().warpgroup;
        self.when(first, |kernel| kernel.copy_out(store, buffer, warpgroup))
    }

    /// Stores the rows of this warpgroup chunk by chunk, each through the strip that has been read for longest.
    fn store_by_strips(&mut self, store: &EngineStore<'c>, strips: Strips) -> Result<(), PassError> {
        let bytes = size_of(&store.window);
        let swizzle = swizzle_of(store.columns * bytes / 2);
        let shared = SharedTile { rows: 64, columns: swizzle / 2, swizzle, size: 2 };
        let columns = swizzle / bytes;
        let chunks = (store.columns + columns - 1) / columns;
        let map = self.window_map(&store.window, shared);
        let at = self.rows_at(&store.window, self.me().warpgroup)?;
        let per_chunk = groups(columns);
        for chunk in 0..chunks {
            // The strip before this one may still be read, the one before that may not. A tile begins with strip 0.
            let pending = if chunk == 0 && chunks % strips.count != 0 { 0 } else { strips.count - 1 };
            let code = self.code;
            let first = code.cmpc(Cmp::Eq, code.andc(self.me().tid, 127), 0);
            self.when(first, |kernel| {
                kernel.await_reads(pending);
                Ok(())
            })?;
            self.warpgroup_barrier();
            let strip = self.strip(strips, chunk % strips.count);
            // Rows count from the first of the block.
            let base = code.sub(strip, code.mulc(self.me().warpgroup, 64 * swizzle));
            let first_group = per_chunk * chunk as usize;
            let end = (first_group + per_chunk).min(groups(store.columns));
            if bytes == 4 {
                self.write_words(store.value, (base, shared), first_group..end)?;
            } else {
                self.write_fragment(store.value, (base, shared), first_group..end)?;
            }
            self.fence_engine();
            self.warpgroup_barrier();
            self.when(first, |kernel| {
                let coordinates = kernel.chunk_coordinates(&store.window, &at, chunk * columns);
                kernel.store_chunk(map, strip, &coordinates);
                Instruction::Commit.build(&kernel.code.b);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The address of a strip of this warpgroup.
    fn strip(&self, strips: Strips, number: i64) -> Val<'c> {
        let code = self.code;
        let own = code.mulc(self.me().warpgroup, strips.count * STRIP_BYTES);
        code.add(code.addc(self.me().shared, strips.offset + number * STRIP_BYTES), own)
    }

    /// Before a block ends its strips must have been read.
    pub fn await_strips(&self) {
        if self.engine.as_ref().is_some_and(|store| matches!(store.through, Through::Strips(_))) {
            self.await_reads(0);
        }
    }

    /// Waits until all but so many of this thread's last stores have read shared memory.
    fn await_reads(&self, pending: i64) {
        Instruction::AwaitDrains { pending, read: true }.build(&self.code.b);
    }

    /// What this thread wrote to shared memory is there for the copy engine.
    pub fn fence_engine(&self) {
        Instruction::FenceEngine.build(&self.code.b);
    }

    /// Where the rows of a warpgroup of a window begin.
    fn rows_at(&mut self, window: &Window<'c>, warpgroup: Val<'c>) -> Result<Vec<Val<'c>>, PassError> {
        let mut at = window.offsets.iter().map(|offset| self.index(*offset)).collect::<Result<Vec<_>, _>>()?;
        let row = window.dims[0];
        at[row] = self.code.add(at[row], self.code.shlc(warpgroup, 6));
        Ok(at)
    }

    /// Has the copy engine store a chunk.
    fn store_chunk(&self, map: Val<'c>, source: Val<'c>, coordinates: &[Val<'c>]) {
        Instruction::Drain { map, source, coordinates: coordinates.to_vec() }.build(&self.code.b);
    }

    /// Whether warps of the producer warpgroup store results.
    pub fn has_store_warps(&self) -> bool {
        let through_buffer = self.engine.as_ref().is_some_and(|store| store.buffer().is_some());
        self.plan.flat.is_some() && !self.plan.has_copies() && !self.plan.has_vectors() && through_buffer
    }

    /// How many barriers say that results are written over buffers.
    pub fn written_barriers(&self) -> i64 {
        let buffer = self.engine.as_ref().and_then(EngineStore::buffer).filter(|_| self.has_store_warps());
        buffer.map_or(0, |buffer| self.plan.warpgroups * self.plan.rings[self.plan.buffers[buffer].ring].depth)
    }

    /// The barrier of a warpgroup that writes its rows over the buffer in turn.
    fn written_address(&self, buffer: usize, warpgroup: Val<'c>) -> Val<'c> {
        let code = self.code;
        let (turn, depth) = self.turn(buffer);
        let number = code.add(code.mulc(warpgroup, depth), turn.slot);
        code.add(code.addc(self.me().shared, self.plan.written), code.shlc(number, 3))
    }

    /// Waits until a warpgroup has written its rows of the result, and stores them: code of one warp.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn store_rows(&mut self, store: &EngineStore<'c>, warpgroup: Val<'c>) -> Result<(), PassError> {
        let Through::Buffer(buffer) = store.through else { return Ok(()) };
        let code = self.code;
        self.wait_written(buffer, self.written_address(buffer, warpgroup));
        let first = code.cmpc(Cmp::Eq, self.me().lane, 0);
        self.when(first, |kernel| kernel.copy_out(store, buffer, warpgroup))
    }

    /// Has the copy engine store the rows of a warpgroup, waits until they are read, and gives the buffer back.
    fn copy_out(&mut self, store: &EngineStore<'c>, buffer: usize, warpgroup: Val<'c>) -> Result<(), PassError> {
        let whole = self.plan.buffers[buffer].shared;
        let shared = SharedTile { rows: 64, columns: store.columns, ..whole };
        let map = self.window_map(&store.window, shared);
        let at = self.rows_at(&store.window, warpgroup)?;
        let code = self.code;
        let base = code.add(self.buffer_address(buffer), code.mulc(warpgroup, 64 * shared.swizzle));
        for chunk in 0..shared.chunks() {
            let source = code.addc(base, chunk * whole.chunk_bytes());
            let coordinates = self.chunk_coordinates(&store.window, &at, chunk * shared.chunk_columns());
            self.store_chunk(map, source, &coordinates);
        }
        Instruction::Commit.build(&code.b);
        self.await_reads(0);
        if self.plan.persistent {
            self.release_rows(buffer);
        }
        Ok(())
    }

    /// Whether the copy engine can store a window: rows of whole chunks, or up to the tensor's end.
    fn engine_stores(&self, window: &Window<'c>, columns: i64) -> bool {
        let view = &window.view;
        let Some(inner) = window.dims.get(1).copied() else { return false };
        let Expr::Int(size) = &view.dims[inner] else { return false };
        let (bytes, element) = (size_of(window), ir::type_name(view.element));
        let whole = columns % (swizzle_of(columns * bytes / 2) / bytes) == 0;
        let to_end =
            matches!(window.offsets[inner], Index::Const(offset) if offset + window.tile.last().unwrap_or(&0) >= *size);
        // Words of 32 bits are written to rows of 128 bytes.
        let narrow = matches!(&*element, "bf16" | "f16");
        (narrow || element == "f32" && columns % 32 == 0)
            && window.is_mapped()
            && columns % 16 == 0
            && (whole || to_end)
            && window.tile[0] == 64 * self.plan.warpgroups
            && window.ends_with_tensor(self.host)
    }

    /// A buffer that is filled once, read only along its rows as a left operand, and has room for the columns: each
    /// warpgroup reads and writes its own rows of it.
    fn free_buffer(&self, columns: i64) -> Option<usize> {
        let body = ir::body(self.op, 0)?;
        let all = contractions(body).ok()?;
        self.plan.staged.iter().find_map(|staged| {
            let buffer = &self.plan.buffers[staged.buffer];
            let private = all.iter().all(|contraction| {
                !contraction.rhs.contains(&staged.value)
                    && (!contraction.lhs.contains(&staged.value) || contraction.lhs_inner)
            });
            let shared = buffer.shared;
            let room = shared.swizzle == swizzle_of(columns)
                && shared.chunks() * shared.chunk_columns() >= columns
                && shared.rows == 64 * self.plan.warpgroups;
            (self.plan.rings[buffer.ring].once && private && room).then_some(staged.buffer)
        })
    }

    fn warpgroup_barrier(&self) {
        let code = self.code;
        let id = code.addc(self.me().warpgroup, FIRST_BARRIER);
        Instruction::Barrier { id, threads: 128 }.build(&code.b);
    }

    /// Writes groups of a fragment's columns, an even number, to a tile at an address with `stmatrix`, 16 columns at a time.
    fn write_fragment(
        &mut self,
        value: Val<'c>,
        target: (Val<'c>, SharedTile),
        columns: std::ops::Range<usize>,
    ) -> Result<(), PassError> {
        columns.clone().step_by(2).try_for_each(|group| self.write_groups(value, target, group, group - columns.start))
    }

    /// Writes a group of a fragment's columns, and the next, as the columns from a group of the tile on.
    fn write_groups(
        &mut self,
        value: Val<'c>,
        target: (Val<'c>, SharedTile),
        group: usize,
        place: usize,
    ) -> Result<(), PassError> {
        let address = self.fragment_address(self.own_rows(target), place);
        let mut words = vec![];
        for part in 0..4 {
            let column = 2 * (group + part / 2);
            let low = self.element(value, &[Coord::Row(part % 2), Coord::Column(column)])?;
            let high = self.element(value, &[Coord::Row(part % 2), Coord::Column(column + 1)])?;
            words.push(self.pack(low, high, false));
        }
        Instruction::StoreMatrix { address, words }.build(&self.code.b);
        Ok(())
    }

    /// Waits for the other threads of all consumer warpgroups.
    fn consumers_barrier(&self) {
        let id = self.code.i32(FIRST_BARRIER + MOST_WARPGROUPS);
        Instruction::Barrier { id, threads: 128 * self.plan.warpgroups }.build(&self.code.b);
    }

    /// Takes the numbers of a tile apart, which lie where the first terms will: all are in registers before a term takes their place.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn split_in_place(&mut self, generic: &Generic<'c>) -> Result<(), PassError> {
        let (numbers, terms) = (generic.inputs[0], ir::results(generic.op));
        let Some(layout @ Layout::Fragment { columns }) = self.plan.classes.layout(numbers) else {
            return Err(bug!("terms that are no fragment"));
        };
        self.fragment(numbers, layout)?;
        self.consumers_barrier();
        for group in (0..groups(columns)).step_by(2) {
            for term in &terms {
                let staged = self.plan.staged(*term).cloned().ok_or_else(|| bug!("a term that is not staged"))?;
                self.write_groups(*term, (self.buffer_address(staged.buffer), staged.shared), group, group)?;
            }
        }
        self.fence_engine();
        self.consumers_barrier();
        Ok(())
    }

    /// Writes groups of a fragment's columns of 32 bits to rows of 128 bytes, two neighbours at a time.
    fn write_words(
        &mut self,
        value: Val<'c>,
        (base, shared): (Val<'c>, SharedTile),
        columns: std::ops::Range<usize>,
    ) -> Result<(), PassError> {
        let code = self.code;
        let lane = self.me().lane;
        let quarter = code.andc(lane, 3);
        // The swizzle permutes units of 16 bytes: rows 0 and 1 of a thread lie 8 rows apart and have the same.
        let turn = code.shrc(lane, 2);
        let half = code.add(base, code.shlc(code.andc(quarter, 1), 3));
        for group in columns.clone() {
            let unit = code.xor(code.addc(code.shrc(quarter, 1), 2 * (group - columns.start) as i64), turn);
            let at = code.add(half, code.shlc(unit, 4));
            for row in 0..2 {
                let below = code.mulc(code.addc(self.me().row, 8 * row as i64), shared.swizzle);
                let pair = [0, 1].map(|part| [Coord::Row(row), Coord::Column(2 * group + part)]);
                let (low, high) = (self.element(value, &pair[0])?, self.element(value, &pair[1])?);
                Instruction::Store { address: code.add(at, below), values: vec![low, high] }.build(&code.b);
            }
        }
        Ok(())
    }

    /// The first of this warp's rows of a tile.
    pub fn own_rows(&self, (base, shared): (Val<'c>, SharedTile)) -> FragmentTile<'c> {
        let code = self.code;
        FragmentTile { base, shared, row: code.sub(self.me().row, code.shrc(self.me().lane, 2)) }
    }

    /// The address that a lane gives to `ldmatrix` or `stmatrix` for 16 rows of a tile and the 16 columns from a
    /// group of 8 on: the words are those of rows 0 and 1 of that group, then of the next.
    pub fn fragment_address(&self, tile: FragmentTile<'c>, group: usize) -> Val<'c> {
        let per_chunk = tile.shared.swizzle / 16;
        let group = group as i64;
        self.chunk_address(
            tile,
            self.code.i32(group / per_chunk * tile.shared.chunk_bytes()),
            self.code.i32(group % per_chunk),
        )
    }

    /// [`Self::fragment_address`] of a group of a chunk that begins so many bytes from the tile's beginning.
    pub fn chunk_address(
        &self,
        FragmentTile { base, shared, row }: FragmentTile<'c>,
        chunk: Val<'c>,
        group: Val<'c>,
    ) -> Val<'c> {
        let code = self.code;
        let lane = self.me().lane;
        let low = code.andc(lane, 7);
        let row = code.add(row, code.andc(lane, 15));
        let base = code.add(base, code.mulc(row, shared.swizzle));
        // The swizzle takes the bits above 128 bytes of the row's offset.
        let turn = match shared.swizzle {
            128 => low,
            64 => code.andc(code.shrc(low, 1), 3),
            _ => code.andc(code.shrc(low, 2), 1),
        };
        let unit = code.xor(code.add(code.shrc(lane, 4), group), turn);
        code.add(code.add(base, chunk), code.shlc(unit, 4))
    }
}

/// Bytes of an element of a window.
fn size_of(window: &Window<'_>) -> i64 {
    crate::gpu::code::dtype(window.view.element).size() as i64
}

/// Bytes of a row of a chunk for so many columns of 16 bits.
fn swizzle_of(columns: i64) -> i64 {
    match columns {
        i64::MIN..=16 => 32,
        17..=32 => 64,
        _ => 128,
    }
}
