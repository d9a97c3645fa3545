//! The two roles: producer warps that fill the rings, consumer warpgroups that compute.

use super::kernel::{Kernel, Registers, Thread, Turn};
use crate::{
    bug,
    dialect::kernel::{Action, Instruction, Lane},
    error::PassError,
    ffi,
    gpu::{
        code::Cmp,
        layout::Layout,
        nest::{Generic, on_demand},
        plan::{Source, Staged, Use, contractions},
    },
    ir::{self, Blk, Op, Val},
};
use std::collections::{BTreeSet, HashMap};

/// Which role code is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Producer,
    Consumer,
}

impl<'c> Kernel<'_, 'c> {
    /// Writes the whole kernel body: barriers, then both roles.
    ///
    /// # Errors
    /// Reported at the op that cannot be mapped.
    pub fn body(&mut self) -> Result<(), PassError> {
        let body = ir::body(self.op, 0).ok_or_else(|| bug!("a kernel without a body"))?;
        self.engine = self.engine_store()?;
        self.entry()?;
        let code = self.code;
        let flat = self.plan.flat.as_ref();
        if !self.plan.persistent {
            self.bind_tile(body, code.block())?;
        }
        self.reserve_aside(body);
        let is_producer = code.cmpc(Cmp::Eq, code.shrc(self.me().warp, 2), 0);
        self.choose(
            is_producer,
            |kernel| kernel.producer(body),
            |kernel| {
                let count = kernel.plan.consumer_registers;
                Instruction::Registers { action: Action::Increase, count }.build(&kernel.code.b);
                kernel.thread = Some(kernel.thread_again());
                kernel.turns = kernel.first_turns();
                kernel.first_turn()?;
                match flat {
                    Some(flat) => kernel.consume_all(flat, body),
                    None => kernel.tiles(body, Role::Consumer),
                }?;
                kernel.await_strips();
                Ok(())
            },
        )?;
        self.code.b.op("llvm.return").build();
        Ok(())
    }

    /// What a thread number leads to.
    fn thread_of(&self, tid: Val<'c>) -> Thread<'c> {
        let code = self.code;
        let shared = Instruction::Shared.value(&code.b);
        let warp = code.shuffle(Lane::Index, code.shrc(tid, 5), 0);
        let lane = code.andc(tid, 31);
        let warpgroup = code.addc(code.shrc(warp, 2), -1);
        let in_group = code.andc(warp, 3);
        let row = code.add(code.shlc(warpgroup, 6), code.add(code.shlc(in_group, 4), code.shrc(lane, 2)));
        let column = code.shlc(code.andc(lane, 3), 1);
        Thread { tid, warp, lane, warpgroup, row, column, shared }
    }

    /// The thread's values, computed here again: addresses that follow from them are not kept in registers from before.
    pub fn thread_again(&self) -> Thread<'c> {
        let code = self.code;
        self.thread_of(Instruction::Thread { again: true }.value(&code.b))
    }

    /// Thread numbers and barrier set-up.
    fn entry(&mut self) -> Result<(), PassError> {
        let code = self.code;
        let tid = code.thread();
        let thread = self.thread_of(tid);
        self.thread = Some(thread);
        let shared = thread.shared;
        let first = code.cmpc(Cmp::Eq, tid, 0);
        self.when(first, |kernel| {
            let code = kernel.code;
            let init = |address, arrivals| Instruction::InitBarrier { address, arrivals }.build(&code.b);
            for (number, buffer) in kernel.plan.buffers.iter().enumerate() {
                let depth = kernel.plan.rings[buffer.ring].depth;
                let arrivals = kernel.plan.copiers(number).map_or(1, |copiers| 32 * copiers.warps);
                let readers = buffer.widened_into.and_then(|into| kernel.plan.copiers(into));
                let released = readers.map_or(4 * kernel.plan.warpgroups, |copiers| copiers.warps);
                for slot in 0..depth {
                    init(code.addc(shared, buffer.barriers + 8 * slot), arrivals);
                    init(code.addc(shared, buffer.barriers + 8 * (depth + slot)), released);
                }
            }
            for written in 0..kernel.written_barriers() {
                init(code.addc(shared, kernel.plan.written + 8 * written), 4);
            }
            code.store(code.i32(0), code.shared_ptr(code.addc(shared, kernel.plan.zero)));
            Instruction::FenceInit.build(&code.b);
            Ok(())
        })?;
        code.barrier();
        code.await_grids();
        Ok(())
    }

    fn first_turns(&self) -> Vec<Option<Turn<'c>>> {
        let zero = self.code.i32(0);
        self.plan.rings.iter().map(|_| Some(Turn { slot: zero, phase: zero })).collect()
    }

    fn producer(&mut self, body: Blk<'c>) -> Result<(), PassError> {
        let count = self.plan.producer_registers;
        Instruction::Registers { action: Action::Decrease, count }.build(&self.code.b);
        self.turns = self.first_turns();
        let flat = self.plan.flat.as_ref();
        let produce = |kernel: &mut Self| match flat {
            Some(flat) => kernel.produce_all(flat, body),
            None => kernel.tiles(body, Role::Producer),
        };
        let code = self.code;
        let warp = self.me().warp;
        for copiers in self.plan.all_copiers() {
            let (first, end) = (copiers.first, copiers.first + copiers.warps);
            let below = code.cmpc(Cmp::Slt, warp, end);
            let reached = code.cmp(Cmp::Slt, code.i32(first - 1), warp);
            self.copiers = Some(copiers);
            self.when(code.and(reached, below), |kernel| {
                kernel.turns = kernel.first_turns();
                produce(kernel)
            })?;
            self.copiers = None;
        }
        self.when(code.cmpc(Cmp::Eq, warp, 0), |kernel| {
            let one = Instruction::Elect.value(&kernel.code.b);
            kernel.when(one, |kernel| {
                kernel.turns = kernel.first_turns();
                produce(kernel)
            })
        })?;
        if !self.has_store_warps() || self.engine.is_none() {
            return Ok(());
        }
        // Known again here, so that it takes no register of the loop before.
        self.thread = Some(self.thread_again());
        let warp = self.me().warp;
        let (some, below) = (code.cmpc(Cmp::Ne, warp, 0), code.cmpc(Cmp::Slt, warp, 1 + self.plan.warpgroups));
        self.when(code.and(some, below), |kernel| kernel.store_all(body))
    }

    /// Writes what a role does for the tiles of a block: one, or one after the other.
    fn tiles(&mut self, body: Blk<'c>, role: Role) -> Result<(), PassError> {
        if !self.plan.persistent {
            return self.block(body, role);
        }
        let rings: Vec<_> = (0..self.turns.len()).filter(|ring| !self.plan.rings[*ring].once).collect();
        let even = self.uneven_dims(body).is_empty();
        let bounds = if even {
            [self.code.block(), self.tiles_of_grid()?, self.code.blocks()]
        } else {
            [self.code.i32(0), self.rounds(body)?, self.code.i32(1)]
        };
        let mut first = self.carried_turns(&rings)?;
        first.push(self.code.i32(0));
        self.repeat(bounds, &first, |kernel, at, values| {
            kernel.bind_turns(&rings, values);
            let count = values[values.len() - 1];
            kernel.set_tile_turn(count);
            if even { kernel.bind_tile(body, at) } else { kernel.bind_round(body, at) }?;
            let thread = kernel.thread;
            if role == Role::Consumer {
                kernel.thread = Some(kernel.thread_again());
            }
            let written = kernel.block(body, role);
            if role == Role::Consumer {
                kernel.release_tile();
            }
            kernel.thread = thread;
            written?;
            let mut next = kernel.carried_turns(&rings)?;
            next.push(kernel.code.addc(count, 1));
            Ok(next)
        })
        .map(|_| ())
    }

    /// Gives the operands back that were filled once for a grid tile, but for one that a result leaves through.
    fn release_tile(&self) {
        let stored = self.engine.as_ref().and_then(|store| store.buffer());
        for (index, buffer) in self.plan.buffers.iter().enumerate() {
            let ring = &self.plan.rings[buffer.ring];
            if ring.once && !ring.captures && stored != Some(index) {
                self.release(index, None);
            }
        }
    }

    /// Writes a block for a role. Tiles staged in this block are given back here, after their last reader.
    fn block(&mut self, body: Blk<'c>, role: Role) -> Result<(), PassError> {
        if role == Role::Producer && ir::ops(body).iter().all(|op| ir::name(*op) != "scf.for") {
            return self.fill_all(&ir::ops(body));
        }
        let mut uses = if role == Role::Consumer { self.uses(body)? } else { HashMap::new() };
        let ops = if role == Role::Consumer { on_demand(body) } else { ir::ops(body) };
        for op in ops {
            match role {
                Role::Producer => {
                    for result in ir::results(op) {
                        if let Some(staged) = self.plan.staged(result).cloned() {
                            self.fill(&staged)?;
                        }
                    }
                    if ir::name(op) == "scf.for" && !self.rings_under(op).is_empty() {
                        self.nest_loop(op, role)?;
                    }
                }
                Role::Consumer => {
                    self.consume(op, &mut uses)?;
                    self.put_aside(op);
                }
            }
        }
        if role == Role::Consumer {
            self.release_captures(body);
        }
        Ok(())
    }

    /// How often each buffer of tiles staged in this block is read by contractions of this block.
    pub fn uses(&self, body: Blk<'c>) -> Result<HashMap<usize, usize>, PassError> {
        let here: Vec<Op<'c>> = ir::ops(body);
        let mut uses = HashMap::new();
        for contraction in contractions(body)? {
            for value in contraction.operands() {
                let buffer = self
                    .plan
                    .staged(value)
                    .map(|staged| staged.buffer)
                    .filter(|buffer| !self.plan.rings[self.plan.buffers[*buffer].ring].once);
                if let Some(buffer) = buffer.filter(|_| ffi::defining_op(value).is_some_and(|op| here.contains(&op))) {
                    *uses.entry(buffer).or_insert(0) += 1;
                }
            }
        }
        Ok(uses)
    }

    fn consume(&mut self, op: Op<'c>, uses: &mut HashMap<usize, usize>) -> Result<(), PassError> {
        for result in ir::results(op) {
            let filled = |staged: &&Staged<'c>| {
                !matches!(staged.source, Source::Term) && self.plan.rings[self.plan.buffers[staged.buffer].ring].once
            };
            let once = self.plan.staged(result).filter(filled);
            if let Some(buffer) = once.map(|staged| staged.buffer) {
                self.wait_full(buffer);
            }
        }
        match ir::name(op) {
            "scf.for" => match self.plan.rotation(op, false) {
                Some(rotation) => self.rotated_loop(op, &rotation),
                None => match self.plan.stream(op) {
                    Some(stream) => self.streamed_loop(op, &stream),
                    None => self.nest_loop(op, Role::Consumer),
                },
            },
            "linalg.generic" => {
                let generic = Generic::read(op)?;
                if let Some(contraction) = generic.contraction() {
                    for value in contraction.operands() {
                        self.first_use(value, uses);
                    }
                    self.contract(&contraction)?;
                    for value in contraction.operands() {
                        self.last_use(value, uses);
                    }
                    Ok(())
                } else {
                    self.compute_op(op)
                }
            }
            "scf.forall.in_parallel" => {
                let Some(inner) = ir::body(op, 0) else { return Ok(()) };
                ir::ops(inner).into_iter().try_for_each(|store| self.store_tile(store))
            }
            _ => Ok(()),
        }
    }

    /// Writes an op on tiles that is no contraction, unless its result is computed where it is used.
    ///
    /// # Errors
    /// Reported when the result has no layout.
    pub fn compute_op(&mut self, op: Op<'c>) -> Result<(), PassError> {
        if ir::name(op) != "linalg.generic" {
            return Ok(());
        }
        let generic = Generic::read(op)?;
        if self.plan.staged(ir::results(op)[0]).is_some_and(|staged| staged.used == Use::Columns) {
            self.take_columns(ir::results(op)[0])
        } else if self.plan.staged(ir::results(op)[0]).is_some_and(|staged| matches!(staged.source, Source::Term)) {
            self.split_in_place(&generic)
        } else if ir::results(op).iter().any(|result| self.plan.computed.contains(&ffi::value_key(*result))) {
            self.generic(&generic)
        } else if generic.is_reduction() {
            self.reduce_memory(&generic).map(|_| ())
        } else {
            Ok(())
        }
    }

    /// Waits for a tile of a ring before its first reader.
    pub fn first_use(&mut self, value: Val<'c>, uses: &HashMap<usize, usize>) {
        let counted = self.plan.staged(value).is_some_and(|staged| uses.contains_key(&staged.buffer));
        if counted && self.scope().ready.insert(ffi::value_key(value)) {
            self.wait_for(value);
        }
    }

    /// Gives a buffer back after its last reader.
    pub fn last_use(&mut self, value: Val<'c>, uses: &mut HashMap<usize, usize>) {
        let Some(buffer) = self.plan.staged(value).map(|staged| staged.buffer) else { return };
        let Some(left) = uses.get_mut(&buffer) else { return };
        *left -= 1;
        if *left == 0 {
            self.release(buffer, None);
        }
    }

    /// Rings that turn in a loop or in one inside it.
    fn rings_under(&self, op: Op<'c>) -> Vec<usize> {
        let mut rings = self.plan.loop_rings.get(&ffi::op_key(op)).cloned().unwrap_or_default();
        for inner in ir::walk_named(op, &["scf.for"]) {
            rings.extend(self.plan.loop_rings.get(&ffi::op_key(inner)).into_iter().flatten());
        }
        rings.sort_unstable();
        rings.dedup();
        rings
    }

    /// Writes a loop for a role: its states (for consumers) and its rings are carried.
    fn nest_loop(&mut self, op: Op<'c>, role: Role) -> Result<(), PassError> {
        let operands = ir::operands(op);
        let inner = ir::body(op, 0).ok_or_else(|| bug!("a loop without a body"))?;
        let arguments = ir::arguments(inner);
        let mut bounds = [self.scalar(operands[0])?, self.scalar(operands[1])?, self.scalar(operands[2])?];
        if role == Role::Producer {
            // Hidden where it is a constant: an unrolled loop takes more registers than a producer has.
            bounds[1] = self.code.hidden(bounds[1]);
        }
        let results = ir::results(op);
        let layouts = results.iter().map(|result| self.carried_layout(*result, role)).collect::<Result<Vec<_>, _>>()?;
        let mut carried = vec![];
        let spread = if role == Role::Consumer { self.begin_spread(op) } else { BTreeSet::new() };
        for (state, (layout, init)) in layouts.iter().zip(&operands[3..]).enumerate() {
            match layout {
                Some(Layout::Uniform) => carried.push(self.scalar_or_tile(*init)?),
                Some(layout) => {
                    let mut values = self.fragment(*init, *layout)?;
                    if spread.contains(&state) {
                        self.spread_out(&mut values);
                    }
                    carried.extend(values);
                }
                None => {}
            }
        }
        let rings = self.rings_under(op);
        carried.extend(self.carried_turns(&rings)?);
        let own = self.plan.loop_rings.get(&ffi::op_key(op)).cloned().unwrap_or_default();
        let before = self.turns.clone();
        let overlap = if role == Role::Consumer { self.plan.overlap(op) } else { None };
        let constant = ffi::defining_op(operands[1]).is_some_and(|op| ir::name(op) == "arith.constant");
        if overlap.is_some() && !constant {
            // Neither it nor the counter takes a register of each thread then.
            bounds[1] = self.code.uniform(bounds[1]);
        }
        let finished = self.repeat(bounds, &carried, |kernel, at, values| {
            // Hidden, so that no address is carried from step to step where accumulators take most registers.
            let at = if overlap.is_some() { kernel.code.hidden(at) } else { at };
            kernel.scope().scalars.insert(ffi::value_key(arguments[0]), at);
            let rest = kernel.bind_carried(&arguments[1..], &layouts, values);
            kernel.bind_turns(&rings, rest);
            match &overlap {
                Some(overlap) => kernel.overlapped_step(inner, overlap, at)?,
                None => kernel.block(inner, role)?,
            }
            let last = ir::ops(inner).pop().ok_or_else(|| bug!("a loop without a terminator"))?;
            let mut next = vec![];
            for (layout, value) in layouts.iter().zip(ir::operands(last)) {
                match layout {
                    Some(Layout::Uniform) => next.push(kernel.scalar_or_tile(value)?),
                    Some(layout) => next.extend(kernel.fragment(value, *layout)?),
                    None => {}
                }
            }
            for ring in &own {
                kernel.advance(*ring)?;
            }
            next.extend(kernel.carried_turns(&rings)?);
            Ok(next)
        })?;
        self.turns = before;
        let rest = self.bind_carried(&results, &layouts, &finished).to_vec();
        self.bind_turns(&rings, &rest);
        spread.into_iter().for_each(|state| self.gather_up(results[state]));
        Ok(())
    }

    /// How a loop-carried value is held, or `None` when the role does not hold it.
    ///
    /// # Errors
    /// Reported for a state whose dims are not rows and columns.
    pub fn carried_layout(&self, value: Val<'c>, role: Role) -> Result<Option<Layout>, PassError> {
        if !ffi::is_ranked_tensor(ir::type_of(value)) {
            return Ok(Some(Layout::Uniform));
        }
        if role == Role::Producer {
            return Ok(None);
        }
        let layout = self.plan.classes.layout(value);
        layout.map(Some).ok_or_else(|| {
            ffi::emit_error(
                self.location,
                "not supported in a GPU kernel: a loop state whose dims are not rows and columns",
            );
            PassError::Reported
        })
    }

    /// A loop state without dims.
    ///
    /// # Errors
    /// Those of [`Kernel::scalar`].
    pub fn scalar_or_tile(&mut self, value: Val<'c>) -> Result<Val<'c>, PassError> {
        if ffi::is_ranked_tensor(ir::type_of(value)) { self.element(value, &[]) } else { self.scalar(value) }
    }

    /// Binds values to carried names; returns what is left over.
    pub fn bind_carried<'v>(
        &mut self,
        names: &[Val<'c>],
        layouts: &[Option<Layout>],
        mut values: &'v [Val<'c>],
    ) -> &'v [Val<'c>] {
        for (name, layout) in names.iter().zip(layouts) {
            let Some(layout) = layout else { continue };
            let (own, rest) = values.split_at(layout.len());
            if ffi::is_ranked_tensor(ir::type_of(*name)) {
                self.keep(*name, Registers { layout: *layout, values: own.to_vec() });
            } else {
                self.scope().scalars.insert(ffi::value_key(*name), own[0]);
            }
            values = rest;
        }
        values
    }

    /// The turns of some rings, as carried values.
    ///
    /// # Errors
    /// [`PassError::Bug`] outside a role.
    pub fn carried_turns(&self, rings: &[usize]) -> Result<Vec<Val<'c>>, PassError> {
        let turns = rings.iter().map(|ring| self.turns[*ring].ok_or_else(|| bug!("a ring without a turn")));
        Ok(turns.collect::<Result<Vec<_>, _>>()?.into_iter().flat_map(|turn| [turn.slot, turn.phase]).collect())
    }

    /// Sets the turns of some rings from carried values.
    pub fn bind_turns(&mut self, rings: &[usize], values: &[Val<'c>]) {
        for (ring, pair) in rings.iter().zip(values.chunks(2)) {
            self.turns[*ring] = Some(Turn { slot: pair[0], phase: pair[1] });
        }
    }
}
