//! A sum of weights over several dims as a sum of sums, the inner one over keys.
//!
//! Before:  `sum[m, n](w)`, as the gradient of what scores are multiplied by has it
//! After:   `sum[m](sum[n](w))`, whose inner sum is a statistic of rows, which a fold has for one of its results
//!
//! A contraction of weights that sums over two dims of theirs, as that of a group of heads that shares its keys does, is a sum of
//! contractions in the same way. Nothing else is taken apart: a sum that is no fold over keys stays one reduction.

use super::{
    find::{self, free_coords},
    point::Point,
    weights::Walks,
};
use crate::{
    algebra::{Arena, Generic, Policy, Reader},
    ffi,
    ir::{self, Blk, Builder, Element, Op, Val},
};
use melior::ir::operation::OperationLike;
use std::collections::HashSet;

/// Takes the sums of a block apart; the inner sums, by key.
pub fn sums<'c>(block: Blk<'c>, point: &Point<'c>, walks: &mut Walks) -> HashSet<usize> {
    let mut found = HashSet::new();
    for op in ir::ops(block) {
        let Some(generic) = Generic::of(op) else { continue };
        let reduced =
            (0..generic.reduction.len()).filter(|at| generic.reduction[*at] && generic.extents[*at] != Some(1));
        let reduced: Vec<usize> = reduced.collect();
        if reduced.is_empty() && generic.reduction.contains(&true) && walks.exponential(ir::operands(op)[0]) {
            of_one(op, &generic);
            continue;
        }
        let weights = ir::operands(op).into_iter().take(generic.inputs).any(|operand| walks.exponential(operand));
        let (sum, contraction) = (is_sum(op, &generic), is_contraction(op, &generic));
        if reduced.len() < 2 || !weights || !(sum || contraction) {
            continue;
        }
        for key in reduced.into_iter().rev() {
            let Some([inner, outer]) = split(op, &generic, key) else { continue };
            let walks = &mut Walks::default();
            let is_fold = if sum {
                find::analyze_sum(inner, &point.open, walks).is_some()
            } else {
                find::analyze(inner, &point.open, &HashSet::new(), walks).is_ok_and(|found| found.is_some())
            };
            if is_fold {
                ffi::replace_all_uses(ir::results(op)[0], ir::results(outer)[0]);
                ffi::erase(op);
                if sum {
                    found.insert(ffi::value_key(ir::results(inner)[0]));
                }
                break;
            }
            ffi::erase(outer);
            ffi::erase(inner);
        }
    }
    found
}

/// What a value is, or is widened from.
fn unwidened(value: Val<'_>) -> usize {
    match ffi::defining_op(value) {
        Some(widen) if ir::name(widen) == "arith.extf" => ffi::value_key(ir::operands(widen)[0]),
        _ => ffi::value_key(value),
    }
}

/// Whether a generic adds up the numbers of one tensor, as they are or widened, in f32 or more.
fn is_sum(op: Op<'_>, generic: &Generic<'_>) -> bool {
    let [yielded] = generic.yields[..] else { return false };
    let Some(add) = ffi::defining_op(yielded).filter(|add| ir::name(*add) == "arith.addf") else { return false };
    let read: Vec<usize> = ir::operands(add).into_iter().map(unwidened).collect();
    generic.inputs == 1
        && ir::results(op).len() == 1
        && generic.arguments.iter().all(|argument| read.contains(&ffi::value_key(*argument)))
        && matches!(Element::of(ir::type_of(yielded)), Some(Element::F32 | Element::F64))
}

/// Whether a generic adds up the products of two tensors' numbers, as they are or widened, in f32 or more.
fn is_contraction(op: Op<'_>, generic: &Generic<'_>) -> bool {
    let [yielded] = generic.yields[..] else { return false };
    let Some(add) = ffi::defining_op(yielded).filter(|add| ir::name(*add) == "arith.addf") else { return false };
    let operands = ir::operands(add);
    let makers = operands.iter().filter_map(|value| ffi::defining_op(*value));
    let Some(product) = makers.into_iter().find(|maker| ir::name(*maker) == "arith.mulf") else { return false };
    let read: Vec<usize> = ir::operands(product).into_iter().map(unwidened).collect();
    generic.inputs == 2
        && ir::results(op).len() == 1
        && operands.contains(&generic.arguments[2])
        && generic.arguments[..2].iter().all(|argument| read.contains(&ffi::value_key(*argument)))
        && matches!(Element::of(ir::type_of(yielded)), Some(Element::F32 | Element::F64))
}

/// Replaces a sum over one point, as a sum to the shape of what was broadcast along a batch of one is, by that point.
fn of_one<'c>(op: Op<'c>, generic: &Generic<'c>) -> Option<()> {
    let result = ir::results(op)[0];
    let shape: Option<Vec<i64>> = ffi::shape(ir::type_of(result))?.into_iter().collect();
    let mut arena = Arena::new();
    let coords = free_coords(&mut arena, &shape?, 0)?;
    let init = Reader::new(&mut arena, Policy::default()).read(ir::operands(op)[1], &coords).ok()?;
    (is_sum(op, generic) && arena.as_float(init) == Some(0.0)).then_some(())?;
    let rest: Vec<usize> = (0..generic.reduction.len()).filter(|at| !generic.reduction[*at]).collect();
    let names: Vec<_> = (0..rest.len()).map(|at| format!("d{at}")).collect();
    let maps: Option<Vec<_>> = generic.maps.iter().map(|map| places(*map, &rest)).collect();
    let maps: Vec<_> = maps?
        .into_iter()
        .map(|places| format!("affine_map<({}) -> ({})>", names.join(", "), places.join(", ")))
        .collect();
    let b = Builder::before(op).with_location(op.location());
    let (source, ty) = (ir::operands(op)[0], ir::type_of(result));
    let empty = b.op("tensor.empty").results(&[ty]).value();
    let types = [source, result].map(|value| ffi::element_type(ir::type_of(value)));
    let kinds = vec![b.attr("#linalg.iterator_type<parallel>"); rest.len()];
    let copy = b
        .op("linalg.generic")
        .operands(&[source, empty])
        .results(&[ty])
        .attr_text("indexing_maps", &format!("[{}]", maps.join(", ")))
        .attr("iterator_types", b.array_attr(&kinds))
        .attr_text("operandSegmentSizes", "array<i32: 1, 1>")
        .region(&types, |b, arguments| {
            let same = types[0] == types[1];
            let value = if same { arguments[0] } else { b.cast("arith.extf", arguments[0], types[1]) };
            b.op("linalg.yield").operands(&[value]).build();
        });
    ffi::replace_all_uses(result, copy.value());
    ffi::erase(op);
    Some(())
}

/// The results of a map over some of its dims, as names; every other dim is 0.
fn places(map: melior::ir::AffineMap<'_>, dims: &[usize]) -> Option<Vec<String>> {
    let mut places = vec![];
    for at in 0..map.result_count() {
        let place = map.result(at).ok()?;
        places.push(match place.is_dim() {
            true => dims.iter().position(|dim| *dim == place.dim_position()).map_or("0".into(), |at| format!("d{at}")),
            false if place.is_constant() => place.constant_value().to_string(),
            false => return None,
        });
    }
    Some(places)
}

/// The sum over one loop, and the sum over the others.
fn split<'c>(op: Op<'c>, generic: &Generic<'c>, key: usize) -> Option<[Op<'c>; 2]> {
    let b = Builder::before(op).with_location(op.location());
    let loops = generic.reduction.len();
    let rest: Vec<usize> = (0..loops).filter(|at| *at != key).collect();
    let shape: Option<Vec<Option<i64>>> = rest.iter().map(|at| generic.extents[*at].map(Some)).collect();
    let ty = b.tensor_type(&shape?, ffi::element_type(ir::type_of(ir::results(op)[0])));
    let element = ffi::element_type(ty);
    let all = |count: usize| (0..count).map(|at| format!("d{at}")).collect::<Vec<_>>().join(", ");
    let kept: Vec<_> = rest.iter().map(|at| format!("d{at}")).collect();
    let kind =
        |reduced: bool| b.attr(&format!("#linalg.iterator_type<{}>", if reduced { "reduction" } else { "parallel" }));
    let operands = ir::operands(op);
    let empty = b.op("tensor.empty").results(&[ty]).value();
    let zero = b.float(0.0, element);
    let init = b
        .op("linalg.generic")
        .operands(&[empty])
        .results(&[ty])
        .attr_text("indexing_maps", &format!("[affine_map<({0}) -> ({0})>]", all(rest.len())))
        .attr("iterator_types", b.array_attr(&vec![kind(false); rest.len()]))
        .attr_text("operandSegmentSizes", "array<i32: 0, 1>")
        .region(&[element], |b, _| {
            b.op("linalg.yield").operands(&[zero]).build();
        })
        .value();
    let sum = |inputs: &[Val<'c>], init: Val<'c>, maps: ir::Attr<'c>, reduced: &[bool]| {
        let mut types: Vec<_> = inputs.iter().map(|input| ffi::element_type(ir::type_of(*input))).collect();
        types.push(element);
        b.op("linalg.generic")
            .operands(inputs)
            .operands(&[init])
            .results(&[ir::type_of(init)])
            .attr("indexing_maps", maps)
            .attr("iterator_types", b.array_attr(&reduced.iter().map(|reduced| kind(*reduced)).collect::<Vec<_>>()))
            .attr_text("operandSegmentSizes", &format!("array<i32: {}, 1>", inputs.len()))
            .region(&types, |b, arguments| {
                let (read, so_far) = arguments.split_at(inputs.len());
                let wide = |value: &Val<'c>| match ir::type_of(*value) == element {
                    true => *value,
                    false => b.cast("arith.extf", *value, element),
                };
                let product = read.iter().map(wide).reduce(|a, c| b.binary("arith.mulf", a, c));
                let sum = product.map_or(so_far[0], |product| b.binary("arith.addf", so_far[0], product));
                b.op("linalg.yield").operands(&[sum]).build();
            })
            .build()
    };
    let read: Vec<_> = generic.maps[..generic.inputs].iter().map(|map| format!("affine_map<{map}>")).collect();
    let maps = format!("[{}, affine_map<({}) -> ({})>]", read.join(", "), all(loops), kept.join(", "));
    let inner =
        sum(&operands[..generic.inputs], init, b.attr(&maps), &(0..loops).map(|at| at == key).collect::<Vec<_>>());
    let places = places(generic.maps[generic.inputs], &rest)?;
    let maps = format!("[affine_map<({0}) -> ({0})>, affine_map<({0}) -> ({1})>]", all(rest.len()), places.join(", "));
    let reduced: Vec<bool> = rest.iter().map(|at| generic.reduction[*at]).collect();
    Some([inner, sum(&[ir::results(inner)[0]], operands[generic.inputs], b.attr(&maps), &reduced)])
}
