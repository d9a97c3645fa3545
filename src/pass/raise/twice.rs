//! Scores that are computed twice, in a fused op and outside of it, where the two have to be the same to the last bit.

use super::{find::Loops, program::contractions, root::Reading};
use crate::{
    algebra::{Arena, Func, Id, Node},
    ffi,
    ir::{self, Builder, Element, Op, Val},
    pass::tile::program::constant,
};
use std::collections::HashSet;

/// A loaded value that is computed from a product of the area and that a score, which is computed from products, is compared with.
pub fn compared_with_itself<'c>(
    arena: &Arena,
    roots: &[Id],
    values: &[Val<'c>],
    readings: &[Reading<'c>],
) -> Option<Val<'c>> {
    let products: HashSet<usize> = readings
        .iter()
        .flat_map(|reading| reading.area.iter())
        .filter(|(_, value)| ffi::defining_op(**value).is_some_and(Loops::reduces))
        .map(|(key, _)| *key)
        .collect();
    let comparisons = arena.collect(roots, |arena, id| matches!(arena.node(id), Node::Call(Func::CmpF(_), _)));
    for comparison in comparisons {
        let Node::Call(_, sides) = arena.node(comparison) else { continue };
        for (score, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
            if contractions(arena, &[score]).is_empty() {
                continue;
            }
            for load in arena.collect(&[other], |arena, id| matches!(arena.node(id), Node::Load(..))) {
                let Node::Load(tensor, _) = arena.node(load) else { continue };
                let value = values.get(tensor.0 as usize).copied();
                if let Some(value) = value.filter(|value| comes_from(*value, &products, &mut HashSet::new())) {
                    return Some(value);
                }
            }
        }
    }
    None
}

/// Scores that are computed once more beside statistics of theirs are what those are statistics of: a division by a constant is
/// the multiplication that it is in the fused op.
pub fn round_alike(readings: &[Reading<'_>]) {
    let area = readings.iter().flat_map(|reading| reading.area.values());
    let elementwise = |op: &Op<'_>| ir::name(*op) == "linalg.generic" && !Loops::reduces(*op);
    for generic in area.filter_map(|value| ffi::defining_op(*value)).filter(elementwise) {
        for division in ir::walk_named(generic, &["arith.divf"]) {
            let operands = ir::operands(division);
            if !matches!(Element::of(ir::type_of(operands[0])), Some(Element::F32 | Element::F64)) {
                continue;
            }
            let Some(divisor) = number(operands[1]).filter(|divisor| divisor.is_normal()) else { continue };
            let builder = Builder::before(division);
            let factor = builder.float(1.0 / divisor, ir::type_of(operands[0]));
            let product = builder.binary("arith.mulf", operands[0], factor);
            ffi::replace_all_uses(ir::results(division)[0], product);
            ffi::erase(division);
        }
    }
}

/// The number that a constant, or a cast of one, is.
fn number(value: Val<'_>) -> Option<f64> {
    match ffi::defining_op(value) {
        Some(op) if matches!(ir::name(op), "arith.truncf" | "arith.extf") => number(ir::operands(op)[0]),
        _ => constant(value),
    }
}

/// Whether a value is one of these, or computed from one. `seen` holds the values that were looked at.
fn comes_from(value: Val<'_>, these: &HashSet<usize>, seen: &mut HashSet<usize>) -> bool {
    let key = ffi::value_key(value);
    these.contains(&key)
        || seen.insert(key)
            && ffi::defining_op(value).is_some_and(|op| {
                let inside = ir::walk(op).into_iter().flat_map(ir::operands);
                ir::operands(op).into_iter().chain(inside).any(|operand| comes_from(operand, these, seen))
            })
}
