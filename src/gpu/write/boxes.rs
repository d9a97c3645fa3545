//! Filling buffers box by box ([`Boxes`]).

use super::kernel::Kernel;
use crate::{
    error::PassError,
    gpu::{
        layout::Coord,
        nest::MapDim,
        plan::{SharedTile, boxes::Boxes},
    },
    ir,
};
use std::collections::HashMap;

impl<'c> Kernel<'_, 'c> {
    /// Has the copy engine read a tile into a buffer.
    ///
    /// # Errors
    /// Those of [`Kernel::element`].
    pub fn fill_boxes(&mut self, boxes: &Boxes<'c>, buffer: usize, shared: SharedTile) -> Result<(), PassError> {
        let (generic, rows) = (&boxes.generic, boxes.window.tile[0]);
        let [MapDim::Dim(row), _] = generic.output_map(0)[..] else { return Ok(()) };
        let map = self.window_map(&boxes.window, SharedTile { rows, ..shared });
        let full = self.barrier_address(buffer, false);
        self.expect(full, shared);
        let target = self.buffer_address(buffer);
        let element = crate::gpu::code::dtype(boxes.window.view.element).size() as i64;
        for part in 0..shared.rows / rows {
            let mut place = vec![Coord::Const(0); generic.reduced.len()];
            place[row] = Coord::Const(part * rows);
            let mut bound = HashMap::new();
            let indices = ir::operands(boxes.extract).split_off(1);
            let at = indices
                .into_iter()
                .map(|index| self.body_value(generic, index, &place, &mut bound))
                .collect::<Result<Vec<_>, _>>()?;
            let at: Vec<_> = at.into_iter().map(|index| self.resize(index, self.code.t.i32)).collect();
            for chunk in 0..shared.chunks() {
                let offset = chunk * shared.chunk_bytes() + part * rows * shared.swizzle;
                let to = self.code.addc(target, offset);
                let coordinates = self.chunk_coordinates(&boxes.window, &at, chunk * shared.swizzle / element);
                self.load_box(to, map, &coordinates, full);
            }
        }
        Ok(())
    }
}
