//! Proves that a key whose every score is -inf changes no state, by evaluating the lift region there.

use crate::{
    dialect::ops::{self, Combine, Fused},
    ffi,
    ir::{self, Val},
    pass::tile::program::{Node, Programs, constant},
};
use std::collections::HashMap;

/// What is known of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known {
    Number(f64),
    Truth(bool),
    /// A float that is not -inf.
    NotNegInf,
    /// Where this argument equals -inf.
    IsNegInf(usize),
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
        let added = prover.evaluate(lift);
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
        let boolean = ir::type_of(value).to_string() == "i1";
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
                        compare(predicate, &known, &operands)
                    }
                    "arith.xori" => match (known[0], known[1]) {
                        (Known::Truth(lhs), Known::Truth(rhs)) => Known::Truth(lhs != rhs),
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

fn select(known: &[Known], operands: &[Val<'_>]) -> Known {
    match (known[0], known[1], known[2]) {
        (Known::Truth(true), yes, _) => yes,
        (Known::Truth(false), _, no) => no,
        // The other branch is taken only where the argument is not -inf.
        (Known::IsNegInf(key), Known::Number(number), _)
            if number > f64::NEG_INFINITY && ffi::value_key(operands[2]) == key =>
        {
            Known::NotNegInf
        }
        (_, yes, no) if yes == no => yes,
        _ => Known::Nothing,
    }
}

/// `arith.cmpf`, by its predicate's number.
fn compare(predicate: i64, known: &[Known], operands: &[Val<'_>]) -> Known {
    match (known[0], known[1]) {
        (Known::Number(lhs), Known::Number(rhs)) => match predicate {
            1 | 8 => Known::Truth(lhs == rhs),
            2 | 9 => Known::Truth(lhs > rhs),
            3 | 10 => Known::Truth(lhs >= rhs),
            4 | 11 => Known::Truth(lhs < rhs),
            5 | 12 => Known::Truth(lhs <= rhs),
            6 | 13 => Known::Truth(lhs != rhs),
            _ => Known::Nothing,
        },
        (_, Known::Number(f64::NEG_INFINITY)) if predicate == 1 => Known::IsNegInf(ffi::value_key(operands[0])),
        (Known::Number(f64::NEG_INFINITY), _) if predicate == 1 => Known::IsNegInf(ffi::value_key(operands[1])),
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
