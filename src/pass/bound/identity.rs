//! Proves that a key whose every score is -inf changes no state, by evaluating the lift region there.

use crate::{
    dialect::ops::{self, Combine, Fused},
    ffi,
    ir::{self, Element, Val},
    pass::{
        tile::program::{Node, Programs, constant},
        unit_values,
    },
};
use std::collections::HashMap;

/// What is known of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known {
    Number(f64),
    Truth(bool),
    /// A float that is not -inf.
    NotNegInf,
    /// A condition that holds wherever this argument is -inf.
    IsNegInf(usize),
    /// A condition that fails wherever this argument is -inf.
    IsNotNegInf(usize),
    Nothing,
}

/// Whether every state's lift is its identity where every score is -inf.
///
/// # Errors
/// The number of the first state for which that could not be proved.
pub fn dead_scores_add_nothing(fused: &Fused<'_>) -> Result<(), usize> {
    let scores = ops::yielded(fused.regions.score).len();
    let mut prover = Prover { programs: Programs { fused }, scores, memo: HashMap::new() };
    for (number, lift) in ops::yielded(fused.regions.lift).into_iter().enumerate() {
        let state = fused.header.states.get(number).ok_or(number)?;
        // A value of a dead key is finite (docs/numerics.md), whether or not it has a dim of its own.
        let added = prover.evaluate(unit_values::weighted(fused, number).map_or(lift, |sum| sum.weight));
        let identity = match state.combine {
            Combine::Max => added == Known::Number(f64::NEG_INFINITY),
            Combine::Min => added == Known::Number(f64::INFINITY),
            Combine::Sum => added == Known::Number(0.0),
            Combine::And => added == Known::Truth(true),
            Combine::Or => added == Known::Truth(false),
        };
        if !identity {
            return Err(number);
        }
    }
    Ok(())
}

/// Whether a value of the lift region is surely not -inf where every score is.
pub fn is_above_neg_inf<'c>(fused: &Fused<'c>, value: Val<'c>) -> bool {
    let scores = ops::yielded(fused.regions.score).len();
    let known = Prover { programs: Programs { fused }, scores, memo: HashMap::new() }.evaluate(value);
    matches!(known, Known::NotNegInf) || matches!(known, Known::Number(number) if number > f64::NEG_INFINITY)
}

struct Prover<'a, 'c> {
    programs: Programs<'a, 'c>,
    scores: usize,
    memo: HashMap<usize, Known>,
}

impl<'c> Prover<'_, 'c> {
    fn evaluate(&mut self, value: Val<'c>) -> Known {
        let key = ffi::value_key(value);
        if let Some(known) = self.memo.get(&key) {
            return *known;
        }
        let known = self.compute(value);
        self.memo.insert(key, known);
        known
    }

    fn compute(&mut self, value: Val<'c>) -> Known {
        let boolean = Element::of(ir::type_of(value)) == Some(Element::BOOL);
        match self.programs.node(value) {
            Node::Argument(number) if number < self.scores => Known::Number(f64::NEG_INFINITY),
            Node::Apply(op) => {
                let operands = ir::operands(op);
                if let Some(number) = constant(value) {
                    return if boolean { Known::Truth(number != 0.0) } else { Known::Number(number) };
                }
                let known: Vec<_> = operands.iter().map(|operand| self.evaluate(*operand)).collect();
                match ir::name(op) {
                    "arith.select" => select(&known, &operands),
                    "arith.cmpf" => {
                        let predicate = ir::attr(op, "predicate").and_then(ir::int_attr).unwrap_or(-1);
                        self.compare(predicate, &known, &operands)
                    }
                    "arith.xori" => match (known[0], known[1]) {
                        (Known::Truth(lhs), Known::Truth(rhs)) => Known::Truth(lhs != rhs),
                        (Known::IsNegInf(key), Known::Truth(true)) => Known::IsNotNegInf(key),
                        (Known::IsNotNegInf(key), Known::Truth(true)) => Known::IsNegInf(key),
                        _ => Known::Nothing,
                    },
                    "arith.uitofp" => match known[0] {
                        Known::Truth(value) => Known::Number(f64::from(u8::from(value))),
                        _ => Known::Nothing,
                    },
                    name => arithmetic(name, &known),
                }
            }
            _ => Known::Nothing,
        }
    }
}

impl<'c> Prover<'_, 'c> {
    /// `arith.cmpf`, by its predicate's number.
    fn compare(&self, predicate: i64, known: &[Known], operands: &[Val<'c>]) -> Known {
        let number = |known: Known| match known {
            Known::Number(number) => Some(number),
            _ => None,
        };
        match (number(known[0]), number(known[1])) {
            (Some(lhs), Some(rhs)) => compare_numbers(predicate, lhs, rhs),
            (None, Some(bound)) => self.at_neg_inf(operands[0], |lhs| compare_numbers(predicate, lhs, bound)),
            (Some(bound), None) => self.at_neg_inf(operands[1], |rhs| compare_numbers(predicate, bound, rhs)),
            (None, None) => Known::Nothing,
        }
    }

    /// What a condition on a value, or on its absolute value, says where it is -inf.
    fn at_neg_inf(&self, value: Val<'c>, condition: impl Fn(f64) -> Known) -> Known {
        let (mut own, there) = match self.programs.node(value) {
            Node::Apply(op) if ir::name(op) == "math.absf" => (ir::operands(op)[0], f64::INFINITY),
            _ => (value, f64::NEG_INFINITY),
        };
        // A positive multiple is -inf where the value is.
        if let Node::Apply(op) = self.programs.node(own)
            && ir::name(op) == "arith.mulf"
            && let [a, b] = ir::operands(op)[..]
        {
            let positive = |factor| constant(factor).is_some_and(|factor| factor > 0.0);
            own = if positive(b) { a } else { own };
            own = if positive(a) { b } else { own };
        }
        match condition(there) {
            Known::Truth(true) => Known::IsNegInf(ffi::value_key(own)),
            Known::Truth(false) => Known::IsNotNegInf(ffi::value_key(own)),
            _ => Known::Nothing,
        }
    }
}

fn select(known: &[Known], operands: &[Val<'_>]) -> Known {
    match (known[0], known[1], known[2]) {
        (Known::Truth(true), yes, _) => yes,
        (Known::Truth(false), _, no) => no,
        // The argument's branch is taken only where it is not -inf.
        (Known::IsNegInf(key), Known::Number(number), _)
            if number > f64::NEG_INFINITY && ffi::value_key(operands[2]) == key =>
        {
            Known::NotNegInf
        }
        (Known::IsNotNegInf(key), _, Known::Number(number))
            if number > f64::NEG_INFINITY && ffi::value_key(operands[1]) == key =>
        {
            Known::NotNegInf
        }
        (_, yes, no) if yes == no => yes,
        _ => Known::Nothing,
    }
}

fn compare_numbers(predicate: i64, lhs: f64, rhs: f64) -> Known {
    match predicate {
        1 | 8 => Known::Truth(lhs == rhs),
        2 | 9 => Known::Truth(lhs > rhs),
        3 | 10 => Known::Truth(lhs >= rhs),
        4 | 11 => Known::Truth(lhs < rhs),
        5 | 12 => Known::Truth(lhs <= rhs),
        6 | 13 => Known::Truth(lhs != rhs),
        _ => Known::Nothing,
    }
}

fn arithmetic(name: &str, known: &[Known]) -> Known {
    use Known::{NotNegInf, Nothing, Number};
    let number = match (name, known) {
        ("arith.subf", [Number(f64::NEG_INFINITY), NotNegInf]) => f64::NEG_INFINITY,
        ("arith.addf", [Number(f64::NEG_INFINITY), NotNegInf] | [NotNegInf, Number(f64::NEG_INFINITY)]) => {
            f64::NEG_INFINITY
        }
        ("arith.addf", [Number(lhs), Number(rhs)]) => lhs + rhs,
        ("arith.subf", [Number(lhs), Number(rhs)]) => lhs - rhs,
        ("arith.mulf", [Number(lhs), Number(rhs)]) => lhs * rhs,
        ("arith.divf", [Number(lhs), Number(rhs)]) => lhs / rhs,
        ("arith.maximumf" | "arith.maxnumf", [Number(lhs), Number(rhs)]) => lhs.max(*rhs),
        ("arith.minimumf" | "arith.minnumf", [Number(lhs), Number(rhs)]) => lhs.min(*rhs),
        ("arith.negf", [Number(value)]) => -value,
        ("arith.extf" | "arith.truncf", [Number(value)]) => *value,
        ("math.exp2", [Number(value)]) => value.exp2(),
        ("math.exp", [Number(value)]) => value.exp(),
        ("math.tanh", [Number(value)]) => value.tanh(),
        ("math.absf", [Number(value)]) => value.abs(),
        _ => return Nothing,
    };
    if number.is_nan() { Nothing } else { Number(number) }
}
