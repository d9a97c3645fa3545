//! Rings of shared buffers: whose turn it is, waiting for a buffer and giving it back, filling it.

use super::{
    code::Cmp,
    kernel::{Kernel, Turn},
    layout::Coord,
    nest::Window,
    plan::{SharedTile, Source, Staged},
};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Val},
    runtime::manifest::{L2Promotion, Parameter, Swizzle, TensorMap},
};

impl<'c> Kernel<'_, 'c> {
    /// Moves a ring on by one buffer.
    ///
    /// # Errors
    /// [`PassError::Bug`] outside a role.
    pub fn advance(&mut self, ring: usize) -> Result<(), PassError> {
        let code = self.code;
        let turn = self.turns[ring].ok_or_else(|| bug!("a ring without a turn"))?;
        let depth = self.plan.rings[ring].depth;
        self.turns[ring] = Some(if depth == 1 {
            Turn { slot: turn.slot, phase: code.xor(turn.phase, code.i32(1)) }
        } else {
            let next = code.addc(turn.slot, 1);
            let wraps = code.cmpc(Cmp::Eq, next, depth);
            let flip = code.b.cast("arith.extui", wraps, code.t.i32);
            Turn { slot: code.b.select(wraps, code.i32(0), next), phase: code.xor(turn.phase, flip) }
        });
        Ok(())
    }

    fn turn(&self, buffer: usize) -> (Turn<'c>, i64) {
        let ring = self.plan.buffers[buffer].ring;
        let zero = self.code.i32(0);
        (self.turns[ring].unwrap_or(Turn { slot: zero, phase: zero }), self.plan.rings[ring].depth)
    }

    /// The address of the buffer in turn.
    pub fn buffer_address(&self, buffer: usize) -> Val<'c> {
        let code = self.code;
        let (turn, depth) = self.turn(buffer);
        let plan = &self.plan.buffers[buffer];
        let address = code.addc(self.me().shared, plan.offset);
        if depth == 1 { address } else { code.add(address, code.mulc(turn.slot, plan.shared.bytes())) }
    }

    fn barrier_address(&self, buffer: usize, empty: bool) -> Val<'c> {
        let code = self.code;
        let (turn, depth) = self.turn(buffer);
        let offset = self.plan.buffers[buffer].barriers + if empty { 8 * depth } else { 0 };
        let address = code.addc(self.me().shared, offset);
        if depth == 1 { address } else { code.add(address, code.shlc(turn.slot, 3)) }
    }

    fn wait(&self, address: Val<'c>, parity: Val<'c>) {
        let code = self.code;
        code.b
            .op("nvvm.mbarrier.try_wait.parity")
            .operands(&[code.shared_ptr(address), parity, code.i32(10_000_000)])
            .build();
    }

    /// Waits until the buffer in turn is filled.
    pub fn wait_full(&self, buffer: usize) {
        let (turn, _) = self.turn(buffer);
        self.wait(self.barrier_address(buffer, false), turn.phase);
    }

    /// Waits for the staged tile behind a value.
    pub fn wait_for(&self, value: Val<'c>) {
        if let Some(buffer) = self.plan.staged(value).map(|staged| staged.buffer) {
            self.wait_full(buffer);
        }
    }

    /// One lane of each consumer warp says that the buffer in turn may be overwritten, if `condition` holds.
    pub fn release(&self, buffer: usize, condition: Option<Val<'c>>) {
        let code = self.code;
        let first = code.cmpc(Cmp::Eq, self.me().lane, 0);
        let says = condition.map_or(first, |condition| code.and(first, condition));
        let address = self.barrier_address(buffer, true);
        code.asm("@$1 mbarrier.arrive.shared::cta.b64 _, [$0];", "r,b", &[address, says], &[]);
    }

    /// One thread says that the four warps of a warpgroup are done with the buffer in turn.
    pub fn release_rows(&self, buffer: usize) {
        let address = self.barrier_address(buffer, true);
        self.code.asm("mbarrier.arrive.shared::cta.b64 _, [$0], 4;", "r", &[address], &[]);
    }

    /// Fills the buffer in turn with a tile.
    pub fn fill(&mut self, staged: &Staged<'c>) -> Result<(), PassError> {
        match &staged.source {
            // A thread that waits for a buffer which it does not fill may miss two rounds of it, and then sees none.
            Source::Tma(window) if self.plan.has_copies() => {
                let first = self.code.cmpc(Cmp::Eq, self.me().tid, 0);
                self.when(first, |kernel| {
                    kernel.wait_empty(staged.buffer);
                    kernel.fill_by_engine(staged, window)
                })
            }
            Source::Tma(window) => {
                self.wait_empty(staged.buffer);
                self.fill_by_engine(staged, window)
            }
            Source::Threads => {
                self.wait_empty(staged.buffer);
                self.fill_by_threads(staged)
            }
        }
    }

    /// Waits until the buffer in turn may be overwritten.
    fn wait_empty(&self, buffer: usize) {
        if self.plan.flat.is_some() || !self.plan.rings[self.plan.buffers[buffer].ring].once {
            let (turn, code) = (self.turn(buffer).0, self.code);
            self.wait(self.barrier_address(buffer, true), code.xor(turn.phase, code.i32(1)));
        }
    }

    fn fill_by_engine(&mut self, staged: &Staged<'c>, window: &Window<'c>) -> Result<(), PassError> {
        let map = self.window_map(window, staged.shared);
        let full = self.code.shared_ptr(self.barrier_address(staged.buffer, false));
        let code = self.code;
        let shared = staged.shared;
        let bytes = code.i32(shared.chunks() * shared.chunk_bytes());
        code.b.op("nvvm.mbarrier.arrive.expect_tx").operands(&[full, bytes]).build();
        let target = self.buffer_address(staged.buffer);
        let rank = window.view.dims.len();
        let at = window.offsets.iter().map(|offset| self.index(*offset)).collect::<Result<Vec<_>, _>>()?;
        for chunk in 0..shared.chunks() {
            let target = code.shared_ptr(code.addc(target, chunk * shared.chunk_bytes()));
            let coordinates = self.chunk_coordinates(&at, shared, chunk);
            code.b
                .op("nvvm.cp.async.bulk.tensor.shared.cluster.global")
                .operands(&[target, map])
                .operands(&coordinates)
                .operands(&[full])
                .attr("isCTAOnly", code.b.attr("true"))
                .attr_text("mode", "#nvvm.tma_load_mode<tile>")
                .attr_text("operandSegmentSizes", &format!("array<i32: 1, 1, {rank}, 1, 0, 0, 0, 0>"))
                .build();
        }
        Ok(())
    }

    /// Where a chunk of a tile at `at` begins, as the copy engine wants it: innermost first.
    pub fn chunk_coordinates(&self, at: &[Val<'c>], shared: SharedTile, chunk: i64) -> Vec<Val<'c>> {
        let mut coordinates: Vec<_> = at.iter().rev().copied().collect();
        coordinates[0] = self.code.addc(coordinates[0], chunk * shared.chunk_columns());
        coordinates
    }

    /// The tensor map of a window whose boxes are the chunks of a shared tile.
    pub fn window_map(&mut self, window: &Window<'c>, shared: SharedTile) -> Val<'c> {
        let rank = window.view.dims.len();
        let bytes = crate::runtime::Expr::Int(2);
        let mut tile = vec![1; rank];
        tile[window.dims[0]] = shared.rows as u32;
        tile[window.dims[1]] = shared.chunk_columns() as u32;
        tile.reverse();
        let mut strides: Vec<_> =
            window.view.strides().iter().map(|stride| super::host::product(stride, &bytes)).collect();
        strides.pop();
        strides.reverse();
        let map = TensorMap {
            tensor: window.view.tensor.clone(),
            rank: rank as u32,
            dims: window.view.dims.iter().rev().cloned().collect(),
            strides,
            tile,
            element_strides: vec![],
            swizzle: match shared.swizzle {
                32 => Swizzle::B32,
                64 => Swizzle::B64,
                _ => Swizzle::B128,
            },
            l2_promotion: L2Promotion::B128,
            dtype: super::distribute::dtype(window.view.element),
        };
        self.parameter(Parameter::TensorMap(map), self.code.t.ptr)
    }

    /// The producer warpgroup computes or copies a tile element by element.
    fn fill_by_threads(&mut self, staged: &Staged<'c>) -> Result<(), PassError> {
        let shared = staged.shared;
        let target = self.buffer_address(staged.buffer);
        let columns = shared.columns;
        // Loads of several elements are in flight together: a load takes as long as some hundred instructions.
        let elements = shared.rows * columns;
        let batch = [4, 2].into_iter().find(|batch| elements % (128 * batch) == 0).unwrap_or(1);
        let bounds = [self.me().tid, self.code.i32(elements), self.code.i32(128 * batch)];
        self.repeat(bounds, &[], |kernel, first, _| {
            let code = kernel.code;
            let mut stores = vec![];
            for number in 0..batch {
                let at = code.addc(first, 128 * number);
                let row = code.divc(at, columns);
                let column = code.sub(at, code.mulc(row, columns));
                let point = [kernel.dynamic_coord(row), kernel.dynamic_coord(column)];
                let value = kernel.padded_element(staged, point)?;
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
        })?;
        let code = self.code;
        code.b
            .op("nvvm.fence.proxy")
            .attr_text("kind", "#nvvm.proxy_kind<async.shared>")
            .attr_text("space", "#nvvm.shared_space<cta>")
            .build();
        let full = self.barrier_address(staged.buffer, false);
        code.asm("mbarrier.arrive.shared::cta.b64 _, [$0];", "r", &[full], &[]);
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
