//! The constructors change how an expression is written, never what it is.

use super::{
    Arena, DimId, Func, Id, Kind, Role, Ty,
    interp::{Env, Value, evaluate},
};
use proptest::prelude::*;
use std::collections::HashMap;

/// An integer expression as it was asked for.
#[derive(Clone, Debug)]
enum Int {
    Dim(usize),
    Constant(i64),
    Add(Box<Int>, Box<Int>),
    Scale(i64, Box<Int>),
    Div(Box<Int>, i64),
    Mod(Box<Int>, i64),
    Pick(Box<Int>, i64, Box<Int>, Box<Int>),
}

const EXTENTS: [i64; 3] = [4, 6, 1];

fn int() -> impl Strategy<Value = Int> {
    let leaf = prop_oneof![(0..EXTENTS.len()).prop_map(Int::Dim), (-9..10i64).prop_map(Int::Constant)];
    leaf.prop_recursive(5, 24, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        prop_oneof![
            (boxed(), boxed()).prop_map(|(a, b)| Int::Add(a, b)),
            (-7..8i64, boxed()).prop_map(|(c, a)| Int::Scale(c, a)),
            (boxed(), 1..9i64).prop_map(|(a, c)| Int::Div(a, c)),
            (boxed(), 1..9i64).prop_map(|(a, c)| Int::Mod(a, c)),
            (boxed(), -9..10i64, boxed(), boxed()).prop_map(|(a, c, x, y)| Int::Pick(a, c, x, y)),
        ]
    })
}

impl Int {
    fn build(&self, arena: &mut Arena, dims: &[DimId]) -> Id {
        match self {
            Self::Dim(dim) => arena.index(dims[*dim]),
            Self::Constant(value) => arena.int(*value),
            Self::Add(a, b) => {
                let (a, b) = (a.build(arena, dims), b.build(arena, dims));
                arena.add_int(a, b)
            }
            Self::Scale(c, a) => {
                let a = a.build(arena, dims);
                arena.linear(&[(a, *c)], 0)
            }
            Self::Div(a, c) => {
                let a = a.build(arena, dims);
                arena.floor_div(a, *c)
            }
            Self::Mod(a, c) => {
                let a = a.build(arena, dims);
                arena.modulo(a, *c)
            }
            Self::Pick(a, c, x, y) => {
                let (a, c) = (a.build(arena, dims), arena.int(*c));
                let (x, y) = (x.build(arena, dims), y.build(arena, dims));
                // slt
                let less = arena.compare_int(2, a, c);
                arena.select(less, x, y)
            }
        }
    }

    fn value(&self, at: &[i64]) -> i64 {
        match self {
            Self::Dim(dim) => at[*dim],
            Self::Constant(value) => *value,
            Self::Add(a, b) => a.value(at) + b.value(at),
            Self::Scale(c, a) => c * a.value(at),
            Self::Div(a, c) => a.value(at).div_euclid(*c),
            Self::Mod(a, c) => a.value(at).rem_euclid(*c),
            Self::Pick(a, c, x, y) => {
                if a.value(at) < *c {
                    x.value(at)
                } else {
                    y.value(at)
                }
            }
        }
    }
}

fn run(arena: &Arena, id: Id, at: &HashMap<DimId, i64>) -> Option<Value> {
    let load = |_: super::TensorId, _: &[i64]| Value::Float(0.0);
    let atom = |number: u32| Value::Float(f64::from(number) - 1.5);
    evaluate(arena, id, &mut Env { load: &load, atom: &atom, at: at.clone() })
}

proptest! {
    #[test]
    fn integers_keep_their_value_and_their_range(expression in int()) {
        let mut arena = Arena::new();
        let dims: Vec<DimId> = EXTENTS
            .iter()
            .enumerate()
            .map(|(at, extent)| arena.dim(Role::Free, at as u32, *extent).expect("a dimension"))
            .collect();
        let id = expression.build(&mut arena, &dims);
        let range = arena.range(id);
        for a in 0..EXTENTS[0] {
            for b in 0..EXTENTS[1] {
                let places = HashMap::from([(dims[0], a), (dims[1], b), (dims[2], 0)]);
                let expected = expression.value(&[a, b, 0]);
                prop_assert_eq!(run(&arena, id, &places), Some(Value::Int(expected)), "{}", arena.show(id));
                if let Some((low, high)) = range {
                    prop_assert!((low..=high).contains(&expected), "{} outside of {low}..={high}", expected);
                }
            }
        }
    }

    #[test]
    fn floats_keep_their_value(steps in proptest::collection::vec((0..6u8, 0..8usize, 0..8usize, -3.0..3.0f64), 1..12)) {
        let mut arena = Arena::new();
        let mut made: Vec<(Id, f64)> =
            (0..3u32).map(|number| (arena.atom(number, Ty::Float), f64::from(number) - 1.5)).collect();
        for (step, a, b, c) in steps {
            let ((x, xv), (y, yv)) = (made[a % made.len()], made[b % made.len()]);
            let next = match step {
                0 => (arena.add(x, y), xv + yv),
                1 => (arena.mul(x, y), xv * yv),
                2 => (arena.scale(c, x), c * xv),
                3 => (arena.sub(x, y), xv - yv),
                4 => (arena.extremum(Func::MaxF, x, y), xv.max(yv)),
                _ => {
                    let zero = arena.float(0.0);
                    let (less, low) = (arena.compare_float(4, x, zero), arena.float(c));
                    (arena.select(less, low, y), if xv < 0.0 { c } else { yv })
                }
            };
            if next.1.is_finite() && next.1.abs() < 1e6 {
                made.push(next);
            }
        }
        for (id, expected) in made {
            let found = run(&arena, id, &HashMap::new()).map(Value::float);
            // Near 0 a comparison may fall either way after terms were collected.
            let close = found.is_some_and(|found| (found - expected).abs() <= 1e-6 * (1.0 + expected.abs()));
            prop_assert!(close || steps_near_zero(&arena, id), "{found:?} for {expected}: {}", arena.show(id));
        }
    }
}

/// Whether a comparison inside is decided by rounding.
fn steps_near_zero(arena: &Arena, id: Id) -> bool {
    arena.collect(&[id], |arena, id| matches!(arena.node(id), super::Node::Call(Func::CmpF(_), _))).iter().any(|id| {
        let sides: Vec<f64> = arena
            .children(*id)
            .iter()
            .filter_map(|side| run(arena, *side, &HashMap::new()).map(Value::float))
            .collect();
        sides.len() == 2 && (sides[0] - sides[1]).abs() < 1e-6
    })
}

/// Whether `l` stands in a relation (a signed predicate of `arith.cmpi`) to `r`.
fn related(predicate: i64, l: i64, r: i64) -> bool {
    [l == r, l != r, l < r, l <= r, l > r, l >= r][predicate as usize]
}

proptest! {
    #[test]
    fn integer_sums_have_a_closed_form(
        (p, q) in (0..6i64, 0..6i64),
        (s, t) in (prop_oneof![Just(-1i64), Just(1)], -2..3i64),
        (c, d) in (-6..7i64, -6..7i64),
        (x, y, z) in (-3..4i64, -3..4i64, -3..4i64),
        (cut, either) in (0..7i64, any::<bool>()),
    ) {
        let mut arena = Arena::new();
        let (row, key) = (arena.dim(Role::Free, 0, 5).expect("dim"), arena.dim(Role::Inner, 0, 7).expect("dim"));
        let (i, k) = (arena.index(row), arena.index(key));
        let numbers = [c, d, x, y, z].map(|number| arena.int(number));
        let place = arena.linear(&[(k, s), (i, t)], 0);
        let (first, second) = (arena.compare_int(p, place, numbers[0]), arena.compare_int(q, k, numbers[1]));
        let both = if either { arena.or(first, second) } else { arena.and(first, second) };
        let joined = arena.switch(k, vec![cut], vec![numbers[2], numbers[3]]);
        let body = arena.select(both, joined, numbers[4]);
        let sum = arena.reduce(Kind::Sum, &[key], None, body);
        let reduces = arena.flags(sum).reduces;
        prop_assert!(!reduces, "{}", arena.show(sum));
        for i in 0..5 {
            let point = |k: i64| {
                let (first, second) = (related(p, s * k + t * i, c), related(q, k, d));
                match if either { first || second } else { first && second } {
                    true if k < cut => x,
                    true => y,
                    false => z,
                }
            };
            let expected = Value::Int((0..7).map(point).sum());
            prop_assert_eq!(run(&arena, sum, &HashMap::from([(row, i)])), Some(expected), "{}", arena.show(sum));
        }
    }
}

#[test]
fn a_concatenation_of_a_point_that_continues_the_rest_is_the_rest() {
    let mut arena = Arena::new();
    let dim = arena.dim(Role::Free, 0, 9).expect("dim");
    let index = arena.index(dim);
    let (first, rest) = (arena.int(-1), arena.linear(&[(index, 1)], -1));
    assert_eq!(arena.switch(index, vec![1], vec![first, rest]), rest);
}

#[test]
fn splitting_and_joining_an_index_is_the_index() {
    let mut arena = Arena::new();
    let (b, h) = (arena.dim(Role::Free, 0, 3).expect("dim"), arena.dim(Role::Free, 1, 5).expect("dim"));
    let (b, h) = (arena.index(b), arena.index(h));
    let joined = arena.linear(&[(b, 5), (h, 1)], 0);
    assert_eq!(arena.floor_div(joined, 5), b);
    assert_eq!(arena.modulo(joined, 5), h);
    let flat = arena.dim(Role::Free, 2, 15).expect("dim");
    let flat = arena.index(flat);
    let (high, low) = (arena.floor_div(flat, 5), arena.modulo(flat, 5));
    assert_eq!(arena.linear(&[(high, 5), (low, 1)], 0), flat);
}

#[test]
fn an_additive_mask_is_a_choice() {
    let mut arena = Arena::new();
    let (x, p) = (arena.atom(0, Ty::Float), arena.atom(1, Ty::Bool));
    let (zero, low) = (arena.float(0.0), arena.float(f64::NEG_INFINITY));
    let mask = arena.select(p, zero, low);
    let sum = arena.add(x, mask);
    assert_eq!(sum, arena.select(p, x, low));
}

#[test]
fn factors_leave_contractions_and_nested_sums_join() {
    let mut arena = Arena::new();
    let (i, j) = (arena.dim(Role::Inner, 0, 4).expect("dim"), arena.dim(Role::Inner, 1, 3).expect("dim"));
    let (a, b) = (arena.index(i), arena.index(j));
    let (a, b) = (arena.call(Func::ToFloat, &[a]), arena.call(Func::ToFloat, &[b]));
    let c = arena.atom(0, Ty::Float);
    let product = arena.product(&[(a, 1), (b, 1), (c, 1)]);
    let inner = arena.reduce(Kind::Sum, &[j], None, product);
    let nested = arena.reduce(Kind::Sum, &[i], None, inner);
    let plain = arena.mul(a, b);
    let both = arena.reduce(Kind::Sum, &[i, j], None, plain);
    let expected = run(&arena, both, &HashMap::new()).map(|value| value.float() * -1.5);
    assert_eq!(run(&arena, nested, &HashMap::new()).map(Value::float), expected);
}
