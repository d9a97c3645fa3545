//! Accumulators that wait for another loop. Where a block has loops one after the other that do not read one another's
//! results, what the first one accumulated would fill registers while the second one runs: each thread puts it into memory
//! of its own and reads it back, element by element, where the epilogue needs it.

use super::kernel::Kernel;
use crate::{
    ffi,
    gpu::layout::{Coord, Layout},
    ir::{self, Blk, Op, Val},
};

/// A tile that was put aside.
#[derive(Clone, Copy)]
pub struct Aside<'c> {
    pub layout: Layout,
    /// The thread's first element.
    base: Val<'c>,
}

impl<'c> Kernel<'_, 'c> {
    /// Gives every tile that will be put aside its place in the memory of a thread.
    pub fn reserve_aside(&mut self, body: Blk<'c>) {
        let bytes = self.plan.bytes_aside(body);
        if bytes == 0 {
            return;
        }
        let code = self.code;
        let count = code.i32(bytes / 4);
        let memory = code.b.op("llvm.alloca").operands(&[count]).attr("elem_type", ir::type_attr(code.t.f32));
        let memory = memory.attr_text("alignment", "16 : i64").results(&[code.t.ptr]).value();
        // Hidden: LLVM would keep it in registers.
        let memory = code.hidden(memory);
        let mut next = 0;
        for (value, layout) in self.plan.waiting(body) {
            let base = code.element_ptr(memory, code.i32(next), code.t.f32);
            next += layout.len() as i64;
            self.places.insert(ffi::value_key(value), Aside { layout, base });
        }
    }

    /// Puts the results of a finished loop aside that have a place.
    pub fn put_aside(&mut self, op: Op<'c>) {
        for result in ir::results(op) {
            let key = ffi::value_key(result);
            let (Some(aside), Some(tile)) = (self.places.get(&key).copied(), self.tile(result).cloned()) else {
                continue;
            };
            for (position, value) in tile.values.into_iter().enumerate() {
                self.code.store(value, self.aside_at(aside, position));
            }
            self.forget(result);
            self.scope().aside.insert(key, aside);
        }
    }

    /// The element of a tile that was put aside, if the value is one and the element is this thread's.
    pub fn element_aside(&mut self, value: Val<'c>, coords: &[Coord]) -> Option<Val<'c>> {
        let key = ffi::value_key(value);
        let aside = self.find(|scope| scope.aside.get(&key).copied())?;
        let position = super::element::position(aside.layout, coords)?;
        Some(self.code.load(self.aside_at(aside, position), self.code.t.f32))
    }

    fn aside_at(&self, aside: Aside<'c>, position: usize) -> Val<'c> {
        self.code.element_ptr(aside.base, self.code.i32(position as i64), self.code.t.f32)
    }
}
