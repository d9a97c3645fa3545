//! Rows without a live key.
//!
//! A kernel subtracts a running maximum as 0 where it is -inf, so on a row whose every score is -inf a sum of
//! exponentials ends as its initial value where the source, which computes `exp(-inf - -inf)`, has NaN. Most results do
//! not notice: a division by that sum is NaN either way. Where a result would, such as a returned log-sum-exp, it reads
//! the sum as NaN where the maximum is -inf.

use super::{derivation::Laws, derive::State};
use crate::algebra::{
    Arena, Func, Id, Kind, Node, TensorId, Ty,
    interp::{Env, Value, evaluate},
};
use std::collections::{HashMap, HashSet};

/// The outputs (over state atoms) with sums read as NaN on dead rows where that makes a difference.
pub fn outputs(arena: &mut Arena, states: &[State], outputs: Vec<Id>, laws: &mut Laws) -> Vec<Id> {
    let guards: Vec<Vec<u32>> = states.iter().map(|state| guards(arena, state, states)).collect();
    let extrema: HashSet<u32> = guards.iter().flatten().copied().collect();
    if extrema.is_empty() {
        return outputs;
    }
    let differs = |arena: &Arena, output: Id| {
        let one = extrema.iter().map(|extremum| HashSet::from([*extremum]));
        one.chain([extrema.clone()]).any(|dead| !agrees(arena, output, states, &guards, &dead))
    };
    let mut wrapped = vec![];
    for output in outputs {
        if !differs(arena, output) {
            wrapped.push(output);
            continue;
        }
        let mut map = HashMap::new();
        for (number, own) in guards.iter().enumerate() {
            for extremum in own {
                let identity = states[*extremum as usize].dead().unwrap_or(f64::NEG_INFINITY);
                let (sum, extremum) = (arena.atom(number as u32, Ty::Float), arena.atom(*extremum, Ty::Float));
                let (identity, nan) = (arena.float(identity), arena.float(f64::NAN));
                let dead = arena.compare_float(1, extremum, identity);
                let old = map.get(&sum).copied().unwrap_or(sum);
                let new = arena.select(dead, nan, old);
                map.insert(sum, new);
            }
        }
        laws.used(
            "sum(exp2(x - max(x))) is NaN where max(x) is -inf",
            "every x is -inf there",
            "a result that reads the sum",
        );
        wrapped.push(arena.replace(output, &map));
    }
    wrapped
}

/// The running extrema that the exponents of a sum take away, and that nothing but keys can move off their identities.
fn guards(arena: &Arena, state: &State, states: &[State]) -> Vec<u32> {
    if state.kind != Kind::Sum {
        return vec![];
    }
    let exponentials = arena.collect(&[state.lift], |arena, id| matches!(arena.node(id), Node::Call(Func::Exp2, _)));
    let mut found = vec![];
    for exponential in exponentials {
        let Node::Call(_, arguments) = arena.node(exponential) else { continue };
        for (term, factor) in arena.sum_parts(arguments[0]).0 {
            if let Node::Atom(number, _) = arena.node(term)
                && let Some(state) = states.get(*number as usize)
                && let Some(dead) = state.dead()
                && (factor < 0.0) == (dead < 0.0)
                && arena.as_float(state.init) == Some(dead)
                && !found.contains(number)
            {
                found.push(*number);
            }
        }
    }
    found
}

/// The outputs with a question for a maximum that saw no live key asked of the sum that subtracts it, where an output then
/// does not read the maximum: it need not be kept until the end.
pub fn without_extrema(arena: &mut Arena, states: &[State], outputs: Vec<Id>, laws: &mut Laws) -> Vec<Id> {
    let pairs: Vec<_> =
        (0..states.len()).filter_map(|sum| Some((sum as u32, subtracted(arena, states, sum)?))).collect();
    let mut found = vec![];
    for output in outputs {
        let mut answer = output;
        for (sum, extremum) in &pairs {
            let (sum, atom) = (arena.atom(*sum, Ty::Float), arena.atom(*extremum, Ty::Float));
            let (low, zero) = (arena.float(f64::NEG_INFINITY), arena.float(0.0));
            let (old, new) = (arena.compare_float(1, atom, low), arena.compare_float(1, sum, zero));
            let without = arena.replace(answer, &HashMap::from([(old, new)]));
            let reads = !arena.collect(&[without], |_, id| id == atom).is_empty();
            if without != answer && !reads {
                laws.used(
                    "(max(x) == -inf) = (sum(exp2(x - max(x))) == 0)",
                    "the largest x adds 1 to the sum",
                    "a guard against rows without a live key",
                );
                answer = without;
            }
        }
        found.push(answer);
    }
    found
}

/// The maximum of `x` of a state that sums nothing but `exp2(x - max(x))`.
fn subtracted(arena: &Arena, states: &[State], sum: usize) -> Option<u32> {
    let state = &states[sum];
    let Node::Call(Func::Exp2, arguments) = arena.node(state.lift) else { return None };
    if state.kind != Kind::Sum || state.value.is_some() || arena.as_float(state.init) != Some(0.0) {
        return None;
    }
    let (parts, 0.0) = arena.sum_parts(arguments[0]) else { return None };
    let [(first, a), (second, b)] = parts[..] else { return None };
    [(first, a, second, b), (second, b, first, a)].into_iter().find_map(|(extremum, minus, score, plus)| {
        let Node::Atom(number, _) = arena.node(extremum) else { return None };
        let other = states.get(*number as usize)?;
        let whole =
            other.kind == Kind::Max && other.lift == score && arena.as_float(other.init) == Some(f64::NEG_INFINITY);
        (whole && (minus, plus) == (-1.0, 1.0)).then_some(*number)
    })
}

/// Whether an output is the same on a row where these extrema are at their identities, be the sums that subtract them 0 or NaN.
fn agrees(arena: &Arena, output: Id, states: &[State], guards: &[Vec<u32>], dead: &HashSet<u32>) -> bool {
    let value = |sum: f64, seed: u32| {
        let number = |at: u32| Value::Float(0.25 + f64::from((at.wrapping_mul(7) + seed.wrapping_mul(5)) % 11) / 8.0);
        let atom = |at: u32| match guards.get(at as usize) {
            _ if dead.contains(&at) => Value::Float(states[at as usize].dead().unwrap_or(f64::NEG_INFINITY)),
            Some(own) if own.iter().any(|extremum| dead.contains(extremum)) => Value::Float(sum),
            _ => number(at),
        };
        let load = |tensor: TensorId, _: &[i64]| number(tensor.0 + 100);
        let at = arena.all_dims().map(|dim| (dim, 0)).collect();
        evaluate(arena, output, &mut Env { load: &load, atom: &atom, at }).map(Value::float)
    };
    (0..3).all(|seed| match (value(0.0, seed), value(f64::NAN, seed)) {
        (Some(ours), Some(source)) => ours.is_nan() && source.is_nan() || ours == source,
        _ => false,
    })
}
