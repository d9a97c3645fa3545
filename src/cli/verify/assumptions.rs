//! What the fused ops of a program assume of its inputs, so that inputs which break it are not tried.

use crate::{
    cli::explain,
    dialect::ops::{self, Fused},
    driver::{Request, Session},
    ffi,
    ir::{self, Op, Val},
    pass::{bound, centre_distances},
    stage::Stage,
};
use melior::ir::Module;
use std::collections::HashSet;

/// How scores are masked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Masking {
    #[default]
    None,
    /// By -inf.
    Infinite,
    /// By a finite number that counts as -inf.
    Finite,
}

/// What is assumed.
#[derive(Default)]
pub struct Assumptions {
    pub masking: Masking,
    /// Arguments that are operands of contractions.
    pub operands: HashSet<String>,
    /// Arguments that enter results beside the scores: laws of sums take them for finite.
    pub factors: HashSet<String>,
    /// Arguments that are points of which only distances are computed: nothing changes when all of them move.
    pub points: HashSet<String>,
}

/// Reads the assumptions of a module at stage `raise`, which is left as it is.
///
/// # Errors
/// A malformed fused op.
pub fn of(session: &Session, module: &Module<'_>, request: &Request) -> anyhow::Result<Assumptions> {
    let bounded = Request { from: Stage::Raise, dump: None, ..request.clone().to(Stage::Bound) };
    let outcome = session.compile(ffi::clone_module(module), &bounded)?;
    let mut found = Assumptions { points: points(ffi::op(&module.as_operation())), ..Assumptions::default() };
    for op in ir::walk(ffi::op(&outcome.module.as_operation())) {
        if ir::name(op) == ops::FUSED {
            let fused = Fused::parse(op).map_err(anyhow::Error::msg)?;
            found.masking = found.masking.max(masking(&fused, request.strict_masks));
            found.operands.extend(operands(&fused));
            found.factors.extend(factors(&fused));
        }
    }
    Ok(found)
}

/// The arguments behind points whose distances are squared, if all are arguments.
fn points(module: Op<'_>) -> HashSet<String> {
    let centres = ir::walk(module).into_iter().filter(|op| ir::attr(*op, centre_distances::CENTRE).is_some());
    let moved =
        centres.flat_map(ir::results).flat_map(ffi::uses).filter_map(|(user, _)| ir::operands(user).first().copied());
    let sources: HashSet<String> = moved.map(explain::source_of).collect();
    if sources.iter().all(|source| source.starts_with("arg")) { sources } else { HashSet::new() }
}

fn masking(fused: &Fused<'_>, strict: bool) -> Masking {
    let bound::predicate::Mask { keeps, live, .. } = bound::mask_of(fused);
    if ir::attr(fused.op, bound::FINITE).is_some() {
        Masking::Finite
    } else if strict || keeps.is_empty() && live == bound::formula::Formula::Constant(true) {
        Masking::None
    } else {
        Masking::Infinite
    }
}

/// The arguments behind captures that are multiplied and summed.
fn operands(fused: &Fused<'_>) -> HashSet<String> {
    let inside = |reduce: Op<'_>| ir::walk(reduce).into_iter().filter_map(ops::read_capture).collect::<Vec<_>>();
    let reduces = ir::walk(fused.op).into_iter().filter(|op| ir::name(*op) == ops::REDUCE);
    let mut numbers: HashSet<usize> = reduces.flat_map(inside).collect();
    numbers.extend(fused.header.states.iter().filter_map(|state| state.value));
    numbers.into_iter().filter_map(|number| Some(fused.captures.get(number)?.tensor)).flat_map(arguments).collect()
}

/// The arguments behind captures that are read where keys are lifted or results made.
fn factors(fused: &Fused<'_>) -> HashSet<String> {
    let regions = [fused.regions.lift, fused.regions.rescale, fused.regions.epilogue];
    let reads = regions.into_iter().flat_map(ir::ops).filter_map(ops::read_capture);
    reads.filter_map(|number| Some(fused.captures.get(number)?.tensor)).flat_map(arguments).collect()
}

/// The arguments that a tensor is computed from.
fn arguments(tensor: Val<'_>) -> Vec<String> {
    let (mut work, mut seen, mut found) = (vec![tensor], HashSet::new(), vec![]);
    while let Some(value) = work.pop() {
        if !seen.insert(ffi::value_key(value)) {
            continue;
        }
        match ffi::defining_op(value) {
            Some(op) => work.extend(ir::operands(op)),
            None => found.push(explain::source_of(value)),
        }
    }
    found
}
