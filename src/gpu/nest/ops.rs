//! Questions about ops of a nest.

use super::{Generic, is_multiple};
use crate::{
    ffi,
    gpu::points::Loops,
    ir::{self, Blk, Op, Val},
};
use melior::ir::operation::OperationLike;
use std::collections::{HashMap, HashSet};

/// Whether a tile is filled with zeros.
pub fn is_zero_fill(value: Val<'_>) -> bool {
    ffi::defining_op(value)
        .filter(|op| ir::name(*op) == "linalg.fill")
        .and_then(|op| ffi::defining_op(ir::operands(op)[0]))
        .and_then(|op| ir::attr(op, "value"))
        .and_then(ir::float_attr)
        .is_some_and(|value| value == 0.0)
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

/// The op of a body that makes a value.
pub fn maker<'c>(generic: &Generic<'c>, value: Val<'c>) -> Option<Op<'c>> {
    ffi::defining_op(value).filter(|op| op.block().is_some_and(|block| ffi::blk(&block) == generic.body))
}

/// Whether a value of a body depends on an iteration dim.
pub fn depends_on_dim<'c>(generic: &Generic<'c>, value: Val<'c>, dim: usize) -> bool {
    let Some(op) = maker(generic, value) else { return false };
    if ir::name(op) == "linalg.index" {
        return ir::attr(op, "dim").and_then(ir::int_attr) == i64::try_from(dim).ok();
    }
    ir::operands(op).into_iter().any(|operand| depends_on_dim(generic, operand, dim))
}

/// Whether an index is the coordinate along an iteration dim, but for a multiple of the neighbours.
pub fn along<'c>(generic: &Generic<'c>, value: Val<'c>, dim: usize, width: i64) -> bool {
    let Some(op) = maker(generic, value) else { return false };
    let operands = ir::operands(op);
    match ir::name(op) {
        "linalg.index" => depends_on_dim(generic, value, dim),
        "arith.index_cast" | "arith.index_castui" => along(generic, operands[0], dim, width),
        "arith.addi" => [(0, 1), (1, 0)].into_iter().any(|(own, other)| {
            along(generic, operands[own], dim, width)
                && !depends_on_dim(generic, operands[other], dim)
                && (width == 1 || is_multiple(operands[other], width))
        }),
        _ => false,
    }
}

/// An integer, or the integer that a tensor of rank 0 holds, where it follows from constants; `known` has what the arguments
/// of a body are.
pub fn number<'c>(value: Val<'c>, known: &HashMap<usize, i64>) -> Option<i64> {
    if let Some(known) = known.get(&ffi::value_key(value)) {
        return Some(*known);
    }
    let op = ffi::defining_op(value)?;
    let operands = ir::operands(op);
    let of = |at: usize| number(*operands.get(at)?, known);
    match ir::name(op) {
        "arith.constant" => {
            let attribute = ir::attr(op, "value")?;
            let attribute = ffi::dense_splat(attribute).unwrap_or(attribute);
            match attribute.to_string().as_str() {
                "true" => Some(1),
                "false" => Some(0),
                _ => ir::int_attr(attribute),
            }
        }
        "tensor.extract" | "tensor.from_elements" if operands.len() == 1 => of(0),
        "tensor.cast" | "linalg.fill" | "arith.index_cast" | "arith.extsi" => of(0),
        "arith.addi" => of(0)?.checked_add(of(1)?),
        "arith.subi" => of(0)?.checked_sub(of(1)?),
        "arith.muli" => of(0)?.checked_mul(of(1)?),
        "arith.divsi" | "arith.divui" => {
            let (a, b) = (of(0)?, of(1)?);
            (a >= 0 && b > 0).then(|| a / b)
        }
        "arith.minsi" => Some(of(0)?.min(of(1)?)),
        "arith.maxsi" => Some(of(0)?.max(of(1)?)),
        "arith.andi" | "arith.ori" if ir::type_name(ir::type_of(value)) == "i1" => {
            let (a, b) = (of(0)? != 0, of(1)? != 0);
            Some(i64::from(if ir::name(op) == "arith.andi" { a && b } else { a || b }))
        }
        "arith.cmpi" => {
            let (a, b) = (of(0)?, of(1)?);
            let predicate = ir::attr(op, "predicate").and_then(ir::int_attr)?;
            // Unsigned predicates are the signed ones where nothing is negative.
            let predicate = if predicate >= 6 && a >= 0 && b >= 0 { predicate - 4 } else { predicate };
            let holds = [a == b, a != b, a < b, a <= b, a > b, a >= b];
            holds.get(usize::try_from(predicate).ok()?).map(|holds| i64::from(*holds))
        }
        "arith.select" => of(if of(0)? != 0 { 1 } else { 2 }),
        "linalg.generic" if ffi::shape(ir::type_of(value)).is_some_and(|shape| shape.is_empty()) => {
            let loops = Loops::read(op).filter(|loops| loops.reduced.is_empty())?;
            let mut own = HashMap::new();
            for (argument, operand) in ir::arguments(loops.body).into_iter().zip(&operands) {
                if let Some(number) = number(*operand, known) {
                    own.insert(ffi::value_key(argument), number);
                }
            }
            let last = ir::ops(loops.body).pop()?;
            number(*ir::operands(last).get(ffi::value_number(value))?, &own)
        }
        _ => None,
    }
}
