//! What a random attention program is: a description that proptest can make and shrink.

use proptest::prelude::*;

/// One elementwise step on the scores.
#[derive(Clone, Debug)]
pub enum Step {
    /// Multiply by a constant.
    Scale(f32),
    /// `c * tanh(x / c)`.
    Cap(f32),
    /// Add a tensor argument.
    Bias { over: Over, values: Values },
    /// Add a constant.
    Shift(f32),
    /// Add `slope * (key - query)`.
    Distance(f32),
    /// Keep where the predicate holds, else the value.
    Mask(Predicate, f32),
    /// Add a tensor that is 0 where the predicate holds, else the value.
    AddMask(Predicate, f32),
    /// Add an element of a table, read at `key - query`.
    Relative { per_head: bool },
    /// Add an element of a table, read at a number that is an argument over (query, key).
    Bucket { per_head: bool },
    /// `|x|`.
    Abs,
    /// Add what narrow arithmetic makes of the indices, times something small.
    Narrow(Narrow),
    /// Multiply by a number that is an argument.
    ScaleBy,
}

/// Arithmetic on integers that wrap.
#[derive(Clone, Debug)]
pub struct Narrow {
    /// 8, 16 or 32.
    pub bits: u32,
    pub of: NarrowOf,
    pub ops: Vec<NarrowOp>,
    /// Read without a sign at the end.
    pub unsigned: bool,
}

/// What narrow arithmetic starts with, cut to its width.
#[derive(Clone, Copy, Debug)]
pub enum NarrowOf {
    Key,
    Query,
    /// `key - query`.
    Difference,
    /// An argument over the keys that has the width.
    Argument,
    /// The product of one over the keys and one over the queries.
    Product,
}

/// One step, with a constant that is cut to the width.
#[derive(Clone, Copy, Debug)]
pub enum NarrowOp {
    Add(i64),
    Mul(i64),
    /// The constant less the value.
    From(i64),
    And(i64),
    Xor(i64),
    Max(i64),
    /// By so many bits, modulo the width.
    Left(u32),
    Right(u32),
    RightUnsigned(u32),
    /// By a positive number.
    Div(i64),
    Rem(i64),
    RemUnsigned(i64),
}

/// What a bias argument holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    Finite,
    /// Some elements are -inf.
    Dead,
    /// A few elements are infinite or NaN.
    Wild,
}

/// Which dims a bias argument has.
#[derive(Clone, Copy, Debug)]
pub enum Over {
    Key,
    Query,
    QueryKey,
    BatchQueryKey,
}

/// A predicate over (query i, key j).
#[derive(Clone, Debug)]
pub enum Predicate {
    /// `j - i <= c`.
    Below(i64),
    /// `i - j <= c`.
    Within(i64),
    /// `j < c`.
    Prefix(i64),
    /// `(i - j) mod c == 0`, for `j <= i`.
    Dilated(i64),
    /// An i64 argument over keys equals one over queries.
    SameGroup {
        sorted: bool,
    },
    /// `j` is below an argument with one number per outermost batch.
    Length,
    /// A boolean argument over (query, key).
    Keep,
    /// `i - j` is below an argument with one number per innermost batch.
    HeadWindow,
    /// The same group, of arguments with groups for each outermost batch.
    SameGroupOfBatch,
    /// A boolean argument over (query, key) in blocks of so many.
    Blocks(usize),
    /// What an argument of bytes over the keys is, times and plus something, in 8 bits: below 0.
    WrappedBytes(i8, i8),
    /// `j` plus a number near the end of 32 bits, in 32 bits: below 0.
    WrappedIndex(i32),
    /// What narrow arithmetic makes of the indices: below a number of the same width.
    Narrow(Narrow, i64),
    /// `j` is at most `i` and a number that is an argument.
    Position,
    And(Box<Predicate>, Box<Predicate>),
    Or(Box<Predicate>, Box<Predicate>),
    Not(Box<Predicate>),
}

/// How scores become weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// exp(x - max) / sum, divided before the second contraction.
    Softmax,
    /// The same, divided after it.
    DivideAfter,
    /// exp(x) / sum without the max.
    Unshifted,
    /// exp(x - log(sum(exp(x)))).
    LogSumExp,
    /// A softmax with one more score of 0 that has no value.
    OneMore,
    /// The same, the score being an argument.
    Sink,
    /// The same, concatenated to the keys and sliced off again.
    Column,
    /// A softmax that is 0 on a row without a live key.
    Guarded,
    /// exp(x - s) / sum, s being the maximum, or 0 where that is infinite.
    Finite,
    /// exp(min(y) - y) / sum for y = -x.
    Negative,
    /// 1 / (1 + exp(-x)), no normalizer.
    Sigmoid,
    /// max(x, 0), no normalizer.
    Relu,
    /// max(x, 0)², no normalizer.
    SquaredRelu,
    /// x itself.
    Plain,
    /// A softmax of scores that are rounded to 16 bits, all of it computed in 16 bits.
    Halves,
}

impl Weights {
    /// Whether a running maximum is subtracted.
    pub fn is_shifted(self) -> bool {
        !matches!(self, Self::Unshifted | Self::Sigmoid | Self::Relu | Self::SquaredRelu | Self::Plain | Self::Halves)
    }
}

/// What happens to the queries before the scores.
#[derive(Clone, Copy, Debug)]
pub enum Before {
    Nothing,
    Scale(f32),
    /// Multiplied by an argument over (query, depth).
    Stretch,
    /// Queries and keys are divided by the root of their mean square, which may be computed in 16 bits.
    Norm {
        halves: bool,
    },
    /// Pairs of coordinates are turned: `x * cos + (-x[half..], x[..half]) * sin`, in queries and keys. Needs an even depth.
    Rotate,
}

/// What follows the second contraction.
#[derive(Clone, Copy, Debug)]
pub enum After {
    Scale(f32),
    /// Multiply by an argument of the result's shape.
    Gate,
    /// Multiply by its sigmoid.
    SoftGate,
    /// Add an argument of the result's shape.
    Residual,
    /// Divide by the root of the mean square of a row.
    Norm {
        halves: bool,
    },
}

/// One score matrix: a sum of contractions, and steps.
#[derive(Clone, Debug)]
pub struct Scores {
    /// The depth of each contraction; the keys of all but the first have no batch dims.
    pub depths: Vec<usize>,
    pub before: Before,
    /// The last contraction is `-Σ(q - k)²`.
    pub distance: bool,
    pub steps: Vec<Step>,
}

/// How the score matrices after the first enter.
#[derive(Clone, Copy, Debug)]
pub enum Combine {
    /// `(P0 - c P1 - ...) V`.
    Weights(f32),
    /// `P0 V - c P1 V - ...`.
    Results(f32),
}

/// What floats are in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    F32,
    /// Operands and results are bf16, what is between them f32.
    Bf16,
    F16,
    /// Keys and values are i8, with a scale per key.
    Bytes,
    /// Queries are i8 too, and the scores are sums of products in i32.
    Products,
}

impl Stored {
    /// The type of 16 bits that floats have in memory.
    pub fn half(self) -> Option<&'static str> {
        match self {
            Self::Bf16 => Some("bf16"),
            Self::F16 => Some("f16"),
            _ => None,
        }
    }
}

/// A reduction of the rows of the first result in 16 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowResult {
    Sum,
    Mean,
    SumOfSquares,
    Max,
}

/// Whether the first result is returned once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    No,
    Itself,
    /// With its first two dims joined.
    View,
}

/// A random attention program over `batch.. x query x key`.
#[derive(Clone, Debug)]
pub struct Program {
    pub batch: Vec<usize>,
    /// Keys and values lack the last batch dim (shared by its heads).
    pub shared: bool,
    /// The batch dims are merged before the scores and split after the result.
    pub flat: bool,
    /// Operands and the result have the query, or key, before the last batch dim.
    pub late_batch: bool,
    /// Lengths are only known at run time.
    pub dynamic: bool,
    /// So are batch sizes.
    pub dynamic_batch: bool,
    pub stored: Stored,
    /// Operands come from linear layers, and results go into one.
    pub projected: bool,
    /// What goes into the layers is normalized.
    pub normed: bool,
    /// Layers read the same tensor where they can.
    pub of_itself: bool,
    /// Numbers that are arguments are of their own type, not tensors without dims.
    pub scalars: bool,
    /// Row statistics keep a dim of size 1.
    pub keeps_dim: bool,
    /// The weights are normalized along the queries.
    pub over_queries: bool,
    /// The weights are returned too.
    pub returns_weights: bool,
    /// The largest weight of each row is returned too.
    pub returns_peak: bool,
    /// The sum of the weights of each key over the queries is returned too.
    pub returns_column: bool,
    /// So many keys of other sets share the softmax.
    pub more_keys: Vec<usize>,
    pub query: usize,
    pub key: usize,
    pub value: usize,
    pub scores: Vec<Scores>,
    pub combine: Combine,
    pub weights: Weights,
    /// A second value operand with the same weights.
    pub second: bool,
    /// The log-sum-exp is returned too.
    pub returns_sum: bool,
    /// The maximum is returned too.
    pub returns_max: bool,
    pub after: Vec<After>,
    /// The key comes as `[.., depth, key]`.
    pub key_transposed: bool,
    /// The value comes as `[.., value, key]`.
    pub value_transposed: bool,
    pub again: Again,
    /// Something of each row of the first result, computed in bf16, is returned too.
    pub row_result: Option<RowResult>,
}

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

fn dead_value() -> impl Strategy<Value = f32> {
    prop_oneof![3 => Just(f32::NEG_INFINITY), 1 => Just(-1e10f32), 1 => Just(-1e4f32), 1 => Just(f32::MIN)]
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
        Scores { depths, before, distance, steps }
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
                let sliced = slices && !dynamic;
                if no_batch
                    && !slices
                    && let Some(size) = batch.first_mut()
                {
                    *size = 0;
                }
                let query = if no_queries && !sliced { 0 } else { query };
                let key = if no_keys && !sliced { 0 } else { key };
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

impl Program {
    /// By how much scores are moved at most: their last digits are lost to it.
    pub fn shift(&self) -> f32 {
        let by = |step: &Step| if let Step::Shift(by) = step { by.abs() } else { 0.0 };
        self.scores.iter().map(|scores| scores.steps.iter().map(by).sum()).fold(0.0, f32::max)
    }

    /// Whether something is rounded to 16 bits on its way.
    pub fn rounds(&self) -> bool {
        let before = |scores: &Scores| matches!(scores.before, Before::Norm { halves: true });
        let after = |after: &After| matches!(after, After::Norm { halves: true });
        self.weights == Weights::Halves || self.scores.iter().any(before) || self.after.iter().any(after)
    }
}

/// Whether a mask has a finite value.
pub fn has_finite_mask(steps: &[Step]) -> bool {
    let finite = |step: &Step| matches!(step, Step::Mask(_, value) | Step::AddMask(_, value) if value.is_finite());
    steps.iter().any(finite)
}

impl Predicate {
    /// Whether it differs between batches.
    pub fn has_batch(&self) -> bool {
        match self {
            Self::Length | Self::HeadWindow | Self::SameGroupOfBatch => true,
            Self::And(a, b) | Self::Or(a, b) => a.has_batch() || b.has_batch(),
            Self::Not(a) => a.has_batch(),
            _ => false,
        }
    }
}
