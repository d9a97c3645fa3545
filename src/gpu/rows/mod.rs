//! Kernels over rows: ops that share a space whose last loops are reduced. A warp or a block takes a row.
//!
//! Before:  a [`Group`]: reductions of rows, what is computed of their columns before and after, and what is computed per row
//! After:   sweeps over the columns of a row, as many as reductions wait for one another. In a sweep a thread takes chunks of
//!          neighbouring columns, up to 16 bytes each, adds up what it meets, and stores what is finished; between two sweeps
//!          the threads of a row share their sums, by shuffles in a warp and through shared memory between warps.
//!
//! A row that fits is read once: sweeps are written out chunk by chunk, and whatever a later sweep needs is still in registers.
//! A longer one, or one whose length is known at run time only, is read again in every sweep, out of a cache as a rule.
//! Sums of 16-bit floats are kept in f32 and rounded once; each thread has a sum of its own, so that errors do not grow with
//! the length of the row.

use super::{
    code::{Cmp, new_block},
    host::{Host, product},
    points::{self, Lanes, Loops, Points, Written, is_half},
    steps::{Group, Member},
    view::View,
};
use crate::{
    bug,
    error::PassError,
    ir::{self, Op, Type, Val},
    runtime::{Expr, Function, manifest::Unit},
};
use melior::ir::operation::OperationLike;

/// Lanes of a warp.
const WARP: i64 = 32;
/// Threads of a block, where a row has no more than a warp.
const THREADS: i64 = 128;
/// The most threads that share a row.
const MOST: i64 = 512;
/// Elements that a thread holds, of which it takes more threads if it can, and at most.
const HELD: i64 = 32;
const MOST_HELD: i64 = 64;
/// Threads that a kernel should have at least, if rows are long enough for that.
const FEW_THREADS: i64 = 132 * 1024;
/// Threads that share a row of unknown length.
const USUAL: i64 = 256;
/// Bytes of shared memory for what one warp found out.
const WORD: i64 = 8;

/// How the threads of a kernel share its rows.
struct Plan {
    /// Threads of a row, a power of 2.
    threads: i64,
    /// Rows of a block.
    rows: i64,
    /// Chunks of columns that each thread takes, if sweeps are written out.
    chunks: Option<i64>,
}

impl Plan {
    fn of(lanes: i64, columns: &Expr, rows: &Expr, thrifty: bool) -> Self {
        let Expr::Int(columns) = columns else {
            return Self { threads: USUAL, rows: 1, chunks: None };
        };
        let (all, held) = ((columns / lanes).max(1), HELD / lanes.max(2));
        let mut threads = 1;
        while threads < WARP && threads < all {
            threads *= 2;
        }
        while threads < MOST && all > held * threads {
            threads *= 2;
        }
        let few = |threads: i64| matches!(rows, Expr::Int(rows) if rows.saturating_mul(threads) < FEW_THREADS);
        while threads < MOST && threads < all && few(threads) {
            threads *= 2;
        }
        let chunks = (all + threads - 1) / threads;
        let fits = chunks * lanes <= MOST_HELD && !(thrifty && chunks > 1);
        let rows = if threads > WARP { 1 } else { THREADS / threads };
        Self { threads, rows, chunks: fits.then_some(chunks) }
    }
}

/// Writes the kernel of a group. A `thrifty` one keeps as little as possible in registers.
///
/// # Errors
/// Those of [`points::write`].
pub fn write<'c>(host: &Host<'c>, group: &Group<'c>, thrifty: bool) -> Result<Written<'c>, PassError> {
    let lanes = points::lanes(host, group);
    let location = group.members[0].op.location();
    let entry = new_block(location, &[]);
    let length = |reduced: bool| {
        let own = group.extents.iter().zip(&group.reduced).filter(|(_, own)| **own == reduced);
        own.fold(Expr::Int(1), |total, (extent, _)| product(&total, extent))
    };
    let (rows, columns) = (length(false), length(true));
    let plan = Plan::of(lanes as i64, &columns, &rows, thrifty);
    let mut kernel = Rows { points: Points::begin(host, &entry, location, lanes), group, plan, columns, words: 0 };
    kernel.points.owns(group);
    kernel.body(&rows)?;
    let Rows { points, plan, words, .. } = kernel;
    let shared = if plan.threads > WARP { words * WARP * WORD } else { 0 };
    let parameters = points.end();
    let grid = match rows {
        Expr::Int(rows) => Expr::Int((rows + plan.rows - 1) / plan.rows),
        rows if plan.rows == 1 => rows,
        rows => Expr::call(Function::CeilDiv, rows, Expr::Int(plan.rows)),
    };
    Ok(Written { unit: Unit::Rows, entry, parameters, grid, threads: plan.threads * plan.rows, shared })
}

/// A reduction of the columns.
struct Sum<'c> {
    member: usize,
    loops: Loops<'c>,
    combiners: Vec<Op<'c>>,
}

/// What is to be stored once a condition holds, if there is one.
type Later<'c> = (Option<Val<'c>>, Vec<(View<'c>, Vec<Lanes<'c>>, Lanes<'c>)>);

/// A kernel over rows being written.
struct Rows<'k, 'c> {
    points: Points<'k, 'c>,
    group: &'k Group<'c>,
    plan: Plan,
    columns: Expr,
    /// Values that warps have shared so far.
    words: i64,
}

impl<'c> Rows<'_, 'c> {
    fn body(&mut self, rows: &Expr) -> Result<(), PassError> {
        let code = self.points.code;
        let (threads, per) = (self.plan.threads, self.plan.rows);
        let block = code.block();
        let thread = code.thread();
        let bits = i64::from(threads.trailing_zeros());
        let (own, mut row) = match per {
            1 => (thread, block),
            _ => (code.andc(thread, threads - 1), code.add(code.mulc(block, per), code.shrc(thread, bits))),
        };
        // Whoever has no row does the last one once more, and writes the same.
        if per > 1 && !matches!(rows, Expr::Int(rows) if rows % per == 0) {
            let count = self.points.size(rows).shared().ok_or_else(|| bug!("rows without a number"))?;
            let count =
                if ir::type_of(count) == code.t.i32 { count } else { code.b.cast("arith.trunci", count, code.t.i32) };
            row = code.b.binary("arith.minui", row, code.addc(count, -1));
        }
        let wide = |value: Val<'c>, ty: Type<'c>| {
            if ir::type_of(value) == ty { value } else { code.b.cast("arith.extui", value, ty) }
        };
        let (own, row) = (wide(own, self.points.coordinate), wide(row, self.points.coordinate));
        let mut at = vec![self.points.fixed(0); self.group.extents.len()];
        self.split(&Lanes::same(row), false, &mut at)?;
        let last = self.group.members.iter().map(|member| member.pass).max().unwrap_or(0);
        for pass in 0..=last {
            self.sweep(pass, own, &at)?;
        }
        Ok(())
    }

    /// The coordinates of a row, or of columns, by its number among all of them.
    fn split(&mut self, number: &Lanes<'c>, reduced: bool, at: &mut [Lanes<'c>]) -> Result<(), PassError> {
        let dims: Vec<_> = (0..at.len()).filter(|dim| self.group.reduced[*dim] == reduced).collect();
        let mut rest = number.clone();
        for (place, dim) in dims.into_iter().enumerate().rev() {
            if place == 0 {
                at[dim] = rest.clone();
                continue;
            }
            let size =
                self.points.size(&self.group.extents[dim]).shared().ok_or_else(|| bug!("a loop without a length"))?;
            (rest, at[dim]) = self.points.divided(&rest, size);
        }
        Ok(())
    }

    /// Whether an op is over whole rows, rather than one value per row.
    fn is_wide(&self, member: &Member<'c>) -> bool {
        member.dims.iter().flatten().any(|dim| self.group.reduced[*dim])
    }

    /// One sweep over the columns, and what becomes of its sums.
    fn sweep(&mut self, pass: usize, own: Val<'c>, at: &[Lanes<'c>]) -> Result<(), PassError> {
        let group = self.group;
        let members: Vec<_> = (0..group.members.len()).filter(|number| group.members[*number].pass == pass).collect();
        for member in members.iter().map(|number| &group.members[*number]) {
            if !self.is_wide(member) {
                self.row_value(member, own, at)?;
            }
        }
        let wide: Vec<_> = members.into_iter().filter(|number| self.is_wide(&group.members[*number])).collect();
        if wide.is_empty() {
            return Ok(());
        }
        let mut sums = vec![];
        for number in wide.iter().filter(|number| group.members[**number].reduces) {
            let loops = Loops::read(group.members[*number].op).ok_or_else(|| bug!("a reduction without loops"))?;
            let combiners = loops.combiners().ok_or_else(|| bug!("a reduction that does not combine"))?;
            sums.push(Sum { member: *number, loops, combiners });
        }
        let mut parts = vec![];
        for op in sums.iter().flat_map(|sum| &sum.combiners) {
            let ty = self.wide_type(*op);
            let neutral = self.points.code.neutral(ir::name(*op), ty);
            parts.push(neutral.ok_or_else(|| bug!("'{}' without a neutral element", ir::name(*op)))?);
        }
        let parts = match self.plan.chunks {
            Some(chunks) => {
                // Loads of all chunks before the first store: nobody can tell that they are of different tensors.
                let mut later = vec![];
                for chunk in 0..chunks {
                    let away = self.points.fixed(chunk * self.plan.threads);
                    let number = self.points.sum(&Lanes::same(own), &away);
                    let number = number.shared().ok_or_else(|| bug!("a chunk without a number"))?;
                    self.chunk(number, Some(chunk), &wide, &sums, at, &mut parts, &mut later)?;
                }
                self.store(later)?;
                parts
            }
            None => self.chunks(own, &wide, &sums, at, &parts)?,
        };
        self.totals(&sums, parts, own, at)
    }

    /// A loop over the chunks of a thread.
    fn chunks(
        &mut self,
        own: Val<'c>,
        wide: &[usize],
        sums: &[Sum<'c>],
        at: &[Lanes<'c>],
        parts: &[Val<'c>],
    ) -> Result<Vec<Val<'c>>, PassError> {
        let columns = self.points.size(&self.columns).shared().ok_or_else(|| bug!("columns without a number"))?;
        let code = self.points.code;
        let end = code.divc(columns, self.points.lanes as i64);
        let step = code.b.int(self.plan.threads, self.points.coordinate);
        let types: Vec<_> = parts.iter().map(|value| ir::type_of(*value)).collect();
        let arguments: Vec<_> = [self.points.coordinate].into_iter().chain(types.iter().copied()).collect();
        let (block, values) = {
            let (block, arguments, outer) = self.points.open(&arguments);
            let mut inner = arguments[1..].to_vec();
            let mut later = vec![];
            let outcome = self.chunk(arguments[0], None, wide, sums, at, &mut inner, &mut later);
            let outcome = outcome.and_then(|()| self.store(later));
            self.points.close(outer);
            outcome?;
            (block, inner)
        };
        Ok(self.points.looped([own, end, step], parts, block, &values))
    }

    /// The members of a sweep at one chunk of columns.
    #[allow(clippy::too_many_arguments, reason = "what a chunk of a row is made of")]
    fn chunk(
        &mut self,
        number: Val<'c>,
        chunk: Option<i64>,
        wide: &[usize],
        sums: &[Sum<'c>],
        at: &[Lanes<'c>],
        parts: &mut [Val<'c>],
        later: &mut Vec<Later<'c>>,
    ) -> Result<(), PassError> {
        let group = self.group;
        let code = self.points.code;
        // A chunk that begins behind the row: the last one is read instead, and nothing comes of it.
        let (mut number, mut live) = (number, None);
        if let (Some(chunk), Expr::Int(columns)) = (chunk, &self.columns) {
            let count = columns / self.points.lanes as i64;
            if (chunk + 1) * self.plan.threads > count {
                let known = self.points.known("live", number);
                let (inside, clamped) = known.unwrap_or_else(|| {
                    let last = code.b.int(count - 1, ir::type_of(number));
                    let inside = code.b.compare("arith.cmpi", ir::cmpi::ULT, number, code.addc(last, 1));
                    (inside, code.b.binary("arith.minui", number, last))
                });
                self.points.know("live", number, (inside, clamped));
                (number, live) = (clamped, Some(inside));
            }
        }
        let mut at = at.to_vec();
        let columns = self.points.chunk(&Lanes::same(number));
        self.split(&columns, true, &mut at)?;
        let mut next = 0;
        for place in wide {
            let member = &group.members[*place];
            if let Some(sum) = sums.iter().find(|sum| sum.member == *place) {
                let loops = self.points.place(member, &at);
                let added = self.points.added(&sum.loops, &sum.combiners, &loops)?;
                for (op, value) in sum.combiners.iter().zip(added) {
                    let mut value = self.within(*op, &value);
                    if let Some(live) = live {
                        let neutral = self.points.code.neutral(ir::name(*op), ir::type_of(value));
                        let neutral = neutral.ok_or_else(|| bug!("'{}' without a neutral element", ir::name(*op)))?;
                        value = self.points.code.b.select(live, value, neutral);
                    }
                    parts[next] = self.points.code.b.binary(ir::name(*op), parts[next], value);
                    next += 1;
                }
                continue;
            }
            let stored = self.points.member_values(member, &at)?;
            if !stored.is_empty() {
                later.push((live, stored));
            }
        }
        Ok(())
    }

    /// Stores what chunks left to be stored.
    fn store(&mut self, later: Vec<Later<'c>>) -> Result<(), PassError> {
        for (live, stored) in later {
            let store = |points: &mut Points<'_, 'c>| {
                stored.iter().for_each(|(view, coords, value)| points.store(view, coords, value));
                Ok(())
            };
            match live {
                Some(live) => self.points.only_if(live, store)?,
                None => store(&mut self.points)?,
            }
        }
        Ok(())
    }

    /// The type that a reduction is kept in.
    fn wide_type(&self, op: Op<'c>) -> Type<'c> {
        let ty = self.points.kernel_type(ir::type_of(ir::results(op)[0]));
        if is_half(ty) { self.points.code.t.f32 } else { ty }
    }

    /// What a thread's columns of one chunk come to.
    fn within(&mut self, op: Op<'c>, values: &Lanes<'c>) -> Val<'c> {
        let lanes = self.points.lanes;
        let each = self.points.spread(values).into_iter().map(Lanes::same).collect();
        self.points.lanes = 1;
        let value = self.points.combined(ir::name(op), each);
        let value = self.points.lane(&value, 0);
        self.points.lanes = lanes;
        value
    }

    /// The sums of a sweep over all threads of the row, known from now on, and stored where they have memory.
    fn totals(
        &mut self,
        sums: &[Sum<'c>],
        parts: Vec<Val<'c>>,
        own: Val<'c>,
        at: &[Lanes<'c>],
    ) -> Result<(), PassError> {
        let code = self.points.code;
        let names: Vec<_> = sums.iter().flat_map(|sum| &sum.combiners).map(|op| ir::name(*op)).collect();
        let shuffled = |name: &str, value: Val<'c>, count: i64| {
            let mut value = value;
            let mut distance = count / 2;
            while distance > 0 {
                value = code.b.binary(name, value, code.exchange(value, distance));
                distance /= 2;
            }
            value
        };
        let lanes = self.plan.threads.min(WARP);
        let mut totals: Vec<_> = names.iter().zip(parts).map(|(name, part)| shuffled(name, part, lanes)).collect();
        let warps = self.plan.threads / WARP;
        if warps > 1 && !totals.is_empty() {
            let base =
                code.b.op("llvm.mlir.addressof").attr_text("global_name", "@shared").results(&[code.t.shared]).value();
            let thread = code.thread();
            let (lane, warp) = (code.andc(thread, WARP - 1), code.shrc(thread, 5));
            let first = code.cmpc(Cmp::Eq, lane, 0);
            let words = self.words;
            self.words += totals.len() as i64;
            let place = |of: usize, warp: Val<'c>| {
                let offset = code.addc(code.mulc(warp, WORD), (words + of as i64) * WARP * WORD);
                code.element_ptr(base, offset, code.t.i8)
            };
            self.points.only_if(first, |points| {
                let code = points.code;
                for (of, value) in totals.iter().enumerate() {
                    let offset = code.addc(code.mulc(warp, WORD), (words + of as i64) * WARP * WORD);
                    let bit = ir::type_of(*value) == code.t.i1;
                    let value = if bit { code.b.cast("arith.extui", *value, code.t.i8) } else { *value };
                    code.store(value, code.element_ptr(base, offset, code.t.i8));
                }
                Ok(())
            })?;
            code.barrier();
            let other = code.andc(lane, warps - 1);
            for (of, (name, value)) in names.iter().zip(&mut totals).enumerate() {
                let ty = ir::type_of(*value);
                let bit = ty == code.t.i1;
                let loaded = code.load(place(of, other), if bit { code.t.i8 } else { ty });
                let loaded = if bit { code.cmpc(Cmp::Ne, loaded, 0) } else { loaded };
                *value = shuffled(name, loaded, warps);
            }
        }
        let mut totals = totals.into_iter();
        for sum in sums {
            let member = &self.group.members[sum.member];
            let place = self.points.place(member, at);
            for (number, op) in sum.combiners.iter().enumerate() {
                let output = sum.loops.inputs + number;
                let coords = self.points.apply(sum.loops.maps[output], &place);
                let init = self.points.element(sum.loops.operands[output], &coords)?;
                let total = totals.next().ok_or_else(|| bug!("too few sums"))?;
                let value = self.points.combined(ir::name(*op), vec![init.clone(), Lanes::same(total)]);
                let mut value = value.shared().ok_or_else(|| bug!("a row's value that differs between columns"))?;
                if ir::type_of(value) != init.ty() {
                    value = self.points.code.b.cast("arith.truncf", value, init.ty());
                }
                let result = ir::results(member.op)[number];
                let value = Lanes::Run { base: value, step: 0, multiple: 1 };
                self.points.keep(result, &coords, &value);
                if let Some(view) = self.points.host.view(result) {
                    self.by_one(own, |points| points.store(&view, &coords, &value))?;
                }
            }
        }
        Ok(())
    }

    /// What is computed once per row.
    fn row_value(&mut self, member: &Member<'c>, own: Val<'c>, at: &[Lanes<'c>]) -> Result<(), PassError> {
        let stored = self.points.member_values(member, at)?;
        if stored.is_empty() {
            return Ok(());
        }
        self.by_one(own, |points| stored.iter().for_each(|(view, coords, value)| points.store(view, coords, value)))
    }

    /// One thread of the row does it.
    fn by_one(&mut self, own: Val<'c>, body: impl FnOnce(&mut Points<'_, 'c>)) -> Result<(), PassError> {
        let first = self.points.code.cmpc(Cmp::Eq, own, 0);
        self.points.only_if(first, |points| {
            body(points);
            Ok(())
        })
    }
}
