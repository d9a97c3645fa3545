//! `persist`: a block takes its share of the grid tiles, one after the other, and [`crate::gpu::plan::flat`] runs their steps as one loop.
//!
//! Block `b` of `g` takes tiles `b, b + g, b + 2g, …`. Where some tiles are longer than others they are ordered longest
//! first and dealt out in a snake (`b`, then `2g - 1 - b`, then `2g + b`, …), so that the shares come out even; every other
//! block takes the two tiles of a pair of rounds the other way round, so that not all begin long tiles together.

use super::kernel::{Kernel, Turn};
use crate::{
    error::PassError,
    ffi,
    gpu::{
        code::Cmp,
        nest::Contraction,
        plan::{
            flat::{Flat, KeyLoop},
            grid::grid_bounds,
            rotation::Rotation,
        },
    },
    ir::{self, Blk, Val},
};

/// The steps of one grid tile.
pub struct Steps<'c> {
    /// Per key loop, the number of steps up to its end.
    ends: Vec<Val<'c>>,
    /// Per key loop, its first key less the keys of the steps before it.
    offsets: Vec<Val<'c>>,
    /// Steps in all, at least one.
    pub count: Val<'c>,
    /// Whether there is none in truth, where that may be.
    pub none: Option<Val<'c>>,
}

impl<'c> Kernel<'_, 'c> {
    /// How many tiles the grid has.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn tiles_of_grid(&mut self) -> Result<Val<'c>, PassError> {
        let mut tiles = self.code.i32(1);
        for bound in grid_bounds(self.op) {
            let extent = self.index(bound)?;
            tiles = self.code.mul(tiles, extent);
        }
        Ok(tiles)
    }

    /// How many tiles this block takes.
    pub fn rounds(&mut self, body: Blk<'c>) -> Result<Val<'c>, PassError> {
        let tiles = self.tiles_of_grid()?;
        let code = self.code;
        let blocks = code.blocks();
        let whole = code.b.binary("arith.divui", tiles, blocks);
        let rest = code.sub(tiles, code.mul(whole, blocks));
        let place = self.place_in_round(body, whole);
        let one_more = code.b.cast("arith.extui", code.cmp(Cmp::Slt, place, rest), code.t.i32);
        Ok(code.add(whole, one_more))
    }

    /// Which of the tiles of a round this block takes.
    fn place_in_round(&self, body: Blk<'c>, round: Val<'c>) -> Val<'c> {
        let code = self.code;
        let block = code.block();
        if self.uneven_dims(body).is_empty() {
            return block;
        }
        let backwards = code.sub(code.addc(code.blocks(), -1), block);
        let odd = code.cmpc(Cmp::Ne, code.andc(round, 1), 0);
        code.b.select(odd, backwards, block)
    }

    /// The round that a block of an odd number takes in place of one, where tiles differ in length: the two of a pair, the first
    /// of which tends to be long and the second short, change places. So at any time half of the blocks begin long tiles, which
    /// bring keys into the second-level cache, while the others find them there.
    fn staggered(&mut self, body: Blk<'c>, round: Val<'c>) -> Result<Val<'c>, PassError> {
        if self.uneven_dims(body).is_empty() {
            return Ok(round);
        }
        let tiles = self.tiles_of_grid()?;
        let code = self.code;
        let whole = code.b.binary("arith.divui", tiles, code.blocks());
        let odd = code.cmpc(Cmp::Ne, code.andc(code.block(), 1), 0);
        let paired = code.cmp(Cmp::Slt, code.b.binary("arith.ori", round, code.i32(1)), whole);
        let other = code.b.binary("arith.xori", round, code.i32(1));
        Ok(code.b.select(code.and(odd, paired), other, round))
    }

    /// Binds the grid coordinates of this block's tile of a round.
    pub fn bind_round(&mut self, body: Blk<'c>, round: Val<'c>) -> Result<(), PassError> {
        let code = self.code;
        let round = self.staggered(body, round)?;
        let tile = code.add(code.mul(round, code.blocks()), self.place_in_round(body, round));
        self.bind_tile(body, tile)
    }

    /// The steps of the tile at hand.
    pub fn steps(&mut self, flat: &Flat<'c>) -> Result<Steps<'c>, PassError> {
        let code = self.code;
        let (mut ends, mut offsets, mut total) = (vec![], vec![], code.i32(0));
        for key in &flat.loops {
            let operands = ir::operands(key.op);
            let (low, high) = (self.scalar(operands[0])?, self.scalar(operands[1])?);
            offsets.push(code.sub(low, code.mulc(total, flat.step)));
            let span = code.addc(code.sub(high, low), flat.step - 1);
            let count = code.divc(code.b.binary("arith.maxsi", span, code.i32(0)), flat.step);
            // Hidden where it is a constant: no step is worth unrolling.
            total = code.hidden(code.add(total, count));
            ends.push(total);
        }
        if !flat.may_be_empty {
            return Ok(Steps { ends, offsets, count: total, none: None });
        }
        let none = code.cmpc(Cmp::Eq, total, 0);
        if let Some(last) = offsets.last_mut() {
            *last = code.b.select(none, code.i32(0), *last);
        }
        let count = code.b.binary("arith.maxsi", total, code.i32(1));
        Ok(Steps { ends, offsets, count, none: Some(none) })
    }

    /// Binds the counter of a step, under the name each key loop has for it, and loads the entries of lists that it stands for:
    /// they say where the keys are, and are on their way before anything is waited for.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn bind_step(&mut self, flat: &Flat<'c>, steps: &Steps<'c>, step: Val<'c>) -> Result<(), PassError> {
        let code = self.code;
        let mut offset = *steps.offsets.last().unwrap_or(&step);
        for (end, other) in steps.ends.iter().zip(&steps.offsets).rev().skip(1) {
            offset = code.b.select(code.cmp(Cmp::Slt, step, *end), *other, offset);
        }
        let counter = code.add(offset, code.mulc(step, flat.step));
        let mut loaded: Vec<(Val<'c>, Vec<Val<'c>>, Val<'c>)> = vec![];
        for own in &flat.loops {
            self.scope().scalars.insert(ffi::value_key(ir::arguments(own.body)[0]), counter);
            for op in ir::ops(own.body).into_iter().filter(|op| ir::name(*op) == "tensor.extract") {
                let operands = ir::operands(op);
                let place = operands[1..].iter().map(|at| self.scalar(*at)).collect::<Result<Vec<_>, _>>()?;
                let same = loaded.iter().find(|(list, at, _)| *list == operands[0] && *at == place);
                let value = match same {
                    Some((.., value)) => *value,
                    None => self.rebuild(op, &place)?[0],
                };
                self.scope().scalars.insert(ffi::value_key(ir::results(op)[0]), value);
                loaded.push((operands[0], place, value));
            }
        }
        Ok(())
    }

    /// Whether a step is in one of a group's key loops.
    pub fn in_group(&self, group: &[usize], steps: &Steps<'c>, step: Val<'c>) -> Val<'c> {
        let code = self.code;
        let inside = |number: &usize| {
            let before_end = code.cmp(Cmp::Slt, step, steps.ends[*number]);
            match number.checked_sub(1) {
                None => before_end,
                Some(previous) => {
                    let begun = code.cmp(Cmp::Slt, step, steps.ends[previous]);
                    code.b.select(begun, code.b.int(0, code.t.i1), before_end)
                }
            }
        };
        let each: Vec<_> = group.iter().map(inside).collect();
        each.into_iter().reduce(|a, b| code.b.binary("arith.ori", a, b)).unwrap_or_else(|| code.b.int(0, code.t.i1))
    }

    /// The turn of a ring that was advanced some number of times.
    pub fn turn_at(&self, ring: usize, count: Val<'c>) -> Turn<'c> {
        let code = self.code;
        let depth = self.plan.rings[ring].depth;
        let laps = code.divc(count, depth);
        Turn { slot: code.sub(count, code.mulc(laps, depth)), phase: code.andc(laps, 1) }
    }

    /// Sets the turns of the rings that advance once per step.
    pub fn set_step_turn(&mut self, rotation: &Rotation<'c>, count: Val<'c>) {
        for ring in rotation.captures.iter().copied().chain([rotation.ring]) {
            self.turns[ring] = Some(self.turn_at(ring, count));
        }
    }

    /// Sets the turns of the rings that advance once per tile.
    pub fn set_tile_turn(&mut self, round: Val<'c>) {
        for ring in 0..self.turns.len() {
            if self.plan.rings[ring].once {
                self.turns[ring] = Some(self.turn_at(ring, round));
            }
        }
    }

    /// The producer's share: fills what the consumers read, in their order.
    ///
    /// # Errors
    /// Those of [`Kernel::fill`].
    pub fn produce_all(&mut self, flat: &Flat<'c>, body: Blk<'c>) -> Result<(), PassError> {
        let rounds = self.rounds(body)?;
        let zero = self.code.i32(0);
        let rotation = &flat.loops[0].rotation;
        let bounds = [zero, rounds, self.code.i32(1)];
        self.repeat(bounds, &[zero], |kernel, round, begun| {
            kernel.bind_round(body, round)?;
            kernel.set_tile_turn(round);
            if !kernel.plan.refilled {
                kernel.fill_all(&flat.before)?;
            }
            let steps = kernel.steps(flat)?;
            let bounds = [zero, steps.count, kernel.code.i32(1)];
            kernel.repeat(bounds, &[], |kernel, step, _| {
                kernel.hide_tile(body)?;
                kernel.bind_step(flat, &steps, step)?;
                let count = kernel.code.add(begun[0], step);
                kernel.set_step_turn(rotation, count);
                kernel.fill_group(flat, &steps, step, 0)?;
                Ok(vec![])
            })?;
            Ok(vec![kernel.code.add(begun[0], steps.count)])
        })?;
        Ok(())
    }

    /// Computes what follows from the coordinates of a tile again in each step: a producer has no registers to keep it in.
    fn hide_tile(&mut self, body: Blk<'c>) -> Result<(), PassError> {
        for coordinate in ir::arguments(body).into_iter().take(grid_bounds(self.op).len()) {
            let hidden = self.scalar(coordinate)?;
            let hidden = self.code.hidden(hidden);
            self.scope().scalars.insert(ffi::value_key(coordinate), hidden);
        }
        Ok(())
    }

    /// Fills the tiles of a step, by the body that it has.
    fn fill_group(&mut self, flat: &Flat<'c>, steps: &Steps<'c>, step: Val<'c>, group: usize) -> Result<(), PassError> {
        let key = &flat.loops[flat.groups[group][0]];
        if group + 1 == flat.groups.len() || group == 0 && flat.fills_alike(self.plan, self.copiers) {
            return self.fill_step(flat, key, step);
        }
        let inside = self.in_group(&flat.groups[group], steps, step);
        self.choose(
            inside,
            |kernel| kernel.fill_step(flat, key, step),
            |kernel| kernel.fill_group(flat, steps, step, group + 1),
        )
    }

    /// Fills the tiles of a step: what its scores read, then, in the first step of a tile whose own operands have but one
    /// buffer, those, then the rest. The keys of that step are on their way before the tile before is done with its operands.
    fn fill_step(&mut self, flat: &Flat<'c>, key: &KeyLoop<'c>, step: Val<'c>) -> Result<(), PassError> {
        let ops = ir::ops(key.body);
        if !self.plan.refilled {
            return self.fill_all(&ops);
        }
        let early: Vec<_> = key.rotation.early.iter().flat_map(Contraction::operands).collect();
        let (early, late): (Vec<_>, Vec<_>) =
            ops.into_iter().partition(|op| ir::results(*op).iter().any(|value| early.contains(value)));
        self.fill_all(&early)?;
        let first = self.code.cmpc(Cmp::Eq, step, 0);
        self.when(first, |kernel| kernel.fill_all(&flat.before))?;
        self.fill_all(&late)
    }

    /// The share of a warp that stores results.
    ///
    /// # Errors
    /// Those of [`Kernel::store_rows`].
    pub fn store_all(&mut self, body: Blk<'c>) -> Result<(), PassError> {
        let Some(store) = self.engine.clone() else { return Ok(()) };
        let rounds = self.rounds(body)?;
        let code = self.code;
        let warpgroup = code.addc(self.me().warp, -1);
        self.repeat([code.i32(0), rounds, code.i32(1)], &[], |kernel, round, _| {
            kernel.bind_round(body, round)?;
            kernel.set_tile_turn(round);
            kernel.store_rows(&store, warpgroup)?;
            Ok(vec![])
        })?;
        Ok(())
    }
}
