//! The end of a tile: its epilogue and stores, and what the next one begins with.

use super::{Frame, State};
use crate::{
    error::PassError,
    gpu::{
        layout::Layout,
        write::kernel::{Kernel, Registers, Scope},
    },
    ir::{self, Val},
};

impl<'c> Kernel<'_, 'c> {
    /// The epilogue and the stores of a round's tile. Nothing that is known about the tile at hand holds in it.
    pub(super) fn finish_tile(
        &mut self,
        frame: &Frame<'_, 'c>,
        round: Val<'c>,
        held: &[State<'c>],
    ) -> Result<(), PassError> {
        let hidden = self.scopes.split_off(frame.depth);
        let (turns, memo) = (self.turns.clone(), std::mem::take(&mut self.memo));
        self.scopes.push(Scope::default());
        let thread = self.thread.replace(self.thread_again());
        let outcome = self.finish_apart(frame, round, held);
        self.thread = thread;
        (self.turns, self.memo) = (turns, memo);
        self.scopes.truncate(frame.depth);
        self.scopes.extend(hidden);
        outcome
    }

    fn finish_apart(&mut self, frame: &Frame<'_, 'c>, round: Val<'c>, held: &[State<'c>]) -> Result<(), PassError> {
        let flat = frame.flat;
        self.bind_round(frame.body, round)?;
        self.set_tile_turn(round);
        let none = if flat.may_be_empty { self.steps(flat)?.none } else { None };
        let inits = ir::operands(flat.loops[0].op).split_off(3);
        let results = flat.loops.last().map(|key| ir::results(key.op)).unwrap_or_default();
        for (state, (result, old)) in results.into_iter().zip(held).enumerate() {
            let mut values = old.values.clone();
            if let Some(none) = none {
                let fresh = self.fresh(frame, inits[state], state, old.layout)?;
                for (value, fresh) in values.iter_mut().zip(fresh) {
                    *value = self.code.b.select(none, fresh, *value);
                }
            }
            self.keep(result, Registers { layout: old.layout, values });
            if frame.spread.contains(&state) {
                self.gather_up(result);
            }
        }
        for op in &flat.after {
            if ir::name(*op) == "scf.forall.in_parallel" {
                let stores = ir::body(*op, 0).map(ir::ops).unwrap_or_default();
                stores.into_iter().try_for_each(|store| self.store_tile(store))?;
            } else {
                self.compute_op(*op)?;
            }
        }
        if !self.plan.refilled {
            self.release_once(None);
        }
        Ok(())
    }

    /// Gives back the buffers that are filled once per grid tile, but for one that a result leaves through, if `condition` holds.
    pub(super) fn release_once(&self, condition: Option<Val<'c>>) {
        let stored = self.engine.as_ref().and_then(|store| store.buffer());
        for (index, buffer) in self.plan.buffers.iter().enumerate() {
            if self.plan.rings[buffer.ring].once && stored != Some(index) {
                self.release(index, condition);
            }
        }
    }

    /// A state before the first step of a tile.
    pub(super) fn fresh(
        &mut self,
        frame: &Frame<'_, 'c>,
        init: Val<'c>,
        state: usize,
        layout: Layout,
    ) -> Result<Vec<Val<'c>>, PassError> {
        let mut values = self.fragment(init, layout)?;
        if frame.spread.contains(&state) {
            self.spread_out(&mut values);
        }
        Ok(values)
    }
}
