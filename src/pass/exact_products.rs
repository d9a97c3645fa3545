//! `exact-products`: sums of products of bytes that are read as floats become sums of products in f32, which are the same.
//!
//! Before:  `%c = linalg.generic` (i8 widened, multiplied, summed in i32 or i64), `%x = arith.sitofp %c` somewhere behind views
//! After:   both operands as bf16, `%c = linalg.generic` of those, summed in f32; `%x` is `%c`
//!
//! A byte is a bf16. A sum of `n` products of magnitudes up to `a` and `b` has no rounding in f32, in whatever order, where
//! `n·a·b ≤ 2^24`. So attention whose scores are products of quantized queries and keys is attention to `raise`, and its
//! products run on a matrix unit of 16-bit floats. Where any reader wants the integers, all is left as it is.
//! Needs: generics. Leaves: the rest as it was. Canonical test: `int8_scores_bf16` of tests/reported.

use super::{PassInfo, PassOptions};
use crate::{
    error::PassError,
    ffi,
    gpu::{Loops, plain_dims},
    ir::{self, Builder, Element, Op, Val},
};
use melior::ir::{AffineMap, operation::OperationLike};
use std::collections::HashMap;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "exact-products",
    summary: "sum products of bytes that are read as floats in f32, where that is exact",
    options: &[],
    run,
};

/// Sums up to this have no rounding in f32.
const EXACT: i64 = 1 << 24;

/// Views that numbers are seen through.
const VIEWS: [&str; 3] = ["tensor.collapse_shape", "tensor.expand_shape", "tensor.cast"];

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    for op in ir::walk_named(module, &["linalg.generic"]) {
        if let Some(product) = Product::read(op)
            && is_read_as_float(product.result)
        {
            let sum = product.in_floats();
            give_floats(product.result, sum);
        }
    }
    Ok(())
}

/// A sum of products of integers, small enough to be exact.
struct Product<'c> {
    op: Op<'c>,
    loops: Loops<'c>,
    result: Val<'c>,
}

impl<'c> Product<'c> {
    fn read(op: Op<'c>) -> Option<Self> {
        let loops = Loops::read(op)?;
        let ([left, right, init], [result]) = (&loops.operands[..], &ir::results(op)[..]) else { return None };
        let element = Element::of_value(*result);
        if loops.inputs != 2 || !matches!(element, Some(Element::Int(32 | 64))) || !is_zero(*init) {
            return None;
        }
        let arguments = ir::arguments(loops.body);
        let yielded = *ir::operands(*ir::ops(loops.body).last()?).first()?;
        let sum = ffi::defining_op(yielded).filter(|op| ir::name(*op) == "arith.addi")?;
        let [x, y] = ir::operands(sum)[..] else { return None };
        let product = if x == arguments[2] { y } else { x };
        let product = ffi::defining_op(product).filter(|op| ir::name(*op) == "arith.muli")?;
        let factors: Vec<_> = ir::operands(product).into_iter().map(signed).collect();
        let once = ffi::uses(arguments[2]).len() == 1 && [x, y].contains(&arguments[2]);
        let both = factors == arguments[..2] || factors == [arguments[1], arguments[0]];
        let terms = (0..loops.reduced.len())
            .filter(|dim| loops.reduced[*dim])
            .try_fold(1_i64, |terms, dim| terms.checked_mul(loops.extents[dim]?))?;
        let most = terms.checked_mul(magnitude(*left, 8)?)?.checked_mul(magnitude(*right, 8)?)?;
        let result = *result;
        (once && both && loops.reduced.contains(&true) && most <= EXACT).then_some(Self { op, loops, result })
    }

    /// The same sum, in f32.
    fn in_floats(&self) -> Val<'c> {
        let b = &Builder::before(self.op);
        let float = b.f32_type();
        let factors: Vec<_> = self.loops.operands[..2].iter().map(|operand| as_halves(b, *operand)).collect();
        let (zero, shape) = (b.float(0.0, float), ffi::shape(ir::type_of(self.result)).unwrap_or_default());
        let ty = b.tensor_type(&shape, float);
        let init = converted(b, self.loops.operands[2], ty, |_, _| zero);
        let half = b.ty("bf16");
        let op = b
            .op("linalg.generic")
            .operands(&factors)
            .operands(&[init])
            .results(&[ty])
            .attr("indexing_maps", b.maps_attr(&self.loops.maps))
            .attr("iterator_types", ir::attr(self.op, "iterator_types").unwrap_or_else(|| b.array_attr(&[])))
            .attr_text("operandSegmentSizes", "array<i32: 2, 1>")
            .region(&[half, half, float], |b, arguments| {
                let wide = |value| b.cast("arith.extf", value, float);
                let product = b.binary("arith.mulf", wide(arguments[0]), wide(arguments[1]));
                let sum = b.binary("arith.addf", arguments[2], product);
                b.op("linalg.yield").operands(&[sum]).build();
            })
            .build();
        ir::results(op)[0]
    }
}

/// What a signed integer was before it was widened.
fn signed(value: Val<'_>) -> Val<'_> {
    match ffi::defining_op(value) {
        Some(op) if ir::name(op) == "arith.extsi" => signed(ir::operands(op)[0]),
        _ => value,
    }
}

/// What an integer was before it was widened.
fn widened(value: Val<'_>) -> Val<'_> {
    match ffi::defining_op(value) {
        Some(op) if matches!(ir::name(op), "arith.extsi" | "arith.extui") => widened(ir::operands(op)[0]),
        _ => value,
    }
}

/// The largest magnitude of a tensor's elements, where they come from bytes within so many ops.
fn magnitude(value: Val<'_>, depth: usize) -> Option<i64> {
    if Element::of_value(value) == Some(Element::Int(8)) {
        return Some(128);
    }
    let op = ffi::defining_op(value).filter(|_| depth > 0)?;
    if VIEWS.contains(&ir::name(op)) || ir::name(op) == "tensor.extract_slice" || ir::name(op) == "linalg.transpose" {
        return magnitude(ir::operands(op)[0], depth - 1);
    }
    let loops = Loops::read(op)?;
    let yielded = *ir::operands(*ir::ops(loops.body).last()?).first()?;
    let source = widened(yielded);
    let input = ir::arguments(loops.body)[..loops.inputs].iter().position(|argument| *argument == source)?;
    let unsigned = ffi::defining_op(yielded).is_some_and(|op| ir::name(op) == "arith.extui");
    let inner = magnitude(loops.operands[input], depth - 1)?;
    Some(if unsigned && Element::of(ir::type_of(source)) == Some(Element::Int(8)) { 255 } else { inner })
}

/// An elementwise generic that forms each element of a tensor anew.
fn converted<'c>(
    b: &Builder<'c>,
    source: Val<'c>,
    ty: ir::Type<'c>,
    form: impl FnOnce(&Builder<'c>, Val<'c>) -> Val<'c>,
) -> Val<'c> {
    let shape = ffi::shape(ty).unwrap_or_default();
    let sizes: Vec<_> = (0..shape.len())
        .filter(|dim| shape[*dim].is_none())
        .map(|dim| b.op("tensor.dim").operands(&[source, b.index(dim as i64)]).results(&[b.index_type()]).value())
        .collect();
    let empty = b.op("tensor.empty").operands(&sizes).results(&[ty]).value();
    let (from, to) = (ffi::element_type(ir::type_of(source)), ffi::element_type(ty));
    let map = AffineMap::multi_dim_identity(b.context, shape.len());
    let op = b
        .op("linalg.generic")
        .operands(&[source, empty])
        .results(&[ty])
        .attr("indexing_maps", b.maps_attr(&[map, map]))
        .attr("iterator_types", b.array_attr(&vec![b.attr("#linalg.iterator_type<parallel>"); shape.len()]))
        .attr_text("operandSegmentSizes", "array<i32: 1, 1>")
        .region(&[from, to], |b, arguments| {
            let value = form(b, arguments[0]);
            b.op("linalg.yield").operands(&[value]).build();
        })
        .build();
    ir::results(op)[0]
}

/// A tensor of small integers as bf16.
fn as_halves<'c>(b: &Builder<'c>, value: Val<'c>) -> Val<'c> {
    let half = b.ty("bf16");
    let ty = b.tensor_type(&ffi::shape(ir::type_of(value)).unwrap_or_default(), half);
    converted(b, value, ty, |b, element| b.cast("arith.sitofp", element, half))
}

/// Whether an op only changes the width of each element of its one input, which it reads in place.
fn resizes(op: Op<'_>) -> bool {
    let Some(loops) = Loops::read(op).filter(|loops| loops.inputs == 1 && loops.operands.len() == 2) else {
        return false;
    };
    let body = ir::ops(loops.body);
    let [resize, last] = body[..] else { return false };
    let plain =
        loops.maps.iter().all(|map| plain_dims(*map).is_some_and(|dims| dims.into_iter().eq(0..loops.reduced.len())));
    // Sums fit any of these.
    let wide = matches!(Element::of_value(ir::results(op)[0]), Some(Element::Int(32 | 64)));
    plain
        && wide
        && matches!(ir::name(resize), "arith.trunci" | "arith.extsi")
        && ir::operands(resize) == ir::arguments(loops.body)[..1]
        && ir::operands(last) == ir::results(resize)
}

/// The `arith.sitofp`s that are all that an op does with an operand.
fn float_casts<'c>(op: Op<'c>, operand: usize) -> Option<Vec<Op<'c>>> {
    let loops = Loops::read(op).filter(|loops| operand < loops.inputs)?;
    let uses = ffi::uses(ir::arguments(loops.body)[operand]);
    uses.into_iter().map(|(user, _)| (ir::name(user) == "arith.sitofp").then_some(user)).collect()
}

/// Whether all readers of a tensor want its numbers as floats.
fn is_read_as_float(value: Val<'_>) -> bool {
    let uses = ffi::uses(value);
    !uses.is_empty()
        && uses.into_iter().all(|(user, operand)| {
            let through = VIEWS.contains(&ir::name(user)) || resizes(user) && operand == 0;
            if through { is_read_as_float(ir::results(user)[0]) } else { float_casts(user, operand).is_some() }
        })
}

/// Gives the readers of integers the same numbers as f32.
fn give_floats<'c>(value: Val<'c>, floats: Val<'c>) {
    let mut seen: HashMap<usize, ()> = HashMap::new();
    for (user, operand) in ffi::uses(value) {
        let b = &Builder::before(user);
        if resizes(user) {
            give_floats(ir::results(user)[0], floats);
        } else if VIEWS.contains(&ir::name(user)) {
            let copy = b.clone_op(user, |own| if own == value { floats } else { own });
            let result = ir::results(copy)[0];
            let shape = ffi::shape(ir::type_of(result)).unwrap_or_default();
            ffi::set_type(result, b.tensor_type(&shape, b.f32_type()));
            give_floats(ir::results(user)[0], result);
        } else if let (Some(casts), Some(loops)) = (float_casts(user, operand), Loops::read(user)) {
            let argument = ir::arguments(loops.body)[operand];
            ffi::set_operand(user, operand, floats);
            if seen.insert(ffi::value_key(argument), ()).is_some() {
                continue;
            }
            ffi::set_type(argument, b.f32_type());
            for cast in casts {
                let (b, result) = (Builder::before(cast), ir::results(cast)[0]);
                let ty = ir::type_of(result);
                let number = match Element::of(ty) {
                    Some(Element::F32) => argument,
                    Some(Element::F64) => b.cast("arith.extf", argument, ty),
                    _ => b.cast("arith.truncf", argument, ty),
                };
                ffi::replace_all_uses(result, number);
                ffi::erase(cast);
            }
        }
    }
}

/// Whether a tensor of integers is 0 everywhere.
fn is_zero(value: Val<'_>) -> bool {
    let Some(op) = ffi::defining_op(value) else { return false };
    let zero = |scalar: Val<'_>| {
        let constant = ffi::defining_op(scalar).and_then(|op| ir::attr(op, "value"));
        constant.and_then(ir::int_attr) == Some(0)
    };
    match ir::name(op) {
        "linalg.fill" => zero(ir::operands(op)[0]),
        "linalg.generic" => Loops::read(op).filter(|_| op.result_count() == 1).is_some_and(|loops| {
            let yielded = ir::ops(loops.body).last().map(|last| ir::operands(*last)[0]);
            let arguments = ir::arguments(loops.body);
            let input = arguments[..loops.inputs].iter().position(|argument| Some(*argument) == yielded);
            input.map_or_else(|| yielded.is_some_and(zero), |input| zero(loops.operands[input]))
        }),
        "arith.constant" => ir::attr(op, "value").and_then(ffi::dense_splat).and_then(ir::int_attr) == Some(0),
        _ => false,
    }
}
