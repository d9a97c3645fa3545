//! What a grid tile of a fused op needs, for targets whose schedule has a footprint model.

use crate::{
    dialect::ops::{self, Fused, Mapped, Role},
    ffi,
    gpu::schedule::Footprint,
    ir::{self, Attr, Element, Op, Type, Val},
    pass::bound,
    schedule::TileSchedule,
};
use melior::ir::AffineExpr;
use std::collections::HashSet;

/// The footprint of a fused op.
pub fn footprint(fused: &Fused<'_>, schedule: &TileSchedule) -> Footprint {
    let extent = |dim: usize| fused.header.extents[dim].unwrap_or(1);
    let of_role = |dims: &[usize], role: Role| -> i64 {
        dims.iter().filter(|dim| fused.header.roles[**dim] == role).map(|dim| extent(*dim)).product()
    };
    let contractions = score_contractions(fused);
    let score_depths =
        contractions.iter().filter_map(|op| ops::reduce_parts(*op)).map(|(_, dims)| of_role(&dims, Role::Reduction));
    let mut captures: Vec<usize> = fused.header.states.iter().filter_map(|state| state.value).collect();
    captures.sort_unstable();
    captures.dedup();
    let columns = |part: &Vec<usize>| -> Vec<i64> {
        let states = part.iter().map(|state| &fused.header.states[*state]).filter(|state| state.value.is_some());
        states.map(|state| of_role(&state.map.used(), Role::Value)).collect()
    };
    let most = usize::try_from(schedule.f32_terms).unwrap_or(1);
    let key = (0..fused.header.roles.len()).find(|dim| fused.header.roles[*dim] == Role::Key);
    let (parts, all) = (parts(fused), (0..fused.header.states.len()).collect::<Vec<_>>());
    Footprint {
        score_depths: score_depths.collect(),
        live_scores: live_scores(fused, &contractions, &all),
        accumulators: parts.iter().map(columns).collect(),
        part_scores: parts.iter().map(|part| live_scores(fused, &contractions, part)).collect(),
        terms: operand_types(fused).iter().map(|element| super::split::terms(*element, most)).max().unwrap_or(1) as i64,
        values: captures
            .into_iter()
            .filter(|value| !lies_in_keys(fused, &contractions, *value))
            .map(|value| of_role(&fused.captures[value].map.used(), Role::Value))
            .collect(),
        queries: fused.query().and_then(|query| fused.header.extents[query]),
        keys: key.and_then(|key| fused.header.extents[key]),
        batch: fused.dims_of(Role::Batch).into_iter().map(|dim| fused.header.extents[dim]).product(),
    }
}

/// Whether a value operand is made of columns of a key operand: one tile in shared memory then serves both.
fn lies_in_keys(fused: &Fused<'_>, contractions: &[Op<'_>], value: usize) -> bool {
    let value = &fused.captures[value];
    let keys = contractions.iter().flat_map(|op| ir::walk(*op)).filter_map(ops::read_capture);
    keys.filter_map(|key| fused.captures.get(key)).any(|key| {
        let (Some((inner, rows)), Some((outer, others))) =
            (value.map.results.split_last(), key.map.results.split_last())
        else {
            return false;
        };
        key.tensor == value.tensor
            && rows == others
            && outer.as_dim().is_some_and(|dim| fused.header.roles[dim] == Role::Reduction)
            && inner.dims().any(|dim| fused.header.roles[dim] == Role::Value)
    })
}

/// The states in groups that do not read one another: each can be folded by a loop of its own.
pub fn parts(fused: &Fused<'_>) -> Vec<Vec<usize>> {
    let regions = fused.regions;
    let (lifts, factors) = (ops::yielded(regions.lift), ops::yielded(regions.rescale));
    let (lift_arguments, old_and_new) = (ir::arguments(regions.lift), ir::arguments(regions.rescale));
    let count = lifts.len();
    let scores = lift_arguments.len() - count;
    let mut group: Vec<usize> = (0..count).collect();
    for state in 0..count {
        let mut reached = HashSet::new();
        slice(lifts[state], &mut reached);
        slice(factors[state], &mut reached);
        for other in 0..count {
            let names = [lift_arguments[scores + other], old_and_new[other], old_and_new[count + other]];
            if names.iter().any(|name| reached.contains(&ffi::value_key(*name))) {
                let (from, to) = (group[other], group[state]);
                group.iter_mut().filter(|own| **own == from).for_each(|own| *own = to);
            }
        }
    }
    let mut parts: Vec<Vec<usize>> = vec![];
    for state in 0..count {
        match parts.iter_mut().find(|part| group[part[0]] == group[state]) {
            Some(part) => part.push(state),
            None => parts.push(vec![state]),
        }
    }
    parts
}

/// The keys that the loops of every query tile visit, in tiles of `key`; `None` when lengths or bounds are not known. Bounds
/// are taken for the first coordinate of every batch dim, and tiles that are tested are visited where their coordinates allow it.
pub fn visited(fused: &Fused<'_>, query: i64, key: i64) -> Option<Vec<i64>> {
    let extent = |dim: Option<usize>| dim.and_then(|dim| fused.header.extents[dim]);
    let key_dim = fused.dims_of(Role::Key).first().copied();
    let (queries, keys) = (extent(fused.query())?, extent(key_dim)?);
    let range = ir::attr(fused.op, bound::RANGE);
    let entry = |name: &str| range.and_then(|range| ffi::dictionary_get(range, name));
    let whole = (keys + key - 1) / key * key;
    let tiles = (queries + query - 1) / query;
    let tested = ir::attr(fused.op, bound::SKIP).map(|_| bound::mask_of(fused).live);
    let of_tile = |tile: i64| {
        let (mut dims, last) = (vec![0; fused.header.roles.len()], (tile * query + query).min(queries) - 1);
        dims[fused.query()?] = tile * query;
        let mut ranges: Vec<_> = dims.iter().map(|first| (*first, *first)).collect();
        ranges[fused.query()?].1 = last;
        dims.push(last);
        let low = known_end(entry("low"), &dims)?.map_or(0, |low| low.clamp(0, whole) / key * key);
        let high = known_end(entry("high"), &dims)?.map_or(whole, |high| (high.clamp(0, keys) + key - 1) / key * key);
        let Some(live) = &tested else { return Some((high - low).max(0)) };
        let mut may_be_live = |first: i64| {
            ranges[key_dim?] = (first, (first + key).min(keys) - 1);
            live.may_hold(&ranges).then_some(())
        };
        Some(key * (low..high).step_by(usize::try_from(key).ok()?).filter_map(&mut may_be_live).count() as i64)
    };
    (0..tiles).map(of_tile).collect()
}

/// One end of a range at known coordinates: `None` when it depends on captures, `Some(None)` when it is open.
fn known_end(end: Option<Attr<'_>>, dims: &[i64]) -> Option<Option<i64>> {
    let Some(end) = end else { return Some(None) };
    let parts = ffi::array_elements(end)?;
    let Some((head, rest)) = parts.split_first() else { return Some(None) };
    if let Some(name) = ir::string_attr(*head) {
        let values = rest.iter().map(|part| known_end(Some(*part), dims)?);
        let values = values.collect::<Option<Vec<_>>>()?.into_iter();
        return Some(if name == "max" { values.max() } else { values.min() });
    }
    let map = ffi::affine_map(*head).filter(|_| rest.is_empty())?;
    Some(Some(known_value(map.result(0).ok()?, dims)?))
}

fn known_value(expr: AffineExpr<'_>, dims: &[i64]) -> Option<i64> {
    if expr.is_dim() {
        return dims.get(expr.dim_position()).copied();
    }
    if expr.is_constant() {
        return Some(expr.constant_value());
    }
    let (lhs, rhs) = ffi::affine_operands(expr)?;
    let (lhs, rhs) = (known_value(lhs, dims)?, known_value(rhs, dims)?);
    match () {
        () if expr.is_add() => lhs.checked_add(rhs),
        () if expr.is_mul() => lhs.checked_mul(rhs),
        () if expr.is_floor_div() && rhs > 0 => Some(lhs.div_euclid(rhs)),
        () => None,
    }
}

/// Whether a matrix unit that multiplies 16-bit operands can run a fused op; the reason when it cannot.
///
/// # Errors
/// The reason, as a clause.
pub fn matrix_unit(fused: &Fused<'_>, schedule: &TileSchedule) -> Result<(), String> {
    if fused.query().is_none() {
        return Err("this target's matrix unit cannot run it: there is no query dim to make rows of".into());
    }
    let known = |element: &Type<'_>| {
        // Floats of 8 bits are widened where they are loaded.
        Element::of(*element)
            .is_some_and(|element| element.is_narrow_float() || element == Element::F32 && schedule.f32_terms > 1)
    };
    match operand_types(fused).iter().find(|element| !known(element)) {
        Some(element) => {
            Err(format!("this target's matrix unit cannot run it: its operands are {element} (bf16, f16 or f32)"))
        }
        None => Ok(()),
    }
}

/// The element types of what contractions read.
fn operand_types<'c>(fused: &Fused<'c>) -> Vec<Type<'c>> {
    operands(fused).into_iter().filter_map(|index| fused.captures.get(index)).map(Mapped::element).collect()
}

/// The captures that contractions read in tiles.
pub fn operands(fused: &Fused<'_>) -> Vec<usize> {
    let mut operands: Vec<usize> = fused.header.states.iter().filter_map(|state| state.value).collect();
    for op in score_contractions(fused) {
        let reads = ir::walk(op).into_iter().filter(|inner| ir::name(*inner) == ops::READ);
        let wide = |index: &usize| {
            let used = fused.captures.get(*index).map(|capture| capture.map.used()).unwrap_or_default();
            used.into_iter().any(|dim| fused.header.roles[dim] == Role::Reduction)
        };
        operands.extend(reads.filter_map(ops::read_capture).filter(wide));
    }
    operands
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

/// The most contractions that one weight of some states is made of.
fn live_scores(fused: &Fused<'_>, contractions: &[Op<'_>], states: &[usize]) -> i64 {
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
    let weighted = states.iter().filter(|state| fused.header.states[**state].value.is_some());
    weighted.map(|state| of_weight(weights[*state])).max().unwrap_or(1).max(1)
}

/// Every value that a value is computed from, itself included.
fn slice(value: Val<'_>, seen: &mut HashSet<usize>) {
    if seen.insert(ffi::value_key(value))
        && let Some(op) = ffi::defining_op(value)
    {
        ir::operands(op).into_iter().for_each(|operand| slice(operand, seen));
    }
}
