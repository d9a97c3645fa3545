//! What a grid tile of a fused op needs, for targets whose schedule has a footprint model.

use crate::{
    dialect::ops::{self, Fused, Mapped, Role},
    ffi,
    gpu::schedule::Footprint,
    ir::{self, Op, Val},
};
use std::collections::HashSet;

/// The footprint of a fused op.
pub fn footprint(fused: &Fused<'_>) -> Footprint {
    let extent = |dim: usize| fused.header.extents[dim].unwrap_or(1);
    let of_role = |dims: &[usize], role: Role| -> i64 {
        dims.iter().filter(|dim| fused.header.roles[**dim] == role).map(|dim| extent(*dim)).product()
    };
    let contractions = score_contractions(fused);
    let score_depths =
        contractions.iter().filter_map(|op| ops::reduce_parts(*op)).map(|(_, dims)| of_role(&dims, Role::Reduction));
    let weighted = fused.header.states.iter().filter_map(|state| Some((state, state.value?)));
    let mut captures: Vec<usize> = weighted.clone().map(|(_, value)| value).collect();
    captures.sort_unstable();
    captures.dedup();
    let key = (0..fused.header.roles.len()).find(|dim| fused.header.roles[*dim] == Role::Key);
    Footprint {
        score_depths: score_depths.collect(),
        live_scores: live_scores(fused, &contractions),
        accumulators: weighted.map(|(state, _)| of_role(&state.map.used(), Role::Value)).collect(),
        values: captures.into_iter().map(|value| of_role(&fused.captures[value].map.used(), Role::Value)).collect(),
        queries: fused.query().and_then(|query| fused.header.extents[query]),
        keys: key.and_then(|key| fused.header.extents[key]),
    }
}

/// Whether a matrix unit that multiplies 16-bit operands can run a fused op; the reason when it cannot.
///
/// # Errors
/// The reason, as a clause.
pub fn matrix_unit(fused: &Fused<'_>) -> Result<(), String> {
    if fused.query().is_none() {
        return Err("there is no query dim to make rows of".into());
    }
    let mut operands: Vec<usize> = fused.header.states.iter().filter_map(|state| state.value).collect();
    for op in score_contractions(fused) {
        let reads = ir::walk(op).into_iter().filter(|inner| ir::name(*inner) == ops::READ);
        let wide = |index: &usize| {
            let used = fused.captures.get(*index).map(|capture| capture.map.used()).unwrap_or_default();
            used.into_iter().any(|dim| fused.header.roles[dim] == Role::Reduction)
        };
        operands.extend(reads.filter_map(ops::read_capture).filter(wide));
    }
    let elements = operands.into_iter().filter_map(|index| fused.captures.get(index)).map(Mapped::element);
    match elements.map(|element| element.to_string()).find(|element| !matches!(element.as_str(), "bf16" | "f16")) {
        Some(element) => Err(format!("its operands are {element} (bf16 or f16)")),
        None => Ok(()),
    }
}

/// The reductions of the score region that have a value per query and key.
fn score_contractions<'c>(fused: &Fused<'c>) -> Vec<Op<'c>> {
    let role = |op: Op<'c>, role: Role| {
        ir::walk(op).into_iter().filter(|inner| ir::name(*inner) == ops::READ).any(|read| {
            let capture =
                ir::attr(read, "capture").and_then(ir::int_attr).and_then(|index| usize::try_from(index).ok());
            let map = capture.and_then(|index| fused.captures.get(index)).map(|capture| capture.map.used());
            map.is_some_and(|dims| dims.into_iter().any(|dim| fused.header.roles[dim] == role))
        })
    };
    let reductions = ir::ops(fused.regions.score).into_iter().filter(|op| ir::name(*op) == ops::REDUCE);
    reductions.filter(|op| role(*op, Role::Query) && role(*op, Role::Key)).collect()
}

/// The most contractions that one weight is made of.
fn live_scores(fused: &Fused<'_>, contractions: &[Op<'_>]) -> i64 {
    let (scores, weights) = (ops::yielded(fused.regions.score), ops::yielded(fused.regions.lift));
    let arguments = ir::arguments(fused.regions.lift);
    let of_weight = |weight: Val<'_>| {
        let mut reached = HashSet::new();
        slice(weight, &mut reached);
        let used = scores.iter().zip(&arguments).filter(|(_, argument)| reached.contains(&ffi::value_key(**argument)));
        let mut behind = HashSet::new();
        used.for_each(|(score, _)| slice(*score, &mut behind));
        let made = |op: &&Op<'_>| ir::results(**op).iter().any(|value| behind.contains(&ffi::value_key(*value)));
        contractions.iter().filter(made).count() as i64
    };
    let weighted = fused.header.states.iter().zip(weights).filter(|(state, _)| state.value.is_some());
    weighted.map(|(_, weight)| of_weight(weight)).max().unwrap_or(1).max(1)
}

/// Every value that a value is computed from, itself included.
fn slice(value: Val<'_>, seen: &mut HashSet<usize>) {
    if seen.insert(ffi::value_key(value))
        && let Some(op) = ffi::defining_op(value)
    {
        ir::operands(op).into_iter().for_each(|operand| slice(operand, seen));
    }
}
