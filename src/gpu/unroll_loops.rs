//! `unroll-loops`: loops around whole tensors become their iterations, one after the other.
//!
//! Before:  %r = scf.for %i = 0 to 3 step 1 iter_args(%x = %0) { …fused ops and linalg of %x… }
//! After:   the body three times, each on what the one before yields
//!
//! Where bounds are numbers, or a condition is on counters that start at numbers, and not too much comes of it. The regions of any
//! other loop become functions that it calls ([`super::outline`]): the host repeats their launches. Loops that insert elements
//! become kernels, and those inside of tiles and bodies are code of kernels: both stay.
//! Leaves: no loop around whole tensors but those that call functions.

use super::{
    nest::number,
    outline::{is_outlined, outline},
    points::is_insertion,
    schedule::Schedule,
};
use crate::{
    error::PassError,
    ffi,
    ir::{self, Blk, Builder, Op, Val},
    pass::{OptionInfo, PassInfo, PassOptions},
};
use std::collections::HashMap;

/// The pass.
pub const INFO: PassInfo = PassInfo {
    name: "unroll-loops",
    summary: "write out the iterations of loops around whole tensors, or make functions of their regions, for targets whose host launches kernels",
    options: &[TARGET],
    run,
};

const TARGET: OptionInfo = OptionInfo::target("cpu", "whose schedule says whether to");

/// Operations that the iterations of one loop may come to.
const MOST: i64 = 100_000;

fn run(module: Op<'_>, options: &PassOptions) -> Result<(), PassError> {
    let target = options.word(&TARGET);
    if target == "cpu" || Schedule::of(target).is_err() {
        return Ok(());
    }
    let Some(body) = ir::body(module, 0) else { return Ok(()) };
    let mut functions: Vec<_> = ir::ops(body).into_iter().filter(|op| ir::name(*op) == "func.func").collect();
    let mut next = 0;
    while let Some(function) = functions.get(next).copied() {
        next += 1;
        let Some(block) = ir::body(function, 0) else { continue };
        // Inner loops come to light when the outer one is written out.
        while let Some(op) = ir::ops(block).into_iter().find(|op| is_loop(*op)) {
            if !unroll(op) {
                functions.extend(outline(module, function, op)?);
            }
        }
    }
    Ok(())
}

/// Whether this is a loop of the host.
fn is_loop(op: Op<'_>) -> bool {
    (ir::name(op) == "scf.while" || ir::name(op) == "scf.for" && !is_insertion(op)) && !is_outlined(op)
}

/// Writes a loop out. Whether that was possible; if not, it is as it was.
fn unroll(op: Op<'_>) -> bool {
    let b = Builder::before(op);
    let mut made = vec![];
    let results = match ir::name(op) {
        "scf.while" => conditional(&b, op, &mut made),
        _ => counted(&b, op),
    };
    let Some(results) = results else {
        made.into_iter().rev().for_each(ffi::erase);
        return false;
    };
    for (result, value) in ir::results(op).into_iter().zip(results) {
        ffi::replace_all_uses(result, value);
    }
    ffi::erase(op);
    true
}

/// What an `scf.for` comes to, where its bounds are numbers.
fn counted<'c>(b: &Builder<'c>, op: Op<'c>) -> Option<Vec<Val<'c>>> {
    let operands = ir::operands(op);
    let bound = |at: usize| number(operands[at], &HashMap::new());
    let (low, high, step) = (bound(0)?, bound(1)?, bound(2)?);
    let body = ir::body(op, 0)?;
    let trips = if step > 0 { ((high - low).max(0) + step - 1) / step } else { 0 };
    if trips.saturating_mul(ir::walk(op).len() as i64) > MOST {
        return None;
    }
    let mut carried = operands[3..].to_vec();
    for trip in 0..trips {
        carried.insert(0, b.int(low + trip * step, ir::type_of(operands[0])));
        carried = copy_with(b, body, &carried, HashMap::new()).0;
    }
    Some(carried)
}

/// What an `scf.while` comes to, where its condition is a number in every iteration. `made` has what was made for it.
fn conditional<'c>(b: &Builder<'c>, op: Op<'c>, made: &mut Vec<Op<'c>>) -> Option<Vec<Val<'c>>> {
    let (before, after) = (ir::body(op, 0)?, ir::body(op, 1)?);
    let (mut carried, size) = (ir::operands(op), ir::walk(op).len() as i64);
    for trip in 0.. {
        let (asked, copies) = copy_with(b, before, &carried, HashMap::new());
        let (condition, passed) = asked.split_first()?;
        let holds = number(*condition, &HashMap::new());
        // Nothing but what is passed on is needed of it.
        let mut kept = vec![];
        for copy in copies.into_iter().rev() {
            let used = |value: &Val<'c>| passed.contains(value) || !ffi::uses(*value).is_empty();
            if ir::results(copy).is_empty() || ir::results(copy).iter().any(used) {
                kept.push(copy);
            } else {
                ffi::erase(copy);
            }
        }
        made.extend(kept.into_iter().rev());
        if holds? == 0 {
            return Some(passed.to_vec());
        }
        let (next, copies) = copy_with(b, after, passed, HashMap::new());
        (carried, _) = (next, made.extend(copies));
        if (trip + 1) * size > MOST {
            return None;
        }
    }
    None
}

/// A copy of an op that reads what is known of what it reads, in its regions too.
pub fn clone_deep<'c>(b: &Builder<'c>, op: Op<'c>, known: &HashMap<usize, Val<'c>>) -> Op<'c> {
    let copy = b.clone_op(op, |value| known.get(&ffi::value_key(value)).copied().unwrap_or(value));
    for (deep, own) in ir::walk(op).into_iter().zip(ir::walk(copy)) {
        for (at, value) in ir::operands(deep).into_iter().enumerate() {
            if let Some(new) = known.get(&ffi::value_key(value)) {
                ffi::set_operand(own, at, *new);
            }
        }
    }
    copy
}

/// A copy of a block on these arguments, with what is known of values from around it: what it yields, and its operations.
pub fn copy_with<'c>(
    b: &Builder<'c>,
    block: Blk<'c>,
    arguments: &[Val<'c>],
    mut known: HashMap<usize, Val<'c>>,
) -> (Vec<Val<'c>>, Vec<Op<'c>>) {
    known.extend(ir::arguments(block).into_iter().map(ffi::value_key).zip(arguments.iter().copied()));
    let mut made = vec![];
    for inner in ir::ops(block) {
        if matches!(ir::name(inner), "scf.yield" | "scf.condition") {
            let mapped = |value: Val<'c>| known.get(&ffi::value_key(value)).copied().unwrap_or(value);
            return (ir::operands(inner).into_iter().map(mapped).collect(), made);
        }
        let copy = clone_deep(b, inner, &known);
        for (from, to) in ir::results(inner).into_iter().zip(ir::results(copy)) {
            known.insert(ffi::value_key(from), to);
        }
        made.push(copy);
    }
    (vec![], made)
}
