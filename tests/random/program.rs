//! Random attention programs, as linalg text.
//!
//! A [`Program`] is a description that proptest can shrink; [`Program::text`] spells it out the way a
//! frontend would: one linalg op per step, nothing fused.

use proptest::prelude::*;
use std::fmt::Write;

/// One elementwise step on the scores.
#[derive(Clone, Debug)]
pub enum Step {
    /// Multiply by a constant.
    Scale(f32),
    /// `c * tanh(x / c)`.
    Cap(f32),
    /// Add a tensor argument over some of (batch.., query, key).
    Bias(Over),
    /// Add `slope * (key - query)`.
    Distance(f32),
    /// Keep where the predicate holds, else the value.
    Mask(Predicate, f32),
    /// `|x|`.
    Abs,
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
    /// An i64 argument over keys equals one over queries.
    SameGroup,
    And(Box<Predicate>, Box<Predicate>),
    Or(Box<Predicate>, Box<Predicate>),
    Not(Box<Predicate>),
}

/// How scores become weights.
#[derive(Clone, Copy, Debug)]
pub enum Weights {
    /// exp(x - max) / sum, divided before the second contraction.
    Softmax,
    /// The same, divided after it.
    DivideAfter,
    /// exp(x) / sum without the max.
    Unshifted,
    /// 1 / (1 + exp(-x)), no normalizer.
    Sigmoid,
    /// max(x, 0), no normalizer.
    Relu,
}

/// What follows the second contraction.
#[derive(Clone, Copy, Debug)]
pub enum After {
    Scale(f32),
    /// Multiply by an argument of the result's shape.
    Gate,
}

/// A random attention program over `batch.. x query x key`.
#[derive(Clone, Debug)]
pub struct Program {
    pub batch: Vec<usize>,
    /// Keys and values lack the last batch dim (shared by its heads).
    pub shared: bool,
    pub query: usize,
    pub key: usize,
    pub depth: usize,
    pub value: usize,
    pub steps: Vec<Step>,
    pub weights: Weights,
    pub after: Vec<After>,
    /// The key comes as `[.., depth, key]`.
    pub key_transposed: bool,
    /// The value comes as `[.., value, key]`.
    pub value_transposed: bool,
}

fn predicate() -> impl Strategy<Value = Predicate> {
    let leaf = prop_oneof![
        (-4i64..40).prop_map(Predicate::Below),
        (0i64..24).prop_map(Predicate::Within),
        (1i64..30).prop_map(Predicate::Prefix),
        Just(Predicate::SameGroup),
    ];
    leaf.prop_recursive(2, 5, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Predicate::And(a.into(), b.into())),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Predicate::Or(a.into(), b.into())),
            inner.prop_map(|a| Predicate::Not(a.into())),
        ]
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        prop_oneof![Just(0.125f32), Just(0.5), Just(1.5), Just(-0.25)].prop_map(Step::Scale),
        prop_oneof![Just(2.0f32), Just(30.0)].prop_map(Step::Cap),
        prop_oneof![Just(Over::Key), Just(Over::Query), Just(Over::QueryKey), Just(Over::BatchQueryKey)]
            .prop_map(Step::Bias),
        prop_oneof![Just(0.0625f32), Just(-0.5)].prop_map(Step::Distance),
        (predicate(), prop_oneof![Just(f32::NEG_INFINITY), Just(-1e10f32)]).prop_map(|(p, v)| Step::Mask(p, v)),
        Just(Step::Abs),
    ]
}

impl Program {
    /// Any program with sizes small enough to run thousands of.
    pub fn any() -> impl Strategy<Value = Self> {
        let sizes = (prop::collection::vec(1usize..4, 0..3), 1usize..80, 1usize..150, 1usize..40, 1usize..40);
        let weights = prop_oneof![
            4 => Just(Weights::Softmax),
            2 => Just(Weights::DivideAfter),
            1 => Just(Weights::Unshifted),
            1 => Just(Weights::Sigmoid),
            1 => Just(Weights::Relu)
        ];
        let after = prop_oneof![Just(After::Gate), Just(After::Scale(0.75))];
        (
            sizes,
            any::<bool>(),
            prop::collection::vec(step(), 0..4),
            weights,
            prop::collection::vec(after, 0..2),
            any::<bool>(),
            any::<bool>(),
        )
            .prop_map(|(sizes, shared, steps, weights, after, key_transposed, value_transposed)| {
                let (batch, query, key, depth, value) = sizes;
                let shared = shared && !batch.is_empty();
                Self {
                    batch,
                    shared,
                    query,
                    key,
                    depth,
                    value,
                    steps,
                    weights,
                    after,
                    key_transposed,
                    value_transposed,
                }
            })
    }

    /// The program as MLIR text, and the type of each argument as (shape, is integer).
    pub fn text(&self) -> (String, Vec<(Vec<usize>, bool)>) {
        Writer::new(self).finish()
    }
}

/// The text under construction. Values over (batch.., query, key) are `%x<n>`.
struct Writer<'p> {
    program: &'p Program,
    arguments: Vec<(Vec<usize>, bool)>,
    body: String,
    next: usize,
}

fn tensor(shape: &[usize], element: &str) -> String {
    let sizes: String = shape.iter().map(|size| format!("{size}x")).collect();
    format!("tensor<{sizes}{element}>")
}

fn map(dims: usize, results: &[usize]) -> String {
    let list = |items: &[usize]| items.iter().map(|dim| format!("d{dim}")).collect::<Vec<_>>().join(", ");
    format!("affine_map<({}) -> ({})>", list(&(0..dims).collect::<Vec<_>>()), list(results))
}

fn float(value: f32) -> String {
    if value.is_infinite() { "0xFF800000".into() } else { format!("{value:.8e}") }
}

impl<'p> Writer<'p> {
    fn new(program: &'p Program) -> Self {
        Self { program, arguments: vec![], body: String::new(), next: 0 }
    }

    fn fresh(&mut self) -> String {
        self.next += 1;
        format!("%x{}", self.next)
    }

    fn argument(&mut self, shape: Vec<usize>, integer: bool) -> String {
        self.arguments.push((shape, integer));
        format!("%arg{}", self.arguments.len() - 1)
    }

    fn score_shape(&self) -> Vec<usize> {
        let mut shape = self.program.batch.clone();
        shape.extend([self.program.query, self.program.key]);
        shape
    }

    fn row_shape(&self) -> Vec<usize> {
        let mut shape = self.program.batch.clone();
        shape.push(self.program.query);
        shape
    }

    fn filled(&mut self, shape: &[usize], value: &str) -> String {
        let (constant, empty, filled) = (self.fresh(), self.fresh(), self.fresh());
        let ty = tensor(shape, "f32");
        let _ = writeln!(self.body, "  {constant} = arith.constant {value} : f32");
        let _ = writeln!(self.body, "  {empty} = tensor.empty() : {ty}");
        let _ = writeln!(self.body, "  {filled} = linalg.fill ins({constant} : f32) outs({empty} : {ty}) -> {ty}");
        filled
    }

    /// A linalg.generic: `inputs` as (value, type, map); `reduced` counts trailing reduction dims.
    fn generic(
        &mut self,
        dims: usize,
        reduced: &[usize],
        inputs: &[(String, String, String)],
        init: (String, String, String),
        body: &str,
    ) -> String {
        let result = self.fresh();
        let maps: Vec<_> = inputs.iter().chain([&init]).map(|(_, _, map)| map.clone()).collect();
        let kinds: Vec<_> =
            (0..dims).map(|dim| if reduced.contains(&dim) { "\"reduction\"" } else { "\"parallel\"" }).collect();
        let names = inputs.iter().map(|(name, _, _)| name.clone()).collect::<Vec<_>>().join(", ");
        let types = inputs.iter().map(|(_, ty, _)| ty.clone()).collect::<Vec<_>>().join(", ");
        let ins = if inputs.is_empty() { String::new() } else { format!("ins({names} : {types}) ") };
        let element = |ty: &str| ty.rsplit(['x', '<']).next().unwrap_or("").trim_end_matches('>').to_string();
        let mut block: Vec<_> =
            inputs.iter().enumerate().map(|(index, (_, ty, _))| format!("%in{index}: {}", element(ty))).collect();
        block.push(format!("%out: {}", element(&init.1)));
        let _ = writeln!(
            self.body,
            "  {result} = linalg.generic {{indexing_maps = [{}], iterator_types = [{}]}} {ins}outs({} : {}) {{\n  ^bb0({}):\n{body}  }} -> {}",
            maps.join(", "),
            kinds.join(", "),
            init.0,
            init.1,
            block.join(", "),
            init.1
        );
        result
    }

    fn contraction(
        &mut self,
        lhs: (String, String, String),
        rhs: (String, String, String),
        shape: &[usize],
        out: &[usize],
        dims: usize,
        reduced: usize,
    ) -> String {
        let init = self.filled(shape, "0.0");
        let body =
            "    %p = arith.mulf %in0, %in1 : f32\n    %s = arith.addf %out, %p : f32\n    linalg.yield %s : f32\n";
        self.generic(dims, &[reduced], &[lhs, rhs], (init, tensor(shape, "f32"), map(dims, out)), body)
    }

    /// An elementwise op over the score space.
    fn pointwise(&mut self, inputs: &[(String, String, String)], body: &str) -> String {
        let shape = self.score_shape();
        let init = self.fresh();
        let ty = tensor(&shape, "f32");
        let _ = writeln!(self.body, "  {init} = tensor.empty() : {ty}");
        let dims = shape.len();
        self.generic(dims, &[], inputs, (init, ty, map(dims, &(0..dims).collect::<Vec<_>>())), body)
    }

    fn score_input(&self, name: &str) -> (String, String, String) {
        let shape = self.score_shape();
        let dims = shape.len();
        (name.into(), tensor(&shape, "f32"), map(dims, &(0..dims).collect::<Vec<_>>()))
    }

    fn row_input(&self, name: &str) -> (String, String, String) {
        let dims = self.score_shape().len();
        (name.into(), tensor(&self.row_shape(), "f32"), map(dims, &(0..dims - 1).collect::<Vec<_>>()))
    }

    fn reduce_rows(&mut self, scores: &str, op: &str, identity: &str) -> String {
        let shape = self.row_shape();
        let init = self.filled(&shape, identity);
        let dims = self.score_shape().len();
        let body = format!("    %s = arith.{op} %out, %in0 : f32\n    linalg.yield %s : f32\n");
        let inputs = [self.score_input(scores)];
        self.generic(
            dims,
            &[dims - 1],
            &inputs,
            (init, tensor(&shape, "f32"), map(dims, &(0..dims - 1).collect::<Vec<_>>())),
            &body,
        )
    }

    /// Appends the computation of a predicate to a body; returns the name of its i1 value.
    fn predicate(&mut self, predicate: &Predicate, body: &mut String, groups: &mut Vec<(String, bool)>) -> String {
        let name = self.fresh();
        match predicate {
            Predicate::Below(bound) | Predicate::Within(bound) | Predicate::Prefix(bound) => {
                let (limit, difference) = (self.fresh(), self.fresh());
                let _ = writeln!(body, "    {limit} = arith.constant {bound} : i64");
                let (value, op) = match predicate {
                    Predicate::Below(_) => (format!("{difference} = arith.subi %j, %i : i64"), "sle"),
                    Predicate::Within(_) => (format!("{difference} = arith.subi %i, %j : i64"), "sle"),
                    _ => (format!("{difference} = arith.addi %j, %zero : i64"), "slt"),
                };
                let _ = writeln!(body, "    {value}\n    {name} = arith.cmpi {op}, {difference}, {limit} : i64");
            }
            Predicate::SameGroup => {
                if groups.is_empty() {
                    let (query, key) = (self.program.query, self.program.key);
                    groups.push((self.argument(vec![query], true), true));
                    groups.push((self.argument(vec![key], true), false));
                }
                let _ = writeln!(body, "    {name} = arith.cmpi eq, %in1, %in2 : i64");
            }
            Predicate::And(a, b) | Predicate::Or(a, b) => {
                let (a, b) = (self.predicate(a, body, groups), self.predicate(b, body, groups));
                let op = if matches!(predicate, Predicate::And(..)) { "andi" } else { "ori" };
                let _ = writeln!(body, "    {name} = arith.{op} {a}, {b} : i1");
            }
            Predicate::Not(a) => {
                let a = self.predicate(a, body, groups);
                let _ = writeln!(
                    body,
                    "    %t{0} = arith.constant true\n    {name} = arith.xori {a}, %t{0} : i1",
                    &name[1..]
                );
            }
        }
        name
    }

    fn step(&mut self, scores: &str, step: &Step) -> String {
        let dims = self.score_shape().len();
        let (query, key) = (dims - 2, dims - 1);
        let x = self.score_input(scores);
        match step {
            Step::Scale(factor) => self.pointwise(
                &[x],
                &format!("    %c = arith.constant {} : f32\n    %r = arith.mulf %in0, %c : f32\n    linalg.yield %r : f32\n", float(*factor)),
            ),
            Step::Cap(cap) => self.pointwise(
                &[x],
                &format!("    %c = arith.constant {} : f32\n    %d = arith.divf %in0, %c : f32\n    %t = math.tanh %d : f32\n    %r = arith.mulf %t, %c : f32\n    linalg.yield %r : f32\n", float(*cap)),
            ),
            Step::Abs => self.pointwise(&[x], "    %r = math.absf %in0 : f32\n    linalg.yield %r : f32\n"),
            Step::Bias(over) => {
                let own: Vec<usize> = match over {
                    Over::Key => vec![key],
                    Over::Query => vec![query],
                    Over::QueryKey => vec![query, key],
                    Over::BatchQueryKey => (0..dims).collect(),
                };
                let shape: Vec<_> = own.iter().map(|dim| self.score_shape()[*dim]).collect();
                let bias = self.argument(shape.clone(), false);
                let bias = (bias, tensor(&shape, "f32"), map(dims, &own));
                self.pointwise(&[x, bias], "    %r = arith.addf %in0, %in1 : f32\n    linalg.yield %r : f32\n")
            }
            Step::Distance(slope) => self.pointwise(
                &[x],
                &format!("    %a = linalg.index {query} : index\n    %b = linalg.index {key} : index\n    %i = arith.index_cast %a : index to i64\n    %j = arith.index_cast %b : index to i64\n    %d = arith.subi %j, %i : i64\n    %f = arith.sitofp %d : i64 to f32\n    %c = arith.constant {} : f32\n    %e = arith.mulf %f, %c : f32\n    %r = arith.addf %in0, %e : f32\n    linalg.yield %r : f32\n", float(*slope)),
            ),
            Step::Mask(predicate, value) => {
                let mut body = format!(
                    "    %a = linalg.index {query} : index\n    %b = linalg.index {key} : index\n    %i = arith.index_cast %a : index to i64\n    %j = arith.index_cast %b : index to i64\n    %zero = arith.constant 0 : i64\n"
                );
                let mut groups = vec![];
                let keep = self.predicate(predicate, &mut body, &mut groups);
                let _ = writeln!(
                    body,
                    "    %m = arith.constant {} : f32\n    %r = arith.select {keep}, %in0, %m : f32\n    linalg.yield %r : f32",
                    float(*value)
                );
                let mut inputs = vec![x];
                for (name, is_query) in groups {
                    let dim = if is_query { query } else { key };
                    inputs.push((name, tensor(&[self.score_shape()[dim]], "i64"), map(dims, &[dim])));
                }
                self.pointwise(&inputs, &body)
            }
        }
    }

    fn finish(mut self) -> (String, Vec<(Vec<usize>, bool)>) {
        let program = self.program;
        let rank = program.batch.len();
        let all: Vec<usize> = (0..rank).collect();
        let kept: Vec<usize> = if program.shared { all[..rank - 1].to_vec() } else { all.clone() };
        let sized = |dims: &[usize], tail: [usize; 2]| {
            dims.iter().map(|dim| program.batch[*dim]).chain(tail).collect::<Vec<_>>()
        };
        let indexed = |dims: &[usize], tail: [usize; 2]| dims.iter().copied().chain(tail).collect::<Vec<_>>();
        let (m, n, r) = (rank, rank + 1, rank + 2);

        let query_shape = sized(&all, [program.query, program.depth]);
        let query = self.argument(query_shape.clone(), false);
        let (key_tail, key_dims) = if program.key_transposed {
            ([program.depth, program.key], [r, n])
        } else {
            ([program.key, program.depth], [n, r])
        };
        let key_shape = sized(&kept, key_tail);
        let key = self.argument(key_shape.clone(), false);
        let score_shape = self.score_shape();
        let mut x = self.contraction(
            (query, tensor(&query_shape, "f32"), map(rank + 3, &indexed(&all, [m, r]))),
            (key, tensor(&key_shape, "f32"), map(rank + 3, &indexed(&kept, key_dims))),
            &score_shape,
            &indexed(&all, [m, n]),
            rank + 3,
            r,
        );
        // Keep exponents tame: the property is about fusion, not about overflow.
        x = self.step(&x, &Step::Scale(1.0 / (program.depth as f32).sqrt()));
        for step in &program.steps {
            x = self.step(&x, step);
        }
        let exp = |shifted: bool| {
            let shift = if shifted {
                "    %d = arith.subf %in0, %in1 : f32\n    %r = math.exp %d : f32\n"
            } else {
                "    %r = math.exp %in0 : f32\n"
            };
            format!("{shift}    linalg.yield %r : f32\n")
        };
        let mut normalizer = None;
        let weights = match program.weights {
            Weights::Softmax | Weights::DivideAfter | Weights::Unshifted => {
                let shifted = !matches!(program.weights, Weights::Unshifted);
                let mut inputs = vec![self.score_input(&x)];
                if shifted {
                    let top = self.reduce_rows(&x, "maximumf", "0xFF800000");
                    inputs.push(self.row_input(&top));
                }
                let p = self.pointwise(&inputs, &exp(shifted));
                let sum = self.reduce_rows(&p, "addf", "0.0");
                if matches!(program.weights, Weights::DivideAfter) {
                    normalizer = Some(sum);
                    p
                } else {
                    let inputs = [self.score_input(&p), self.row_input(&sum)];
                    self.pointwise(&inputs, "    %r = arith.divf %in0, %in1 : f32\n    linalg.yield %r : f32\n")
                }
            }
            Weights::Sigmoid => {
                let inputs = [self.score_input(&x)];
                self.pointwise(&inputs, "    %n = arith.negf %in0 : f32\n    %e = math.exp %n : f32\n    %c = arith.constant 1.0 : f32\n    %d = arith.addf %e, %c : f32\n    %r = arith.divf %c, %d : f32\n    linalg.yield %r : f32\n")
            }
            Weights::Relu => {
                let inputs = [self.score_input(&x)];
                self.pointwise(&inputs, "    %z = arith.constant 0.0 : f32\n    %r = arith.maximumf %in0, %z : f32\n    linalg.yield %r : f32\n")
            }
        };
        let (value_tail, value_dims) = if program.value_transposed {
            ([program.value, program.key], [r, n])
        } else {
            ([program.key, program.value], [n, r])
        };
        let value_shape = sized(&kept, value_tail);
        let value = self.argument(value_shape.clone(), false);
        let out_shape = sized(&all, [program.query, program.value]);
        let score = (weights, tensor(&score_shape, "f32"), map(rank + 3, &indexed(&all, [m, n])));
        let value = (value, tensor(&value_shape, "f32"), map(rank + 3, &indexed(&kept, value_dims)));
        let mut o = self.contraction(score, value, &out_shape, &indexed(&all, [m, r]), rank + 3, n);

        let dims = rank + 2;
        let identity = map(dims, &(0..dims).collect::<Vec<_>>());
        let ty = tensor(&out_shape, "f32");
        let mut rest: Vec<(String, String, &str)> = vec![];
        if let Some(sum) = normalizer {
            rest.push((sum, map(dims, &(0..dims - 1).collect::<Vec<_>>()), "divf"));
        }
        for after in &program.after {
            match after {
                After::Scale(factor) => {
                    let filled = self.filled(&out_shape, &float(*factor));
                    rest.push((filled, identity.clone(), "mulf"));
                }
                After::Gate => {
                    let gate = self.argument(out_shape.clone(), false);
                    rest.push((gate, identity.clone(), "mulf"));
                }
            }
        }
        for (other, other_map, op) in rest {
            let init = self.fresh();
            let _ = writeln!(self.body, "  {init} = tensor.empty() : {ty}");
            let other_ty = if op == "divf" { tensor(&self.row_shape(), "f32") } else { ty.clone() };
            let body = format!("    %r = arith.{op} %in0, %in1 : f32\n    linalg.yield %r : f32\n");
            o = self.generic(
                dims,
                &[],
                &[(o, ty.clone(), identity.clone()), (other, other_ty, other_map)],
                (init, ty.clone(), identity.clone()),
                &body,
            );
        }
        let signature: Vec<_> = self
            .arguments
            .iter()
            .enumerate()
            .map(|(index, (shape, integer))| {
                format!("%arg{index}: {}", tensor(shape, if *integer { "i64" } else { "f32" }))
            })
            .collect();
        let text =
            format!("func.func @main({}) -> {ty} {{\n{}  return {o} : {ty}\n}}\n", signature.join(", "), self.body);
        (text, self.arguments)
    }
}
