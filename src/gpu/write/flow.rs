//! The consumers' side of [`crate::gpu::plan::flat`]: what a step holds, computes and hands to the next.
//!
//! Between the wait for its scores and its end a step is one straight piece of code per body, but for what a loop does to its
//! scores first, which is a branch of its own: so the assembler may mix
//! exponentials, the wait for the late products and their scaling as it likes. The first step of a tile leaves the
//! accumulators as they are (their factor is 1): at its end they are the last tile's, whose epilogue comes then, and the next
//! product overwrites them.

mod ending;

use super::{
    kernel::{Kernel, Registers, Turn},
    persist::Steps,
    roles::Role,
};
use crate::{
    bug,
    error::PassError,
    ffi,
    gpu::{
        code::Cmp,
        layout::Layout,
        nest::Contraction,
        plan::{
            flat::{Flat, KeyLoop},
            variants::Change,
        },
    },
    ir::{self, Blk, Val},
};
use std::collections::{BTreeSet, HashMap, hash_map::Entry};

/// What a step hands to the next, per state of the key loops.
#[derive(Clone)]
struct State<'c> {
    layout: Layout,
    /// The packed left operand of a contraction that is still to be issued.
    words: Vec<Val<'c>>,
    values: Vec<Val<'c>>,
}

/// What the steps of a tile have in common.
struct Tile<'c> {
    steps: Steps<'c>,
    round: Val<'c>,
    /// Steps of the tiles before.
    begun: Val<'c>,
    /// Per state what it is before the first step; empty for accumulators.
    fresh: Vec<Vec<Val<'c>>>,
}

/// A step after the wait for its scores.
pub(super) struct Begun<'c> {
    pub(super) scores: Vec<Val<'c>>,
    /// In flight.
    pub(super) products: Vec<Val<'c>>,
    /// The states it starts from; empty for accumulators.
    pub(super) started: Vec<Vec<Val<'c>>>,
    /// Per state, what the products are added to where that is not done in flight, if `again`.
    pub(super) accumulated: Vec<Vec<Val<'c>>>,
    pub(super) again: Val<'c>,
    /// Whether maxima grew in the step before, in this thread's rows.
    pub(super) grew: Option<Val<'c>>,
    /// Whether its captures are in registers already.
    pub(super) ahead: bool,
    /// Whether it is the first of its tile.
    pub(super) first: Val<'c>,
    /// Whether there was a step before it.
    pub(super) any: Val<'c>,
    pub(super) now: Option<Turn<'c>>,
    pub(super) previous: Option<Turn<'c>>,
    pub(super) read: Read<'c>,
}

/// What a step's scores were computed from.
pub(super) struct Read<'c> {
    pub(super) buffers: Vec<usize>,
    /// Whether the tile's own operands are done with, where they have one buffer.
    pub(super) last: Option<Val<'c>>,
    pub(super) given_back: bool,
}

/// What every step of a kernel has in common.
pub(super) struct Frame<'f, 'c> {
    pub(super) flat: &'f Flat<'c>,
    pub(super) body: Blk<'c>,
    /// Scopes that hold for every tile.
    pub(super) depth: usize,
    /// States whose sums each thread keeps its own part of.
    pub(super) spread: BTreeSet<usize>,
}

impl<'c> Kernel<'_, 'c> {
    /// The consumers' share.
    ///
    /// # Errors
    /// Reported at the op that cannot be mapped.
    pub fn consume_all(&mut self, flat: &Flat<'c>, body: Blk<'c>) -> Result<(), PassError> {
        let rounds = self.rounds(body)?;
        let zero = self.code.i32(0);
        let first = &flat.loops[0];
        let ring = first.rotation.ring;
        let frame = Frame { flat, body, depth: self.scopes.len(), spread: self.begin_spread_all(flat) };
        let states = self.nothing(first)?;
        let mut carried: Vec<_> = flatten(&states);
        let fixed = carried.len();
        let no = self.code.b.int(0, self.code.t.i1);
        carried.extend([no, zero]);
        let bounds = [zero, rounds, self.code.i32(1)];
        let done = self.repeat(bounds, &carried, |kernel, round, values| {
            let begun = values[fixed + 1];
            kernel.bind_round(body, round)?;
            kernel.set_tile_turn(round);
            for op in &flat.before {
                for value in ir::results(*op) {
                    kernel.wait_for(value);
                }
                kernel.compute_op(*op)?;
            }
            let steps = kernel.steps(flat)?;
            let mut fresh = vec![];
            for (state, init) in ir::operands(first.op).split_off(3).into_iter().enumerate() {
                let layout = states[state].layout;
                fresh.push(if first.rotation.is_late(state) {
                    vec![]
                } else {
                    kernel.fresh(&frame, init, state, layout)?
                });
            }
            let tile = Tile { steps, round, begun, fresh };
            let bounds = [zero, tile.steps.count, kernel.code.i32(1)];
            let mut begin = values[..=fixed].to_vec();
            begin.extend(flat.lazy.as_ref().map(|_| no));
            let mut next = kernel.repeat(bounds, &begin, |kernel, step, values| {
                kernel.bind_step(flat, &tile.steps, step)?;
                let held = unflatten(&states, values);
                let grew = values.get(fixed + 1).copied();
                let (next, first, grows) = kernel.flat_step(&frame, &tile, step, held, (values[fixed], grew))?;
                let mut next = flatten(&next);
                next.push(kernel.code.xor(first, kernel.code.b.int(1, kernel.code.t.i1)));
                next.extend(grows);
                Ok(next)
            })?;
            next.truncate(fixed + 1);
            next.push(kernel.code.add(begun, tile.steps.count));
            Ok(next)
        })?;
        // The last tile has no other behind it.
        self.turns[ring] = Some(self.turn_at(ring, self.code.addc(done[fixed + 1], -1)));
        let mut held = unflatten(&states, &done);
        let mut issued = vec![];
        for (state, contraction) in &first.rotation.late {
            contraction.rhs.iter().for_each(|rhs| self.wait_for(*rhs));
            let left = (&held[*state].words[..], Some(done[fixed]));
            issued.extend(self.issue_with(contraction, left, &held[*state].values)?);
        }
        let finished = self.await_groups(0, &issued, &[]);
        let mut products = &finished[..];
        for (state, contraction) in &first.rotation.late {
            let (own, rest) = products.split_at(held[*state].layout.len());
            held[*state].values = self.landed(contraction, own, Some(done[fixed]), &held[*state].values);
            products = rest;
        }
        let last = self.code.addc(rounds, -1);
        self.finish_tile(&frame, last, &held)
    }

    /// The states before the first step of all: they are read, but nothing comes of it.
    fn nothing(&mut self, key: &KeyLoop<'c>) -> Result<Vec<State<'c>>, PassError> {
        let code = self.code;
        // Zeros that the assembler cannot see through: it would write constants between wgmmas and serialize them.
        let address = code.addc(self.me().shared, self.plan.zero);
        let opaque = || code.unknown_zero(address);
        let mut states = vec![];
        let mut lefts: HashMap<Vec<usize>, Vec<Val<'c>>> = HashMap::new();
        for (state, value) in ir::results(key.op).into_iter().enumerate() {
            let late = key.rotation.late.iter().find(|(own, _)| *own == state);
            let layout = match late {
                Some((_, contraction)) => Layout::Fragment { columns: contraction.sizes[1] },
                None => self
                    .carried_layout(value, Role::Consumer)?
                    .ok_or_else(|| bug!("a state that consumers do not hold"))?,
            };
            let element = self.kernel_type(ffi::element_type(ir::type_of(value)));
            let zero = code.zero(element);
            let words = late.map_or(vec![], |(_, contraction)| {
                let words = || (0..contraction.words()).map(|_| opaque()).collect();
                lefts.entry(contraction.left_key()).or_insert_with(words).clone()
            });
            states.push(State { layout, words, values: vec![zero; layout.len()] });
        }
        Ok(states)
    }

    /// Marks the sums that are spread in every key loop.
    fn begin_spread_all(&mut self, flat: &Flat<'c>) -> BTreeSet<usize> {
        let found: Vec<_> = flat.loops.iter().map(|key| self.spread_states(key.op)).collect();
        let mut common: BTreeSet<usize> = found.first().into_iter().flatten().map(|(state, _)| *state).collect();
        for states in &found {
            common.retain(|state| states.iter().any(|(own, _)| own == state));
        }
        let sums = found.iter().flatten().filter(|(state, _)| common.contains(state));
        self.spread.extend(sums.map(|(_, sum)| ffi::op_key(*sum)));
        common
    }

    /// One step: scores of this one and products of the one before, perhaps of the tile before, are in flight together.
    /// The products are added to the accumulators if `again`, else they are their first. Returns the states for the next
    /// step, whether this one was the first of its tile, and, where maxima are left out, whether they grow in this thread (`grew`: in
    /// the step before).
    fn flat_step(
        &mut self,
        frame: &Frame<'_, 'c>,
        tile: &Tile<'c>,
        step: Val<'c>,
        mut held: Vec<State<'c>>,
        (again, grew): (Val<'c>, Option<Val<'c>>),
    ) -> Result<(Vec<State<'c>>, Val<'c>, Option<Val<'c>>), PassError> {
        let key = &frame.flat.loops[0];
        let rotation = &key.rotation;
        let count = self.code.add(tile.begun, step);
        self.set_step_turn(rotation, count);
        let now = self.turns[rotation.ring];
        // The first step of all has nothing behind it and reads its own right operand, to no effect.
        let before = self.code.b.binary("arith.maxsi", self.code.addc(count, -1), self.code.i32(0));
        let previous = Some(self.turn_at(rotation.ring, before));
        let bodies = frame.flat.bodies();
        let common = &frame.flat.loops[frame.flat.groups[bodies[0]][0]];
        // Loads are on their way while the scores are computed.
        let ahead = bodies.len() == 1 && self.load_ahead(&common.order.0, self.plan.registers_left(rotation))?;
        let loaded = self.buffers_of(rotation.early.iter().flat_map(Contraction::operands), rotation.ring);
        loaded.iter().for_each(|buffer| self.wait_full(*buffer));
        self.turn_begins();
        let mut scores = vec![];
        for contraction in &rotation.early {
            scores.extend(self.issue(contraction)?);
        }
        self.turns[rotation.ring] = previous;
        let mut products = vec![];
        for (state, contraction) in &rotation.late {
            contraction.rhs.iter().for_each(|rhs| self.wait_for(*rhs));
            let left = (&held[*state].words[..], Some(again));
            products.extend(self.issue_with(contraction, left, &held[*state].values)?);
        }
        self.turns[rotation.ring] = now;
        self.turn_ends();
        if ahead {
            self.release_captures(common.body);
        }
        let scores = self.await_groups(rotation.late.len(), &scores, &[]);
        let loaded: Vec<_> = loaded.into_iter().filter(|buffer| !rotation.keeps(self.plan, *buffer)).collect();
        let last = self.plan.refilled.then(|| self.code.cmp(Cmp::Eq, self.code.addc(step, 1), tile.steps.count));
        let read = Read { buffers: loaded, last, given_back: frame.flat.lazy.is_none() };
        if read.given_back {
            self.release_read(&read);
        }
        let scores = self.masked_scores(frame, &tile.steps, step, scores)?;

        let first = self.code.cmpc(Cmp::Eq, step, 0);
        let fresh = tile.fresh.iter().zip(&held);
        let started: Vec<Vec<_>> = fresh
            .map(|(fresh, old)| fresh.iter().zip(&old.values).map(|(a, b)| self.code.b.select(first, *a, *b)).collect())
            .collect();
        let begun = Begun {
            scores,
            products,
            started,
            accumulated: held.iter().map(|old| old.values.clone()).collect(),
            again,
            grew,
            ahead,
            first,
            any: self.code.cmpc(Cmp::Ne, count, 0),
            now,
            previous,
            read,
        };
        let mut made = &self.group_values(frame, &tile.steps, step, &bodies, &begun)?[..];
        let mut take = |count: usize| {
            let (own, rest) = made.split_at(count);
            made = rest;
            own.to_vec()
        };
        let shapes = held.iter().map(|old| (old.words.len(), old.layout));
        let next: Vec<_> =
            shapes.map(|(words, layout)| State { layout, words: take(words), values: take(layout.len()) }).collect();
        let grows = grew.and_then(|_| take(1).pop());
        // A new tile leaves the accumulators of the one before as they were.
        for (state, _) in &rotation.late {
            held[*state].values.clone_from(&next[*state].values);
        }
        let ends = self.code.and(first, self.code.cmpc(Cmp::Ne, tile.round, 0));
        self.when(ends, |kernel| {
            // Hidden, so that nothing of that tile is computed ahead of the steps and kept in registers.
            let round = kernel.code.addc(tile.round, -1);
            let round = kernel.code.hidden(round);
            kernel.finish_tile(frame, round, &held)
        })?;
        Ok((next, first, grows))
    }

    /// Gives back what scores were computed from.
    pub(super) fn release_read(&mut self, read: &Read<'c>) {
        read.buffers.iter().for_each(|buffer| self.release(*buffer, None));
        if let Some(last) = read.last {
            self.release_once(Some(last));
        }
    }

    /// Scores after what the loop of the step does to them first.
    pub(super) fn masked_scores(
        &mut self,
        frame: &Frame<'_, 'c>,
        steps: &Steps<'c>,
        step: Val<'c>,
        mut scores: Vec<Val<'c>>,
    ) -> Result<Vec<Val<'c>>, PassError> {
        for (group, (_, changes)) in frame.flat.variants.iter().enumerate().filter(|(_, variant)| !variant.1.is_empty())
        {
            let inside = self.in_group(&frame.flat.groups[group], steps, step);
            let own = &frame.flat.loops[frame.flat.groups[group][0]];
            scores = self.choose_values(
                inside,
                |kernel| kernel.changed_scores(own, changes, &scores),
                |_| Ok(scores.clone()),
            )?;
        }
        Ok(scores)
    }

    /// The buffers of some tiles that are in a ring.
    fn buffers_of(&self, values: impl Iterator<Item = Val<'c>>, ring: usize) -> Vec<usize> {
        let mut found = vec![];
        for value in values {
            let buffer = self.plan.staged(value).map(|staged| staged.buffer);
            if let Some(buffer) =
                buffer.filter(|buffer| self.plan.buffers[*buffer].ring == ring && !found.contains(buffer))
            {
                found.push(buffer);
            }
        }
        found
    }

    /// The scores of a step, in the order of the early contractions, after the changes of its loop.
    fn changed_scores(
        &mut self,
        own: &KeyLoop<'c>,
        changes: &[Change<'c>],
        scores: &[Val<'c>],
    ) -> Result<Vec<Val<'c>>, PassError> {
        self.keep_scores(own, scores);
        let mut changed = vec![];
        for (score, contraction) in own.rotation.early.iter().enumerate() {
            let layout = Layout::Fragment { columns: contraction.sizes[1] };
            match changes.iter().find(|change| change.score == score) {
                Some(change) => changed.extend(self.body_fragment(&change.generic, change.value, layout)?),
                None => changed.extend(self.fragment(contraction.result, layout)?),
            }
        }
        Ok(changed)
    }

    /// Binds the scores of a step to the contractions of a loop.
    pub(super) fn keep_scores(&mut self, key: &KeyLoop<'c>, mut scores: &[Val<'c>]) {
        for contraction in &key.rotation.early {
            let layout = Layout::Fragment { columns: contraction.sizes[1] };
            let (own, rest) = scores.split_at(layout.len());
            self.keep(contraction.result, Registers { layout, values: own.to_vec() });
            scores = rest;
        }
    }

    /// What a step makes after the wait for its scores, by which of some groups' bodies it has.
    fn group_values(
        &mut self,
        frame: &Frame<'_, 'c>,
        steps: &Steps<'c>,
        step: Val<'c>,
        bodies: &[usize],
        begun: &Begun<'c>,
    ) -> Result<Vec<Val<'c>>, PassError> {
        let (group, rest) = bodies.split_first().ok_or_else(|| bug!("a step without a body"))?;
        if rest.is_empty() {
            return self.body_values(frame, (steps, step), *group, begun);
        }
        let inside = self.in_group(&frame.flat.loops_of(*group), steps, step);
        self.choose_values(
            inside,
            |kernel| kernel.body_values(frame, (steps, step), *group, begun),
            |kernel| kernel.group_values(frame, steps, step, rest, begun),
        )
    }

    fn body_values(
        &mut self,
        frame: &Frame<'_, 'c>,
        at: (&Steps<'c>, Val<'c>),
        body: usize,
        begun: &Begun<'c>,
    ) -> Result<Vec<Val<'c>>, PassError> {
        let key = &frame.flat.loops[frame.flat.groups[body][0]];
        let lazy = frame.flat.lazy.as_ref().filter(|(own, _)| *own == body).map(|(_, lazy)| lazy);
        let rotation = &key.rotation;
        self.keep_scores(key, &begun.scores);
        let (arguments, results) = (ir::arguments(key.body), ir::results(key.op));
        for (state, values) in begun.started.iter().enumerate().filter(|(_, values)| !values.is_empty()) {
            let layout = self.layout_of(results[state])?;
            self.keep(arguments[1 + state], Registers { layout, values: values.clone() });
        }
        let none = self.weights(lazy, key, begun)?;
        if !begun.ahead {
            self.release_captures(key.body);
        }
        let pins = self.pins(key.body);
        let mut products = &self.await_groups(0, &begun.products, &pins)[..];
        for (state, contraction) in &rotation.late {
            let layout = Layout::Fragment { columns: contraction.sizes[1] };
            let (own, after) = products.split_at(layout.len());
            let values = self.landed(contraction, own, Some(begun.again), &begun.accumulated[*state]);
            self.keep(arguments[1 + state], Registers { layout, values });
            products = after;
        }
        self.turns[rotation.ring] = begun.previous;
        let freed = self.buffers_of(rotation.late.iter().flat_map(|(_, late)| late.rhs.clone()), rotation.ring);
        freed.iter().for_each(|buffer| self.release(*buffer, Some(begun.any)));
        self.turns[rotation.ring] = begun.now;
        let corrected = lazy.zip(none).map(|(lazy, none)| self.corrected((frame, lazy), at, key, (begun, none)));
        let grown = corrected.transpose()?;
        for factor in &key.factors {
            let mut tile = self.tile(*factor).cloned().ok_or_else(|| bug!("a factor that is not in registers"))?;
            for value in &mut tile.values {
                *value = self.code.b.select(begun.first, self.code.f32(1.0), *value);
            }
            self.keep(*factor, tile);
        }
        let grows = begun.grew.map(|_| self.grows(key)).transpose()?;
        self.scale_accumulators(key, grown)?;
        let last = ir::ops(key.body).pop().ok_or_else(|| bug!("a loop without a terminator"))?;
        let mut made = vec![];
        // Several contractions may have one left operand.
        let mut lefts: HashMap<Vec<usize>, Vec<Val<'c>>> = HashMap::new();
        for (state, value) in ir::operands(last).into_iter().enumerate() {
            match rotation.late.iter().find(|(own, _)| *own == state) {
                Some((_, contraction)) => {
                    let left = match lefts.entry(contraction.left_key()) {
                        Entry::Occupied(known) => known.into_mut(),
                        Entry::Vacant(free) => free.insert(self.packed_left(contraction)?),
                    };
                    made.extend_from_slice(left);
                    made.extend(self.fragment(contraction.init, Layout::Fragment { columns: contraction.sizes[1] })?);
                }
                None => made.extend(self.fragment(value, self.layout_of(results[state])?)?),
            }
        }
        made.extend(grows);
        Ok(made)
    }

    fn layout_of(&self, value: Val<'c>) -> Result<Layout, PassError> {
        self.plan.classes.layout(value).ok_or_else(|| bug!("a state without a layout"))
    }
}

fn flatten<'c>(states: &[State<'c>]) -> Vec<Val<'c>> {
    states.iter().flat_map(|state| state.words.iter().chain(&state.values)).copied().collect()
}

/// States of the same shape with other values.
fn unflatten<'c>(states: &[State<'c>], mut values: &[Val<'c>]) -> Vec<State<'c>> {
    let mut take = |count: usize| {
        let (own, rest) = values.split_at(count);
        values = rest;
        own.to_vec()
    };
    let each = states.iter();
    each.map(|state| State { words: take(state.words.len()), values: take(state.values.len()), ..*state }).collect()
}
