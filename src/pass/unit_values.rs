//! `attention-unit-values`: a value dim for programs without a contraction.
//!
//! Before:  `iterator_types = ["batch", "query", "key"]`, a sum over keys of weights times `%v[b, n]`
//! After:   `iterator_types = ["batch", "query", "key", "value"]`, extents `[…, 1]`, `%v[b, n, d]` is the state's value
//!
//! Needs: stage `bound`. Leaves: the same op over one more dim, of extent 1. Canonical test: `tests/tile.rs`.
//! Values of width 1 (and scores that are products of one number each) leave nothing for a matrix unit to do; padded, they are
//! tiles like any other. An op that contracts anything stays as it is.

use super::{OptionInfo, PassInfo, PassOptions, bound::RANGE, pack_rows, tile};
use crate::{
    dialect::{
        edit::{self, Renumbering},
        linear::{IndexMap, Linear},
        ops::{self, Combine, Fused, Role},
    },
    error::PassError,
    ffi,
    ir::{self, Builder, Op, Val},
    schedule::TileSchedule,
};
use melior::ir::AffineExpr;

pub const NAME: &str = "attention-unit-values";

/// The table entry.
pub const INFO: PassInfo = PassInfo {
    name: NAME,
    summary: "give ops without a contraction values of width 1, for a matrix unit",
    options: &[TARGET],
    run,
};

const TARGET: OptionInfo = OptionInfo::target("cpu", "whose schedule says whether rows are packed");

fn run<'c>(module: Op<'c>, options: &PassOptions) -> Result<(), PassError> {
    let schedule = TileSchedule::shipped(options.word(&TARGET)).map_err(PassError::Unsupported)?;
    if schedule.pack_rows > 0 {
        for op in tile::fused_ops(module) {
            add_values(op)?;
        }
    }
    Ok(())
}

/// A sum of weights times a number per key.
pub(super) struct Weighted<'c> {
    state: usize,
    capture: usize,
    /// The product in the lift region, and its factor that is no value.
    product: Op<'c>,
    pub(super) weight: Val<'c>,
    /// The number of the score that is the value.
    score: usize,
}

/// Gives an op without a contraction a value dim, if it sums anything up that is a value.
///
/// # Errors
/// [`PassError::Reported`] for a malformed op.
pub fn add_values(op: Op<'_>) -> Result<(), PassError> {
    let fused = tile::read(op)?;
    let contracts = ir::walk(fused.op).into_iter().any(|inner| ir::name(inner) == ops::REDUCE)
        || fused.header.states.iter().any(|state| state.value.is_some());
    if contracts {
        return Ok(());
    }
    // Values whose keys do not lie side by side belong to different batches that do, which rows of threads read better.
    let beside = |sum: &Weighted<'_>| {
        let last = fused.captures[sum.capture].map.results.last().and_then(Linear::as_dim);
        last == fused.key().ok()
    };
    let sums: Vec<_> =
        (0..fused.header.states.len()).filter_map(|state| weighted(&fused, state)).filter(beside).collect();
    if sums.is_empty() {
        return Ok(());
    }
    tile::report(op, widen(&fused, &sums))
}

/// A state as a sum of weights times a capture that has a key and no query.
pub(super) fn weighted<'c>(fused: &Fused<'c>, state: usize) -> Option<Weighted<'c>> {
    let (key, query) = (fused.key().ok()?, fused.query());
    (fused.header.states[state].combine == Combine::Sum).then_some(())?;
    let lifted = *ops::yielded(fused.regions.lift).get(state)?;
    let product = ffi::defining_op(lifted).filter(|op| ir::name(*op) == "arith.mulf")?;
    (ffi::uses(lifted).len() == 1).then_some(())?;
    let scores = ops::yielded(fused.regions.score);
    let factors = ir::operands(product);
    [(0, 1), (1, 0)].into_iter().find_map(|(value, weight)| {
        let score = ir::arguments(fused.regions.lift).iter().position(|argument| *argument == factors[value])?;
        let capture = ops::read_capture(ffi::defining_op(*scores.get(score)?)?)?;
        let map = &fused.captures[capture].map;
        let plain = map.as_dims().is_some() && map.uses(key) && query.is_none_or(|query| !map.uses(query));
        let once = ffi::uses(factors[value]).len() == 1 && factors[value] != factors[weight];
        (plain && once).then_some(Weighted { state, capture, product, weight: factors[weight], score })
    })
}

/// The scores of a program that are no values.
pub(super) fn scores<'c>(fused: &Fused<'c>) -> Vec<Val<'c>> {
    let values: Vec<_> =
        (0..fused.header.states.len()).filter_map(|state| Some(weighted(fused, state)?.score)).collect();
    let all = ops::yielded(fused.regions.score).into_iter().enumerate();
    all.filter(|(number, _)| !values.contains(number)).map(|(_, score)| score).collect()
}

/// The op with a value dim of extent 1, which those sums have.
///
/// # Errors
/// [`PassError::Unsupported`] for a malformed key range.
fn widen<'c>(fused: &Fused<'c>, sums: &[Weighted<'c>]) -> Result<(), PassError> {
    let b = &Builder::before(fused.op);
    let dim = fused.header.roles.len();
    let renumbering = Renumbering::appending(dim);
    let wider = |map: &IndexMap| {
        let mut map = renumbering.map(map);
        map.results.push(Linear::dim(dim + 1, dim));
        map
    };
    // In the old op, which the new one is a clone of.
    for sum in sums {
        ffi::replace_all_uses(ir::results(sum.product)[0], sum.weight);
        ffi::erase(sum.product);
    }
    let mut values: Vec<usize> = sums.iter().map(|sum| sum.score).collect();
    values.sort_unstable();
    for score in values.into_iter().rev() {
        ffi::erase_argument(fused.regions.lift, score);
        let Some(last) = ir::ops(fused.regions.score).last().copied() else { continue };
        let mut kept = ir::operands(last);
        let value = kept.remove(score);
        Builder::before(last).op(ops::YIELD).operands(&kept).build();
        ffi::erase(last);
        if let Some(read) = ffi::defining_op(value).filter(|_| ffi::uses(value).is_empty()) {
            ffi::erase(read);
        }
    }
    let widened = |state: usize| sums.iter().find(|sum| sum.state == state);
    let mut header = fused.header.clone();
    header.roles.push(Role::Value);
    header.extents.push(Some(1));
    for (number, state) in header.states.iter_mut().enumerate() {
        let sum = widened(number);
        state.map = sum.map_or_else(|| renumbering.map(&state.map), |_| wider(&state.map));
        state.value = sum.map(|sum| sum.capture);
    }
    let captures =
        fused.captures.iter().enumerate().map(|(number, capture)| match sums.iter().any(|sum| sum.capture == number) {
            true => {
                let last = capture.map.results.len().saturating_sub(1);
                (edit::expand(b, capture.tensor, last, [0, 1]), wider(&capture.map))
            }
            false => (capture.tensor, renumbering.map(&capture.map)),
        });
    let captures: Vec<_> = captures.collect();
    let op = edit::copy(b, fused, &header, &captures);
    edit::rewrite_range(b, op, dim + 1, &|old, _| AffineExpr::dim(b.context, if old < dim { old } else { dim + 1 }))
        .ok_or_else(|| PassError::Unsupported(format!("a malformed '{RANGE}'")))?;
    let yielded = ops::yielded(fused.regions.epilogue);
    let arguments = ir::arguments(fused.regions.epilogue);
    let wide: Vec<bool> = yielded
        .into_iter()
        .map(|value| sums.iter().any(|sum| arguments.get(sum.state).is_some_and(|state| depends(value, *state))))
        .collect();
    let number = |tensor: Val<'c>| fused.results.iter().position(|result| result.tensor == tensor).unwrap_or_default();
    pack_rows::give_results(fused, op, |b, result, fusion| {
        if !wide[number(result.tensor)] {
            return ops::result(b, fusion, &renumbering.map(&result.map), ir::type_of(result.tensor));
        }
        let mut shape = result.shape();
        shape.push(Some(1));
        let value = ops::result(b, fusion, &wider(&result.map), b.tensor_type(&shape, result.element()));
        edit::collapse(b, value, shape.len().saturating_sub(2))
    });
    Ok(())
}

/// Whether a value is computed from another one.
fn depends<'c>(value: Val<'c>, on: Val<'c>) -> bool {
    value == on
        || ffi::defining_op(value).is_some_and(|op| ir::operands(op).into_iter().any(|operand| depends(operand, on)))
}
