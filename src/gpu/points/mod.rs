//! Kernels over points: an op on whole tensors, one thread per point of its result, its reductions as loops of the thread.
//!
//! Before:  `linalg.generic`, or any op that [`super::steps`] counts as a view, on tensors in memory
//! After:   `gpu.module` with one `llvm.func`: a loop over the points of a block (stride: the grid), elements of operands
//!          computed where they are read ([`element`]), loads and stores of single elements with 64-bit offsets
//!
//! Neighbouring threads take neighbouring elements of the first result. Nothing is shared between threads, but for long
//! reductions: there a warp takes a point, and its lanes every 32nd element of the innermost reduction.

mod element;

use super::{
    code::{Code, new_block, region_of},
    host::{Host, Output, product},
    view::View,
};
use crate::{
    bug,
    error::PassError,
    ffi,
    ir::{self, Blk, Builder, Op, Type, Val},
    runtime::{DType, Expr, Function, manifest::Parameter},
};
use melior::ir::{AffineMap, Block, BlockLike, Location, operation::OperationLike};
use std::collections::HashMap;

/// Threads of a block.
pub const THREADS: i64 = 256;
/// The most blocks per multiprocessor; a thread takes several points beyond that.
const BLOCKS: i64 = 32;
/// The most points of a reduction that a thread has under way together.
const TOGETHER: i64 = 8;

/// Lanes of a warp.
const LANES: i64 = 32;
/// A reduction to fewer points than this would leave most of the GPU idle with a thread per point.
const FEW_POINTS: i64 = 1 << 16;

/// A `linalg.generic` with whatever maps it has.
pub struct Loops<'c> {
    pub inputs: usize,
    pub operands: Vec<Val<'c>>,
    pub maps: Vec<AffineMap<'c>>,
    pub reduced: Vec<bool>,
    /// Static sizes of the loops.
    pub extents: Vec<Option<i64>>,
    pub body: Blk<'c>,
}

impl<'c> Loops<'c> {
    /// Reads a `linalg.generic` on tensors.
    pub fn read(op: Op<'c>) -> Option<Self> {
        if ir::name(op) != "linalg.generic" {
            return None;
        }
        let maps = ffi::array_elements(ir::attr(op, "indexing_maps")?)?;
        let maps: Vec<_> = maps.into_iter().map(ffi::affine_map).collect::<Option<_>>()?;
        let kinds = ffi::array_elements(ir::attr(op, "iterator_types")?)?;
        let reduced: Vec<_> = kinds.iter().map(|kind| kind.to_string().contains("reduction")).collect();
        let operands = ir::operands(op);
        let mut loops = Self {
            inputs: operands.len() - op.result_count(),
            extents: vec![],
            operands,
            maps,
            reduced,
            body: ir::body(op, 0)?,
        };
        loops.extents = (0..loops.reduced.len())
            .map(|dim| {
                let (operand, position) = loops.extent_of(dim)?;
                ffi::shape(ir::type_of(operand))?[position]
            })
            .collect();
        Some(loops)
    }

    /// An operand and the dim of it that a loop runs over.
    pub fn extent_of(&self, dim: usize) -> Option<(Val<'c>, usize)> {
        let found = |(operand, map): (&Val<'c>, &AffineMap<'c>)| {
            let position = (0..map.result_count())
                .find(|at| map.result(*at).is_ok_and(|expr| expr.is_dim() && expr.dim_position() == dim))?;
            Some((*operand, position))
        };
        let all = || self.operands.iter().zip(&self.maps);
        let fixed = |(operand, position): &(Val<'c>, usize)| {
            ffi::shape(ir::type_of(*operand)).is_some_and(|shape| shape[*position].is_some())
        };
        all().filter_map(found).find(fixed).or_else(|| all().find_map(found))
    }

    /// The op of the body that adds one value to each result, if that is all the body does with what a result held before.
    pub fn combiners(&self) -> Option<Vec<Op<'c>>> {
        let arguments = ir::arguments(self.body);
        let yielded = ir::operands(ir::ops(self.body).pop()?);
        let combiner = |(value, argument): (&Val<'c>, &Val<'c>)| {
            let op = ffi::defining_op(*value)?;
            let uses = ffi::uses(*argument);
            (uses.len() == 1 && uses[0].0 == op && ir::operands(op).len() == 2).then_some(op)
        };
        yielded.iter().zip(&arguments[self.inputs..]).map(combiner).collect()
    }

    /// Whether the body reads an operand.
    pub fn reads(&self, operand: usize) -> bool {
        ir::arguments(self.body).get(operand).is_some_and(|value| !ffi::uses(*value).is_empty())
    }
}

/// The dims of a map that is made of nothing else.
pub fn plain_dims(map: AffineMap<'_>) -> Option<Vec<usize>> {
    let dim = |at| map.result(at).ok().filter(|expr| expr.is_dim()).map(|expr| expr.dim_position());
    (0..map.result_count()).map(dim).collect()
}

/// What a kernel over points came out as.
pub struct Written<'c> {
    pub entry: Block<'c>,
    pub parameters: Vec<(Parameter, Type<'c>)>,
    pub grid: Expr,
}

/// A kernel over points being written.
pub struct Points<'k, 'c> {
    pub code: Code<'c>,
    host: &'k Host<'c>,
    entry: Blk<'c>,
    parameters: Vec<(Parameter, Val<'c>)>,
    location: Location<'c>,
    /// What the ops that are computed where they are read yield at coordinates where they have been, by op and coordinates.
    made: HashMap<(usize, Vec<usize>), Vec<Val<'c>>>,
}

/// Writes the kernel of an op whose results have memory.
///
/// # Errors
/// Reported at an op that has no meaning on single elements.
pub fn write<'c>(host: &Host<'c>, op: Op<'c>) -> Result<Written<'c>, PassError> {
    if let Some(loops) = Loops::read(op) {
        return write_with(host, op.location(), |points| points.generic(op, &loops));
    }
    let value = ir::results(op).first().copied().ok_or_else(|| bug!("a step without a result"))?;
    let view = host.view(value).ok_or_else(|| bug!("a step whose result has no memory"))?;
    write_with(host, op.location(), |points| {
        let dims = view.dims.clone();
        points.over(&dims, 1, |points, at| {
            let element = points.computed(value, at)?;
            points.store(&view, at, element)
        })
    })
}

/// Writes the kernel that copies a value into a result.
///
/// # Errors
/// Those of [`write`].
pub fn write_copy<'c>(host: &Host<'c>, from: Val<'c>, into: &Output<'c>) -> Result<Written<'c>, PassError> {
    let view = View::whole(&into.name, into.dims.clone(), into.element);
    write_with(host, host.func.location(), |points| {
        points.over(&into.dims, 1, |points, at| {
            let element = points.element(from, at)?;
            points.store(&view, at, element)
        })
    })
}

fn write_with<'c>(
    host: &Host<'c>,
    location: Location<'c>,
    body: impl FnOnce(&mut Points<'_, 'c>) -> Result<Expr, PassError>,
) -> Result<Written<'c>, PassError> {
    let entry = new_block(location, &[]);
    let handle = ffi::block_handle(&entry);
    let context = ffi::context_of(host.func.context());
    let code = Code::new(Builder::at_end(context, handle, location));
    code.await_grids();
    let mut points = Points { code, host, entry: handle, parameters: vec![], location, made: HashMap::new() };
    let count = body(&mut points)?;
    code.b.op("llvm.return").build();
    let parameters = points.parameters.iter().map(|(parameter, value)| (parameter.clone(), ir::type_of(*value)));
    let parameters = parameters.collect();
    let blocks = match count {
        Expr::Int(count) => Expr::Int((count + THREADS - 1) / THREADS),
        count => Expr::call(Function::CeilDiv, count, Expr::Int(THREADS)),
    };
    let most = product(&Expr::Int(BLOCKS), &Expr::Fact("sm_count".into()));
    let grid = match blocks {
        Expr::Int(blocks) if blocks <= BLOCKS => Expr::Int(blocks),
        blocks => Expr::call(Function::Min, blocks, most),
    };
    Ok(Written { entry, parameters, grid })
}

impl<'c> Points<'_, 'c> {
    /// A generic: its parallel loops over threads, its reductions inside each.
    fn generic(&mut self, op: Op<'c>, loops: &Loops<'c>) -> Result<Expr, PassError> {
        let refuse = |what: &str| {
            ffi::emit_error(op.location(), &format!("not supported on the GPU: {what}"));
            PassError::Reported
        };
        let extents = self
            .extents(loops)
            .ok_or_else(|| refuse("a loop whose length does not follow from the arguments' shapes"))?;
        // The first result's dims in its order; what only other results have comes before.
        let mut order = plain_dims(loops.maps[loops.inputs]).unwrap_or_default();
        let others = (0..extents.len()).filter(|dim| !loops.reduced[*dim] && !order.contains(dim)).collect::<Vec<_>>();
        order.splice(0..0, others);
        let sizes: Vec<_> = order.iter().map(|dim| extents[*dim].clone()).collect();
        let reductions: Vec<_> = (0..extents.len()).filter(|dim| loops.reduced[*dim]).collect();
        let views = ir::results(op).into_iter().map(|value| self.host.view(value)).collect::<Option<Vec<_>>>();
        let views = views.ok_or_else(|| bug!("a step whose result has no memory"))?;
        let combiners = reductions.last().filter(|dim| loops.extents[**dim].is_some_and(|size| size >= LANES));
        let combiners = combiners.and_then(|dim| self.by_warps(loops, &sizes, *dim));
        let lanes = if combiners.is_some() { LANES } else { 1 };
        self.over(&sizes, lanes, |points, at| {
            let zero = points.code.b.int(0, points.code.t.i64);
            let mut place = vec![zero; extents.len()];
            order.iter().zip(at).for_each(|(dim, at)| place[*dim] = *at);
            let mut inits = vec![];
            for output in loops.inputs..loops.operands.len() {
                let coords = points.apply(loops.maps[output], &place);
                inits.push(if loops.reads(output) {
                    points.element(loops.operands[output], &coords)?
                } else {
                    points.code.zero(ffi::element_type(ir::type_of(loops.operands[output])))
                });
            }
            let values = match &combiners {
                Some(combiners) => {
                    let neutral = combiners.iter().zip(&inits).map(|(name, init)| {
                        let neutral = points.code.neutral(name, ir::type_of(*init));
                        neutral.ok_or_else(|| bug!("'{name}' without a neutral element"))
                    });
                    let neutral = neutral.collect::<Result<_, _>>()?;
                    let parts = points.reduce(loops, &extents, &reductions, true, &mut place, neutral)?;
                    let totals = combiners.iter().zip(parts).zip(inits).map(|((name, part), init)| {
                        let both = |part, lanes| points.combine(name, part, points.code.exchange(part, lanes));
                        points.combine(name, init, [16, 8, 4, 2, 1].into_iter().fold(part, both))
                    });
                    totals.collect()
                }
                None => points.reduce(loops, &extents, &reductions, false, &mut place, inits)?,
            };
            for (number, (value, view)) in values.into_iter().zip(&views).enumerate() {
                let coords = points.apply(loops.maps[loops.inputs + number], &place);
                points.store(view, &coords, value)?;
            }
            Ok(())
        })
    }

    /// The lengths of all loops.
    fn extents(&self, loops: &Loops<'c>) -> Option<Vec<Expr>> {
        let extent = |dim| {
            let (operand, position) = loops.extent_of(dim)?;
            self.host.dims(operand).ok()?.get(position).cloned()
        };
        (0..loops.reduced.len()).map(extent).collect()
    }

    /// What combines each result, if a warp is to take each point: the op of a body that adds one value per step to every
    /// result, where points are few or the reduction runs along rows of memory.
    fn by_warps(&self, loops: &Loops<'c>, sizes: &[Expr], dim: usize) -> Option<Vec<&'c str>> {
        let points = sizes.iter().fold(Expr::Int(1), |total, size| product(&total, size));
        let few = matches!(points, Expr::Int(points) if points < FEW_POINTS);
        let read: Vec<_> = (0..loops.inputs).filter(|input| loops.reads(*input)).collect();
        let rows = matches!(&read[..], [input] if plain_dims(loops.maps[*input])?.last() == Some(&dim));
        if !few && !rows {
            return None;
        }
        let known = |op: Op<'c>| {
            let ty = ir::type_of(ir::results(op)[0]);
            let wide = !matches!(ty.to_string().as_str(), "bf16" | "f16" | "index");
            (wide && self.code.neutral(ir::name(op), ty).is_some()).then(|| ir::name(op))
        };
        loops.combiners()?.into_iter().map(known).collect()
    }

    fn combine(&self, name: &str, a: Val<'c>, b: Val<'c>) -> Val<'c> {
        self.code.b.binary(name, a, b)
    }

    /// Runs the body over the reduction loops from `dims` on, carrying the results; the lanes of a warp share the last.
    fn reduce(
        &mut self,
        loops: &Loops<'c>,
        extents: &[Expr],
        dims: &[usize],
        shared: bool,
        place: &mut Vec<Val<'c>>,
        carried: Vec<Val<'c>>,
    ) -> Result<Vec<Val<'c>>, PassError> {
        let Some((dim, inner)) = dims.split_first() else { return self.body(loops, place, &carried) };
        let i64 = self.code.t.i64;
        // Several points at a time, so that their loads are under way together.
        let together = match extents[*dim] {
            Expr::Int(extent) if inner.is_empty() && !shared => {
                (1..=TOGETHER).rev().find(|count| extent % count == 0).unwrap_or(1)
            }
            _ => 1,
        };
        let mut bounds = [self.code.b.int(0, i64), self.expr(&extents[*dim]), self.code.b.int(together, i64)];
        if shared && inner.is_empty() {
            let lane = self.code.andc(self.code.sreg("tid.x"), LANES - 1);
            bounds[0] = self.code.b.cast("arith.extui", lane, i64);
            bounds[2] = self.code.b.int(LANES, i64);
        }
        self.repeat(bounds, &carried, |points, at, carried| {
            let mut carried = carried.to_vec();
            for ahead in 0..together {
                let mut place = place.clone();
                place[*dim] = points.code.addc(at, ahead);
                carried = points.reduce(loops, extents, inner, shared, &mut place, carried)?;
            }
            Ok(carried)
        })
    }

    /// Runs `body` for every point of a box, spread over all threads, so many to a point; the last dim is the fastest.
    /// Returns the number of threads that would take one point each.
    fn over(
        &mut self,
        sizes: &[Expr],
        lanes: i64,
        body: impl FnOnce(&mut Self, &[Val<'c>]) -> Result<(), PassError>,
    ) -> Result<Expr, PassError> {
        let count = sizes.iter().fold(Expr::Int(1), |total, size| product(&total, size));
        // Quotients of 32 bits are cheaper; the stride may carry a point past the end by one grid.
        let narrow = matches!(count, Expr::Int(count) if count < 1 << 30);
        let code = self.code;
        let wide = |value: Val<'c>| code.b.cast("arith.extui", value, code.t.i64);
        let threads = code.b.int(THREADS, code.t.i64);
        let first = code.add(code.mul(wide(code.sreg("ctaid.x")), threads), wide(code.sreg("tid.x")));
        let stride = code.mul(wide(code.sreg("nctaid.x")), threads);
        // A warp's lanes share a number.
        let bits = i64::from(lanes.trailing_zeros());
        let (first, stride) =
            if lanes > 1 { (code.shrc(first, bits), code.shrc(stride, bits)) } else { (first, stride) };
        let bounds = [first, self.expr(&count), stride];
        self.repeat(bounds, &[], |points, at, _| {
            let code = points.code;
            let ty = if narrow { code.t.i32 } else { code.t.i64 };
            let mut rest = if narrow { code.b.cast("arith.trunci", at, ty) } else { at };
            let mut place = vec![];
            for (dim, size) in sizes.iter().enumerate().rev() {
                let mut coord = rest;
                if dim > 0 {
                    let size = match size {
                        Expr::Int(size) => code.b.int(*size, ty),
                        size => points.expr(size),
                    };
                    rest = code.b.binary("arith.divui", coord, size);
                    coord = code.sub(coord, code.mul(rest, size));
                }
                place.push(if narrow { code.b.cast("arith.extui", coord, code.t.i64) } else { coord });
            }
            place.reverse();
            body(points, &place)?;
            Ok(vec![])
        })?;
        Ok(product(&count, &Expr::Int(lanes)))
    }

    /// `scf.for` over i64 with carried values.
    fn repeat(
        &mut self,
        bounds: [Val<'c>; 3],
        carried: &[Val<'c>],
        body: impl FnOnce(&mut Self, Val<'c>, &[Val<'c>]) -> Result<Vec<Val<'c>>, PassError>,
    ) -> Result<Vec<Val<'c>>, PassError> {
        let types: Vec<_> = carried.iter().map(|value| ir::type_of(*value)).collect();
        let arguments: Vec<_> = [self.code.t.i64].into_iter().chain(types.iter().copied()).collect();
        let block = self.region(&arguments, |points, arguments| body(points, arguments[0], &arguments[1..]))?;
        let spec = self.code.b.op("scf.for").operands(&bounds).operands(carried).results(&types);
        Ok(ir::results(spec.raw_region(region_of(block)).build()))
    }

    /// `scf.if` with one value; only the branch that is taken computes it.
    fn choose(
        &mut self,
        condition: Val<'c>,
        ty: Type<'c>,
        yes: impl FnOnce(&mut Self) -> Result<Val<'c>, PassError>,
        no: impl FnOnce(&mut Self) -> Result<Val<'c>, PassError>,
    ) -> Result<Val<'c>, PassError> {
        let yes = self.region(&[], |points, _| Ok(vec![yes(points)?]))?;
        let no = self.region(&[], |points, _| Ok(vec![no(points)?]))?;
        let spec = self.code.b.op("scf.if").operands(&[condition]).results(&[ty]);
        Ok(spec.raw_region(region_of(yes)).raw_region(region_of(no)).value())
    }

    /// Writes `body` into a new block that yields what it returns.
    fn region(
        &mut self,
        arguments: &[Type<'c>],
        body: impl FnOnce(&mut Self, &[Val<'c>]) -> Result<Vec<Val<'c>>, PassError>,
    ) -> Result<Block<'c>, PassError> {
        let block = new_block(self.location, arguments);
        let handle = ffi::block_handle(&block);
        let outer = self.code.b;
        self.code.b = Builder::at_end(outer.context, handle, outer.location);
        let made = self.made.clone();
        let outcome = body(self, &ir::arguments(handle));
        self.made = made;
        let inner = std::mem::replace(&mut self.code.b, outer);
        inner.op("scf.yield").operands(&outcome?).build();
        Ok(block)
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
    fn expr(&mut self, expr: &Expr) -> Val<'c> {
        match expr {
            Expr::Int(value) => self.code.b.int(*value, self.code.t.i64),
            other => {
                let scalar = Parameter::Scalar { dtype: DType::I64, value: other.clone() };
                self.parameter(scalar, self.code.t.i64)
            }
        }
    }

    /// A map at a point.
    fn apply(&self, map: AffineMap<'c>, place: &[Val<'c>]) -> Vec<Val<'c>> {
        let results = (0..map.result_count()).filter_map(|at| map.result(at).ok());
        results.map(|expr| self.code.affine(expr, map.dim_count(), place, self.code.t.i64)).collect()
    }

    /// Elements from the start of a buffer to an element.
    fn offset(&mut self, view: &View<'c>, coords: &[Val<'c>]) -> Val<'c> {
        let mut total = self.expr(&view.offset);
        for (coord, stride) in coords.iter().zip(&view.strides) {
            let stride = self.expr(stride);
            total = self.code.add(total, self.code.mul(*coord, stride));
        }
        total
    }

    fn address(&mut self, view: &View<'c>, coords: &[Val<'c>]) -> (Val<'c>, Type<'c>) {
        let code = self.code;
        let stored = if view.element == code.t.i1 { code.t.i8 } else { view.element };
        let offset = self.offset(view, coords);
        let pointer = self.parameter(Parameter::Pointer { tensor: view.tensor.clone() }, code.t.global);
        (code.element_ptr(pointer, offset, stored), stored)
    }

    fn load(&mut self, view: &View<'c>, coords: &[Val<'c>]) -> Val<'c> {
        let (address, stored) = self.address(view, coords);
        let code = self.code;
        let index = stored == code.t.index;
        let value = code.load(address, if index { code.t.i64 } else { stored });
        if view.element == code.t.i1 { code.cmpc(super::code::Cmp::Ne, value, 0) } else { value }
    }

    fn store(&mut self, view: &View<'c>, coords: &[Val<'c>], value: Val<'c>) -> Result<(), PassError> {
        let (address, stored) = self.address(view, coords);
        let code = self.code;
        let value = if view.element == code.t.i1 { code.b.cast("arith.extui", value, stored) } else { value };
        code.store(value, address);
        Ok(())
    }
}
