//! The steps of a program on its scores, as text.

use super::{
    emit::Emitter,
    program::{Narrow, NarrowOf, NarrowOp, Over, Predicate, Scores, Step, Values, Weights, has_finite_mask},
    text::{Content, Tensor, Text, float},
};
use std::fmt::Write;

impl Emitter<'_> {
    pub fn step(&mut self, x: &Tensor, step: &Step, allowed: Values) -> Tensor {
        let axes = x.axes.clone();
        let (query, key) = (self.query, self.key);
        match step {
            Step::Scale(factor) => self.scaled(x, *factor),
            Step::Cap(cap) => {
                let body = format!(
                    "    %c = arith.constant {} : f32\n    %d = arith.divf %in0, %c : f32\n    %t = math.tanh %d : f32\n    %r = arith.mulf %t, %c : f32\n",
                    float(*cap)
                );
                self.text.map(&axes, &[x], &body)
            }
            Step::ScaleBy => {
                let (factor, define) = self.text.number(Content::Factor);
                let body = format!("{define}    %r = arith.mulf %in0, {factor} : f32\n");
                self.text.map(&axes, &[x], &body)
            }
            Step::Narrow(narrow) => {
                let mut body = self.indices(&axes);
                let mut inputs = vec![x.clone()];
                let value = self.narrow(narrow, &mut body, &mut inputs);
                let (to, small) = if narrow.unsigned { ("uitofp", narrow.bits) } else { ("sitofp", narrow.bits - 1) };
                let _ = writeln!(
                    body,
                    "    %f = arith.{to} {value} : i{} to f32\n    %c = arith.constant {} : f32\n    %e = arith.mulf %f, %c : f32\n    %r = arith.addf %in0, %e : f32",
                    narrow.bits,
                    float(2.0 / (small as f32).exp2())
                );
                self.text.map(&axes, &inputs.iter().collect::<Vec<_>>(), &body)
            }
            Step::Abs => self.text.map(&axes, &[x], "    %r = math.absf %in0 : f32\n"),
            Step::Shift(by) => {
                // In 16 bits nothing else would be left, and without a maximum no weight.
                let by = if self.program.weights.is_shifted() { *by } else { by / 1000.0 };
                let body = format!("    %c = arith.constant {} : f32\n    %r = arith.addf %in0, %c : f32\n", float(by));
                self.text.map(&axes, &[x], &body)
            }
            Step::Bias { over, values } => {
                let own = match over {
                    Over::Key => vec![key],
                    Over::Query => vec![query],
                    Over::QueryKey => vec![query, key],
                    Over::BatchQueryKey => axes.clone(),
                };
                let content = match (values, allowed) {
                    (Values::Finite, _) | (_, Values::Finite) => Content::Floats,
                    (Values::Wild, Values::Wild) => Content::WildFloats,
                    _ => Content::DeadFloats,
                };
                let bias = self.text.argument(&own, content);
                self.text.binary("addf", x, &bias)
            }
            Step::Distance(slope) => {
                let slope = if self.program.weights == Weights::Halves { slope / 16.0 } else { *slope };
                let body = format!(
                    "{}    %d = arith.subi %j, %i : i64\n    %f = arith.sitofp %d : i64 to f32\n    %c = arith.constant {} : f32\n    %e = arith.mulf %f, %c : f32\n    %r = arith.addf %in0, %e : f32\n",
                    self.indices(&axes),
                    float(slope)
                );
                self.text.map(&axes, &[x], &body)
            }
            Step::Mask(predicate, value) => {
                let value = self.mask_value(*value);
                let mut body = self.indices(&axes);
                let mut inputs = vec![x.clone()];
                let keep = self.predicate(predicate, &mut body, &mut inputs);
                let _ = writeln!(
                    body,
                    "    %m = arith.constant {} : f32\n    %r = arith.select {keep}, %in0, %m : f32",
                    float(value)
                );
                self.text.map(&axes, &inputs.iter().collect::<Vec<_>>(), &body)
            }
            Step::AddMask(predicate, value) => {
                let own = if predicate.has_batch() { axes.clone() } else { vec![query, key] };
                let value = self.mask_value(*value);
                let mut body = self.indices(&own);
                let mut inputs = vec![];
                let keep = self.predicate(predicate, &mut body, &mut inputs);
                let _ = writeln!(
                    body,
                    "    %m = arith.constant {} : f32\n    %z = arith.constant 0.0 : f32\n    %r = arith.select {keep}, %z, %m : f32",
                    float(value)
                );
                let mask = self.text.map(&own, &inputs.iter().collect::<Vec<_>>(), &body);
                self.text.binary("addf", x, &mask)
            }
            Step::Relative { per_head } => {
                let length = (self.text.size(query) + self.text.size(key)).max(2) - 1;
                let table = self.table(length, *per_head);
                let body = format!(
                    "{}    %o = arith.constant {} : i64\n    %d = arith.subi %j, %i : i64\n    %e = arith.addi %d, %o : i64\n    %n = arith.index_cast %e : i64 to index\n{}    %r = arith.addf %in0, %t : f32\n",
                    self.indices(&axes),
                    self.text.size(query).max(1) - 1,
                    self.read(&table, "%n")
                );
                self.text.map(&axes, &[x], &body)
            }
            Step::Bucket { per_head } => {
                let table = self.table(6, *per_head);
                let numbers = self.text.argument(&[query, key], Content::UpTo(5));
                let body = format!(
                    "    %n = arith.index_cast %in1 : i64 to index\n{}    %r = arith.addf %in0, %t : f32\n",
                    self.read(&table, "%n")
                );
                self.text.map(&axes, &[x, &numbers], &body)
            }
        }
    }

    /// Appends narrow arithmetic to a body; returns the name of its value.
    fn narrow(&mut self, narrow: &Narrow, body: &mut String, inputs: &mut Vec<Tensor>) -> String {
        let ty = format!("i{}", narrow.bits);
        let content = match narrow.bits {
            8 => Content::Bytes,
            16 => Content::Shorts,
            _ => Content::Ints,
        };
        let start = self.text.fresh();
        let mut input = |text: &mut Text, axis: usize| {
            inputs.push(text.argument(&[axis], content));
            format!("%in{}", inputs.len() - 1)
        };
        let mut value = match narrow.of {
            NarrowOf::Key | NarrowOf::Query => {
                let index = if matches!(narrow.of, NarrowOf::Key) { "%j" } else { "%i" };
                let _ = writeln!(body, "    {start} = arith.trunci {index} : i64 to {ty}");
                start
            }
            NarrowOf::Difference => {
                let _ = writeln!(
                    body,
                    "    {start}w = arith.subi %j, %i : i64\n    {start} = arith.trunci {start}w : i64 to {ty}"
                );
                start
            }
            NarrowOf::Argument => input(&mut self.text, self.key),
            NarrowOf::Product => {
                let (a, b) = (input(&mut self.text, self.query), input(&mut self.text, self.key));
                let _ = writeln!(body, "    {start} = arith.muli {a}, {b} : {ty}");
                start
            }
        };
        for op in &narrow.ops {
            let cut = |number: i64| number << (64 - narrow.bits) >> (64 - narrow.bits);
            // Divisors stay positive.
            let positive = |number: i64| cut(number).max(1);
            let bits = |number: u32| i64::from(number % narrow.bits);
            let (name, constant) = match *op {
                NarrowOp::Add(by) => ("addi", cut(by)),
                NarrowOp::Mul(by) => ("muli", cut(by)),
                NarrowOp::From(number) => ("subi", cut(number)),
                NarrowOp::And(by) => ("andi", cut(by)),
                NarrowOp::Xor(by) => ("xori", cut(by)),
                NarrowOp::Max(by) => ("maxsi", cut(by)),
                NarrowOp::Left(by) => ("shli", bits(by)),
                NarrowOp::Right(by) => ("shrsi", bits(by)),
                NarrowOp::RightUnsigned(by) => ("shrui", bits(by)),
                NarrowOp::Div(by) => ("divsi", positive(by)),
                NarrowOp::Rem(by) => ("remsi", positive(by)),
                NarrowOp::RemUnsigned(by) => ("remui", positive(by)),
            };
            let (other, next) = (self.text.fresh(), self.text.fresh());
            let (a, b) = if matches!(op, NarrowOp::From(_)) { (&other, &value) } else { (&value, &other) };
            let _ = writeln!(
                body,
                "    {other} = arith.constant {constant} : {ty}\n    {next} = arith.{name} {a}, {b} : {ty}"
            );
            value = next;
        }
        value
    }

    /// Next to a large maximum, the logarithm of the sum is lost: the source's weights of a row that a large number fills do
    /// not sum to 1.
    fn mask_value(&self, value: f32) -> f32 {
        if matches!(self.program.weights, Weights::LogSumExp | Weights::Halves) { f32::NEG_INFINITY } else { value }
    }

    /// A table with a row per head, if there are heads.
    fn table(&mut self, length: usize, per_head: bool) -> Tensor {
        let axis = self.text.axis(length, false);
        let head = self.batch.last().copied().filter(|_| per_head);
        self.text.argument(&head.into_iter().chain([axis]).collect::<Vec<_>>(), Content::Floats)
    }

    /// Reads `%t` from a table.
    fn read(&self, table: &Tensor, index: &str) -> String {
        let ty = self.text.type_of(table);
        match table.axes.len() {
            2 => format!(
                "    %h = linalg.index {} : index\n    %t = tensor.extract {}[%h, {index}] : {ty}\n",
                self.batch.len() - 1,
                table.name
            ),
            _ => format!("    %t = tensor.extract {}[{index}] : {ty}\n", table.name),
        }
    }

    /// Appends the computation of a predicate to a body; returns the name of its i1 value.
    fn predicate(&mut self, predicate: &Predicate, body: &mut String, inputs: &mut Vec<Tensor>) -> String {
        let (name, limit, other) = (self.text.fresh(), self.text.fresh(), self.text.fresh());
        if let Predicate::Narrow(narrow, bound) = predicate {
            let value = self.narrow(narrow, body, inputs);
            let (test, bits) = (if narrow.unsigned { "ult" } else { "slt" }, narrow.bits);
            let bound = bound << (64 - bits) >> (64 - bits);
            let _ = writeln!(
                body,
                "    {limit} = arith.constant {bound} : i{bits}\n    {name} = arith.cmpi {test}, {value}, {limit} : i{bits}"
            );
            return name;
        }
        let mut input = |tensor: Tensor| {
            inputs.push(tensor);
            format!("%in{}", inputs.len() - 1)
        };
        let _ = match predicate {
            Predicate::Below(bound) => write!(
                body,
                "    {limit} = arith.constant {bound} : i64\n    {other} = arith.subi %j, %i : i64\n    {name} = arith.cmpi sle, {other}, {limit} : i64\n"
            ),
            Predicate::Within(bound) => write!(
                body,
                "    {limit} = arith.constant {bound} : i64\n    {other} = arith.subi %i, %j : i64\n    {name} = arith.cmpi sle, {other}, {limit} : i64\n"
            ),
            Predicate::Prefix(bound) => {
                write!(
                    body,
                    "    {limit} = arith.constant {bound} : i64\n    {name} = arith.cmpi slt, %j, {limit} : i64\n"
                )
            }
            Predicate::Dilated(step) => write!(
                body,
                "    {limit} = arith.constant {step} : i64\n    {other} = arith.subi %i, %j : i64\n    {other}r = arith.remsi {other}, {limit} : i64\n    {other}z = arith.constant 0 : i64\n    {other}e = arith.cmpi eq, {other}r, {other}z : i64\n    {other}p = arith.cmpi sge, {other}, {other}z : i64\n    {name} = arith.andi {other}e, {other}p : i1\n"
            ),
            Predicate::SameGroup { sorted } => {
                let query = self.text.argument(&[self.query], Content::Groups { sorted: *sorted });
                let key = self.text.argument(&[self.key], Content::Groups { sorted: *sorted });
                let (query, key) = (input(query), input(key));
                writeln!(body, "    {name} = arith.cmpi eq, {query}, {key} : i64")
            }
            Predicate::Length => {
                let own: Vec<_> = self.batch.first().copied().into_iter().collect();
                let lengths = self.text.argument(&own, Content::UpTo(self.program.key));
                let lengths = input(lengths);
                writeln!(body, "    {name} = arith.cmpi slt, %j, {lengths} : i64")
            }
            Predicate::Keep => {
                let keep = self.text.argument(&[self.query, self.key], Content::Bools);
                let keep = input(keep);
                write!(body, "    {other} = arith.constant true\n    {name} = arith.andi {keep}, {other} : i1\n")
            }
            Predicate::HeadWindow => {
                let own: Vec<_> = self.batch.last().copied().into_iter().collect();
                let windows = self.text.argument(&own, Content::UpTo(self.program.key));
                let windows = input(windows);
                write!(
                    body,
                    "    {other} = arith.subi %i, %j : i64\n    {name} = arith.cmpi slt, {other}, {windows} : i64\n"
                )
            }
            Predicate::SameGroupOfBatch => {
                let of: Vec<_> = self.batch.first().copied().into_iter().collect();
                let [query, key] = [self.query, self.key].map(|length| {
                    let axes: Vec<_> = of.iter().copied().chain([length]).collect();
                    input(self.text.argument(&axes, Content::Groups { sorted: true }))
                });
                writeln!(body, "    {name} = arith.cmpi eq, {query}, {key} : i64")
            }
            Predicate::Blocks(size) => {
                let [rows, columns] =
                    [self.program.query, self.program.key].map(|length| self.text.axis(length.div_ceil(*size), false));
                let table = self.text.argument(&[rows, columns], Content::Bools);
                write!(
                    body,
                    "    {limit} = arith.constant {size} : index\n    {other}a = arith.index_cast %i : i64 to index\n    {other}b = arith.index_cast %j : i64 to index\n    {other}c = arith.divui {other}a, {limit} : index\n    {other}d = arith.divui {other}b, {limit} : index\n    {name} = tensor.extract {}[{other}c, {other}d] : {}\n",
                    table.name,
                    self.text.type_of(&table)
                )
            }
            Predicate::WrappedBytes(factor, offset) => {
                let bytes = self.text.argument(&[self.key], Content::Bytes);
                let bytes = input(bytes);
                write!(
                    body,
                    "    {limit} = arith.constant {factor} : i8\n    {limit}o = arith.constant {offset} : i8\n    {limit}z = arith.constant 0 : i8\n    {other} = arith.muli {bytes}, {limit} : i8\n    {other}s = arith.addi {other}, {limit}o : i8\n    {name} = arith.cmpi slt, {other}s, {limit}z : i8\n"
                )
            }
            Predicate::WrappedIndex(offset) => write!(
                body,
                "    {limit} = arith.constant {offset} : i32\n    {limit}z = arith.constant 0 : i64\n    {other} = arith.trunci %j : i64 to i32\n    {other}s = arith.addi {other}, {limit} : i32\n    {other}w = arith.extsi {other}s : i32 to i64\n    {name} = arith.cmpi slt, {other}w, {limit}z : i64\n"
            ),
            Predicate::Position => {
                let (position, define) = self.text.number(Content::UpTo(self.program.key));
                write!(
                    body,
                    "{define}    {other} = arith.addi %i, {position} : i64\n    {name} = arith.cmpi sle, %j, {other} : i64\n"
                )
            }
            Predicate::Narrow(..) => unreachable!("returned above"),
            Predicate::And(a, b) | Predicate::Or(a, b) => {
                let (a, b) = (self.predicate(a, body, inputs), self.predicate(b, body, inputs));
                let op = if matches!(predicate, Predicate::And(..)) { "andi" } else { "ori" };
                writeln!(body, "    {name} = arith.{op} {a}, {b} : i1")
            }
            Predicate::Not(a) => {
                let a = self.predicate(a, body, inputs);
                write!(body, "    {other} = arith.constant true\n    {name} = arith.xori {a}, {other} : i1\n")
            }
        };
        name
    }
}

/// The values of biases for which a compiler promises the source's results: a finite mask value stands for -inf only among
/// finite scores, and what is added to a -inf is neither +inf nor NaN.
pub fn allowed(scores: &Scores) -> Values {
    let added = scores.adds_mask();
    if has_finite_mask(&scores.steps) || added && scores.turns() {
        Values::Finite
    } else if added || scores.steps.iter().any(|step| matches!(step, Step::Mask(..))) {
        Values::Dead
    } else {
        Values::Wild
    }
}
