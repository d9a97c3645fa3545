//! A program as MLIR text: one operation per step, nothing fused, as a frontend would write it.

use super::{
    program::{After, Again, Before, Combine, Program, RowResult, Scores, Stored, Weights},
    scores::allowed,
    text::{Argument, Content, Tensor, Text, float},
};

/// The program as MLIR text, and what its arguments hold.
pub fn text(program: &Program) -> (String, Vec<Argument>) {
    Emitter::new(program).run()
}

pub struct Emitter<'p> {
    pub program: &'p Program,
    pub text: Text,
    /// The batch axes as they come, and as the scores have them.
    outer: Vec<usize>,
    pub batch: Vec<usize>,
    pub query: usize,
    pub key: usize,
    /// The first keys, and those of other sets.
    sets: Vec<usize>,
    /// What linear layers read that was made already, and the lengths and the axes it is over.
    read: Vec<(Vec<usize>, Tensor)>,
    /// The queries of the last contraction of scores, and their depth.
    queries: Option<(Tensor, usize)>,
    /// Of size 1.
    one: usize,
}

/// The weights of a score matrix, and what they were made of.
struct Weighted {
    weights: Tensor,
    /// What the result has yet to be divided by.
    divisor: Option<Tensor>,
    sum: Option<Tensor>,
    max: Option<Tensor>,
}

impl<'p> Emitter<'p> {
    fn new(program: &'p Program) -> Self {
        let mut text = Text::new(program.scalars);
        let outer: Vec<_> = program.batch.iter().map(|size| text.axis(*size, program.dynamic_batch)).collect();
        let query = text.axis(program.query, program.dynamic);
        let key = text.axis(program.key, program.dynamic);
        let batch = if program.flat { vec![text.axis(program.batch.iter().product(), false)] } else { outer.clone() };
        let one = text.axis(1, false);
        let more: Vec<_> = program.more_keys.iter().map(|size| text.axis(*size, program.dynamic)).collect();
        let sets = std::iter::once(key).chain(more).collect();
        Self { program, text, outer, batch, query, key, sets, read: vec![], queries: None, one }
    }

    /// An operand over these batch axes, a length and a width; in the order that the program has them in.
    fn operand(&mut self, batch: &[usize], length: usize, width: usize, swapped: bool) -> Tensor {
        let mut axes = batch.to_vec();
        let late = self.program.late_batch && !batch.is_empty() && !self.program.flat;
        axes.insert(if late { batch.len() - 1 } else { batch.len() }, length);
        axes.push(width);
        if swapped && !late {
            let end = axes.len();
            axes.swap(end - 1, end - 2);
        }
        let tensor =
            if self.program.projected { self.projected(&axes, length, width) } else { self.stored(&axes, length) };
        if !self.program.flat || batch.is_empty() {
            return tensor;
        }
        // Merging wants every head to have its own.
        let missing = batch.len() < self.outer.len();
        let tensor = if missing {
            let mut all = self.outer.clone();
            all.extend(&axes[batch.len()..]);
            self.text.map(
                &all,
                &[&tensor],
                "    %one = arith.constant 1.0 : f32\n    %r = arith.mulf %in0, %one : f32\n",
            )
        } else {
            tensor
        };
        let (count, merged) = (self.outer.len(), self.batch[0]);
        self.text.merge(&tensor, count, merged)
    }

    /// An argument over these axes as it is in memory, made f32; what has keys may be bytes.
    fn stored(&mut self, axes: &[usize], length: usize) -> Tensor {
        match self.program.stored {
            Stored::Bf16 | Stored::F16 => {
                let content = if self.program.stored == Stored::F16 { Content::F16 } else { Content::Bf16 };
                let tensor = self.text.argument(axes, content);
                self.widened(&tensor)
            }
            Stored::Bytes | Stored::Products if length == self.key => {
                let tensor = self.text.argument(axes, Content::Bytes);
                let scale = self.text.argument(&[length], Content::Floats);
                let body = "    %f = arith.sitofp %in0 : i8 to f32\n    %t = arith.constant 0.1 : f32\n    %s = arith.mulf %f, %t : f32\n    %r = arith.mulf %s, %in1 : f32\n";
                self.text.map(axes, &[&tensor, &scale], body)
            }
            _ => self.text.argument(axes, Content::Floats),
        }
    }

    /// A linear layer to `width`, from an argument.
    fn projected(&mut self, axes: &[usize], length: usize, width: usize) -> Tensor {
        let model = self.text.axis(6, false);
        let from: Vec<_> = axes.iter().map(|axis| if *axis == width { model } else { *axis }).collect();
        let x = self.read_by_layers(&from, length, model);
        self.layer(&x, model, width)
    }

    /// What a linear layer reads: a tensor over these axes.
    fn read_by_layers(&mut self, axes: &[usize], length: usize, width: usize) -> Tensor {
        let (query, key) = (self.query, self.key);
        // Queries and keys are the same positions where a tensor is read by both.
        let position = |axis: &usize| if *axis == key { query } else { *axis };
        let sizes: Vec<_> = axes.iter().map(|axis| if *axis == width { usize::MAX } else { position(axis) }).collect();
        if self.program.of_itself
            && let Some((_, known)) = self.read.iter().find(|(own, _)| *own == sizes)
        {
            return Tensor { axes: axes.to_vec(), ..known.clone() };
        }
        let mut x = self.stored(axes, length);
        if self.program.normed {
            x = self.normed(&x, width, false);
            x = self.rounded(&x);
        }
        self.read.push((sizes, x.clone()));
        x
    }

    /// A tensor divided by the root of its mean square along an axis, which may be computed in 16 bits.
    fn normed(&mut self, x: &Tensor, axis: usize, halves: bool) -> Tensor {
        let axes = x.axes.clone();
        let half = self.program.stored.half().unwrap_or("bf16");
        let size = self.text.size(axis).max(1) as f32;
        let root = |element: &str, widen: &str| {
            format!(
                "{widen}    %n = arith.constant {} : {element}\n    %m = arith.divf %s, %n : {element}\n    %c = arith.constant 1.0e-02 : {element}\n    %a = arith.addf %m, %c : {element}\n    %q = math.rsqrt %a : {element}\n",
                float(size)
            )
        };
        if halves {
            let body = format!("    %h = arith.truncf %in0 : f32 to {half}\n    %r = arith.mulf %h, %h : {half}\n");
            let squares = self.text.map_to(half, &axes, &[x], &body);
            let sum = self.text.reduce(&squares, axis, "addf", "0.0");
            let body = format!(
                "{}    %w = arith.extf %q : {half} to f32\n    %r = arith.mulf %in0, %w : f32\n",
                root(half, "").replace("%s", "%in1")
            );
            return self.text.map(&axes, &[x, &sum], &body);
        }
        let squares = self.text.binary("mulf", x, x);
        let sum = self.text.reduce(&squares, axis, "addf", "0.0");
        let body = format!("{}    %r = arith.mulf %in0, %q : f32\n", root("f32", "").replace("%s", "%in1"));
        self.text.map(&axes, &[x, &sum], &body)
    }

    /// A linear layer from one axis to another, rounded as floats are in memory.
    fn layer(&mut self, x: &Tensor, from: usize, to: usize) -> Tensor {
        let weights = self.stored(&[from, to], from);
        let weights = self.scaled(&weights, 0.25);
        let axes: Vec<_> = x.axes.iter().map(|axis| if *axis == from { to } else { *axis }).collect();
        let product = self.text.contract(x, &weights, &axes);
        self.rounded(&product)
    }

    /// A tensor after it was in memory.
    fn rounded(&mut self, x: &Tensor) -> Tensor {
        let Some(half) = self.program.stored.half() else { return x.clone() };
        let narrow = self.narrowed(x, half);
        self.widened(&narrow)
    }

    fn narrowed(&mut self, x: &Tensor, half: &'static str) -> Tensor {
        if x.element == half {
            return x.clone();
        }
        let body = format!("    %r = arith.truncf %in0 : {} to {half}\n", x.element);
        self.text.map_to(half, &x.axes.clone(), &[x], &body)
    }

    fn widened(&mut self, x: &Tensor) -> Tensor {
        let body = format!("    %r = arith.extf %in0 : {} to f32\n", x.element);
        self.text.map(&x.axes.clone(), &[x], &body)
    }

    fn shared(&self) -> Vec<usize> {
        let kept = self.outer.len() - usize::from(self.program.shared);
        self.outer[..kept].to_vec()
    }

    fn score_axes(&self) -> Vec<usize> {
        let mut axes = self.batch.clone();
        axes.extend([self.query, self.key]);
        axes
    }

    fn run(mut self) -> (String, Vec<Argument>) {
        let program = self.program;
        let matrices: Vec<_> = program.scores.iter().map(|scores| self.scores(scores)).collect();
        let sets = self.sets.clone();
        let matrices = if sets.len() > 1 { vec![self.all_keys(&matrices[0])] } else { matrices };
        let mut weighted: Vec<_> = matrices.iter().map(|scores| self.weights(scores)).collect();
        let mut results = vec![];
        let (first, others) = (weighted.remove(0), weighted);
        for _ in 0..1 + usize::from(program.second) {
            let width = self.text.axis(program.value, false);
            let batch = self.shared();
            let own = |key: &usize| self.operand(&batch, *key, width, program.value_transposed);
            let values: Vec<_> = sets.iter().map(own).collect();
            results.push(self.result(&first, &others, &values, width));
        }
        let mut statistics = vec![];
        if program.returns_max {
            statistics.extend(first.max.clone());
        }
        if program.returns_sum
            && let (Some(max), Some(sum)) = (&first.max, &first.sum)
        {
            let body = "    %l = math.log %in1 : f32\n    %r = arith.addf %l, %in0 : f32\n";
            statistics.push(self.text.map(&max.axes.clone(), &[max, sum], body));
        }
        if program.returns_weights {
            statistics.push(first.weights.clone());
        }
        if program.returns_peak {
            statistics.push(self.text.reduce(&first.weights, self.key, "maximumf", "0xFF800000"));
        }
        if program.returns_column {
            statistics.push(self.text.reduce(&first.weights, self.query, "addf", "0.0"));
        }
        if program.flat {
            let outer = self.outer.clone();
            results = results.iter().chain(&statistics).map(|result| self.text.split(result, &outer)).collect();
        } else {
            results.extend(statistics);
        }
        if let Some(half) = program.stored.half() {
            results = results.iter().map(|x| self.narrowed(x, half)).collect();
        }
        if let Some(kind) = program.row_result {
            let half = program.stored.half().unwrap_or("bf16");
            let first = self.narrowed(&results[0].clone(), half);
            results.push(self.row_result(&first, kind, half));
        }
        match program.again {
            Again::No => {}
            Again::Itself => results.push(results[0].clone()),
            Again::View => {
                let axes = results[0].axes[..2].to_vec();
                let joined: usize = axes.iter().map(|axis| self.text.size(*axis)).product();
                let open = axes.iter().any(|axis| self.text.is_open(*axis));
                let axis = self.text.axis(joined, open);
                results.push(self.text.merge(&results[0].clone(), 2, axis));
            }
        }
        self.text.finish(&results)
    }

    /// A reduction of the rows of a result in 16 bits.
    fn row_result(&mut self, x: &Tensor, kind: RowResult, half: &'static str) -> Tensor {
        let width = *x.axes.last().expect("a width");
        match kind {
            RowResult::Sum => self.text.reduce(x, width, "addf", "0.0"),
            RowResult::Max => self.text.reduce(x, width, "maximumf", if half == "f16" { "0xFC00" } else { "0xFF80" }),
            RowResult::SumOfSquares => {
                let body = format!("    %r = arith.mulf %in0, %in0 : {half}\n");
                let squares = self.text.map_to(half, &x.axes.clone(), &[x], &body);
                self.text.reduce(&squares, width, "addf", "0.0")
            }
            RowResult::Mean => {
                let sum = self.text.reduce(x, width, "addf", "0.0");
                let body = format!(
                    "    %c = arith.constant {} : {half}\n    %r = arith.divf %in0, %c : {half}\n",
                    float(self.text.size(width) as f32)
                );
                self.text.map_to(half, &sum.axes.clone(), &[&sum], &body)
            }
        }
    }

    /// The sum of products of bytes, exactly, made f32 with a scale per key.
    fn exact(&mut self, query: &Tensor, key: &Tensor, axes: &[usize]) -> Tensor {
        let body = "    %a = arith.extsi %in0 : i8 to i32\n    %b = arith.extsi %in1 : i8 to i32\n    %p = arith.muli %a, %b : i32\n    %r = arith.addi %out, %p : i32\n";
        let products = self.text.contract_to("i32", query, key, axes, body);
        let scale = self.text.argument(&[self.key], Content::Floats);
        let body = "    %f = arith.sitofp %in0 : i32 to f32\n    %t = arith.constant 1.0e-02 : f32\n    %s = arith.mulf %f, %t : f32\n    %r = arith.mulf %s, %in1 : f32\n";
        self.text.map(axes, &[&products, &scale], body)
    }

    /// Whether scores are sums of products of bytes.
    fn is_exact(&self, scores: &Scores) -> bool {
        let program = self.program;
        let plain = matches!(scores.before, Before::Nothing) && !scores.distance;
        program.stored == Stored::Products && plain && !program.projected && !program.flat && self.sets.len() == 1
    }

    fn scores(&mut self, scores: &Scores) -> Tensor {
        let mut total: Option<Tensor> = None;
        for (number, depth) in scores.depths.iter().enumerate() {
            let width = self.text.axis(*depth, false);
            let outer = self.outer.clone();
            if self.is_exact(scores) {
                let batch = if number == 0 { self.shared() } else { vec![] };
                let [query, key] = [(&outer, self.query), (&batch, self.key)].map(|(batch, length)| {
                    let axes: Vec<_> = batch.iter().copied().chain([length, width]).collect();
                    self.text.argument(&axes, Content::Bytes)
                });
                let axes = self.score_axes();
                let product = self.exact(&query, &key, &axes);
                total = Some(match total {
                    Some(total) => self.text.binary("addf", &total, &product),
                    None => product,
                });
                continue;
            }
            let mut query = self.operand(&outer, self.query, width, false);
            match scores.before {
                Before::Nothing => {}
                Before::Scale(factor) => query = self.scaled(&query, factor),
                Before::Stretch => {
                    let table = self.text.argument(&[self.query, width], Content::Floats);
                    query = self.text.binary("mulf", &query, &table);
                }
                Before::Norm { halves } => query = self.normed(&query, width, halves),
                Before::Rotate => query = self.rotated(&query, self.query, width),
            }
            let batch = if number == 0 { self.shared() } else { vec![] };
            // Coordinates are turned where they come last.
            let turned = matches!(scores.before, Before::Rotate);
            let mut key = self.operand(&batch, self.key, width, self.program.key_transposed && !turned);
            if turned {
                key = self.rotated(&key, self.key, width);
            }
            if let Before::Norm { halves } = scores.before {
                key = self.normed(&key, width, halves);
            }
            self.queries = Some((query.clone(), width));
            let axes = self.score_axes();
            let product = if scores.distance && number + 1 == scores.depths.len() {
                let body = "    %d = arith.subf %in0, %in1 : f32\n    %s = arith.mulf %d, %d : f32\n    %r = arith.subf %out, %s : f32\n";
                self.text.contract_with(&query, &key, &axes, body)
            } else {
                self.text.contract(&query, &key, &axes)
            };
            total = Some(match total {
                Some(total) => self.text.binary("addf", &total, &product),
                None => product,
            });
        }
        let total = total.expect("a contraction");
        // Keep exponents tame: the property is about fusion, not about overflow.
        let depth: usize = scores.depths.iter().sum();
        let mut x = self.scaled(&total, 1.0 / (depth as f32).sqrt());
        for step in &scores.steps {
            x = self.step(&x, step, allowed(&scores.steps));
        }
        x
    }

    /// Scores with those of other sets of keys after them, for the same queries. From here on these are the keys.
    fn all_keys(&mut self, scores: &Tensor) -> Tensor {
        let (queries, width) = self.queries.clone().expect("a contraction");
        let (batch, sets) = (self.shared(), self.sets.clone());
        let mut all = scores.clone();
        for (at, more) in sets.iter().enumerate().skip(1) {
            let keys = self.operand(&batch, *more, width, self.program.key_transposed);
            let mut axes = self.batch.clone();
            axes.extend([self.query, *more]);
            let product = self.text.contract(&queries, &keys, &axes);
            let product = self.scaled(&product, 1.0 / (self.text.size(width) as f32).sqrt());
            self.key = self.text.joined(&sets[..=at]);
            all = self.text.concat(&all, &product, self.key);
        }
        all
    }

    /// The product of weights and the values of every set of keys.
    fn attend(&mut self, weights: &Tensor, values: &[Tensor], axes: &[usize]) -> Tensor {
        if let [values] = values {
            return self.text.contract(weights, values, axes);
        }
        let sets = self.sets.clone();
        let mut total: Option<Tensor> = None;
        for (at, (values, key)) in values.iter().zip(&sets).enumerate() {
            let from = match at {
                0 => "0".into(),
                _ if self.text.is_open(*key) => {
                    let before = self.text.joined(&sets[..at]);
                    self.text.bound(before)
                }
                // No slice begins at the end of a tensor whose size is known.
                _ => {
                    let before: usize = sets[..at].iter().map(|axis| self.text.size(*axis)).sum();
                    before.min(self.text.size(self.key) - 1).to_string()
                }
            };
            let own = self.text.slice(weights, &from, *key);
            let own = self.text.contract(&own, values, axes);
            total = Some(match total {
                Some(total) => self.text.binary("addf", &total, &own),
                None => own,
            });
        }
        total.expect("a set of keys")
    }

    /// Pairs of coordinates of a tensor over `length` and `width`, half a width apart, turned by angles that are arguments.
    fn rotated(&mut self, x: &Tensor, length: usize, width: usize) -> Tensor {
        let size = self.text.size(width) / 2;
        let half = self.text.axis(size, false);
        let (low, high) = (self.text.slice(x, "0", half), self.text.slice(x, &size.to_string(), half));
        let negated = self.text.map(&high.axes.clone(), &[&high], "    %r = arith.negf %in0 : f32\n");
        let turned = self.text.concat(&negated, &low, width);
        let [cosine, sine] = [0, 1].map(|_| self.text.argument(&[length, width], Content::Floats));
        let (kept, moved) = (self.text.binary("mulf", x, &cosine), self.text.binary("mulf", &turned, &sine));
        self.text.binary("addf", &kept, &moved)
    }

    pub fn scaled(&mut self, x: &Tensor, factor: f32) -> Tensor {
        let body = format!("    %c = arith.constant {} : f32\n    %r = arith.mulf %in0, %c : f32\n", float(factor));
        self.text.map(&x.axes.clone(), &[x], &body)
    }

    /// `%i` and `%j`, the query and the key as i64.
    pub fn indices(&self, axes: &[usize]) -> String {
        let at = |axis: usize| axes.iter().position(|own| *own == axis).expect("an axis");
        format!(
            "    %a = linalg.index {} : index\n    %b = linalg.index {} : index\n    %i = arith.index_cast %a : index to i64\n    %j = arith.index_cast %b : index to i64\n",
            at(self.query),
            at(self.key)
        )
    }

    fn weights(&mut self, x: &Tensor) -> Weighted {
        let (axes, kind) = (x.axes.clone(), self.program.weights);
        let plain = |weights: Tensor| Weighted { weights, divisor: None, sum: None, max: None };
        match kind {
            Weights::Sigmoid => {
                let body = "    %n = arith.negf %in0 : f32\n    %e = math.exp %n : f32\n    %c = arith.constant 1.0 : f32\n    %d = arith.addf %e, %c : f32\n    %r = arith.divf %c, %d : f32\n";
                return plain(self.text.map(&axes, &[x], body));
            }
            Weights::Relu => {
                let body = "    %z = arith.constant 0.0 : f32\n    %r = arith.maximumf %in0, %z : f32\n";
                return plain(self.text.map(&axes, &[x], body));
            }
            Weights::SquaredRelu => {
                let body = "    %z = arith.constant 0.0 : f32\n    %m = arith.maximumf %in0, %z : f32\n    %r = arith.mulf %m, %m : f32\n";
                return plain(self.text.map(&axes, &[x], body));
            }
            Weights::Plain => return plain(x.clone()),
            Weights::Column => return plain(self.column(x)),
            Weights::Halves => {
                let half = self.program.stored.half().unwrap_or("bf16");
                let x = self.narrowed(x, half);
                let max = self.statistic(&x, "maximumf", if half == "f16" { "0xFC00" } else { "0xFF80" });
                let body = format!("    %d = arith.subf %in0, %in1 : {half}\n    %r = math.exp %d : {half}\n");
                let p = self.text.map_to(half, &axes, &[&x, &max], &body);
                let sum = self.statistic(&p, "addf", "0.0");
                let body = format!("    %r = arith.divf %in0, %in1 : {half}\n");
                let p = self.text.map_to(half, &axes, &[&p, &sum], &body);
                return plain(self.widened(&p));
            }
            Weights::Negative => {
                let y = self.text.map(&axes, &[x], "    %r = arith.negf %in0 : f32\n");
                let min = self.statistic(&y, "minimumf", "0x7F800000");
                let body = "    %d = arith.subf %in1, %in0 : f32\n    %r = math.exp %d : f32\n";
                let p = self.text.map(&axes, &[&y, &min], body);
                let sum = self.statistic(&p, "addf", "0.0");
                return plain(self.text.binary("divf", &p, &sum));
            }
            _ => {}
        }
        let exponential = |text: &mut Text, max: Option<&Tensor>| match max {
            Some(max) => {
                text.map(&axes, &[x, max], "    %d = arith.subf %in0, %in1 : f32\n    %r = math.exp %d : f32\n")
            }
            None => text.map(&axes, &[x], "    %r = math.exp %in0 : f32\n"),
        };
        let mut max = kind.is_shifted().then(|| self.statistic(x, "maximumf", "0xFF800000"));
        // The score of one more key, per row.
        let extra = match (kind, &max) {
            (Weights::Sink, Some(_)) => {
                let own: Vec<_> = self.batch.last().copied().into_iter().collect();
                Some(self.text.argument(&own, Content::Floats))
            }
            (Weights::OneMore, Some(_)) => Some(self.text.filled(&[], "0.0", "f32")),
            _ => None,
        };
        if let (Some(extra), Some(old)) = (&extra, &max) {
            max = Some(self.text.binary("maximumf", old, extra));
        }
        if let (Weights::Finite, Some(old)) = (kind, &max) {
            let body = "    %a = math.absf %in0 : f32\n    %i = arith.constant 0x7F800000 : f32\n    %e = arith.cmpf oeq, %a, %i : f32\n    %z = arith.constant 0.0 : f32\n    %r = arith.select %e, %z, %in0 : f32\n";
            max = Some(self.text.map(&old.axes.clone(), &[old], body));
        }
        let p = exponential(&mut self.text, max.as_ref());
        let mut sum = self.statistic(&p, "addf", "0.0");
        if let (Some(extra), Some(max)) = (&extra, &max) {
            let body = "    %d = arith.subf %in2, %in1 : f32\n    %e = math.exp %d : f32\n    %r = arith.addf %in0, %e : f32\n";
            sum = self.text.map(&sum.axes.clone(), &[&sum, max, extra], body);
        }
        let (weights, divisor) = match (kind, &max) {
            (Weights::DivideAfter, _) => (p, Some(sum.clone())),
            (Weights::LogSumExp, Some(max)) => {
                let body = "    %l = math.log %in1 : f32\n    %r = arith.addf %l, %in0 : f32\n";
                let total = self.text.map(&sum.axes.clone(), &[max, &sum], body);
                (exponential(&mut self.text, Some(&total)), None)
            }
            (Weights::Guarded, _) => {
                let body = "    %c = arith.constant 0xFF800000 : f32\n    %r = arith.cmpf oeq, %in0, %c : f32\n";
                let dead = self.text.map_to("i1", &axes, &[x], body);
                let all = self.statistic(&dead, "andi", "true");
                let p = self.text.binary("divf", &p, &sum);
                let body = "    %z = arith.constant 0.0 : f32\n    %r = arith.select %in1, %z, %in0 : f32\n";
                (self.text.map(&axes, &[&p, &all], body), None)
            }
            _ => (self.text.binary("divf", &p, &sum), None),
        };
        Weighted { weights, divisor, sum: Some(sum), max }
    }

    /// A reduction of scores or weights along the axis they are normalized along.
    fn statistic(&mut self, x: &Tensor, op: &str, identity: &str) -> Tensor {
        let axis = if self.program.over_queries { self.query } else { self.key };
        let reduced = self.text.reduce(x, axis, op, identity);
        if self.keeps_dim() { self.text.widen(&reduced, self.one) } else { reduced }
    }

    /// Statistics of a row may have one more dim, where they are only read beside the scores.
    fn keeps_dim(&self) -> bool {
        let program = self.program;
        let alone = !program.returns_max && !program.returns_sum && !program.over_queries;
        program.keeps_dim && alone && program.weights != Weights::DivideAfter
    }

    /// The softmax over the keys and one more column, which is then sliced off.
    fn column(&mut self, x: &Tensor) -> Tensor {
        let longer = self.text.axis(self.program.key + 1, false);
        let own: Vec<_> = self.batch.last().copied().into_iter().collect();
        let extra = self.text.argument(&own, Content::Floats);
        let mut axes = x.axes.clone();
        *axes.last_mut().expect("an axis") = self.one;
        let column =
            self.text.map(&axes, &[&extra], "    %c = arith.constant 1.0 : f32\n    %r = arith.mulf %in0, %c : f32\n");
        let all = self.text.concat(x, &column, longer);
        let max = self.text.reduce(&all, longer, "maximumf", "0xFF800000");
        let body = "    %d = arith.subf %in0, %in1 : f32\n    %r = math.exp %d : f32\n";
        let p = self.text.map(&all.axes.clone(), &[&all, &max], body);
        let sum = self.text.reduce(&p, longer, "addf", "0.0");
        let p = self.text.binary("divf", &p, &sum);
        self.text.slice(&p, "0", self.key)
    }

    fn result(&mut self, first: &Weighted, others: &[Weighted], values: &[Tensor], width: usize) -> Tensor {
        let mut axes = self.batch.clone();
        let late = self.program.late_batch && !self.batch.is_empty() && !self.program.flat;
        axes.insert(if late { axes.len() - 1 } else { axes.len() }, self.query);
        axes.push(width);
        let subtract = |factor: f32| {
            format!(
                "    %c = arith.constant {} : f32\n    %s = arith.mulf %in1, %c : f32\n    %r = arith.subf %in0, %s : f32\n",
                float(factor)
            )
        };
        let divided = |text: &mut Text, o: Tensor, divisor: &Option<Tensor>| match divisor {
            Some(divisor) => text.binary("divf", &o, divisor),
            None => o,
        };
        let (factor, of_weights) = match self.program.combine {
            Combine::Weights(factor) => (factor, first.divisor.is_none()),
            Combine::Results(factor) => (factor, false),
        };
        let mut o = if of_weights {
            let mut p = first.weights.clone();
            for other in others {
                p = self.text.map(&p.axes.clone(), &[&p, &other.weights], &subtract(factor));
            }
            self.attend(&p, values, &axes)
        } else {
            let o = self.attend(&first.weights, values, &axes);
            let mut o = divided(&mut self.text, o, &first.divisor);
            for other in others {
                let next = self.attend(&other.weights, values, &axes);
                let next = divided(&mut self.text, next, &other.divisor);
                o = self.text.map(&axes, &[&o, &next], &subtract(factor));
            }
            o
        };
        for after in &self.program.after {
            let gate = |text: &mut Text| text.argument(&axes, Content::Floats);
            o = match after {
                After::Scale(factor) => self.scaled(&o, *factor),
                After::Gate => {
                    let gate = gate(&mut self.text);
                    self.text.binary("mulf", &o, &gate)
                }
                After::SoftGate => {
                    let gate = gate(&mut self.text);
                    let body = "    %n = arith.negf %in1 : f32\n    %e = math.exp %n : f32\n    %c = arith.constant 1.0 : f32\n    %d = arith.addf %e, %c : f32\n    %s = arith.divf %c, %d : f32\n    %r = arith.mulf %in0, %s : f32\n";
                    self.text.map(&axes, &[&o, &gate], body)
                }
                After::Norm { halves } => self.normed(&o, width, *halves),
                After::Residual => {
                    let other = gate(&mut self.text);
                    self.text.binary("addf", &o, &other)
                }
            };
        }
        if self.program.projected {
            let to = self.text.axis(5, false);
            o = self.rounded(&o);
            o = self.layer(&o, width, to);
        }
        o
    }
}
