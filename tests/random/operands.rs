//! The operands of a program, and what is done to them before the scores, as text.

use super::{
    emit::Emitter,
    program::Stored,
    text::{Content, Tensor, float},
};

impl Emitter<'_> {
    /// An operand over these batch axes, a length and a width; in the order that the program has them in.
    pub fn operand(&mut self, batch: &[usize], length: usize, width: usize, swapped: bool) -> Tensor {
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
    pub fn stored(&mut self, axes: &[usize], length: usize) -> Tensor {
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
    pub fn projected(&mut self, axes: &[usize], length: usize, width: usize) -> Tensor {
        let model = self.text.axis(6, false);
        let from: Vec<_> = axes.iter().map(|axis| if *axis == width { model } else { *axis }).collect();
        let x = self.read_by_layers(&from, length, model);
        self.layer(&x, model, width)
    }

    /// What a linear layer reads: a tensor over these axes.
    pub fn read_by_layers(&mut self, axes: &[usize], length: usize, width: usize) -> Tensor {
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
    pub fn normed(&mut self, x: &Tensor, axis: usize, halves: bool) -> Tensor {
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
    pub fn layer(&mut self, x: &Tensor, from: usize, to: usize) -> Tensor {
        let weights = self.stored(&[from, to], from);
        let weights = self.scaled(&weights, 0.25);
        let axes: Vec<_> = x.axes.iter().map(|axis| if *axis == from { to } else { *axis }).collect();
        let product = self.text.contract(x, &weights, &axes);
        self.rounded(&product)
    }

    /// A tensor after it was in memory.
    pub fn rounded(&mut self, x: &Tensor) -> Tensor {
        let Some(half) = self.program.stored.half() else { return x.clone() };
        let narrow = self.narrowed(x, half);
        self.widened(&narrow)
    }

    pub fn narrowed(&mut self, x: &Tensor, half: &'static str) -> Tensor {
        if x.element == half {
            return x.clone();
        }
        let body = format!("    %r = arith.truncf %in0 : {} to {half}\n", x.element);
        self.text.map_to(half, &x.axes.clone(), &[x], &body)
    }

    pub fn widened(&mut self, x: &Tensor) -> Tensor {
        let body = format!("    %r = arith.extf %in0 : {} to f32\n", x.element);
        self.text.map(&x.axes.clone(), &[x], &body)
    }

    /// Pairs of coordinates of a tensor over `length` and `width`, half a width apart, turned by angles that are arguments.
    pub fn rotated(&mut self, x: &Tensor, length: usize, width: usize) -> Tensor {
        let size = self.text.size(width) / 2;
        let half = self.text.axis(size, false);
        let (low, high) = (self.text.slice(x, "0", half), self.text.slice(x, &size.to_string(), half));
        let negated = self.text.map(&high.axes.clone(), &[&high], "    %r = arith.negf %in0 : f32\n");
        let turned = self.text.concat(&negated, &low, width);
        let [cosine, sine] = [0, 1].map(|_| self.text.argument(&[length, width], Content::Floats));
        let (kept, moved) = (self.text.binary("mulf", x, &cosine), self.text.binary("mulf", &turned, &sine));
        self.text.binary("addf", &kept, &moved)
    }
}
