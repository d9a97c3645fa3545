//! Kernels over points: ops on whole tensors that share an iteration space, some neighbouring points of it to a thread.
//!
//! Before:  a [`Group`] of ops on tensors in memory
//! After:   `gpu.module` with one `llvm.func`: a loop over the points of a block (stride: the grid), elements of operands
//!          computed where they are read ([`element`]), loads and stores of up to 16 bytes ([`access`])
//!
//! Neighbouring threads take neighbouring elements of the first result. What several ops of the group read at one point is
//! read once, and what one computes for another stays in registers. Nothing is shared between threads; kernels whose
//! threads share the reductions of a row are written by [`super::rows`] with the same means.

mod access;
mod element;
mod flow;
mod insert;
mod lanes;
mod loops;
mod scalar;

pub use insert::{is_insertion, started_from, write_inserts};
pub use lanes::Lanes;
pub use loops::{Loops, loops_of, plain_dims};
pub use scalar::is_half;

use lanes::{Key, Part, gcd};

use super::{
    code::{Code, combines, new_block, region_of},
    host::{Host, Output, product},
    steps::{Group, Member},
    view::View,
};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Blk, Builder, Type, Val},
    runtime::{
        DType, Expr, Function,
        manifest::{Parameter, Unit},
    },
};
use melior::ir::{AffineMap, Block, BlockLike, Location, operation::OperationLike};
use std::collections::{HashMap, HashSet};

/// Threads of a block.
pub const THREADS: i64 = 256;
/// The most blocks per multiprocessor; a thread takes several points beyond that.
const BLOCKS: i64 = 32;
/// The most points of a reduction that a thread has under way together.
const TOGETHER: i64 = 8;
/// Bytes of one access to memory, at most.
pub const ACCESS: i64 = 16;
/// The most elements that a thread computes together.
const MOST_LANES: i64 = 8;
/// Threads that a kernel should have at least, whatever they do together.
const FEW_THREADS: i64 = 132 * 64;

/// What a kernel over points or rows came out as.
pub struct Written<'c> {
    pub unit: Unit,
    pub entry: Block<'c>,
    pub parameters: Vec<(Parameter, Type<'c>)>,
    pub grid: Expr,
    pub threads: i64,
    /// Bytes of shared memory.
    pub shared: i64,
}

/// What is known in a region of the code: dropped when the region ends.
#[derive(Default)]
pub struct Scope<'c> {
    /// Elements of tensors, by tensor and coordinates.
    elements: HashMap<(usize, Vec<Key>), Lanes<'c>>,
    arithmetic: HashMap<(&'static str, Part, Part), Val<'c>>,
    pairs: HashMap<(&'static str, Part), (Val<'c>, Val<'c>)>,
}

/// A kernel over points being written.
pub struct Points<'k, 'c> {
    pub code: Code<'c>,
    pub host: &'k Host<'c>,
    /// How many points a thread computes together.
    pub lanes: usize,
    /// The type of coordinates: i32 where every tensor of the program is small enough.
    pub coordinate: Type<'c>,
    entry: Blk<'c>,
    parameters: Vec<(Parameter, Val<'c>)>,
    location: Location<'c>,
    scopes: Vec<Scope<'c>>,
    /// The tensors that this kernel makes: it cannot read them from memory.
    own: HashSet<String>,
}

/// Writes the kernel of ops that share an iteration space without reductions.
///
/// # Errors
/// Reported at an op that has no meaning on single elements.
pub fn write<'c>(host: &Host<'c>, group: &Group<'c>) -> Result<Written<'c>, PassError> {
    let lanes = lanes(host, group);
    let location = group.members[0].op.location();
    write_with(host, location, lanes, |points| {
        points.owns(group);
        points.over(&group.extents, |points, at| {
            group.members.iter().try_for_each(|member| points.member(member, at).map(|_| ()))
        })
    })
}

/// Writes the kernel that copies a value into a result.
///
/// # Errors
/// Those of [`write`].
pub fn write_copy<'c>(host: &Host<'c>, from: Val<'c>, into: &Output<'c>) -> Result<Written<'c>, PassError> {
    let view = View::whole(&into.name, into.dims.clone(), into.element);
    let lanes = fitting(&into.dims, bytes_of(into.element));
    write_with(host, host.func.location(), lanes, |points| {
        points.over(&into.dims, |points, at| {
            let element = points.element(from, at)?;
            points.store(&view, at, &element);
            Ok(())
        })
    })
}

fn bytes_of(element: Type<'_>) -> i64 {
    super::code::dtype(element).size() as i64
}

/// The number of points of a space with these loops, where it is known when compiling.
fn count_of(extents: &[Expr]) -> Option<i64> {
    extents.iter().try_fold(1_i64, |total, extent| match extent {
        Expr::Int(extent) => total.checked_mul(*extent),
        _ => None,
    })
}

/// How many points of a space with these loops a thread takes together, if elements have so many bytes.
fn fitting(extents: &[Expr], bytes: i64) -> usize {
    let Some(Expr::Int(inner)) = extents.last() else { return 1 };
    let count = count_of(extents);
    let mut lanes = MOST_LANES.min(ACCESS / bytes.max(1));
    while lanes > 1 && (inner % lanes != 0 || count.is_some_and(|count| lanes > 2 && count / lanes < FEW_THREADS)) {
        lanes /= 2;
    }
    usize::try_from(lanes).unwrap_or(1)
}

/// How many neighbouring points of a group a thread takes together: the widest accesses of its narrowest tensors. One where a
/// member reduces by itself what are no neighbours in memory at neighbouring points, or there are few points.
pub fn lanes<'c>(host: &Host<'c>, group: &Group<'c>) -> usize {
    // Threads that reduce by themselves are not made fewer than a GPU has room for.
    let serial = || group.members.iter().filter(|member| member.serial);
    let spare = count_of(&group.extents).is_some_and(|count| count / MOST_LANES >= FEW_THREADS);
    if serial().next().is_some() && !(spare && serial().all(|member| has_neighbours(group, member))) {
        return 1;
    }
    let tensors = group.members.iter().flat_map(|member| {
        let inputs = Loops::read(member.op).map_or_else(
            || ir::operands(member.op),
            |loops| {
                let full = |input: &usize| loops.reads(*input) && loops.maps[*input].result_count() > 0;
                (0..loops.inputs).filter(full).map(|input| loops.operands[input]).collect()
            },
        );
        let results = ir::results(member.op).into_iter().filter(|value| host.view(*value).is_some());
        inputs.into_iter().filter(|value| ffi::is_ranked_tensor(ir::type_of(*value))).chain(results)
    });
    let bytes = tensors.map(|value| bytes_of(ffi::element_type(ir::type_of(value)))).filter(|bytes| *bytes > 1).min();
    fitting(&group.extents, bytes.unwrap_or(2))
}

/// Whether neighbouring points of a group are neighbours in all that a member reads at a point of its own.
fn has_neighbours<'c>(group: &Group<'c>, member: &Member<'c>) -> bool {
    let Some(loops) = Loops::read(member.op) else { return false };
    let last = group.extents.len().checked_sub(1);
    (0..loops.inputs).filter(|input| loops.reads(*input)).all(|input| {
        plain_dims(loops.maps[input]).is_some_and(|dims| {
            let inner = dims.last().and_then(|dim| member.dims[*dim]);
            let mut others = dims.iter().rev().skip(1).map(|dim| member.dims[*dim]);
            inner == last && last.is_some() && others.all(|dim| dim != last)
        })
    })
}

/// Begins a kernel, lets `body` write it, and ends it. `body` says how many threads would take one chunk of points each.
fn write_with<'c>(
    host: &Host<'c>,
    location: Location<'c>,
    lanes: usize,
    body: impl FnOnce(&mut Points<'_, 'c>) -> Result<Expr, PassError>,
) -> Result<Written<'c>, PassError> {
    let entry = new_block(location, &[]);
    let mut points = Points::begin(host, &entry, location, lanes);
    let count = body(&mut points)?;
    let parameters = points.end();
    let blocks = match count {
        Expr::Int(count) => Expr::Int((count + THREADS - 1) / THREADS),
        count => Expr::call(Function::CeilDiv, count, Expr::Int(THREADS)),
    };
    let most = product(&Expr::Int(BLOCKS), &Expr::Fact("sm_count".into()));
    let grid = match blocks {
        Expr::Int(blocks) if blocks <= BLOCKS => Expr::Int(blocks),
        blocks => Expr::call(Function::Min, blocks, most),
    };
    Ok(Written { unit: Unit::Points, entry, parameters, grid, threads: THREADS, shared: 0 })
}

impl<'k, 'c> Points<'k, 'c> {
    /// A kernel whose code goes into a block, after what was launched before it has ended.
    pub fn begin(host: &'k Host<'c>, entry: &Block<'c>, location: Location<'c>, lanes: usize) -> Self {
        let handle = ffi::block_handle(entry);
        let context = ffi::context_of(host.func.context());
        let code = Code::new(Builder::at_end(context, handle, location));
        code.await_grids();
        Self {
            code,
            host,
            lanes,
            coordinate: if host.is_narrow { code.t.i32 } else { code.t.i64 },
            entry: handle,
            parameters: vec![],
            location,
            scopes: vec![Scope::default()],
            own: HashSet::new(),
        }
    }

    /// Ends the kernel.
    pub fn end(self) -> Vec<(Parameter, Type<'c>)> {
        self.code.b.op("llvm.return").build();
        self.parameters.into_iter().map(|(parameter, value)| (parameter, ir::type_of(value))).collect()
    }

    /// Notes the tensors that the kernel makes.
    pub fn owns(&mut self, group: &Group<'c>) {
        let made = group.members.iter().flat_map(|member| &member.stored);
        self.own = made.filter_map(|value| self.host.name_of(*value).map(str::to_string)).collect();
    }

    fn scope(&mut self) -> &mut Scope<'c> {
        self.scopes.last_mut().expect("the kernel's scope")
    }

    /// Computes a member of a group at a place in the space, keeps what it yields, and stores what has memory.
    pub fn member(&mut self, member: &Member<'c>, at: &[Lanes<'c>]) -> Result<(), PassError> {
        for (view, coords, value) in self.member_values(member, at)? {
            self.store(&view, &coords, &value);
        }
        Ok(())
    }

    /// What a member of a group yields at a place in the space: kept for other members, and to be stored.
    pub fn member_values(
        &mut self,
        member: &Member<'c>,
        at: &[Lanes<'c>],
    ) -> Result<Vec<(View<'c>, Vec<Lanes<'c>>, Lanes<'c>)>, PassError> {
        let place = self.place(member, at);
        let Some(loops) = Loops::read(member.op) else {
            let value = ir::results(member.op).first().copied().ok_or_else(|| bug!("a step without a result"))?;
            let element = self.computed(value, &place)?;
            let view = self.host.view(value).ok_or_else(|| bug!("a step whose result has no memory"))?;
            return Ok(vec![(view, place, element)]);
        };
        let values = self.generic_at(&loops, &place)?;
        let mut stored = vec![];
        for (number, (result, value)) in ir::results(member.op).into_iter().zip(values).enumerate() {
            let coords = self.apply(loops.maps[loops.inputs + number], &place);
            self.keep(result, &coords, &value);
            if let Some(view) = self.host.view(result) {
                stored.push((view, coords, value));
            }
        }
        Ok(stored)
    }

    /// The loops of a member at a place in the space.
    pub fn place(&self, member: &Member<'c>, at: &[Lanes<'c>]) -> Vec<Lanes<'c>> {
        let coordinate = |dim: &Option<usize>| dim.map_or_else(|| self.fixed(0), |dim| at[dim].clone());
        member.dims.iter().map(coordinate).collect()
    }

    /// Two values that were made of one before.
    pub fn known(&self, what: &'static str, value: Val<'c>) -> Option<(Val<'c>, Val<'c>)> {
        self.scopes.iter().rev().find_map(|scope| scope.pairs.get(&(what, Part::of(value)))).copied()
    }

    /// Keeps two values that were made of one.
    pub fn know(&mut self, what: &'static str, value: Val<'c>, made: (Val<'c>, Val<'c>)) {
        self.scope().pairs.insert((what, Part::of(value)), made);
    }

    /// Makes an element known.
    pub fn keep(&mut self, value: Val<'c>, coords: &[Lanes<'c>], element: &Lanes<'c>) {
        let key = (ffi::value_key(value), coords.iter().map(Lanes::key).collect());
        self.scope().elements.insert(key, element.clone());
    }

    /// The lengths of all loops.
    fn extents(&self, loops: &Loops<'c>) -> Option<Vec<Expr>> {
        self.host.extents(loops)
    }

    /// What a generic yields at a point, its own reductions done there.
    ///
    /// # Errors
    /// Those of [`Points::element`].
    pub fn generic_at(&mut self, loops: &Loops<'c>, place: &[Lanes<'c>]) -> Result<Vec<Lanes<'c>>, PassError> {
        let mut inits = vec![];
        for output in loops.inputs..loops.operands.len() {
            inits.push(if loops.reads(output) {
                let coords = self.apply(loops.maps[output], place);
                self.element(loops.operands[output], &coords)?
            } else {
                let element = ffi::element_type(ir::type_of(loops.operands[output]));
                Lanes::same(self.code.zero(self.kernel_type(element)))
            });
        }
        let reductions: Vec<_> = (0..place.len()).filter(|dim| loops.reduced[*dim]).collect();
        if reductions.is_empty() {
            return self.body(loops, place, &inits);
        }
        let extents = self.extents(loops).ok_or_else(|| {
            ffi::emit_error(
                self.location,
                "not supported on the GPU: a loop whose length does not follow from the arguments' shapes",
            );
            PassError::Reported
        })?;
        self.reduce(loops, &extents, &reductions, place, inits)
    }

    /// Runs the body over the reduction loops from `dims` on, carrying the results.
    fn reduce(
        &mut self,
        loops: &Loops<'c>,
        extents: &[Expr],
        dims: &[usize],
        place: &[Lanes<'c>],
        carried: Vec<Lanes<'c>>,
    ) -> Result<Vec<Lanes<'c>>, PassError> {
        let Some((dim, inner)) = dims.split_first() else { return self.body(loops, place, &carried) };
        let combiners = loops
            .combiners()
            .filter(|all| all.iter().all(|op| combines(ir::name(*op)) && ffi::uses(ir::results(*op)[0]).len() == 1));
        let narrow: Vec<_> = carried.iter().map(Lanes::ty).collect();
        let carried = match combiners {
            Some(_) => carried.iter().map(|value| self.widened(value)).collect(),
            None => carried,
        };
        // Several points at a time, so that their loads are under way together.
        let together = match extents[*dim] {
            Expr::Int(extent) if inner.is_empty() => {
                (1..=TOGETHER).rev().find(|count| extent % count == 0).unwrap_or(1)
            }
            _ => 1,
        };
        let bounds = [self.fixed(0), self.size(&extents[*dim]), self.fixed(together)];
        let bounds = bounds.map(|bound| bound.shared().expect("a number"));
        let shared = place.iter().enumerate().all(|(own, at)| loops.reduced[own] || at.shared().is_some())
            && carried.iter().all(|value| value.shared().is_some());
        let lanes = self.lanes;
        self.lanes = if shared { 1 } else { lanes };
        let flat: Vec<_> = carried.iter().flat_map(|value| self.spread(value)).collect();
        let values = self.repeat(bounds, &flat, |points, at, flat| {
            let mut carried = points.gathered(flat);
            let mut parts = vec![];
            for ahead in 0..together {
                let mut place = place.to_vec();
                let ahead = points.fixed(ahead);
                place[*dim] = points.sum(&Lanes::same(at), &ahead);
                match &combiners {
                    Some(combiners) if inner.is_empty() => parts.push(points.added(loops, combiners, &place)?),
                    _ => carried = points.reduce(loops, extents, inner, &place, carried)?,
                }
            }
            for (number, op) in combiners.iter().flatten().enumerate().filter(|_| !parts.is_empty()) {
                let own: Vec<_> = parts.iter().map(|part| part[number].clone()).collect();
                let own = points.combined(ir::name(*op), own);
                carried[number] = points.combined(ir::name(*op), vec![carried[number].clone(), own]);
            }
            Ok(carried.iter().flat_map(|value| points.spread(value)).collect())
        })?;
        let values = self.gathered(&values);
        let values = values.into_iter().zip(narrow).map(|(value, ty)| match value.ty() == ty {
            true => value,
            false => self.each(&[&value], |points, wide| points.code.b.cast("arith.truncf", wide[0], ty)),
        });
        let values = values.collect();
        self.lanes = lanes;
        Ok(values)
    }

    /// Values in the type that they are added up in: f32 for floats of 16 bits.
    pub fn widened(&mut self, values: &Lanes<'c>) -> Lanes<'c> {
        if !is_half(values.ty()) {
            return values.clone();
        }
        self.each(&[values], |points, value| points.code.b.cast("arith.extf", value[0], points.code.t.f32))
    }

    /// Several values as one, in pairs, so that errors do not grow with their number.
    pub fn combined(&mut self, name: &str, values: Vec<Lanes<'c>>) -> Lanes<'c> {
        let mut values: Vec<_> = values.iter().map(|value| self.widened(value)).collect();
        while values.len() > 1 {
            let pair = |pair: &[Lanes<'c>]| match pair {
                [a, b] => self.each(&[a, b], |points, pair| points.code.b.binary(name, pair[0], pair[1])),
                rest => rest[0].clone(),
            };
            values = values.chunks(2).map(pair).collect();
        }
        values.swap_remove(0)
    }

    /// Values of all points, one after the other.
    fn gathered(&self, flat: &[Val<'c>]) -> Vec<Lanes<'c>> {
        let lanes = |values: &[Val<'c>]| match values {
            [value] => Lanes::Run { base: *value, step: 0, multiple: 1 },
            values => Lanes::Each(values.to_vec()),
        };
        flat.chunks(self.lanes).map(lanes).collect()
    }

    /// Runs `body` for every point of a box, spread over all threads; the last loop is the fastest, and a thread takes some of
    /// its points together. Returns the number of threads that would take one chunk each.
    fn over(
        &mut self,
        sizes: &[Expr],
        body: impl FnOnce(&mut Self, &[Lanes<'c>]) -> Result<(), PassError>,
    ) -> Result<Expr, PassError> {
        let lanes = self.lanes as i64;
        let mut chunks = sizes.to_vec();
        if lanes > 1
            && let Some(Expr::Int(inner)) = chunks.last_mut()
        {
            *inner /= lanes;
        }
        let count = chunks.iter().fold(Expr::Int(1), |total, size| product(&total, size));
        let code = self.code;
        let wide = |value: Val<'c>| code.b.cast("arith.extui", value, code.t.i64);
        let threads = code.b.int(THREADS, code.t.i64);
        let first = code.add(code.mul(wide(code.block()), threads), wide(code.thread()));
        let stride = code.mul(wide(code.blocks()), threads);
        let bounds = [first, self.expr(&count), stride];
        self.repeat(bounds, &[], |points, at, _| {
            let at = Lanes::same(at);
            let mut rest = points.as_coordinate(&at);
            let mut place = vec![];
            for (dim, size) in chunks.iter().enumerate().rev() {
                let mut coord = rest.clone();
                if dim > 0 {
                    let size = points.size(size).shared().expect("a number");
                    (rest, coord) = points.divided(&coord, size);
                }
                if dim + 1 == sizes.len() {
                    coord = points.chunk(&coord);
                }
                place.push(coord);
            }
            place.reverse();
            body(points, &place)?;
            Ok(vec![])
        })?;
        Ok(count)
    }

    /// The points of a chunk, by its number.
    pub fn chunk(&mut self, number: &Lanes<'c>) -> Lanes<'c> {
        let lanes = self.lanes as i64;
        let by = self.fixed(lanes);
        match self.product(number, &by) {
            Lanes::Run { base, step: 0, multiple } if lanes > 1 => Lanes::Run { base, step: 1, multiple },
            other => other,
        }
    }

    fn parameter(&mut self, parameter: Parameter, ty: Type<'c>) -> Val<'c> {
        if let Some((_, value)) = self.parameters.iter().find(|(known, _)| *known == parameter) {
            return *value;
        }
        let value = ffi::val(self.entry.add_argument(ty, self.location));
        self.parameters.push((parameter, value));
        value
    }

    /// A size as an i64: a constant or a parameter.
    pub fn expr(&mut self, expr: &Expr) -> Val<'c> {
        match expr {
            Expr::Int(value) => self.code.b.int(*value, self.code.t.i64),
            other => {
                let scalar = Parameter::Scalar { dtype: DType::I64, value: other.clone() };
                self.parameter(scalar, self.code.t.i64)
            }
        }
    }

    /// A size as a coordinate.
    pub fn size(&mut self, expr: &Expr) -> Lanes<'c> {
        let value = Lanes::same(self.expr(expr));
        self.as_coordinate(&value)
    }

    /// A map at a point.
    pub fn apply(&mut self, map: AffineMap<'c>, place: &[Lanes<'c>]) -> Vec<Lanes<'c>> {
        let results: Vec<_> = (0..map.result_count()).filter_map(|at| map.result(at).ok()).collect();
        results.into_iter().map(|expr| self.affine(expr, map.dim_count(), place)).collect()
    }

    fn affine(&mut self, expr: melior::ir::AffineExpr<'c>, dims: usize, place: &[Lanes<'c>]) -> Lanes<'c> {
        if expr.is_dim() {
            return place[expr.dim_position()].clone();
        }
        if expr.is_symbol() {
            return place[dims + expr.symbol_position()].clone();
        }
        let ty = place.first().map_or(self.coordinate, Lanes::ty);
        if expr.is_constant() {
            return Lanes::same(self.code.b.int(expr.constant_value(), ty));
        }
        if expr.is_add() || expr.is_mul() {
            let [left, right] = [expr.lhs(), expr.rhs()].map(|side| self.affine(side, dims, place));
            return if expr.is_add() { self.sum(&left, &right) } else { self.product(&left, &right) };
        }
        let operands: Vec<_> = place.iter().collect();
        self.each(&operands, |points, values| points.code.affine(expr, dims, values, ty))
    }
}
