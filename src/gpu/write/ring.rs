//! Rings of shared buffers: whose turn it is, waiting for a buffer and giving it back, filling it.

use super::kernel::{Kernel, Turn};
use crate::{
    bug,
    dialect::kernel::Instruction,
    error::PassError,
    gpu::{
        code::Cmp,
        nest::Window,
        plan::{SharedTile, Source, Staged},
    },
    ir::Val,
    runtime::{
        Expr,
        manifest::{L2Promotion, Parameter, Swizzle, TensorMap},
    },
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

    /// The turn of a buffer's ring, and how many buffers that has.
    pub fn turn(&self, buffer: usize) -> (Turn<'c>, i64) {
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

    /// The address of the full or the empty barrier of the buffer in turn.
    pub fn barrier_address(&self, buffer: usize, empty: bool) -> Val<'c> {
        let code = self.code;
        let (turn, depth) = self.turn(buffer);
        let offset = self.plan.buffers[buffer].barriers + if empty { 8 * depth } else { 0 };
        let address = code.addc(self.me().shared, offset);
        if depth == 1 { address } else { code.add(address, code.shlc(turn.slot, 3)) }
    }

    fn wait(&self, address: Val<'c>, parity: Val<'c>) {
        Instruction::Wait { address, parity }.build(&self.code.b);
    }

    /// Waits until the buffer in turn is filled.
    pub fn wait_full(&self, buffer: usize) {
        let (turn, _) = self.turn(buffer);
        self.wait(self.barrier_address(buffer, false), turn.phase);
    }

    /// Waits until the result is written over the buffer in turn.
    pub fn wait_written(&self, buffer: usize, address: Val<'c>) {
        let (turn, _) = self.turn(buffer);
        self.wait(address, turn.phase);
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
        Instruction::ArriveBarrier { address, condition: Some(says), count: 1 }.build(&code.b);
    }

    /// One thread says that the four warps of a warpgroup are done with the buffer in turn.
    pub fn release_rows(&self, buffer: usize) {
        let address = self.barrier_address(buffer, true);
        Instruction::ArriveBarrier { address, condition: None, count: 4 }.build(&self.code.b);
    }

    /// Fills the buffer in turn with a tile, if that is the task of the warps that code is written for.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`] and [`Kernel::element`].
    pub fn fill(&mut self, staged: &Staged<'c>) -> Result<(), PassError> {
        if let (None, Source::Widened { boxes, raw }) = (self.copiers, &staged.source) {
            self.await_empty(*raw);
            return self.fill_boxes(boxes, *raw, boxes.shared(staged.shared));
        }
        // A thread that waits for a buffer which it does not fill may miss two rounds of it, and then sees none.
        if self.copiers != self.plan.copiers(staged.buffer) || matches!(staged.source, Source::Inside(_) | Source::Term)
        {
            return Ok(());
        }
        if self.plan.persistent || !self.plan.rings[self.plan.buffers[staged.buffer].ring].once {
            self.await_empty(staged.buffer);
        }
        match &staged.source {
            Source::Tma(window) => self.fill_by_engine(staged, window),
            Source::Threads | Source::Vector { .. } | Source::Widened { .. } => self.fill_by_threads(staged),
            Source::Boxes(boxes) => self.fill_boxes(boxes, staged.buffer, staged.shared),
            Source::Inside(_) | Source::Term => Ok(()),
        }
    }

    /// Waits until the buffer in turn may be overwritten.
    pub fn await_empty(&self, buffer: usize) {
        let (turn, _) = self.turn(buffer);
        let code = self.code;
        self.wait(self.barrier_address(buffer, true), code.xor(turn.phase, code.i32(1)));
    }

    fn fill_by_engine(&mut self, staged: &Staged<'c>, window: &Window<'c>) -> Result<(), PassError> {
        let map = self.window_map(window, staged.shared);
        let full = self.barrier_address(staged.buffer, false);
        let code = self.code;
        let shared = staged.shared;
        self.expect(full, shared);
        let target = self.buffer_address(staged.buffer);
        let at = window.offsets.iter().map(|offset| self.index(*offset)).collect::<Result<Vec<_>, _>>()?;
        for chunk in 0..shared.chunks() {
            let target = code.addc(target, chunk * shared.chunk_bytes());
            let coordinates = self.chunk_coordinates(window, &at, chunk * shared.chunk_columns());
            self.load_box(target, map, &coordinates, full);
        }
        Ok(())
    }

    /// Says on a barrier that all bytes of a tile will come.
    pub fn expect(&self, address: Val<'c>, shared: SharedTile) {
        Instruction::Expect { address, bytes: shared.chunks() * shared.chunk_bytes() }.build(&self.code.b);
    }

    /// Has the copy engine load a box.
    pub fn load_box(&self, target: Val<'c>, map: Val<'c>, coordinates: &[Val<'c>], barrier: Val<'c>) {
        Instruction::Fill { map, target, barrier, coordinates: coordinates.to_vec() }.build(&self.code.b);
    }

    /// Where the chunk of a tile at `at` begins that has so many elements of a row before it, as the copy engine wants it:
    /// innermost first.
    pub fn chunk_coordinates(&self, window: &Window<'c>, at: &[Val<'c>], before: i64) -> Vec<Val<'c>> {
        let mut coordinates: Vec<_> = window.map_dims().into_iter().map(|dim| at[dim]).collect();
        coordinates[0] = self.code.addc(coordinates[0], before);
        coordinates
    }

    /// The tensor map of a window whose boxes are the chunks of a shared tile.
    pub fn window_map(&mut self, window: &Window<'c>, shared: SharedTile) -> Val<'c> {
        let order = window.map_dims();
        let view = &window.view;
        let dtype = crate::gpu::code::dtype(window.view.element);
        let bytes = Expr::Int(dtype.size() as i64);
        let extent = |dim: &usize| match () {
            () if *dim == window.dims[1] => (shared.swizzle / dtype.size() as i64) as u32,
            () if *dim == window.dims[0] => shared.rows as u32,
            () => 1,
        };
        let stride = |dim: &usize| {
            let stride = crate::gpu::host::product(&view.strides[*dim], &bytes);
            // A dim of one point has no neighbours, and the driver wants a multiple of 16 bytes all the same.
            let any = view.dims[*dim] == Expr::Int(1) && !crate::gpu::view::is_multiple(&stride, 16);
            if any { Expr::Int(16) } else { stride }
        };
        let strides = order[1..].iter().map(stride).collect();
        let map = TensorMap {
            tensor: view.tensor.clone(),
            offset: crate::gpu::host::product(&view.offset, &bytes),
            rank: order.len() as u32,
            dims: order.iter().map(|dim| view.dims[*dim].clone()).collect(),
            strides,
            tile: order.iter().map(extent).collect(),
            element_strides: vec![],
            swizzle: match shared.swizzle {
                32 => Swizzle::B32,
                64 => Swizzle::B64,
                _ => Swizzle::B128,
            },
            l2_promotion: L2Promotion::B128,
            dtype,
        };
        self.parameter(Parameter::TensorMap(map), self.code.t.ptr)
    }
}
