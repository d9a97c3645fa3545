//! The laws a certificate names: whether they are laws, under their conditions, and whether those it needs are there.

use super::{
    Broken,
    formula::{Formula, Number},
    program::{Program, identity},
};
use crate::pass::raise::derivation::Derivation;
use std::collections::HashMap;

/// The law of extra elements.
const START: &str = "max(e, max(x)) starts the running maximum at e";
/// The law of factors on old sums.
const RESCALE: &str = "w(new)/w(old) = exp2(g(new) - g(old)) for w = exp2(x + g)";
/// The law of several results.
const SEVERAL: &str = "results over the same weights are projections of one set of states";

/// Laws and the conditions they hold under.
const KNOWN: &[(&str, &[&str])] = &[
    ("exp(x) = exp2(x*log2(e))", &["always"]),
    ("sum(c*x) = c*sum(x)", &["c does not depend on the key"]),
    (
        "sum(x/c) = sum(x)/c",
        &[
            "c does not depend on the key, and is 0 only where every x is",
            "c does not depend on the key; assumed finite, and not 0 where an x is not",
        ],
    ),
    ("sum(select(p, x, y)) = select(p, sum(x), sum(y))", &["p does not depend on the key"]),
    ("sum(select(p, c*x, 0)) = select(any(p), c*sum(select(p, x, 0)), 0)", &["c does not depend on the key"]),
    ("sum((x + y)*v) = sum(x*v) + sum(y*v)", &["the terms have different row factors"]),
    ("exp2(x + c) = exp2(x)*exp2(c)", &["c does not depend on the key"]),
    ("max(c*x) = c*max(x)", &["c is positive"]),
    ("max(x + c) = max(x) + c", &["c does not depend on the key"]),
    ("all(x == -inf) = (max(x) == -inf)", &["the maximum of the same x is a state"]),
    (START, &["e does not depend on the key"]),
    (RESCALE, &["g does not depend on the key"]),
    (
        SEVERAL,
        &[
            "their statistics are the same expressions",
            "a contraction that they are computed from is the same expression",
        ],
    ),
    ("w*x + w*y = w*(x + y)", &["always"]),
    ("maxnum(x) = max(x)", &["a NaN in x makes the sums over the same x NaN"]),
    ("isnan(w/sum(w)) = not (sum(w) > 0)", &["w is an exponential"]),
    ("w/sum(w) is not infinite", &["w is an exponential"]),
    (
        "sum(exp2(x - select(|m| == inf, 0, m))) = select(m == -inf, 0, select(m == inf, inf, sum(exp2(x - m))))",
        &["m is the maximum of x over the keys"],
    ),
    ("sum(exp2(x - max(x))) is NaN where max(x) is -inf", &["every x is -inf there"]),
    ("(max(x) == -inf) = (sum(exp2(x - max(x))) == 0)", &["the largest x adds 1 to the sum"]),
    (
        "a reduction over a concatenation is the combination of the reductions over its parts",
        &["the combiner is associative and commutative"],
    ),
    (
        "a reduction over a part of the keys is one over all keys of the identity elsewhere",
        &["the parts do not overlap"],
    ),
    ("a part of the scores is a choice by its index", &["always"]),
    ("a table read at a computed place is an operand", &["the place depends on indices only"]),
    (
        "an operand of a contraction that is more than a load is computed before",
        &["it does not depend on query and key at once"],
    ),
];

/// Checks the laws of a derivation against the formulas.
pub fn check(program: &Program, derivation: &Derivation) -> Vec<Broken> {
    let mut broken = vec![];
    for law in &derivation.laws {
        match KNOWN.iter().find(|(known, _)| *known == law.law) {
            None => broken.push(Broken::new(&law.law, "no law that is known")),
            Some((_, conditions)) if !conditions.contains(&law.condition.as_str()) => {
                let what = format!("the condition '{}' is not the one it holds under", law.condition);
                broken.push(Broken::new(&law.law, what));
            }
            Some(_) => {}
        }
    }
    let named = |law: &str| derivation.laws.iter().any(|own| own.law == law);
    let mut need = |law: &str, why: String| {
        if !named(law) {
            broken.push(Broken::new(law, why));
        }
    };
    for (number, state) in program.states.iter().enumerate() {
        if uses(program, &state.rescale, |name| name.starts_with('x')) {
            need(RESCALE, format!("state x{number} is rescaled without this law and its side condition"));
        }
        let started = match (&state.init, identity(&state.combine)) {
            (Formula::Number(number), Some(identity)) => !(*number == identity || zero(*number) && zero(identity)),
            (_, Some(_)) => true,
            (_, None) => false,
        };
        if started {
            need(START, format!("state x{number} does not start at the identity of '{}'", state.combine));
        }
    }
    if program.results.len() > 1 {
        need(SEVERAL, format!("there are {} results", program.results.len()));
    }
    // The side conditions that formulas show by themselves.
    for (number, state) in program.states.iter().enumerate() {
        let keyed = |name: &str| *name == program.key || name.starts_with('s') && name[1..].parse::<usize>().is_ok();
        if uses(program, &state.rescale, keyed) {
            broken.push(Broken::new(RESCALE, format!("the factor of x{number} depends on the key")));
        }
        if uses(program, &state.init, keyed) {
            broken.push(Broken::new(START, format!("the start of x{number} depends on the key")));
        }
    }
    broken
}

fn zero(number: Number) -> bool {
    matches!(number, Number::Int(_) | Number::Float(_)) && number.float() == 0.0
}

/// Whether a formula uses a name.
fn uses(program: &Program, formula: &Formula, want: impl Fn(&str) -> bool) -> bool {
    let definitions: &HashMap<String, Formula> = &program.definitions;
    let mut names = vec![];
    formula.names(definitions, &mut names);
    names.iter().any(|name| want(name))
}
