//! The two roles: producer warps that fill the rings, consumer warpgroups that compute.

use super::{
    code::Cmp,
    kernel::{Kernel, Registers, Thread, Turn},
    layout::{Coord, Layout},
    nest::{Generic, Index, Window},
    plan::{SharedTile, Source, Staged, contractions},
};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Blk, Op, Val},
    runtime::manifest::{L2Promotion, Parameter, Swizzle, TensorMap},
};
use std::collections::{HashMap, HashSet};

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
        self.entry()?;
        let body = ir::body(self.op, 0).ok_or_else(|| bug!("a kernel without a body"))?;
        self.grid(body)?;
        let code = self.code;
        let is_producer = code.cmpc(Cmp::Eq, code.shrc(self.me().warp, 2), 0);
        self.choose(
            is_producer,
            |kernel| kernel.producer(body),
            |kernel| {
                kernel.set_registers("increase", kernel.plan.consumer_registers);
                kernel.turns = kernel.first_turns();
                kernel.first_turn()?;
                kernel.block(body, Role::Consumer, &HashMap::new())
            },
        )?;
        self.code.b.op("llvm.return").build();
        Ok(())
    }

    /// Thread numbers and barrier set-up.
    fn entry(&mut self) -> Result<(), PassError> {
        let code = self.code;
        let base =
            code.b.op("llvm.mlir.addressof").attr_text("global_name", "@shared").results(&[code.t.shared]).value();
        let shared = code.b.cast("llvm.ptrtoint", base, code.t.i32);
        let tid = code.sreg("tid.x");
        let warp = code.shuffle("idx", code.shrc(tid, 5), 0);
        let lane = code.andc(tid, 31);
        let warpgroup = code.addc(code.shrc(warp, 2), -1);
        let in_group = code.andc(warp, 3);
        let row = code.add(code.shlc(warpgroup, 6), code.add(code.shlc(in_group, 4), code.shrc(lane, 2)));
        let column = code.shlc(code.andc(lane, 3), 1);
        self.thread = Some(Thread { tid, warp, lane, warpgroup, row, column, shared });
        let first = code.cmpc(Cmp::Eq, tid, 0);
        self.when(first, |kernel| {
            let code = kernel.code;
            for buffer in &kernel.plan.buffers {
                let depth = kernel.plan.rings[buffer.ring].depth;
                let arrivals = if buffer.by_threads { 128 } else { 1 };
                for slot in 0..depth {
                    let full = code.shared_ptr(code.addc(shared, buffer.barriers + 8 * slot));
                    code.b.op("nvvm.mbarrier.init").operands(&[full, code.i32(arrivals)]).build();
                    let empty = code.shared_ptr(code.addc(shared, buffer.barriers + 8 * (depth + slot)));
                    code.b.op("nvvm.mbarrier.init").operands(&[empty, code.i32(4 * kernel.plan.warpgroups)]).build();
                }
            }
            code.store(code.i32(0), code.shared_ptr(code.addc(shared, kernel.plan.zero)));
            code.b.op("nvvm.fence.mbarrier.init").build();
            Ok(())
        })?;
        code.barrier();
        Ok(())
    }

    /// Binds the grid coordinates: one block per grid tile, the last grid dim fastest. A dim that decides how long a tile's
    /// loops run is slowest and runs backwards, because under a mask the last tiles are often the longest.
    fn grid(&mut self, body: Blk<'c>) -> Result<(), PassError> {
        let rank = super::memory::grid_rank(self.op);
        let mut rest = self.code.sreg("ctaid.x");
        let bounds = grid_bounds(self.op);
        let arguments = ir::arguments(body);
        let uneven = |dim: &usize| shapes_loops(body, arguments[*dim]);
        let (slow, mut order): (Vec<usize>, Vec<usize>) = (0..rank).partition(uneven);
        order.splice(0..0, slow.iter().copied());
        for (place, dim) in order.iter().copied().enumerate().rev() {
            let extent = match bounds[dim] {
                Index::Const(extent) => self.code.i32(extent),
                Index::Value(value) => self.scalar(value)?,
            };
            let mut at = rest;
            if place > 0 {
                let above = self.code.b.binary("arith.divui", rest, extent);
                at = self.code.sub(rest, self.code.mul(above, extent));
                rest = above;
            }
            if slow.contains(&dim) {
                at = self.code.sub(self.code.addc(extent, -1), at);
            }
            self.scope().scalars.insert(ffi::value_key(arguments[dim]), at);
        }
        Ok(())
    }

    fn set_registers(&self, action: &str, count: i64) {
        let spec = self.code.b.op("nvvm.setmaxregister");
        spec.attr_text("action", &format!("#nvvm<action {action}>"))
            .attr_text("regCount", &format!("{count} : i32"))
            .build();
    }

    fn first_turns(&self) -> Vec<Option<Turn<'c>>> {
        let zero = self.code.i32(0);
        self.plan.rings.iter().map(|_| Some(Turn { slot: zero, phase: zero })).collect()
    }

    fn producer(&mut self, body: Blk<'c>) -> Result<(), PassError> {
        self.set_registers("decrease", self.plan.producer_registers);
        self.turns = self.first_turns();
        if self.plan.has_copies() {
            return self.block(body, Role::Producer, &HashMap::new());
        }
        let first_warp = self.code.cmpc(Cmp::Eq, self.me().warp, 0);
        self.when(first_warp, |kernel| {
            let one = kernel.code.b.op("nvvm.elect.sync").results(&[kernel.code.t.i1]).value();
            kernel.when(one, |kernel| {
                kernel.turns = kernel.first_turns();
                kernel.block(body, Role::Producer, &HashMap::new())
            })
        })
    }

    /// Writes a block for a role. `ring_uses` counts, per staged tile of an enclosing loop, nothing: only tiles staged
    /// in this block are released here.
    fn block(&mut self, body: Blk<'c>, role: Role, outer: &HashMap<usize, usize>) -> Result<(), PassError> {
        let mut uses = if role == Role::Consumer { self.uses(body)? } else { outer.clone() };
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
                Role::Consumer => self.consume(op, &mut uses)?,
            }
        }
        Ok(())
    }

    /// How often each tile staged in this block is read by contractions of this block.
    fn uses(&self, body: Blk<'c>) -> Result<HashMap<usize, usize>, PassError> {
        let here: Vec<Op<'c>> = ir::ops(body);
        let mut uses = HashMap::new();
        for contraction in contractions(body)? {
            for value in [contraction.lhs, contraction.rhs] {
                let staged = self
                    .plan
                    .staged(value)
                    .is_some_and(|staged| !self.plan.rings[self.plan.buffers[staged.buffer].ring].once);
                if staged && ffi::defining_op(value).is_some_and(|op| here.contains(&op)) {
                    *uses.entry(ffi::value_key(value)).or_insert(0) += 1;
                }
            }
        }
        Ok(uses)
    }

    fn consume(&mut self, op: Op<'c>, uses: &mut HashMap<usize, usize>) -> Result<(), PassError> {
        for result in ir::results(op) {
            let once =
                self.plan.staged(result).filter(|staged| self.plan.rings[self.plan.buffers[staged.buffer].ring].once);
            if let Some(buffer) = once.map(|staged| staged.buffer) {
                self.wait_full(buffer);
            }
        }
        match ir::name(op) {
            "scf.for" => match self.rotation(op) {
                Some(rotation) => self.rotated_loop(op, &rotation),
                None => self.nest_loop(op, Role::Consumer),
            },
            "linalg.generic" => {
                let generic = Generic::read(op)?;
                if let Some(contraction) = generic.contraction() {
                    let operands = [contraction.lhs, contraction.rhs];
                    for value in operands {
                        self.first_use(value, uses);
                    }
                    self.contract(&contraction)?;
                    for value in operands {
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
        if ir::results(op).iter().any(|result| self.plan.computed.contains(&ffi::value_key(*result))) {
            self.generic(&generic)
        } else if generic.is_reduction() {
            self.reduce_memory(&generic).map(|_| ())
        } else {
            Ok(())
        }
    }

    /// Waits for a tile of a ring before its first reader (counts are negative once waited for).
    fn first_use(&mut self, value: Val<'c>, uses: &HashMap<usize, usize>) {
        let key = ffi::value_key(value);
        if uses.contains_key(&key) && self.find(|scope| scope.bases.get(&(key ^ 2)).copied()).is_none() {
            if let Some(buffer) = self.plan.staged(value).map(|staged| staged.buffer) {
                self.wait_full(buffer);
            }
            let mark = self.me().tid;
            self.scope().bases.insert(key ^ 2, mark);
        }
    }

    /// Gives a buffer back after its last reader.
    fn last_use(&mut self, value: Val<'c>, uses: &mut HashMap<usize, usize>) {
        let Some(left) = uses.get_mut(&ffi::value_key(value)) else { return };
        *left -= 1;
        if *left == 0
            && let Some(buffer) = self.plan.staged(value).map(|staged| staged.buffer)
        {
            self.release(buffer, None);
        }
    }

    /// Rings that turn in a loop or in one inside it.
    fn rings_under(&self, op: Op<'c>) -> Vec<usize> {
        let mut rings = self.plan.loop_rings.get(&ffi::op_key(op)).cloned().unwrap_or_default();
        for inner in ir::walk(op).into_iter().filter(|inner| ir::name(*inner) == "scf.for") {
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
        let bounds = [self.scalar(operands[0])?, self.scalar(operands[1])?, self.scalar(operands[2])?];
        let results = ir::results(op);
        let layouts = results.iter().map(|result| self.carried_layout(*result, role)).collect::<Result<Vec<_>, _>>()?;
        let mut carried = vec![];
        let spread = if role == Role::Consumer { self.begin_spread(op) } else { HashSet::new() };
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
        for ring in &rings {
            let turn = self.turns[*ring].ok_or_else(|| bug!("a ring without a turn"))?;
            carried.extend([turn.slot, turn.phase]);
        }
        let own = self.plan.loop_rings.get(&ffi::op_key(op)).cloned().unwrap_or_default();
        let before = self.turns.clone();
        let finished = self.repeat(bounds, &carried, |kernel, at, values| {
            kernel.scope().scalars.insert(ffi::value_key(arguments[0]), at);
            let rest = kernel.bind_carried(&arguments[1..], &layouts, values);
            kernel.bind_turns(&rings, rest);
            kernel.block(inner, role, &HashMap::new())?;
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
            for ring in &rings {
                let turn = kernel.turns[*ring].ok_or_else(|| bug!("a ring without a turn"))?;
                next.extend([turn.slot, turn.phase]);
            }
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

    fn bind_turns(&mut self, rings: &[usize], values: &[Val<'c>]) {
        for (ring, pair) in rings.iter().zip(values.chunks(2)) {
            self.turns[*ring] = Some(Turn { slot: pair[0], phase: pair[1] });
        }
    }

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

    /// Fills the buffer in turn with a tile.
    fn fill(&mut self, staged: &Staged<'c>) -> Result<(), PassError> {
        let (turn, _) = self.turn(staged.buffer);
        if !self.plan.rings[self.plan.buffers[staged.buffer].ring].once {
            let code = self.code;
            self.wait(self.barrier_address(staged.buffer, true), code.xor(turn.phase, code.i32(1)));
        }
        match &staged.source {
            Source::Tma(window) if self.plan.has_copies() => {
                let first = self.code.cmpc(Cmp::Eq, self.me().tid, 0);
                self.when(first, |kernel| kernel.fill_by_engine(staged, window))
            }
            Source::Tma(window) => self.fill_by_engine(staged, window),
            Source::Threads => self.fill_by_threads(staged),
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
        let mut at = window.offsets.iter().map(|offset| self.index(*offset)).collect::<Result<Vec<_>, _>>()?;
        at.reverse();
        for chunk in 0..shared.chunks() {
            let target = code.shared_ptr(code.addc(target, chunk * shared.chunk_bytes()));
            let mut coordinates = at.clone();
            coordinates[0] = code.addc(coordinates[0], chunk * shared.chunk_columns());
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
        let bounds = [self.me().tid, self.code.i32(shared.rows * columns), self.code.i32(128)];
        self.repeat(bounds, &[], |kernel, at, _| {
            let code = kernel.code;
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
            code.store(value, code.shared_ptr(code.add(target, offset)));
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

/// The upper bounds of a kernel's grid.
pub fn grid_bounds<'c>(kernel: Op<'c>) -> Vec<Index<'c>> {
    let bounds = ir::attr(kernel, "staticUpperBound").and_then(ffi::i64_array).unwrap_or_default();
    let lower = ir::attr(kernel, "staticLowerBound").and_then(ffi::i64_array).unwrap_or_default();
    let mut dynamic = lower.iter().filter(|bound| **bound == i64::MIN).count();
    let operands = ir::operands(kernel);
    bounds
        .into_iter()
        .map(|bound| {
            if bound == i64::MIN {
                dynamic += 1;
                Index::Value(operands[dynamic - 1])
            } else {
                Index::Const(bound)
            }
        })
        .collect()
}

/// The operations of a block, each as late as its first reader allows, the terminator's operands in their order. One
/// accumulator is finished before the scores of the next are begun, which keeps few values live.
pub fn on_demand<'c>(body: Blk<'c>) -> Vec<Op<'c>> {
    fn visit<'c>(op: Op<'c>, members: &HashMap<usize, Op<'c>>, seen: &mut HashSet<usize>, order: &mut Vec<Op<'c>>) {
        if !seen.insert(ffi::op_key(op)) {
            return;
        }
        let inside = ir::walk(op).into_iter().flat_map(ir::operands);
        let operands: Vec<_> = ir::operands(op).into_iter().chain(inside).collect();
        for operand in operands {
            if let Some(maker) = ffi::defining_op(operand).and_then(|maker| members.get(&ffi::op_key(maker))) {
                visit(*maker, members, seen, order);
            }
        }
        order.push(op);
    }
    let ops = ir::ops(body);
    let members = ops.iter().map(|op| (ffi::op_key(*op), *op)).collect();
    let (mut seen, mut order) = (HashSet::new(), vec![]);
    if let Some(last) = ops.last() {
        visit(*last, &members, &mut seen, &mut order);
    }
    order
}

/// Whether the bounds of some loop depend on a grid coordinate.
fn shapes_loops<'c>(body: Blk<'c>, coordinate: Val<'c>) -> bool {
    let mut reached = HashSet::from([ffi::value_key(coordinate)]);
    ir::ops(body).into_iter().any(|op| {
        let operands = ir::operands(op);
        let depends = |values: &[Val<'c>]| values.iter().any(|value| reached.contains(&ffi::value_key(*value)));
        if ir::name(op) == "scf.for" {
            return depends(&operands[..3]);
        }
        if depends(&operands) {
            reached.extend(ir::results(op).into_iter().map(ffi::value_key));
        }
        false
    })
}
