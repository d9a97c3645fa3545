//! Maxima that are looked for only where they are needed.
//!
//! Before:  every step takes the maximum of its scores, and scales sums and accumulators by how much the running one grew
//! After:   a step subtracts the maximum that the tile's first steps found. Weights may grow beyond 1 by that, not beyond what floats
//!          hold: where a warp's sums say that they would, it takes its scores' maximum after all
//!
//! This is right for any maximum: states are scaled from one to another by the program's own factors, which is what makes them
//! states ([`crate::dialect`]). Only results must not tell which it was: each is a ratio of what is scaled alike ([`ratios`]).
//! A warp that needs its scores again multiplies them itself, with `mma.sync`: the warpgroup's own are weights by then.

use super::{Plan, Source, Use, flat::KeyLoop};
use crate::{
    ffi,
    gpu::nest::{Contraction, Generic, is_zero_fill},
    ir::{self, Op, Val},
};
use std::collections::HashMap;

/// Sums of a thread's weights in a step that are still right: weights of single keys are no larger then, and have the digits they always
/// have; where they become f16, fewer fit.
const LIMIT: f64 = 4_294_967_296.0;
const LIMIT_F16: f64 = 32_768.0;

/// What a body does with its scores' maximum.
#[derive(Clone)]
pub struct Lazy<'c> {
    /// The maximum over a step's scores.
    pub own: Op<'c>,
    /// The state that is the running maximum, and the one that sums the weights.
    pub reference: usize,
    pub sum: usize,
    /// Ops that convert weights to operands.
    pub converts: Vec<Op<'c>>,
    /// What a thread's weights may sum up to in a step.
    pub limit: f64,
}

impl<'c> Lazy<'c> {
    /// Reads the body that all key loops of a kernel run; `after` is what follows the loops.
    pub fn of(plan: &Plan<'c>, key: &KeyLoop<'c>, after: &[Op<'c>], results: &[Val<'c>]) -> Option<Self> {
        let [early] = &key.rotation.early[..] else { return None };
        if !plan.schedule.distribute.lazy_maxima || !key.rotation.captures.is_empty() || !warps_can(plan, early) {
            return None;
        }
        let own = |op: &Op<'c>| extremum(*op).is_some_and(|score| derives(score, early.result));
        let maxima: Vec<_> = key.order.0.iter().copied().filter(own).collect();
        let [own] = maxima[..] else { return None };
        let (arguments, last) = (ir::arguments(key.body), ir::ops(key.body).pop()?);
        let yielded = ir::operands(last);
        let result = ir::results(own)[0];
        let joins = |state: usize| joins(result, arguments[1 + state]);
        let reference = (0..yielded.len()).find(|state| !key.rotation.is_late(*state) && joins(*state))?;
        let lefts: Vec<_> = key.rotation.late.iter().flat_map(|(_, late)| late.lhs.clone()).collect();
        let convert = |left: Val<'c>| {
            let generic = Generic::read(ffi::defining_op(left)?).ok()?;
            let [value] = ir::operands(ir::ops(generic.body).pop()?)[..] else { return None };
            let cast = ffi::defining_op(value).filter(|op| ir::name(*op) == "arith.truncf")?;
            (generic.inputs.len() == 1 && ir::operands(cast)[0] == ir::arguments(generic.body)[0])
                .then_some((generic.op, generic.inputs[0]))
        };
        let converted: Vec<_> = lefts.into_iter().map(convert).collect::<Option<_>>()?;
        let weights = converted.first()?.1;
        let sums = |state: usize| {
            let generic = ffi::defining_op(yielded[state]).and_then(|op| Generic::read(op).ok())?;
            let adds = ffi::defining_op(*ir::operands(ir::ops(generic.body).pop()?).first()?)?;
            let plain = ir::name(adds) == "arith.addf" && generic.inputs == [weights] && generic.is_reduction();
            let both = ir::operands(adds).iter().all(|value| ir::arguments(generic.body).contains(value));
            (plain && both && plan.factor(generic.outputs[0], arguments[1 + state]).is_some()).then_some(())
        };
        let sum = (0..yielded.len()).find(|state| !key.rotation.is_late(*state) && sums(*state).is_some())?;
        let exponential = ffi::defining_op(weights).and_then(|op| Generic::read(op).ok()).and_then(|generic| {
            let value = *ir::operands(ir::ops(generic.body).pop()?).first()?;
            ffi::defining_op(value).filter(|op| matches!(ir::name(*op), "math.exp2" | "math.exp"))
        });
        // Scores that are computed by other functions keep the units busy that maxima leave alone.
        let functions = key.order.0.iter().flat_map(|op| ir::walk(*op)).filter(|op| ir::name(*op).starts_with("math."));
        let functions = functions.filter(|op| !matches!(ir::name(*op), "math.exp2" | "math.exp")).count();
        let inits: Vec<_> = key.rotation.late.iter().map(|(_, late)| late.init).collect();
        let scales = key.order.1.iter().all(|op| ir::results(*op).iter().all(|value| inits.contains(value)));
        // Every other state is a sum of the same weights.
        let all = yielded.len() == 2 + key.rotation.late.len() && converted.iter().all(|(_, own)| *own == weights);
        let mut scaled: HashMap<usize, Degree> =
            results.iter().map(|value| (ffi::value_key(*value), Degree::Of(1))).collect();
        scaled.insert(ffi::value_key(results[reference]), Degree::Mixed);
        let f16 = |op: &Op<'c>| ffi::element_type(ir::type_of(ir::results(*op)[0])).to_string() == "f16";
        let limit = if converted.iter().any(|(op, _)| f16(op)) { LIMIT_F16 } else { LIMIT };
        let converts = converted.into_iter().map(|(op, _)| op).collect();
        (exponential.is_some() && functions == 0 && scales && all && ratios(after, scaled)).then_some(Self {
            own,
            reference,
            sum,
            converts,
            limit,
        })
    }
}

/// Whether warps can multiply a contraction's tiles on their own.
fn warps_can<'c>(plan: &Plan<'c>, early: &Contraction<'c>) -> bool {
    let ([left], [right]) = (&early.lhs[..], &early.rhs[..]) else { return false };
    let by_engine = |value: Val<'c>| {
        let staged = plan.staged(value);
        staged.is_some_and(|staged| staged.used == Use::Operand && matches!(staged.source, Source::Tma(_)))
    };
    let alike = plan.staged(*left).map(|tile| (tile.shared.swizzle, tile.shared.chunks()))
        == plan.staged(*right).map(|tile| (tile.shared.swizzle, tile.shared.chunks()));
    let shaped = early.lhs_inner && early.rhs_inner && early.sizes[1] % 16 == 0 && is_zero_fill(early.init);
    alike && shaped && by_engine(*left) && by_engine(*right)
}

/// What an op takes the maximum of, if it is one over a step's columns that starts from -inf.
fn extremum(op: Op<'_>) -> Option<Val<'_>> {
    let generic = (ir::name(op) == "linalg.generic").then(|| Generic::read(op).ok())??;
    let ([input], [output]) = (&generic.inputs[..], &generic.outputs[..]) else { return None };
    let combine = ffi::defining_op(*ir::operands(ir::ops(generic.body).pop()?).first()?)?;
    let fill = ffi::defining_op(*output).filter(|op| ir::name(*op) == "linalg.fill")?;
    let low = ffi::defining_op(ir::operands(fill)[0]).and_then(|op| ir::float_attr(ir::attr(op, "value")?))?;
    let arguments = ir::arguments(generic.body);
    let plain = ir::operands(combine).iter().all(|value| arguments.contains(value));
    let is_max = matches!(ir::name(combine), "arith.maximumf" | "arith.maxnumf");
    (generic.is_reduction() && plain && is_max && low == f64::NEG_INFINITY).then_some(*input)
}

/// Whether a tile is computed from another.
fn derives<'c>(value: Val<'c>, from: Val<'c>) -> bool {
    value == from
        || ffi::defining_op(value).is_some_and(|op| {
            ir::name(op) == "linalg.generic" && ir::operands(op).into_iter().any(|operand| derives(operand, from))
        })
}

/// Whether a step's maximum is read by nothing but maxima of it and a state.
fn joins<'c>(own: Val<'c>, state: Val<'c>) -> bool {
    ffi::uses(own).into_iter().all(|(user, operand)| {
        let Ok(generic) = Generic::read(user) else { return false };
        let values: Vec<_> = generic.inputs.iter().chain(&generic.outputs).copied().collect();
        let arguments = ir::arguments(generic.body);
        let Some(other) = values.iter().position(|value| *value == state) else { return false };
        ffi::uses(arguments[operand]).into_iter().all(|(inner, _)| {
            matches!(ir::name(inner), "arith.maximumf" | "arith.maxnumf")
                && ir::operands(inner).iter().all(|value| [arguments[operand], arguments[other]].contains(value))
        })
    })
}

/// How a value changes where all sums are scaled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Degree {
    /// 0 whatever the scale.
    Zero,
    /// As so many factors.
    Of(i32),
    /// In no such way.
    Mixed,
}

impl Degree {
    fn times(self, other: Self, sign: i32) -> Self {
        match (self, other) {
            (Self::Mixed, _) | (_, Self::Mixed) => Self::Mixed,
            (Self::Of(a), Self::Of(b)) => Self::Of(a + sign * b),
            (Self::Zero, _) => Self::Zero,
            (_, Self::Zero) => {
                if sign > 0 {
                    Self::Zero
                } else {
                    Self::Mixed
                }
            }
        }
    }

    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Zero, other) | (other, Self::Zero) => other,
            (a, b) if a == b => a,
            _ => Self::Mixed,
        }
    }
}

/// Whether everything that is stored is the same however the sums are scaled.
fn ratios<'c>(after: &[Op<'c>], mut known: HashMap<usize, Degree>) -> bool {
    for op in after {
        let degree = |value: Val<'c>| match known.get(&ffi::value_key(value)) {
            Some(known) => *known,
            None => constant(value).unwrap_or(Degree::Of(0)),
        };
        if ir::name(*op) == "scf.forall.in_parallel" {
            let stores = ir::body(*op, 0).map(ir::ops).unwrap_or_default();
            if stores.iter().any(|store| !matches!(degree(ir::operands(*store)[0]), Degree::Of(0) | Degree::Zero)) {
                return false;
            }
            continue;
        }
        let inside = ir::walk(*op).into_iter().flat_map(ir::operands);
        let outer = ir::operands(*op).into_iter().chain(inside);
        let plain = outer
            .filter(|value| known.contains_key(&ffi::value_key(*value)))
            .all(|value| degree(value) == Degree::Of(0));
        let generic = Generic::read(*op)
            .ok()
            .filter(|generic| ir::name(generic.op) == "linalg.generic" && !generic.is_reduction());
        let results: Vec<_> = match generic {
            Some(generic) => {
                let values = generic.inputs.iter().chain(&generic.outputs);
                let mut inner: HashMap<usize, Degree> = ir::arguments(generic.body)
                    .into_iter()
                    .zip(values)
                    .map(|(argument, value)| (ffi::value_key(argument), degree(*value)))
                    .collect();
                for inside in ir::ops(generic.body) {
                    let made = of_op(inside, &inner);
                    inner.extend(ir::results(inside).into_iter().map(|result| (ffi::value_key(result), made)));
                }
                let yields = ir::ops(generic.body).pop().map(ir::operands).unwrap_or_default();
                yields
                    .into_iter()
                    .map(|value| inner.get(&ffi::value_key(value)).copied().unwrap_or(Degree::Of(0)))
                    .collect()
            }
            None => vec![if plain { Degree::Of(0) } else { Degree::Mixed }; ir::results(*op).len()],
        };
        known.extend(ir::results(*op).into_iter().map(ffi::value_key).zip(results));
    }
    true
}

/// The degree of a constant, or of a tile that is filled with one.
fn constant(value: Val<'_>) -> Option<Degree> {
    let op = ffi::defining_op(value)?;
    match ir::name(op) {
        "arith.constant" => {
            let number = ir::float_attr(ir::attr(op, "value")?)?;
            Some(if number == 0.0 { Degree::Zero } else { Degree::Of(0) })
        }
        "linalg.fill" => constant(ir::operands(op)[0]),
        _ => None,
    }
}

fn of_op(op: Op<'_>, known: &HashMap<usize, Degree>) -> Degree {
    let operands = ir::operands(op);
    let of = |at: usize| match known.get(&ffi::value_key(operands[at])) {
        Some(known) => *known,
        None => constant(operands[at]).unwrap_or(Degree::Of(0)),
    };
    match ir::name(op) {
        "arith.constant" => ir::results(op).first().and_then(|value| constant(*value)).unwrap_or(Degree::Of(0)),
        "arith.mulf" => of(0).times(of(1), 1),
        "arith.divf" => of(0).times(of(1), -1),
        "arith.addf" | "arith.subf" | "arith.maximumf" | "arith.maxnumf" | "arith.minimumf" | "arith.minnumf" => {
            of(0).plus(of(1))
        }
        "arith.select" if of(0) == Degree::Of(0) => of(1).plus(of(2)),
        "arith.truncf" | "arith.extf" | "arith.negf" | "math.absf" => of(0),
        // A sum is compared with 0, or with another one.
        "arith.cmpf" if of(0).plus(of(1)) != Degree::Mixed => Degree::Of(0),
        _ if (0..operands.len()).all(|at| of(at) == Degree::Of(0)) => Degree::Of(0),
        _ => Degree::Mixed,
    }
}
