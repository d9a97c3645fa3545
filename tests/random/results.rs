//! What is made of weights and values, as text.

use super::{
    emit::Emitter,
    program::{After, Combine, RowResult},
    text::{Content, Tensor, Text, float},
    weights::Weighted,
};

impl Emitter<'_> {
    /// A reduction of the rows of a result in 16 bits.
    pub fn row_result(&mut self, x: &Tensor, kind: RowResult, half: &'static str) -> Tensor {
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

    /// The product of weights and the values of every set of keys.
    pub fn attend(&mut self, weights: &Tensor, values: &[Tensor], axes: &[usize]) -> Tensor {
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

    pub fn result(&mut self, first: &Weighted, others: &[Weighted], values: &[Tensor], width: usize) -> Tensor {
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
