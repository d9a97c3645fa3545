//! Products that would be computed twice, in a fused op and outside of it, where the two have to be the same to the last bit.

use super::{find::Loops, program::contractions, root::Reading};
use crate::{
    algebra::{Arena, Func, Id, Node},
    ffi,
    ir::{self, Val},
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
