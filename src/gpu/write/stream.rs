//! `stream`: a loop that does nothing but add products to its states keeps the last of them in flight.
//!
//! Before:  `acc += A(j)·B(j)`, wait, give the buffers of step `j` back
//! After:   `acc += A(j)·B(j)`, wait for the products of step `j-1`, give its buffers back; the rest is waited for after the loop
//!
//! The tensor cores have the next step's work before they are done with this one's.

use super::kernel::{Kernel, Registers, Turn};
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::{layout::Layout, plan::stream::Stream},
    ir::{self, Op, Val},
};

impl<'c> Kernel<'_, 'c> {
    /// Writes a streamed loop for a consumer.
    ///
    /// # Errors
    /// Reported at the op that cannot be mapped.
    pub fn streamed_loop(&mut self, op: Op<'c>, stream: &Stream<'c>) -> Result<(), PassError> {
        let operands = ir::operands(op);
        let inner = ir::body(op, 0).ok_or_else(|| bug!("a loop without a body"))?;
        let arguments = ir::arguments(inner);
        let bounds = [self.scalar(operands[0])?, self.scalar(operands[1])?, self.scalar(operands[2])?];
        let layouts: Vec<_> = stream.sums.iter().map(|sum| Layout::Fragment { columns: sum.sizes[1] }).collect();
        let mut carried = vec![];
        for (layout, init) in layouts.iter().zip(&operands[3..]) {
            carried.extend(self.fragment(*init, *layout)?);
        }
        let held = carried.len();
        let now = self.turns[stream.ring].ok_or_else(|| bug!("a ring without a turn"))?;
        carried.extend([now.slot, now.phase, now.slot, now.phase, self.code.b.int(0, self.code.t.i1)]);
        let finished = self.repeat(bounds, &carried, |kernel, at, values| {
            kernel.scope().scalars.insert(ffi::value_key(arguments[0]), at);
            kernel.bind_sums(&arguments[1..], &layouts, &values[..held]);
            let now = Turn { slot: values[held], phase: values[held + 1] };
            kernel.turns[stream.ring] = Some(now);
            kernel.step_buffers(stream).into_iter().for_each(|buffer| kernel.wait_full(buffer));
            let mut issued = vec![];
            for sum in &stream.sums {
                issued.extend(kernel.issue(sum)?);
            }
            let mut next = kernel.await_groups(stream.sums.len(), &issued, &[]);
            kernel.turns[stream.ring] = Some(Turn { slot: values[held + 2], phase: values[held + 3] });
            kernel.give_back(stream, values[held + 4]);
            kernel.turns[stream.ring] = Some(now);
            kernel.advance(stream.ring)?;
            let after = kernel.turns[stream.ring].ok_or_else(|| bug!("a ring without a turn"))?;
            next.extend([after.slot, after.phase, now.slot, now.phase, kernel.code.b.int(1, kernel.code.t.i1)]);
            Ok(next)
        })?;
        let sums = self.await_groups(0, &finished[..held], &[]);
        self.bind_sums(&ir::results(op), &layouts, &sums);
        self.turns[stream.ring] = Some(Turn { slot: finished[held + 2], phase: finished[held + 3] });
        self.give_back(stream, finished[held + 4]);
        self.turns[stream.ring] = Some(Turn { slot: finished[held], phase: finished[held + 1] });
        Ok(())
    }

    fn bind_sums(&mut self, names: &[Val<'c>], layouts: &[Layout], mut values: &[Val<'c>]) {
        for (name, layout) in names.iter().zip(layouts) {
            let (own, rest) = values.split_at(layout.len());
            self.keep(*name, Registers { layout: *layout, values: own.to_vec() });
            values = rest;
        }
    }

    /// The buffers of a step.
    fn step_buffers(&self, stream: &Stream<'c>) -> Vec<usize> {
        (0..self.plan.buffers.len()).filter(|buffer| self.plan.buffers[*buffer].ring == stream.ring).collect()
    }

    /// Gives the buffers in turn back, if there was a step that read them.
    fn give_back(&self, stream: &Stream<'c>, primed: Val<'c>) {
        self.step_buffers(stream).into_iter().for_each(|buffer| self.release(buffer, Some(primed)));
    }
}
