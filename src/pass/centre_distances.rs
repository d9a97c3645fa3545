//! `centre-distances`: points whose distances are squared are moved to where their coordinates are small.
//!
//! Before:  %d = x[b, m, c] - y[b, n, c], which is squared and summed over c
//! After:   %z[b, c] = what the coordinates y[b, :, c] have in common; %d = (x - z)[b, m, c] - (y - z)[b, n, c]
//!
//! `raise` expands |x - y|² to |x|² - 2xy + |y|², for the matrix unit: right up to rounding errors of the size of |x|², which is
//! not the size of the result where all points are far from the origin. Distances do not change when all points move, and what is
//! computed of them may not either.
//!
//! What coordinates have in common is the one nearest to 0, where the farthest one is less than twice as far on the same side, and 0
//! otherwise; some points, spread evenly, are looked at. So a subtraction `y - z` is exact (Sterbenz), in 16 bits too, and without it
//! coordinates are at most twice as large as they are far apart. Whatever is subtracted, distances stay what they are but for rounding.
//!
//! Needs: generics on tensors. Leaves: the same numbers but for rounding.

use super::{
    PassInfo, PassOptions,
    tile::emit::{self, Ix, Slice},
};
use crate::{
    algebra::Generic,
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Val},
};
use melior::ir::{AffineExpr, AffineMap, block::BlockLike, operation::OperationLike};

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "centre-distances",
    summary: "move points whose distances are squared to where their coordinates are small",
    options: &[],
    run,
};

/// Marks the tensors of what coordinates have in common.
pub const CENTRE: &str = "flashlight.centre";

// Numbers of `arith.cmpf` predicates.
const OGT: i64 = 2;
const OLT: i64 = 4;

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    for op in ir::walk_named(module, &["linalg.generic"]) {
        if let Some(generic) = Generic::of(op) {
            centre(&generic);
        }
    }
    Ok(())
}

/// An operand of a generic: which loop each of its dims is, if it is one.
#[derive(Clone)]
struct Operand<'c> {
    position: usize,
    tensor: Val<'c>,
    loops: Vec<Option<usize>>,
}

impl Operand<'_> {
    fn has(&self, own: usize) -> bool {
        self.loops.contains(&Some(own))
    }
}

/// Moves the operands of a difference that is squared.
fn centre(generic: &Generic<'_>) {
    let Some((x, y)) = difference(generic) else { return };
    let shared: Vec<usize> = y.loops.iter().flatten().copied().filter(|own| x.has(*own)).collect();
    let b = Builder::before(generic.op);
    let common = common(&b, &y, &shared);
    for operand in [x, y] {
        let moved = moved(&b, &operand, common, &shared);
        ffi::set_operand(generic.op, operand.position, moved);
    }
}

/// Two operands of a generic that are subtracted point by point, each with a loop of its own, where the difference is squared.
fn difference<'c>(generic: &Generic<'c>) -> Option<(Operand<'c>, Operand<'c>)> {
    let block = ir::body(generic.op, 0).filter(|_| !generic.extents.contains(&Some(0)))?;
    for op in ir::ops(block).into_iter().filter(|op| ir::name(*op) == "arith.subf") {
        let operands = ir::operands(op);
        let (Some(x), Some(y)) = (operand(generic, operands[0]), operand(generic, operands[1])) else { continue };
        let long = |own: &usize| generic.extents[*own] != Some(1);
        let alone = |a: &Operand<'c>, b: &Operand<'c>| a.loops.iter().flatten().any(|own| long(own) && !b.has(*own));
        let difference = ir::results(op)[0];
        let element = |operand: &Operand<'c>| ffi::element_type(ir::type_of(operand.tensor));
        if element(&x) == element(&y) && alone(&x, &y) && alone(&y, &x) && squared(difference, 4) {
            return Some((x, y));
        }
    }
    None
}

/// The input of a generic behind a value of its body, seen through casts, if every dim of it is a loop or has one point.
fn operand<'c>(generic: &Generic<'c>, mut value: Val<'c>) -> Option<Operand<'c>> {
    while let Some(op) = ffi::defining_op(value).filter(|op| ir::name(*op) == "arith.extf") {
        value = ir::operands(op)[0];
    }
    let position = generic.arguments[..generic.inputs].iter().position(|argument| *argument == value)?;
    let tensor = ir::operands(generic.op)[position];
    let shape = ffi::shape(ir::type_of(tensor)).filter(|_| ffi::is_ranked_tensor(ir::type_of(tensor)))?;
    let map = generic.maps[position];
    let loops: Option<Vec<Option<usize>>> = (0..map.result_count())
        .map(|at| {
            let expr = map.result(at).ok()?;
            if expr.is_dim() {
                return Some(Some(expr.dim_position()));
            }
            (expr.is_constant() && shape[at] == Some(1)).then_some(None)
        })
        .collect();
    let loops = loops?;
    let mut seen: Vec<usize> = loops.iter().flatten().copied().collect();
    seen.sort_unstable();
    seen.dedup();
    let once = seen.len() == loops.iter().flatten().count();
    let element = ffi::element_type(ir::type_of(tensor));
    (once && ir::is_float(element)).then_some(Operand { position, tensor, loops })
}

/// Whether a value is multiplied by itself, at most so many operations on.
fn squared(value: Val<'_>, depth: u32) -> bool {
    let number = |value: Val<'_>| {
        let constant = ffi::defining_op(value).and_then(|op| ir::attr(op, "value"));
        constant.and_then(|value| ir::float_attr(value).or_else(|| ir::int_attr(value).map(|value| value as f64)))
    };
    ffi::uses(value).into_iter().any(|(user, at)| {
        let operands = ir::operands(user);
        match ir::name(user) {
            "arith.mulf" if operands[0] == operands[1] => true,
            "math.powf" | "math.fpowi" => number(operands[1]) == Some(2.0),
            _ if depth == 0 => false,
            "arith.extf" | "arith.truncf" | "arith.mulf" | "arith.divf" | "arith.negf" => {
                ir::results(user).into_iter().any(|next| squared(next, depth - 1))
            }
            "linalg.yield" => user
                .block()
                .and_then(|block| block.parent_operation().map(|parent| ffi::op(&parent)))
                .filter(|parent| ir::name(*parent) == "linalg.generic")
                .and_then(|parent| ir::results(parent).get(at).copied())
                .is_some_and(|next| squared(next, depth - 1)),
            "linalg.generic" => ir::body(user, 0)
                .and_then(|block| ir::arguments(block).get(at).copied())
                .is_some_and(|next| squared(next, depth - 1)),
            "tensor.expand_shape" | "tensor.collapse_shape" | "tensor.cast" => {
                ir::results(user).into_iter().any(|next| squared(next, depth - 1))
            }
            _ => false,
        }
    })
}

/// A generic over the dims of a tensor: its inputs and its output with the dims they have.
fn generic<'c>(
    b: &Builder<'c>,
    rank: usize,
    inputs: &[(Val<'c>, Vec<usize>)],
    output: (Val<'c>, Vec<usize>),
    body: impl FnOnce(&Builder<'c>, &[Val<'c>]) -> Val<'c>,
) -> Val<'c> {
    let map = |dims: &[usize]| {
        let exprs: Vec<_> = dims.iter().map(|dim| AffineExpr::dim(b.context, *dim)).collect();
        AffineMap::new(b.context, rank, 0, &exprs)
    };
    let maps: Vec<_> = inputs.iter().map(|(_, dims)| map(dims)).chain([map(&output.1)]).collect();
    let kinds: Vec<_> = (0..rank)
        .map(|dim| if output.1.contains(&dim) { "parallel" } else { "reduction" })
        .map(|kind| b.attr(&format!("#linalg.iterator_type<{kind}>")))
        .collect();
    let tensors: Vec<_> = inputs.iter().map(|(tensor, _)| *tensor).collect();
    let elements: Vec<_> =
        tensors.iter().chain([&output.0]).map(|value| ffi::element_type(ir::type_of(*value))).collect();
    b.op("linalg.generic")
        .operands(&tensors)
        .operands(&[output.0])
        .results(&[ir::type_of(output.0)])
        .attr("indexing_maps", b.maps_attr(&maps))
        .attr("iterator_types", b.array_attr(&kinds))
        .attr_text("operandSegmentSizes", &format!("array<i32: {}, 1>", tensors.len()))
        .region(&elements, |b, arguments| {
            let value = body(b, arguments);
            b.op("linalg.yield").operands(&[value]).build();
        })
        .value()
}

/// Points that are looked at along a dim, which is enough to see where they are.
const SAMPLE: i64 = 32;

/// Some of the points of `y`, evenly spread along its longest dim that is not kept.
fn sample<'c>(b: &Builder<'c>, y: &Operand<'c>, kept: &[usize]) -> Val<'c> {
    let shape = ffi::shape(ir::type_of(y.tensor)).unwrap_or_default();
    let long = (0..shape.len()).filter(|dim| !kept.contains(dim)).max_by_key(|dim| shape[*dim]);
    let Some((dim, size)) = long.and_then(|dim| Some((dim, shape[dim]?))).filter(|(_, size)| *size >= 2 * SAMPLE)
    else {
        return y.tensor;
    };
    let mut slice = Slice::default();
    for own in 0..shape.len() {
        let (size, stride) =
            if own == dim { (Ix::Known(SAMPLE), size / SAMPLE) } else { (emit::size_of(b, y.tensor, own), 1) };
        slice.push(Ix::Known(0), size, stride);
    }
    slice.extract(b, y.tensor, &(0..shape.len()).collect::<Vec<_>>())
}

/// What the coordinates of `y` have in common, per point of the shared loops.
fn common<'c>(b: &Builder<'c>, y: &Operand<'c>, shared: &[usize]) -> Val<'c> {
    let element = ffi::element_type(ir::type_of(y.tensor));
    let place = |own: &usize| y.loops.iter().position(|dim| *dim == Some(*own)).unwrap_or(0);
    let dims: Vec<usize> = shared.iter().map(place).collect();
    let sizes: Vec<_> = dims.iter().map(|dim| emit::size_of(b, y.tensor, *dim)).collect();
    let all: Vec<usize> = (0..y.loops.len()).collect();
    let points = sample(b, y, &dims);
    let extremum = |combine: &str, identity: f64| {
        let init = emit::fill(b, b.float(identity, element), emit::empty(b, &sizes, element));
        if let Some(fill) = ffi::defining_op(init) {
            ffi::remove_attribute(fill, emit::TAG);
        }
        generic(b, all.len(), &[(points, all.clone())], (init, dims.clone()), |b, values| {
            b.binary(combine, values[0], values[1])
        })
    };
    let (low, high) = (extremum("arith.minimumf", f64::INFINITY), extremum("arith.maximumf", f64::NEG_INFINITY));
    let own: Vec<usize> = (0..shared.len()).collect();
    let empty = emit::empty(b, &sizes, element);
    let inputs = [(low, own.clone()), (high, own.clone())];
    let centre = generic(b, own.len(), &inputs, (empty, own.clone()), |b, values| {
        let (low, high) = (values[0], values[1]);
        let zero = b.float(0.0, element);
        let twice = |value| b.binary("arith.addf", value, value);
        let both = |a, other| b.binary("arith.andi", a, other);
        let compare = |predicate, lhs, rhs| b.compare("arith.cmpf", predicate, lhs, rhs);
        let above = both(compare(OGT, low, zero), compare(OLT, high, twice(low)));
        let below = both(compare(OLT, high, zero), compare(OGT, low, twice(high)));
        b.select(above, low, b.select(below, high, zero))
    });
    if let Some(op) = ffi::defining_op(centre) {
        ffi::set_attribute(op, CENTRE, b.attr("unit"));
    }
    centre
}

/// An operand without what its coordinates have in common.
fn moved<'c>(b: &Builder<'c>, operand: &Operand<'c>, common: Val<'c>, shared: &[usize]) -> Val<'c> {
    let element = ffi::element_type(ir::type_of(operand.tensor));
    let all: Vec<usize> = (0..operand.loops.len()).collect();
    let sizes: Vec<_> = all.iter().map(|dim| emit::size_of(b, operand.tensor, *dim)).collect();
    let place = |own: &usize| operand.loops.iter().position(|dim| *dim == Some(*own)).unwrap_or(0);
    let dims: Vec<usize> = shared.iter().map(place).collect();
    let inputs = [(operand.tensor, all.clone()), (common, dims)];
    generic(b, all.len(), &inputs, (emit::empty(b, &sizes, element), all.clone()), |b, values| {
        b.binary("arith.subf", values[0], values[1])
    })
}
