//! `widen-reductions`: sums and products of 16-bit floats accumulate in f32 and round once.
//!
//! Before:  %s = linalg.generic ins(%x : tensor<8x64xbf16>) outs(%zero : tensor<8xbf16>) { addf %in, %out : bf16 }
//! After:   %w = linalg.generic ins(%x) outs(%wide : tensor<8xf32>) { addf (extf %in), %out : f32 }; %s = truncf %w
//!
//! That is the rule of every framework: what a reduction computes is the sum, not the sum of roundings. Whatever depends on the
//! accumulator is computed in f32, and so is a product that is only added to it; everything else of the body keeps its type. A
//! quotient or product by a constant right after the reduction (a mean) is taken before the rounding.
//!
//! Needs: generics on tensors. Leaves: no reduction that rounds at every step. The interpreter's truth goes through it as well.

use super::{
    PassInfo, PassOptions,
    tile::{
        emit::{self, Tile},
        tiler::convert,
    },
};
use crate::{
    algebra::Generic,
    error::PassError,
    ffi,
    ir::{self, Builder, Element, Op, Type, Val},
};
use std::collections::HashSet;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "widen-reductions",
    summary: "accumulate reductions of 16-bit floats in f32 and round once",
    options: &[],
    run,
};

fn run(module: Op<'_>, _options: &PassOptions) -> Result<(), PassError> {
    for generic in
        ir::walk_named(module, &["linalg.generic"]).into_iter().filter_map(Generic::of).filter(Generic::reduces)
    {
        widen(&generic);
    }
    Ok(())
}

fn is_narrow(ty: Type<'_>) -> bool {
    Element::of(ty).is_some_and(Element::is_narrow_float)
}

/// An accumulator of a generic, and the operations of the body that depend on it.
struct Accumulator<'c> {
    result: usize,
    steps: Vec<Op<'c>>,
}

/// The accumulators that are computed by arithmetic alone, in a narrow float.
fn accumulators<'c>(generic: &Generic<'c>) -> Vec<Accumulator<'c>> {
    (0..generic.yields.len()).filter_map(|result| accumulator(generic, result)).collect()
}

fn accumulator<'c>(generic: &Generic<'c>, result: usize) -> Option<Accumulator<'c>> {
    let argument = *generic.arguments.get(generic.inputs + result)?;
    let element = ir::type_of(argument);
    if !is_narrow(element) {
        return None;
    }
    let mut depends = HashSet::from([ffi::value_key(argument)]);
    let mut steps = vec![];
    let block = ir::body(generic.op, 0)?;
    let ops = ir::ops(block);
    let (last, body) = ops.split_last()?;
    let mut rounds = false;
    for op in body {
        let operands = ir::operands(*op);
        if !operands.iter().any(|operand| depends.contains(&ffi::value_key(*operand))) {
            continue;
        }
        let [value] = ir::results(*op)[..] else { return None };
        let condition = ir::name(*op) == "arith.select" && depends.contains(&ffi::value_key(operands[0]));
        let arithmetic = ["arith.addf", "arith.subf", "arith.mulf", "arith.divf", "math.fma"].contains(&ir::name(*op));
        rounds |= arithmetic;
        if ir::type_of(value) != element
            || condition
            || !(arithmetic || ["arith.select", "arith.negf"].contains(&ir::name(*op)))
        {
            return None;
        }
        depends.insert(ffi::value_key(value));
        steps.push(*op);
    }
    // Only this result may see the wider numbers.
    let mut yielded = ir::operands(*last).into_iter().enumerate();
    let own = yielded.all(|(at, value)| depends.contains(&ffi::value_key(value)) == (at == result));
    (rounds && own).then_some(Accumulator { result, steps })
}

fn widen(generic: &Generic<'_>) {
    if accumulators(generic).is_empty() {
        return;
    }
    let old = generic.op;
    let b = Builder::before(old);
    // The operation is rebuilt where it stands, so that the casts of its results come right after it.
    let new = b.clone_op(old, |operand| operand);
    let Some(copy) = Generic::of(new) else { return ffi::erase(new) };
    let wide = b.f32_type();
    let mut results: Vec<Val<'_>> = ir::results(new);
    for Accumulator { result, steps } in accumulators(&copy) {
        let position = copy.inputs + result;
        let narrow = ir::type_of(copy.arguments[position]);
        let init = initial(&Builder::before(new), ir::operands(new)[position], wide);
        ffi::set_operand(new, position, init);
        ffi::set_type(copy.arguments[position], wide);
        ffi::set_type(results[result], ir::type_of(init));
        let own: HashSet<usize> = steps
            .iter()
            .flat_map(|op| ir::results(*op))
            .chain([copy.arguments[position]])
            .map(ffi::value_key)
            .collect();
        for op in steps {
            for (at, operand) in ir::operands(op).into_iter().enumerate() {
                if ir::type_of(operand) == narrow && !own.contains(&ffi::value_key(operand)) {
                    ffi::set_operand(op, at, widened(op, operand, wide));
                }
            }
            ffi::set_type(ir::results(op)[0], wide);
        }
    }
    for (at, value) in ir::results(old).into_iter().enumerate() {
        let (own, wanted) = (ffi::element_type(ir::type_of(results[at])), ffi::element_type(ir::type_of(value)));
        if own == wanted {
            ffi::replace_all_uses(value, results[at]);
            continue;
        }
        if divides(value, results[at], wide) {
            continue;
        }
        results[at] = cast(&b, results[at], wanted);
        ffi::replace_all_uses(value, results[at]);
    }
    ffi::erase(old);
}

/// An operand of a step in f32: a product of its own stays unrounded.
fn widened<'c>(step: Op<'c>, value: Val<'c>, wide: Type<'c>) -> Val<'c> {
    let b = Builder::before(step);
    if let Some(op) = ffi::defining_op(value) {
        if let Some(number) = ir::attr(op, "value").and_then(ir::float_attr) {
            return b.float(number, wide);
        }
        let once = ffi::uses(value).len() == 1 && ffi::parent_block_key(op) == ffi::parent_block_key(step);
        if ir::name(op) == "arith.mulf" && once {
            let factors: Vec<_> =
                ir::operands(op).into_iter().map(|factor| b.cast("arith.extf", factor, wide)).collect();
            return b.binary("arith.mulf", factors[0], factors[1]);
        }
    }
    b.cast("arith.extf", value, wide)
}

/// What an accumulator starts from, in f32.
fn initial<'c>(b: &Builder<'c>, init: Val<'c>, wide: Type<'c>) -> Val<'c> {
    let fill = ffi::defining_op(init).filter(|op| ir::name(*op) == "linalg.fill");
    let Some(fill) = fill else { return cast(b, init, wide) };
    let rank = ffi::shape(ir::type_of(init)).map_or(0, |shape| shape.len());
    let sizes: Vec<_> = (0..rank).map(|dim| emit::size_of(b, init, dim)).collect();
    let scalar = ir::operands(fill)[0];
    let number = ffi::defining_op(scalar).and_then(|op| ir::attr(op, "value")).and_then(ir::float_attr);
    let scalar = number.map_or_else(|| b.cast("arith.extf", scalar, wide), |number| b.float(number, wide));
    untagged(emit::fill(b, scalar, emit::empty(b, &sizes, wide)))
}

/// A tensor with its elements converted.
fn cast<'c>(b: &Builder<'c>, tensor: Val<'c>, element: Type<'c>) -> Val<'c> {
    let rank = ffi::shape(ir::type_of(tensor)).map_or(0, |shape| shape.len());
    let sizes: Vec<_> = (0..rank).map(|dim| emit::size_of(b, tensor, dim)).collect();
    let dims: Vec<usize> = (0..rank).collect();
    let output = Tile { value: emit::empty(b, &sizes, element), dims: dims.clone() };
    let input = Tile { value: tensor, dims: dims.clone() };
    untagged(emit::generic(b, "cast", &dims, &[input], &output, |b, values| convert(b, values[0], element)).value)
}

fn untagged(value: Val<'_>) -> Val<'_> {
    if let Some(op) = ffi::defining_op(value) {
        ffi::remove_attribute(op, emit::TAG);
    }
    value
}

/// Where all that becomes of a reduction is its quotient or product by a constant, takes that of `wide` instead, seen through a
/// reshape. Returns whether it did.
fn divides<'c>(narrow: Val<'c>, sum: Val<'c>, wide: Type<'c>) -> bool {
    let [(mut user, _)] = ffi::uses(narrow)[..] else { return false };
    let mut reshape = None;
    if matches!(ir::name(user), "tensor.expand_shape" | "tensor.collapse_shape") {
        let [(next, 0)] = ffi::uses(ir::results(user)[0])[..] else { return false };
        reshape = Some(user);
        user = next;
    }
    let Some(generic) = Generic::of(user).filter(|generic| !generic.reduction.contains(&true)) else { return false };
    let Some(block) = ir::body(user, 0) else { return false };
    let ([operation, last], 1, 1) = (&ir::ops(block)[..], generic.inputs, generic.yields.len()) else { return false };
    let [value, constant] = ir::operands(*operation)[..] else { return false };
    let number = ffi::defining_op(constant).and_then(|op| ir::attr(op, "value")).and_then(ir::float_attr);
    let yielded = ir::operands(*last) == ir::results(*operation);
    let (true, Some(number)) = (value == generic.arguments[0] && yielded, number) else { return false };
    if !matches!(ir::name(*operation), "arith.divf" | "arith.mulf") {
        return false;
    }
    let mut input = sum;
    if let Some(reshape) = reshape {
        let b = Builder::before(reshape);
        let own = ir::results(reshape)[0];
        let shape = ffi::shape(ir::type_of(own)).unwrap_or_default();
        let operands = ir::operands(reshape);
        let copy = b.clone_op(reshape, |operand| if operand == operands[0] { sum } else { operand });
        ffi::set_type(ir::results(copy)[0], b.tensor_type(&shape, wide));
        input = ir::results(copy)[0];
    }
    let element = ir::type_of(value);
    ffi::set_operand(user, 0, input);
    ffi::set_type(value, wide);
    let b = Builder::before(*operation);
    let whole = b.binary(ir::name(*operation), value, b.float(number, wide));
    ffi::replace_all_uses(ir::results(*operation)[0], b.cast("arith.truncf", whole, element));
    ffi::erase(*operation);
    if let Some(reshape) = reshape {
        ffi::erase(reshape);
    }
    true
}
