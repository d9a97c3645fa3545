//! What a random attention program is.

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

impl Scores {
    /// Whether a mask is added to scores.
    pub fn adds_mask(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::AddMask(..)))
    }

    /// Whether the sign of scores may change.
    pub fn turns(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Abs) || matches!(step, Step::Scale(by) if *by < 0.0))
    }

    /// Other values for masks.
    pub fn replace_masks(&mut self, by: impl Fn(f32) -> f32) {
        for step in &mut self.steps {
            if let Step::Mask(_, value) | Step::AddMask(_, value) = step {
                *value = by(*value);
            }
        }
    }
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

impl Program {
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
