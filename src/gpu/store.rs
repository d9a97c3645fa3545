//! Results through shared memory: a fragment is written over a left operand that is no longer needed, in the same swizzled
//! layout, and the copy engine stores it. Elements beyond the end of the tensor are clipped by the engine.

use super::{
    code::Cmp,
    kernel::Kernel,
    layout::{Coord, Layout, groups},
    memory::Stored,
    nest::Window,
    plan::{SharedTile, contractions},
};
use crate::{
    error::PassError,
    ir::{self, Op, Val},
    runtime::Expr,
};

/// Ids of the barriers among the threads of one warpgroup: those below are for turns.
const FIRST_BARRIER: i64 = 5;
/// Ids of the barriers between a warpgroup and the warp that stores its rows.
const FIRST_STORE: i64 = 9;

/// A result that the copy engine stores.
#[derive(Clone)]
pub struct EngineStore<'c> {
    /// The `tensor.parallel_insert_slice`.
    pub op: Op<'c>,
    value: Val<'c>,
    window: Window<'c>,
    columns: i64,
    /// The buffer it goes through: of a tile that is filled once per grid tile.
    pub buffer: usize,
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
            if let Some(buffer) = self.engine_stores(&window, columns).then(|| self.free_buffer(columns)).flatten() {
                return Ok(Some(EngineStore { op, value, window, columns, buffer }));
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
        self.warpgroup_barrier();
        self.write_fragment(store)?;
        let code = self.code;
        code.b
            .op("nvvm.fence.proxy")
            .attr_text("kind", "#nvvm.proxy_kind<async.shared>")
            .attr_text("space", "#nvvm.shared_space<cta>")
            .build();
        if self.has_store_warps() {
            let id = code.addc(self.me().warpgroup, FIRST_STORE);
            code.b.op("nvvm.barrier.arrive").operands(&[id, code.i32(160)]).build();
            return Ok(());
        }
        self.warpgroup_barrier();
        let first = code.cmpc(Cmp::Eq, code.andc(self.me().tid, 127), 0);
        let warpgroup = self.me().warpgroup;
        self.when(first, |kernel| kernel.copy_out(store, warpgroup))
    }

    /// Whether warps of the producer warpgroup store results.
    pub fn has_store_warps(&self) -> bool {
        self.plan.flat.is_some() && !self.plan.has_copies()
    }

    /// Waits until a warpgroup has written its rows of the result, and stores them: code of one warp.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn store_rows(&mut self, store: &EngineStore<'c>, warpgroup: Val<'c>) -> Result<(), PassError> {
        let code = self.code;
        let id = code.addc(warpgroup, FIRST_STORE);
        let spec = code.b.op("nvvm.barrier").operands(&[id, code.i32(160)]);
        spec.attr_text("operandSegmentSizes", "array<i32: 1, 1, 0>").build();
        let first = code.cmpc(Cmp::Eq, self.me().lane, 0);
        self.when(first, |kernel| kernel.copy_out(store, warpgroup))
    }

    /// Has the copy engine store the rows of a warpgroup, waits until they are read, and gives the buffer back.
    fn copy_out(&mut self, store: &EngineStore<'c>, warpgroup: Val<'c>) -> Result<(), PassError> {
        let buffer = self.plan.buffers[store.buffer].clone();
        let shared = SharedTile { rows: 64, columns: store.columns, swizzle: buffer.shared.swizzle };
        let window = &store.window;
        let map = self.window_map(window, shared);
        let mut at = window.offsets.iter().map(|offset| self.index(*offset)).collect::<Result<Vec<_>, _>>()?;
        let code = self.code;
        let row = window.dims[0];
        at[row] = code.add(at[row], code.shlc(warpgroup, 6));
        let rank = at.len();
        let base = code.add(self.buffer_address(store.buffer), code.mulc(warpgroup, 64 * shared.swizzle));
        for chunk in 0..shared.chunks() {
            let source = code.shared_ptr(code.addc(base, chunk * buffer.shared.chunk_bytes()));
            let coordinates = self.chunk_coordinates(&at, shared, chunk);
            code.b
                .op("nvvm.cp.async.bulk.tensor.global.shared.cta")
                .operands(&[map, source])
                .operands(&coordinates)
                .attr_text("mode", "#nvvm.tma_store_mode<tile>")
                .attr_text("operandSegmentSizes", &format!("array<i32: 1, 1, {rank}, 0, 0>"))
                .build();
        }
        code.b.op("nvvm.cp.async.bulk.commit.group").build();
        code.b.op("nvvm.cp.async.bulk.wait_group").attr_text("group", "0 : i32").attr_text("read", "unit").build();
        if self.plan.flat.is_some() {
            self.release_rows(store.buffer);
        }
        Ok(())
    }

    /// Whether the copy engine can store a window: 16-bit rows of whole chunks, or up to the tensor's end.
    fn engine_stores(&self, window: &Window<'c>, columns: i64) -> bool {
        let view = &window.view;
        let inner = view.dims.len() - 1;
        let (Some(Expr::Int(size)), super::nest::Index::Const(offset)) = (view.dims.last(), window.offsets[inner])
        else {
            return false;
        };
        let chunk = swizzle_of(columns) / 2;
        let whole =
            columns % chunk == 0 && matches!(window.live[1], super::nest::Index::Const(live) if live == columns);
        matches!(view.element.to_string().as_str(), "bf16" | "f16")
            && (2..=5).contains(&view.dims.len())
            && window.dims.len() == 2
            && window.dims[1] == inner
            && window.strides.iter().all(|stride| *stride == 1)
            && size * 2 % 16 == 0
            && columns % 16 == 0
            && (whole || offset + window.tile[1] >= *size)
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
                contraction.rhs != staged.value && (contraction.lhs != staged.value || contraction.lhs_inner)
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
        let spec = code.b.op("nvvm.barrier").operands(&[id, code.i32(128)]);
        spec.attr_text("operandSegmentSizes", "array<i32: 1, 1, 0>").build();
    }

    /// Writes a fragment with `stmatrix`, 16 columns at a time.
    fn write_fragment(&mut self, store: &EngineStore<'c>) -> Result<(), PassError> {
        let code = self.code;
        let (value, columns) = (store.value, store.columns);
        let shared = self.plan.buffers[store.buffer].shared;
        let per_chunk = shared.swizzle / 16;
        let lane = self.me().lane;
        let low = code.andc(lane, 7);
        let in_warp = code.andc(lane, 15);
        let first_row = code.sub(self.me().row, code.shrc(lane, 2));
        let row = code.add(first_row, in_warp);
        let base = code.add(self.buffer_address(store.buffer), code.mulc(row, shared.swizzle));
        let half = code.shrc(lane, 4);
        // The swizzle takes the bits above 128 bytes of the row's offset.
        let turn = match shared.swizzle {
            128 => low,
            64 => code.andc(code.shrc(low, 1), 3),
            _ => code.andc(code.shrc(low, 2), 1),
        };
        for group in (0..groups(columns) as i64).step_by(2) {
            let unit = code.xor(code.addc(half, group % per_chunk), turn);
            let chunk = group / per_chunk * shared.chunk_bytes();
            let address = code.add(code.addc(base, chunk), code.shlc(unit, 4));
            let mut words = vec![];
            for part in 0..4_usize {
                let column = 2 * (group as usize + part / 2);
                let low = self.element(value, &[Coord::Row(part % 2), Coord::Column(column)])?;
                let high = self.element(value, &[Coord::Row(part % 2), Coord::Column(column + 1)])?;
                words.push(self.pack(low, high, false));
            }
            code.b
                .op("nvvm.stmatrix")
                .operands(&[code.shared_ptr(address)])
                .operands(&words)
                .attr_text("layout", "#nvvm.mma_layout<row>")
                .attr_text("shape", "#nvvm.ld_st_matrix_shape<m = 8, n = 8>")
                .attr_text("eltType", "#nvvm.ld_st_matrix_elt_type<b16>")
                .build();
        }
        Ok(())
    }
}

/// Bytes of a row of a chunk for so many columns.
fn swizzle_of(columns: i64) -> i64 {
    match columns {
        i64::MIN..=16 => 32,
        17..=32 => 64,
        _ => 128,
    }
}
