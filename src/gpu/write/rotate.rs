//! `rotate`: a loop whose body is contraction, elementwise, contraction runs the second contraction one step late.
//!
//! Before:  `S = A·B(j)`, `P = f(S)`, `acc = scale(acc)`, `acc += P·C(j)`
//! After:   `S = A·B(j)` and `acc += P·C(j-1)` in flight together, then `P = f(S)` while the second one still runs, then
//!          `acc = scale(acc)`; the last product is added after the loop.
//!
//! The loop carries what the late contraction needs: the packed left operand, the accumulator it adds to, and the turn of
//! the ring its right operand is in. Before the first step the left operand is 0 and the right operand is the first
//! step's own, so that no step is special. A chain of such loops over consecutive ranges hands the state on.

use super::kernel::{Kernel, Registers, Turn};
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::{layout::Layout, nest::Contraction, plan::rotation::Rotation, schedule::Pin},
    ir::{self, Op, Val},
};

/// A late contraction that has not been issued yet.
#[derive(Clone)]
pub struct Pending<'c> {
    words: Vec<Val<'c>>,
    accumulator: Vec<Val<'c>>,
    turn: Turn<'c>,
    /// Whether there was a step at all.
    primed: Val<'c>,
    contraction: Contraction<'c>,
}

impl<'c> Kernel<'_, 'c> {
    /// Writes a rotated loop for a consumer.
    ///
    /// # Errors
    /// Reported at the op that cannot be mapped.
    pub fn rotated_loop(&mut self, op: Op<'c>, rotation: &Rotation<'c>) -> Result<(), PassError> {
        let operands = ir::operands(op);
        let inner = ir::body(op, 0).ok_or_else(|| bug!("a loop without a body"))?;
        let arguments = ir::arguments(inner);
        let results = ir::results(op);
        let bounds = [self.scalar(operands[0])?, self.scalar(operands[1])?, self.scalar(operands[2])?];
        let is_late = |state: usize| {
            rotation.late.iter().find(|(own, _)| *own == state).map(|(_, contraction)| contraction.clone())
        };
        let before = self.turns[rotation.ring].ok_or_else(|| bug!("a ring without a turn"))?;

        let spread = self.begin_spread(op);
        let mut layouts = vec![];
        let mut carried = vec![];
        let (mut turn, mut primed) = (before, self.code.b.int(0, self.code.t.i1));
        for (state, result) in results.iter().enumerate() {
            let init = operands[3 + state];
            if let Some(contraction) = is_late(state) {
                let layout = Layout::Fragment { columns: contraction.sizes[1] };
                let pending = match self.pending.remove(&ffi::value_key(init)) {
                    Some(pending) => {
                        (turn, primed) = (pending.turn, pending.primed);
                        pending
                    }
                    None => self.nothing_pending(contraction, init, before, primed)?,
                };
                carried.extend(pending.words);
                carried.extend(pending.accumulator);
                layouts.push(Some(layout));
            } else {
                let layout = self.carried_layout(*result, super::roles::Role::Consumer)?;
                match layout {
                    Some(Layout::Uniform) => carried.push(self.scalar_or_tile(init)?),
                    Some(layout) => {
                        let mut values = self.fragment(init, layout)?;
                        if spread.contains(&state) {
                            self.spread_out(&mut values);
                        }
                        carried.extend(values);
                    }
                    None => {}
                }
                layouts.push(layout);
            }
        }
        carried.extend(self.carried_turns(&rotation.captures)?);
        carried.extend([before.slot, before.phase, turn.slot, turn.phase, primed]);

        let finished = self.repeat(bounds, &carried, |kernel, at, values| {
            kernel.scope().scalars.insert(ffi::value_key(arguments[0]), at);
            kernel.rotated_step(inner, rotation, &layouts, values)
        })?;

        let mut rest = &finished[..];
        let tail = finished.len() - 5;
        let turn = Turn { slot: finished[tail + 2], phase: finished[tail + 3] };
        self.turns[rotation.ring] = Some(Turn { slot: finished[tail], phase: finished[tail + 1] });
        for (state, result) in results.iter().enumerate() {
            if let Some(contraction) = is_late(state) {
                let (words, after) = rest.split_at(contraction.words());
                let (accumulator, after) = after.split_at(Layout::Fragment { columns: contraction.sizes[1] }.len());
                rest = after;
                let (words, accumulator) = (words.to_vec(), accumulator.to_vec());
                let pending = Pending { words, accumulator, turn, primed: finished[tail + 4], contraction };
                self.pending.insert(ffi::value_key(*result), pending);
            } else {
                rest = self.bind_carried(&[*result], &layouts[state..=state], rest);
            }
        }
        self.bind_turns(&rotation.captures, rest);
        spread.into_iter().for_each(|state| self.gather_up(results[state]));
        if !self.is_continued(op, rotation) {
            let late: Vec<_> = rotation.late.iter().map(|(state, _)| results[*state]).collect();
            self.finish_pending(&late, rotation.ring)?;
        }
        Ok(())
    }

    fn nothing_pending(
        &mut self,
        contraction: Contraction<'c>,
        init: Val<'c>,
        turn: Turn<'c>,
        primed: Val<'c>,
    ) -> Result<Pending<'c>, PassError> {
        // Zeros that the assembler cannot see through: it would write constants between wgmmas and serialize them.
        let address = self.code.addc(self.me().shared, self.plan.zero);
        let accumulator = self.fragment(init, Layout::Fragment { columns: contraction.sizes[1] })?;
        let words = (0..contraction.words()).map(|_| self.code.unknown_zero(address)).collect();
        Ok(Pending { words, accumulator, turn, primed, contraction })
    }

    /// Whether every accumulator goes on into one rotated loop of the same shape.
    fn is_continued(&self, op: Op<'c>, rotation: &Rotation<'c>) -> bool {
        let results = ir::results(op);
        let mut next: Option<Op<'c>> = None;
        rotation.late.iter().all(|(state, contraction)| {
            let uses = ffi::uses(results[*state]);
            let [(user, operand)] = uses[..] else { return false };
            let Some(follows) = operand.checked_sub(3).filter(|_| ir::name(user) == "scf.for") else { return false };
            let same = self.plan.rotation(user, false).is_some_and(|other| {
                other.ring == rotation.ring
                    && other.late.len() == rotation.late.len()
                    && other.late.iter().any(|(state, twin)| *state == follows && twin.sizes == contraction.sizes)
            });
            same && *next.get_or_insert(user) == user
        })
    }

    /// One step: scores of this one and products of the one before are in flight together.
    fn rotated_step(
        &mut self,
        body: ir::Blk<'c>,
        rotation: &Rotation<'c>,
        layouts: &[Option<Layout>],
        values: &[Val<'c>],
    ) -> Result<Vec<Val<'c>>, PassError> {
        let arguments = ir::arguments(body);
        let tail = values.len() - 5;
        let now = Turn { slot: values[tail], phase: values[tail + 1] };
        let previous = Turn { slot: values[tail + 2], phase: values[tail + 3] };
        let primed = values[tail + 4];
        let mut rest = values;
        let mut held = vec![];
        for (state, layout) in layouts.iter().enumerate() {
            if let Some((_, contraction)) = rotation.late.iter().find(|(own, _)| *own == state) {
                let (words, after) = rest.split_at(contraction.words());
                let (accumulator, after) = after.split_at(Layout::Fragment { columns: contraction.sizes[1] }.len());
                held.push((state, contraction.clone(), words.to_vec(), accumulator.to_vec()));
                rest = after;
            } else {
                rest = self.bind_carried(&[arguments[1 + state]], &[*layout], rest);
            }
        }
        self.bind_turns(&rotation.captures, rest);
        self.turns[rotation.ring] = Some(now);
        let mut loaded: Vec<usize> = vec![];
        for value in rotation.early.iter().flat_map(Contraction::operands) {
            let buffer = self.plan.staged(value).map(|staged| staged.buffer);
            let own =
                buffer.filter(|buffer| self.plan.buffers[*buffer].ring == rotation.ring && !loaded.contains(buffer));
            if let Some(buffer) = own {
                self.wait_full(buffer);
                loaded.push(buffer);
            }
        }
        self.turn_begins();
        let scores = rotation.early.iter().map(|contraction| self.issue(contraction)).collect::<Result<Vec<_>, _>>()?;
        let mut products = vec![];
        self.turns[rotation.ring] = Some(previous);
        for (_, contraction, words, accumulator) in &held {
            contraction.rhs.iter().for_each(|rhs| self.wait_for(*rhs));
            products.push(self.issue_with(contraction, (words, None), accumulator)?);
        }
        self.turns[rotation.ring] = Some(now);
        self.turn_ends();
        let flat: Vec<_> = scores.iter().flatten().copied().collect();
        let flat = self.await_groups(held.len(), &flat, &[]);
        let mut done = &flat[..];
        for contraction in &rotation.early {
            let layout = Layout::Fragment { columns: contraction.sizes[1] };
            let (own, rest) = done.split_at(layout.len());
            self.keep(contraction.result, Registers { layout, values: own.to_vec() });
            done = rest;
        }
        for buffer in loaded.into_iter().filter(|buffer| !rotation.keeps(self.plan, *buffer)) {
            self.release(buffer, None);
        }
        let (ops, late) = rotation.order(body)?;
        for op in ops {
            self.compute_op(op)?;
        }
        self.release_captures(body);
        let pins = self.pins(body);
        let flat: Vec<_> = products.iter().flatten().copied().collect();
        let flat = self.await_groups(0, &flat, &pins);
        let mut done = &flat[..];
        self.turns[rotation.ring] = Some(previous);
        for (state, contraction, _, accumulator) in &held {
            let layout = Layout::Fragment { columns: contraction.sizes[1] };
            let (own, rest) = done.split_at(layout.len());
            let values = self.landed(contraction, own, None, accumulator);
            self.keep(arguments[1 + state], Registers { layout, values });
            done = rest;
        }
        for buffer in self.right_buffers(held.iter().map(|(_, contraction, _, _)| contraction)) {
            self.release(buffer, Some(primed));
        }
        self.turns[rotation.ring] = Some(now);
        for op in late {
            self.compute_op(op)?;
        }
        self.rotated_yield(body, rotation, layouts, now)
    }

    /// What the next step gets.
    fn rotated_yield(
        &mut self,
        body: ir::Blk<'c>,
        rotation: &Rotation<'c>,
        layouts: &[Option<Layout>],
        now: Turn<'c>,
    ) -> Result<Vec<Val<'c>>, PassError> {
        let last = ir::ops(body).pop().ok_or_else(|| bug!("a loop without a terminator"))?;
        let mut next = vec![];
        for (state, value) in ir::operands(last).into_iter().enumerate() {
            if let Some((_, contraction)) = rotation.late.iter().find(|(own, _)| *own == state) {
                next.extend(self.packed_left(contraction)?);
                next.extend(self.fragment(contraction.init, Layout::Fragment { columns: contraction.sizes[1] })?);
                continue;
            }
            match layouts[state] {
                Some(Layout::Uniform) => next.push(self.scalar_or_tile(value)?),
                Some(layout) => next.extend(self.fragment(value, layout)?),
                None => {}
            }
        }
        for ring in &rotation.captures {
            self.advance(*ring)?;
        }
        next.extend(self.carried_turns(&rotation.captures)?);
        self.advance(rotation.ring)?;
        let after = self.turns[rotation.ring].ok_or_else(|| bug!("a ring without a turn"))?;
        next.extend([after.slot, after.phase, now.slot, now.phase, self.code.b.int(1, self.code.t.i1)]);
        Ok(next)
    }

    /// Values that a wait should come after: those of a step's row statistics that the schedule pins.
    pub fn pins(&self, body: ir::Blk<'c>) -> Vec<Val<'c>> {
        let schedule = &self.plan.schedule.distribute;
        let differ = self.plan.flat.as_ref().is_some_and(|flat| flat.groups.len() > 1);
        let pin = if differ { schedule.pin } else { schedule.pin_alike };
        let Some(last) = ir::ops(body).pop().filter(|_| pin != Pin::None) else { return vec![] };
        let spread = |value: Val<'c>| ffi::defining_op(value).is_some_and(|op| self.spread.contains(&ffi::op_key(op)));
        let rows = ir::operands(last).into_iter().filter(|value| pin == Pin::All || !spread(*value));
        rows.filter_map(|value| self.tile(value))
            .filter(|tile| tile.layout == Layout::Row)
            .flat_map(|tile| tile.values.clone())
            .filter(|value| ir::type_of(*value) == self.code.t.f32)
            .collect()
    }

    /// Issues what a chain of rotated loops left over, if it had a step at all.
    fn finish_pending(&mut self, values: &[Val<'c>], ring: usize) -> Result<(), PassError> {
        let all: Vec<_> = values.iter().filter_map(|value| self.pending.remove(&ffi::value_key(*value))).collect();
        let Some(first) = all.first().cloned() else { return Ok(()) };
        let now = self.turns[ring];
        let finished = self.choose_values(
            first.primed,
            |kernel| {
                kernel.turns[ring] = Some(first.turn);
                let mut issued = vec![];
                for pending in &all {
                    pending.contraction.rhs.iter().for_each(|rhs| kernel.wait_for(*rhs));
                    issued.extend(kernel.issue_with(
                        &pending.contraction,
                        (&pending.words, None),
                        &pending.accumulator,
                    )?);
                }
                let issued = kernel.await_groups(0, &issued, &[]);
                let (mut rest, mut done) = (&issued[..], vec![]);
                for pending in &all {
                    let (own, after) = rest.split_at(pending.accumulator.len());
                    done.extend(kernel.landed(&pending.contraction, own, None, &pending.accumulator));
                    rest = after;
                }
                for buffer in kernel.right_buffers(all.iter().map(|pending| &pending.contraction)) {
                    kernel.release(buffer, None);
                }
                Ok(done)
            },
            |_| Ok(all.iter().flat_map(|pending| pending.accumulator.clone()).collect()),
        )?;
        self.turns[ring] = now;
        let mut rest = &finished[..];
        for (value, pending) in values.iter().zip(&all) {
            let layout = Layout::Fragment { columns: pending.contraction.sizes[1] };
            let (own, after) = rest.split_at(layout.len());
            self.keep(*value, Registers { layout, values: own.to_vec() });
            rest = after;
        }
        Ok(())
    }

    /// The buffers of the right operands of some contractions.
    fn right_buffers<'a>(&self, all: impl Iterator<Item = &'a Contraction<'c>>) -> Vec<usize>
    where
        'c: 'a,
    {
        let mut found = vec![];
        for rhs in all.flat_map(|contraction| &contraction.rhs) {
            let buffer = self.plan.staged(*rhs).map(|staged| staged.buffer);
            found.extend(buffer.filter(|buffer| !found.contains(buffer)));
        }
        found
    }
}
