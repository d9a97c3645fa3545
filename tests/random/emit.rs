//! A program as MLIR text: one operation per step, nothing fused, as a frontend would write it.

use super::{
    program::{Again, Before, Program, Scores, Stored},
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
    pub outer: Vec<usize>,
    pub batch: Vec<usize>,
    pub query: usize,
    pub key: usize,
    /// The first keys, and those of other sets.
    pub sets: Vec<usize>,
    /// What linear layers read that was made already, and the lengths and the axes it is over.
    pub read: Vec<(Vec<usize>, Tensor)>,
    /// The queries of the last contraction of scores, and their depth.
    pub queries: Option<(Tensor, usize)>,
    /// Of size 1.
    pub one: usize,
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
            x = self.step(&x, step, allowed(scores));
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
}
