//! Running an online program on numbers: the oracle of the derivation's tests and of a fusion certificate.

use super::derive::{OLD, Plan, SCORE};
use crate::algebra::{
    Arena, Id, Kind,
    interp::{Env, Value, evaluate},
};
use std::collections::HashMap;

/// The outputs of the program at one point, visiting the keys in blocks of `block` as a kernel does: a block's
/// extrema first, then the sums, each old sum times its factor.
///
/// `None` when an expression has no value here, such as a function the interpreter does not know.
pub fn simulate(arena: &Arena, plan: &Plan, env: &Env<'_>, block: i64) -> Option<Vec<f64>> {
    let extent = arena.dim_info(plan.key).extent;
    let mut states = vec![];
    for state in &plan.states {
        states.push(value(arena, state.init, env, None, &[], &[], &[])?);
    }
    let mut start = 0;
    while start < extent {
        let keys: Vec<i64> = (start..(start + block).min(extent)).collect();
        let mut scores = vec![];
        for key in &keys {
            let mut own = vec![];
            for score in &plan.scores {
                own.push(value(arena, *score, env, Some((plan, *key)), &[], &[], &[])?);
            }
            scores.push(own);
        }
        let old = states.clone();
        for (at, state) in plan.states.iter().enumerate() {
            let mut total = match state.kind {
                Kind::Sum => {
                    let factor = value(arena, state.rescale, env, None, &[], &states, &old)?;
                    // Nothing times an undefined factor is still nothing.
                    let kept = if old[at].float() == 0.0 { 0.0 } else { old[at].float() * factor.float() };
                    Value::Float(kept)
                }
                _ => old[at],
            };
            for (key, scores) in keys.iter().zip(&scores) {
                let lifted = value(arena, state.lift, env, Some((plan, *key)), scores, &states, &[])?;
                total = match state.kind {
                    Kind::Sum => {
                        let weight = match state.value {
                            Some(operand) => value(arena, operand, env, Some((plan, *key)), &[], &[], &[])?.float(),
                            None => 1.0,
                        };
                        Value::Float(total.float() + lifted.float() * weight)
                    }
                    Kind::Prod => Value::Float(total.float() * lifted.float()),
                    Kind::Max => Value::Float(total.float().max(lifted.float())),
                    Kind::Min => Value::Float(total.float().min(lifted.float())),
                    Kind::And => Value::Bool(total == Value::Bool(true) && lifted == Value::Bool(true)),
                    Kind::Or => Value::Bool(total == Value::Bool(true) || lifted == Value::Bool(true)),
                };
            }
            states[at] = total;
        }
        start += block;
    }
    plan.outputs.iter().map(|output| value(arena, *output, env, None, &[], &states, &[]).map(Value::float)).collect()
}

fn value(
    arena: &Arena,
    id: Id,
    env: &Env<'_>,
    at: Option<(&Plan, i64)>,
    scores: &[Value],
    new: &[Value],
    old: &[Value],
) -> Option<Value> {
    let atom = |number: u32| {
        let found = match number {
            SCORE.. => scores.get((number - SCORE) as usize),
            OLD.. => old.get((number - OLD) as usize),
            _ => new.get(number as usize),
        };
        found.copied().unwrap_or(Value::Float(f64::NAN))
    };
    let mut places: HashMap<_, _> = env.at.clone();
    if let Some((plan, key)) = at {
        places.insert(plan.key, key);
    }
    evaluate(arena, id, &mut Env { load: env.load, atom: &atom, at: places })
}

#[cfg(test)]
mod tests {
    use super::super::{derivation::Laws, derive, prepare};
    use super::*;
    use crate::algebra::{DimId, Func, Node, Role, TensorId, TensorInfo, Ty};
    use proptest::prelude::*;

    const KEYS: i64 = 7;

    /// A row of attention: tensor 0 is a score per key, 1 a value per key, 2 a second score, 3 a scalar.
    struct Row {
        arena: Arena,
        key: DimId,
    }

    impl Row {
        fn new() -> Self {
            let mut arena = Arena::new();
            for key in 0..4 {
                arena.tensors.push(TensorInfo {
                    key,
                    shape: vec![KEYS],
                    ty: Ty::Float,
                    float_bits: 32,
                    bits: 0,
                    scalar: false,
                });
            }
            let key = arena.dim(Role::Key, 0, KEYS).expect("a dimension");
            Self { arena, key }
        }

        fn at(&mut self, tensor: u32) -> Id {
            let index = self.arena.index(self.key);
            self.arena.load(TensorId(tensor), vec![index])
        }

        fn scalar(&mut self) -> Id {
            let zero = self.arena.int(0);
            self.arena.load(TensorId(3), vec![zero])
        }

        fn reduce(&mut self, kind: Kind, body: Id) -> Id {
            self.arena.reduce(kind, &[self.key], None, body)
        }

        fn exp(&mut self, x: Id) -> Id {
            self.arena.call1(Func::Exp, x)
        }

        /// softmax(x) at a key, stable
        fn softmax(&mut self, x: Id) -> Id {
            let maximum = self.reduce(Kind::Max, x);
            let shifted = self.arena.sub(x, maximum);
            let weight = self.exp(shifted);
            let total = self.reduce(Kind::Sum, weight);
            self.arena.div(weight, total)
        }

        fn dot(&mut self, weight: Id) -> Id {
            let value = self.at(1);
            let product = self.arena.mul(weight, value);
            self.reduce(Kind::Sum, product)
        }

        /// The online program and the direct reading agree on these numbers.
        fn check(&mut self, root: Id, x: &[f64], v: &[f64], y: &[f64], s: f64) -> Result<(), TestCaseError> {
            let mut laws = Laws::default();
            let roots = prepare::split_concatenations(&mut self.arena, &[root], &mut laws).expect("splits");
            let roots = prepare::normalized_facts(&mut self.arena, &roots, &mut laws);
            let plan = derive::derive(&mut self.arena, self.key, &roots, &mut laws).expect("an online form");
            let load = |tensor: TensorId, at: &[i64]| {
                let at = at[0] as usize;
                Value::Float(match tensor.0 {
                    0 => x[at],
                    1 => v[at],
                    2 => y[at],
                    _ => s,
                })
            };
            let none = |_: u32| Value::Float(f64::NAN);
            let mut env = Env { load: &load, atom: &none, at: HashMap::new() };
            let direct = evaluate(&self.arena, root, &mut env).expect("a value").float();
            for block in [1, 3, KEYS] {
                let online = simulate(&self.arena, &plan, &env, block).expect("values")[0];
                let close = (online - direct).abs() <= 1e-9 * (1.0 + direct.abs());
                prop_assert!(close || (online.is_nan() && direct.is_nan()), "{online} for {direct}");
            }
            Ok(())
        }
    }

    fn numbers() -> impl Strategy<Value = Vec<f64>> {
        proptest::collection::vec(-20.0..20.0f64, KEYS as usize)
    }

    proptest! {
        #[test]
        fn softmax_is_online(x in numbers(), v in numbers()) {
            let mut row = Row::new();
            let score = row.at(0);
            let weight = row.softmax(score);
            let root = row.dot(weight);
            row.check(root, &x, &v, &x, 0.0)?;
        }

        #[test]
        fn differences_of_maps_are_online(x in numbers(), v in numbers(), y in numbers(), s in -2.0..2.0f64) {
            let mut row = Row::new();
            let (a, b) = (row.at(0), row.at(2));
            let (a, b) = (row.softmax(a), row.softmax(b));
            let factor = row.scalar();
            let b = row.arena.mul(factor, b);
            let difference = row.arena.sub(a, b);
            let root = row.dot(difference);
            row.check(root, &x, &v, &y, s)?;
        }

        #[test]
        fn an_extra_logit_is_online(x in numbers(), v in numbers(), s in -20.0..20.0f64) {
            let mut row = Row::new();
            let (score, extra) = (row.at(0), row.scalar());
            let maximum = row.reduce(Kind::Max, score);
            let maximum = row.arena.extremum(Func::MaxF, maximum, extra);
            let shifted = row.arena.sub(score, maximum);
            let weight = row.exp(shifted);
            let total = row.reduce(Kind::Sum, weight);
            let shifted = row.arena.sub(extra, maximum);
            let alone = row.exp(shifted);
            let total = row.arena.add(total, alone);
            let weight = row.arena.div(weight, total);
            let root = row.dot(weight);
            row.check(root, &x, &v, &x, s)?;
        }

        #[test]
        fn a_logarithm_of_the_sum_in_the_exponent_is_online(x in numbers(), v in numbers()) {
            let mut row = Row::new();
            let score = row.at(0);
            let maximum = row.reduce(Kind::Max, score);
            let shifted = row.arena.sub(score, maximum);
            let weight = row.exp(shifted);
            let total = row.reduce(Kind::Sum, weight);
            let log = row.arena.call1(Func::Log, total);
            let lse = row.arena.add(log, maximum);
            let shifted = row.arena.sub(score, lse);
            let weight = row.exp(shifted);
            let root = row.dot(weight);
            row.check(root, &x, &v, &x, 0.0)?;
        }

        #[test]
        fn a_guarded_row_is_online(x in numbers(), v in numbers(), dead in any::<bool>()) {
            let x: Vec<f64> = if dead { vec![f64::NEG_INFINITY; KEYS as usize] } else { x };
            let mut row = Row::new();
            let score = row.at(0);
            let weight = row.softmax(score);
            let low = row.arena.float(f64::NEG_INFINITY);
            let masked = row.arena.compare_float(1, score, low);
            let all = row.reduce(Kind::And, masked);
            let zero = row.arena.float(0.0);
            let weight = row.arena.select(all, zero, weight);
            let root = row.dot(weight);
            // The direct reading of a dead row selects 0 before it multiplies.
            if dead {
                return Ok(());
            }
            row.check(root, &x, &v, &x, 0.0)?;
        }

        #[test]
        fn no_normalizer_is_online(x in numbers(), v in numbers()) {
            let mut row = Row::new();
            let score = row.at(0);
            let negative = row.arena.scale(-1.0, score);
            let exponential = row.exp(negative);
            let one = row.arena.float(1.0);
            let below = row.arena.add(one, exponential);
            let weight = row.arena.div(one, below);
            let root = row.dot(weight);
            row.check(root, &x, &v, &x, 0.0)?;
        }
    }

    #[test]
    fn a_mean_in_the_weight_is_refused() {
        let mut row = Row::new();
        let score = row.at(0);
        let total = row.reduce(Kind::Sum, score);
        let mean = row.arena.scale(1.0 / KEYS as f64, total);
        let shifted = row.arena.sub(score, mean);
        let zero = row.arena.float(0.0);
        let weight = row.arena.extremum(Func::MaxF, shifted, zero);
        let root = row.dot(weight);
        let refused = derive::derive(&mut row.arena, row.key, &[root], &mut Laws::default());
        assert!(refused.is_err_and(|refused| refused.reason.contains("rescaled")));
    }

    #[test]
    fn squared_distances_become_contractions() {
        let mut arena = Arena::new();
        for key in 0..2 {
            let (shape, ty) = (vec![KEYS, 3], Ty::Float);
            arena.tensors.push(TensorInfo { key, shape, ty, float_bits: 32, bits: 0, scalar: false });
        }
        let (query, key) = (arena.dim(Role::Free, 0, 5).expect("dim"), arena.dim(Role::Key, 0, KEYS).expect("dim"));
        let inner = arena.dim(Role::Inner, 0, 3).expect("dim");
        let (m, n, c) = (arena.index(query), arena.index(key), arena.index(inner));
        let (a, b) = (arena.load(TensorId(0), vec![m, c]), arena.load(TensorId(1), vec![n, c]));
        let difference = arena.sub(a, b);
        let square = arena.product(&[(difference, 2)]);
        let distance = arena.reduce(Kind::Sum, &[inner], None, square);
        let (terms, _) = arena.sum_parts(distance);
        assert_eq!(terms.len(), 3, "{}", arena.show(distance));
        assert!(terms.iter().all(|(term, _)| matches!(arena.node(*term), Node::Reduce { .. })));
    }
}
