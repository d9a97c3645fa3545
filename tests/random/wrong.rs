//! Programs that a compiler was wrong about, by what is particular about them.

use super::program::*;

const LEAST: f32 = f32::MIN;
const INFINITE: f32 = f32::NEG_INFINITY;
/// A mask value whose multiples by the factors of these programs f32 holds.
const LARGE: f32 = -8_589_934_592.0;

/// A softmax over few keys.
fn plain(query: usize, key: usize, scores: Vec<Scores>) -> Program {
    Program {
        batch: vec![],
        shared: false,
        flat: false,
        late_batch: false,
        dynamic: false,
        dynamic_batch: false,
        stored: Stored::F32,
        projected: false,
        normed: false,
        of_itself: false,
        scalars: false,
        keeps_dim: false,
        over_queries: false,
        returns_weights: false,
        returns_peak: false,
        returns_column: false,
        more_keys: vec![],
        query,
        key,
        value: 1,
        scores,
        combine: Combine::Weights(0.4),
        weights: Weights::Softmax,
        second: false,
        returns_sum: false,
        returns_max: false,
        after: vec![],
        key_transposed: false,
        value_transposed: false,
        again: Again::No,
        row_result: None,
    }
}

fn scores(depths: &[usize], steps: Vec<Step>) -> Scores {
    Scores { depths: depths.to_vec(), before: Before::Nothing, distance: false, steps }
}

fn both(a: Predicate, b: Predicate) -> Predicate {
    Predicate::And(a.into(), b.into())
}

fn not(predicate: Predicate) -> Predicate {
    Predicate::Not(predicate.into())
}

/// All of them, named.
pub fn programs() -> Vec<(&'static str, Program)> {
    use Predicate::{Below, Dilated, Keep, Length, Prefix, SameGroup};
    use Step::{Abs, AddMask, Mask, Relative, Scale, Shift};
    let group = || SameGroup { sorted: false };
    let zero = Narrow { bits: 16, of: NarrowOf::Key, ops: vec![NarrowOp::Mul(0)], unsigned: false };
    let always = Predicate::Narrow(zero, 1);
    let distance = Scores { distance: true, ..scores(&[2], vec![AddMask(not(always), LEAST)]) };
    let rotated = Scores { before: Before::Rotate, ..scores(&[2], vec![Shift(-3000.0)]) };
    let dynamic = |program: Program| Program { dynamic: true, ..program };
    let over_queries = |program: Program| Program { over_queries: true, ..program };
    let peak = |program: Program| Program { returns_peak: true, ..program };
    let with_weights = |program: Program| Program { returns_weights: true, ..program };
    vec![
        ("distances beside the lowest float", dynamic(plain(1, 1, vec![distance.clone()]))),
        (
            "the maximum of distances beside the lowest float",
            Program { returns_max: true, ..plain(1, 1, vec![distance]) },
        ),
        (
            "two maps along the queries, one filled by a mask value and moved",
            over_queries(dynamic(plain(
                1,
                1,
                vec![
                    scores(&[2], vec![Mask(both(both(group(), Below(0)), Below(0)), LARGE), Shift(-300.0)]),
                    scores(&[1], vec![]),
                ],
            ))),
        ),
        (
            "two maps along the queries, one with two mask values",
            over_queries(plain(
                2,
                2,
                vec![
                    scores(&[1], vec![Mask(both(Below(0), group()), LARGE), AddMask(both(Below(0), Below(0)), LEAST)]),
                    scores(&[2], vec![]),
                ],
            )),
        ),
        (
            "the largest weights of moved scores with a mask value",
            peak(plain(
                2,
                2,
                vec![scores(&[2], vec![Shift(-300.0), Relative { per_head: false }, AddMask(not(Below(0)), LARGE)])],
            )),
        ),
        (
            "weights under a multiple of two mask values",
            with_weights(Program {
                weights: Weights::Guarded,
                ..plain(
                    4,
                    24,
                    vec![scores(
                        &[2],
                        vec![
                            Mask(both(Below(0), Below(0)), INFINITE),
                            Mask(both(Below(0), not(Length)), LARGE),
                            Scale(1.5),
                        ],
                    )],
                )
            }),
        ),
        (
            "weights under the lowest float and -inf",
            with_weights(plain(
                4,
                24,
                vec![scores(&[2], vec![AddMask(Prefix(1), LEAST), AddMask(both(group(), Below(0)), INFINITE)])],
            )),
        ),
        (
            "sums of weights over queries of moved scores",
            Program {
                projected: true,
                of_itself: true,
                returns_column: true,
                weights: Weights::DivideAfter,
                ..plain(2, 2, vec![scores(&[2], vec![Shift(-300.0)])])
            },
        ),
        (
            "the largest weights of moved sums of two products",
            peak(dynamic(Program {
                weights: Weights::Guarded,
                ..plain(3, 1, vec![scores(&[1, 4], vec![Shift(-300.0)])])
            })),
        ),
        ("the largest weights of moved rotated products", peak(plain(1, 24, vec![rotated.clone()]))),
        ("moved rotated products along the queries", over_queries(plain(2, 2, vec![rotated]))),
        ("a set of no keys at the end", Program { more_keys: vec![0], ..plain(2, 1, vec![scores(&[1], vec![])]) }),
        (
            "masks on either side of an absolute value",
            plain(1, 2, vec![scores(&[2], vec![Mask(Keep, -1e4), Abs, AddMask(Dilated(2), -1e4)])]),
        ),
    ]
}
