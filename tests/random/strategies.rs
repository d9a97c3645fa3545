//! Random programs: strategies that proptest makes and shrinks them by.

use super::program::*;
use proptest::prelude::*;

fn narrow() -> impl Strategy<Value = Narrow> {
    let of = prop_oneof![
        Just(NarrowOf::Key),
        Just(NarrowOf::Query),
        Just(NarrowOf::Difference),
        Just(NarrowOf::Argument),
        Just(NarrowOf::Product)
    ];
    // Numbers near the ends of each width, and small ones.
    let number = || {
        let near = |end: i64| (-40i64..40).prop_map(move |by| end.saturating_add(by));
        prop_oneof![
            -20i64..20,
            near(1 << 7),
            near(1 << 15),
            near(i64::from(i32::MAX)),
            near(-(1 << 7)),
            near(-(1 << 15)),
            any::<i32>().prop_map(i64::from)
        ]
    };
    let op = prop_oneof![
        3 => number().prop_map(NarrowOp::Add),
        3 => number().prop_map(NarrowOp::Mul),
        1 => number().prop_map(NarrowOp::From),
        1 => number().prop_map(NarrowOp::And),
        1 => number().prop_map(NarrowOp::Xor),
        1 => number().prop_map(NarrowOp::Max),
        1 => (0u32..32).prop_map(NarrowOp::Left),
        1 => (0u32..32).prop_map(NarrowOp::Right),
        1 => (0u32..32).prop_map(NarrowOp::RightUnsigned),
        1 => (1i64..100).prop_map(NarrowOp::Div),
        1 => (1i64..100).prop_map(NarrowOp::Rem),
        1 => (1i64..100).prop_map(NarrowOp::RemUnsigned),
    ];
    let bits = prop_oneof![Just(8u32), Just(16), Just(32)];
    (bits, of, prop::collection::vec(op, 1..4), any::<bool>()).prop_map(|(bits, of, ops, unsigned)| Narrow {
        bits,
        of,
        ops,
        unsigned,
    })
}

fn predicate() -> impl Strategy<Value = Predicate> {
    let leaf = prop_oneof![
        3 => (-4i64..20).prop_map(Predicate::Below),
        2 => (0i64..16).prop_map(Predicate::Within),
        2 => (1i64..20).prop_map(Predicate::Prefix),
        1 => (2i64..4).prop_map(Predicate::Dilated),
        2 => any::<bool>().prop_map(|sorted| Predicate::SameGroup { sorted }),
        2 => Just(Predicate::Length),
        1 => Just(Predicate::Keep),
        1 => Just(Predicate::HeadWindow),
        1 => Just(Predicate::SameGroupOfBatch),
        1 => (2usize..9).prop_map(Predicate::Blocks),
        1 => (any::<i8>(), any::<i8>()).prop_map(|(factor, offset)| Predicate::WrappedBytes(factor, offset)),
        1 => (0i32..40).prop_map(|less| Predicate::WrappedIndex(i32::MAX - less)),
        2 => (narrow(), prop_oneof![-100i64..100, any::<i32>().prop_map(i64::from)])
            .prop_map(|(narrow, limit)| Predicate::Narrow(narrow, limit)),
        1 => Just(Predicate::Position),
    ];
    leaf.prop_recursive(2, 5, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Predicate::And(a.into(), b.into())),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Predicate::Or(a.into(), b.into())),
            inner.prop_map(|a| Predicate::Not(a.into())),
        ]
    })
}

/// Numbers whose multiples by the factors of [`step`] f32 holds: programs are compared in f64, with constants of f32.
fn dead_value() -> impl Strategy<Value = f32> {
    prop_oneof![3 => Just(f32::NEG_INFINITY), 1 => Just(-(33f32.exp2())), 1 => Just(-1e4f32), 1 => Just(f32::MIN)]
}

fn step() -> impl Strategy<Value = Step> {
    let over = prop_oneof![Just(Over::Key), Just(Over::Query), Just(Over::QueryKey), Just(Over::BatchQueryKey)];
    let values = prop_oneof![6 => Just(Values::Finite), 3 => Just(Values::Dead), 1 => Just(Values::Wild)];
    prop_oneof![
        2 => prop_oneof![Just(0.125f32), Just(0.5), Just(1.5), Just(-0.25)].prop_map(Step::Scale),
        1 => prop_oneof![Just(2.0f32), Just(30.0)].prop_map(Step::Cap),
        2 => (over, values).prop_map(|(over, values)| Step::Bias { over, values }),
        1 => prop_oneof![Just(-300.0f32), Just(-3000.0)].prop_map(Step::Shift),
        1 => prop_oneof![Just(0.0625f32), Just(-0.5)].prop_map(Step::Distance),
        5 => (predicate(), dead_value()).prop_map(|(p, v)| Step::Mask(p, v)),
        2 => (predicate(), dead_value()).prop_map(|(p, v)| Step::AddMask(p, v)),
        1 => any::<bool>().prop_map(|per_head| Step::Relative { per_head }),
        1 => any::<bool>().prop_map(|per_head| Step::Bucket { per_head }),
        1 => Just(Step::Abs),
        1 => narrow().prop_map(Step::Narrow),
        1 => Just(Step::ScaleBy),
    ]
}

fn scores() -> impl Strategy<Value = Scores> {
    let depths = prop_oneof![4 => prop::collection::vec(1usize..20, 1), 1 => prop::collection::vec(1usize..12, 2)];
    let before = prop_oneof![
        4 => Just(Before::Nothing),
        1 => Just(Before::Scale(0.3)),
        1 => Just(Before::Stretch),
        1 => Just(Before::Rotate),
        1 => any::<bool>().prop_map(|halves| Before::Norm { halves })
    ];
    let steps = prop::collection::vec(step(), 0..4);
    (depths, before, prop::bool::weighted(0.1), steps).prop_map(|(mut depths, before, distance, steps)| {
        if matches!(before, Before::Rotate) {
            depths.iter_mut().for_each(|depth| *depth += *depth % 2);
        }
        let mut scores = Scores { depths, before, distance, steps };
        // Turned around, -inf is inf, and no mask may be added to that.
        if scores.adds_mask() && scores.turns() {
            scores.replace_masks(|value| value.max(-1e4));
        }
        scores
    })
}

fn weights() -> impl Strategy<Value = Weights> {
    prop_oneof![
        5 => Just(Weights::Softmax),
        2 => Just(Weights::DivideAfter),
        1 => Just(Weights::Unshifted),
        1 => Just(Weights::LogSumExp),
        1 => Just(Weights::OneMore),
        1 => Just(Weights::Sink),
        1 => Just(Weights::Column),
        2 => Just(Weights::Guarded),
        1 => Just(Weights::Finite),
        1 => Just(Weights::Negative),
        1 => Just(Weights::Sigmoid),
        1 => Just(Weights::Relu),
        1 => Just(Weights::SquaredRelu),
        1 => Just(Weights::Plain),
        1 => Just(Weights::Halves),
    ]
}

/// Lengths: short ones, and ones on either side of a tile's size.
fn length() -> impl Strategy<Value = usize> {
    prop_oneof![3 => 1usize..24, 1 => 24usize..70, 1 => prop_oneof![Just(1usize), Just(63), Just(64), Just(65)]]
}

impl Program {
    /// Any program, with sizes small enough to run thousands of.
    pub fn any(dynamic: bool) -> impl Strategy<Value = Self> {
        let batch = prop::collection::vec(1usize..4, 0..4);
        let sizes = (batch, length(), prop_oneof![4 => length(), 1 => 65usize..150], 1usize..20);
        let maps = prop_oneof![5 => prop::collection::vec(scores(), 1), 1 => prop::collection::vec(scores(), 2..4)];
        let combine = prop_oneof![Just(Combine::Weights(0.4)), Just(Combine::Results(0.4))];
        let after = prop_oneof![
            2 => Just(After::Gate),
            2 => Just(After::Scale(0.75)),
            2 => Just(After::SoftGate),
            2 => Just(After::Residual),
            1 => any::<bool>().prop_map(|halves| After::Norm { halves }),
        ];
        let rare = || prop::bool::weighted(0.2);
        let shape = (any::<bool>(), rare(), rare(), prop::bool::weighted(if dynamic { 0.3 } else { 0.0 }));
        let results = (rare(), rare(), rare(), prop::collection::vec(after, 0..2));
        let seldom = || prop::bool::weighted(0.06);
        let others = (
            any::<bool>(),
            any::<bool>(),
            any::<bool>(),
            rare(),
            (seldom(), seldom(), seldom(), rare(), seldom(), rare(), any::<bool>()),
            prop_oneof![8 => Just(vec![]), 2 => prop::collection::vec(0usize..40, 1..3)],
        );
        let stored = prop_oneof![
            8 => Just(Stored::F32),
            2 => Just(Stored::Bf16),
            1 => Just(Stored::F16),
            1 => Just(Stored::Bytes),
            1 => Just(Stored::Products)
        ];
        let again = prop_oneof![8 => Just(Again::No), 1 => Just(Again::Itself), 1 => Just(Again::View)];
        let row_result = prop_oneof![
            14 => Just(None),
            1 => Just(Some(RowResult::Sum)),
            1 => Just(Some(RowResult::Mean)),
            1 => Just(Some(RowResult::SumOfSquares)),
            1 => Just(Some(RowResult::Max))
        ];
        // What is empty: queries, keys, a batch.
        let empty = || prop::bool::weighted(0.02);
        let ends = (again, row_result, prop::bool::weighted(0.04), (empty(), empty(), any::<bool>()));
        (sizes, maps, combine, weights(), shape, results, others, (stored, ends)).prop_map(
            |(sizes, scores, combine, weights, shape, results, others, (stored, ends))| {
                let (again, row_result, no_keys, (no_queries, no_batch, scalars)) = ends;
                let (key_transposed, value_transposed, keeps_dim, dynamic_batch, unusual, more_keys) = others;
                let (over_queries, returns_weights, returns_peak, projected, returns_column, normed, of_itself) =
                    unusual;
                let (mut batch, query, key, value) = sizes;
                let mut scores = scores;
                if weights == Weights::Plain {
                    // What is larger than any f32 depends on the order of products.
                    scores.iter_mut().for_each(|scores| scores.replace_masks(|value| value.max(-1e4)));
                }
                let (shared, flat, late_batch, dynamic) = shape;
                let (second, returns_sum, returns_max, after) = results;
                let many = !batch.is_empty();
                let over_queries =
                    over_queries && matches!(weights, Weights::Softmax | Weights::Guarded | Weights::Negative);
                let returns = weights.is_shifted()
                    && !over_queries
                    && !matches!(weights, Weights::Column | Weights::Negative)
                    && scores.len() == 1;
                let one_set = over_queries || scores.len() > 1 || weights == Weights::Column;
                // Small batches: the property does not depend on how many there are.
                if batch.len() > 2 {
                    batch.iter_mut().for_each(|size| *size = (*size).min(2));
                }
                // Where sizes are known, no slice of something empty can be written.
                let rotates = scores.iter().any(|scores| matches!(scores.before, Before::Rotate));
                let has_column = weights == Weights::Column;
                let slices = has_column || rotates || !one_set && !more_keys.is_empty();
                let sliced = slices && (!dynamic || has_column);
                if no_batch
                    && !slices
                    && let Some(size) = batch.first_mut()
                {
                    *size = 0;
                }
                let query = if no_queries && !sliced { 0 } else { query };
                let key = if no_keys && !sliced { 0 } else { key };
                if returns_max && stored.half().is_some() {
                    // Rounded to 16 bits, a maximum that is nearly infinite is that, or is not.
                    let nearly = |value: f32| if value.is_finite() { value.max(-(33f32.exp2())) } else { value };
                    scores.iter_mut().for_each(|scores| scores.replace_masks(nearly));
                }
                let floats = matches!(stored, Stored::F32 | Stored::Bf16 | Stored::F16);
                let of_itself = of_itself && floats && !dynamic;
                // A tensor that queries and keys share has one length.
                let key = if of_itself && projected { query } else { key };
                Self {
                    shared: shared && many,
                    flat: flat && many && !dynamic,
                    late_batch: late_batch && many,
                    dynamic: dynamic && !has_column,
                    dynamic_batch: dynamic && dynamic_batch && !flat && !has_column,
                    stored,
                    projected,
                    normed,
                    of_itself,
                    scalars,
                    keeps_dim,
                    over_queries,
                    returns_weights,
                    returns_peak,
                    returns_column,
                    more_keys: if one_set { vec![] } else { more_keys },
                    batch,
                    query,
                    key,
                    value,
                    scores,
                    combine,
                    weights,
                    second,
                    returns_sum: returns_sum && returns,
                    returns_max: returns_max && returns,
                    after,
                    key_transposed,
                    value_transposed,
                    again,
                    row_result,
                }
            },
        )
    }
}
