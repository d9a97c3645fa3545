//! How scores become weights, as text.

use super::{
    emit::Emitter,
    program::Weights,
    text::{Content, Tensor, Text},
};

/// The weights of a score matrix, and what they were made of.
pub struct Weighted {
    pub weights: Tensor,
    /// What the result has yet to be divided by.
    pub divisor: Option<Tensor>,
    pub sum: Option<Tensor>,
    pub max: Option<Tensor>,
}

impl Emitter<'_> {
    pub fn weights(&mut self, x: &Tensor) -> Weighted {
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
    pub fn statistic(&mut self, x: &Tensor, op: &str, identity: &str) -> Tensor {
        let axis = if self.program.over_queries { self.query } else { self.key };
        let reduced = self.text.reduce(x, axis, op, identity);
        if self.keeps_dim() { self.text.widen(&reduced, self.one) } else { reduced }
    }

    /// Statistics of a row may have one more dim, where they are only read beside the scores.
    pub fn keeps_dim(&self) -> bool {
        let program = self.program;
        let alone = !program.returns_max && !program.returns_sum && !program.over_queries;
        program.keeps_dim && alone && program.weights != Weights::DivideAfter
    }

    /// The softmax over the keys and one more column, which is then sliced off.
    pub fn column(&mut self, x: &Tensor) -> Tensor {
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
}
